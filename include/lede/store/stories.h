/* stories - which entries tell one story, as rows; what folding needs kept.
 *
 * The algorithm is in rank; here are its inputs and results, as opaque bytes where they are its
 * own.
 */
#ifndef LEDE_STORE_STORIES_H
#define LEDE_STORE_STORIES_H

#include "lede/store/entries.h"

/* Entries stored but not yet folded - after meta "folded" and without a fold row - in the order for
 * folding: (time, feed, key). `key` is a hash of the guid (else link, else title), the same on
 * every machine. One refresh may bring a hundred thousand: what else they are is asked of those
 * whose turn it is. */
struct to_fold { int64_t id, feed, time; uint64_t key; };
enum err store_unfolded(struct store *s, struct arena *a, struct to_fold **rows, size_t *n,
                        struct error *e);
/* `link` is a hash of the normalised link under the store's key, 0 for none. */
struct fold_row {
	int64_t id, feed, time, seen, story;
	uint64_t link;
	struct str title, terms;
	struct str filler; /* for store_folded: the rule that holds it back; empty: news */
	int rank, points;
};
/* One of them, `terms` and `filler` empty. ERR_NONESUCH: it is gone. */
enum err store_unfolded_row(struct store *s, int64_t id, struct arena *a, struct fold_row *row,
                            struct error *e);
/* The folded entries still in the window (seen, and so dated at most, at or after `since`), in id
 * order, each given to `row` (borrowed for the call); `title` as it is now. `row` must not call this
 * again. */
typedef void fold_row_fn(void *self, const struct fold_row *r);
enum err store_fold_rows(struct store *s, int64_t since, fold_row_fn *row, void *self,
                         struct error *e);
/* The same entries as ranking needs them: id, feed, time, story, rank and terms. */
enum err store_fold_ranked(struct store *s, int64_t since, fold_row_fn *row, void *self,
                           struct error *e);
/* Records that `id` belongs to `story` (== id: opens it) with its terms: entry, story and counters
 * follow; exact copies of a read entry are told by `arrives_read`. An entry that a rule holds back
 * (`filler`) is flagged, unless the reader has corrected it. In a batch. */
enum err store_folded(struct store *s, const struct fold_row *r, int64_t story, bool arrives_read,
                      struct error *e);
/* Sets meta "folded" to `upto`; forgets fold rows older than `before`. In a batch. */
enum err store_fold_done(struct store *s, int64_t upto, int64_t before, struct error *e);

/* Document frequencies: one blob of all, additions appended. store_counts_merge is due when the
 * additions pass 1 MB. */
typedef void blob_fn(void *self, struct str bytes);
enum err store_df_load(struct store *s, blob_fn *blob, void *self,
                       struct error *e); /* all, then additions, in order */
enum err store_df_append(struct store *s, struct str additions, struct error *e);
enum err store_df_additions_size(struct store *s, int64_t *bytes, struct error *e);
enum err store_df_replace(struct store *s, struct str all,
                          struct error *e); /* drops the additions */

/* last: arrival of its newest entry; lead: the entry that opened it; numbers of feeds subscribed to
 * only. filler: how many of its entries are, read or not. */
struct story_row { int64_t id, last, lead; int entries, feeds, unread, filler; unsigned flags; };
/* Stories whose newest entry arrived at or after `since`, in id order, each given to `row`. */
typedef void story_row_fn(void *self, const struct story_row *r);
enum err store_stories_since(struct store *s, int64_t since, story_row_fn *row, void *self,
                             struct error *e);
enum err store_story(struct store *s, int64_t id, struct story_row *out,
                     struct error *e); /* ERR_NONESUCH */
/* False only when no entry of the story is read; cheap for many entries of few stories. In a
 * batch. */
enum err store_story_may_be_read(struct store *s, int64_t story, bool *may, struct error *e);
/* The entries of a story, oldest first; at most 500. */
enum err store_story_members(struct store *s, int64_t story, struct arena *a,
                             struct entry_row **rows, size_t *n, struct error *e);
/* How many of a story's entries with an id up to `upto` are unread. */
enum err store_story_unread(struct store *s, int64_t story, int64_t upto, int64_t *n,
                            struct error *e);
/* How many different stories have entries with an id above `upto` that are unread and no filler. */
enum err store_new_stories(struct store *s, int64_t upto, int64_t *n, struct error *e);

#endif
