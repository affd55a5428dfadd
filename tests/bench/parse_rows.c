/* parse - the feed floor, and ingest on top of it, against bare libxml2 on the same documents. */
#include <libxml/parser.h>
#include <math.h>
#include <stdio.h>

#include "lede/app/ingest.h"
#include "lede/feed/feed.h"
#include "rows.h"

#define CHUNK (64 << 10)

struct parsing {
	const struct bench *b;
	int feeds;
	size_t entries;
};

static bool count_feed_entry(void *self, const struct feed_entry *e)
{
	struct parsing *p = self;

	p->entries += e->title.n > 0;
	return true;
}

static bool count_new_entry(void *self, const struct entry_new *n)
{
	struct parsing *p = self;

	p->entries += n->title.n > 0;
	return true;
}

/* The pieces in which curl would hand it over. */
static struct str piece(struct str text, size_t at)
{
	return str_sub(text, at, at + CHUNK);
}

static void parse_document(struct parsing *p, const struct document *d)
{
	struct feed_source source = { .base_url = STR("http://127.0.0.1/"),
				      .content_type = str_of(corpus_type(d->feed)),
				      .charset = STR(""),
				      .entry = count_feed_entry,
				      .self = p };
	struct feed_parser *parser = feed_parser_new(&source);
	struct error e;

	for (size_t at = 0; at < d->text.n; at += CHUNK)
		feed_parser_push(parser, piece(d->text, at), &e);
	feed_parser_end(parser, &e);
	feed_parser_free(parser);
}

static void ingest_document_of(struct parsing *p, const struct document *d)
{
	struct ingest *g = ingest_new(1, STR("http://127.0.0.1/"), str_of(corpus_type(d->feed)),
				      STR(""), count_new_entry, p);
	struct error e;

	for (size_t at = 0; at < d->text.n; at += CHUNK)
		ingest_push(g, piece(d->text, at), &e);
	ingest_end(g, &e);
	ingest_free(g);
}

/* MB per CPU second. */
static double speed(struct parsing *p, const struct document *d, size_t n,
		    void (*one)(struct parsing *p, const struct document *d))
{
	double mb = 0, began;

	one(p, &d[0]);
	began = cpu_now();
	for (size_t i = 0; i < n; i++) {
		one(p, &d[i]);
		mb += (double)d[i].text.n / 1e6;
	}
	return mb / (cpu_now() - began);
}

static void parse_bare(struct parsing *p, const struct document *d)
{
	(void)p;
	anchor_sax(d->text);
}

static bool parse_work(void *self, double value[VALUES])
{
	struct parsing *p = self;
	struct document *d;
	size_t n = documents_read(p->b, p->feeds, &d);

	if (n == 0)
		return false;
	value[0] = speed(p, d, n, parse_bare);
	value[1] = speed(p, d, n, parse_document);
	value[2] = speed(p, d, n, ingest_document_of);
	value[3] = (double)p->entries;
	return true;
}

void rows_parse(const struct bench *b, int feeds)
{
	struct parsing p = { .b = b, .feeds = feeds };
	struct cost c;

	cost_of_work(parse_work, &p, &c);
	if (!c.good || c.value[3] < 2 * entries_of(b, 1))
		remark("parsing failed: %.0f entries", c.value[3]);
	row("parse-mb-per-cpu-s", c.value[1], c.value[0], GOAL_RATIO_LEAST, 0.66);
	row("parse-and-display-mb-per-cpu-s", c.value[2], c.value[0], GOAL_NONE, 0);
}
