/* regrouping - an entry is split off its story, two stories are joined: in the store, in what
 * folding has in memory, and in the rows of the edition that is read.
 *
 * Exact copies of an entry that is split off go with it, or the next copy would bring it back; of a
 * story that is nothing but copies the entry leaves alone. The edition stands still but for the
 * rows concerned: they are scored as at the moment it was made, and keep their places; who was
 * split off stands below the story it came from.
 * Must not know: threads, the screen.
 */
#ifndef SRC_APP_REGROUPING_H
#define SRC_APP_REGROUPING_H

#include "folding.h"
#include "lede/app/config.h"
#include "lede/store/regroup.h"

/* Both write an undo step of their own, in a batch of their own. ERR_NONESUCH: a sentence says why
 * there is nothing to split ("one source") or join; then nothing was changed. Entries are folded
 * first when they were not yet. */
enum err regrouping_split(struct folding *f, struct store *s, const struct config *config,
			  int64_t entry, int64_t now, struct regrouped *out, struct error *e);
/* The stories of these two entries; the row of `with`, where it is in the edition, is that of both.
 * out->own: the story they are now, out->rest: the id that is no more. */
enum err regrouping_join(struct folding *f, struct store *s, const struct config *config,
			 int64_t entry, int64_t with, int64_t now, struct regrouped *out,
			 struct error *e);

#endif
