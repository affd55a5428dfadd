/* transfer - one request from its start to its end.
 *
 * Sets libcurl's easy handle up, counts and checks what comes back, hands it to the sink and makes
 * the result. Used on the network thread only, but for transfer_new. Must not know: other
 * transfers, whose turn it is.
 */
#ifndef LEDE_NET_TRANSFER_H
#define LEDE_NET_TRANSFER_H

#include <curl/curl.h>
#include <stdatomic.h>

#include "lede/base/mailbox.h"
#include "lede/net/certificates.h"
#include "lede/net/fetch.h"
#include "lede/net/queue.h"
#include "lede/net/reply.h"
#include "lede/net/wall.h"

#define TRANSFER_BODIES 32                    /* bodies handed on at the same time */

/* Who may hand a body on; the others are paused until one ends. The line is in the order of
 * asking. */
struct transfer;
struct gate { int passing; struct transfer *first, **last; };

/* What all transfers of a fetcher share; borrowed. */
struct transfer_world {
	struct clock clock;
	const char *user_agent;
	const struct certificates *certificates;
	struct gate gate;
	struct wall_watch *watch;
	atomic_bool closes;                   /* by any thread: all end at their next byte */
};

enum transfer_stop {                          /* who ended it, when it was us */
	STOP_NONE, STOP_SINK, STOP_ENOUGH, STOP_BODY, STOP_HEADERS, STOP_ADDRESS, STOP_PRIVATE,
	STOP_CLOSE
};

struct transfer {
	struct message message;               /* it is its own start order; must be first */
	struct queue_item item;
	struct transfer *next;                /* in the gate's line */
	struct transfer_world *world;
	uint64_t id;
	struct fetch_request ask;             /* its texts are in `texts`, NUL-terminated */
	char *texts;

	CURL *easy;                           /* while it runs; lent */
	struct curl_slist *headers;
	struct reply *reply;
	struct buf head, moved, peer;         /* of the body; permanent target; refused peer */
	enum transfer_stop stop;
	int hops;
	uint64_t decoded;
	int64_t paused_at, paused;            /* ticks; milliseconds in all */
	bool permanent, secure, downgraded, private_allowed;
	bool begun, wanted;                   /* begin was called; its body is handed on */
	bool passes, waits;                   /* through the gate, at the gate */
	bool reached;                         /* connected to something beyond our own network */
	bool retried;
	char detail[CURL_ERROR_SIZE];
};

/* Any thread. Copies `ask`. */
struct transfer *transfer_new(const struct fetch_request *ask, uint64_t id);
void transfer_free(struct transfer *t);       /* NULL is fine; `easy` is left alone */
struct str transfer_host(const struct transfer *t);

/* Makes `easy` (fresh or reset) ask for it. ERR_USAGE with a sentence when the address cannot be
 * asked for. */
enum err transfer_prepare(struct transfer *t, struct transfer_world *w, CURL *easy, bool http2,
	struct error *e);
/* It failed in a way that HTTP/1.1 may mend, once: prepare it again. */
bool transfer_may_retry(const struct transfer *t, CURLcode code);

/* Lets those at the front of the gate's line go on while there is room. */
void gate_open(struct gate *g);
/* It leaves the gate, whether it had passed or waits. */
void gate_leave(struct gate *g, struct transfer *t);

#endif
