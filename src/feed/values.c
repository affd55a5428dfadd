#include "values.h"

#include <stdio.h>
#include <string.h>

#include "lede/text/html.h"
#include "lede/text/unicode.h"
#include "lede/text/url.h"
#include "lede/text/utf8.h"
#include "scan.h"

/* ---- text ---- */

/* Length of the white space at `at`, 0 when there is none. */
static size_t space_at(struct str s, size_t at)
{
	size_t n;

	if ((unsigned char)s.p[at] < 0x80)
		return ascii_is_space(s.p[at]);
	return unicode_is_space(utf8_at(s, at, &n)) ? n : 0;
}

/* Bytes before the next white space. Only E1, E2, E3 and C2 begin one that is not ASCII. */
static size_t word_length(struct str s, size_t from)
{
	size_t i = from;

	for (; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c > ' ' && (c < 0x80 || (c != 0xC2 && (c < 0xE1 || c > 0xE3))))
			continue;
		if (space_at(s, i) > 0)
			break;
	}
	return i - from;
}

enum err value_plain(struct str s, struct buf *out)
{
	enum err rc = ERR_NONE;
	bool first = true;

	for (size_t i = 0, n; i < s.n && rc == ERR_NONE; i += n) {
		n = space_at(s, i);
		if (n > 0)
			continue;
		n = word_length(s, i);
		if (!first)
			rc = buf_add_char(out, ' ');
		if (rc == ERR_NONE)
			rc = buf_add(out, str_sub(s, i, i + n));
		first = false;
	}
	return rc;
}

enum err value_text(struct str s, struct buf *out)
{
	if (str_find(s, '<') != SIZE_MAX || str_find(s, '&') != SIZE_MAX)
		return html_to_text(s, out);
	return value_plain(s, out);
}

/* UTF-8 of U+0080 to U+009F: C2 80 to C2 9F. */
static size_t find_control(struct str s, size_t from)
{
	size_t n;

	while ((n = str_find(str_sub(s, from, s.n), '\xC2')) != SIZE_MAX) {
		from += n;
		if (from + 1 < s.n && (unsigned char)s.p[from + 1] < 0xA0)
			return from;
		from++;
	}
	return SIZE_MAX;
}

bool value_has_controls(struct str s)
{
	return find_control(s, 0) != SIZE_MAX;
}

enum err value_without_controls(struct str s, struct buf *out)
{
	enum err rc = ERR_NONE;
	size_t at;

	while (rc == ERR_NONE && (at = find_control(s, 0)) != SIZE_MAX) {
		char reference[8];
		int n = snprintf(reference, sizeof reference, "&#%d;", (unsigned char)s.p[at + 1]);

		rc = buf_add(out, str_sub(s, 0, at));
		if (rc == ERR_NONE)
			rc = html_unescape((struct str){ reference, (size_t)n }, out);
		s = str_sub(s, at + 2, s.n);
	}
	return rc == ERR_NONE ? buf_add(out, s) : rc;
}

enum err value_category(struct str s, struct buf *out)
{
	bool markup = str_find(s, '<') != SIZE_MAX || str_find_str(s, STR("&lt;")) != SIZE_MAX;

	return markup ? value_plain(s, out) : value_text(s, out);
}

/* ---- HTML ---- */

static struct str escape_of(char c)
{
	switch (c) {
	case '<': return STR("&lt;");
	case '>': return STR("&gt;");
	case '&': return STR("&amp;");
	default: return STR("&quot;");
	}
}

enum err value_escape(struct str s, struct buf *out)
{
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && s.n > 0) {
		size_t n = scan_escape(s);

		rc = buf_add(out, str_sub(s, 0, n));
		if (rc == ERR_NONE && n < s.n)
			rc = buf_add(out, escape_of(s.p[n]));
		s = str_sub(s, n + 1, s.n);
	}
	return rc;
}

static bool opens_tag(struct str s, size_t at)
{
	char next = at + 1 < s.n ? s.p[at + 1] : '\0';

	return next == '/' || next == '!' || (ascii_is_alnum(next) && !ascii_is_digit(next));
}

static bool opens_reference(struct str s, size_t at)
{
	size_t i = at + 1;

	while (i < s.n && i < at + 32 && (ascii_is_alnum(s.p[i]) || s.p[i] == '#'))
		i++;
	return i > at + 1 && i < s.n && s.p[i] == ';';
}

/* True when plain text is not what this is. */
static bool holds_markup(struct str s)
{
	size_t at = 0, n;

	while ((n = str_find(str_sub(s, at, s.n), '<')) != SIZE_MAX) {
		if (opens_tag(s, at + n))
			return true;
		at += n + 1;
	}
	for (at = 0; (n = str_find(str_sub(s, at, s.n), '&')) != SIZE_MAX; at += n + 1)
		if (opens_reference(s, at + n))
			return true;
	return false;
}

static bool ends_with_nocase(struct str s, const char *word)
{
	size_t n = strlen(word);

	return s.n >= n && str_eq_nocase(str_sub(s, s.n - n, s.n), (struct str){ word, n });
}

static bool is_absolute(struct str value)
{
	value = str_trim(value);
	if (value.n > 0 && (value.p[0] == '"' || value.p[0] == '\''))
		value = str_trim(str_sub(value, 1, value.n));
	return str_starts_nocase(value, "http://") || str_starts_nocase(value, "https://") ||
	       str_starts_nocase(value, "data:") || str_starts_nocase(value, "mailto:");
}

/* A look for what html_absolute would change, much quicker than doing it: '=' behind the name of an
 * attribute that holds an address, and no scheme behind it. It may say true too often. */
static bool may_hold_relative(struct str s)
{
	static const char *const names[] = { "href", "src",    "srcset",     "poster",
					     "cite", "action", "background", "longdesc" };
	size_t at = 0, n;

	for (; (n = str_find(str_sub(s, at, s.n), '=')) != SIZE_MAX; at += n + 1) {
		struct str before = str_trim(str_sub(s, at + n < 16 ? 0 : at + n - 16, at + n));

		if (before.n == 0 || strchr("fctrendgFCTRENDG", before.p[before.n - 1]) == NULL)
			continue;
		for (size_t i = 0; i < sizeof names / sizeof *names; i++)
			if (ends_with_nocase(before, names[i]) &&
			    !is_absolute(str_sub(s, at + n + 1, at + n + 24)))
				return true;
	}
	return false;
}

enum err value_absolute(struct str html, struct str base, struct buf *out)
{
	if (base.n > 0 && may_hold_relative(html) && html_absolute(html, base, out) == ERR_NONE)
		return ERR_NONE;
	return buf_add(out, html);
}

enum err value_html(struct str s, struct str base, struct buf *out)
{
	s = str_trim(s);
	if (!holds_markup(s))
		return value_escape(s, out);
	return value_absolute(s, base, out);
}

enum err value_plain_as_html(struct str s, bool lines, struct buf *out)
{
	struct str rest = str_trim(s), line;
	enum err rc = ERR_NONE;

	if (!lines)
		return value_escape(rest, out);
	for (bool first = true; rc == ERR_NONE && str_next_line(&rest, &line); first = false) {
		if (!first)
			rc = buf_add(out, STR("<br>\n"));
		if (rc == ERR_NONE)
			rc = value_escape(line, out);
	}
	return rc;
}

/* ---- addresses ---- */

bool value_is_final(struct str s)
{
	if (!str_starts(s, "http://") && !str_starts(s, "https://"))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~')
			return false;
	return true;
}

enum err value_address(struct str s, struct str base, struct buf *out)
{
	s = str_trim(s);
	return value_is_final(s) ? buf_add(out, s) : url_resolve(base, s, out);
}

/* ---- the rest ---- */

static bool is_mail(struct str s)
{
	s = str_trim(s);
	return str_find(s, '@') != SIZE_MAX && str_find(s, ' ') == SIZE_MAX;
}

struct str value_person(struct str s)
{
	size_t open, close;
	struct str name, inside;

	s = str_trim(s);
	open = str_find(s, '(');
	close = str_find(s, ')');
	if (open != SIZE_MAX && close != SIZE_MAX && close > open && is_mail(str_sub(s, 0, open))) {
		inside = str_trim(str_sub(s, open + 1, close));
		return inside.n > 0 ? inside : str_trim(str_sub(s, 0, open));
	}
	if (open != SIZE_MAX && open > 0 && close == s.n - 1 &&
	    is_mail(str_sub(s, open + 1, close)))
		return str_trim(str_sub(s, 0, open));
	open = str_find(s, '<');
	close = str_find(s, '>');
	if (open == SIZE_MAX || close == SIZE_MAX || close < open ||
	    !is_mail(str_sub(s, open + 1, close)))
		return s;
	name = str_trim(str_sub(s, 0, open));
	if (name.n > 1 && name.p[0] == '"' && name.p[name.n - 1] == '"')
		name = str_trim(str_sub(name, 1, name.n - 1));
	return name.n > 0 ? name : str_trim(str_sub(s, open + 1, close));
}

enum err value_language(struct str s, struct buf *out)
{
	enum err rc = ERR_NONE;

	s = str_trim(s);
	if (s.n > 64)
		return ERR_NONE;
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_')
			return ERR_NONE;
	for (size_t i = 0; i < s.n && rc == ERR_NONE; i++)
		rc = buf_add_char(out, s.p[i] == '_' ? '-' : s.p[i]);
	return rc;
}

bool value_is_address(struct str s)
{
	struct url u = url_split(str_trim(s));

	return u.scheme.n > 0 && u.has_authority && u.host.n > 0;
}

int64_t value_length(struct str s)
{
	int64_t n;

	return str_to_int(str_trim(s), 0, INT64_MAX, &n) ? n : -1;
}

static int base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (ascii_is_digit(c))
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool value_base64(struct str s, struct buf *out)
{
	uint32_t bits = 0;
	int n = 0;

	for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
		int v = base64_value(s.p[i]);

		if (ascii_is_space(s.p[i]))
			continue;
		if (v < 0)
			return false;
		bits = (bits << 6 | (uint32_t)v) & 0xFFFFFF;
		n += 6;
		if (n < 8)
			continue;
		n -= 8;
		if (buf_add_char(out, (char)(bits >> n & 0xFF)) != ERR_NONE)
			return false;
	}
	return true;
}
