/* score - why a story stands where it stands, in points that add up.
 *
 * RANKING.md section 2 and "The scale": every term is rounded to 1/100 point (10 points are 1 nat)
 * as an integer before adding. Terms: fresh, size, feed, words, promin(ence), order (rank in a hot
 * list), weight (the person's own), variety (edition only).
 * Must not know: the store, wording (app makes sentences of the terms).
 */
#ifndef LEDE_RANK_SCORE_H
#define LEDE_RANK_SCORE_H

#include <stdint.h>

#include "lede/base/str.h"

enum signal {
	SIGNAL_FRESH, SIGNAL_SIZE, SIGNAL_FEED, SIGNAL_WORDS, SIGNAL_PROMINENCE, SIGNAL_ORDER,
	SIGNAL_WEIGHT, SIGNAL_VARIETY, SIGNAL_NOTICE, SIGNAL_COUNT
};
const char *signal_name(enum signal s);                /* "fresh", "size", ...: in --json */

/* One term. `n` is its number (age in seconds, sources, rank in the list, kept of the feed's last),
 * `m` a second one (of how many); `feed` the feed it is about or 0; `words` at most 4 words parted
 * by U+001F, or empty: those that speak for the entry, or when the term is below 0 those that speak
 * against it. n and m of SIGNAL_FEED are left 0 for whoever can count what was opened. */
struct term { enum signal signal; int32_t points; int64_t n, m, feed; struct str words; };
/* What being filler costs: 6 nats, in 1/100 points. */
enum { SCORE_NOTICE = -6000 };
#define TERMS_MAX SIGNAL_COUNT
/* Terms of 0 are left out; largest first, whatever the sign. */
struct terms { struct term term[TERMS_MAX]; int n; int32_t score; };

/* Opaque bytes for edition_row.why and back. Strings of `out` are borrowed from `blob`. */
enum err terms_encode(const struct terms *t, struct buf *out);
bool terms_decode(struct str blob, struct terms *out);
/* Whole points by largest remainder, so that they add up to the rounded score. */
void terms_whole_points(const struct terms *t, int whole[TERMS_MAX], int *score);

/* What the reader's doings taught: decayed counts of kept words (by bucket) and feeds, in units of
 * 2^(t / 120 days). */
struct arena;
struct profile;
enum profile_kind { PROFILE_WORD = 1, PROFILE_FEED = 2, PROFILE_TOTAL = 3, PROFILE_EPOCH = 4 };
struct profile *profile_new(void);
void profile_free(struct profile *p);
/* From the store. What is no number or beyond reason is ignored. */
void profile_set(struct profile *p, enum profile_kind kind, int64_t key, double weight);
double profile_get(const struct profile *p, enum profile_kind kind, int64_t key);
/* The weight as it is at `at`: decayed; below 0 for what was passed over more than kept. */
double profile_decayed(const struct profile *p, enum profile_kind kind, int64_t key, int64_t at);
/* As scoring counts it: 0 when it fell below 0. */
double profile_now(const struct profile *p, enum profile_kind kind, int64_t key, int64_t at);
/* One event: `amount` 1 star, .5 open, -.25 skip; its opposite at the same `at` undoes it exactly
 * (to the last bit within the same year: the weights are rescaled once a year, all of them are put
 * then). Calls `put` for each changed row with the new weight. */
typedef void profile_put_fn(void *self, enum profile_kind kind, int64_t key, double weight);
void profile_learn(struct profile *p, int64_t at, double amount, int64_t feed,
		   struct str entry_terms, profile_put_fn *put, void *self);
/* More like this (+1) or less (-1): 2 on the words, half of that on the feed. */
void profile_lean(struct profile *p, int64_t at, int direction, int64_t feed,
		  struct str entry_terms, profile_put_fn *put, void *self);

/* What is known of the feed an entry stands in. ever: entries so far; promin: mean ln(1 + points),
 * 0: it gives none; weight: the person's number, in points. */
struct score_feed { int64_t feed; double ever, promin, weight; };
struct score_world {
	int64_t now;
	const struct profile *profile;
	uint32_t total;
	uint32_t (*df)(void *self, uint32_t bucket);
	void *self;
};
/* rank: 1 is the first of rank_of in a hot list; 0: none. */
struct score_entry { int64_t time; struct str terms; struct score_feed feed; int rank, rank_of; };

/* Terms of one entry without the story's size. fresh counts down to 0 at 72 h and never below; an
 * entry dated in the future counts as new. Words of the terms live in `a`. */
void score_entry(const struct score_world *w, const struct score_entry *e, struct arena *a,
		 struct terms *out);
/* Adds the story's size: distinct feeds that tell it. */
void score_add_size(struct terms *t, int feeds);
/* Adds any term (variety, notice), in its place; one of 0 points is left out. A signal comes once
 * at most. */
void terms_add(struct terms *t, const struct term *term);

#endif
