/* retention - what is old goes: entries by age and number, and what else would grow for ever.
 *
 * An entry goes when it is past its feed's age or beyond its number. These stay whatever the rule: starred ones, unread ones that came in
 * the last 30 days, stories of the current edition and of the last 72 hours, the entry on the
 * screen, and what the feed still lists (up to 2,000). What goes leaves a tombstone, so that it
 * does not come back; a tombstone goes when it is 30 days old and a whole answer of its feed does
 * not list it any more. Feeds that were unsubscribed from 30 days ago go with all they had.
 * Besides: events after two years, undo steps after 30 days or beyond 1,000, free space of the file
 * when it is more than a tenth.
 * Must not know: configuration, threads, clocks.
 */
#ifndef LEDE_STORE_RETENTION_H
#define LEDE_STORE_RETENTION_H

#include "lede/store/store.h"

#define KEEP_ALL INT64_MAX
/* A feed's entries are kept for so many seconds and so many of them; KEEP_ALL: without bound. */
struct keep_rule { int64_t feed, seconds, number; };

struct retention;
/* Feeds without a rule keep everything. The rules are copied. */
struct retention *retention_new(const struct keep_rule *rules, size_t n, int64_t now);
void retention_free(struct retention *r);        /* NULL is fine */
/* This entry is being read and stays; 0: none. */
void retention_hold(struct retention *r, int64_t entry);

/* Whether the slice may go on; asked before each entry. */
typedef bool retention_go_on_fn(void *self);
/* One slice, in a transaction of its own: at most 200 entries, or until go_on says no. What it
 * had begun is whole. *done: nothing is left to do. Between two slices others should have a
 * chance to write: 20 ms. */
enum err retention_step(struct retention *r, struct store *s, retention_go_on_fn *go_on, void *self,
                        bool *done, struct error *e);
int64_t retention_deleted(const struct retention *r);    /* entries so far */

#endif
