/* cell_width - lede's own wcwidth(), so that curses counts cells as lede does.
 *
 * libncursesw asks wcwidth() through the dynamic linker, so the one in the program is the one it
 * uses (TERMINAL.md, last section; configure checks it). Must not know: anything but code points.
 */
#ifndef LEDE_TUI_CELL_WIDTH_H
#define LEDE_TUI_CELL_WIDTH_H

#include <stdbool.h>

/* Cells of ambiguous characters, 1 or 2; set before curses starts, once. */
void cell_width_ambiguous(int cells);
/* Whether curses would count this code point as lede does. Always, where the own wcwidth() is used.
 */
bool cell_width_agrees(unsigned cp);

#endif
