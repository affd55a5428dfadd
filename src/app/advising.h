/* advising - what could be searched for instead of what found nothing.
 *
 * Whether there is something without what limits the search (is: feed: after: before:), and whether
 * there would be if one letter of a word were another one. Tried query by query, so that whoever
 * waits for the cache waits for one of them at most.
 * Must not know: threads, the screen.
 */
#ifndef SRC_APP_ADVISING_H
#define SRC_APP_ADVISING_H

#include "lede/app/work.h"

struct advising;
/* On a query as typed that was understood and found nothing. */
struct advising *advising_new(struct str query, int64_t now);
void advising_free(struct advising *v); /* NULL is fine */
/* True: all was tried. `enough` is asked between any two queries. */
bool advising_go_on(struct advising *v, struct store *s, bool (*enough)(void *self), void *self);
/* What came of it, or has so far, in memory of `a`. The likelier spellings are tried first. */
const struct search_advice *advising_taken(const struct advising *v, struct store *s,
                                           struct arena *a);

#endif
