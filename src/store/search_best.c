#include "search_walk.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Best first: a bounded set is scored, since to weigh every hit of a frequent word would mean to
 * read all of them. The set: the best titles as FTS5 weighs them, and the newest of what a search
 * by time would give. */

#define BEST_TITLES 200
#define NEWEST_TEXTS 400
#define LOOKED_AT_MAX 4000 /* candidates, where few of them hold */

/* Points. A word in the title says more of an entry than any number of words in its text. */
#define IN_TITLE 4.0
#define IN_TEXT 1.0
#define NEAR_START 1.0
#define START_BYTES 300 /* of the text */
#define JOINED_IN_TITLE 4.0
#define JOINED_IN_TEXT 2.0
#define FRESHNESS 3.0 /* of the newest found; halved after a week, a third after two */
#define WEEK (7 * 86400.0)

struct scored {
	int64_t id, time;
	double score;
};
struct scoring {
	struct search *f;
	struct arena *a; /* of one entry */
	struct map *known; /* ids */
	struct scored *found;
	size_t n, cap;
	struct error *e;
};

/* ---- one entry ---- */

static double points_of(const struct search *f, struct str text)
{
	struct str title = str_sub(text, 0, search_title_end(text));
	bool in_title[NEEDLES_MAX], in_text[NEEDLES_MAX];
	uint32_t at_title[NEEDLES_MAX], at_text[NEEDLES_MAX];
	const struct plan *p = &f->plan;
	double points = 0;

	needles_find(p->needle, p->nneedles, title, in_title, at_title, NULL, NULL);
	needles_find(p->needle, p->nneedles, text, in_text, at_text, NULL, NULL);
	for (size_t i = 0; i < p->nneedles; i++) {
		bool joined = i == p->q.nterms;

		if (!joined && p->q.term[i].without)
			continue;
		if (in_title[i])
			points += joined ? JOINED_IN_TITLE : IN_TITLE;
		else if (in_text[i])
			points += joined ? JOINED_IN_TEXT : IN_TEXT;
		if (!joined && in_text[i] && at_text[i] < title.n + START_BYTES)
			points += NEAR_START;
	}
	return points;
}

static enum err score_entry(struct scoring *g, const struct entry_row *row)
{
	bool there;
	enum err rc = search_text_of(g->f->s, row->id, &g->f->text, &there, g->e);

	if (rc != ERR_NONE || !there)
		return rc;
	map_put(g->known, (uint64_t)row->id, 1);
	g->found = mem_grow(g->found, &g->cap, g->n + 1, sizeof *g->found);
	g->found[g->n++] = (struct scored){ row->id, row->time,
		                            points_of(g->f, buf_view(&g->f->text)) };
	return ERR_NONE;
}

/* ---- the best titles ---- */

struct title {
	int64_t id;
	double rank; /* bm25: lower is better */
};

static int better_title(const void *a, const void *b)
{
	const struct title *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->id < y->id ? 1 : x->id > y->id ? -1 : 0;
}

static enum err read_titles(struct scoring *g, int64_t part, struct title **titles, size_t *n,
                            size_t *cap)
{
	struct search *f = g->f;
	char table[48];
	struct query q;

	snprintf(table, sizeof table, "find_title_%lld", (long long)part);
	q = walk_query(f, "SELECT rowid, rank FROM $ WHERE $ MATCH ?1 AND rowid >= ?2 "
	               "AND rowid < ?3 ORDER BY rank LIMIT 200", table, f->plan.title_match,
	               f->plan.lowest, f->plan.highest, g->e);
	while (sql_row(&q)) {
		*titles = mem_grow(*titles, cap, *n + 1, sizeof **titles);
		(*titles)[(*n)++] = (struct title){ col_int(&q, 0), col_real(&q, 1) };
	}
	return sql_once_end(&q);
}

static enum err check_and_score(struct scoring *g, int64_t id)
{
	struct entry_row row;
	uint64_t one;
	bool is;
	enum err rc;

	if (map_get(g->known, (uint64_t)id, &one))
		return ERR_NONE;
	arena_reset(g->a);
	rc = walk_check(g->f, id, false, g->a, &row, &is, g->e);
	return rc == ERR_NONE && is ? score_entry(g, &row) : rc;
}

static enum err take_titles(struct scoring *g)
{
	const struct search_file *x = g->f->s->search;
	struct title *titles = NULL;
	size_t n = 0, cap = 0;
	enum err rc = ERR_NONE;

	for (size_t i = 0; x->file && i < x->nparts && rc == ERR_NONE; i++)
		rc = read_titles(g, x->part[i], &titles, &n, &cap);
	if (rc != ERR_NONE)
		n = 0;
	if (n > 0)
		qsort(titles, n, sizeof *titles, better_title);
	rc = walk_judge(g->f, rc, g->e);
	for (size_t i = 0; i < n && i < BEST_TITLES && rc == ERR_NONE; i++)
		rc = check_and_score(g, titles[i].id);
	free(titles);
	return rc;
}

/* ---- the newest texts ---- */

static bool looked_enough(void *self)
{
	return (*(int *)self)-- <= 0;
}

static enum err take_newest(struct scoring *g)
{
	int left = LOOKED_AT_MAX;
	bool there = true;
	enum err rc = ERR_NONE;

	for (int n = 0; n < NEWEST_TEXTS && there && rc == ERR_NONE; n++) {
		struct entry_row row;
		uint64_t one;

		arena_reset(g->a);
		rc = walk_find(g->f, looked_enough, &left, g->a, &row, &there, g->e);
		if (rc == ERR_NONE && there && !map_get(g->known, (uint64_t)row.id, &one))
			rc = score_entry(g, &row);
	}
	walk_pause(g->f);
	return rc;
}

/* ---- the order ---- */

static int better(const void *a, const void *b)
{
	const struct scored *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->time != y->time)
		return x->time > y->time ? -1 : 1;
	return x->id < y->id ? 1 : x->id > y->id ? -1 : 0;
}

static void put_in_order(struct scoring *g)
{
	int64_t newest = INT64_MIN;

	for (size_t i = 0; i < g->n; i++)
		newest = g->found[i].time > newest ? g->found[i].time : newest;
	for (size_t i = 0; i < g->n; i++) {
		double age = (double)newest - (double)g->found[i].time;

		g->found[i].score += FRESHNESS / (1 + age / WEEK);
	}
	if (g->n > 0)
		qsort(g->found, g->n, sizeof *g->found, better);
	g->f->best = mem_array(g->n + 1, sizeof *g->f->best);
	g->f->nbest = g->n;
	for (size_t i = 0; i < g->n; i++)
		g->f->best[i] = g->found[i].id;
}

enum err search_score(struct search *f, struct error *e)
{
	struct scoring g = { .f = f, .a = arena_new(), .known = map_new(), .e = e };
	bool by_index = f->plan.way == WALK_BODIES || f->plan.way == WALK_TITLES;
	enum err rc = by_index ? take_titles(&g) : ERR_NONE;

	if (rc == ERR_NONE)
		rc = take_newest(&g);
	if (rc == ERR_NONE)
		put_in_order(&g);
	free(g.found);
	map_free(g.known);
	arena_free(g.a);
	return rc;
}
