/* recover - a cache that is damaged is set aside and what can be read of it brought over.
 *
 * Must not know: threads, the screen.
 */
#ifndef SRC_APP_RECOVER_H
#define SRC_APP_RECOVER_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/error.h"
#include "lede/base/str.h"

/* When the cache is damaged indeed, or `known` to be: a sentence about what came over, for the person. Empty: it is
 * sound, and whatever failed has another cause. */
enum err cache_recover(const char *path, int64_t now, bool known, struct buf *sentence, struct error *e);

#endif
