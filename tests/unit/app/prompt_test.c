/* The bottom line as a place to type, over the sample edition and real threads: keys in, the screen out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/app/command.h"
#include "lede/app/option.h"
#include "lede/text/utf8.h"
#include "soak/reading.h"

static struct reading r;

static int opened_at(int w, int h, enum glyph_set glyphs)
{
	unsetenv("srcdir");           /* the sample alone */
	reading_open(&r, &(struct reading_setup){ .w = w, .h = h, .ambiguous = 1, .glyphs = glyphs });
	r.doing = "prompt";
	reading_rest(&r);
	return 0;
}

static int opened(void **state)
{
	(void)state;
	return opened_at(80, 24, GLYPHS_UNICODE);
}

static int opened_small(void **state)
{
	(void)state;
	return opened_at(40, 6, GLYPHS_ASCII);
}

static int opened_wide(void **state)
{
	(void)state;
	return opened_at(120, 36, GLYPHS_UNICODE);
}

static int closed(void **state)
{
	(void)state;
	reading_close(&r);
	return 0;
}

/* ---- hands and eyes ---- */

static const char *row(int y)
{
	static char out[4][4 << 10];
	static int turn;
	struct buf b = buf_limited(4000);
	char *to = out[turn++ % 4];

	reading_draw(&r);
	screen_row(r.screen, y < 0 ? r.screen->h + y : y, &b);
	snprintf(to, sizeof out[0], "%s", buf_cstr(&b));
	buf_free(&b);
	return to;
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static void bottom(const char *begin, const char *end)
{
	const char *line = row(-1);

	if (!begins(line, begin) || !str_ends(str_of(line), end))
		fail_msg("the bottom line is “%s”, not “%s … %s”", line, begin, end);
}

static void above(int y, const char *whole)
{
	if (strcmp(row(y), whole) != 0)
		fail_msg("row %d is “%s”, not “%s”", y, row(y), whole);
}

static void type(const char *text)
{
	size_t n;

	for (size_t at = 0; text[at]; at += n)
		reading_key(&r, utf8_at(str_of(text), at, &n));
}

static void press(const char *keys)
{
	reading_press(&r, keys);
}

static void say(const char *line)
{
	press("Esc :");
	type(line);
	press("Enter");
	reading_rest(&r);
}

static void paste(const char *text)
{
	reading_send(&r, (struct event){ .kind = EVENT_PASTE, .text = str_of(text) });
}

/* ---- the line ---- */

static void the_prompt_takes_the_bottom_line_and_the_cursor(void **state)
{
	(void)state;
	press(":");
	bottom(" : ", " Tab next · Enter run · Esc");
	assert_true(r.screen->cursor_shown);
	assert_int_equal(r.screen->cursor_x, 2);
	assert_int_equal(r.screen->cursor_y, 23);
	for (int y = 0; y < 23; y++)
		assert_null(strstr(row(y), "▌"));
	type("跨x");
	row(0);
	assert_int_equal(r.screen->cursor_x, 5);
	press("Esc");
	bottom(" 1/", "? help");
	assert_false(r.screen->cursor_shown);
	assert_true(begins(row(2), "▌"));
}

static void keys_of_commands_are_letters_in_it(void **state)
{
	(void)state;
	press(":");
	type("qQ?j3 ");
	bottom(" :qQ?j3 ", "Esc");
	assert_false(r.quit);
	press("Backspace Backspace ^U");
	bottom(" : ", "Esc");
	press("Backspace");           /* in an empty prompt it gives up */
	bottom(" 1/", "? help");
}

static void every_editing_key_does_what_it_says(void **state)
{
	static const struct { const char *keys, *line; } steps[] = {
		{ "Left Left Backspace", " :one wo" }, { "End ^W", " :one" }, { "Home Delete", " :ne" },
		{ "^E ! ^A # Right ^K", " :#n" }, { "^E ^B ^F ^B Delete", " :#" }, { "^V ^X ^V F5 ^V Esc", " :#^XF5Esc" },
		{ "^U", " :" },
	};

	(void)state;
	press(":");
	type("one two");
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		press(steps[i].keys);
		bottom(steps[i].line, "Esc");
		assert_true(str_is(str_trim(str_sub(str_of(row(-1)), 0, 20)), steps[i].line + 1));
	}
	press("^C");
	bottom(" 1/", "? help");
}

static void a_paste_is_text_and_nothing_else(void **state)
{
	(void)state;
	paste("Q");                   /* no prompt is open: it goes nowhere */
	assert_false(r.quit);
	press(":");
	paste("set\r\nrows\n=\tdense\x1B[2J\x03");
	bottom(" :set rows = dense[2J ", "Esc");
	press("Esc");
}

static void a_long_line_slides_and_the_hint_gives_way(void **state)
{
	(void)state;
	press(":");
	paste("0123456789012345678901234567890123456789012345678901234567890123456789");
	bottom(" :0123", "456789");
	paste("abcdefghijklmnopqrstuvwxyz");
	bottom(" :", "uvwxyz");
	assert_int_equal(r.screen->cursor_x, 78);
	press("Home");
	bottom(" :0123", "abcdefg");
	assert_int_equal(r.screen->cursor_x, 2);
	press("Esc");
}

static void a_screen_that_is_too_small_has_no_prompt(void **state)
{
	(void)state;
	press(":");
	type("Q");
	reading_resize(&r, 18, 4);
	reading_resize(&r, 80, 24);
	bottom(" 1/", "? help");
}

/* ---- history ---- */

static void what_was_said_comes_back(void **state)
{
	(void)state;
	say("set rows?");
	say("5");
	say("set rows=dense");
	say("5");
	press(": Up");
	bottom(" :5 ", "Esc");
	press("Up");
	bottom(" :set rows=dense ", "Esc");
	press("^P");
	bottom(" :set rows? ", "Esc");
	press("Up");
	bottom(" :set rows? ", "Esc");
	press("Down ^N Down");
	bottom(" : ", "Esc");
	type("set");
	press("Up Up");
	bottom(" :set rows? ", "Esc");
	press("Down Down");
	bottom(" :set ", "Esc");
	press("Esc");
}

/* ---- what can be said ---- */

static void a_number_goes_to_that_rank(void **state)
{
	(void)state;
	say("7");
	bottom(" 7/", "? help");
	press("3 :");
	bottom(" :3 ", "Esc");
	press("Enter");
	bottom(" 3/", "? help");
	say("  last ");
	bottom(" 34/", "? help");
	say("2 up");
	say("first");
	bottom(" 1/", "? help");
	say("0");
	bottom(" no command named 0", "? help");
}

static void what_is_wrong_names_what_may_be_meant(void **state)
{
	static const struct { const char *said, *answer; } cases[] = {
		{ "hlep", " no command named hlep; did you mean help?" },
		{ "xyzzyx", " no command named xyzzyx " },
		{ "down five", " down takes no words" },
		{ "set colour=x", " unknown option “colour”; did you mean theme?" },
		{ "set rows=none", " rows" },
		{ "set weight=3", " weight is not set for everything" },
		{ "bind K", " expected bind" },
		{ "bind K stra", " there is no command “stra”; did you mean star?" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		say(cases[i].said);
		bottom(cases[i].answer, "");
	}
}

static void an_option_holds_at_once(void **state)
{
	(void)state;
	say("set rows=dense");
	bottom(" rows = dense ", "? help");
	assert_int_equal(r.view.g.row_lines, 1);
	say("set rows = comfortable");
	row(0);
	assert_int_equal(r.view.g.row_lines, 2);
	say("set rows?");
	bottom(" rows = comfortable ", "? help");
	say("set text-width 40");
	row(0);
	assert_true(r.view.g.text.w <= 40);
	say("set layout=single");
	row(0);
	assert_int_equal(r.view.g.layout, LAYOUT_SINGLE);
	say("set auto-refresh");
	bottom(" auto-refresh = yes ", "? help");
	say("set glyphs=ascii");
	assert_true(begins(row(2), ">"));
	say("set keys=newsboat");
	press("Esc J");
	bottom(" 2/", "? help");
}

static void a_key_can_be_bound_and_unbound(void **state)
{
	(void)state;
	say("bind K last");
	press("Esc K");
	bottom(" 34/", "? help");
	say("bind gk first");
	press("Esc g k");
	bottom(" 1/", "? help");
	say("unbind K");
	press("Esc K");
	bottom(" no command on K", "? help");
}

static void q_is_how_vim_is_left(void **state)
{
	(void)state;
	say("q");
	assert_true(r.quit);
}

/* ---- completion ---- */

static void candidates_stand_above_with_their_sentence(void **state)
{
	(void)state;
	press(":");
	type("set rows=");
	press("Tab Tab");
	above(19, "  rows=auto             comfortable from 24 list lines up, else dense");
	above(20, "▌ rows=comfortable      two lines a story");
	above(21, "  rows=dense            one line a story");
	above(22, "");
	bottom(" :set rows=comfortable ", " Tab next · Enter run · Esc");
	press("Tab Tab");
	bottom(" :set rows= ", "Esc");       /* what was typed */
	press("Shift-Tab");
	bottom(" :set rows=dense ", "Esc");
	press("Enter");
	assert_null(strstr(row(19), "rows=auto"));
	assert_int_equal(r.view.g.row_lines, 1);
}

static void the_only_candidate_is_taken_and_the_next_tab_goes_on(void **state)
{
	(void)state;
	press(":");
	type("unb");
	press("Tab");
	bottom(" :unbind ", "Esc");
	press("^U");
	type("set scroll-");
	press("Tab Tab");
	bottom(" :set scroll-offset=3 ", "Esc");
	press("^U");
	type("bind K unf");
	press("Tab");
	bottom(" :bind K unfold ", "Esc");
	type(" pa");
	press("Tab");
	bottom(" :bind K unfold panel ", "Esc");
	press("Esc");
}

static void eight_candidates_are_shown_at_a_time(void **state)
{
	int first = 0;

	(void)state;
	press(": Shift-Tab");
	for (int y = 1; y < 23; y++)
		if (!first && begins(row(y), "▌ "))
			first = y;
	assert_int_equal(first, 21);
	assert_true(begins(row(14), "  "));
	assert_true(strstr(row(13), "│") || row(13)[1] != ' ' || row(13)[0] == ' ');
	press("Tab");
	bottom(" : ", "Esc");
	press("Esc");
}

static void a_small_screen_shows_what_it_can(void **state)
{
	(void)state;
	press(":");
	type("set rows=");
	press("Tab Tab Tab");
	above(3, "> rows=dense          one line a story");
	above(4, "");
	bottom(" :set rows=dense", "");
	press("Esc");
}

/* ---- messages ---- */

static bool shows(const char *text)
{
	reading_draw(&r);
	for (int y = 0; y < r.screen->h; y++)
		if (strstr(row(y), text))
			return true;
	return false;
}

static void messages_are_kept_with_their_times(void **state)
{
	(void)state;
	say("hlep");
	say("set rows?");
	press("s");
	say("messages");
	assert_true(shows("Messages"));
	assert_true(shows("newest last · 200 kept · q closes"));
	assert_true(shows("no command named hlep; did you mean help?"));
	assert_true(shows("rows = auto"));
	assert_true(shows("Enter on a line goes to its feed or entry"));
	press("q");
	assert_false(shows("Messages"));
}

static void a_message_leads_to_what_it_was_about(void **state)
{
	(void)state;
	press("j j s");
	reading_rest(&r);
	press("g");
	bottom(" ", "? help");
	say("messages");
	press("Enter");
	reading_rest(&r);
	press("Esc");
	bottom(" 3/", "? help");
}

static void only_the_last_200_are_kept(void **state)
{
	(void)state;
	say("first-of-all");
	for (int i = 0; i < 200; i++)
		say("nope-nope");
	say("messages");
	press("g");
	assert_true(shows("no command named nope-nope"));
	for (int page = 0; page < 12; page++) {
		assert_false(shows("first-of-all"));
		press("PgDn");
	}
}

/* ---- what was learned ---- */

static void an_address_without_a_network_is_given_back(void **state)
{
	(void)state;
	press("a");
	type("a.example/feed");
	press("Enter");
	reading_rest(&r);
	assert_true(shows("there is no network here"));
	press("Enter");
	bottom(" address a.example/feed ", "Esc");
	press("Esc a");
	type("a.example");
	press("Enter Esc");
	assert_false(shows("Add a feed"));
}

static void what_was_learned_is_shown_and_unlearned(void **state)
{
	(void)state;
	press("Enter");
	reading_rest(&r);
	press("Esc +");
	reading_rest(&r);
	say("profile");
	assert_true(shows("What was learned"));
	assert_true(shows("feed   City News"));
	press("Enter");
	bottom(" :profile forget City News ", "Esc");
	press("Enter");
	reading_rest(&r);
	bottom(" forgotten: City News", "? help");
	assert_false(shows("feed   City News"));
	press(":");
	type("profile forget all");
	press("Enter");
	reading_rest(&r);
	assert_true(shows("nothing yet"));
	press(":");
	type("profile forget xyzzy");
	press("Enter");
	reading_rest(&r);
	assert_true(strstr(row(-1), "xyzzy"));
	say("profile forget");
	bottom(" profile forget takes a word", "? help");
	assert_false(shows("What was learned"));
}

/* ---- help ---- */

static void the_help_is_searched_while_one_types(void **state)
{
	(void)state;
	press("?");
	assert_true(shows("/ searches this page"));
	press("/");
	type("split-");
	assert_true(shows(" lines hold “split-”"));
	assert_true(shows("split-left"));
	assert_true(shows("set split-rows="));
	assert_false(shows("half-down"));
	bottom(" /split- ", "Enter keep · Esc clear");
	press("Enter");
	assert_true(shows("split-left"));
	press("/ Esc");
	assert_true(shows("half-down"));
	press("q");
	assert_false(shows("half-down"));
}

static void a_line_of_the_help_is_run_or_typed(void **state)
{
	(void)state;
	press("? /");
	type("scroll-offset");
	press("Enter Enter");
	bottom(" :set scroll-offset=3 ", "Esc");
	press("Esc ? /");
	type("first; with");
	press("Enter n");
	bottom(" ", "? help");
	press("Esc G ? /");
	type("first; with");
	press("Enter Enter");
	bottom(" 1/", "? help");
}

static void n_and_N_go_through_what_was_found(void **state)
{
	(void)state;
	press("? /");
	type("split-");
	press("Enter");
	row(0);
	int at = r.view.pane.bar_line;

	press("n");
	row(0);
	assert_int_equal(r.view.pane.bar_line, at + 1);
	press("N");
	row(0);
	assert_int_equal(r.view.pane.bar_line, at);
	press("N");
	bottom(" none before", "? help");
	press("q");
}

static void words_that_nothing_holds_are_said(void **state)
{
	(void)state;
	press("? /");
	type("xyzzy");
	assert_true(shows("all screens · 0 of "));
	press("Enter Enter q");
	bottom(" 1/", "? help");
}

static void every_choice_has_its_words(void **state)
{
	(void)state;
	for (int i = 0; i < OPTION_COUNT; i++) {
		struct str rest = str_of(option_table[i].choices), value;

		while (rest.n > 0 && str_next(&rest, ' ', &value))
			if (option_choice_help((enum option_id)i, value)[0] == '\0')
				fail_msg("%s=%.*s has no words", option_table[i].name, (int)value.n, value.p);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, opened, closed)
	const struct CMUnitTest tests[] = {
		TEST(the_prompt_takes_the_bottom_line_and_the_cursor),
		TEST(keys_of_commands_are_letters_in_it),
		TEST(every_editing_key_does_what_it_says),
		TEST(a_paste_is_text_and_nothing_else),
		TEST(a_long_line_slides_and_the_hint_gives_way),
		TEST(a_screen_that_is_too_small_has_no_prompt),
		TEST(what_was_said_comes_back),
		TEST(a_number_goes_to_that_rank),
		TEST(what_is_wrong_names_what_may_be_meant),
		TEST(an_option_holds_at_once),
		TEST(a_key_can_be_bound_and_unbound),
		TEST(q_is_how_vim_is_left),
		TEST(candidates_stand_above_with_their_sentence),
		TEST(the_only_candidate_is_taken_and_the_next_tab_goes_on),
		TEST(messages_are_kept_with_their_times),
		TEST(a_message_leads_to_what_it_was_about),
		TEST(only_the_last_200_are_kept),
		TEST(an_address_without_a_network_is_given_back),
		TEST(what_was_learned_is_shown_and_unlearned),
		TEST(the_help_is_searched_while_one_types),
		TEST(a_line_of_the_help_is_run_or_typed),
		TEST(n_and_N_go_through_what_was_found),
		TEST(words_that_nothing_holds_are_said),
		TEST(eight_candidates_are_shown_at_a_time),
		cmocka_unit_test_setup_teardown(a_small_screen_shows_what_it_can, opened_small, closed),
		cmocka_unit_test(every_choice_has_its_words),
	};

	(void)opened_wide;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
