#include "lede/feed/announced.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct arena *arena;
static struct announced *found;

static size_t feeds_of(const char *page)
{
	if (arena == NULL)
		arena = arena_new();
	return announced_feeds(str_of(page), STR("http://a.example/dir/page"), arena, &found);
}

static int forget(void **state)
{
	(void)state;
	arena_free(arena);
	arena = NULL;
	return 0;
}

#define FEED(href) "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"" href "\">"

static void feeds_are_found_in_order_and_made_absolute(void **state)
{
	(void)state;
	assert_int_equal(
		feeds_of(
			"<!doctype html><html><head><title>x</title>"
			"<LINK REL='feed Alternate' TYPE='application/atom+xml; charset=utf-8' "
			"title=' All &amp;\n news ' href='/atom'>" FEED(
				"rss?a=1&amp;b=2") "<link rel=alternate type=application/feed+json "
						   "href=//b.example/feed.json>"
						   "</head><body>" FEED("/no") "</body></html>"),
		3);
	assert_true(str_is(found[0].url, "http://a.example/atom"));
	assert_true(str_is(found[0].title, "All & news"));
	assert_true(str_is(found[1].url, "http://a.example/dir/rss?a=1&b=2"));
	assert_int_equal(found[1].title.n, 0);
	assert_true(str_is(found[2].url, "http://b.example/feed.json"));
}

static void doubles_and_other_alternates_are_left_out(void **state)
{
	(void)state;
	assert_int_equal(
		feeds_of(FEED("/rss") FEED("/rss") FEED("") FEED("javascript:x") FEED(
			"file:///etc/passwd") "<link rel=alternate hreflang=de href=/de><link "
					      "rel=stylesheet type=application/rss+xml href=/x>"
					      "<link rel=alternate type=application/json "
					      "href=/wp-json/posts/1>"),
		1);
	assert_true(str_is(found[0].url, "http://a.example/rss"));
}

static void base_element_counts(void **state)
{
	(void)state;
	assert_int_equal(
		feeds_of("<base href='http://b.example/x/'><base href='http://c.example/'>" FEED(
			"rss")),
		1);
	assert_true(str_is(found[0].url, "http://b.example/x/rss"));
}

static void title_can_send_no_control(void **state)
{
	(void)state;
	feeds_of("<link rel=alternate type=application/rss+xml href=/r title='a\033[31m&#27;b'>");
	assert_int_equal(str_find(found[0].title, '\033'), SIZE_MAX);
}

static void address_that_is_no_utf8_is_left_out(void **state)
{
	(void)state;
	assert_int_equal(
	        feeds_of("<link rel=alternate type=application/rss+xml href='/\xF7'>" FEED("/r")),
	        1);
	assert_true(str_is(found[0].url, "http://a.example/r"));
}

static void no_more_than_64_are_given(void **state)
{
	struct buf page = buf_limited(1 << 20);

	(void)state;
	for (int i = 0; i < 100; i++)
		buf_addf(&page, FEED("/%d"), i);
	assert_int_equal(feeds_of(buf_cstr(&page)), 64);
	buf_free(&page);
}

static void page_without_feeds_gives_none(void **state)
{
	(void)state;
	assert_int_equal(feeds_of(""), 0);
	assert_int_equal(feeds_of("<p>nothing <link"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(feeds_are_found_in_order_and_made_absolute),
		cmocka_unit_test(doubles_and_other_alternates_are_left_out),
		cmocka_unit_test(base_element_counts),
		cmocka_unit_test(title_can_send_no_control),
		cmocka_unit_test(address_that_is_no_utf8_is_left_out),
		cmocka_unit_test(no_more_than_64_are_given),
		cmocka_unit_test(page_without_feeds_gives_none),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
