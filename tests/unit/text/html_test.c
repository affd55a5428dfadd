#include "lede/text/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lede/text/html_token.h"

static char *shown; /* what the last call gave; freed by the next */

static const char *give(struct buf *b, enum err rc)
{
	assert_int_equal(rc, ERR_NONE);
	free(shown);
	shown = buf_take(b);
	return shown;
}

static const char *unescaped(const char *s)
{
	struct buf out = buf_limited(65536);
	enum err rc = html_unescape(str_of(s), &out);

	return give(&out, rc);
}

static const char *text_of(const char *s)
{
	struct buf out = buf_limited(65536);
	enum err rc = html_to_text(str_of(s), &out);

	return give(&out, rc);
}

static const char *escaped(const char *s)
{
	struct buf out = buf_limited(65536);
	enum err rc = html_escape(str_of(s), &out);

	return give(&out, rc);
}

static const char *absolute(const char *s)
{
	struct buf out = buf_limited(65536);
	enum err rc = html_absolute(str_of(s), STR("http://a.example/b/c"), &out);

	return give(&out, rc);
}

static int forget(void **state)
{
	(void)state;
	free(shown);
	shown = NULL;
	return 0;
}

static void entities_by_name(void **state)
{
	(void)state;
	assert_string_equal(unescaped("AT&amp;T &lt;b&gt; &quot;x&quot; &apos;"),
			    "AT&T <b> \"x\" '");
	assert_string_equal(unescaped("caf&eacute;&hellip;&nbsp;&rarr;"),
			    "caf\303\251\342\200\246\302\240\342\206\222");
	assert_string_equal(unescaped("&CounterClockwiseContourIntegral;&zwnj;"),
			    "\342\210\263\342\200\214");
}

static void entities_are_resolved_once(void **state)
{
	(void)state;
	assert_string_equal(unescaped("&amp;lt;b&amp;gt;"), "&lt;b&gt;");
}

static void entities_by_number(void **state)
{
	(void)state;
	assert_string_equal(unescaped("&#65;&#x42;&#X43;&#068;&#69 &#x1F600;"),
			    "ABCDE \360\237\230\200");
	assert_string_equal(unescaped("&#0;&#xD800;&#x110000;&#99999999999999999999;"),
			    "\357\277\275\357\277\275\357\277\275\357\277\275");
	assert_string_equal(unescaped("&#;&#x;&#xg;"), "&#;&#x;&#xg;");
}

static void numbers_of_the_c1_range_mean_windows_1252(void **state)
{
	(void)state;
	assert_string_equal(unescaped("&#146;&#x80;&#151;"),
			    "\342\200\231\342\202\254\342\200\224");
}

static void an_ampersand_that_begins_nothing_stays(void **state)
{
	(void)state;
	assert_string_equal(unescaped("a & b &unknown; &"), "a & b &unknown; &");
	assert_string_equal(unescaped("?a=1&copy=2&region=3"), "?a=1&copy=2&region=3");
	assert_string_equal(unescaped("&copy 2024, &eacute"), "\302\251 2024, \303\251");
	assert_string_equal(unescaped("&hellip x"), "&hellip x");
}

static void text_without_markup(void **state)
{
	(void)state;
	assert_string_equal(text_of("<p>One <b>bold</b>\n\t word</p><p>two</p>"),
			    "One bold word two");
	assert_string_equal(text_of("a<br>b<br/>c"), "a b c");
	assert_string_equal(text_of("in<em>side</em>"), "inside");
	assert_string_equal(text_of("&nbsp; a\302\240\343\200\200b \n"), "a b");
	assert_string_equal(text_of("AT&amp;T"), "AT&T");
	assert_string_equal(text_of(""), "");
}

static void a_lone_less_than_stays(void **state)
{
	(void)state;
	assert_string_equal(text_of("1 < 2 and 3 <4 <"), "1 < 2 and 3 <4 <");
	assert_string_equal(text_of("I <3 you"), "I <3 you");
	assert_string_equal(text_of("if a <b then"), "if a <b then");
}

static void scripts_styles_and_comments_are_dropped(void **state)
{
	(void)state;
	assert_string_equal(text_of("a<script>if (a<b) '</p>'</script>b<style>p{}</style>c"),
			    "abc");
	assert_string_equal(text_of("a<!-- <b>x</b> -->b<!-->c<?php x ?>d<!doctype html>e"),
			    "abcde");
	assert_string_equal(text_of("a<![CDATA[<b> &amp;]]>b"), "a<b> &amp;b");
	assert_string_equal(text_of("a<script>never closed"), "a");
	assert_string_equal(text_of("a<!-- never closed"), "a");
}

static void a_tag_cut_off_at_the_end_is_dropped(void **state)
{
	(void)state;
	assert_string_equal(text_of("text <a href=\"http://x"), "text");
	assert_string_equal(text_of("text <img alt='a>b' src='"), "text");
}

static void a_quote_that_is_never_closed_costs_one_tag(void **state)
{
	(void)state;
	assert_string_equal(text_of("a <a href=\"x>b</a> c"), "a b c");
}

static void escapes_what_markup_is_made_of(void **state)
{
	(void)state;
	assert_string_equal(escaped("a < b & \"c\" > 'd'"),
			    "a &lt; b &amp; &quot;c&quot; &gt; 'd'");
}

static void relative_addresses_become_absolute(void **state)
{
	(void)state;
	assert_string_equal(
	    absolute("<p>x <a class=k href='d'>y</a> <img src=/e.png alt=\"a > b\"></p>"),
	    "<p>x <a class=k href=\"http://a.example/b/d\">y</a> "
	    "<img src=\"http://a.example/e.png\" alt=\"a > b\"></p>");
	assert_string_equal(absolute("<a href='?x=1&amp;y=2'>"),
			    "<a href=\"http://a.example/b/c?x=1&amp;y=2\">");
	assert_string_equal(absolute("<a href=' d '>"), "<a href=\"http://a.example/b/d\">");
	assert_string_equal(absolute("<video poster=p.jpg>"),
			    "<video poster=\"http://a.example/b/p.jpg\">");
	assert_string_equal(absolute("<img srcset='s.png 1x, t.png 2x'>"),
			    "<img srcset=\"http://a.example/b/s.png 1x, t.png 2x\">");
}

static void what_needs_no_resolving_is_copied_letter_for_letter(void **state)
{
	static const char text[] =
	    "<a href='http://b.example/?a&b'>x</a><!-- href=d --> 1 < 2 <img data-src=d><a href>";

	(void)state;
	assert_string_equal(absolute(text), text);
}

static void without_a_base_nothing_changes(void **state)
{
	struct buf out = buf_limited(100);

	(void)state;
	assert_int_equal(html_absolute(STR("<a href=b>"), STR(""), &out), ERR_NONE);
	assert_string_equal(buf_cstr(&out), "<a href=b>");
	buf_free(&out);
}

static void pages_are_told_from_feeds(void **state)
{
	(void)state;
	assert_true(html_is_page(STR("\n<!DOCTYPE html>\n<html>")));
	assert_true(html_is_page(STR("<!-- x --><HTML lang=en>")));
	assert_true(html_is_page(
	    STR("<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML'><html>")));
	assert_true(html_is_page(STR("<head><title>x</title>")));
	assert_false(html_is_page(STR("<?xml version='1.0'?><rss><channel><description><html>")));
	assert_false(html_is_page(STR("<feed xmlns='x'>")));
	assert_false(html_is_page(STR("{\"html\": 1}")));
	assert_false(html_is_page(STR("")));
}

static void limits_leave_the_output_as_it_was(void **state)
{
	struct buf out = buf_limited(4);

	(void)state;
	buf_add(&out, STR("ab"));
	assert_int_equal(html_unescape(STR("xyz"), &out), ERR_LIMIT);
	assert_int_equal(html_to_text(STR("x y z"), &out), ERR_LIMIT);
	assert_int_equal(html_escape(STR("<"), &out), ERR_LIMIT);
	assert_int_equal(html_absolute(STR("<a href=b>"), STR("http://a/"), &out), ERR_LIMIT);
	assert_string_equal(buf_cstr(&out), "ab");
	buf_free(&out);
}

static void attributes_in_every_spelling(void **state)
{
	struct html_reader r =
	    html_reader_of(STR("<a one two=2 three = '3' four=\"a>b\"five=/5/ =x/>"));
	struct html_attribute a;
	struct html_token t;
	static const char *const expected[][2] = {
		{ "one", "" },     { "two", "2" },    { "three", "3" },
		{ "four", "a>b" }, { "five", "/5/" }, { "=x", "" },
	};

	(void)state;
	assert_true(html_next(&r, &t));
	assert_true(t.closed);
	for (size_t i = 0; i < 6; i++) {
		assert_true(html_next_attribute(&t.attributes, &a));
		assert_true(str_is(a.name, expected[i][0]));
		assert_true(str_is(a.value, expected[i][1]));
	}
	assert_false(html_next_attribute(&t.attributes, &a));
	assert_false(html_next(&r, &t));
}

static void hostile_text_is_read_in_linear_time(void **state)
{
	static const char *const pieces[] = { "<a ", "<!--",       "</",        "<a b=\"",
					      "&",   "<script></", "<![CDATA[", "<a b='>" };
	const size_t n = 1 << 20;
	char *text = malloc(n);

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct buf out = buf_limited(2 * n);

		for (size_t at = 0; at < n; at++)
			text[at] = pieces[i][at % strlen(pieces[i])];
		assert_int_equal(html_to_text((struct str){ text, n }, &out), ERR_NONE);
		buf_free(&out);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(entities_by_name, forget),
		cmocka_unit_test_teardown(entities_are_resolved_once, forget),
		cmocka_unit_test_teardown(entities_by_number, forget),
		cmocka_unit_test_teardown(numbers_of_the_c1_range_mean_windows_1252, forget),
		cmocka_unit_test_teardown(an_ampersand_that_begins_nothing_stays, forget),
		cmocka_unit_test_teardown(text_without_markup, forget),
		cmocka_unit_test_teardown(a_lone_less_than_stays, forget),
		cmocka_unit_test_teardown(scripts_styles_and_comments_are_dropped, forget),
		cmocka_unit_test_teardown(a_tag_cut_off_at_the_end_is_dropped, forget),
		cmocka_unit_test_teardown(a_quote_that_is_never_closed_costs_one_tag, forget),
		cmocka_unit_test_teardown(escapes_what_markup_is_made_of, forget),
		cmocka_unit_test_teardown(relative_addresses_become_absolute, forget),
		cmocka_unit_test_teardown(what_needs_no_resolving_is_copied_letter_for_letter,
					  forget),
		cmocka_unit_test(without_a_base_nothing_changes),
		cmocka_unit_test(pages_are_told_from_feeds),
		cmocka_unit_test(limits_leave_the_output_as_it_was),
		cmocka_unit_test(attributes_in_every_spelling),
		cmocka_unit_test(hostile_text_is_read_in_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
