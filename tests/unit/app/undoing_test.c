/* Undoing and doing again, by the keys, over the sample edition and real threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "soak/reading.h"

static int opened(void **state)
{
	static struct reading r;

	unsetenv("srcdir");           /* the sample alone */
	reading_open(&r, &(struct reading_setup){ .w = 80, .h = 24, .ambiguous = 1 });
	r.doing = "undo";
	reading_rest(&r);
	*state = &r;
	return 0;
}

static int closed(void **state)
{
	reading_close(*state);
	return 0;
}

/* The screen as text, less so many of its last lines; owned. */
static char *screen_of(struct reading *r, int less)
{
	struct buf b = buf_limited(64 << 10);

	reading_draw(r);
	for (int y = 0; y < r->screen->h - less; y++) {
		screen_row(r->screen, y, &b);
		buf_add_char(&b, '\n');
	}
	return buf_take(&b);
}

static char *rows_of(struct reading *r)
{
	return screen_of(r, 1);
}

static bool is_shown(struct reading *r, const char *what)
{
	char *screen = screen_of(r, 0);
	bool is = strstr(screen, what) != NULL;

	free(screen);
	return is;
}

static void shows(struct reading *r, const char *what)
{
	char *screen = screen_of(r, 0);

	if (!strstr(screen, what)) {
		fputs(screen, stdout);
		fail_msg("“%s” is not on the screen", what);
	}
	free(screen);
}

static void hides(struct reading *r, const char *what)
{
	if (is_shown(r, what))
		fail_msg("“%s” is on the screen", what);
}

/* All rows but the status line are as they were; `was` is freed. */
static void is_as_before(struct reading *r, char *was)
{
	char *now = rows_of(r);

	if (strcmp(now, was) != 0) {
		printf("it was:\n%sand is:\n%s", was, now);
		fail();
	}
	free(now);
	free(was);
}

static void press(struct reading *r, const char *keys)
{
	reading_press(r, keys);
	reading_rest(r);
}

#define AGAIN " · U does it again"

static void with_nothing_to_undo_it_says_so(void **state)
{
	struct reading *r = *state;

	press(r, "u");
	shows(r, " nothing to undo ");
	press(r, "U");
	shows(r, " nothing to redo ");
	press(r, "s U");
	shows(r, " nothing to redo ");
}

static void a_star_is_undone_and_done_again(void **state)
{
	struct reading *r = *state;
	char *before = rows_of(r);

	press(r, "s");
	shows(r, "▌ 1  ▲9 ● ★ ");
	press(r, "u");
	shows(r, " undone: starred: Rules on personal data to be tigh…" AGAIN);
	is_as_before(r, before);
	press(r, "U");
	shows(r, " done again: starred: Rules on personal data to be tightened ");
	shows(r, "▌ 1  ▲9 ● ★ ");
}

static void the_cursor_goes_to_the_row_it_concerned(void **state)
{
	struct reading *r = *state;

	press(r, "3 g s G u Esc");
	shows(r, " 3/");
	press(r, "g U Esc");
	shows(r, " 3/");
}

static void a_row_that_is_not_in_the_list_moves_nothing(void **state)
{
	struct reading *r = *state;

	press(r, "3 g s Esc ] j j");
	shows(r, " 3/");
	press(r, "[ [ j u");
	shows(r, " undone: starred: ");
	press(r, "Esc");
	shows(r, " 2/");
	press(r, "]");
	shows(r, " 3/");
}

static void in_an_open_article_nothing_moves(void **state)
{
	struct reading *r = *state;
	char *before;

	press(r, "3 g s 5 g");
	reading_press(r, "Enter");
	before = rows_of(r);
	reading_press(r, "u");
	is_as_before(r, before);
	shows(r, " undone: starred: ");
	press(r, "h Esc");
	shows(r, " 5/");
}

static void reading_is_undone(void **state)
{
	struct reading *r = *state;
	char *before = rows_of(r);

	press(r, "Enter");
	press(r, "h");
	shows(r, "▌ 1  ▲9   Rules");
	press(r, "u");
	shows(r, " undone: marked read: ");
	is_as_before(r, before);
}

static void all_of_a_view_is_undone_as_one(void **state)
{
	struct reading *r = *state;
	char *before;

	press(r, "]");
	before = rows_of(r);
	press(r, "A");
	shows(r, " marked read · u undoes it ");
	shows(r, " 0 unread");
	hides(r, "●");
	press(r, "u");
	shows(r, " read in Latest" AGAIN);
	is_as_before(r, before);
	press(r, "U");
	shows(r, " done again: marked ");
	hides(r, "●");
}

static void all_of_the_edition_is_undone_as_one(void **state)
{
	struct reading *r = *state;
	char *before = rows_of(r);

	press(r, "A");
	shows(r, " 30 marked read · u undoes it ");
	press(r, "u");
	shows(r, " undone: marked 30 read in Top" AGAIN);
	is_as_before(r, before);
}

static void a_count_undoes_that_many(void **state)
{
	struct reading *r = *state;
	char *before = rows_of(r);

	press(r, "s j m j s 3 u");
	shows(r, " undone: 3 changes, the last starred: ");
	is_as_before(r, before);
	press(r, "2 U");
	shows(r, " done again: 2 changes, the last marked read: ");
	press(r, "9 u");
	shows(r, " undone: 2 changes, the last starred: ");
}

static void keys_are_undone_in_the_order_they_were_pressed(void **state)
{
	struct reading *r = *state;
	char *before = rows_of(r);

	reading_press(r, "s u s u m u 5 s u j m k u");
	reading_rest(r);
	press(r, "g Esc");
	is_as_before(r, before);
}

static void something_new_drops_what_was_undone(void **state)
{
	struct reading *r = *state;

	press(r, "s j m u j m U");
	shows(r, " nothing to redo ");
	press(r, "u");
	shows(r, " undone: marked read: ");
	press(r, "u");
	shows(r, " undone: starred: ");
}

static void starred_follows(void **state)
{
	struct reading *r = *state;

	press(r, "s [ [");
	shows(r, " 3 starred");
	press(r, "u");
	shows(r, " 2 starred");
	press(r, "U");
	shows(r, " 3 starred");
	press(r, "j s .");
	shows(r, " 2 starred");
	press(r, "g u");
	shows(r, " undone: star removed: ");
	shows(r, " 3 starred");
	press(r, "Esc");
	shows(r, " 2/3 ");
}

static void filler_follows_and_the_next_edition(void **state)
{
	struct reading *r = *state;
	char *before;

	press(r, "] ] ] ]");
	shows(r, " 12 held back ");
	before = rows_of(r);
	press(r, "j ! .");
	shows(r, " 11 held back ");
	press(r, "u");
	shows(r, " undone: not filler: ");
	shows(r, " 12 held back ");
	press(r, "g Esc");
	is_as_before(r, before);
	press(r, "] ! u .");
	hides(r, "nothing new");
}

static void more_like_this_is_undone(void **state)
{
	struct reading *r = *state;

	press(r, "4 g + g u");
	shows(r, " undone: more like this: ");
	press(r, "Esc");
	shows(r, " 4/");
}

/* The first story with several sources is unfolded and its second entry split off. */
static void a_split_is_undone_with_its_rows(void **state)
{
	struct reading *r = *state;
	char *before;

	reading_resize(r, 120, 36);
	press(r, "z");
	before = rows_of(r);
	press(r, "j j X");
	shows(r, " split off · u undoes it ");
	press(r, "u");
	shows(r, " undone: split off: ");
	press(r, "g");
	is_as_before(r, before);
	press(r, "U");
	shows(r, " done again: split off: ");
}

/* ---- what is read, hidden ---- */

static void H_hides_what_is_read_and_the_cursor_goes_to_the_next_row(void **state)
{
	struct reading *r = *state;

	press(r, "2 g m j m k");
	shows(r, "▌ 2  ▼1   APP");
	press(r, "H");
	shows(r, " what is read is hidden ");
	hides(r, "APP收集");
	shows(r, "▌ 4  ▲7 ○ Waste water");
	press(r, "m");
	shows(r, "▌ 4  ▲7   Waste water");
	press(r, "H");
	shows(r, " what is read is shown ");
	shows(r, "  2  ▼1   APP");
	shows(r, "▌ 4  ▲7   Waste water");
}

static void what_is_read_meanwhile_stays_until_the_list_is_made_anew(void **state)
{
	struct reading *r = *state;

	press(r, "] H j j m Esc");
	shows(r, "▌ 07:");
	shows(r, " 3/58 ");
	press(r, "j");
	shows(r, " 4/58 ");
	press(r, ". Esc");
	shows(r, " 4/57 ");
	press(r, "u . g Esc");
	shows(r, " 1/58 ");
}

static void on_a_read_row_near_the_end_it_goes_to_the_last_one(void **state)
{
	struct reading *r = *state;

	press(r, "] G");
	press(r, "m H Esc");
	shows(r, " 57/57 ");
	press(r, "H Esc");
	hides(r, " 57/57 ");
}

#define ON_SAMPLE(test) cmocka_unit_test_setup_teardown(test, opened, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SAMPLE(with_nothing_to_undo_it_says_so),
		ON_SAMPLE(a_star_is_undone_and_done_again),
		ON_SAMPLE(the_cursor_goes_to_the_row_it_concerned),
		ON_SAMPLE(a_row_that_is_not_in_the_list_moves_nothing),
		ON_SAMPLE(in_an_open_article_nothing_moves),
		ON_SAMPLE(reading_is_undone),
		ON_SAMPLE(all_of_a_view_is_undone_as_one),
		ON_SAMPLE(all_of_the_edition_is_undone_as_one),
		ON_SAMPLE(a_count_undoes_that_many),
		ON_SAMPLE(keys_are_undone_in_the_order_they_were_pressed),
		ON_SAMPLE(something_new_drops_what_was_undone),
		ON_SAMPLE(starred_follows),
		ON_SAMPLE(filler_follows_and_the_next_edition),
		ON_SAMPLE(more_like_this_is_undone),
		ON_SAMPLE(a_split_is_undone_with_its_rows),
		ON_SAMPLE(H_hides_what_is_read_and_the_cursor_goes_to_the_next_row),
		ON_SAMPLE(what_is_read_meanwhile_stays_until_the_list_is_made_anew),
		ON_SAMPLE(on_a_read_row_near_the_end_it_goes_to_the_last_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
