#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "lede/tui/cell_chars.h"

/* What the terminal is sent for the first cluster of a text. */
static struct cell_chars sent(const char *text, bool utf8)
{
	struct screen *s = screen_new(4, 1);
	struct cell_chars out;
	int cells = screen_cstr(s, 0, 0, 4, text, ROLE_TEXT);

	cell_chars_of(screen_at(s, 0, 0), cells, 1, utf8, &out);
	screen_free(s);
	return out;
}

static void assert_sent(const char *text, bool utf8, const char *want)
{
	struct cell_chars got = sent(text, utf8);

	assert_int_equal(got.n, strlen(got.text));
	assert_string_equal(got.text, want);
}

static void a_letter_is_sent_with_its_marks(void **state)
{
	(void)state;
	assert_sent("a", true, "a");
	assert_sent("e\u0301\u0323", true, "e\u0301\u0323");
	assert_sent("한", true, "한");
	assert_sent("\u1112\u1161\u11ab", true, "\u1112\u1161\u11ab");
	assert_sent("か\u3099", true, "か\u3099");
}

static void a_wide_character_takes_both_cells(void **state)
{
	(void)state;
	assert_sent("中", true, "中");
	assert_sent("\U0001f600", true, "\U0001f600");
}

/* A vowel sign and the other half of a flag have a width of their own. */
static void a_cluster_of_two_cells_is_sent_whole(void **state)
{
	(void)state;
	assert_sent("का", true, "का");
	assert_sent("क\u093cा\u0902", true, "क\u093cा\u0902");
	assert_sent("\U0001f1e8\U0001f1f3", true, "\U0001f1e8\U0001f1f3");
}

static void what_the_locale_cannot_show_is_a_question_mark_a_cell(void **state)
{
	(void)state;
	assert_sent("a", false, "a");
	assert_sent("é", false, "?");
	assert_sent("e\u0301", false, "?");
	assert_sent("中", false, "??");
	assert_sent("का", false, "??");
	assert_sent("\U0001f1e8\U0001f1f3", false, "??");
}

/* Whatever characters come together, the terminal moves on by as many cells as the screen has. */
static void what_is_sent_takes_the_cells_of_the_cluster(void **state)
{
	(void)state;
	for (uint32_t cp = 0xA0; cp < 0x20000; cp += cp < 0x1200 ? 1 : 7) {
		char text[5] = "";
		struct screen *s;
		int cells, used = 0;
		struct cell_chars out;

		text[utf8_put(cp, text)] = '\0';
		s = screen_new(2, 1);
		cells = screen_cstr(s, 0, 0, 2, text, ROLE_TEXT);
		cell_chars_of(screen_at(s, 0, 0), cells > 0 ? cells : 1, 1, cp % 2, &out);
		for (size_t at = 0, n; at < out.n; at += n)
			used += unicode_cells(utf8_at(str_of(out.text), at, &n), 1);
		assert_int_equal(used, cells > 0 ? cells : 1);
		screen_free(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_is_sent_with_its_marks),
		cmocka_unit_test(a_wide_character_takes_both_cells),
		cmocka_unit_test(a_cluster_of_two_cells_is_sent_whole),
		cmocka_unit_test(what_the_locale_cannot_show_is_a_question_mark_a_cell),
		cmocka_unit_test(what_is_sent_takes_the_cells_of_the_cluster),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
