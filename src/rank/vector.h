/* vector - sparse vectors of whole numbers, sorted by token: an entry's, and a story's sum of them.
 *
 * Sums of whole numbers do not depend on their order, so a story put back from the store is the
 * story it was.
 */
#ifndef RANK_VECTOR_H
#define RANK_VECTOR_H

#include <stddef.h>
#include <stdint.h>

#include "entry_terms.h"

struct vector { uint32_t *hash, *weight; uint32_t n, cap; };

void vector_free(struct vector *v);
size_t vector_bytes(const struct vector *v);
/* Both give the square of the sum's length afterwards. */
uint64_t vector_add(struct vector *sum, const uint32_t *hash, const uint16_t *weight, size_t n);
uint64_t vector_subtract(struct vector *sum, const uint32_t *hash, const uint16_t *weight,
			 size_t n);
/* A weight without the flag above its 15 bits. */
static inline uint16_t vector_plain(uint16_t weight) { return weight & (WEIGHT_SEARCHED - 1); }

#endif
