/* cell_chars - what a terminal is sent for a cell: the cluster's characters, or what stands for
 * them, in exactly the cells that the cluster has on the screen.
 *
 * What the locale cannot show is "?" in every cell; what the terminal would count otherwise is
 * U+FFFD and a blank. Must not know: curses, colours.
 */
#ifndef LEDE_TUI_CELL_CHARS_H
#define LEDE_TUI_CELL_CHARS_H

#include <stdbool.h>
#include <wchar.h>

#include "lede/tui/screen.h"

#define CELL_CHARS 5 /* a base and four marks: CCHARW_MAX of ncurses */

struct cell_chars {
	wchar_t first[CELL_CHARS + 1];
	wchar_t second[CELL_CHARS + 1]; /* of the cell after it; empty when `first` takes both */
};

/* `cells`: 1 or 2, of the cluster. `utf8`: of the locale. */
void cell_chars_of(const struct cell *c, int cells, int ambiguous, bool utf8,
                   struct cell_chars *out);

#endif
