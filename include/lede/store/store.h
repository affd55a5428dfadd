/* store - the cache: one SQLite file, one connection, nothing above sees SQL.
 *
 * STORE.md is the design; this is its sections 1 to 4, 6 and 7. A `struct store` is one connection
 * and belongs to one thread: the writer thread has one, the reader thread another (read-only),
 * commands without a screen one. The database is WAL; a missing file is made (also its folder)
 * unless STORE_READ; a newer or foreign file is refused with a sentence and never written. All
 * times are seconds UTC. Text is UTF-8 as handed in; rows come back in the caller's arena. Modules:
 * store (open, batches), feeds, entries, stories, editions, learn. Must not know: HTTP, parsing,
 * ranking, the screen.
 */
#ifndef LEDE_STORE_STORE_H
#define LEDE_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/clock.h"
#include "lede/base/error.h"
#include "lede/base/hash.h"
#include "lede/base/mem.h"
#include "lede/base/str.h"

struct store;

enum store_mode {
	STORE_WRITE, /* made when missing, migrated when older */
	STORE_READ /* query_only; ERR_NONESUCH when it is not there; a read-only folder is opened
	              immutable when no -wal lies beside it */
};
/* `path`: a file, or STORE_MEMORY plus a name for a database in memory that all connections of this
 * process share by that name and that lives as long as one of them is open (the sample edition,
 * tests). Errors: ERR_NEWER ("PATH was made by a newer lede (version 3, this one knows 1)"),
 * ERR_DAMAGED (not a database, or damaged), ERR_IO, ERR_FULL, ERR_STORE. Each sentence names the
 * file and what to do. */
#define STORE_MEMORY "memory:"
enum err store_open(const char *path, enum store_mode mode, struct store **out, struct error *e);
void store_close(struct store *s); /* NULL is fine; a checkpoint when nobody else reads */
const char *store_path(const struct store *s);

/* Whether another file is at the store's path now: what was damaged was set aside and a new one put
 * in its place (salvage.h). About 1 us. store_begin opens the new one by itself; who reads only
 * asks and opens it. */
bool store_is_replaced(const struct store *s);
/* Closes and opens again, by the same path and mode; on failure every call fails until it is called
 * again. Not inside a batch. */
enum err store_reopen(struct store *s, struct error *e);
/* Of the file that is open: for store_salvage. */
uint64_t store_inode(const struct store *s);

/* A transaction. Batches are short (the caller's business: 100 ms, 300 entries or 1 MB). `durable`:
 * a mark is in it, so it is on disk (synchronous=FULL) when store_commit returns. Counters kept in
 * memory during the batch are written by store_commit. On an error of commit everything since begin
 * is undone; ERR_FULL when the disk is full, ERR_BUSY after 10 s of tries. A failed call inside a
 * batch leaves the batch usable unless it said ERR_FULL, ERR_DAMAGED or ERR_STORE: then every
 * further call says the same until store_rollback. A writing call outside a batch makes one of its
 * own (durable for marks, events and the profile); only store_put_entry and store_folded want one
 * open. Reading inside a batch sees what the batch wrote, counters too. */
enum err store_begin(struct store *s, bool durable, struct error *e);
enum err store_commit(struct store *s, struct error *e);
void store_rollback(struct store *s);                    /* also fine without a batch */

/* Changes when another connection (or process) has committed; about 2.5 us. */
int64_t store_data_version(struct store *s);
/* A passive checkpoint (after a refresh, when idle). */
void store_checkpoint(struct store *s);
/* The store's key: what entries' keys are hashed with, so that no server can aim at a collision. */
const struct hash_key *store_key(const struct store *s);

/* Numbers kept in `meta`; 0 when missing. Names are literals: "folded" (highest entry id that was
 * folded), "session", ... */
enum err store_get_number(struct store *s, const char *name, int64_t *value, struct error *e);
enum err store_set_number(struct store *s, const char *name, int64_t value, struct error *e);

/* For tests and the bench: pages missed and statements run since opening. */
struct store_counts { uint64_t cache_miss, cache_write, statements; };
struct store_counts store_counts(struct store *s);

#endif
