/* lede rank: the score of entries that come in, with its reasons, by what a reader did and what
 * came before. No cache, no feeds: ranking alone, as the reader's. */
#include "cli_inside.h"

#include <math.h>
#include <stdlib.h>

#include "cli_items.h"
#include "lede/app/words.h"
#include "lede/base/hash.h"
#include "lede/rank/fold.h"
#include "lede/rank/notice.h"
#include "lede/rank/score.h"
#include "lede/rank/tokens.h"

enum { TERMS_BYTES = 64 << 10, PROMINENCE_SCALE = 1000 };

/* What a source's entries were like. points: the sum of 1000 ln(1 + points). */
struct source { uint64_t entries, points; int places; struct str name; };

struct candidate {
	json_t *id;
	struct str title, source, terms;
	int64_t time, feed;
	int rank;
	struct terms why;
};

/* All that is known of what came before `now`. */
struct ranking {
	struct cli *c;
	int64_t now;
	struct arena *arena;
	struct suffixes *suffixes;
	struct notices *notices;
	struct profile *profile;
	struct map *df;                   /* by bucket */
	uint32_t total;
	struct source *source; size_t nsource, source_cap;
	struct map *source_of;            /* feed: its place in `source` */
	struct buf terms;
	struct candidate *row; size_t n, cap;
};

static struct str copied(struct ranking *r, struct str s)
{
	return (struct str){ arena_copy(r->arena, s.p, s.n), s.n };
}

static struct source *source_of(struct ranking *r, const struct item *i)
{
	uint64_t feed = (uint64_t)item_feed(i), at;

	if (!map_get(r->source_of, feed, &at)) {
		at = r->nsource++;
		r->source = mem_grow(r->source, &r->source_cap, r->nsource, sizeof *r->source);
		r->source[at] = (struct source){ .name = copied(r, i->source) };
		map_put(r->source_of, feed, at);
	}
	return &r->source[at];
}

/* ---- what is known ---- */

static enum err take_seen(struct ranking *r, const struct item *i)
{
	struct source *s = source_of(r, i);
	struct tokens t;

	tokens_of_title(i->title, (uint64_t)item_feed(i), r->suffixes, &t);
	for (size_t k = 0; k < t.ntoken; k++) {
		uint64_t bucket = token_bucket(t.token[k].hash), df = 0;

		map_get(r->df, bucket, &df);
		map_put(r->df, bucket, df + 1);
	}
	tokens_free(&t);
	r->total += r->total < UINT32_MAX;
	s->entries++;
	if (i->points > 0 && isfinite(i->points))
		s->points += (uint64_t)(log(1 + i->points) * PROMINENCE_SCALE + .5);
	return ERR_NONE;
}

/* 0: no action that teaches. */
static double amount_of(struct str action)
{
	static const struct { const char *name; double amount; } actions[] = {
		{ "star", 1 }, { "open", .5 }, { "skip", -.25 },
	};

	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (str_is(action, actions[i].name))
			return actions[i].amount;
	return 0;
}

static enum err terms_of(struct ranking *r, const struct item *i)
{
	buf_clear(&r->terms);
	return fold_terms_of_title(i->title, (uint64_t)item_feed(i), r->suffixes, &r->terms);
}

static enum err take_history(struct ranking *r, const struct item *i)
{
	enum err rc = terms_of(r, i);
	double amount = amount_of(i->action);

	if (rc == ERR_NONE && amount != 0)
		profile_learn(r->profile, i->time, amount, item_feed(i), buf_view(&r->terms), NULL,
			      NULL);
	return rc;
}

/* Entries that come in; rank_of is the lowest place that any entry of their list has. */
static enum err take_candidate(struct ranking *r, const struct item *i)
{
	struct source *s = source_of(r, i);
	int rank = i->rank > 0 && i->rank <= INT32_MAX ? (int)i->rank : 0;
	enum err rc = terms_of(r, i);

	s->places = rank > s->places ? rank : s->places;
	r->row = mem_grow(r->row, &r->cap, r->n + 1, sizeof *r->row);
	r->row[r->n++] = (struct candidate){
		.id = json_incref(i->id), .title = copied(r, i->title), .source = s->name,
		.terms = copied(r, buf_view(&r->terms)), .time = i->time, .feed = item_feed(i),
		.rank = rank,
	};
	return rc;
}

/* Rows of `now` and later are not looked at, where `past`. */
static enum err each_item(struct ranking *r, const char *name, bool past,
			  enum err (*take)(struct ranking *r, const struct item *i),
			  struct error *e)
{
	struct items *in = items_open(r->c, name, e);
	struct item item;
	enum err rc = ERR_NONE;

	if (!in)
		return e->code;
	while (rc == ERR_NONE && items_next(in, &item))
		if (!past || item.time < r->now)
			rc = take(r, &item);
	if (rc == ERR_NONE)
		rc = items_end(in, e);
	else
		error_set(e, rc, "a title is too long to be ranked");
	items_close(in);
	return rc;
}

/* ---- ranking ---- */

static uint32_t df_of(void *self, uint32_t bucket)
{
	const struct ranking *r = self;
	uint64_t df = 0;

	map_get(r->df, bucket, &df);
	return df < UINT32_MAX ? (uint32_t)df : UINT32_MAX;
}

/* What an edition would leave out stands at the end. */
static void add_notice(const struct ranking *r, struct candidate *k)
{
	const struct term notice = { .signal = SIGNAL_NOTICE, .points = SCORE_NOTICE };

	if (notices_find(r->notices, k->title))
		terms_add(&k->why, &notice);
}

static void score_candidate(struct ranking *r, struct candidate *k)
{
	const struct score_world world = { .now = r->now, .profile = r->profile,
		.total = r->total, .df = df_of, .self = r };
	uint64_t at = 0;

	map_get(r->source_of, (uint64_t)k->feed, &at);
	const struct source *s = &r->source[at];
	double entries = (double)s->entries;
	const struct score_feed feed = { .feed = k->feed, .ever = entries,
		.promin = s->entries ? (double)s->points / PROMINENCE_SCALE / entries : 0 };
	const struct score_entry entry = { .time = k->time, .terms = k->terms, .feed = feed,
		.rank = k->rank, .rank_of = s->places };

	score_entry(&world, &entry, r->arena, &k->why);
	add_notice(r, k);
}

/* Best first; ties: newer first, then as they came. */
static int by_score(const void *a, const void *b)
{
	const struct candidate *x = *(const struct candidate *const *)a,
			       *y = *(const struct candidate *const *)b;

	if (x->why.score != y->why.score)
		return x->why.score > y->why.score ? -1 : 1;
	if (x->time != y->time)
		return x->time > y->time ? -1 : 1;
	return (x > y) - (x < y);
}

static struct str source_name(void *self, int64_t feed)
{
	const struct ranking *r = self;
	uint64_t at;

	return map_get(r->source_of, (uint64_t)feed, &at) ? r->source[at].name : STR("");
}

static void put_json(struct ranking *r, const struct candidate *k)
{
	struct jout j = cli_json(r->c);

	jout_begin(&j, '{');
	item_key_id(&j, "id", k->id);
	jout_key(&j, "score");
	jout_hundredths(&j, k->why.score);
	why_key(&j, &k->why, source_name, r);
	jout_end(&j, '}');
	jout_line(&j);
}

static void put_plain(struct ranking *r, const struct candidate *k, int number)
{
	struct buf why = buf_limited(1 << 16);
	int whole[TERMS_MAX], score;

	cli_put_row(r->c, &(struct cli_row){ number, 3, k->title, k->source, 0, k->time });
	terms_whole_points(&k->why, whole, &score);
	words_why(&why, &k->why, TERMS_MAX, false, source_name, r);
	fprintf(r->c->out, "%4s%d: ", "", score);
	cli_put(r->c, buf_view(&why));
	putc('\n', r->c->out);
	buf_free(&why);
}

static void put_ranked(struct ranking *r, bool json)
{
	const struct candidate **sorted = mem_array(r->n + 1, sizeof *sorted);

	for (size_t i = 0; i < r->n; i++) {
		score_candidate(r, &r->row[i]);
		sorted[i] = &r->row[i];
	}
	qsort(sorted, r->n, sizeof *sorted, by_score);
	for (size_t i = 0; i < r->n && cli_writable(r->c); i++)
		if (json)
			put_json(r, sorted[i]);
		else
			put_plain(r, sorted[i], (int)i + 1);
	free(sorted);
}

static void ranking_end(struct ranking *r)
{
	for (size_t i = 0; i < r->n; i++)
		json_decref(r->row[i].id);
	free(r->row);
	free(r->source);
	map_free(r->source_of);
	map_free(r->df);
	profile_free(r->profile);
	suffixes_free(r->suffixes);
	notices_free(r->notices);
	buf_free(&r->terms);
	arena_free(r->arena);
}

int cmd_rank(struct cli *c, const struct cli_args *a)
{
	struct ranking r = {
		.c = c, .now = clock_now(&c->clock), .arena = arena_new(),
		.suffixes = suffixes_new(), .notices = notices_new(), .profile = profile_new(), .df = map_new(),
		.source_of = map_new(), .terms = buf_limited(TERMS_BYTES),
	};
	struct error e;
	enum err rc = ERR_NONE;

	if (a->seen)
		rc = each_item(&r, a->seen, true, take_seen, &e);
	if (rc == ERR_NONE && a->history)
		rc = each_item(&r, a->history, true, take_history, &e);
	if (rc == ERR_NONE)
		rc = each_item(&r, NULL, false, take_candidate, &e);
	if (rc == ERR_NONE)
		put_ranked(&r, a->json);
	ranking_end(&r);
	return rc == ERR_NONE ? EXIT_DONE : items_fail(c, &e);
}
