#include "lede/app/nearest.h"

enum { LONGEST = 40 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool same(char a, char b)
{
	return ascii_lower(a) == ascii_lower(b);
}

/* One row of the table of Wagner and Fischer (1974): the first i bytes of `a` against each
 * beginning of `b`. The row two above lets two bytes that changed places count as one edit. */
static void next_row(struct str a, struct str b, size_t i, const size_t *above2,
		     const size_t *above, size_t *row)
{
	row[0] = i;
	for (size_t j = 1; j <= b.n; j++) {
		row[j] = least(above[j - 1] + !same(a.p[i - 1], b.p[j - 1]),
			       least(above[j], row[j - 1]) + 1);
		if (i > 1 && j > 1 && same(a.p[i - 1], b.p[j - 2]) &&
		    same(a.p[i - 2], b.p[j - 1]))
			row[j] = least(row[j], above2[j - 2] + 1);
	}
}

size_t nearest_distance(struct str a, struct str b)
{
	size_t rows[3][LONGEST + 1];

	if (a.n > LONGEST || b.n > LONGEST)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.n; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.n; i++)
		next_row(a, b, i, rows[(i + 1) % 3], rows[(i + 2) % 3], rows[i % 3]);
	return rows[a.n % 3][b.n];
}

/* One edit in three letters: where more would have to change, something else was meant. */
static bool is_near(struct str said, size_t distance)
{
	return distance <= NEAREST_MAX && 3 * distance <= said.n + 1;
}

void nearest_offer(struct nearest *n, const char *name)
{
	size_t d = nearest_distance(n->said, str_of(name));

	if (!is_near(n->said, d) || (n->best && d >= n->distance))
		return;
	n->best = name;
	n->distance = d;
}
