/* query - what a person types to search, made into what the store is asked.
 *
 * Blanks part words and all of them must be there; "a phrase"; -word must not be there; word* may
 * go on; title:word; feed:word of a feed's title or address; is:unread, is:read, is:starred,
 * is:filler; after:DAY from that day on, before:DAY up to the day before. A value may be quoted,
 * "-" may stand before anything but a day. A DAY is 2026-05-03, 2026-05, 2026, today or yesterday
 * in local time, or an age: 12h, 7d, 2w, 3m, 1y. Full-width blanks, colons and quotes will do.
 * Must not know: the index, tokens.
 */
#ifndef LEDE_APP_QUERY_H
#define LEDE_APP_QUERY_H

#include "lede/base/mem.h"
#include "lede/store/search.h"

/* The texts live in `a`. ERR_USAGE: a sentence on what cannot be understood, and what could. What
 * has no letter in it is passed over, as long as something else is asked for. */
enum err query_parse(struct str typed, int64_t now, struct arena *a, struct search_query *out,
                     struct error *e);

#define QUERY_MAX (64 << 10) /* bytes of a query that is taken apart */
/* Adds the pieces of a query that are words to `words`, those that limit where they are searched
 * for (is: feed: after: before:) to `limits`, as typed, parted by blanks. */
void query_split(struct str typed, struct buf *words, struct buf *limits);

#endif
