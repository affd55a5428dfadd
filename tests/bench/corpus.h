/* corpus - feeds for the benchmarks: made from a seed, the same bytes each time.
 *
 * RSS, Atom and RDF 6:3:1; a quarter of the feeds Chinese; bodies log-normal with a median of 2.5
 * KB; 15 % of the entries are near-copies of another feed's. In the second revision every tenth
 * feed has three new entries in front. Dates end at CORPUS_NOW, 2,800 entries a day for a thousand
 * feeds of fifty, so a clock that stands there sees fresh news.
 */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"

#define CORPUS_NOW INT64_C(1767268800) /* 2026-01-01 12:00 UTC */
#define CORPUS_NEW 3

struct vocabulary;
struct vocabulary *vocabulary_new(void);
void vocabulary_free(struct vocabulary *v);
/* The word of a rank, 0 the most frequent; adds a Chinese one, two characters that often stand
 * together, of three bytes each. */
const char *vocabulary_word(const struct vocabulary *v, int rank);
void vocabulary_characters(int rank, struct buf *out);

struct corpus {
	uint64_t seed;
	int feeds, entries;
	int body; /* bytes of the median body; 0: 2,500 */
	const struct vocabulary *words; /* borrowed */
};

/* Whether the feed differs in the second revision. */
bool corpus_changes(int feed);
/* Adds the document of one feed to `out`; `revision` is 1 or 2. */
void corpus_feed(const struct corpus *c, int feed, int revision, struct buf *out);
/* One entry of a feed, 0 the newest: adds its title and its HTML; returns its time. */
int64_t corpus_entry(const struct corpus *c, int feed, int entry, struct buf *title,
		     struct buf *body);
/* The title of one entry, as text. */
void corpus_title(const struct corpus *c, int feed, int entry, struct buf *out);
/* The Content-Type of its document. */
const char *corpus_type(int feed);

#endif
