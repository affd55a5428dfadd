/* editions - the ranked lists that were made: stored whole, so that the next start shows the last
 * one at once.
 */
#ifndef LEDE_STORE_EDITIONS_H
#define LEDE_STORE_EDITIONS_H

#include "lede/store/stories.h"

#define EDITION_ROWS_MAX 999        /* ranks of three figures */

struct edition {
	int64_t id, made, upto, ended;
	int rows;
}; /* upto: highest entry id it knew; ended 0: still read; rows: stories */
struct edition_row {
	int rank, was; /* was: rank in the edition before; 0: not in it */
	int64_t story, entry, feed,
	        time; /* entry: the lead, whose title, source and time are shown */
	unsigned flags; /* ENTRY_READ: all of the story is read; ENTRY_STARRED, ENTRY_FILLER: the lead is */
	int sources, entries, unread; /* distinct feeds and entries of the story; unread of them */
	int fresh; /* entries that joined after the story was last read; shown "n new" */
	int32_t score;                                   /* 1/100 points */
	struct str title, source, why;                   /* why: terms_encode's bytes */
};
/* The last edition; ERR_NONESUCH when none was made. */
enum err store_edition_last(struct store *s, struct edition *out, struct error *e);
/* The one before it (for movement); ERR_NONESUCH. */
enum err store_edition_before(struct store *s, int64_t id, struct edition *out, struct error *e);
enum err store_edition_rows(struct store *s, int64_t edition, int from_rank, int n, struct arena *a,
                            struct edition_row **rows, size_t *got, struct error *e);
/* One story's row in an edition; ERR_NONESUCH. */
enum err store_edition_row(struct store *s, int64_t edition, int64_t story, struct arena *a,
                           struct edition_row *row, struct error *e);
/* Ranks of all stories of an edition: gives (story, rank). */
typedef void edition_rank_fn(void *self, int64_t story, int rank);
enum err store_edition_ranks(struct store *s, int64_t edition, edition_rank_fn *fn, void *self,
                             struct error *e);
/* Stores a new edition (rows 1..n in order) and ends the one before; keeps the last 50. e->id is
 * set. In a batch. */
enum err store_edition_put(struct store *s, struct edition *ed, const struct edition_row *rows,
                           size_t n, struct error *e);

#endif
