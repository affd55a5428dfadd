/* screen - the first screen and what keys cost, in a terminal of 120x40; pages and reads of the
 * first screen's questions. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "asked.h"
#include "rows.h"
#include "terminal.h"

#define SCREEN_W 120
#define SCREEN_H 40
#define PATIENCE_START 5000 /* milliseconds for the first byte */
#define PATIENCE_KEY 250    /* a key that changes nothing has no answer */
#define SILENCE_START 150   /* milliseconds that end an answer; never counted */
#define SILENCE_KEY 30
#define TIMES_MOST 64

struct viewing {
	const struct bench *b;
	int feeds;
	char db[400], list[400], config[400];
};
struct figures {
	double ms[TIMES_MOST], cpu_ms[TIMES_MOST], bytes[TIMES_MOST], rss[TIMES_MOST];
	size_t n;
};

static void row_of(const struct viewing *v, const char *what, double lede, enum goal kind,
		   double goal)
{
	char name[64];

	snprintf(name, sizeof name, "screen-%dk-%s", entries_of(v->b, v->feeds) / 1000, what);
	row(name, lede, NAN, kind, goal);
}

static bool set_layout(const struct viewing *v, const char *layout)
{
	FILE *config = fopen(v->config, "w");

	if (!config)
		return false;
	fprintf(config, "layout = %s\n", layout);
	return fclose(config) == 0;
}

static bool start(const struct viewing *v, struct terminal *t)
{
	char clock[32];
	const char *argv[] = { v->b->lede, "--now", clock,      "--feeds", v->list,
			       "--db",     v->db,   "--config", v->config, NULL };

	snprintf(clock, sizeof clock, "%lld", (long long)CORPUS_NOW);
	return terminal_start(t, argv, SCREEN_W, SCREEN_H);
}

/* ---- the first screen ---- */

static bool first_screen(const struct viewing *v, struct figures *f)
{
	struct terminal t;
	double began = wall_now(), took;
	bool shown;

	if (!start(v, &t))
		return false;
	took = terminal_answer(&t, began, PATIENCE_START, SILENCE_START);
	shown = took >= 0 && t.n > 0 &&
		strstr(t.seen, "Source "); /* a source's name: rows are there */
	if (shown) {
		f->ms[f->n] = took * 1e3;
		f->cpu_ms[f->n] = cpu_of(t.pid) * 1e3;
		f->rss[f->n] = peak_rss_mb(t.pid);
		f->bytes[f->n++] = (double)t.n;
	} else {
		remark("the first screen shows no rows");
	}
	terminal_end(&t, "Q");
	return shown;
}

/* The first one is thrown away: it fills the page cache. */
static void rows_first(const struct viewing *v)
{
	struct figures f = { .n = 0 };
	int times = v->b->full ? 21 : 7;
	double goal = v->feeds * v->b->corpus.entries <= 5000 ? 15 : 25;

	first_screen(v, &f);
	f.n = 0;
	for (int i = 0; i < times; i++)
		if (!first_screen(v, &f))
			break;
	row_of(v, "first-ms", quantile(f.ms, f.n, .5), GOAL_MOST, goal);
	row_of(v, "first-cpu-ms", quantile(f.cpu_ms, f.n, .5), GOAL_NONE, 0);
	row_of(v, "first-rss-mb", quantile(f.rss, f.n, .5), GOAL_MOST, 16);
	row_of(v, "first-bytes", quantile(f.bytes, f.n, .5), GOAL_NONE, 0);
}

/* value: pages missed, reads, statements, CPU milliseconds. */
static bool pages_work(void *self, double value[VALUES])
{
	struct viewing *v = self;
	long reads = reads_made();
	double began = cpu_now();
	struct store *s;
	struct error e;

	if (!fine(store_open(v->db, STORE_READ, &s, &e), &e))
		return false;
	if (!ask_first_screen(s, SCREEN_H, &e))
		return fine(e.code, &e);
	value[3] = (cpu_now() - began) * 1e3;
	value[0] = (double)store_counts(s).cache_miss;
	value[1] = reads < 0 ? NAN : (double)(reads_made() - reads);
	value[2] = (double)store_counts(s).statements;
	return true;
}

static void rows_pages(struct viewing *v)
{
	struct cost c;

	cost_of_work(pages_work, v, &c);
	if (!c.good)
		remark("the first screen's questions were not answered");
	row_of(v, "first-pages", c.value[0], GOAL_MOST, 40);
	row_of(v, "first-reads", c.value[1], GOAL_MOST, 60);
	row_of(v, "first-statements", c.value[2], GOAL_NONE, 0);
	row_of(v, "first-store-cpu-ms", c.value[3], GOAL_MOST, 6);
}

/* ---- keys ---- */

/* One key and its answer; what came beforehand is not counted. */
static void press(struct terminal *t, const char *key, struct figures *f)
{
	double cpu = cpu_of(t->pid), began = wall_now(), took;

	terminal_key(t, key);
	took = terminal_answer(t, began, PATIENCE_KEY, SILENCE_KEY);
	if (!f || took < 0)
		return;
	f->ms[f->n] = took * 1e3;
	f->cpu_ms[f->n] = (cpu_of(t->pid) - cpu) * 1e3;
	f->bytes[f->n++] = (double)t->n;
}

/* `first` is pressed `nfirst` times and `back` after each key, unweighed. NAN: no goal. */
struct key_row {
	const char *name, *first;
	int nfirst;
	const char *key, *back;
	int times;
	double bytes, bytes_p99, ms_p99, cpu_ms;
};

static const struct key_row key_rows[] = {
	{ "next", "j", 2, "j", NULL, 12, 280, 400, 2, .15 },
	{ "next-scrolled", "j", 22, "j", NULL, 16, 280, 400, 2, .15 },
	{ "page", NULL, 0, "\x06", NULL, 10, 3800, NAN, NAN, NAN },
	{ "open", NULL, 0, "\r", "h", 10, NAN, NAN, 3, NAN },
	{ "back", "\r", 1, "h", "\r", 10, NAN, NAN, 1.5, NAN },
	{ "scroll-article", "\r", 1, "j", NULL, 12, 130, NAN, NAN, NAN },
	{ "section", NULL, 0, "]", NULL, 12, NAN, NAN, NAN, NAN },
};

static void key_figure(const char *layout, const struct key_row *k, const char *what, double x,
		       double goal)
{
	char name[64];

	snprintf(name, sizeof name, "key-%s-%s-%s", layout, k->name, what);
	row(name, x, NAN, isnan(goal) ? GOAL_NONE : GOAL_MOST, goal);
}

static void weigh_key(struct terminal *t, const struct key_row *k, struct figures *f)
{
	for (int i = 0; i < k->nfirst; i++)
		press(t, k->first, NULL);
	for (int i = 0; i < k->times && f->n < TIMES_MOST; i++) {
		press(t, k->key, f);
		if (k->back)
			press(t, k->back, NULL);
	}
}

/* Each key in a lede of its own, so that none depends on what the others left behind. */
static void rows_key(const struct viewing *v, const char *layout, const struct key_row *k)
{
	struct figures f = { .n = 0 };
	struct terminal t;

	if (!start(v, &t))
		return;
	terminal_answer(&t, wall_now(), PATIENCE_START, SILENCE_START);
	weigh_key(&t, k, &f);
	terminal_end(&t, "Q");
	key_figure(layout, k, "bytes", quantile(f.bytes, f.n, .5), k->bytes);
	key_figure(layout, k, "bytes-p99", quantile(f.bytes, f.n, .99), k->bytes_p99);
	key_figure(layout, k, "ms", quantile(f.ms, f.n, .5), NAN);
	key_figure(layout, k, "ms-p99", quantile(f.ms, f.n, .99), k->ms_p99);
	key_figure(layout, k, "cpu-ms", quantile(f.cpu_ms, f.n, .5), k->cpu_ms);
}

/* The list beside the article, where a step also shows another article, and the list alone, which
 * is what peers have. */
static void rows_keys(struct viewing *v)
{
	static const char *const layouts[] = { "columns", "single" };

	for (int i = 0; i < 2; i++) {
		if (!set_layout(v, layouts[i]))
			return;
		for (size_t k = 0; k < sizeof key_rows / sizeof *key_rows; k++)
			rows_key(v, layouts[i], &key_rows[k]);
	}
}

void rows_screen(const struct bench *b, int feeds, bool keys)
{
	struct viewing v = { .b = b, .feeds = feeds };
	struct filling fill = { .b = b, .feeds = feeds, .db = v.db };
	struct cost c;

	snprintf(v.db, sizeof v.db, "%s/screen.db", b->folder);
	snprintf(v.list, sizeof v.list, "%s/screen.feeds", b->folder);
	snprintf(v.config, sizeof v.config, "%s/screen.config", b->folder);
	cost_of_work(cache_fill, &fill, &c);
	if (!c.good || !write_feed_list(b, feeds, v.list) || !set_layout(&v, "auto")) {
		remark("no cache to show");
		return;
	}
	rows_first(&v);
	rows_pages(&v);
	if (keys)
		rows_keys(&v);
	remove(v.db);
}
