#include "lede/app/view.h"

int view_row_lines(enum view_row_kind kind, const struct geometry *g)
{
	if (kind == ROW_NOTED || kind == ROW_FOUND || kind == ROW_QUERY)
		return 2;
	return kind == ROW_STORY || kind == ROW_END ? g->row_lines : 1;
}
