/* folding - the folder and the profile with the store's rows in them (edition_make.h), as
 * edition_make.c and the writer thread see it.
 *
 * What is in memory follows the store: when another process has folded or learned, it is loaded
 * anew.
 * Must not know: threads, the screen.
 */
#ifndef SRC_APP_FOLDING_H
#define SRC_APP_FOLDING_H

#include "lede/app/edition_make.h"
#include "lede/base/hash.h"
#include "lede/rank/notice.h"
#include "lede/rank/score.h"

struct folding {
	/* The versions are store_data_version's when that part was loaded: it changes when somebody
	 * else commits. */
	struct folder *folder; bool folder_loaded; int64_t folder_version;
	/* highest entry id that was folded when the folder was loaded */
	int64_t folded;
	bool heeds_hand;              /* something was ever said of entries by hand */
	struct profile *profile; bool profile_loaded; int64_t profile_version;
	struct map *skipped;          /* stories that taught a skip: once a story */
	struct feed_tags *tags;       /* may be NULL */
	struct notices *notices;      /* made when the first entry is folded */
	struct buf terms, words;      /* scratch */
	struct arena *row;            /* of the entry that is being folded */
};

/* Loads what is missing, and anew what is stale: enough for ranking. */
enum err folding_load(struct folding *f, struct store *s, int64_t now, struct error *e);
/* Only what was learned. */
enum err folding_load_profile(struct folding *f, struct store *s, struct error *e);
/* A kind of row beside rank's: key story, weight the edition; see folding_skip. */
#define PROFILE_SKIPPED 64
/* After a batch that did not commit: memory is ahead of the store, so it is loaded anew when
 * needed. */
void folding_forget(struct folding *f);

/* Either may be NULL. cut_short: asked after each entry, whether the transaction is to end here, as
 * somebody waits for it. go_on: called between two transactions; false ends the run, and what is
 * left is folded by the next. */
struct folding_pauses { bool (*cut_short)(void *self), (*go_on)(void *self); void *self; };
/* folding_run with pauses; p may be NULL. */
enum err folding_run_pausing(struct folding *f, struct store *s, int64_t now,
			     const struct folding_pauses *p, int64_t *stories, struct error *e);

/* Whether two entries have the same words in their titles: exact copies. */
bool folding_same_words(const struct entry_row *a, const struct entry_row *b);

/* Teaches a skip of the story that `entry` leads, unless it taught one before. In a batch. */
enum err folding_skip(struct folding *f, struct store *s, int64_t story, int64_t entry,
		      int64_t edition, int64_t now, struct error *e);

#endif
