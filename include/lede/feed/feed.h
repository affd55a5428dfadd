/* feed - the bytes of a feed in, entries out, while the document still arrives.
 *
 * RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1, CDF; what is in which element,
 * encodings and what is recovered from broken documents: shared/corpora/feeds/README.md. libxml2's
 * SAX2 push interface, fed with UTF-8 made by text/encoding. No network, no DTD, no external
 * entity, ever; the document's own entities expand to at most 1 MiB together. Must not know: HTTP,
 * the store, which feeds are subscribed to.
 */
#ifndef LEDE_FEED_FEED_H
#define LEDE_FEED_FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/error.h"
#include "lede/base/str.h"
#include "lede/text/date.h"

enum feed_format {
	FEED_UNKNOWN,
	FEED_RSS,
	FEED_RSS090,
	FEED_RSS091,
	FEED_RSS092,
	FEED_RSS093,
	FEED_RSS094,
	FEED_RSS10,
	FEED_RSS20,
	FEED_ATOM,
	FEED_ATOM03,
	FEED_ATOM10,
	FEED_JSON10,
	FEED_JSON11,
	FEED_CDF
};
const char *feed_format_name(enum feed_format f);      /* "rss2.0"; NULL for FEED_UNKNOWN */

/* Text fields: .p NULL when missing; never empty. Dates: DATE_NONE when missing. Valid UTF-8. */
struct feed_enclosure { struct str url, type; int64_t length; };       /* length -1: unknown */
struct feed_entry {
	struct str id;                 /* guid, Atom id, rdf:about: as written */
	struct str title;              /* text */
	struct str link;               /* absolute where possible */
	struct str author;             /* text */
	int64_t published, updated;
	struct str summary, content;   /* HTML; relative links made absolute */
	const struct str *categories; size_t ncategories;
	const struct feed_enclosure *enclosures; size_t nenclosures;
	struct str comments;           /* url */
	struct str language;           /* xml:lang or dc:language of the entry; mostly missing */
	int rank; /* place in a list that gives ranks (hot list), from 1; 0: none */
	int points; /* votes where the feed tells them (slash:comments does not count); -1: none */
	size_t index;                  /* place in the document, from 0 */
};
struct feed_meta {
	enum feed_format format;
	struct str title, link, description, language;
	int64_t updated;
	int ttl; /* minutes: RSS ttl or sy:updatePeriod/updateFrequency; 0: none */
	uint32_t skip_hours;           /* bit h: hour h GMT */
	uint8_t skip_days;             /* bit d: 0 = Sunday */
	bool cut;                      /* a limit was reached; the entries given are complete */
	bool unfinished;               /* it broke off: the outermost element was never closed */
};

/* Ceilings (FETCHING.md section 4). Zero takes the default. */
struct feed_limits {
	size_t bytes;                  /* of the decoded document: 32 MiB */
	size_t entries;                /* 100,000 */
	size_t content;                /* of one entry's summary or content: 16 MiB, cut beyond */
	size_t title;                  /* 64 KiB, cut beyond */
	size_t start_tag;              /* 256 KiB, the parse ends beyond */
	int depth;                     /* 256 */
	size_t expansion;              /* of the document's own entities: 1 MiB */
};

/* Called for each complete entry, in document order; all of `e` is borrowed for the call. False
 * stops the parse quietly. */
typedef bool feed_entry_fn(void *self, const struct feed_entry *e);

struct feed_source {
	struct str base_url;           /* the address the bytes came from; may be empty */
	struct str content_type;       /* the whole header value; may be empty */
	struct str charset; /* a person's setting, wins over all but a BOM; may be empty */
	struct feed_limits limits;
	feed_entry_fn *entry;
	void *self;
};

/* Once, before any thread parses: libxml2 makes its tables. */
void feed_init(void);

struct feed_parser;
struct feed_parser *feed_parser_new(const struct feed_source *source);   /* copies the strings */
void feed_parser_free(struct feed_parser *p); /* NULL is fine; callable at any moment */
/* Bytes as they arrive. After an error further bytes are ignored and the same error comes back.
 * ERR_SYNTAX: certainly not a feed ("not a feed: a web page"); ERR_LIMIT: a limit was reached,
 * entries so far are good. */
enum err feed_parser_push(struct feed_parser *p, struct str bytes, struct error *e);
/* No more bytes; gives the remaining entries. A feed cut off in the middle is no error: complete
 * entries count. */
enum err feed_parser_end(struct feed_parser *p, struct error *e);
/* What is known of the feed itself; final after feed_parser_end. Borrowed from the parser. */
const struct feed_meta *feed_parser_meta(const struct feed_parser *p);

/* Content that another program kept, as an entry would have it: plain text becomes HTML, relative
 * addresses absolute (`base` may be empty). Adds to `out`. */
enum err feed_content(struct str content, bool plain, struct str base, struct buf *out);

#endif
