/* rules - every threshold and word list of folding and ranking, in one place.
 *
 * The numbers are those of the design's measurements unless a line says otherwise; what else was
 * tried is said beside them. Inside rank only.
 */
#ifndef RANK_RULES_H
#define RANK_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"

/* --- the words of a title --- */
enum {
	TITLE_BYTES = 4096,           /* a longer title is cut there */
	SEGMENT_CHARS = 24,           /* a longer segment is no section or site name */
	/* How often a source used it before it is dropped: Chinese P .892 at 3, .899 at 2. */
	SEGMENT_SEEN = 2,
	SUFFIXES_MAX = 65536          /* segments remembered; past it rare ones are forgotten */
};

bool rules_is_stop_word(struct str folded);
/* How many bytes of a Latin word are its stem; *ies: the stem's last letter is to be read as y. */
size_t rules_stem(struct str folded, bool *ies);

/* Provinces of China and prefectures of Japan, by the first two characters of their names in folded
 * form: the number of the one that the bigram names, below PLACES_MAX, or -1. */
int rules_place(struct str bigram);

/* --- folding --- */
enum {
	/* Titles there seem to have been before the first, so that rarity means little at the
	 * start. English link P / R and B3 F, Chinese and Japanese P / R: 200 .971/.885 .703
	 * .899/.690 1/.77 - 1,000 .974/.892 .711 .901/.703 1/.85 - 4,000 .975/.898 .725 .886/.703
	 * 1/.85. */
	WEIGHT_DOCUMENTS = 1000,
	SEARCH_TOKENS = 12,           /* heaviest tokens an entry is looked up by */
	SEARCH_TOKENS_CJK = 24,       /* bigrams overlap, and kana give three times as many */
	/* A token in more titles than this and than 1 in COMMON_SHARE is not looked up. */
	COMMON_DF = 30, COMMON_SHARE = 20,
	WALK_MAX = 500,               /* entries of one token looked at, nearest in time first */
	PLACES_MAX = 128,
	/* Sixteenths of a Latin title's likeness left when numbers differ: English R .887 to .885,
	 * Chinese P .901 to .908. */
	NUMBERS_DOUBT = 10,
	LINK_WALK = 8,                /* entries with one link looked at */
	/* Sixteenths of the length of a title's common words that are hoped for when an entry is
	 * found by its rare ones: fewer are not looked at. English link P / R: 16 .975/.885 - 10
	 * .974/.885 - 8 .974/.883 - 6 .974/.880 - 0 .956/.818, at 17, 8, 7, 5 and 3 stories looked
	 * at by themselves an entry. Nothing else depends on it. */
	HOPED_SHARE = 10,
	DECAY_SECONDS = 48 * 3600     /* time in which likeness falls by e */
};
/* Likeness (0..1, 16 fractional bits) that joins: .21 for Latin titles (.20 found 1 in 200 more and
 * made 1 in 500 more wrong), .30 for CJK ones (.32 Chinese .897/.671, .34 .917/.639). */
enum { JOIN_LATIN = 13763, JOIN_CJK = 19661 };

/* --- ranking, in 1/100 points (10 points are 1 nat) --- */
enum {
	POINTS_NAT = 1000,
	FRESH_SECONDS = 72 * 3600,    /* fresh counts down to 0 over this, */
	FRESH_HALF = 24 * 3600,       /* ln 2 for each of these */
	SCORE_DOCUMENTS = 200,        /* entries there seem to have been before the first */
	WORDS_MAX = 12,               /* largest words of a title that are added */
	WORDS_SHOWN = 4, SHOWN_BYTES = 120,
	/* Kept items like all others, before any is kept. Clicks, AUC / nDCG@10 of the whole score:
	 * 40 .672/.417 - 20 .678/.428 - 10 .682/.436 - 5 .683/.440. Freshness, which is noise on
	 * that file, costs .006/.007 of it; a lower number trusts a single star too much. */
	KEPT_PRIOR = 10,
	WORD_LOW = -500, WORD_HIGH = 3000,
	FEED_LOW = -1000, FEED_HIGH = 4000,
	PROMINENCE_SHARE = 500,       /* of ln(1 + points), thousandths */
	PROMINENCE_HIGH = 10000, WEIGHT_HIGH = 100000,       /* more than any is meant to be */
	SIZE_DOUBLING = 700, SIZE_HIGH = 2800,
	ORDER_DOUBLING = 350, ORDER_HIGH = 2000,
	VARIETY_STEP = 600, VARIETY_REACH = 10
};
enum { PROFILE_HALF_LIFE = 120 * 86400 };

#endif
