#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/base/str.h"

static void a_new_buffer_is_empty_and_holds_no_memory(void **state)
{
	struct buf b = buf_limited(10);

	(void)state;
	assert_null(b.p);
	assert_int_equal(buf_view(&b).n, 0);
	assert_string_equal(buf_cstr(&b), "");
}

static void what_is_added_follows_what_was_there(void **state)
{
	struct buf b = buf_limited(100);

	(void)state;
	assert_int_equal(buf_add(&b, STR("one")), ERR_NONE);
	assert_int_equal(buf_add_char(&b, ','), ERR_NONE);
	assert_int_equal(buf_add_cstr(&b, "two"), ERR_NONE);
	assert_int_equal(buf_addf(&b, ",%d", 3), ERR_NONE);
	assert_string_equal(buf_cstr(&b), "one,two,3");
	assert_int_equal(buf_view(&b).n, 9);
	buf_free(&b);
}

static void the_ceiling_itself_fits_and_one_more_byte_does_not(void **state)
{
	struct buf b = buf_limited(4);

	(void)state;
	assert_int_equal(buf_add(&b, STR("four")), ERR_NONE);
	assert_int_equal(buf_add_char(&b, 'x'), ERR_LIMIT);
	assert_int_equal(buf_add(&b, STR("")), ERR_NONE);
	assert_string_equal(buf_cstr(&b), "four");
	buf_free(&b);
}

static void what_would_pass_the_ceiling_changes_nothing(void **state)
{
	struct buf b = buf_limited(5);

	(void)state;
	assert_int_equal(buf_add(&b, STR("abc")), ERR_NONE);
	assert_int_equal(buf_add(&b, STR("def")), ERR_LIMIT);
	assert_int_equal(buf_add_cstr(&b, "def"), ERR_LIMIT);
	assert_int_equal(buf_addf(&b, "%s", "def"), ERR_LIMIT);
	assert_int_equal(buf_addf(&b, "%400d", 1), ERR_LIMIT);
	assert_string_equal(buf_cstr(&b), "abc");
	assert_int_equal(b.n, 3);
	assert_int_equal(buf_add(&b, STR("de")), ERR_NONE);
	assert_string_equal(buf_cstr(&b), "abcde");
	buf_free(&b);
}

static void a_ceiling_of_nothing_takes_only_nothing(void **state)
{
	struct buf b = buf_limited(0);

	(void)state;
	assert_int_equal(buf_add_char(&b, 'a'), ERR_LIMIT);
	assert_int_equal(buf_add(&b, (struct str){ NULL, 0 }), ERR_NONE);
	assert_string_equal(buf_cstr(&b), "");
	buf_free(&b);
}

static void a_length_near_the_end_of_memory_does_not_wrap_around(void **state)
{
	struct buf b = buf_limited(SIZE_MAX / 2);

	(void)state;
	assert_int_equal(buf_add(&b, STR("abc")), ERR_NONE);
	assert_int_equal(buf_add(&b, (struct str){ "x", SIZE_MAX - 1 }), ERR_LIMIT);
	assert_int_equal(buf_add(&b, (struct str){ "x", SIZE_MAX / 2 - 2 }), ERR_LIMIT);
	assert_string_equal(buf_cstr(&b), "abc");
	buf_free(&b);
}

static void a_nul_may_be_inside_and_one_more_follows(void **state)
{
	struct buf b = buf_limited(10);

	(void)state;
	assert_int_equal(buf_add(&b, STR("a\0b")), ERR_NONE);
	assert_int_equal(buf_add_char(&b, '\0'), ERR_NONE);
	assert_int_equal(b.n, 4);
	assert_memory_equal(buf_view(&b).p, "a\0b\0\0", 5);
	buf_free(&b);
}

static void a_formatted_text_of_any_length_is_whole(void **state)
{
	/* Around the size that is formatted without a second pass. */
	static const int widths[] = { 1, 254, 255, 256, 257, 1000, 70000 };
	struct buf b = buf_limited(1 << 20);

	(void)state;
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		buf_clear(&b);
		assert_int_equal(buf_addf(&b, "<%*d>", widths[i], 7), ERR_NONE);
		assert_int_equal(b.n, widths[i] + 2);
		assert_int_equal(strlen(buf_cstr(&b)), b.n);
		assert_int_equal(buf_cstr(&b)[0], '<');
		assert_string_equal(buf_cstr(&b) + b.n - 2, "7>");
	}
	buf_free(&b);
}

static void a_formatted_text_may_fill_the_buffer_to_its_ceiling(void **state)
{
	struct buf b = buf_limited(300);

	(void)state;
	assert_int_equal(buf_addf(&b, "%301d", 1), ERR_LIMIT);
	assert_int_equal(buf_addf(&b, "%300d", 1), ERR_NONE);
	assert_int_equal(b.n, 300);
	assert_int_equal(buf_addf(&b, "%s", ""), ERR_NONE);
	buf_free(&b);
}

static void memory_grows_by_doubling_so_that_many_small_additions_are_cheap(void **state)
{
	struct buf b = buf_limited(1 << 20);
	int moves = 0;
	size_t cap = 0;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		assert_int_equal(buf_add_char(&b, (char)('a' + i % 26)), ERR_NONE);
		moves += b.cap != cap;
		cap = b.cap;
	}
	assert_in_range(moves, 1, 20);
	assert_int_equal(b.p[99999], 'a' + 99999 % 26);
	assert_int_equal(b.p[100000], '\0');
	buf_free(&b);
}

static void clearing_keeps_the_memory(void **state)
{
	struct buf b = buf_limited(10);
	char *p;

	(void)state;
	assert_int_equal(buf_add(&b, STR("abc")), ERR_NONE);
	p = b.p;
	buf_clear(&b);
	assert_int_equal(b.n, 0);
	assert_string_equal(buf_cstr(&b), "");
	assert_int_equal(buf_add(&b, STR("d")), ERR_NONE);
	assert_ptr_equal(b.p, p);
	assert_string_equal(buf_cstr(&b), "d");
	buf_free(&b);
}

static void cutting_only_shortens(void **state)
{
	struct buf b = buf_limited(10);

	(void)state;
	buf_cut(&b, 3);
	assert_int_equal(b.n, 0);
	assert_int_equal(buf_add(&b, STR("abcdef")), ERR_NONE);
	buf_cut(&b, 9);
	assert_string_equal(buf_cstr(&b), "abcdef");
	buf_cut(&b, 2);
	assert_string_equal(buf_cstr(&b), "ab");
	assert_int_equal(b.n, 2);
	buf_free(&b);
}

static void what_is_dropped_is_gone_from_the_front(void **state)
{
	struct buf b = buf_limited(10);

	(void)state;
	buf_drop(&b, 0);
	buf_drop(&b, 3);
	assert_int_equal(b.n, 0);
	assert_int_equal(buf_add(&b, STR("abcdef")), ERR_NONE);
	buf_drop(&b, 0);
	buf_drop(&b, 2);
	assert_string_equal(buf_cstr(&b), "cdef");
	buf_drop(&b, 9);
	assert_string_equal(buf_cstr(&b), "");
	buf_free(&b);
}

static void what_is_taken_belongs_to_the_taker(void **state)
{
	struct buf b = buf_limited(4);
	char *taken;

	(void)state;
	assert_int_equal(buf_add(&b, STR("abcd")), ERR_NONE);
	taken = buf_take(&b);
	assert_string_equal(taken, "abcd");
	assert_null(b.p);
	assert_int_equal(b.n, 0);
	/* The ceiling stays, counted from nothing. */
	assert_int_equal(buf_add(&b, STR("efgh")), ERR_NONE);
	assert_int_equal(buf_add_char(&b, 'i'), ERR_LIMIT);
	assert_string_equal(taken, "abcd");
	free(taken);
	buf_free(&b);
}

static void an_empty_buffer_gives_an_empty_string_of_its_own(void **state)
{
	struct buf b = buf_limited(4);
	char *taken = buf_take(&b);

	(void)state;
	assert_string_equal(taken, "");
	free(taken);
}

static void a_freed_buffer_can_be_used_again(void **state)
{
	struct buf b = buf_limited(4);

	(void)state;
	assert_int_equal(buf_add(&b, STR("ab")), ERR_NONE);
	buf_free(&b);
	buf_free(&b);
	assert_int_equal(buf_add(&b, STR("cd")), ERR_NONE);
	assert_string_equal(buf_cstr(&b), "cd");
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_buffer_is_empty_and_holds_no_memory),
		cmocka_unit_test(what_is_added_follows_what_was_there),
		cmocka_unit_test(the_ceiling_itself_fits_and_one_more_byte_does_not),
		cmocka_unit_test(what_would_pass_the_ceiling_changes_nothing),
		cmocka_unit_test(a_ceiling_of_nothing_takes_only_nothing),
		cmocka_unit_test(a_length_near_the_end_of_memory_does_not_wrap_around),
		cmocka_unit_test(a_nul_may_be_inside_and_one_more_follows),
		cmocka_unit_test(a_formatted_text_of_any_length_is_whole),
		cmocka_unit_test(a_formatted_text_may_fill_the_buffer_to_its_ceiling),
		cmocka_unit_test(memory_grows_by_doubling_so_that_many_small_additions_are_cheap),
		cmocka_unit_test(clearing_keeps_the_memory),
		cmocka_unit_test(cutting_only_shortens),
		cmocka_unit_test(what_is_dropped_is_gone_from_the_front),
		cmocka_unit_test(what_is_taken_belongs_to_the_taker),
		cmocka_unit_test(an_empty_buffer_gives_an_empty_string_of_its_own),
		cmocka_unit_test(a_freed_buffer_can_be_used_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
