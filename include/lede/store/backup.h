/* backup - a copy of the cache as it is at one moment, while others read and write it.
 *
 * Must not know: who asks.
 */
#ifndef LEDE_STORE_BACKUP_H
#define LEDE_STORE_BACKUP_H

#include "lede/store/store.h"

/* Writes a compact copy of the open store to `to`, on disk when it returns; one file, without a
 * -wal. What is there is never overwritten (ERR_USAGE); on failure nothing is left. */
enum err store_backup(struct store *s, const char *to, struct error *e);

#endif
