/* queue - who may ask next: hosts in turn, spaced, and not too many at once.
 *
 * Requests wait in line by host. A host's turn comes when its spacing has passed and it has a
 * connection free; hosts that are due take turns, so that one with 200 feeds does not stand in
 * front of the others. Time is an input. Must not know: what waits.
 */
#ifndef LEDE_NET_QUEUE_H
#define LEDE_NET_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"

/* Embedded in whatever waits; the queue never frees it. */
struct queue_host;
struct queue_item {
	struct queue_item *next, *before;
	struct queue_host *host;          /* NULL: not known to the queue */
	bool runs;
};
struct queue_limits {
	int total;                        /* running at once, over all hosts */
	int per_host;
	int streams;                      /* per_host once the host speaks HTTP/2 */
	int spacing_ms;                   /* between two starts at one host */
	int near;                         /* what an exempt host begins with at once */
};

struct queue;
struct queue *queue_new(const struct queue_limits *l);
void queue_free(struct queue *q);                          /* NULL is fine; items are left alone */

/* Adds to the end of its host's line. `exempt`: near machines, that are not spaced; they begin with
 * `near` at once and get one more for each that ended. */
void queue_add(struct queue *q, struct queue_item *it, struct str host, bool exempt);
/* The next that may start at `now` (milliseconds); it runs from now on. NULL when none may. */
struct queue_item *queue_take(struct queue *q, int64_t now);
/* Milliseconds until queue_take could give something; -1 when only queue_done can bring that
 * about. */
int64_t queue_wait(const struct queue *q, int64_t now);
/* It ended, or it is taken out of the line. */
void queue_done(struct queue *q, struct queue_item *it);
/* Takes everything that waits out of its line and hands it over; what runs stays. */
void queue_drain(struct queue *q, void (*each)(void *self, struct queue_item *it), void *self);
size_t queue_running(const struct queue *q);
size_t queue_waiting(const struct queue *q);

/* What was learnt about the host of an item. */
void queue_host_streams(struct queue *q, struct queue_item *it);            /* it speaks HTTP/2 */
/* It let a connection knock twice: a near machine gets half as many at once, and no more after
 * that. */
void queue_host_crowded(struct queue *q, struct queue_item *it);
/* 429: the spacing doubles (at most 60 s); it is as before after a day without another. */
void queue_host_refused(struct queue *q, struct queue_item *it, int64_t now);
/* What was learnt earlier of its spacing: it is never made shorter. Not for exempt hosts. */
void queue_host_space(struct queue_item *it, int spacing_ms, int64_t now);
/* HTTP/2 failed there: HTTP/1.1 from now on. */
void queue_host_avoid_http2(struct queue_item *it);
bool queue_host_avoids_http2(const struct queue_item *it);

#endif
