/* What is held back: the section Filler and the key !, over the sample edition and real threads. */
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
	r.doing = "filler";
	reading_rest(&r);
	*state = &r;
	return 0;
}

static int closed(void **state)
{
	reading_close(*state);
	return 0;
}

static const char *screen_of(struct reading *r)
{
	static char out[32 << 10];
	struct buf b = buf_limited(sizeof out - 1);

	reading_draw(r);
	for (int y = 0; y < r->screen->h; y++) {
		screen_row(r->screen, y, &b);
		buf_add_char(&b, '\n');
	}
	snprintf(out, sizeof out, "%s", buf_cstr(&b));
	buf_free(&b);
	return out;
}

static void shows(struct reading *r, const char *what)
{
	if (strstr(screen_of(r), what))
		return;
	fputs(screen_of(r), stdout);
	fail_msg("“%s” is not on the screen", what);
}

static void hides(struct reading *r, const char *what)
{
	if (strstr(screen_of(r), what))
		fail_msg("“%s” is on the screen:\n%s", what, screen_of(r));
}

static void press(struct reading *r, const char *keys)
{
	reading_press(r, keys);
	reading_rest(r);
}

/* The keys, and what they say at once. */
static void press_and_see(struct reading *r, const char *keys, const char *message)
{
	reading_press(r, keys);
	shows(r, message);
	reading_rest(r);
}

#define TO_FILLER "] ] ] ]"

static void the_section_has_each_entry_with_its_reason(void **state)
{
	struct reading *r = *state;

	press(r, TO_FILLER);
	shows(r, "  12 held back · 08:14\n");
	shows(r, "● Northern hills tomorrow: rain, highest temperature 21°\n"
		 "▌          weather notice · City News\n");
	shows(r, " advert: insurance words · City News\n");
	shows(r, " how-to filler · Paper Daily\n");
	shows(r, " 1/12 · held back: names a date, place and weather        ! not filler · ? help");
}

static void the_cursor_moves_by_entries_of_two_lines(void **state)
{
	struct reading *r = *state;

	press(r, TO_FILLER " G");
	shows(r, " 12/12 · held back: ");
	shows(r, "▌          how-to filler · ");
	press(r, "k k");
	shows(r, " 10/12 · ");
	press(r, "g");
	shows(r, " 1/12 · ");
	press(r, "Enter");
	shows(r, "Northern hills tomorrow");
	press(r, "h m");
	shows(r, "Sun    ● Northern hills");
}

static void what_is_none_is_back_in_the_next_edition(void **state)
{
	struct reading *r = *state;

	press_and_see(r, TO_FILLER " !", "not filler: back in the next edition");
	shows(r, "not filler · City News");
	shows(r, "12 held back");       /* rows stay until the list is made anew */
	shows(r, "! filler · ? help");
	press(r, ".");
	shows(r, "11 held back");
	hides(r, "Northern hills");
	press(r, "]");
	hides(r, "Northern hills");
	press(r, ". g");
	press(r, "G");
	for (int i = 0; i < 40 && !strstr(screen_of(r), "Northern hills"); i++)
		press(r, "k");
	shows(r, "Northern hills");
}

static void it_can_be_taken_back_at_once(void **state)
{
	struct reading *r = *state;

	press_and_see(r, TO_FILLER " !", "not filler: back in the next edition");
	press_and_see(r, "!", "filler: left out of the next edition");
	shows(r, "weather notice · City News");
	press(r, ".");
	shows(r, "12 held back");
}

static void a_story_that_is_filler_leaves_the_next_edition(void **state)
{
	struct reading *r = *state;

	shows(r, "▌ 1");
	press_and_see(r, "j !", "filler: left out of the next edition");
	press(r, "Esc");
	shows(r, " 2/34 · filler: left out of the next edition");
	press(r, "k .");
	hides(r, "APP收集");
	press(r, TO_FILLER);
	shows(r, "marked as filler · ");
	shows(r, "held back: you marked it as filler");
}

static void in_the_article_the_key_does_the_same(void **state)
{
	struct reading *r = *state;

	press(r, "Enter");
	press_and_see(r, "!", "filler: left out of the next edition");
	press_and_see(r, "!", "not filler: back in the next edition");
}

static void latest_and_a_feeds_entries_say_which_are_filler(void **state)
{
	struct reading *r = *state;

	press(r, "]");
	for (int i = 0; i < 64 && !strstr(screen_of(r), "▌ Sun  "); i++)
		press(r, "j");
	for (int i = 0; i < 64 && !strstr(screen_of(r), " · filler: weather notice"); i++)
		press(r, "j");
	shows(r, "   filler\n");
	shows(r, " · filler: weather notice");
}

static void all_of_it_is_marked_read_at_once(void **state)
{
	struct reading *r = *state;

	press(r, TO_FILLER);
	press_and_see(r, "A", "12 marked read");
	hides(r, "●");
	press(r, "g n");
	hides(r, "●");
}

static void without_filler_it_is_said_what_would_stand_there(void **state)
{
	struct reading *r = *state;

	press(r, TO_FILLER);
	for (int i = 0; i < 12; i++)
		press(r, "! j");
	press(r, ".");
	shows(r, "Nothing held back");
	shows(r, "Adverts, weather notices and how-to filler would stand here");
	press_and_see(r, "!", "nothing here");
}

#define ON_SAMPLE(test) cmocka_unit_test_setup_teardown(test, opened, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SAMPLE(the_section_has_each_entry_with_its_reason),
		ON_SAMPLE(the_cursor_moves_by_entries_of_two_lines),
		ON_SAMPLE(what_is_none_is_back_in_the_next_edition),
		ON_SAMPLE(it_can_be_taken_back_at_once),
		ON_SAMPLE(a_story_that_is_filler_leaves_the_next_edition),
		ON_SAMPLE(in_the_article_the_key_does_the_same),
		ON_SAMPLE(latest_and_a_feeds_entries_say_which_are_filler),
		ON_SAMPLE(all_of_it_is_marked_read_at_once),
		ON_SAMPLE(without_filler_it_is_said_what_would_stand_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
