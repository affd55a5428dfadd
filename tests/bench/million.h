/* million - a cache of a thousand feeds with a thousand entries each, and what is measured on it.
 *
 * Goals are those of STORE.md, section 11. Every group of rows runs in a child of its own.
 */
#ifndef BENCH_MILLION_H
#define BENCH_MILLION_H

#include "corpus.h"
#include "measure.h"

struct million {
	struct corpus corpus;
	const char *db;
};

/* Work for cost_of_work. The cache: entries in the order of time, as a year of refreshes brings
 * them; two thirds read, every thousandth starred, the last 72 h folded, an edition made. Nothing
 * is done when the file is there. */
bool million_fill(void *million, double value[VALUES]);
/* The index of all of it. value: CPU seconds, entries, megabytes of text, CPU seconds of
 * merging afterwards. Nothing is done when it is whole: 0 entries. */
bool million_index(void *million, double value[VALUES]);

void million_lists(const struct million *m);
void million_searches(const struct million *m);
/* Deletes a tenth of the entries while another process reads. */
void million_keep(const struct million *m);

#endif
