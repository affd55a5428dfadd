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

enum { NUMBERS_MAX = 16 };
/* The lowest two bits of each. A serial number is the one behind a word that counts (day 5, episode
 * 3, 第5集) or a name (Kestrel 2.4): its upper 16 bits are the word's. A score is 3-1, or 3比1. */
enum { NUMBER_PLAIN, NUMBER_DAY, NUMBER_SERIAL, NUMBER_SCORE, NUMBER_KIND = 3 };

/* Adds the numbers of `folded`, as hashes with their kinds, behind the first n of `into`; returns the
 * new n, at most NUMBERS_MAX. A number is given as each kind that it is. */
size_t numbers_of(struct str folded, uint32_t into[NUMBERS_MAX], size_t n);

#endif
