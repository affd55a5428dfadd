#include "lede/tui/draw.h"

#include <stdio.h>
#include <string.h>

#include "lede/base/language.h"
#include "lede/text/width.h"

static int cells_of(const struct view *v, struct str s)
{
	return text_cells(s, v->ambiguous);
}

/* Facts are parted by " · "; in ambiguous-width 2 and ascii the dot is "-", so this is always three
 * cells. */
static int draw_dot(const struct view *v, struct screen *out, int x, int y, enum role role)
{
	screen_cstr(out, x + 1, y, 1, glyph(v->glyphs, GLYPH_DOT), role);
	return 3;
}

/* ---- header ---- */

enum { NAME_X = 1, NARROW = 60 };

static int draw_sections(const struct view *v, struct screen *out)
{
	const struct view_header *h = &v->header;
	int x = VIEW_SECTIONS_X;

	for (int i = 0; i < h->nsections; i++) {
		if (!view_section_shown(h, &v->g, i))
			continue;
		x += screen_text(out, x, v->g.header, v->g.w - 1 - x, h->section[i],
				 i == h->current ? ROLE_SECTION_CURRENT : ROLE_META) + 2;
	}
	return x - 2;
}

void draw_header(const struct view *v, struct screen *out)
{
	const struct view_header *h = &v->header;
	int cells = 0, left, n, x;

	if (v->g.header < 0)
		return;
	screen_cstr(out, NAME_X, v->g.header, 4, "lede", ROLE_NAME);
	left = draw_sections(v, out);
	n = view_right_parts(h, &v->g, v->ambiguous, left, &cells);
	x = v->g.w - 1 - cells;
	for (int i = 0; i < n; i++) {
		if (i > 0)
			x += draw_dot(v, out, x, v->g.header,
			              h->right[i].role == h->right[i - 1].role ? h->right[i].role
			                                                       : ROLE_META);
		x += screen_text(out, x, v->g.header, cells, h->right[i].text, h->right[i].role);
	}
}

/* ---- status ---- */

/* One way of saying the left part: how many facts, which wording, how many terms. */
struct saying { int facts; bool shorter; int terms; };

static struct str between(const struct view_status *st)
{
	return st->between.n > 0 ? st->between : STR(", ");
}

static int saying_cells(const struct view *v, const struct saying *s)
{
	const struct view_status *st = &v->status;
	const struct str *term = s->shorter ? st->short_term : st->long_term;
	int cells = 0;

	for (int i = 0; i < s->facts; i++)
		cells += cells_of(v, st->fact[i].text) + (i > 0 ? 3 : 0);
	if (s->terms > 0)
		cells += (s->facts > 0 ? 3 : 0) + (v->g.w >= NARROW ? cells_of(v, st->why) : 0);
	for (int i = 0; i < s->terms; i++)
		cells += cells_of(v, term[i]) + (i > 0 ? cells_of(v, between(st)) : 0);
	return cells;
}

static bool say_terms(const struct view *v, int room, int facts, bool shorter, int least,
                      struct saying *out)
{
	for (int n = v->status.nterms; n >= least && n > 0; n--) {
		*out = (struct saying){ facts, shorter, n };
		if (saying_cells(v, out) <= room)
			return true;
	}
	return false;
}

/* The long wording when all terms fit, else its first ones, else the short wording; then facts give
 * way to the reasons. */
static struct saying choose_saying(const struct view *v, int room)
{
	const struct view_status *st = &v->status;
	struct saying s;

	if (say_terms(v, room, st->nfacts, false, st->nterms < 2 ? 1 : 2, &s) ||
	    say_terms(v, room, st->nfacts, true, 1, &s) || say_terms(v, room, 1, true, 1, &s))
		return s;
	s = (struct saying){ st->nfacts, false, 0 };
	while (s.facts > 1 && saying_cells(v, &s) > room)
		s.facts--;
	return s;
}

static void draw_saying(const struct view *v, struct screen *out, const struct saying *s, int room)
{
	const struct view_status *st = &v->status;
	const struct str *term = s->shorter ? st->short_term : st->long_term;
	int x = 1, y = v->g.status, end = 1 + room;

	for (int i = 0; i < s->facts; i++) {
		if (i > 0)
			x += draw_dot(v, out, x, y, ROLE_META);
		x += screen_cut(out, x, y, end - x, st->fact[i].text, glyph(v->glyphs, GLYPH_CUT),
		                st->fact[i].role);
	}
	if (s->terms > 0 && s->facts > 0)
		x += draw_dot(v, out, x, y, ROLE_META);
	if (s->terms > 0 && v->g.w >= NARROW)
		x += screen_text(out, x, y, end - x, st->why, ROLE_META);
	for (int i = 0; i < s->terms; i++) {
		if (i > 0)
			x += screen_text(out, x, y, end - x, between(st), ROLE_WHY);
		x += screen_text(out, x, y, end - x, term[i], ROLE_WHY);
	}
}

static void draw_message(const struct view *v, struct screen *out, int room)
{
	screen_cut(out, 1, v->g.status, room, v->status.message.text, glyph(v->glyphs, GLYPH_CUT),
	           v->status.message.role);
}

void draw_status(const struct view *v, struct screen *out)
{
	const struct view_status *st = &v->status;
	struct str right = st->pending.n > 0 ? st->pending : st->hint;
	int cells = cells_of(v, right), room = v->g.w - 1 - cells - 3 - 1;

	if (room < 20 && st->message.text.n > 0) {
		cells = 0;
		room = v->g.w - 2;
	}
	if (room < 4)
		room = v->g.w - 2 - cells - 1;
	if (cells > 0)
		screen_text(out, v->g.w - 1 - cells, v->g.status, cells, right,
			    st->pending.n > 0 ? ROLE_ACCENT : ROLE_META);
	if (st->message.text.n > 0) {
		draw_message(v, out, room);
	} else {
		struct saying s = choose_saying(v, room);

		draw_saying(v, out, &s, room);
	}
}

/* ---- rule, notice ---- */

void draw_rule(const struct view *v, struct screen *out)
{
	struct rect r = v->g.rule;

	for (int i = 0; i < r.h && r.w == 1; i++)
		screen_cstr(out, r.x, r.y + i, 1, glyph(v->glyphs, GLYPH_RULE_V), ROLE_RULE);
	for (int i = 0; i < r.w && r.h == 1 && r.w > 1; i++)
		screen_cstr(out, r.x + i, r.y, 1, glyph(v->glyphs, GLYPH_RULE_H), ROLE_RULE);
}

void draw_too_small(const struct view *v, struct screen *out)
{
	struct buf b = buf_limited(256);
	char now[64];

	snprintf(now, sizeof now, _("now %dx%d · q quits"), v->g.w, v->g.h);
	glyphs_write(&b, v->glyphs, str_of(now));
	screen_cstr(out, 0, 0, v->g.w, _("lede needs 20x5"), ROLE_TEXT);
	screen_text(out, 0, 1, v->g.w, buf_view(&b), ROLE_TEXT);
	buf_free(&b);
}

/* ---- pane ---- */

void draw_line(const struct view *v, struct screen *out, const struct view_line *l, int x, int y, int w)
{
	int at = x + l->indent, right = l->right.text.n > 0 ? cells_of(v, l->right.text) : 0;

	for (int i = 0; i < l->nparts; i++) {
		int drawn = screen_text(out, at, y, x + w - at, l->part[i].text, l->part[i].role);

		if (l->part[i].underline)
			screen_underline(out, at, y, drawn);
		if (i > 0 && l->url.n > 0)
			screen_link(out, at, y, drawn, l->url);
		at += drawn;
	}
	if (right > 0)
		screen_text(out, x + w - right, y, right, l->right.text, l->right.role);
}

/* What can be chosen goes on into the margin: its text is cut, not wrapped. */
enum { CHOICE_MARGIN = 2 };

void draw_pane(const struct view *v, struct screen *out)
{
	const struct view_pane *p = &v->pane;
	struct rect at = p->panel ? v->g.article : v->g.text;
	int bar = p->bar_line >= 0 ? p->bar_line : 0;

	if (p->panel) {
		at.x += 2;
		at.w = at.w - 4 < 72 ? at.w - 4 : 72;
	}
	for (int i = 0; i < p->nlines && i < at.h; i++)
		draw_line(v, out, &p->line[i], at.x, at.y + i,
		          at.w + (p->line[i].lead > 0 ? CHOICE_MARGIN : 0));
	if (p->focus && p->bar_line >= 0 && bar < p->nlines && bar < at.h && p->line[bar].lead > 0)
		screen_role(out, at.x + p->line[bar].indent - 1, at.y + bar, p->line[bar].lead + 2, ROLE_CURSOR);
	if (p->focus && bar < at.h) {
		screen_cstr(out, at.x - 2, at.y + bar, 1,
		            v->cursor == CURSOR_MARKER ? ">" : glyph(v->glyphs, GLYPH_BAR), ROLE_ACCENT);
		out->cursor_shown = v->cursor == CURSOR_MARKER;
		out->cursor_x = at.x;
		out->cursor_y = at.y + bar;
	}
}

void draw_view(const struct view *v, struct screen *out)
{
	screen_clear(out, v->ambiguous);
	if (v->g.layout == LAYOUT_TOO_SMALL) {
		draw_too_small(v, out);
		return;
	}
	draw_header(v, out);
	if (v->list_shown)
		draw_list(v, out);
	if (v->list_shown && v->pane_shown)
		draw_rule(v, out);
	if (v->pane_shown)
		draw_pane(v, out);
	if (v->prompt.open)
		draw_prompt(v, out);
	else
		draw_status(v, out);
}
