/* What the reader can change of the screen's look: the theme with its preview, the rows of the list, the split. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stage.h"

static struct stage s;

static void open_at(int w, int h, const struct stage_setup *more)
{
	struct stage_setup setup = more ? *more : (struct stage_setup){ .unread = 212 };

	setup.w = w;
	setup.h = h;
	stage_open(&s, &setup);
	stage_edition(&s, stage_stories_en, 21, 48, &setup);
}

static int leave(void **state)
{
	(void)state;
	stage_close(&s);
	return 0;
}

/* The column of the rule between list and article; -1: there is none. In cells, of row 2, which has no wide ones. */
static int split_at(void)
{
	struct view v;

	app_view(s.app, &v);
	return v.g.layout == LAYOUT_COLUMNS ? v.g.list.w : v.g.layout == LAYOUT_STACKED ? v.g.list.h : -1;
}

/* ---- themes ---- */

static void the_panel_of_themes_is_drawn_as_designed(void **state)
{
	(void)state;
	open_at(120, 36, NULL);
	stage_press(&s, "t j");
	assert_string_equal(s.worn, "light");
	assert_stage(&s, "themes", 2, 51);
}

static void any_way_out_but_enter_goes_back_to_the_theme_before(void **state)
{
	static const char *const ways[] = { "Esc", "q", "h", "t", "?", ".", "Backspace" };

	(void)state;
	open_at(120, 36, NULL);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		stage_press(&s, "t j j");
		assert_string_equal(s.worn, "high-contrast");
		stage_press(&s, ways[i]);
		assert_string_equal(s.worn, "dark");
		assert_hides(&s, "Enter keeps it");
		stage_press(&s, "Esc");
	}
	assert_null(s.kept);
}

static void enter_keeps_the_theme(void **state)
{
	(void)state;
	open_at(120, 36, NULL);
	stage_press(&s, "t G Enter");
	assert_string_equal(s.worn, "mono");
	assert_string_equal(s.kept, "mono");
	assert_shows(&s, "kept: theme = mono");
	stage_press(&s, "t k Esc");
	assert_string_equal(s.worn, "mono");
}

static void the_cursor_of_the_panel_keeps_to_the_themes(void **state)
{
	(void)state;
	open_at(120, 36, NULL);
	stage_press(&s, "t g");
	assert_string_equal(s.worn, "auto");
	stage_press(&s, "k k");
	assert_shows(&s, "▌  auto");
	stage_press(&s, "9 9 j");
	assert_shows(&s, "▌  mono");
	stage_press(&s, "g j");
	assert_shows(&s, "▌  dark");
}

/* ---- rows ---- */

static void d_takes_the_next_kind_of_rows(void **state)
{
	(void)state;
	open_at(120, 36, NULL);
	assert_shows(&s, " ▲3  Paper Daily +4 · 2h");
	stage_press(&s, "d d");
	assert_shows(&s, "rows = dense");
	assert_hides(&s, "Paper Daily +4 · 2h");
	stage_press(&s, "d");
	assert_shows(&s, "rows = auto");
	assert_shows(&s, "Paper Daily +4 · 2h");
	assert_string_equal(s.job, "rows");
}

static void comfortable_rows_are_had_on_a_small_screen(void **state)
{
	(void)state;
	open_at(80, 24, NULL);
	assert_hides(&s, "Paper Daily +4 · 2h");
	stage_press(&s, "d");
	assert_shows(&s, "Paper Daily +4 · 2h");
}

/* ---- split ---- */

static void the_split_moves_by_two_columns_a_count(void **state)
{
	(void)state;
	open_at(120, 36, NULL);
	assert_int_equal(split_at(), 50);
	stage_press(&s, "<");
	assert_int_equal(split_at(), 48);
	stage_press(&s, "5 >");
	assert_int_equal(split_at(), 58);
	assert_string_equal(s.job, "split");
}

static void the_split_stops_at_its_limits(void **state)
{
	(void)state;
	open_at(120, 36, NULL);
	stage_press(&s, "9 9 <");
	assert_int_equal(split_at(), 30);
	stage_press(&s, ">");
	assert_int_equal(split_at(), 32);
	stage_press(&s, "9 9 >");
	assert_int_equal(split_at(), 120 - 41);
	s.tells = 0;
	stage_press(&s, ">");
	assert_int_equal(s.tells, 0);
	stage_press(&s, "<");
	assert_int_equal(split_at(), 120 - 43);
}

static void the_split_moves_by_a_row_when_stacked(void **state)
{
	(void)state;
	open_at(80, 40, NULL);
	assert_int_equal(split_at(), 14);
	stage_press(&s, "3 >");
	assert_int_equal(split_at(), 17);
	assert_string_equal(s.job, "split-rows");
	stage_press(&s, "9 9 <");
	assert_int_equal(split_at(), 5);
	stage_press(&s, "9 9 >");
	assert_int_equal(split_at(), 36 - 9);
}

static void one_pane_has_no_split(void **state)
{
	(void)state;
	open_at(80, 24, NULL);
	s.tells = 0;
	stage_press(&s, "<");
	assert_int_equal(s.tells, 0);
	assert_shows(&s, "one pane is shown: there is no split");
}

static void a_wish_that_does_not_fit_comes_back_when_there_is_room(void **state)
{
	(void)state;
	open_at(160, 36, NULL);
	stage_press(&s, "9 9 >");
	assert_int_equal(split_at(), 119);
	stage_resize(&s, 110, 36);
	assert_int_equal(split_at(), 110 - 41);
	stage_resize(&s, 160, 36);
	assert_int_equal(split_at(), 119);
}

/* ---- kept ---- */

static void what_was_left_holds_at_the_next_start(void **state)
{
	struct stage_setup next = { .unread = 212 };

	(void)state;
	open_at(120, 36, NULL);
	stage_press(&s, "4 >");
	next.looks[KEPT_SPLIT] = s.value;
	stage_press(&s, "d d");
	next.looks[KEPT_ROWS] = s.value;
	stage_close(&s);
	open_at(120, 36, &next);
	assert_int_equal(split_at(), 58);
	assert_hides(&s, "Paper Daily +4 · 2h");
}

static void an_option_that_changed_meanwhile_goes_before_what_was_left(void **state)
{
	struct stage_setup next = { .unread = 212, .config = "split = 40\n" };

	(void)state;
	open_at(120, 36, NULL);
	stage_press(&s, "4 >");
	next.looks[KEPT_SPLIT] = s.value;
	stage_close(&s);
	open_at(120, 36, &next);
	assert_int_equal(split_at(), 40);
}

static void what_the_cache_says_later_moves_nothing(void **state)
{
	struct stage_setup next = { .unread = 212 };

	(void)state;
	open_at(120, 36, NULL);
	stage_press(&s, ">");
	next.looks[KEPT_SPLIT] = s.value;
	stage_press(&s, "< <");
	stage_edition(&s, stage_stories_en, 21, 48, &next);
	assert_int_equal(split_at(), 48);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, leave)
	const struct CMUnitTest tests[] = {
		TEST(the_panel_of_themes_is_drawn_as_designed),
		TEST(any_way_out_but_enter_goes_back_to_the_theme_before),
		TEST(enter_keeps_the_theme),
		TEST(the_cursor_of_the_panel_keeps_to_the_themes),
		TEST(d_takes_the_next_kind_of_rows),
		TEST(comfortable_rows_are_had_on_a_small_screen),
		TEST(the_split_moves_by_two_columns_a_count),
		TEST(the_split_stops_at_its_limits),
		TEST(the_split_moves_by_a_row_when_stacked),
		TEST(one_pane_has_no_split),
		TEST(a_wish_that_does_not_fit_comes_back_when_there_is_room),
		TEST(what_was_left_holds_at_the_next_start),
		TEST(an_option_that_changed_meanwhile_goes_before_what_was_left),
		TEST(what_the_cache_says_later_moves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
