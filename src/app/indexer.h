/* indexer - the thread that keeps the search index up to the cache while the reader is open.
 *
 * It works when nobody else does: not while a refresh runs, not in the first seconds. It only reads
 * the cache, on a connection of its own, and writes the index's file; what the cache is to forget
 * (changes that were followed) it hands to the writer.
 * Must not know: the screen, what is searched.
 */
#ifndef SRC_APP_INDEXER_H
#define SRC_APP_INDEXER_H

#include <stdatomic.h>
#include <stdbool.h>

#include "lede/base/clock.h"
#include "lede/store/search.h"

struct indexer_setup {
	const char *path; /* of the cache */
	struct clock clock;
	atomic_bool *refreshing; /* borrowed; while it is set nothing is indexed */
	int wait_ms; /* after the start */
	/* Changes that were followed, for store_search_done; `done` is the callee's (free). On the
	 * indexer's thread. */
	void (*followed)(void *self, struct search_done *done, size_t n);
	void *self;
};
struct indexer;
enum err indexer_start(const struct indexer_setup *setup, struct indexer **out, struct error *e);
/* Something new is in the cache. From any thread; NULL is fine. */
void indexer_wake(struct indexer *x);
/* Ends at once: what is not committed is indexed another time. It may still be woken, until it is
 * freed. NULL is fine for both. */
void indexer_stop(struct indexer *x);
void indexer_free(struct indexer *x); /* after indexer_stop */

/* Without a thread, for a command that has brought something: indexes for at most about `ms`, with
 * the small buffer. What is left, and what goes wrong, is left to the next. */
void index_for_a_while(const char *path, const struct clock *clock, int ms);

#endif
