#include "lede/net/fetch.h"

#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "lede/base/hash.h"
#include "lede/base/mailbox.h"
#include "lede/base/mem.h"
#include "lede/net/address.h"
#include "lede/net/certificates.h"
#include "lede/net/outcome.h"
#include "lede/net/queue.h"
#include "lede/net/transfer.h"

#define CONNECTIONS 256
#define PER_HOST 2
#define STREAMS 4                     /* on one HTTP/2 connection */
#define SPACING 500                   /* milliseconds */
#define NEAR_HOST 8 /* small servers take a handful of connections at once and drop the rest */
#define IDLE_HANDLES 32               /* kept for the next transfers; each is some 10 KB */
#define LOST_HOSTS 3                  /* not reached one after the other: it is our network */
#define SLEEP (10 * 60 * 1000)        /* milliseconds; with nothing to do, somebody wakes us */

enum command { COMMAND_START, COMMAND_CANCEL, COMMAND_CANCEL_ALL, COMMAND_CLOSE };
struct order { struct message message; uint64_t id; };

struct net {
	struct fetcher face;                  /* must be first */
	pthread_t thread;
	CURLM *multi;
	struct mailbox *orders;
	atomic_uint_fast64_t ids;
	/* What follows belongs to the thread. */
	struct transfer_world world;
	struct queue *queue;
	struct map *transfers;                /* id -> struct transfer, until its end */
	CURL *idle[IDLE_HANDLES];
	int nidle;
	uint64_t lost_host;                   /* the last that was not reached */
	int lost;                             /* how many different ones, one after the other */
	bool closing;
	struct certificates certificates;     /* owned here, borrowed by `world`, as is the next */
	struct buf user_agent;
};

/* ---- handles ---- */

static CURL *handle_get(struct net *n)
{
	CURL *easy = n->nidle > 0 ? n->idle[--n->nidle] : curl_easy_init();

	if (!easy)
		abort();              /* libcurl is out of memory; so are we */
	return easy;
}

static void handle_put(struct net *n, CURL *easy)
{
	if (n->nidle == IDLE_HANDLES) {
		curl_easy_cleanup(easy);
		return;
	}
	curl_easy_reset(easy);        /* keeps connections and names: they are the multi handle's */
	n->idle[n->nidle++] = easy;
}

/* ---- the end of a transfer ---- */

static struct transfer *transfer_of(struct queue_item *it)
{
	return (struct transfer *)(void *)((char *)it - offsetof(struct transfer, item));
}

static void forget(struct net *n, struct transfer *t)
{
	map_remove(n->transfers, t->id);
	transfer_free(t);
}

/* It has left the queue without having run. */
static void end_waiting(struct net *n, struct transfer *t, enum fetch_outcome outcome,
	const struct error *why)
{
	struct fetch_result r;

	outcome_without_answer(t, outcome, why, &r);
	t->ask.sink.end(t->ask.sink.self, &r);
	forget(n, t);
}

/* Takes a running transfer off libcurl's hands; its slot and its place at the gate are free. */
static void leave(struct net *n, struct transfer *t)
{
	curl_multi_remove_handle(n->multi, t->easy);
	gate_leave(&n->world.gate, t);
	queue_done(n->queue, &t->item);
}

static void end_running(struct net *n, struct transfer *t, const struct fetch_result *r)
{
	CURL *easy = t->easy;

	t->ask.sink.end(t->ask.sink.self, r);         /* borrows from the handle */
	handle_put(n, easy);
	forget(n, t);
}

/* What the end says about the way to the outside. */
static bool is_network_lost(struct net *n, const struct transfer *t, CURLcode code)
{
	uint64_t host;

	if (t->reached) {
		n->lost = 0;
		return false;
	}
	if (!outcome_is_unreachable(t, code))
		return false;
	host = hash64(transfer_host(t));
	if (n->lost == 0 || n->lost_host != host)
		n->lost++;
	n->lost_host = host;
	return n->lost >= LOST_HOSTS || !address_route_exists();
}

/* A first SYN that was dropped is sent again after a second (RFC 6298). */
#define KNOCKED_TWICE 900000      /* microseconds */

static void learn(struct net *n, struct transfer *t)
{
	long version = 0;
	curl_off_t connect = 0;

	curl_easy_getinfo(t->easy, CURLINFO_HTTP_VERSION, &version);
	if (t->hops > 0)
		return;               /* it was another host that answered */
	if (version == CURL_HTTP_VERSION_2_0)
		queue_host_streams(n->queue, &t->item);
	curl_easy_getinfo(t->easy, CURLINFO_CONNECT_TIME_T, &connect);
	if (connect >= KNOCKED_TWICE)
		queue_host_crowded(n->queue, &t->item);
	if (t->begun && t->reply->status == 429)
		queue_host_refused(n->queue, &t->item, clock_ticks(&n->world.clock));
}

static bool run(struct net *n, struct transfer *t, CURL *easy, struct error *e)
{
	bool http2 = !queue_host_avoids_http2(&t->item);

	if (transfer_prepare(t, &n->world, easy, http2, e) != ERR_NONE)
		return false;
	curl_multi_add_handle(n->multi, easy);
	return true;
}

/* HTTP/2 went wrong before anything came: HTTP/1.1 for this host from now on. */
static bool retry(struct net *n, struct transfer *t)
{
	CURL *easy = t->easy;

	queue_host_avoid_http2(&t->item);
	t->retried = true;
	curl_multi_remove_handle(n->multi, easy);
	curl_easy_reset(easy);
	return run(n, t, easy, NULL);
}

static void finish(struct net *n, struct transfer *t, CURLcode code)
{
	struct fetch_result r;

	if (transfer_may_retry(t, code) && retry(n, t))
		return;
	learn(n, t);
	outcome_of(t, code, &r);
	r.no_network = is_network_lost(n, t, code);
	leave(n, t);
	end_running(n, t, &r);
}

static void finish_all_done(struct net *n)
{
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(n->multi, &left))) {
		char *t = NULL;
		CURLcode code = m->data.result;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &t);
		finish(n, (struct transfer *)(void *)t, code);
	}
}

/* ---- orders ---- */

static void cancel(struct net *n, struct transfer *t)
{
	struct fetch_result r;

	if (!t->item.runs) {
		queue_done(n->queue, &t->item);
		end_waiting(n, t, FETCH_CANCELLED, NULL);
		return;
	}
	leave(n, t);
	outcome_cancelled(t, &r);
	end_running(n, t, &r);
}

static void cancel_waiting(void *self, struct queue_item *it)
{
	end_waiting(self, transfer_of(it), FETCH_CANCELLED, NULL);
}

static void cancel_everything(struct net *n)
{
	uint64_t id, value;
	size_t at;

	queue_drain(n->queue, cancel_waiting, n);
	for (at = 0; map_next(n->transfers, &at, &id, &value); at = 0)
		cancel(n, (struct transfer *)(uintptr_t)value);
}

static void cancel_one(struct net *n, uint64_t id)
{
	uint64_t value;

	if (map_get(n->transfers, id, &value))
		cancel(n, (struct transfer *)(uintptr_t)value);
}

static void enqueue(struct net *n, struct transfer *t)
{
	struct buf name = buf_limited(REPLY_ADDRESS_MAX);
	struct str host = transfer_host(t);

	for (size_t i = 0; i < host.n; i++)
		buf_add_char(&name, ascii_lower(host.p[i]));
	map_put(n->transfers, t->id, (uintptr_t)t);
	queue_add(n->queue, &t->item, buf_view(&name), address_is_near(host));
	if (t->ask.spacing_ms > 0)
		queue_host_space(&t->item, t->ask.spacing_ms, clock_ticks(&n->world.clock));
	buf_free(&name);
}

static void obey(struct net *n, struct message *m)
{
	struct order *o = (struct order *)(void *)m;

	switch ((enum command)m->kind) {
	case COMMAND_START:
		enqueue(n, (struct transfer *)(void *)m);
		return;
	case COMMAND_CANCEL:
		cancel_one(n, o->id);
		break;
	case COMMAND_CANCEL_ALL:
		cancel_everything(n);
		break;
	case COMMAND_CLOSE:
		n->closing = true;
		break;
	}
	free(o);
}

static void obey_all(struct net *n)
{
	struct message *m;

	while (mailbox_take(n->orders, &m))
		obey(n, m);
}

/* ---- the thread ---- */

static void start_due(struct net *n)
{
	int64_t now = clock_ticks(&n->world.clock);
	struct queue_item *it;

	while ((it = queue_take(n->queue, now))) {
		struct transfer *t = transfer_of(it);
		struct error why = { 0 };
		CURL *easy = handle_get(n);

		if (run(n, t, easy, &why))
			continue;
		handle_put(n, easy);
		queue_done(n->queue, it);
		end_waiting(n, t, why.code == ERR_LIMIT ? FETCH_LIMIT : FETCH_FAILED, &why);
	}
}

static int patience(const struct net *n)
{
	int64_t ms = queue_wait(n->queue, clock_ticks(&n->world.clock));

	return ms < 0 || ms > SLEEP ? SLEEP : (int)ms;
}

static void *net_main(void *self)
{
	struct net *n = self;
	int running;

	while (obey_all(n), !n->closing) {
		start_due(n);
		curl_multi_perform(n->multi, &running);
		finish_all_done(n);
		gate_open(&n->world.gate);
		curl_multi_poll(n->multi, NULL, 0, patience(n), NULL);
	}
	mailbox_close(n->orders);     /* from here on a start ends at once: see drop_start */
	obey_all(n);
	cancel_everything(n);
	return NULL;
}

/* Signals are the first thread's; and a broken TLS connection must not end the program by
 * SIGPIPE. */
static int start_thread(struct net *n)
{
	sigset_t all, before;
	int rc;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&n->thread, NULL, net_main, n);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

/* ---- the face ---- */

static void send_order(struct net *n, struct message *m, enum command kind)
{
	m->kind = kind;
	mailbox_give(n->orders, m);
	curl_multi_wakeup(n->multi);
}

/* Started while the fetcher closes. */
static void drop_start(struct message *m)
{
	struct transfer *t = (struct transfer *)(void *)m;
	struct fetch_result r;

	outcome_without_answer(t, FETCH_CANCELLED, NULL, &r);
	t->ask.sink.end(t->ask.sink.self, &r);
	transfer_free(t);
}

static void net_start(struct fetcher *f, const struct fetch_request *r, uint64_t *id)
{
	struct net *n = (struct net *)f;
	struct transfer *t = transfer_new(r, atomic_fetch_add(&n->ids, 1) + 1);

	*id = t->id;
	t->message.drop = drop_start;
	send_order(n, &t->message, COMMAND_START);
}

static void order(struct net *n, enum command kind, uint64_t id)
{
	struct order *o = mem_new(sizeof *o);

	o->id = id;
	send_order(n, &o->message, kind);
}

static void net_cancel(struct fetcher *f, uint64_t id)
{
	order((struct net *)f, COMMAND_CANCEL, id);
}

static void net_cancel_all(struct fetcher *f)
{
	order((struct net *)f, COMMAND_CANCEL_ALL, 0);
}

static void net_free(struct net *n)
{
	while (n->nidle > 0)
		curl_easy_cleanup(n->idle[--n->nidle]);
	if (n->multi)
		curl_multi_cleanup(n->multi);
	mailbox_free(n->orders);
	queue_free(n->queue);
	map_free(n->transfers);
	wall_watch_free(n->world.watch);
	buf_free(&n->user_agent);
	certificates_free(&n->certificates);
	free(n);
	curl_global_cleanup();
}

static void net_close(struct fetcher *f)
{
	struct net *n = (struct net *)f;

	atomic_store(&n->world.closes, true);
	order(n, COMMAND_CLOSE, 0);
	pthread_join(n->thread, NULL);
	net_free(n);
}

/* ---- opening ---- */

/* Descriptors: a transfer that looks its host up and tries two addresses holds four for a
 * moment, and the rest of the program needs some. */
static int connections_of(const struct fetch_options *o)
{
	int wanted = o->connections > 0 ? o->connections : CONNECTIONS;
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY)
		return wanted;
	if (files.rlim_cur < 64 + 4 * (rlim_t)wanted)
		wanted = files.rlim_cur > 64 + 4 * 4 ? (int)(files.rlim_cur - 64) / 4 : 4;
	return wanted;
}

static void set_user_agent(struct net *n, const struct fetch_options *o)
{
	n->user_agent = buf_limited(512);
	buf_addf(&n->user_agent, "lede/%s", o->version ? o->version : "0");
	if (o->home_page)
		buf_addf(&n->user_agent, " (+%s)", o->home_page);
	n->world.user_agent = buf_cstr(&n->user_agent);
}

static void set_queue(struct net *n, const struct fetch_options *o)
{
	struct queue_limits l = {
		.total = connections_of(o),
		.per_host = o->per_host > 0 ? o->per_host : PER_HOST,
		.streams = o->per_host > STREAMS ? o->per_host : STREAMS,
		.spacing_ms = o->spacing_ms > 0 ? o->spacing_ms : SPACING,
		.near = o->near_host > 0 ? o->near_host : NEAR_HOST,
	};

	n->queue = queue_new(&l);
	curl_multi_setopt(n->multi, CURLMOPT_MAXCONNECTS, (long)l.total);
	curl_multi_setopt(n->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)l.total);
}

static struct net *net_new(const struct fetch_options *o)
{
	struct net *n = mem_new(sizeof *n);

	n->face = (struct fetcher){ .start = net_start, .cancel = net_cancel,
		.cancel_all = net_cancel_all, .close = net_close };
	n->multi = curl_multi_init();
	n->orders = mailbox_new(0);
	n->transfers = map_new();
	n->world.clock = o->clock;
	n->world.watch = wall_watch_new();
	n->world.gate.last = &n->world.gate.first;
	set_user_agent(n, o);
	return n;
}

enum err fetch_open(const struct fetch_options *o, struct fetcher **out, struct error *e)
{
	struct net *n;
	enum err rc;
	int failed;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return error_set(e, ERR_NET, "the network library cannot be started");
	n = net_new(o);
	if (!n->multi)
		abort();              /* as in handle_get */
	set_queue(n, o);
	rc = certificates_find(&n->certificates, o->ca_file, e);
	n->world.certificates = &n->certificates;
	if (rc == ERR_NONE && (failed = start_thread(n)) != 0)
		rc = error_errno(e, ERR_IO, failed, "the network thread cannot be started");
	if (rc != ERR_NONE) {
		net_free(n);
		return rc;
	}
	*out = &n->face;
	return ERR_NONE;
}
