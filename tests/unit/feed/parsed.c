#include "parsed.h"

static struct parsed *open_ones[64];
static size_t nopen;
static struct arena *cstrs;

static struct str kept(struct arena *a, struct str s)
{
	return s.p != NULL ? (struct str){ arena_copy(a, s.p, s.n), s.n } : s;
}

static void keep_lists(struct arena *a, struct feed_entry *e)
{
	struct str *categories = arena_alloc(a, e->ncategories * sizeof *categories);
	struct feed_enclosure *enclosures = arena_alloc(a, e->nenclosures * sizeof *enclosures);

	for (size_t i = 0; i < e->ncategories; i++)
		categories[i] = kept(a, e->categories[i]);
	for (size_t i = 0; i < e->nenclosures; i++) {
		enclosures[i].url = kept(a, e->enclosures[i].url);
		enclosures[i].type = kept(a, e->enclosures[i].type);
		enclosures[i].length = e->enclosures[i].length;
	}
	e->categories = categories;
	e->enclosures = enclosures;
}

static bool keep_entry(void *self, const struct feed_entry *from)
{
	struct parsed *p = self;
	struct feed_entry e = *from;

	e.id = kept(p->arena, e.id);
	e.title = kept(p->arena, e.title);
	e.link = kept(p->arena, e.link);
	e.author = kept(p->arena, e.author);
	e.summary = kept(p->arena, e.summary);
	e.content = kept(p->arena, e.content);
	e.comments = kept(p->arena, e.comments);
	e.language = kept(p->arena, e.language);
	keep_lists(p->arena, &e);
	p->entries = mem_grow(p->entries, &p->cap, p->n + 1, sizeof *p->entries);
	p->entries[p->n++] = e;
	return p->stop_after == 0 || p->n < p->stop_after;
}

struct parsed *parsed_with(struct str body, const struct parse_how *how)
{
	struct parsed *p = mem_new(sizeof *p);
	struct feed_source source = { str_of(how->base_url), str_of(how->content_type), { 0 },
				      how->limits, keep_entry, p };
	size_t chunk = how->chunk > 0 ? how->chunk : body.n + 1;

	assert_true(nopen < sizeof open_ones / sizeof *open_ones);
	open_ones[nopen++] = p;
	p->arena = arena_new();
	p->stop_after = how->stop_after;
	p->parser = feed_parser_new(&source);
	for (size_t at = 0; at < body.n && p->rc == ERR_NONE; at += chunk)
		p->rc = feed_parser_push(p->parser, str_sub(body, at, at + chunk), &p->error);
	if (p->rc == ERR_NONE)
		p->rc = feed_parser_end(p->parser, &p->error);
	p->meta = *feed_parser_meta(p->parser);
	return p;
}

struct parsed *parsed(const char *body)
{
	return parsed_with(str_of(body), &(struct parse_how){ 0 });
}

int parsed_forget(void **state)
{
	(void)state;
	while (nopen > 0) {
		struct parsed *p = open_ones[--nopen];

		feed_parser_free(p->parser);
		arena_free(p->arena);
		free(p->entries);
		free(p);
	}
	arena_free(cstrs);
	cstrs = NULL;
	return 0;
}

const char *cstr(struct str s)
{
	if (cstrs == NULL)
		cstrs = arena_new();
	return s.p != NULL ? arena_copy(cstrs, s.p, s.n) : "";
}

/* ---- dumping ---- */

static void line(struct buf *out, const char *indent, const char *name, struct str value)
{
	if (value.n > 0)
		buf_addf(out, "%s%s: %.*s\n", indent, name, (int)value.n, value.p);
}

static void date_line(struct buf *out, const char *indent, const char *name, int64_t date)
{
	char written[21];

	if (date == DATE_NONE)
		return;
	date_rfc3339(date, written);
	line(out, indent, name, str_of(written));
}

static void number_line(struct buf *out, const char *name, unsigned long n)
{
	if (n > 0)
		buf_addf(out, "%s: %lu\n", name, n);
}

static void dump_enclosure(const struct feed_enclosure *e, struct buf *out)
{
	buf_addf(out, "  enclosure: %.*s", (int)e->url.n, e->url.p);
	if (e->type.n > 0)
		buf_addf(out, " %.*s", (int)e->type.n, e->type.p);
	if (e->length >= 0)
		buf_addf(out, " %lld", (long long)e->length);
	buf_add_char(out, '\n');
}

static void dump_entry(const struct feed_entry *e, struct buf *out)
{
	buf_addf(out, "entry %zu\n", e->index);
	line(out, "  ", "id", e->id);
	line(out, "  ", "title", e->title);
	line(out, "  ", "link", e->link);
	line(out, "  ", "author", e->author);
	date_line(out, "  ", "published", e->published);
	date_line(out, "  ", "updated", e->updated);
	line(out, "  ", "summary", e->summary);
	line(out, "  ", "content", e->content);
	for (size_t i = 0; i < e->ncategories; i++)
		line(out, "  ", "category", e->categories[i]);
	for (size_t i = 0; i < e->nenclosures; i++)
		dump_enclosure(&e->enclosures[i], out);
	line(out, "  ", "comments", e->comments);
	line(out, "  ", "language", e->language);
}

void parsed_dump(const struct parsed *p, struct buf *out)
{
	if (p->rc != ERR_NONE)
		buf_addf(out, "error: %s\n", p->error.text);
	line(out, "", "format", str_of(feed_format_name(p->meta.format)));
	line(out, "", "title", p->meta.title);
	line(out, "", "link", p->meta.link);
	line(out, "", "description", p->meta.description);
	line(out, "", "language", p->meta.language);
	date_line(out, "", "updated", p->meta.updated);
	number_line(out, "ttl", (unsigned long)p->meta.ttl);
	number_line(out, "skip hours", p->meta.skip_hours);
	number_line(out, "skip days", p->meta.skip_days);
	number_line(out, "cut", p->meta.cut);
	for (size_t i = 0; i < p->n; i++)
		dump_entry(&p->entries[i], out);
}
