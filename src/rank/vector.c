#include "vector.h"

#include <stdlib.h>
#include <string.h>

#include "entry_terms.h"
#include "fixed.h"
#include "lede/base/mem.h"

static uint32_t plain(uint16_t weight)
{
	return weight & (WEIGHT_SEARCHED - 1);
}

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

static void push(struct vector *v, uint32_t hash, uint32_t weight)
{
	v->hash[v->n] = hash;
	v->weight[v->n++] = weight;
}

void vector_add(struct vector *sum, const uint32_t *hash, const uint16_t *weight, size_t n)
{
	struct vector both = vector_of(sum->n + n);
	size_t i = 0, j = 0;

	while (i < sum->n || j < n) {
		if (j == n || (i < sum->n && sum->hash[i] < hash[j])) {
			push(&both, sum->hash[i], sum->weight[i]);
			i++;
		} else if (i == sum->n || hash[j] < sum->hash[i]) {
			push(&both, hash[j], plain(weight[j]));
			j++;
		} else {
			push(&both, hash[j], sum->weight[i] + plain(weight[j]));
			i++;
			j++;
		}
	}
	vector_free(sum);
	*sum = both;
}

void vector_subtract(struct vector *sum, const uint32_t *hash, const uint16_t *weight, size_t n)
{
	uint32_t kept = 0;

	for (size_t i = 0, j = 0; i < sum->n; i++) {
		uint32_t left = sum->weight[i];

		while (j < n && hash[j] < sum->hash[i])
			j++;
		if (j < n && hash[j] == sum->hash[i])
			left -= plain(weight[j]) < left ? plain(weight[j]) : left;
		if (left > 0) {
			sum->hash[kept] = sum->hash[i];
			sum->weight[kept++] = left;
		}
	}
	sum->n = kept;
}

static int falling(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x < y) - (x > y);
}

/* The weight of the max-th largest, and how many of that weight belong to the largest. */
static uint32_t least_of_top(const struct vector *v, size_t max, size_t *equals)
{
	uint32_t *sorted = mem_dup(v->weight, v->n * sizeof *sorted);

	qsort(sorted, v->n, sizeof *sorted, falling);
	uint32_t least = sorted[max - 1];

	*equals = 0;
	for (size_t i = max; i-- > 0 && sorted[i] == least;)
		++*equals;
	free(sorted);
	return least;
}

uint32_t vector_top(const struct vector *v, size_t max, struct vector *top)
{
	uint32_t least = 0;
	size_t equals = v->n;
	uint64_t squares = 0;

	if (v->n > max)
		least = least_of_top(v, max, &equals);
	vector_free(top);
	*top = vector_of(v->n < max ? v->n : max);
	for (size_t i = 0; i < v->n; i++) {
		if (v->weight[i] < least || (v->weight[i] == least && equals == 0))
			continue;
		equals -= v->weight[i] == least;
		push(top, v->hash[i], v->weight[i]);
		squares += (uint64_t)v->weight[i] * v->weight[i];
	}
	return fixed_root(squares);
}

uint64_t product_of_entries(const uint32_t *hash, const uint16_t *weight, size_t n,
			    const uint32_t *hash2, const uint16_t *weight2, size_t n2)
{
	uint64_t product = 0;

	for (size_t i = 0, j = 0; i < n && j < n2;) {
		uint32_t a = hash[i], b = hash2[j];

		if (a == b)
			product += (uint64_t)plain(weight[i]) * plain(weight2[j]);
		i += a <= b;                            /* no branch to guess wrongly */
		j += b <= a;
	}
	return product;
}

uint64_t product_with(const struct vector *v, const uint32_t *hash, const uint16_t *weight,
		      size_t n)
{
	uint64_t product = 0;

	for (size_t i = 0, j = 0; i < n && j < v->n;) {
		uint32_t a = hash[i], b = v->hash[j];

		if (a == b)
			product += (uint64_t)plain(weight[i]) * v->weight[j];
		i += a <= b;
		j += b <= a;
	}
	return product;
}
