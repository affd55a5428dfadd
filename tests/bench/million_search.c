/* What is searched for in a million entries: the first forty on a connection just opened. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lede/store/search.h"
#include "million.h"

#define FIRST 40
#define PATIENCE .1 /* seconds of CPU after which a reader is shown what there is */

/* Made of words by rank (0: the most frequent), and of Chinese ones behind them. */
struct question {
	const char *name;
	int word[2], words;
	int chinese[2], pairs;
	bool character; /* the first of them only */
	bool phrase, best, start;
	double cpu_ms; /* the goal; 0: none */
};
static const struct question questions[] = {
	{ .name = "1-character", .chinese = { 0 }, .pairs = 1, .character = true, .cpu_ms = 10 },
	{ .name = "2-characters", .chinese = { 0 }, .pairs = 1, .phrase = true, .cpu_ms = 10 },
	{ .name = "4-characters", .chinese = { 0, 1 }, .pairs = 2, .phrase = true, .cpu_ms = 10 },
	{ .name = "1-word-frequent", .word = { 3 }, .words = 1, .cpu_ms = 10 },
	{ .name = "1-word", .word = { 1000 }, .words = 1, .cpu_ms = 10 },
	{ .name = "1-word-rare", .word = { 59990 }, .words = 1, .cpu_ms = 10 },
	{ .name = "2-words-frequent", .word = { 3, 4 }, .words = 2, .cpu_ms = 10 },
	{ .name = "2-words", .word = { 500, 1000 }, .words = 2, .cpu_ms = 10 },
	{ .name = "2-words-that-never-meet", .word = { 0 }, .words = 1, .chinese = { 0 }, .pairs = 1,
	  .cpu_ms = 10 },
	{ .name = "start-of-a-word", .word = { 2000 }, .words = 1, .start = true, .cpu_ms = 10 },
	{ .name = "nothing", .cpu_ms = 10 },
	{ .name = "phrase-of-frequent-words", .word = { 3, 4 }, .words = 2, .phrase = true },
	{ .name = "phrase-that-is-rare", .word = { 200, 300 }, .words = 2, .phrase = true },
	{ .name = "best-first-1-word", .word = { 1000 }, .words = 1, .best = true },
	{ .name = "best-first-frequent", .word = { 3 }, .words = 1, .best = true },
};

static void add_chinese(const struct question *q, struct buf *text)
{
	for (int i = 0; i < q->pairs; i++)
		vocabulary_characters(q->chinese[i], text);
	if (q->character)
		buf_cut(text, 3);
}

static void make_query(const struct million *m, const struct question *q, struct buf *text,
		       struct search_query *out)
{
	*out = (struct search_query){ .after = INT64_MIN, .before = INT64_MAX, .best = q->best };
	if (q->words + q->pairs == 0)
		out->term[out->nterms++].text = STR("xyzzyplugh");
	for (int i = 0; i < q->words && !q->phrase; i++)
		out->term[out->nterms++] = (struct search_term){
			.text = str_of(vocabulary_word(m->corpus.words, q->word[i])),
			.start = q->start
		};
	for (int i = 0; i < q->words && q->phrase; i++)
		buf_addf(text, i ? " %s" : "%s", vocabulary_word(m->corpus.words, q->word[i]));
	add_chinese(q, text);
	if (text->n > 0)
		out->term[out->nterms++].text = buf_view(text);
}

struct asking {
	const struct million *m;
	const struct question *q;
	double until;
	long looked_at;
};

static bool enough(void *self)
{
	struct asking *a = self;

	a->looked_at++;
	return cpu_now() > a->until;
}

/* value: CPU milliseconds, pages, rows, entries looked at, whether that was all there is. */
static bool search(void *self, double value[VALUES])
{
	struct asking *a = self;
	struct arena *arena = arena_new();
	struct buf text = buf_limited(256);
	struct search_query q;
	struct search_page page;
	struct search *f;
	struct store *s;
	struct error e;
	double began;

	make_query(a->m, a->q, &text, &q);
	if (!fine(store_open(a->m->db, STORE_READ, &s, &e), &e))
		return false;
	began = cpu_now();
	a->until = began + PATIENCE;
	if (!fine(store_search(s, &q, &f, &e), &e) ||
	    !fine(store_search_next(f, FIRST, enough, a, arena, &page, &e), &e))
		return false;
	value[0] = (cpu_now() - began) * 1e3;
	value[1] = (double)store_counts(s).cache_miss;
	value[2] = (double)page.n;
	value[3] = (double)a->looked_at;
	value[4] = page.done;
	store_search_end(f);
	store_close(s);
	return true;
}

static void row_of(const char *name, const char *what, double value, double goal)
{
	char whole[80];

	snprintf(whole, sizeof whole, "million-search-%s-%s", name, what);
	row(whole, value, NAN, goal > 0 ? GOAL_MOST : GOAL_NONE, goal);
}

static void ask(const struct million *m, const struct question *q)
{
	struct asking a = { .m = m, .q = q };
	struct cost c;
	bool judged;

	cost_of_work(search, &a, &c);
	if (!c.good)
		remark("%s failed", q->name);
	/* The goals are said of phrases that one in ten candidates holds. */
	judged = q->cpu_ms > 0 && (!q->phrase || c.value[3] <= 10 * c.value[2]);
	row_of(q->name, "cpu-ms", c.value[0], judged ? q->cpu_ms : 0);
	row_of(q->name, "pages", c.value[1], judged ? 400 : 0);
	row_of(q->name, "found", c.value[2], 0);
	if (q->phrase && c.value[3] > FIRST)
		row_of(q->name, "candidate-cpu-us", c.value[0] * 1e3 / c.value[3], 60);
	if (q->phrase && c.value[2] < FIRST && c.value[4] < 1)
		remark("%s: %.0f looked at, %.0f found, then %.0f ms were over", q->name,
		       c.value[3], c.value[2], PATIENCE * 1e3);
}

void million_searches(const struct million *m)
{
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
		ask(m, &questions[i]);
}
