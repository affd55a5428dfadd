/* indexed - a cache whose index is brought up to date, and what that took. */
#ifndef BENCH_INDEXED_H
#define BENCH_INDEXED_H

#include <stdbool.h>
#include <stdint.h>

struct indexing {
	double indexed_s, merged_s;       /* CPU seconds: until no entry waits, and of what is merged then */
	int64_t entries;                  /* that waited */
};
/* Indexes all that waits, as a reader does that has much to do; false, and it is said why, when it
 * cannot. */
bool index_all(const char *db, struct indexing *out);

#endif
