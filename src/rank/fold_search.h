/* fold_search - the story that a new entry joins, among those in the index.
 *
 * Inside rank only. The entries' weights for the wanted tokens are added up along the tokens'
 * timelines, so that what an entry costs is the number of entries that share a token with it, not
 * the length of their vectors; only the stories that may be like enough then are looked at by
 * themselves.
 */
#ifndef RANK_FOLD_SEARCH_H
#define RANK_FOLD_SEARCH_H

#include "counts.h"
#include "fold_index.h"

/* Of one search, of a story: products with its members along the timelines, added up, and the
 * largest; then how like a member must be along the timelines to be looked at, and the member it is
 * likest to. */
struct met { uint64_t sum; uint32_t most, need, likeness, member; };

/* Scratch, kept between searches; all 0 between them. */
struct fold_search {
	uint32_t *product; size_t product_cap;        /* by member's slot, 28 fractional bits */
	uint32_t *touched; size_t ntouched, touched_cap;     /* members with a product */
	struct met *met; size_t met_cap;              /* by story's slot */
	uint32_t *found; size_t nfound, found_cap;    /* stories with a product */
};

struct wanted { int64_t feed; struct moment when; const struct member *member; };

/* The slot of the story, or UINT32_MAX: it opens one. */
uint32_t search_story(struct fold_search *s, const struct fold_index *x, const struct counts *c,
		      const struct wanted *w);
void search_free(struct fold_search *s);
size_t search_bytes(const struct fold_search *s);

#endif
