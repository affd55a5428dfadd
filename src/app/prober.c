#include "prober.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "cli_address.h"
#include "cli_probe.h"
#include "thread.h"

struct prober {
	struct fetcher *fetcher;
	const struct config *config;
	struct mailbox *in, *out;
	pthread_t thread;
	bool running;
	atomic_uint wanted;               /* the ticket of the newest ask */
};

/* The answer that is being worked on. */
struct probing { struct prober *p; uint32_t ticket; };

static bool is_given_up(void *self)
{
	const struct probing *g = self;

	return atomic_load(&g->p->wanted) != g->ticket || mailbox_is_closed(g->p->in);
}

static void tell_place(void *self, int place)
{
	struct probing *g = self;
	struct notice *n = notice_new(NOTICE_LOOKING);

	n->n = place;
	n->feed = g->ticket;
	mailbox_give(g->p->out, &n->m);
}

static void fill(struct answer *a, const struct probe *p)
{
	a->address.url = p->url;
	a->address.title = p->title;
	a->address.result = p->result;
	a->address.found = p->found;
	a->address.nfound = p->nfound;
	a->address.why = p->why;
}

static void probe_asked(struct prober *p, const struct ask *ask, struct answer *a)
{
	struct probing g = { p, ask->ticket };
	struct probe_watch watch = { is_given_up, tell_place, &g };
	struct buf whole = buf_limited(16 << 10);
	struct probe probe = { .nfound = 0 };

	a->error.code = cli_address(str_of(ask->query), STR("/"), &whole, &a->error);
	if (a->error.code == ERR_NONE) {
		probe.url = (struct str){ arena_copy(a->arena, buf_cstr(&whole), whole.n), whole.n };
		if (!p->fetcher && probe_needs_network(&probe))
			a->error.code = error_set(&a->error, ERR_USAGE, "there is no network here");
		else
			probe_watched(&probe, p->fetcher, p->config, &watch, a->arena);
		fill(a, &probe);
	}
	buf_free(&whole);
}

static void *prober_run(void *self)
{
	struct prober *p = self;
	struct message *m;

	while (mailbox_wait(p->in, &m, -1)) {
		struct ask *ask = (struct ask *)m;
		struct answer *a = answer_new(ask);

		if (ask->query[0] != '\0' && atomic_load(&p->wanted) == ask->ticket)
			probe_asked(p, ask, a);
		if (ask->query[0] != '\0' && atomic_load(&p->wanted) == ask->ticket && !mailbox_is_closed(p->in))
			mailbox_give(p->out, &a->m);
		else
			answer_free(a);
		free(ask);
	}
	return NULL;
}

struct prober *prober_new(struct fetcher *fetcher, const struct config *config, struct mailbox *out)
{
	struct prober *p = mem_new(sizeof *p);

	p->fetcher = fetcher;
	p->config = config;
	p->in = mailbox_new(0);
	p->out = out;
	return p;
}

void prober_ask(struct prober *p, struct ask *ask)
{
	struct error e;

	atomic_store(&p->wanted, ask->ticket);
	if (!p->running && ask->query[0] != '\0')
		p->running = thread_start(&p->thread, prober_run, p, &e) == ERR_NONE;
	if (p->running)
		mailbox_give(p->in, &ask->m);
	else
		free(ask);
}

void prober_free(struct prober *p)
{
	struct message *m;

	if (!p)
		return;
	mailbox_close(p->in);
	if (p->running)
		pthread_join(p->thread, NULL);
	while (mailbox_take(p->in, &m))
		free(m);
	mailbox_free(p->in);
	free(p);
}
