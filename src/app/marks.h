/* marks - what the reader does, in its order; marks are written durably, kept while they cannot be.
 *
 * An act that is more than a mark (a split, an undo) waits here until the marks before it are on
 * disk, and keeps those behind it waiting: undone is what was done last.
 * Must not know: threads, refreshes.
 */
#ifndef SRC_APP_MARKS_H
#define SRC_APP_MARKS_H

#include "folding.h"
#include "lede/app/work.h"
#include "lede/base/clock.h"

struct marks;
struct marks *marks_new(struct store *s, struct folding *f, const struct clock *clock,
			struct mailbox *out);
/* NULL is fine; what could not be written is lost */
void marks_free(struct marks *m);

/* The job is taken over. A mark is written by marks_write, with those beside it in one transaction;
 * any other is given back by marks_next. */
void marks_add(struct marks *m, struct job *j);
/* Writes the marks that wait for no other act; then NOTICE_MARKED for each. When the disk is full they are
 * kept and tried again after 30 s, when another process holds the store (a try lasts 10 s) at
 * once; said once. */
void marks_write(struct marks *m);
/* Takes the act that is next and is no mark; NULL: a mark is, or nothing. */
struct job *marks_next(struct marks *m);
bool marks_has_next(const struct marks *m);
/* Milliseconds until kept ones are tried again; -1: none are kept. */
int marks_due(const struct marks *m);

/* Skips of the edition that ends (RANKING.md, Signals), in a transaction of their own. */
enum err marks_learn_skips(struct marks *m, const struct job *j, struct error *e);

#endif
