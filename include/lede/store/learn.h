/* learn - what the reader did (the truth) and what was counted from it (derived).
 */
#ifndef LEDE_STORE_LEARN_H
#define LEDE_STORE_LEARN_H

#include "lede/store/store.h"

enum event_act { EVENT_OPEN = 1, EVENT_STAR, EVENT_UNSTAR, EVENT_SKIP, EVENT_MORE, EVENT_LESS };
/* Appends to the event log; `terms` are the entry's at that time. In a batch. */
enum err store_event(struct store *s, int64_t at, enum event_act act, int64_t entry,
                     int64_t edition, struct str terms, struct error *e);
/* feed: whose entry it was; 0: not known any more. */
struct event_row {
	int64_t id, at;
	enum event_act act;
	int64_t entry, edition, feed;
	struct str terms;
};
/* The log from its first event on; rows are borrowed for the call, which must write no events. */
typedef void event_row_fn(void *self, const struct event_row *ev);
enum err store_events(struct store *s, event_row_fn *row, void *self, struct error *e);
/* The newest event of that kind of an entry; ERR_NONESUCH. */
enum err store_event_of(struct store *s, int64_t entry, enum event_act act, struct arena *a,
                        struct event_row *ev, struct error *e);
/* Takes an event out of the log: it never was. One that is not there is no error. In a batch. */
enum err store_event_drop(struct store *s, const struct event_row *ev, struct error *e);
/* The event has taught these words from now on. In a batch. */
enum err store_event_terms(struct store *s, int64_t id, struct str terms, struct error *e);
/* Of a feed's newest `of` entries by time, how many were opened or starred: for "opened 31 of its
 * last 40". */
enum err store_opened_of_last(struct store *s, int64_t feed, int of, int *opened, int *total,
                              struct error *e);

/* Forgets the log and the profile whole, also what undoing would bring back of them. */
enum err store_learned_forget(struct store *s, struct error *e);

typedef void profile_row_fn(void *self, int kind, int64_t key, double weight);
enum err store_profile(struct store *s, profile_row_fn *row, void *self, struct error *e);
enum err store_profile_put(struct store *s, int kind, int64_t key, double weight,
                           struct error *e); /* in a batch; 0 removes */
/* The terms kept for a folded entry (fold table); empty when it left the window. */
enum err store_entry_terms(struct store *s, int64_t entry, struct buf *terms, struct error *e);

/* Feeds' prominence: sums of ln(1 + points) and how many had points. */
enum err store_prominence(struct store *s, int64_t feed, double *mean, struct error *e);

#endif
