/* tokens - the words of a title, as numbers.
 *
 * RANKING.md section 1: the folded form, without glosses, without section and site suffixes, without stop words;
 * Latin words, overlapping bigrams of Han, kana and hangul. A token is a 32-bit hash and the 20-bit bucket it counts in.
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
	uint32_t hash;            /* of the token's bytes */
	uint16_t from, n;         /* its bytes in tokens.folded, for the words of a "why" */
	uint8_t count;            /* occurrences in this title */
};
struct tokens {
	struct token *token; size_t ntoken;      /* distinct, in order of first occurrence */
	bool cjk;                 /* most letters are Han, kana or hangul */
	uint64_t exact;           /* hash of the whole token string; equal means the same headline */
	uint32_t *number; size_t nnumber;        /* hashes of its numbers, dates and clock times taken off first, sorted */
	struct buf folded;        /* owned */
};
static inline uint32_t token_bucket(uint32_t hash) { return hash & (TOKEN_BUCKETS - 1); }

/* Titles' segments seen from one source: "- City News" at the end of every title is no news. */
struct suffixes;
struct suffixes *suffixes_new(void);
void suffixes_free(struct suffixes *s);

/* `source` names the feed for the suffix rule; `suffixes` may be NULL. tokens_free afterwards. */
void tokens_of_title(struct str title, uint64_t source, struct suffixes *suffixes, struct tokens *out);
void tokens_free(struct tokens *t);

#endif
