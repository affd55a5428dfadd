#include "corpus.h"
#include "lede/text/unicode.h"

#include <unistd.h>

static void wide_characters_take_two_cells(void **state)
{
	static const uint32_t wide[] = {
		0x4E2D, 0x3042, 0x30A2, 0xAC00, 0xFF21, 0x3000, 0x20000, 0x30000, 0x1F600, 0x1FAE8,
		0x231A, 0x1100, 0x3299, 0xFFE5,
	};

	(void)state;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
		assert_int_equal(unicode_cells(wide[i], 1), 2);
		assert_true(unicode_is_wide(wide[i]));
	}
}

static void marks_and_format_characters_take_none(void **state)
{
	static const uint32_t zero[] = {
		0x301, 0x20DD, 0x200B, 0x200D, 0x2060, 0xFEFF, 0x202E, 0xFE0F, 0x1161, 0x11A8,
		0xE0041, 0x302A, 0x3099, 0x0600,
	};

	(void)state;
	for (size_t i = 0; i < sizeof zero / sizeof *zero; i++)
		assert_int_equal(unicode_cells(zero[i], 1), 0);
}

static void controls_take_none(void **state)
{
	(void)state;
	assert_int_equal(unicode_cells(0, 1), 0);
	assert_int_equal(unicode_cells(0x1B, 1), 0);
	assert_int_equal(unicode_cells(0x9B, 1), 0);
	assert_int_equal(unicode_cells('\n', 2), 0);
}

static void everything_else_takes_one(void **state)
{
	static const uint32_t one[] = { ' ', 'a', 0xE9, 0x5D0, 0x93F, 0xFF76, 0x1F1E8, 0xAD };

	(void)state;
	for (size_t i = 0; i < sizeof one / sizeof *one; i++)
		assert_int_equal(unicode_cells(one[i], 1), 1);
}

static void ambiguous_characters_take_what_the_user_says(void **state)
{
	static const uint32_t ambiguous[] = { 0x2026, 0x2014, 0x201C, 0x2460, 0x3B1, 0xD7, 0x2192 };

	(void)state;
	for (size_t i = 0; i < sizeof ambiguous / sizeof *ambiguous; i++) {
		assert_true(unicode_is_ambiguous(ambiguous[i]));
		assert_int_equal(unicode_cells(ambiguous[i], 1), 1);
		assert_int_equal(unicode_cells(ambiguous[i], 2), 2);
	}
	assert_false(unicode_is_ambiguous('a'));
	assert_false(unicode_is_ambiguous(0x4E2D));
	assert_int_equal(unicode_cells(0x301, 2), 0);      /* ambiguous, but a mark */
}

static void marks_and_spaces_are_known(void **state)
{
	(void)state;
	assert_true(unicode_is_mark(0x301));
	assert_true(unicode_is_mark(0x93F));
	assert_true(unicode_is_mark(0x20E3));
	assert_false(unicode_is_mark('a'));
	assert_true(unicode_is_space(' '));
	assert_true(unicode_is_space(0xA0));
	assert_true(unicode_is_space(0x3000));
	assert_true(unicode_is_space(0x2028));
	assert_false(unicode_is_space(0x200B));
}

static void scripts_of_east_asia_are_known(void **state)
{
	(void)state;
	assert_true(unicode_is_han(0x4E2D));
	assert_true(unicode_is_han(0x3005) && unicode_is_han(0x3006) && unicode_is_han(0x3007));
	assert_true(unicode_is_han(0x2070E));
	assert_false(unicode_is_han(0x3002) || unicode_is_han(0x3042) || unicode_is_han(0xFF0C));
	assert_true(unicode_is_kana(0x3042) && unicode_is_kana(0x30A2) && unicode_is_kana(0x30FC));
	assert_true(unicode_is_kana(0xFF71) && unicode_is_kana(0xFF9E));
	assert_false(unicode_is_kana(0x30FB) || unicode_is_kana(0x4E2D));
	assert_true(unicode_is_hangul(0xAC00) && unicode_is_hangul(0x1100));
	assert_false(unicode_is_hangul(0x3164));
}

static void characters_newer_than_unicode_13_are_known(void **state)
{
	(void)state;
	assert_true(unicode_is_newer_than_13(0x1FAE8));        /* 15 */
	assert_true(unicode_is_newer_than_13(0x1FAE0));        /* 14 */
	assert_false(unicode_is_newer_than_13(0x1FAD6));       /* 13 */
	assert_false(unicode_is_newer_than_13(0x4E2D));
	assert_false(unicode_is_newer_than_13(0x378));         /* not assigned at all */
}

static void search_sees_words_han_kana_hangul_marks_and_separators(void **state)
{
	static const struct { uint32_t cp; enum fold_class c; } want[] = {
		{ 'a', FOLD_WORD }, { '7', FOLD_WORD }, { 0xE9, FOLD_WORD }, { 0x416, FOLD_WORD },
		{ 0x93F, FOLD_WORD }, { 0xE31, FOLD_WORD },        /* vowels of Hindi and Thai */
		{ ' ', FOLD_SEPARATOR }, { '.', FOLD_SEPARATOR }, { 0x3002, FOLD_SEPARATOR },
		{ 0x1F600, FOLD_SEPARATOR }, { 0x30FB, FOLD_SEPARATOR },
		{ 0x4E2D, FOLD_HAN }, { 0x3042, FOLD_KANA }, { 0xD55C, FOLD_HANGUL },
		{ 0x301, FOLD_MARK }, { 0xAD, FOLD_MARK }, { 0x200D, FOLD_MARK },
		{ 0x5B0, FOLD_MARK },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		assert_int_equal(unicode_fold_class(want[i].cp), want[i].c);
}

static void what_is_over_the_last_code_point_is_harmless(void **state)
{
	(void)state;
	assert_int_equal(unicode_cells(UINT32_MAX, 1), 1);
	assert_false(unicode_is_space(0x110000));
}

/* The checked-in tables are what the generator makes of the data; it takes python3 and the data
 * files. */
static void tables_are_what_the_generator_makes(void **state)
{
	const char *source = getenv("srcdir");
	char command[4096];

	(void)state;
	if (access(UNICODE_DATA "/UnicodeData.txt", R_OK) != 0
	    || system("python3 -V >/dev/null 2>&1") != 0) {
		print_message("no Unicode data files or no python3: skipped\n");
		skip();
	}
	snprintf(command, sizeof command,
		 "d=$(mktemp -d) && cd '%s/src/text' && trap 'rm -rf \"$d\"' EXIT && "
		 "python3 gen-unicode.py --data " UNICODE_DATA " --out \"$d\" && "
		 "cmp \"$d\"/unicode_props.inc unicode_props.inc && "
		 "cmp \"$d\"/unicode_fold.inc unicode_fold.inc", source ? source : ".");
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wide_characters_take_two_cells),
		cmocka_unit_test(marks_and_format_characters_take_none),
		cmocka_unit_test(controls_take_none),
		cmocka_unit_test(everything_else_takes_one),
		cmocka_unit_test(ambiguous_characters_take_what_the_user_says),
		cmocka_unit_test(marks_and_spaces_are_known),
		cmocka_unit_test(scripts_of_east_asia_are_known),
		cmocka_unit_test(characters_newer_than_unicode_13_are_known),
		cmocka_unit_test(search_sees_words_han_kana_hangul_marks_and_separators),
		cmocka_unit_test(what_is_over_the_last_code_point_is_harmless),
		cmocka_unit_test(tables_are_what_the_generator_makes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
