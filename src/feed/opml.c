#include "lede/feed/opml.h"

#include <stdlib.h>
#include <string.h>

#include "lede/text/encoding.h"
#include "lede/text/utf8.h"
#include "repair.h"
#include "sax.h"
#include "values.h"

#define BYTES_MAX ((size_t)64 << 20)
#define FEEDS_MAX 100000
#define DEPTH_MAX 256
#define TEXT_MAX (64 << 10)
#define SLICE (16 << 10) /* bytes at a time, as feed.c has it */

/* Outlines that stand beside the body, where one is, are no subscriptions. */
enum part { BEFORE_BODY, IN_BODY, BEHIND_BODY };

struct reading {
	struct opml *out;
	size_t cap;
	xmlParserCtxtPtr parser;
	struct repaired xml;
	struct arena *values; /* of the attributes of one start tag */
	struct buf scratch;
	enum part part;
	int depth, body;      /* of the body; 0: none is open */
	int title;            /* depth of the head's title while it is open; 0: none */
	struct buf title_text;
	const struct opml_folder *folder_at[DEPTH_MAX + 2]; /* of what is inside that depth */
};

/* ---- elements ---- */

/* Text as a person would read it, kept. */
static struct str kept_text(struct reading *r, struct str s)
{
	buf_clear(&r->scratch);
	value_text(s, &r->scratch);
	s = str_sub(buf_view(&r->scratch), 0, utf8_cut(buf_view(&r->scratch), TEXT_MAX));
	return s.n > 0 ? (struct str){ arena_copy(r->out->arena, s.p, s.n), s.n }
	               : (struct str){ 0 };
}

static struct str kept_address(struct reading *r, struct str s)
{
	s = str_trim(s);
	return s.n > 0 ? (struct str){ arena_copy(r->out->arena, s.p, s.n), s.n }
	               : (struct str){ 0 };
}

static void add_feed(struct reading *r, const struct opml_feed *feed)
{
	struct opml *o = r->out;

	if (o->n == FEEDS_MAX) {
		o->cut = true;
		xmlStopParser(r->parser);
		return;
	}
	o->feed = mem_grow(o->feed, &r->cap, o->n + 1, sizeof *o->feed);
	o->feed[o->n++] = *feed;
}

/* What is inside an outline without a name is where the outline itself is. */
static void enter_folder(struct reading *r, struct str name)
{
	struct opml_folder *f;

	if (name.n == 0)
		return;
	f = arena_alloc(r->out->arena, sizeof *f);
	*f = (struct opml_folder){ name, r->folder_at[r->depth] };
	r->folder_at[r->depth] = f;
}

/* "url" is the address of a feed only where the type says so: elsewhere it is a link. */
static struct str address_of(struct attributes a)
{
	struct str url = attribute_get(a, "xmlurl"), type = str_trim(attribute_get(a, "type"));

	if (url.n > 0 || !(str_eq_nocase(type, STR("rss")) || str_eq_nocase(type, STR("atom"))))
		return url;
	return attribute_get(a, "url");
}

/* snownews and Liferea each have an attribute for a program that is run on the feed. */
static bool is_filtered(struct attributes a)
{
	return attribute_get(a, "filtercmd").n > 0 || attribute_get_ns(a, "snow", "filter").n > 0 ||
	       attribute_get(a, "snow:filter").n > 0;
}

static void outline(struct reading *r, struct attributes a)
{
	struct str name = kept_text(r, attribute_get(a, "text"));
	struct opml_feed feed = { .url = kept_address(r, address_of(a)) };

	if (name.n == 0)
		name = kept_text(r, attribute_get(a, "title"));
	if (feed.url.n > 0) {
		feed.title = name;
		feed.link = kept_address(r, attribute_get(a, "htmlurl"));
		feed.category = kept_text(r, attribute_get(a, "category"));
		feed.filtered = is_filtered(a);
		feed.folder = r->folder_at[r->depth];
		add_feed(r, &feed);
	}
	enter_folder(r, name);
}

static void on_start(void *self, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
		     int nns, const xmlChar **ns, int nattributes, int ndefaulted,
		     const xmlChar **attributes)
{
	struct reading *r = self;
	struct attributes a = { attributes, nattributes, r->values };
	struct str name = str_of((const char *)local);

	(void)prefix, (void)uri, (void)nns, (void)ns, (void)ndefaulted;
	arena_reset(r->values);
	r->depth++;
	r->folder_at[r->depth] = r->folder_at[r->depth - 1];
	if (str_eq_nocase(name, STR("body")) && r->body == 0) {
		r->part = IN_BODY;
		r->body = r->depth;
	} else if (str_eq_nocase(name, STR("outline")) && r->part != BEHIND_BODY) {
		outline(r, a);
	} else if (str_eq_nocase(name, STR("title")) && r->body == 0 && r->out->title.n == 0) {
		r->title = r->depth;
		buf_clear(&r->title_text);
	}
}

static void on_end(void *self, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct reading *r = self;

	(void)local, (void)prefix, (void)uri;
	if (r->depth == r->title) {
		r->out->title = kept_text(r, buf_view(&r->title_text));
		r->title = 0;
	} else if (r->depth == r->body) {
		r->part = BEHIND_BODY;
		r->body = 0;
	}
	r->depth--;
}

static void on_text(void *self, const xmlChar *s, int n)
{
	struct reading *r = self;

	if (r->title > 0)
		buf_add(&r->title_text, (struct str){ (const char *)s, (size_t)n });
}

/* Where a text stood: see repaired.h. */
static void on_instruction(void *self, const xmlChar *target, const xmlChar *data)
{
	struct reading *r = self;
	struct str s = repaired_take(&r->xml);

	(void)target, (void)data;
	if (r->title > 0)
		buf_add(&r->title_text, s);
}

/* ---- bytes ---- */

static void start(struct reading *r, struct opml *out)
{
	xmlSAXHandler sax = {
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.processingInstruction = on_instruction,
	};

	memset(r, 0, sizeof *r);
	r->out = out;
	r->values = arena_new();
	r->scratch = buf_limited(8 * TEXT_MAX);
	r->title_text = buf_limited(TEXT_MAX);
	r->xml = repaired_limited(8 * BYTES_MAX);
	r->parser = sax_new(&sax, r);
}

static void done(struct reading *r)
{
	xmlFreeParserCtxt(r->parser);
	repaired_free(&r->xml);
	arena_free(r->values);
	buf_free(&r->scratch);
	buf_free(&r->title_text);
}

/* Through the same filter as a feed, slice by slice. */
static enum err push_all(struct reading *r, struct repair *repair, struct decoder *d,
			 struct str bytes)
{
	struct buf text = buf_limited(4 * BYTES_MAX);
	enum err rc = ERR_NONE;

	for (size_t at = 0, used; at <= bytes.n && rc == ERR_NONE; at += SLICE) {
		bool last = at + SLICE > bytes.n;

		rc = decoder_push(d, str_sub(bytes, at, at + SLICE), last, &text);
		if (rc != ERR_NONE)
			break;
		rc = repair_push(repair, buf_view(&text), last, &r->xml, &used);
		xmlParseChunk(r->parser, buf_cstr(&r->xml.xml), (int)r->xml.xml.n, 0);
		repaired_parsed(&r->xml);
		buf_drop(&text, used);
	}
	buf_free(&text);
	return rc;
}

static enum err judge(enum repair_found found, struct error *e)
{
	switch (found) {
	case REPAIR_ROOT: return ERR_NONE;
	case REPAIR_PAGE: return error_set(e, ERR_SYNTAX, "not OPML: a web page");
	case REPAIR_FEED: return error_set(e, ERR_SYNTAX, "not OPML: a feed");
	case REPAIR_NOTHING: case REPAIR_OPML: case REPAIR_OTHER: break;
	}
	return error_set(e, ERR_SYNTAX, "not OPML");
}

enum err opml_read(struct str bytes, struct opml *out, struct error *e)
{
	const struct repair_limits limits = { 256 << 10, 1 << 20, DEPTH_MAX };
	struct repair *repair = repair_new(&limits, NAMES_ROOT_OPML);
	struct decoder *d = decoder_new(STR(""));
	struct reading r;
	enum err rc;

	*out = (struct opml){ .arena = arena_new(), .cut = bytes.n > BYTES_MAX };
	start(&r, out);
	if (push_all(&r, repair, d, str_sub(bytes, 0, BYTES_MAX)) != ERR_NONE)
		out->cut = true;
	rc = judge(repair_found(repair), e);
	done(&r);
	repair_free(repair);
	decoder_free(d);
	return rc;
}

void opml_free(struct opml *o)
{
	arena_free(o->arena);
	free(o->feed);
	*o = (struct opml){ 0 };
}
