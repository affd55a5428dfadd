#include "search_plan.h"

#include <stdlib.h>

#include "lede/text/fold_form.h"

#define FEW_ENTRIES 1000 /* of feeds: verified one by one, 50 us each */
#define SPAN_ENTRIES 20000 /* looked at to turn dates into ids: 2 ms */

/* ---- needles ---- */

static bool is_plain(const struct search_term *t)
{
	return !t->without;
}

static enum err make_needles(struct plan *p, struct arena *a, struct error *e)
{
	for (size_t i = 0; i < p->q.nterms; i++) {
		const struct search_term *t = &p->q.term[i];

		if (!needle_of(t->text, t->start, a, &p->needle[i]))
			return error_set(e, ERR_USAGE, "“%.*s” has more than %d words side by side",
			                 (int)(t->text.n < 80 ? t->text.n : 80), t->text.p,
			                 NEEDLE_TOKENS);
		if (p->needle[i].n == 0)
			return error_set(e, ERR_USAGE, "there is no word to search for in “%.*s”",
			                 (int)(t->text.n < 80 ? t->text.n : 80), t->text.p);
	}
	p->nneedles = p->q.nterms;
	return ERR_NONE;
}

/* For best first: the words as they were written, one behind the other. */
static void add_joined(struct plan *p, struct arena *a)
{
	struct buf all = buf_limited(64 << 10);
	size_t n = 0;

	for (size_t i = 0; i < p->q.nterms; i++) {
		if (!is_plain(&p->q.term[i]))
			continue;
		n += buf_add(&all, p->q.term[i].text) == ERR_NONE;
		buf_add_char(&all, ' ');
	}
	if (n > 1 && needle_of(buf_view(&all), false, a, &p->needle[p->nneedles]))
		p->nneedles++;
	buf_free(&all);
}

/* ---- what FTS5 is asked ---- */

/* Nothing in a token is anything to FTS5: letters, digits, vowels. */
static void add_token(struct buf *match, const char *before, struct str word, bool start)
{
	buf_add_cstr(match, before);
	buf_add_char(match, '"');
	buf_add(match, word);
	buf_add_cstr(match, start ? "\" * " : "\" ");
}

/* Without positions: all of its words. */
static void add_words(struct buf *match, const struct needle *d)
{
	for (int i = 0; i < d->n; i++)
		add_token(match, match->n > 0 ? "AND " : "", d->word[i],
		          d->start && i == d->n - 1);
}

/* With positions: side by side. */
static void add_phrase(struct buf *match, const struct needle *d)
{
	for (int i = 0; i < d->n; i++)
		add_token(match, i > 0 ? "+ " : match->n > 0 ? "AND " : "", d->word[i],
		          d->start && i == d->n - 1);
}

static struct str keep(struct buf *b, struct arena *a)
{
	struct str s = { arena_copy(a, buf_cstr(b), b->n), b->n };

	buf_free(b);
	return s;
}

static struct str body_match_of(const struct plan *p, struct arena *a)
{
	struct buf match = buf_limited(1 << 20);

	for (size_t i = 0; i < p->q.nterms; i++)
		if (is_plain(&p->q.term[i]))
			add_words(&match, &p->needle[i]);
	/* of what must not be there the index can say only single words of texts */
	for (size_t i = 0; i < p->q.nterms; i++)
		if (!is_plain(&p->q.term[i]) && !p->q.term[i].title && p->needle[i].n == 1)
			add_token(&match, "NOT ", p->needle[i].word[0], p->needle[i].start);
	return keep(&match, a);
}

static struct str title_match_of(const struct plan *p, struct arena *a)
{
	struct buf match = buf_limited(1 << 20);

	for (size_t i = 0; i < p->q.nterms; i++)
		if (is_plain(&p->q.term[i]))
			add_phrase(&match, &p->needle[i]);
	return keep(&match, a);
}

static bool index_says_all(const struct plan *p)
{
	for (size_t i = 0; i < p->q.nterms; i++) {
		const struct search_term *t = &p->q.term[i];

		if (p->way == WALK_TITLES ? t->without : t->title || p->needle[i].n > 1)
			return false;
	}
	return p->way == WALK_TITLES || p->way == WALK_BODIES;
}

/* ---- feeds ---- */

static bool holds(struct str where, struct str folded)
{
	struct buf form = buf_limited(1 << 16);
	bool is = fold_form(where, &form) == ERR_NONE &&
	          str_find_str(buf_view(&form), folded) != SIZE_MAX;

	buf_free(&form);
	return is;
}

struct feeds {
	struct plan *p;
	struct buf form[SEARCH_FEEDS_MAX];
	bool seen[SEARCH_FEEDS_MAX];
	int64_t entries;
	size_t n, cap;
	int64_t *id;
};

/* -1: one that must not be is like it; 1: one that may be is. */
static int judge_feed(struct feeds *w, struct str title, struct str url)
{
	int wanted = 0;

	for (size_t i = 0; i < w->p->q.nfeeds; i++) {
		if (!holds(title, buf_view(&w->form[i])) && !holds(url, buf_view(&w->form[i])))
			continue;
		w->seen[i] = true;
		if (w->p->q.feed[i].without)
			return -1;
		wanted = 1;
	}
	return wanted;
}

static void take_feed(struct feeds *w, const struct query *q)
{
	int is = judge_feed(w, col_str(q, 1), col_str(q, 2));

	if (w->p->feeds_are_wanted ? is <= 0 : is == 0)
		return;
	map_put(w->p->feed, (uint64_t)col_int(q, 0), 1);
	w->entries += col_int(q, 3);
	w->id = mem_grow(w->id, &w->cap, w->n + 1, sizeof *w->id);
	w->id[w->n++] = col_int(q, 0);
}

static enum err all_were_seen(const struct feeds *w, struct error *e)
{
	for (size_t i = 0; i < w->p->q.nfeeds; i++)
		if (!w->seen[i] && !w->p->q.feed[i].without)
			return error_set(e, ERR_NONESUCH, "no feed has “%.*s” in its title or address",
			                 (int)(w->p->q.feed[i].text.n < 80 ? w->p->q.feed[i].text.n : 80),
			                 w->p->q.feed[i].text.p);
	return ERR_NONE;
}

static enum err find_feeds(struct store *s, struct feeds *w, struct error *e)
{
	struct query q = sql_query(s, SQL_SEARCH_FEEDS, e, BIND_NONE);

	while (sql_row(&q))
		take_feed(w, &q);
	return sql_end(&q) == ERR_NONE ? all_were_seen(w, e) : q.rc;
}

static enum err make_feeds(struct store *s, struct plan *p, struct arena *a, struct error *e)
{
	struct feeds w = { .p = p };
	enum err rc;

	if (p->q.nfeeds == 0)
		return ERR_NONE;
	p->feed = map_new();
	for (size_t i = 0; i < p->q.nfeeds; i++) {
		w.form[i] = buf_limited(1 << 16);
		(void)fold_form(p->q.feed[i].text, &w.form[i]);
		p->feeds_are_wanted = p->feeds_are_wanted || !p->q.feed[i].without;
	}
	rc = find_feeds(s, &w, e);
	if (rc == ERR_NONE && p->feeds_are_wanted && w.entries <= FEW_ENTRIES) {
		p->few = arena_alloc(a, (w.n + 1) * sizeof *p->few);
		memcpy(p->few, w.id ? w.id : p->few, w.n * sizeof *p->few);
		p->nfew = w.n;
		p->way = WALK_FEEDS;
	}
	for (size_t i = 0; i < p->q.nfeeds; i++)
		buf_free(&w.form[i]);
	free(w.id);
	return rc;
}

/* ---- dates ---- */

/* When few entries are of that time, their ids bound what the index gives. */
static enum err make_span(struct store *s, struct plan *p, struct error *e)
{
	int64_t lowest = INT64_MAX, highest = 0;
	struct query q;
	int n = 0;

	p->lowest = INT64_MIN;
	p->highest = INT64_MAX;
	if (p->q.after == INT64_MIN && p->q.before == INT64_MAX)
		return ERR_NONE;
	q = sql_query(s, SQL_SEARCH_SPAN, e,
	              BIND(v_int(p->q.after), v_int(p->q.before), v_int(SPAN_ENTRIES)));
	for (; sql_row(&q); n++) {
		lowest = col_int(&q, 0) < lowest ? col_int(&q, 0) : lowest;
		highest = col_int(&q, 0) > highest ? col_int(&q, 0) : highest;
	}
	if (n < SPAN_ENTRIES) {
		p->lowest = lowest;
		p->highest = highest;
	}
	return sql_end(&q);
}

/* ---- the whole ---- */

static bool any_positive(const struct search_query *q, bool texts)
{
	for (size_t i = 0; i < q->nterms; i++)
		if (is_plain(&q->term[i]) && !(texts && q->term[i].title))
			return true;
	return false;
}

static enum search_way way_of(const struct search_query *q)
{
	if (q->with & ENTRY_STARRED)
		return WALK_STARRED;
	if (!any_positive(q, false))
		return WALK_TIMES;
	return any_positive(q, true) ? WALK_BODIES : WALK_TITLES;
}

static struct str copy(struct str s, struct arena *a)
{
	return (struct str){ arena_copy(a, s.p ? s.p : "", s.n), s.n };
}

static void copy_query(struct plan *p, const struct search_query *q, struct arena *a)
{
	p->q = *q;
	for (size_t i = 0; i < q->nterms; i++)
		p->q.term[i].text = copy(q->term[i].text, a);
	for (size_t i = 0; i < q->nfeeds; i++)
		p->q.feed[i].text = copy(q->feed[i].text, a);
}

enum err plan_make(struct store *s, const struct search_query *q, struct arena *a, struct plan *out,
                   struct error *e)
{
	enum err rc;

	*out = (struct plan){ .way = way_of(q) };
	copy_query(out, q, a);
	rc = make_needles(out, a, e);
	if (rc == ERR_NONE)
		rc = make_feeds(s, out, a, e);
	if (rc == ERR_NONE)
		rc = make_span(s, out, e);
	if (rc != ERR_NONE)
		return rc;
	if (any_positive(q, false)) {
		out->body_match = body_match_of(out, a);
		out->title_match = title_match_of(out, a);
	}
	if (q->best)
		add_joined(out, a);
	out->verify = q->nterms > 0 && !index_says_all(out);
	return ERR_NONE;
}

void plan_free(struct plan *p)
{
	map_free(p->feed);
	p->feed = NULL;
}

static bool wants_feed(const struct plan *p, int64_t feed)
{
	uint64_t one;

	return !p->feed || map_get(p->feed, (uint64_t)feed, &one) == p->feeds_are_wanted;
}

bool plan_wants(const struct plan *p, unsigned flags, int64_t time, int64_t feed)
{
	return (flags & p->q.with) == p->q.with && (flags & p->q.without) == 0 &&
	       time >= p->q.after && time < p->q.before && wants_feed(p, feed);
}

/* The needles of titles are looked for in the title, the others in all of it. */
static bool finds_those(const struct plan *p, struct str text, bool title)
{
	struct needle needle[SEARCH_TERMS_MAX];
	bool without[SEARCH_TERMS_MAX], found[SEARCH_TERMS_MAX];
	uint32_t first[SEARCH_TERMS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < p->q.nterms; i++) {
		if (p->q.term[i].title != title)
			continue;
		needle[n] = p->needle[i];
		without[n++] = p->q.term[i].without;
	}
	if (n == 0)
		return true;
	needles_find(needle, n, text, found, first, NULL, NULL);
	for (size_t i = 0; i < n; i++)
		if (found[i] == without[i])
			return false;
	return true;
}

bool plan_finds(const struct plan *p, struct str text)
{
	struct str title = str_sub(text, 0, search_title_end(text));

	return finds_those(p, title, true) && finds_those(p, text, false);
}
