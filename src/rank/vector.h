/* vector - sparse vectors of whole numbers, sorted by token: an entry's, and a story's sum of them.
 *
 * Sums of whole numbers do not depend on their order, so a story put back from the store is the
 * story it was.
 */
#ifndef RANK_VECTOR_H
#define RANK_VECTOR_H

#include <stddef.h>
#include <stdint.h>

struct vector { uint32_t *hash, *weight; uint32_t n, cap; };

void vector_free(struct vector *v);
size_t vector_bytes(const struct vector *v);
void vector_add(struct vector *sum, const uint32_t *hash, const uint16_t *weight, size_t n);
void vector_subtract(struct vector *sum, const uint32_t *hash, const uint16_t *weight, size_t n);
/* The `max` largest of v (of equals those with the lower hash) into `top`; returns its length. */
uint32_t vector_top(const struct vector *v, size_t max, struct vector *top);

/* Products of two vectors; flags above the weight's 15 bits are left out. */
uint64_t product_of_entries(const uint32_t *hash, const uint16_t *weight, size_t n,
			    const uint32_t *hash2, const uint16_t *weight2, size_t n2);
uint64_t product_with(const struct vector *v, const uint32_t *hash, const uint16_t *weight,
		      size_t n);

#endif
