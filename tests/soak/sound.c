#include "sound.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "lede/text/width.h"

struct report {
	char *why;
	size_t size;
};

static bool wrong(const struct report *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static bool wrong(const struct report *r, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(r->why, r->size, fmt, args);
	va_end(args);
	return false;
}

/* ---- cells ---- */

/* Whether any code point is a control character, C0, DEL or C1. */
static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i],
			      after = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;

		if (c < 0x20 || c == 0x7F || (c == 0xC2 && after < 0xA0))
			return true;
	}
	return false;
}

/* As a terminal counts that gives each code point its own width. Where ambiguous characters are
 * wide, a spacing mark on one of them has no cell left: it is not drawn. */
static int plain_cells(struct str cluster, int ambiguous)
{
	int cells = 0;
	size_t n;

	for (size_t at = 0; at < cluster.n; at += n)
		cells += unicode_cells(utf8_at(cluster, at, &n), ambiguous);
	return ambiguous == 2 && cells > 2 ? 2 : cells;
}

static bool cell_is_sound(const struct screen *s, int x, int y, const struct report *r)
{
	const struct cell *c = screen_at(s, x, y), *next = screen_at(s, x + 1, y);
	struct str text = str_of(c->text);
	int cells = 0;

	if (text.n == 0)
		return true; /* its first half has been looked at */
	if (!utf8_is_valid(text) || has_control(text))
		return wrong(r, "row %d, column %d holds what is no text", y, x);
	if (cluster_end(text, 0, s->ambiguous, &cells) != text.n)
		return wrong(r, "row %d, column %d: “%s” is more than one cluster", y, x, c->text);
	if (cells != 1 && cells != 2)
		return wrong(r, "row %d, column %d: “%s” takes %d cells", y, x, c->text, cells);
	if (plain_cells(text, s->ambiguous) != cells)
		return wrong(r, "row %d, column %d: terminals differ about “%s”", y, x, c->text);
	if ((cells == 2) != (next && next->text[0] == '\0'))
		return wrong(r, "row %d, column %d: “%s” is half a character", y, x, c->text);
	return true;
}

static bool row_is_sound(const struct screen *s, int y, const struct report *r)
{
	struct buf row = buf_limited(1 << 20);
	int cells;

	if (screen_at(s, 0, y)->text[0] == '\0')
		return wrong(r, "row %d begins with half a character", y);
	for (int x = 0; x < s->w; x++) {
		if (!cell_is_sound(s, x, y, r)) {
			buf_free(&row);
			return false;
		}
		buf_add_cstr(&row, screen_at(s, x, y)->text);
	}
	cells = text_cells(buf_view(&row), s->ambiguous);
	buf_free(&row);
	return cells == s->w || wrong(r, "row %d takes %d cells of %d", y, cells, s->w);
}

/* ---- the bar ---- */

/* Whether there is anything to stand on. */
static bool list_has_rows(const struct view *v)
{
	for (int i = 0; i < v->list.nrows; i++)
		if (v->list.row[i].kind != ROW_HEADING && v->list.row[i].kind != ROW_HERE &&
		    v->list.row[i].kind != ROW_QUERY)
			return v->list_shown;
	return false;
}

/* Lines of the row that has the cursor; beside the pane the bar has one. */
static int cursor_lines(const struct view *v)
{
	for (int i = 0; v->list_shown && i < v->list.nrows; i++)
		if (v->list.row[i].cursor)
			return view_row_lines(v->list.row[i].kind, &v->g);
	return v->g.row_lines;
}

/* In ASCII the bar is a key as well, and help names it where its lines begin. */
static bool is_key_in_help(const struct view *v, const struct screen *s, int cell)
{
	return v->glyphs == GLYPHS_ASCII && v->pane_shown && v->pane.panel &&
	       cell % s->w == v->g.article.x + 2;
}

/* One piece of one column, in the list or beside the pane. */
static bool bar_is_sound(const struct view *v, const struct screen *s, const struct report *r)
{
	const char *bar = glyph(v->glyphs, GLYPH_BAR);
	int column = -1, first = -1, n = 0;

	for (int i = 0; i < s->w * s->h; i++) {
		if (s->cell[i].role != ROLE_ACCENT || strcmp(s->cell[i].text, bar) != 0 ||
		    is_key_in_help(v, s, i))
			continue;
		if (n > 0 && (i % s->w != column || i / s->w != first + n))
			return wrong(r, "a second bar in row %d, column %d", i / s->w, i % s->w);
		if (n++ == 0) {
			column = i % s->w;
			first = i / s->w;
		}
	}
	if (n > cursor_lines(v))
		return wrong(r, "the bar is %d rows high", n);
	if (n == 0 && ((v->list.focus && list_has_rows(v)) ||
	               (v->pane_shown && v->pane.focus && v->pane.nlines > 0)))
		return wrong(r, "there is no bar");
	return true;
}

/* ---- the pane ---- */

static bool line_fits(const struct view *v, const struct view_line *l, int w,
                      const struct report *r)
{
	int cells = l->indent, right = text_cells(l->right.text, v->ambiguous);

	for (int i = 0; i < l->nparts; i++)
		cells += text_cells(l->part[i].text, v->ambiguous);
	if (right > 0)
		right++; /* a blank at least stands before it */
	w += l->lead > 0 ? 2 : 0; /* what can be chosen goes on into the margin */
	return cells + right <= w ||
	       wrong(r, "a line of %d cells, %d of them at the right, in a pane of %d: “%.*s”",
	             cells + right, right, w, l->nparts > 0 ? (int)l->part[0].text.n : 0,
	             l->nparts > 0 ? l->part[0].text.p : "");
}

static bool pane_is_sound(const struct view *v, const struct report *r)
{
	int w = v->pane.panel ? v->g.article.w - 4 : v->g.text.w;

	if (v->pane.panel && w > 72)
		w = 72;
	for (int i = 0; v->pane_shown && i < v->pane.nlines; i++)
		if (!line_fits(v, &v->pane.line[i], w, r))
			return false;
	return true;
}

bool frame_is_sound(const struct view *v, const struct screen *s, char *why, size_t size)
{
	const struct report r = { why, size };

	for (int y = 0; y < s->h; y++)
		if (!row_is_sound(s, y, &r))
			return false;
	if (v->g.layout == LAYOUT_TOO_SMALL)
		return true;
	return bar_is_sound(v, s, &r) && pane_is_sound(v, &r);
}
