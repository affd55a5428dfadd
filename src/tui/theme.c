#include "lede/tui/theme.h"

#include <stdio.h>
#include <string.h>

#include "lede/base/ini.h"

/* ---- the fixed table for few colours: SCREENS.md section 4, "Fewer colours" ---- */

struct few { enum role role; int16_t dark16, light16, dark8, light8; };

/* -1 is the terminal's own foreground. Roles that are not named have it at every depth below 256. */
static const struct few few_colors[] = {
	{ ROLE_HEADLINE_READ, 8, 8, -1, -1 }, { ROLE_META, 8, 8, -1, -1 }, { ROLE_LABEL, 8, 8, -1, -1 },
	{ ROLE_RANK_LOW, 8, 8, -1, -1 }, { ROLE_DOWN, 8, 8, -1, -1 }, { ROLE_IMAGE, 8, 8, -1, -1 },
	{ ROLE_RULE, 8, 8, -1, -1 }, { ROLE_FAINT, 8, 8, -1, -1 },
	{ ROLE_ACCENT, 11, 1, 3, 1 }, { ROLE_RANK_TOP, 11, 1, 3, 1 }, { ROLE_STAR, 11, 1, 3, 1 },
	{ ROLE_SECTION_CURRENT, 11, 1, 3, 1 }, { ROLE_NAME, 11, 1, 3, 1 }, { ROLE_LINK, 14, 4, 6, 4 },
	{ ROLE_OK, 10, 2, 2, 2 }, { ROLE_WARN, 11, 3, 3, 3 }, { ROLE_ERROR, 9, 1, 1, 1 },
};
struct few_back { enum role role; int16_t fg16, bg16, fg8, bg8; };
static const struct few_back dark_back[] = {
	{ ROLE_MATCH, 0, 11, 0, 3 }, { ROLE_CURSOR, 0, 11, 0, 3 }, { ROLE_CURSOR_OFF, 0, 7, 0, 7 },
};
static const struct few_back light_back[] = {
	{ ROLE_MATCH, 0, 11, 0, 3 }, { ROLE_CURSOR, 15, 1, 7, 1 }, { ROLE_CURSOR_OFF, 0, 7, 0, 7 },
};

/* What weight says when colour cannot. */
static const struct { enum role role; uint8_t attr; } mono_attr[] = {
	{ ROLE_HEADING, ATTR_UNDERLINE }, { ROLE_HEADLINE_READ, ATTR_DIM }, { ROLE_META, ATTR_DIM },
	{ ROLE_LABEL, ATTR_DIM }, { ROLE_RANK_LOW, ATTR_DIM }, { ROLE_DOWN, ATTR_DIM }, { ROLE_IMAGE, ATTR_DIM },
	{ ROLE_ACCENT, ATTR_BOLD }, { ROLE_RANK_TOP, ATTR_BOLD }, { ROLE_STAR, ATTR_BOLD },
	{ ROLE_LINK, ATTR_UNDERLINE }, { ROLE_MATCH, ATTR_REVERSE }, { ROLE_CURSOR, ATTR_REVERSE },
	{ ROLE_CURSOR_OFF, ATTR_UNDERLINE }, { ROLE_WARN, ATTR_BOLD }, { ROLE_ERROR, ATTR_REVERSE },
	{ ROLE_RULE, ATTR_DIM }, { ROLE_FAINT, ATTR_DIM },
};

static struct color own(void)
{
	return (struct color){ -1, -1 };
}

static void set_few(struct theme *t, enum role r, int16_t fg16, int16_t bg16, int16_t fg8, int16_t bg8)
{
	t->style[DEPTH_16][r].fg.index = fg16;
	t->style[DEPTH_16][r].bg.index = bg16;
	t->style[DEPTH_8][r].fg.index = fg8;
	t->style[DEPTH_8][r].bg.index = bg8;
}

/* Few colours often mean that bold is drawn bright (the Linux console, xterm): black on yellow would
 * be grey on yellow. A ground of its own says enough without weight. */
static void set_ground(struct theme *t, const struct few_back *f)
{
	set_few(t, f->role, f->fg16, f->bg16, f->fg8, f->bg8);
	t->style[DEPTH_16][f->role].attr &= (uint8_t)~ATTR_BOLD;
	t->style[DEPTH_8][f->role].attr &= (uint8_t)~ATTR_BOLD;
}

static void fill_few(struct theme *t)
{
	const struct few_back *back = t->light ? light_back : dark_back;

	for (int d = DEPTH_MONO; d <= DEPTH_16; d++)
		for (int r = 0; r < ROLE_COUNT; r++)
			t->style[d][r] = (struct style){ own(), own(), t->style[DEPTH_256][r].attr };
	for (size_t i = 0; i < sizeof few_colors / sizeof *few_colors; i++) {
		const struct few *f = &few_colors[i];

		set_few(t, f->role, t->light ? f->light16 : f->dark16, -1, t->light ? f->light8 : f->dark8, -1);
	}
	for (size_t i = 0; i < sizeof dark_back / sizeof *dark_back; i++)
		set_ground(t, &back[i]);
	for (size_t i = 0; i < sizeof mono_attr / sizeof *mono_attr; i++)
		t->style[DEPTH_MONO][mono_attr[i].role].attr |= mono_attr[i].attr;
}

/* ---- reading ---- */

struct named_color { struct str name; struct color color; };
struct reading {
	struct theme *theme;
	const struct theme_source *src;
	struct named_color named[64]; int nnamed;
	struct str inherit;
	struct color background; bool has_background;
	bool given[ROLE_COUNT];
	int pass;                         /* 0: [theme] and [colors]; 1: roles; 2: roles for few colours */
};

static void bad(struct reading *r, int line, const char *what, struct str which)
{
	char why[160];

	if (!r->src || !r->src->bad)
		return;
	snprintf(why, sizeof why, "%s “%.*s”", what, (int)(which.n < 80 ? which.n : 80), which.p);
	r->src->bad(r->src->self, line, why);
}

static const char *const color_names[16] = {
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "brightblack", "brightred",
	"brightgreen", "brightyellow", "brightblue", "brightmagenta", "brightcyan", "brightwhite",
};

static bool hex_color(struct str s, int32_t *rgb)
{
	*rgb = 0;
	if (s.n != 7 || s.p[0] != '#')
		return false;
	for (size_t i = 1; i < 7; i++) {
		char c = ascii_lower(s.p[i]);
		int digit = ascii_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (digit < 0)
			return false;
		*rgb = *rgb << 4 | digit;
	}
	return true;
}

static bool word_color(const struct reading *r, struct str word, struct color *out)
{
	int64_t index;
	int32_t rgb;

	if (str_is(word, "default")) {
		*out = own();
		return true;
	}
	if (hex_color(word, &rgb)) {
		*out = (struct color){ (int16_t)theme_nearest(rgb), rgb };
		return true;
	}
	if (str_to_int(word, 0, 255, &index)) {
		*out = (struct color){ (int16_t)index, index >= 16 ? theme_palette((int)index) : -1 };
		return true;
	}
	for (int i = 0; i < 16; i++)
		if (str_is(word, color_names[i])) {
			*out = (struct color){ (int16_t)i, -1 };
			return true;
		}
	for (int i = 0; i < r->nnamed; i++)
		if (str_eq(word, r->named[i].name)) {
			*out = r->named[i].color;
			return true;
		}
	return false;
}

static bool next_word(struct str *rest, struct str *word)
{
	while (str_next(rest, ' ', word))
		if (word->n > 0)
			return true;
	return false;
}

static uint8_t attribute(struct str word)
{
	static const struct { const char *name; uint8_t attr; } table[] = {
		{ "bold", ATTR_BOLD }, { "dim", ATTR_DIM }, { "italic", ATTR_ITALIC },
		{ "underline", ATTR_UNDERLINE }, { "reverse", ATTR_REVERSE },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (str_is(word, table[i].name))
			return table[i].attr;
	return 0;
}

/* "FOREGROUND [on BACKGROUND] [ATTRIBUTE ...]"; an index may be followed by its #rrggbb. */
static bool read_style(struct reading *r, struct str value, struct style *out, struct str *wrong)
{
	struct style s = { own(), own(), 0 };
	struct color *into = &s.fg, c;
	struct str word;
	int32_t rgb;

	if (r->has_background)
		s.bg = r->background;
	while (next_word(&value, &word)) {
		*wrong = word;
		if (str_is(word, "on"))
			into = &s.bg;
		else if (into && into->index >= 16 && hex_color(word, &rgb))
			into->rgb = rgb;
		else if (attribute(word))
			s.attr |= attribute(word);
		else if (into && word_color(r, word, &c))
			*into = c;
		else
			return false;
	}
	*out = s;
	return true;
}

static void read_head(struct reading *r, const struct ini_line *l)
{
	struct theme *t = r->theme;
	struct style s;
	struct str wrong;

	if (str_is(l->key, "name"))
		snprintf(t->name, sizeof t->name, "%.*s", (int)l->value.n, l->value.p);
	else if (str_is(l->key, "about"))
		snprintf(t->about, sizeof t->about, "%.*s", (int)l->value.n, l->value.p);
	else if (str_is(l->key, "inherit"))
		r->inherit = l->value;
	else if (str_is(l->key, "assume"))
		t->light = str_is(l->value, "light");
	else if (!str_is(l->key, "background"))
		bad(r, l->line, "unknown setting", l->key);
	else if (!read_style(r, l->value, &s, &wrong))
		bad(r, l->line, "unknown colour", wrong);
	else {
		r->background = s.fg;
		r->has_background = true;
	}
}

static void read_color(struct reading *r, const struct ini_line *l)
{
	struct style s;
	struct str wrong;

	if (!read_style(r, l->value, &s, &wrong))
		bad(r, l->line, "unknown colour", wrong);
	else if (r->nnamed < 64)
		r->named[r->nnamed++] = (struct named_color){ l->key, s.fg };
}

static void read_role(struct reading *r, const struct ini_line *l, enum color_depth depth)
{
	char name[32];
	struct style s;
	struct str wrong;
	int role;

	snprintf(name, sizeof name, "%.*s", (int)(l->key.n < 31 ? l->key.n : 31), l->key.p);
	role = role_of_name(name);
	if (role < 0)
		bad(r, l->line, "unknown role", l->key);
	else if (!read_style(r, l->value, &s, &wrong))
		bad(r, l->line, "unknown colour or attribute", wrong);
	else {
		r->theme->style[depth][role] = s;
		r->given[role] = true;
	}
}

static void on_pair(void *self, const struct ini_line *l)
{
	struct reading *r = self;
	bool head = str_is(l->section, "theme"), colors = str_is(l->section, "colors");
	int depth = str_is(l->section, "roles") ? DEPTH_256 : str_is(l->section, "16") ? DEPTH_16 :
		str_is(l->section, "8") ? DEPTH_8 : str_is(l->section, "mono") ? DEPTH_MONO : -1;

	if (r->pass == 0 && head)
		read_head(r, l);
	else if (r->pass == 0 && colors)
		read_color(r, l);
	else if (r->pass == 0 && depth < 0)
		bad(r, l->line, "unknown section", l->section);
	else if (r->pass == 1 && depth == DEPTH_256)
		read_role(r, l, DEPTH_256);
	else if (r->pass == 2 && depth >= 0 && depth < DEPTH_256)
		read_role(r, l, (enum color_depth)depth);
}

static void on_bad(void *self, int line, const char *why)
{
	struct reading *r = self;

	if (r->pass == 0 && r->src && r->src->bad)
		r->src->bad(r->src->self, line, why);
}

enum { INHERIT_MAX = 8 };

static enum err read_at(struct str text, const struct theme_source *src, struct theme *out, int depth, struct error *e);

static enum err inherit(struct reading *r, int depth, struct error *e)
{
	char name[64];
	struct str text;
	struct theme_source plain = { .find = r->src ? r->src->find : NULL, .self = r->src ? r->src->self : NULL };
	struct theme base;
	enum err rc;

	if (r->inherit.n == 0)
		return ERR_NONE;
	snprintf(name, sizeof name, "%.*s", (int)(r->inherit.n < 63 ? r->inherit.n : 63), r->inherit.p);
	if (depth >= INHERIT_MAX)
		return error_set(e, ERR_SYNTAX, "the theme %s inherits from itself", r->theme->name);
	text = plain.find ? plain.find(plain.self, name) : theme_shipped(name);
	if (text.n == 0)
		return error_set(e, ERR_NONESUCH, "no theme “%s” to inherit from", name);
	rc = read_at(text, &plain, &base, depth + 1, e);
	if (rc != ERR_NONE)
		return rc;
	memcpy(r->theme->style, base.style, sizeof base.style);
	return ERR_NONE;
}

static enum err all_named(const struct reading *r, struct error *e)
{
	for (int role = ROLE_TEXT; r->inherit.n == 0 && role < ROLE_COUNT; role++)
		if (!r->given[role])
			return error_set(e, ERR_SYNTAX, "the theme %s does not name the role %s; name it, or say inherit = dark",
					 r->theme->name, role_name((enum role)role));
	return ERR_NONE;
}

static enum err read_at(struct str text, const struct theme_source *src, struct theme *out, int depth, struct error *e)
{
	struct reading r = { .theme = out, .src = src };
	struct ini_sink sink = { on_pair, on_bad, &r };
	enum err rc;

	memset(out, 0, sizeof *out);
	ini_read(text, &sink);
	rc = inherit(&r, depth, e);
	if (rc != ERR_NONE)
		return rc;
	if (r.has_background || r.inherit.n == 0)
		out->style[DEPTH_256][ROLE_BACKGROUND] =
			(struct style){ own(), r.has_background ? r.background : own(), 0 };
	r.pass = 1;
	ini_read(text, &sink);
	rc = all_named(&r, e);
	if (rc != ERR_NONE)
		return rc;
	fill_few(out);
	r.pass = 2;
	r.has_background = false;
	ini_read(text, &sink);
	memcpy(out->style[DEPTH_DIRECT], out->style[DEPTH_256], sizeof out->style[DEPTH_256]);
	return ERR_NONE;
}

enum err theme_read(struct str text, const struct theme_source *src, struct theme *out, struct error *e)
{
	return read_at(text, src, out, 0, e);
}

/* ---- shipped ---- */

static const struct { const char *name, *text; } shipped[] = {
#include "themes/shipped.inc"
};

struct str theme_shipped(const char *name)
{
	for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++)
		if (strcmp(shipped[i].name, name) == 0)
			return str_of(shipped[i].text);
	return (struct str){ "", 0 };
}

const char *theme_shipped_name(int i)
{
	return i >= 0 && i < (int)(sizeof shipped / sizeof *shipped) ? shipped[i].name : NULL;
}
