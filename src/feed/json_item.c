#include "json_item.h"

#include <math.h>
#include <string.h>

#include "lede/text/date.h"
#include "lede/text/utf8.h"
#include "values.h"

#define ADDRESS_MAX (64 << 10)

typedef enum err convert_fn(struct str s, struct buf *out);

static struct str string_of(const json_t *value)
{
	if (!json_is_string(value))
		return (struct str){ 0 };
	return (struct str){ json_string_value(value), json_string_length(value) };
}

static struct str member(const json_t *object, const char *key)
{
	return string_of(json_object_get(object, key));
}

static void set(struct collector *c, struct draft *d, enum field f, int rank, struct str s,
		convert_fn *convert)
{
	struct buf out = buf_limited(4 * s.n + 64);
	struct str text;

	convert(s, &out);
	text = buf_view(&out);
	if (text.n > c->limits.title) {
		text = str_sub(text, 0, utf8_cut(text, c->limits.title));
		c->meta.cut = true;
	}
	draft_text(d, f, rank, text);
	buf_free(&out);
}

static void set_date(struct draft *d, enum field f, struct str s)
{
	int64_t date;

	if (date_parse(str_trim(s), &date))
		draft_date(d, f, 0, date);
}

static void set_url(struct collector *c, struct draft *d, enum field f, int rank, struct str s)
{
	struct buf url = buf_limited(ADDRESS_MAX);

	s = str_trim(s);
	if (s.n > 0 && value_address(s, c->base_url, &url) == ERR_NONE)
		draft_text(d, f, rank, buf_view(&url));
	buf_free(&url);
}

/* A number that jansson read as one is written as it stood there: whole. */
static void set_id(struct draft *d, const json_t *value)
{
	char number[40];

	if (json_is_integer(value))
		snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (json_is_real(value))
		snprintf(number, sizeof number, "%.17g", json_real_value(value));
	else
		number[0] = '\0';
	draft_text(d, FIELD_ID, 0, number[0] != '\0' ? str_of(number) : str_trim(string_of(value)));
}

static struct str cut_content(struct collector *c, struct str s)
{
	if (s.n <= c->limits.content)
		return s;
	c->meta.cut = true;
	return str_sub(s, 0, utf8_cut(s, c->limits.content));
}

static void set_html(struct collector *c, enum field f, int rank, struct str s)
{
	struct buf out = buf_limited(2 * c->limits.content + 1024);

	value_absolute(str_trim(cut_content(c, s)), c->base_url, &out);
	draft_text(&c->of_entry, f, rank, buf_view(&out));
	buf_free(&out);
}

static void set_plain(struct collector *c, enum field f, int rank, struct str s)
{
	struct buf out = buf_limited(8 * c->limits.content + 1024);

	value_plain_as_html(cut_content(c, s), true, &out);
	draft_text(&c->of_entry, f, rank, buf_view(&out));
	buf_free(&out);
}

/* ---- lists ---- */

static void set_author(struct collector *c, const json_t *item)
{
	const json_t *authors = json_object_get(item, "authors"), *one;
	size_t i;

	json_array_foreach(authors, i, one)
		set(c, &c->of_entry, FIELD_AUTHOR, 0, member(one, "name"), value_plain);
	one = json_object_get(item, "author");
	set(c, &c->of_entry, FIELD_AUTHOR, 1,
	    json_is_string(one) ? string_of(one) : member(one, "name"), value_plain);
}

static void set_tags(struct collector *c, const json_t *tags)
{
	struct buf out = buf_limited(c->limits.title);
	const json_t *tag;
	size_t i;

	json_array_foreach(tags, i, tag) {
		buf_clear(&out);
		value_plain(string_of(tag), &out);
		draft_category(&c->of_entry, buf_view(&out));
	}
	buf_free(&out);
}

static int64_t length_of(const json_t *value)
{
	if (json_is_integer(value))
		return json_integer_value(value) >= 0 ? (int64_t)json_integer_value(value) : -1;
	if (json_is_real(value)) {
		double d = json_real_value(value);

		return d >= 0 && d < 9e15 && d == floor(d) ? (int64_t)d : -1;
	}
	return value_length(string_of(value));
}

static void set_attachments(struct collector *c, const json_t *attachments)
{
	struct buf url = buf_limited(ADDRESS_MAX);
	const json_t *one;
	size_t i;

	json_array_foreach(attachments, i, one) {
		struct str written = str_trim(member(one, "url"));

		buf_clear(&url);
		if (written.n > 0 && value_address(written, c->base_url, &url) == ERR_NONE)
			draft_enclosure(&c->of_entry, buf_view(&url),
					str_trim(member(one, "mime_type")),
					length_of(json_object_get(one, "size_in_bytes")));
	}
	buf_free(&url);
}

/* ---- items and members ---- */

void json_item_read(struct collector *c, const json_t *item)
{
	struct draft *d = &c->of_entry;

	set_id(d, json_object_get(item, "id"));
	set_url(c, d, FIELD_LINK, 0, member(item, "url"));
	set_url(c, d, FIELD_LINK, 1, member(item, "external_url"));
	set(c, d, FIELD_TITLE, 0, member(item, "title"), value_plain);
	set_plain(c, FIELD_SUMMARY, 0, member(item, "summary"));
	set_html(c, FIELD_CONTENT, 0, member(item, "content_html"));
	set_plain(c, FIELD_CONTENT, 1, member(item, "content_text"));
	set_date(d, FIELD_PUBLISHED, member(item, "date_published"));
	set_date(d, FIELD_UPDATED, member(item, "date_modified"));
	set(c, d, FIELD_LANGUAGE, 0, member(item, "language"), value_language);
	set_author(c, item);
	set_tags(c, json_object_get(item, "tags"));
	set_attachments(c, json_object_get(item, "attachments"));
}

void json_feed_member(struct collector *c, struct str key, const json_t *value)
{
	struct draft *d = &c->of_feed;
	struct str s = string_of(value);

	if (str_is(key, "title"))
		set(c, d, FIELD_TITLE, 0, s, value_plain);
	else if (str_is(key, "home_page_url"))
		set_url(c, d, FIELD_LINK, 0, s);
	else if (str_is(key, "description"))
		set(c, d, FIELD_DESCRIPTION, 0, s, value_plain);
	else if (str_is(key, "language"))
		set(c, d, FIELD_LANGUAGE, 0, s, value_language);
}
