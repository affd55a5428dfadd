/* json_cut - where one JSON value ends, while it arrives.
 *
 * Must not know: what the values mean.
 */
#ifndef LEDE_SRC_FEED_JSON_CUT_H
#define LEDE_SRC_FEED_JSON_CUT_H

#include <stdbool.h>

#include "lede/base/str.h"

struct json_cut {
	size_t at; /* bytes of the value seen */
	int depth;
	size_t parts; /* brackets and commas: what a tree of it costs */
	bool in_string, escaped;
};

enum json_cut_state { CUT_MORE, CUT_WHOLE, CUT_BROKEN };

/* Goes on with the value at the start of `s`, of which c->at bytes were seen. When it is CUT_WHOLE,
 * c->at is its length. `last`: a number or word may end where `s` ends. */
enum json_cut_state json_cut(struct json_cut *c, struct str s, bool last);
/* Copies a value as jansson takes it: control characters in strings become blanks, half surrogate
 * pairs \uFFFD, integers too long for it strings. */
enum err json_mend(struct str value, struct buf *out);

#endif
