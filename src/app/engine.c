#include "lede/app/engine.h"

#include <stdlib.h>

#include "indexer.h"
#include "prober.h"
#include "reader.h"
#include "refresh_order.h"
#include "scripts.h"
#include "writer.h"

#define INDEX_AFTER_MS 3000       /* the first screens come first */

struct engine {
	struct mailbox *out;
	struct writer *writer;
	struct reader *reader;
	struct indexer *indexer;      /* NULL: without the reader nobody indexes */
	struct prober *prober;        /* NULL: without the reader nobody looks at addresses */
	struct fetcher *fetcher;
	const struct config *config;
	unsigned orders;              /* refreshes ordered so far */
	atomic_llong on_screen;       /* the entry whose article was asked for last */
	atomic_bool refreshing;       /* from the order of a refresh to its last notice */
};

/* What the reader thread has to know of configuration and feeds file. */
static void renew_settings(struct engine *g, const struct subscriptions *subs)
{
	if (g->reader)
		reader_wishes(g->reader, script_wishes_new(g->config, subs));
}

static void wake_indexer(void *self)
{
	struct engine *g = self;

	indexer_wake(g->indexer);
}

static void give_followed(void *self, struct search_done *done, size_t n)
{
	struct engine *g = self;
	struct job *j = job_new(JOB_FOLLOWED);

	j->followed = done;
	j->nfollowed = n;
	writer_give(g->writer, &j->m);
}

static enum err start_indexer(struct engine *g, const struct engine_setup *setup, struct error *e)
{
	const struct indexer_setup indexer = {
		.path = setup->store_path, .clock = setup->clock, .refreshing = &g->refreshing,
		.wait_ms = INDEX_AFTER_MS, .followed = give_followed, .self = g,
	};

	return indexer_start(&indexer, &g->indexer, e);
}

enum err engine_open(const struct engine_setup *setup, struct engine **out, struct error *e)
{
	struct engine *g = mem_new(sizeof *g);
	struct writer_setup writer = {
		.path = setup->store_path, .clock = setup->clock, .config = setup->config,
		.files = { setup->feeds_path, setup->config_path },
		.fetcher = setup->fetcher, .secrets = setup->secrets,
		.subs = setup->subs,
		.refreshing = &g->refreshing,
		.on_screen = &g->on_screen,
		.refreshed = wake_indexer, .self = g,
	};
	enum err rc;

	g->fetcher = setup->fetcher;
	g->config = setup->config;
	g->out = mailbox_new(0);
	atomic_init(&g->refreshing, false);
	atomic_init(&g->on_screen, 0);
	writer.out = g->out;
	rc = writer_start(&writer, &g->writer, e);
	if (rc == ERR_NONE && setup->reader)
		rc = reader_start(setup->store_path, g->out, &g->reader, e);
	if (rc == ERR_NONE && setup->reader)
		rc = start_indexer(g, setup, e);
	if (rc == ERR_NONE && setup->reader)
		g->prober = prober_new(setup->fetcher, setup->config, g->out);
	if (rc != ERR_NONE) {
		engine_close(g);
		return rc;
	}
	renew_settings(g, setup->subs);
	*out = g;
	return ERR_NONE;
}

void engine_close(struct engine *g)
{
	if (!g)
		return;
	/* first, so that the writer's last checkpoint finds nobody reading */
	reader_stop(g->reader);
	prober_free(g->prober);
	indexer_stop(g->indexer);
	writer_stop(g->writer);
	indexer_free(g->indexer);
	mailbox_free(g->out);
	free(g);
}

struct mailbox *engine_mailbox(struct engine *g)
{
	return g->out;
}

void engine_ask(struct engine *g, struct ask *a)
{
	if (a->kind == ASK_ARTICLE)
		atomic_store(&g->on_screen, a->entry);
	if (g->prober && a->kind == ASK_ADDRESS)
		prober_ask(g->prober, a);
	else if (g->reader)
		reader_ask(g->reader, a);
	else
		free(a);
}

void engine_tell(struct engine *g, struct job *j)
{
	writer_give(g->writer, &j->m);
}

/* Takes the right to refresh; false when it is taken, or nobody could fetch. */
static bool may_refresh(struct engine *g)
{
	return g->fetcher && !atomic_exchange(&g->refreshing, true);
}

static void give_order(struct engine *g, struct refresh_order *o)
{
	o->number = ++g->orders;
	writer_give(g->writer, &o->m);
}

bool engine_refresh(struct engine *g, const struct subscriptions *subs, const struct str *only,
		    size_t n, enum refresh_mode mode)
{
	if (!may_refresh(g))
		return false;
	renew_settings(g, subs);
	give_order(g, refresh_order_new(subs, only, n, mode));
	return true;
}

bool engine_refresh_feeds(struct engine *g, const struct subscriptions *subs, const int64_t *feeds,
			  size_t n, enum refresh_mode mode)
{
	if (!may_refresh(g))
		return false;
	renew_settings(g, subs);
	give_order(g, refresh_order_feeds(subs, feeds, n, mode));
	return true;
}

void engine_stop_refresh(struct engine *g)
{
	writer_stop_refresh(g->writer, g->orders);
}
