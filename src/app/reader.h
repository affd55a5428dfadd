/* reader - the thread that answers asks from a connection of its own that only reads.
 *
 * Articles are parsed here too, so that the screen's thread never waits for one. No statement stays
 * open between two asks.
 * Must not know: who asks; what is being written.
 */
#ifndef SRC_APP_READER_H
#define SRC_APP_READER_H

#include "lede/app/work.h"

struct reader;
/* Answers go to `out` (borrowed). The store is opened at the first ask, and again at the next when
 * that fails. */
enum err reader_start(const char *path, struct mailbox *out, struct reader **reader,
		      struct error *e);
/* An ASK_ARTICLE or ASK_LIST is dropped without an answer when a newer one of its kind (and list)
 * waits behind it. A long article is given up for a newer one, and everything else is answered in
 * between. */
void reader_ask(struct reader *r, struct ask *a);
/* In which script titles and texts come from now on; `w` is not yours any more. */
struct script_wishes;
void reader_wishes(struct reader *r, struct script_wishes *w);
/* joins; asks that wait are dropped. NULL is fine */
void reader_stop(struct reader *r);

#endif
