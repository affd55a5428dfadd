#include "json_cut.h"

#include <string.h>

/* ---- cutting ---- */

static bool ends_word(char c)
{
	return ascii_is_space(c) || c == ',' || c == ']' || c == '}';
}

/* True when the string is closed. */
static bool go_through_string(struct json_cut *c, struct str s)
{
	while (c->at < s.n) {
		char ch = s.p[c->at++];

		if (c->escaped)
			c->escaped = false;
		else if (ch == '\\')
			c->escaped = true;
		else if (ch == '"')
			return true;
	}
	return false;
}

static enum json_cut_state word(struct json_cut *c, struct str s, bool last)
{
	while (c->at < s.n && !ends_word(s.p[c->at]))
		c->at++;
	return c->at < s.n || last ? CUT_WHOLE : CUT_MORE;
}

static enum json_cut_state bracket(struct json_cut *c, char ch)
{
	c->parts++;
	if (ch == '[' || ch == '{')
		c->depth++;
	else if (ch == ']' || ch == '}')
		c->depth--;
	return c->depth < 0 ? CUT_BROKEN : c->depth == 0 ? CUT_WHOLE : CUT_MORE;
}

enum json_cut_state json_cut(struct json_cut *c, struct str s, bool last)
{
	if (c->at == 0 && s.n > 0 && strchr("\"[{", s.p[0]) == NULL)
		return ends_word(s.p[0]) ? CUT_BROKEN : word(c, s, last);
	if (c->at > 0 && c->depth == 0 && !c->in_string)
		return word(c, s, last);
	while (c->at < s.n) {
		char ch;

		if (c->in_string) {
			if (!go_through_string(c, s))
				break;
			c->in_string = false;
			if (c->depth == 0)
				return CUT_WHOLE;
			continue;
		}
		ch = s.p[c->at++];
		if (ch == '"')
			c->in_string = true;
		else if (ch != '\0' && strchr("[]{},", ch) != NULL && bracket(c, ch) != CUT_MORE)
			return c->depth < 0 ? CUT_BROKEN : CUT_WHOLE;
	}
	return CUT_MORE;
}

/* ---- mending ---- */

static int hex_value(char c)
{
	c = ascii_lower(c);
	return ascii_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The unit of "\uXXXX" at `s`, -1 when it is none. */
static int unit_at(struct str s)
{
	int unit = 0;

	if (s.n < 6 || s.p[0] != '\\' || s.p[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		if (hex_value(s.p[i]) < 0)
			return -1;
		unit = unit * 16 + hex_value(s.p[i]);
	}
	return unit;
}

/* Bytes used of the escape at the start of `s`. */
static size_t mend_escape(struct str s, struct buf *out, enum err *rc)
{
	int unit = unit_at(s), second = unit_at(str_sub(s, 6, s.n));
	bool high = unit >= 0xD800 && unit < 0xDC00;

	if (high && second >= 0xDC00 && second < 0xE000) {
		*rc = buf_add(out, str_sub(s, 0, 12));
		return 12;
	}
	if (high || (unit >= 0xDC00 && unit < 0xE000)) {
		*rc = buf_add(out, STR("\\uFFFD"));
		return 6;
	}
	if (s.n > 1 && strchr("\"\\/bfnrt", s.p[1]) == NULL && unit < 0) {
		*rc = buf_add(out, STR("\\\\"));
		return 1;
	}
	*rc = buf_add(out, str_sub(s, 0, 2));
	return 2;
}

/* Bytes used of the string at the start of `s`, quotes included. */
static size_t mend_string(struct str s, struct buf *out, enum err *rc)
{
	size_t i = 1;

	*rc = buf_add_char(out, '"');
	while (i < s.n && s.p[i] != '"' && *rc == ERR_NONE) {
		if (s.p[i] == '\\') {
			i += mend_escape(str_sub(s, i, s.n), out, rc);
			continue;
		}
		*rc = buf_add_char(out, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
		i++;
	}
	if (*rc == ERR_NONE)
		*rc = buf_add_char(out, '"');
	return i + 1;
}

static size_t mend_number(struct str s, struct buf *out, enum err *rc)
{
	size_t n = 1;
	bool whole = true;

	while (n < s.n &&
	       (ascii_is_alnum(s.p[n]) || s.p[n] == '.' || s.p[n] == '+' || s.p[n] == '-')) {
		whole = whole && ascii_is_digit(s.p[n]);
		n++;
	}
	*rc = buf_addf(out, whole && n <= 18 ? "%.*s" : "\"%.*s\"", (int)(n < 64 ? n : 64), s.p);
	return n;
}

/* A comma behind the last member or value of a list. */
static bool is_idle_comma(struct str s)
{
	size_t n = 1;

	while (n < s.n && ascii_is_space(s.p[n]))
		n++;
	return s.p[0] == ',' && n < s.n && (s.p[n] == '}' || s.p[n] == ']');
}

enum err json_mend(struct str value, struct buf *out)
{
	enum err rc = ERR_NONE;

	for (size_t i = 0, n; i < value.n && rc == ERR_NONE; i += n) {
		struct str rest = str_sub(value, i, value.n);

		n = 1;
		if (rest.p[0] == '"')
			n = mend_string(rest, out, &rc);
		else if (ascii_is_digit(rest.p[0]) || rest.p[0] == '-')
			n = mend_number(rest, out, &rc);
		else if (!is_idle_comma(rest))
			rc = buf_add_char(out, rest.p[0]);
	}
	return rc;
}
