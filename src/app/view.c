#include "lede/app/view.h"

#include "lede/text/width.h"

int view_row_lines(enum view_row_kind kind, const struct geometry *g)
{
	if (kind == ROW_NOTED || kind == ROW_FOUND || kind == ROW_QUERY)
		return 2;
	return kind == ROW_STORY || kind == ROW_END ? g->row_lines : 1;
}

/* ---- the header, as it is drawn and clicked ---- */

enum { NARROW = 60 };

bool view_section_shown(const struct view_header *h, const struct geometry *g, int section)
{
	return g->w >= NARROW || section == h->current;
}

int view_right_parts(const struct view_header *h, const struct geometry *g, int ambiguous, int left,
                     int *cells)
{
	int n = g->w < NARROW && h->nright > 1 ? 1 : h->nright;

	if (g->w < NARROW && n > 0 && h->right[0].role != ROLE_ACCENT)
		n = 0;
	for (; n > 0; n--) {
		*cells = 3 * (n - 1);
		for (int i = 0; i < n; i++)
			*cells += text_cells(h->right[i].text, ambiguous);
		if (left + 2 + *cells <= g->w - 1)
			return n;
	}
	*cells = 0;
	return 0;
}
