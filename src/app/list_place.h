/* list_place - where in a list by time a row stands, and how long a list is that nothing counts.
 *
 * Asked when a list is made anew around a row that may have left it: some look-ups, each as far as
 * the row is from the list's top; so not on the screen's thread.
 * Must not know: the screen.
 */
#ifndef SRC_APP_LIST_PLACE_H
#define SRC_APP_LIST_PLACE_H

#include "lede/store/entries.h"

/* Index of the row, or of the first one below where it would stand; the list's length when none
 * is. `atmost`: more rows than the list has. */
enum err list_place(struct store *s, const struct list_query *q, const struct list_anchor *row,
		    int64_t atmost, int64_t *index, struct error *e);
enum err list_length(struct store *s, const struct list_query *q, int64_t atmost, int64_t *n,
		     struct error *e);

#endif
