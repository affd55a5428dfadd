/* repair - a broken XML document in, a well-formed one out, while it arrives.
 *
 * What libxml2 would refuse or misread is put right before it sees it: junk around the document,
 * bare '&' and '<', HTML's entities, control characters, attributes without quotes, tags that are
 * not closed or closed in the wrong order. Declaration, DOCTYPE, comments and processing
 * instructions are left out, the document's own entities are expanded within their ceiling; tags
 * too long or too deep end it. Must not know: feeds and OPML, beyond the names of their root
 * elements.
 */
#ifndef LEDE_SRC_FEED_REPAIR_H
#define LEDE_SRC_FEED_REPAIR_H

#include "lede/base/error.h"
#include "lede/base/str.h"
#include "names.h"
#include "repaired.h"

enum repair_found {
	REPAIR_NOTHING, /* no root yet */
	REPAIR_ROOT,    /* the root that is wanted */
	REPAIR_PAGE,    /* an HTML page: nothing will come */
	REPAIR_FEED,    /* a feed, where OPML is wanted */
	REPAIR_OPML,    /* OPML, where a feed is wanted */
	REPAIR_OTHER    /* anything else: nothing will come */
};

struct repair_limits {
	size_t start_tag, expansion;
	int depth;
};

struct repair;
/* `wanted`: NAMES_ROOT_FEED or NAMES_ROOT_OPML. */
struct repair *repair_new(const struct repair_limits *limits, enum names_root wanted);
void repair_free(struct repair *r); /* NULL is fine */
/* Adds the repaired form of the front of `in` (UTF-8) to `out`, which may borrow from it, and says
 * how much was used; what is left is to come again with more behind it. `last`: nothing more will
 * come. ERR_LIMIT: a ceiling was passed, what was added to `out` is good. */
enum err repair_push(struct repair *r, struct str in, bool last, struct repaired *out,
		     size_t *used);
enum repair_found repair_found(const struct repair *r);
/* What stood before the root was a web page's. */
bool repair_is_inside_page(const struct repair *r);

#endif
