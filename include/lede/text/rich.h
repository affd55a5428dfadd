/* rich - an article's text: HTML or plain text in, blocks and links out, lines of any width from
 * them.
 *
 * Two steps. `rich_from_html` makes a document (paragraphs, headings, nested lists, quotes, code,
 * tables, rules, images as alt text, numbered links); it never fails on dirty HTML, it is bounded
 * in depth (256) and size, and it does not recurse on depth. `struct layout` lays a document out at
 * one width, lazily: a few lines at a time, so that a 10 MB article shows its first page at once
 * and no key waits. The geometry is SCREENS.md, section 2, "The article", Blocks. Must not know:
 * colours (it gives styles), the screen, feeds.
 */
#ifndef LEDE_TEXT_RICH_H
#define LEDE_TEXT_RICH_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"
#include "lede/text/convert.h"

/* Styles are bits; a theme gives each a role. */
enum rich_style {
	RICH_TEXT = 0,
	RICH_STRONG = 1 << 0, RICH_EMPHASIS = 1 << 1, RICH_CODE = 1 << 2, RICH_HEADING = 1 << 3,
	RICH_QUOTE = 1 << 4,          /* text inside a quote */
	RICH_LINK = 1 << 5,           /* text of a link */
	RICH_LINK_NUMBER = 1 << 6,    /* [3] */
	RICH_IMAGE = 1 << 7,          /* [alt text]; the number behind it opens the picture */
	RICH_MARK = 1 << 8,           /* list bullet, number */
	RICH_BAR = 1 << 9,            /* quote bar, table rule */
	RICH_TABLE_HEAD = 1 << 10,
	RICH_STRIKE = 1 << 11
};

/* Link number n (from 1) is links[n - 1]. Text in display form; url absolute (resolved against the
 * base), http(s) ones only are numbered; the same url twice has one number. */
struct rich_link { struct str text, url; };

struct rich; /* one document; read-only after it was made, so threads may give it away */

struct rich_options {
	struct str base;           /* relative links are resolved against it; may be empty */
	struct str
	        title; /* a first heading or paragraph that repeats it is left out; may be empty */
	bool hide_glosses;         /* display_without_glosses on all text */
	struct converter *converter; /* NULL: none */
	enum convert convert;      /* the script in which the text is to be read */
	/* Asked every few milliseconds while a document is read; true gives up. NULL: nobody asks.
	 */
	bool (*give_up)(void *self);
	void *self;                /* give_up's */
};
/* NULL only when it was given up. */
struct rich *rich_from_html(struct str html, const struct rich_options *o);
struct rich *rich_from_plain(struct str text,
                             const struct rich_options *o); /* empty lines part paragraphs */
void rich_free(struct rich *r);
size_t rich_link_count(const struct rich *r);
const struct rich_link *rich_link(const struct rich *r,
                                  size_t n); /* from 1; NULL when there is none */
bool rich_is_empty(const struct rich *r);
bool rich_had_glosses(const struct rich *r);                                   /* hidden or not */
bool rich_was_converted(const struct rich *r); /* into another script */
/* Reading time in seconds: 900 CJK characters or 220 words a minute. */
int rich_seconds(const struct rich *r);
/* Where in `to` is what is at `place` in `from`: another reading of the same source, with glosses
 * or without. */
uint32_t rich_place_in(const struct rich *from, uint32_t place, const struct rich *to);
/* The text without markup, unwrapped: blocks parted by an empty line, list marks and quote bars as
 * drawn. */
enum err rich_plain(const struct rich *r, struct buf *out);

/* The glyphs that SCREENS.md section 5 gives each set. */
struct rich_glyphs { const char *bullet, *quote_bar, *table_rule, *cut; };
/* width >= 8 cells (2 where there are only paragraphs); less is taken for that. `wrap`: 0, or
 * WRAP_PLAIN of wrap.h */
struct layout_options { int width; int ambiguous; struct rich_glyphs glyphs; unsigned wrap; };

struct layout_span {
	uint32_t from, to;
	uint16_t style;
	uint16_t link;
}; /* bytes of the line; link 0: none */
struct layout_line {
	struct str text;              /* display form, at most `width` cells, no trailing blanks */
	const struct layout_span *spans; /* in order, cover the whole text */
	uint32_t nspans;
	uint32_t place;               /* where in the document it begins: survives another width */
	uint32_t margin;              /* bytes of the text before what stands at `place`: bars, marks, blanks */
	int cells;
};

struct layout;                     /* borrows the document */
struct layout *layout_new(const struct rich *r, const struct layout_options *o);
void layout_free(struct layout *l);
/* Lays out until `lines` lines are there or the document ends; true when it has ended. About 1 us a
 * cell. */
bool layout_reach(struct layout *l, size_t lines);
size_t layout_count(const struct layout *l);              /* lines so far */
const struct layout_line *layout_line(const struct layout *l,
                                      size_t i); /* borrowed until the layout is freed */
/* Where in the text of line i the document's byte `place` is drawn: its first byte of the document
 * for places before it, its end for those behind it. A place that is cut off has none of its own. */
size_t layout_spot(const struct layout *l, size_t i, uint32_t place);
/* Whether the line that holds `place` is there already, so that to find it costs nothing. */
bool layout_knows(const struct layout *l, uint32_t place);
/* The line that holds `place` (of another layout of the same document); lays out as far as needed.
 */
size_t layout_find(struct layout *l, uint32_t place);

#endif
