#include "lede/app/ingest.h"

#include <stdlib.h>

#include "lede/text/display.h"
#include "lede/text/html.h"
#include "lede/text/url.h"
#include "lede/text/utf8.h"

#define TEXT_MAX (128 << 10)      /* of a title in display form: the parser cuts titles at 64 KiB */
#define STAND_IN_BYTES 120        /* of the text that stands in for a missing title */

struct ingest {
	struct feed_parser *parser;
	int64_t feed;
	ingest_fn *entry;
	void *self;
	size_t count;
	struct siphash hash;
	struct buf title, author, text;            /* of the entry at hand */
};

/* Only to see that a document is byte for byte the one of last time: whoever made two documents
 * collide would only hide news of his own feed, so a key that everybody knows will do. */
static const struct hash_key body_key = { { 'l', 'e', 'd', 'e' } };

static struct str or_empty(struct str s)
{
	return s.p ? s : STR("");
}

/* A row without words cannot be chosen: what comes without a title (microblogs do) is shown by its
 * first words, else by its link. */
static void stand_in_title(struct str html, struct str link, struct buf *scratch, struct buf *title)
{
	struct str text;

	buf_clear(scratch);
	html_to_text(html, scratch);
	text = buf_view(scratch);
	if (text.n > STAND_IN_BYTES) {
		buf_cut(scratch, utf8_cut(text, STAND_IN_BYTES));
		buf_add(scratch, STR("\u2026"));
	}
	display_line(buf_view(scratch), title);
	if (title->n == 0 && link.n > 0)
		url_display(link, title);
	if (title->n == 0)
		buf_add(title, STR("(untitled)"));
}

void ingest_title(struct str title, struct str html, struct str link, struct buf *scratch,
		  struct buf *out)
{
	if (title.n > 0)
		display_line(title, out);
	if (out->n == 0)
		stand_in_title(html, link, scratch, out);
}

static bool take_entry(void *self, const struct feed_entry *e)
{
	struct ingest *g = self;
	struct str html = e->content.n > 0 ? e->content : or_empty(e->summary);
	struct entry_new n = {
		.feed = g->feed, .guid = or_empty(e->id), .link = or_empty(e->link), .html = html,
		.language = or_empty(e->language), .published = e->published, .updated = e->updated,
		.index = e->index, .rank = e->rank, .points = e->points,
		.enclosure = e->nenclosures > 0 ? or_empty(e->enclosures[0].url) : STR(""),
	};

	buf_clear(&g->title);
	buf_clear(&g->author);
	ingest_title(e->title, html, n.link, &g->text, &g->title);
	if (e->author.n > 0)
		display_line(e->author, &g->author);
	n.title = buf_view(&g->title);
	n.author = or_empty(buf_view(&g->author));
	g->count++;
	return g->entry(g->self, &n);
}

struct ingest *ingest_new(int64_t feed, struct str url, struct str content_type, struct str charset,
			  ingest_fn *entry, void *self)
{
	struct ingest *g = mem_new(sizeof *g);
	struct feed_source source = {
		.base_url = url, .content_type = content_type, .charset = charset,
		.entry = take_entry, .self = g,
	};

	g->feed = feed;
	g->entry = entry;
	g->self = self;
	g->title = buf_limited(TEXT_MAX);
	g->author = buf_limited(TEXT_MAX);
	g->text = buf_limited(32 << 20);
	siphash_start(&g->hash, &body_key);
	g->parser = feed_parser_new(&source);
	return g;
}

enum err ingest_push(struct ingest *g, struct str bytes, struct error *e)
{
	siphash_add(&g->hash, bytes);
	return feed_parser_push(g->parser, bytes, e);
}

enum err ingest_end(struct ingest *g, struct error *e)
{
	return feed_parser_end(g->parser, e);
}

const struct feed_meta *ingest_meta(const struct ingest *g)
{
	return feed_parser_meta(g->parser);
}

size_t ingest_count(const struct ingest *g)
{
	return g->count;
}

uint64_t ingest_hash(struct str body)
{
	return siphash(&body_key, body);
}

uint64_t ingest_body_hash(const struct ingest *g)
{
	struct siphash so_far = g->hash;           /* ending changes it, and more bytes may come */

	return siphash_end(&so_far);
}

void ingest_free(struct ingest *g)
{
	if (!g)
		return;
	feed_parser_free(g->parser);
	buf_free(&g->title);
	buf_free(&g->author);
	buf_free(&g->text);
	free(g);
}

/* ---- a whole document straight into a store ---- */

struct direct {
	struct store *store;
	int64_t now, until, fresh;
	enum err rc;
	struct error *e;
};

static bool put_entry(void *self, const struct entry_new *n)
{
	struct direct *d = self;
	enum put_result result;
	int64_t id;

	if (n->published != DATE_NONE && n->published > d->until)
		return true;
	d->rc = store_put_entry(d->store, n, d->now, &result, &id, d->e);
	d->fresh += d->rc == ERR_NONE && result == PUT_NEW;
	return d->rc == ERR_NONE;
}

static enum err put_visit(struct direct *d, const struct ingest *g, struct error *e)
{
	const struct feed_meta *meta = ingest_meta(g);
	struct buf title = buf_limited(TEXT_MAX);
	struct feed_visit v = {
		.feed = g->feed, .now = d->now, .next = d->now, .state = FEED_OK,
		.complete = !meta->cut, .cut = meta->cut,
		.body_hash = ingest_body_hash(g), .site = meta->link,
		.format = str_of(feed_format_name(meta->format)), .fresh = d->fresh,
	};
	enum err rc;

	display_line(or_empty(meta->title), &title);
	v.title = buf_view(&title);
	rc = store_feed_visited(d->store, &v, e);
	buf_free(&title);
	return rc;
}

enum err ingest_document_until(struct store *s, int64_t feed, struct str url, struct str bytes,
			       int64_t now, int64_t until, struct error *e)
{
	struct direct d = { .store = s, .now = now, .until = until, .e = e };
	struct ingest *g;
	enum err rc = store_begin(s, false, e);

	if (rc != ERR_NONE)
		return rc;
	g = ingest_new(feed, url, STR(""), STR(""), put_entry, &d);
	rc = ingest_push(g, bytes, e);
	if (rc == ERR_NONE)
		rc = ingest_end(g, e);
	if (d.rc != ERR_NONE)         /* the store stopped the parse */
		rc = d.rc;
	if (rc == ERR_NONE)
		rc = put_visit(&d, g, e);
	if (rc == ERR_NONE)
		rc = store_commit(s, e);
	else
		store_rollback(s);
	ingest_free(g);
	return rc;
}

enum err ingest_document(struct store *s, int64_t feed, struct str url, struct str bytes,
			 int64_t now, struct error *e)
{
	return ingest_document_until(s, feed, url, bytes, now, INT64_MAX, e);
}
