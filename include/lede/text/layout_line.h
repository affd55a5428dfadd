/* layout_line - one line while it is put together: pieces of text with their styles, then a
 * layout_line that stays.
 *
 * Must not know: blocks, breaking.
 */
#ifndef LEDE_TEXT_LAYOUT_LINE_H
#define LEDE_TEXT_LAYOUT_LINE_H

#include "lede/text/rich_doc.h"

struct line_build {
	struct buf text;
	struct layout_span *spans;
	size_t nspans, cap;
	int cells;
	uint32_t margin; /* where the document's text begins in it */
	bool in_text; /* it has begun */
	const struct layout_span *kept; /* of the line that was finished last, in its arena */
	size_t nkept;
};

void line_start(struct line_build *l);
void line_free(struct line_build *l);
/* Text of `cells` cells in one style. */
void line_add(struct line_build *l, struct str s, int cells, uint16_t style, uint16_t link);
void line_add_blanks(struct line_build *l, int n);
/* A stretch of the document with the styles it has there and `style` on top; soft hyphens are left
 * out, line ends become blanks. The caller says how many cells it takes. */
void line_add_stretch(struct line_build *l, const struct rich *r, uint32_t from, uint32_t to,
		      int cells, uint16_t style);
/* Without blanks at its end, in memory of `a`, which is the same for all lines. */
void line_finish(struct line_build *l, uint32_t place, struct arena *a, struct layout_line *out);

#endif
