/* edition_make - the ranked list of this moment, out of what is cached.
 *
 * Candidates (RANKING.md section 3): stories with an unread entry, or first seen since the edition
 * before, that arrived within 72 h; and `keep`. What is held back as filler makes no candidate: a
 * story all of whose entries are, or all of whose unread ones are, is left out. Each is scored by its best entry (the lead), then
 * picked with variety. Costs no more than its candidates. The lead of a story is the entry with the
 * best score among its unread ones (all of them when none is unread). `folding` is the folder with
 * the store's rows loaded, kept by the writer thread between refreshes. Must not know: threads,
 * refreshes, wording.
 */
#ifndef LEDE_APP_EDITION_MAKE_H
#define LEDE_APP_EDITION_MAKE_H

#include "lede/app/config.h"
#include "lede/app/feed_tags.h"
#include "lede/rank/fold.h"
#include "lede/store/editions.h"
#include "lede/store/learn.h"

struct folding; /* folder, profile, and what else ranking needs in memory; loaded lazily */
struct folding *folding_new(void);
void folding_free(struct folding *f);
/* The feeds' tags, for the weights of [tag NAME]; given away, NULL: none. What was given before is
 * forgotten. */
void folding_give_tags(struct folding *f, struct feed_tags *tags);
/* Folds every stored entry that is not folded yet, in batches of their own, and holds back what
 * notices find (lede/rank/notice.h); *stories is how many new stories it opened, those of filler
 * left out. */
enum err folding_run(struct folding *f, struct store *s, int64_t now, int64_t *stories,
                     struct error *e);
/* Teaches the profile one event of an entry and records it. In a batch. */
enum err folding_learn(struct folding *f, struct store *s, enum event_act act, int64_t entry,
                       int64_t edition, int64_t now, struct error *e);

struct made_edition {
	struct edition head;
	struct edition_row *rows;
	size_t n;
}; /* rows live in the arena */
/* Ranks; stores nothing. `was` is against the last stored edition. `config` (may be NULL) gives
 * feeds' weights, with the tags that `f` was given. */
enum err edition_make(struct folding *f, struct store *s, const struct config *config, int64_t now,
                      int64_t keep, struct arena *a, struct made_edition *out, struct error *e);
/* edition_make and store it, in a batch of its own. With nothing to show and no edition before,
 * none is stored: *edition is 0. */
enum err edition_make_and_store(struct folding *f, struct store *s, const struct config *config,
                                int64_t now, int64_t keep, int64_t *edition, struct error *e);

#endif
