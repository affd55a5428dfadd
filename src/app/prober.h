/* prober - asks what is at an address that somebody wants to subscribe to, on a thread of its own.
 *
 * One address at a time: a new one gives the one before up. Must not know: the screen, the store.
 */
#ifndef SRC_APP_PROBER_H
#define SRC_APP_PROBER_H

#include "lede/app/config.h"
#include "lede/app/subscriptions.h"
#include "lede/app/work.h"
#include "lede/net/fetch.h"

struct prober;
/* `out` gets the answers; all are borrowed. `fetcher` NULL: files alone can be looked at. */
struct prober *prober_new(struct fetcher *fetcher, const struct config *config, struct mailbox *out);
/* Takes an ASK_ADDRESS; an empty one only gives up. Starts the thread when it is needed first. */
void prober_ask(struct prober *p, struct ask *ask);
/* Gives up, joins; within 100 ms and what the fetcher needs to cancel. NULL is fine. */
void prober_free(struct prober *p);

#endif
