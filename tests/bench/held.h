/* held - entries of the corpus in memory, as a store takes them.
 */
#ifndef BENCH_HELD_H
#define BENCH_HELD_H

#include "lede/base/mem.h"
#include "lede/store/entries.h"
#include "rows.h"

struct held {
	struct arena *arena;
	struct entry_new *entry;
	size_t n, cap;
};
/* None of them is ever freed: the process ends. */
struct held *held_new(void);
bool held_add(void *held, const struct entry_new *n); /* an ingest_fn; copies */
/* The first feeds' entries, feed ids from 1; of many feeds only as many as documents_read
 * reads. */
struct held *held_read(const struct bench *b, int feeds);

#endif
