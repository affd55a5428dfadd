#include "lede/feed/feed.h"

#include <stdlib.h>
#include <string.h>

#include "draft.h"
#include "json_feed.h"
#include "lede/text/encoding.h"
#include "lede/text/utf8.h"
#include "repair.h"
#include "sax.h"
#include "values.h"
#include "xml_feed.h"

/* Bytes decoded and parsed at a time: few enough to stay in the cache on their way. */
#define SLICE (16 << 10)
/* Fewer wait for more: a tag that comes in drops is not looked through for each of them. */
#define LEAST (4 << 10)

enum document { NOT_DECIDED, XML_DOCUMENT, JSON_DOCUMENT };

struct feed_parser {
	struct collector c;
	struct arena *strings;  /* copies of the source's */
	struct decoder *decoder;
	enum document document;
	struct buf text;        /* decoded and not used yet */
	struct repaired xml;    /* repaired and not parsed yet */
	struct repair *repair;
	struct xml_feed *xml_feed;
	struct json_feed *json_feed;
	size_t decoded;         /* bytes so far */
	size_t waiting;         /* of `text`, known to need more behind it */
	bool something;         /* any byte that is not white space */
	bool ended;
	struct error error;
	enum err rc;
};

const char *feed_format_name(enum feed_format f)
{
	static const char *const names[] = {
		[FEED_RSS] = "rss",       [FEED_RSS090] = "rss0.90", [FEED_RSS091] = "rss0.91",
		[FEED_RSS092] = "rss0.92", [FEED_RSS093] = "rss0.93", [FEED_RSS094] = "rss0.94",
		[FEED_RSS10] = "rss1.0",  [FEED_RSS20] = "rss2.0",   [FEED_ATOM] = "atom",
		[FEED_ATOM03] = "atom0.3", [FEED_ATOM10] = "atom1.0", [FEED_JSON10] = "json1.0",
		[FEED_JSON11] = "json1.1", [FEED_CDF] = "cdf",
	};

	return names[f];
}

/* ---- made and taken apart ---- */

void feed_init(void)
{
	sax_init();
}

static struct str keep(struct feed_parser *p, struct str s)
{
	return (struct str){ arena_copy(p->strings, s.p != NULL ? s.p : "", s.n), s.n };
}

static size_t or_default(size_t value, size_t standard)
{
	return value > 0 ? value : standard;
}

static struct feed_limits with_defaults(const struct feed_limits *l)
{
	return (struct feed_limits){
		.bytes = or_default(l->bytes, (size_t)32 << 20),
		.entries = or_default(l->entries, 100000),
		.content = or_default(l->content, (size_t)16 << 20),
		.title = or_default(l->title, 64 << 10),
		.start_tag = or_default(l->start_tag, 256 << 10),
		.depth = l->depth > 0 ? l->depth : 256,
		.expansion = or_default(l->expansion, 1 << 20),
	};
}

struct feed_parser *feed_parser_new(const struct feed_source *source)
{
	struct feed_parser *p = mem_new(sizeof *p);
	struct str charset = source->charset;

	if (charset.n == 0)
		charset = charset_of_content_type(source->content_type);
	p->strings = arena_new();
	p->c.limits = with_defaults(&source->limits);
	p->c.base_url = str_trim(keep(p, source->base_url));
	collector_start(&p->c, source);
	p->decoder = decoder_new(charset);
	p->text = buf_limited(p->c.limits.bytes + ((size_t)1 << 20));
	p->xml = repaired_limited(8 * p->text.max);
	return p;
}

void feed_parser_free(struct feed_parser *p)
{
	if (p == NULL)
		return;
	decoder_free(p->decoder);
	repair_free(p->repair);
	xml_feed_free(p->xml_feed);
	json_feed_free(p->json_feed);
	collector_free(&p->c);
	buf_free(&p->text);
	repaired_free(&p->xml);
	arena_free(p->strings);
	free(p);
}

const struct feed_meta *feed_parser_meta(const struct feed_parser *p)
{
	return &p->c.meta;
}

/* ---- ends ---- */

static void fail(struct feed_parser *p, enum err rc, const char *sentence)
{
	if (p->rc == ERR_NONE)
		p->rc = error_set(&p->error, rc, "%s", sentence);
}

static void fail_unknown(struct feed_parser *p)
{
	fail(p, ERR_SYNTAX, "not a feed: neither RSS, Atom nor JSON Feed");
}

static void fail_limit(struct feed_parser *p)
{
	if (p->c.meta.format == FEED_UNKNOWN) {
		fail_unknown(p);
		return;
	}
	p->c.meta.cut = true;
	fail(p, ERR_LIMIT,
	     "the feed is larger or deeper than any feed should be; its first entries were read");
}

/* Wanting no more is no failure: what follows is not looked at. */
static void note(struct feed_parser *p, enum err rc)
{
	if (rc == ERR_LIMIT)
		fail_limit(p);
	else if (rc == ERR_CANCEL)
		p->ended = true;
}

static void judge_xml(struct feed_parser *p)
{
	switch (repair_found(p->repair)) {
	case REPAIR_PAGE: fail(p, ERR_SYNTAX, "not a feed: a web page"); break;
	case REPAIR_OPML: fail(p, ERR_SYNTAX, "not a feed: a list of subscriptions (OPML)"); break;
	case REPAIR_FEED:
	case REPAIR_OTHER: fail_unknown(p); break;
	case REPAIR_NOTHING:
	case REPAIR_ROOT: break;
	}
}

static void judge_json(struct feed_parser *p)
{
	switch (json_feed_found(p->json_feed)) {
	case JSON_OTHER: fail(p, ERR_SYNTAX, "not a feed: JSON of another kind"); break;
	case JSON_BROKEN: fail(p, ERR_SYNTAX, "not a feed: damaged JSON"); break;
	case JSON_UNDECIDED:
	case JSON_FEED: break;
	}
}

/* ---- the ways of the text ---- */

static size_t push_xml(struct feed_parser *p, struct str s, bool last)
{
	size_t used;
	enum err rc = repair_push(p->repair, s, last, &p->xml, &used);

	note(p, xml_feed_push(p->xml_feed, &p->xml));
	note(p, rc);
	judge_xml(p);
	return used;
}

static size_t push_json(struct feed_parser *p, struct str s, bool last)
{
	size_t used;

	note(p, json_feed_push(p->json_feed, s, last, &used));
	judge_json(p);
	return used;
}

/* White space, marks and what was no character, before the document. */
static size_t leading_junk(struct str s)
{
	size_t n = 0;

	while (n < s.n) {
		struct str rest = str_sub(s, n, s.n);

		if (ascii_is_space(rest.p[0]))
			n++;
		else if (str_starts(rest, "\357\273\277") || str_starts(rest, "\357\277\275"))
			n += 3;
		else
			break;
	}
	return n;
}

static void decide(struct feed_parser *p, struct str s)
{
	if (s.p[0] == '{' || s.p[0] == '[') {
		p->document = JSON_DOCUMENT;
		p->json_feed = json_feed_new(&p->c);
	} else {
		struct repair_limits l = { p->c.limits.start_tag, p->c.limits.expansion,
					   p->c.limits.depth };

		p->document = XML_DOCUMENT;
		p->repair = repair_new(&l, NAMES_ROOT_FEED);
		p->xml_feed = xml_feed_new(&p->c);
	}
}

static size_t advance_some(struct feed_parser *p, struct str s, bool last)
{
	size_t junk;

	if (p->document == XML_DOCUMENT)
		return push_xml(p, s, last);
	if (p->document == JSON_DOCUMENT)
		return push_json(p, s, last);
	junk = leading_junk(s);
	if (junk < s.n)
		decide(p, str_sub(s, junk, s.n));
	return junk;
}

static void advance(struct feed_parser *p, bool last)
{
	size_t at = 0;

	if (!last && p->text.n < p->waiting + LEAST)
		return;
	while (p->rc == ERR_NONE && !p->ended) {
		struct str rest = str_sub(buf_view(&p->text), at, p->text.n);
		bool undecided = p->document == NOT_DECIDED;
		size_t n = rest.n > 0 || last ? advance_some(p, rest, last) : 0;

		at += n;
		if (!undecided || p->document == NOT_DECIDED)
			break;
	}
	buf_drop(&p->text, at);
	p->waiting = p->text.n;
}

/* ---- bytes ---- */

/* What the ceiling leaves of the document is read to its end, whatever pieces it came in. */
static void take_slice(struct feed_parser *p, struct str bytes, bool last)
{
	size_t before = p->text.n, max = p->c.limits.bytes;
	enum err rc = decoder_push(p->decoder, bytes, last, &p->text);
	bool over = rc != ERR_NONE;

	p->decoded += p->text.n - before;
	if (p->decoded > max) {
		buf_cut(&p->text, p->text.n - (p->decoded - max));
		buf_cut(&p->text, p->text.n - utf8_tail(buf_view(&p->text)));
		over = true;
	}
	advance(p, last || over);
	if (over && p->rc == ERR_NONE && !p->ended)
		fail_limit(p);
}

static enum err answer(const struct feed_parser *p, struct error *e)
{
	if (p->rc != ERR_NONE && e != NULL)
		*e = p->error;
	return p->rc;
}

/* A page that shows the tags of a feed, as words, has a feed in it that holds nothing. */
static bool is_page_about_feeds(struct feed_parser *p)
{
	const struct feed_meta *m = &p->c.meta;

	collector_feed_done(&p->c);
	return p->document == XML_DOCUMENT && repair_is_inside_page(p->repair) && p->c.index == 0 &&
	       m->title.n == 0 && m->link.n == 0 && m->description.n == 0;
}

static void end_document(struct feed_parser *p)
{
	take_slice(p, STR(""), true);
	if (p->document == NOT_DECIDED) {
		fail(p, ERR_SYNTAX, "not a feed: there is nothing in it");
	} else if (p->c.meta.format == FEED_UNKNOWN) {
		fail_unknown(p);
	} else if (is_page_about_feeds(p)) {
		p->c.meta.format = FEED_UNKNOWN;
		fail(p, ERR_SYNTAX, "not a feed: a web page");
	}
	p->c.meta.unfinished = p->document == XML_DOCUMENT && xml_feed_is_open(p->xml_feed);
}

enum err feed_parser_push(struct feed_parser *p, struct str bytes, struct error *e)
{
	for (size_t at = 0; at < bytes.n && p->rc == ERR_NONE && !p->ended; at += SLICE)
		take_slice(p, str_sub(bytes, at, at + SLICE), false);
	collector_feed_done(&p->c);
	return answer(p, e);
}

enum err feed_parser_end(struct feed_parser *p, struct error *e)
{
	if (!p->ended && p->rc == ERR_NONE)
		end_document(p);
	p->ended = true;
	collector_feed_done(&p->c);
	return answer(p, e);
}

enum err feed_content(struct str content, bool plain, struct str base, struct buf *out)
{
	return plain ? value_plain_as_html(content, true, out) : value_absolute(content, base, out);
}
