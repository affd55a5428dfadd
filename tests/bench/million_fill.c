/* The cache of a million entries, and its index. */
#include <stdlib.h>
#include <unistd.h>

#include "asked.h"
#include "indexed.h"
#include "lede/base/mem.h"
#include "lede/rank/fold.h"
#include "lede/store/entries.h"
#include "lede/store/feeds.h"
#include "lede/store/stories.h"
#include "lede/text/date.h"
#include "million.h"

#define BATCH 1000     /* entries in a transaction */
#define READ_OF_SIX 4
#define STAR_EACH 1000
#define EDITION_AGE 1800

static enum err add_feeds(struct store *s, const struct corpus *c, struct error *e)
{
	struct str *url = mem_array((size_t)c->feeds, sizeof *url);
	enum err rc;

	for (int i = 0; i < c->feeds; i++) {
		struct buf b = buf_limited(64);

		buf_addf(&b, "http://127.0.0.1/%d", i);
		url[i].n = b.n;
		url[i].p = buf_take(&b);
	}
	rc = store_feeds_sync(s, url, (size_t)c->feeds, CORPUS_NOW - 86400 * 365, NULL, e);
	for (int i = 0; i < c->feeds; i++)
		free((char *)(uintptr_t)url[i].p);
	free(url);
	return rc;
}

/* Entry number `at` in the order of time. */
static enum err put_one(struct store *s, const struct corpus *c, int at, struct error *e)
{
	struct buf title = buf_limited(1 << 16), body = buf_limited(1 << 20),
		   link = buf_limited(64);
	int feed = c->feeds - 1 - at % c->feeds, entry = c->entries - 1 - at / c->feeds;
	struct entry_new n = { .feed = feed + 1, .updated = DATE_NONE, .points = -1 };
	enum put_result result;
	enum err rc;
	int64_t id;

	n.published = corpus_entry(c, feed, entry, &title, &body);
	buf_addf(&link, "https://source%d.example/%d", feed, entry);
	n.guid = n.link = buf_view(&link);
	n.title = buf_view(&title);
	n.html = buf_view(&body);
	rc = store_put_entry(s, &n, n.published + 60, &result, &id, e);
	buf_free(&title);
	buf_free(&body);
	buf_free(&link);
	return rc;
}

static enum err put_range(struct store *s, const struct corpus *c, int from, int to,
			  struct error *e)
{
	enum err rc = ERR_NONE;

	while (from < to && rc == ERR_NONE) {
		rc = store_begin(s, false, e);
		for (int i = 0; i < BATCH && from < to && rc == ERR_NONE; i++)
			rc = put_one(s, c, from++, e);
		if (rc == ERR_NONE)
			rc = store_commit(s, e);
	}
	return rc;
}

/* What is older than the window counts as folded, each a story of its own. */
static enum err fold_old(struct store *s, struct error *e)
{
	int64_t highest = 0;
	enum err rc = store_highest_id(s, &highest, e);

	if (rc == ERR_NONE)
		rc = store_begin(s, false, e);
	if (rc == ERR_NONE)
		rc = store_fold_done(s, highest, CORPUS_NOW - FOLD_WINDOW, e);
	return rc == ERR_NONE ? store_commit(s, e) : rc;
}

/* Two thirds read, a feed at a time; stars here and there. */
static enum err mark_some(struct store *s, const struct corpus *c, struct error *e)
{
	int64_t n, highest = 0;
	enum err rc = store_highest_id(s, &highest, e);

	for (int feed = 1; feed <= c->feeds && rc == ERR_NONE; feed++)
		if (feed % 6 < READ_OF_SIX)
			rc = store_mark_list_read(s, LIST_FEED, feed, highest, &n, e);
	for (int64_t id = STAR_EACH; id <= highest && rc == ERR_NONE; id += STAR_EACH)
		rc = store_mark(s, &id, 1, ENTRY_STARRED, true, NULL, e);
	return rc;
}

static enum err fill(struct store *s, const struct corpus *c, struct error *e)
{
	int all = c->feeds * c->entries, recent = all < 20000 ? all / 2 : 10000;
	enum err rc = add_feeds(s, c, e);

	if (rc == ERR_NONE)
		rc = put_range(s, c, 0, all - recent, e);
	if (rc == ERR_NONE)
		rc = mark_some(s, c, e);
	if (rc == ERR_NONE)
		rc = fold_old(s, e);
	if (rc == ERR_NONE)
		rc = put_range(s, c, all - recent, all, e);
	return rc == ERR_NONE ? edition_of_now(s, CORPUS_NOW - EDITION_AGE, e) : rc;
}

bool million_fill(void *self, double value[VALUES])
{
	const struct million *m = self;
	double began = cpu_now();
	struct store *s;
	struct error e;

	if (access(m->db, F_OK) == 0)
		return true;
	if (!fine(store_open(m->db, STORE_WRITE, &s, &e), &e) || !fine(fill(s, &m->corpus, &e), &e))
		return false;
	store_close(s);
	value[0] = cpu_now() - began;
	return true;
}

/* Bytes of title and text of every 997th entry, for all of them. */
static double text_mb(const struct corpus *c)
{
	int all = c->feeds * c->entries;
	double bytes = 0;

	for (int at = 0; at < all; at += 997) {
		struct buf text = buf_limited(1 << 20);

		corpus_entry(c, at % c->feeds, at / c->feeds, &text, &text);
		bytes += (double)text.n;
		buf_free(&text);
	}
	return bytes * 997 / 1e6;
}

bool million_index(void *self, double value[VALUES])
{
	const struct million *m = self;
	struct indexing i;

	if (!index_all(m->db, &i))
		return false;
	value[0] = i.indexed_s;
	value[1] = (double)i.entries;
	value[2] = text_mb(&m->corpus) * value[1] / (m->corpus.feeds * m->corpus.entries);
	value[3] = i.merged_s;
	return true;
}
