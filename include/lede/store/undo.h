/* undo - what the reader changed, kept so that it can be changed back, also after a restart.
 *
 * A step is one act of the reader: a sentence and rows that say what it changed. While a step is
 * open, store_mark, store_event and whatever else of this floor changes something for the reader
 * write their rows themselves, in the transaction of the change: a change without its rows, or
 * rows without their change, cannot be. Undoing a step turns its rows back in the reverse order,
 * doing it again turns them forward; counters, stories and the last edition's rows follow. A new
 * step drops those that were undone. At most 1,000 steps of at most 30 days are kept.
 * Must not know: wording, the profile, the feeds file: for those whoever undoes gives an
 * `undo_teller`.
 */
#ifndef LEDE_STORE_UNDO_H
#define LEDE_STORE_UNDO_H

#include "lede/store/learn.h"
#include "lede/store/store.h"

#define UNDO_STEPS_MAX 1000
#define UNDO_SECONDS_MAX (30 * 24 * 3600)

/* Opens a step, ending one that is open; written with the first row, so that an act that changes
 * nothing leaves none. `what` completes "undone: ": "starred: TITLE"; what is beyond 240 bytes is
 * left out. It ends with store_undo_end, or with the batch. */
void store_undo_begin(struct store *s, int64_t at, struct str what);
/* The open step is about something else: how much was changed is known only afterwards. */
enum err store_undo_name(struct store *s, struct str what, struct error *e);
/* Ends it; its number, 0 when nothing was changed. */
int64_t store_undo_end(struct store *s);

/* A row for the open step (without one nothing is written) of flags that were changed by other
 * means than store_mark: every flag of `mask` was turned, of every entry of `ids`; `was` are the
 * bits as they were before. In a batch. */
enum err store_undo_flags(struct store *s, const int64_t *ids, size_t n, unsigned mask,
                          unsigned was, struct error *e);
/* ... of a feed that was subscribed to: undone, it is gone since `now`. In a batch. */
enum err store_undo_subscribed(struct store *s, int64_t feed, int64_t now, struct error *e);
/* ... of a file that was edited; `record` says how and comes back to the teller. In a batch. */
enum undo_file { UNDO_FEEDS_FILE = 1, UNDO_CONFIG_FILE };
enum err store_undo_lines(struct store *s, enum undo_file file, struct str record,
                          struct error *e);

/* What is derived outside the store follows by these; each may be NULL. An error of theirs is the
 * undo's. */
struct undo_teller {
	/* The event comes into the log (`back`) or leaves it: the profile adds or subtracts it. */
	enum err (*event)(void *self, const struct event_row *ev, bool back, struct error *e);
	/* The file is to be as it was before the edit (`back`), or as after it; `again` gets the
	 * record that is kept from now on. */
	enum err (*lines)(void *self, enum undo_file file, struct str record, bool back,
	                  struct buf *again, struct error *e);
	void *self;
};
/* What a step was about: `what` lives in the arena; entry, feed: the first one changed, 0: none;
 * story: that of the entry now. whole: it was about further entries too; several: and of further
 * stories. left: a story that has no entry any more. stories: which entry is in which story has changed; filler: what is held back has. */
struct undo_done {
	int64_t step, at, entry, story, left, feed;
	bool whole, several, stories, filler;
	struct str what;
};

/* Undoes the newest step that is not undone, or does the oldest undone one again. ERR_NONESUCH:
 * "nothing to undo", "nothing to redo"; then nothing was changed. In a batch, or in one of its own.
 * Entries that are gone since are passed over. */
enum err store_undo(struct store *s, const struct undo_teller *t, struct arena *a,
                    struct undo_done *done, struct error *e);
enum err store_redo(struct store *s, const struct undo_teller *t, struct arena *a,
                    struct undo_done *done, struct error *e);

#endif
