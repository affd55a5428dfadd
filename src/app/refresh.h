/* refresh - one refresh from its order to its end: who is asked, what came, what is told.
 *
 * Lives on the writer thread; the fetcher's thread only fills tasks. Everything here is short:
 * starting, writing and reading files go in steps, so that a mark never waits for more than one of
 * them.
 * Must not know: the screen, marks.
 */
#ifndef SRC_APP_REFRESH_H
#define SRC_APP_REFRESH_H

#include "folding.h"
#include "lede/app/subscriptions.h"
#include "lede/app/work.h"
#include "lede/base/clock.h"
#include "lede/net/fetch.h"

/* A message of kind WRITER_REFRESH. Copies what it needs of `subs`; `only` NULL: all of them. */
struct refresh_order;
struct refresh_order *refresh_order_new(const struct subscriptions *subs, const struct str *only,
					size_t n, enum refresh_mode mode);
/* The same by the ids of feeds' rows; n 0: all. */
struct refresh_order *refresh_order_feeds(const struct subscriptions *subs, const int64_t *feeds,
					  size_t n, enum refresh_mode mode);

/* What a refresh works with; all borrowed. */
struct refresh_world {
	struct store *store;
	struct folding *folding;
	const struct config *config;               /* may be NULL: all defaults */
	struct fetcher *fetcher;
	const struct secrets *secrets;             /* may be NULL */
	struct clock clock;
	struct mailbox *in, *out;                  /* the writer's; notices */
};

struct refresh;
/* Makes the feeds' rows follow the subscriptions, claims who is to be asked. `order` is taken
 * over. */
enum err refresh_begin(const struct refresh_world *w, struct refresh_order *order,
		       struct refresh **out, struct error *e);
void refresh_free(struct refresh *r);                      /* only when it is over; NULL is fine */

/* Does a little of what needs no message: starts requests, reads a piece of a file. False: nothing
 * of the kind is left. */
bool refresh_step(struct refresh *r);
struct entries;
struct feed_task;
void refresh_took_entries(struct refresh *r, struct entries *b);
void refresh_task_ended(struct refresh *r, struct feed_task *t);
/* Milliseconds until refresh_write has something to do; -1: nothing waits. */
int refresh_due(const struct refresh *r);
/* Writes one transaction of what is due, or of everything that has come. A failure (a full disk)
 * stops the refresh, and what still comes is dropped: the next refresh fetches it again. */
enum err refresh_write(struct refresh *r, bool all, struct error *e);
/* Nobody else is asked, transfers are cancelled; feeds that ended stay. */
void refresh_stop(struct refresh *r);
bool refresh_is_stopped(const struct refresh *r);
/* False when nobody was due: there is nothing to fold. */
bool refresh_asked_anybody(const struct refresh *r);
unsigned refresh_number(const struct refresh *r);          /* of its order */
bool refresh_has_ended(const struct refresh *r);           /* no task is the fetcher's any more */
/* folding opened so many stories meanwhile */
void refresh_opened(struct refresh *r, int64_t stories);
/* The last task has ended. First what had to wait for that is judged; what then is due is written;
 * then claims that no visit ended are given back; folding is the caller's; then the end is told. */
void refresh_settle(struct refresh *r);
enum err refresh_give_back(struct refresh *r, struct error *e);
void refresh_tell_end(struct refresh *r);

#endif
