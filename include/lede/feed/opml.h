/* opml - subscription lists of other readers.
 *
 * OPML 1.0 to 2.0, as forgiving as feeds are read: any encoding, broken XML, attribute names in any
 * letter case, any depth. Every outline of the body with an xmlUrl is a feed, whatever its type, and
 * one with a url and the type rss or atom; outlines around it are its folders (shared/corpora/feeds/README.md, OPML).
 * Must not know: files, the store, the screen, which feeds are subscribed to.
 */
#ifndef LEDE_FEED_OPML_H
#define LEDE_FEED_OPML_H

#include <stdbool.h>

#include "lede/base/error.h"
#include "lede/base/mem.h"
#include "lede/base/str.h"

struct opml_folder {
	struct str name;
	const struct opml_folder *parent; /* NULL: at top level */
};
/* Valid UTF-8. Titles and names are text: no markup, no white space runs. */
struct opml_feed {
	struct str url;                   /* as written, never empty */
	struct str title, link;           /* .p NULL when missing */
	struct str category;              /* a comma list; .p NULL when missing */
	bool filtered;                    /* it names a program to filter the feed with */
	const struct opml_folder *folder; /* the innermost; NULL: at top level */
};
struct opml {
	struct arena *arena;
	struct str title;                 /* .p NULL when missing */
	struct opml_feed *feed;           /* in the order of the document */
	size_t n;
	bool cut;                         /* a limit was reached: the rest is missing */
};

/* ERR_SYNTAX: no OPML ("not OPML: a web page"); *out is empty then. opml_free in every case. Beyond
 * 64 MiB, 100,000 feeds or 256 levels the list is cut. */
enum err opml_read(struct str bytes, struct opml *out, struct error *e);
void opml_free(struct opml *o);

#endif
