/* draw - a view into cells: SCREENS.md, cell by cell.
 *
 * Functions of their arguments: they read the view and write the screen, nothing else. draw_view
 * draws a whole frame. Must not know: colours, terminals, struct app.
 */
#ifndef LEDE_TUI_DRAW_H
#define LEDE_TUI_DRAW_H

#include "lede/app/view.h"
#include "lede/tui/screen.h"

void draw_view(const struct view *v, struct screen *out);

/* The parts, for draw_view and tests. */
void draw_header(const struct view *v, struct screen *out);
void draw_status(const struct view *v, struct screen *out);
void draw_list(const struct view *v, struct screen *out);
void draw_pane(const struct view *v, struct screen *out);
void draw_rule(const struct view *v, struct screen *out);
void draw_prompt(const struct view *v, struct screen *out);
/* One line of a pane, its right part ending at x + w. */
void draw_line(const struct view *v, struct screen *out, const struct view_line *l, int x, int y, int w);
void draw_too_small(const struct view *v, struct screen *out);

#endif
