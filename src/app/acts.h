/* acts - what the reader does, as undo steps: each act one step, with the sentence that names it.
 *
 * Must not know: threads, the screen.
 */
#ifndef SRC_APP_ACTS_H
#define SRC_APP_ACTS_H

#include "folding.h"
#include "lede/app/work.h"

/* Opens a step named "ACT: TITLE" after an entry; without one that is there, "ACT". */
void act_begin(struct store *s, int64_t now, const char *act, int64_t entry);

/* A JOB_MARK or JOB_MARK_LIST with its step, in the open batch. *changed: rows of a JOB_MARK_LIST,
 * else -1. What is not there any more can neither be marked nor teach: that is no failure. */
enum err act_mark(struct folding *f, struct store *s, const struct job *j, int64_t now,
		  int64_t *changed, struct error *e);

#endif
