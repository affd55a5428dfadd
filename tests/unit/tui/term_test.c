/* The terminal itself: keys and modes are a pseudo-terminal's, what is sent goes into a socket that
 * keeps writes apart.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "lede/tui/term.h"
#include "tiny_term.h"

enum { W = 120, H = 40 };

static const char *const terms[] = { "xterm-256color", "tmux-256color", "screen", "linux", "vt100",
	"xterm-mono", "xterm", "screen-256color", "xterm-direct" };

/* Standard input is a terminal of W x H, standard output the socket; what was there before is kept. */
static struct { bool taken; int master, kept_in, kept_out, wire; struct termios before; } seat;

static bool take_seat(void)
{
	const struct winsize size = { .ws_col = W, .ws_row = H };
	int ends[2], slave;

	fflush(stdout);
	seat.master = posix_openpt(O_RDWR | O_NOCTTY);
	if (seat.master < 0 || grantpt(seat.master) != 0 || unlockpt(seat.master) != 0)
		return false;
	slave = open(ptsname(seat.master), O_RDWR | O_NOCTTY);
	if (slave < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) != 0)
		return false;
	ioctl(slave, TIOCSWINSZ, &size);
	tcgetattr(slave, &seat.before);
	seat.kept_in = dup(STDIN_FILENO);
	seat.kept_out = dup(STDOUT_FILENO);
	dup2(slave, STDIN_FILENO);
	dup2(ends[1], STDOUT_FILENO);
	close(slave);
	close(ends[1]);
	seat.wire = ends[0];
	return true;
}

static int sit(void **state)
{
	(void)state;
	seat.taken = take_seat();
	return 0;
}

static int leave(void **state)
{
	(void)state;
	if (!seat.taken)
		return 0;
	dup2(seat.kept_in, STDIN_FILENO);
	dup2(seat.kept_out, STDOUT_FILENO);
	close(seat.kept_in);
	close(seat.kept_out);
	close(seat.wire);
	close(seat.master);
	return 0;
}

/* One write, or 0 when there is none. */
static size_t next_write(char *out, size_t size)
{
	struct pollfd p = { .fd = seat.wire, .events = POLLIN };
	ssize_t n = poll(&p, 1, 0) == 1 ? recv(seat.wire, out, size - 1, 0) : 0;

	out[n > 0 ? n : 0] = '\0';
	return n > 0 ? (size_t)n : 0;
}

/* NULL: no such terminal or locale here. */
static struct terminal *open_term(const char *name, const char *locale, bool no_color)
{
	struct term_setup setup = { .ambiguous = 1, .no_color = no_color, .glyphs = -1 };
	struct terminal *t;
	struct theme theme;
	struct error e;

	setenv("TERM", name, 1);
	setenv("LC_ALL", locale, 1);
	if (!setlocale(LC_ALL, "") || term_open(&setup, &t, &e) != ERR_NONE)
		return NULL;
	assert_int_equal(theme_read(theme_shipped("dark"), NULL, &theme, &e), ERR_NONE);
	term_theme(t, &theme);
	return t;
}

static void draw(struct screen *s, int cursor)
{
	screen_clear(s, 1);
	screen_cstr(s, 1, 0, W, "lede   Top", ROLE_NAME);
	for (int y = 2; y < H - 2; y++) {
		char rank[8];

		snprintf(rank, sizeof rank, "%2d", y - 1);
		screen_cstr(s, 1, y, 2, rank, ROLE_RANK);
		screen_cstr(s, 6, y, 80, y % 2 ? "监管新规拟要求平台说明算法" : "Bridge reopens", ROLE_HEADLINE);
		screen_cstr(s, 90, y, 20, "Daily", ROLE_META);
	}
	screen_cstr(s, 0, cursor, 1, "▌", ROLE_ACCENT);
	screen_role(s, 1, cursor, 3, ROLE_CURSOR);
	s->cursor_x = 2;
	s->cursor_y = cursor;
}

/* ---- writes ---- */

static void each_frame_is_one_write(void **state)
{
	static char text[1 << 16];
	struct terminal *t;
	struct screen *s = screen_new(W, H);

	(void)state;
	if (!seat.taken)
		skip();
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		t = open_term(terms[i], "C.UTF-8", false);
		if (!t)
			continue;
		while (next_write(text, sizeof text) > 0)
			;
		for (int y = 3; y < 20; y++) {
			size_t n;

			draw(s, y);
			term_show(t, s, y == 10);
			n = next_write(text, sizeof text);
			assert_int_equal(next_write(text, sizeof text), 0);
			assert_true(n > 0);
			if (y > 3 && y != 10)
				assert_in_range(n, 1, 150);
			term_show(t, s, false);
			assert_int_equal(next_write(text, sizeof text), 0);
		}
		term_close(t);
	}
	screen_free(s);
}

/* ---- every terminal ---- */

/* Without what sets colours of another coding than the tests' terminal knows. */
static size_t plain(char *text, size_t n)
{
	char *out = text;

	for (size_t i = 0; i < n; i++) {
		size_t end = i + 2;

		while (text[i] == '\033' && end < n && strchr("0123456789;:", text[end]))
			end++;
		if (text[i] == '\033' && i + 1 < n && text[i + 1] == '[' && end < n && text[end] == 'm')
			i = end;
		else if (text[i] != '\017')
			*out++ = text[i];
	}
	return (size_t)(out - text);
}

static void assert_texts(const struct tiny_term *tiny, const struct screen *s, bool utf8,
                         const char *name)
{
	for (int y = 0; y < s->h; y++)
		for (int x = 0; x < s->w; x++) {
			const char *want = screen_at(s, x, y)->text, *got = tiny->cell[y][x].text;

			if (*want && !utf8 && (unsigned char)*want >= 0x80)
				want = "?";
			if (*want && strcmp(got, want) != 0)
				fail_msg("%s, row %d column %d: “%s”, not “%s”", name, y, x, got, want);
		}
}

static void frames_are_shown_on(const char *name, const char *locale, bool no_color)
{
	static struct tiny_term tiny;
	static char text[1 << 16];
	struct terminal *t = open_term(name, locale, no_color);
	struct screen *s = screen_new(W, H);
	size_t n;

	if (t) {
		while (next_write(text, sizeof text) > 0)
			;
		tiny_open(&tiny, W, H, false);
		for (int y = 3; y < 30; y += 3) {
			draw(s, y);
			if (y % 2)
				screen_fill(s, 20, y + 1, 60, ' ', ROLE_BACKGROUND);
			term_show(t, s, false);
			n = next_write(text, sizeof text);
			if (no_color)
				assert_null(strstr(text, "38;5"));
			n = plain(text, n);
			tiny_take(&tiny, (struct str){ text, n });
			assert_texts(&tiny, s, strcmp(locale, "C") != 0, name);
		}
		term_close(t);
	}
	screen_free(s);
}

static void every_terminal_shows_it_in_every_locale(void **state)
{
	(void)state;
	if (!seat.taken)
		skip();
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		frames_are_shown_on(terms[i], "C.UTF-8", false);
		frames_are_shown_on(terms[i], "C", false);
		frames_are_shown_on(terms[i], "C.UTF-8", true);
	}
}

static void colours_are_as_many_as_the_terminal_has(void **state)
{
	static const struct { const char *name; bool no_color; enum color_depth depth; } rows[] = {
		{ "xterm-256color", false, DEPTH_256 }, { "tmux-256color", false, DEPTH_256 },
		{ "xterm-256color", true, DEPTH_MONO }, { "screen", false, DEPTH_8 },
		{ "linux", false, DEPTH_8 },            { "vt100", false, DEPTH_MONO },
		{ "xterm-mono", false, DEPTH_MONO },    { "xterm-direct", false, DEPTH_DIRECT },
		{ "xterm-16color", false, DEPTH_16 },
	};

	(void)state;
	if (!seat.taken)
		skip();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct terminal *t = open_term(rows[i].name, "C.UTF-8", rows[i].no_color);

		if (t)
			assert_int_equal(term_depth(t), rows[i].depth);
		term_close(t);
	}
}

static void a_terminal_that_cannot_is_refused(void **state)
{
	static const char *const names[] = { "dumb", "", "no-such-terminal" };
	struct term_setup setup = { .ambiguous = 1, .glyphs = -1 };
	struct terminal *t = NULL;
	struct error e;

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		setenv("TERM", names[i], 1);
		assert_int_equal(term_open(&setup, &t, &e), ERR_USAGE);
		assert_non_null(strstr(e.text, "lede --help need no terminal"));
	}
}

/* ---- back ---- */

static void assert_modes_as_before(void)
{
	struct termios now;

	tcgetattr(STDIN_FILENO, &now);
	assert_int_equal(now.c_lflag, seat.before.c_lflag);
	assert_int_equal(now.c_iflag, seat.before.c_iflag);
	assert_int_equal(now.c_oflag, seat.before.c_oflag);
	assert_int_equal(now.c_cflag, seat.before.c_cflag);
}

/* Every mode that is set is reset, in the last write. */
static void assert_all_off(const char *said, const char *end)
{
	for (const char *p = said; (p = strstr(p, "\033[?")); p += 3) {
		char mode[16] = "";
		size_t n = strspn(p + 3, "0123456789");

		if (p[3 + n] != 'h' || strncmp(p + 3, "12", 2) == 0)
			continue;
		snprintf(mode, sizeof mode, "\033[?%.*sl", (int)n, p + 3);
		if (!strstr(end, mode))
			fail_msg("mode %.*s is left on", (int)n, p + 3);
	}
}

static void what_was_on_is_off_at_the_end(void **state)
{
	const struct view_manners all = { true, true, true, true, true, true };
	static char said[1 << 16], end[1 << 12];

	(void)state;
	if (!seat.taken)
		skip();
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		struct terminal *t = open_term(terms[i], "C.UTF-8", false);
		struct screen *s = t ? screen_new(W, H) : NULL;
		size_t n = 0;

		if (!t)
			continue;
		draw(s, 3);
		term_manners(t, &all, STR("A title - lede"));
		term_show(t, s, false);
		for (size_t more; (more = next_write(said + n, sizeof said - n)) > 0;)
			n += more;
		if (i % 2)
			term_close(t);
		else
			term_emergency();
		assert_true(next_write(end, sizeof end) > 0);
		assert_int_equal(next_write(said, 1), 0);
		assert_all_off(said, end);
		assert_modes_as_before();
		if (i % 2 == 0)
			term_close(t);
		assert_int_equal(next_write(end, sizeof end), 0);
		screen_free(s);
	}
}

/* ---- what is said beside cells ---- */

static void nothing_is_said_to_those_who_do_not_know_it(void **state)
{
	static const char *const others[] = { "linux", "vt100", "screen" };
	const struct view_manners all = { true, true, true, true, true, true };
	static char said[1 << 16];

	(void)state;
	if (!seat.taken)
		skip();
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct terminal *t = open_term(others[i], "C.UTF-8", false);
		struct screen *s = t ? screen_new(W, H) : NULL;

		if (!t)
			continue;
		while (next_write(said, sizeof said) > 0)
			;
		draw(s, 3);
		term_manners(t, &all, STR("A title - lede"));
		term_show(t, s, false);
		next_write(said, sizeof said);
		assert_null(strstr(said, "\033]"));
		assert_null(strstr(said, "\033[?1"));
		assert_false(term_copy(t, STR("text")));
		term_ask(t, true, 0);
		assert_int_equal(next_write(said, sizeof said), 0);
		term_close(t);
		screen_free(s);
	}
}

static void a_title_is_said_once_and_options_turn_all_of_it_off(void **state)
{
	struct view_manners m = { .title = true };
	static char said[1 << 16];
	struct terminal *t;
	struct screen *s = screen_new(W, H);

	(void)state;
	if (!seat.taken)
		skip();
	t = open_term("xterm-256color", "C.UTF-8", false);
	if (!t)
		skip();
	while (next_write(said, sizeof said) > 0)
		;
	draw(s, 3);
	term_manners(t, &m, STR("A title - lede"));
	term_show(t, s, false);
	next_write(said, sizeof said);
	assert_non_null(strstr(said, "\033]0;A title - lede\a"));
	assert_non_null(strstr(said, "\033[?2004l"));
	term_manners(t, &m, STR("A title - lede"));
	term_show(t, s, false);
	assert_int_equal(next_write(said, sizeof said), 0);
	m.mouse = true;
	term_manners(t, &m, STR("A title - lede"));
	term_show(t, s, false);
	next_write(said, sizeof said);
	assert_non_null(strstr(said, "\033[?1006h"));
	m = (struct view_manners){ .mouse = false };
	term_manners(t, &m, STR("A title - lede"));
	term_show(t, s, false);
	next_write(said, sizeof said);
	assert_non_null(strstr(said, "\033[?1006l"));
	assert_null(strstr(said, "A title"));
	term_close(t);
	screen_free(s);
}

/* ---- questions and answers ---- */

static void type(const char *text)
{
	assert_int_equal(write(seat.master, text, strlen(text)), strlen(text));
}

static void answers_come_among_the_keys(void **state)
{
	static char said[1 << 16];
	struct terminal *t;
	struct screen *s = screen_new(W, H);
	uint32_t key;
	char keys[16] = "";

	(void)state;
	if (!seat.taken)
		skip();
	t = open_term("xterm-256color", "C.UTF-8", false);
	if (!t)
		skip();
	draw(s, 3);
	term_show(t, s, false);
	while (next_write(said, sizeof said) > 0)
		;
	term_ask(t, true, 1000);
	next_write(said, sizeof said);
	assert_non_null(strstr(said, "\033[6n"));
	type("j\033[40;3R\033]11;rgb:ffff/ffff/eeee\033\\k\033[?2026;2$y\033[?62cl");
	while (poll(&(struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN }, 1, 100) == 1)
		while ((key = term_key(t, 1200)))
			if (key < 128)
				snprintf(keys + strlen(keys), 8, "%c", (int)key);
	assert_string_equal(keys, "jkl");
	assert_int_equal(term_news(t).ambiguous, 2);
	assert_int_equal(term_news(t).background, 0xFFFFEE);
	assert_int_equal(term_news(t).ms, 200);
	/* A large change is shown at once from now on. */
	term_manners(t, &(struct view_manners){ .synchronized = true }, STR("lede"));
	screen_fill(s, 0, 0, W, 'x', ROLE_TEXT);
	for (int y = 0; y < H; y++)
		screen_fill(s, 0, y, W, 'x', ROLE_TEXT);
	term_show(t, s, false);
	next_write(said, sizeof said);
	assert_non_null(strstr(said, "\033[?2026h"));
	assert_non_null(strstr(said, "\033[?2026l"));
	term_close(t);
	screen_free(s);
}

/* What was written for the question is drawn over in the same write. */
static void a_question_leaves_nothing_on_the_screen(void **state)
{
	static struct tiny_term tiny;
	static char said[1 << 16];
	struct terminal *t;
	struct screen *s = screen_new(W, H);
	char *cells;
	size_t n;

	(void)state;
	if (!seat.taken)
		skip();
	t = open_term("xterm-256color", "C.UTF-8", false);
	if (!t)
		skip();
	while (next_write(said, sizeof said) > 0)
		;
	draw(s, 3);
	screen_cstr(s, 0, H - 1, W, "status", ROLE_META);
	term_show(t, s, false);
	n = plain(said, next_write(said, sizeof said));
	tiny_open(&tiny, W, H, true);
	tiny_take(&tiny, (struct str){ said, n });
	term_ask(t, true, 0);
	n = next_write(said, sizeof said);
	cells = strstr(said, "\033[c");
	assert_non_null(cells);
	tiny_take(&tiny, STR("\033[40;1H…"));
	cells += 3;
	n = plain(cells, strlen(cells));
	tiny_take(&tiny, (struct str){ cells, n });
	assert_texts(&tiny, s, true, "xterm");
	term_close(t);
	screen_free(s);
}

int main(void)
{
#define seated(name) cmocka_unit_test_setup_teardown(name, sit, leave)
	const struct CMUnitTest tests[] = {
		seated(each_frame_is_one_write),
		seated(every_terminal_shows_it_in_every_locale),
		seated(colours_are_as_many_as_the_terminal_has),
		seated(a_terminal_that_cannot_is_refused),
		seated(what_was_on_is_off_at_the_end),
		seated(nothing_is_said_to_those_who_do_not_know_it),
		seated(a_title_is_said_once_and_options_turn_all_of_it_off),
		seated(answers_come_among_the_keys),
		seated(a_question_leaves_nothing_on_the_screen),
	};
	static const char *const apart[] = { "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "VTE_VERSION",
		"KONSOLE_VERSION", "TMUX", "COLUMNS", "LINES" };

	for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
		unsetenv(apart[i]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
