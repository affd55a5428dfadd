/* unlearning - what was learned of a word or a feed is forgotten, by the name a person gives.
 *
 * Must not know: who asks, threads.
 */
#ifndef SRC_APP_UNLEARNING_H
#define SRC_APP_UNLEARNING_H

#include "lede/app/learning.h"

/* `what`: "all", a feed by its address, with or without scheme, or by its whole title, else a word. In a batch of its own, durable.
 * ERR_NONESUCH: nothing was learned of it. */
enum err unlearn(struct folding *f, struct store *s, struct str what, struct error *e);

#endif
