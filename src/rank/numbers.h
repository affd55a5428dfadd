/* numbers - the numbers of a folded headline, and the days of the year it names.
 *
 * "3 killed" and "5 killed" are two events, the bulletins of 31 October and of 2 November too. But
 * a day is not compared with a number, and years and clock times with nothing: two reports of one
 * event may both or neither say when.
 */
#ifndef RANK_NUMBERS_H
#define RANK_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

#include "lede/base/str.h"

enum { NUMBERS_MAX = 16, NUMBER_IS_DAY = 1 };

/* Adds the numbers' hashes (even) and the days (odd: NUMBER_IS_DAY) of `folded` behind the first n
 * of `into`; returns the new n, at most NUMBERS_MAX. */
size_t numbers_of(struct str folded, uint32_t into[NUMBERS_MAX], size_t n);

#endif
