/* term_curses - the one file that includes curses, of which it takes what it knows of terminals:
 * terminfo. What is sent is made by paint.c, so that a frame is one write.
 */
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

#include "config.h"

#include <curses.h>
#include <term.h>

#include "lede/app/key.h"
#include "lede/base/mem.h"
#include "lede/tui/input.h"
#include "lede/tui/paint.h"
#include "term_inside.h"

/* What puts a terminal back, for signal handlers: they can reach nothing else. Written before the
 * handlers are set. */
static struct { bool on; char text[512]; size_t n; struct termios termios; } way_back;

/* ---- terminfo ---- */

/* A capability's text, or NULL. */
const char *term_capability(const char *name)
{
	const char *text = tigetstr(name);

	return text && text != (char *)-1 ? text : NULL;
}

/* Padding of old terminals ("$<5>") is left out: every terminal that is met has flow control or
 * needs none. Returns the length of what is left. */
static size_t without_padding(char *text, size_t n)
{
	char *out = text;

	for (size_t i = 0; i < n; i++) {
		if (text[i] == '$' && i + 1 < n && text[i + 1] == '<')
			while (i < n && text[i] != '>')
				i++;
		else
			*out++ = text[i];
	}
	return (size_t)(out - text);
}

/* ECMA-48: a control's last byte and its first number; numbers that are 1 need not be said. */
static const struct { char final; int from; } standard[WORD_COUNT] = {
	[SAY_CUP] = { 'H', 1 },  [SAY_HPA] = { 'G', 1 },  [SAY_VPA] = { 'd', 1 },
	[SAY_CUF] = { 'C', 0 },  [SAY_CUB] = { 'D', 0 },  [SAY_ECH] = { 'X', 0 },
	[SAY_INDN] = { 'S', 0 }, [SAY_RIN] = { 'T', 0 },  [SAY_DL] = { 'M', 0 },
	[SAY_IL] = { 'L', 0 },
};

static const char *say_standard(struct terminal *t, enum paint_word word, int a, int b)
{
	int first = a + standard[word].from, second = b + 1;
	char final = standard[word].final;

	if (word == SAY_CUP && second > 1)
		snprintf(t->said, sizeof t->said, "\033[%d;%d%c", first, second, final);
	else if (first > 1)
		snprintf(t->said, sizeof t->said, "\033[%d%c", first, final);
	else
		snprintf(t->said, sizeof t->said, "\033[%c", final);
	return t->said;
}

/* Whether terminfo says the same. */
static bool is_standard(struct terminal *t, enum paint_word word)
{
	const char *said = t->word[word] ? tiparm(t->word[word], 4, 6) : NULL;

	return standard[word].final && said && strcmp(said, say_standard(t, word, 4, 6)) == 0;
}

static void learn_words(struct terminal *t)
{
	static const char *const names[WORD_COUNT] = {
		[SAY_CLEAR] = "clear", [SAY_CUP] = "cup",        [SAY_HPA] = "hpa",
		[SAY_VPA] = "vpa",     [SAY_CUF] = "cuf",        [SAY_CUB] = "cub",
		[SAY_EL] = "el",       [SAY_ECH] = "ech",        [SAY_CSR] = "csr",
		[SAY_INDN] = "indn",   [SAY_RIN] = "rin",        [SAY_IND] = "ind",
		[SAY_RI] = "ri",       [SAY_DL] = "dl",          [SAY_IL] = "il",
		[SAY_SGR0] = "sgr0",   [SAY_BOLD] = "bold",      [SAY_DIM] = "dim",
		[SAY_ITALIC] = "sitm", [SAY_UNDERLINE] = "smul", [SAY_REVERSE] = "rev",
		[SAY_FG] = "setaf",    [SAY_BG] = "setab",       [SAY_OP] = "op",
	};

	for (int i = 0; i < WORD_COUNT; i++)
		t->word[i] = term_capability(names[i]);
	if (t->depth == DEPTH_MONO)
		t->word[SAY_FG] = t->word[SAY_BG] = t->word[SAY_OP] = NULL;
	for (int i = 0; i < WORD_COUNT; i++)
		t->standard[i] = is_standard(t, (enum paint_word)i);
}

static const char *say_word(void *self, enum paint_word word, int a, int b)
{
	struct terminal *t = self;
	const char *text = t->word[word];
	size_t n;

	if (!text)
		return NULL;
	if (t->standard[word])
		return say_standard(t, word, a, b);
	if (word == SAY_CSR && a == 0 && b == t->h - 1 && t->standard[SAY_CUP])
		return "\033[r";
	if (strchr(text, '%'))
		text = tiparm(text, a, b);
	if (!text || !strstr(text, "$<"))
		return text;
	n = strlen(text);
	if (n >= sizeof t->said)
		return NULL;
	memcpy(t->said, text, n);
	t->said[without_padding(t->said, n)] = '\0';
	return t->said;
}

/* ---- the way back ---- */

static void add_way_back(const char *text)
{
	size_t n = text ? strlen(text) : 0;

	if (n > sizeof way_back.text - way_back.n)
		return;
	memcpy(way_back.text + way_back.n, text ? text : "", n);
	way_back.n += n;
}

/* Without a screen of its own to leave, a program leaves its last line behind: that one is cleared
 * for the shell. */
static bool has_own_screen(void)
{
	return term_capability("rmcup") != NULL;
}

void term_note_way_back(struct terminal *t)
{
	const char *cup = term_capability("cup");
	struct buf talk = buf_limited(256);
	bool was_on = way_back.on;

	talk_way_back(t, &talk);
	way_back.on = false;
	way_back.n = 0;
	add_way_back(buf_cstr(&talk));
	add_way_back(term_capability("sgr0"));
	if (t->depth != DEPTH_MONO)
		add_way_back(term_capability("op"));
	add_way_back(term_capability("rmkx"));
	add_way_back(term_capability("cnorm"));
	if (!has_own_screen() && cup) {
		add_way_back(tiparm(cup, t->h - 1, 0));
		add_way_back(term_capability("el"));
	}
	add_way_back(term_capability("rmcup"));
	way_back.n = without_padding(way_back.text, way_back.n);
	way_back.on = was_on;
	buf_free(&talk);
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

/* ---- opening ---- */

static enum color_depth find_depth(bool no_color, int colors)
{
	if (no_color || colors < 8 || !term_capability("setaf") || !term_capability("setab"))
		return DEPTH_MONO;
	if (tigetflag("RGB") > 0)
		return DEPTH_DIRECT;
	return colors >= 256 ? DEPTH_256 : colors >= 16 ? DEPTH_16 : DEPTH_8;
}

static enum glyph_set find_glyphs(bool utf8, int ambiguous, int wish)
{
	const char *name = getenv("TERM");

	if (!utf8 || ambiguous == 2)
		return GLYPHS_ASCII;
	if (wish >= 0)
		return (enum glyph_set)wish;
	return name && strncmp(name, "linux", 5) == 0 ? GLYPHS_CONSOLE : GLYPHS_UNICODE;
}

/* From here on there is a terminfo entry to ask. */
static bool usable(const char *name)
{
	int status;

	if (!name || !*name || strcmp(name, "dumb") == 0)
		return false;
	if (setupterm(name, STDOUT_FILENO, &status) != OK)
		return false;
	if (term_capability("cup") && term_capability("clear"))
		return true;
	del_curterm(cur_term);
	return false;
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
		input_learn(in, term_capability(table[i].name), table[i].key);
	for (uint32_t i = 0; i < 12; i++) {
		snprintf(name, sizeof name, "kf%u", (unsigned)(i + 1));
		input_learn(in, term_capability(name), LEDE_KEY_F1 + i);
	}
}

void term_send(const char *text, size_t n)
{
	while (n > 0) {
		ssize_t sent = write(STDOUT_FILENO, text, n);

		if (sent < 0 && errno != EINTR)
			return;
		text += sent > 0 ? sent : 0;
		n -= sent > 0 ? (size_t)sent : 0;
	}
}

/* Takes the terminal: keys come as they are pressed (^C and ^Z are commands), nothing is changed on
 * the way out, the screen is ours. */
static void take(struct terminal *t)
{
	static const char *const names[] = { "smcup", "smkx", "civis" };
	struct buf out = buf_limited(1 << 10);

	tcsetattr(STDIN_FILENO, TCSADRAIN, &t->ours);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (term_capability(names[i]))
			buf_add_cstr(&out, term_capability(names[i]));
	if (out.n > 0)
		out.n = without_padding(out.p, out.n);
	talk_take(t, &out);
	term_send(out.p, out.n);
	buf_free(&out);
	t->cursor_shown = false;
	paint_forget(t->paint);
	term_note_way_back(t);
	way_back.on = true;
}

static struct termios ours_of(struct termios tty)
{
	tty.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | ISTRIP | IXON | PARMRK);
	tty.c_oflag &= ~(tcflag_t)OPOST;
	tty.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	tty.c_cflag = (tty.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
	tty.c_cc[VMIN] = 1;
	tty.c_cc[VTIME] = 0;
	return tty;
}

enum err term_open(const struct term_setup *setup, struct terminal **out, struct error *e)
{
	const char *name = getenv("TERM");
	struct paint_terminal how = { .say = say_word };
	struct termios before;
	struct terminal *t;
	int w, h;

	setlocale(LC_CTYPE, "");
	if (!usable(name))
		return error_set(e, ERR_USAGE,
		                 "the terminal “%s” cannot show lede; lede top, lede show ID and "
		                 "lede --help "
		                 "need no terminal",
		                 name && *name ? name : "unknown");
	if (tcgetattr(STDIN_FILENO, &before) != 0) {
		del_curterm(cur_term);
		return error_errno(e, ERR_USAGE, errno, "standard input is no terminal");
	}
	t = mem_new(sizeof *t);
	how.self = t;
	how.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	how.erases_in_color = tigetflag("bce") > 0;
	how.wraps_late = tigetflag("am") <= 0 || tigetflag("xenl") > 0;
	t->colors = tigetnum("colors");
	t->utf8 = how.utf8;
	t->depth = find_depth(setup->no_color, t->colors);
	t->glyphs_wish = setup->glyphs;
	t->glyphs = find_glyphs(how.utf8, setup->ambiguous, setup->glyphs);
	t->dim = term_capability("dim") != NULL;
	t->italic = term_capability("sitm") != NULL;
	t->frame = buf_limited(FRAME_MAX);
	t->ours = ours_of(before);
	learn_words(t);
	t->paint = paint_new(&how);
	t->input = input_new();
	learn_keys(t->input);
	term_size(t, &w, &h);
	talk_open(t);
	way_back.termios = before;
	take(t);
	*out = t;
	return ERR_NONE;
}

void term_close(struct terminal *t)
{
	if (!t)
		return;
	term_emergency();
	talk_close(t);
	paint_free(t->paint);
	buf_free(&t->frame);
	input_free(t->input);
	del_curterm(cur_term);
	free(t);
}

enum glyph_set term_glyphs(const struct terminal *t)
{
	return t->glyphs;
}

enum glyph_set term_ambiguous(struct terminal *t, int ambiguous)
{
	t->glyphs = find_glyphs(t->utf8, ambiguous, t->glyphs_wish);
	return t->glyphs;
}

enum color_depth term_depth(const struct terminal *t)
{
	return t->depth;
}

/* ---- colours ---- */

static int32_t color_number(const struct terminal *t, struct color c)
{
	if (t->depth == DEPTH_MONO)
		return -1;
	if (t->depth == DEPTH_DIRECT)
		return c.rgb >= 0 ? c.rgb : c.index;
	return c.index < t->colors ? c.index : -1;
}

/* Without italics emphasis is underlined. */
static uint8_t attributes(const struct terminal *t, uint8_t attr)
{
	if ((attr & ATTR_ITALIC) && !t->italic)
		attr = (uint8_t)((attr & ~ATTR_ITALIC) | ATTR_UNDERLINE);
	return t->dim ? attr : attr & (uint8_t)~ATTR_DIM;
}

void term_theme(struct terminal *t, const struct theme *theme)
{
	struct look look[ROLE_COUNT];

	for (int r = 0; r < ROLE_COUNT; r++) {
		const struct style *s = &theme->style[t->depth][r];

		look[r] = (struct look){ color_number(t, s->fg), color_number(t, s->bg),
			                 attributes(t, s->attr) };
	}
	paint_looks(t->paint, look);
}

/* ---- size ---- */

static int number_or(const char *name, int other)
{
	int n = tigetnum(name);

	return n > 0 ? n : other;
}

void term_size(struct terminal *t, int *w, int *h)
{
	struct winsize size;
	bool told = (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ||
	             ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0) &&
	            size.ws_col > 0 && size.ws_row > 0;

	t->w = told ? size.ws_col : number_or("cols", 80);
	t->h = told ? size.ws_row : number_or("lines", 24);
	if (way_back.on)
		term_note_way_back(t);
	*w = t->w;
	*h = t->h;
}

/* ---- frames ---- */

static void show_cursor(struct terminal *t, bool shown)
{
	const char *word = term_capability(shown ? "cnorm" : "civis");
	char text[SAID_MAX];
	size_t n = word ? strlen(word) : 0;

	if (shown == t->cursor_shown || n >= sizeof text)
		return;
	t->cursor_shown = shown;
	memcpy(text, word ? word : "", n);
	buf_add(&t->frame, (struct str){ text, without_padding(text, n) });
}

/* A small frame is shown at once in any case; a large one may be seen half done. */
enum { SYNC_FROM = 512 };

void term_show(struct terminal *t, const struct screen *s, bool all)
{
	struct buf cells = buf_limited(FRAME_MAX);
	bool sync;

	if (all)
		paint_forget(t->paint);
	paint_frame(t->paint, s, &cells);
	sync = cells.n >= SYNC_FROM && t->talk.synchronizes && t->talk.wish.synchronized;
	if (sync)
		buf_add_cstr(&t->frame, TALK_SYNC_BEGIN);
	buf_add(&t->frame, buf_view(&cells));
	if (sync)
		buf_add_cstr(&t->frame, TALK_SYNC_END);
	show_cursor(t, s->cursor_shown);
	term_send(t->frame.p, t->frame.n);
	buf_clear(&t->frame);
	buf_free(&cells);
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

	for (;;) {
		key = input_key(t->input);
		if (key == INPUT_SAID && !talk_said(t, input_said(t->input), ms))
			continue;
		if (key)
			return key;
		if (t->at < t->nbytes || read_more(t)) {
			input_byte(t->input, t->bytes[t->at++], ms);
			continue;
		}
		input_quiet(t->input, ms);
		return input_key(t->input);
	}
}

int term_key_wait(const struct terminal *t, int64_t ms)
{
	return t->at < t->nbytes ? 0 : input_wait(t->input, ms);
}

/* ---- stopping ---- */

/* The whole job stops, as by the terminal's ^Z; where nobody could let it go on (an orphaned
 * process group) the system does not stop it. */
void term_suspend(struct terminal *t)
{
	const struct sigaction as_ever = { .sa_handler = SIG_DFL };
	struct sigaction ours;

	term_emergency();
	sigaction(SIGTSTP, &as_ever, &ours);
	kill(0, SIGTSTP);
	sigaction(SIGTSTP, &ours, NULL);
	take(t);
}

void term_resume(struct terminal *t)
{
	take(t);
}
