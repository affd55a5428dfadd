/* rows - positions in lists: what can be stood on, how many lines it takes, what stays in view. */
#include "state.h"

#include <stdlib.h>

/* ---- Top: stories, members of unfolded ones, the end ---- */

struct unfolded *top_unfolded(const struct app *a, int64_t story)
{
	for (size_t i = 0; i < a->top.nunfolded; i++)
		if (a->top.unfolded[i].story == story)
			return &a->top.unfolded[i];
	return NULL;
}

bool top_is_unfolded(const struct app *a, int64_t story)
{
	return top_unfolded(a, story) != NULL;
}

static void add_item(struct top_rows *t, enum view_row_kind kind, int story, int member)
{
	t->item = mem_grow(t->item, &t->cap, t->nitems + 1, sizeof *t->item);
	t->item[t->nitems++] = (struct item){ kind, story, member };
}

void top_rebuild(struct app *a)
{
	struct top_rows *t = &a->top;

	t->nitems = 0;
	for (size_t i = 0; i < t->n; i++) {
		struct unfolded *u = top_unfolded(a, t->row[i].story);

		add_item(t, ROW_STORY, (int)i, -1);
		for (size_t m = 0; u && u->members && m < u->members->n; m++)
			add_item(t, ROW_MEMBER, (int)i, (int)m);
	}
	if (t->n > 0 && t->complete)
		add_item(t, ROW_END, -1, -1);
}

int64_t top_find(const struct app *a, int64_t story)
{
	for (size_t i = 0; i < a->top.nitems; i++) {
		const struct item *it = &a->top.item[i];

		if (it->kind == ROW_STORY && a->top.row[it->story].story == story)
			return (int64_t)i;
	}
	return -1;
}

void top_fold(struct app *a, int64_t story)
{
	struct unfolded *u = top_unfolded(a, story);

	if (!u)
		return;
	answer_free(u->members);
	*u = a->top.unfolded[--a->top.nunfolded];
	top_rebuild(a);
	rows_go(a, top_find(a, story));
}

void top_fold_gone(struct app *a)
{
	struct top_rows *t = &a->top;

	for (size_t i = 0; i < t->nunfolded;) {
		if (top_find(a, t->unfolded[i].story) >= 0 || !t->complete) {
			i++;
			continue;
		}
		answer_free(t->unfolded[i].members);
		t->unfolded[i] = t->unfolded[--t->nunfolded];
	}
}

void top_forget(struct app *a)
{
	struct top_rows *t = &a->top;

	for (size_t i = 0; i < t->nunfolded; i++)
		answer_free(t->unfolded[i].members);
	free(t->unfolded);
	free(t->item);
	arena_free(t->arena);
	*t = (struct top_rows){ .arena = NULL };
}

const struct item *rows_item(const struct app *a, int64_t pos)
{
	return pos >= 0 && pos < (int64_t)a->top.nitems ? &a->top.item[pos] : NULL;
}

const struct edition_row *rows_story(const struct app *a, int64_t pos)
{
	const struct item *it = rows_item(a, pos);

	return it && it->story >= 0 ? &a->top.row[it->story] : NULL;
}

const struct entry_row *rows_member(const struct app *a, const struct item *it)
{
	struct unfolded *u;

	if (it->kind != ROW_MEMBER)
		return NULL;
	u = top_unfolded(a, a->top.row[it->story].story);
	return u && u->members && it->member < (int)u->members->n ?
		&u->members->entry_row[it->member] : NULL;
}

/* ---- all lists ---- */

int64_t rows_count(const struct app *a, enum list_id id)
{
	if (id == IN_TOP)
		return (int64_t)a->top.nitems;
	if (id == IN_FEEDS)
		return a->feed_rows ? (int64_t)a->feed_rows->n : 0;
	if (id == IN_SEARCH)
		return a->search.total;
	return a->timed[id].window ? a->timed[id].total : 0;
}

const struct entry_row *rows_entry(const struct app *a, enum list_id id, int64_t pos)
{
	const struct timed_rows *t = &a->timed[id];

	if (id == IN_SEARCH)
		return found_entry(a, pos);
	if (!t->window || pos < t->first || pos >= t->first + (int64_t)t->window->n)
		return NULL;
	return &t->window->entry_row[pos - t->first];
}

const struct feed_row *rows_feed(const struct app *a, int64_t pos)
{
	if (!a->feed_rows || pos < 0 || pos >= (int64_t)a->feed_rows->n)
		return NULL;
	return &a->feed_rows->feed_row[pos];
}

/* In Latest a heading stands over the first row of each day, and a line where one stopped the last
 * time. */
bool rows_heading_before(const struct app *a, int64_t pos, bool *here)
{
	const struct entry_row *e = rows_entry(a, IN_LATEST, pos),
	                       *above = rows_entry(a, IN_LATEST, pos - 1);

	*here = false;
	if (!e)
		return false;
	*here = a->here > 0 && e->time <= a->here && above && above->time > a->here;
	return pos == 0 || (above && !words_same_day(above->time, e->time));
}

int rows_lines(const struct app *a, enum list_id id, int64_t pos)
{
	bool here;

	if (id == IN_TOP) {
		const struct item *it = rows_item(a, pos);

		return it ? view_row_lines(it->kind, &a->g) : 1;
	}
	if (id == IN_LATEST) {
		bool day = rows_heading_before(a, pos, &here);

		return 1 + (day ? 1 : 0) + (here ? 1 : 0);
	}
	if (id == IN_SEARCH)
		return view_row_lines(ROW_FOUND, &a->g);
	return id == IN_FILLER ? view_row_lines(ROW_NOTED, &a->g) : 1;
}

/* The heads of the columns, the words of a search. */
int rows_head_lines(const struct app *a, enum list_id id)
{
	return id == IN_FEEDS ? 1 : id == IN_SEARCH ? view_row_lines(ROW_QUERY, &a->g) : 0;
}

static int list_height(const struct app *a, enum list_id id)
{
	return a->g.list.h - rows_head_lines(a, id);
}

/* The first position to show so that `last` is wholly in view at the bottom. */
static int64_t top_for_bottom(const struct app *a, enum list_id id, int64_t last)
{
	int room = list_height(a, id);
	int64_t pos = last;

	room -= rows_lines(a, id, last);
	while (pos > 0 && room >= rows_lines(a, id, pos - 1))
		room -= rows_lines(a, id, --pos);
	return pos;
}

/* `scroll = half`: a list that has to move moves by half a pane, as far as the cursor stays in view. */
static int64_t half_a_pane_on(const struct app *a, enum list_id id, int64_t before, int64_t high)
{
	int64_t top = a->list[id].top, half = list_height(a, id) / a->g.row_lines / 2;

	if (top > before && top < before + half)
		top = before + half < high ? before + half : high;
	else if (top < before && top > before - half)
		top = before > half ? before - half : 0;
	return top;
}

void rows_show(struct app *a, enum list_id id)
{
	struct list *l = &a->list[id];
	int64_t n = rows_count(a, id), offset = a->wish.scroll_offset, low, high, least;
	int64_t before = l->top;

	if (n == 0 || a->g.layout == LAYOUT_TOO_SMALL) {
		l->top = 0;
		return;
	}
	if (l->cursor >= n)
		l->cursor = n - 1;
	if (offset > list_height(a, id) / a->g.row_lines / 2)
		offset = list_height(a, id) / a->g.row_lines / 2;
	low = l->cursor + offset < n ? l->cursor + offset : n - 1;
	least = top_for_bottom(a, id, low);
	if (least > l->cursor)
		least = l->cursor;
	if (l->top < least)
		l->top = least;
	/* Rows above the cursor that take more lines than there are do not push it out of view. */
	high = top_for_bottom(a, id, l->cursor);
	if (high < l->cursor - offset)
		high = l->cursor - offset;
	if (l->top > high)
		l->top = high;
	if (a->manners.half)
		l->top = half_a_pane_on(a, id, before, high);
	if (l->top < least && a->manners.half)
		l->top = least;
	if (l->top > top_for_bottom(a, id, n - 1))
		l->top = top_for_bottom(a, id, n - 1);
}

void rows_cursor_moved(struct app *a)
{
	a->rest_at = a->ticks + (a->manners.low ? REST_LOW_MS : REST_MS);
	if (a->panel == PANEL_EXPLAIN && a->focus == FOCUS_LIST)
		a->panel_top = 0;
}

void rows_go(struct app *a, int64_t pos)
{
	struct list *l = &a->list[a->at];
	int64_t n = rows_count(a, a->at), before = l->cursor;

	if (pos > n - 1)
		pos = n - 1;
	if (pos < 0)
		pos = 0;
	l->cursor = pos;
	rows_load(a, a->at, false);
	rows_show(a, a->at);
	if (pos != before)
		rows_cursor_moved(a);
	app_touch(a);
}

int64_t rows_after_page(const struct app *a, int direction, int lines)
{
	int64_t pos = a->list[a->at].cursor, n = rows_count(a, a->at);

	while (lines > 0 && pos + direction >= 0 && pos + direction < n) {
		lines -= rows_lines(a, a->at, direction > 0 ? pos : pos - 1);
		if (lines < 0)
			break;
		pos += direction;
	}
	return pos;
}

bool rows_subject(const struct app *a, int64_t pos, int64_t *entry, int64_t *story)
{
	if (a->at == IN_TOP) {
		const struct item *it = rows_item(a, pos);
		const struct entry_row *member = it ? rows_member(a, it) : NULL;

		if (!it || it->story < 0)
			return false;
		*story = a->top.row[it->story].story;
		*entry = member ? member->id : a->top.row[it->story].entry;
		return true;
	}
	if (a->at != IN_FEEDS) {
		const struct entry_row *e = rows_entry(a, a->at, pos);

		if (!e)
			return false;
		*entry = e->id;
		*story = e->story;
		return true;
	}
	return false;
}

bool rows_unread(const struct app *a, int64_t pos)
{
	if (a->at == IN_TOP) {
		const struct item *it = rows_item(a, pos);

		return it && it->kind == ROW_STORY && a->top.row[it->story].unread > 0;
	}
	if (a->at == IN_FEEDS) {
		const struct feed_row *f = rows_feed(a, pos);

		return f && f->unread > 0;
	}
	const struct entry_row *e = rows_entry(a, a->at, pos);
	return e && !(e->flags & ENTRY_READ);
}

/* ---- windows ---- */

static void query_of(const struct app *a, enum list_id id, struct list_query *q)
{
	*q = (struct list_query){
		.list = id == IN_LATEST    ? LIST_LATEST
		        : id == IN_STARRED ? LIST_STARRED
		        : id == IN_FILLER  ? LIST_FILLER
		                           : LIST_FEED,
		.feed = id == IN_ENTRIES ? a->timed[id].feed : 0,
		.way = LIST_OLDER,
		.limit = WINDOW,
	};
}

/* The window around the cursor. From a window in memory it is reached by an anchor, so that it
 * costs the same however deep it lies; only a jump to somewhere else walks the index. */
static void ask_window(struct app *a, enum list_id id, bool anew)
{
	struct timed_rows *t = &a->timed[id];
	struct ask *ask = ask_new(ASK_LIST, ++a->ticket);
	int64_t start = a->list[id].cursor - WINDOW / 2, end = start + WINDOW;
	const struct entry_row *above = rows_entry(a, id, start - 1),
	                       *below = rows_entry(a, id, end);
	const struct entry_row *anchor = above ? above : below;

	query_of(a, id, &ask->list);
	ask->at = start > 0 ? start : 0;
	if (!anew && start > 0 && anchor) {
		ask->has_anchor = true;
		ask->anchor = (struct list_anchor){ anchor->time, anchor->feed, anchor->id };
		ask->list.way = above ? LIST_OLDER : LIST_NEWER;
	}
	t->asked = true;
	t->ticket = ask->ticket;
	t->asked_first = ask->at;
	app_ask(a, ask);
}

/* A window is asked for anew when the cursor comes within a screen of its edge and rows lie beyond.
 */
static bool window_wanted(const struct app *a, enum list_id id)
{
	const struct timed_rows *t = &a->timed[id];
	int64_t cursor = a->list[id].cursor, margin = a->g.list.h + 8, end;

	if (!t->window)
		return true;
	end = t->first + (int64_t)t->window->n;
	return (cursor - margin < t->first && t->first > 0) ||
	       (cursor + margin >= end && end < t->total);
}

void rows_load(struct app *a, enum list_id id, bool anew)
{
	struct timed_rows *t = &a->timed[id];

	if (id == IN_TOP)
		return;
	if (id == IN_SEARCH) {
		search_load(a, anew);
		return;
	}
	if (id == IN_FEEDS) {
		if (anew || !a->feed_rows)
			app_ask(a, ask_new(ASK_FEEDS, ++a->ticket));
		return;
	}
	if (anew || (window_wanted(a, id) && !t->asked))
		ask_window(a, id, anew);
}
