#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/base/file.h"

/* The words of a line, each in <>. */
static const char *split(struct str line)
{
	static char joined[512];
	struct buf all = buf_limited(sizeof joined - 1);
	struct error e;
	char **argv;
	int argc;

	assert_int_equal(argv_split(line, &argv, &argc, &e), ERR_NONE);
	assert_null(argv[argc]);
	for (int i = 0; i < argc; i++)
		assert_int_equal(buf_addf(&all, "<%s>", argv[i]), ERR_NONE);
	memcpy(joined, buf_cstr(&all), all.n + 1);
	buf_free(&all);
	free(argv);
	return joined;
}

#define assert_split(line, words) assert_string_equal(split(STR(line)), words)

static void assert_no_command(struct str line, const char *sentence)
{
	struct error e;
	char **argv = NULL;
	int argc;

	assert_int_equal(argv_split(line, &argv, &argc, &e), ERR_SYNTAX);
	assert_int_equal(e.code, ERR_SYNTAX);
	assert_string_equal(e.text, sentence);
	assert_null(argv);
}

static void blanks_separate_words(void **state)
{
	(void)state;
	assert_split("xdg-open --new  a", "<xdg-open><--new><a>");
	assert_split(" \t a\nb\r\n", "<a><b>");
}

static void a_line_of_blanks_has_no_words(void **state)
{
	(void)state;
	assert_split("", "");
	assert_split("  \t ", "");
	assert_string_equal(split((struct str){ NULL, 0 }), "");
}

static void single_quotes_take_everything_as_it_is(void **state)
{
	(void)state;
	assert_split("'a b' 'c\\' '$HOME `d`' '\"'", "<a b><c\\><$HOME `d`><\">");
}

static void double_quotes_know_a_backslash_before_four_characters(void **state)
{
	(void)state;
	assert_split("\"a b\" \"it's\"", "<a b><it's>");
	assert_split("\"\\\" \\\\ \\$ \\`\"", "<\" \\ $ `>");
	assert_split("\"\\n \\' \\a\"", "<\\n \\' \\a>");
}

static void a_backslash_outside_takes_the_next_character_as_it_is(void **state)
{
	(void)state;
	assert_split("a\\ b \\\"c\\' \\\\ \\n", "<a b><\"c'><\\><n>");
	assert_split("\\ ", "< >");
}

static void a_backslash_at_the_end_is_one(void **state)
{
	(void)state;
	assert_split("a\\", "<a\\>");
	assert_split("\\", "<\\>");
}

static void quotes_join_with_what_they_touch(void **state)
{
	(void)state;
	assert_split("a'b c'd\"e f\"g", "<ab cde fg>");
	assert_split("--title='a b'", "<--title=a b>");
}

static void empty_quotes_are_an_empty_word(void **state)
{
	(void)state;
	assert_split("'' a \"\"", "<><a><>");
	assert_split("a''b", "<ab>");
}

static void nothing_is_expanded(void **state)
{
	(void)state;
	assert_split("$HOME ~ *.c `ls` $(ls) a;b |c >d &",
		     "<$HOME><~><*.c><`ls`><$(ls)><a;b><|c><>d><&>");
}

static void bytes_beyond_ascii_are_letters(void **state)
{
	(void)state;
	/* The second byte of à is that of a blank in Latin-1. */
	assert_split("中文 \xc3\xa0 b", "<中文><\xc3\xa0><b>");
}

static void an_open_quote_is_no_command(void **state)
{
	(void)state;
	assert_no_command(STR("a 'b"), "a quote is not closed in: a 'b");
	assert_no_command(STR("\""), "a quote is not closed in: \"");
	assert_no_command(STR("\"a\\\""), "a quote is not closed in: \"a\\\"");
	assert_no_command(STR("'a\"'b\""), "a quote is not closed in: 'a\"'b\"");
}

static void a_nul_is_in_no_command(void **state)
{
	(void)state;
	assert_no_command(STR("open a\0b"), "a NUL is in the command: open a");
}

static void the_shortest_words_fit(void **state)
{
	char line[2001];
	struct error e;
	char **argv;
	int argc;

	(void)state;
	for (size_t i = 0; i < sizeof line; i++)
		line[i] = i % 2 ? ' ' : 'a';
	assert_int_equal(argv_split((struct str){ line, sizeof line }, &argv, &argc, &e), ERR_NONE);
	assert_int_equal(argc, 1001);
	assert_string_equal(argv[1000], "a");
	assert_null(argv[1001]);
	free(argv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blanks_separate_words),
		cmocka_unit_test(a_line_of_blanks_has_no_words),
		cmocka_unit_test(single_quotes_take_everything_as_it_is),
		cmocka_unit_test(double_quotes_know_a_backslash_before_four_characters),
		cmocka_unit_test(a_backslash_outside_takes_the_next_character_as_it_is),
		cmocka_unit_test(a_backslash_at_the_end_is_one),
		cmocka_unit_test(quotes_join_with_what_they_touch),
		cmocka_unit_test(empty_quotes_are_an_empty_word),
		cmocka_unit_test(nothing_is_expanded),
		cmocka_unit_test(bytes_beyond_ascii_are_letters),
		cmocka_unit_test(an_open_quote_is_no_command),
		cmocka_unit_test(a_nul_is_in_no_command),
		cmocka_unit_test(the_shortest_words_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
