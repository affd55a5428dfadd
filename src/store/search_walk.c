#include "search_walk.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- what the index has not reached ---- */

static enum err next_of_tail(struct search *f, int64_t *id, struct error *e)
{
	struct search_walk *w = &f->walk;
	enum err rc = ERR_NONE;

	*id = 0;
	if (w->tail_left > 0)
		rc = sql_number(f->s, SQL_SEARCH_TAIL, id, 0, e, BIND(v_int(w->upto), v_int(w->at)));
	w->at = *id;
	w->tail_left--;
	if (*id != 0)
		return rc;
	w->stage = STAGE_PARTS;
	w->at = w->upto < INT64_MAX ? w->upto + 1 : w->upto;
	return rc;
}

/* ---- the index ---- */

struct query walk_query(struct search *f, const char *text, const char *table, struct str match,
                        int64_t from, int64_t below, struct error *e)
{
	struct buf sql = buf_limited(1024);
	struct query q;

	for (; *text; text++) {
		if (*text == '$')
			buf_add_cstr(&sql, table);
		else
			buf_add_char(&sql, *text);
	}
	q = sql_once(f->s->search->file, buf_cstr(&sql), e,
	             BIND(v_text(match), v_int(from), v_int(below)));
	buf_free(&sql);
	return q;
}

static const char newest[] = "SELECT rowid FROM $ WHERE $ MATCH ?1 AND rowid >= ?2 "
			     "AND rowid < ?3 ORDER BY rowid DESC";

static int64_t lower(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* The newest part with ids below f->walk.at; -1: none. */
static int64_t part_below(const struct search *f)
{
	const struct search_file *x = f->s->search;

	for (size_t i = 0; x->file && i < x->nparts; i++)
		if (x->part[i] << x->shift < f->walk.at &&
		    (x->part[i] + 1) << x->shift > f->plan.lowest)
			return x->part[i];
	return -1;
}

static int64_t above_highest(const struct plan *p)
{
	return p->highest == INT64_MAX ? INT64_MAX : p->highest + 1;
}

static void open_part(struct search *f, int64_t part, struct error *e)
{
	bool titles = f->plan.way == WALK_TITLES;
	char table[48];

	snprintf(table, sizeof table, "find_%s_%lld", titles ? "title" : "body", (long long)part);
	f->walk.cursor = walk_query(f, newest, table,
	                            titles ? f->plan.title_match : f->plan.body_match,
	                            f->plan.lowest, lower(f->walk.at, above_highest(&f->plan)), e);
	f->walk.open = true;
	f->walk.part = part;
}

static enum err close_cursor(struct search *f)
{
	f->walk.open = false;
	return sql_once_end(&f->walk.cursor);
}

static enum err next_of_parts(struct search *f, int64_t *id, struct error *e)
{
	struct search_walk *w = &f->walk;
	int64_t part = w->open ? w->part : part_below(f);

	*id = 0;
	if (part < 0) {
		w->stage = STAGE_KEPT;
		w->at = INT64_MAX;
		return ERR_NONE;
	}
	if (!w->open)
		open_part(f, part, e);
	if (sql_row(&w->cursor)) {
		*id = w->at = col_int(&w->cursor, 0);
		return ERR_NONE;
	}
	if (close_cursor(f) != ERR_NONE)
		return w->cursor.rc;  /* what is below `at` was not seen */
	w->at = part << f->s->search->shift;
	return ERR_NONE;
}

static enum err next_of_kept(struct search *f, int64_t *id, struct error *e)
{
	struct search_walk *w = &f->walk;

	*id = 0;
	if (!w->open && f->s->search->file) {
		w->cursor = walk_query(f, newest, "find_kept", f->plan.body_match, f->plan.lowest,
		                       lower(w->at, above_highest(&f->plan)), e);
		w->open = true;
	}
	if (w->open && sql_row(&w->cursor)) {
		*id = w->at = col_int(&w->cursor, 0);
		return ERR_NONE;
	}
	w->stage = STAGE_DONE;
	return w->open ? close_cursor(f) : ERR_NONE;
}

static enum err next_by_index(struct search *f, int64_t *id, bool *read, struct error *e)
{
	enum err rc = ERR_NONE;

	*id = 0;
	while (rc == ERR_NONE && *id == 0 && f->walk.stage != STAGE_DONE) {
		*read = f->walk.stage == STAGE_TAIL ||
		        (f->walk.stage == STAGE_KEPT && f->plan.way == WALK_TITLES);
		if (f->walk.stage == STAGE_TAIL)
			rc = next_of_tail(f, id, e);
		else if (f->walk.stage == STAGE_PARTS)
			rc = next_of_parts(f, id, e);
		else
			rc = next_of_kept(f, id, e);
	}
	return rc;
}

/* ---- by time ---- */

static enum err next_by_time(struct search *f, int64_t *id, struct error *e)
{
	struct list_anchor *at = &f->walk.from;
	enum sql list = f->plan.way == WALK_STARRED ? SQL_SEARCH_STARRED : SQL_SEARCH_TIMES;
	struct query q = sql_query(f->s, list, e,
	                           BIND(v_int(at->time), v_int(at->feed), v_int(at->id)));

	*id = 0;
	if (sql_row(&q)) {
		*at = (struct list_anchor){ col_int(&q, 0), col_int(&q, 1), col_int(&q, 2) };
		if (at->time >= f->plan.q.after)
			*id = at->id;
	}
	return sql_end(&q);
}

struct dated {
	int64_t id, time;
};

static int newest_first(const void *a, const void *b)
{
	const struct dated *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? 1 : -1;
	return x->id < y->id ? 1 : x->id > y->id ? -1 : 0;
}

/* The entries of few feeds, of the time that is asked for. */
static enum err load_few(struct search *f, struct error *e)
{
	struct dated *found = NULL;
	size_t n = 0, cap = 0;
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < f->plan.nfew && rc == ERR_NONE; i++) {
		struct query q = sql_query(f->s, SQL_SEARCH_OF_FEED, e,
		                           BIND(v_int(f->plan.few[i]), v_int(f->plan.q.after),
		                                v_int(f->plan.q.before)));

		while (sql_row(&q)) {
			found = mem_grow(found, &cap, n + 1, sizeof *found);
			found[n++] = (struct dated){ col_int(&q, 0), col_int(&q, 1) };
		}
		rc = sql_end(&q);
	}
	if (n > 0)
		qsort(found, n, sizeof *found, newest_first);
	f->walk.few = mem_array(n + 1, sizeof *f->walk.few);
	for (size_t i = 0; i < n; i++)
		f->walk.few[f->walk.nfew++] = found[i].id;
	free(found);
	return rc;
}

static enum err next_of_few(struct search *f, int64_t *id, struct error *e)
{
	enum err rc = f->walk.few ? ERR_NONE : load_few(f, e);

	*id = rc == ERR_NONE && f->walk.few_at < f->walk.nfew ? f->walk.few[f->walk.few_at++] : 0;
	return rc;
}

/* ---- what is called ---- */

enum err walk_next(struct search *f, int64_t *id, bool *read, struct error *e)
{
	switch (f->plan.way) {
	case WALK_TITLES:
	case WALK_BODIES:
		return next_by_index(f, id, read, e);
	case WALK_FEEDS:
		*read = true;
		return next_of_few(f, id, e);
	case WALK_STARRED:
	case WALK_TIMES:
		break;
	}
	*read = true;
	return next_by_time(f, id, e);
}

void walk_pause(struct search *f)
{
	if (f->walk.open)
		close_cursor(f);
}

/* The row first: most of what is not wanted is told by it, without reading a text. */
static enum err check_row(struct search *f, int64_t id, struct arena *a, struct entry_row *row,
                          bool *is, struct error *e)
{
	struct query q = sql_query(f->s, SQL_SEARCH_ROW, e, BIND(v_int(id)));

	*is = false;
	if (sql_row(&q)) {
		f->back_to = col_int(&q, 2);
		*is = plan_wants(&f->plan, (unsigned)col_int(&q, 7), col_int(&q, 2), col_int(&q, 1));
	}
	if (*is)
		entry_from(&q, a, row);
	return sql_end(&q);
}

enum err walk_check(struct search *f, int64_t id, bool read, struct arena *a, struct entry_row *row,
                    bool *is, struct error *e)
{
	enum err rc = check_row(f, id, a, row, is, e);

	if (rc != ERR_NONE || !*is || f->plan.q.nterms == 0 || !(read || f->plan.verify))
		return rc;
	rc = search_text_of(f->s, id, &f->text, is, e);
	if (rc == ERR_NONE && *is)
		*is = plan_finds(&f->plan, buf_view(&f->text));
	return rc;
}

enum err walk_find(struct search *f, enough_fn *enough, void *self, struct arena *a,
                   struct entry_row *row, bool *there, struct error *e)
{
	enum err rc = ERR_NONE;

	*there = false;
	while (rc == ERR_NONE && !*there && !(enough && enough(self))) {
		int64_t id;
		bool read = false;

		rc = walk_next(f, &id, &read, e);
		if (rc != ERR_NONE)
			return walk_judge(f, rc, e);
		if (id == 0) {
			f->walk.stage = STAGE_DONE;
			break;
		}
		rc = walk_check(f, id, read, a, row, there, e);
	}
	return rc;
}

/* As if nothing were indexed from here on: some more is read, the rest is told. */
static void go_on_without(struct search *f)
{
	struct search_walk *w = &f->walk;
	bool all_seen = w->stage == STAGE_KEPT || w->stage == STAGE_DONE;

	w->upto = 0;
	w->stage = all_seen ? STAGE_DONE : STAGE_TAIL;
	w->tail_left = SEARCH_TAIL_MAX;
	if (!all_seen && w->at > SEARCH_TAIL_MAX + 1)
		f->unindexed += w->at - SEARCH_TAIL_MAX - 1;
}

enum err walk_judge(struct search *f, enum err rc, struct error *e)
{
	(void)e;
	walk_pause(f);
	if ((rc != ERR_DAMAGED && rc != ERR_STORE) || !f->s->search || !f->s->search->file)
		return rc;
	search_file_close(f->s->search);
	f->s->search = NULL;
	if (rc == ERR_DAMAGED)
		search_index_drop(f->s->path);
	go_on_without(f);
	return search_file_fresh(f->s, e);
}
