/* undoing - the steps of the log turned back and forward, with all that follows outside the store.
 *
 * The log is the cache's, not a process's: with two readers on one cache `u` undoes what was done
 * last, by whichever of them or by a command, and says what it was. Each step is one transaction
 * that finds the newest step itself, so two that undo at once undo two steps, and none twice.
 * Must not know: threads, the screen.
 */
#ifndef SRC_APP_UNDOING_H
#define SRC_APP_UNDOING_H

#include "folding.h"
#include "lede/store/undo.h"
#include "lede/app/work.h"

/* The person's files that steps have edited; NULL: there is none, and what is kept of it is passed
 * over. */
struct undo_files { const char *feeds, *config; };

/* Does a JOB_UNDO and fills the notice. Each step is durable by itself: what was undone before one
 * that could not be stays undone. */
void undoing_turn(struct folding *f, struct store *s, const struct undo_files *files,
		  const struct job *j, struct notice *n);

#endif
