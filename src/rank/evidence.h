/* evidence - what speaks against two like headlines telling one story: other names, other numbers,
 * another place, another day.
 *
 * Near-twins, "X beats Y" and "X beats Z", are the commonest wrong fold of an ordinary day, and
 * likeness does not see them: one word of five differs. Inside rank only.
 */
#ifndef RANK_EVIDENCE_H
#define RANK_EVIDENCE_H

#include "fold_index.h"

/* What is left of the likeness (16 fractional bits) of the new entry `a` to `b`; 0: they tell two
 * stories. */
uint32_t evidence_leaves(const struct member *a, const struct member *b, uint32_t likeness);

#endif
