/* contrast - what in two Chinese or Japanese titles says that they tell of two things, though most
 * of their words are the same: other people or makes in the same places, other models, up and down.
 *
 * Inside rank only.
 */
#ifndef RANK_CONTRAST_H
#define RANK_CONTRAST_H

#include "fold_index.h"

bool contrast_between(const struct member *a, const struct member *b);

#endif
