#include "indexer.h"

#include <stdlib.h>

#include "lede/base/mailbox.h"
#include "thread.h"

#define BACKLOG 3000 /* entries: from here on the large buffer is worth its 30 MB */
#define BACKLOG_STEP 2000 /* entries of a transaction */
#define USUAL_STEP 300
#define LOOK_AGAIN_MS 60000 /* another process may have refreshed */
#define BUSY_MS 5000 /* another process is indexing */

struct indexer {
	char *path;
	struct indexer_setup setup;
	struct mailbox *in; /* messages without a content: wakes */
	struct store *store;
	struct search_index *index;
	pthread_t thread;
};

static struct search_pace pace_for(int64_t waiting)
{
	bool backlog = waiting > BACKLOG;

	return (struct search_pace){ .backlog = backlog,
		                     .entries = backlog ? BACKLOG_STEP : USUAL_STEP };
}

/* ---- the thread ---- */

static bool is_refreshing(const struct indexer *x)
{
	return atomic_load(x->setup.refreshing);
}

static enum search_go go_on(void *self)
{
	struct indexer *x = self;

	if (mailbox_is_closed(x->in))
		return SEARCH_DROP;
	return is_refreshing(x) ? SEARCH_COMMIT : SEARCH_ON;
}

static void close_index(struct indexer *x)
{
	search_index_close(x->index);
	x->index = NULL;
}

static enum err open_index(struct indexer *x, struct error *e)
{
	enum err rc = ERR_NONE;

	if (!x->store)
		rc = store_open(x->path, STORE_READ, &x->store, e);
	if (rc == ERR_NONE && !x->index)
		rc = search_index_open(x->store, &x->index, e);
	return rc;
}

static void tell_followed(struct indexer *x)
{
	size_t n;
	struct search_done *done = search_index_done(x->index, &n);

	if (n > 0)
		x->setup.followed(x->setup.self, done, n);
	else
		free(done);
}

static enum err one_step(struct indexer *x, bool *more, struct error *e)
{
	struct search_pace pace;
	int64_t waiting;
	enum err rc = search_index_waiting(x->index, &waiting, e);

	if (rc != ERR_NONE)
		return rc;
	pace = pace_for(waiting);
	pace.go = go_on;
	pace.self = x;
	rc = search_index_step(x->index, &pace, more, e);
	tell_followed(x);
	return rc;
}

/* Until everything is indexed or something else is to be done; how long to wait then, in ms. What
 * goes wrong concerns nobody: the index is made again from the start when it has to be. */
static int index_all(struct indexer *x)
{
	struct error e;
	bool more = true;
	enum err rc = open_index(x, &e);

	while (rc == ERR_NONE && more && go_on(x) == SEARCH_ON)
		rc = one_step(x, &more, &e);
	if (rc != ERR_NONE && rc != ERR_BUSY)
		close_index(x);
	return rc == ERR_NONE ? LOOK_AGAIN_MS : BUSY_MS;
}

/* False: it is to end. */
static bool wait_for_wake(struct indexer *x, int ms)
{
	struct message *m;

	if (mailbox_wait(x->in, &m, ms))
		do
			free(m);
		while (mailbox_take(x->in, &m));
	return !mailbox_is_closed(x->in);
}

static void *indexer_run(void *self)
{
	struct indexer *x = self;
	int64_t until = clock_ticks(&x->setup.clock) + x->setup.wait_ms;
	int ms = x->setup.wait_ms;

	while (wait_for_wake(x, ms)) {
		int64_t now = clock_ticks(&x->setup.clock);

		if (now < until)
			ms = (int)(until - now);
		else
			ms = is_refreshing(x) ? LOOK_AGAIN_MS : index_all(x);
	}
	return NULL;
}

void indexer_free(struct indexer *x)
{
	if (!x)
		return;
	search_index_close(x->index);
	store_close(x->store);
	mailbox_free(x->in);
	free(x->path);
	free(x);
}

enum err indexer_start(const struct indexer_setup *setup, struct indexer **out, struct error *e)
{
	struct indexer *x = mem_new(sizeof *x);
	enum err rc;

	x->setup = *setup;
	x->path = mem_strdup(setup->path);
	x->setup.path = x->path;
	x->in = mailbox_new(0);
	rc = thread_start(&x->thread, indexer_run, x, e);
	*out = rc == ERR_NONE ? x : NULL;
	if (rc != ERR_NONE)
		indexer_free(x);
	return rc;
}

void indexer_wake(struct indexer *x)
{
	if (x)
		mailbox_give(x->in, mem_new(sizeof(struct message)));
}

void indexer_stop(struct indexer *x)
{
	if (!x)
		return;
	mailbox_close(x->in);
	pthread_join(x->thread, NULL);
}

/* ---- without a thread ---- */

struct while_it_lasts {
	const struct clock *clock;
	int64_t until;
};

static enum search_go go_until(void *self)
{
	const struct while_it_lasts *t = self;

	return clock_ticks(t->clock) < t->until ? SEARCH_ON : SEARCH_COMMIT;
}

void index_for_a_while(const char *path, const struct clock *clock, int ms)
{
	struct while_it_lasts t = { clock, clock_ticks(clock) + ms };
	const struct search_pace pace = { .entries = USUAL_STEP, .go = go_until, .self = &t };
	struct store *s = NULL;
	struct search_index *x = NULL;
	bool more = true;
	enum err rc = store_open(path, STORE_WRITE, &s, NULL);

	if (rc == ERR_NONE)
		rc = search_index_open(s, &x, NULL);
	while (rc == ERR_NONE && more && go_until(&t) == SEARCH_ON)
		rc = search_index_step(x, &pace, &more, NULL);
	search_index_close(x);
	store_close(s);
}
