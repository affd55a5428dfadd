/* Deleting a tenth of a million entries, in slices as the reader's writer makes them, while another
 * process asks for the newest forty. */
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lede/base/mem.h"
#include "lede/store/entries.h"
#include "lede/store/retention.h"
#include "million.h"

#define SLICE .05           /* seconds: as in src/app/writer.c */
#define PAUSE 20000000      /* nanoseconds */
#define READ_PAUSE 2000000
#define READS 200000
#define SLICES 20000
#define FIRST 40

/* Between the two processes. */
struct shared {
	volatile sig_atomic_t stop;
	size_t reads;
	double ms[READS], cpu_ms[READS];
};

static void rest(long nanoseconds)
{
	struct timespec t = { 0, nanoseconds };

	nanosleep(&t, NULL);
}

/* ---- who reads ---- */

static bool read_once(struct store *s, struct shared *h)
{
	struct list_query q = { .list = LIST_LATEST, .limit = FIRST };
	struct arena *a = arena_new();
	double began = wall_now(), cpu = cpu_now();
	struct entry_row *rows;
	struct error e;
	size_t n;
	bool good = fine(store_list(s, &q, a, &rows, &n, &e), &e) && n == FIRST;

	h->ms[h->reads] = (wall_now() - began) * 1e3;
	h->cpu_ms[h->reads++] = (cpu_now() - cpu) * 1e3;
	arena_free(a);
	return good;
}

static pid_t start_reader(const struct million *m, struct shared *h)
{
	pid_t pid = fork();
	struct store *s;
	struct error e;

	if (pid != 0)
		return pid;
	if (!fine(store_open(m->db, STORE_READ, &s, &e), &e))
		_exit(1);
	while (!h->stop && h->reads < READS) {
		if (!read_once(s, h))
			_exit(1);
		rest(READ_PAUSE);
	}
	_exit(0);
}

/* ---- who deletes ---- */

static bool goes_on(void *self)
{
	return wall_now() < *(double *)self;
}

static struct retention *rules(const struct million *m)
{
	struct keep_rule *rule = mem_array((size_t)m->corpus.feeds, sizeof *rule);
	struct retention *r;

	for (int i = 0; i < m->corpus.feeds; i++)
		rule[i] = (struct keep_rule){ i + 1, KEEP_ALL, m->corpus.entries * 9 / 10 };
	r = retention_new(rule, (size_t)m->corpus.feeds, CORPUS_NOW);
	free(rule);
	return r;
}

/* Slices until nothing is left; `ms` of each, and their CPU seconds. */
static bool delete_all(struct store *s, struct retention *r, double *ms, size_t *n, double *cpu)
{
	struct error e;
	bool done = false;

	while (!done && *n < SLICES) {
		double began = wall_now(), cpu_began = cpu_now(), until = began + SLICE;

		if (!fine(retention_step(r, s, goes_on, &until, &done, &e), &e))
			return false;
		ms[(*n)++] = (wall_now() - began) * 1e3;
		*cpu += cpu_now() - cpu_began;
		rest(PAUSE);
	}
	return done;
}

/* value: entries deleted, CPU microseconds of each, slices' median, p99 and longest ms. */
static bool keep(void *self, double value[VALUES])
{
	const struct million *m = self;
	double *ms = mem_array(SLICES, sizeof *ms), cpu = 0;
	struct retention *r = rules(m);
	struct store *s;
	struct error e;
	size_t n = 0;

	if (!fine(store_open(m->db, STORE_WRITE, &s, &e), &e) || !delete_all(s, r, ms, &n, &cpu))
		return false;
	value[0] = (double)retention_deleted(r);
	value[1] = value[0] > 0 ? cpu * 1e6 / value[0] : 0; /* a cache that was measured before */
	value[2] = quantile(ms, n, .5);
	value[3] = quantile(ms, n, .99);
	value[4] = ms[n - 1];
	store_close(s);
	return true;
}

static void rows_of_reader(struct shared *h, bool good)
{
	row("million-keep-reader-reads", (double)h->reads, NAN, GOAL_NONE, 0);
	row("million-keep-reader-failed", good ? 0 : 1, NAN, GOAL_MOST, 0);
	row("million-keep-reader-median-ms", quantile(h->ms, h->reads, .5), NAN, GOAL_NONE, 0);
	row("million-keep-reader-p99-ms", quantile(h->ms, h->reads, .99), NAN, GOAL_MOST, 1);
	row("million-keep-reader-p99-cpu-ms", quantile(h->cpu_ms, h->reads, .99), NAN, GOAL_NONE, 0);
}

void million_keep(const struct million *m)
{
	struct shared *h = mmap(NULL, sizeof *h, PROT_READ | PROT_WRITE,
				MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct cost c;
	pid_t reader;
	int status = -1;

	if (h == MAP_FAILED)
		return;
	fflush(NULL);
	reader = start_reader(m, h);
	cost_of_work(keep, (void *)(uintptr_t)m, &c);
	h->stop = 1;
	if (reader > 0)
		waitpid(reader, &status, 0);
	if (!c.good)
		remark("deleting failed");
	row("million-keep-entries-deleted", c.value[0], NAN, GOAL_NONE, 0);
	row("million-keep-entry-cpu-us", c.value[1], NAN, GOAL_MOST, 100);
	row("million-keep-slice-median-ms", c.value[2], NAN, GOAL_NONE, 0);
	row("million-keep-slice-p99-ms", c.value[3], NAN, GOAL_MOST, 150);
	row("million-keep-slice-longest-ms", c.value[4], NAN, GOAL_MOST, 150);
	row("million-keep-written-mb", c.written_mb, NAN, GOAL_NONE, 0);
	rows_of_reader(h, status == 0);
	munmap(h, sizeof *h);
}
