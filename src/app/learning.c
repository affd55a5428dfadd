#include "lede/app/learning.h"

#include <stdio.h>
#include <stdlib.h>

#include "folding.h"
#include "lede/text/utf8.h"

/* ---- teaching ---- */

void learning_teach(struct profile *p, const struct event_row *ev, int sign, profile_put_fn *put,
		    void *self)
{
	static const double amount[] = { [EVENT_OPEN] = .5, [EVENT_STAR] = 1, [EVENT_UNSTAR] = -1,
		[EVENT_SKIP] = -.25 };

	if (ev->act == EVENT_MORE || ev->act == EVENT_LESS)
		profile_lean(p, ev->at, ev->act == EVENT_MORE ? sign : -sign, ev->feed, ev->terms,
			     put, self);
	else if (ev->act >= EVENT_OPEN && ev->act <= EVENT_SKIP)
		profile_learn(p, ev->at, sign * amount[ev->act], ev->feed, ev->terms, put, self);
}

struct writing { struct store *store; enum err rc; struct error *e; };

static void put_profile(void *self, enum profile_kind kind, int64_t key, double weight)
{
	struct writing *w = self;

	if (w->rc == ERR_NONE)
		w->rc = store_profile_put(w->store, (int)kind, key, weight, w->e);
}

/* The profile in memory and in the store, which is ahead of what is there until the batch
 * commits. */
static enum err teach(struct folding *f, struct store *s, const struct event_row *ev, int sign,
		      struct error *e)
{
	struct writing w = { .store = s, .e = e };
	enum err rc = folding_load_profile(f, s, e);

	if (rc != ERR_NONE)
		return rc;
	learning_teach(f->profile, ev, sign, put_profile, &w);
	if (w.rc != ERR_NONE)
		f->profile_loaded = false;
	return w.rc;
}

/* What the star taught goes as it came: with its time, with its words. A star whose event is not in
 * the log, since it was imported or is too old, taught nothing that could go. */
static enum err unstar(struct folding *f, struct store *s, int64_t entry, struct error *e)
{
	struct arena *a = arena_new();
	struct event_row ev;
	enum err rc = store_event_of(s, entry, EVENT_STAR, a, &ev, e);

	if (rc == ERR_NONE)
		rc = teach(f, s, &ev, -1, e);
	if (rc == ERR_NONE)
		rc = store_event_drop(s, &ev, e);
	arena_free(a);
	return rc == ERR_NONESUCH ? ERR_NONE : rc;
}

enum err folding_learn(struct folding *f, struct store *s, enum event_act act, int64_t entry,
		       int64_t edition, int64_t now, struct error *e)
{
	struct event_row ev = { .at = now, .act = act, .entry = entry, .edition = edition };
	struct arena *a = arena_new();
	struct entry_row row;
	enum err rc = store_entry(s, entry, a, &row, e);

	buf_clear(&f->words);
	if (rc == ERR_NONE && act == EVENT_UNSTAR) {
		rc = unstar(f, s, entry, e);
	} else if (rc == ERR_NONE) {
		ev.feed = row.feed;
		rc = store_entry_terms(s, entry, &f->words, e);
		ev.terms = buf_view(&f->words);
		if (rc == ERR_NONE)
			rc = teach(f, s, &ev, 1, e);
		if (rc == ERR_NONE)
			rc = store_event(s, now, act, entry, edition, ev.terms, e);
	}
	if (rc != ERR_NONE)
		f->profile_loaded = false;
	arena_free(a);
	return rc;
}

/* Which stories have taught a skip has to outlive the program, or a story that stays in the
 * editions for three days would teach one a start; it is kept beside the profile, as rows of a kind
 * that rank does not have. */
enum err folding_skip(struct folding *f, struct store *s, int64_t story, int64_t entry,
		      int64_t edition, int64_t now, struct error *e)
{
	enum err rc = folding_load_profile(f, s, e);

	if (rc != ERR_NONE || map_get(f->skipped, (uint64_t)story, NULL))
		return rc;
	rc = folding_learn(f, s, EVENT_SKIP, entry, edition, now, e);
	if (rc == ERR_NONE)
		rc = store_profile_put(s, PROFILE_SKIPPED, story, (double)edition, e);
	if (rc == ERR_NONE)
		map_put(f->skipped, (uint64_t)story, 1);
	return rc;
}

/* ---- undoing ---- */

struct undoing { struct folding *f; struct store *s; const struct undo_teller *files; };

static enum err turn_event(void *self, const struct event_row *ev, bool back, struct error *e)
{
	const struct undoing *u = self;

	return teach(u->f, u->s, ev, back ? 1 : -1, e);
}

static enum err turn_lines(void *self, enum undo_file file, struct str record, bool back,
			   struct buf *again, struct error *e)
{
	const struct undoing *u = self;

	if (!u->files || !u->files->lines)
		return ERR_NONE;
	return u->files->lines(u->files->self, file, record, back, again, e);
}

enum err learning_undo(struct folding *f, struct store *s, bool back,
		       const struct undo_teller *files, struct arena *a, struct undo_done *done,
		       struct error *e)
{
	struct undoing u = { f, s, files };
	const struct undo_teller t = { .event = turn_event, .lines = turn_lines, .self = &u };
	enum err rc = back ? store_undo(s, &t, a, done, e) : store_redo(s, &t, a, done, e);

	if (rc != ERR_NONE || done->stories)
		folding_forget(f);
	return rc;
}

/* ---- what was learned ---- */

struct listing {
	struct folding *f;
	struct arena *arena;
	int64_t now;
	struct map *seen;             /* buckets and feeds that are listed */
	struct learned *word, *feed;
	size_t nwords, words_cap, nfeeds, feeds_cap;
};

static double weight_now(const struct listing *l, enum profile_kind kind, int64_t key)
{
	return profile_decayed(l->f->profile, kind, key, l->now);
}

static bool is_worth_it(double weight)
{
	return weight >= .005 || weight <= -.005;
}

static void list_word(struct listing *l, uint32_t bucket, struct str word)
{
	double weight = weight_now(l, PROFILE_WORD, bucket);

	if (map_get(l->seen, bucket, NULL) || !is_worth_it(weight))
		return;
	map_put(l->seen, bucket, 1);
	l->word = mem_grow(l->word, &l->words_cap, l->nwords + 1, sizeof *l->word);
	l->word[l->nwords++] = (struct learned){
		.name = { arena_copy(l->arena, word.p, word.n), word.n }, .weight = weight,
	};
}

/* Feeds have keys of their own among those that were seen. */
static void list_feed(struct listing *l, int64_t feed)
{
	double weight = weight_now(l, PROFILE_FEED, feed);
	uint64_t key = UINT64_C(1) << 63 | (uint64_t)feed;

	if (feed == 0 || map_get(l->seen, key, NULL) || !is_worth_it(weight))
		return;
	map_put(l->seen, key, 1);
	l->feed = mem_grow(l->feed, &l->feeds_cap, l->nfeeds + 1, sizeof *l->feed);
	l->feed[l->nfeeds++] = (struct learned){ .feed = feed, .weight = weight };
}

static void list_event(void *self, const struct event_row *ev)
{
	struct listing *l = self;
	uint32_t bucket[TOKENS_MAX];
	size_t n = fold_terms_buckets(ev->terms, bucket, TOKENS_MAX);

	for (size_t i = 0; i < n; i++)
		if (!map_get(l->seen, bucket[i], NULL))
			list_word(l, bucket[i], fold_terms_word(ev->terms, i));
	list_feed(l, ev->feed);
}

/* What weighs the same stands by name: the same list on every machine. */
static int most_first(const void *a, const void *b)
{
	const struct learned *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	int by_name = str_cmp(x->name, y->name);

	return by_name ? by_name : (x->feed > y->feed) - (x->feed < y->feed);
}

static struct learned *settled(struct learned *of, size_t n, struct arena *a)
{
	struct learned *kept = arena_alloc(a, (n + 1) * sizeof *kept);

	if (n > 1)
		qsort(of, n, sizeof *of, most_first);
	for (size_t i = 0; i < n; i++)
		kept[i] = of[i];
	free(of);
	return kept;
}

enum err learning_list(struct folding *f, struct store *s, int64_t now, struct arena *a,
		       struct learned_list *out, struct error *e)
{
	struct listing l = { .f = f, .arena = a, .now = now, .seen = map_new() };
	enum err rc = folding_load_profile(f, s, e);

	if (rc == ERR_NONE)
		rc = store_events(s, list_event, &l, e);
	*out = (struct learned_list){ .nwords = l.nwords, .nfeeds = l.nfeeds };
	out->word = settled(l.word, l.nwords, a);
	out->feed = settled(l.feed, l.nfeeds, a);
	if (rc == ERR_NONE)
		out->kept = profile_now(f->profile, PROFILE_TOTAL, 0, now);
	map_free(l.seen);
	return rc;
}

/* ---- forgetting ---- */

/* The events that taught something of it, copied: the log cannot be changed while it is read. */
struct gathering {
	struct arena *arena;
	uint32_t bucket;
	int64_t feed;                 /* 0: it is the word that is looked for */
	struct event_row *ev; size_t n, cap;
};

static bool names(const struct gathering *g, const struct event_row *ev)
{
	uint32_t bucket[TOKENS_MAX];
	size_t n = fold_terms_buckets(ev->terms, bucket, TOKENS_MAX);

	if (g->feed != 0)
		return ev->feed == g->feed;
	for (size_t i = 0; i < n; i++)
		if (bucket[i] == g->bucket)
			return true;
	return false;
}

static void gather(void *self, const struct event_row *ev)
{
	struct gathering *g = self;

	if (!names(g, ev))
		return;
	g->ev = mem_grow(g->ev, &g->cap, g->n + 1, sizeof *g->ev);
	g->ev[g->n] = *ev;
	g->ev[g->n++].terms.p = arena_copy(g->arena, ev->terms.p, ev->terms.n);
}

static enum err clear_weight(struct folding *f, struct store *s, enum profile_kind kind,
			     int64_t key, struct error *e)
{
	profile_set(f->profile, kind, key, 0);
	return store_profile_put(s, (int)kind, key, 0, e);
}

/* All that a word weighs came from events that name it: without them it is 0, exactly. */
static enum err forget_bucket(struct folding *f, struct store *s, uint32_t bucket, bool *any,
			      struct error *e)
{
	struct gathering g = { .arena = arena_new(), .bucket = bucket };
	struct buf terms = buf_limited(1 << 16);
	enum err rc = store_events(s, gather, &g, e);
	bool had;

	*any = *any || g.n > 0 || profile_get(f->profile, PROFILE_WORD, bucket) != 0;
	for (size_t i = 0; i < g.n && rc == ERR_NONE; i++) {
		buf_clear(&terms);
		if (fold_terms_without(g.ev[i].terms, bucket, &terms, &had))
			rc = store_event_terms(s, g.ev[i].id, buf_view(&terms), e);
	}
	if (rc == ERR_NONE)
		rc = clear_weight(f, s, PROFILE_WORD, bucket, e);
	buf_free(&terms);
	free(g.ev);
	arena_free(g.arena);
	return rc;
}

/* After a failure memory is not what the store has. */
static enum err forgotten(struct folding *f, enum err rc, bool any, const char *what,
			  struct error *e)
{
	if (rc != ERR_NONE)
		f->profile_loaded = false;
	else if (!any)
		rc = error_set(e, ERR_NONESUCH, "nothing was learned of %s", what);
	return rc;
}

enum err learning_forget_word(struct folding *f, struct store *s, struct str word,
			      struct error *e)
{
	char name[64];
	struct tokens t;
	bool any = false;
	enum err rc = folding_load_profile(f, s, e);

	tokens_of_title(word, 0, NULL, &t);
	for (size_t i = 0; i < t.ntoken && rc == ERR_NONE; i++)
		rc = forget_bucket(f, s, token_bucket(t.token[i].hash), &any, e);
	tokens_free(&t);
	snprintf(name, sizeof name, "“%.*s”", (int)utf8_cut(word, 48), word.p);
	return forgotten(f, rc, any, name, e);
}

enum err learning_forget_feed(struct folding *f, struct store *s, int64_t feed, struct error *e)
{
	struct gathering g = { .arena = arena_new(), .feed = feed };
	enum err rc = folding_load_profile(f, s, e);

	if (rc == ERR_NONE)
		rc = store_events(s, gather, &g, e);
	for (size_t i = 0; i < g.n && rc == ERR_NONE; i++) {
		rc = teach(f, s, &g.ev[i], -1, e);
		if (rc == ERR_NONE)
			rc = store_event_drop(s, &g.ev[i], e);
	}
	if (rc == ERR_NONE)
		rc = clear_weight(f, s, PROFILE_FEED, feed, e);
	free(g.ev);
	arena_free(g.arena);
	return forgotten(f, rc, g.n > 0, "that feed", e);
}

enum err learning_forget_all(struct folding *f, struct store *s, struct error *e)
{
	f->profile_loaded = false;
	return store_learned_forget(s, e);
}
