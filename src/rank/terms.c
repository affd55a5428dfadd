#include "lede/rank/score.h"

#include <assert.h>
#include <stdlib.h>

#include "bytes.h"
#include "fixed.h"

enum { VERSION = 1, POINT = 100 };

/* The names are read by programs (--json): they never change. */
static const char *const names[SIGNAL_COUNT] = {
	[SIGNAL_FRESH] = "fresh", [SIGNAL_SIZE] = "size", [SIGNAL_FEED] = "feed",
	[SIGNAL_WORDS] = "words", [SIGNAL_PROMINENCE] = "promin", [SIGNAL_ORDER] = "order",
	[SIGNAL_WEIGHT] = "weight", [SIGNAL_VARIETY] = "variety", [SIGNAL_NOTICE] = "notice",
};

const char *signal_name(enum signal s)
{
	return names[s];
}

static bool comes_before(const struct term *a, const struct term *b)
{
	int64_t x = a->points < 0 ? -(int64_t)a->points : a->points;
	int64_t y = b->points < 0 ? -(int64_t)b->points : b->points;

	return x != y ? x > y : a->signal < b->signal;
}

void terms_add(struct terms *t, const struct term *term)
{
	int at = t->n;

	if (term->points == 0)
		return;
	assert(t->n < TERMS_MAX);
	for (; at > 0 && comes_before(term, &t->term[at - 1]); at--)
		t->term[at] = t->term[at - 1];
	t->term[at] = *term;
	t->n++;
	t->score += term->points;
}

/* version, varint of how many; for each: signal, points, n, m, feed (signed varints), varint of the
 * words' length, the words. The score is their sum and so is not kept. */
static enum err encode_term(const struct term *t, struct buf *out)
{
	const int64_t number[] = { t->points, t->n, t->m, t->feed };
	enum err rc = add_varint(out, t->signal);

	for (size_t i = 0; i < sizeof number / sizeof *number && rc == ERR_NONE; i++)
		rc = add_signed(out, number[i]);
	if (rc == ERR_NONE)
		rc = add_varint(out, t->words.n);
	return rc == ERR_NONE ? buf_add(out, t->words) : rc;
}

enum err terms_encode(const struct terms *t, struct buf *out)
{
	size_t from = out->n;
	enum err rc = add_fixed(out, VERSION, 1);

	if (rc == ERR_NONE)
		rc = add_varint(out, (uint64_t)t->n);
	for (int i = 0; i < t->n && rc == ERR_NONE; i++)
		rc = encode_term(&t->term[i], out);
	if (rc != ERR_NONE)
		buf_cut(out, from);
	return rc;
}

/* Points that 9 terms cannot make overflow. */
static const int64_t points_max = INT32_MAX / TERMS_MAX;

static struct term decode_term(struct reader *r)
{
	uint64_t signal = read_varint(r);
	int64_t points = read_signed(r);
	struct term t = { .n = read_signed(r) };

	t.m = read_signed(r);
	t.feed = read_signed(r);
	t.words = read_bytes(r, read_varint(r));
	r->bad |= signal >= SIGNAL_COUNT || points < -points_max || points > points_max ||
		  points == 0;
	if (!r->bad) {
		t.signal = (enum signal)signal;
		t.points = (int32_t)points;
	}
	return t;
}

static bool has_signal(const struct terms *t, enum signal s)
{
	for (int i = 0; i < t->n; i++)
		if (t->term[i].signal == s)
			return true;
	return false;
}

bool terms_decode(struct str blob, struct terms *out)
{
	struct reader r = { .rest = blob };

	*out = (struct terms){ .n = 0 };
	r.bad = read_fixed(&r, 1) != VERSION;
	uint64_t n = read_varint(&r);

	r.bad |= n > TERMS_MAX;
	for (uint64_t i = 0; i < n && !r.bad; i++) {
		struct term t = decode_term(&r);

		r.bad |= has_signal(out, t.signal);
		if (!r.bad)
			terms_add(out, &t);
	}
	if (!r.bad && r.rest.n == 0)
		return true;
	*out = (struct terms){ .n = 0 };
	return false;
}

static int32_t floor_points(int32_t points)
{
	return points >= 0 ? points / POINT : -((-points + POINT - 1) / POINT);
}

/* The term that loses most by being rounded down and has not been rounded up yet; of equals the
 * first. */
static int largest_remainder(const struct terms *t, const bool up[])
{
	int best = -1;
	int32_t most = -1;

	for (int i = 0; i < t->n; i++) {
		int32_t rest = t->term[i].points - floor_points(t->term[i].points) * POINT;

		if (!up[i] && rest > most) {
			best = i;
			most = rest;
		}
	}
	return best;
}

void terms_whole_points(const struct terms *t, int whole[TERMS_MAX], int *score)
{
	bool up[TERMS_MAX] = { false };
	int sum = 0;

	*score = (int)fixed_divide(t->score, POINT);
	for (int i = 0; i < t->n; i++) {
		whole[i] = floor_points(t->term[i].points);
		sum += whole[i];
	}
	for (; sum < *score; sum++) {
		int i = largest_remainder(t, up);

		up[i] = true;
		whole[i]++;
	}
}
