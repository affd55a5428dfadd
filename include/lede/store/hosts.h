/* hosts - what a server asked for that holds for all of its feeds, over restarts.
 *
 * A host is known by its name in small letters. Must not know: HTTP, what a name means.
 */
#ifndef LEDE_STORE_HOSTS_H
#define LEDE_STORE_HOSTS_H

#include "lede/store/store.h"

struct host_row {
	struct str name;
	int64_t next;                 /* nothing of it is asked before */
	int spacing;                  /* milliseconds between two requests; 0: the usual */
	int failures;                 /* refusals since it was last left in peace for a day */
};
/* Hosts that refused within the last day or still want to be left alone. */
enum err store_hosts(struct store *s, int64_t now, struct arena *a, struct host_row **rows,
                     size_t *n, struct error *e);
/* It wants no request before `next`; its spacing doubles, up to a minute. Hosts that refused
 * nothing for a day are forgotten. */
enum err store_host_refused(struct store *s, struct str name, int64_t next, int64_t now,
                            struct error *e);

#endif
