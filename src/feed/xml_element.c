/* Elements that say what they say by their names and attributes. */
#include "lede/text/url.h"
#include "values.h"
#include "xml_inside.h"

#define ADDRESS_MAX (64 << 10)
#define RESOLVED_MAX ((size_t)128 << 20) /* of a document: a long base makes much of little */

static struct str xml_str(const xmlChar *s)
{
	return str_of((const char *)s);
}

/* ---- formats ---- */

static enum feed_format rss_version(struct str version)
{
	static const struct { const char *version; enum feed_format format;
	} versions[] = {
		{ "0.90", FEED_RSS090 }, { "0.9", FEED_RSS090 },  { "0.91", FEED_RSS091 },
		{ "0.92", FEED_RSS092 }, { "0.93", FEED_RSS093 }, { "0.94", FEED_RSS094 },
		{ "1.0", FEED_RSS10 },	 { "2.0", FEED_RSS20 },	  { "2", FEED_RSS20 },
	};

	version = str_trim(version);
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
		if (str_is(version, versions[i].version))
			return versions[i].format;
	return str_starts(version, "2.") ? FEED_RSS20 : FEED_RSS;
}

static enum feed_format atom_version(struct str uri, struct str version)
{
	version = str_trim(version);
	if (str_find_nocase(uri, STR("2005/atom")) != SIZE_MAX || str_is(version, "1.0"))
		return FEED_ATOM10;
	if (str_find_nocase(uri, STR("purl.org/atom/ns")) != SIZE_MAX || str_is(version, "0.3"))
		return FEED_ATOM03;
	return FEED_ATOM;
}

static enum feed_format rdf_version(struct str uri)
{
	return str_find_nocase(uri, STR("netscape")) != SIZE_MAX ? FEED_RSS090 : FEED_RSS10;
}

/* CDF's names are written in capitals; RSS without its <rss> looks the same otherwise. */
static enum feed_format channel_format(struct str local)
{
	return local.p[0] == 'C' ? FEED_CDF : FEED_RSS;
}

void element_rdf_default(struct xml_feed *x, struct str uri)
{
	if (x->is_rdf && names_ns(uri, STR("")) == NS_RSS)
		x->c->meta.format = rdf_version(uri);
}

void element_root(struct xml_feed *x, const xmlChar *uri, struct str local, struct attributes a)
{
	struct feed_meta *m = &x->c->meta;

	x->root_uri = uri;
	x->root_ns = NS_RSS;
	if (str_eq_nocase(local, STR("rdf"))) {
		x->is_rdf = true;
		x->root_ns = uri != NULL ? NS_RDF : NS_RSS;     /* its prefix, if any, tells */
	} else if (str_eq_nocase(local, STR("feed")) || str_eq_nocase(local, STR("entry"))) {
		m->format = atom_version(xml_str(uri), attribute_get(a, "version"));
		x->root_ns = NS_ATOM;
	} else if (str_eq_nocase(local, STR("channel"))) {
		m->format = channel_format(local);
	} else {
		m->format = rss_version(attribute_get(a, "version"));
	}
}

/* ---- addresses ---- */

struct str xml_whole_url(struct xml_feed *x, struct str url)
{
	url = str_trim(url);
	if (value_is_final(url) || x->resolved > RESOLVED_MAX)
		return url;
	x->address.max = ADDRESS_MAX;
	buf_clear(&x->address);
	if (url_resolve(xml_base(x), url, &x->address) != ERR_NONE)
		return (struct str){ 0 };
	x->resolved += x->address.n;
	return buf_view(&x->address);
}

void xml_set_url(struct xml_feed *x, enum field field, int rank, struct str url)
{
	if (str_trim(url).n > 0 && draft_wants(xml_draft(x), field, rank))
		draft_text(xml_draft(x), field, rank, xml_whole_url(x, url));
}

static void set_enclosure(struct xml_feed *x, struct str url, struct str type, struct str length,
			  bool media)
{
	void (*add)(struct draft *, struct str, struct str, int64_t) =
		media ? draft_media : draft_enclosure;

	if (str_trim(url).n > 0)
		add(xml_draft(x), xml_whole_url(x, url), str_trim(type), value_length(length));
}

/* ---- containers ---- */

static void set_modified(struct xml_feed *x, struct str written)
{
	int64_t date;

	if (date_parse(str_trim(written), &date))
		draft_date(xml_draft(x), FIELD_UPDATED, 0, date);
}

/* CDF, 2.1: HREF and LASTMOD of CHANNEL and ITEM. */
static void read_cdf(struct xml_feed *x, struct attributes a)
{
	xml_set_url(x, FIELD_LINK, 0, attribute_get(a, "href"));
	set_modified(x, attribute_get(a, "lastmod"));
}

static void set_language(struct xml_feed *x, struct attributes a, int rank)
{
	struct buf tag = buf_limited(64);

	if (value_language(attribute_get_ns(a, "xml", "lang"), &tag) == ERR_NONE)
		draft_text(xml_draft(x), FIELD_LANGUAGE, rank, buf_view(&tag));
	buf_free(&tag);
}

/* RDF is of the version whose namespace its first element of RSS has. */
static void settle_rdf(struct xml_feed *x, const xmlChar *uri)
{
	if (x->is_rdf && x->c->meta.format == FEED_UNKNOWN)
		x->c->meta.format = rdf_version(xml_str(uri));
}

/* CDF, 2.1: a channel inside another is a part of it; BASE is for all that is inside. */
static void read_cdf_channel(struct xml_feed *x, struct attributes a)
{
	xml_base_enter(x, attribute_get(a, "base"));
	if (x->depth == 1)
		read_cdf(x, a);
}

/* The root's xml:lang is an Atom feed's language. */
void element_feed(struct xml_feed *x, const xmlChar *uri, struct str local, struct attributes a)
{
	if (!str_eq_nocase(local, STR("rdf")))
		settle_rdf(x, uri);
	if (x->c->meta.format == FEED_CDF)
		read_cdf_channel(x, a);
	if (x->root_ns == NS_ATOM)
		set_language(x, a, 0);
}

void element_entry(struct xml_feed *x, const xmlChar *uri, struct attributes a)
{
	settle_rdf(x, uri);
	if (x->is_rdf)
		draft_text(xml_draft(x), FIELD_ID, 1,
			   str_trim(attribute_get_ns(a, "rdf", "about")));
	if (x->c->meta.format == FEED_CDF)
		read_cdf(x, a);
	set_language(x, a, 2);
}

/* ---- links ---- */

static bool is_page_type(struct str type)
{
	return str_starts_nocase(type, "text/html") ||
	       str_eq_nocase(type, STR("application/xhtml+xml"));
}

static bool is_rel(struct str rel, const char *name)
{
	size_t slash = SIZE_MAX;

	for (size_t i = 0; i < rel.n; i++)
		if (rel.p[i] == '/')
			slash = i;
	if (slash != SIZE_MAX && str_starts_nocase(rel, "http"))
		rel = str_sub(rel, slash + 1, rel.n);
	return str_eq_nocase(rel, str_of(name));
}

/* Atom's: HTML first, then no type, then any other. */
void element_link(struct xml_feed *x, const struct name_row *row, struct attributes a)
{
	struct str href = attribute_get(a, "href"), rel = str_trim(attribute_get(a, "rel"));
	struct str type = str_trim(attribute_get(a, "type"));
	int worse = is_page_type(type) || row->ns == NS_RSS ? 0 : type.n == 0 ? 1 : 2;

	if (rel.n == 0 || is_rel(rel, "alternate"))
		xml_set_url(x, FIELD_LINK, xml_rank(x, row) + worse, href);
	else if (x->entry == 0)
		return;
	else if (is_rel(rel, "enclosure"))
		set_enclosure(x, href, type, attribute_get(a, "length"), false);
	else if (is_rel(rel, "replies") && worse < 2)
		xml_set_url(x, FIELD_COMMENTS, 3 + worse, href);
}

void element_enclosure(struct xml_feed *x, struct attributes a)
{
	set_enclosure(x, attribute_get(a, "url"), attribute_get(a, "type"),
		      attribute_get(a, "length"), false);
}

/* Sound and film only: pictures are in the text anyway. */
void element_media(struct xml_feed *x, struct attributes a)
{
	struct str type = str_trim(attribute_get(a, "type")),
		   medium = str_trim(attribute_get(a, "medium"));

	if (str_starts_nocase(type, "audio/") || str_starts_nocase(type, "video/") ||
	    str_eq_nocase(medium, STR("audio")) || str_eq_nocase(medium, STR("video")))
		set_enclosure(x, attribute_get(a, "url"), type, attribute_get(a, "filesize"), true);
}

void element_anchor(struct xml_feed *x, int rank, struct attributes a)
{
	if (x->c->meta.format == FEED_CDF)
		xml_set_url(x, FIELD_LINK, rank, attribute_get(a, "href"));
}
