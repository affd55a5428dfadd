/* do_move - the commands of moving: in lists a row, in articles and panels a line. */
#include "lede/base/language.h"
#include "state.h"

static int times(const struct call *call)
{
	return call->count > 0 ? call->count : 1;
}

/* ---- panels ---- */

static int panel_height(const struct app *a)
{
	return a->g.article.h > 0 ? a->g.article.h : 1;
}

void panel_go(struct app *a, int64_t line)
{
	struct arena *frame = arena_new();
	struct view_line *lines;
	int n = panel_lines(a, frame, &lines), h = panel_height(a), first = 0;

	arena_free(frame);
	if (a->choices > 0) {
		first = a->choice;
		n = a->choice + a->choices;
	}
	if (line > n - 1)
		line = n - 1;
	if (line < first)
		line = first;
	a->panel_line = line;
	if (a->panel == PANEL_THEMES)
		themes_moved(a);
	if (a->panel_line < a->panel_top)
		a->panel_top = a->panel_line;
	if (a->panel_line >= a->panel_top + h)
		a->panel_top = a->panel_line - h + 1;
	app_touch(a);
}

/* ---- by lines or rows ---- */

enum place { IN_PANEL, IN_ARTICLE, IN_LIST };

static enum place place_of(const struct app *a)
{
	unsigned on = app_context(a);

	return on == ON_PANEL ? IN_PANEL : on == ON_ARTICLE ? IN_ARTICLE : IN_LIST;
}

static void go_by(struct app *a, int64_t n)
{
	switch (place_of(a)) {
	case IN_PANEL:
		panel_go(a, a->panel_line + n);
		break;
	case IN_ARTICLE:
		pane_scroll(a, a->reading.top + n);
		break;
	case IN_LIST:
		if (rows_count(a, a->at) == 0)
			app_message(a, _("nothing here"));
		else
			rows_go(a, a->list[a->at].cursor + n);
		break;
	}
}

void run_down(struct app *a, const struct call *call)
{
	go_by(a, times(call));
}

void run_up(struct app *a, const struct call *call)
{
	go_by(a, -times(call));
}

/* A count is a rank, a line or a row; stories keep their rank when others are unfolded. */
static void go_to(struct app *a, int64_t number)
{
	switch (place_of(a)) {
	case IN_PANEL:
		panel_go(a, number - 1);
		break;
	case IN_ARTICLE:
		pane_scroll(a, number - 1);
		break;
	case IN_LIST:
		if (a->at == IN_TOP && number >= 1 && number <= (int64_t)a->top.n)
			rows_go(a, top_find(a, a->top.row[number - 1].story));
		else
			rows_go(a, number - 1);
		break;
	}
}

void run_first(struct app *a, const struct call *call)
{
	go_to(a, times(call));
}

/* The last row of Top is its last story: the end row is one further. */
static int64_t last_row(const struct app *a)
{
	int64_t n = rows_count(a, a->at);

	return a->at == IN_TOP && n > 1 && a->top.complete ? n - 2 : n - 1;
}

void run_last(struct app *a, const struct call *call)
{
	if (call->count > 0)
		go_to(a, call->count);
	else if (place_of(a) == IN_LIST)
		rows_go(a, last_row(a));
	else
		go_to(a, INT32_MAX);
}

/* ---- by pages ---- */

static int place_height(const struct app *a)
{
	return place_of(a) == IN_LIST ? a->g.list.h : a->g.article.h;
}

/* A page is the pane's height less 2 lines, a half page half of it. */
static void page(struct app *a, int direction, bool half, int n)
{
	int lines = place_height(a) - 2;

	if (half)
		lines /= 2;
	if (lines < 1)
		lines = 1;
	for (; n > 0; n--) {
		int64_t top = a->list[a->at].top, before = a->list[a->at].cursor, to;

		if (place_of(a) != IN_LIST) {
			go_by(a, (int64_t)direction * lines);
			continue;
		}
		to = rows_after_page(a, direction, lines);
		if (to == before)
			to += direction;
		a->list[a->at].top = top + (to - before) > 0 ? top + (to - before) : 0;
		rows_go(a, to);
		if (a->list[a->at].cursor == before)
			break;
	}
}

void run_half_down(struct app *a, const struct call *call)
{
	page(a, 1, true, times(call));
}

void run_half_up(struct app *a, const struct call *call)
{
	page(a, -1, true, times(call));
}

void run_page_down(struct app *a, const struct call *call)
{
	page(a, 1, false, times(call));
}

void run_page_up(struct app *a, const struct call *call)
{
	page(a, -1, false, times(call));
}

/* ---- sections ---- */

static const enum list_id section_list[SECTIONS] = { IN_TOP, IN_LATEST, IN_FEEDS, IN_STARRED,
	IN_FILLER, IN_SEARCH };

/* Search is the last one, as long as it is open. */
int section_count(const struct app *a)
{
	return a->search.on ? SECTIONS : SECTIONS - 1;
}

int section_of(enum list_id id)
{
	for (int i = 0; i < SECTIONS; i++)
		if (section_list[i] == id)
			return i;
	return 2;                     /* a feed's entries are a page of Feeds */
}

void app_go_section(struct app *a, int by)
{
	int n = section_count(a), to = ((section_of(a->at) + by) % n + n) % n;

	if (a->panel != PANEL_NONE)
		app_close_panel(a);
	app_enter(a, section_list[to] == IN_FEEDS ? a->feeds_page : section_list[to]);
}

void run_section_next(struct app *a, const struct call *call)
{
	app_go_section(a, times(call) % section_count(a));
}

void run_section_prev(struct app *a, const struct call *call)
{
	app_go_section(a, -(times(call) % section_count(a)));
}

/* ---- unread ---- */

static int64_t find_unread(const struct app *a, int64_t from, int direction)
{
	int64_t n = rows_count(a, a->at);

	for (int64_t pos = from + direction; pos >= 0 && pos < n; pos += direction) {
		if (rows_unread(a, pos))
			return pos;
		/* A list by time is searched as far as it is in memory: half a window either way at
		 * least. */
		if (a->at != IN_TOP && a->at != IN_FEEDS && !rows_entry(a, a->at, pos))
			return -1;
	}
	return -1;
}

static void go_unread(struct app *a, int direction, int n)
{
	bool in_article = app_context(a) == ON_ARTICLE;

	if (rows_count(a, a->at) == 0) {
		app_message(a, _("nothing here"));
		return;
	}
	for (; n > 0; n--) {
		int64_t pos = find_unread(a, a->list[a->at].cursor, direction);

		if (pos < 0) {
			if (direction < 0)
				app_message(a, _("none before"));
			else if (a->at == IN_TOP)
				app_message(a, _("no more unread · . makes a new edition"));
			else
				app_message(a, _("no more unread"));
			return;
		}
		rows_go(a, pos);
	}
	if (in_article)
		pane_follow(a);
}

void run_next(struct app *a, const struct call *call)
{
	if (help_next(a, times(call)))
		return;
	if (matches_are_on(a))
		matches_go(a, times(call));
	else
		go_unread(a, 1, times(call));
}

void run_prev(struct app *a, const struct call *call)
{
	if (help_next(a, -times(call)))
		return;
	if (matches_are_on(a))
		matches_go(a, -times(call));
	else
		go_unread(a, -1, times(call));
}
