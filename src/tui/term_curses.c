/* term_curses - the one file that includes curses. */
#include "lede/tui/term.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "config.h"

#include <curses.h>
#include <term.h>

#include "lede/app/key.h"
#include "lede/base/mem.h"
#include "lede/tui/cell_chars.h"
#include "lede/tui/cell_width.h"
#include "lede/tui/input.h"

struct terminal {
	SCREEN *screen;
	enum color_depth depth;
	enum glyph_set glyphs;
	bool utf8, dim, italic;
	int ambiguous;
	attr_t attr[ROLE_COUNT];
	bool plain[ROLE_COUNT]; /* a blank in this role looks like one of the background */
	struct screen *shown;             /* what the terminal has; NULL: unknown */
	struct input *input;
	unsigned char bytes[256];         /* read and not yet looked at */
	size_t at, nbytes;
};

/* What puts a terminal back, for signal handlers: they can reach nothing else. Written before the
 * handlers are set. */
static struct { bool on; char text[256]; size_t n; struct termios termios; } way_back;

/* ---- opening ---- */

/* A capability's text, or NULL. */
static const char *capability(const char *name)
{
	const char *text = tigetstr(name);

	return text && text != (char *)-1 ? text : NULL;
}

static void add_way_back(const char *text)
{
	size_t n = text ? strlen(text) : 0;

	if (n > sizeof way_back.text - way_back.n)
		return;
	memcpy(way_back.text + way_back.n, text ? text : "", n);
	way_back.n += n;
}

/* Padding of old terminals ("$<5>") is left out: a way back that shows it is worse than one that is
 * quick. */
static void drop_padding(void)
{
	char *out = way_back.text;

	for (size_t i = 0; i < way_back.n; i++) {
		if (way_back.text[i] == '$' && i + 1 < way_back.n && way_back.text[i + 1] == '<')
			while (i < way_back.n && way_back.text[i] != '>')
				i++;
		else
			*out++ = way_back.text[i];
	}
	way_back.n = (size_t)(out - way_back.text);
}

/* Without a screen of its own to leave, a program leaves its last line behind: that one is cleared
 * for the shell. */
static bool has_own_screen(void)
{
	return capability("rmcup") != NULL;
}

static void note_way_back(struct termios before)
{
	const char *cup = capability("cup");

	way_back.on = false;
	way_back.n = 0;
	add_way_back(capability("BD"));
	add_way_back(capability("sgr0"));
	add_way_back(capability("op"));
	add_way_back(capability("rmkx"));
	add_way_back(capability("cnorm"));
	if (!has_own_screen() && cup) {
		add_way_back(tiparm(cup, LINES - 1, 0));
		add_way_back(capability("el"));
	}
	add_way_back(capability("rmcup"));
	drop_padding();
	way_back.termios = before;
	way_back.on = true;
}

void term_emergency(void)
{
	ssize_t ignored;

	if (!way_back.on)
		return;
	way_back.on = false;
	ignored = write(STDOUT_FILENO, way_back.text, way_back.n);
	(void)ignored;
	tcsetattr(STDIN_FILENO, TCSANOW, &way_back.termios);
}

static enum color_depth find_depth(bool no_color)
{
	if (no_color || !has_colors())
		return DEPTH_MONO;
	if (tigetflag("RGB") > 0)
		return DEPTH_DIRECT;
	return COLORS >= 256  ? DEPTH_256
	       : COLORS >= 16 ? DEPTH_16
	       : COLORS >= 8  ? DEPTH_8
	                      : DEPTH_MONO;
}

static enum glyph_set find_glyphs(const struct terminal *t, int wish)
{
	const char *name = getenv("TERM");

	if (!t->utf8 || t->ambiguous == 2)
		return GLYPHS_ASCII;
	if (wish >= 0)
		return (enum glyph_set)wish;
	return name && strncmp(name, "linux", 5) == 0 ? GLYPHS_CONSOLE : GLYPHS_UNICODE;
}

/* Asked before curses begins, which ends the program when it cannot. What was read for the question
 * is given back: curses reads its own. */
static bool usable(const char *name)
{
	bool moves;
	int status;

	if (!name || !*name || strcmp(name, "dumb") == 0)
		return false;
	if (setupterm(name, STDOUT_FILENO, &status) != OK)
		return false;
	moves = capability("cup") != NULL;
	del_curterm(cur_term);
	return moves;
}

static void learn_keys(struct input *in)
{
	static const struct { const char *name; uint32_t key;
	} table[] = {
		{ "kcuu1", LEDE_KEY_UP },     { "kcud1", LEDE_KEY_DOWN },
		{ "kcub1", LEDE_KEY_LEFT },   { "kcuf1", LEDE_KEY_RIGHT },
		{ "khome", LEDE_KEY_HOME },   { "kend", LEDE_KEY_END },
		{ "kfnd", LEDE_KEY_HOME },    { "kslt", LEDE_KEY_END },
		{ "kpp", LEDE_KEY_PGUP },     { "knp", LEDE_KEY_PGDN },
		{ "kdch1", LEDE_KEY_DELETE }, { "kich1", LEDE_KEY_INSERT },
		{ "kcbt", LEDE_KEY_BACKTAB }, { "kbs", KEY_BACKSPACE_ },
		{ "kent", KEY_ENTER_ },
	};
	char name[8];

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		input_learn(in, capability(table[i].name), table[i].key);
	for (uint32_t i = 0; i < 12; i++) {
		snprintf(name, sizeof name, "kf%u", (unsigned)(i + 1));
		input_learn(in, capability(name), LEDE_KEY_F1 + i);
	}
}

/* Not through curses: stdout's buffer and its are two, and their order is not ours to say. */
static void say(const char *text)
{
	ssize_t ignored = text ? write(STDOUT_FILENO, text, strlen(text)) : 0;

	(void)ignored;
}

static void start_input(struct terminal *t)
{
	raw();                            /* ^C and ^Z are commands */
	noecho();
	nonl();
	keypad(stdscr, TRUE); /* the terminal sends what terminfo says; lede reads it itself */
	typeahead(-1);
	idlok(stdscr, TRUE);
	curs_set(0);
	t->input = input_new();
	learn_keys(t->input);
	say(capability("BE"));            /* pasted text comes with marks around it */
}

enum err term_open(const struct term_setup *setup, struct terminal **out, struct error *e)
{
	const char *name = getenv("TERM");
	struct termios before;
	struct terminal *t;

	setlocale(LC_CTYPE, "");
	if (!usable(name))
		return error_set(e, ERR_USAGE,
		                 "the terminal “%s” cannot show lede; lede top, lede show ID and "
		                 "lede --help "
		                 "need no terminal",
		                 name && *name ? name : "unknown");
	if (tcgetattr(STDIN_FILENO, &before) != 0)
		return error_errno(e, ERR_USAGE, errno, "standard input is no terminal");
	cell_width_ambiguous(setup->ambiguous);
	t = mem_new(sizeof *t);
	t->screen = newterm(name, stdout, stdin);
	if (!t->screen) {
		free(t);
		return error_set(e, ERR_USAGE, "the terminal “%s” cannot show lede", name);
	}
	set_term(t->screen);
	t->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	t->ambiguous = setup->ambiguous;
	if (has_colors()) {
		start_color();
		use_default_colors();
	}
	t->depth = find_depth(setup->no_color);
	t->glyphs = find_glyphs(t, setup->glyphs);
	t->dim = capability("dim") != NULL;
	t->italic = capability("sitm") != NULL;
	start_input(t);
	note_way_back(before);
	*out = t;
	return ERR_NONE;
}

static void leave(void)
{
	say(capability("BD"));
	if (!has_own_screen()) {
		move(LINES - 1, 0);
		clrtoeol();
		refresh();
	}
	endwin();
}

void term_close(struct terminal *t)
{
	if (!t)
		return;
	leave();
	way_back.on = false;
	screen_free(t->shown);
	input_free(t->input);
	delscreen(t->screen);
	free(t);
}

enum glyph_set term_glyphs(const struct terminal *t)
{
	return t->glyphs;
}

enum color_depth term_depth(const struct terminal *t)
{
	return t->depth;
}

/* ---- colours ---- */

static int color_number(const struct terminal *t, struct color c)
{
	if (t->depth == DEPTH_DIRECT)
		return c.rgb >= 0 ? c.rgb : c.index;
	return c.index < COLORS ? c.index : -1;
}

static attr_t attributes(const struct terminal *t, uint8_t attr)
{
	attr_t a = A_NORMAL;

	if (attr & ATTR_BOLD)
		a |= A_BOLD;
	if ((attr & ATTR_DIM) && t->dim)
		a |= A_DIM;
	if (attr & ATTR_ITALIC)
		a |= t->italic ? A_ITALIC : A_UNDERLINE;
	if (attr & ATTR_UNDERLINE)
		a |= A_UNDERLINE;
	if (attr & ATTR_REVERSE)
		a |= A_REVERSE;
	return a;
}

static bool same_color(struct color a, struct color b)
{
	return a.index == b.index && a.rgb == b.rgb;
}

void term_theme(struct terminal *t, const struct theme *theme)
{
	const struct style *ground = &theme->style[t->depth][ROLE_BACKGROUND];

	for (int r = 0; r < ROLE_COUNT; r++) {
		const struct style *s = &theme->style[t->depth][r];

		t->attr[r] = attributes(t, s->attr);
		t->plain[r] =
		        same_color(s->bg, ground->bg) && !(t->attr[r] & (A_UNDERLINE | A_REVERSE));
		if (t->depth != DEPTH_MONO)
			init_extended_pair(r + 1, color_number(t, s->fg), color_number(t, s->bg));
	}
	screen_free(t->shown);
	t->shown = NULL;
}

/* ---- size ---- */

void term_size(struct terminal *t, int *w, int *h)
{
	struct winsize size;

	(void)t;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0 &&
	    (size.ws_col != COLS || size.ws_row != LINES)) {
		resizeterm(size.ws_row, size.ws_col);
		note_way_back(way_back.termios);
	}
	*w = COLS;
	*h = LINES;
}

/* ---- frames ---- */

static int cell_width(const struct screen *s, int x, int y)
{
	const struct cell *next = screen_at(s, x + 1, y);

	return next && next->text[0] == '\0' ? 2 : 1;
}

static void put_cell(struct terminal *t, const struct screen *s, int x, int y, enum role role)
{
	const struct cell *c = screen_at(s, x, y);
	int cells = cell_width(s, x, y), pair = t->depth == DEPTH_MONO ? 0 : (int)role + 1;
	attr_t attr = t->attr[role] | (c->underline ? A_UNDERLINE : A_NORMAL);
	struct cell_chars chars;
	cchar_t out;

	cell_chars_of(c, cells, t->ambiguous, t->utf8, &chars);
	for (int i = 1; i < cells && chars.second[0] != L'\0'; i++) {
		setcchar(&out, chars.second, attr, 0, &pair);
		mvadd_wch(y, x + i, &out);
	}
	setcchar(&out, chars.first, attr, 0, &pair);
	mvadd_wch(y, x, &out);
}

static bool same_cell(const struct screen *a, const struct screen *b, int x, int y)
{
	return memcmp(screen_at(a, x, y), screen_at(b, x, y), sizeof(struct cell)) == 0;
}

static bool sent_alike(const struct terminal *t, const struct screen *s, int x, int y,
                       enum role role)
{
	return same_cell(s, t->shown, x, y) && cell_width(s, x, y) == cell_width(t->shown, x, y) &&
	       role == screen_sent_role(t->shown, x, y, t->plain);
}

/* What did not change is not even given to curses, which compares too. How a cell is sent depends
 * on its neighbours as well. */
static void put_row(struct terminal *t, const struct screen *s, int y)
{
	int from = 0, to = s->w - 1;

	if (screen_same_row(s, y, t->shown, y))
		return;
	while (same_cell(s, t->shown, from, y))
		from++;
	while (same_cell(s, t->shown, to, y))
		to--;
	from = from > SENT_REACH ? from - SENT_REACH : 0;
	to = to + SENT_REACH < s->w ? to + SENT_REACH : s->w - 1;
	for (int x = from; x <= to; x++) {
		enum role role = screen_sent_role(s, x, y, t->plain);

		if (screen_at(s, x, y)->text[0] != '\0' && !sent_alike(t, s, x, y, role))
			put_cell(t, s, x, y, role);
	}
	memcpy(&t->shown->cell[y * s->w], &s->cell[y * s->w], (size_t)s->w * sizeof *s->cell);
}

/* Everything is other than nothing: a screen whose cells no frame has. */
static void forget(struct terminal *t, int w, int h)
{
	screen_free(t->shown);
	t->shown = screen_new(w, h);
	memset(t->shown->cell, 0xFF, (size_t)w * (size_t)h * sizeof *t->shown->cell);
}

void term_show(struct terminal *t, const struct screen *s, bool all)
{
	if (!t->shown || all || t->shown->w != s->w || t->shown->h != s->h)
		forget(t, s->w, s->h);
	if (all)
		clearok(curscr, TRUE);
	for (int y = 0; y < s->h; y++)
		put_row(t, s, y);
	if (s->cursor_x >= 0)
		move(s->cursor_y, s->cursor_x);
	refresh();
}

/* ---- keys ---- */

static bool read_more(struct terminal *t)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	ssize_t n = 0;

	if (poll(&p, 1, 0) == 1 && (p.revents & POLLIN))
		n = read(STDIN_FILENO, t->bytes, sizeof t->bytes);
	t->at = 0;
	t->nbytes = n > 0 ? (size_t)n : 0;
	return n > 0;
}

uint32_t term_key(struct terminal *t, int64_t ms)
{
	uint32_t key;

	while (!(key = input_key(t->input))) {
		if (t->at < t->nbytes || read_more(t)) {
			input_byte(t->input, t->bytes[t->at++], ms);
			continue;
		}
		input_quiet(t->input, ms);
		return input_key(t->input);
	}
	return key;
}

int term_key_wait(const struct terminal *t, int64_t ms)
{
	return t->at < t->nbytes ? 0 : input_wait(t->input, ms);
}

/* ---- stopping ---- */

void term_suspend(struct terminal *t)
{
	leave();
	kill(0, SIGTSTP);                 /* the whole job, as the terminal's ^Z does */
	refresh();
	say(capability("BE"));
	screen_free(t->shown);
	t->shown = NULL;
}
