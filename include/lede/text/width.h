/* width - grapheme clusters and how many cells they take.
 *
 * All measuring for the screen is done here.
 * Clusters by UAX #29 (extended), Unicode 15.0. Strings are expected in display form (display.h);
 * anything else is measured all the same, an invalid byte as one U+FFFD. `ambiguous` is 1 or 2
 * everywhere.
 * Must not know: screens, colours, where lines break.
 */
#ifndef LEDE_TEXT_WIDTH_H
#define LEDE_TEXT_WIDTH_H

#include "lede/base/str.h"

/* End (byte offset) of the cluster that begins at `at` < s.n; *cells is its width 0..2, never more,
 * whatever its code points add up to (U+FFFD and a spacing mark where ambiguous is 2: the mark has
 * no cell left). `cells` may be NULL everywhere here. */
size_t cluster_end(struct str s, size_t at, int ambiguous, int *cells);
int text_cells(struct str s, int ambiguous);
/* Length in bytes of the longest prefix of whole clusters that takes at most `max` cells; *cells
 * its width. */
size_t text_fit(struct str s, int max, int ambiguous, int *cells);
/* Adds `s` to `out`, or when it is wider than `max` cells as much of it as fits before `cut` ("…"
 * or ".."), with no blank before the cut mark. A cut mark wider than `max` is left out. Returns the
 * cells added; 0, and nothing was added, when `out` is full. */
int text_shorten(struct str s, int max, const char *cut, int ambiguous, struct buf *out);

#endif
