/* cell_chars - what a terminal is sent for a cell: the cluster's characters, or what stands for
 * them, in exactly the cells that the cluster has on the screen.
 *
 * What the locale cannot show is "?" in every cell; what a terminal that adds up widths would count
 * otherwise is cut or is U+FFFD and a blank. Must not know: terminals, colours.
 */
#ifndef LEDE_TUI_CELL_CHARS_H
#define LEDE_TUI_CELL_CHARS_H

#include <stdbool.h>
#include <stddef.h>

#include "lede/tui/screen.h"

struct cell_chars { char text[CELL_BYTES + 1]; size_t n; };

/* `cells`: 1 or 2, of the cluster. `utf8`: of the locale. */
void cell_chars_of(const struct cell *c, int cells, int ambiguous, bool utf8,
                   struct cell_chars *out);

#endif
