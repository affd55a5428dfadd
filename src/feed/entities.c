#include "entities.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lede/base/hash.h"
#include "lede/base/mem.h"
#include "lede/text/html.h"
#include "lede/text/utf8.h"

enum { MOST = 4096, LONGEST_NAME = 64 };

struct entity { struct str name, value; };

struct entities {
	struct arena *arena;
	struct map *index; /* hash of the name to the place in `all` */
	struct entity *all;
	size_t n, cap;
	struct buf text; /* of the last reference */
};

struct entities *entities_new(void)
{
	struct entities *e = mem_new(sizeof *e);

	e->arena = arena_new();
	e->index = map_new();
	e->text = buf_limited(256);
	return e;
}

void entities_free(struct entities *e)
{
	if (e == NULL)
		return;
	arena_free(e->arena);
	map_free(e->index);
	free(e->all);
	buf_free(&e->text);
	free(e);
}

static const struct entity *find(const struct entities *e, struct str name)
{
	uint64_t at;

	if (e->n == 0 || !map_get(e->index, hash64(name), &at) || !str_eq(e->all[at].name, name))
		return NULL;
	return &e->all[at];
}

/* ---- references ---- */

static bool is_name_char(char c)
{
	return ascii_is_alnum(c) || c == '_' || c == '-' || c == '.' || c == ':' ||
	       (unsigned char)c >= 0x80;
}

/* HTML, 13.2.5.80: references to the C1 range mean what windows-1252 has there; html_unescape
 * knows. */
static uint32_t meant_by(struct entities *e, uint32_t cp)
{
	char written[16];
	size_t n;

	if (cp < 0x80 || cp > 0x9F)
		return cp;
	buf_clear(&e->text);
	snprintf(written, sizeof written, "&#%u;", (unsigned)cp);
	if (html_unescape(str_of(written), &e->text) != ERR_NONE || e->text.n == 0)
		return cp;
	return utf8_at(buf_view(&e->text), 0, &n);
}

static int digit_value(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

/* "&#39;", "&#x27;"; the semicolon may be missing. */
static struct reference one_number(struct entities *e, struct str s)
{
	bool hex = s.n > 2 && ascii_lower(s.p[2]) == 'x';
	int radix = hex ? 16 : 10;
	size_t first = hex ? 3 : 2, i = first;
	struct reference r = { REFERENCE_CUT, 0, 0, { 0 } };

	for (; i < s.n && digit_value(s.p[i]) < radix; i++)
		if (r.cp <= 0x10FFFF)
			r.cp = r.cp * (uint32_t)radix + (uint32_t)digit_value(s.p[i]);
	if (i == s.n && i < LONGEST_NAME)
		return r;
	r.kind = i == first ? REFERENCE_NONE : REFERENCE_CHARACTER;
	r.n = i < s.n && s.p[i] == ';' ? i + 1 : i;
	if (r.kind == REFERENCE_CHARACTER)
		r.cp = meant_by(e, r.cp);
	return r;
}

/* Half a character of UTF-16, and its other half behind it: "&#xD83D;&#xDE00;" is U+1F600. */
static struct reference numeric(struct entities *e, struct str s)
{
	struct reference r = one_number(e, s), low;
	struct str rest = str_sub(s, r.n, s.n);

	if (r.kind != REFERENCE_CHARACTER || r.cp < 0xD800 || r.cp > 0xDBFF)
		return r;
	if (rest.n == 0 || str_is(rest, "&"))
		return (struct reference){ .kind = REFERENCE_CUT };
	if (!str_starts(rest, "&#"))
		return r;
	low = one_number(e, rest);
	if (low.kind == REFERENCE_CUT)
		return low;
	if (low.kind != REFERENCE_CHARACTER || low.cp < 0xDC00 || low.cp > 0xDFFF)
		return r;
	r.cp = 0x10000 + ((r.cp - 0xD800) << 10) + (low.cp - 0xDC00);
	r.n += low.n;
	return r;
}

static bool is_one_of_five(struct str name)
{
	return str_is(name, "amp") || str_is(name, "lt") || str_is(name, "gt") ||
	       str_is(name, "quot") || str_is(name, "apos");
}

/* XML has its names from XHTML 1.0, HTML 5 changed the meaning of two. */
static struct reference named(struct entities *e, struct str s)
{
	size_t n = 1;
	struct str name;
	const struct entity *own;

	while (n < s.n && n < LONGEST_NAME && is_name_char(s.p[n]))
		n++;
	if (n == s.n && n < LONGEST_NAME)
		return (struct reference){ .kind = REFERENCE_CUT };
	if (n == 1 || n == s.n || s.p[n] != ';')
		return (struct reference){ .kind = REFERENCE_NONE };
	name = str_sub(s, 1, n);
	if (is_one_of_five(name))
		return (struct reference){ .kind = REFERENCE_KEPT, .n = n + 1 };
	own = find(e, name);
	if (own != NULL)
		return (struct reference){ REFERENCE_OWN, n + 1, 0, own->value };
	if (str_is(name, "lang") || str_is(name, "rang"))
		return (struct reference){
			REFERENCE_CHARACTER, n + 1, name.p[0] == 'l' ? 0x2329 : 0x232A, { 0 }
		};
	buf_clear(&e->text);
	html_unescape(str_sub(s, 0, n + 1), &e->text);
	if (e->text.n == 0 || e->text.p[0] == '&')
		return (struct reference){ .kind = str_is(name, "AMP") ? REFERENCE_NAMED
								       : REFERENCE_NONE,
					   .n = n + 1,
					   .text = STR("&") };
	return (struct reference){ REFERENCE_NAMED, n + 1, 0, buf_view(&e->text) };
}

struct str entities_kept(struct str s)
{
	switch (s.p[1]) {
	case 'l': return STR("<");
	case 'g': return STR(">");
	case 'q': return STR("\"");
	default: return s.p[2] == 'm' ? STR("&") : STR("'");
	}
}

struct reference entities_read(struct entities *e, struct str s)
{
	if (s.n > 4 && s.p[2] == 't' && s.p[3] == ';' && (s.p[1] == 'l' || s.p[1] == 'g'))
		return (struct reference){ .kind = REFERENCE_KEPT, .n = 4 };
	if (s.n < 2)
		return (struct reference){ .kind = REFERENCE_CUT };
	return s.p[1] == '#' ? numeric(e, s) : named(e, s);
}

/* ---- declarations ---- */

/* XML 1.0, 4.4.5: in a value, character references are resolved where it is declared, all others
 * where it is used. */
static struct str value_of(struct entities *e, struct str literal)
{
	struct buf out = buf_limited(4 * literal.n + 8);
	struct str value;

	for (size_t i = 0; i < literal.n;) {
		struct str rest = str_sub(literal, i, literal.n);
		struct reference r = { .kind = REFERENCE_NONE };

		if (rest.n > 1 && rest.p[0] == '&' && rest.p[1] == '#')
			r = numeric(e, rest);
		if (r.kind == REFERENCE_CHARACTER)
			utf8_add(&out, r.cp);
		else
			buf_add_char(&out, rest.p[0]);
		i += r.kind == REFERENCE_CHARACTER ? r.n : 1;
	}
	value = (struct str){ arena_copy(e->arena, out.p != NULL ? out.p : "", out.n), out.n };
	buf_free(&out);
	return value;
}

static struct str skip_blanks(struct str s)
{
	size_t i = 0;

	while (i < s.n && ascii_is_space(s.p[i]))
		i++;
	return str_sub(s, i, s.n);
}

static void declare(struct entities *e, struct str name, struct str value)
{
	if (e->n == MOST || find(e, name) != NULL)
		return;
	e->all = mem_grow(e->all, &e->cap, e->n + 1, sizeof *e->all);
	e->all[e->n].name = (struct str){ arena_copy(e->arena, name.p, name.n), name.n };
	e->all[e->n].value = value;
	map_put(e->index, hash64(name), e->n++);
}

/* `s` begins behind "<!ENTITY". What has no literal value is external: it is known, and empty. */
static void read_declaration(struct entities *e, struct str s)
{
	size_t n = 0, end;
	struct str name;

	s = skip_blanks(s);
	while (n < s.n && is_name_char(s.p[n]))
		n++;
	if (n == 0)
		return;
	name = str_sub(s, 0, n);
	s = skip_blanks(str_sub(s, n, s.n));
	if (s.n == 0 || (s.p[0] != '"' && s.p[0] != '\'')) {
		declare(e, name, (struct str){ "", 0 });
		return;
	}
	end = str_find(str_sub(s, 1, s.n), s.p[0]);
	if (end != SIZE_MAX)
		declare(e, name, value_of(e, str_sub(s, 1, end + 1)));
}

void entities_declare(struct entities *e, struct str doctype)
{
	const struct str mark = STR("<!ENTITY");
	size_t at;

	while ((at = str_find_str(doctype, mark)) != SIZE_MAX) {
		doctype = str_sub(doctype, at + mark.n, doctype.n);
		read_declaration(e, doctype);
	}
}
