/* refresh - `lede refresh` of the whole corpus: cold, again with nothing changed, again with every
 * tenth feed changed, all with --no-index; then one that only indexes, for as long as it may. */
#include <math.h>
#include <stdio.h>

#include "lede/store/entries.h"
#include "rows.h"

/* PERFORMANCE.md section 4, as ratios to the sum of the anchors. Cold: 1.7 for fetch, parse and
 * compressed bodies and 0.33 for folding, both of which lede refresh does. */
#define GOAL_COLD 2.03
#define GOAL_WARM 3.5
#define GOAL_CHANGED 2.0
#define GOAL_RSS_MB 64
#define GOAL_RSS_MANY_MB 96 /* more than a thousand feeds, or while it indexes */
#define GOAL_WARM_MB 0.7 /* written, of a thousand feeds */

struct run {
	const struct bench *b;
	int feeds;
	char db[400], list[400];
};
struct told {
	struct cost cost;
	double requests, entries, sent_mb;
};

/* value[0]: entries in the cache. */
static bool count_entries(void *self, double value[VALUES])
{
	struct run *r = self;
	struct store *s;
	struct error e;
	int64_t n = 0;

	if (!fine(store_open(r->db, STORE_READ, &s, &e), &e) ||
	    !fine(store_list_count(s, LIST_LATEST, 0, &n, &e), &e))
		return false;
	value[0] = (double)n;
	store_close(s);
	return true;
}

static void refresh_with(struct run *r, int revision, int64_t now, const char *option,
			 struct told *out)
{
	struct web_state *web = r->b->web.state;
	long requests = atomic_load(&web->requests);
	long long bytes = atomic_load(&web->body_bytes);
	char clock[32];
	const char *argv[] = { r->b->lede, "--now", clock,     "--feeds", r->list,
			       "--db",     r->db,   "refresh", option,    NULL };
	struct cost counted;

	snprintf(clock, sizeof clock, "%lld", (long long)now);
	atomic_store(&web->revision, revision);
	cost_of_program(argv, &out->cost);
	if (!out->cost.good)
		remark("lede refresh failed");
	out->requests = (double)(atomic_load(&web->requests) - requests);
	out->sent_mb = (double)(atomic_load(&web->body_bytes) - bytes) / 1e6;
	cost_of_work(count_entries, r, &counted);
	out->entries = counted.good ? counted.value[0] : NAN;
}

static void refresh(struct run *r, int revision, int64_t now, struct told *out)
{
	refresh_with(r, revision, now, "--no-index", out);
}

static void row_of(const struct run *r, const char *what, double lede, double anchor,
		   enum goal kind, double goal)
{
	char name[64];

	snprintf(name, sizeof name, "refresh-%d-%s", r->feeds, what);
	row(name, lede, anchor, kind, goal);
}

static double rows_cold(struct run *r, const struct anchors *a)
{
	struct told t;

	refresh(r, 1, CORPUS_NOW, &t);
	row_of(r, "cold-cpu-s", t.cost.cpu, a->fetch + a->sax + a->insert, GOAL_RATIO_MOST,
	       GOAL_COLD);
	row_of(r, "cold-wall-s", t.cost.wall, NAN, GOAL_NONE, 0);
	row_of(r, "cold-rss-mb", t.cost.rss_mb, NAN, GOAL_MOST,
	       r->feeds > 1000 ? GOAL_RSS_MANY_MB : GOAL_RSS_MB);
	row_of(r, "cold-requests", t.requests, r->feeds, GOAL_RATIO_MOST, 1);
	row_of(r, "cold-entries", t.entries, entries_of(r->b, r->feeds), GOAL_RATIO_LEAST, 1);
	row_of(r, "cold-received-mb", t.sent_mb, NAN, GOAL_NONE, 0);
	row_of(r, "cold-written-mb", t.cost.written_mb, NAN, GOAL_NONE, 0);
	row_of(r, "cold-written-kb-an-entry", t.cost.written_mb * 1e3 / t.entries, NAN, GOAL_NONE,
	       0);
	return t.cost.cpu;
}

static void rows_warm(struct run *r, const struct anchors *a)
{
	struct told t;
	long unchanged = atomic_load(&r->b->web.state->unchanged);

	refresh(r, 1, CORPUS_NOW + 3600, &t);
	row_of(r, "warm-cpu-s", t.cost.cpu, a->unchanged, GOAL_RATIO_MOST, GOAL_WARM);
	row_of(r, "warm-wall-s", t.cost.wall, NAN, GOAL_NONE, 0);
	row_of(r, "warm-rss-mb", t.cost.rss_mb, NAN, GOAL_NONE, 0);
	row_of(r, "warm-304", (double)(atomic_load(&r->b->web.state->unchanged) - unchanged),
	       r->feeds, GOAL_RATIO_LEAST, 1);
	row_of(r, "warm-requests", t.requests, r->feeds, GOAL_RATIO_MOST, 1);
	row_of(r, "warm-written-mb", t.cost.written_mb, NAN, GOAL_MOST,
	       GOAL_WARM_MB * (r->feeds > 1000 ? r->feeds / 1000.0 : 1));
}

static void rows_changed(struct run *r, const struct anchors *a)
{
	struct told t;
	int fresh = 0;

	for (int i = 0; i < r->feeds; i++)
		fresh += corpus_changes(i) ? CORPUS_NEW : 0;
	refresh(r, 2, CORPUS_NOW + 7200, &t);
	row_of(r, "changed-cpu-s", t.cost.cpu, a->unchanged + (a->fetch + a->sax + a->insert) / 10,
	       GOAL_RATIO_MOST, GOAL_CHANGED);
	row_of(r, "changed-wall-s", t.cost.wall, NAN, GOAL_NONE, 0);
	row_of(r, "changed-rss-mb", t.cost.rss_mb, NAN, GOAL_MOST,
	       r->feeds > 1000 ? GOAL_RSS_MANY_MB : GOAL_RSS_MB);
	row_of(r, "changed-written-kb-an-entry", t.cost.written_mb * 1e3 / fresh, NAN, GOAL_NONE, 0);
	row_of(r, "changed-entries", t.entries, entries_of(r->b, r->feeds) + fresh,
	       GOAL_RATIO_LEAST, 1);
}

/* What indexing takes on top, in the time a refresh gives it. */
static void rows_indexing(struct run *r)
{
	struct told t;

	refresh_with(r, 2, CORPUS_NOW + 9000, NULL, &t);
	row_of(r, "indexing-cpu-s", t.cost.cpu, NAN, GOAL_NONE, 0);
	row_of(r, "indexing-wall-s", t.cost.wall, NAN, GOAL_NONE, 0);
	row_of(r, "indexing-rss-mb", t.cost.rss_mb, NAN, GOAL_MOST, GOAL_RSS_MANY_MB);
}

/* The same over a line with a delay: only the wall clock tells anything. */
static void rows_delayed(struct run *r)
{
	struct web_state *web = r->b->web.state;
	struct told t;

	atomic_store(&web->delay_ms, 100);
	refresh(r, 2, CORPUS_NOW + 10800, &t);
	row_of(r, "warm-100ms-wall-s", t.cost.wall, NAN, GOAL_NONE, 0);
	remove(r->db);
	refresh(r, 1, CORPUS_NOW, &t);
	row_of(r, "cold-100ms-wall-s", t.cost.wall, NAN, GOAL_NONE, 0);
	atomic_store(&web->delay_ms, 0);
}

double rows_refresh(const struct bench *b, const struct anchors *a)
{
	struct run r = { .b = b, .feeds = a->feeds };
	double cold;

	snprintf(r.db, sizeof r.db, "%s/refresh-%d.db", b->folder, a->feeds);
	snprintf(r.list, sizeof r.list, "%s/refresh-%d.feeds", b->folder, a->feeds);
	if (!write_feed_list(b, a->feeds, r.list))
		return NAN;
	cold = rows_cold(&r, a);
	rows_warm(&r, a);
	rows_changed(&r, a);
	rows_indexing(&r);
	if (b->full)
		rows_delayed(&r);
	remove(r.db);
	return cold;
}
