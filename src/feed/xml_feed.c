#include "xml_feed.h"

#include <stdlib.h>
#include <string.h>

#include "xml_inside.h"

struct draft *xml_draft(struct xml_feed *x)
{
	return x->entry > 0 ? &x->c->of_entry : &x->c->of_feed;
}

int xml_rank(const struct xml_feed *x, const struct name_row *row)
{
	return row->ns == NS_ATOM && x->root_ns == NS_ATOM ? row->rank : row->rank + 10;
}

/* ---- where we are ---- */

static struct frame *frame_at(struct xml_feed *x, int depth)
{
	x->frames = mem_grow(x->frames, &x->frames_cap, (size_t)depth + 1, sizeof *x->frames);
	return &x->frames[depth];
}

static unsigned where_at(struct xml_feed *x, int depth)
{
	return depth > 0 ? frame_at(x, depth)->where : IN_FEED;
}

static void set_frame(struct xml_feed *x, unsigned where, enum kind kind)
{
	*frame_at(x, x->depth) = (struct frame){ where, kind };
}

static struct str xml_str(const xmlChar *s)
{
	return str_of((const char *)s);
}

/* libxml2 keeps one copy of each name, so that equal pointers are equal names. */
static enum ns ns_of(struct xml_feed *x, const xmlChar *uri, const xmlChar *prefix)
{
	enum ns ns;

	if (uri == x->root_uri && (uri != NULL || prefix == NULL))
		return x->root_ns;
	for (size_t i = 0; i < x->nknown; i++)
		if (x->known[i].uri == uri && x->known[i].prefix == prefix)
			return x->known[i].ns;
	ns = names_ns(xml_str(uri), xml_str(prefix));
	if (x->nknown < sizeof x->known / sizeof *x->known)
		x->known[x->nknown++] = (struct known_ns){ uri, prefix, ns };
	return ns;
}

static void stop(struct xml_feed *x, enum err rc)
{
	if (x->rc == ERR_NONE)
		x->rc = rc;
	xmlStopParser(x->parser);
}

/* ---- entries ---- */

static void finish_entry(struct xml_feed *x)
{
	enum err rc;

	x->entry = 0;
	rc = collector_entry_done(x->c);
	if (x->c->stopped)
		stop(x, ERR_CANCEL);
	else if (rc != ERR_NONE)
		stop(x, rc);
}

/* One inside another shows that the other was not closed. */
static void start_entry(struct xml_feed *x, const xmlChar *uri, struct attributes a)
{
	if (x->entry > 0)
		finish_entry(x);
	draft_reset(&x->c->of_entry);
	x->entry = x->depth;
	set_frame(x, IN_ENTRY, KIND_ENTRY);
	element_entry(x, uri, a);
}

/* ---- elements ---- */

static void skip(struct xml_feed *x)
{
	x->skip = x->depth;
	x->skip_is_leaf = false;
}

/* A module's element that holds nothing of ours; what is foreign may hold anything. */
static void skip_unknown(struct xml_feed *x, enum ns ns)
{
	skip(x);
	x->skip_is_leaf = ns != NS_FOREIGN && ns != NS_RSS && ns != NS_ATOM && x->entry == 0;
}

/* RSS's link may be written as Atom's, and Atom's as RSS's. */
static bool is_atom_like_link(const struct name_row *row, struct attributes a)
{
	struct str rel = str_trim(attribute_get(a, "rel"));

	if (row->kind == KIND_LINK)
		return attribute_get(a, "href").n > 0 ||
		       (rel.n > 0 && !str_eq_nocase(rel, STR("alternate")));
	return row->kind == KIND_URL && row->field == FIELD_LINK && attribute_get(a, "href").n > 0;
}

static void start_text(struct xml_feed *x, const struct name_row *row, struct attributes a)
{
	bool elsewhere = row->kind == KIND_CONSTRUCT && row->field == FIELD_CONTENT &&
			 attribute_get(a, "src").n > 0;

	if (elsewhere ||
	    (row->field != FIELD_NONE && row->kind != KIND_GUID && row->kind != KIND_CATEGORY &&
	     !draft_wants(xml_draft(x), row->field, xml_rank(x, row))))
		skip(x);
	else
		capture_start(x, row, a);
}

/* What is inside an author is its name and address; of several only the first counts. */
static void start_person(struct xml_feed *x, const struct name_row *row)
{
	if (draft_wants(xml_draft(x), FIELD_AUTHOR, xml_rank(x, row) + 2))
		set_frame(x, IN_PERSON, KIND_PERSON);
	else
		skip(x);
}

static void start_known(struct xml_feed *x, const struct name_row *row, const xmlChar *uri,
			struct str local, struct attributes a)
{
	unsigned where = where_at(x, x->depth - 1);

	set_frame(x, where, KIND_PASS);
	if (is_atom_like_link(row, a)) {
		element_link(x, row, a);
		return;
	}
	switch (row->kind) {
	case KIND_FEED: element_feed(x, uri, local, a); break;
	case KIND_ENTRY: start_entry(x, uri, a); break;
	case KIND_PERSON: start_person(x, row); break;
	case KIND_PASS: break;
	case KIND_ENCLOSURE: element_enclosure(x, a); break;
	case KIND_MEDIA: element_media(x, a); break;
	case KIND_ANCHOR: element_anchor(x, xml_rank(x, row), a); break;
	case KIND_HOURS: set_frame(x, IN_HOURS, row->kind); break;
	case KIND_DAYS: set_frame(x, IN_DAYS, row->kind); break;
	default: start_text(x, row, a); break;
	}
}

static const struct name_row *row_of(struct xml_feed *x, const xmlChar *uri, const xmlChar *prefix,
				     struct str local, int depth)
{
	return names_find(x->names, ns_of(x, uri, prefix), local, where_at(x, depth));
}

/* A text was not closed where this element can only be its neighbour. */
static bool ends_capture(struct xml_feed *x, const xmlChar *uri, const xmlChar *prefix,
			 struct str local)
{
	const struct capture *k = &x->capture;
	const struct name_row *row;

	if (k->form == FORM_MARKUP || k->row->kind == KIND_PERSON)
		return false;
	row = row_of(x, uri, prefix, local, k->depth - 1);
	return row != NULL && row->ends;
}

static void start_inside(struct xml_feed *x, const xmlChar *uri, const xmlChar *prefix,
			 struct str local, struct attributes a)
{
	int depth = x->capture.depth;

	if (!ends_capture(x, uri, prefix, local)) {
		capture_start_tag(x, local, a);
		return;
	}
	capture_done(x);
	for (int d = depth; d < x->depth; d++)
		*frame_at(x, d) = (struct frame){ where_at(x, depth - 1), KIND_PASS };
	start_known(x, row_of(x, uri, prefix, local, depth - 1), uri, local, a);
}

static void start_element(struct xml_feed *x, const xmlChar *uri, const xmlChar *prefix,
			  struct str local, struct attributes a)
{
	const struct name_row *row;

	if (x->depth == 1)
		element_root(x, uri, local, a);
	row = row_of(x, uri, prefix, local, x->depth - 1);
	if (row == NULL)
		skip_unknown(x, ns_of(x, uri, prefix));
	else
		start_known(x, row, uri, local, a);
}

/* An entry inside such a leaf shows that it was not closed (itunes:category often is not). */
static bool ends_skip(struct xml_feed *x, const xmlChar *uri, const xmlChar *prefix,
		      struct str local)
{
	const struct name_row *row;
	unsigned where;

	if (!x->skip_is_leaf)
		return false;
	where = where_at(x, x->skip - 1);
	row = names_find(x->names, ns_of(x, uri, prefix), local, where);
	if (row == NULL || row->kind != KIND_ENTRY)
		return false;
	for (int d = x->skip; d < x->depth; d++)
		*frame_at(x, d) = (struct frame){ where, KIND_PASS };
	x->skip = 0;
	return true;
}

static void on_start(void *self, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
		     int nns, const xmlChar **ns, int nattributes, int ndefaulted,
		     const xmlChar **attributes)
{
	struct xml_feed *x = self;
	struct attributes a = { attributes, nattributes, x->values };

	(void)ndefaulted;
	x->depth++;
	if (x->skip > 0 && !ends_skip(x, uri, prefix, xml_str(local)))
		return;
	if (nattributes > 0) {
		arena_reset(x->values);
		xml_base_enter(x, attribute_get_ns(a, "xml", "base"));
	}
	if (x->capture.row != NULL)
		start_inside(x, uri, prefix, xml_str(local), a);
	else
		start_element(x, uri, prefix, xml_str(local), a);
	for (int i = 0; x->depth == 1 && i < nns; i++)
		if (ns[2 * i] == NULL)
			element_rdf_default(x, xml_str(ns[2 * i + 1]));
}

/* ---- ends ---- */

static void end_element(struct xml_feed *x, struct str local)
{
	struct frame *f = frame_at(x, x->depth);

	if (x->capture.row != NULL && x->depth == x->capture.depth)
		capture_done(x);
	else if (x->capture.row != NULL)
		capture_end_tag(x, local);
	else if (f->kind == KIND_ENTRY && x->entry == x->depth)
		finish_entry(x);
}

static void on_end(void *self, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct xml_feed *x = self;

	(void)prefix, (void)uri;
	if (x->skip == 0)
		end_element(x, xml_str(local));
	else if (x->skip == x->depth)
		x->skip = 0;
	xml_base_leave(x);
	x->depth--;
}

static void on_text(void *self, const xmlChar *s, int n)
{
	struct xml_feed *x = self;

	if (x->capture.row != NULL && x->skip == 0)
		capture_text(x, (struct str){ (const char *)s, (size_t)n });
}

/* Where a text stood: the only instruction there is. */
static void on_instruction(void *self, const xmlChar *target, const xmlChar *data)
{
	struct xml_feed *x = self;
	struct str s = repaired_take(x->xml);

	(void)target, (void)data;
	if (x->capture.row != NULL && x->skip == 0)
		capture_text(x, s);
}

/* ---- the parser ---- */

struct xml_feed *xml_feed_new(struct collector *c)
{
	struct xml_feed *x = mem_new(sizeof *x);
	xmlSAXHandler sax = {
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.processingInstruction = on_instruction,
	};

	x->c = c;
	x->names = names_new();
	x->values = arena_new();
	x->parser = sax_new(&sax, x);
	return x;
}

bool xml_feed_is_open(const struct xml_feed *x)
{
	return x->depth > 0;
}

void xml_feed_free(struct xml_feed *x)
{
	if (x == NULL)
		return;
	xmlFreeParserCtxt(x->parser);
	names_free(x->names);
	arena_free(x->values);
	x->depth = 0;
	xml_base_leave(x);
	free(x->bases);
	free(x->frames);
	buf_free(&x->capture.text);
	buf_free(&x->capture.fallback);
	buf_free(&x->scratch);
	buf_free(&x->address);
	free(x);
}

enum err xml_feed_push(struct xml_feed *x, struct repaired *xml)
{
	x->xml = xml;
	if (x->rc == ERR_NONE && xml->xml.n > 0)
		xmlParseChunk(x->parser, xml->xml.p, (int)xml->xml.n, 0);
	repaired_parsed(xml);
	return x->rc;
}
