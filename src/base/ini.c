#include "lede/base/ini.h"

#include <stdint.h>

static bool is_hex_digit(char c)
{
	return ascii_is_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f');
}

/* #d7875f after a blank is a colour, not a comment. */
static bool is_colour(struct str s)
{
	size_t n = 1;

	while (n < s.n && is_hex_digit(s.p[n]))
		n++;
	return n == 7 && (n == s.n || ascii_is_space(s.p[n]));
}

/* A comment behind a value begins with # after a blank, outside of quotes. */
static struct str without_comment(struct str s)
{
	bool quoted = false;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			quoted = !quoted;
		if (s.p[i] == '#' && !quoted && i > 0 && ascii_is_space(s.p[i - 1]) &&
		    !is_colour(str_sub(s, i, s.n)))
			return str_trim(str_sub(s, 0, i));
	}
	return str_trim(s);
}

static void bad(const struct ini_sink *sink, int line, const char *why)
{
	if (sink->bad)
		sink->bad(sink->self, line, why);
}

/* [name argument]; a ] inside the argument is part of it. */
static bool section(struct str text, struct ini_line *l)
{
	struct str inside;
	size_t end = 0;

	if (!str_ends(text, "]"))
		return false;
	inside = str_trim(str_sub(text, 1, text.n - 1));
	while (end < inside.n && !ascii_is_space(inside.p[end]))
		end++;
	l->section = str_sub(inside, 0, end);
	l->argument = str_trim(str_sub(inside, end, inside.n));
	return inside.n > 0;
}

static bool value_of(struct str s, struct str *value)
{
	size_t end;

	*value = without_comment(s);
	if (value->n == 0 || value->p[0] != '"')
		return true;
	end = str_find(str_sub(*value, 1, value->n), '"');
	if (end == SIZE_MAX || end + 2 != value->n)
		return false;
	*value = str_sub(*value, 1, end + 1);
	return true;
}

static void pair(struct str text, struct ini_line *l, const struct ini_sink *sink)
{
	size_t equals = str_find(text, '=');

	if (equals == SIZE_MAX) {
		bad(sink, l->line, "expected key = value");
		return;
	}
	l->key = str_trim(str_sub(text, 0, equals));
	if (l->key.n == 0)
		bad(sink, l->line, "nothing stands before the =");
	else if (!value_of(str_sub(text, equals + 1, text.n), &l->value))
		bad(sink, l->line, "a quote is not closed, or something follows it");
	else if (sink->pair)
		sink->pair(sink->self, l);
}

void ini_read(struct str text, const struct ini_sink *sink)
{
	struct ini_line l = { .section = { "", 0 }, .argument = { "", 0 } };
	bool known = true;            /* which section the line belongs to */
	struct str line;

	if (str_starts(text, "\xEF\xBB\xBF"))
		text = str_sub(text, 3, text.n);
	while (str_next_line(&text, &line)) {
		l.line++;
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';')
			continue;
		if (line.p[0] == '[') {
			known = section(without_comment(line), &l);
			if (!known)
				bad(sink, l.line, "expected [section]");
		} else if (known) {
			pair(line, &l, sink);
		}
	}
}
