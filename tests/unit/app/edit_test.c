/* One line that is typed: what gets into it, where the place stands, what of it is seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lede/app/edit.h"

static void assert_line(const struct edit *e, const char *before, const char *after)
{
	struct str s = edit_text(e);

	assert_true(str_is(str_sub(s, 0, e->at), before));
	assert_true(str_is(str_sub(s, e->at, s.n), after));
}

static void typing_goes_in_where_the_place_is(void **state)
{
	struct edit e;

	(void)state;
	edit_open(&e, STR("set"));
	edit_insert(&e, STR(" rows"));
	edit_move(&e, EDIT_START);
	edit_insert(&e, STR(":"));
	assert_line(&e, ":", "set rows");
	edit_move(&e, EDIT_LEFT);
	edit_move(&e, EDIT_LEFT);
	assert_line(&e, "", ":set rows");
	edit_move(&e, EDIT_END);
	edit_move(&e, EDIT_RIGHT);
	assert_line(&e, ":set rows", "");
	edit_free(&e);
}

static void a_step_is_a_character_as_people_see_it(void **state)
{
	struct edit e;

	(void)state;
	edit_open(&e, STR("a跨e\xCC\x81x"));
	edit_move(&e, EDIT_LEFT);
	edit_move(&e, EDIT_LEFT);
	assert_line(&e, "a跨", "e\xCC\x81x");
	edit_move(&e, EDIT_LEFT);
	assert_line(&e, "a", "跨e\xCC\x81x");
	edit_delete(&e, EDIT_RIGHT);
	assert_line(&e, "a", "e\xCC\x81x");
	edit_delete(&e, EDIT_RIGHT);
	assert_line(&e, "a", "x");
	edit_free(&e);
}

static void a_mark_that_is_typed_alone_joins_the_letter_before(void **state)
{
	struct edit e;

	(void)state;
	edit_open(&e, STR(""));
	edit_insert(&e, STR("\xCC\x81"));
	assert_line(&e, "", "");
	edit_insert(&e, STR("ex"));
	edit_move(&e, EDIT_LEFT);
	edit_insert(&e, STR("\xCC\x81"));
	assert_line(&e, "e\xCC\x81", "x");
	edit_delete(&e, EDIT_LEFT);
	assert_line(&e, "", "x");
	edit_free(&e);
}

static void words_go_back_in_pieces_that_mean_something(void **state)
{
	static const char *const steps[] = { "set rows=", "set rows", "set ", "", "" };
	struct edit e;

	(void)state;
	edit_open(&e, STR("set rows=dense  "));
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		edit_delete(&e, EDIT_WORD_LEFT);
		assert_line(&e, steps[i], "");
	}
	edit_set(&e, STR("one two"));
	edit_move(&e, EDIT_WORD_LEFT);
	assert_line(&e, "one ", "two");
	edit_delete(&e, EDIT_START);
	assert_line(&e, "", "two");
	edit_delete(&e, EDIT_END);
	assert_line(&e, "", "");
	edit_free(&e);
}

static void pasted_line_ends_are_blanks_and_controls_are_gone(void **state)
{
	struct edit e;

	(void)state;
	edit_open(&e, STR(""));
	edit_insert(&e, STR("one\r\ntwo\nthree\tfour\x1B[31m\x07\xC2\x9B\x7F\xFF"));
	assert_line(&e, "one two three four[31m\xEF\xBF\xBD", "");
	edit_free(&e);
}

static void a_line_has_an_end(void **state)
{
	char long_text[4 * EDIT_BYTES];
	struct edit e;

	(void)state;
	memset(long_text, 'x', sizeof long_text);
	edit_open(&e, (struct str){ long_text, sizeof long_text });
	assert_int_equal(edit_text(&e).n, EDIT_BYTES);
	edit_insert(&e, STR("y"));
	assert_int_equal(edit_text(&e).n, EDIT_BYTES);
	edit_delete(&e, EDIT_LEFT);
	edit_insert(&e, STR("跨"));            /* three bytes have no room, and no part of them goes in */
	assert_int_equal(edit_text(&e).n, EDIT_BYTES - 1);
	edit_free(&e);
}

static void a_candidate_takes_the_place_of_a_word(void **state)
{
	struct edit e;

	(void)state;
	edit_open(&e, STR("set ro now"));
	e.at = 6;
	edit_replace(&e, 4, STR("rows="));
	assert_line(&e, "set rows=", " now");
	edit_free(&e);
}

/* What is seen of the line in `cells` cells, and the cell of the place. */
static void assert_seen(const struct edit *e, int cells, size_t *from, const char *text, int at)
{
	size_t to;
	int cell;

	edit_window(e, cells, 1, from, &to, &cell);
	assert_true(str_is(str_sub(edit_text(e), *from, to), text));
	assert_int_equal(cell, at);
	assert_true(cell < cells);
}

static void a_long_line_slides_under_the_place(void **state)
{
	size_t from = 0;
	struct edit e;

	(void)state;
	edit_open(&e, STR("abcdefghij"));
	assert_seen(&e, 11, &from, "abcdefghij", 10);
	assert_seen(&e, 5, &from, "ghij", 4);
	edit_move(&e, EDIT_LEFT);
	edit_move(&e, EDIT_LEFT);
	assert_seen(&e, 5, &from, "ghij", 2);
	edit_move(&e, EDIT_START);
	assert_seen(&e, 5, &from, "abcde", 0);
	edit_set(&e, STR("跨江大橋"));
	from = 0;
	assert_seen(&e, 5, &from, "大橋", 4);
	assert_seen(&e, 6, &from, "大橋", 4);
	from = 0;
	assert_seen(&e, 1, &from, "", 0);
	edit_free(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typing_goes_in_where_the_place_is),
		cmocka_unit_test(a_step_is_a_character_as_people_see_it),
		cmocka_unit_test(a_mark_that_is_typed_alone_joins_the_letter_before),
		cmocka_unit_test(words_go_back_in_pieces_that_mean_something),
		cmocka_unit_test(pasted_line_ends_are_blanks_and_controls_are_gone),
		cmocka_unit_test(a_line_has_an_end),
		cmocka_unit_test(a_candidate_takes_the_place_of_a_word),
		cmocka_unit_test(a_long_line_slides_under_the_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
