/* lede parse and lede opml. */
#include "cli_fixture.h"

#include <stdio.h>

#define FEED_KEYS "entries format title link description language updated error"
#define ENTRY_KEYS                                                                                 \
	"id title link author published updated summary content categories enclosures comments"

#define FEED                                                                                       \
	"<rss version='2.0'><channel><title>Paper</title><link>/</link><language>en</language>"    \
	"<item><guid>g1</guid><title>One &amp; two</title><link>1</link><author>Ann</author>"      \
	"<pubDate>Mon, 14 Apr 2025 08:00:00 GMT</pubDate><description>Text</description>"          \
	"<category>c</category><enclosure url='a.mp3' type='audio/mpeg' length='9'/>"              \
	"<enclosure url='b.mp3'/></item><item/></channel></rss>"

static json_t *in_folder(const char *line, const char *name, int status)
{
	char whole[512];

	snprintf(whole, sizeof whole, "%s %s/%s", line, cli_folder, name);
	return lede_json(whole, status);
}

static int lede_in_folder(const char *line, const char *name)
{
	char whole[512];

	snprintf(whole, sizeof whole, "%s %s/%s", line, cli_folder, name);
	return lede(whole);
}

static void a_feed_is_printed_with_every_key(void **state)
{
	json_t *feed, *entry, *enclosure;

	(void)state;
	write_file("feed.xml", FEED);
	feed = in_folder("parse --base-url http://a.example/f/", "feed.xml", EXIT_DONE);
	has_keys(feed, FEED_KEYS);
	assert_string_equal(string_of(feed, "format"), "rss2.0");
	assert_string_equal(string_of(feed, "title"), "Paper");
	assert_string_equal(string_of(feed, "link"), "http://a.example/");
	assert_null(string_of(feed, "error"));
	assert_int_equal(json_array_size(json_object_get(feed, "entries")), 2);
	entry = json_array_get(json_object_get(feed, "entries"), 0);
	has_keys(entry, ENTRY_KEYS);
	assert_string_equal(string_of(entry, "title"), "One & two");
	assert_string_equal(string_of(entry, "link"), "http://a.example/f/1");
	assert_string_equal(string_of(entry, "published"), "2025-04-14T08:00:00Z");
	assert_null(string_of(entry, "updated"));
	enclosure = json_array_get(json_object_get(entry, "enclosures"), 0);
	has_keys(enclosure, "url type length");
	assert_int_equal(number_of(enclosure, "length"), 9);
	enclosure = json_array_get(json_object_get(entry, "enclosures"), 1);
	assert_true(json_is_null(json_object_get(enclosure, "length")));
}

static void the_content_type_names_the_encoding(void **state)
{
	json_t *feed;

	(void)state;
	write_file("feed.xml",
	           "<rss version='2.0'><channel><title>\317\362</title></channel></rss>");
	feed = in_folder("parse --content-type 'text/xml; charset=windows-1251'", "feed.xml",
			 EXIT_DONE);
	assert_string_equal(string_of(feed, "title"), "\320\237\321\202");
}

static void what_is_no_feed_has_an_error_and_nothing_else(void **state)
{
	json_t *feed;

	(void)state;
	write_file("page", "<html><body>x</body></html>");
	feed = in_folder("parse", "page", EXIT_NOTHING);
	has_keys(feed, FEED_KEYS);
	assert_string_equal(string_of(feed, "error"), "not a feed: a web page");
	assert_null(string_of(feed, "format"));
	assert_int_equal(json_array_size(json_object_get(feed, "entries")), 0);
	assert_non_null(string_of(in_folder("parse", "nowhere", EXIT_NOTHING), "error"));
	assert_non_null(string_of(in_folder("parse", "", EXIT_NOTHING), "error"));
}

static void without_json_a_feed_is_a_list(void **state)
{
	(void)state;
	write_file("feed.xml", FEED);
	assert_int_equal(lede_in_folder("parse", "feed.xml"), EXIT_DONE);
	assert_string_equal(cli_out, "One & two  1\n(no title)\n2 entries, rss2.0\n");
	assert_int_equal(lede_in_folder("parse", "nowhere"), EXIT_NOTHING);
	assert_string_equal(cli_out, "");
	assert_true(says("cannot read"));
}

static void a_feed_deeper_than_any_is_told_and_read_as_far_as_it_goes(void **state)
{
	struct buf text = buf_limited(1 << 20);
	json_t *feed;

	(void)state;
	buf_add_cstr(&text, "<rss><channel><item><title>One</title></item>");
	for (int i = 0; i < 1000; i++)
		buf_add_cstr(&text, "<x>");
	write_file("feed.xml", buf_cstr(&text));
	buf_free(&text);
	feed = in_folder("parse", "feed.xml", EXIT_DONE);
	assert_int_equal(json_array_size(json_object_get(feed, "entries")), 1);
	assert_null(string_of(feed, "error"));
	assert_true(says("deeper than any feed should be"));
}

static void a_list_of_subscriptions_is_printed(void **state)
{
	json_t *list, *feed;

	(void)state;
	write_file("subs.opml",
		   "<opml><head><title>Mine</title></head><body><outline text='News'>"
		   "<outline text='In'><outline text='One' xmlUrl='http://a.example/1'/></outline>"
		   "</outline><outline xmlUrl='http://a.example/2'/></body></opml>");
	list = in_folder("opml", "subs.opml", EXIT_DONE);
	has_keys(list, "title feeds error");
	assert_string_equal(string_of(list, "title"), "Mine");
	feed = json_array_get(json_object_get(list, "feeds"), 0);
	has_keys(feed, "url title link folder");
	assert_string_equal(string_of(feed, "url"), "http://a.example/1");
	assert_null(string_of(feed, "link"));
	assert_string_equal(json_string_value(json_array_get(json_object_get(feed, "folder"), 0)),
			    "News");
	assert_string_equal(json_string_value(json_array_get(json_object_get(feed, "folder"), 1)),
			    "In");
	assert_int_equal(lede_in_folder("opml", "subs.opml"), EXIT_DONE);
	assert_string_equal(cli_out, "http://a.example/1  One\nhttp://a.example/2\n");
}

static void what_is_no_list_has_an_error(void **state)
{
	json_t *list;

	(void)state;
	write_file("feed.xml", FEED);
	list = in_folder("opml", "feed.xml", EXIT_NOTHING);
	assert_string_equal(string_of(list, "error"), "not OPML: a feed");
	assert_int_equal(json_array_size(json_object_get(list, "feeds")), 0);
	assert_int_equal(lede_in_folder("opml", "nowhere"), EXIT_NOTHING);
	assert_true(says("nowhere"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLI_TEST(a_feed_is_printed_with_every_key),
		CLI_TEST(the_content_type_names_the_encoding),
		CLI_TEST(what_is_no_feed_has_an_error_and_nothing_else),
		CLI_TEST(without_json_a_feed_is_a_list),
		CLI_TEST(a_feed_deeper_than_any_is_told_and_read_as_far_as_it_goes),
		CLI_TEST(a_list_of_subscriptions_is_printed),
		CLI_TEST(what_is_no_list_has_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
