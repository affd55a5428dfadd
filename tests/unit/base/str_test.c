#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lede/base/str.h"

#define assert_str(s, want) do { \
	struct str got_ = (s); \
	assert_int_equal(got_.n, sizeof(want) - 1); \
	assert_memory_equal(got_.p ? got_.p : "", want, sizeof(want) - 1); \
} while (0)

static const struct str nothing = { NULL, 0 };

/* ---- comparing ---- */

static void a_null_pointer_is_the_empty_string(void **state)
{
	(void)state;
	assert_str(str_of(NULL), "");
	assert_non_null(str_of(NULL).p);
	assert_true(str_eq(nothing, STR("")));
	assert_true(str_eq_nocase(nothing, STR("")));
	assert_true(str_is(nothing, ""));
	assert_true(str_starts(nothing, ""));
	assert_true(str_starts_nocase(nothing, ""));
	assert_true(str_ends(nothing, ""));
	assert_false(str_starts(nothing, "a"));
	assert_false(str_ends(nothing, "a"));
	assert_int_equal(str_cmp(nothing, STR("")), 0);
	assert_str(str_trim(nothing), "");
	assert_str(str_sub(nothing, 1, 2), "");
}

static void a_nul_is_a_byte_like_any_other(void **state)
{
	(void)state;
	assert_int_equal(STR("a\0b").n, 3);
	assert_false(str_eq(STR("a\0b"), STR("a\0c")));
	assert_false(str_is(STR("a\0"), "a"));
	assert_true(str_ends(STR("\0b"), "b"));
	assert_int_equal(str_find(STR("ab\0c"), '\0'), 2);
	assert_int_equal(str_find(STR("ab\0c"), 'c'), 3);
	assert_int_equal(str_find_str(STR("a\0\0b"), STR("\0b")), 2);
	assert_true(str_cmp(STR("a\0"), STR("a")) > 0);
}

static void a_part_is_clamped_to_the_whole(void **state)
{
	struct str s = STR("entry");

	(void)state;
	assert_str(str_sub(s, 1, 3), "nt");
	assert_str(str_sub(s, 0, SIZE_MAX), "entry");
	assert_str(str_sub(s, 3, 1), "");
	assert_str(str_sub(s, 9, 12), "");
	assert_str(str_sub(s, 5, 5), "");
	assert_str(str_sub(s, SIZE_MAX, 0), "");
}

static void only_ascii_letters_lose_their_case(void **state)
{
	(void)state;
	assert_true(str_eq_nocase(STR("Content-TYPE"), STR("content-type")));
	assert_false(str_eq_nocase(STR("content-type"), STR("content-typ")));
	/* 0x20 apart as letters are, but none. */
	assert_false(str_eq_nocase(STR("[@"), STR("{`")));
	assert_false(str_eq_nocase(STR("\xc3\x84"), STR("\xc3\xa4")));
	assert_true(str_starts_nocase(STR("HTTPS://a"), "https:"));
	assert_false(str_starts_nocase(STR("http"), "https:"));
}

static void a_prefix_or_suffix_may_be_the_whole(void **state)
{
	(void)state;
	assert_true(str_starts(STR("abc"), "abc"));
	assert_true(str_ends(STR("abc"), "abc"));
	assert_true(str_ends(STR("a.xml"), ".xml"));
	assert_false(str_starts(STR("ab"), "abc"));
	assert_false(str_ends(STR("bc"), "abc"));
	assert_false(str_starts(STR("abc"), "ABC"));
}

static void order_is_that_of_unsigned_bytes_and_shorter_first(void **state)
{
	(void)state;
	assert_true(str_cmp(STR("a"), STR("b")) < 0);
	assert_true(str_cmp(STR("b"), STR("a")) > 0);
	assert_true(str_cmp(STR("a"), STR("ab")) < 0);
	assert_true(str_cmp(STR("ab"), STR("a")) > 0);
	assert_true(str_cmp(STR("z"), STR("\xc3\xa4")) < 0);
	assert_int_equal(str_cmp(STR("same"), STR("same")), 0);
}

/* ---- finding and trimming ---- */

static void white_space_is_trimmed_at_both_ends_only(void **state)
{
	(void)state;
	assert_str(str_trim(STR(" \t\r\n\v\f a b \n")), "a b");
	assert_str(str_trim(STR("   ")), "");
	assert_str(str_trim(STR("\0 ")), "\0");
	/* U+00A0 is no ASCII white space, whatever a locale says of its bytes. */
	assert_str(str_trim(STR("\xc2\xa0x\xc2\xa0")), "\xc2\xa0x\xc2\xa0");
}

static void what_is_not_there_is_found_at_size_max(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("abc"), 'd'), SIZE_MAX);
	assert_int_equal(str_find(nothing, 'a'), SIZE_MAX);
	assert_int_equal(str_find_str(STR("abc"), STR("abcd")), SIZE_MAX);
	assert_int_equal(str_find_str(nothing, STR("a")), SIZE_MAX);
	assert_int_equal(str_find_nocase(STR("abc"), STR("cd")), SIZE_MAX);
	assert_int_equal(str_find_nocase(nothing, STR("a")), SIZE_MAX);
}

static void the_first_occurrence_is_found(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("a=b=c"), '='), 1);
	assert_int_equal(str_find_str(STR("aaab aab"), STR("aab")), 1);
	assert_int_equal(str_find_nocase(STR("x <TITLE> <title>"), STR("<title>")), 2);
	assert_int_equal(str_find_nocase(STR("xY"), STR("y")), 1);
}

static void an_empty_needle_is_found_at_the_start(void **state)
{
	(void)state;
	assert_int_equal(str_find_str(STR("abc"), nothing), 0);
	assert_int_equal(str_find_str(nothing, STR("")), 0);
	assert_int_equal(str_find_nocase(STR("abc"), STR("")), 0);
	assert_int_equal(str_find_nocase(nothing, nothing), 0);
}

/* ---- taking apart ---- */

static void parts_between_separators_come_in_order(void **state)
{
	struct str rest = STR("a,bc,,d"), part;

	(void)state;
	assert_true(str_next(&rest, ',', &part));
	assert_str(part, "a");
	assert_true(str_next(&rest, ',', &part));
	assert_str(part, "bc");
	assert_true(str_next(&rest, ',', &part));
	assert_str(part, "");
	assert_true(str_next(&rest, ',', &part));
	assert_str(part, "d");
	assert_false(str_next(&rest, ',', &part));
	assert_false(str_next(&rest, ',', &part));
}

static void a_separator_at_an_end_has_an_empty_part_beside_it(void **state)
{
	struct str rest = STR("a,"), part;

	(void)state;
	assert_true(str_next(&rest, ',', &part));
	assert_str(part, "a");
	assert_true(str_next(&rest, ',', &part));
	assert_str(part, "");
	assert_false(str_next(&rest, ',', &part));

	rest = STR(",");
	assert_true(str_next(&rest, ',', &part));
	assert_str(part, "");
	assert_true(str_next(&rest, ',', &part));
	assert_str(part, "");
	assert_false(str_next(&rest, ',', &part));
}

static void an_empty_string_has_one_empty_part_and_no_string_has_none(void **state)
{
	struct str rest = STR(""), part;

	(void)state;
	assert_true(str_next(&rest, ',', &part));
	assert_str(part, "");
	assert_false(str_next(&rest, ',', &part));
	rest = nothing;
	assert_false(str_next(&rest, ',', &part));
}

static void what_follows_the_separator_is_left_in_rest(void **state)
{
	struct str rest = STR("k v w"), key;

	(void)state;
	assert_true(str_next(&rest, ' ', &key));
	assert_str(key, "k");
	assert_str(rest, "v w");
}

static void lines_end_in_lf_crlf_or_cr(void **state)
{
	struct str rest = STR("a\nb\r\nc\rd"), line;

	(void)state;
	assert_true(str_next_line(&rest, &line));
	assert_str(line, "a");
	assert_true(str_next_line(&rest, &line));
	assert_str(line, "b");
	assert_true(str_next_line(&rest, &line));
	assert_str(line, "c");
	assert_true(str_next_line(&rest, &line));
	assert_str(line, "d");
	assert_false(str_next_line(&rest, &line));
}

static void empty_lines_are_lines_but_nothing_follows_the_last_end(void **state)
{
	struct str rest = STR("\n\r\n\n\r"), line;
	int lines = 0;

	(void)state;
	while (str_next_line(&rest, &line)) {
		assert_str(line, "");
		lines++;
	}
	assert_int_equal(lines, 4);
	rest = STR("");
	assert_false(str_next_line(&rest, &line));
	rest = nothing;
	assert_false(str_next_line(&rest, &line));
}

/* ---- numbers ---- */

static void a_number_is_the_whole_string_in_decimal(void **state)
{
	static const char *const no[] = { "", "-", "+1", " 1", "1 ", "1.0", "0x10", "--1", "1-",
					  "e", "\xd9\xa1" };
	int64_t v = 77;

	(void)state;
	assert_true(str_to_int(STR("0"), INT64_MIN, INT64_MAX, &v));
	assert_int_equal(v, 0);
	assert_true(str_to_int(STR("-12"), INT64_MIN, INT64_MAX, &v));
	assert_int_equal(v, -12);
	assert_true(str_to_int(STR("007"), INT64_MIN, INT64_MAX, &v));
	assert_int_equal(v, 7);
	v = 77;
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_false(str_to_int(str_of(no[i]), INT64_MIN, INT64_MAX, &v));
	assert_false(str_to_int(STR("1\0"), INT64_MIN, INT64_MAX, &v));
	assert_false(str_to_int(nothing, INT64_MIN, INT64_MAX, &v));
	assert_int_equal(v, 77);
}

static void a_number_past_64_bits_is_none(void **state)
{
	int64_t v = 77;

	(void)state;
	assert_true(str_to_int(STR("9223372036854775807"), INT64_MIN, INT64_MAX, &v));
	assert_true(v == INT64_MAX);
	assert_true(str_to_int(STR("-9223372036854775808"), INT64_MIN, INT64_MAX, &v));
	assert_true(v == INT64_MIN);
	v = 77;
	assert_false(str_to_int(STR("9223372036854775808"), INT64_MIN, INT64_MAX, &v));
	assert_false(str_to_int(STR("-9223372036854775809"), INT64_MIN, INT64_MAX, &v));
	assert_false(str_to_int(STR("18446744073709551617"), INT64_MIN, INT64_MAX, &v));
	assert_false(str_to_int(STR("99999999999999999999999999"), INT64_MIN, INT64_MAX, &v));
	assert_int_equal(v, 77);
}

static void a_number_outside_its_range_is_none(void **state)
{
	int64_t v = 77;

	(void)state;
	assert_true(str_to_int(STR("1"), 1, 3, &v));
	assert_true(str_to_int(STR("3"), 1, 3, &v));
	assert_int_equal(v, 3);
	assert_false(str_to_int(STR("0"), 1, 3, &v));
	assert_false(str_to_int(STR("4"), 1, 3, &v));
	assert_false(str_to_int(STR("-2"), 1, 3, &v));
	assert_int_equal(v, 3);
}

static void classes_of_characters_are_those_of_ascii(void **state)
{
	int spaces = 0, digits = 0, alnums = 0, changed = 0;

	(void)state;
	for (int c = 0; c < 256; c++) {
		spaces += ascii_is_space((char)c);
		digits += ascii_is_digit((char)c);
		alnums += ascii_is_alnum((char)c);
		changed += ascii_lower((char)c) != (char)c;
	}
	assert_int_equal(spaces, 6);
	assert_int_equal(digits, 10);
	assert_int_equal(alnums, 62);
	assert_int_equal(changed, 26);
	assert_int_equal(ascii_lower('Z'), 'z');
	assert_true(ascii_is_alnum('z'));
	assert_false(ascii_is_alnum('_'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_null_pointer_is_the_empty_string),
		cmocka_unit_test(a_nul_is_a_byte_like_any_other),
		cmocka_unit_test(a_part_is_clamped_to_the_whole),
		cmocka_unit_test(only_ascii_letters_lose_their_case),
		cmocka_unit_test(a_prefix_or_suffix_may_be_the_whole),
		cmocka_unit_test(order_is_that_of_unsigned_bytes_and_shorter_first),
		cmocka_unit_test(white_space_is_trimmed_at_both_ends_only),
		cmocka_unit_test(what_is_not_there_is_found_at_size_max),
		cmocka_unit_test(the_first_occurrence_is_found),
		cmocka_unit_test(an_empty_needle_is_found_at_the_start),
		cmocka_unit_test(parts_between_separators_come_in_order),
		cmocka_unit_test(a_separator_at_an_end_has_an_empty_part_beside_it),
		cmocka_unit_test(an_empty_string_has_one_empty_part_and_no_string_has_none),
		cmocka_unit_test(what_follows_the_separator_is_left_in_rest),
		cmocka_unit_test(lines_end_in_lf_crlf_or_cr),
		cmocka_unit_test(empty_lines_are_lines_but_nothing_follows_the_last_end),
		cmocka_unit_test(a_number_is_the_whole_string_in_decimal),
		cmocka_unit_test(a_number_past_64_bits_is_none),
		cmocka_unit_test(a_number_outside_its_range_is_none),
		cmocka_unit_test(classes_of_characters_are_those_of_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
