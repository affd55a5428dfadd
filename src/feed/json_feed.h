/* json_feed - the members of a JSON Feed become drafts, an item at a time.
 *
 * The document is cut into its top members and items by a scanner of its own; only one of them is
 * ever parsed into a tree. What can be put right in the writing (line ends in strings, half
 * surrogate pairs) is.
 * Must not know: bytes, encodings, how the receiver keeps entries.
 */
#ifndef LEDE_SRC_FEED_JSON_FEED_H
#define LEDE_SRC_FEED_JSON_FEED_H

#include "draft.h"

enum json_found {
	JSON_UNDECIDED,
	JSON_FEED,
	JSON_OTHER,   /* JSON, but no feed */
	JSON_BROKEN   /* no JSON */
};

struct json_feed;
struct json_feed *json_feed_new(struct collector *c); /* `c` is borrowed until the free */
void json_feed_free(struct json_feed *j);             /* NULL is fine */
/* Reads the front of `in` and says how much was used; what is left is to come again with more
 * behind it. `last`: nothing more will come. ERR_LIMIT: a ceiling was passed; ERR_CANCEL: the
 * receiver wants no more. */
enum err json_feed_push(struct json_feed *j, struct str in, bool last, size_t *used);
enum json_found json_feed_found(const struct json_feed *j); /* after `last` never undecided */

#endif
