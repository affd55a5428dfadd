/* lede rank: entries in, best first with reasons out. */
#include "cli_fixture.h"

#include <math.h>
#include <stdio.h>

#include "lede/base/str.h"

/* Entries of Paper Daily, an hour and a day old, and one of City News. */
static const char three[] =
	"{\"id\": \"old\", \"time\": 1744532040, \"source\": \"Paper Daily\", \"title\": \"Tea dearer\"}\n"
	"{\"id\": \"new\", \"time\": 1744614840, \"source\": \"Paper Daily\", \"title\": \"Night train\"}\n"
	"{\"id\": 3, \"time\": 1744532040, \"source\": \"City News\", \"title\": \"Data rules\"}\n";

static const char *id_at(json_t *lines, size_t i)
{
	const char *id = string_of(json_array_get(lines, i), "id");

	return id ? id : "3";
}

static json_t *reason(json_t *row, const char *signal)
{
	json_t *why = json_object_get(row, "why"), *one;
	size_t i;

	json_array_foreach(why, i, one)
		if (strcmp(string_of(one, "signal"), signal) == 0)
			return one;
	return NULL;
}

static char *path_in_folder(const char *name)
{
	static char path[128];

	snprintf(path, sizeof path, "%s/%s", cli_folder, name);
	return path;
}

/* "rank OPTION FILE", the file in the test's folder. */
static json_t *ranked_with(const char *option, const char *name)
{
	char line[256];

	snprintf(line, sizeof line, "rank %s %s", option, path_in_folder(name));
	return lede_json_lines(line, EXIT_DONE);
}

static void without_history_the_newer_comes_first(void **state)
{
	json_t *lines;

	(void)state;
	cli_input = three;
	lines = lede_json_lines("rank", EXIT_DONE);
	assert_int_equal(json_array_size(lines), 3);
	assert_string_equal(id_at(lines, 0), "new");
	assert_string_equal(id_at(lines, 1), "old");   /* as they came */
	has_keys(json_array_get(lines, 0), "id score why");
	has_keys(reason(json_array_get(lines, 0), "fresh"), "signal points text");
}

static void what_was_starred_comes_first_and_says_why(void **state)
{
	json_t *lines;

	(void)state;
	cli_input = three;
	write_file("history", "{\"id\": 1, \"time\": 1744400000, \"source\": \"City News\","
			      " \"title\": \"Data protection\", \"action\": \"star\"}\n"
			      "{\"id\": 2, \"time\": 1744400001, \"source\": \"City News\","
			      " \"title\": \"Data rules in schools\", \"action\": \"star\"}\n");
	lines = ranked_with("--history", "history");
	assert_string_equal(id_at(lines, 0), "3");
	assert_non_null(reason(json_array_get(lines, 0), "words"));
	assert_string_equal(string_of(reason(json_array_get(lines, 0), "feed"), "text"),
			    "you read City News");
}

static void skips_count_against_and_unknown_actions_for_nothing(void **state)
{
	json_t *lines;

	(void)state;
	cli_input = three;
	write_file("history", "{\"id\": 1, \"time\": 1744400000, \"source\": \"City News\","
			      " \"title\": \"Data\", \"action\": \"ponder\"}\n");
	lines = ranked_with("--history", "history");
	assert_null(reason(json_array_get(lines, 0), "words"));
	write_file("history", "{\"id\": 1, \"time\": 1744400000, \"source\": \"X\","
			      " \"title\": \"Data\", \"action\": \"star\"}\n"
			      "{\"id\": 1, \"time\": 1744400000, \"source\": \"X\","
			      " \"title\": \"Night train\", \"action\": \"skip\"}\n");
	lines = ranked_with("--history", "history");
	assert_string_equal(id_at(lines, 0), "3");
}

static void votes_of_what_came_before_speak_for_a_source(void **state)
{
	json_t *lines;

	(void)state;
	cli_input = three;
	write_file("seen", "{\"id\": 1, \"time\": 1744400000, \"source\": \"City News\","
			   " \"title\": \"Chess\", \"points\": 400}\n");
	lines = ranked_with("--seen", "seen");
	assert_string_equal(id_at(lines, 0), "3");
	assert_non_null(reason(json_array_get(lines, 0), "promin"));
}

static void what_came_later_is_not_looked_at(void **state)
{
	json_t *lines;

	(void)state;
	cli_input = three;
	write_file("seen", "{\"id\": 1, \"time\": 1744618440, \"source\": \"City News\","
			   " \"title\": \"Chess\", \"points\": 400}\n");
	lines = ranked_with("--seen", "seen");
	for (size_t i = 0; i < 3; i++)
		assert_null(reason(json_array_get(lines, i), "promin"));
}

static void the_order_of_a_hot_list_counts(void **state)
{
	json_t *lines;

	(void)state;
	cli_input = "{\"id\": \"second\", \"source\": \"Hot\", \"title\": \"A\", \"rank\": 2}\n"
		    "{\"id\": \"first\", \"source\": \"Hot\", \"title\": \"B\", \"rank\": 1}\n"
		    "{\"id\": \"none\", \"source\": \"Hot\", \"title\": \"C\", \"rank\": -1e300}\n";
	lines = lede_json_lines("rank", EXIT_DONE);
	assert_string_equal(id_at(lines, 0), "first");
	assert_string_equal(id_at(lines, 1), "second");
	assert_non_null(reason(json_array_get(lines, 0), "order"));
	assert_null(reason(json_array_get(lines, 2), "order"));
}

static void filler_stands_at_the_end_and_says_why(void **state)
{
	json_t *lines;

	(void)state;
	cli_input = "{\"id\": \"ad\", \"time\": 1744614840, \"source\": \"Paper Daily\","
		    " \"title\": \"A mattress that knows you (paid content)\"}\n"
		    "{\"id\": \"old\", \"time\": 1744532040, \"source\": \"Paper Daily\","
		    " \"title\": \"Tea dearer\"}\n";
	lines = lede_json_lines("rank", EXIT_DONE);
	assert_string_equal(id_at(lines, 0), "old");
	assert_string_equal(id_at(lines, 1), "ad");
	assert_null(reason(json_array_get(lines, 0), "notice"));
	assert_true(json_number_value(json_object_get(
			    reason(json_array_get(lines, 1), "notice"), "points")) == -60);
}

static void people_get_numbers_titles_and_the_sum(void **state)
{
	(void)state;
	cli_input = "{\"id\": 1, \"time\": 1744611240, \"source\": \"Hot\", \"title\": \"Night train\","
		    " \"rank\": 1}\n";
	assert_int_equal(lede("rank"), EXIT_DONE);
	assert_string_equal(cli_out, "  1 Night train · Hot · 2h\n"
				     "    24: 2 h old +20, rank 1 in a hot list +4\n");
}

static void a_file_that_cannot_be_read_is_named(void **state)
{
	(void)state;
	cli_input = three;
	assert_int_equal(lede("rank --seen /nonexistent/seen"), EXIT_NOTHING);
	assert_true(says("/nonexistent/seen"));
	assert_string_equal(cli_out, "");
	write_file("history", "{\"id\": 1}\nno JSON\n");
	char line[256];

	snprintf(line, sizeof line, "rank --history %s", path_in_folder("history"));
	assert_int_equal(lede(line), EXIT_USAGE);
	assert_true(says("line 2 of "));
	assert_int_equal(lede("rank --history"), EXIT_USAGE);
	assert_int_equal(lede("rank FILE"), EXIT_USAGE);
}

/* ---- every printed score is the sum of its printed parts ---- */

enum { RANDOM_ENTRIES = 10000 };

static uint32_t next_random(uint32_t *random)
{
	*random = *random * 1664525 + 1013904223;
	return *random >> 8;
}

static void add_random_entry(struct buf *out, uint32_t *random, int id, const char *more)
{
	static const char *const words[] = { "tea", "train", "data", "rules", "bridge", "river",
					     "chess", "监管", "数据", "地震", "vote", "市場" };
	uint32_t time = 1744618440 - next_random(random) % 400000;

	buf_addf(out, "{\"id\": %d, \"time\": %u, \"source\": \"s%u\", \"title\": \"", id, time,
		 next_random(random) % 40);
	for (uint32_t n = next_random(random) % 8; n-- > 0;)
		buf_addf(out, "%s ", words[next_random(random) % 12]);
	buf_addf(out, "\", \"rank\": %u, \"points\": %u%s}\n", next_random(random) % 60,
		 next_random(random) % 500, more);
}

static struct buf random_entries(int n, uint32_t random, bool acted)
{
	static const char *const actions[] = { ", \"action\": \"open\"", ", \"action\": \"star\"",
					       ", \"action\": \"skip\"" };
	struct buf out = buf_limited(8 << 20);

	for (int i = 0; i < n; i++)
		add_random_entry(&out, &random, i, acted ? actions[i % 3] : "");
	return out;
}

/* "rank" with history and entries seen, over random entries. */
static struct buf random_world(char line[static 512])
{
	struct buf history = random_entries(300, 3, true), seen = random_entries(3000, 5, false);
	char from[128];

	write_file("history", buf_cstr(&history));
	write_file("seen", buf_cstr(&seen));
	snprintf(from, sizeof from, "%s", path_in_folder("history"));
	snprintf(line, 512, "rank --history %s --seen %s", from, path_in_folder("seen"));
	buf_free(&history);
	buf_free(&seen);
	return random_entries(RANDOM_ENTRIES, 7, false);
}

static long hundredths(json_t *number)
{
	return lround(json_number_value(number) * 100);
}

static void the_hundredths_of_a_point_add_up(void **state)
{
	char line[512];
	struct buf input = random_world(line);
	size_t i, k, parts = 0;
	json_t *row, *why;

	(void)state;
	cli_input = buf_cstr(&input);
	json_t *lines = lede_json_lines(line, EXIT_DONE);

	assert_int_equal(json_array_size(lines), RANDOM_ENTRIES);
	json_array_foreach(lines, i, row) {
		long sum = 0;

		json_array_foreach(json_object_get(row, "why"), k, why) {
			sum += hundredths(json_object_get(why, "points"));
			parts++;
		}
		assert_int_equal(sum, hundredths(json_object_get(row, "score")));
	}
	assert_true(parts > 4 * RANDOM_ENTRIES);
	buf_free(&input);
}

/* "    24: 2 h old +20, rank 1 in a hot list +4": the last number of each part. */
static long sum_of_parts(struct str parts)
{
	long sum = 0;

	for (size_t i = 1; i < parts.n; i++)
		if ((parts.p[i] == '+' || parts.p[i] == '-') && parts.p[i - 1] == ' ' &&
		    ascii_is_digit(parts.p[i + 1]))
			sum += strtol(parts.p + i, NULL, 10);
	return sum;
}

static void the_whole_points_shown_add_up(void **state)
{
	char line[512];
	struct buf input = random_world(line);
	struct str rest, one;
	int rows = 0;

	(void)state;
	cli_input = buf_cstr(&input);
	assert_int_equal(lede(line), EXIT_DONE);
	for (rest = str_of(cli_out); str_next_line(&rest, &one); rows++) {
		assert_true(str_next_line(&rest, &one));
		struct str parts = one, score;

		assert_true(str_next(&parts, ':', &score));
		assert_int_equal(strtol(score.p, NULL, 10), sum_of_parts(parts));
	}
	assert_int_equal(rows, RANDOM_ENTRIES);
	buf_free(&input);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLI_TEST(without_history_the_newer_comes_first),
		CLI_TEST(what_was_starred_comes_first_and_says_why),
		CLI_TEST(skips_count_against_and_unknown_actions_for_nothing),
		CLI_TEST(votes_of_what_came_before_speak_for_a_source),
		CLI_TEST(what_came_later_is_not_looked_at),
		CLI_TEST(the_order_of_a_hot_list_counts),
		CLI_TEST(filler_stands_at_the_end_and_says_why),
		CLI_TEST(people_get_numbers_titles_and_the_sum),
		CLI_TEST(a_file_that_cannot_be_read_is_named),
		CLI_TEST(the_hundredths_of_a_point_add_up),
		CLI_TEST(the_whole_points_shown_add_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
