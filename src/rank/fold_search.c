#include "fold_search.h"

#include <stdlib.h>
#include <string.h>

#include "evidence.h"
#include "fixed.h"
#include "lede/base/mem.h"
#include "lede/rank/fold.h"
#include "rules.h"

enum {
	LOG2_E = 94548,               /* 16 fractional bits */
	NONE = UINT32_MAX
};

/* One search: what is wanted, where. */
struct search { struct fold_search *s; const struct fold_index *x; const struct wanted *w; };

static uint64_t apart(struct moment a, struct moment b)
{
	return (uint64_t)(a.time > b.time ? a.time - b.time : b.time - a.time);
}

static bool is_near(const struct search *q, uint32_t slot)
{
	return apart(q->w->when, q->x->when[slot]) <= FOLD_WINDOW;
}

/* --- products --- */

/* The cosine of two entries, 16 fractional bits; 0 when they share a single word of several, which
 * is chance. */
static uint32_t likeness_of(const struct member *a, const struct member *b)
{
	const uint16_t *x = member_weights(a), *y = member_weights(b);
	uint64_t product = 0;
	size_t shared = 0;

	for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
		uint32_t p = a->hash[i], q = b->hash[j];

		if (p == q) {
			product += (uint64_t)vector_plain(x[i]) * vector_plain(y[j]);
			shared++;
		}
		i += p <= q;                            /* no branch to guess wrongly */
		j += q <= p;
	}
	if (shared < 2 && a->n >= SEVERAL_TOKENS && b->n >= SEVERAL_TOKENS)
		return 0;
	return (uint32_t)(product >> 12);
}

static uint64_t product_with(const struct vector *v, const struct member *m)
{
	const uint16_t *weight = member_weights(m);
	uint64_t product = 0;

	for (size_t i = 0, j = 0; i < m->n && j < v->n;) {
		uint32_t p = m->hash[i], q = v->hash[j];

		if (p == q)
			product += (uint64_t)vector_plain(weight[i]) * v->weight[j];
		i += p <= q;
		j += q <= p;
	}
	return product;
}

/* --- the walk --- */

static void touch(struct fold_search *s, struct posting p, uint32_t weight)
{
	uint32_t *product = &s->product[p.slot];

	if (*product == 0)
		s->touched[s->ntouched++] = p.slot;
	*product += weight * p.weight;
	if (*product == 0)
		s->ntouched--;
}

/* The entries with one of the wanted tokens, nearest in time first: the older ones, then the newer.
 * Some of them may be too far: that is asked of the few that are like enough. */
static void walk(const struct search *q, uint32_t hash, uint32_t weight)
{
	struct timeline_view v = timelines_view(q->x->lines, key_of_token(hash));
	size_t middle = timeline_upto(v, q->x->when, q->w->when);
	size_t from = middle > WALK_MAX ? middle - WALK_MAX : 0;
	size_t to = v.n - middle > WALK_MAX - (middle - from) ? middle + WALK_MAX - (middle - from)
							      : v.n;

	for (size_t i = from; i < to; i++)
		touch(q->s, v.at[i], weight);
}

static bool is_common(const struct counts *c, bool cjk, uint32_t hash)
{
	uint32_t df = c->df[token_bucket(hash)];

	return df > COMMON_DF && df > counts_documents(c, cjk) / COMMON_SHARE;
}

static void *grown(void *p, size_t *cap, size_t need, size_t size)
{
	size_t before = *cap;
	char *grown = mem_grow(p, cap, need, size);

	memset(grown + before * size, 0, (*cap - before) * size);
	return grown;
}

static void make_room(struct fold_search *s, const struct fold_index *x)
{
	s->product = grown(s->product, &s->product_cap, x->nmember + 1, sizeof *s->product);
	s->touched = mem_grow(s->touched, &s->touched_cap, x->nmember + 1, sizeof *s->touched);
	s->met = grown(s->met, &s->met_cap, x->nstory + 1, sizeof *s->met);
	s->found = mem_grow(s->found, &s->found_cap, x->nstory + 1, sizeof *s->found);
}

/* --- members to stories --- */

/* Of equally like members the one nearest in time decides, then the one with the lower id. */
static bool is_better(const struct search *q, uint32_t likeness, uint32_t slot,
		      const struct met *met)
{
	const struct moment *when = q->x->when;

	if (likeness != met->likeness)
		return likeness > met->likeness;
	uint64_t a = apart(q->w->when, when[slot]), b = apart(q->w->when, when[met->member]);

	return a != b ? a < b : when[slot].id < when[met->member].id;
}

/* ((1 - a) m + a c), a = (1 - 1/n) / 2. */
static uint64_t mixed(uint64_t m, uint64_t c, uint64_t n)
{
	return ((n + 1) * m + (n - 1) * c) / (2 * n);
}

static void meet(const struct search *q, uint32_t slot)
{
	uint32_t product = q->s->product[slot], story = q->x->story_of[slot];
	struct met *met = &q->s->met[story];

	if (met->sum == 0)
		q->s->found[q->s->nfound++] = story;
	met->sum += product;
	if (product > met->most)
		met->most = product;
}

/* How like a member has to be along the timelines for the story to be joined, if the tokens that
 * were not walked along add `rest` to both; UINT32_MAX when none is. */
static uint32_t needed(const struct search *q, uint32_t slot, uint32_t least, uint32_t rest)
{
	const struct story *s = &q->x->story[slot];
	const struct met *met = &q->s->met[slot];
	uint64_t n = s->n, c = 0, need = 0;

	if (n > 1 && s->length)
		c = met->sum / s->length * (FIXED_ONE / WEIGHT_ONE) + rest;
	if (2 * n * least > (n - 1) * c)
		need = (2 * n * least - (n - 1) * c) / (n + 1);
	need = need > rest ? need - rest : 0;
	return need > met->most >> 12 ? UINT32_MAX : (uint32_t)need;
}

static void compare(const struct search *q, uint32_t slot, uint32_t rest)
{
	const struct member *a = q->w->member, *b = &q->x->member[slot];
	struct met *met = &q->s->met[q->x->story_of[slot]];
	uint32_t walked = q->s->product[slot] >> 12;

	if (walked < met->need || walked + rest < met->likeness || !is_near(q, slot))
		return;
	uint32_t likeness = evidence_leaves(a, b, likeness_of(a, b));

	if (likeness > 0 && is_better(q, likeness, slot, met)) {
		met->likeness = likeness;
		met->member = slot;
	}
}

/* q of the note, 16 fractional bits: ((1 - a) m + a c) * exp(-|t - t_j| / 48 h). */
static uint32_t story_likeness(const struct search *q, uint32_t slot, uint32_t least)
{
	const struct story *s = &q->x->story[slot];
	const struct met *met = &q->s->met[slot];
	uint64_t c = 0;

	if (met->likeness == 0)
		return 0;
	if (s->n > 1 && s->length)
		c = product_with(&s->sum, q->w->member) / s->length * (FIXED_ONE / WEIGHT_ONE);
	uint64_t both = mixed(met->likeness, c, s->n);

	if (both < least)
		return 0;
	return (uint32_t)(both * fixed_exp2_minus(apart(q->w->when, q->x->when[met->member]) *
						  LOG2_E / DECAY_SECONDS) >> 16);
}

/* What the wanted tokens that were not walked along are hoped to add to a likeness: it is the length
 * of that part of the vector at most, when the other title has nothing else. */
static uint32_t walk_all(const struct search *q, const struct counts *c)
{
	const struct member *m = q->w->member;
	const uint16_t *weight = member_weights(m);
	uint64_t squares = 0;

	for (size_t i = 0; i < m->n; i++) {
		uint32_t plain = vector_plain(weight[i]);

		if ((weight[i] & WEIGHT_SEARCHED) && !is_common(c, m->cjk, m->hash[i]))
			walk(q, m->hash[i], plain);
		else
			squares += (uint64_t)plain * plain;
	}
	return fixed_root(squares) * (FIXED_ONE / WEIGHT_ONE) * HOPED_SHARE / 16;
}

static uint32_t least_likeness(const struct member *m)
{
	return m->cjk ? JOIN_CJK : m->mixed ? JOIN_MIXED : JOIN_LATIN;
}

/* The slot of the story that tells the same, by its words. Of equals the one with the lower id. */
static uint32_t like_story(const struct search *q, const struct counts *c)
{
	uint32_t best = NONE, least = least_likeness(q->w->member);
	struct fold_search *s = q->s;

	make_room(s, q->x);
	s->ntouched = s->nfound = 0;
	uint32_t rest = walk_all(q, c);

	for (size_t i = 0; i < s->ntouched; i++)
		meet(q, s->touched[i]);
	for (size_t i = 0; i < s->nfound; i++)
		s->met[s->found[i]].need = needed(q, s->found[i], least, rest);
	for (size_t i = 0; i < s->ntouched; i++) {
		compare(q, s->touched[i], rest);
		s->product[s->touched[i]] = 0;
	}
	for (size_t i = 0; i < s->nfound; i++) {
		uint32_t slot = s->found[i], likeness = story_likeness(q, slot, least);

		s->met[slot] = (struct met){ 0 };
		if (likeness < least || (likeness == least && best != NONE &&
					 q->x->story[slot].id > q->x->story[best].id))
			continue;
		least = likeness;
		best = slot;
	}
	return best;
}

/* --- copies --- */

/* Nearer in time than `best`, which may be none; of equals the earlier stays. */
static bool is_nearer(const struct search *q, uint32_t slot, uint32_t best)
{
	const struct moment *when = q->x->when;

	return best == NONE || apart(q->w->when, when[slot]) < apart(q->w->when, when[best]);
}

/* The story of the nearest entry with the same headline. */
static uint32_t exact_story(const struct search *q, uint64_t exact)
{
	struct timeline_view v = timelines_view(q->x->lines, key_of_exact(exact));
	size_t middle = timeline_upto(v, q->x->when, q->w->when);
	uint32_t best = NONE;

	if (exact == 0)
		return best;
	for (size_t i = middle > 0 ? middle - 1 : 0; i < v.n && i <= middle; i++)
		if (is_near(q, v.at[i].slot) && is_nearer(q, v.at[i].slot, best))
			best = v.at[i].slot;
	return best == NONE ? best : q->x->story_of[best];
}

/* The story of the nearest entry of another feed with the same link. A feed whose entries share one
 * link says nothing by it. */
static uint32_t link_story(const struct search *q, uint64_t link)
{
	const struct member *member = q->x->member;
	struct timeline_view v = timelines_view(q->x->lines, key_of_link(link));
	size_t middle = timeline_upto(v, q->x->when, q->w->when);
	size_t from = middle > LINK_WALK ? middle - LINK_WALK : 0;
	size_t to = v.n - middle > LINK_WALK ? middle + LINK_WALK : v.n;
	uint32_t best = NONE;

	if (link == 0)
		return best;
	for (size_t i = from; i < to; i++) {
		uint32_t slot = v.at[i].slot;

		if (member[slot].feed == q->w->feed ||
		    (i > from && member[slot].feed == member[v.at[i - 1].slot].feed))
			return NONE;
		if (is_near(q, slot) && is_nearer(q, slot, best))
			best = slot;
	}
	return best == NONE ? best : q->x->story_of[best];
}

uint32_t search_story(struct fold_search *s, const struct fold_index *x, const struct counts *c,
		      const struct wanted *w)
{
	const struct search q = { s, x, w };
	uint32_t slot = exact_story(&q, w->member->exact);

	if (slot == NONE)
		slot = link_story(&q, w->member->link);
	return slot == NONE ? like_story(&q, c) : slot;
}

void search_free(struct fold_search *s)
{
	free(s->product);
	free(s->touched);
	free(s->met);
	free(s->found);
}

size_t search_bytes(const struct fold_search *s)
{
	return (s->product_cap + s->touched_cap + s->found_cap) * sizeof(uint32_t) +
	       s->met_cap * sizeof *s->met;
}
