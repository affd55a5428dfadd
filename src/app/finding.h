/* finding - the search the reader thread is at: begun by an ask, answered in pieces.
 *
 * A first answer after 100 ms at the latest with what was found by then; when that is not all that
 * was asked for, the search goes on while nobody asks anything else, each piece an answer of its
 * own. Only the newest search goes on.
 * Must not know: the screen.
 */
#ifndef SRC_APP_FINDING_H
#define SRC_APP_FINDING_H

#include "lede/app/work.h"
#include "lede/base/clock.h"

struct finding;
/* `in`: what waits there ends a piece. Borrowed. */
struct finding *finding_new(struct mailbox *in);
void finding_free(struct finding *f); /* NULL is fine */
/* A new search, or more of the one there is. */
enum err finding_answer(struct finding *f, struct store *s, const struct ask *ask,
                        struct answer *a);
/* The store is about to be closed. */
void finding_end(struct finding *f);
/* Whether a piece is still owed. */
bool finding_goes_on(const struct finding *f);
/* The next piece; NULL: nothing to tell. The caller's. */
struct answer *finding_go_on(struct finding *f);

#endif
