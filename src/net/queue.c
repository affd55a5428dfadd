#include "lede/net/queue.h"

#include <assert.h>
#include <stdlib.h>

#include "lede/base/hash.h"
#include "lede/base/mem.h"

#define SPACING_MOST (60 * 1000)
#define DAY (INT64_C(24) * 60 * 60 * 1000)
/* A near machine (exempt) gets no spacing, but small servers take a handful of connections at once
 * and let the others knock again a second later: it begins with a few and gets one more for each
 * that ended, until a knock was not heard. */
#define NEAR_LEAST 4

/* A host is in the heap exactly while something of it waits and it has a connection free. */
struct queue_host {
	struct queue_item *first, *last;
	int running, most;
	int spacing;                  /* milliseconds; 0 when exempt */
	bool exempt, crowded, avoids_http2;
	int64_t due, refused;         /* due: its next start; refused: when it last said 429 */
	uint64_t turn;                /* among those due at the same time: who came first */
	size_t place;                 /* in the heap, from 1; 0: not there */
};

struct queue {
	struct queue_limits limits;
	struct map *hosts;            /* hash of the name -> struct queue_host */
	struct queue_host **heap;     /* by due, then turn; heap[0] is not used */
	size_t nheap, cap;
	size_t running, waiting;
	uint64_t turns;
};

/* ---- the heap of hosts that have something to start ---- */

static bool comes_before(const struct queue_host *a, const struct queue_host *b)
{
	return a->due != b->due ? a->due < b->due : a->turn < b->turn;
}

static void heap_set(struct queue *q, size_t place, struct queue_host *h)
{
	q->heap[place] = h;
	h->place = place;
}

static void sift_up(struct queue *q, size_t place, struct queue_host *h)
{
	for (; place > 1 && comes_before(h, q->heap[place / 2]); place /= 2)
		heap_set(q, place, q->heap[place / 2]);
	heap_set(q, place, h);
}

static void sift_down(struct queue *q, size_t place, struct queue_host *h)
{
	for (size_t child; (child = 2 * place) <= q->nheap; place = child) {
		if (child < q->nheap && comes_before(q->heap[child + 1], q->heap[child]))
			child++;
		if (!comes_before(q->heap[child], h))
			break;
		heap_set(q, place, q->heap[child]);
	}
	heap_set(q, place, h);
}

static void heap_add(struct queue *q, struct queue_host *h)
{
	q->heap = mem_grow(q->heap, &q->cap, q->nheap + 2, sizeof *q->heap);
	h->turn = q->turns++;
	sift_up(q, ++q->nheap, h);
}

static void heap_remove(struct queue *q, struct queue_host *h)
{
	size_t place = h->place;
	struct queue_host *last = q->heap[q->nheap--];

	h->place = 0;
	if (last == h)
		return;
	if (place > 1 && comes_before(last, q->heap[place / 2]))
		sift_up(q, place, last);
	else
		sift_down(q, place, last);
}

/* Brings the heap up to date with what changed about `h`. */
static void settle(struct queue *q, struct queue_host *h)
{
	bool wanted = h->first && h->running < h->most;

	if (wanted && h->place == 0)
		heap_add(q, h);
	else if (!wanted && h->place != 0)
		heap_remove(q, h);
}

/* ---- lines ---- */

static void line_add(struct queue_host *h, struct queue_item *it)
{
	it->next = NULL;
	it->before = h->last;
	if (h->last)
		h->last->next = it;
	else
		h->first = it;
	h->last = it;
}

static void line_remove(struct queue_host *h, struct queue_item *it)
{
	if (it->before)
		it->before->next = it->next;
	else
		h->first = it->next;
	if (it->next)
		it->next->before = it->before;
	else
		h->last = it->before;
	it->next = it->before = NULL;
}

/* ---- the module ---- */

struct queue *queue_new(const struct queue_limits *l)
{
	struct queue *q = mem_new(sizeof *q);

	q->limits = *l;
	q->hosts = map_new();
	return q;
}

void queue_free(struct queue *q)
{
	uint64_t key, value;
	size_t at = 0;

	if (!q)
		return;
	while (map_next(q->hosts, &at, &key, &value))
		free((void *)(uintptr_t)value);
	map_free(q->hosts);
	free(q->heap);
	free(q);
}

/* Two hosts whose hashes collide share one line, which costs them a little patience. */
static struct queue_host *host_named(struct queue *q, struct str name, bool exempt)
{
	uint64_t key = hash64(name), value;
	struct queue_host *h;

	if (map_get(q->hosts, key, &value))
		return (struct queue_host *)(uintptr_t)value;
	h = mem_new(sizeof *h);
	h->most = exempt ? q->limits.near : q->limits.per_host;
	h->exempt = exempt;
	h->spacing = exempt ? 0 : q->limits.spacing_ms;
	map_put(q->hosts, key, (uintptr_t)h);
	return h;
}

void queue_add(struct queue *q, struct queue_item *it, struct str host, bool exempt)
{
	struct queue_host *h = host_named(q, host, exempt);

	it->host = h;
	it->runs = false;
	line_add(h, it);
	q->waiting++;
	settle(q, h);
}

static int spacing_of(const struct queue *q, struct queue_host *h, int64_t now)
{
	if (h->refused && now - h->refused > DAY) {
		h->refused = 0;
		h->spacing = q->limits.spacing_ms;
	}
	return h->spacing;
}

struct queue_item *queue_take(struct queue *q, int64_t now)
{
	struct queue_host *h = q->nheap > 0 ? q->heap[1] : NULL;
	struct queue_item *it;

	if (!h || h->due > now || q->running >= (size_t)q->limits.total)
		return NULL;
	it = h->first;
	line_remove(h, it);
	it->runs = true;
	q->waiting--;
	q->running++;
	h->running++;
	heap_remove(q, h);
	h->due = now + spacing_of(q, h, now);
	settle(q, h);
	return it;
}

int64_t queue_wait(const struct queue *q, int64_t now)
{
	if (q->nheap == 0 || q->running >= (size_t)q->limits.total)
		return -1;
	return q->heap[1]->due > now ? q->heap[1]->due - now : 0;
}

void queue_done(struct queue *q, struct queue_item *it)
{
	struct queue_host *h = it->host;

	if (it->runs) {
		assert(h->running > 0 && q->running > 0);
		h->running--;
		q->running--;
		h->most += h->exempt && !h->crowded;
	} else {
		line_remove(h, it);
		q->waiting--;
	}
	it->host = NULL;
	settle(q, h);
}

void queue_drain(struct queue *q, void (*each)(void *self, struct queue_item *it), void *self)
{
	uint64_t key, value;
	size_t at = 0;

	while (map_next(q->hosts, &at, &key, &value)) {
		struct queue_host *h = (struct queue_host *)(uintptr_t)value;
		struct queue_item *it;

		while ((it = h->first)) {
			queue_done(q, it);
			each(self, it);
		}
	}
}

size_t queue_running(const struct queue *q)
{
	return q->running;
}

size_t queue_waiting(const struct queue *q)
{
	return q->waiting;
}

/* ---- what was learnt ---- */

void queue_host_streams(struct queue *q, struct queue_item *it)
{
	if (!it->host->exempt)
		it->host->most = q->limits.streams;
	settle(q, it->host);
}

void queue_host_crowded(struct queue *q, struct queue_item *it)
{
	struct queue_host *h = it->host;

	if (!h->exempt)
		return;
	h->crowded = true;
	h->most = h->most / 2 > NEAR_LEAST ? h->most / 2 : NEAR_LEAST;
	settle(q, h);
}

void queue_host_refused(struct queue *q, struct queue_item *it, int64_t now)
{
	struct queue_host *h = it->host;
	int twice = 2 * spacing_of(q, h, now);

	if (h->exempt)
		return;
	h->refused = now;
	h->spacing = twice < SPACING_MOST ? twice : SPACING_MOST;
	if (h->place != 0)
		heap_remove(q, h);
	h->due = now + h->spacing;
	settle(q, h);
}

void queue_host_space(struct queue_item *it, int spacing_ms, int64_t now)
{
	struct queue_host *h = it->host;

	if (h->exempt || spacing_ms <= h->spacing)
		return;
	h->refused = now;             /* it relaxes a day from now */
	h->spacing = spacing_ms < SPACING_MOST ? spacing_ms : SPACING_MOST;
}

void queue_host_avoid_http2(struct queue_item *it)
{
	it->host->avoids_http2 = true;
}

bool queue_host_avoids_http2(const struct queue_item *it)
{
	return it->host->avoids_http2;
}
