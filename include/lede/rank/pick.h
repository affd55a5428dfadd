/* pick - an edition's order: best first, with variety.
 *
 * Greedy: the next story is the one with the highest score less 6 points (0.6 nat) for each story
 * of the same feed among the last 10 picked. Ties: newer first, then feed, then id, so that every
 * machine picks alike.
 * Must not know: the store.
 */
#ifndef LEDE_RANK_PICK_H
#define LEDE_RANK_PICK_H

#include <stddef.h>
#include <stdint.h>

#include "lede/rank/score.h"

/* score in 1/100 points; variety is filled in. */
struct pick_story { int64_t story, entry, time, feed; int32_t score, variety; };
/* Fills order[0..*n) with indices into s, at most `max`; sets s[i].variety (<= 0, 1/100 points) of
 * those picked. O(n log n + picks * feeds), never n squared. */
size_t pick_edition(struct pick_story *s, size_t n, size_t max, size_t *order);

#endif
