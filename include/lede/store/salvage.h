/* salvage - a damaged cache is set aside, and what can be read of it comes into a new one.
 *
 * The damaged file, its -wal and its -shm become PATH.damaged-DATE and so on; they are never
 * deleted and can be opened together. What is brought over first goes by SQL, then from the leaf
 * pages themselves, so that a lost root page costs no rows. Numbers and indexes are made anew.
 * Validators are left behind: every feed is fetched whole once.
 * Must not know: who tells the person.
 */
#ifndef LEDE_STORE_SALVAGE_H
#define LEDE_STORE_SALVAGE_H

#include "lede/store/store.h"

struct salvaged {
	int64_t entries, starred, read;  /* brought over */
	bool already;                    /* another process has done it meanwhile */
	char aside[512];                 /* where the damaged file is now */
};
/* Replaces the cache at `path`. ERR_DAMAGED: it is no cache at all, and is left as it is. Other processes see it when they write or look next. `inode`: of the
 * file that was seen to be damaged, 0: whichever is there. Interrupted, the damaged file is still
 * in its place, and the next start salvages again. */
enum err store_salvage(const char *path, int64_t now, uint64_t inode, struct salvaged *out,
                       struct error *e);
/* "the cache was damaged: 1,204 entries, 12 stars and 890 read marks were brought over; ..." */
void salvage_sentence(const struct salvaged *s, struct buf *out);

#endif
