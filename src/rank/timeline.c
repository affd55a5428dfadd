#include "timeline.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lede/base/hash.h"
#include "lede/base/mem.h"

enum { FEW = 2 };                 /* most words are in one or two titles: no allocation */

struct line {
	uint32_t n, cap;
	union { struct posting few[FEW], *many; } at;
};

struct timelines {
	struct map *index;            /* key: number of its line */
	struct line *line; size_t nline, cap;
	uint32_t *unused; size_t nunused, unused_cap;    /* lines that were emptied */
	size_t bytes;                 /* of all `many` */
};

struct timelines *timelines_new(void)
{
	struct timelines *t = mem_new(sizeof *t);

	t->index = map_new();
	return t;
}

void timelines_free(struct timelines *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->nline; i++)
		if (t->line[i].cap > FEW)
			free(t->line[i].at.many);
	free(t->line);
	free(t->unused);
	map_free(t->index);
	free(t);
}

static struct posting *postings(struct line *l)
{
	return l->cap > FEW ? l->at.many : l->at.few;
}

struct timeline_view timelines_view(const struct timelines *t, uint64_t key)
{
	uint64_t number;

	if (!map_get(t->index, key, &number))
		return (struct timeline_view){ NULL, 0 };
	return (struct timeline_view){ postings(&t->line[number]), t->line[number].n };
}

static bool is_after(struct moment a, struct moment b)
{
	return a.time != b.time ? a.time > b.time : a.id > b.id;
}

size_t timeline_upto(struct timeline_view v, const struct moment *when, struct moment at)
{
	size_t low = 0, high = v.n;

	/* What comes is nearly always newer than all there is. */
	if (v.n == 0 || !is_after(when[v.at[v.n - 1].slot], at))
		return v.n;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (is_after(when[v.at[mid].slot], at))
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

static struct line *line_for(struct timelines *t, uint64_t key)
{
	uint64_t number;

	if (map_get(t->index, key, &number))
		return &t->line[number];
	if (t->nunused > 0) {
		number = t->unused[--t->nunused];
	} else {
		t->line = mem_grow(t->line, &t->cap, t->nline + 1, sizeof *t->line);
		number = t->nline++;
	}
	t->line[number] = (struct line){ .cap = FEW };
	map_put(t->index, key, number);
	return &t->line[number];
}

static void make_room(struct timelines *t, struct line *l)
{
	if (l->n < l->cap)
		return;
	uint32_t cap = l->cap > FEW ? l->cap + l->cap / 2 : 6;
	struct posting *many = mem_array(cap, sizeof *many);

	memcpy(many, postings(l), l->n * sizeof *many);
	t->bytes += (cap - (l->cap > FEW ? l->cap : 0)) * sizeof *many;
	if (l->cap > FEW)
		free(l->at.many);
	l->at.many = many;
	l->cap = cap;
}

void timelines_add(struct timelines *t, uint64_t key, struct posting p, const struct moment *when)
{
	struct line *l = line_for(t, key);

	make_room(t, l);
	struct posting *s = postings(l);
	size_t at = timeline_upto((struct timeline_view){ s, l->n }, when, when[p.slot]);

	memmove(s + at + 1, s + at, (l->n - at) * sizeof *s);
	s[at] = p;
	l->n++;
}

static void drop_line(struct timelines *t, uint64_t key, struct line *l)
{
	if (l->cap > FEW) {
		t->bytes -= l->cap * sizeof(struct posting);
		free(l->at.many);
	}
	l->cap = FEW;
	map_remove(t->index, key);
	t->unused = mem_grow(t->unused, &t->unused_cap, t->nunused + 1, sizeof *t->unused);
	t->unused[t->nunused++] = (uint32_t)(l - t->line);
}

void timelines_remove(struct timelines *t, uint64_t key, uint32_t slot, const struct moment *when)
{
	uint64_t number;

	if (!map_get(t->index, key, &number))
		return;
	struct line *l = &t->line[number];
	struct posting *s = postings(l);
	size_t at = timeline_upto((struct timeline_view){ s, l->n }, when, when[slot]);

	/* Equal moments (one id put in twice) are next to each other. */
	while (at > 0 && s[at - 1].slot != slot)
		at--;
	if (at == 0)
		return;
	memmove(s + at - 1, s + at, (l->n - at) * sizeof *s);
	if (--l->n == 0)
		drop_line(t, key, l);
}

void timelines_remove_upto(struct timelines *t, uint64_t key, struct moment last,
			   const struct moment *when)
{
	uint64_t number;
	size_t gone;

	if (!map_get(t->index, key, &number))
		return;
	struct line *l = &t->line[number];
	struct posting *s = postings(l);

	gone = timeline_upto((struct timeline_view){ s, l->n }, when, last);
	memmove(s, s + gone, (l->n - gone) * sizeof *s);
	l->n -= (uint32_t)gone;
	if (l->n == 0)
		drop_line(t, key, l);
}

size_t timelines_bytes(const struct timelines *t)
{
	return t->bytes + t->cap * sizeof *t->line + t->unused_cap * sizeof *t->unused +
	       map_count(t->index) * 32;
}
