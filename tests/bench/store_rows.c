/* store - entries into the store against bare inserts. */
#include <math.h>
#include <stdio.h>

#include "held.h"
#include "lede/store/feeds.h"

#define BATCH 300 /* as a refresh has it */
#define ROOM 512

struct storing {
	const struct bench *b;
	int feeds;
	char db[ROOM];
};

static bool put_range(struct store *s, const struct entry_new *n, size_t count,
		      enum put_result want, struct error *e)
{
	enum err rc = store_begin(s, false, e);

	for (size_t i = 0; i < count && rc == ERR_NONE; i++) {
		enum put_result result;
		int64_t id;

		rc = store_put_entry(s, &n[i], CORPUS_NOW, &result, &id, e);
		if (rc == ERR_NONE && result != want)
			rc = error_set(e, ERR_STORE,
				       "an entry was stored otherwise than expected (%d, not %d)",
				       (int)result, (int)want);
	}
	return fine(rc == ERR_NONE ? store_commit(s, e) : rc, e);
}

/* CPU microseconds an entry. */
static double put_all(struct store *s, const struct held *h, enum put_result want)
{
	double began = cpu_now();
	struct error e;

	for (size_t i = 0; i < h->n; i += BATCH)
		if (!put_range(s, h->entry + i, h->n - i < BATCH ? h->n - i : BATCH, want, &e))
			return NAN;
	return (cpu_now() - began) * 1e6 / (double)h->n;
}

/* CPU microseconds of the newest 40. */
static double list_newest(struct store *s)
{
	struct list_query q = { .list = LIST_LATEST, .limit = 40 };
	struct arena *a = arena_new();
	struct entry_row *rows;
	struct error e;
	size_t n;
	double began = cpu_now();

	return fine(store_list(s, &q, a, &rows, &n, &e), &e) && n == 40 ? (cpu_now() - began) * 1e6
									: NAN;
}

/* value: microseconds a new entry, an unchanged one, the newest 40; entries. */
static bool store_work(void *self, double value[VALUES])
{
	struct storing *g = self;
	struct held *h = held_read(g->b, g->feeds);
	struct str *url = mem_array((size_t)g->feeds, sizeof *url);
	struct store *s;
	struct error e;

	for (int i = 0; i < g->feeds; i++) {
		char text[32];
		int n = snprintf(text, sizeof text, "http://127.0.0.1/%d", i);

		url[i] = (struct str){ mem_dup(text, (size_t)n), (size_t)n };
	}
	if (!fine(store_open(g->db, STORE_WRITE, &s, &e), &e) ||
	    !fine(store_feeds_sync(s, url, (size_t)g->feeds, CORPUS_NOW, NULL, &e), &e))
		return false;
	value[0] = put_all(s, h, PUT_NEW);
	value[1] = put_all(s, h, PUT_SAME);
	store_close(s);
	if (!fine(store_open(g->db, STORE_READ, &s, &e), &e))
		return false;
	value[2] = list_newest(s);
	value[3] = (double)h->n;
	store_close(s);
	return true;
}

void rows_store(const struct bench *b, const struct anchors *a)
{
	struct storing g = { .b = b, .feeds = a->feeds };
	double bare = a->insert * 1e6 / entries_of(b, a->feeds);
	struct cost c;

	snprintf(g.db, sizeof g.db, "%s/store.db", b->folder);
	cost_of_work(store_work, &g, &c);
	if (!c.good)
		remark("storing failed");
	row("store-new-entry-us", c.value[0], bare, GOAL_RATIO_MOST, 3.0);
	row("store-unchanged-entry-us", c.value[1], NAN, GOAL_MOST, 1.5);
	row("store-newest-40-us", c.value[2], a->newest, GOAL_NONE, 0);
	remove(g.db);
}
