#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lede/app/geometry.h"

static const struct geometry_wish plain = { .text_width = 72, .scroll_offset = 3 };

static struct geometry at(int w, int h)
{
	struct geometry g;

	geometry_of(w, h, &plain, &g);
	return g;
}

static void the_layout_follows_the_size(void **state)
{
	(void)state;
	assert_int_equal(at(120, 36).layout, LAYOUT_COLUMNS);
	assert_int_equal(at(100, 8).layout, LAYOUT_COLUMNS);
	assert_int_equal(at(99, 30).layout, LAYOUT_STACKED);
	assert_int_equal(at(40, 30).layout, LAYOUT_STACKED);
	assert_int_equal(at(80, 24).layout, LAYOUT_SINGLE);
	assert_int_equal(at(100, 7).layout, LAYOUT_SINGLE);
	assert_int_equal(at(39, 60).layout, LAYOUT_SINGLE);
	assert_int_equal(at(20, 5).layout, LAYOUT_SINGLE);
	assert_int_equal(at(19, 5).layout, LAYOUT_TOO_SMALL);
	assert_int_equal(at(20, 4).layout, LAYOUT_TOO_SMALL);
}

static void the_list_is_44_to_72_cells_wide(void **state)
{
	(void)state;
	assert_int_equal(at(100, 36).list.w, 44);
	assert_int_equal(at(120, 36).list.w, 50);
	assert_int_equal(at(140, 36).list.w, 58);
	assert_int_equal(at(172, 36).list.w, 72);
	assert_int_equal(at(400, 36).list.w, 72);
}

static void rows_of_the_screen_follow_the_height(void **state)
{
	struct geometry g = at(80, 30);

	(void)state;
	assert_int_equal(g.header, 0);
	assert_int_equal(g.body.y, 2);
	assert_int_equal(g.body.h, 26);
	assert_int_equal(g.status, 29);
	g = at(80, 29);
	assert_int_equal(g.body.y, 2);
	assert_int_equal(g.body.h, 26);
	g = at(80, 19);
	assert_int_equal(g.body.y, 1);
	assert_int_equal(g.body.h, 17);
	g = at(80, 7);
	assert_int_equal(g.header, -1);
	assert_int_equal(g.body.y, 0);
	assert_int_equal(g.body.h, 6);
}

static void the_text_is_limited_and_centred(void **state)
{
	struct geometry g = at(200, 50);

	(void)state;
	assert_int_equal(g.text.w, 72);
	assert_int_equal(g.text.x, 73 + 2 + (127 - 4 - 72) / 2);
	g = at(120, 36);
	assert_int_equal(g.text.w, 65);
	assert_int_equal(g.text.x, 53);
	g = at(80, 24);
	assert_int_equal(g.text.x, 4);
	assert_int_equal(g.text.w, 72);
}

static void rows_are_comfortable_where_there_is_room(void **state)
{
	(void)state;
	assert_true(at(120, 36).comfortable);
	assert_false(at(120, 26).comfortable);
	assert_false(at(80, 24).comfortable);
	assert_false(at(80, 40).comfortable);
}

static void a_layout_that_does_not_fit_is_refused(void **state)
{
	struct geometry_wish wish = plain;
	struct geometry g;

	(void)state;
	wish.layout = WISH_COLUMNS;
	geometry_of(70, 24, &wish, &g);
	assert_int_equal(g.layout, LAYOUT_SINGLE);
	assert_true(g.wish_refused);
	geometry_of(71, 24, &wish, &g);
	assert_int_equal(g.layout, LAYOUT_COLUMNS);
	assert_false(g.wish_refused);
	wish.layout = WISH_STACKED;
	geometry_of(80, 15, &wish, &g);
	assert_true(g.wish_refused);
	geometry_of(80, 16, &wish, &g);
	assert_int_equal(g.layout, LAYOUT_STACKED);
}

static void a_moved_split_is_kept_within_its_limits(void **state)
{
	struct geometry_wish wish = plain;
	struct geometry g;

	(void)state;
	wish.split = 10;
	geometry_of(120, 36, &wish, &g);
	assert_int_equal(g.list.w, 30);
	wish.split = 500;
	geometry_of(120, 36, &wish, &g);
	assert_int_equal(g.list.w, 120 - 41);
	wish.split_rows = 500;
	geometry_of(80, 40, &wish, &g);
	assert_int_equal(g.list.h, g.body.h - 9);
}

/* At every size panes lie on the screen and do not overlap. */
static void panes_never_leave_the_screen(void **state)
{
	(void)state;
	for (int w = 20; w <= 210; w++)
		for (int h = 5; h <= 60; h++) {
			struct geometry g = at(w, h);

			assert_true(g.list.w > 0 && g.list.h > 0 && g.article.w > 0 &&
			            g.article.h > 0 && g.text.w > 0);
			assert_true(g.list.x + g.list.w <= w && g.article.x + g.article.w <= w);
			assert_true(g.body.y + g.body.h <= g.status &&
			            g.article.y + g.article.h <= g.body.y + g.body.h);
			assert_true(g.text.x >= g.article.x + 2 &&
			            g.text.x + g.text.w <= g.article.x + g.article.w - 2);
			if (g.layout == LAYOUT_COLUMNS)
				assert_int_equal(g.list.w + 1 + g.article.w, w);
			if (g.layout == LAYOUT_STACKED)
				assert_int_equal(g.list.h + 1 + g.article.h, g.body.h);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_layout_follows_the_size),
		cmocka_unit_test(the_list_is_44_to_72_cells_wide),
		cmocka_unit_test(rows_of_the_screen_follow_the_height),
		cmocka_unit_test(the_text_is_limited_and_centred),
		cmocka_unit_test(rows_are_comfortable_where_there_is_room),
		cmocka_unit_test(a_layout_that_does_not_fit_is_refused),
		cmocka_unit_test(a_moved_split_is_kept_within_its_limits),
		cmocka_unit_test(panes_never_leave_the_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
