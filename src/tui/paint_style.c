/* paint_style - how the terminal writes: from one look to the next in few bytes. */
#include <stdio.h>
#include <string.h>

#include "lede/tui/theme.h"
#include "paint_inside.h"

/* ECMA-48 8.3.117: what turns an attribute off; bold and dim go together. */
static const struct { uint8_t attr; const char *off; } off_words[] = {
	{ ATTR_BOLD | ATTR_DIM, "22" },
	{ ATTR_ITALIC, "23" },
	{ ATTR_UNDERLINE, "24" },
	{ ATTR_REVERSE, "27" },
};

/* The parameters of "CSI ... m"; false: it is another sequence. */
static bool parameters_of(const char *text, char out[WORDS_MAX])
{
	size_t n = strlen(text);

	if (n < 3 || n - 3 >= WORDS_MAX || strncmp(text, "\033[", 2) != 0 || text[n - 1] != 'm' ||
	    strspn(text + 2, "0123456789;:") != n - 3)
		return false;
	memcpy(out, text + 2, n - 3);
	out[n - 3] = '\0';
	return true;
}

static const char *word(const struct paint *p, enum paint_word what, int a)
{
	const char *text = p->t.say(p->t.self, what, a, 0);

	return text ? text : "";
}

static void learn_word(struct paint *p, char out[WORDS_MAX], enum paint_word what, int a)
{
	const char *text = word(p, what, a);

	out[0] = '\0';
	if (p->joined)
		(void)parameters_of(text, out);
	else if (strlen(text) < WORDS_MAX)
		strcpy(out, text);
}

/* Whether all that the terminal knows of looks is parameters of one sequence. Resetting may do more
 * ("ESC ( B CSI m"): no other character set is ever chosen, so that its parameters are enough. */
static bool can_join(const struct paint *p)
{
	static const enum paint_word plain[] = { SAY_BOLD, SAY_DIM, SAY_ITALIC, SAY_UNDERLINE,
		SAY_REVERSE };
	char ignored[WORDS_MAX];
	const char *op = word(p, SAY_OP, 0);

	if (!strstr(word(p, SAY_SGR0, 0), "\033[m") && !strstr(word(p, SAY_SGR0, 0), "\033[0m"))
		return false;
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (*word(p, plain[i], 0) && !parameters_of(word(p, plain[i], 0), ignored))
			return false;
	if (!*word(p, SAY_FG, 1))
		return true;
	return strcmp(op, "\033[39;49m") == 0 && parameters_of(word(p, SAY_FG, 1), ignored) &&
	       parameters_of(word(p, SAY_BG, 1), ignored);
}

void style_learn(struct paint *p)
{
	static const enum paint_word attrs[ATTRS] = { SAY_BOLD, SAY_DIM, SAY_ITALIC, SAY_UNDERLINE,
		SAY_REVERSE };
	bool colored = *word(p, SAY_FG, 1) != '\0';

	p->joined = can_join(p);
	p->takes_off = p->joined && colored;
	for (int i = 0; i < ATTRS; i++)
		learn_word(p, p->on[i], attrs[i], 0);
	for (int r = 0; r < ROLE_COUNT; r++) {
		struct paint_style *s = &p->style[r];

		s->fg[0] = s->bg[0] = '\0';
		if (s->look.fg >= 0)
			learn_word(p, s->fg, SAY_FG, s->look.fg);
		else if (p->takes_off)
			strcpy(s->fg, "39");
		if (s->look.bg >= 0)
			learn_word(p, s->bg, SAY_BG, s->look.bg);
		else if (p->takes_off)
			strcpy(s->bg, "49");
	}
}

struct look style_look(const struct paint *p, enum role role, bool underline)
{
	struct look l = p->style[role].look;

	if (underline)
		l.attr |= ATTR_UNDERLINE;
	return l;
}

bool style_blank_alike(const struct look *a, const struct look *b)
{
	const uint8_t seen = ATTR_UNDERLINE | ATTR_REVERSE;

	if (a->bg != b->bg || (a->attr & seen) != (b->attr & seen))
		return false;
	return !(a->attr & seen) || a->fg == b->fg;
}

bool style_blank_fits(const struct paint *p, enum role role, bool underline)
{
	struct look l = style_look(p, role, underline);

	return p->known && style_blank_alike(&p->now, &l);
}

/* ---- one "CSI ... m" ---- */

/* Two ways are written, and the shorter one is sent. Parameters without a value say "0". */
struct sgr { char text[8 * WORDS_MAX]; size_t n; };

static void add(struct sgr *g, const char *param)
{
	g->n += (size_t)snprintf(g->text + g->n, sizeof g->text - g->n, "%s%s", g->n > 0 ? ";" : "",
	                         param);
}

static void add_attrs(const struct paint *p, struct sgr *g, uint8_t attr)
{
	for (int i = 0; i < ATTRS; i++)
		if ((attr & 1 << i) && p->on[i][0])
			add(g, p->on[i]);
}

static void from_nothing(const struct paint *p, struct sgr *g, const struct paint_style *s,
                         const struct look *l)
{
	if (l->attr || l->fg >= 0 || l->bg >= 0)
		add(g, "0");
	add_attrs(p, g, l->attr);
	if (l->fg >= 0)
		add(g, s->fg);
	if (l->bg >= 0)
		add(g, s->bg);
}

static void from_now(const struct paint *p, struct sgr *g, const struct paint_style *s,
                     const struct look *l)
{
	uint8_t off = p->now.attr & (uint8_t)~l->attr, on = l->attr & (uint8_t)~p->now.attr;

	for (size_t i = 0; i < sizeof off_words / sizeof *off_words; i++)
		if (off & off_words[i].attr) {
			add(g, off_words[i].off);
			on |= l->attr & off_words[i].attr;
		}
	add_attrs(p, g, on);
	if (l->fg != p->now.fg)
		add(g, s->fg);
	if (l->bg != p->now.bg)
		add(g, s->bg);
}

static bool only_adds(const struct paint *p, const struct look *l)
{
	return (p->now.attr & (uint8_t)~l->attr) == 0 && (l->fg == p->now.fg || l->fg >= 0) &&
	       (l->bg == p->now.bg || l->bg >= 0);
}

static void set_joined(struct paint *p, const struct paint_style *s, const struct look *l,
                       struct buf *out)
{
	struct sgr anew = { .n = 0 }, change = { .n = 0 }, *best = &anew;

	from_nothing(p, &anew, s, l);
	if (p->known && (p->takes_off || only_adds(p, l))) {
		from_now(p, &change, s, l);
		if (change.n <= anew.n)
			best = &change;
	}
	if (best == &anew || best->n > 0)
		buf_addf(out, "\033[%sm", best->text);
}

/* Terminals of other ways: everything off, then what is wanted. */
static void set_apart(struct paint *p, const struct paint_style *s, const struct look *l,
                      struct buf *out)
{
	paint_say(p, SAY_SGR0, 0, 0, out);
	if (p->known && (p->now.fg >= 0 || p->now.bg >= 0))
		paint_say(p, SAY_OP, 0, 0, out);
	for (int i = 0; i < ATTRS; i++)
		if (l->attr & 1 << i)
			buf_add_cstr(out, p->on[i]);
	buf_add_cstr(out, s->fg);
	buf_add_cstr(out, s->bg);
}

void style_set(struct paint *p, enum role role, bool underline, struct buf *out)
{
	const struct paint_style *s = &p->style[role];
	struct look l = style_look(p, role, underline);

	if (p->known && l.fg == p->now.fg && l.bg == p->now.bg && l.attr == p->now.attr)
		return;
	if (p->joined)
		set_joined(p, s, &l, out);
	else
		set_apart(p, s, &l, out);
	p->now = l;
	p->known = true;
}
