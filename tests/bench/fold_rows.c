/* fold - what a thousand new entries cost to fold, classify and rank, by how many are cached.
 *
 * Entries without bodies, 5,000 a day from two hundred feeds, folded day by day, as a reader has
 * them that was never turned off; 72 hours of them are in memory. The cache is opened anew before
 * it is measured.
 */
#include <math.h>
#include <stdio.h>

#include "../../src/app/folding.h"
#include "lede/store/feeds.h"
#include "lede/text/date.h"
#include "rows.h"

#define FEEDS 200
#define A_DAY 5000
#define FRESH 1000
#define ROOM 512

struct refolding {
	int cached;
	struct corpus corpus;
	char db[ROOM];
	struct store *store;
	struct folding *folding;
	struct error e;
	enum err rc;
};

/* The last of those that are cached came an hour ago, each new one a moment before now. */
static int64_t time_of(const struct refolding *f, int number)
{
	int64_t before = f->cached - number;

	return before > 0 ? CORPUS_NOW - 3600 - before * 86400 / A_DAY
			  : CORPUS_NOW - FRESH - before;
}

static void put_entry(struct refolding *f, int number)
{
	int feed = number % FEEDS;
	struct buf title = buf_limited(4096), guid = buf_limited(64);
	/* ids are given from 1 on */
	struct entry_new n = { .feed = feed + 1, .link = STR(""), .author = STR(""),
			       .html = STR(""), .enclosure = STR(""), .language = STR(""),
			       .published = time_of(f, number), .updated = DATE_NONE,
			       .points = -1 };
	enum put_result result;
	int64_t id;

	corpus_title(&f->corpus, feed, number / FEEDS, &title);
	buf_addf(&guid, "entry %d", number);
	n.title = buf_view(&title);
	n.guid = buf_view(&guid);
	f->rc = store_put_entry(f->store, &n, n.published + 30, &result, &id, &f->e);
	buf_free(&title);
	buf_free(&guid);
}

static void put_range(struct refolding *f, int from, int to)
{
	f->rc = store_begin(f->store, false, &f->e);
	for (int i = from; i < to && f->rc == ERR_NONE; i++)
		put_entry(f, i);
	if (f->rc == ERR_NONE)
		f->rc = store_commit(f->store, &f->e);
}

static void fold(struct refolding *f, int64_t now)
{
	int64_t stories;

	f->rc = folding_run(f->folding, f->store, now, &stories, &f->e);
}

static void rank(struct refolding *f)
{
	int64_t edition;

	f->rc = edition_make_and_store(f->folding, f->store, NULL, CORPUS_NOW, 0, &edition, &f->e);
}

static void open_store(struct refolding *f)
{
	f->folding = folding_new();
	f->rc = store_open(f->db, STORE_WRITE, &f->store, &f->e);
}

static void close_store(struct refolding *f)
{
	folding_free(f->folding);
	store_close(f->store);
}

static bool fill(void *self, double value[VALUES])
{
	struct refolding *f = self;
	struct str url[FEEDS];
	char text[FEEDS][32];

	(void)value;
	open_store(f);
	for (int i = 0; i < FEEDS; i++)
		url[i] = (struct str){ text[i],
			(size_t)snprintf(text[i], sizeof text[i], "http://127.0.0.1/%d", i) };
	if (f->rc == ERR_NONE)
		f->rc = store_feeds_sync(f->store, url, FEEDS, CORPUS_NOW, NULL, &f->e);
	for (int i = 0; i < f->cached && f->rc == ERR_NONE; i += A_DAY) {
		int to = f->cached - i < A_DAY ? f->cached : i + A_DAY;

		put_range(f, i, to);
		if (f->rc == ERR_NONE)
			fold(f, time_of(f, to - 1) + 60);
	}
	close_store(f);
	return fine(f->rc, &f->e);
}

/* Milliseconds of CPU of a step; NAN when one before it failed. */
static double ms_of(struct refolding *f, void (*step)(struct refolding *f))
{
	double began = cpu_now();

	if (f->rc == ERR_NONE)
		step(f);
	return f->rc == ERR_NONE ? (cpu_now() - began) * 1e3 : NAN;
}

static void load(struct refolding *f)
{
	f->rc = folding_load(f->folding, f->store, CORPUS_NOW, &f->e);
}

static void put_fresh(struct refolding *f)
{
	put_range(f, f->cached, f->cached + FRESH);
}

static void fold_fresh(struct refolding *f)
{
	fold(f, CORPUS_NOW);
}

enum { LOADED, FIRST, FOLDED, RANKED, INDEX };

static bool measure(void *self, double value[VALUES])
{
	struct refolding *f = self;

	open_store(f);
	value[LOADED] = ms_of(f, load);
	value[FIRST] = ms_of(f, rank);
	ms_of(f, put_fresh);
	value[FOLDED] = ms_of(f, fold_fresh);
	value[RANKED] = ms_of(f, rank);
	if (f->rc == ERR_NONE)
		value[INDEX] = (double)folder_bytes(f->folding->folder) / (1 << 20);
	close_store(f);
	return fine(f->rc, &f->e);
}

static void figure(const char *what, int cached, const char *unit, double value, double anchor,
		   enum goal kind, double goal)
{
	char name[64];

	snprintf(name, sizeof name, "%s-of-%d-%s", what, cached, unit);
	row(name, value, anchor, kind, goal);
}

/* `anchor`: the sum at another size, which this one is to be compared with. */
static double rows_of(const struct bench *b, int cached, double anchor, enum goal kind, double goal)
{
	struct refolding f = { .cached = cached, .corpus = b->corpus };
	struct cost c;
	double sum;

	f.corpus.feeds = FEEDS;
	f.corpus.entries = (cached + FRESH) / FEEDS;
	snprintf(f.db, sizeof f.db, "%s/folding.db", b->folder);
	cost_of_work(fill, &f, &c);
	if (c.good)
		cost_of_work(measure, &f, &c);
	if (!c.good)
		remark("folding failed");
	remove(f.db);
	sum = c.good ? c.value[FOLDED] + c.value[RANKED] : NAN;
	figure("fold-1000", cached, "cpu-ms", c.value[FOLDED], NAN, GOAL_NONE, 0);
	figure("rank", cached, "cpu-ms", c.value[RANKED], NAN, GOAL_NONE, 0);
	figure("fold-and-rank-1000", cached, "cpu-ms", sum, anchor, kind, goal);
	figure("fold-load", cached, "cpu-ms", c.value[LOADED], NAN, GOAL_NONE, 0);
	figure("fold-index", cached, "mb", c.value[INDEX], NAN, GOAL_MOST, 24);
	figure("edition-after-start", cached, "cpu-ms", c.value[FIRST], NAN, GOAL_NONE, 0);
	return sum;
}

void rows_folding(const struct bench *b)
{
	double many;

	rows_of(b, 10000, NAN, GOAL_MOST, 20);
	if (!b->full)
		return;
	many = rows_of(b, 100000, NAN, GOAL_MOST, 100);
	rows_of(b, 1000000, many, GOAL_RATIO_MOST, 2);
}
