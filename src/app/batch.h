/* batch - what a refresh brought and the store does not hold yet: gathered, then written in few
 * short transactions.
 *
 * STORE.md section 4: a batch ends at 300 entries, 1 MB or 100 ms, or when a mark waits; sorted by
 * feed, because pages in the order of feeds are what is written. Visits that changed nothing are
 * gathered apart, 200 of them or 5 s: losing them costs a time of day.
 * Must not know: the network, folding.
 */
#ifndef SRC_APP_BATCH_H
#define SRC_APP_BATCH_H

#include "lede/base/clock.h"
#include "visit.h"

struct batch;
/* A feed's visit is in the store (or, unchanged, as good as): its entries are counted in
 * task->fresh. */
typedef void batch_done(void *self, struct feed_task *t, const struct verdict *v);
struct batch *batch_new(struct store *s, const struct clock *clock, batch_done *done, void *self);
/* drops what was not written; NULL is fine */
void batch_free(struct batch *b);
void batch_add_entries(struct batch *b, struct entries *e);    /* e is the batch's now */
void batch_add_ended(struct batch *b, struct feed_task *t);
/* Milliseconds until something has to be written; 0: now; -1: nothing waits. */
int batch_due(const struct batch *b);
/* Writes one transaction's worth of what is due, or with `all` of what there is: call again until
 * batch_due is -1. `box`: an urgent message in it ends the transaction early (NULL: nothing does).
 * On failure everything gathered is dropped. */
enum err batch_write(struct batch *b, bool all, struct mailbox *box, struct error *e);
int64_t batch_fresh(const struct batch *b);            /* new entries stored so far */

#endif
