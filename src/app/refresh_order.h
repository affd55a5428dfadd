/* refresh_order - what a refresh is to do, as given away by the screen's thread.
 *
 * Must not know: the store.
 */
#ifndef SRC_APP_REFRESH_ORDER_H
#define SRC_APP_REFRESH_ORDER_H

#include "lede/app/feed_tags.h"
#include "refresh.h"

struct ordered_feed { struct str title, *tags; size_t ntags; bool wanted, hidden; };
struct refresh_order {
	struct message m;
	struct arena *arena;
	/* all feeds subscribed to, also those that are not to be asked */
	struct str *url;
	struct ordered_feed *feed;    /* beside url */
	size_t n, nwanted;
	struct feed_tags *tags;       /* of all of them; NULL when taken out */
	/* feeds' ids: when there are some, nobody else is wanted (known once the rows are) */
	int64_t *only; size_t nonly;
	bool named;                   /* somebody asked for these, not for all */
	enum refresh_mode mode;
	unsigned number;              /* counts the orders of an engine */
};
/* The rows' ids beside url: leaves wanted whom `only` names. */
void refresh_order_narrow(struct refresh_order *o, const int64_t *ids);
void refresh_order_free(struct refresh_order *o);              /* NULL is fine */

#endif
