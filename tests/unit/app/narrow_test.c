/* Small screens over the sample edition and the fixtures: nothing is cut off unseen, nothing pushes
 * the cursor away. Every frame is checked besides (tests/soak/sound.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "soak/reading.h"

static int open_small(void **state, bool welcome)
{
	static struct reading r;

	reading_open(
		&r, &(struct reading_setup){ .w = 20, .h = 24, .ambiguous = 1, .sample = welcome });
	r.doing = "a small screen";
	reading_rest(&r);
	*state = &r;
	return 0;
}

static int open_list(void **state)
{
	return open_small(state, false);
}

static int open_welcome(void **state)
{
	return open_small(state, true);
}

static int leave(void **state)
{
	reading_close(*state);
	return 0;
}

/* Of the screen, on one line, with one blank for each run of them. */
static const char *words_shown(struct reading *r)
{
	static char out[8 << 10];
	struct buf b = buf_limited(sizeof out - 1);

	reading_draw(r);
	for (int i = 0; i < r->screen->w * r->screen->h; i++) {
		const char *c = r->screen->cell[i].text;

		if (*c != ' ' || (b.n > 0 && b.p[b.n - 1] != ' '))
			buf_add_cstr(&b, c);
	}
	snprintf(out, sizeof out, "%s", buf_cstr(&b));
	buf_free(&b);
	return out;
}

static void assert_words(struct reading *r, const char *words)
{
	if (!strstr(words_shown(r), words))
		fail_msg("“%s” is not in “%s”", words, words_shown(r));
}

static void the_welcome_is_wrapped_keys_and_all(void **state)
{
	struct reading *r = *state;

	reading_resize(r, 20, 60);
	assert_words(r, "Space read on: this page, the next, then the next story");
	reading_resize(r, 30, 60);
	assert_words(r, "Enter h into the article and back to the list");
}

static void help_keeps_one_line_a_command(void **state)
{
	struct reading *r = *state;
	int lines = 0;

	reading_press(r, "?");
	for (int w = 20; w < 100; w++) {
		reading_resize(r, w, 100);
		reading_draw(r);
		if (w == 64)
			lines = r->view.pane.nlines;
		else if (w > 64)
			assert_int_equal(r->view.pane.nlines, lines);
	}
}

static void a_smaller_screen_keeps_the_bar_of_the_help_in_view(void **state)
{
	struct reading *r = *state;

	reading_resize(r, 80, 60);
	reading_press(r, "? 3 0 j");
	for (int h = 60; h >= 5; h--) {
		reading_resize(r, 80, h);
		reading_draw(r);
	}
}

static void a_sentence_instead_of_text_is_wrapped(void **state)
{
	struct reading *r = *state;
	bool found = false;

	reading_press(r, "]");
	for (int i = 0; i < 200 && !found; i++) {
		reading_press(r, "Enter");
		reading_rest(r);
		found = strstr(words_shown(r),
		               "The feed gives no text. o opens the page in the browser") != NULL;
		reading_press(r, "h j");
		reading_rest(r);
	}
	assert_true(found);
}

static void headings_do_not_push_the_cursor_out_of_view(void **state)
{
	struct reading *r = *state;

	reading_press(r, "]");
	for (int h = 5; h <= 10; h++) {
		reading_resize(r, 40, h);
		reading_press(r, "G");
		reading_draw(r);
		for (int i = 0; i < 30; i++) {
			reading_press(r, "k");
			reading_draw(r);
		}
	}
}

static void other_coverage_keeps_its_headline_when_it_is_narrow(void **state)
{
	struct reading *r = *state;

	for (int w = 20; w <= 50; w += 3) {
		reading_resize(r, w, 40);
		reading_press(r, "Enter G");
		reading_draw(r);
		reading_press(r, "h j");
	}
}

static void what_a_sentence_quotes_cannot_reach_the_terminal(void **state)
{
	struct reading *r = *state;

	reading_resize(r, 100, 20);
	app_say(r->app, true, r->ticks, "cannot read “%s”", "\033[31mred\x9B\t\n\xE5\xAE.theme");
	reading_draw(r);
	assert_words(r, "cannot read “");
}

static void a_section_whose_rows_have_not_come_is_drawn_empty(void **state)
{
	struct reading *r = *state;

	r->keeps = true;
	for (int i = 0; i < 5; i++) {
		reading_press(r, "]");
		reading_draw(r);
		reading_press(r, "Tab");
		reading_draw(r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_welcome_is_wrapped_keys_and_all, open_welcome,
		                                leave),
		cmocka_unit_test_setup_teardown(help_keeps_one_line_a_command, open_list, leave),
		cmocka_unit_test_setup_teardown(a_smaller_screen_keeps_the_bar_of_the_help_in_view,
		                                open_list, leave),
		cmocka_unit_test_setup_teardown(a_sentence_instead_of_text_is_wrapped, open_list,
		                                leave),
		cmocka_unit_test_setup_teardown(headings_do_not_push_the_cursor_out_of_view,
		                                open_list, leave),
		cmocka_unit_test_setup_teardown(other_coverage_keeps_its_headline_when_it_is_narrow,
		                                open_list, leave),
		cmocka_unit_test_setup_teardown(a_section_whose_rows_have_not_come_is_drawn_empty,
		                                open_list, leave),
		cmocka_unit_test_setup_teardown(what_a_sentence_quotes_cannot_reach_the_terminal,
		                                open_list, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
