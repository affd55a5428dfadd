/* xml_feed, inside: the walk (xml_feed.c), texts (xml_capture.c), elements that speak by their
 * attributes (xml_element.c), addresses that others are relative to (xml_base.c). */
#ifndef LEDE_SRC_FEED_XML_INSIDE_H
#define LEDE_SRC_FEED_XML_INSIDE_H

#include "names.h"
#include "sax.h"
#include "xml_feed.h"

/* How what is inside an element is to be read. */
enum form {
	FORM_TEXT,    /* as RSS has it: text that may be HTML */
	FORM_LITERAL, /* text, tags inside it do not count */
	FORM_MARKUP,  /* the elements are the markup */
	FORM_BASE64   /* `decoded` says which of the others is inside */
};

struct capture {
	const struct name_row *row; /* NULL: none is open */
	int depth;
	enum form form, decoded;
	int rank;
	bool not_permalink;
	bool full;                  /* the ceiling was reached, the rest is left out */
	struct buf text;
	struct buf fallback;        /* what counts when the text is empty: an attribute */
};

struct base { int depth; struct buf url; };

struct frame { unsigned where; enum kind kind; };

struct known_ns { const xmlChar *uri, *prefix; enum ns ns; };

struct xml_feed {
	struct collector *c;
	struct names *names;
	xmlParserCtxtPtr parser;
	struct repaired *xml;       /* what is being parsed */
	struct frame *frames;
	size_t frames_cap;
	int depth;
	int skip;                   /* depth of the foreign element we are in; 0: none */
	bool skip_is_leaf;          /* an entry cannot be inside it */
	int entry;                  /* depth of the open entry; 0: none */
	struct capture capture;
	struct buf scratch;         /* of one value */
	struct buf address;         /* of one address */
	size_t resolved;            /* bytes of addresses that were resolved */
	struct base *bases;
	size_t nbases, bases_cap;
	bool is_rdf;                /* the format follows from the first RSS element */
	const xmlChar *root_uri;    /* elements in the root's namespace */
	enum ns root_ns;
	struct arena *values;       /* of the attributes of one start tag */
	struct known_ns known[16];
	size_t nknown;
	int ttl, period, frequency; /* RSS's ttl; sy:updatePeriod in minutes */
	enum err rc;
};

struct draft *xml_draft(struct xml_feed *x); /* the entry's, or the feed's */
/* In an Atom feed Atom's own elements come before those of other vocabularies. */
int xml_rank(const struct xml_feed *x, const struct name_row *row);
struct str xml_base(const struct xml_feed *x);
void xml_base_enter(struct xml_feed *x, struct str value);
void xml_base_leave(struct xml_feed *x);

void capture_start(struct xml_feed *x, const struct name_row *row, struct attributes a);
void capture_text(struct xml_feed *x, struct str s);
void capture_start_tag(struct xml_feed *x, struct str local, struct attributes a);
void capture_end_tag(struct xml_feed *x, struct str local);
/* Its text becomes the value. */
void capture_done(struct xml_feed *x);

/* The root: what format is this? */
void element_root(struct xml_feed *x, const xmlChar *uri, struct str local, struct attributes a);
/* The default namespace that an RDF root declares. */
void element_rdf_default(struct xml_feed *x, struct str uri);
/* Elements that need no text. */
void element_feed(struct xml_feed *x, const xmlChar *uri, struct str local, struct attributes a);
void element_entry(struct xml_feed *x, const xmlChar *uri, struct attributes a);
void element_link(struct xml_feed *x, const struct name_row *row, struct attributes a);
void element_enclosure(struct xml_feed *x, struct attributes a);
void element_media(struct xml_feed *x, struct attributes a);
void element_anchor(struct xml_feed *x, int rank, struct attributes a);
/* The address, resolved; as written where there is too much of that, NULL in .p when it cannot be.
 * Borrowed from `url` or until the next. */
struct str xml_whole_url(struct xml_feed *x, struct str url);
void xml_set_url(struct xml_feed *x, enum field field, int rank, struct str url);

#endif
