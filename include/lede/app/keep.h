/* keep - how long entries are kept: the option `keep`, and the run that deletes by it.
 *
 * Must not know: SQL, threads.
 */
#ifndef LEDE_APP_KEEP_H
#define LEDE_APP_KEEP_H

#include "lede/app/config.h"
#include "lede/app/feed_tags.h"
#include "lede/store/retention.h"

/* "365d 2000", "90d", "500", "all": seconds and number; KEEP_ALL where there is no bound. False:
 * it is none of these. */
bool keep_parse(struct str value, int64_t *seconds, int64_t *number);

/* A run over all feeds of the store, by what is configured for each; NULL and *e when the feeds
 * cannot be read. `config` and `tags` may be NULL. */
struct retention *keep_begin(struct store *s, const struct config *config,
			     const struct feed_tags *tags, int64_t now, struct error *e);

#endif
