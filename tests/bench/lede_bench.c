/* lede_bench - what lede costs, as rows `name lede anchor ratio goal met`: PERFORMANCE.md, "What
 * make bench prints".
 *
 * LEDE is the program, LEDE_BENCH quick, full or refresh. Quick: refreshes of 100 feeds, 50,000
 * entries on the screen. Full: 1,000 feeds and 5,000 entries as well, and a line with 100 ms.
 * Refresh: nothing but refreshes, of LEDE_BENCH_FEEDS feeds (1,000) with LEDE_BENCH_ENTRIES entries
 * (50). Everything is on 127.0.0.1 and in a scratch folder under TMPDIR.
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rows.h"

#define SEED 1
#define ENTRIES 50
#define FEEDS 1000
#define FEEDS_QUICK 100
#define SEARCH_FEEDS 1000 /* 50,000 entries */

static void tell_machine(const struct bench *b)
{
	double load[3] = { 0, 0, 0 };

	if (getloadavg(load, 3) < 3)
		load[0] = -1;
	remark("load %.2f %.2f %.2f, %ld processors, %s; cpu is user and system", load[0], load[1],
	       load[2], sysconf(_SC_NPROCESSORS_ONLN), b->full ? "full" : b->only_refresh ? "refresh" : "quick");
	if (load[0] > 3)
		remark("others are at work: trust only cpu, bytes and counts");
}

static void refreshes(const struct bench *b, int feeds)
{
	struct anchors a;
	double cold;

	rows_anchors(b, feeds, &a);
	cold = rows_refresh(b, &a);
	if (feeds > FEEDS_QUICK)
		return;
	rows_parse(b, feeds);
	rows_store(b, &a);
	if (b->full)
		rows_peers(b, feeds, cold);
}

static void run(struct bench *b)
{
	struct anchors a;

	if (b->only_refresh) {
		rows_anchors(b, b->corpus.feeds, &a);
		rows_refresh(b, &a);
		return;
	}
	if (b->only_screen) {
		rows_screen(b, FEEDS_QUICK, true);
		return;
	}
	refreshes(b, FEEDS_QUICK);
	if (b->full)
		refreshes(b, FEEDS);
	rows_folding(b);
	rows_search(b, b->full ? SEARCH_FEEDS : FEEDS_QUICK);
	if (b->full)
		rows_screen(b, FEEDS_QUICK, false);
	rows_screen(b, FEEDS, true);
}

/* The corpus that is served; what is on the screen is made anew from the same seed, a thousand
 * feeds of it. */
static bool prepare(struct bench *b)
{
	struct corpus served = b->corpus;
	char corpus[512];
	bool packed = false;

	snprintf(corpus, sizeof corpus, "%s/corpus", b->folder);
	if (!b->only_refresh)
		served.feeds = b->full ? FEEDS : FEEDS_QUICK;
	if (mkdir(corpus, 0700) != 0 || !corpus_write(&served, corpus, &packed))
		return false;
	if (!packed)
		remark("no gzip in PATH: feeds are served as they are");
	return web_start(&served, corpus, packed, &b->web);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

/* No user's configuration, no proxy, one locale, a terminal everybody has. */
static void set_environment(const char *folder)
{
	setenv("HOME", folder, 1);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TZ", "UTC0", 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_DATA_HOME");
	unsetenv("http_proxy");
	unsetenv("all_proxy");
}

static int wanted(const char *variable, int usual)
{
	const char *n = getenv(variable);

	return n && atoi(n) > 0 ? atoi(n) : usual;
}

int main(void)
{
	const char *how = getenv("LEDE_BENCH"), *lede = getenv("LEDE"), *tmp = getenv("TMPDIR");
	struct bench b = {
		.full = how && strcmp(how, "full") == 0,
		.only_refresh = how && strcmp(how, "refresh") == 0,
		.only_screen = how && strcmp(how, "screen") == 0,
		.lede = lede ? lede : "./lede",
		.corpus = { .seed = SEED, .feeds = FEEDS, .entries = ENTRIES }
	};
	struct vocabulary *words = vocabulary_new();
	char folder[256];

	b.corpus.words = words;
	if (b.only_refresh) {
		b.corpus.feeds = wanted("LEDE_BENCH_FEEDS", FEEDS);
		b.corpus.entries = wanted("LEDE_BENCH_ENTRIES", ENTRIES);
	}
	snprintf(folder, sizeof folder, "%s/lede-bench.XXXXXX", tmp ? tmp : "/tmp");
	b.folder = mkdtemp(folder);
	if (!b.folder) {
		remark("no scratch folder under %s", tmp ? tmp : "/tmp");
		return 0;
	}
	set_environment(folder);
	tell_machine(&b);
	if (prepare(&b))
		run(&b);
	else
		remark("the corpus could not be made");
	web_stop(&b.web);
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	vocabulary_free(words);
	return 0;
}
