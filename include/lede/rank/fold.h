/* fold - which entries tell one story: incremental, by the words of their titles.
 *
 * RANKING.md section 1. The index of the last 72 h is in memory: postings of each title's tokens,
 * the entries' vectors, the stories' summed vectors; the document frequencies (2^20 counts) too.
 * All of it comes from the store and what is added goes back there as the opaque `terms` of an
 * entry and as additions to the counts; this module does not know where it is kept. Deterministic:
 * the same entries in the same order give the same stories on every machine.
 * Must not know: the store, feeds' names, read or unread.
 */
#ifndef LEDE_RANK_FOLD_H
#define LEDE_RANK_FOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"
#include "lede/rank/tokens.h"

#define FOLD_WINDOW (72 * 3600)

struct fold_entry {
	int64_t id, time;         /* time: seconds, the order of lists */
	int64_t feed;
	uint64_t link;            /* hash of the normalised link; 0: none */
	struct str title;         /* display form */
};

struct folder;
struct folder *folder_new(void);
void folder_free(struct folder *f);

/* Document frequencies (and which segments of titles are suffixes). The store keeps one blob of all
 * counts and small blobs of additions, both made here and read only here (varints: total, then
 * bucket differences and counts; sealed by a hash). Load all, then the additions in their order.
 * false: not one of ours, or damaged; nothing was changed. Saving fails only with ERR_LIMIT of
 * `out`: 1 MB holds 200,000 different tokens. */
bool folder_load_counts(struct folder *f, struct str blob);
enum err folder_save_counts(const struct folder *f, struct buf *out);
/* What was added since the last call or since loading; empty when nothing was. On failure `out` is
 * as it was and nothing is lost. */
enum err folder_take_additions(struct folder *f, struct buf *out);

/* Puts back an entry that was folded before (in any order, before the first folder_add, each once);
 * `terms` from folder_add. The title is not looked at. false: the terms are damaged; nothing was
 * changed. */
bool folder_restore(struct folder *f, const struct fold_entry *e, int64_t story, struct str terms);

/* Folds one new entry: *story becomes the id of the story it joins, or e->id when it opens one; its
 * words are counted. Adds its opaque terms to `terms` (also what folder_restore and profile scoring
 * need). Entries come sorted by (time, feed, guid). An entry joins the story of, first: the nearest
 * in time with the same words in the title (so exact copies always fold); the nearest from another
 * feed with the same link, unless a feed gives several entries that link; the one it is most like.
 * None of them further away than FOLD_WINDOW in time, earlier or later: what counts is the
 * difference of the two entries' times, however old both are. Of more than 60,000 entries the oldest
 * are forgotten. Costs at most 500 entries looked at
 * for each of 12 (CJK: 24) tokens. Fails only with ERR_LIMIT of `terms` (65 kB is always enough for
 * one); then nothing was added. */
enum err folder_add(struct folder *f, const struct fold_entry *e, int64_t *story,
		    struct buf *terms);

/* Forgets entries dated before `before` (seconds), except those added since the last call: call it
 * at the end of each refresh with now - FOLD_WINDOW. So entries of any age that one refresh brings
 * fold among themselves, and an old archive is gone from memory after the refresh that follows. A
 * story with no entry left is forgotten too: what would have joined it opens a new one. */
void folder_evict(struct folder *f, int64_t before);
/* Within one refresh: all that is still to come is of `time` or later, so what it cannot join is
 * forgotten, and a refresh of any size keeps a window in memory. */
void folder_pass(struct folder *f, int64_t time);

/* N and df of the words term and the weights. */
uint32_t folder_total(const struct folder *f);
uint32_t folder_df(const struct folder *f, uint32_t bucket);
size_t folder_bytes(const struct folder *f);           /* memory held, for the bench */

/* An entry's tokens out of its terms: buckets, at most `max`; returns how many. */
size_t fold_terms_buckets(struct str terms, uint32_t *bucket, size_t max);
/* The terms of a title that is not folded, without weights: to score it or to learn from it. On
 * failure (ERR_LIMIT) `terms` is as it was. */
enum err fold_terms_of_title(struct str title, uint64_t source, struct suffixes *suffixes,
			     struct buf *terms);
/* The words themselves (folded form), kept in the terms for the "why"; i < what fold_terms_buckets
 * returned. */
struct str fold_terms_word(struct str terms, size_t i);
/* Adds the terms without the tokens of that bucket: what was learned from them is forgotten. *had:
 * whether there were any. False: the terms are damaged, nothing was added. */
bool fold_terms_without(struct str terms, uint32_t bucket, struct buf *out, bool *had);

#endif
