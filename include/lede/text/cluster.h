/* cluster - the rules of grapheme clusters, one code point at a time (UAX #29, Unicode 15.0).
 *
 * For `text` only; other floors measure with width.h.
 * Must not know: bytes.
 */
#ifndef LEDE_TEXT_CLUSTER_H
#define LEDE_TEXT_CLUSTER_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/text/unicode_props.h"

/* How far an emoji sequence has come: GB11 joins picture, extenders, ZWJ and another picture. */
enum picture { PICTURE_NONE, PICTURE_SEEN, PICTURE_JOINED };

/* What has been taken so far. All zero: a new cluster (nothing joins to it, cells is 0). */
struct cluster {
	enum grapheme_class last;
	enum picture picture;
	unsigned regionals;       /* in a row up to and with `last` (GB12, GB13) */
	bool emoji;               /* `last` has an emoji form, for U+FE0F */
	int cells;                /* 0..2 */
};

/* GB3 to GB13: does a code point of this class belong to the cluster? */
bool cluster_goes_on(const struct cluster *c, enum grapheme_class next);
/* Makes `cp` (whose properties are `p`) part of the cluster. */
void cluster_take(struct cluster *c, const struct props *p, uint32_t cp, int ambiguous);

#endif
