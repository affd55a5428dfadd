/* lede parse: what stands in a feed file, entry by entry as it is read; ../shared/corpora/feeds
 * has the contract. */
#include "cli_inside.h"

#include <errno.h>
#include <string.h>

#include "lede/feed/feed.h"

enum { CHUNK = 64 << 10 };

struct parsing {
	struct cli *c;
	bool json;
	struct jout j;
	int64_t entries;
};

/* ---- an entry ---- */

static void enclosures_key(struct jout *j, const struct feed_entry *e)
{
	jout_key(j, "enclosures");
	jout_begin(j, '[');
	for (size_t i = 0; i < e->nenclosures; i++) {
		const struct feed_enclosure *one = &e->enclosures[i];

		jout_begin(j, '{');
		jout_key_text(j, "url", one->url);
		jout_key_text(j, "type", one->type);
		jout_key(j, "length");
		if (one->length < 0)
			jout_null(j);
		else
			jout_number(j, one->length);
		jout_end(j, '}');
	}
	jout_end(j, ']');
}

static void categories_key(struct jout *j, const struct feed_entry *e)
{
	jout_key(j, "categories");
	jout_begin(j, '[');
	for (size_t i = 0; i < e->ncategories; i++)
		jout_text(j, e->categories[i]);
	jout_end(j, ']');
}

static void put_entry_json(struct jout *j, const struct feed_entry *e)
{
	jout_begin(j, '{');
	jout_key_text(j, "id", e->id);
	jout_key_text(j, "title", e->title);
	jout_key_text(j, "link", e->link);
	jout_key_text(j, "author", e->author);
	jout_key_time(j, "published", e->published);
	jout_key_time(j, "updated", e->updated);
	jout_key_text(j, "summary", e->summary);
	jout_key_text(j, "content", e->content);
	categories_key(j, e);
	enclosures_key(j, e);
	jout_key_text(j, "comments", e->comments);
	jout_end(j, '}');
}

static bool put_entry(void *self, const struct feed_entry *e)
{
	struct parsing *p = self;

	p->entries++;
	if (p->json) {
		put_entry_json(&p->j, e);
	} else {
		cli_put(p->c, e->title.n > 0 ? e->title : STR("(no title)"));
		if (e->link.n > 0)
			fputs("  ", p->c->out);
		cli_put(p->c, e->link);
		putc('\n', p->c->out);
	}
	return cli_writable(p->c);
}

/* ---- the feed ---- */

/* A limit that was reached is no error: what came before counts. */
static bool is_feed(enum err rc, const struct feed_meta *m)
{
	return rc == ERR_NONE || (rc == ERR_LIMIT && m->format != FEED_UNKNOWN);
}

static void put_feed_json(struct jout *j, const struct feed_meta *m, const char *error)
{
	const char *format = feed_format_name(m->format);

	jout_end(j, ']');
	jout_key_text(j, "format", str_of(format));
	jout_key_text(j, "title", m->title);
	jout_key_text(j, "link", m->link);
	jout_key_text(j, "description", m->description);
	jout_key_text(j, "language", m->language);
	jout_key_time(j, "updated", m->updated);
	jout_key_text(j, "error", str_of(error));
	jout_end(j, '}');
	jout_line(j);
}

static int put_feed(struct parsing *p, const struct feed_meta *m, enum err rc,
                    const struct error *e)
{
	static const struct feed_meta nothing = { .updated = DATE_NONE };
	bool good = is_feed(rc, m);

	if (p->json)
		put_feed_json(&p->j, good ? m : &nothing, good ? NULL : e->text);
	else if (good)
		fprintf(p->c->out, "%lld entries, %s\n", (long long)p->entries,
			feed_format_name(m->format));
	if (rc == ERR_LIMIT || (rc != ERR_NONE && !p->json))
		cli_say(p->c, "%s", e->text);
	return good ? EXIT_DONE : EXIT_NOTHING;
}

/* ---- the file ---- */

static enum err push_file(struct feed_parser *feed, FILE *file, const char *path, struct error *e)
{
	char bytes[CHUNK];
	enum err rc = ERR_NONE;
	size_t n;

	errno = 0;
	while (rc == ERR_NONE && (n = fread(bytes, 1, sizeof bytes, file)) > 0)
		rc = feed_parser_push(feed, (struct str){ bytes, n }, e);
	if (ferror(file))
		return error_set(e, ERR_IO, "cannot read %s: %s", path, strerror(errno));
	return rc == ERR_NONE ? feed_parser_end(feed, e) : rc;
}

static enum err parse_file(struct feed_parser *feed, const char *path, struct error *e)
{
	FILE *file = fopen(path, "rb");
	enum err rc;

	if (!file)
		return error_set(e, ERR_IO, "cannot read %s: %s", path, strerror(errno));
	rc = push_file(feed, file, path, e);
	fclose(file);
	return rc;
}

int cmd_parse(struct cli *c, const struct cli_args *a)
{
	struct parsing p = { .c = c, .json = a->json, .j = cli_json(c) };
	struct feed_source source = {
		.base_url = str_of(a->base_url), .content_type = str_of(a->content_type),
		.entry = put_entry, .self = &p,
	};
	struct feed_parser *feed = feed_parser_new(&source);
	struct error e = { 0 };
	enum err rc;
	int status;

	if (a->json) {
		jout_begin(&p.j, '{');
		jout_key(&p.j, "entries");
		jout_begin(&p.j, '[');
	}
	rc = parse_file(feed, a->operand[0], &e);
	status = put_feed(&p, feed_parser_meta(feed), rc, &e);
	feed_parser_free(feed);
	return status;
}
