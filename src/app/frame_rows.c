/* frame_rows - the visible rows of the list that is shown. */
#include <stdio.h>
#include <string.h>

#include "lede/base/language.h"
#include "lede/rank/notice.h"
#include "lede/text/url.h"
#include "state.h"

static struct str age_of(struct app *a, int64_t t)
{
	struct buf b = buf_limited(64);

	words_age(&b, t, a->list[a->at].time);
	return frame_str(a->frame, &b);
}

static struct view_row *next_row(struct view_list *out, int *cap, struct arena *frame)
{
	struct view_row *more;

	if (out->nrows == *cap) {
		*cap = *cap ? *cap * 2 : 64;
		more = arena_alloc(frame, (size_t)*cap * sizeof *more);
		if (out->nrows > 0)
			memcpy(more, out->row, (size_t)out->nrows * sizeof *more);
		out->row = more;
	}
	more = (struct view_row *)&out->row[out->nrows++];
	*more = (struct view_row){ .rank = 0 };
	return more;
}

/* ---- Top ---- */

static void story_row(struct app *a, const struct edition_row *row, struct view_row *out)
{
	out->kind = ROW_STORY;
	out->rank = row->rank;
	out->was = row->was;
	out->is_new = row->was == 0 && a->list[IN_TOP].loaded;
	out->read = row->unread == 0;
	out->starred = row->flags & ENTRY_STARRED;
	out->mark = row->unread == 0 ? MARK_NONE : row->fresh > 0 ? MARK_MORE : MARK_UNREAD;
	out->title = shown_title(a, a->frame, row->title);
	out->source = row->source;
	out->more = row->sources - 1;
	out->age = age_of(a, row->time);
	if (row->fresh > 0 && row->unread > 0)
		out->fresh = frame_fmt(a->frame, _("%d new"), row->fresh);
}

static void member_row(struct app *a, const struct entry_row *e, struct view_row *out)
{
	out->kind = ROW_MEMBER;
	out->read = e->flags & ENTRY_READ;
	out->starred = e->flags & ENTRY_STARRED;
	out->mark = out->read ? MARK_NONE : MARK_UNREAD;
	out->title = shown_title(a, a->frame, e->title);
	out->source = e->source;
	out->age = age_of(a, e->time);
}

static void top_row(struct app *a, int64_t pos, struct view_row *out)
{
	const struct item *it = rows_item(a, pos);
	const struct entry_row *member = rows_member(a, it);

	if (it->kind == ROW_END)
		*out = (struct view_row){ .kind = ROW_END, .title = str_of(_("end of the edition")) };
	else if (member)
		member_row(a, member, out);
	else
		story_row(a, rows_story(a, pos), out);
}

/* ---- lists by time ---- */

/* What the reader took out stays until the list is made anew. */
static struct str note_of(const struct entry_row *e)
{
	if (!(e->flags & ENTRY_FILLER))
		return str_of(_("not filler"));
	return str_of(_(notice_rule_named(e->filler)->kind));
}

static void timed_row(struct app *a, int64_t pos, struct view_row *out)
{
	const struct entry_row *e = rows_entry(a, a->at, pos);
	struct buf lead = buf_limited(64);
	int64_t story;

	out->kind = a->at == IN_FILLER ? ROW_NOTED : ROW_TIMED;
	if (!e)
		return;
	words_lead_date(&lead, e->time, a->list[a->at].time);
	out->lead = frame_str(a->frame, &lead);
	out->read = e->flags & ENTRY_READ;
	out->starred = e->flags & ENTRY_STARRED;
	out->mark = out->read ? MARK_NONE : MARK_UNREAD;
	out->title = shown_title(a, a->frame, e->title);
	out->source = a->at == IN_ENTRIES ? (struct str){ "", 0 } : e->source;
	story = a->at == IN_ENTRIES ? top_find(a, e->story) : -1;
	if (a->at == IN_FILLER)
		out->note = note_of(e);
	else if (a->at == IN_LATEST && (e->flags & ENTRY_FILLER))
		out->source = str_of(_("filler"));
	else if (a->at == IN_ENTRIES && (e->flags & ENTRY_FILLER))
		out->right = str_of(_("filler"));
	else if (story >= 0)
		out->right = frame_fmt(a->frame, _("story %d in Top"), rows_story(a, story)->rank);
}

/* Day and "you were here" over a row of Latest. */
static void headings(struct app *a, int64_t pos, struct view_list *out, int *cap)
{
	const struct entry_row *e = rows_entry(a, IN_LATEST, pos);
	struct buf b = buf_limited(256);
	bool here, day = a->at == IN_LATEST && rows_heading_before(a, pos, &here);
	struct view_row *row;

	if (day) {
		row = next_row(out, cap, a->frame);
		words_day(&b, e->time, a->list[IN_LATEST].time);
		*row = (struct view_row){ .kind = ROW_HEADING, .title = frame_str(a->frame, &b) };
	}
	if (a->at == IN_LATEST && here) {
		b = buf_limited(256);
		words_lead_date(&b, a->here, a->list[IN_LATEST].time);
		if (!words_same_day(a->here, a->list[IN_LATEST].time)) {
			buf_add_char(&b, ' ');
			words_clock(&b, a->here);
		}
		row = next_row(out, cap, a->frame);
		row->kind = ROW_HERE;
		row->title = frame_fmt(a->frame, _("you were here until %s"), buf_cstr(&b));
	}
	buf_free(&b);
}

/* ---- Feeds ---- */

/* Entries a day off the last ten: "22", "3", ".7", ".03". */
struct str feed_a_day(struct app *a, const struct feed_row *f)
{
	int64_t span = a->list[IN_FEEDS].time - f->recent_since;
	int hundredths;

	if (f->recent == 0 || f->recent_since <= 0)
		return (struct str){ "", 0 };
	if (span < 3600)
		span = 3600;
	hundredths = (int)(f->recent * INT64_C(8640000) / span);
	if (hundredths >= 100)
		return frame_fmt(a->frame, "%d", hundredths / 100);
	if (hundredths >= 10)
		return frame_fmt(a->frame, ".%d", hundredths / 10);
	return hundredths > 0 ? frame_fmt(a->frame, ".%02d", hundredths) : (struct str){ "", 0 };
}

static enum role state_role(enum feed_state s)
{
	switch (s) {
	case FEED_FAILING: case FEED_GONE: return ROLE_ERROR;
	case FEED_MOVED: case FEED_WAITING: case FEED_BLOCKED: return ROLE_WARN;
	default: return ROLE_META;
	}
}

static void feed_row(struct app *a, int64_t pos, struct view_row *out)
{
	const struct feed_row *f = rows_feed(a, pos);

	out->kind = ROW_FEED;
	out->title = f->title;
	if (f->title.n == 0) {
		struct buf b = buf_limited(16 << 10);

		url_display(f->url, &b);
		out->title = frame_str(a->frame, &b);
	}
	out->read = f->unread == 0;
	if (f->state != FEED_OK)
		out->state = str_of(_(feed_state_name(f->state)));
	out->state_role = state_role(f->state);
	if (f->unread > 0)
		out->unread = frame_fmt(a->frame, "%lld", (long long)f->unread);
	out->a_day = feed_a_day(a, f);
	if (f->last > 0)
		out->last = age_of(a, f->last);
}

/* ---- all ---- */

static void add_position(struct app *a, int64_t pos, struct view_list *out, int *cap)
{
	struct view_row *row;

	if (a->at == IN_LATEST)
		headings(a, pos, out, cap);
	row = next_row(out, cap, a->frame);
	if (a->at == IN_TOP)
		top_row(a, pos, row);
	else if (a->at == IN_FEEDS)
		feed_row(a, pos, row);
	else if (a->at == IN_SEARCH)
		view_found_row(a, pos, row);
	else
		timed_row(a, pos, row);
	row->cursor = pos == a->list[a->at].cursor;
}

void view_list_rows(struct app *a, struct view_list *out)
{
	const struct list *l = &a->list[a->at];
	int64_t n = rows_count(a, a->at), pos = l->top;
	int cap = 0, lines = 0;

	*out = (struct view_list){ .focus = a->focus == FOCUS_LIST, .new_word = str_of(_("new")) };
	out->wide_rank = a->at == IN_TOP && a->top.head.rows > 99;
	for (size_t i = 0; a->at == IN_TOP && i < a->top.n && !out->movement; i++)
		out->movement = a->top.row[i].was != 0;
	if (a->at == IN_FEEDS) {
		struct view_row *head = next_row(out, &cap, a->frame);

		*head = (struct view_row){ .kind = ROW_FEED,
			                   .title = str_of(_("FEED")),
			                   .state = str_of(_("STATE")),
			                   .unread = str_of(_("NEW")),
			                   .a_day = str_of(_("/DAY")),
			                   .last = str_of(_("LAST")) };
		head->kind = ROW_HEADING;
		lines = 1;
	}
	if (a->at == IN_SEARCH) {
		view_query_row(a, next_row(out, &cap, a->frame));
		lines = view_row_lines(ROW_QUERY, &a->g);
	}
	for (; pos < n && lines < a->g.list.h; pos++) {
		int takes = rows_lines(a, a->at, pos);

		/* A row that would be cut at the bottom is not begun; headings above it may be cut
		 * off with it. */
		if (lines + takes > a->g.list.h && pos > l->top)
			break;
		lines += takes;
		add_position(a, pos, out, &cap);
	}
}
