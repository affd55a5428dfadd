#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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
		cmocka_unit_test(marks_stay_with_their_base),
		cmocka_unit_test(nothing_is_drawn_outside),
		cmocka_unit_test(a_role_can_change_without_its_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
