#include "vector.h"

#include <stdlib.h>

#include "lede/base/mem.h"

void vector_free(struct vector *v)
{
	free(v->hash);
	*v = (struct vector){ .n = 0 };
}

size_t vector_bytes(const struct vector *v)
{
	return v->cap * 2 * sizeof *v->hash;
}

/* Hashes and weights share one block: hash[cap], then weight[cap]. What is in it is lost. */
static struct vector vector_of(size_t cap)
{
	uint32_t *block = mem_array(cap * 2, sizeof *block);

	return (struct vector){ .hash = block, .weight = block + cap, .cap = (uint32_t)cap };
}

static uint64_t push(struct vector *v, uint32_t hash, uint32_t weight)
{
	v->hash[v->n] = hash;
	v->weight[v->n++] = weight;
	return (uint64_t)weight * weight;
}

uint64_t vector_add(struct vector *sum, const uint32_t *hash, const uint16_t *weight, size_t n)
{
	struct vector both = vector_of(sum->n + n);
	uint64_t squares = 0;
	size_t i = 0, j = 0;

	while (i < sum->n || j < n) {
		if (j == n || (i < sum->n && sum->hash[i] < hash[j])) {
			squares += push(&both, sum->hash[i], sum->weight[i]);
			i++;
		} else if (i == sum->n || hash[j] < sum->hash[i]) {
			squares += push(&both, hash[j], vector_plain(weight[j]));
			j++;
		} else {
			squares += push(&both, hash[j], sum->weight[i] + vector_plain(weight[j]));
			i++;
			j++;
		}
	}
	vector_free(sum);
	*sum = both;
	return squares;
}

uint64_t vector_subtract(struct vector *sum, const uint32_t *hash, const uint16_t *weight,
			 size_t n)
{
	uint64_t squares = 0;
	uint32_t kept = 0;

	for (size_t i = 0, j = 0; i < sum->n; i++) {
		uint32_t left = sum->weight[i];

		while (j < n && hash[j] < sum->hash[i])
			j++;
		if (j < n && hash[j] == sum->hash[i])
			left -= vector_plain(weight[j]) < left ? vector_plain(weight[j]) : left;
		if (left > 0) {
			sum->hash[kept] = sum->hash[i];
			sum->weight[kept++] = left;
			squares += (uint64_t)left * left;
		}
	}
	sum->n = kept;
	return squares;
}
