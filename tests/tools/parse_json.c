/* parse_json - prints a feed file as the JSON object of shared/corpora/feeds/README.md.
 *
 *	parse_json [--json] [--base-url URL] [--content-type CT] FILE
 *
 * Exit status 0 for a feed, 1 when there is an error to be told, 2 for a wrong command line.
 */
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "lede/base/file.h"
#include "lede/feed/feed.h"

enum { STATUS_FEED, STATUS_NO_FEED, STATUS_USAGE };

static json_t *text_or_null(struct str s)
{
	return s.n > 0 ? json_stringn(s.p, s.n) : json_null();
}

static json_t *date_or_null(int64_t t)
{
	char written[21];

	if (t == DATE_NONE)
		return json_null();
	date_rfc3339(t, written);
	return json_string(written);
}

static json_t *enclosure_json(const struct feed_enclosure *e)
{
	json_t *o = json_object();

	json_object_set_new(o, "url", text_or_null(e->url));
	json_object_set_new(o, "type", text_or_null(e->type));
	json_object_set_new(o, "length", e->length < 0 ? json_null() : json_integer(e->length));
	return o;
}

static json_t *categories_json(const struct feed_entry *e)
{
	json_t *list = json_array();

	for (size_t i = 0; i < e->ncategories; i++)
		json_array_append_new(list, text_or_null(e->categories[i]));
	return list;
}

static json_t *enclosures_json(const struct feed_entry *e)
{
	json_t *list = json_array();

	for (size_t i = 0; i < e->nenclosures; i++)
		json_array_append_new(list, enclosure_json(&e->enclosures[i]));
	return list;
}

static bool add_entry(void *self, const struct feed_entry *e)
{
	json_t *o = json_object();

	json_object_set_new(o, "id", text_or_null(e->id));
	json_object_set_new(o, "title", text_or_null(e->title));
	json_object_set_new(o, "link", text_or_null(e->link));
	json_object_set_new(o, "author", text_or_null(e->author));
	json_object_set_new(o, "published", date_or_null(e->published));
	json_object_set_new(o, "updated", date_or_null(e->updated));
	json_object_set_new(o, "summary", text_or_null(e->summary));
	json_object_set_new(o, "content", text_or_null(e->content));
	json_object_set_new(o, "categories", categories_json(e));
	json_object_set_new(o, "enclosures", enclosures_json(e));
	json_object_set_new(o, "comments", text_or_null(e->comments));
	json_array_append_new(self, o);
	return true;
}

static json_t *feed_json(const struct feed_meta *m, json_t *entries)
{
	json_t *o = json_object();
	const char *format = feed_format_name(m->format);

	json_object_set_new(o, "format", format != NULL ? json_string(format) : json_null());
	json_object_set_new(o, "title", text_or_null(m->title));
	json_object_set_new(o, "link", text_or_null(m->link));
	json_object_set_new(o, "description", text_or_null(m->description));
	json_object_set_new(o, "language", text_or_null(m->language));
	json_object_set_new(o, "updated", date_or_null(m->updated));
	json_object_set(o, "entries", entries);
	return o;
}

/* What passed a ceiling is a feed as far as it goes; what is no feed has no fields. */
static json_t *parse(struct str body, struct feed_source *source, bool *is_feed)
{
	json_t *entries = json_array(), *o;
	struct feed_parser *p;
	struct error e = { 0 };
	enum err rc;

	source->entry = add_entry;
	source->self = entries;
	p = feed_parser_new(source);
	rc = feed_parser_push(p, body, &e);
	if (rc == ERR_NONE)
		rc = feed_parser_end(p, &e);
	*is_feed =
		rc == ERR_NONE || (rc == ERR_LIMIT && feed_parser_meta(p)->format != FEED_UNKNOWN);
	if (!*is_feed)
		json_array_clear(entries);
	o = feed_json(*is_feed ? feed_parser_meta(p) : &(struct feed_meta){ .updated = DATE_NONE },
		      entries);
	json_object_set_new(o, "error", *is_feed ? json_null() : json_string(e.text));
	feed_parser_free(p);
	json_decref(entries);
	return o;
}

static int run(const char *path, struct feed_source *source)
{
	struct buf body = buf_limited((size_t)64 << 20);
	struct error e = { 0 };
	bool is_feed;
	json_t *o;

	if (file_read(path, &body, &e) != ERR_NONE) {
		fprintf(stderr, "parse_json: %s\n", e.text);
		return STATUS_USAGE;
	}
	o = parse(buf_view(&body), source, &is_feed);
	json_dumpf(o, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(o);
	buf_free(&body);
	return is_feed ? STATUS_FEED : STATUS_NO_FEED;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "base-url", required_argument, NULL, 'b' },
		{ "content-type", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	struct feed_source source = { 0 };

	for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		if (c == 'b')
			source.base_url = str_of(optarg);
		else if (c == 'c')
			source.content_type = str_of(optarg);
		else if (c != 'j')
			return STATUS_USAGE;
	}
	if (optind + 1 != argc) {
		fprintf(stderr, "usage: parse_json [--base-url URL] [--content-type CT] FILE\n");
		return STATUS_USAGE;
	}
	return run(argv[optind], &source);
}
