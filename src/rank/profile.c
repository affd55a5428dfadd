#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fixed.h"
#include "lede/base/hash.h"
#include "lede/base/mem.h"
#include "lede/rank/fold.h"
#include "lede/rank/score.h"
#include "rules.h"

/* Weights are multiples of this, so that adding and subtracting the same amount is exact in a
 * double. */
#define GRAIN (1.0 / (1 << 20))
/* No count comes near; what a damaged store gives beyond it, or not a number, is ignored. */
static const double weight_max = 1e12;

enum { EPOCHS_MAX = 3 };          /* half-lives after which all is rescaled: nearly a year */

struct profile {
	struct map *weight;           /* kind << 56 | key: the bits of a double */
	int64_t epoch;                /* where growth is 1 */
	bool has_epoch;
};

struct profile *profile_new(void)
{
	struct profile *p = mem_new(sizeof *p);

	p->weight = map_new();
	return p;
}

void profile_free(struct profile *p)
{
	if (!p)
		return;
	map_free(p->weight);
	free(p);
}

static uint64_t key_of(enum profile_kind kind, int64_t key)
{
	return (uint64_t)kind << 56 | ((uint64_t)key & (UINT64_MAX >> 8));
}

void profile_set(struct profile *p, enum profile_kind kind, int64_t key, double weight)
{
	uint64_t bits;

	if (!(fabs(weight) < weight_max))
		return;
	if (kind == PROFILE_EPOCH) {
		p->has_epoch = true;
		p->epoch = (int64_t)weight;
		return;
	}
	memcpy(&bits, &weight, sizeof bits);
	if (weight == 0)
		map_remove(p->weight, key_of(kind, key));
	else
		map_put(p->weight, key_of(kind, key), bits);
}

double profile_get(const struct profile *p, enum profile_kind kind, int64_t key)
{
	uint64_t bits;
	double weight;

	if (kind == PROFILE_EPOCH)
		return (double)p->epoch;
	if (!map_get(p->weight, key_of(kind, key), &bits))
		return 0;
	memcpy(&weight, &bits, sizeof weight);
	return weight;
}

/* 2^((at - epoch) / 120 days): instead of letting old weights decay, new ones grow. */
static double growth(const struct profile *p, int64_t at)
{
	int64_t age = at - p->epoch;
	int64_t whole = age / PROFILE_HALF_LIFE, part = age % PROFILE_HALF_LIFE;

	if (part < 0) {
		part += PROFILE_HALF_LIFE;
		whole--;
	}
	whole = whole < -60 ? -60 : whole > 60 ? 60 : whole;
	uint32_t fraction = fixed_exp2_part((uint32_t)(part * FIXED_ONE / PROFILE_HALF_LIFE));

	return ldexp(fraction, (int)whole - 30);
}

double profile_decayed(const struct profile *p, enum profile_kind kind, int64_t key, int64_t at)
{
	return profile_get(p, kind, key) / growth(p, at);
}

double profile_now(const struct profile *p, enum profile_kind kind, int64_t key, int64_t at)
{
	double weight = profile_get(p, kind, key);

	return weight > 0 ? weight / growth(p, at) : 0;
}

static double rounded(double weight)
{
	return floor(weight / GRAIN + 0.5) * GRAIN;
}

struct put { profile_put_fn *put; void *self; };

static void change(struct profile *p, const struct put *to, enum profile_kind kind, int64_t key,
		   double weight)
{
	profile_set(p, kind, key, weight);
	if (to->put)
		to->put(to->self, kind, key, weight);
}

static int64_t key_in(uint64_t map_key)
{
	int64_t key = (int64_t)(map_key & (UINT64_MAX >> 8));

	return key >> 55 ? key - (INT64_C(1) << 56) : key;
}

static void set_epoch(struct profile *p, const struct put *to, int64_t epoch)
{
	p->has_epoch = true;
	change(p, to, PROFILE_EPOCH, 0, (double)epoch);
}

/* Moves the epoch by whole half-lives; every weight is halved as often. */
static void rescale(struct profile *p, const struct put *to, int64_t half_lives)
{
	struct map *old = p->weight;
	uint64_t key, bits;
	double weight;

	p->weight = map_new();
	for (size_t at = 0; map_next(old, &at, &key, &bits);) {
		memcpy(&weight, &bits, sizeof weight);
		weight = rounded(ldexp(weight, -(int)(half_lives < 1000 ? half_lives : 1000)));
		change(p, to, (enum profile_kind)(key >> 56), key_in(key), weight);
	}
	map_free(old);
	set_epoch(p, to, p->epoch + half_lives * PROFILE_HALF_LIFE);
}

static void keep_epoch(struct profile *p, const struct put *to, int64_t at)
{
	if (!p->has_epoch)
		set_epoch(p, to, at - at % PROFILE_HALF_LIFE);
	int64_t half_lives = (at - p->epoch) / PROFILE_HALF_LIFE;

	if (half_lives >= EPOCHS_MAX)
		rescale(p, to, half_lives);
}

static void teach(struct profile *p, const struct put *to, enum profile_kind kind, int64_t key,
		  double amount)
{
	change(p, to, kind, key, profile_get(p, kind, key) + amount);
}

static void learn(struct profile *p, int64_t at, double words, double of_feed, int64_t feed,
		  struct str terms, const struct put *to)
{
	uint32_t bucket[TOKENS_MAX];
	size_t n = fold_terms_buckets(terms, bucket, TOKENS_MAX);

	keep_epoch(p, to, at);
	double amount = rounded(words * growth(p, at));

	for (size_t i = 0; i < n; i++)
		teach(p, to, PROFILE_WORD, bucket[i], amount);
	teach(p, to, PROFILE_FEED, feed, rounded(of_feed * growth(p, at)));
	teach(p, to, PROFILE_TOTAL, 0, amount);
}

void profile_learn(struct profile *p, int64_t at, double amount, int64_t feed,
		   struct str entry_terms, profile_put_fn *put, void *self)
{
	learn(p, at, amount, amount, feed, entry_terms, &(struct put){ put, self });
}

void profile_lean(struct profile *p, int64_t at, int direction, int64_t feed,
		  struct str entry_terms, profile_put_fn *put, void *self)
{
	learn(p, at, 2.0 * direction, direction, feed, entry_terms, &(struct put){ put, self });
}
