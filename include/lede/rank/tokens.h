/* tokens - the words of a title, as numbers.
 *
 * RANKING.md section 1: the folded form, without glosses, without section and site suffixes,
 * without stop words; Latin words, overlapping bigrams of Han, kana and hangul. A token is a
 * 32-bit hash and the 20-bit bucket it counts in.
 * Must not know: stories, the store.
 */
#ifndef LEDE_RANK_TOKENS_H
#define LEDE_RANK_TOKENS_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"

#define TOKEN_BUCKETS (1u << 20)
#define TOKENS_MAX 256            /* of one title; what comes after is left out */

struct token {
	uint32_t hash;            /* token_hash of its bytes */
	uint16_t from, n;         /* its bytes in tokens.folded: as written, not its stem */
	uint8_t count;            /* occurrences in this title */
};
struct name;
struct tokens {
	struct token *token; size_t ntoken;      /* distinct, in order of first occurrence */
	bool cjk;                 /* most letters are Han, kana or hangul */
	bool kana;                /* and one in eight of these is kana */
	bool mixed;               /* some are, and most are not */
	uint64_t exact;           /* of all tokens: equal means the same headline; 0: no title */
	/* Hashes of its numbers (even) and days of the year (odd), sorted, distinct; years and
	 * clock times are neither. */
	uint32_t *number; size_t nnumber;
	struct name *name; size_t nname;         /* src/rank/names.h */
	struct buf folded;        /* owned; words parted by blanks, a run of CJK in one piece */
};
/* A word or bigram of folded text; of a Latin word its stem counts (no 's, no plural). */
uint32_t token_hash(struct str folded_word);
static inline uint32_t token_bucket(uint32_t hash) { return hash & (TOKEN_BUCKETS - 1); }

/* Titles' segments seen from one source: "- City News" at the end of every title is no news. A
 * segment that came twice is no part of the third title's tokens (of `exact` it always is), except
 * where nothing would be left. Holds 65,536 at most; past that it forgets those that came once. */
struct suffixes;
struct suffixes *suffixes_new(void);
void suffixes_free(struct suffixes *s);

/* `title` in display form; what is past 4 kB of it is left out. `source` names the feed for the
 * suffix rule; `suffixes` (which counts this title's segments) may be NULL. Cannot fail: any bytes
 * give some tokens or none. tokens_free afterwards. */
void tokens_of_title(struct str title, uint64_t source, struct suffixes *suffixes,
		     struct tokens *out);
void tokens_free(struct tokens *t);

#endif
