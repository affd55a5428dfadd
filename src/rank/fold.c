#include "lede/rank/fold.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "counts.h"
#include "fixed.h"
#include "fold_index.h"
#include "lede/base/mem.h"
#include "rules.h"

enum {
	LOG2_E = 94548                /* 16 fractional bits */
};
/* Times beyond are cut to it, so that differences cannot overflow. */
static const int64_t time_max = INT64_C(1) << 40;

/* What the search for one entry's story has met of a story. */
struct met { uint32_t search; uint32_t likeness; uint32_t member; };

struct folder {
	struct counts counts;
	struct fold_index index;
	uint32_t run;                 /* how often folder_evict was called */
	uint32_t search;              /* number of the search that is going on */
	uint32_t *member_search; size_t member_cap;   /* by slot: last search that met it */
	struct met *met; size_t met_cap;              /* by story's slot */
	uint32_t *found; size_t nfound, found_cap;    /* stories met */
};

struct folder *folder_new(void)
{
	struct folder *f = mem_new(sizeof *f);

	counts_init(&f->counts);
	index_init(&f->index);
	return f;
}

void folder_free(struct folder *f)
{
	if (!f)
		return;
	counts_free(&f->counts);
	index_free(&f->index);
	free(f->member_search);
	free(f->met);
	free(f->found);
	free(f);
}

bool folder_load_counts(struct folder *f, struct str blob)
{
	return counts_load(&f->counts, blob);
}

enum err folder_save_counts(const struct folder *f, struct buf *out)
{
	return counts_save(&f->counts, out);
}

enum err folder_take_additions(struct folder *f, struct buf *out)
{
	return counts_take(&f->counts, out);
}

static struct moment moment_of(const struct fold_entry *e)
{
	int64_t time = e->time < -time_max ? -time_max : e->time > time_max ? time_max : e->time;

	return (struct moment){ time, e->id };
}

bool folder_restore(struct folder *f, const struct fold_entry *e, int64_t story, struct str terms)
{
	struct entry_terms t;

	if (!entry_terms_decode(terms, &t))
		return false;
	struct member m = member_of(&t);

	m.feed = e->feed;
	m.link = e->link;
	m.run = f->run - 1;
	index_give(&f->index, m, moment_of(e), story);
	return true;
}

/* --- weights --- */

static uint64_t raw_weight(const struct folder *f, const struct token *t)
{
	uint64_t df = folder_df(f, token_bucket(t->hash));
	uint64_t documents = (uint64_t)f->counts.total + WEIGHT_DOCUMENTS;
	int64_t rarity = fixed_log2(documents + df + 1) - fixed_log2(df + 1);

	return (uint64_t)(rarity * (FIXED_ONE + fixed_ln(t->count)) >> 16);
}

/* Marks the heaviest; of equals the first. */
static void mark_searched(const uint64_t *raw, uint16_t *weight, size_t n, size_t max)
{
	for (size_t k = 0; k < max && k < n; k++) {
		size_t best = SIZE_MAX;

		for (size_t i = 0; i < n; i++)
			if (!(weight[i] & WEIGHT_SEARCHED) &&
			    (best == SIZE_MAX || raw[i] > raw[best]))
				best = i;
		weight[best] |= WEIGHT_SEARCHED;
	}
}

/* (1 + ln tf) * ln(1 + (N + 200) / (df + 1)), scaled so that the vector's length is WEIGHT_ONE. */
static void weigh(const struct folder *f, const struct tokens *t, uint16_t *weight)
{
	uint64_t raw[TOKENS_MAX], squares = 0;

	for (size_t i = 0; i < t->ntoken; i++) {
		raw[i] = raw_weight(f, &t->token[i]);
		squares += raw[i] * raw[i];
	}
	uint64_t length = fixed_root(squares);

	for (size_t i = 0; i < t->ntoken; i++)
		weight[i] = (uint16_t)(length ? (raw[i] * WEIGHT_ONE + length / 2) / length : 0);
	mark_searched(raw, weight, t->ntoken, t->cjk ? SEARCH_TOKENS_CJK : SEARCH_TOKENS);
}

/* --- the search for a story --- */

struct wanted {
	const struct fold_entry *entry;
	struct moment when;
	const struct member *member;
};

static uint64_t apart(struct moment a, struct moment b)
{
	return (uint64_t)(a.time > b.time ? a.time - b.time : b.time - a.time);
}

static bool is_near(const struct wanted *w, struct moment m)
{
	return apart(w->when, m) <= FOLD_WINDOW;
}

/* Both titles have numbers (days: `kind` NUMBER_IS_DAY) and share none. */
static bool numbers_contradict(const struct member *a, const struct member *b, uint32_t kind)
{
	const uint32_t *x = member_numbers(a), *y = member_numbers(b);
	bool in_both = false;

	for (size_t i = 0; i < a->nnumber; i++)
		for (size_t j = 0; j < b->nnumber; j++)
			if ((x[i] & NUMBER_IS_DAY) == kind && (y[j] & NUMBER_IS_DAY) == kind) {
				in_both = true;
				if (x[i] == y[j])
					return false;
			}
	return in_both;
}

/* Both titles name provinces, and none that the other names. */
static bool places_contradict(const struct member *a, const struct member *b)
{
	uint64_t in_a = 0, in_b = 0, in_both = 0;

	for (size_t i = 0; i < PLACES_MAX / 64; i++) {
		in_a |= a->place[i];
		in_b |= b->place[i];
		in_both |= a->place[i] & b->place[i];
	}
	return in_a && in_b && !in_both;
}

/* Near-twins: the words of one headline with another place, day or other numbers in it tell another
 * event. Chinese link P .757 without, .858 with numbers, .893 with places, .901 with days too, at
 * no cost in R. In Latin titles differing numbers only weigh against (NUMBERS_DOUBT): the
 * broad stories of the English corpus lose by it; what an ordinary day gains is not measured. */
static bool contradict(const struct member *a, const struct member *b)
{
	return a->cjk && (numbers_contradict(a, b, 0) || numbers_contradict(a, b, NUMBER_IS_DAY) ||
			  places_contradict(a, b));
}

/* Of equally like members the one nearest in time decides, then the one with the lower id. */
static bool is_better(const struct folder *f, const struct wanted *w, uint32_t likeness,
		      uint32_t slot, const struct met *met)
{
	const struct moment *when = f->index.when;

	if (likeness != met->likeness)
		return likeness > met->likeness;
	uint64_t a = apart(w->when, when[slot]), b = apart(w->when, when[met->member]);

	return a != b ? a < b : when[slot].id < when[met->member].id;
}

/* The cosine of two entries, 16 fractional bits. */
static uint32_t likeness_of(const struct member *a, const struct member *b)
{
	return (uint32_t)(product_of_entries(a->hash, member_weights(a), a->n, b->hash,
					     member_weights(b), b->n) >> 12);
}

static void meet(struct folder *f, const struct wanted *w, uint32_t slot)
{
	const struct member *m = &f->index.member[slot];
	struct met *met = &f->met[m->story];

	if (f->member_search[slot] == f->search)
		return;
	f->member_search[slot] = f->search;
	uint32_t likeness = likeness_of(w->member, m);

	if (!w->member->cjk && numbers_contradict(w->member, m, 0))
		likeness = likeness * NUMBERS_DOUBT / 16;
	else if (contradict(w->member, m))
		return;

	if (met->search != f->search) {
		*met = (struct met){ f->search, likeness, slot };
		f->found[f->nfound++] = m->story;
	} else if (is_better(f, w, likeness, slot, met)) {
		*met = (struct met){ f->search, likeness, slot };
	}
}

/* The entries with one of the wanted tokens, nearest in time first: the older ones, then the newer.
 */
static void walk(struct folder *f, const struct wanted *w, uint64_t key)
{
	const struct moment *when = f->index.when;
	struct timeline_view v = timelines_view(f->index.lines, key);
	size_t middle = timeline_upto(v, when, w->when), left = WALK_MAX;

	for (size_t i = middle; i > 0 && left > 0 && is_near(w, when[v.slot[i - 1]]); i--, left--)
		meet(f, w, v.slot[i - 1]);
	for (size_t i = middle; i < v.n && left > 0 && is_near(w, when[v.slot[i]]); i++, left--)
		meet(f, w, v.slot[i]);
}

static bool is_common(const struct folder *f, uint32_t hash)
{
	uint32_t df = folder_df(f, token_bucket(hash));

	return df > COMMON_DF && df > f->counts.total / COMMON_SHARE;
}

static void search_begin(struct folder *f)
{
	const struct fold_index *x = &f->index;
	size_t before = f->member_cap, met_before = f->met_cap;

	f->member_search = mem_grow(f->member_search, &f->member_cap, x->nmember + 1,
				    sizeof *f->member_search);
	if (f->member_cap > before)
		memset(f->member_search + before, 0,
		       (f->member_cap - before) * sizeof *f->member_search);
	f->met = mem_grow(f->met, &f->met_cap, x->nstory + 1, sizeof *f->met);
	if (f->met_cap > met_before)
		memset(f->met + met_before, 0, (f->met_cap - met_before) * sizeof *f->met);
	f->found = mem_grow(f->found, &f->found_cap, x->nstory + 1, sizeof *f->found);
	f->nfound = 0;
	if (++f->search == 0) {
		memset(f->member_search, 0, f->member_cap * sizeof *f->member_search);
		memset(f->met, 0, f->met_cap * sizeof *f->met);
		f->search = 1;
	}
}

/* q of the note, 16 fractional bits: ((1 - a) m + a c) * exp(-|t - t_j| / 48 h), a = (1 - 1/n) / 2.
 */
static uint32_t story_likeness(struct folder *f, const struct wanted *w, uint32_t slot,
			       uint32_t least)
{
	struct story *s = &f->index.story[slot];
	const struct met *met = &f->met[slot];
	uint64_t n = s->n, m = met->likeness;
	uint64_t highest = ((n + 1) * m + (n - 1) * FIXED_ONE) / (2 * n);       /* with c = 1 */

	/* Most stories are out at once; the others are asked for their age and their sum. */
	if (highest < least)
		return 0;
	uint64_t fading = fixed_exp2_minus(apart(w->when, f->index.when[met->member]) * LOG2_E /
					   DECAY_SECONDS);

	if (n == 1 || highest * fading >> 16 < least)
		return n == 1 ? (uint32_t)(m * fading >> 16) : 0;
	const struct vector *top = story_top(s);
	uint64_t product =
		product_with(top, w->member->hash, member_weights(w->member), w->member->n);
	uint64_t c = s->length ? product * (FIXED_ONE / WEIGHT_ONE) / s->length : 0;

	return (uint32_t)(((n + 1) * m + (n - 1) * c) / (2 * n) * fading >> 16);
}

/* The slot of the story that tells the same, by its words; UINT32_MAX for none. Of equals the one
 * with the lower id. */
static uint32_t like_story(struct folder *f, const struct wanted *w)
{
	const struct member *m = w->member;
	const uint16_t *weight = member_weights(m);
	uint32_t best = UINT32_MAX, least = m->cjk ? JOIN_CJK : JOIN_LATIN;

	search_begin(f);
	for (size_t i = 0; i < m->n; i++)
		if ((weight[i] & WEIGHT_SEARCHED) && !is_common(f, m->hash[i]))
			walk(f, w, key_of_token(m->hash[i]));
	for (size_t i = 0; i < f->nfound; i++) {
		uint32_t slot = f->found[i], q = story_likeness(f, w, slot, least);

		if (q < least || (q == least && best != UINT32_MAX &&
				  f->index.story[slot].id > f->index.story[best].id))
			continue;
		least = q;
		best = slot;
	}
	return best;
}

/* Nearer in time than `best`, which may be none; of equals the earlier stays. */
static bool is_nearer(const struct folder *f, const struct wanted *w, uint32_t slot, uint32_t best)
{
	const struct moment *when = f->index.when;

	return best == UINT32_MAX || apart(w->when, when[slot]) < apart(w->when, when[best]);
}

/* The story of the nearest entry with the same headline; UINT32_MAX for none. */
static uint32_t exact_story(const struct folder *f, const struct wanted *w, uint64_t exact)
{
	const struct fold_index *x = &f->index;
	struct timeline_view v = timelines_view(x->lines, key_of_exact(exact));
	size_t middle = timeline_upto(v, x->when, w->when);
	uint32_t best = UINT32_MAX;

	if (exact == 0)
		return best;
	for (size_t i = middle > 0 ? middle - 1 : 0; i < v.n && i <= middle; i++)
		if (is_near(w, x->when[v.slot[i]]) && is_nearer(f, w, v.slot[i], best))
			best = v.slot[i];
	return best == UINT32_MAX ? best : x->member[best].story;
}

/* The story of the nearest entry of another feed with the same link. A feed whose entries share one
 * link says nothing by it. */
static uint32_t link_story(const struct folder *f, const struct wanted *w, uint64_t link)
{
	const struct fold_index *x = &f->index;
	struct timeline_view v = timelines_view(x->lines, key_of_link(link));
	size_t middle = timeline_upto(v, x->when, w->when);
	size_t from = middle > LINK_WALK ? middle - LINK_WALK : 0;
	size_t to = v.n - middle > LINK_WALK ? middle + LINK_WALK : v.n;
	uint32_t best = UINT32_MAX;

	if (link == 0)
		return best;
	for (size_t i = from; i < to; i++) {
		const struct member *m = &x->member[v.slot[i]];

		if (m->feed == w->entry->feed ||
		    (i > from && m->feed == x->member[v.slot[i - 1]].feed))
			return UINT32_MAX;
		if (is_near(w, x->when[v.slot[i]]) && is_nearer(f, w, v.slot[i], best))
			best = v.slot[i];
	}
	return best == UINT32_MAX ? best : x->member[best].story;
}

static int64_t find_story(struct folder *f, const struct wanted *w)
{
	uint32_t slot = exact_story(f, w, w->member->exact);

	if (slot == UINT32_MAX)
		slot = link_story(f, w, w->entry->link);
	if (slot == UINT32_MAX)
		slot = like_story(f, w);
	return slot == UINT32_MAX ? w->entry->id : f->index.story[slot].id;
}

/* --- entries come and go --- */

static enum err encode(const struct folder *f, const struct tokens *t, struct buf *terms)
{
	uint16_t weight[TOKENS_MAX] = { 0 };

	weigh(f, t, weight);
	return entry_terms_encode(t, weight, terms);
}

enum err folder_add(struct folder *f, const struct fold_entry *e, int64_t *story, struct buf *terms)
{
	struct tokens t;
	size_t from = terms->n;

	tokens_of_title(e->title, (uint64_t)e->feed, f->counts.suffixes, &t);
	enum err rc = encode(f, &t, terms);

	if (rc == ERR_NONE) {
		struct entry_terms decoded;
		bool ours = entry_terms_decode(str_sub(buf_view(terms), from, terms->n), &decoded);

		assert(ours);
		(void)ours;
		struct member m = member_of(&decoded);

		m.feed = e->feed;
		m.link = e->link;
		m.run = f->run;
		*story = find_story(f, &(struct wanted){ e, moment_of(e), &m });
		index_give(&f->index, m, moment_of(e), *story);
		counts_add_title(&f->counts, &t);
	} else {
		buf_cut(terms, from);
	}
	tokens_free(&t);
	return rc;
}

void folder_evict(struct folder *f, int64_t before)
{
	for (uint32_t i = 0; i < f->index.nmember; i++) {
		const struct member *m = &f->index.member[i];

		if (m->hash && f->index.when[i].time < before && m->run != f->run)
			index_remove(&f->index, i);
	}
	f->run++;
}

uint32_t folder_total(const struct folder *f)
{
	return f->counts.total;
}

uint32_t folder_df(const struct folder *f, uint32_t bucket)
{
	return f->counts.df[bucket & (TOKEN_BUCKETS - 1)];
}

size_t folder_bytes(const struct folder *f)
{
	return sizeof *f + counts_bytes(&f->counts) + index_bytes(&f->index) +
	       f->member_cap * sizeof *f->member_search + f->met_cap * sizeof *f->met +
	       f->found_cap * sizeof *f->found;
}
