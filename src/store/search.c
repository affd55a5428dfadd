#include "lede/store/search.h"

#include <stdlib.h>

#include "lede/text/date.h"
#include "search_walk.h"

/* A search: made, asked for pages, ended. */

/* Ids of entries that went are counted too. A walk by time reads everything. */
static enum err count_unindexed(struct search *f, struct error *e)
{
	bool by_index = f->plan.way == WALK_TITLES || f->plan.way == WALK_BODIES;
	int64_t highest = 0, beyond;
	enum err rc = by_index ? store_highest_id(f->s, &highest, e) : ERR_NONE;

	beyond = highest - f->walk.upto - SEARCH_TAIL_MAX;
	f->unindexed = beyond > 0 ? beyond : 0;
	return rc;
}

static void start_walk(struct search *f)
{
	f->walk = (struct search_walk){
		.upto = f->s->search->upto, .at = INT64_MAX, .tail_left = SEARCH_TAIL_MAX,
		.from = { f->plan.q.before, INT64_MIN, INT64_MIN },
	};
	if (f->plan.q.before == INT64_MAX)
		f->walk.from = (struct list_anchor){ INT64_MAX, INT64_MAX, INT64_MAX };
}

enum err store_search(struct store *s, const struct search_query *q, struct search **out,
                      struct error *e)
{
	struct search *f = mem_new(sizeof *f);
	enum err rc;

	f->s = s;
	f->a = arena_new();
	f->text = buf_limited(2 * SEARCH_TEXT_MAX);
	f->back_to = DATE_NONE;
	rc = plan_make(s, q, f->a, &f->plan, e);
	if (rc == ERR_NONE)
		rc = search_file_fresh(s, e);
	if (rc == ERR_NONE) {
		start_walk(f);
		rc = count_unindexed(f, e);
	}
	*out = rc == ERR_NONE ? f : NULL;
	if (rc != ERR_NONE)
		store_search_end(f);
	return rc;
}

void store_search_end(struct search *f)
{
	if (!f)
		return;
	walk_pause(f);
	plan_free(&f->plan);
	free(f->walk.few);
	free(f->best);
	buf_free(&f->text);
	arena_free(f->a);
	free(f);
}

/* ---- pages ---- */

static int newest_first(const void *a, const void *b)
{
	const struct entry_row *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? 1 : -1;
	if (x->feed != y->feed)
		return x->feed < y->feed ? 1 : -1;
	return x->id < y->id ? 1 : x->id > y->id ? -1 : 0;
}

static enum err find_rows(struct search *f, int limit, enough_fn *enough, void *self,
                          struct arena *a, struct search_page *page, struct error *e)
{
	size_t cap = 0;
	struct entry_row *rows = NULL;
	bool there = true;
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && there && page->n < (size_t)limit) {
		rows = mem_grow(rows, &cap, page->n + 1, sizeof *rows);
		rc = walk_find(f, enough, self, a, &rows[page->n], &there, e);
		page->n += rc == ERR_NONE && there;
	}
	walk_pause(f);
	if (page->n > 0)
		qsort(rows, page->n, sizeof *rows, newest_first);
	page->row = array_to_arena(rows, page->n, sizeof *rows, a);
	page->done = f->walk.stage == STAGE_DONE;
	return rc;
}

/* Entries that went since they were scored are passed over. */
static enum err next_best(struct search *f, int limit, struct arena *a, struct search_page *page,
                          struct error *e)
{
	enum err rc = f->best ? ERR_NONE : search_score(f, e);

	page->row = arena_alloc(a, f->nbest * sizeof *page->row);
	while (rc == ERR_NONE && page->n < (size_t)limit && f->best_at < f->nbest) {
		rc = store_entry(f->s, f->best[f->best_at++], a, &page->row[page->n], e);
		if (rc == ERR_NONE)
			page->n++;
		else if (rc == ERR_NONESUCH)
			rc = ERR_NONE;
	}
	page->done = f->best_at == f->nbest;
	return rc;
}

enum err store_search_next(struct search *f, int limit, bool (*enough)(void *self), void *self,
                           struct arena *a, struct search_page *page, struct error *e)
{
	enum err rc = search_file_fresh(f->s, e);

	*page = (struct search_page){ .n = 0 };
	if (rc == ERR_NONE)
		rc = f->plan.q.best ? next_best(f, limit, a, page, e)
		                    : find_rows(f, limit, enough, self, a, page, e);
	page->back_to = f->back_to;
	page->unindexed = f->unindexed;
	return rc;
}
