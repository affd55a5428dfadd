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
	MIXED_CHARS = 4,              /* Han, kana or hangul of a title that is mostly Latin */
	SEGMENT_CHARS = 24,           /* a longer segment is no section or site name */
	/* How often a source used it before it is dropped: Chinese P .892 at 3, .899 at 2. */
	SEGMENT_SEEN = 2,
	SUFFIXES_MAX = 65536          /* segments remembered; past it rare ones are forgotten */
};

bool rules_is_stop_word(struct str folded);
/* A Latin word that counts what comes in parts: day, episode, april. */
bool rules_is_serial_word(struct str folded);
/* Two Han characters that are part of no name: what happens in news. */
bool rules_is_common_bigram(struct str folded);
/* A Latin word that is no name, however it is written. */
bool rules_is_common_word(struct str folded);
/* How many bytes of a Latin word are its stem; *ies: the stem's last letter is to be read as y. */
size_t rules_stem(struct str folded, bool *ies);

/* Provinces and large cities of China, Taiwan and Japan, by the first two characters of their names in folded
 * form: the number of the one that the bigram names, below PLACES_MAX, or -1. */
int rules_place(struct str bigram);
/* Which way things go by a bigram in folded form: of WAY_UP and so on, 0 for none. */
enum { WAY_UP = 1, WAY_DOWN = 2, WAY_MAN = 4, WAY_WOMAN = 8 };
unsigned rules_ways(struct str bigram);
/* The ways that are the opposites of these. */
unsigned rules_opposite(unsigned ways);

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
	/* Sixteenths of a bigram's weight when there is hiragana in it, endings and particles
	 * mostly. Of 33 Japanese pairs 7 wrong at 16 (5 near-twins, 2 true pairs), 4 at 8. */
	HIRAGANA_SHARE = 8,
	/* Of so many words two must be shared: one is chance. English link P / R .977/.887 without,
	 * .979/.885 with; on a small cache it keeps "storm shelter doubles as cinema" and "hedgerow
	 * grants double" apart. */
	SEVERAL_TOKENS = 4,
	WALK_MAX = 500,               /* entries of one token looked at, nearest in time first */
	PLACES_MAX = 128,
	/* What speaks against. English link P / R and B3 F, Chinese link P / R, of 85 invented pairs
	 * of near-twins those folded wrongly, of 57 true pairs those missed (tests/fixtures/folding):
	 *	nothing but numbers in CJK titles, days, provinces   .974/.885 .698  .908/.703  57  2
	 *	and day 5, day 6; scores; three numbers and more     .975/.884 .698  .908/.703  45  2
	 *	and no name in common                                .978/.878 .692  .908/.703  23  2
	 *	and a name in another's place (TWIN_LIKENESS)        .978/.877 .695  .908/.703  18  2
	 *	and few names in common (NAMES_DOUBT)                .979/.876 .714  .908/.703  18  2
	 *	and one place of a CJK title                         .979/.876 .714  .915/.690  11  2
	 *	and cities, and "in all of them"                     .979/.876 .714  .915/.690   9  2
	 *	and JOIN_LATIN, SEVERAL_TOKENS, HIRAGANA_SHARE       .979/.885 .720  .915/.690   7  0
	 * Then 27 near-twins and 19 true pairs in Chinese and Japanese were added, of which that
	 * folded 17 wrongly and missed none (contrast.c, and spans of months, which are dates):
	 *	and up and down, models, people, two places          .979/.885 .720  .915/.690   1  0
	 * Without up and down 11, without models 3, without two places 4, without spans 3. With two
	 * places parted by three characters instead of four, Chinese loses a link: .914/.684.
	 * Each half of the stories alone, by their hash, moves the same way. What the Chinese part
	 * loses are "X mourns N", "Y mourns N". */
	NUMBERS_DOUBT = 10,           /* sixteenths of a Latin title's likeness left, other numbers */
	/* Sixteenths left of one title with kana and one without: Japanese and Chinese share words,
	 * and fold each for itself. No effect on the pairs and the labelled days. */
	KANA_DOUBT = 11,
	MANY_NUMBERS = 3,             /* drawn in a lottery, when none is shared */
	NAMES_DOUBT = 12,             /* sixteenths left when most names are not shared */
	TWIN_LIKENESS = 36045,        /* .55 */
	TWIN_BYTES = 30,              /* of a place of a CJK title that differs */
	TWINS_BYTES = 120,            /* of all from the first such place to the second */
	TWINS_BETWEEN = 12,           /* four characters at least between them */
	MODEL_BYTES = 6,              /* x5, h5n1 is none */
	NAME_BYTES = 4,               /* Norway and Norwegian are one name */
	LINK_WALK = 8,                /* entries with one link looked at */
	/* Sixteenths of the length of a title's common words that are hoped for when an entry is
	 * found by its rare ones: fewer are not looked at. English link P / R: 16 .975/.885 - 10
	 * .974/.885 - 8 .974/.883 - 6 .974/.880 - 0 .956/.818, at 17, 8, 7, 5 and 3 stories looked
	 * at by themselves an entry. Nothing else depends on it. */
	HOPED_SHARE = 10,
	DECAY_SECONDS = 48 * 3600     /* time in which likeness falls by e */
};
/* Likeness (0..1, 16 fractional bits) that joins: .19 for Latin titles (English link P / R and B3 F:
 * .19 .979/.885 .720 - .20 .979/.878 .715), .21 for those with some Han in them, .30 for CJK ones
 * (.28 Chinese link P / R .915/.723 and .905/.663 in two halves, .30 .912/.754 and .933/.651, .32
 * .929/.754 and .944/.593). */
enum { JOIN_LATIN = 12452, JOIN_MIXED = 13763, JOIN_CJK = 19661 };

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
