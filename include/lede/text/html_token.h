/* html_token - HTML as a row of tags and texts.
 *
 * A tolerant reader of fragments and pages as found: nothing is an error, nothing is nested,
 * everything is borrowed from the input, and the whole takes time linear in it. What tags mean
 * together is the caller's matter.
 * Must not know: which elements are blocks, what is shown.
 */
#ifndef LEDE_TEXT_HTML_TOKEN_H
#define LEDE_TEXT_HTML_TOKEN_H

#include <stdbool.h>

#include "lede/base/str.h"

enum html_kind {
	HTML_TEXT,   /* `text`: entities not resolved yet, unless `literal` */
	HTML_START,  /* `name`, `attributes` */
	HTML_END,    /* `name` */
	HTML_DOCTYPE /* `name` */
};

struct html_token {
	enum html_kind kind;
	struct str name; /* as written; compare without case */
	struct str text;
	struct str attributes; /* between name and '>' */
	bool literal;          /* text of script, style, CDATA: no entities in it */
	bool closed;           /* <br/> */
	size_t from, to;       /* where in the input */
};

struct html_reader {
	struct str in;
	size_t at;
	struct str inside; /* the element whose content is no markup; empty elsewhere */
};

struct html_reader html_reader_of(struct str in);
/* False at the end. Comments and processing instructions are passed over. */
bool html_next(struct html_reader *r, struct html_token *t);

struct html_attribute {
	struct str name, value;
	struct str quoted;
}; /* value raw; `quoted`: with its quotes, empty without a value */
/* Takes the next attribute off the front of *rest. */
bool html_next_attribute(struct str *rest, struct html_attribute *a);
/* The raw value of the first attribute of that name among the first 256; false when there is
 * none. */
bool html_attribute_of(const struct html_token *t, const char *name, struct str *value);

#endif
