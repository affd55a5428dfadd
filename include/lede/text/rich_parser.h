/* rich_parser - the state of reading HTML, shared by the stack (rich_html) and the elements on it
 * (rich_elements, rich_media).
 *
 * Must not know: lines, panes.
 */
#ifndef LEDE_TEXT_RICH_PARSER_H
#define LEDE_TEXT_RICH_PARSER_H

#include "lede/text/html_token.h"
#include "lede/text/rich_build.h"
#include "lede/text/rich_table.h"

#define PARSER_DEPTH 256 /* open elements; what is opened deeper is not noticed */

struct parser;
struct open;

enum element_flags {
	IS_BLOCK = 1 << 0,   /* ends the paragraph at both ends */
	IS_VOID = 1 << 1,    /* has no content */
	IS_DROPPED = 1 << 2, /* is passed over with its content */
	IS_P = 1 << 3,
	IS_HEADING = 1 << 4,
	IS_LIST = 1 << 5,
	IS_ITEM = 1 << 6,
	IS_TERM = 1 << 7, /* dt, dd */
	IS_TABLE = 1 << 8,
	IS_ROWS = 1 << 9, /* thead, tbody, tfoot */
	IS_ROW = 1 << 10,
	IS_CELL = 1 << 11,
	IS_CODE = 1 << 12, /* pre */
	IS_RUBY = 1 << 13,
	IS_RUBY_TEXT = 1 << 14, /* rt, rp */
	IS_MEDIA = 1 << 15,     /* its text is for those who cannot play it */
	IS_LINK = 1 << 16,
	IS_QUOTE = 1 << 17,
	IS_FIGURE = 1 << 18
};

struct element {
	const char *name;
	unsigned flags;
	uint16_t style; /* of its text */
	void (*start)(struct parser *p, const struct html_token *t, struct open *o);
	void (*end)(struct parser *p, const struct open *o);
};

struct open {
	const struct element *element; /* NULL: its end has come already */
	uint32_t outer;                /* margin to go back to */
	uint32_t from;                 /* where its text begins */
	uint32_t list;                 /* lists: which */
	int32_t number, step;          /* lists: of the last item, and what the next one adds */
	/* Lists that count down to 1: their items, those of them before the first that says its
	 * number, whether one has said it, and where their margins begin. */
	struct { bool due, said; int32_t items, before; uint32_t from; } down;
	bool has_source;               /* media: its link is there */
};

struct parser {
	struct build b;
	struct html_reader reader;
	struct open stack[PARSER_DEPTH];
	size_t depth;
	struct table_build *table;     /* the innermost open one */
	size_t after_term;             /* how many blocks there were when the last dt ended */
	uint32_t stray;                /* the list of items without one; RICH_NONE */
	struct buf value, text;        /* scratch: an attribute's value, a text, without entities */
	const struct element *dropped; /* what is passed over, and how many of its name are open */
	int dropped_depth;
	uint64_t endless[2]; /* elements whose end tag does not come any more */
	int silent;          /* open elements whose text is not shown */
};

/* By name, in any case; NULL for one without meaning here. */
const struct element *element_named(struct str name);
/* 0 .. 127: the element's place in the table. */
size_t element_index(const struct element *e);
/* True for attributes that hide an element. */
bool element_is_hidden(const struct html_token *t);

/* ---- attributes ---- */

/* The value of an attribute without entities, trimmed; borrowed until the next one is asked for. */
bool element_attribute(struct parser *p, const struct html_token *t, const char *name,
		       struct str *out);
/* The digits that a value begins with; `otherwise` when there are none. */
int element_number(const struct html_token *t, const char *name, int otherwise);
/* Whether its style attribute holds these letters. */
bool element_style_has(const struct html_token *t, const char *what);

/* ---- lists (rich_lists.c), for the table of elements ---- */

void lists_start(struct parser *p, const struct html_token *t, struct open *o);
void lists_end(struct parser *p, const struct open *o);
void lists_item_start(struct parser *p, const struct html_token *t, struct open *o);
void lists_item_end(struct parser *p, const struct open *o);
void lists_terms_start(struct parser *p, const struct html_token *t, struct open *o);
void lists_term_start(struct parser *p, const struct html_token *t, struct open *o);
void lists_term_end(struct parser *p, const struct open *o);
void lists_definition_start(struct parser *p, const struct html_token *t, struct open *o);

/* ---- pictures and what plays (rich_media.c), for the table of elements ---- */

void media_image_start(struct parser *p, const struct html_token *t, struct open *o);
void media_start(struct parser *p, const struct html_token *t, struct open *o);
void media_end(struct parser *p, const struct open *o);
void media_source_start(struct parser *p, const struct html_token *t, struct open *o);
void media_frame_start(struct parser *p, const struct html_token *t, struct open *o);

#endif
