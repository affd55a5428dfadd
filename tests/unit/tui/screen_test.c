#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lede/text/width.h"
#include "lede/tui/screen.h"

static void assert_row(const struct screen *s, int y, const char *want)
{
	struct buf got = buf_limited(4096);

	screen_row(s, y, &got);
	assert_string_equal(buf_cstr(&got), want);
	buf_free(&got);
}

static void a_wide_character_takes_two_cells(void **state)
{
	struct screen *s = screen_new(10, 1);

	(void)state;
	assert_int_equal(screen_cstr(s, 0, 0, 10, "日本x", ROLE_TEXT), 5);
	assert_string_equal(screen_at(s, 0, 0)->text, "日");
	assert_string_equal(screen_at(s, 1, 0)->text, "");
	assert_string_equal(screen_at(s, 4, 0)->text, "x");
	assert_row(s, 0, "日本x");
	screen_free(s);
}

static void half_a_wide_character_is_not_drawn(void **state)
{
	struct screen *s = screen_new(10, 1);

	(void)state;
	assert_int_equal(screen_cstr(s, 0, 0, 3, "日本", ROLE_TEXT), 2);
	assert_row(s, 0, "日");
	assert_int_equal(screen_cstr(s, 9, 0, 5, "日", ROLE_TEXT), 0);
	screen_free(s);
}

static void what_is_drawn_over_half_a_wide_character_blanks_the_other(void **state)
{
	struct screen *s = screen_new(10, 1);

	(void)state;
	screen_cstr(s, 0, 0, 10, "日本", ROLE_TEXT);
	screen_cstr(s, 1, 0, 1, "x", ROLE_TEXT);
	assert_row(s, 0, " x本");
	screen_cstr(s, 2, 0, 1, "y", ROLE_TEXT);
	assert_row(s, 0, " xy");
	screen_free(s);
}

static void what_is_too_long_ends_in_the_cut_mark(void **state)
{
	static const struct { const char *text; int w; const char *want;
	} rows[] = {
		{ "short", 8, "short" },
		{ "just fits", 9, "just fits" },
		{ "it is too long", 9, "it is to…" },
		{ "a word ends", 8, "a word…" },
		{ "日本語の", 8, "日本語の" },
		{ "日本語の", 7, "日本語…" },
		{ "日本語の", 6, "日本…" },
		{ "abc日本語", 6, "abc日…" },
		{ "ab\xcc\x81"
		  "cdef",
		  4,
		  "ab\xcc\x81"
		  "c…" },
		{ "x", 0, "" },
		{ "xy", -1, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct screen *s = screen_new(12, 1);
		int cells = screen_cut(s, 0, 0, rows[i].w, str_of(rows[i].text), "…", ROLE_TEXT);

		assert_row(s, 0, rows[i].want);
		assert_int_equal(cells, text_cells(str_of(rows[i].want), 1));
		screen_free(s);
	}
}

static void a_cut_mark_of_two_cells_has_room(void **state)
{
	struct screen *s = screen_new(12, 1);

	(void)state;
	assert_int_equal(screen_cut(s, 0, 0, 8, str_of("it is too long"), "..", ROLE_TEXT), 7);
	assert_row(s, 0, "it is..");
	screen_clear(s, 1);
	assert_int_equal(screen_cut(s, 0, 0, 1, str_of("long"), "..", ROLE_TEXT), 1);
	assert_row(s, 0, "l");
	screen_free(s);
}

static void text_over_wide_text_leaves_blanks_at_both_ends(void **state)
{
	struct screen *s = screen_new(10, 1);

	(void)state;
	screen_cstr(s, 0, 0, 10, "日本語の", ROLE_TEXT);
	screen_cstr(s, 1, 0, 4, "abcd", ROLE_TEXT);
	assert_row(s, 0, " abcd の");
	screen_free(s);
}

static void rows_that_look_alike_are_the_same(void **state)
{
	struct screen *a = screen_new(10, 2), *b = screen_new(10, 1);

	(void)state;
	screen_cstr(a, 0, 1, 10, "日本 long", ROLE_TEXT);
	screen_cstr(a, 0, 1, 10, "e\xcc\x81t\xc3\xa9 日", ROLE_TEXT);
	screen_fill(a, 7, 1, 3, ' ', ROLE_BACKGROUND);
	screen_cstr(b, 0, 0, 10, "e\xcc\x81t\xc3\xa9 ", ROLE_TEXT);
	screen_cstr(b, 4, 0, 10, "日", ROLE_TEXT);
	screen_fill(a, 6, 1, 4, ' ', ROLE_BACKGROUND);
	assert_true(screen_same_row(a, 1, b, 0));
	screen_underline(b, 0, 0, 1);
	assert_false(screen_same_row(a, 1, b, 0));
	screen_free(a);
	screen_free(b);
}

static void marks_stay_with_their_base(void **state)
{
	struct screen *s = screen_new(10, 1);

	(void)state;
	assert_int_equal(screen_cstr(s, 0, 0, 10, "e\xCC\x81x", ROLE_TEXT), 2);
	assert_string_equal(screen_at(s, 0, 0)->text, "e\xCC\x81");
	screen_free(s);
}

static void nothing_is_drawn_outside(void **state)
{
	struct screen *s = screen_new(4, 2);

	(void)state;
	screen_cstr(s, 2, 1, 100, "abcdef", ROLE_TEXT);
	screen_cstr(s, 0, 2, 4, "below", ROLE_TEXT);
	screen_cstr(s, -1, 0, 4, "left", ROLE_TEXT);
	screen_fill(s, 3, 0, 5, '#', ROLE_TEXT);
	assert_row(s, 0, "   #");
	assert_row(s, 1, "  ab");
	assert_null(screen_at(s, 4, 0));
	screen_free(s);
}

static void a_role_can_change_without_its_text(void **state)
{
	struct screen *s = screen_new(4, 1);

	(void)state;
	screen_cstr(s, 0, 0, 4, "ab", ROLE_TEXT);
	screen_role(s, 1, 0, 2, ROLE_CURSOR);
	assert_int_equal(screen_at(s, 0, 0)->role, ROLE_TEXT);
	assert_int_equal(screen_at(s, 1, 0)->role, ROLE_CURSOR);
	assert_string_equal(screen_at(s, 1, 0)->text, "b");
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wide_character_takes_two_cells),
		cmocka_unit_test(half_a_wide_character_is_not_drawn),
		cmocka_unit_test(what_is_drawn_over_half_a_wide_character_blanks_the_other),
		cmocka_unit_test(what_is_too_long_ends_in_the_cut_mark),
		cmocka_unit_test(a_cut_mark_of_two_cells_has_room),
		cmocka_unit_test(text_over_wide_text_leaves_blanks_at_both_ends),
		cmocka_unit_test(rows_that_look_alike_are_the_same),
		cmocka_unit_test(marks_stay_with_their_base),
		cmocka_unit_test(nothing_is_drawn_outside),
		cmocka_unit_test(a_role_can_change_without_its_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
