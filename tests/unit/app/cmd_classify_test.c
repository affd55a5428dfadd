/* lede classify: entries in, labels out. */
#include "cli_fixture.h"

static const char day[] =
	"{\"id\": \"a\", \"title\": \"Bridge reopens\", \"lang\": \"en\"}\n"
	"{\"id\": 7, \"title\": \"A mattress that knows you (paid content)\"}\n"
	"\n"
	"{\"id\": \"c\", \"title\": \"北京市2022-04-14星期四大部晴好最高氣溫21℃\"}\r\n"
	"{\"id\": \"d\"}";

static void every_entry_is_answered_with_a_label_and_the_rule(void **state)
{
	(void)state;
	cli_input = day;
	assert_int_equal(lede("classify --json"), EXIT_DONE);
	assert_string_equal(
		cli_out,
		"{\"id\": \"a\", \"label\": \"news\", \"score\": 0, \"rule\": null, "
		"\"reason\": null}\n"
		"{\"id\": 7, \"label\": \"advert\", \"score\": 1, \"rule\": \"advert-marked\", "
		"\"reason\": \"marked as paid\"}\n"
		"{\"id\": \"c\", \"label\": \"weather\", \"score\": 1, "
		"\"rule\": \"weather-report\", "
		"\"reason\": \"weather notice\"}\n"
		"{\"id\": \"d\", \"label\": \"news\", \"score\": 0, \"rule\": null, "
		"\"reason\": null}\n");
	assert_string_equal(cli_err, "");
}

static void people_get_a_line_each(void **state)
{
	(void)state;
	cli_input = day;
	assert_int_equal(lede("classify"), EXIT_DONE);
	assert_string_equal(cli_out,
			    "news       Bridge reopens\n"
			    "advert     A mattress that knows you (paid content) · marked as paid\n"
			    "weather    北京市2022-04-14星期四大部晴好最高氣溫21℃ · weather notice\n"
			    "news       (no title)\n");
}

static void what_is_no_entry_ends_it(void **state)
{
	(void)state;
	cli_input = "{\"id\": 1, \"title\": \"x\"}\n{\"title\": \"y\"}\n";
	assert_int_equal(lede("classify --json"), EXIT_USAGE);
	assert_true(says("line 2 of the input"));
	cli_input = NULL;
	assert_int_equal(lede("classify"), EXIT_DONE);
	assert_string_equal(cli_out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLI_TEST(every_entry_is_answered_with_a_label_and_the_rule),
		CLI_TEST(people_get_a_line_each),
		CLI_TEST(what_is_no_entry_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
