/* lede search, run as from a shell. */
#include "cli_fixture.h"

#include <stdio.h>

#include "lede/store/search.h"
#include "lede/store/store.h"

#define KEYS "id story title source feed link author published updated read starred filler"

static json_t *found(const char *line, int status)
{
	json_t *all = lede_json(line, status);

	has_keys(all, "entries");
	return json_object_get(all, "entries");
}

static void words_find_entries_newest_first(void **state)
{
	(void)state;
	fill_cache();
	assert_int_equal(lede("search ministry"), EXIT_DONE);
	assert_non_null(strstr(cli_out, "Ministry to tighten rules on personal data"));
	assert_string_equal(cli_err, "");
	assert_int_equal(lede("search MINISTRY rivers"), EXIT_NOTHING);
	assert_string_equal(cli_out, "");
	assert_int_equal(lede("search swimmers rivers"), EXIT_DONE);
	assert_non_null(strstr(cli_out, "Swimmers ask"));
}

static void json_has_the_keys_of_an_entry(void **state)
{
	json_t *entries;

	(void)state;
	fill_cache();
	entries = found("search --json ministry", EXIT_DONE);
	assert_int_equal(json_array_size(entries), 2);
	has_keys(json_array_get(entries, 0), KEYS);
	assert_true(number_of(json_array_get(entries, 0), "id") >
	            number_of(json_array_get(entries, 1), "id"));
	entries = found("search -n 1 --json ministry", EXIT_DONE);
	assert_int_equal(json_array_size(entries), 1);
	entries = found("search --json nowhere", EXIT_NOTHING);
	assert_int_equal(json_array_size(entries), 0);
	entries = found("search --best --json ministry rules", EXIT_DONE);
	assert_int_equal(json_array_size(entries), 2);
}

static void what_is_seen_is_found(void **state)
{
	(void)state;
	fill_cache();
	assert_int_equal(lede("search 監管"), EXIT_DONE); /* glossed in the text */
	assert_int_equal(lede("search 监管"), EXIT_DONE);
	assert_int_equal(lede("search 管"), EXIT_DONE);
	assert_int_equal(lede("search rules.example"), EXIT_NOTHING); /* an address */
}

static void phrases_and_narrowing_pass_the_shell(void **state)
{
	(void)state;
	fill_cache();
	assert_int_equal(lede("search '\"open comment\"'"), EXIT_DONE);
	assert_int_equal(lede("search '\"comment open\"'"), EXIT_NOTHING);
	assert_int_equal(lede("search 'title:personal data'"), EXIT_DONE);
	assert_int_equal(lede("search 'title:data personal'"), EXIT_NOTHING);
	assert_int_equal(json_array_size(found("search --json ministry feed:a.example", 0)), 1);
	assert_int_equal(json_array_size(found("search --json -- ministry -copy", 0)), 1);
	assert_int_equal(lede("search ministry is:starred"), EXIT_NOTHING);
	assert_int_equal(lede("search ministry is:unread after:1d"), EXIT_DONE);
	assert_int_equal(lede("search ministry before:2025"), EXIT_NOTHING);
}

static void what_cannot_be_asked_is_wrong_usage(void **state)
{
	(void)state;
	fill_cache();
	assert_int_equal(lede("search"), EXIT_USAGE);
	assert_int_equal(lede("search after:soon"), EXIT_USAGE);
	assert_true(says("after: takes a day"));
	assert_int_equal(lede("search is:old"), EXIT_USAGE);
	assert_int_equal(lede("search '&'"), EXIT_USAGE);
	assert_true(says("no word to search for"));
	assert_int_equal(lede("search x feed:nobody"), EXIT_NOTHING);
	assert_true(says("no feed has “nobody” in its title or address"));
	assert_string_equal(cli_out, "");
}

static void without_a_cache_it_says_so(void **state)
{
	(void)state;
	assert_int_equal(lede("search x"), EXIT_NOTHING);
	assert_true(says("no feeds yet"));
}

static void in_the_index_and_beside_it_the_same_is_found(void **state)
{
	const struct search_pace pace = { .entries = 3 };
	struct search_index *x;
	struct store *s;
	char path[128];
	bool more = true;

	(void)state;
	fill_cache();
	snprintf(path, sizeof path, "%s/db", cli_folder);
	assert_int_equal(store_open(path, STORE_WRITE, &s, NULL), ERR_NONE);
	assert_int_equal(search_index_open(s, &x, NULL), ERR_NONE);
	assert_int_equal(search_index_step(x, &pace, &more, NULL), ERR_NONE);
	search_index_close(x);
	store_close(s);
	assert_true(more);
	assert_int_equal(json_array_size(found("search --json ministry", 0)), 2);
	assert_int_equal(lede("search swimmers"), EXIT_DONE);
	assert_int_equal(lede("search title:evil"), EXIT_DONE);
	assert_null(strchr(cli_out, '\x1b'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLI_TEST(words_find_entries_newest_first),
		CLI_TEST(json_has_the_keys_of_an_entry),
		CLI_TEST(what_is_seen_is_found),
		CLI_TEST(phrases_and_narrowing_pass_the_shell),
		CLI_TEST(what_cannot_be_asked_is_wrong_usage),
		CLI_TEST(without_a_cache_it_says_so),
		CLI_TEST(in_the_index_and_beside_it_the_same_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
