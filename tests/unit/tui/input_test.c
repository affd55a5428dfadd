#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lede/tui/input.h"

#define F(n) (LEDE_KEY_F1 + (n) - 1)

/* What came out, as names: "Up j Esc". */
struct got { char text[256]; };

static void take(struct input *in, struct got *got)
{
	uint32_t key;
	char name[16];

	while ((key = input_key(in))) {
		size_t n = strlen(got->text);

		key_text(key, name);
		snprintf(got->text + n, sizeof got->text - n, "%s%s", n > 0 ? " " : "", name);
	}
}

static void feed(struct input *in, const char *bytes, size_t n, int64_t ms, struct got *got)
{
	for (size_t i = 0; i < n; i++) {
		input_byte(in, (unsigned char)bytes[i], ms);
		take(in, got);
	}
}

static void wait_until(struct input *in, int64_t ms, struct got *got)
{
	input_quiet(in, ms);
	take(in, got);
}

static void learn_xterm(struct input *in)
{
	input_learn(in, "\033OA", LEDE_KEY_UP);
	input_learn(in, "\033OH", LEDE_KEY_HOME);
	input_learn(in, "\033[3~", LEDE_KEY_DELETE);
	input_learn(in, "\033OP", F(1));
}

/* The keys of bytes that come in two parts, 20 ms apart, and are followed by silence. */
static void assert_split(const char *bytes, size_t n, size_t at, const char *want)
{
	struct input *in = input_new();
	struct got got = { "" };

	learn_xterm(in);
	feed(in, bytes, at, 1000, &got);
	wait_until(in, 1020, &got);
	feed(in, bytes + at, n - at, 1020, &got);
	wait_until(in, 1019 + INPUT_ESC_MS, &got);
	wait_until(in, 1020 + INPUT_CUT_MS, &got);
	assert_string_equal(got.text, want);
	assert_int_equal(input_wait(in, 2000), -1);
	input_free(in);
}

static void assert_keys_n(const char *bytes, size_t n, const char *want)
{
	char before[300], after[300], known[300];

	for (size_t at = 0; at <= n; at++)
		assert_split(bytes, n, at, want);
	/* What stood before and comes behind stays what it was. */
	snprintf(before, sizeof before, "k%.*s", (int)n, bytes);
	snprintf(known, sizeof known, "k%s%s", *want ? " " : "", want);
	assert_split(before, n + 1, 1, known);
	snprintf(after, sizeof after, "%.*sj", (int)n, bytes);
	snprintf(known, sizeof known, "%s%sj", want, *want ? " " : "");
	assert_split(after, n + 1, n, known);
}

static void assert_keys(const char *bytes, const char *want)
{
	assert_keys_n(bytes, strlen(bytes), want);
}

struct row { const char *bytes, *want; };

static void assert_rows(const struct row *row, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_keys(row[i].bytes, row[i].want);
}

#define ROWS(table) assert_rows(table, sizeof table / sizeof *table)

static void arrows_are_arrows_under_any_terminfo(void **state)
{
	static const struct row rows[] = {
		{ "\033[A", "Up" }, { "\033[B", "Down" }, { "\033[C", "Right" },
		{ "\033[D", "Left" },
		{ "\033OA", "Up" }, { "\033OB", "Down" }, { "\033OC", "Right" },
		{ "\033OD", "Left" },
		{ "\033[1A", "Up" }, { "\033[1;1B", "Down" },
	};

	(void)state;
	ROWS(rows);
}

static void home_end_and_their_neighbours_have_many_spellings(void **state)
{
	static const struct row rows[] = {
		{ "\033[H", "Home" }, { "\033OH", "Home" }, { "\033[1~", "Home" },
		{ "\033[7~", "Home" },
		{ "\033[F", "End" }, { "\033OF", "End" }, { "\033[4~", "End" },
		{ "\033[8~", "End" },
		{ "\033[5~", "PgUp" }, { "\033[6~", "PgDn" }, { "\033[2~", "Insert" },
		{ "\033[3~", "Delete" },
		{ "\033[Z", "Shift-Tab" }, { "\033[1;2Z", "Shift-Tab" },
	};

	(void)state;
	ROWS(rows);
}

static void function_keys_of_every_terminal_are_known(void **state)
{
	static const struct row rows[] = {
		{ "\033OP", "F1" }, { "\033OQ", "F2" }, { "\033OR", "F3" }, { "\033OS", "F4" },
		{ "\033[P", "F1" }, { "\033[Q", "F2" }, { "\033[R", "F3" }, { "\033[S", "F4" },
		{ "\033[11~", "F1" }, { "\033[14~", "F4" }, { "\033[15~", "F5" },
		{ "\033[17~", "F6" },
		{ "\033[18~", "F7" }, { "\033[19~", "F8" }, { "\033[20~", "F9" },
		{ "\033[21~", "F10" },
		{ "\033[23~", "F11" }, { "\033[24~", "F12" },
		{ "\033[[A", "F1" }, { "\033[[E", "F5" }, { "\033[[Z", "" },
	};

	(void)state;
	ROWS(rows);
}

static void the_keypad_in_application_mode_types(void **state)
{
	static const struct row rows[] = {
		{ "\033OM", "Enter" }, { "\033Oj", "*" }, { "\033Oq", "1" }, { "\033Oy", "9" },
		{ "\033O ", "Space" },
	};

	(void)state;
	ROWS(rows);
}

static void an_arrow_with_a_modifier_is_not_the_arrow(void **state)
{
	static const struct row rows[] = {
		{ "\033[1;5A", "" }, { "\033[1;2B", "" }, { "\033[1;3C", "" },
		{ "\033O5D", "" }, { "\033[5;5~", "" },
		{ "\033[a", "" }, { "\033Oa", "" }, { "\033[7^", "" }, { "\033[7@", "" },
		{ "\033[1;129A", "Up" },          /* NumLock */
		{ "\033[1;65H", "Home" },         /* CapsLock */
		{ "\033[1;1:2A", "Up" },          /* repeated */
		{ "\033[1;1:3A", "" },            /* let go */
	};

	(void)state;
	ROWS(rows);
}

static void what_kitty_spells_out_is_the_key(void **state)
{
	static const struct row rows[] = {
		{ "\033[27u", "Esc" }, { "\033[13u", "Enter" }, { "\033[9u", "Tab" },
		{ "\033[127u", "Backspace" },
		{ "\033[27;1u", "Esc" }, { "\033[27;129u", "Esc" }, { "\033[27;1:3u", "" },
		{ "\033[9;2u", "Shift-Tab" },
		{ "\033[99;5u", "^C" }, { "\033[97;3u", "" }, { "\033[97:65;2u", "" },
		{ "\033[57358u", "" },
		{ "\033[?1u", "" }, { "\033[27;5;13~", "" },
	};

	(void)state;
	ROWS(rows);
}

static void a_key_with_alt_is_not_the_key(void **state)
{
	static const struct row rows[] = {
		{ "\033A", "" }, { "\033a", "" }, { "\033Q", "" }, { "\033q", "" },
		{ "\0331", "" }, { "\033 ", "" },
		{ "\033/", "" }, { "\033(", "" }, { "\033\r", "" }, { "\033\177", "" },
		{ "\033\003", "" },
		{ "\033ä", "" }, { "\033語", "" },
		{ "\033\033[A", "" }, { "\033\033OA", "" }, { "\033\033[5~", "" },
		{ "\033\033a", "" },
	};

	(void)state;
	ROWS(rows);
}

static void letters_that_begin_a_sequence_are_nothing_with_alt(void **state)
{
	static const char letters[] = "[O]PX^_";

	(void)state;
	for (size_t i = 0; letters[i]; i++) {
		struct input *in = input_new();
		struct got got = { "" };

		feed(in, "\033", 1, 0, &got);
		feed(in, &letters[i], 1, 0, &got);
		wait_until(in, INPUT_CUT_MS, &got);
		feed(in, "j", 1, 200, &got);
		assert_string_equal(got.text, "j");
		input_free(in);
	}
}

static void answers_that_come_late_do_nothing(void **state)
{
	static const struct row rows[] = {
		{ "\033]11;rgb:1e1e/1e1e/2e2e\033\\", "" }, { "\033]11;rgb:0000/0000/0000\a", "" },
		{ "\033]52;c;cXVpdA==\a", "" }, { "\033]0;日本\033\\", "" },
		{ "\033[24;80R", "" }, { "\033[1;1R", "" }, { "\033[?62;22c", "" },
		{ "\033[>0;276;0c", "" },
		{ "\033[0n", "" }, { "\033[?2026;2$y", "" }, { "\033[4;1$y", "" },
		{ "\033[8;24;80t", "" },
		{ "\033P1$r0m\033\\", "" }, { "\033P>|XTerm(370)\033\\", "" },
		{ "\033P!|00000000\033\\", "" },
		{ "\033_Gi=31;OK\033\\", "" }, { "\033^private\033\\", "" },
		{ "\033Xstring\033\\", "" },
	};

	(void)state;
	ROWS(rows);
}

static void focus_and_mouse_do_nothing(void **state)
{
	static const struct row rows[] = {
		{ "\033[I", "" }, { "\033[O", "" },
		{ "\033[<0;10;5M", "" }, { "\033[<0;10;5m", "" }, { "\033[<64;33;12M", "" },
		{ "\033[32;10;5M", "" },
		{ "\033[M !!", "" }, { "\033[M#qQ", "" }, { "\033[Mqqq", "" },
	};

	(void)state;
	ROWS(rows);
}

static void what_is_pasted_is_not_typed(void **state)
{
	static const struct row rows[] = {
		{ "\033[200~Q\033[201~", "" }, { "\033[200~quit\r\nQ\tDy\033[201~", "" },
		{ "\033[200~\033[A\033\033[B\033[201\033[201~", "" },
		{ "\033[200~\033]0;x\033[201~", "" },
		{ "\033[200~\033[201~j", "j" }, { "\033[201~", "" },
		{ "\033[200~日本\xff\033[201~k", "k" },
	};

	(void)state;
	ROWS(rows);
}

static void a_paste_without_an_end_is_over_after_a_second(void **state)
{
	struct input *in = input_new();
	struct got got = { "" };

	(void)state;
	feed(in, "\033[200~abc", 9, 0, &got);
	wait_until(in, INPUT_PASTE_MS - 1, &got);
	feed(in, "d", 1, INPUT_PASTE_MS - 1, &got);
	assert_int_equal(input_wait(in, INPUT_PASTE_MS), INPUT_PASTE_MS - 1);
	wait_until(in, 2 * INPUT_PASTE_MS, &got);
	feed(in, "j", 1, 3000, &got);
	assert_string_equal(got.text, "j");
	input_free(in);
}

static void esc_alone_is_esc_after_fifty_milliseconds(void **state)
{
	struct input *in = input_new();
	struct got got = { "" };

	(void)state;
	assert_int_equal(input_wait(in, 1000), -1);
	feed(in, "\033", 1, 1000, &got);
	assert_int_equal(input_wait(in, 1000), 50);
	assert_int_equal(input_wait(in, 1049), 1);
	wait_until(in, 1049, &got);
	assert_string_equal(got.text, "");
	assert_int_equal(input_wait(in, 1050), 0);
	wait_until(in, 1050, &got);
	feed(in, "j", 1, 1060, &got);
	assert_string_equal(got.text, "Esc j");
	input_free(in);
}

static void esc_pressed_again_and_again_is_so_many_escs(void **state)
{
	static const struct row rows[] = {
		{ "\033", "Esc" }, { "\033\033", "Esc Esc" }, { "\033\033\033", "Esc Esc Esc" },
		{ "\033\033\033\033", "Esc Esc Esc Esc" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t at = 0; at <= strlen(rows[i].bytes); at++)
			assert_split(rows[i].bytes, strlen(rows[i].bytes), at, rows[i].want);
}

/* A program that drew for a second must not take what waits for it for an Esc and letters. */
static void a_late_reader_does_not_cut_sequences(void **state)
{
	struct input *in = input_new();
	struct got got = { "" };

	(void)state;
	feed(in, "\033", 1, 0, &got);
	feed(in, "[A", 2, 5000, &got);
	assert_string_equal(got.text, "Up");
	input_free(in);
}

static void a_sequence_that_does_not_go_on_is_dropped(void **state)
{
	static const char *const cut[] = {
		"\033[", "\033[1;", "\033O", "\033]11;rgb", "\033P", "\033[M!", "\303",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
		struct input *in = input_new();
		struct got got = { "" };

		feed(in, cut[i], strlen(cut[i]), 0, &got);
		assert_int_equal(input_wait(in, 0), INPUT_CUT_MS);
		wait_until(in, INPUT_CUT_MS, &got);
		feed(in, "G", 1, 500, &got);
		assert_string_equal(got.text, "G");
		input_free(in);
	}
}

static void a_sequence_is_ended_by_the_next_one_and_by_can(void **state)
{
	static const struct row rows[] = {
		{ "\033[1;\033[A", "Up" }, { "\033O\033[B", "Down" }, { "\033]11;x\033[A", "Up" },
		{ "\033[12\030k", "k" }, { "\033]x\032k", "k" }, { "\033P\030k", "k" },
	};

	(void)state;
	ROWS(rows);
}

static void a_sequence_of_any_length_is_swallowed(void **state)
{
	static const char *const ends[][2] = {
		{ "\033]52;c;", "\a" }, { "\033P", "\033\\" }, { "\033[", "m" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct input *in = input_new();
		struct got got = { "" };

		feed(in, ends[i][0], strlen(ends[i][0]), 0, &got);
		for (int n = 0; n < 20000; n++)
			feed(in, "1", 1, n / 10, &got);
		feed(in, ends[i][1], strlen(ends[i][1]), 2000, &got);
		feed(in, "k", 1, 2000, &got);
		assert_string_equal(got.text, "k");
		input_free(in);
	}
}

static void characters_of_every_length_are_typed(void **state)
{
	static const struct row rows[] = {
		{ "j", "j" }, { "ä", "ä" }, { "語", "語" }, { "😀", "😀" }, { "aä語😀z", "a ä 語 😀 z" },
		{ "\r", "Enter" }, { "\t", "Tab" }, { "\b", "Backspace" },
		{ "\177", "Backspace" }, { "\006", "^F" }, { " ", "Space" },
	};

	(void)state;
	ROWS(rows);
}

static void bytes_that_are_no_characters_are_dropped(void **state)
{
	static const struct row rows[] = {
		{ "\x80", "" }, { "\xff\xfe", "" }, { "\xc0\xafk", "k" }, { "\xe8\xaak", "k" },
		{ "\xed\xa0\x80k", "k" },
		{ "\xf4\x90\x80\x80k", "k" }, { "\xc2\x9bk", "k" }, { "\xc3\xc3\xa4", "ä" },
		{ "\xe2\x82\033[A", "Up" },
	};

	(void)state;
	ROWS(rows);
	assert_keys_n("\0", 1, "");
}

static void terminfo_adds_what_an_odd_terminal_sends(void **state)
{
	struct input *in = input_new();
	struct got got = { "" };

	(void)state;
	input_learn(in, "\033A", LEDE_KEY_UP);            /* VT52 */
	input_learn(in, "\033?M", KEY_ENTER_);
	input_learn(in, "\033P", F(1));
	input_learn(in, "\001@\r", F(2));                  /* Wyse */
	input_learn(in, "\033[M", F(3));                  /* the BSD console */
	input_learn(in, NULL, F(4));
	input_learn(in, "x", F(5));
	input_learn(in, "\v", LEDE_KEY_UP);
	feed(in, "\033A\033?M\033P\001@\r\033[Mx\v", 15, 0, &got);
	assert_string_equal(got.text, "Up Enter F1 F2 F3 x ^K");
	got.text[0] = '\0';
	feed(in, "\033?x\001xk", 6, 0, &got);              /* begun like one, ended otherwise */
	assert_string_equal(got.text, "k");
	got.text[0] = '\0';
	feed(in, "\001", 1, 0, &got);
	wait_until(in, INPUT_ESC_MS, &got);
	assert_string_equal(got.text, "^A");
	input_free(in);
}

/* ---- what is no key, where it is wanted ---- */

/* What came out, as words: "j press:9,4 paste:text said:1,5". */
static void take_all(struct input *in, struct got *got)
{
	static const char *const acts[] = { "press", "drag", "let-go", "up", "down" };
	uint32_t key;

	while ((key = input_key(in))) {
		size_t n = strlen(got->text), room = sizeof got->text - n;
		struct mouse m = input_mouse(in);
		struct said s = input_said(in);
		struct str paste = input_paste(in);
		char name[16];

		if (n > 0)
			got->text[n++] = ' ', room--;
		if (key == INPUT_MOUSE)
			snprintf(got->text + n, room, "%s:%d,%d", acts[m.act], m.x, m.y);
		else if (key == INPUT_PASTE)
			snprintf(got->text + n, room, "paste:%.*s", (int)paste.n, paste.p);
		else if (key == INPUT_SAID)
			snprintf(got->text + n, room, "said%d:%x,%x", s.kind, (unsigned)s.a, (unsigned)s.b);
		else
			key_text(key, name), snprintf(got->text + n, room, "%s", name);
	}
}

static void assert_told(const char *bytes, const char *want)
{
	struct input *in = input_new();
	struct got got = { "" };

	input_wants(in, true, true, true);
	for (const char *p = bytes; *p; p++) {
		input_byte(in, (unsigned char)*p, 0);
		take_all(in, &got);
	}
	input_quiet(in, 10000);
	take_all(in, &got);
	assert_string_equal(got.text, want);
	input_free(in);
}

static void clicks_and_the_wheel_are_told_where_the_mouse_is_on(void **state)
{
	(void)state;
	assert_told("j\033[<0;10;5Mk", "j press:9,4 k");
	assert_told("\033[<0;10;5M\033[<32;12;5M\033[<0;12;5m", "press:9,4 drag:11,4 let-go:11,4");
	assert_told("\033[<64;1;1M\033[<65;200;60M", "up:0,0 down:199,59");
	assert_told("\033[<16;10;5M", "press:9,4");                  /* with Ctrl */
	assert_told("\033[M !!\033[M#!!\033[M`%&", "press:0,0 let-go:0,0 up:4,5");
}

static void other_buttons_and_other_mice_do_nothing(void **state)
{
	(void)state;
	assert_told("\033[<1;10;5M\033[<2;10;5M\033[<66;10;5M\033[<35;10;5Mj", "let-go:9,4 j");
	assert_told("\033[<0;10M\033[<0M\033[<;;M\033[<0;0;0M\033[<0;1;1;1M\033[<0;-1;1Mj", "j");
}

static void a_paste_is_one_text_whatever_is_in_it(void **state)
{
	(void)state;
	assert_told("j\033[200~two words\033[201~k", "j paste:two words k");
	assert_told("\033[200~a\033[20b\033\033[201\033[201~", "paste:a\033[20b\033\033[201");
	assert_told("\033[200~\033[201~", "paste:");
	assert_told("\033[200~日\033[A\r\033[201~\033[200~x\033[201~", "paste:日\033[A\r paste:x");
}

static void a_paste_has_a_bound(void **state)
{
	struct input *in = input_new();

	(void)state;
	input_wants(in, false, true, false);
	for (const char *p = "\033[200~"; *p; p++)
		input_byte(in, (unsigned char)*p, 0);
	for (int i = 0; i < 300000; i++)
		input_byte(in, 'x', 0);
	for (const char *p = "\033[201~"; *p; p++)
		input_byte(in, (unsigned char)*p, 0);
	assert_int_equal(input_key(in), INPUT_PASTE);
	assert_in_range(input_paste(in).n, 60000, 65536);
	assert_int_equal(input_key(in), 0);
	input_free(in);
}

static void answers_are_told_while_they_are_waited_for(void **state)
{
	(void)state;
	assert_told("\033[24;3Rj", "said0:17,2 j");
	assert_told("\033]11;rgb:1e1e/1e1e/2e2e\033\\j", "said1:1e1e2e,0 j");
	assert_told("\033]11;rgb:ff/FF/0\aj", "said1:ffff00,0 j");
	assert_told("\033[?2026;2$yj", "said2:7ea,2 j");
	assert_told("\033[?62;22cj", "said3:0,0 j");
}

static void what_only_looks_like_an_answer_is_none(void **state)
{
	(void)state;
	assert_told("\033]11;rgb:zz/00/00\aj", "j");
	assert_told("\033]11;rgb:1/2\aj", "j");
	assert_told("\033]11;rgb:1/2/3/4\aj", "j");
	assert_told("\033]10;rgb:ff/ff/ff\aj", "j");
	assert_told("\033]11;rgb:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/b/c\aj", "j");
	assert_told("\033[?2026;2yj", "j");
	assert_told("\033[0;3Rj", "j");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arrows_are_arrows_under_any_terminfo),
		cmocka_unit_test(home_end_and_their_neighbours_have_many_spellings),
		cmocka_unit_test(function_keys_of_every_terminal_are_known),
		cmocka_unit_test(the_keypad_in_application_mode_types),
		cmocka_unit_test(an_arrow_with_a_modifier_is_not_the_arrow),
		cmocka_unit_test(what_kitty_spells_out_is_the_key),
		cmocka_unit_test(a_key_with_alt_is_not_the_key),
		cmocka_unit_test(letters_that_begin_a_sequence_are_nothing_with_alt),
		cmocka_unit_test(answers_that_come_late_do_nothing),
		cmocka_unit_test(focus_and_mouse_do_nothing),
		cmocka_unit_test(what_is_pasted_is_not_typed),
		cmocka_unit_test(a_paste_without_an_end_is_over_after_a_second),
		cmocka_unit_test(esc_alone_is_esc_after_fifty_milliseconds),
		cmocka_unit_test(esc_pressed_again_and_again_is_so_many_escs),
		cmocka_unit_test(a_late_reader_does_not_cut_sequences),
		cmocka_unit_test(a_sequence_that_does_not_go_on_is_dropped),
		cmocka_unit_test(a_sequence_is_ended_by_the_next_one_and_by_can),
		cmocka_unit_test(a_sequence_of_any_length_is_swallowed),
		cmocka_unit_test(characters_of_every_length_are_typed),
		cmocka_unit_test(bytes_that_are_no_characters_are_dropped),
		cmocka_unit_test(terminfo_adds_what_an_odd_terminal_sends),
		cmocka_unit_test(clicks_and_the_wheel_are_told_where_the_mouse_is_on),
		cmocka_unit_test(other_buttons_and_other_mice_do_nothing),
		cmocka_unit_test(a_paste_is_one_text_whatever_is_in_it),
		cmocka_unit_test(a_paste_has_a_bound),
		cmocka_unit_test(answers_are_told_while_they_are_waited_for),
		cmocka_unit_test(what_only_looks_like_an_answer_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
