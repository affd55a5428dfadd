#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../../../src/feed/values.h"
#include "lede/text/url.h"

static struct buf shown;

typedef enum err convert_fn(struct str s, struct buf *out);

static const char *converted(convert_fn *convert, const char *s)
{
	buf_free(&shown);
	shown = buf_limited(65536);
	assert_int_equal(convert(str_of(s), &shown), ERR_NONE);
	return buf_cstr(&shown);
}

static int forget(void **state)
{
	(void)state;
	buf_free(&shown);
	return 0;
}

static void plain_text_collapses_all_white_space(void **state)
{
	(void)state;
	assert_string_equal(converted(value_plain, " a \t\n b\u00a0\u3000c\u2003d \u2028"),
			    "a b c d");
	assert_string_equal(converted(value_plain, "\u4e2d\u6587\u3001\u00e9\u00c2"),
			    "\u4e2d\u6587\u3001\u00e9\u00c2");
	assert_string_equal(converted(value_plain, " \n"), "");
}

static enum err html_at_a(struct str s, struct buf *out)
{
	return value_html(s, STR("http://a/b/"), out);
}

static void html_is_told_from_plain_text(void **state)
{
	(void)state;
	assert_string_equal(converted(html_at_a, " a < b & c > d "), "a &lt; b &amp; c &gt; d");
	assert_string_equal(converted(html_at_a, "a &lt; b"), "a &lt; b");
	assert_string_equal(converted(html_at_a, "AT&T; <3"), "AT&T; <3");
	assert_string_equal(converted(html_at_a, "x<br>y"), "x<br>y");
}

static void relative_addresses_are_found_and_made_absolute(void **state)
{
	(void)state;
	assert_string_equal(converted(html_at_a, "<a HREF = c>x</a><img src='/i'>"),
			    "<a HREF = \"http://a/b/c\">x</a><img src=\"http://a/i\">");
	assert_string_equal(converted(html_at_a, "<a href='http://c/'>x=y</a>"),
			    "<a href='http://c/'>x=y</a>");
}

static void lines_of_plain_text_are_kept_where_asked(void **state)
{
	(void)state;
	buf_free(&shown);
	shown = buf_limited(4096);
	assert_int_equal(value_plain_as_html(STR(" a\r\n\nb< "), true, &shown), ERR_NONE);
	assert_string_equal(buf_cstr(&shown), "a<br>\n<br>\nb&lt;");
}

static void c1_controls_are_windows_letters(void **state)
{
	(void)state;
	assert_true(value_has_controls(STR("don\xC2\x92t")));
	assert_false(value_has_controls(STR("\xC2\xA0\xC3\x92")));
	assert_string_equal(converted(value_without_controls, "don\xC2\x92t\xC2\xA0\xC2\x85"),
			    "don\u2019t\u00a0\u2026");
}

static void person_is_the_name_beside_an_address(void **state)
{
	static const struct { const char *in, *out;
	} all[] = {
		{ " me@a.b (Ann) ", "Ann" },
		{ "Ann <me@a.b>", "Ann" },
		{ "\"Ann B.\" <me@a.b>", "Ann B." },
		{ "<me@a.b>", "me@a.b" },
		{ "me@a.b ()", "me@a.b" },
		{ "Ann (x) <y>", "Ann (x) <y>" },
		{ "", "" },
		{ ") (", ") (" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_true(str_is(value_person(str_of(all[i].in)), all[i].out));
}

static void language_is_a_tag_or_nothing(void **state)
{
	(void)state;
	assert_string_equal(converted(value_language, " zh_Hant-TW "), "zh-Hant-TW");
	assert_string_equal(converted(value_language, "not a tag"), "");
}

static void address_needs_a_host(void **state)
{
	(void)state;
	assert_true(value_is_address(STR(" http://a/ ")));
	assert_false(value_is_address(STR("urn:isbn:1")));
	assert_false(value_is_address(STR("tag:a,2024:1")));
	assert_false(value_is_address(STR("a/b")));
}

static enum err address_at_a(struct str s, struct buf *out)
{
	return value_address(s, STR("http://a/b/"), out);
}

static void quick_way_to_an_address_gives_what_the_long_one_gives(void **state)
{
	static const char *const all[] = {
		" http://c/%7e?x=1 ", "http://c/d/../e",  "http://c", "HTTP://c/", "x",
		"http://c/a b",	      "https://c/\u4e2d", "http:",    "http://",   "//c/d"
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct buf slow = buf_limited(4096);

		assert_int_equal(url_resolve(STR("http://a/b/"), str_of(all[i]), &slow), ERR_NONE);
		assert_string_equal(converted(address_at_a, all[i]), buf_cstr(&slow));
		buf_free(&slow);
	}
}

static void length_is_a_whole_number_that_is_not_negative(void **state)
{
	(void)state;
	assert_int_equal(value_length(STR(" 12 ")), 12);
	assert_int_equal(value_length(STR("-1")), -1);
	assert_int_equal(value_length(STR("1.5")), -1);
	assert_int_equal(value_length(STR("99999999999999999999")), -1);
}

static void base64_is_decoded_or_refused(void **state)
{
	struct buf out = buf_limited(64);

	(void)state;
	assert_true(value_base64(STR("aGVs\n bG8="), &out));
	assert_string_equal(buf_cstr(&out), "hello");
	assert_false(value_base64(STR("{\"a\":1}"), &out));
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text_collapses_all_white_space),
		cmocka_unit_test(html_is_told_from_plain_text),
		cmocka_unit_test(relative_addresses_are_found_and_made_absolute),
		cmocka_unit_test(lines_of_plain_text_are_kept_where_asked),
		cmocka_unit_test(c1_controls_are_windows_letters),
		cmocka_unit_test(person_is_the_name_beside_an_address),
		cmocka_unit_test(language_is_a_tag_or_nothing),
		cmocka_unit_test(address_needs_a_host),
		cmocka_unit_test(quick_way_to_an_address_gives_what_the_long_one_gives),
		cmocka_unit_test(length_is_a_whole_number_that_is_not_negative),
		cmocka_unit_test(base64_is_decoded_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
