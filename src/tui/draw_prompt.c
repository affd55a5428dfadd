/* draw_prompt - the prompt in the bottom line, and what it shows over the body above it. */
#include "lede/text/width.h"
#include "lede/tui/draw.h"

static void draw_above(const struct view *v, struct screen *out)
{
	const struct view_prompt *p = &v->prompt;
	int top = v->g.status - 1 - p->nabove;

	for (int y = top < 0 ? 0 : top; y < v->g.status; y++)
		screen_fill(out, 0, y, v->g.w, ' ', ROLE_BACKGROUND);
	for (int i = 0; i < p->nabove; i++)
		draw_line(v, out, &p->above[i], 0, top + i, v->g.w - 1);
	if (p->bar >= 0)
		screen_cstr(out, 0, top + p->bar, 1, glyph(v->glyphs, GLYPH_BAR), ROLE_ACCENT);
}

void draw_prompt(const struct view *v, struct screen *out)
{
	const struct view_prompt *p = &v->prompt;
	int x = 1, y = v->g.status, end = v->g.w - 1;

	if (p->nabove > 0)
		draw_above(v, out);
	screen_fill(out, 0, y, v->g.w, ' ', ROLE_BACKGROUND);
	x += screen_text(out, x, y, end - x, p->sign, ROLE_ACCENT);
	x += screen_text(out, x, y, end - x, p->text, ROLE_TEXT);
	if (p->note.text.n > 0)
		screen_text(out, x + 3, y, end - x - 3, p->note.text, p->note.role);
	if (p->hint.n > 0) {
		int cells = text_cells(p->hint, v->ambiguous);

		screen_text(out, end - cells, y, cells, p->hint, ROLE_META);
	}
	out->cursor_x = p->cursor < v->g.w ? p->cursor : v->g.w - 1;
	out->cursor_y = y;
	out->cursor_shown = true;
}
