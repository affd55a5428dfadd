#include "jout.h"

#include "lede/text/date.h"
#include "lede/text/utf8.h"

static void before_value(struct jout *j)
{
	if (j->comma)
		fputs(", ", j->to);
	j->comma = true;
}

void jout_begin(struct jout *j, char bracket)
{
	before_value(j);
	putc(bracket, j->to);
	j->comma = false;
}

void jout_end(struct jout *j, char bracket)
{
	putc(bracket, j->to);
	j->comma = true;
}

void jout_line(struct jout *j)
{
	putc('\n', j->to);
	j->comma = false;
}

/* ---- text ---- */

static bool is_noncharacter(uint32_t cp)
{
	return (cp & 0xfffe) == 0xfffe || (cp >= 0xfdd0 && cp <= 0xfdef);
}

/* What would move a cursor, turn a line round or mean nothing does not stand in the output as
 * itself. */
static bool needs_escape(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f) || (cp >= 0x2028 && cp <= 0x202e) ||
	       (cp >= 0x2066 && cp <= 0x2069) || is_noncharacter(cp);
}

static void put_escape(struct jout *j, uint32_t cp)
{
	if (cp < 0x10000) {
		fprintf(j->to, "\\u%04x", (unsigned)cp);
		return;
	}
	cp -= 0x10000;
	fprintf(j->to, "\\u%04x\\u%04x", (unsigned)(0xd800 + (cp >> 10)),
		(unsigned)(0xdc00 + (cp & 0x3ff)));
}

static void put_character(struct jout *j, uint32_t cp)
{
	char bytes[4];

	if (cp == '"' || cp == '\\')
		fprintf(j->to, "\\%c", (char)cp);
	else if (cp == '\n')
		fputs("\\n", j->to);
	else if (cp == '\t')
		fputs("\\t", j->to);
	else if (needs_escape(cp))
		put_escape(j, cp);
	else
		fwrite(bytes, 1, utf8_put(cp, bytes), j->to);
}

static void put_string(struct jout *j, struct str s)
{
	size_t n;

	putc('"', j->to);
	for (size_t at = 0; at < s.n; at += n)
		put_character(j, utf8_at(s, at, &n));
	putc('"', j->to);
}

void jout_text(struct jout *j, struct str s)
{
	before_value(j);
	put_string(j, s);
}

void jout_text_or_null(struct jout *j, struct str s)
{
	if (s.n > 0)
		jout_text(j, s);
	else
		jout_null(j);
}

/* ---- other values ---- */

void jout_number(struct jout *j, int64_t n)
{
	before_value(j);
	fprintf(j->to, "%lld", (long long)n);
}

void jout_hundredths(struct jout *j, int64_t n)
{
	unsigned long long size = n < 0 ? 0 - (unsigned long long)n : (unsigned long long)n;

	before_value(j);
	fprintf(j->to, "%s%llu.%02llu", n < 0 ? "-" : "", size / 100, size % 100);
}

void jout_bool(struct jout *j, bool b)
{
	before_value(j);
	fputs(b ? "true" : "false", j->to);
}

void jout_null(struct jout *j)
{
	before_value(j);
	fputs("null", j->to);
}

void jout_time(struct jout *j, int64_t t)
{
	char text[21];

	if (t == DATE_NONE) {
		jout_null(j);
		return;
	}
	date_rfc3339(t, text);
	jout_text(j, str_of(text));
}

/* ---- keys ---- */

void jout_key(struct jout *j, const char *name)
{
	before_value(j);
	put_string(j, str_of(name));
	fputs(": ", j->to);
	j->comma = false;
}

void jout_key_text(struct jout *j, const char *name, struct str s)
{
	jout_key(j, name);
	jout_text_or_null(j, s);
}

void jout_key_number(struct jout *j, const char *name, int64_t n)
{
	jout_key(j, name);
	jout_number(j, n);
}

void jout_key_bool(struct jout *j, const char *name, bool b)
{
	jout_key(j, name);
	jout_bool(j, b);
}

void jout_key_time(struct jout *j, const char *name, int64_t t)
{
	jout_key(j, name);
	jout_time(j, t);
}

void jout_key_null(struct jout *j, const char *name)
{
	jout_key(j, name);
	jout_null(j);
}
