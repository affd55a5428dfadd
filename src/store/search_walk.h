/* search_walk - a search under way: one candidate after the other.
 *
 * Newest first by arrival: what the index has not reached is read, then the parts of the index,
 * then the starred of parts that are gone. Or by time, where another index of the cache leads to
 * fewer. Shared by search.c, search_best.c and search_snippet.c.
 */
#ifndef SRC_STORE_SEARCH_WALK_H
#define SRC_STORE_SEARCH_WALK_H

#include "search_plan.h"

#define SEARCH_TAIL_MAX 200 /* entries read that the index has not reached */

enum search_stage { STAGE_TAIL, STAGE_PARTS, STAGE_KEPT, STAGE_DONE };

struct search_walk {
	enum search_stage stage;
	int64_t upto; /* what the index held when the search began */
	int64_t at; /* candidates of this stage have lower ids */
	int tail_left;
	struct list_anchor from; /* of walks by time */
	int64_t *few; size_t nfew, few_at; /* of WALK_FEEDS: ids, newest first; owned */
	bool open; /* `cursor` is a statement on the index: on `part`, in STAGE_PARTS */
	int64_t part;
	struct query cursor;
};

struct search {
	struct store *s; /* borrowed */
	struct arena *a;
	struct plan plan;
	struct search_walk walk;
	struct buf text; /* of the candidate, where it was read */
	int64_t back_to, unindexed;
	int64_t *best; size_t nbest, best_at; /* ids in their order; NULL: not scored yet */
};

/* The next candidate; id 0: there is none any more. *read: the index says nothing of it, so it has
 * to be verified. */
enum err walk_next(struct search *f, int64_t *id, bool *read, struct error *e);
/* No statement stays open between two calls of the search. */
void walk_pause(struct search *f);
/* Whether the candidate is what is asked for; its row in `a` then. */
enum err walk_check(struct search *f, int64_t id, bool read, struct arena *a, struct entry_row *row,
                    bool *is, struct error *e);
/* Candidates are looked at until one is. *there false: none is left, or `enough` said so. */
typedef bool enough_fn(void *self);
enum err walk_find(struct search *f, enough_fn *enough, void *self, struct arena *a,
                   struct entry_row *row, bool *there, struct error *e);
/* The index's own damage is no failure of a search: it is dropped, and what it said is missing. */
enum err walk_judge(struct search *f, enum err rc, struct error *e);
/* SQL over the table of a part, its name for each $; ?1 is `match`. */
struct query walk_query(struct search *f, const char *text, const char *table, struct str match,
                        int64_t from, int64_t below, struct error *e);

/* Fills f->best. */
enum err search_score(struct search *f, struct error *e);

#endif
