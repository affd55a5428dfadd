/* search - the index made of a cache, and what is asked of it: words out of its own titles. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexed.h"
#include "lede/store/search.h"
#include "lede/text/html.h"
#include "lede/text/utf8.h"
#include "rows.h"

#define ROOM 512
#define FIRST 40

struct searched {
	const struct bench *b;
	char db[ROOM];
	double entries, text;
};

/* ---- the index ---- */

/* value: seconds of indexing, of merging; megabytes of the index; entries. */
static bool index_work(void *self, double value[VALUES])
{
	const struct searched *g = self;
	struct indexing i;

	if (!index_all(g->db, &i))
		return false;
	value[0] = i.indexed_s;
	value[1] = i.merged_s;
	value[3] = (double)i.entries;
	return true;
}

/* Bytes of what is indexed. */
static double text_of(struct store *s, int64_t id, struct str title)
{
	struct buf html = buf_limited(32 << 20), text = buf_limited(32 << 20);
	double n = (double)title.n + 1;

	if (store_body(s, id, &html, NULL) == ERR_NONE &&
	    html_to_text(buf_view(&html), &text) == ERR_NONE)
		n += (double)text.n;
	buf_free(&html);
	buf_free(&text);
	return n;
}

/* value: megabytes of text, entries, of a sample of the newest 2,000. */
static bool text_work(void *self, double value[VALUES])
{
	struct searched *g = self;
	struct list_query q = { .list = LIST_LATEST, .limit = 2000 };
	struct arena *a = arena_new();
	struct entry_row *row;
	struct store *s;
	struct error e;
	size_t n;

	if (!fine(store_open(g->db, STORE_READ, &s, &e), &e) ||
	    !fine(store_list(s, &q, a, &row, &n, &e), &e))
		return false;
	for (size_t i = 0; i < n; i++)
		value[0] += text_of(s, row[i].id, row[i].title) / 1e6;
	value[1] = (double)n;
	store_close(s);
	arena_free(a);
	return n > 0;
}

static double index_mb(const struct searched *g)
{
	char path[ROOM + 16];
	struct stat st;

	snprintf(path, sizeof path, "%.*s-search.db", (int)strlen(g->db) - 3, g->db);
	return stat(path, &st) == 0 ? (double)st.st_size / 1e6 : NAN;
}

/* ---- what is asked ---- */

struct question {
	const char *name;
	bool chinese;
	int from, words; /* of a title: words, or characters */
	bool phrase;
};
static const struct question questions[] = {
	{ "search-1-character", true, 0, 1, true }, { "search-2-characters", true, 0, 2, true },
	{ "search-4-characters", true, 0, 4, true }, { "search-1-word", false, 0, 1, false },
	{ "search-2-words", false, 0, 2, false }, { "search-phrase", false, 0, 2, true },
	{ "search-nothing", false, 0, 0, false },
};

static bool is_chinese(struct str s)
{
	return s.n > 3 && (unsigned char)s.p[0] >= 0xE4;
}

/* The first words, or characters, of a title. */
static struct str beginning(struct str title, const struct question *ask)
{
	size_t at = 0, n;

	for (int i = 0; i < ask->words && at < title.n; i++) {
		if (ask->chinese) {
			utf8_at(title, at, &n);
			at += n;
			continue;
		}
		while (at < title.n && (title.p[at] != ' ' || i + 1 < ask->words))
			if (title.p[at++] == ' ')
				break;
	}
	return str_sub(title, 0, at);
}

static void add_terms(struct search_query *q, struct str text, bool phrase)
{
	struct str word;

	if (phrase) {
		q->term[q->nterms++].text = text;
		return;
	}
	while (str_next(&text, ' ', &word))
		if (word.n > 0)
			q->term[q->nterms++].text = word;
}

/* A question made of the newest title of its language. */
static bool make_question(struct store *s, const struct question *ask, struct arena *a,
                          struct search_query *q)
{
	struct list_query list = { .list = LIST_LATEST, .limit = 200 };
	struct entry_row *row;
	struct error e;
	size_t n, i = 0;

	*q = (struct search_query){ .after = INT64_MIN, .before = INT64_MAX };
	if (ask->words == 0) {
		q->term[q->nterms++].text = STR("xyzzyplugh");
		return true;
	}
	if (!fine(store_list(s, &list, a, &row, &n, &e), &e))
		return false;
	while (i < n && is_chinese(row[i].title) != ask->chinese)
		i++;
	if (i == n)
		return false;
	add_terms(q, beginning(row[i].title, ask), ask->phrase);
	return q->nterms > 0;
}

struct asking {
	const struct searched *g;
	const struct question *ask;
};

/* value: milliseconds of the first forty on a connection just opened; pages; rows. */
static bool search_work(void *self, double value[VALUES])
{
	struct asking *w = self;
	struct arena *a = arena_new();
	struct search_query q;
	struct search_page page;
	struct search *f;
	struct store *s;
	struct error e;
	uint64_t pages;
	double began;

	if (!fine(store_open(w->g->db, STORE_READ, &s, &e), &e) ||
	    !make_question(s, w->ask, a, &q))
		return false;
	pages = store_counts(s).cache_miss;
	began = cpu_now();
	if (!fine(store_search(s, &q, &f, &e), &e) ||
	    !fine(store_search_next(f, FIRST, NULL, NULL, a, &page, &e), &e))
		return false;
	value[0] = (cpu_now() - began) * 1e3;
	value[1] = (double)(store_counts(s).cache_miss - pages);
	value[2] = (double)page.n;
	store_search_end(f);
	store_close(s);
	arena_free(a);
	return true;
}

static void ask(const struct searched *g, const struct question *question)
{
	struct asking w = { g, question };
	char name[64];
	struct cost c;

	cost_of_work(search_work, &w, &c);
	if (!c.good)
		remark("%s failed", question->name);
	snprintf(name, sizeof name, "%s-cpu-ms", question->name);
	row(name, c.value[0], NAN, GOAL_MOST, 10);
	snprintf(name, sizeof name, "%s-pages", question->name);
	row(name, c.value[1], NAN, GOAL_MOST, 400);
	snprintf(name, sizeof name, "%s-found", question->name);
	row(name, c.value[2], NAN, GOAL_NONE, 0);
}

void rows_search(const struct bench *b, int feeds)
{
	struct searched g = { .b = b };
	struct filling fill = { .b = b, .feeds = feeds, .db = g.db };
	struct cost c, text;

	snprintf(g.db, sizeof g.db, "%s/searched.db", b->folder);
	cost_of_work(cache_fill, &fill, &c);
	if (c.good)
		cost_of_work(index_work, &g, &c);
	if (!c.good)
		remark("indexing failed");
	cost_of_work(text_work, &g, &text);
	remark("%.0f entries, %.1f kB of text each", c.value[3],
	       text.value[0] * 1e3 / text.value[1]);
	row("index-entry-cpu-us", c.value[0] * 1e6 / c.value[3], NAN, GOAL_NONE, 0);
	row("index-entry-of-2.6-kb-cpu-us",
	    c.value[0] * 2600 / (text.value[0] / text.value[1] * c.value[3]), NAN, GOAL_MOST, 260);
	row("index-merge-entry-cpu-us", c.value[1] * 1e6 / c.value[3], NAN, GOAL_NONE, 0);
	row("index-rss-mb", c.rss_mb, NAN, GOAL_MOST, 60);
	row("index-written-mb", c.written_mb, NAN, GOAL_NONE, 0);
	row("index-of-text", index_mb(&g) / (text.value[0] / text.value[1] * c.value[3]), NAN,
	    GOAL_MOST, .45);
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
		ask(&g, &questions[i]);
	search_index_drop(g.db);
	unlink(g.db);
}
