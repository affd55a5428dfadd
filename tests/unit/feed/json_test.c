#include "parsed.h"

#include "../../../src/feed/json_cut.h"

#define VERSION "\"version\":\"https://jsonfeed.org/version/1.1\""

static void item_gives_its_fields(void **state)
{
	struct parsed *p =
		parsed(JSON_ITEM("\"id\":7,\"title\":\" a\\n b "
				 "\",\"url\":\"http://a/7\",\"content_html\":\"<p>x</p>\","
				 "\"content_text\":\"no\",\"tags\":[\"t\",3,\"\"],\"date_"
				 "published\":\"1970-01-01T00:00:05Z\""));

	(void)state;
	assert_int_equal(p->rc, ERR_NONE);
	assert_int_equal(p->meta.format, FEED_JSON11);
	assert_text(p->entries[0].id, "7");
	assert_text(p->entries[0].title, "a b");
	assert_text(p->entries[0].link, "http://a/7");
	assert_text(p->entries[0].content, "<p>x</p>");
	assert_int_equal(p->entries[0].ncategories, 1);
	assert_int_equal(p->entries[0].published, 5);
}

static void external_url_is_the_link_when_there_is_no_url(void **state)
{
	struct parsed *p = parsed(JSON_ITEM("\"external_url\":\"http://b/\""));

	(void)state;
	assert_text(p->entries[0].link, "http://b/");
}

static void plain_text_is_escaped_line_by_line(void **state)
{
	struct parsed *p =
		parsed(JSON_ITEM("\"content_text\":\"a < b\\nc\",\"summary\":\"x & y\""));

	(void)state;
	assert_text(p->entries[0].content, "a &lt; b<br>\nc");
	assert_text(p->entries[0].summary, "x &amp; y");
}

static void author_may_be_an_object_or_a_list(void **state)
{
	(void)state;
	assert_text(parsed(JSON_ITEM("\"author\":{\"name\":\"Ann\"}"))->entries[0].author, "Ann");
	assert_text(
		parsed(JSON_ITEM(
			       "\"authors\":[{},{\"name\":\"Bob\"}],\"author\":{\"name\":\"Ann\"}"))
			->entries[0]
			.author,
		"Bob");
}

static void attachment_needs_an_address(void **state)
{
	struct parsed *p = parsed(JSON_ITEM(
		"\"attachments\":[{\"mime_type\":\"a/b\"},{\"url\":\"http://a/"
		"1\",\"size_in_bytes\":2.5},"
		"{\"url\":\"http://a/2\",\"size_in_bytes\":25.0,\"mime_type\":\"a/b\"}]"));

	(void)state;
	assert_int_equal(p->entries[0].nenclosures, 2);
	assert_int_equal(p->entries[0].enclosures[0].length, -1);
	assert_int_equal(p->entries[0].enclosures[1].length, 25);
}

static void wrong_types_are_missing(void **state)
{
	struct parsed *p = parsed("{" VERSION ",\"title\":[1],\"items\":[{\"title\":5,\"url\":{},"
					      "\"tags\":\"x\",\"authors\":{}},7,null]}");

	(void)state;
	assert_int_equal(p->rc, ERR_NONE);
	assert_int_equal(p->n, 1);
	assert_null(p->entries[0].title.p);
	assert_null(p->meta.title.p);
}

static void items_may_come_before_the_version(void **state)
{
	struct parsed *p = parsed("{\"items\":[{\"id\":\"1\"},{\"id\":\"2\"}]," VERSION "}");

	(void)state;
	assert_int_equal(p->n, 2);
	assert_text(p->entries[1].id, "2");
}

static void number_alone_is_a_version_too(void **state)
{
	(void)state;
	assert_int_equal(parsed("{\"version\":\"1.0\",\"items\":[]}")->meta.format, FEED_JSON10);
	assert_int_equal(parsed("{\"version\":\"1.1\",\"items\":[]}")->meta.format, FEED_JSON11);
}

static void json_without_a_version_is_no_feed(void **state)
{
	(void)state;
	assert_int_equal(parsed("{\"items\":[{\"id\":1}]}")->rc, ERR_SYNTAX);
	assert_int_equal(parsed("[1,2]")->rc, ERR_SYNTAX);
	assert_int_equal(parsed("{\"version\":\"17\",\"items\":[]}")->rc, ERR_SYNTAX);
}

static void broken_json_is_no_feed(void **state)
{
	(void)state;
	assert_int_equal(parsed("{" VERSION ",\"items\":[{\"id\" 1}]}")->rc, ERR_SYNTAX);
	assert_int_equal(parsed("{\"version\"")->rc, ERR_SYNTAX);
	assert_string_equal(parsed("{\"version\"")->error.text, "not a feed: damaged JSON");
}

static void feed_cut_off_after_entries_keeps_them(void **state)
{
	struct parsed *p = parsed("{" VERSION ",\"items\":[{\"id\":\"1\"},{\"id\":\"2");

	(void)state;
	assert_int_equal(p->rc, ERR_NONE);
	assert_int_equal(p->n, 1);
}

static void tree_of_countless_parts_is_not_built(void **state)
{
	const size_t n = 900000;
	struct buf body = buf_limited(1 << 20);
	struct parsed *p;

	(void)state;
	buf_add_cstr(&body, "{" VERSION ",\"items\":[{\"id\":\"1\"},[");
	for (size_t i = 0; i < n / 3; i++)
		buf_add_cstr(&body, "[],");
	p = parsed_with(buf_view(&body), &(struct parse_how){ .chunk = 65536 });
	assert_int_equal(p->rc, ERR_LIMIT);
	assert_int_equal(p->n, 1);
	assert_true(p->meta.cut);
	buf_free(&body);
}

/* ---- cutting and mending ---- */

static size_t cut_length(const char *s, size_t step)
{
	struct json_cut c = { 0 };
	struct str all = str_of(s);

	for (size_t n = step; n < all.n; n += step)
		if (json_cut(&c, str_sub(all, 0, n), false) == CUT_WHOLE)
			return c.at;
	return json_cut(&c, all, true) == CUT_WHOLE ? c.at : SIZE_MAX;
}

static void value_is_cut_where_it_ends_in_any_steps(void **state)
{
	static const struct { const char *s; size_t n;
	} all[] = {
		{ "[1,\"]\",{\"a\":[]}] rest", 16 },
		{ "\"a\\\"b\",", 6 },
		{ "12.5}", 4 },
		{ "true ,", 4 },
		{ "null", 4 },
		{ "\"\\\\\"x", 4 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		for (size_t step = 1; step < 9; step++)
			assert_int_equal(cut_length(all[i].s, step), all[i].n);
	assert_int_equal(cut_length("[1,", 9), SIZE_MAX);
}

static const char *mended(const char *s)
{
	static struct buf out;

	buf_free(&out);
	out = buf_limited(4096);
	assert_int_equal(json_mend(str_of(s), &out), ERR_NONE);
	return buf_cstr(&out);
}

static void json_is_mended_inside_strings_only(void **state)
{
	(void)state;
	assert_string_equal(mended("{\"a\": [1, true]}"), "{\"a\": [1, true]}");
	assert_string_equal(mended("\"a\nb\""), "\"a b\"");
	assert_string_equal(mended("\"\\ud83d\\ude00 \\ud83d x \\ude00\""),
			    "\"\\ud83d\\ude00 \\uFFFD x \\uFFFD\"");
	assert_string_equal(mended("\"\\x \\u12\""), "\"\\\\x \\\\u12\"");
	assert_string_equal(mended("[123456789012345678901]"), "[\"123456789012345678901\"]");
	mended("");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		behaves(item_gives_its_fields),
		behaves(external_url_is_the_link_when_there_is_no_url),
		behaves(plain_text_is_escaped_line_by_line),
		behaves(author_may_be_an_object_or_a_list),
		behaves(attachment_needs_an_address),
		behaves(wrong_types_are_missing),
		behaves(items_may_come_before_the_version),
		behaves(number_alone_is_a_version_too),
		behaves(json_without_a_version_is_no_feed),
		behaves(broken_json_is_no_feed),
		behaves(feed_cut_off_after_entries_keeps_them),
		behaves(tree_of_countless_parts_is_not_built),
		behaves(value_is_cut_where_it_ends_in_any_steps),
		behaves(json_is_mended_inside_strings_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
