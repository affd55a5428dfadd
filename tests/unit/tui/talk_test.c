#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/base/mem.h"
#include "lede/tui/talk.h"

static struct buf out;

static int begin(void **state)
{
	(void)state;
	out = buf_limited(1 << 20);
	return 0;
}

static int end(void **state)
{
	(void)state;
	buf_free(&out);
	return 0;
}

/* ---- titles ---- */

static void a_title_is_put_between_its_marks(void **state)
{
	(void)state;
	talk_title(&out, "\033]0;", "\a", STR("监管新规 - lede"));
	assert_string_equal(buf_cstr(&out), "\033]0;监管新规 - lede\a");
}

static void nothing_in_a_title_ends_it(void **state)
{
	static const char evil[] = "a\a\033]52;c;cm0K\033\\\x9c\xc2\x9c\xc2\x9d\n\r\x7f" "b";

	(void)state;
	talk_title(&out, "\033]0;", "\a", (struct str){ evil, sizeof evil - 1 });
	assert_string_equal(buf_cstr(&out), "\033]0;a]52;c;cm0K\\b\a");
}

static void a_long_title_is_cut_between_characters(void **state)
{
	char text[3000] = "";

	(void)state;
	while (strlen(text) + 4 < sizeof text)
		strcat(text, "日");
	talk_title(&out, "<", ">", str_of(text));
	assert_in_range(out.n, TALK_TITLE_MAX, TALK_TITLE_MAX + 6);
	assert_int_equal((out.n - 2) % 3, 0);
	assert_int_equal(buf_cstr(&out)[out.n - 1], '>');
}

/* ---- the clipboard ---- */

/* RFC 4648, section 10 */
static void what_is_copied_is_base64(void **state)
{
	static const struct { const char *text, *coded; } rows[] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
		{ "\033\a日", "Gwfml6U=" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf want = buf_limited(100);

		buf_clear(&out);
		assert_true(talk_copy(&out, str_of(rows[i].text)));
		buf_addf(&want, "\033]52;c;%s\a", rows[i].coded);
		assert_string_equal(buf_cstr(&out), buf_cstr(&want));
		buf_free(&want);
	}
}

static void more_than_terminals_take_is_not_copied(void **state)
{
	char *text = mem_array(TALK_COPY_MAX + 1, 1);

	(void)state;
	memset(text, 'a', TALK_COPY_MAX + 1);
	assert_false(talk_copy(&out, (struct str){ text, TALK_COPY_MAX + 1 }));
	assert_int_equal(out.n, 0);
	assert_true(talk_copy(&out, (struct str){ text, TALK_COPY_MAX }));
	free(text);
}

/* ---- links ---- */

static void a_link_is_an_address_of_the_web(void **state)
{
	static const char *const none[] = { "javascript:alert(1)", "file:///etc/passwd", "ftp://a/",
		"//a/", "HTTP://a/" };

	(void)state;
	assert_true(talk_link(&out, STR("https://a.example/b?c=d#e")));
	assert_string_equal(buf_cstr(&out), "\033]8;;https://a.example/b?c=d#e\033\\");
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		buf_clear(&out);
		assert_false(talk_link(&out, str_of(none[i])));
		assert_int_equal(out.n, 0);
	}
	assert_true(talk_link(&out, STR("")));
	assert_string_equal(buf_cstr(&out), "\033]8;;\033\\");
}

static void nothing_in_an_address_ends_the_link(void **state)
{
	(void)state;
	assert_true(talk_link(&out, STR("http://a/\033\\x\a\x9c 日\n")));
	assert_string_equal(buf_cstr(&out), "\033]8;;http://a/%1B\\x%07%9C%20%E6%97%A5%0A\033\\");
}

static void an_address_that_is_too_long_is_no_link(void **state)
{
	char text[TALK_URL_MAX + 10] = "http://a/";

	(void)state;
	memset(text + 9, '\x81', TALK_URL_MAX / 2);        /* three times as long when encoded */
	assert_false(talk_link(&out, str_of(text)));
	assert_int_equal(out.n, 0);
	memset(text + 9, 'a', TALK_URL_MAX - 8);
	assert_false(talk_link(&out, str_of(text)));
	text[TALK_URL_MAX] = '\0';
	assert_true(talk_link(&out, str_of(text)));
}

/* ---- who is known ---- */

static void only_terminals_that_read_as_xterm_does_are_asked(void **state)
{
	static const char *const known[] = { "xterm-256color", "tmux-256color", "xterm-kitty", "foot",
		"alacritty", "rxvt-unicode-256color", "xterm" };
	static const char *const others[] = { "linux", "vt100", "screen", "dumb", "wyse60", "", NULL };

	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		assert_true(talk_like_xterm(&(struct talk_world){ .term = known[i] }));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_false(talk_like_xterm(&(struct talk_world){ .term = others[i] }));
}

static void links_go_to_those_that_have_them(void **state)
{
	static const struct { struct talk_world world; bool has; } rows[] = {
		{ { .term = "xterm-256color" }, false },
		{ { .term = "xterm-256color", .vte = "6800" }, true },
		{ { .term = "xterm-256color", .vte = "4999" }, false },
		{ { .term = "xterm-256color", .konsole = "220400" }, true },
		{ { .term = "xterm-256color", .program = "iTerm.app" }, true },
		{ { .term = "xterm-256color", .program = "Apple_Terminal" }, false },
		{ { .term = "xterm-kitty" }, true }, { { .term = "foot" }, true },
		{ { .term = "linux", .vte = "6800" }, false },
		{ { .term = "tmux-256color", .tmux = "/tmp/a,1,0", .vte = "6800" }, false },
		{ { .term = "tmux-256color", .tmux = "/tmp/a,1,0", .program = "tmux",
		    .program_version = "3.3a" }, false },
		{ { .term = "tmux-256color", .tmux = "/tmp/a,1,0", .program = "tmux",
		    .program_version = "3.4" }, true },
		{ { .term = "tmux-256color", .tmux = "/tmp/a,1,0", .program = "tmux",
		    .program_version = "next-3.5" }, true },
		{ { .term = "tmux-256color", .tmux = "/tmp/a,1,0", .program = "tmux",
		    .program_version = "4" }, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(talk_has_links(&rows[i].world), rows[i].has);
}

static void a_multiplexer_may_keep_what_is_copied(void **state)
{
	(void)state;
	assert_true(talk_surely_copies(&(struct talk_world){ .term = "xterm-kitty" }, false));
	assert_true(talk_surely_copies(&(struct talk_world){ .term = "xterm-256color" }, true));
	assert_false(talk_surely_copies(&(struct talk_world){ .term = "xterm-256color" }, false));
	assert_false(talk_surely_copies(&(struct talk_world){ .term = "tmux-256color" }, true));
	assert_false(talk_surely_copies(&(struct talk_world){ .term = "screen" }, true));
	assert_false(talk_surely_copies(&(struct talk_world){ .term = "foot", .tmux = "x" }, true));
}

static void what_is_turned_on_can_be_turned_off(void **state)
{
	struct buf off = buf_limited(100);

	(void)state;
	talk_mouse(&out, true);
	talk_mouse(&off, false);
	for (const char *p = buf_cstr(&out); (p = strstr(p, "\033[?")); p += 3) {
		char mode[16];

		snprintf(mode, sizeof mode, "%.*sl", 7, p);
		assert_non_null(strstr(buf_cstr(&off), mode));
	}
	buf_free(&off);
}

static void the_width_is_asked_only_when_it_is_wanted(void **state)
{
	(void)state;
	talk_questions(&out, false, 24);
	assert_null(strstr(buf_cstr(&out), "…"));
	assert_non_null(strstr(buf_cstr(&out), "\033[c"));
	buf_clear(&out);
	talk_questions(&out, true, 24);
	assert_ptr_equal(strstr(buf_cstr(&out), "\033[24;1H…\033[6n"), buf_cstr(&out));
}

int main(void)
{
#define each(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		each(a_title_is_put_between_its_marks),
		each(nothing_in_a_title_ends_it),
		each(a_long_title_is_cut_between_characters),
		each(what_is_copied_is_base64),
		each(more_than_terminals_take_is_not_copied),
		each(a_link_is_an_address_of_the_web),
		each(nothing_in_an_address_ends_the_link),
		each(an_address_that_is_too_long_is_no_link),
		each(only_terminals_that_read_as_xterm_does_are_asked),
		each(links_go_to_those_that_have_them),
		each(a_multiplexer_may_keep_what_is_copied),
		each(what_is_turned_on_can_be_turned_off),
		each(the_width_is_asked_only_when_it_is_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
