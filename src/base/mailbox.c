#include "lede/base/mailbox.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "lede/base/mem.h"

struct queue { struct message *first, **last; };
struct mailbox {
	pthread_mutex_t lock;
	pthread_cond_t came, left;            /* something can be taken; there is room */
	struct queue urgent, other;
	size_t weight, limit;
	int pipe[2];                          /* holds one byte exactly while something is inside */
	bool closed;
};

static void queue_init(struct queue *q)
{
	q->first = NULL;
	q->last = &q->first;
}

static void queue_put(struct queue *q, struct message *m)
{
	m->next = NULL;
	*q->last = m;
	q->last = &m->next;
}

static struct message *queue_get(struct queue *q)
{
	struct message *m = q->first;

	if (!m)
		return NULL;
	q->first = m->next;
	if (!q->first)
		q->last = &q->first;
	m->next = NULL;
	return m;
}

static void drop(struct message *m)
{
	if (m->drop)
		m->drop(m);
	else
		free(m);
}

static void open_pipe(struct mailbox *box)
{
	if (pipe2(box->pipe, O_CLOEXEC | O_NONBLOCK) != 0)
		abort();      /* no descriptors at the start: nothing can be done without them */
}

struct mailbox *mailbox_new(size_t limit)
{
	struct mailbox *box = mem_new(sizeof *box);
	pthread_condattr_t monotonic;

	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_mutex_init(&box->lock, NULL);
	pthread_cond_init(&box->came, &monotonic);
	pthread_cond_init(&box->left, &monotonic);
	pthread_condattr_destroy(&monotonic);
	queue_init(&box->urgent);
	queue_init(&box->other);
	box->limit = limit;
	open_pipe(box);
	return box;
}

static bool is_empty(const struct mailbox *box)
{
	return !box->urgent.first && !box->other.first;
}

static struct message *get(struct mailbox *box)
{
	struct message *m = queue_get(&box->urgent);
	char byte;

	if (!m)
		m = queue_get(&box->other);
	if (!m)
		return NULL;
	box->weight -= m->weight;
	if (is_empty(box))
		while (read(box->pipe[0], &byte, 1) < 0 && errno == EINTR)
			;
	pthread_cond_broadcast(&box->left);
	return m;
}

static void put(struct mailbox *box, struct message *m)
{
	if (is_empty(box))
		while (write(box->pipe[1], "", 1) < 0 && errno == EINTR)
			;
	queue_put(m->urgent ? &box->urgent : &box->other, m);
	box->weight += m->weight;
	pthread_cond_signal(&box->came);
}

void mailbox_free(struct mailbox *box)
{
	struct message *m;

	if (!box)
		return;
	while ((m = get(box)))
		drop(m);
	close(box->pipe[0]);
	close(box->pipe[1]);
	pthread_cond_destroy(&box->came);
	pthread_cond_destroy(&box->left);
	pthread_mutex_destroy(&box->lock);
	free(box);
}

void mailbox_give(struct mailbox *box, struct message *m)
{
	bool closed;

	pthread_mutex_lock(&box->lock);
	closed = box->closed;
	if (!closed)
		put(box, m);
	pthread_mutex_unlock(&box->lock);
	if (closed)
		drop(m);
}

bool mailbox_give_wait(struct mailbox *box, struct message *m)
{
	bool closed;

	pthread_mutex_lock(&box->lock);
	while (box->limit && box->weight > box->limit && !box->closed)
		pthread_cond_wait(&box->left, &box->lock);
	closed = box->closed;
	if (!closed)
		put(box, m);
	pthread_mutex_unlock(&box->lock);
	if (closed)
		drop(m);
	return !closed;
}

bool mailbox_take(struct mailbox *box, struct message **m)
{
	pthread_mutex_lock(&box->lock);
	*m = get(box);
	pthread_mutex_unlock(&box->lock);
	return *m != NULL;
}

static struct timespec deadline(int ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += ms % 1000 * 1000000L;
	if (t.tv_nsec >= 1000000000L) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000L;
	}
	return t;
}

bool mailbox_wait(struct mailbox *box, struct message **m, int timeout_ms)
{
	struct timespec until = deadline(timeout_ms > 0 ? timeout_ms : 0);

	pthread_mutex_lock(&box->lock);
	while (!(*m = get(box)) && !box->closed) {
		if (timeout_ms < 0)
			pthread_cond_wait(&box->came, &box->lock);
		else if (pthread_cond_timedwait(&box->came, &box->lock, &until) == ETIMEDOUT)
			break;
	}
	if (!*m)
		*m = get(box);
	pthread_mutex_unlock(&box->lock);
	return *m != NULL;
}

int mailbox_fd(const struct mailbox *box)
{
	return box->pipe[0];
}

bool mailbox_has_urgent(struct mailbox *box)
{
	bool is;

	pthread_mutex_lock(&box->lock);
	is = box->urgent.first != NULL;
	pthread_mutex_unlock(&box->lock);
	return is;
}

bool mailbox_is_empty(struct mailbox *box)
{
	bool is;

	pthread_mutex_lock(&box->lock);
	is = is_empty(box);
	pthread_mutex_unlock(&box->lock);
	return is;
}

void mailbox_close(struct mailbox *box)
{
	pthread_mutex_lock(&box->lock);
	box->closed = true;
	pthread_cond_broadcast(&box->came);
	pthread_cond_broadcast(&box->left);
	pthread_mutex_unlock(&box->lock);
}

bool mailbox_is_closed(struct mailbox *box)
{
	bool is;

	pthread_mutex_lock(&box->lock);
	is = box->closed;
	pthread_mutex_unlock(&box->lock);
	return is;
}
