/* check - whether the cache is sound, and whether its numbers are those of its rows.
 *
 * Must not know: who asks, what is done about it.
 */
#ifndef LEDE_STORE_CHECK_H
#define LEDE_STORE_CHECK_H

#include "lede/store/store.h"

struct store_health {
	bool sound;                      /* no check of SQLite found anything */
	char first[200];                 /* what it found first */
	int64_t orphans, miscounted;     /* rows that belong to nothing; feeds and stories whose
	                                    numbers are wrong */
	int64_t entries, feeds, bytes;
};
/* All of it, indexes against their tables too: about 1 s for 100,000 entries. */
enum err store_check(struct store *s, struct store_health *out, struct error *e);
/* The small tables only: some milliseconds. */
enum err store_check_small(struct store *s, bool *sound, struct error *e);
/* Of a file that cannot even be opened, too; without the indexes' contents, which takes half the
 * time. */
enum err store_check_file(const char *path, bool *sound, struct error *e);
/* Numbers, stories and rows that belong to nothing, put right. */
enum err store_put_right(struct store *s, struct error *e);

#endif
