/* lede add and lede refresh, with a network that has what the test says. */
#include "cli_fixture.h"

#include <stdio.h>

#define FEED "<rss version=\"2.0\"><channel><title>A</title><item><title>One</title>" \
	"<link>https://a.example/1</link></item></channel></rss>"
#define EMPTY_FEED "<rss version=\"2.0\"><channel><title>A</title></channel></rss>"
#define LINK(href, title)                                                                          \
	"<link rel=\"alternate\" type=\"application/rss+xml\" title=\"" title "\" href=\"" href    \
	"\">"
#define PAGE(head)                                                                                 \
	"<!doctype html><html><head><title>Page</title>" head                                      \
	"</head><body><p>Hello</p></body></html>"

static const struct fake_answer answers[] = {
	{ "https://a.example/feed", "application/rss+xml", FEED, 200 },
	{ "http://b.example/feed", "text/xml", EMPTY_FEED, 200 },
	{ "https://one.example/", "text/html", PAGE(LINK("/rss", "Its feed")), 200 },
	{ "https://two.example/", "text/html",
	  PAGE(LINK("/news.xml", "News") LINK("/talk.xml", "Talk")), 200 },
	{ "https://none.example/", "text/html; charset=utf-8", PAGE(""), 200 },
	{ "https://inside.example/", "text/html",
	  PAGE(LINK("http://127.0.0.1/admin", "x") LINK("http://localhost/", "x")
		       LINK("http://[::1]/", "x")),
	  200 },
	{ "https://picture.example/", "image/png", "\x89PNG\r\n\x1a\n", 200 },
	{ "https://lost.example/feed", "", "", 404 },
	{ "https://busy.example/feed", "", "", 503 },
	{ "https://many.example/feed", "", "", 429 },
};

static int set_up(void **state)
{
	int rc = cli_set_up(state);

	network_has(answers, sizeof answers / sizeof *answers);
	return rc;
}

/* ---- add ---- */

static void a_feed_is_subscribed_to(void **state)
{
	(void)state;
	assert_int_equal(lede("add https://a.example/feed http://b.example/feed"), EXIT_DONE);
	assert_string_equal(
		cli_out, "subscribed: https://a.example/feed · A\n"
			 "subscribed: http://b.example/feed · A\n");
	assert_string_equal(cli_err, "");
	file_holds("feeds", "https://a.example/feed\nhttp://b.example/feed\n");
	assert_int_equal(cli_asked, 2);
}

static void without_a_scheme_https_is_asked(void **state)
{
	json_t *added;

	(void)state;
	added = lede_json("add a.example/feed", EXIT_DONE);
	has_keys(added, "subscribed found error");
	assert_string_equal(
		json_string_value(json_array_get(json_object_get(added, "subscribed"), 0)),
		"https://a.example/feed");
	assert_int_equal(json_array_size(json_object_get(added, "found")), 0);
	assert_true(json_is_null(json_object_get(added, "error")));
}

static void what_is_subscribed_to_already_is_not_asked(void **state)
{
	(void)state;
	write_file("feeds", "https://a.example/feed ~Mine\n");
	assert_int_equal(lede("add a.example/feed"), EXIT_DONE);
	assert_string_equal(cli_out, "already subscribed: https://a.example/feed\n");
	assert_int_equal(cli_asked, 0);
	file_holds("feeds", "https://a.example/feed ~Mine\n");
	write_file("feeds", "https://one.example/rss\n");
	assert_int_equal(lede("add one.example/"), EXIT_DONE);
	assert_string_equal(cli_out, "already subscribed: https://one.example/rss · Its feed\n");
}

static void the_one_feed_of_a_page_is_taken(void **state)
{
	json_t *added;

	(void)state;
	assert_int_equal(lede("add one.example/"), EXIT_DONE);
	assert_string_equal(cli_out, "subscribed: https://one.example/rss · Its feed\n");
	file_holds("feeds", "https://one.example/rss\n");
	write_file("feeds", "");
	added = lede_json("add one.example/", EXIT_DONE);
	has_keys(json_array_get(json_object_get(added, "found"), 0), "url title");
	assert_string_equal(string_of(json_array_get(json_object_get(added, "found"), 0), "title"),
			    "Its feed");
}

static void of_several_feeds_none_is_taken(void **state)
{
	json_t *added;

	(void)state;
	assert_int_equal(lede("add two.example/"), EXIT_USAGE);
	assert_string_equal(cli_out, "  1 News · https://two.example/news.xml\n"
				     "  2 Talk · https://two.example/talk.xml\n");
	assert_true(says("announces 2 feeds: take one with --feed N, or --all\n"));
	file_holds("feeds", "");
	added = lede_json("add two.example/", EXIT_USAGE);
	assert_int_equal(json_array_size(json_object_get(added, "found")), 2);
	assert_int_equal(json_array_size(json_object_get(added, "subscribed")), 0);
	assert_non_null(strstr(string_of(added, "error"), "announces 2 feeds"));
}

static void one_of_several_can_be_chosen(void **state)
{
	(void)state;
	assert_int_equal(lede("add two.example/ --feed 3"), EXIT_USAGE);
	assert_true(says("announces 2 feeds, there is no number 3"));
	assert_int_equal(lede("add two.example/ --feed 2"), EXIT_DONE);
	file_holds("feeds", "https://two.example/talk.xml\n");
	assert_int_equal(lede("add two.example/ --all"), EXIT_DONE);
	file_holds("feeds", "https://two.example/talk.xml\nhttps://two.example/news.xml\n");
}

static void of_one_feed_there_is_no_other_number(void **state)
{
	(void)state;
	assert_int_equal(lede("add a.example/feed --feed 7"), EXIT_USAGE);
	assert_string_equal(cli_err,
		"lede: https://a.example/feed: is one feed, there is no number 7\n");
	file_holds("feeds", "");
	assert_int_equal(lede("add a.example/feed --feed 1"), EXIT_DONE);
	assert_int_equal(lede("add a.example/feed --feed 7"), EXIT_USAGE);
}

static void what_is_no_feed_is_not_subscribed_to(void **state)
{
	(void)state;
	assert_int_equal(lede("add none.example/"), EXIT_NOTHING);
	assert_true(says("not a feed: a web page that announces none"));
	assert_int_equal(lede("add picture.example/"), EXIT_NOTHING);
	assert_true(says("not a feed"));
	assert_int_equal(lede("add lost.example/feed"), EXIT_NOTHING);
	assert_true(says("404"));
	file_holds("feeds", "");
}

/* FETCHING.md, "Private addresses". */
static void a_page_cannot_send_us_into_the_house(void **state)
{
	(void)state;
	assert_int_equal(lede("add inside.example/"), EXIT_NOTHING);
	assert_int_equal(lede("add inside.example/ --all"), EXIT_NOTHING);
	file_holds("feeds", "");
}

static void who_does_not_answer_is_subscribed_to_all_the_same(void **state)
{
	(void)state;
	assert_int_equal(lede("add away.example/feed"), EXIT_ALL_FAILED);
	assert_string_equal(cli_out, "subscribed: https://away.example/feed\n");
	assert_true(says("subscribed all the same, though: accepts no connection"));
	file_holds("feeds", "https://away.example/feed\n");
	assert_int_equal(lede("add busy.example/feed"), EXIT_ALL_FAILED);
}

static void a_password_goes_nowhere_but_into_the_file(void **state)
{
	(void)state;
	assert_int_equal(lede("add https://ann:secret@away.example/feed"), EXIT_ALL_FAILED);
	assert_null(strstr(cli_out, "secret"));
	assert_null(strstr(cli_err, "secret"));
	file_holds("feeds", "https://ann:secret@away.example/feed\n");
	assert_int_equal(lede("feeds --json"), EXIT_DONE);
	assert_non_null(strstr(cli_out, "https://ann:***@away.example/feed"));
	assert_int_equal(lede("remove https://ann:secret@away.example/feed"), EXIT_DONE);
	assert_string_equal(cli_out, "unsubscribed: https://ann:***@away.example/feed\n");
}

static void what_can_never_be_fetched_is_not_subscribed_to(void **state)
{
	(void)state;
	assert_int_equal(lede("add http://127.0.0.1:99999/"), EXIT_USAGE);
	assert_string_equal(cli_err,
		"lede: a port is a number from 1 to 65535: http://127.0.0.1:99999/\n");
	assert_int_equal(lede("add 127.0.0.1:99999"), EXIT_USAGE);
	assert_int_equal(lede("add http://[nobody]/"), EXIT_USAGE);
	assert_true(says("not an http or https address"));
	assert_string_equal(cli_out, "");
	file_holds("feeds", "");
}

static void some_that_fail_among_others_are_some(void **state)
{
	(void)state;
	assert_int_equal(lede("add a.example/feed lost.example/feed"), EXIT_SOME_FAILED);
	assert_int_equal(lede("add a.example/feed ftp://x.example/"), EXIT_USAGE);
	assert_true(says("lede reads http, https and file addresses"));
	file_holds("feeds", "https://a.example/feed\n");
}

static void a_file_of_this_machine_can_be_a_feed(void **state)
{
	char line[256], expected[256];

	(void)state;
	write_file("my feed.xml", FEED);
	write_file("page.html", PAGE(""));
	snprintf(line, sizeof line, "add 'file:%s/my feed.xml'", cli_folder);
	snprintf(expected, sizeof expected, "file://%s/my%%20feed.xml\n", cli_folder);
	assert_int_equal(lede(line), EXIT_DONE);
	file_holds("feeds", expected);
	snprintf(line, sizeof line, "add %s/page.html", cli_folder);
	assert_int_equal(lede(line), EXIT_NOTHING);
	snprintf(line, sizeof line, "add %s/missing.xml", cli_folder);
	assert_int_equal(lede(line), EXIT_NOTHING);
	assert_true(says("missing.xml"));
	assert_int_equal(cli_asked, 0);
}

static void a_feeds_file_that_cannot_be_written_is_told(void **state)
{
	char line[256];

	(void)state;
	write_file("file", "");
	snprintf(line, sizeof line, "add a.example/feed --feeds %s/file/feeds", cli_folder);
	assert_int_equal(lede(line), EXIT_USAGE);
	assert_true(says("file"));
}

/* ---- refresh ---- */

static void subscribe_to_files(void)
{
	char feeds[512];

	write_file("one.xml", FEED);
	write_file("two.xml", EMPTY_FEED);
	snprintf(feeds, sizeof feeds, "file://%s/one.xml\nfile://%s/two.xml\n", cli_folder,
		 cli_folder);
	write_file("feeds", feeds);
}

static void a_refresh_fetches_and_is_silent(void **state)
{
	(void)state;
	subscribe_to_files();
	assert_int_equal(lede("refresh"), EXIT_DONE);
	assert_string_equal(cli_out, "");
	assert_string_equal(cli_err, "");
	assert_int_equal(lede("latest"), EXIT_DONE);
	assert_string_equal(cli_out, "      1 One · A · now\n");
}

static void programs_see_every_feed_and_a_summary(void **state)
{
	json_t *lines, *summary;

	(void)state;
	subscribe_to_files();
	lines = lede_json_lines("refresh", EXIT_DONE);
	assert_int_equal(json_array_size(lines), 3);
	has_keys(json_array_get(lines, 0), "feed result status new bytes error");
	assert_string_equal(string_of(json_array_get(lines, 0), "result"), "new");
	has_keys(json_array_get(lines, 2), "summary");
	summary = json_object_get(json_array_get(lines, 2), "summary");
	has_keys(summary, "feeds new failed skipped seconds");
	assert_int_equal(number_of(summary, "feeds"), 2);
	assert_int_equal(number_of(summary, "new"), 1);
	assert_int_equal(number_of(summary, "failed"), 0);
}

static void the_second_refresh_changes_nothing(void **state)
{
	json_t *lines;

	(void)state;
	subscribe_to_files();
	assert_int_equal(lede("refresh"), EXIT_DONE);
	lines = lede_json_lines("refresh", EXIT_DONE);
	for (size_t i = 0; i < 2; i++)
		assert_string_equal(string_of(json_array_get(lines, i), "result"), "unchanged");
	assert_int_equal(number_of(json_object_get(json_array_get(lines, 2), "summary"), "new"), 0);
}

static void some_feeds_that_fail_are_told(void **state)
{
	char feeds[512];

	(void)state;
	write_file("one.xml", FEED);
	snprintf(feeds, sizeof feeds, "file://%s/one.xml\nfile://%s/missing.xml\n", cli_folder,
		 cli_folder);
	write_file("feeds", feeds);
	assert_int_equal(lede("refresh"), EXIT_SOME_FAILED);
	assert_true(says("1 of 2 feeds failed"));
	assert_true(says("missing.xml"));
	assert_int_equal(lede("feeds"), EXIT_DONE);
	assert_non_null(strstr(cli_out, "failing"));
}

static void all_feeds_that_fail_are_a_status_of_their_own(void **state)
{
	char feeds[512];

	(void)state;
	snprintf(feeds, sizeof feeds, "file://%s/missing.xml\n", cli_folder);
	write_file("feeds", feeds);
	assert_int_equal(lede("refresh"), EXIT_ALL_FAILED);
	assert_int_equal(lede("refresh --force --json"), EXIT_ALL_FAILED);
}

static void what_failed_is_asked_again_when_a_person_asks(void **state)
{
	(void)state;
	write_file("feeds", "https://busy.example/feed\n");
	assert_int_equal(lede("refresh"), EXIT_ALL_FAILED);
	assert_int_equal(lede("refresh"), EXIT_ALL_FAILED);
	assert_int_equal(cli_asked, 2);
	assert_true(says("1 of 1 feeds failed"));
}

static void who_asked_to_wait_is_left_alone_and_told(void **state)
{
	(void)state;
	write_file("feeds", "https://many.example/feed\nhttps://a.example/feed\n");
	assert_int_equal(lede("refresh"), EXIT_SOME_FAILED);
	assert_int_equal(lede("refresh"), EXIT_DONE);
	assert_int_equal(cli_asked, 3);
	assert_true(says("lede: https://many.example/feed: asked to wait until 08:"));
	assert_true(says("; `lede refresh --force URL` asks anyway\n"));
	assert_int_equal(json_array_size(lede_json_lines("refresh", EXIT_DONE)), 3);
	assert_string_equal(cli_err, "");
	assert_int_equal(lede("refresh --force many.example/feed"), EXIT_ALL_FAILED);
}

static void only_what_is_named_is_fetched(void **state)
{
	char line[256];

	(void)state;
	subscribe_to_files();
	snprintf(line, sizeof line, "refresh %s/one.xml", cli_folder);
	assert_int_equal(json_array_size(lede_json_lines(line, EXIT_DONE)), 2);
	assert_int_equal(lede("refresh other.example/feed"), EXIT_NOTHING);
	assert_string_equal(cli_err, "lede: not subscribed: other.example/feed\n");
	snprintf(line, sizeof line, "refresh %s/one.xml other.example/feed", cli_folder);
	assert_int_equal(lede(line), EXIT_NOTHING);
}

static void without_feeds_there_is_nothing_to_refresh(void **state)
{
	(void)state;
	assert_int_equal(lede("refresh"), EXIT_NOTHING);
	assert_true(says("no feeds yet: lede add URL adds one"));
	assert_int_equal(
		number_of(json_object_get(lede_json("refresh", EXIT_NOTHING), "summary"), "feeds"),
		0);
}

static void a_cache_that_cannot_be_used_is_told(void **state)
{
	(void)state;
	subscribe_to_files();
	write_file("db", "no database, but a line of text that somebody may still want to keep for "
			 "himself\n");
	assert_int_equal(lede("refresh"), EXIT_CACHE);
	assert_true(says("db"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, cli_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_feed_is_subscribed_to),
		TEST(without_a_scheme_https_is_asked),
		TEST(what_is_subscribed_to_already_is_not_asked),
		TEST(the_one_feed_of_a_page_is_taken),
		TEST(of_several_feeds_none_is_taken),
		TEST(one_of_several_can_be_chosen),
		TEST(of_one_feed_there_is_no_other_number),
		TEST(what_is_no_feed_is_not_subscribed_to),
		TEST(a_page_cannot_send_us_into_the_house),
		TEST(who_does_not_answer_is_subscribed_to_all_the_same),
		TEST(a_password_goes_nowhere_but_into_the_file),
		TEST(what_can_never_be_fetched_is_not_subscribed_to),
		TEST(some_that_fail_among_others_are_some),
		TEST(a_file_of_this_machine_can_be_a_feed),
		TEST(a_feeds_file_that_cannot_be_written_is_told),
		TEST(a_refresh_fetches_and_is_silent),
		TEST(programs_see_every_feed_and_a_summary),
		TEST(the_second_refresh_changes_nothing),
		TEST(some_feeds_that_fail_are_told),
		TEST(all_feeds_that_fail_are_a_status_of_their_own),
		TEST(what_failed_is_asked_again_when_a_person_asks),
		TEST(who_asked_to_wait_is_left_alone_and_told),
		TEST(only_what_is_named_is_fetched),
		TEST(without_feeds_there_is_nothing_to_refresh),
		TEST(a_cache_that_cannot_be_used_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
