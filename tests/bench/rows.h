/* rows - the groups of rows, and what all of them are handed.
 */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include "corpus.h"
#include "measure.h"
#include "web.h"

struct store;

struct bench {
	bool full, only_refresh, only_screen;
	const char *lede;   /* the program */
	const char *folder; /* scratch; the corpus is in FOLDER/corpus */
	struct corpus corpus;
	struct web web;
};

/* What the machine itself needs for the same work, CPU seconds (newest: microseconds); filled by
 * rows_anchors for `feeds` feeds. */
struct anchors {
	int feeds;
	double sax, fetch, unchanged, insert, newest;
};
/* Entries in the documents: of the first `feeds` feeds. */
static inline int entries_of(const struct bench *b, int feeds)
{
	return feeds * b->corpus.entries;
}

void rows_anchors(const struct bench *b, int feeds, struct anchors *out);
bool anchor_sax(struct str text); /* one document through bare libxml2 */
void rows_parse(const struct bench *b, int feeds);
/* CPU seconds of the cold one. */
double rows_refresh(const struct bench *b, const struct anchors *a);
void rows_store(const struct bench *b, const struct anchors *a);
void rows_folding(const struct bench *b);
/* A cache of `feeds` feeds indexed and searched. */
void rows_search(const struct bench *b, int feeds);
void rows_screen(const struct bench *b, int feeds, bool keys);
/* `lede`: what a cold refresh of these feeds cost it. */
void rows_peers(const struct bench *b, int feeds, double lede);

/* The first 64 MB of the first feeds' documents at most, read into memory: for work that is to be
 * weighed without reading. */
struct document {
	struct str text;
	int feed;
};
size_t documents_read(const struct bench *b, int feeds, struct document **out);

/* Work for cost_of_work: a cache of these feeds without HTTP, as if the entries had come when they
 * were published; an edition is made. */
struct filling {
	const struct bench *b;
	int feeds;
	const char *db;
};
bool cache_fill(void *self, double value[VALUES]);
/* A list of feeds for lede: what the server serves. */
bool write_feed_list(const struct bench *b, int feeds, const char *path);

#endif
