/* entry_terms - the opaque bytes in which an entry's words are kept: enough to fold against it and
 * to learn from it without its title.
 *
 * version 1: byte 1, flags (1: CJK, 2: mixed, 4: kana), exact (8), varint of the folded text's
 * length, the text, varint of how many tokens, for each its start (difference to the start before),
 * its length and its weight << 1 | searched as varints, varint of how many numbers, 4 bytes each.
 * version 2: the same and varint of how many names, 8 bytes each.
 */
#ifndef RANK_ENTRY_TERMS_H
#define RANK_ENTRY_TERMS_H

#include "lede/rank/tokens.h"
#include "names.h"
#include "numbers.h"

enum {
	WEIGHT_ONE = 1 << 14,         /* length of an entry's vector */
	WEIGHT_SEARCHED = 1 << 15     /* marks a weight whose token the entry is looked up by */
};

struct entry_term { struct str word; uint32_t hash; uint16_t weight; };
struct entry_terms {
	bool cjk, kana, mixed;
	struct str text;                         /* folded; borrowed as the words */
	uint64_t exact;
	uint32_t number[NUMBERS_MAX]; size_t nnumber;
	struct name name[NAMES_MAX]; size_t nname;
	struct entry_term term[TOKENS_MAX]; size_t n;      /* words borrowed from the blob */
};

/* The same without the bytes between: words borrowed from `t`. */
void entry_terms_of(const struct tokens *t, const uint16_t *weight, struct entry_terms *out);
/* `weight` has one element a token, WEIGHT_SEARCHED in it. */
enum err entry_terms_encode(const struct tokens *t, const uint16_t *weight, struct buf *out);
/* False when damaged; then *out is undefined. */
bool entry_terms_decode(struct str blob, struct entry_terms *out);

#endif
