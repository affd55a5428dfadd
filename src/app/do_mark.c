/* do_mark - read, star and filler: on the screen at once, on disk by the writer a moment later. */
#include <stdio.h>
#include <stdlib.h>

#include "lede/base/language.h"
#include "state.h"

/* ---- every copy of an entry in memory ---- */

static void mark_row(struct entry_row *e, enum entry_flag flag, bool on)
{
	if (on)
		e->flags |= (unsigned)flag;
	else
		e->flags &= ~(unsigned)flag;
	if (flag != ENTRY_FILLER)
		return;
	e->flags |= ENTRY_CORRECTED;
	if (e->filler.n == 0)         /* else the rule that held it back before */
		e->filler = STR(FILLER_BY_HAND);
}

void each_entry(struct app *a, void (*fn)(struct entry_row *e, const void *arg), const void *arg)
{
	struct answer *art = a->reading.answer;

	for (int i = 0; i < LIST_COUNT; i++)
		for (size_t j = 0; a->timed[i].window && j < a->timed[i].window->n; j++)
			fn(&a->timed[i].window->entry_row[j], arg);
	for (size_t i = 0; i < a->search.npages; i++)
		for (size_t j = 0; j < a->search.page[i].answer->n; j++)
			fn(&a->search.page[i].answer->entry_row[j], arg);
	for (size_t i = 0; i < a->top.nunfolded; i++)
		for (size_t j = 0; a->top.unfolded[i].members && j < a->top.unfolded[i].members->n;
		     j++)
			fn(&a->top.unfolded[i].members->entry_row[j], arg);
	for (size_t j = 0; art && j < art->article.nmembers; j++)
		fn(&art->article.member[j], arg);
	if (art)
		fn(&art->article.entry, arg);
}

struct marking { int64_t entry, story; enum entry_flag flag; bool on; };

static void mark_if_meant(struct entry_row *e, const void *arg)
{
	const struct marking *m = arg;

	if (e->id == m->entry || (m->story != 0 && e->story == m->story))
		mark_row(e, m->flag, m->on);
}

static struct edition_row *edition_row_of(struct app *a, int64_t story)
{
	for (size_t i = 0; i < a->top.n; i++)
		if (a->top.row[i].story == story)
			return &a->top.row[i];
	return NULL;
}

/* What one key changes in many rows is one job, and so one step that is undone: the job that was
 * told just before takes this mark in when it is of the same kind. */
static bool tell_with_last(struct app *a, const struct marking *m, enum event_act act)
{
	struct effect *last = a->out.n > a->out.next ? &a->out.e[a->out.n - 1] : NULL;
	struct job *job = last && last->kind == EFFECT_TELL ? last->job : NULL;
	size_t cap;

	if (!job || job->kind != JOB_MARK || job->nids == 0 || job->flag != m->flag ||
	    job->on != m->on || job->act != act || job->stories != (m->story != 0) ||
	    (job->stories && act != 0))
		return false;
	cap = job->nids;
	job->id = mem_grow(job->id, &cap, job->nids + 1, sizeof *job->id);
	job->id[job->nids++] = m->story ? m->story : m->entry;
	return true;
}

static void tell_mark(struct app *a, const struct marking *m, int64_t entry, enum event_act act)
{
	struct job *job;

	app_touch(a);
	if (tell_with_last(a, m, act))
		return;
	job = job_new(JOB_MARK);
	job->id = mem_array(1, sizeof *job->id);
	job->id[0] = m->story ? m->story : m->entry;
	job->nids = 1;
	job->stories = m->story != 0;
	job->entry = entry;
	job->flag = m->flag;
	job->on = m->on;
	job->act = act;
	job->edition = a->top.head.id;
	app_tell(a, job);
}

/* ---- stories ---- */

void mark_story(struct app *a, int64_t story, int64_t entry, bool read, enum event_act act)
{
	struct edition_row *row = edition_row_of(a, story);
	struct marking m = { .story = story, .flag = ENTRY_READ, .on = read };
	int change = row ? (read ? -row->unread : row->entries - row->unread) : 0;

	if (row && change == 0 && act == 0)
		return;
	if (row) {
		row->unread = read ? 0 : row->entries;
		row->flags = read ? row->flags | ENTRY_READ : row->flags & ~(unsigned)ENTRY_READ;
		row->fresh = 0;
	}
	a->counts.unread += change;
	if (a->counts.unread < 0)
		a->counts.unread = 0;
	each_entry(a, mark_if_meant, &m);
	tell_mark(a, &m, entry, act);
	if (a->reading.answer)
		pane_layout(a);
}

/* ---- entries ---- */

static bool entry_is(struct app *a, int64_t entry, enum entry_flag flag, bool *known);

void mark_entry(struct app *a, int64_t entry, enum entry_flag flag, bool on, enum event_act act)
{
	struct marking m = { .entry = entry, .flag = flag, .on = on };
	bool known, was = entry_is(a, entry, flag, &known);

	if (known && was == on)
		return;
	each_entry(a, mark_if_meant, &m);
	for (size_t i = 0; flag != ENTRY_READ && i < a->top.n; i++)
		if (a->top.row[i].entry == entry)
			a->top.row[i].flags = on ? a->top.row[i].flags | (unsigned)flag :
				a->top.row[i].flags & ~(unsigned)flag;
	if (flag == ENTRY_READ)
		a->counts.unread += on ? -1 : 1;
	else if (flag == ENTRY_STARRED)
		a->counts.starred += on ? 1 : -1;
	tell_mark(a, &m, entry, act);
	if (a->reading.answer)
		pane_layout(a);
}

struct finding { int64_t entry; enum entry_flag flag; bool *known, *is; };

static void find_entry(struct entry_row *e, const void *arg)
{
	const struct finding *f = arg;

	if (e->id != f->entry)
		return;
	*f->known = true;
	*f->is = e->flags & (unsigned)f->flag;
}

static bool entry_is(struct app *a, int64_t entry, enum entry_flag flag, bool *known)
{
	bool is = false;
	struct finding f = { entry, flag, known, &is };

	*known = false;
	each_entry(a, find_entry, &f);
	for (size_t i = 0; !*known && flag == ENTRY_STARRED && i < a->top.n; i++)
		if (a->top.row[i].entry == entry) {
			*known = true;
			is = a->top.row[i].flags & ENTRY_STARRED;
		}
	return is;
}

/* ---- the commands ---- */

static int rows_from_here(struct app *a, const struct call *call)
{
	int64_t left = rows_count(a, a->at) - a->list[a->at].cursor;
	int n = call->count > 0 ? call->count : 1;

	return n < left ? n : (int)left;
}

void run_star(struct app *a, const struct call *call)
{
	int64_t entry, story, pos = a->list[a->at].cursor;
	bool known, on;

	if (!rows_subject(a, pos, &entry, &story)) {
		app_message(a, _("nothing here"));
		return;
	}
	on = !entry_is(a, entry, ENTRY_STARRED, &known);
	for (int n = rows_from_here(a, call); n > 0; n--, pos++)
		if (rows_subject(a, pos, &entry, &story))
			mark_entry(a, entry, ENTRY_STARRED, on, on ? EVENT_STAR : EVENT_UNSTAR);
	if (on)
		a->starred_here++;
	app_message(a, on ? _("starred") : _("star removed"));
}

/* In Top a row is a story; elsewhere, and on a member of an unfolded story, an entry. */
static void mark_position(struct app *a, int64_t pos, bool read)
{
	int64_t entry, story;

	if (!rows_subject(a, pos, &entry, &story))
		return;
	if (a->at == IN_TOP && rows_item(a, pos)->kind == ROW_STORY) {
		mark_story(a, story, entry, read, 0);
	} else {
		struct edition_row *row = edition_row_of(a, story);
		int64_t before = a->counts.unread;

		mark_entry(a, entry, ENTRY_READ, read, 0);
		if (row) {
			row->unread += (int)(a->counts.unread - before);
			row->flags = row->unread > 0 ? row->flags & ~(unsigned)ENTRY_READ
			                             : row->flags | ENTRY_READ;
		}
	}
}

static bool position_unread(struct app *a, int64_t pos)
{
	int64_t entry, story;
	bool known, read;

	if (a->at == IN_TOP && rows_item(a, pos)->kind == ROW_STORY)
		return rows_unread(a, pos);
	if (!rows_subject(a, pos, &entry, &story))
		return false;
	read = entry_is(a, entry, ENTRY_READ, &known);
	return !read;
}

void run_read(struct app *a, const struct call *call)
{
	int64_t entry, story, pos = a->list[a->at].cursor;
	int n = rows_from_here(a, call);
	bool read;

	if (!rows_subject(a, pos, &entry, &story)) {
		app_message(a, _("nothing here"));
		return;
	}
	read = position_unread(a, pos);
	pane_focus(a, false);         /* what was said by hand is not overruled by a timer */
	for (int i = 0; i < n; i++)
		mark_position(a, pos + i, read);
	app_touch(a);
}

/* ---- filler or not ---- */

/* In Top a row is a story: all of it is meant. */
static void story_filler(struct app *a, struct edition_row *row, bool on)
{
	struct marking m = { .story = row->story, .flag = ENTRY_FILLER, .on = on };

	row->flags = on ? row->flags | ENTRY_FILLER : row->flags & ~(unsigned)ENTRY_FILLER;
	each_entry(a, mark_if_meant, &m);
	tell_mark(a, &m, row->entry, 0);
}

void run_filler(struct app *a, const struct call *call)
{
	int64_t entry, story, pos = a->list[a->at].cursor;
	struct edition_row *row = NULL;
	bool known, on;

	(void)call;
	if (!rows_subject(a, pos, &entry, &story)) {
		app_message(a, _("nothing here"));
		return;
	}
	if (a->at == IN_TOP && rows_item(a, pos)->kind == ROW_STORY)
		row = edition_row_of(a, story);
	on = row ? !(row->flags & ENTRY_FILLER) : !entry_is(a, entry, ENTRY_FILLER, &known);
	if (row)
		story_filler(a, row, on);
	else
		mark_entry(a, entry, ENTRY_FILLER, on, 0);
	a->corrected = true;
	a->filler_stale = a->at != IN_FILLER;
	app_message(a, on ? _("filler: left out of the next edition")
			  : _("not filler: back in the next edition"));
}

/* ---- all of a view ---- */

static void tell_list_read(struct app *a, enum entry_list list, int64_t feed)
{
	struct job *job = job_new(JOB_MARK_LIST);

	job->list = list;
	job->feed = feed;
	job->upto = a->counts.highest;
	app_tell(a, job);
}

/* The marks just told are all of a list, and are called so when they are undone. */
static void name_marks(struct app *a, const char *list)
{
	struct effect *last = a->out.n > a->out.next ? &a->out.e[a->out.n - 1] : NULL;

	if (last && last->kind == EFFECT_TELL && last->job->kind == JOB_MARK)
		snprintf(last->job->name, sizeof last->job->name, "%s", list);
}

static void read_top(struct app *a)
{
	int n = 0;

	for (size_t i = 0; i < a->top.n; i++)
		if (a->top.row[i].unread > 0) {
			n++;
			mark_story(a, a->top.row[i].story, a->top.row[i].entry, true, 0);
		}
	if (n > 0)
		name_marks(a, "Top");
	app_message(a, _("%d marked read%s"), n, undo_hint(a));
}

struct feed_marking { int64_t feed; };

static void mark_feed_read(struct entry_row *e, const void *arg)
{
	const struct feed_marking *m = arg;

	if (m->feed == 0 || e->feed == m->feed)
		mark_row(e, ENTRY_READ, true);
}

static void read_list(struct app *a, enum entry_list list, int64_t feed)
{
	struct feed_marking m = { feed };

	each_entry(a, mark_feed_read, &m);
	for (size_t i = 0; feed == 0 && i < a->top.n; i++) {
		a->top.row[i].unread = 0;
		a->top.row[i].flags |= ENTRY_READ;
	}
	for (size_t i = 0; a->feed_rows && i < a->feed_rows->n; i++)
		if (feed == 0 || a->feed_rows->feed_row[i].id == feed)
			a->feed_rows->feed_row[i].unread = 0;
	tell_list_read(a, list, feed);
}

static void mark_filler_read(struct entry_row *e, const void *arg)
{
	(void)arg;
	if (e->flags & ENTRY_FILLER)
		mark_row(e, ENTRY_READ, true);
}

static void read_filler(struct app *a)
{
	each_entry(a, mark_filler_read, NULL);
	tell_list_read(a, LIST_FILLER, 0);
}

/* Of what was found: as far as it was. */
static void read_rows(struct app *a)
{
	int64_t n = 0;

	for (int64_t pos = 0; pos < rows_count(a, a->at); pos++)
		if (rows_unread(a, pos)) {
			mark_position(a, pos, true);
			n++;
		}
	if (n > 0)
		name_marks(a, "Starred");
	app_message(a, _("%d marked read%s"), (int)n, undo_hint(a));
}

void run_read_view(struct app *a, const struct call *call)
{
	const struct feed_row *f = rows_feed(a, a->list[IN_FEEDS].cursor);

	(void)call;
	pane_focus(a, false);
	if (rows_count(a, a->at) == 0)
		app_message(a, _("nothing here"));
	else if (a->at == IN_TOP)
		read_top(a);
	else if (a->at == IN_LATEST)
		read_list(a, LIST_LATEST, 0);
	else if (a->at == IN_STARRED || a->at == IN_SEARCH)
		read_rows(a);
	else if (a->at == IN_FILLER)
		read_filler(a);
	else if (a->at == IN_ENTRIES)
		read_list(a, LIST_FEED, a->timed[IN_ENTRIES].feed);
	else if (f)
		read_list(a, LIST_FEED, f->id);
	if (a->reading.answer)
		pane_layout(a);
	app_touch(a);
}
