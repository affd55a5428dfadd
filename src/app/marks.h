/* marks - jobs that change what is read and starred: written durably, kept while that cannot be.
 *
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

/* JOB_MARK and JOB_MARK_LIST; the job is taken over. It is written by marks_write, with those
 * beside it in one transaction. */
void marks_add(struct marks *m, struct job *j);
/* Writes what waits; then NOTICE_MARKED for each. When the disk is full they are
 * kept and tried again after 30 s, when another process holds the store (a try lasts 10 s) at
 * once; said once. */
void marks_write(struct marks *m);
/* Milliseconds until kept ones are tried again; -1: none are kept. */
int marks_due(const struct marks *m);

/* Skips of the edition that ends (RANKING.md, Signals), in a transaction of their own. */
enum err marks_learn_skips(struct marks *m, const struct job *j, struct error *e);

#endif
