#include "lede/app/subscriptions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "lede/base/file.h"

/* A feeds file in a folder of its own. */
static char folder[64], path[96], other[96];
static struct subscriptions subs;
static struct buf said;

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/lede-feeds.XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/lede/feeds", folder);
	snprintf(other, sizeof other, "%s/lede/real", folder);
	said = buf_limited(1 << 16);
	return 0;
}

static int tear_down(void **state)
{
	static const char *const names[] = { "feeds", "feeds.lock", "real", "real.lock" };
	char name[128];

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(name, sizeof name, "%s/lede/%s", folder, names[i]);
		unlink(name);
	}
	snprintf(name, sizeof name, "%s/lede", folder);
	rmdir(name);
	rmdir(folder);
	subscriptions_free(&subs);
	buf_free(&said);
	return 0;
}

static void hear(void *self, int line, const char *why)
{
	(void)self;
	buf_addf(&said, "%d: %s\n", line, why);
}

static void written(const char *text)
{
	assert_int_equal(file_make_parent(path, NULL), ERR_NONE);
	assert_int_equal(file_replace(path, str_of(text), 0640, NULL), ERR_NONE);
}

static void holds(const char *text)
{
	struct buf b = buf_limited(1 << 20);

	assert_int_equal(file_read(path, &b, NULL), ERR_NONE);
	assert_string_equal(buf_cstr(&b), text);
	buf_free(&b);
}

static void loaded(const char *text)
{
	written(text);
	assert_int_equal(subscriptions_load(path, &subs, hear, NULL, NULL), ERR_NONE);
}

static void is(struct str s, const char *text)
{
	assert_int_equal(s.n, strlen(text));
	assert_memory_equal(s.p, text, s.n);
}

static bool add(const char *url)
{
	bool added;
	struct error e = { 0 };

	assert_int_equal(subscriptions_add(path, str_of(url), &added, &e), ERR_NONE);
	return added;
}

static void a_missing_file_is_an_empty_list(void **state)
{
	(void)state;
	assert_int_equal(subscriptions_load(path, &subs, hear, NULL, NULL), ERR_NONE);
	assert_int_equal(subs.n, 0);
}

static void a_line_has_an_address_tags_and_a_title(void **state)
{
	(void)state;
	loaded("# mine\n\nhttps://a.example/feed news \"world news\" \"~Paper Daily\"\n"
	       "http://b.example/#rss !\nhttp://c.example/ !private # why not\n");
	assert_int_equal(subs.n, 3);
	is(subs.feed[0].url, "https://a.example/feed");
	is(subs.feed[0].title, "Paper Daily");
	assert_int_equal(subs.feed[0].ntags, 2);
	is(subs.feed[0].tags[1], "world news");
	assert_int_equal(subs.feed[0].line, 3);
	assert_false(subs.feed[0].hidden);
	is(subs.feed[1].url, "http://b.example/#rss");
	is(subs.feed[1].title, "");
	assert_true(subs.feed[1].hidden);
	assert_int_equal(subs.feed[1].ntags, 0);
	assert_true(subs.feed[2].hidden);
	assert_int_equal(subs.feed[2].ntags, 1);
	is(subs.feed[2].tags[0], "private");
	assert_string_equal(buf_cstr(&said), "");
}

static void quotes_and_escapes_are_newsboats(void **state)
{
	(void)state;
	loaded("\"http://a.example/\" \"~A \\\"quoted\\\" \\\\ name\" \"open\n");
	assert_int_equal(subs.n, 1);
	is(subs.feed[0].title, "A \"quoted\" \\ name");
	is(subs.feed[0].tags[0], "open");
}

static void programs_and_searches_are_refused_with_a_word_why(void **state)
{
	(void)state;
	loaded("exec:/bin/ls tag\nfilter:sed:http://a.example/\nquery:Unread:unread = \"yes\"\n"
	       "\"exec:rm -rf "
	       "/\"\nftp://a.example/\nfile:relative\nnews.example/feed\nhttp://ok.example/\n");
	assert_int_equal(subs.n, 1);
	is(subs.feed[0].url, "http://ok.example/");
	assert_string_equal(buf_cstr(&said),
		"1: exec: feeds are left out, lede runs no programs\n"
		"2: filter: feeds are left out, lede runs no programs; the plain address will do\n"
		"3: query: is a saved search, not a feed; it is left out\n"
		"4: exec: feeds are left out, lede runs no programs\n"
		"5: no address of a feed: it begins with http://, https:// or file:///\n"
		"6: a file is written file:///ABSOLUTE/PATH; the line is left out\n"
		"7: no address of a feed: it begins with http://, https:// or file:///\n");
}

static void an_address_that_stands_twice_counts_once(void **state)
{
	(void)state;
	loaded("http://a.example/ one\nhttp://b.example/\nhttp://a.example/ one two ~Ann\n");
	assert_int_equal(subs.n, 2);
	assert_int_equal(subs.feed[0].ntags, 2);
	is(subs.feed[0].tags[1], "two");
	is(subs.feed[0].title, "Ann");
	assert_ptr_equal(subscriptions_find(&subs, STR("http://b.example/")), &subs.feed[1]);
	assert_null(subscriptions_find(&subs, STR("http://b.example")));
}

static void files_on_this_machine_may_stand_there(void **state)
{
	(void)state;
	loaded("file:///srv/feed.xml\n");
	assert_int_equal(subs.n, 1);
	assert_string_equal(buf_cstr(&said), "");
}

static void windows_lines_and_a_mark_are_read(void **state)
{
	(void)state;
	loaded("\xEF\xBB\xBFhttp://a.example/ x\r\nhttp://b.example/\r\n");
	assert_int_equal(subs.n, 2);
	is(subs.feed[0].url, "http://a.example/");
	is(subs.feed[0].tags[0], "x");
}

static void a_folder_in_its_place_is_an_error(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(subscriptions_load("/tmp", &subs, NULL, NULL, &e), ERR_IO);
	assert_non_null(strstr(e.text, "/tmp"));
	assert_int_equal(subs.n, 0);
}

static void the_first_feed_makes_the_file(void **state)
{
	struct stat st;

	(void)state;
	assert_true(add("http://a.example/feed"));
	holds("http://a.example/feed\n");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void adding_appends_and_keeps_the_rest(void **state)
{
	struct stat st;

	(void)state;
	written("# mine\nhttp://a.example/ tag # kept\n\nexec:ls\nhttp://b.example/ ~B");
	assert_true(add("http://c.example/"));
	holds("# mine\nhttp://a.example/ tag # kept\n\nexec:ls\nhttp://b.example/ "
	      "~B\nhttp://c.example/\n");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
}

static void adding_twice_changes_nothing(void **state)
{
	struct file_stamp before, after;

	(void)state;
	written("\"http://a.example/\" x");
	assert_true(file_stamp(path, &before));
	assert_false(add("http://a.example/"));
	assert_true(file_stamp(path, &after));
	assert_memory_equal(&before, &after, sizeof before);
}

static void line_ends_stay_what_they_are(void **state)
{
	(void)state;
	written("http://a.example/\r\n");
	assert_true(add("http://b.example/"));
	holds("http://a.example/\r\nhttp://b.example/\r\n");
}

static void an_address_with_blanks_is_quoted(void **state)
{
	(void)state;
	assert_true(add("file:///srv/my \"own\" feed.xml"));
	holds("\"file:///srv/my \\\"own\\\" feed.xml\"\n");
	assert_int_equal(subscriptions_load(path, &subs, NULL, NULL, NULL), ERR_NONE);
	is(subs.feed[0].url, "file:///srv/my \"own\" feed.xml");
	assert_false(add("file:///srv/my \"own\" feed.xml"));
}

static void what_is_no_address_is_not_added(void **state)
{
	bool added;
	struct error e;

	(void)state;
	assert_int_equal(subscriptions_add(path, STR("exec:ls"), &added, &e), ERR_USAGE);
	assert_int_equal(subscriptions_add(path, STR("a b"), &added, &e), ERR_USAGE);
	assert_int_equal(
		subscriptions_add(path, STR("http://a.example/\nhttp://b.example/"), &added, &e),
		ERR_USAGE);
	assert_int_equal(access(path, F_OK), -1);
}

static void removing_takes_every_line_of_the_address(void **state)
{
	(void)state;
	written("# top\nhttp://a.example/ x\nhttp://b.example/\n\"http://a.example/\"\n# end");
	assert_int_equal(subscriptions_remove(path, STR("http://a.example/"), NULL, NULL), ERR_NONE);
	holds("# top\nhttp://b.example/\n# end");
}

static void the_last_feed_can_be_removed(void **state)
{
	(void)state;
	written("http://a.example/\n");
	assert_int_equal(subscriptions_remove(path, STR("http://a.example/"), NULL, NULL), ERR_NONE);
	holds("");
}

static void removing_what_is_not_there_says_so(void **state)
{
	struct error e;

	(void)state;
	written("# http://a.example/\nhttp://b.example/\n");
	assert_int_equal(subscriptions_remove(path, STR("http://a.example/"), NULL, &e), ERR_NONESUCH);
	assert_string_equal(e.text, "not subscribed: http://a.example/");
	assert_int_equal(subscriptions_remove(path, STR(""), NULL, &e), ERR_USAGE);
	holds("# http://a.example/\nhttp://b.example/\n");
}

static void a_symbolic_link_stays_one(void **state)
{
	struct stat st;

	(void)state;
	written("");
	assert_int_equal(rename(path, other), 0);
	assert_int_equal(symlink("real", path), 0);
	assert_true(add("http://a.example/"));
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	holds("http://a.example/\n");
}

static void editing_waits_for_the_lock_and_gives_up(void **state)
{
	int lock;
	bool added;
	struct error e;

	(void)state;
	written("");
	assert_int_equal(file_lock(path, 0, &lock, NULL), ERR_NONE);
	assert_int_equal(subscriptions_add(path, STR("http://a.example/"), &added, &e), ERR_BUSY);
	assert_false(added);
	file_unlock(lock);
	assert_true(add("http://a.example/"));
}

static void many_feeds_load_at_once(void **state)
{
	struct buf text = buf_limited(1 << 22);

	(void)state;
	for (int i = 0; i < 20000; i++)
		buf_addf(&text, "http://%d.example/feed tag%d\n", i, i % 7);
	loaded(buf_cstr(&text));
	assert_int_equal(subs.n, 20000);
	is(subs.feed[19999].url, "http://19999.example/feed");
	buf_free(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static void merge(const struct subscription *feed, size_t n)
{
	struct error e = { .code = ERR_NONE };

	if (subscriptions_merge(path, feed, n, NULL, &e) != ERR_NONE)
		fail_msg("%s", e.text);
}

static void merging_adds_what_lacks_and_takes_nothing_away(void **state)
{
	struct str tags[] = { STR("old"), STR("two words"), STR("!no"), STR("#hash") };
	const struct subscription feed[] = {
		{ .url = STR("http://a.example/"), .title = STR("Theirs"), .tags = tags,
		  .ntags = 4 },
		{ .url = STR("http://b.example/"), .title = STR("B \"q\" \\"), .hidden = true },
		{ .url = STR("http://c.example/") },
	};

	(void)state;
	written("# c\r\nhttp://a.example/ old \"~Mine\" # why\r\nhttp://c.example/\r\n");
	merge(feed, 3);
	holds("# c\r\nhttp://a.example/ old \"~Mine\" \"two words\" \"#hash\" # why\r\n"
	      "http://c.example/\r\nhttp://b.example/ \"~B \\\"q\\\" \\\\\" !\r\n");
	merge(feed, 3);
	holds("# c\r\nhttp://a.example/ old \"~Mine\" \"two words\" \"#hash\" # why\r\n"
	      "http://c.example/\r\nhttp://b.example/ \"~B \\\"q\\\" \\\\\" !\r\n");
}

static void a_list_that_is_not_there_is_made_by_merging(void **state)
{
	const struct subscription feed = { .url = STR("http://a.example/") };

	(void)state;
	merge(&feed, 1);
	holds("http://a.example/\n");
}

static void another_address_keeps_tags_and_comment(void **state)
{
	struct error e;

	(void)state;
	written("\xEF\xBB\xBF  http://a.example/ tag # why\nhttp://b.example/ x\n");
	assert_int_equal(subscriptions_readdress(path, STR("http://a.example/"),
						 STR("https://new.example/"), NULL, &e), ERR_NONE);
	holds("\xEF\xBB\xBF  https://new.example/ tag # why\nhttp://b.example/ x\n");
	assert_int_equal(subscriptions_readdress(path, STR("http://b.example/"),
						 STR("https://new.example/"), NULL, &e), ERR_NONE);
	holds("\xEF\xBB\xBF  https://new.example/ tag # why\n");
	assert_int_equal(subscriptions_readdress(path, STR("http://b.example/"),
						 STR("https://c.example/"), NULL, &e), ERR_NONESUCH);
	assert_int_equal(subscriptions_readdress(path, STR("https://new.example/"),
						 STR("exec:touch x"), NULL, &e), ERR_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_missing_file_is_an_empty_list),
		TEST(a_line_has_an_address_tags_and_a_title),
		TEST(quotes_and_escapes_are_newsboats),
		TEST(programs_and_searches_are_refused_with_a_word_why),
		TEST(an_address_that_stands_twice_counts_once),
		TEST(files_on_this_machine_may_stand_there),
		TEST(windows_lines_and_a_mark_are_read),
		TEST(a_folder_in_its_place_is_an_error),
		TEST(merging_adds_what_lacks_and_takes_nothing_away),
		TEST(a_list_that_is_not_there_is_made_by_merging),
		TEST(another_address_keeps_tags_and_comment),
		TEST(the_first_feed_makes_the_file),
		TEST(adding_appends_and_keeps_the_rest),
		TEST(adding_twice_changes_nothing),
		TEST(line_ends_stay_what_they_are),
		TEST(an_address_with_blanks_is_quoted),
		TEST(what_is_no_address_is_not_added),
		TEST(removing_takes_every_line_of_the_address),
		TEST(the_last_feed_can_be_removed),
		TEST(removing_what_is_not_there_says_so),
		TEST(a_symbolic_link_stays_one),
		TEST(editing_waits_for_the_lock_and_gives_up),
		TEST(many_feeds_load_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
