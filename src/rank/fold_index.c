#include "fold_index.h"

#include <stdlib.h>
#include <string.h>

#include "fixed.h"
#include "lede/base/mem.h"

void index_init(struct fold_index *x)
{
	*x = (struct fold_index){ .lines = timelines_new(), .story_of_id = map_new() };
}

void index_free(struct fold_index *x)
{
	for (size_t i = 0; i < x->nmember; i++)
		free(x->member[i].hash);
	for (size_t i = 0; i < x->nstory; i++)
		vector_free(&x->story[i].sum);
	free(x->member);
	free(x->when);
	free(x->story_of);
	free(x->story);
	free(x->free_members.unused);
	free(x->free_stories.unused);
	timelines_free(x->lines);
	map_free(x->story_of_id);
}

static void slot_give(struct slots *s, uint32_t slot)
{
	s->unused = mem_grow(s->unused, &s->cap, s->n + 1, sizeof *s->unused);
	s->unused[s->n++] = slot;
}

static uint32_t member_slot(struct fold_index *x)
{
	if (x->free_members.n > 0)
		return x->free_members.unused[--x->free_members.n];
	x->member = mem_grow(x->member, &x->member_cap, x->nmember + 1, sizeof *x->member);
	x->when = mem_grow(x->when, &x->when_cap, x->nmember + 1, sizeof *x->when);
	x->story_of = mem_grow(x->story_of, &x->story_of_cap, x->nmember + 1, sizeof *x->story_of);
	return (uint32_t)x->nmember++;
}

static uint32_t story_slot(struct fold_index *x, int64_t id)
{
	uint64_t slot;

	if (map_get(x->story_of_id, (uint64_t)id, &slot))
		return (uint32_t)slot;
	if (x->free_stories.n > 0) {
		slot = x->free_stories.unused[--x->free_stories.n];
	} else {
		x->story = mem_grow(x->story, &x->story_cap, x->nstory + 1, sizeof *x->story);
		slot = x->nstory++;
	}
	x->story[slot] = (struct story){ .id = id };
	map_put(x->story_of_id, (uint64_t)id, slot);
	return (uint32_t)slot;
}

static size_t block_bytes(const struct member *m)
{
	return m->n * (sizeof(uint32_t) + sizeof(uint16_t)) + m->nnumber * sizeof(uint32_t) +
	       m->nname * sizeof(struct name) + m->ntext + sizeof(uint16_t);
}

/* Insertion sort: titles have some twenty tokens. */
static void put_terms(struct member *m, const struct entry_terms *terms)
{
	uint16_t *weight = member_weights(m);

	for (size_t i = 0; i < terms->n; i++) {
		size_t at = i;

		for (; at > 0 && m->hash[at - 1] > terms->term[i].hash; at--) {
			m->hash[at] = m->hash[at - 1];
			weight[at] = weight[at - 1];
		}
		m->hash[at] = terms->term[i].hash;
		weight[at] = terms->term[i].weight;
	}
	if (m->nnumber > 0)
		memcpy(m->hash + m->n, terms->number, m->nnumber * sizeof *m->hash);
	if (m->nname > 0)
		memcpy(m->hash + m->n + m->nnumber, terms->name, m->nname * sizeof *terms->name);
}

static void add_keys(struct fold_index *x, uint32_t slot)
{
	const struct member *m = &x->member[slot];
	const uint16_t *weight = member_weights(m);

	for (size_t i = 0; i < m->n; i++)
		if (weight[i] & WEIGHT_SEARCHED)
			timelines_add(x->lines, key_of_token(m->hash[i]),
				      (struct posting){ slot, vector_plain(weight[i]) }, x->when);
	if (m->exact != 0)
		timelines_add(x->lines, key_of_exact(m->exact), (struct posting){ slot, 0 }, x->when);
	if (m->link != 0)
		timelines_add(x->lines, key_of_link(m->link), (struct posting){ slot, 0 }, x->when);
}

/* last: NULL, or of all that are being removed, with every other member up to it. */
static void remove_key(struct fold_index *x, uint64_t key, uint32_t slot, const struct moment *last)
{
	if (last)
		timelines_remove_upto(x->lines, key, *last, x->when);
	else
		timelines_remove(x->lines, key, slot, x->when);
}

static void remove_keys(struct fold_index *x, uint32_t slot, const struct moment *last)
{
	const struct member *m = &x->member[slot];
	const uint16_t *weight = member_weights(m);

	for (size_t i = 0; i < m->n; i++)
		if (weight[i] & WEIGHT_SEARCHED)
			remove_key(x, key_of_token(m->hash[i]), slot, last);
	if (m->exact != 0)
		remove_key(x, key_of_exact(m->exact), slot, last);
	if (m->link != 0)
		remove_key(x, key_of_link(m->link), slot, last);
}

static void put_places(struct member *m, const struct entry_terms *terms)
{
	for (size_t i = 0; i < terms->n; i++) {
		int place = rules_place(terms->term[i].word);

		if (place >= 0)
			m->place[place / 64] |= UINT64_C(1) << place % 64;
		m->ways |= (uint8_t)rules_ways(terms->term[i].word);
	}
}

struct member member_of(const struct entry_terms *terms)
{
	struct member m = { .exact = terms->exact,
			    .n = (uint16_t)terms->n,
			    .nnumber = (uint8_t)terms->nnumber,
			    .nname = (uint8_t)terms->nname,
			    .ntext = terms->cjk ? (uint16_t)terms->text.n : 0,
			    .cjk = terms->cjk,
			    .kana = terms->kana,
			    .mixed = terms->mixed };

	m.hash = mem_new(block_bytes(&m));
	put_terms(&m, terms);
	if (m.cjk) {
		put_places(&m, terms);
		memcpy(member_weights(&m) + m.n, terms->text.p, m.ntext);
	}
	return m;
}

static void sum_add(struct story *s, const struct member *m)
{
	s->length = fixed_root(vector_add(&s->sum, m->hash, member_weights(m), m->n));
}

/* Most stories stay alone: the sum is made when a second member comes. */
static void story_give(struct fold_index *x, uint32_t of, uint32_t slot)
{
	struct story *s = &x->story[of];

	if (s->n == 0) {
		s->only = slot;
		s->length = WEIGHT_ONE;
	} else {
		if (s->sum.cap == 0)
			sum_add(s, &x->member[s->only]);
		sum_add(s, &x->member[slot]);
	}
	s->n++;
}

void index_give(struct fold_index *x, struct member m, struct moment when, int64_t story)
{
	uint32_t slot = member_slot(x), of = story_slot(x, story);

	x->member[slot] = m;
	x->when[slot] = when;
	x->story_of[slot] = of;
	x->vectors += block_bytes(&m);
	add_keys(x, slot);
	story_give(x, of, slot);
}

static void story_lose(struct fold_index *x, uint32_t slot, const struct member *m)
{
	struct story *s = &x->story[slot];

	if (--s->n == 0) {
		map_remove(x->story_of_id, (uint64_t)s->id);
		vector_free(&s->sum);
		slot_give(&x->free_stories, slot);
	} else {
		s->length = fixed_root(
			vector_subtract(&s->sum, m->hash, member_weights(m), m->n));
	}
}

static void remove_member(struct fold_index *x, uint32_t slot, const struct moment *last)
{
	struct member *m = &x->member[slot];

	remove_keys(x, slot, last);
	story_lose(x, x->story_of[slot], m);
	x->vectors -= block_bytes(m);
	free(m->hash);
	m->hash = NULL;
	slot_give(&x->free_members, slot);
}

void index_remove(struct fold_index *x, uint32_t slot)
{
	remove_member(x, slot, NULL);
}

static int by_moment(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

void index_remove_upto(struct fold_index *x, struct moment last)
{
	for (uint32_t i = 0; i < x->nmember; i++)
		if (x->member[i].hash && by_moment(&x->when[i], &last) <= 0)
			remove_member(x, i, &last);
}

size_t index_members(const struct fold_index *x)
{
	return x->nmember - x->free_members.n;
}

/* The moment of the n-th oldest, from 1. */
static struct moment nth_oldest(const struct fold_index *x, size_t n)
{
	struct moment *when = mem_array(x->nmember, sizeof *when), nth;
	size_t count = 0;

	for (size_t i = 0; i < x->nmember; i++)
		if (x->member[i].hash)
			when[count++] = x->when[i];
	qsort(when, count, sizeof *when, by_moment);
	nth = when[n - 1];
	free(when);
	return nth;
}

void index_remove_oldest(struct fold_index *x, size_t n)
{
	size_t members = index_members(x);

	if (n > 0 && members > 0)
		index_remove_upto(x, nth_oldest(x, n < members ? n : members));
}

size_t index_bytes(const struct fold_index *x)
{
	size_t bytes = x->member_cap * sizeof *x->member + x->when_cap * sizeof *x->when +
		       x->story_of_cap * sizeof *x->story_of + x->story_cap * sizeof *x->story +
		       (x->free_members.cap + x->free_stories.cap) * sizeof(uint32_t) + x->vectors +
		       timelines_bytes(x->lines) + map_count(x->story_of_id) * 32;

	for (size_t i = 0; i < x->nstory; i++)
		bytes += vector_bytes(&x->story[i].sum);
	return bytes;
}
