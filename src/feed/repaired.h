/* repaired - well-formed XML on its way to the parser, its longer texts beside it.
 *
 * Such a text stands in the XML as the instruction <?t?>: libxml2 tells its place in the document
 * and need not look through it, thrice where it is CDATA. Instructions of the document itself are
 * left out before, so that none can be mistaken for one.
 * Must not know: what is repaired, who reads the texts.
 */
#ifndef LEDE_SRC_FEED_REPAIRED_H
#define LEDE_SRC_FEED_REPAIRED_H

#include "lede/base/str.h"

struct repaired_text;
struct repaired {
	struct buf xml;
	struct buf made;            /* texts that stand nowhere as they are */
	struct repaired_text *text; /* in the order of their instructions */
	size_t n, cap, taken;
};

/* `max`: ceiling of each of the buffers. */
struct repaired repaired_limited(size_t max);
void repaired_free(struct repaired *r);
/* A text, borrowed until repaired_parsed. */
enum err repaired_borrow(struct repaired *r, struct str text);
/* A text that was added to `made`: what stands there from `from` on. */
enum err repaired_made(struct repaired *r, size_t from);
/* The text of the next instruction; empty when there is none. Borrowed until repaired_parsed. */
struct str repaired_take(struct repaired *r);
/* The parser has got the XML. Texts whose instructions it has not reached are kept. */
void repaired_parsed(struct repaired *r);

#endif
