/* learning - what the reader does becomes what the profile counts; and unlearning it, exactly.
 *
 * The event log is the truth (learn.h of the store); the profile is the sum of what its events
 * teach, so whatever leaves the log is subtracted as it was added: a star taken away, an act
 * undone, a word forgotten. Counting the log anew gives the same profile to the last bit (but for
 * the rounding of the yearly rescaling).
 * Must not know: the screen, wording.
 */
#ifndef LEDE_APP_LEARNING_H
#define LEDE_APP_LEARNING_H

#include "lede/app/edition_make.h"
#include "lede/rank/score.h"
#include "lede/store/undo.h"

/* What one event teaches a profile (RANKING.md, Signals); sign -1 takes it back. `put` as of
 * profile_learn; may be NULL. */
void learning_teach(struct profile *p, const struct event_row *ev, int sign, profile_put_fn *put,
                    void *self);

/* Undoes the newest act of the reader (`back`) or does the last one undone again, with what it
 * taught; ERR_NONESUCH as store_undo. `lines` of the teller is passed on. In a batch or in one of
 * its own. Stories may be others then: done->stories. */
enum err learning_undo(struct folding *f, struct store *s, bool back,
                       const struct undo_teller *files, struct arena *a, struct undo_done *done,
                       struct error *e);

/* A word or feed as it was learned: decayed counts of what was kept, below 0 for what was passed
 * over. `name` is the word as it stood in a headline, folded; empty for a feed, which `feed` is. */
struct learned { struct str name; int64_t feed; double weight; };
/* Most first. Words that no event of the log names any more are left out; so is what weighs less
 * than 0.005. *kept: of how many entries. Rows live in the arena. */
struct learned_list { struct learned *word, *feed; size_t nwords, nfeeds; double kept; };
enum err learning_list(struct folding *f, struct store *s, int64_t now, struct arena *a,
                       struct learned_list *out, struct error *e);

/* Unlearn, in the log too. ERR_NONESUCH: nothing was learned of it. In a batch. A feed is forgotten
 * with all that its entries taught. */
enum err learning_forget_word(struct folding *f, struct store *s, struct str word,
                              struct error *e);
enum err learning_forget_feed(struct folding *f, struct store *s, int64_t feed, struct error *e);
enum err learning_forget_all(struct folding *f, struct store *s, struct error *e);

#endif
