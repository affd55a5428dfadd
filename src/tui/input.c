#include "lede/tui/input.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"
#include "lede/text/utf8.h"

enum { BEL = 0x07, CAN = 0x18, SUB = 0x1A, ESC = 0x1B };
enum { HELD_MAX = 32, LEARNED_MAX = 48, KEYS_MAX = 4, MOUSE_BYTES = 3, INPUT_PASTE_MAX = 64 << 10 };

enum state {
	GROUND,
	PART_OF_UTF8,
	AFTER_ESC,
	CSI,
	SS3,
	CONSOLE,                  /* the Linux console's "ESC [ [" takes one more byte */
	MOUSE,                    /* "ESC [ M" takes three, of any value */
	STRING,                   /* OSC, DCS, APC, PM, SOS: to BEL or ST */
	STRING_ESC,               /* perhaps its ST */
	PASTE,
	LEARNED                   /* the front of a sequence of terminfo's that no grammar knows */
};

struct learned { char text[HELD_MAX]; size_t n; uint32_t key; };

struct wants { bool mouse, paste, answers; };

struct input {
	struct wants wants;
	struct mouse mouse; struct said said; struct buf paste;
	enum state state;
	char held[HELD_MAX]; size_t n;    /* the sequence so far; n counts on when held is full */
	bool meta;                        /* a second Esc in front: Alt with a sequence */
	int64_t since;                    /* when the last byte came */
	uint32_t key[KEYS_MAX]; int first, nkeys;
	struct learned learned[LEARNED_MAX]; int nlearned;
};

struct input *input_new(void)
{
	struct input *in = mem_new(sizeof *in);

	in->paste = buf_limited(INPUT_PASTE_MAX);
	return in;
}

void input_free(struct input *in)
{
	if (in)
		buf_free(&in->paste);
	free(in);
}

void input_learn(struct input *in, const char *sequence, uint32_t key)
{
	size_t n = sequence ? strlen(sequence) : 0;
	struct learned *l = &in->learned[in->nlearned];

	if (n < 2 || n > HELD_MAX || in->nlearned == LEARNED_MAX)
		return;
	if ((unsigned char)sequence[0] >= 0x20)
		return;
	memcpy(l->text, sequence, n);
	l->n = n;
	l->key = key;
	in->nlearned++;
}

/* ---- keys out ---- */

static void give(struct input *in, uint32_t key)
{
	if (key && in->nkeys < KEYS_MAX)
		in->key[(in->first + in->nkeys++) % KEYS_MAX] = key;
}

uint32_t input_key(struct input *in)
{
	uint32_t key;

	if (in->nkeys == 0)
		return 0;
	key = in->key[in->first];
	in->first = (in->first + 1) % KEYS_MAX;
	in->nkeys--;
	return key;
}

void input_wants(struct input *in, bool mouse, bool paste, bool answers)
{
	in->wants = (struct wants){ mouse, paste, answers };
}

struct mouse input_mouse(const struct input *in)
{
	return in->mouse;
}

struct str input_paste(const struct input *in)
{
	return buf_view(&in->paste);
}

struct said input_said(const struct input *in)
{
	return in->said;
}

/* ---- the numbers of a sequence ---- */

/* NUMBER[:...][;MODIFIERS[:EVENT]]: all that keys have. */
struct numbers { int number, modifiers, event; };

static size_t read_number(const char *p, size_t n, size_t at, int *out)
{
	for (*out = 0; at < n && p[at] >= '0' && p[at] <= '9'; at++)
		if (*out < 100000)
			*out = *out * 10 + (p[at] - '0');
	return at;
}

/* False for what no key looks like: private marks, intermediates, a third number. */
static bool read_numbers(const char *p, size_t n, struct numbers *out)
{
	size_t at = read_number(p, n, 0, &out->number);
	int other;

	out->modifiers = out->event = 0;
	while (at < n && p[at] == ':')    /* kitty: as shifted, as on a plain keyboard */
		at = read_number(p, n, at + 1, &other);
	if (at < n && p[at] == ';') {
		at = read_number(p, n, at + 1, &out->modifiers);
		if (at < n && p[at] == ':')
			at = read_number(p, n, at + 1, &out->event);
	}
	return at == n;
}

/* Shift 1, Alt 2, Ctrl 4, Super 8, Hyper 16, Meta 32. The locks (64, 128) say nothing about what
 * was meant. */
enum { WITH_SHIFT = 1, WITH_CTRL = 4, LOCKS = 64 | 128, RELEASED = 3 };

static int held_down(const struct numbers *v)
{
	return v->modifiers > 0 ? (v->modifiers - 1) & ~LOCKS : 0;
}

/* ---- what sequences mean ---- */

struct meaning { int of; uint32_t key; };

static uint32_t meaning_of(const struct meaning *table, size_t n, int of)
{
	for (size_t i = 0; i < n; i++)
		if (table[i].of == of)
			return table[i].key;
	return 0;
}

#define F(n) (LEDE_KEY_F1 + (n) - 1)

/* "CSI number ~": DEC, xterm, the Linux console (1, 4), rxvt (7, 8, 11 to 14). */
static const struct meaning by_number[] = {
	{ 1, LEDE_KEY_HOME }, { 2, LEDE_KEY_INSERT }, { 3, LEDE_KEY_DELETE },
	{ 4, LEDE_KEY_END }, { 5, LEDE_KEY_PGUP }, { 6, LEDE_KEY_PGDN },
	{ 7, LEDE_KEY_HOME }, { 8, LEDE_KEY_END },
	{ 11, F(1) }, { 12, F(2) }, { 13, F(3) }, { 14, F(4) }, { 15, F(5) }, { 17, F(6) },
	{ 18, F(7) }, { 19, F(8) }, { 20, F(9) }, { 21, F(10) }, { 23, F(11) }, { 24, F(12) },
};

/* "CSI letter" and "SS3 letter". CSI R is left out: it is also a cursor's position. */
static const struct meaning by_letter[] = {
	{ 'A', LEDE_KEY_UP }, { 'B', LEDE_KEY_DOWN }, { 'C', LEDE_KEY_RIGHT },
	{ 'D', LEDE_KEY_LEFT }, { 'H', LEDE_KEY_HOME }, { 'F', LEDE_KEY_END },
	{ 'P', F(1) }, { 'Q', F(2) }, { 'S', F(4) },
};

/* SS3 alone: the keypad in application mode, which terminfo's smkx turns on. */
static const struct meaning by_keypad[] = {
	{ 'R', F(3) }, { 'M', KEY_ENTER_ }, { 'I', KEY_TAB_ }, { ' ', ' ' }, { 'X', '=' },
	{ 'j', '*' }, { 'k', '+' }, { 'l', ',' }, { 'm', '-' }, { 'n', '.' }, { 'o', '/' },
	{ 'p', '0' }, { 'q', '1' }, { 'r', '2' }, { 's', '3' }, { 't', '4' }, { 'u', '5' },
	{ 'v', '6' }, { 'w', '7' }, { 'x', '8' }, { 'y', '9' },
};

/* "CSI code u", kitty's: keys that are controls elsewhere. */
static const struct meaning by_code[] = {
	{ 27, KEY_ESC_ }, { 13, KEY_ENTER_ }, { 9, KEY_TAB_ },
	{ 127, KEY_BACKSPACE_ }, { 8, KEY_BACKSPACE_ },
};

#define MEANING(table, of) meaning_of(table, sizeof table / sizeof *table, of)

static uint32_t key_of_code(const struct numbers *v)
{
	int down = held_down(v);

	if (down == WITH_SHIFT && v->number == 9)
		return LEDE_KEY_BACKTAB;
	if (down == WITH_CTRL && v->number >= 'a' && v->number <= 'z')
		return (uint32_t)(v->number - 'a' + 1);
	return down == 0 ? MEANING(by_code, v->number) : 0;
}

static uint32_t key_of_csi(const char *p, size_t n, char final)
{
	struct numbers v;

	if (!read_numbers(p, n, &v) || v.event == RELEASED)
		return 0;
	if (final == 'u')
		return key_of_code(&v);
	if (final == 'Z' && (held_down(&v) & ~WITH_SHIFT) == 0)
		return LEDE_KEY_BACKTAB;
	if (final == 'R' && n == 0)
		return F(3);
	if (held_down(&v) != 0)
		return 0;
	if (final == '~')
		return MEANING(by_number, v.number);
	return v.number <= 1 ? MEANING(by_letter, final) : 0;
}

static uint32_t key_of_ss3(const char *p, size_t n, char final)
{
	uint32_t key = MEANING(by_letter, final);

	if (n > 0)                                /* "SS3 5 A": a key with Ctrl, of old */
		return n == 1 && p[0] == '1' ? key : 0;
	return key ? key : MEANING(by_keypad, final);
}

/* ---- what is no key ---- */

/* Bits of a button: 0 left, 3 none; 32 while it moves; 64 and 65 the wheel. Which of Shift, Alt and
 * Ctrl is held does not matter. */
static uint32_t mouse_of(struct input *in, int button, int x, int y, bool released)
{
	enum { HELD = 4 | 8 | 16, MOVES = 32, WHEEL = 64 };
	int which = button & ~(HELD | MOVES);

	in->mouse = (struct mouse){ MOUSE_PRESS, x - 1, y - 1 };
	if (which == WHEEL || which == WHEEL + 1)
		in->mouse.act = which == WHEEL ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN;
	else if (which == 3 || (which == 0 && released))
		in->mouse.act = MOUSE_RELEASE;
	else if (which != 0)
		return 0;
	else if (button & MOVES)
		in->mouse.act = MOUSE_DRAG;
	return in->wants.mouse && x > 0 && y > 0 ? INPUT_MOUSE : 0;
}

/* "CSI < button ; column ; row M", or m when it is let go. */
static uint32_t mouse_of_csi(struct input *in, const char *p, size_t n, char final)
{
	int number[3];
	size_t at = 0;

	for (int i = 0; i < 3; i++) {
		at = read_number(p, n, at + 1, &number[i]);
		if (at < n && p[at] != ';')
			return 0;
	}
	return at == n ? mouse_of(in, number[0], number[1], number[2], final == 'm') : 0;
}

static uint32_t told(struct input *in, enum said_kind kind, int a, int b)
{
	in->said = (struct said){ kind, a, b };
	return in->wants.answers ? INPUT_SAID : 0;
}

/* "CSI ? mode ; state $ y" */
static uint32_t mode_of(struct input *in, const char *p, size_t n)
{
	int mode, state = -1;
	size_t at = read_number(p, n, 1, &mode);

	if (at < n && p[at] == ';')
		at = read_number(p, n, at + 1, &state);
	return at + 1 == n && p[at] == '$' ? told(in, SAID_MODE, mode, state) : 0;
}

/* Two hexadecimal digits; the second pair that xterm gives says the same more precisely. */
static int color_part(const char *p, size_t n, size_t *at)
{
	int value = 0, digits = 0;

	for (; *at < n && p[*at] != '/'; (*at)++, digits++) {
		char c = p[*at] | 0x20;
		int digit = p[*at] >= '0' && p[*at] <= '9' ? p[*at] - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (digit < 0)
			return -1;
		if (digits < 2)
			value = value * 16 + digit;
	}
	(*at)++;
	return digits == 1 ? value * 17 : digits > 0 ? value : -1;
}

/* "OSC 11 ; rgb:rrrr/gggg/bbbb", without what ends it. */
static uint32_t told_string(struct input *in, size_t n)
{
	static const char front[] = "\x1b]11;rgb:";
	int rgb = 0;
	size_t at = sizeof front - 1;

	if (n > HELD_MAX || n < at || memcmp(in->held, front, at) != 0)
		return 0;
	for (int i = 0; i < 3; i++) {
		int part = color_part(in->held, n, &at);

		if (part < 0)
			return 0;
		rgb = rgb << 8 | part;
	}
	return at == n + 1 ? told(in, SAID_BACKGROUND, rgb, 0) : 0;
}

/* A CSI that is no key; 0: perhaps it is one. */
static uint32_t told_csi(struct input *in, const char *p, size_t n, char final)
{
	struct numbers v;

	if (n > 0 && p[0] == '<' && (final == 'M' || final == 'm'))
		return mouse_of_csi(in, p, n, final);
	if (n > 0 && p[0] == '?' && final == 'c')
		return told(in, SAID_ATTRIBUTES, 0, 0);
	if (n > 0 && p[0] == '?' && final == 'y')
		return mode_of(in, p, n);
	if (final == 'R' && n > 0 && read_numbers(p, n, &v) && v.number > 0 && v.modifiers > 0)
		return told(in, SAID_CURSOR, v.number - 1, v.modifiers - 1);
	return 0;
}

/* ---- the grammar ---- */

/* A sequence's step: the state after it, GROUND when the sequence is whole; *key is then its key,
 * or 0. */

static enum state after_esc(struct input *in, unsigned char byte)
{
	switch (byte) {
	case '[':
		return CSI;
	case 'O':
		return SS3;
	case ']': case 'P': case '^': case '_': case 'X':
		return STRING;
	case ESC:
		if (in->meta)
			give(in, KEY_ESC_);
		in->meta = true;
		in->n = 1;
		return AFTER_ESC;
	default:
		return GROUND;    /* Alt with a key */
	}
}

static enum state in_csi(struct input *in, unsigned char byte, uint32_t *key)
{
	bool first = in->n == 3;

	if (first && byte == '[')
		return CONSOLE;
	if (first && byte == 'M')
		return MOUSE;
	if (byte < 0x40 || byte >= 0x7F)          /* controls and DEL in the middle are noise */
		return CSI;
	if (in->n > HELD_MAX)
		return GROUND;
	if (byte == '~' && in->n == 6 && memcmp(in->held + 2, "200", 3) == 0)
		return PASTE;
	*key = told_csi(in, in->held + 2, in->n - 3, (char)byte);
	if (!*key)
		*key = key_of_csi(in->held + 2, in->n - 3, (char)byte);
	return GROUND;
}

static enum state in_ss3(struct input *in, unsigned char byte, uint32_t *key)
{
	if ((byte >= '0' && byte <= '9') || byte == ';')
		return SS3;
	if (in->n <= HELD_MAX)
		*key = key_of_ss3(in->held + 2, in->n - 3, (char)byte);
	return GROUND;
}

static enum state in_console(unsigned char byte, uint32_t *key)
{
	if (byte >= 'A' && byte <= 'E')
		*key = F((uint32_t)(byte - 'A') + 1);
	return GROUND;
}

static enum state step(struct input *in, unsigned char byte, uint32_t *key)
{
	switch (in->state) {
	case AFTER_ESC:
		return after_esc(in, byte);
	case CSI:
		return in_csi(in, byte, key);
	case SS3:
		return in_ss3(in, byte, key);
	case CONSOLE:
		return in_console(byte, key);
	case MOUSE:
		if (in->n < 3 + MOUSE_BYTES)
			return MOUSE;
		*key = mouse_of(in, (unsigned char)in->held[3] - 32, (unsigned char)in->held[4] - 32,
		                (unsigned char)in->held[5] - 32, false);
		return GROUND;
	case STRING:
		if (byte == BEL)
			*key = told_string(in, in->n - 1);
		return byte == BEL ? GROUND : byte == ESC ? STRING_ESC : STRING;
	case STRING_ESC:
		*key = told_string(in, in->n - 2);
		return GROUND;
	default:          /* LEARNED, when nothing fits any more */
		return GROUND;
	}
}

enum fit { FITS_NOT, FITS_SO_FAR, FITS };

static enum fit fits_learned(const struct input *in, uint32_t *key)
{
	enum fit best = FITS_NOT;

	for (int i = 0; i < in->nlearned && in->n <= HELD_MAX; i++) {
		const struct learned *l = &in->learned[i];

		if (l->n < in->n || memcmp(l->text, in->held, in->n) != 0)
			continue;
		if (l->n == in->n) {
			*key = l->key;
			return FITS;
		}
		best = FITS_SO_FAR;
	}
	return best;
}

static void begin(struct input *in, enum state state, unsigned char byte)
{
	in->state = state;
	in->held[0] = (char)byte;
	in->n = 1;
	in->meta = false;
}

/* Esc begins anew wherever it comes, but in a string and right behind an Esc; CAN and SUB end what
 * was begun (DEC STD 070). */
static bool cut_short(struct input *in, unsigned char byte)
{
	bool text = in->state == STRING || in->state == MOUSE || in->state == AFTER_ESC;

	if (in->state == STRING_ESC && byte != '\\') {
		begin(in, AFTER_ESC, ESC);
		return false;
	}
	if (byte == ESC && !text) {
		begin(in, AFTER_ESC, ESC);
		return true;
	}
	if ((byte == CAN || byte == SUB) && in->state != MOUSE && in->state != AFTER_ESC) {
		in->state = GROUND;
		return true;
	}
	return false;
}

static void in_sequence(struct input *in, unsigned char byte)
{
	uint32_t key = 0;
	enum fit fit;

	if (cut_short(in, byte))
		return;
	if (in->n < HELD_MAX)
		in->held[in->n] = (char)byte;
	in->n++;
	fit = fits_learned(in, &key);
	in->state = fit == FITS ? GROUND : step(in, byte, &key);
	if (in->state == GROUND && fit == FITS_SO_FAR)
		in->state = LEARNED;
	if (in->state == GROUND && !in->meta)
		give(in, key);
	if (in->state == PASTE) {
		in->n = 0;
		buf_clear(&in->paste);
	}
}

/* ---- characters ---- */

static size_t length_of(unsigned char lead)
{
	return lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
}

static void in_ground(struct input *in, unsigned char byte)
{
	uint32_t key = 0;

	begin(in, GROUND, byte);
	if (byte >= 0x80)
		in->state = length_of(byte) ? PART_OF_UTF8 : GROUND;
	else if (byte == ESC)
		in->state = AFTER_ESC;
	else if (byte < 0x20 && fits_learned(in, &key) == FITS_SO_FAR)
		in->state = LEARNED;
	else
		give(in, byte == 8 ? KEY_BACKSPACE_ : byte);
}

/* Controls in UTF-8 (U+0080 to U+009F) are no characters to type. */
static void in_utf8(struct input *in, unsigned char byte)
{
	uint32_t cp;
	size_t n;

	if ((byte & 0xC0) != 0x80) {
		in_ground(in, byte);
		return;
	}
	in->held[in->n++] = (char)byte;
	if (in->n < length_of((unsigned char)in->held[0]))
		return;
	in->state = GROUND;
	cp = utf8_at((struct str){ in->held, in->n }, 0, &n);
	if (n == in->n && cp != UTF8_REPLACEMENT && cp >= 0xA0)
		give(in, cp);
}

/* Pasted text may hold anything, sequences too; only its own end ends it. n: how much of that has
 * come. */
static void in_paste(struct input *in, unsigned char byte)
{
	static const char end[] = "\x1b[201~";

	if (byte == (unsigned char)end[in->n]) {
		in->n++;
	} else {
		buf_add(&in->paste, (struct str){ end, in->n });
		in->n = byte == ESC ? 1 : 0;
		if (byte != ESC)
			buf_add_char(&in->paste, (char)byte);
	}
	if (in->n < sizeof end - 1)
		return;
	in->state = GROUND;
	give(in, in->wants.paste ? INPUT_PASTE : 0);
}

void input_byte(struct input *in, unsigned char byte, int64_t ms)
{
	in->since = ms;
	switch (in->state) {
	case GROUND:
		in_ground(in, byte);
		break;
	case PART_OF_UTF8:
		in_utf8(in, byte);
		break;
	case PASTE:
		in_paste(in, byte);
		break;
	default:
		in_sequence(in, byte);
	}
}

/* ---- silence ---- */

static int patience(const struct input *in)
{
	bool lone = in->state == AFTER_ESC || (in->state == LEARNED && in->n == 1);

	return lone ? INPUT_ESC_MS : in->state == PASTE ? INPUT_PASTE_MS : INPUT_CUT_MS;
}

int input_wait(const struct input *in, int64_t ms)
{
	int64_t left = in->since + patience(in) - ms;

	if (in->nkeys > 0)
		return 0;
	if (in->state == GROUND)
		return -1;
	return left > 0 ? (int)left : 0;
}

void input_quiet(struct input *in, int64_t ms)
{
	if (in->state == GROUND || ms < in->since + patience(in))
		return;
	if (in->state == AFTER_ESC && in->meta)
		give(in, KEY_ESC_);
	if (in->state == AFTER_ESC || (in->state == LEARNED && in->n == 1))
		give(in, (unsigned char)in->held[0]);
	in->state = GROUND;
}
