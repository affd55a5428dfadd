#include "evidence.h"

#include "contrast.h"
#include "rules.h"

/* --- numbers --- */

/* Both titles have numbers of the kind and share none. */
static bool numbers_contradict(const struct member *a, const struct member *b, uint32_t kind)
{
	const uint32_t *x = member_numbers(a), *y = member_numbers(b);
	bool in_both = false;

	for (size_t i = 0; i < a->nnumber; i++)
		for (size_t j = 0; j < b->nnumber; j++)
			if ((x[i] & NUMBER_KIND) == kind && (y[j] & NUMBER_KIND) == kind) {
				in_both = true;
				if (x[i] == y[j])
					return false;
			}
	return in_both;
}

static bool is_other_of_series(uint32_t x, uint32_t y)
{
	return (x & NUMBER_KIND) == NUMBER_SERIAL && (y & NUMBER_KIND) == NUMBER_SERIAL &&
	       x != y && (x ^ y) >> 16 == 0;
}

/* Day 5 and day 6: one word counts differently. */
static bool serials_contradict(const struct member *a, const struct member *b)
{
	const uint32_t *x = member_numbers(a), *y = member_numbers(b);

	for (size_t i = 0; i < a->nnumber; i++)
		for (size_t j = 0; j < b->nnumber; j++)
			if (is_other_of_series(x[i], y[j]))
				return true;
	return false;
}

static bool has_many_numbers(const struct member *m)
{
	const uint32_t *x = member_numbers(m);
	size_t n = 0;

	for (size_t i = 0; i < m->nnumber; i++)
		n += (x[i] & NUMBER_KIND) == NUMBER_PLAIN;
	return n >= MANY_NUMBERS;
}

/* --- places --- */

/* Each title names a place that the other does not. */
static bool places_contradict(const struct member *a, const struct member *b)
{
	bool only_a = false, only_b = false;

	for (size_t i = 0; i < PLACES_MAX / 64; i++) {
		only_a |= (a->place[i] & ~b->place[i]) != 0;
		only_b |= (b->place[i] & ~a->place[i]) != 0;
	}
	return only_a && only_b;
}

/* --- names --- */

static bool has_token(const struct member *m, uint32_t hash)
{
	size_t low = 0, high = m->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (m->hash[mid] < hash)
			low = mid + 1;
		else
			high = mid;
	}
	return low < m->n && m->hash[low] == hash;
}

static bool has_name(const struct member *m, struct name name)
{
	const struct name *x = member_names(m);

	for (size_t i = 0; i < m->nname; i++)
		if (x[i].start == name.start)
			return true;
	return false;
}

struct names { size_t shared, alone; };

/* The names of `a` that `b` has and has not. What is no name in `b` is none in `a` either. */
static struct names compare_names(const struct member *a, const struct member *b)
{
	const struct name *x = member_names(a);
	struct names n = { 0, 0 };

	for (size_t i = 0; i < a->nname; i++)
		if (has_name(b, x[i]))
			n.shared++;
		else
			n.alone += !has_token(b, x[i].token);
	return n;
}

/* Both name what the other does not: two stories when they share no name, or when the rest is so
 * like that a name stands in the other's place. */
static uint32_t names_leave(const struct member *a, const struct member *b, uint32_t likeness)
{
	struct names x = compare_names(a, b), y = compare_names(b, a);

	if (x.alone == 0 || y.alone == 0)
		return likeness;
	if (x.shared == 0 || likeness >= TWIN_LIKENESS)
		return 0;
	return x.shared < x.alone && y.shared < y.alone ? likeness * NAMES_DOUBT / 16 : likeness;
}

/* --- all of it --- */

static uint32_t cjk_leaves(const struct member *a, const struct member *b, uint32_t likeness)
{
	if (numbers_contradict(a, b, NUMBER_PLAIN) || numbers_contradict(a, b, NUMBER_DAY) ||
	    places_contradict(a, b) || (b->cjk && contrast_between(a, b)))
		return 0;
	return b->cjk && a->kana != b->kana ? likeness * KANA_DOUBT / 16 : likeness;
}

/* Measured in rules.h. In Latin titles differing numbers only weigh against: tolls rise. */
uint32_t evidence_leaves(const struct member *a, const struct member *b, uint32_t likeness)
{
	if (likeness == 0 || serials_contradict(a, b) || numbers_contradict(a, b, NUMBER_SCORE))
		return 0;
	if (a->cjk)
		return cjk_leaves(a, b, likeness);
	if (numbers_contradict(a, b, NUMBER_PLAIN)) {
		if (has_many_numbers(a) && has_many_numbers(b))
			return 0;
		likeness = likeness * NUMBERS_DOUBT / 16;
	}
	return b->cjk ? likeness : names_leave(a, b, likeness);
}
