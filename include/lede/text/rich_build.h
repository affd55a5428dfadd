/* rich_build - makes a document out of pieces of text, blocks, margins and links, in reading order.
 *
 * Takes care of white space, display form, glosses, link numbers, the title that is not to be told
 * twice. Must not know: HTML.
 */
#ifndef LEDE_TEXT_RICH_BUILD_H
#define LEDE_TEXT_RICH_BUILD_H

#include "lede/text/rich_doc.h"

struct map;

#define BUILD_STYLES 16

struct build {
	struct rich *doc;
	struct str base;
	bool hide_glosses;
	struct converter *converter;
	enum convert convert;
	bool (*give_up)(void *self);
	void *give_up_self;
	size_t work;            /* bytes and tags since it was asked */
	bool given_up;
	uint64_t characters, words; /* to be read */
	bool drop_separators;   /* a paragraph like "* * *" is none */
	struct buf title;       /* display form; empty once a block has been seen */
	struct map *urls;       /* hash of an address to its number */
	struct buf form; /* scratch */

	/* the block that is being filled */
	uint32_t from; /* where its text begins */
	enum rich_kind kind;
	uint16_t block_style, gap;
	uint32_t margin;
	bool blank_due, blank_was_line_end;
	bool blank_of_word;     /* nobody wrote it: it parts a picture from what follows */
	int column; /* in code, for tabs */

	/* inline */
	uint16_t style;
	int depth[BUILD_STYLES]; /* how often each bit of `style` was switched on */
	uint16_t link;           /* number of the open link; 0: none */
	uint32_t link_from;      /* where its text begins */
	uint16_t number_due;     /* a number that waits for the end of its word */
};

void build_start(struct build *b, const struct rich_options *o);
/* Counts what was done, in bytes of text; true when all is to be given up. */
bool build_has_done(struct build *b, size_t bytes);
/* Ends the last block; the document is the caller's; NULL when it was given up. */
struct rich *build_finish(struct build *b);

/* Text in UTF-8 whose runs of white space become one blank; in code it is kept. */
void build_text(struct build *b, struct str s);
/* A line of plain text, its blanks kept; lines of one block follow each other. False, and nothing
 * was added, when there is nothing in it to be seen. */
bool build_plain_line(struct build *b, struct str line);
/* Text as a word of its own ("[image]"), parted by blanks from what stands around it. */
void build_word(struct build *b, struct str s, uint16_t style);
void build_line_end(struct build *b);
/* Ends the block; what follows is a paragraph. Nothing happens when it is empty. */
void build_block_end(struct build *b);
bool build_block_is_empty(const struct build *b);

void build_style(struct build *b, uint16_t style, bool on);
/* Text from here on is of a link to `url` (relative is fine). One that is no web address is no
 * link. */
void build_link_start(struct build *b, struct str url);
void build_link_end(struct build *b);

/* A quote (RICH_NONE) or an item of `list` begins. Returns the margin to go back to by
 * build_margin_end. */
uint32_t build_margin(struct build *b, uint32_t list, int32_t number);
void build_margin_end(struct build *b, uint32_t outer);
uint32_t build_list(struct build *b);
/* The first `n` of the `items` of a list, whose margins come from `from` on, count down to 1. */
void build_count_down(struct build *b, uint32_t list, uint32_t from, int32_t items, int32_t n);

/* Between rich_build and rich_inline. Text from here on has this style and link. */
void build_run(struct build *b, uint16_t style, uint16_t link);
/* Adds bytes as they are; over the document's limit they are left out. */
void build_raw(struct build *b, struct str s);
/* The number that waits for the end of a word does not wait any longer. */
void build_put_number(struct build *b);
/* Finds the glosses of the block that ends, and takes them out when they are hidden. */
void build_glosses(struct build *b);
/* Writes the block that ends in the script that is wished. */
void build_script(struct build *b);
/* A line in display form as it is to be read: without its glosses when they are hidden, in the
 * script that is wished. */
enum err build_line(const struct build *b, struct str s, struct buf *out);
/* A block ends inside a link: the number is to stand at its end, and the link goes on. */
void build_number_open_link(struct build *b);

/* Nothing but blanks, U+3000 ones included. */
bool build_is_blank(struct str s);
/* Takes back text of the open block from `at` on. */
void build_cut(struct build *b, uint32_t at);

#endif
