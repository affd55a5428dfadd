/* remembered - lines that a person typed, kept for the next time: what stands in a prompt's history.
 *
 * Two readers of one cache share them. Must not know: prompts.
 */
#ifndef LEDE_STORE_REMEMBERED_H
#define LEDE_STORE_REMEMBERED_H

#include "lede/store/store.h"

enum { REMEMBERED_LINES = 100 };        /* of each name; the oldest go */

/* A line among those of `name`, as the newest; it stands there once. A line end in it is ERR_USAGE. */
enum err store_remember(struct store *s, const char *name, struct str line, struct error *e);
/* Adds the lines of `name`, the oldest first, a line end behind each. */
enum err store_remembered(struct store *s, const char *name, struct buf *out, struct error *e);

#endif
