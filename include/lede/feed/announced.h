/* announced - the feeds that a web page announces (link rel=alternate).
 *
 * Must not know: the network.
 */
#ifndef LEDE_FEED_ANNOUNCED_H
#define LEDE_FEED_ANNOUNCED_H

#include "lede/base/mem.h"
#include "lede/base/str.h"

struct announced {
	struct str url, title;
}; /* url absolute; title in display form, may be empty */
/* Reads the page's head (its first 1 MiB at most), at most 64 feeds, in order, duplicates left out;
 * strings live in `a`. */
size_t announced_feeds(struct str page, struct str base_url, struct arena *a,
                       struct announced **out);

#endif
