#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include <cmocka.h>

#include "config.h"
#include "lede/text/unicode.h"
#include "lede/tui/cell_width.h"

static int narrow_again(void **state)
{
	(void)state;
	cell_width_ambiguous(1);
	return 0;
}

#ifdef HAVE_WCWIDTH_OVERRIDE
static void curses_counts_every_code_point_as_lede_does(void **state)
{
	(void)state;
	for (unsigned cp = 0xA0; cp < 0x20000; cp++) {
		if (wcwidth((wchar_t)cp) != unicode_cells(cp, 1))
			fail_msg("U+%04X: %d cells, and %d", cp, wcwidth((wchar_t)cp),
			         unicode_cells(cp, 1));
		assert_true(cell_width_agrees(cp));
	}
}

static void controls_have_no_width(void **state)
{
	(void)state;
	assert_int_equal(wcwidth(0), 0);
	for (int c = 1; c < 0xA0; c++)
		assert_int_equal(wcwidth((wchar_t)c), c < 0x20 || c >= 0x7F ? -1 : 1);
}

static void ambiguous_characters_are_as_wide_as_was_said(void **state)
{
	(void)state;
	assert_int_equal(wcwidth(L'…'), 1);
	assert_int_equal(wcwidth(L'─'), 1);
	cell_width_ambiguous(2);
	assert_int_equal(wcwidth(L'…'), 2);
	assert_int_equal(wcwidth(L'─'), 2);
	assert_int_equal(wcwidth(L'a'), 1);
	assert_int_equal(wcwidth(L'日'), 2);
}
#endif

static void ascii_always_agrees(void **state)
{
	(void)state;
	for (unsigned cp = ' '; cp < 0x7F; cp++)
		assert_true(cell_width_agrees(cp));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#ifdef HAVE_WCWIDTH_OVERRIDE
		cmocka_unit_test(curses_counts_every_code_point_as_lede_does),
		cmocka_unit_test(controls_have_no_width),
		cmocka_unit_test_teardown(ambiguous_characters_are_as_wide_as_was_said,
		                          narrow_again),
#endif
		cmocka_unit_test_teardown(ascii_always_agrees, narrow_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
