/* regroup - stories put right by hand: an entry split off, two stories joined, and remembered.
 *
 * Folding decides by the words of headlines and errs; what the reader says wins, for ever: which
 * entries belong together or apart is kept beside the entries, so that it holds even when they are
 * folded anew. Inside an undo step (undo.h) all of it can be undone, to the last bit.
 * Must not know: words, likeness - who is an exact copy of whom is for the caller to say.
 */
#ifndef LEDE_STORE_REGROUP_H
#define LEDE_STORE_REGROUP_H

#include "lede/store/editions.h"

/* A story has the id of its oldest entry: when that one leaves, the rest takes the id of the oldest
 * left. */
struct regrouped { int64_t own, rest; };
/* Takes entries (exact copies of one another) out of the story that ids[0] is in; they are a story
 * of their own then. ERR_NONESUCH: there is no such entry, or nothing would be left of the story.
 * In a batch. */
enum err store_split(struct store *s, const int64_t *ids, size_t n, struct regrouped *out,
                     struct error *e);
/* Makes one story of those two, *joined is its id. ERR_NONESUCH: one of them is not there, or they
 * are one. In a batch. */
enum err store_join(struct store *s, int64_t story, int64_t with, int64_t *joined,
                    struct error *e);
/* Whether an entry has been folded: only then its story is more than itself. */
enum err store_is_folded(struct store *s, int64_t entry, bool *is, struct error *e);
/* Whether the reader ever said anything. */
enum err store_any_by_hand(struct store *s, bool *any, struct error *e);
/* What the reader said about an entry that folding wants to put into *story: that of an entry it
 * belongs to, its own when it is to be kept out of this one, else as it was. */
enum err store_story_by_hand(struct store *s, int64_t entry, int64_t *story, struct error *e);

/* An edition stands still but for what the reader moves: the row at `rank` becomes another, goes
 * (those below move up), or one is put in at `rank` (those from there move down). `row->rank` is
 * not looked at. In a batch. */
enum err store_edition_replace(struct store *s, int64_t edition, int rank,
                               const struct edition_row *row, struct error *e);
enum err store_edition_remove(struct store *s, int64_t edition, int rank, struct error *e);
enum err store_edition_insert(struct store *s, int64_t edition, int rank,
                              const struct edition_row *row, struct error *e);

#endif
