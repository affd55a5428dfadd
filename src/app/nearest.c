#include "lede/app/nearest.h"

enum { LONGEST = 40 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The table of Wagner and Fischer (1974), one row at a time. */
size_t nearest_distance(struct str a, struct str b)
{
	size_t row[LONGEST + 1];

	if (a.n > LONGEST || b.n > LONGEST)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			bool differ = ascii_lower(a.p[i - 1]) != ascii_lower(b.p[j - 1]);
			size_t replaced = diagonal + differ;

			diagonal = row[j];
			row[j] = least(replaced, least(row[j], row[j - 1]) + 1);
		}
	}
	return row[b.n];
}

void nearest_offer(struct nearest *n, const char *name)
{
	size_t d = nearest_distance(n->said, str_of(name));

	/* A word of two letters is two edits from any other: it must share one at least. */
	if (d > NEAREST_MAX || d >= n->said.n || (n->best && d >= n->distance))
		return;
	n->best = name;
	n->distance = d;
}
