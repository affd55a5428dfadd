#include <stdio.h>
#include <stdlib.h>

#include "lede/app/ingest.h"
#include "lede/rank/fold.h"
#include "lede/store/feeds.h"
#include "lede/store/stories.h"
#include "asked.h"
#include "held.h"

#define DOCUMENT_MOST (64u << 20)
#define FEEDS_AT_ONCE 40 /* in one transaction: nobody waits for it */
#define EDITION_AGE 1800 /* seconds before CORPUS_NOW the edition was made */

struct putting {
	struct store *store;
	struct held *recent; /* what is in the window for folding is held back; NULL: is put too */
	struct error e;
	enum err rc;
};

bool write_feed_list(const struct bench *b, int feeds, const char *path)
{
	FILE *f = fopen(path, "w");

	for (int i = 0; f && i < feeds; i++)
		fprintf(f, "http://127.0.0.1:%d/%d\n", b->web.port, i);
	return f && fclose(f) == 0;
}

static int64_t time_of(const struct entry_new *n)
{
	return n->published == DATE_NONE ? n->updated : n->published;
}

/* As if it had come when it was published. */
static bool put_entry(struct putting *p, const struct entry_new *n)
{
	enum put_result result;
	int64_t id;

	p->rc = store_put_entry(p->store, n, time_of(n) + 60, &result, &id, &p->e);
	return p->rc == ERR_NONE;
}

static bool take_entry(void *self, const struct entry_new *n)
{
	struct putting *p = self;

	if (p->recent && time_of(n) >= CORPUS_NOW - EDITION_AGE - FOLD_WINDOW)
		return held_add(p->recent, n);
	return put_entry(p, n);
}

static void put_feed(struct putting *p, const struct corpus *c, int feed, int64_t id)
{
	struct buf text = buf_limited(DOCUMENT_MOST), title = buf_limited(64);
	struct ingest *g = ingest_new(id, STR("http://127.0.0.1/"), str_of(corpus_type(feed)),
				      STR(""), take_entry, p);
	struct feed_visit v = { .feed = id,
				.now = CORPUS_NOW - EDITION_AGE,
				.next = CORPUS_NOW,
				.state = FEED_OK,
				.complete = true,
				.format = STR("rss2.0"),
				.fresh = c->entries };

	corpus_feed(c, feed, 1, &text);
	buf_addf(&title, "Source %d", feed);
	v.title = buf_view(&title);
	p->rc = ingest_push(g, buf_view(&text), &p->e);
	if (p->rc == ERR_NONE)
		p->rc = ingest_end(g, &p->e);
	if (p->rc == ERR_NONE)
		p->rc = store_feed_visited(p->store, &v, &p->e);
	ingest_free(g);
	buf_free(&text);
	buf_free(&title);
}

static int64_t *sync_feeds(struct putting *p, const struct filling *f)
{
	struct str *url = mem_array((size_t)f->feeds, sizeof *url);
	int64_t *id = mem_array((size_t)f->feeds, sizeof *id);

	for (int i = 0; i < f->feeds; i++) {
		struct buf b = buf_limited(64);

		buf_addf(&b, "http://127.0.0.1:%d/%d", f->b->web.port, i);
		url[i].n = b.n;
		url[i].p = buf_take(&b);
	}
	p->rc = store_feeds_sync(p->store, url, (size_t)f->feeds, CORPUS_NOW - 86400 * 30, id,
				 &p->e);
	for (int i = 0; i < f->feeds; i++)
		free((char *)(uintptr_t)url[i].p);
	free(url);
	return id;
}

static void put_feeds(struct putting *p, const struct filling *f)
{
	int64_t *id = sync_feeds(p, f);

	for (int i = 0; i < f->feeds && p->rc == ERR_NONE; i += FEEDS_AT_ONCE) {
		p->rc = store_begin(p->store, false, &p->e);
		for (int k = i; k < i + FEEDS_AT_ONCE && k < f->feeds && p->rc == ERR_NONE; k++)
			put_feed(p, &f->b->corpus, k, id[k]);
		if (p->rc == ERR_NONE)
			p->rc = store_commit(p->store, &p->e);
	}
	free(id);
}

/* What is older than the window counts as folded, each a story of its own: no edition asks for it
 * any more. */
static void put_recent(struct putting *p)
{
	int64_t highest = 0;

	p->rc = store_highest_id(p->store, &highest, &p->e);
	if (p->rc == ERR_NONE)
		p->rc = store_begin(p->store, false, &p->e);
	if (p->rc == ERR_NONE)
		p->rc = store_fold_done(p->store, highest, CORPUS_NOW - FOLD_WINDOW, &p->e);
	for (size_t i = 0; i < p->recent->n && p->rc == ERR_NONE; i++)
		put_entry(p, &p->recent->entry[i]);
	if (p->rc == ERR_NONE)
		p->rc = store_commit(p->store, &p->e);
}

bool cache_fill(void *self, double value[VALUES])
{
	struct filling *f = self;
	struct putting p = { .recent = held_new(), .rc = ERR_NONE };

	(void)value;
	p.rc = store_open(f->db, STORE_WRITE, &p.store, &p.e);
	if (p.rc == ERR_NONE)
		put_feeds(&p, f);
	if (p.rc == ERR_NONE)
		put_recent(&p);
	if (p.rc == ERR_NONE)
		p.rc = edition_of_now(p.store, CORPUS_NOW - EDITION_AGE, &p.e);
	store_close(p.store);
	return fine(p.rc, &p.e);
}
