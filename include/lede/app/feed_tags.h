/* feed_tags - the tags that the feeds file gives each feed, for threads that do not see the file.
 *
 * What [tag NAME] in the configuration needs: config_feed with its tags, found by the address.
 * Must not know: the file, who asks.
 */
#ifndef LEDE_APP_FEED_TAGS_H
#define LEDE_APP_FEED_TAGS_H

#include "lede/app/config.h"
#include "lede/app/subscriptions.h"

struct feed_tags;
/* Everything is copied. */
struct feed_tags *feed_tags_new(const struct subscriptions *subs);
void feed_tags_free(struct feed_tags *t);      /* NULL is fine */
/* For config_text and the like; without tags when there are none (`t` NULL: no feed has any).
 * Borrowed from t; `url` is the caller's. */
struct config_feed feed_tags_of(const struct feed_tags *t, struct str url);

#endif
