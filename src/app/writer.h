/* writer - the thread that alone writes the store: marks, what a refresh brings, editions.
 *
 * One mailbox; marks before everything else, and each in a transaction that is on disk when it is
 * told of. Nothing else it does lasts longer than about 100 ms without looking for a mark.
 * Must not know: the screen, HTTP.
 */
#ifndef SRC_APP_WRITER_H
#define SRC_APP_WRITER_H

#include <stdatomic.h>

#include "refresh.h"
#include "undoing.h"

/* of entries that may wait: the network waits beyond; stored in about 50 ms */
#define WRITER_BYTES (4 << 20)

struct writer_setup {
	const char *path;
	struct undo_files files;      /* paths, borrowed */
	struct clock clock;
	const struct config *config;
	const struct subscriptions *subs;          /* read by writer_start only; may be NULL */
	const struct secrets *secrets;/* borrowed; may be NULL */
	struct fetcher *fetcher;      /* borrowed, as all here; may be NULL */
	struct mailbox *out;          /* notices */
	atomic_llong *on_screen;      /* id of the entry that is being read, which stays; may be NULL */
	atomic_bool *refreshing;      /* set by who orders a refresh, cleared when it ended */
	void (*refreshed)(void *self);             /* one ended; on the writer's thread; may be NULL */
	void *self;
};

struct writer;
/* Opens the store on the caller's thread, so that its error comes back here. */
enum err writer_start(const struct writer_setup *setup, struct writer **out, struct error *e);
/* Any thread; a job, or one of feed_task.h's messages. */
void writer_give(struct writer *w, struct message *m);
/* Stops the refreshes ordered so far, also one whose order the writer has not taken yet. */
void writer_stop_refresh(struct writer *w, unsigned number);
/* Cancels a refresh, does everything it was told (but makes no edition that nobody will see),
 * joins. NULL is fine. */
void writer_stop(struct writer *w);

#endif
