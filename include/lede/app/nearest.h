/* nearest - the name most like a mistyped one, for "did you mean".
 *
 * Must not know: what is named.
 */
#ifndef LEDE_APP_NEAREST_H
#define LEDE_APP_NEAREST_H

#include "lede/base/str.h"

/* Edits; farther away, or more than one in three letters, nothing is meant. */
enum { NEAREST_MAX = 3 };

/* Levenshtein's distance in bytes, two neighbours that changed places being one edit; ASCII letters
 * of either case alike; SIZE_MAX past 40 bytes. */
size_t nearest_distance(struct str a, struct str b);
/* A search over names: start with the zero value but for `said`, offer each name, read `best`
 * (NULL: none is near). */
struct nearest { struct str said; const char *best; size_t distance; };
void nearest_offer(struct nearest *n, const char *name);     /* `name` is kept */

#endif
