/* counts - in how many titles each token was, and which segments are suffixes: what folding knows
 * of all that ever came.
 *
 * Blob: byte 3, varint total, varint of how many of them were CJK, varint of how many buckets, for
 * each the difference to the bucket before and its count as varints (the first from 0), the
 * suffixes, 4 bytes of hash32 over all before. Additions are the same, of what was added. Byte 2 is
 * the same without the CJK ones.
 */
#ifndef RANK_COUNTS_H
#define RANK_COUNTS_H

#include "lede/rank/tokens.h"

struct counts {
	uint32_t *df;                 /* TOKEN_BUCKETS */
	uint32_t total, cjk;          /* titles; those of them that are CJK */
	struct suffixes *suffixes;
	uint32_t *added; size_t nadded, cap;     /* buckets counted since the last counts_take */
	uint32_t added_total, added_cjk;
};

void counts_init(struct counts *c);
void counts_free(struct counts *c);
/* The titles among which a token of a CJK title, or of another, is rare or common: each script has
 * its own, or a stream of all languages would fold otherwise than each alone. */
static inline uint32_t counts_documents(const struct counts *c, bool cjk)
{
	return cjk ? c->cjk : c->total - c->cjk;
}
void counts_add_title(struct counts *c, const struct tokens *t);
/* Adds to what is there. False: damaged, nothing changed. */
bool counts_load(struct counts *c, struct str blob);
enum err counts_save(const struct counts *c, struct buf *out);
/* Empty when nothing was added; on failure it can be tried again. */
enum err counts_take(struct counts *c, struct buf *out);
size_t counts_bytes(const struct counts *c);

#endif
