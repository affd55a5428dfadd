/* search_plan - a question made ready: needles, what the index is asked, which feeds count.
 *
 * Must not know: how candidates are walked (search.c).
 */
#ifndef SRC_STORE_SEARCH_PLAN_H
#define SRC_STORE_SEARCH_PLAN_H

#include "search_inside.h"
#include "search_needle.h"

#define NEEDLES_MAX (SEARCH_TERMS_MAX + 1)

/* Where candidates come from. */
enum search_way {
	WALK_TITLES, /* the titles' index */
	WALK_BODIES, /* the index of titles and texts */
	WALK_STARRED, /* the starred, by time */
	WALK_FEEDS, /* the entries of some feeds, when they are few */
	WALK_TIMES /* everything by time: there is no word */
};

struct plan {
	struct search_query q; /* its texts in the arena */
	struct needle needle[NEEDLES_MAX]; /* one a term; the last: all plain words side by side */
	size_t nneedles; /* = q.nterms, or one more for best first */
	enum search_way way;
	struct str body_match, title_match; /* for FTS5; empty: no word that must be there */
	bool verify; /* the index does not say all: the text must be read */
	struct map *feed; /* owned; NULL: any. Value 1: wanted */
	bool feeds_are_wanted; /* else those in `feed` are not */
	int64_t *few; size_t nfew; /* WALK_FEEDS: the feeds, in the arena */
	int64_t lowest, highest; /* ids, from dates */
};
/* ERR_USAGE, ERR_NONESUCH as store_search. */
enum err plan_make(struct store *s, const struct search_query *q, struct arena *a, struct plan *out,
                   struct error *e);
void plan_free(struct plan *p);
/* Whether the entry's flags, time and feed are what is asked for. */
bool plan_wants(const struct plan *p, unsigned flags, int64_t time, int64_t feed);
/* Whether its text (search_text_make) is. */
bool plan_finds(const struct plan *p, struct str text);

#endif
