/* fold_tool - folding and ranking without a store, over JSON Lines, for measuring them.
 *
 * fold_tool fold [--json] < entries              {id,time,source,title} in time order -> {id,story}
 * fold_tool rank [--json] --history FILE [--seen FILE] --now T < entries
 *
 * The same contract as the ranking corpora's scorer: `score_ranking.py --lede
 * build/tests/tools/fold_tool`.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "lede/base/hash.h"
#include "lede/base/mem.h"
#include "lede/rank/fold.h"
#include "lede/rank/score.h"
#include "lede/text/display.h"

struct row { json_t *json; int64_t time, feed; struct buf title; };

static int64_t number(const json_t *row, const char *key)
{
	return (int64_t)json_number_value(json_object_get(row, key));
}

static struct str text(const json_t *row, const char *key)
{
	return str_of(json_string_value(json_object_get(row, key)));
}

/* The next line's row; false at the end. row_free afterwards. */
static bool row_read(FILE *in, struct row *r)
{
	char *line = NULL;
	size_t cap = 0;

	*r = (struct row){ .title = buf_limited(1 << 20) };
	while (!r->json && getline(&line, &cap, in) > 0)
		r->json = json_loads(line, 0, NULL);
	free(line);
	if (!r->json)
		return false;
	r->time = number(r->json, "time");
	r->feed = (int64_t)(hash64(text(r->json, "source")) >> 1);
	display_line(text(r->json, "title"), &r->title);
	return true;
}

static void row_free(struct row *r)
{
	json_decref(r->json);
	buf_free(&r->title);
}

static void row_put(json_t *row)
{
	json_dumpf(row, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(row);
}

/* Ids are the rows' numbers; their names are put back on the way out. */
static int fold(void)
{
	struct folder *f = folder_new();
	struct buf terms = buf_limited(1 << 20);
	json_t *names = json_array();
	struct row r;
	int64_t refreshed = 0;

	for (int64_t id = 0, story; row_read(stdin, &r); id++, row_free(&r)) {
		json_array_append(names, json_object_get(r.json, "id"));
		buf_clear(&terms);
		folder_add(f, &(struct fold_entry){ .id = id, .time = r.time, .feed = r.feed,
						    .title = buf_view(&r.title) }, &story, &terms);
		row_put(json_pack("{sOsO}", "id", json_array_get(names, (size_t)id),
				  "story", json_array_get(names, (size_t)story)));
		if (r.time >= refreshed + 3600) {
			folder_evict(f, r.time - FOLD_WINDOW);
			refreshed = r.time;
		}
	}
	row_free(&r);
	json_decref(names);
	buf_free(&terms);
	folder_free(f);
	return 0;
}


/* --- rank --- */

/* What is known of all that came before `now`. */
struct past {
	struct folder *words;             /* only for the terms of what is learned and ranked */
	struct suffixes *suffixes;
	struct map *df, *items, *points;  /* by bucket; by feed: how many, 1000 * ln(1 + points) */
	uint32_t total;
	int64_t now;
};

static uint64_t got(const struct map *m, uint64_t key)
{
	uint64_t value = 0;

	map_get(m, key, &value);
	return value;
}

static void count_row(struct past *p, const struct row *r)
{
	struct tokens t;
	uint64_t feed = (uint64_t)r->feed;
	double points = log(1 + json_number_value(json_object_get(r->json, "points")));

	tokens_of_title(buf_view(&r->title), feed, p->suffixes, &t);
	for (size_t i = 0; i < t.ntoken; i++)
		map_put(p->df, token_bucket(t.token[i].hash),
			got(p->df, token_bucket(t.token[i].hash)) + 1);
	map_put(p->items, feed, got(p->items, feed) + 1);
	map_put(p->points, feed, got(p->points, feed) + (uint64_t)(points * 1000 + .5));
	p->total++;
	tokens_free(&t);
}

static void terms_of(struct past *p, const struct row *r, struct buf *terms)
{
	int64_t story;

	buf_clear(terms);
	folder_add(p->words, &(struct fold_entry){ .time = r->time, .feed = r->feed,
						   .title = buf_view(&r->title) }, &story, terms);
}

static double amount_of(struct str action)
{
	if (str_is(action, "star"))
		return 1;
	return str_is(action, "open") ? .5 : str_is(action, "skip") ? -.25 : 0;
}

static void each_row(const char *path, struct past *p, void *self,
		     void (*row)(struct past *p, const struct row *r, void *self))
{
	FILE *in = fopen(path, "r");
	struct row r;

	if (!in) {
		perror(path);
		exit(1);
	}
	for (; row_read(in, &r); row_free(&r))
		if (r.time < p->now)
			row(p, &r, self);
	row_free(&r);
	fclose(in);
}

static void seen_row(struct past *p, const struct row *r, void *self)
{
	(void)self;
	count_row(p, r);
}

static void history_row(struct past *p, const struct row *r, void *profile)
{
	struct buf terms = buf_limited(1 << 20);

	terms_of(p, r, &terms);
	profile_learn(profile, r->time, amount_of(text(r->json, "action")), r->feed,
		      buf_view(&terms), NULL, NULL);
	buf_free(&terms);
}

static uint32_t df(void *past, uint32_t bucket)
{
	return (uint32_t)got(((struct past *)past)->df, bucket);
}

static struct score_feed feed_of(const struct past *p, int64_t feed)
{
	uint64_t items = got(p->items, (uint64_t)feed);

	return (struct score_feed){
		.feed = feed,
		.ever = (double)items,
		.promin = items ? (double)got(p->points, (uint64_t)feed) / 1000 / (double)items : 0
	};
}

static void score_row(const struct score_world *w, struct past *p, const struct row *r,
		      struct terms *out)
{
	struct buf terms = buf_limited(1 << 20);
	struct arena *a = arena_new();

	terms_of(p, r, &terms);
	score_entry(w,
		    &(struct score_entry){ .time = r->time,
					   .terms = buf_view(&terms),
					   .feed = feed_of(p, r->feed),
					   .rank = (int)number(r->json, "rank") },
		    a, out);
	arena_free(a);                    /* the words are not shown here */
	buf_free(&terms);
}

struct ranked { json_t *json; int32_t score; int64_t time; };

static int by_score(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	return x->score != y->score ? (x->score < y->score) - (x->score > y->score)
				    : (x->time < y->time) - (x->time > y->time);
}

static json_t *term_json(const struct term *t)
{
	return json_pack("{sssf}", "signal", signal_name(t->signal), "points", t->points / 100.);
}

static struct ranked ranked_row(const struct row *r, const struct terms *t)
{
	json_t *why = json_array();

	for (int i = 0; i < t->n; i++)
		json_array_append_new(why, term_json(&t->term[i]));
	return (struct ranked){ json_pack("{sOsfso}", "id", json_object_get(r->json, "id"), "score",
					  t->score / 100., "why", why),
				t->score, r->time };
}

static void rank_rows(const struct score_world *w, struct past *p)
{
	struct ranked *ranked = NULL;
	size_t n = 0, cap = 0;
	struct row r;
	struct terms terms;

	for (; row_read(stdin, &r); row_free(&r)) {
		score_row(w, p, &r, &terms);
		ranked = mem_grow(ranked, &cap, n + 1, sizeof *ranked);
		ranked[n++] = ranked_row(&r, &terms);
	}
	row_free(&r);
	if (n > 0)
		qsort(ranked, n, sizeof *ranked, by_score);
	for (size_t i = 0; i < n; i++)
		row_put(ranked[i].json);
	free(ranked);
}

static const char *option(char **argv, const char *name)
{
	for (; *argv; argv++)
		if (strcmp(*argv, name) == 0)
			return argv[1];
	return NULL;
}

static int rank(char **argv)
{
	const char *now = option(argv, "--now"), *seen = option(argv, "--seen"),
		   *history = option(argv, "--history");
	struct past p = { .words = folder_new(),
			  .suffixes = suffixes_new(),
			  .df = map_new(),
			  .items = map_new(),
			  .points = map_new() };
	struct profile *profile = profile_new();

	if (!now || !str_to_int(str_of(now), 0, INT64_MAX / 2, &p.now))
		return 2;
	if (seen)
		each_row(seen, &p, NULL, seen_row);
	if (history)
		each_row(history, &p, profile, history_row);
	rank_rows(
		&(struct score_world){
			.now = p.now, .profile = profile, .total = p.total, .df = df, .self = &p },
		&p);
	profile_free(profile);
	map_free(p.df);
	map_free(p.items);
	map_free(p.points);
	suffixes_free(p.suffixes);
	folder_free(p.words);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "fold") == 0)
		return fold();
	if (argc > 1 && strcmp(argv[1], "rank") == 0)
		return rank(argv);
	fprintf(stderr, "usage: fold_tool fold < entries\n       fold_tool rank --now T [--history "
			"FILE] [--seen FILE] < entries\n");
	return 2;
}
