/* lede fold: entries in, stories out. */
#include "cli_fixture.h"

static const char day[] =
	"{\"id\": \"a\", \"time\": 1744610000, \"source\": \"Paper Daily\","
	" \"title\": \"Bridge over the Elbe reopens after two years of work\"}\n"
	"\n"
	"{\"id\": 7, \"time\": 1744610100, \"source\": \"City News\","
	" \"title\": \"Parliament votes on the new budget\", \"lead\": \"passed over\"}\r\n"
	"{\"id\": \"c\", \"time\": 1744610200.5, \"source\": \"City News\","
	" \"title\": \"Elbe bridge reopens after two years\"}";

static void every_entry_is_answered_with_the_id_of_its_story(void **state)
{
	(void)state;
	cli_input = day;
	assert_int_equal(lede("fold --json"), EXIT_DONE);
	assert_string_equal(cli_out, "{\"id\": \"a\", \"story\": \"a\"}\n"
				     "{\"id\": 7, \"story\": 7}\n"
				     "{\"id\": \"c\", \"story\": \"a\"}\n");
	assert_string_equal(cli_err, "");
}

static void people_get_the_stories_with_their_entries(void **state)
{
	(void)state;
	cli_input = day;
	assert_int_equal(lede("fold"), EXIT_DONE);
	assert_string_equal(
		cli_out,
		"     1 Bridge over the Elbe reopens after two years of work · Paper Daily +1 · 2h\n"
		"       Elbe bridge reopens after two years · City News\n"
		"     2 Parliament votes on the new budget · City News · 2h\n");
}

static void nothing_in_is_nothing_out(void **state)
{
	(void)state;
	assert_int_equal(lede("fold --json"), EXIT_DONE);
	assert_string_equal(cli_out, "");
	assert_int_equal(lede("fold"), EXIT_DONE);
	assert_string_equal(cli_out, "");
}

static void a_line_that_is_no_entry_ends_it_and_is_named(void **state)
{
	static const char *const bad[] = { "{", "[]", "{\"title\": \"x\"}", "{\"id\": 1.5}", "null" };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char input[200];

		snprintf(input, sizeof input, "{\"id\": 1}\n%s\n{\"id\": 2}\n", bad[i]);
		cli_input = input;
		assert_int_equal(lede("fold --json"), EXIT_USAGE);
		assert_string_equal(cli_out, "{\"id\": 1, \"story\": 1}\n");
		assert_true(says("line 2 of the input"));
	}
}

static void what_titles_hold_does_no_harm(void **state)
{
	(void)state;
	cli_input = "{\"id\": \"\\u001b[31m\", \"title\": \"\\u0000\\u001b[31m red\"}\n"
		    "{\"id\": 2, \"time\": 1e300, \"title\": [1, 2], \"source\": null}\n"
		    "{\"id\": 2, \"time\": -9223372036854775807, \"title\": \"\\ufffd\\ufffd?\"}\n";
	assert_int_equal(json_array_size(lede_json_lines("fold", EXIT_DONE)), 3);
	assert_null(strchr(cli_out, '\x1b'));
	assert_int_equal(lede("fold"), EXIT_DONE);
	assert_null(strchr(cli_out, '\x1b'));
	assert_non_null(strstr(cli_out, "(no title)"));
}

static void a_line_beyond_reason_is_refused(void **state)
{
	size_t n = (1 << 20) + 100;
	char *line = calloc(1, n + 1);

	(void)state;
	memset(line, ' ', n);
	memcpy(line, "{\"id\": 1, \"a\":", 14);
	memcpy(line + n - 2, "1}", 2);
	cli_input = line;
	assert_int_equal(lede("fold --json"), EXIT_NOTHING);
	assert_true(says("line 1 of the input is longer than 1 MB"));
	cli_input = NULL;
	free(line);
}

static void it_takes_no_words_and_no_options_of_others(void **state)
{
	(void)state;
	assert_int_equal(lede("fold FILE"), EXIT_USAGE);
	assert_true(says("usage: lede fold"));
	assert_int_equal(lede("fold --seen FILE"), EXIT_USAGE);
	assert_int_equal(lede("fold -n 3"), EXIT_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLI_TEST(every_entry_is_answered_with_the_id_of_its_story),
		CLI_TEST(people_get_the_stories_with_their_entries),
		CLI_TEST(nothing_in_is_nothing_out),
		CLI_TEST(a_line_that_is_no_entry_ends_it_and_is_named),
		CLI_TEST(what_titles_hold_does_no_harm),
		CLI_TEST(a_line_beyond_reason_is_refused),
		CLI_TEST(it_takes_no_words_and_no_options_of_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
