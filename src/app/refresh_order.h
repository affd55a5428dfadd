/* refresh_order - what a refresh is to do, as given away by the screen's thread.
 *
 * Must not know: the store.
 */
#ifndef SRC_APP_REFRESH_ORDER_H
#define SRC_APP_REFRESH_ORDER_H

#include "refresh.h"

struct ordered_feed { struct str title, *tags; size_t ntags; bool wanted; };
struct refresh_order {
	struct message m;
	struct arena *arena;
	struct str *url;              /* all feeds subscribed to, also those that are not to be asked */
	struct ordered_feed *feed;    /* beside url */
	size_t n, nwanted;
	bool force;
};
void refresh_order_free(struct refresh_order *o);              /* NULL is fine */

#endif
