#include "lede/text/html.h"

#include <string.h>

#include "lede/text/html_token.h"
#include "lede/text/unicode.h"
#include "lede/text/url.h"
#include "lede/text/utf8.h"

#define LONGEST_NAME 31 /* CounterClockwiseContourIntegral */
#define ADDRESS_MAX (64 << 10)

struct entity {
	const char *name, *text;
	bool bare;
};

static const struct entity entities[] = {
#include "html_entities.inc"
};

/* ---- entities ---- */

/* The entity with this name, or NULL. */
static const struct entity *entity_named(struct str name)
{
	size_t lo = 0, hi = sizeof entities / sizeof *entities;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = str_cmp(str_of(entities[mid].name), name);

		if (order == 0)
			return &entities[mid];
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static int digit_value(char c, bool hex)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* HTML, 13.2.5.80: the C1 range means what windows-1252 has there. */
static uint32_t meant_by(uint32_t cp)
{
	static const uint16_t windows[32] = {
		0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
		0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
	};

	if (cp >= 0x80 && cp <= 0x9F)
		return windows[cp - 0x80];
	return cp == 0 ? UTF8_REPLACEMENT : cp;
}

/* "&#39;", "&#x27;": bytes taken, 0 when it is no reference. */
static size_t add_numeric(struct str s, struct buf *out, enum err *rc)
{
	bool hex = s.n > 2 && ascii_lower(s.p[2]) == 'x';
	size_t first = hex ? 3 : 2, i = first;
	uint32_t cp = 0;

	for (; i < s.n && digit_value(s.p[i], hex) >= 0; i++)
		if (cp <= 0x10FFFF)
			cp = cp * (hex ? 16 : 10) + (uint32_t)digit_value(s.p[i], hex);
	if (i == first)
		return 0;
	*rc = utf8_add(out, meant_by(cp));
	return i < s.n && s.p[i] == ';' ? i + 1 : i;
}

/* "&amp;". Without the semicolon only the old names count, and only where neither letter, digit nor
 * '=' follows: in
 * "?a=1&copy=2" and "&region" nobody meant a sign. */
static size_t add_named(struct str s, struct buf *out, enum err *rc)
{
	size_t n = 1;
	bool closed;
	const struct entity *e;

	while (n < s.n && n <= LONGEST_NAME && ascii_is_alnum(s.p[n]))
		n++;
	closed = n < s.n && s.p[n] == ';';
	e = entity_named(str_sub(s, 1, n));
	if (e == NULL ||
	    (!closed && (!e->bare || (n < s.n && (s.p[n] == '=' || ascii_is_alnum(s.p[n]))))))
		return 0;
	*rc = buf_add_cstr(out, e->text);
	return n + closed;
}

enum err html_unescape(struct str in, struct buf *out)
{
	size_t start = out->n, from = 0;
	enum err rc = ERR_NONE;

	while (from < in.n && rc == ERR_NONE) {
		struct str rest = str_sub(in, from, in.n);
		size_t n = str_find(rest, '&');

		rc = buf_add(out, str_sub(rest, 0, n));
		if (rc != ERR_NONE || n == SIZE_MAX)
			break;
		rest = str_sub(rest, n, rest.n);
		from += n;
		n = rest.n > 1 && rest.p[1] == '#' ? add_numeric(rest, out, &rc)
						   : add_named(rest, out, &rc);
		if (n == 0)
			rc = buf_add_char(out, '&');
		from += n == 0 ? 1 : n;
	}
	if (rc != ERR_NONE)
		buf_cut(out, start);
	return rc;
}

enum err html_escape(struct str in, struct buf *out)
{
	size_t start = out->n;
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < in.n && rc == ERR_NONE; i++) {
		switch (in.p[i]) {
		case '&': rc = buf_add(out, STR("&amp;")); break;
		case '<': rc = buf_add(out, STR("&lt;")); break;
		case '>': rc = buf_add(out, STR("&gt;")); break;
		case '"': rc = buf_add(out, STR("&quot;")); break;
		default: rc = buf_add_char(out, in.p[i]);
		}
	}
	if (rc != ERR_NONE)
		buf_cut(out, start);
	return rc;
}

/* ---- text ---- */

static bool is_one_of(struct str name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	return false;
}

/* Tags that part words even where no blank stands. */
static bool parts_words(struct str name)
{
	static const char *const names[] = {
		"br",  "p",       "div",     "li",     "ul",         "ol",     "dl",
		"dt",  "dd",      "tr",      "td",     "th",         "table",  "h1",
		"h2",  "h3",      "h4",      "h5",     "h6",         "hr",     "blockquote",
		"pre", "section", "article", "figure", "figcaption", "header", "footer",
	};

	return is_one_of(name, names, sizeof names / sizeof *names);
}

/* Bytes of the ASCII characters from `i` on that are no white space. */
static size_t visible_ascii(struct str s, size_t i)
{
	size_t end = i;

	while (end < s.n && (unsigned char)s.p[end] > ' ' && (unsigned char)s.p[end] < 0x7F)
		end++;
	return end - i;
}

static enum err add_collapsed(struct str s, size_t start, struct buf *out, bool *blank)
{
	enum err rc = ERR_NONE;
	size_t n;

	for (size_t i = 0; i < s.n && rc == ERR_NONE; i += n) {
		n = visible_ascii(s, i);
		if (n == 0 && unicode_is_space(utf8_at(s, i, &n))) {
			*blank = true;
			continue;
		}
		if (*blank && out->n > start)
			rc = buf_add_char(out, ' ');
		*blank = false;
		if (rc == ERR_NONE)
			rc = buf_add(out, str_sub(s, i, i + n));
	}
	return rc;
}

static enum err add_text(const struct html_token *t, size_t start, struct buf *out, bool *blank)
{
	struct buf plain = buf_limited(t->text.n * 4 + 16);
	enum err rc = t->literal ? buf_add(&plain, t->text) : html_unescape(t->text, &plain);

	if (rc == ERR_NONE)
		rc = add_collapsed(buf_view(&plain), start, out, blank);
	buf_free(&plain);
	return rc;
}

static bool is_hidden(struct str name)
{
	return str_eq_nocase(name, STR("script")) || str_eq_nocase(name, STR("style"));
}

enum err html_to_text(struct str in, struct buf *out)
{
	struct html_reader r = html_reader_of(in);
	struct html_token t;
	size_t start = out->n;
	bool blank = false, hidden = false;
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && html_next(&r, &t)) {
		if (t.kind == HTML_TEXT) {
			if (!hidden)
				rc = add_text(&t, start, out, &blank);
			continue;
		}
		hidden = t.kind == HTML_START && is_hidden(t.name) && !t.closed;
		blank = blank || parts_words(t.name);
	}
	if (rc != ERR_NONE)
		buf_cut(out, start);
	return rc;
}

/* ---- addresses ---- */

static bool holds_address(struct str name)
{
	static const char *const names[] = { "href",   "src",      "poster",     "cite",
					     "action", "longdesc", "background", "srcset" };

	return is_one_of(name, names, sizeof names / sizeof *names);
}

/* Where the first candidate of a srcset ends: "a.png 1x, b.png 2x". */
static size_t first_candidate(struct str value)
{
	size_t i = 0;

	while (i < value.n && !ascii_is_space(value.p[i]))
		i++;
	while (i > 0 && value.p[i - 1] == ',')
		i--;
	return i;
}

static enum err add_resolved(struct str value, struct str base, bool set, struct buf *out)
{
	struct buf plain = buf_limited(ADDRESS_MAX), whole = buf_limited(2 * ADDRESS_MAX);
	enum err rc = html_unescape(value, &plain);
	struct str all = str_trim(buf_view(&plain));
	size_t n = set ? first_candidate(all) : all.n;

	if (rc == ERR_NONE)
		rc = url_resolve(base, str_sub(all, 0, n), &whole);
	if (rc == ERR_NONE)
		rc = buf_add(&whole, str_sub(all, n, all.n));
	if (rc == ERR_NONE)
		rc = buf_add_char(out, '"');
	if (rc == ERR_NONE)
		rc = html_escape(buf_view(&whole), out);
	if (rc == ERR_NONE)
		rc = buf_add_char(out, '"');
	buf_free(&plain);
	buf_free(&whole);
	return rc;
}

/* Already absolute, or too long to be an address: left letter for letter. */
static bool stays(const struct html_attribute *a)
{
	return a->quoted.n == 0 || str_starts(a->value, "https://") || !holds_address(a->name) ||
	       a->value.n > ADDRESS_MAX / 4 || url_split(str_trim(a->value)).scheme.n > 0;
}

static enum err add_tag(struct str in, const struct html_token *t, struct str base, struct buf *out)
{
	struct str rest = t->attributes;
	struct html_attribute a;
	size_t done = t->from;
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && html_next_attribute(&rest, &a)) {
		size_t from;

		if (stays(&a))
			continue;
		from = (size_t)(a.quoted.p - in.p);
		rc = buf_add(out, str_sub(in, done, from));
		if (rc == ERR_NONE)
			rc = add_resolved(a.value, base, str_eq_nocase(a.name, STR("srcset")), out);
		done = from + a.quoted.n;
	}
	return rc == ERR_NONE ? buf_add(out, str_sub(in, done, t->to)) : rc;
}

/* What is no start tag - text, end tags, comments - is copied along with the next start tag or the
 * end. */
enum err html_absolute(struct str in, struct str base, struct buf *out)
{
	struct html_reader r = html_reader_of(in);
	struct html_token t;
	size_t start = out->n, done = 0;
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && base.n > 0 && html_next(&r, &t)) {
		if (t.kind != HTML_START || t.attributes.n == 0)
			continue;
		rc = buf_add(out, str_sub(in, done, t.from));
		if (rc == ERR_NONE)
			rc = add_tag(in, &t, base, out);
		done = t.to;
	}
	if (rc == ERR_NONE)
		rc = buf_add(out, str_sub(in, done, in.n));
	if (rc != ERR_NONE)
		buf_cut(out, start);
	return rc;
}

bool html_is_page(struct str start)
{
	static const char *const roots[] = { "html", "head", "body" };
	struct html_reader r = html_reader_of(str_sub(start, 0, 4096));
	struct html_token t;

	while (html_next(&r, &t)) {
		if (t.kind == HTML_DOCTYPE && str_eq_nocase(t.name, STR("html")))
			return true;
		if (t.kind == HTML_START)
			return is_one_of(t.name, roots, sizeof roots / sizeof *roots);
	}
	return false;
}
