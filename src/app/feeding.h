/* feeding - what the reader does to a feed: in the cache and in the feeds file, as one step.
 *
 * Must not know: threads, the screen.
 */
#ifndef SRC_APP_FEEDING_H
#define SRC_APP_FEEDING_H

#include "lede/app/work.h"
#include "lede/store/store.h"

/* Does a JOB_FEED and fills the notice. `feeds`: the path of the feeds file. Either both are
 * changed or neither. */
void feeding_do(struct store *s, const char *feeds, const struct job *j, int64_t now,
		struct notice *n);

#endif
