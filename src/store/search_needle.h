/* search_needle - what a search looks for, found in a text that was read.
 *
 * The index says which entries hold all the words; whether they stand side by side, and where, only
 * their text says. A needle is a row of tokens at neighbouring positions; all needles of a search
 * are looked for in one pass over a text.
 * Must not know: the index, entries.
 */
#ifndef SRC_STORE_SEARCH_NEEDLE_H
#define SRC_STORE_SEARCH_NEEDLE_H

#include "lede/base/mem.h"
#include "lede/store/search.h"

#define NEEDLE_TOKENS 64 /* the bits of a word of the machine */

struct needle {
	struct str word[NEEDLE_TOKENS]; /* in the needles' arena */
	int n; /* 0: nothing of the text is a word */
	bool start; /* of the last word any word that begins so will do */
};
/* The needle of a text in a query. False: it has more than NEEDLE_TOKENS words. */
bool needle_of(struct str text, bool start, struct arena *a, struct needle *out);

struct needle_at { uint32_t from, to; }; /* bytes of the text */
/* Looks for needles[0..n-1] in `text`. found[i]: it is there; first[i]: where it begins first
 * (UINT32_MAX: nowhere). With `each` every place is given to it, in the order of their ends; NULL:
 * the pass ends as soon as all were found. */
typedef void needle_fn(void *self, size_t needle, struct needle_at at);
void needles_find(const struct needle *needles, size_t n, struct str text, bool found[],
                  uint32_t first[], needle_fn *each, void *self);

#endif
