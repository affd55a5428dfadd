#include "lede/app/config_edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lede/base/file.h"

static char folder[64], path[96];

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/lede-config.XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/config", folder);
	return 0;
}

static int tear_down(void **state)
{
	char lock[128];

	(void)state;
	snprintf(lock, sizeof lock, "%s.lock", path);
	unlink(lock);
	unlink(path);
	return rmdir(folder);
}

static void becomes(const char *before, struct config_setting s, const char *after)
{
	struct buf got = buf_limited(1 << 16);
	struct error e = { .code = ERR_NONE };

	if (before)
		assert_int_equal(file_replace(path, str_of(before), 0600, NULL), ERR_NONE);
	if (config_add(path, &s, 1, &e) != ERR_NONE)
		fail_msg("%s", e.text);
	assert_int_equal(file_read(path, &got, NULL), ERR_NONE);
	assert_string_equal(buf_cstr(&got), after);
	buf_free(&got);
}

static const struct config_setting timeout = { OPT_TIMEOUT, SCOPE_GLOBAL, { "", 0 }, { "30", 2 } };

static void is_put(const char *before, struct config_setting s, const char *after)
{
	struct buf got = buf_limited(1 << 16);
	struct error e = { .code = ERR_NONE };

	if (before)
		assert_int_equal(file_replace(path, str_of(before), 0600, NULL), ERR_NONE);
	if (config_put(path, &s, &e) != ERR_NONE)
		fail_msg("%s", e.text);
	assert_int_equal(file_read(path, &got, NULL), ERR_NONE);
	assert_string_equal(buf_cstr(&got), after);
	buf_free(&got);
}

static void what_is_put_takes_the_place_of_the_line_that_holds(void **state)
{
	(void)state;
	is_put(NULL, timeout, "timeout = 30\n");
	is_put("# mine\n[lede]\ntimeout = 9   # short\nkeep = 1d\n", timeout,
	       "# mine\n[lede]\ntimeout = 30\nkeep = 1d\n");
	is_put("timeout = 1\ntimeout = 2\n", timeout, "timeout = 1\ntimeout = 30\n");
	is_put("[lede]\ntimeout = 9", timeout, "[lede]\ntimeout = 30\n");
}

static void what_is_put_leaves_other_sections_alone(void **state)
{
	(void)state;
	is_put("[tag slow]\ntimeout = 90\n", timeout, "timeout = 30\n[tag slow]\ntimeout = 90\n");
	is_put("timeout = 5\n[tag slow]\ntimeout = 90\n", timeout,
	       "timeout = 30\n[tag slow]\ntimeout = 90\n");
}

static void a_file_is_made_when_there_is_none(void **state)
{
	(void)state;
	becomes(NULL, timeout, "timeout = 30\n");
}

static void a_global_setting_stands_in_lede(void **state)
{
	(void)state;
	becomes("# mine\n[lede]\ntheme = dark\n[tag x]\n", timeout,
		"# mine\n[lede]\ntimeout = 30\ntheme = dark\n[tag x]\n");
}

static void without_that_section_it_stands_before_the_first(void **state)
{
	(void)state;
	becomes("theme = dark\n[tag x]\nweight = 1\n", timeout,
		"theme = dark\ntimeout = 30\n[tag x]\nweight = 1\n");
}

static void a_last_line_without_an_end_gets_one(void **state)
{
	(void)state;
	becomes("theme = dark", timeout, "theme = dark\ntimeout = 30\n");
}

static void what_is_set_stays(void **state)
{
	(void)state;
	becomes("[lede]\ntimeout = 5\n", timeout, "[lede]\ntimeout = 5\n");
}

static void what_is_set_elsewhere_does_not_count(void **state)
{
	struct config_setting s = { OPT_TIMEOUT, SCOPE_FEED, STR("http://a.example/"), STR("9") };

	(void)state;
	becomes("timeout = 5\n", s, "timeout = 5\n\n[feed http://a.example/]\ntimeout = 9\n");
	becomes(NULL, s, "timeout = 5\n\n[feed http://a.example/]\ntimeout = 9\n");
}

static void a_value_that_holds_a_hash_is_quoted(void **state)
{
	struct config_setting s = { OPT_USER_AGENT, SCOPE_GLOBAL, STR(""), STR("me #1") };

	(void)state;
	becomes(NULL, s, "user-agent = \"me #1\"\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_made_when_there_is_none),
		TEST(what_is_put_takes_the_place_of_the_line_that_holds),
		TEST(what_is_put_leaves_other_sections_alone),
		TEST(a_global_setting_stands_in_lede),
		TEST(without_that_section_it_stands_before_the_first),
		TEST(a_last_line_without_an_end_gets_one),
		TEST(what_is_set_stays),
		TEST(what_is_set_elsewhere_does_not_count),
		TEST(a_value_that_holds_a_hash_is_quoted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
