#include "lede/tui/cell_width.h"

#include <wchar.h>

#include "config.h"
#include "lede/text/unicode.h"

/* The second exception to "no mutable globals": wcwidth() has no argument to carry it. Set once,
 * before curses starts. */
static int ambiguous = 1;

void cell_width_ambiguous(int cells)
{
	ambiguous = cells;
}

#ifdef HAVE_WCWIDTH_OVERRIDE
int wcwidth(wchar_t c)
{
	if (c == 0)
		return 0;
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		return -1;
	return unicode_cells((unsigned)c, ambiguous);
}

bool cell_width_agrees(unsigned cp)
{
	(void)cp;
	return true;
}
#else
bool cell_width_agrees(unsigned cp)
{
	return wcwidth((wchar_t)cp) == unicode_cells(cp, ambiguous);
}
#endif
