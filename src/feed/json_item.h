/* json_item - one parsed value of a JSON Feed, given to a draft.
 *
 * Must not know: the document around it.
 */
#ifndef LEDE_SRC_FEED_JSON_ITEM_H
#define LEDE_SRC_FEED_JSON_ITEM_H

#include <jansson.h>

#include "draft.h"

/* JSON Feed 1.1, "Items". What is of the wrong type is missing. */
void json_item_read(struct collector *c, const json_t *item);
/* A member of the top object other than `items`. */
void json_feed_member(struct collector *c, struct str key, const json_t *value);

#endif
