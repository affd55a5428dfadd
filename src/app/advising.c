#include "advising.h"

#include <stdlib.h>

#include "lede/app/query.h"

enum {
	LETTERS = 26,
	LEAST_WORD = 4, MOST_WORD = 24, /* letters of a word that may be misspelt */
	COMPARED = 20,            /* entries counted to tell which spelling is the likelier one */
	COUNTED = 1000            /* entries counted to be told */
};

struct advising {
	struct buf words, limits; /* of the query, apart */
	int64_t now;
	bool begun;
	size_t from, to;          /* the word of `words` that is spelt otherwise; from == n: none is left */
	int next;                 /* the next spelling of it */
	struct buf tried, best;
	int64_t best_found;
	struct search_advice advice;
};

struct advising *advising_new(struct str query, int64_t now)
{
	struct advising *v = mem_new(sizeof *v);

	v->now = now;
	v->words = v->limits = v->tried = v->best = buf_limited(QUERY_MAX);
	query_split(query, &v->words, &v->limits);
	return v;
}

void advising_free(struct advising *v)
{
	if (!v)
		return;
	buf_free(&v->words);
	buf_free(&v->limits);
	buf_free(&v->tried);
	buf_free(&v->best);
	free(v);
}

/* How many entries a query finds, `most` at most. What goes wrong finds nothing. */
static int64_t count(const struct advising *v, struct store *s, struct str words, int most)
{
	struct arena *a = arena_new();
	struct search_query *q = arena_alloc(a, sizeof *q);
	struct search *f = NULL;
	struct search_page page = { .n = 0 };
	struct error e;

	if (query_parse(words, v->now, a, q, &e) == ERR_NONE &&
	    store_search(s, q, &f, &e) == ERR_NONE &&
	    store_search_next(f, most, NULL, NULL, a, &page, &e) != ERR_NONE)
		page.n = 0;
	store_search_end(f);
	arena_free(a);
	return (int64_t)page.n;
}

static int64_t oldest(struct store *s)
{
	const struct list_query q = { .list = LIST_LATEST, .way = LIST_NEWER, .limit = 1 };
	struct arena *a = arena_new();
	struct entry_row *row;
	struct error e;
	int64_t time = 0;
	size_t n;

	if (store_list(s, &q, a, &row, &n, &e) == ERR_NONE && n > 0)
		time = row[0].time;
	arena_free(a);
	return time;
}

/* ---- other spellings ---- */

/* The next word behind `at` that somebody may have misspelt: letters of ASCII, bare. */
static void next_word(struct advising *v, size_t at)
{
	struct str s = buf_view(&v->words);

	for (v->next = 0; at < s.n; at = v->to + 1) {
		bool letters = true;

		v->from = v->to = at;
		for (; v->to < s.n && s.p[v->to] != ' '; v->to++)
			letters = letters && ascii_lower(s.p[v->to]) >= 'a' &&
			          ascii_lower(s.p[v->to]) <= 'z';
		if (letters && v->to - v->from >= LEAST_WORD && v->to - v->from <= MOST_WORD)
			return;
	}
	v->from = v->to = s.n;
}

static char letter(int i)
{
	return (char)('a' + i);
}

/* Spelling number i of a word of n letters: two neighbours changed, one left out, another one in
 * its place, one more. False: there are no so many. */
static bool spell(const char *word, int n, int i, struct buf *out)
{
	struct str w = { word, (size_t)n };
	int at;

	if (i < n - 1) {
		buf_add(out, str_sub(w, 0, (size_t)i));
		buf_add_char(out, word[i + 1]);
		buf_add_char(out, word[i]);
		buf_add(out, str_sub(w, (size_t)i + 2, w.n));
		return true;
	}
	i -= n - 1;
	if (i < n) {
		buf_add(out, str_sub(w, 0, (size_t)i));
		buf_add(out, str_sub(w, (size_t)i + 1, w.n));
		return true;
	}
	i -= n;
	at = i % (2 * n + 1);
	buf_add(out, str_sub(w, 0, (size_t)(at / 2)));
	buf_add_char(out, letter(i / (2 * n + 1)));
	buf_add(out, str_sub(w, (size_t)(at / 2 + at % 2), w.n));
	return i < LETTERS * (2 * n + 1);
}

/* The words with the next spelling in their place; false: it was the last of this word. */
static bool next_spelling(struct advising *v)
{
	struct str s = buf_view(&v->words);

	buf_clear(&v->tried);
	buf_add(&v->tried, str_sub(s, 0, v->from));
	if (!spell(s.p + v->from, (int)(v->to - v->from), v->next++, &v->tried))
		return false;
	buf_add(&v->tried, str_sub(s, v->to, s.n));
	return true;
}

static void try_spelling(struct advising *v, struct store *s)
{
	int64_t found;

	if (!next_spelling(v)) {
		next_word(v, v->to + 1);
		return;
	}
	found = count(v, s, buf_view(&v->tried), COMPARED);
	if (found <= v->best_found)
		return;
	v->best_found = found;
	buf_clear(&v->best);
	buf_add(&v->best, buf_view(&v->tried));
}

/* ---- all of it ---- */

static void begin(struct advising *v, struct store *s)
{
	v->begun = true;
	v->advice.since = oldest(s);
	if (v->limits.n > 0 && v->words.n > 0)
		v->advice.without_found = count(v, s, buf_view(&v->words), COUNTED);
	next_word(v, v->advice.without_found > 0 ? v->words.n : 0);
}

bool advising_go_on(struct advising *v, struct store *s, bool (*enough)(void *self), void *self)
{
	if (!v->begun)
		begin(v, s);
	while (v->from < v->words.n) {
		if (enough(self))
			return false;
		try_spelling(v, s);
	}
	return true;
}

static struct str kept(struct arena *a, const struct buf *b)
{
	return (struct str){ arena_copy(a, buf_cstr(b), b->n), b->n };
}

const struct search_advice *advising_taken(const struct advising *v, struct store *s,
                                           struct arena *a)
{
	struct search_advice *out = arena_alloc(a, sizeof *out);

	*out = v->advice;
	if (v->best_found > 0)
		out->instead_found = count(v, s, buf_view(&v->best), COUNTED);
	out->words = kept(a, &v->words);
	out->limits = kept(a, &v->limits);
	out->instead = kept(a, &v->best);
	return out;
}
