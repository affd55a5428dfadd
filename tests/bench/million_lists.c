/* The first screen, lists and marks on a million entries: pages, reads, CPU. */
#include <math.h>
#include <stdio.h>

#include "asked.h"
#include "lede/store/entries.h"
#include "lede/store/feeds.h"
#include "million.h"

#define SCREEN 40
#define MARKS 200

/* What is asked of a store just opened. */
struct question {
	const struct million *m;
	const char *name;
	enum err (*ask)(struct store *s, struct error *e);
	double pages; /* the goal; 0: none */
};

static enum err ask_list(struct store *s, struct list_query q, struct error *e)
{
	struct arena *a = arena_new();
	struct entry_row *rows;
	enum err rc;
	size_t n;

	q.limit = SCREEN;
	rc = store_list(s, &q, a, &rows, &n, e);
	if (rc == ERR_NONE && n < SCREEN)
		rc = error_set(e, ERR_STORE, "only %zu rows came", n);
	arena_free(a);
	return rc;
}

static enum err newest(struct store *s, struct error *e)
{
	return ask_list(s, (struct list_query){ .list = LIST_LATEST }, e);
}

static enum err newest_unread(struct store *s, struct error *e)
{
	return ask_list(s, (struct list_query){ .list = LIST_LATEST, .unread_only = true }, e);
}

static enum err page_down(struct store *s, struct error *e)
{
	struct list_anchor yesterday = { .time = CORPUS_NOW - 86400, .feed = 1, .id = 1 };

	return ask_list(s, (struct list_query){ .list = LIST_LATEST, .from = &yesterday }, e);
}

static enum err of_a_feed(struct store *s, struct error *e)
{
	return ask_list(s, (struct list_query){ .list = LIST_FEED, .feed = 500 }, e);
}

static enum err unread_of_a_feed(struct store *s, struct error *e)
{
	return ask_list(s, (struct list_query){ .list = LIST_FEED, .feed = 5, .unread_only = true },
			e);
}

static enum err starred(struct store *s, struct error *e)
{
	return ask_list(s, (struct list_query){ .list = LIST_STARRED }, e);
}

static enum err unread_number(struct store *s, struct error *e)
{
	int64_t n;

	return store_unread_total(s, &n, e);
}

static enum err feeds(struct store *s, struct error *e)
{
	struct arena *a = arena_new();
	struct feed_row *rows;
	size_t n;
	enum err rc = store_feeds(s, true, a, &rows, &n, e);

	arena_free(a);
	return rc;
}

static enum err first_screen(struct store *s, struct error *e)
{
	return ask_first_screen(s, SCREEN, e) ? ERR_NONE : e->code;
}

static enum err new_edition(struct store *s, struct error *e)
{
	return edition_of_now(s, CORPUS_NOW, e);
}

/* value: pages, reads, CPU milliseconds; opening included. */
static bool ask(void *self, double value[VALUES])
{
	const struct question *q = self;
	enum store_mode mode = q->ask == new_edition ? STORE_WRITE : STORE_READ;
	double began = cpu_now();
	long reads = reads_made();
	struct store *s;
	struct error e;

	if (!fine(store_open(q->m->db, mode, &s, &e), &e) || !fine(q->ask(s, &e), &e))
		return false;
	value[0] = (double)store_counts(s).cache_miss;
	value[1] = reads < 0 ? NAN : (double)(reads_made() - reads);
	value[2] = (cpu_now() - began) * 1e3;
	store_close(s);
	return true;
}

static void row_of(const char *name, const char *what, double value, double goal)
{
	char whole[64];

	snprintf(whole, sizeof whole, "million-%s-%s", name, what);
	row(whole, value, NAN, goal > 0 ? GOAL_MOST : GOAL_NONE, goal);
}

/* ---- marks ---- */

/* What is read becomes unread and the other way round, all over the newer four fifths. value: CPU
 * milliseconds of one, its commit's median and longest, milliseconds. */
static bool mark(void *self, double value[VALUES])
{
	const struct million *m = self;
	double wall[MARKS], began = cpu_now();
	struct store *s;
	struct error e;
	int64_t highest;

	if (!fine(store_open(m->db, STORE_WRITE, &s, &e), &e) ||
	    !fine(store_highest_id(s, &highest, &e), &e))
		return false;
	for (int i = 0; i < MARKS; i++) {
		int64_t id = highest - (int64_t)i * (highest * 4 / 5 / MARKS);
		unsigned flags = 0;
		double before;

		if (!fine(store_flags(s, &id, 1, &flags, &e), &e))
			return false;
		before = wall_now();
		if (!fine(store_mark(s, &id, 1, ENTRY_READ, !(flags & ENTRY_READ), NULL, &e), &e))
			return false;
		wall[i] = (wall_now() - before) * 1e3;
	}
	value[0] = (cpu_now() - began) * 1e3 / MARKS;
	value[1] = quantile(wall, MARKS, .5);
	value[2] = wall[MARKS - 1];
	store_close(s);
	return true;
}

void million_lists(const struct million *m)
{
	static const struct question asked[] = {
		{ NULL, "first-screen", first_screen, 40 },
		{ NULL, "newest-40", newest, 16 },
		{ NULL, "newest-40-unread", newest_unread, 16 },
		{ NULL, "page-down", page_down, 32 },
		{ NULL, "feed-40", of_a_feed, 64 },
		{ NULL, "feed-40-unread", unread_of_a_feed, 80 },
		{ NULL, "starred-40", starred, 64 },
		{ NULL, "unread-number", unread_number, 0 },
		{ NULL, "feeds-1000", feeds, 0 },
		{ NULL, "new-edition", new_edition, 900 },
	};
	struct cost c;

	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		struct question q = asked[i];

		q.m = m;
		cost_of_work(ask, &q, &c);
		if (!c.good)
			remark("%s failed", q.name);
		row_of(q.name, "pages", c.value[0], q.pages);
		row_of(q.name, "reads", c.value[1], q.ask == first_screen ? 60 : 0);
		row_of(q.name, "cpu-ms", c.value[2],
		       q.ask == first_screen ? 6 : 0);
	}
	cost_of_work(mark, (void *)(uintptr_t)m, &c);
	row_of("mark", "cpu-ms", c.value[0], .3);
	row_of("mark", "wall-median-ms", c.value[1], 1);
	row_of("mark", "wall-longest-ms", c.value[2], 250);
}
