#include "tiny_term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "lede/tui/cell_chars.h"
#include "lede/tui/theme.h"

static const struct look plain = { -1, -1, 0 };

static void blank(struct tiny_term *t, int x, int y)
{
	t->cell[y][x] = (struct tiny_cell){ " ", plain, "" };
	if (t->bce)
		t->cell[y][x].look.bg = t->now.bg;
}

static void blank_row(struct tiny_term *t, int y)
{
	for (int x = 0; x < t->w; x++)
		blank(t, x, y);
}

void tiny_open(struct tiny_term *t, int w, int h, bool bce)
{
	memset(t, 0, sizeof *t);
	t->w = w;
	t->h = h;
	t->bottom = h - 1;
	t->bce = bce;
	t->now = plain;
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++)
			t->cell[y][x] = (struct tiny_cell){ "~", plain, "" };
}

/* ---- rows ---- */

static void rows_up(struct tiny_term *t, int top, int n)
{
	for (; n > 0; n--, t->scrolled++) {
		memmove(t->cell[top], t->cell[top + 1],
		        (size_t)(t->bottom - top) * sizeof *t->cell);
		blank_row(t, t->bottom);
	}
}

static void rows_down(struct tiny_term *t, int top, int n)
{
	for (; n > 0; n--, t->scrolled++) {
		memmove(t->cell[top + 1], t->cell[top],
		        (size_t)(t->bottom - top) * sizeof *t->cell);
		blank_row(t, top);
	}
}

static void line_feed(struct tiny_term *t)
{
	if (t->y == t->bottom)
		rows_up(t, t->top, 1);
	else if (t->y < t->h - 1)
		t->y++;
}

/* ---- characters ---- */

static void halve(struct tiny_term *t, int x, int y)
{
	if (x < t->w && t->cell[y][x].text[0] == '\0') {
		blank(t, x, y);
		if (x > 0)
			blank(t, x - 1, y);
	}
}

static void write_char(struct tiny_term *t, struct str text, int cells)
{
	struct tiny_cell *c;

	if (cells == 0) {
		c = &t->cell[t->y][t->late || t->x == 0 ? t->x : t->x - 1];
		if (c->text[0] == '\0')
			c--;
		strncat(c->text, text.p, text.n);
		return;
	}
	if (t->late || t->x + cells > t->w) {
		t->x = 0;
		line_feed(t);
	}
	halve(t, t->x, t->y);
	halve(t, t->x + cells, t->y);
	c = &t->cell[t->y][t->x];
	snprintf(c->text, sizeof c->text, "%.*s", (int)text.n, text.p);
	c->look = t->now;
	strcpy(c->url, t->url);
	if (cells == 2)
		c[1] = (struct tiny_cell){ "", t->now, "" };
	t->x += cells;
	t->late = t->x == t->w;
	if (t->late)
		t->x--;
}

/* ---- sequences ---- */

static void set_look(struct look *l, const int *n, int count)
{
	for (int i = 0; i < count; i++) {
		int v = n[i];

		if (v == 0)
			*l = plain;
		else if (v == 1 || v == 2 || v == 3 || v == 4 || v == 7)
			l->attr |= (uint8_t)(v == 1   ? ATTR_BOLD
			                     : v == 2 ? ATTR_DIM
			                     : v == 3 ? ATTR_ITALIC
			                     : v == 4 ? ATTR_UNDERLINE
			                              : ATTR_REVERSE);
		else if (v == 22)
			l->attr &= (uint8_t) ~(ATTR_BOLD | ATTR_DIM);
		else if (v == 23 || v == 24 || v == 27)
			l->attr &= (uint8_t) ~(v == 23   ? ATTR_ITALIC
			                       : v == 24 ? ATTR_UNDERLINE
			                                 : ATTR_REVERSE);
		else if ((v == 38 || v == 48) && i + 2 < count && n[i + 1] == 5) {
			*(v == 38 ? &l->fg : &l->bg) = n[i + 2];
			i += 2;
		} else if (v == 39 || v == 49) {
			*(v == 39 ? &l->fg : &l->bg) = -1;
		} else {
			fail_msg("a terminal does not know SGR %d", v);
		}
	}
}

static int within(int low, int n, int high)
{
	return n < low ? low : n > high ? high : n;
}

static void set_region(struct tiny_term *t, int top, int bottom)
{
	t->top = within(0, top - 1, t->h - 1);
	t->bottom = within(t->top, bottom - 1, t->h - 1);
	t->x = t->y = 0;
}

static void erase(struct tiny_term *t, int n)
{
	halve(t, t->x, t->y);
	for (int i = 0; i < n && t->x + i < t->w; i++)
		blank(t, t->x + i, t->y);
	if (t->x + n < t->w)
		halve(t, t->x + n, t->y);
}

static void control(struct tiny_term *t, char final, const int *n, int count)
{
	int a = n[0] ? n[0] : 1;

	t->late = t->late && final == 'm';
	switch (final) {
	case 'H':
		t->y = within(0, a - 1, t->h - 1);
		t->x = within(0, (n[1] ? n[1] : 1) - 1, t->w - 1);
		break;
	case 'G': t->x = within(0, a - 1, t->w - 1); break;
	case 'd': t->y = within(0, a - 1, t->h - 1); break;
	case 'C': t->x = within(0, t->x + a, t->w - 1); break;
	case 'D': t->x = within(0, t->x - a, t->w - 1); break;
	case 'K': erase(t, t->w - t->x); break;
	case 'X': erase(t, a); break;
	case 'J':
		for (int y = 0; y < t->h; y++)
			blank_row(t, y);
		break;
	case 'r': set_region(t, a, n[1]); break;
	case 'S': rows_up(t, t->top, a); break;
	case 'T': rows_down(t, t->top, a); break;
	case 'M': rows_up(t, t->y, a); break;
	case 'L': rows_down(t, t->y, a); break;
	case 'm': set_look(&t->now, n, count); break;
	default: fail_msg("a terminal does not know CSI %c", final);
	}
}

/* "OSC 8 ; ; address ST" */
static size_t link_sequence(struct tiny_term *t, struct str s)
{
	size_t n = str_find_str(s, STR("\033\\"));

	assert_true(str_starts(s, "\033]8;;") && n != SIZE_MAX && n - 5 < sizeof t->url);
	snprintf(t->url, sizeof t->url, "%.*s", (int)(n - 5), s.p + 5);
	return n + 2;
}

/* Returns the bytes that it has. */
static size_t sequence(struct tiny_term *t, struct str s)
{
	int n[16] = { 0 }, count = 1;
	size_t i = 2;

	assert_true(s.n >= 2);
	if (s.p[1] == 'M') {
		if (t->y == t->top)
			rows_down(t, t->top, 1);
		else if (t->y > 0)
			t->y--;
		return 2;
	}
	if (s.p[1] == ']')
		return link_sequence(t, s);
	assert_int_equal(s.p[1], '[');
	for (; i < s.n && (s.p[i] == ';' || (s.p[i] >= '0' && s.p[i] <= '9')); i++) {
		if (s.p[i] == ';')
			count++;
		else
			n[count - 1] = n[count - 1] * 10 + s.p[i] - '0';
		assert_true(count <= 16);
	}
	assert_true(i < s.n);
	control(t, s.p[i], n, count);
	return i + 1;
}

void tiny_take(struct tiny_term *t, struct str bytes)
{
	size_t n;

	for (size_t at = 0; at < bytes.n; at += n) {
		char c = bytes.p[at];

		n = 1;
		if (c == '\033') {
			n = sequence(t, str_sub(bytes, at, bytes.n));
			continue;
		}
		if ((unsigned char)c >= ' ') {
			uint32_t cp = utf8_at(bytes, at, &n);

			write_char(t, str_sub(bytes, at, at + n), unicode_cells(cp, 1));
			continue;
		}
		t->late = false;
		if (c == '\n')
			line_feed(t);
		else if (c == '\r')
			t->x = 0;
		else if (c == '\b')
			t->x -= t->x > 0;
		else
			fail_msg("a terminal does not know the control %d", c);
	}
}

/* ---- what it says of itself ---- */

static bool is_missing(unsigned without, enum paint_word word)
{
	switch (word) {
	case SAY_FG: case SAY_BG: case SAY_OP:
		return without & WITHOUT_COLORS;
	case SAY_CSR:
		return without & (WITHOUT_REGION | WITHOUT_SCROLLING);
	case SAY_DL: case SAY_IL:
		return without & WITHOUT_SCROLLING;
	case SAY_HPA: case SAY_VPA: case SAY_INDN: case SAY_RIN:
		return without & WITHOUT_SHORT_WAYS;
	case SAY_EL: case SAY_ECH:
		return without & WITHOUT_ERASING;
	default:
		return false;
	}
}

const char *tiny_say(void *self, enum paint_word word, int a, int b)
{
	static const struct { const char *fmt; int plus; } table[] = {
		[SAY_CLEAR] = { "\033[H\033[2J", 0 }, [SAY_CUP] = { "\033[%d;%dH", 1 },
		[SAY_HPA] = { "\033[%dG", 1 },        [SAY_VPA] = { "\033[%dd", 1 },
		[SAY_CUF] = { "\033[%dC", 0 },        [SAY_CUB] = { "\033[%dD", 0 },
		[SAY_EL] = { "\033[K", 0 },           [SAY_ECH] = { "\033[%dX", 0 },
		[SAY_CSR] = { "\033[%d;%dr", 1 },     [SAY_INDN] = { "\033[%dS", 0 },
		[SAY_RIN] = { "\033[%dT", 0 },        [SAY_IND] = { "\n", 0 },
		[SAY_RI] = { "\033M", 0 },            [SAY_DL] = { "\033[%dM", 0 },
		[SAY_IL] = { "\033[%dL", 0 },         [SAY_SGR0] = { "\033[m", 0 },
		[SAY_BOLD] = { "\033[1m", 0 },        [SAY_DIM] = { "\033[2m", 0 },
		[SAY_ITALIC] = { "\033[3m", 0 },      [SAY_UNDERLINE] = { "\033[4m", 0 },
		[SAY_REVERSE] = { "\033[7m", 0 },     [SAY_FG] = { "\033[38;5;%dm", 0 },
		[SAY_BG] = { "\033[48;5;%dm", 0 },    [SAY_OP] = { "\033[39;49m", 0 },
	};
	struct tiny_words *w = self;
	struct buf out = buf_limited(sizeof w->said - 1);

	if (is_missing(w->without, word))
		return NULL;
	for (const char *f = table[word].fmt; *f; f++)
		if (f[0] == '%' && f[1] == 'd') {
			buf_addf(&out, "%d", a + table[word].plus);
			a = b;
			f++;
		} else {
			buf_add_char(&out, *f);
		}
	snprintf(w->said, sizeof w->said, "%s", buf_cstr(&out));
	buf_free(&out);
	return w->said;
}

/* ---- what it shows ---- */

static bool looks_alike(const struct tiny_cell *c, const struct cell *want, struct look l)
{
	uint8_t seen = ATTR_UNDERLINE | ATTR_REVERSE;

	if (want->underline)
		l.attr |= ATTR_UNDERLINE;
	if (strcmp(want->text, " ") == 0)
		return c->look.bg == l.bg && (c->look.attr & seen) == (l.attr & seen) &&
		       (!(l.attr & seen) || c->look.fg == l.fg);
	return c->look.fg == l.fg && c->look.bg == l.bg && c->look.attr == l.attr;
}

/* Two characters of a cell each may be one cluster: a flag, a vowel sign behind its letter. */
static void text_at(const struct tiny_term *t, int x, int y, int cells, char out[64])
{
	out[0] = '\0';
	for (int i = x; i < x + cells; i++)
		strncat(out, t->cell[y][i].text, 31);
}

static void cell_is_shown(const struct tiny_term *t, const struct screen *s, int x, int y,
                          const struct look look[ROLE_COUNT])
{
	const struct cell *want = screen_at(s, x, y), *next = screen_at(s, x + 1, y);
	int cells = next && next->text[0] == '\0' ? 2 : 1;
	struct cell_chars chars;
	char text[64];

	if (want->text[0] == '\0')
		return;
	cell_chars_of(want, cells, 1, true, &chars);
	text_at(t, x, y, cells, text);
	if (strcmp(text, chars.text) != 0)
		fail_msg("row %d column %d shows “%s”, not “%s”", y, x, text, chars.text);
	if (!looks_alike(&t->cell[y][x], want, look[want->role]))
		fail_msg("row %d column %d shows “%s” not in role %d", y, x, text, want->role);
}

void tiny_links(const struct tiny_term *t, const struct screen *s, bool on)
{
	assert_string_equal(t->url, "");
	for (int y = 0; y < s->h; y++)
		for (int x = 0; x < s->w; x++) {
			const struct cell *c = screen_at(s, x, y);

			if (c->text[0] != '\0')
				assert_string_equal(t->cell[y][x].url,
				                    on && c->link ? screen_link_url(s, c->link).p : "");
		}
}

void tiny_shows(const struct tiny_term *t, const struct screen *s,
                const struct look look[ROLE_COUNT])
{
	for (int y = 0; y < s->h; y++)
		for (int x = 0; x < s->w; x++)
			cell_is_shown(t, s, x, y, look);
}
