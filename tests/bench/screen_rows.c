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
#define REST_KEY 250        /* what follows when the cursor has rested has begun by then */
#define IDLE_MS 10000
#define TIMES_MOST 64

struct viewing {
	const struct bench *b;
	int feeds;
	char db[400], list[400], config[400];
};
struct figures {
	double ms[TIMES_MOST], cpu_ms[TIMES_MOST], bytes[TIMES_MOST], rss[TIMES_MOST];
	double writes[TIMES_MOST], follow[TIMES_MOST];
	size_t n;
};

static void row_of(const struct viewing *v, const char *what, double lede, enum goal kind,
		   double goal)
{
	char name[64];

	snprintf(name, sizeof name, "screen-%dk-%s", entries_of(v->b, v->feeds) / 1000, what);
	row(name, lede, NAN, kind, goal);
}

static bool set_config(const struct viewing *v, const char *text)
{
	FILE *config = fopen(v->config, "w");

	if (!config)
		return false;
	fprintf(config, "%s", text);
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

/* Calls of write() of the whole process so far; NAN: the system does not say. */
static double writes_of(pid_t pid)
{
	char path[64], line[128];
	double n = NAN;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/io", (int)pid);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof line, file))
		if (strncmp(line, "syscw: ", 7) == 0)
			n = atof(line + 7);
	if (file)
		fclose(file);
	return n;
}

/* One key and its answer; what came beforehand is not counted. What follows once the cursor rests
 * is counted apart. */
static void press(struct terminal *t, const char *key, bool rests, struct figures *f)
{
	double cpu = cpu_of(t->pid), writes = writes_of(t->pid), began = wall_now(), took;

	terminal_key(t, key);
	took = terminal_answer(t, began, PATIENCE_KEY, SILENCE_KEY);
	if (f && took >= 0) {
		f->ms[f->n] = took * 1e3;
		f->cpu_ms[f->n] = (cpu_of(t->pid) - cpu) * 1e3;
		f->writes[f->n] = writes_of(t->pid) - writes;
		f->bytes[f->n] = (double)t->n;
	}
	if (rests)
		terminal_answer(t, wall_now(), REST_KEY, SILENCE_KEY);
	if (f && took >= 0)
		f->follow[f->n++] = rests ? (double)t->n : 0;
}

/* `first` is pressed `nfirst` times and `back` after each key, unweighed. `rests`: the article
 * follows the key. NAN: no goal. */
struct key_row {
	const char *name, *first;
	int nfirst;
	const char *key, *back;
	int times;
	bool rests;
	double ms_p99, cpu_ms;
};

static const struct key_row key_rows[] = {
	{ "next", "j", 2, "j", NULL, 12, true, 2, .15 },
	{ "next-scrolled", "j", 22, "j", NULL, 16, true, 2, .15 },
	{ "page", NULL, 0, "\x06", NULL, 10, true, NAN, NAN },
	{ "open", NULL, 0, "\r", "h", 10, false, 3, NAN },
	{ "back", "\r", 1, "h", "\r", 10, false, 1.5, NAN },
	{ "scroll-article", "\r", 1, "j", NULL, 12, false, NAN, NAN },
	{ "section", NULL, 0, "]", NULL, 12, false, NAN, NAN },
};
enum { KEY_ROWS = sizeof key_rows / sizeof *key_rows };

/* A layout, and the most bytes a key may cost in it: median, 99th percentile. What a terminal cannot
 * move - one pane beside another - is written. */
struct key_layout {
	const char *name, *config;
	struct { double bytes, p99; } most[KEY_ROWS];
};

static const struct key_layout key_layouts[] = {
	{ "columns", "layout = columns\n",
	  { { 150, 400 }, { 2600, NAN }, { 3800, NAN }, { NAN, NAN }, { NAN, NAN }, { 2600, NAN }, { NAN, NAN } } },
	{ "stacked", "layout = stacked\n",
	  { { 150, 400 }, { 280, 400 }, { 3800, NAN }, { NAN, NAN }, { NAN, NAN }, { 130, NAN }, { NAN, NAN } } },
	{ "single", "layout = single\n",
	  { { 150, 400 }, { 280, 400 }, { 3800, NAN }, { NAN, NAN }, { NAN, NAN }, { 130, NAN }, { NAN, NAN } } },
	{ "low", "low-bandwidth = yes\n",
	  { { 60, NAN }, { 60, NAN }, { 3800, NAN }, { NAN, NAN }, { NAN, NAN }, { 130, NAN }, { NAN, NAN } } },
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
		press(t, k->first, false, NULL);
	for (int i = 0; i < k->times && f->n < TIMES_MOST; i++) {
		press(t, k->key, k->rests, f);
		if (k->back)
			press(t, k->back, false, NULL);
	}
}

/* Each key in a lede of its own, so that none depends on what the others left behind. */
static void rows_key(const struct viewing *v, const struct key_layout *l, size_t which)
{
	const struct key_row *k = &key_rows[which];
	struct figures f = { .n = 0 };
	struct terminal t;

	if (!start(v, &t))
		return;
	terminal_answer(&t, wall_now(), PATIENCE_START, SILENCE_START);
	weigh_key(&t, k, &f);
	terminal_end(&t, "Q");
	key_figure(l->name, k, "bytes", quantile(f.bytes, f.n, .5), l->most[which].bytes);
	key_figure(l->name, k, "bytes-p99", quantile(f.bytes, f.n, .99), l->most[which].p99);
	key_figure(l->name, k, "writes", quantile(f.writes, f.n, .5), k->rests ? 1 : NAN);
	if (k->rests)
		key_figure(l->name, k, "follow-bytes", quantile(f.follow, f.n, .5), 2600);
	key_figure(l->name, k, "ms", quantile(f.ms, f.n, .5), NAN);
	key_figure(l->name, k, "ms-p99", quantile(f.ms, f.n, .99), k->ms_p99);
	key_figure(l->name, k, "cpu-ms", quantile(f.cpu_ms, f.n, .5), k->cpu_ms);
}

/* Nobody does anything: nothing is sent. */
static void rows_idle(const struct viewing *v)
{
	struct terminal t;

	if (!start(v, &t))
		return;
	terminal_answer(&t, wall_now(), PATIENCE_START, 2 * SILENCE_START);
	terminal_answer(&t, wall_now(), IDLE_MS, SILENCE_KEY);
	row("screen-idle-bytes-10-s", (double)t.n, NAN, GOAL_MOST, 0);
	terminal_end(&t, "Q");
}

static void rows_keys(struct viewing *v)
{
	for (size_t i = 0; i < sizeof key_layouts / sizeof *key_layouts; i++) {
		if (!set_config(v, key_layouts[i].config))
			return;
		for (size_t k = 0; k < KEY_ROWS; k++)
			rows_key(v, &key_layouts[i], k);
	}
	rows_idle(v);
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
	if (!c.good || !write_feed_list(b, feeds, v.list) || !set_config(&v, "")) {
		remark("no cache to show");
		return;
	}
	rows_first(&v);
	rows_pages(&v);
	if (keys)
		rows_keys(&v);
	remove(v.db);
}
