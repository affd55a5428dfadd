/* do_mouse - what clicks, the wheel and dragging do: SCREENS.md section 8. */
#include "lede/base/language.h"
#include "lede/text/rich.h"
#include "lede/text/url.h"
#include "lede/text/width.h"
#include "state.h"

enum { WHEEL_LINES = 3 };

static bool within(struct rect r, int x, int y)
{
	return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}

/* With one pane the list and the article stand in the same place. */
static bool pane_is_shown(const struct app *a)
{
	return a->g.layout != LAYOUT_SINGLE || a->focus == FOCUS_PANE ||
	       (panel_shown(a) && rows_count(a, a->at) == 0);
}

static bool in_pane(const struct app *a, int x, int y)
{
	return pane_is_shown(a) && within(a->g.article, x, y);
}

static bool in_list(const struct app *a, int x, int y)
{
	return (a->g.layout != LAYOUT_SINGLE || !pane_is_shown(a)) && within(a->g.list, x, y);
}

/* ---- the list ---- */

/* The row on a line of the list, or -1: a heading's line belongs to the row under it. */
static int64_t row_at(const struct app *a, int line)
{
	int64_t n = rows_count(a, a->at), pos = a->list[a->at].top;

	for (line -= rows_head_lines(a, a->at); line >= 0 && pos < n; pos++) {
		line -= rows_lines(a, a->at, pos);
		if (line < 0)
			return pos;
	}
	return -1;
}

static void click_list(struct app *a, int line)
{
	const struct call once = { .count = 0 };
	int64_t pos = row_at(a, line);
	bool again = a->focus == FOCUS_LIST && pos == a->list[a->at].cursor;

	if (pos < 0)
		return;
	pane_focus(a, false);
	a->focus = FOCUS_LIST;
	if (again)
		run_open(a, &once);
	else
		rows_go(a, pos);
	app_touch(a);
}

/* ---- the pane ---- */

static void open_link(struct app *a, size_t number)
{
	struct str url = rich_link(a->reading.answer->article.doc, number)->url;

	if (!url_is_web(url)) {
		app_complain(a, _("not a web address: %.*s"), (int)url.n, url.p);
		return;
	}
	buf_clear(&a->open_url);
	buf_add(&a->open_url, url);
	app_want(a, EFFECT_OPEN)->url = buf_view(&a->open_url);
}

static void focus_pane(struct app *a)
{
	if (a->focus == FOCUS_PANE)
		return;
	a->focus = FOCUS_PANE;
	if (!panel_shown(a)) {
		a->rest_at = -1;
		pane_follow(a);
		pane_focus(a, true);
	}
	app_touch(a);
}

static void click_pane(struct app *a, int x, int line)
{
	const struct call once = { .count = 0 };
	size_t link;

	if (panel_shown(a)) {
		bool again = a->focus == FOCUS_PANE && a->panel_line == a->panel_top + line;

		focus_pane(a);
		panel_go(a, a->panel_top + line);
		if (again)
			run_open(a, &once);
		return;
	}
	link = pane_link_at(a, a->reading.top + line, x - a->g.text.x);
	focus_pane(a);
	if (link > 0)
		open_link(a, link);
}

/* ---- header and rule ---- */

static void click_header(struct app *a, int x)
{
	const struct call once = { .count = 0 };
	struct view_header h;
	int at, cells, n, end = VIEW_SECTIONS_X;

	view_header(a, &h);
	for (int i = 0; i < h.nsections; i++) {
		if (!view_section_shown(&h, &a->g, i))
			continue;
		cells = text_cells(h.section[i], a->ambiguous);
		if (x >= end && x < end + cells && i != h.current)
			app_go_section(a, i - h.current);
		end += cells + 2;
	}
	n = view_right_parts(&h, &a->g, a->ambiguous, end - 2, &cells);
	at = a->g.w - 1 - cells;
	if (n > 0 && h.right[0].role == ROLE_ACCENT && x >= at &&
	    x < at + text_cells(h.right[0].text, a->ambiguous))
		run_edition(a, &once);
}

static void drag_rule(struct app *a, int x, int y)
{
	if (a->g.layout != LAYOUT_SINGLE)
		split_to(a, a->g.layout == LAYOUT_STACKED ? y - a->g.body.y : x);
}

/* ---- all of it ---- */

static void press(struct app *a, int x, int y)
{
	a->dragging = within(a->g.rule, x, y);
	if (a->dragging)
		return;
	if (y == a->g.header)
		click_header(a, x);
	else if (in_list(a, x, y))
		click_list(a, y - a->g.list.y);
	else if (in_pane(a, x, y))
		click_pane(a, x, y - a->g.article.y);
}

/* Lines of the pane under it; a list moves by rows, with its cursor. */
static void wheel(struct app *a, int x, int y, int by)
{
	if (in_list(a, x, y))
		rows_go(a, a->list[a->at].cursor + by * (WHEEL_LINES + a->g.row_lines - 1) / a->g.row_lines);
	else if (in_pane(a, x, y) && panel_shown(a))
		panel_go(a, a->panel_line + by * WHEEL_LINES);
	else if (in_pane(a, x, y))
		pane_scroll(a, a->reading.top + by * WHEEL_LINES);
}

void mouse_did(struct app *a, struct mouse m)
{
	if (a->g.layout == LAYOUT_TOO_SMALL || prompt_is_open(a))
		return;
	switch (m.act) {
	case MOUSE_PRESS:
		press(a, m.x, m.y);
		break;
	case MOUSE_DRAG:
		if (a->dragging)
			drag_rule(a, m.x, m.y);
		break;
	case MOUSE_RELEASE:
		if (a->dragging)
			split_keep(a);
		a->dragging = false;
		break;
	case MOUSE_WHEEL_UP:
		wheel(a, m.x, m.y, -1);
		break;
	case MOUSE_WHEEL_DOWN:
		wheel(a, m.x, m.y, 1);
		break;
	}
}
