#include "lede/rank/score.h"

#include <math.h>
#include <stdlib.h>

#include "entry_terms.h"
#include "fixed.h"
#include "lede/base/mem.h"
#include "rules.h"

/* Nats with 16 fractional bits to 1/100 points. */
static int32_t points_of(int64_t nats)
{
	return (int32_t)fixed_divide(nats * POINTS_NAT, FIXED_ONE);
}

static int32_t clamped(int64_t v, int64_t low, int64_t high)
{
	return (int32_t)(v < low ? low : v > high ? high : v);
}

static struct term fresh(const struct score_world *w, const struct score_entry *e)
{
	if (e->time < w->now - FRESH_SECONDS)
		return (struct term){ .signal = SIGNAL_FRESH };
	int64_t age = e->time >= w->now ? 0 : w->now - e->time, left = FRESH_SECONDS - age;

	return (struct term){ .signal = SIGNAL_FRESH, .n = age, .words = STR(""),
		.points = points_of(fixed_divide(left * fixed_ln(2), FRESH_HALF)) };
}

/* ln((kept + 10 p) / ((n + 10) p)), p = seen / all, in 1/100 points: how much more often it is kept
 * than it comes. */
static int32_t surplus(double kept, double n, double seen, double all)
{
	return points_of(fixed_ln_ratio(kept * all / seen + KEPT_PRIOR, n + KEPT_PRIOR));
}

struct learned { double total, all; };

static struct learned learned_of(const struct score_world *w)
{
	return (struct learned){ profile_now(w->profile, PROFILE_TOTAL, 0, w->now),
				 (double)w->total + SCORE_DOCUMENTS };
}

static struct term feed(const struct score_world *w, const struct score_entry *e)
{
	struct learned l = learned_of(w);
	double kept = profile_now(w->profile, PROFILE_FEED, e->feed.feed, w->now);
	double ever = e->feed.ever > 0 ? e->feed.ever : 0;

	return (struct term){ .signal = SIGNAL_FEED, .feed = e->feed.feed, .words = STR(""),
		.points = clamped(surplus(kept, l.total, ever + 1, l.all), FEED_LOW, FEED_HIGH) };
}

struct said { int32_t points; struct str word; };

/* Largest first, whatever the sign; of equals the one that came first. */
static void keep_largest(struct said kept[WORDS_MAX], size_t *n, struct said s)
{
	size_t at = *n;

	while (at > 0 && abs(kept[at - 1].points) < abs(s.points))
		at--;
	if (at == WORDS_MAX)
		return;
	*n += *n < WORDS_MAX;
	for (size_t i = *n - 1; i > at; i--)
		kept[i] = kept[i - 1];
	kept[at] = s;
}

/* The words that pull the way the whole does. */
static struct str words_shown(const struct said kept[], size_t n, int32_t points, struct arena *a)
{
	struct buf joined = buf_limited(SHOWN_BYTES);
	int shown = 0;

	for (size_t i = 0; i < n && shown < WORDS_SHOWN; i++) {
		size_t before = joined.n;

		if ((int64_t)kept[i].points * points <= 0)
			continue;
		if ((before > 0 && buf_add_char(&joined, '\x1F') != ERR_NONE) ||
		    buf_add(&joined, kept[i].word) != ERR_NONE)
			buf_cut(&joined, before);
		else
			shown++;
	}
	struct str view = buf_view(&joined), words = { arena_copy(a, view.p, view.n), view.n };

	buf_free(&joined);
	return words;
}

static int64_t sum_of(const struct said kept[], size_t n)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += kept[i].points;
	return sum;
}

static struct term words(const struct score_world *w, const struct score_entry *e, struct arena *a)
{
	struct term term = { .signal = SIGNAL_WORDS, .words = STR("") };
	struct learned l = learned_of(w);
	struct entry_terms terms;
	struct said kept[WORDS_MAX];
	size_t n = 0;

	if (l.total <= 0 || !entry_terms_decode(e->terms, &terms))
		return term;
	for (size_t i = 0; i < terms.n; i++) {
		uint32_t bucket = token_bucket(terms.term[i].hash);
		double of = profile_now(w->profile, PROFILE_WORD, bucket, w->now);
		double df = w->df(w->self, bucket);

		int32_t points = surplus(of, l.total, df + 1, l.all);

		keep_largest(kept, &n, (struct said){ clamped(points, WORD_LOW, WORD_HIGH),
						      terms.term[i].word });
	}
	if (n == 0)
		return term;
	/* The root with 10 fractional bits. */
	term.points = (int32_t)fixed_divide(sum_of(kept, n) * 1024, fixed_root((uint64_t)n << 20));
	term.words = words_shown(kept, n, term.points, a);
	return term;
}

static int32_t bounded_number(double points, double limit)
{
	if (!isfinite(points))
		return 0;
	points = points > limit ? limit : points < -limit ? -limit : points;
	return (int32_t)floor(points + 0.5);
}

static struct term prominence(const struct score_entry *e)
{
	return (struct term){ .signal = SIGNAL_PROMINENCE, .feed = e->feed.feed, .words = STR(""),
		.points = bounded_number(e->feed.promin * PROMINENCE_SHARE, PROMINENCE_HIGH) };
}

static struct term weight(const struct score_entry *e)
{
	return (struct term){ .signal = SIGNAL_WEIGHT, .feed = e->feed.feed, .words = STR(""),
		.points = bounded_number(e->feed.weight * 100, WEIGHT_HIGH) };
}

static struct term order(const struct score_entry *e)
{
	struct term term = { .signal = SIGNAL_ORDER,
			     .n = e->rank,
			     .m = e->rank_of,
			     .feed = e->feed.feed,
			     .words = STR("") };

	if (e->rank < 1 || e->rank > e->rank_of)
		return term;
	int64_t doublings = fixed_log2((uint64_t)e->rank_of + 1) - fixed_log2((uint64_t)e->rank);

	term.points = clamped(fixed_divide(doublings * ORDER_DOUBLING, FIXED_ONE), 0, ORDER_HIGH);
	return term;
}

void score_entry(const struct score_world *w, const struct score_entry *e, struct arena *a,
		 struct terms *out)
{
	const struct term all[] = { fresh(w, e),   feed(w, e), words(w, e, a),
				    prominence(e), order(e),   weight(e) };

	*out = (struct terms){ .n = 0 };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		terms_add(out, &all[i]);
}

void score_add_size(struct terms *t, int feeds)
{
	int64_t doublings = feeds > 1 ? fixed_log2((uint64_t)feeds) : 0;

	int64_t points = fixed_divide(doublings * SIZE_DOUBLING, FIXED_ONE);

	terms_add(t, &(struct term){ .signal = SIGNAL_SIZE, .n = feeds, .words = STR(""),
				     .points = clamped(points, 0, SIZE_HIGH) });
}
