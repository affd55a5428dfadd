/* edition_making - an edition while it is made: its candidates, and which entry leads each.
 *
 * Inside app: edition_make.c and edition_leads.c. Must not know: threads, the screen.
 */
#ifndef SRC_APP_EDITION_MAKING_H
#define SRC_APP_EDITION_MAKING_H

#include "folding.h"

/* Which of a story's entries may lead it: filler only where there is nothing else. */
enum standing { STANDS_LAST, STANDS_READ, STANDS_UNREAD };

/* A story that may stand in the edition, and the best of its entries so far. */
struct candidate {
	struct story_row story;
	/* owned; the flags of its entries, where they differ from each other; else NULL */
	struct map *flags;
	bool held;                    /* nothing of it is news: it is not in the edition */
	enum standing standing;       /* of the lead */
	int64_t lead, time, feed;     /* lead 0: none yet */
	/* What its score is made of, in the making's arena: there are thousands of candidates. */
	struct term *term; int nterm; int32_t score;
};

/* What scoring needs to know of a feed; prominence is looked up when the first of its entries comes
 * by. */
struct known_feed {
	const struct feed_row *row;
	bool asked;
	struct score_feed score;
	/* of a list that gives ranks: its lowest rank in the window */
	int places;
};

struct making {
	struct folding *f;
	struct store *s;
	const struct config *config;
	int64_t now, before;          /* before: highest entry id that the last edition knew */
	struct arena *arena, *scratch;             /* scratch: the words of the terms at hand */
	struct candidate *candidate; size_t n, cap;
	struct map *of_story;         /* story: index of its candidate */
	struct known_feed *feed; struct map *of_feed;
	struct map *was;              /* story: rank in the last edition */
	/* entries of lists that give ranks: weighed when the lists are known */
	struct fold_row *listed; size_t nlisted, listed_cap;
	struct score_world world;
	enum err rc;                  /* of a callback */
	struct error *e;
};

/* Chooses the best entry of each candidate, with what its score is made of; the story `keep` has
 * one even when its entries have left the window. */
enum err edition_leads(struct making *m, int64_t keep);
/* What the score of a candidate that has a lead is made of. */
struct terms candidate_terms(const struct candidate *c);

#endif
