/* do_read - the commands of reading: into the article and back, page on, unfold, explain, the
 * browser. */
#include <stdlib.h>

#include "lede/base/language.h"
#include "lede/text/url.h"
#include "state.h"

/* ---- into the article and back ---- */

static bool nothing_here(struct app *a)
{
	int64_t entry, story;

	if (rows_subject(a, a->list[a->at].cursor, &entry, &story))
		return false;
	if (rows_count(a, a->at) == 0)
		app_message(a, _("nothing here"));
	return true;
}

static void into_pane(struct app *a)
{
	a->rest_at = -1;
	pane_follow(a);
	a->focus = FOCUS_PANE;
	pane_focus(a, true);
	if (a->at == IN_TOP) {
		const struct edition_row *row = rows_story(a, a->list[IN_TOP].cursor);

		if (row && row->rank > a->lowest_opened)
			a->lowest_opened = row->rank;
	}
	app_touch(a);
}

/* A feed that never answered has no title: its address names it. Owned. */
static struct str name_of(const struct feed_row *f)
{
	struct buf b = buf_limited(16 << 10);
	size_t n;

	if (f->title.n > 0)
		buf_add(&b, f->title);
	else
		url_display(f->url, &b);
	n = b.n;
	return (struct str){ buf_take(&b), n };
}

void feed_open(struct app *a)
{
	const struct feed_row *f = rows_feed(a, a->list[IN_FEEDS].cursor);
	struct timed_rows *t = &a->timed[IN_ENTRIES];

	if (!f) {
		app_message(a, _("nothing here"));
		return;
	}
	if (t->feed != f->id) {
		answer_free(t->window);
		t->window = NULL;
		a->list[IN_ENTRIES] = (struct list){ .time = a->now };
	}
	t->feed = f->id;
	free((char *)t->feed_title.p);
	t->feed_title = name_of(f);
	a->list[IN_ENTRIES].loaded = false;
	app_enter(a, IN_ENTRIES);
}

static void run_panel_line(struct app *a)
{
	if (a->panel == PANEL_THEMES)
		themes_take(a);
	else if (a->panel == PANEL_MESSAGES)
		messages_take(a);
	else if (a->panel == PANEL_HELP)
		help_take(a);
	else if (a->panel == PANEL_ADD)
		add_take(a);
	else if (a->panel == PANEL_PROFILE)
		learned_take(a);
	else
		app_close_panel(a);
}

void run_open(struct app *a, const struct call *call)
{
	(void)call;
	switch (app_context(a)) {
	case ON_PANEL:
		run_panel_line(a);
		break;
	case ON_ARTICLE:
		break;
	case ON_FEEDS:
		feed_open(a);
		break;
	default:
		if (!search_instead(a) && !nothing_here(a))
			into_pane(a);
	}
}

static void leave_pane(struct app *a)
{
	pane_focus(a, false);
	a->focus = FOCUS_LIST;
	app_touch(a);
}

/* On a story that is unfolded, or on a member of it. */
static bool fold_here(struct app *a)
{
	const struct edition_row *row =
	        a->at == IN_TOP ? rows_story(a, a->list[IN_TOP].cursor) : NULL;

	if (!row || !top_is_unfolded(a, row->story))
		return false;
	top_fold(a, row->story);
	return true;
}

void run_back(struct app *a, const struct call *call)
{
	(void)call;
	switch (app_context(a)) {
	case ON_PANEL:
		app_close_panel(a);
		break;
	case ON_ARTICLE:
		leave_pane(a);
		break;
	case ON_ENTRIES:
		app_enter(a, IN_FEEDS);
		break;
	case ON_LIST:
		fold_here(a);
		break;
	default:
		break;
	}
}

void run_quit_view(struct app *a, const struct call *call)
{
	switch (app_context(a)) {
	case ON_PANEL:
	case ON_ARTICLE:
	case ON_ENTRIES:
		run_back(a, call);
		break;
	default:
		if (a->at == IN_TOP) {
			run_quit(a, call);
			break;
		}
		if (a->at == IN_SEARCH)
			search_end(a);
		app_enter(a, IN_TOP);
	}
}

void run_pane(struct app *a, const struct call *call)
{
	if (a->focus == FOCUS_PANE) {
		if (panel_shown(a) && a->g.layout == LAYOUT_SINGLE)
			app_close_panel(a);
		leave_pane(a);
	} else if (a->panel != PANEL_NONE) {
		a->focus = FOCUS_PANE;
		app_touch(a);
	} else if (a->at == IN_FEEDS) {
		if (rows_feed(a, a->list[IN_FEEDS].cursor))
			app_open_panel(a, PANEL_HEALTH);
	} else {
		run_open(a, call);
	}
}

void run_cancel(struct app *a, const struct call *call)
{
	unsigned on = app_context(a);

	if (call->key == 3 && a->refresh.running) {
		app_want(a, EFFECT_STOP_REFRESH);
		return;
	}
	a->message.on = false;
	keys_drop(a);
	join_forget(a);
	app_touch(a);
	if (on != ON_PANEL && find_end(a))
		return;
	if (on == ON_PANEL || on == ON_ARTICLE)
		run_back(a, call);
	else if (on == ON_LIST && a->at == IN_SEARCH)
		search_end(a);
}

/* ---- reading on ---- */

static void mark_paged(struct app *a)
{
	a->reading.paged = true;
	pane_opened(a);
}

static void to_next_unread(struct app *a)
{
	int64_t n = rows_count(a, a->at), pos = a->list[a->at].cursor + 1;
	bool in_pane = a->focus == FOCUS_PANE;

	while (pos < n && !rows_unread(a, pos) &&
	       !(a->at == IN_TOP && rows_item(a, pos)->kind == ROW_END))
		pos++;
	if (pos >= n) {
		app_message(a, _("no more unread · . makes a new edition"));
		return;
	}
	rows_go(a, pos);
	a->rest_at = -1;
	pane_follow(a);
	if (in_pane && a->at == IN_TOP && rows_item(a, pos)->kind == ROW_END)
		leave_pane(a);
	else if (in_pane)
		into_pane(a);
}

/* With one pane and the list in it there is no article to page: Space opens it first. */
static bool article_beside(const struct app *a)
{
	return a->g.layout != LAYOUT_SINGLE || a->focus == FOCUS_PANE;
}

void run_read_on(struct app *a, const struct call *call)
{
	unsigned on;

	if (add_toggle(a))
		return;
	app_close_welcome(a);
	on = app_context(a);
	if (on == ON_PANEL || on == ON_FEEDS) {
		run_page_down(a, call);
		return;
	}
	if (nothing_here(a))
		return;
	if (!article_beside(a)) {
		into_pane(a);
		return;
	}
	if (a->rest_at >= 0 || a->reading.asked || !a->reading.answer) {
		a->rest_at = -1;
		pane_follow(a);
		if (a->reading.asked)
			return;
	}
	if (!pane_at_end(a)) {
		pane_scroll(a, a->reading.top + pane_page(a));
		mark_paged(a);
		return;
	}
	mark_paged(a);
	to_next_unread(a);
}

void run_read_back(struct app *a, const struct call *call)
{
	unsigned on = app_context(a);
	int64_t cursor = a->list[a->at].cursor;

	if (on == ON_PANEL || on == ON_FEEDS) {
		run_page_up(a, call);
		return;
	}
	if (article_beside(a) && a->reading.top > 0 && !panel_shown(a)) {
		pane_scroll(a, a->reading.top - pane_page(a));
		return;
	}
	if (cursor == 0) {
		app_message(a, _("none before"));
		return;
	}
	rows_go(a, cursor - 1);
	a->rest_at = -1;
	a->reading.to_end = true;
	pane_follow(a);
	if (a->focus == FOCUS_PANE)
		into_pane(a);
}

/* ---- unfold, explain, browser ---- */

void run_unfold(struct app *a, const struct call *call)
{
	int64_t entry, story, pos;

	(void)call;
	if (!rows_subject(a, a->list[a->at].cursor, &entry, &story)) {
		app_message(a, _("nothing here"));
		return;
	}
	if (a->at == IN_TOP && fold_here(a))
		return;
	pos = top_find(a, story);
	if (pos < 0 || rows_story(a, pos)->entries < 2) {
		app_message(a, pos < 0 ? _("not in this edition: nothing to unfold") : _("one source"));
		return;
	}
	if (a->at != IN_TOP) {
		a->list[IN_TOP].cursor = pos;
		app_enter(a, IN_TOP);
	}
	ask_members(a, story);
}

void run_explain(struct app *a, const struct call *call)
{
	enum panel wanted = a->at == IN_FEEDS ? PANEL_HEALTH : PANEL_EXPLAIN;

	(void)call;
	app_close_welcome(a);
	if (a->panel == wanted) {
		app_close_panel(a);
		return;
	}
	if (wanted == PANEL_EXPLAIN && nothing_here(a))
		return;
	if (wanted == PANEL_HEALTH && !rows_feed(a, a->list[IN_FEEDS].cursor)) {
		app_message(a, _("nothing here"));
		return;
	}
	a->rest_at = -1;
	pane_follow(a);
	app_open_panel(a, wanted);
}

struct str link_here(struct app *a)
{
	int64_t pos = a->list[a->at].cursor;
	const struct reading *r = &a->reading;
	const struct entry_row *e;
	int64_t entry, story;

	if (a->at == IN_FEEDS) {
		const struct feed_row *f = rows_feed(a, pos);

		return f ? (f->site.n ? f->site : f->url) : (struct str){ NULL, 0 };
	}
	if (!rows_subject(a, pos, &entry, &story))
		return (struct str){ NULL, 0 };
	if (r->answer && r->answer->article.entry.id == entry)
		return r->answer->article.entry.link;
	e = a->at == IN_TOP ? rows_member(a, rows_item(a, pos)) : rows_entry(a, a->at, pos);
	return e ? e->link : (struct str){ NULL, 0 };
}

void run_browser(struct app *a, const struct call *call)
{
	struct str link = link_here(a);
	int64_t entry, story;

	(void)call;
	if (link.n == 0 && rows_subject(a, a->list[a->at].cursor, &entry, &story)) {
		a->rest_at = -1;
		pane_follow(a);
		a->reading.open_wanted = a->reading.asked;     /* its address comes with it */
		if (a->reading.asked)
			return;
	}
	if (!url_is_web(link)) {
		app_complain(a, link.n ? _("not a web address: %.*s") : _("nothing here"), (int)link.n,
		             link.p ? link.p : "");
		return;
	}
	buf_clear(&a->open_url);
	buf_add(&a->open_url, link);
	app_want(a, EFFECT_OPEN)->url = buf_view(&a->open_url);
	if (a->at != IN_FEEDS && rows_subject(a, a->list[a->at].cursor, &entry, &story))
		mark_story(a, story, entry, true, EVENT_OPEN);
}
