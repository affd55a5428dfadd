#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"

#define ANY (IN_FEED | IN_ENTRY)

/* The table of shared/corpora/feeds/README.md, "Where the fields come from": a rank a column. */
const struct name_row names_table[] = {
	/* What holds the rest. */
	{ NS_RSS, "rss", IN_FEED, KIND_FEED, FIELD_NONE, 0, false },
	{ NS_RSS, "channel", IN_FEED, KIND_FEED, FIELD_NONE, 0, false },
	{ NS_RDF, "rdf", IN_FEED, KIND_FEED, FIELD_NONE, 0, false },
	{ NS_RSS, "rdf", IN_FEED, KIND_FEED, FIELD_NONE, 0, false },
	{ NS_ATOM, "feed", IN_FEED, KIND_FEED, FIELD_NONE, 0, false },
	{ NS_RSS, "feed", IN_FEED, KIND_FEED, FIELD_NONE, 0, false },
	{ NS_RSS, "item", ANY, KIND_ENTRY, FIELD_NONE, 0, true },
	{ NS_RDF, "item", ANY, KIND_ENTRY, FIELD_NONE, 0, true },
	{ NS_ATOM, "entry", ANY, KIND_ENTRY, FIELD_NONE, 0, true },
	{ NS_RSS, "entry", IN_FEED, KIND_ENTRY, FIELD_NONE, 0, false },
	{ NS_RSS, "items", IN_FEED, KIND_PASS, FIELD_NONE, 0, false },
	{ NS_MEDIA, "group", IN_ENTRY, KIND_PASS, FIELD_NONE, 0, false },
	{ NS_MEDIA, "content", IN_ENTRY, KIND_MEDIA, FIELD_NONE, 0, false },

	/* RSS and CDF. */
	{ NS_RSS, "title", ANY, KIND_TEXT, FIELD_TITLE, 0, true },
	{ NS_RSS, "link", ANY, KIND_URL, FIELD_LINK, 0, true },
	{ NS_RSS, "description", IN_FEED, KIND_TEXT, FIELD_DESCRIPTION, 0, true },
	{ NS_RSS, "abstract", IN_FEED, KIND_TEXT, FIELD_DESCRIPTION, 0, true },
	{ NS_RSS, "language", IN_FEED, KIND_LANGUAGE, FIELD_LANGUAGE, 0, true },
	{ NS_RSS, "lastbuilddate", IN_FEED, KIND_DATE, FIELD_UPDATED, 0, true },
	{ NS_RSS, "pubdate", IN_FEED, KIND_DATE, FIELD_UPDATED, 1, true },
	{ NS_RSS, "ttl", IN_FEED, KIND_TTL, FIELD_NONE, 0, true },
	{ NS_RSS, "skiphours", IN_FEED, KIND_HOURS, FIELD_NONE, 0, true },
	{ NS_RSS, "hour", IN_HOURS, KIND_HOUR, FIELD_NONE, 0, false },
	{ NS_RSS, "skipdays", IN_FEED, KIND_DAYS, FIELD_NONE, 0, true },
	{ NS_RSS, "day", IN_DAYS, KIND_DAY, FIELD_NONE, 0, false },
	{ NS_RSS, "guid", IN_ENTRY, KIND_GUID, FIELD_ID, 0, true },
	{ NS_RSS, "author", IN_ENTRY, KIND_AUTHOR, FIELD_AUTHOR, 0, true },
	{ NS_RSS, "pubdate", IN_ENTRY, KIND_DATE, FIELD_PUBLISHED, 0, true },
	{ NS_RSS, "description", IN_ENTRY, KIND_HTML, FIELD_SUMMARY, 0, true },
	{ NS_RSS, "abstract", IN_ENTRY, KIND_HTML, FIELD_SUMMARY, 0, true },
	{ NS_RSS, "body", IN_ENTRY, KIND_HTML, FIELD_CONTENT, 1, false },
	{ NS_RSS, "fullitem", IN_ENTRY, KIND_HTML, FIELD_CONTENT, 2, false },
	{ NS_RSS, "category", IN_ENTRY, KIND_CATEGORY, FIELD_CATEGORY, 0, true },
	{ NS_RSS, "enclosure", IN_ENTRY, KIND_ENCLOSURE, FIELD_NONE, 0, true },
	{ NS_RSS, "comments", IN_ENTRY, KIND_URL, FIELD_COMMENTS, 0, true },
	{ NS_RSS, "a", ANY, KIND_ANCHOR, FIELD_LINK, 1, false },

	/* Atom; inside RSS it comes after what is RSS's own. */
	{ NS_ATOM, "title", ANY, KIND_CONSTRUCT, FIELD_TITLE, 3, true },
	{ NS_ATOM, "link", ANY, KIND_LINK, FIELD_LINK, 4, true },
	{ NS_ATOM, "id", IN_ENTRY, KIND_ID, FIELD_ID, 2, true },
	{ NS_ATOM, "subtitle", IN_FEED, KIND_CONSTRUCT, FIELD_DESCRIPTION, 3, true },
	{ NS_ATOM, "tagline", IN_FEED, KIND_CONSTRUCT, FIELD_DESCRIPTION, 4, true },
	{ NS_ATOM, "updated", IN_FEED, KIND_DATE, FIELD_UPDATED, 3, true },
	{ NS_ATOM, "modified", IN_FEED, KIND_DATE, FIELD_UPDATED, 4, true },
	{ NS_ATOM, "author", IN_ENTRY, KIND_PERSON, FIELD_AUTHOR, 3, true },
	{ NS_ATOM, "name", IN_PERSON, KIND_AUTHOR, FIELD_AUTHOR, 3, false },
	{ NS_ATOM, "email", IN_PERSON, KIND_AUTHOR, FIELD_AUTHOR, 4, false },
	{ NS_RSS, "name", IN_PERSON, KIND_AUTHOR, FIELD_AUTHOR, 3, false },
	{ NS_RSS, "email", IN_PERSON, KIND_AUTHOR, FIELD_AUTHOR, 4, false },
	{ NS_ATOM, "published", IN_ENTRY, KIND_DATE, FIELD_PUBLISHED, 3, true },
	{ NS_ATOM, "issued", IN_ENTRY, KIND_DATE, FIELD_PUBLISHED, 4, true },
	{ NS_ATOM, "updated", IN_ENTRY, KIND_DATE, FIELD_UPDATED, 1, true },
	{ NS_ATOM, "modified", IN_ENTRY, KIND_DATE, FIELD_UPDATED, 2, true },
	{ NS_ATOM, "summary", IN_ENTRY, KIND_CONSTRUCT, FIELD_SUMMARY, 4, true },
	{ NS_ATOM, "content", IN_ENTRY, KIND_CONSTRUCT, FIELD_CONTENT, 4, true },
	{ NS_ATOM, "category", IN_ENTRY, KIND_CATEGORY, FIELD_CATEGORY, 0, true },

	/* Dublin Core. */
	{ NS_DC, "title", ANY, KIND_TEXT, FIELD_TITLE, 1, true },
	{ NS_DC, "creator", IN_ENTRY, KIND_AUTHOR, FIELD_AUTHOR, 1, true },
	{ NS_DC, "author", IN_ENTRY, KIND_AUTHOR, FIELD_AUTHOR, 5, true },
	{ NS_DC, "subject", IN_ENTRY, KIND_CATEGORY, FIELD_CATEGORY, 0, true },
	{ NS_DC, "description", IN_FEED, KIND_TEXT, FIELD_DESCRIPTION, 5, true },
	{ NS_DC, "description", IN_ENTRY, KIND_HTML, FIELD_SUMMARY, 1, true },
	{ NS_DC, "language", ANY, KIND_LANGUAGE, FIELD_LANGUAGE, 1, true },
	{ NS_DC, "date", IN_FEED, KIND_DATE, FIELD_UPDATED, 2, true },
	{ NS_DC, "date", IN_ENTRY, KIND_DATE, FIELD_PUBLISHED, 1, true },
	{ NS_DCTERMS, "issued", IN_ENTRY, KIND_DATE, FIELD_PUBLISHED, 2, true },
	{ NS_DCTERMS, "modified", IN_ENTRY, KIND_DATE, FIELD_UPDATED, 0, true },

	/* The other modules. */
	{ NS_CONTENT, "encoded", IN_ENTRY, KIND_HTML, FIELD_CONTENT, 0, true },
	{ NS_XHTML, "body", IN_ENTRY, KIND_XHTML, FIELD_CONTENT, 1, false },
	{ NS_XHTML, "div", IN_ENTRY, KIND_XHTML, FIELD_CONTENT, 3, false },
	{ NS_ITUNES, "summary", IN_FEED, KIND_TEXT, FIELD_DESCRIPTION, 1, true },
	{ NS_ITUNES, "subtitle", IN_FEED, KIND_TEXT, FIELD_DESCRIPTION, 2, true },
	{ NS_ITUNES, "author", IN_ENTRY, KIND_AUTHOR, FIELD_AUTHOR, 2, true },
	{ NS_ITUNES, "summary", IN_ENTRY, KIND_HTML, FIELD_SUMMARY, 2, true },
	{ NS_MEDIA, "title", IN_ENTRY, KIND_TEXT, FIELD_TITLE, 2, true },
	{ NS_MEDIA, "description", IN_ENTRY, KIND_HTML, FIELD_SUMMARY, 3, true },
	{ NS_MEDIA, "category", IN_ENTRY, KIND_CATEGORY, FIELD_CATEGORY, 0, true },
	{ NS_SYNDICATION, "updateperiod", IN_FEED, KIND_PERIOD, FIELD_NONE, 0, true },
	{ NS_SYNDICATION, "updatefrequency", IN_FEED, KIND_FREQUENCY, FIELD_NONE, 0, true },
};
const size_t names_table_rows = sizeof names_table / sizeof *names_table;

/* ---- roots ---- */

enum names_root names_root(struct str qname, bool first)
{
	static const struct { const char *local; enum names_root root; bool first; } roots[] = {
		{ "rss", NAMES_ROOT_FEED, false },    { "feed", NAMES_ROOT_FEED, false },
		{ "rdf", NAMES_ROOT_FEED, false },    { "channel", NAMES_ROOT_FEED, true },
		{ "entry", NAMES_ROOT_FEED, true },   { "html", NAMES_ROOT_PAGE, false },
		{ "head", NAMES_ROOT_PAGE, true },    { "body", NAMES_ROOT_PAGE, true },
		{ "opml", NAMES_ROOT_OPML, false },
	};
	size_t colon = str_find(qname, ':');
	struct str local = colon == SIZE_MAX ? qname : str_sub(qname, colon + 1, qname.n);

	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
		if (str_eq_nocase(local, str_of(roots[i].local)) && (first || !roots[i].first))
			return roots[i].root;
	return NAMES_ROOT_NONE;
}

/* ---- namespaces ---- */

/* Without "http://", "www." and what ends the address ('/', '#'), in lower case: feeds vary all of
 * these. */
static const struct { const char *uri; enum ns ns; } namespaces[] = {
	{ "w3.org/2005/atom", NS_ATOM },
	{ "purl.org/atom/ns", NS_ATOM },
	{ "example.com/newformat", NS_ATOM },
	{ "example.com/necho", NS_ATOM },
	{ "purl.org/echo", NS_ATOM },
	{ "uri/of/echo/namespace", NS_ATOM },
	{ "purl.org/pie", NS_ATOM },
	{ "intertwingly.net/blog/echo", NS_ATOM },
	{ "purl.org/rss/1.0", NS_RSS },
	{ "purl.org/net/rss1.1", NS_RSS },
	{ "my.netscape.com/rdf/simple/0.9", NS_RSS },
	{ "my.netscape.com/publish/formats/rss-0.9", NS_RSS },
	{ "channel.netscape.com/rdf/simple/0.9", NS_RSS },
	{ "my.netscape.com/publish/formats/rss-0.91.dtd", NS_RSS },
	{ "backend.userland.com/rss", NS_RSS },
	{ "backend.userland.com/rss2", NS_RSS },
	{ "blogs.law.harvard.edu/tech/rss", NS_RSS },
	{ "cyber.law.harvard.edu/rss/rss.html", NS_RSS },
	{ "rssboard.org/rss-specification", NS_RSS },
	{ "w3.org/1999/02/22-rdf-syntax-ns", NS_RDF },
	{ "purl.org/dc/elements/1.1", NS_DC },
	{ "purl.org/dc/elements/1.0", NS_DC },
	{ "purl.org/dc/terms", NS_DCTERMS },
	{ "purl.org/rss/1.0/modules/content", NS_CONTENT },
	{ "itunes.com/dtds/podcast-1.0.dtd", NS_ITUNES },
	{ "example.com/dtds/podcast-1.0.dtd", NS_ITUNES },
	{ "search.yahoo.com/mrss", NS_MEDIA },
	{ "rssboard.org/media-rss", NS_MEDIA },
	{ "w3.org/1999/xhtml", NS_XHTML },
	{ "purl.org/rss/1.0/modules/syndication", NS_SYNDICATION },
	{ "w3.org/xml/1998/namespace", NS_XML },
};

static const struct { const char *prefix; enum ns ns;
} prefixes[] = {
	{ "atom", NS_ATOM },	   { "rdf", NS_RDF },	      { "dc", NS_DC },
	{ "dcterms", NS_DCTERMS }, { "content", NS_CONTENT }, { "itunes", NS_ITUNES },
	{ "media", NS_MEDIA },	   { "xhtml", NS_XHTML },     { "sy", NS_SYNDICATION },
	{ "xml", NS_XML },	   { "rss", NS_RSS },
};

static struct str core_of_uri(struct str uri)
{
	uri = str_trim(uri);
	if (str_starts_nocase(uri, "https://"))
		uri = str_sub(uri, 8, uri.n);
	else if (str_starts_nocase(uri, "http://"))
		uri = str_sub(uri, 7, uri.n);
	if (str_starts_nocase(uri, "www."))
		uri = str_sub(uri, 4, uri.n);
	while (uri.n > 0 && (uri.p[uri.n - 1] == '/' || uri.p[uri.n - 1] == '#'))
		uri.n--;
	return uri;
}

static enum ns ns_of_prefix(struct str prefix)
{
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (str_eq_nocase(prefix, str_of(prefixes[i].prefix)))
			return prefixes[i].ns;
	return prefix.n > 0 ? NS_FOREIGN : NS_RSS;
}

enum ns names_ns(struct str uri, struct str prefix)
{
	struct str core = core_of_uri(uri);

	if (core.n == 0)
		return ns_of_prefix(prefix);
	for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++)
		if (str_eq_nocase(core, str_of(namespaces[i].uri)))
			return namespaces[i].ns;
	return NS_FOREIGN;
}

/* ---- looking up ---- */

enum { SLOTS = 256 };

struct names { uint8_t slot[SLOTS]; }; /* row + 1, probed linearly */

static unsigned hash_name(enum ns ns, struct str local)
{
	unsigned h = (unsigned)ns * 31 + (unsigned)local.n;

	for (size_t i = 0; i < local.n; i++)
		h = h * 33 + (unsigned char)ascii_lower(local.p[i]);
	return (h ^ h >> 8) % SLOTS;
}

struct names *names_new(void)
{
	struct names *n = mem_new(sizeof *n);

	_Static_assert(sizeof names_table / sizeof *names_table < SLOTS / 2,
		       "the index is too small");
	for (size_t i = 0; i < names_table_rows; i++) {
		unsigned at = hash_name(names_table[i].ns, str_of(names_table[i].local));

		while (n->slot[at] != 0)
			at = (at + 1) % SLOTS;
		n->slot[at] = (uint8_t)(i + 1);
	}
	return n;
}

void names_free(struct names *n)
{
	free(n);
}

static bool is_named(struct str name, const char *local)
{
	size_t i = 0;

	while (i < name.n && local[i] != '\0' && ascii_lower(name.p[i]) == local[i])
		i++;
	return i == name.n && local[i] == '\0';
}

const struct name_row *names_find(const struct names *n, enum ns ns, struct str local,
				  unsigned where)
{
	if (ns == NS_FOREIGN || local.n > 32)
		return NULL;
	for (unsigned at = hash_name(ns, local); n->slot[at] != 0; at = (at + 1) % SLOTS) {
		const struct name_row *row = &names_table[n->slot[at] - 1];

		if (row->ns == ns && (row->where & where) && is_named(local, row->local))
			return row;
	}
	return NULL;
}
