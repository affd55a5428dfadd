/* names - which element of which vocabulary gives which field: one table.
 *
 * Names are matched by namespace, the usual prefix counts where it is not declared; letter case
 * does not matter (CDF is written in capitals).
 * Must not know: libxml2, how a value is read.
 */
#ifndef LEDE_SRC_FEED_NAMES_H
#define LEDE_SRC_FEED_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "draft.h"
#include "lede/base/str.h"

enum names_root { NAMES_ROOT_NONE, NAMES_ROOT_FEED, NAMES_ROOT_PAGE, NAMES_ROOT_OPML };
/* What a document with this root is; `first`: no other tag came before it. */
enum names_root names_root(struct str qname, bool first);

enum ns {
	NS_RSS, /* none, and what RSS of all versions and CDF are written in */
	NS_ATOM,
	NS_RDF,
	NS_DC,
	NS_DCTERMS,
	NS_CONTENT,
	NS_ITUNES,
	NS_MEDIA,
	NS_XHTML,
	NS_SYNDICATION,
	NS_XML,
	NS_FOREIGN
};
/* `uri` is empty for a name without a namespace; `prefix` then tells what was meant. */
enum ns names_ns(struct str uri, struct str prefix);

enum where { IN_FEED = 1, IN_ENTRY = 2, IN_PERSON = 4, IN_HOURS = 8, IN_DAYS = 16 };

enum kind {
	KIND_FEED,      /* the feed itself or what wraps it: inside is IN_FEED */
	KIND_ENTRY,
	KIND_PERSON,    /* Atom's author */
	KIND_PASS,      /* what is inside counts as if this were not there */
	KIND_TEXT, KIND_HTML, KIND_XHTML, /* as RSS has them */
	KIND_CONSTRUCT, /* as Atom's `type` and `mode` say; the field says text or HTML */
	KIND_URL, KIND_ID, KIND_GUID, KIND_DATE, KIND_AUTHOR, KIND_LANGUAGE,
	KIND_LINK,      /* Atom's */
	KIND_CATEGORY, KIND_ENCLOSURE, KIND_MEDIA,
	KIND_ANCHOR,    /* CDF's A */
	KIND_TTL, KIND_PERIOD, KIND_FREQUENCY, KIND_HOURS, KIND_HOUR, KIND_DAYS, KIND_DAY
};

struct name_row {
	enum ns ns;
	const char *local; /* in lower case */
	unsigned where;    /* where it may stand: bits of enum where */
	enum kind kind;
	enum field field;
	int rank;          /* of several sources of a field the lowest wins */
	bool ends;         /* found inside a text of RSS, it shows that the text was not closed */
};

extern const struct name_row names_table[];
extern const size_t names_table_rows;

/* Looks names up; made once a document. */
struct names;
struct names *names_new(void);
void names_free(struct names *n); /* NULL is fine */
/* NULL: foreign here, with all that is inside it. */
const struct name_row *names_find(const struct names *n, enum ns ns, struct str local,
				  unsigned where);

#endif
