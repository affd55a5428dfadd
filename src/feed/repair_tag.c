/* One tag: its name, its attributes, its place among the open elements. */
#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"
#include "repair_inside.h"
#include "scan.h"

/* libxml2 2.9 looks for doubled attributes in quadratic time; no feed comes near this. */
#define ATTRIBUTES 128

struct attribute { struct str name, value; };

struct tag {
	struct str name;
	struct attribute attribute[ATTRIBUTES];
	size_t n;
	bool clean;  /* may stay as it is written */
	bool closed; /* <br/> */
};

/* ---- names ---- */

static size_t simple_name(struct str s, size_t from)
{
	size_t i = from;

	if (i >= s.n || !scan_is(s.p[i], BYTE_NAME_START))
		return 0;
	while (i < s.n && scan_is(s.p[i], BYTE_NAME))
		i++;
	return i - from;
}

size_t repair_name(struct str s, size_t from)
{
	size_t n = simple_name(s, from), more;

	if (n == 0 || from + n >= s.n || s.p[from + n] != ':')
		return n;
	more = simple_name(s, from + n + 1);
	return more > 0 ? n + 1 + more : 0;
}

/* ---- open elements ---- */

static struct str open_name(const struct repair *r, size_t level)
{
	size_t end = level + 1 < r->depth ? r->opened[level + 1].name : r->names.n;

	return str_sub(buf_view(&r->names), r->opened[level].name, end);
}

static uint32_t hash_of(struct str name)
{
	uint32_t h = 2166136261u; /* FNV-1a */

	for (size_t i = 0; i < name.n; i++)
		h = (h ^ (unsigned char)ascii_lower(name.p[i])) * 16777619u;
	return h;
}

/* Elements that hold others and no text of their own: the indentation in them costs the parser
 * time. */
static bool is_textless(struct str name)
{
	return str_eq(name, STR("item")) || str_eq(name, STR("entry")) ||
	       str_eq(name, STR("channel")) || str_eq(name, STR("feed")) ||
	       str_eq(name, STR("rss")) || str_eq(name, STR("rdf:RDF"));
}

static void push_open(struct repair *r, struct str name)
{
	if (r->depth >= (size_t)r->limits.depth) {
		r->rc = ERR_LIMIT;
		return;
	}
	r->opened = mem_grow(r->opened, &r->cap, r->depth + 1, sizeof *r->opened);
	r->opened[r->depth] = (struct opened){ r->names.n, hash_of(name), is_textless(name) };
	r->rc = buf_add(&r->names, name);
	if (r->rc == ERR_NONE)
		r->depth++;
}

static void close_open(struct repair *r)
{
	struct str name = open_name(r, r->depth - 1);

	repair_add(r, STR("</"));
	repair_add(r, name);
	repair_add(r, STR(">"));
	buf_cut(&r->names, r->opened[--r->depth].name);
}

/* Open elements that a tag of this name ends, itself included; 0 when none is open. One written
 * alike comes before one in other letter case. By their hashes: a document may consist of end tags.
 */
static size_t levels_to(const struct repair *r, struct str name)
{
	uint32_t hash = hash_of(name);
	size_t other = 0;

	for (size_t i = r->depth; i > 0; i--) {
		if (r->opened[i - 1].hash != hash)
			continue;
		if (str_eq(open_name(r, i - 1), name))
			return r->depth - (i - 1);
		if (other == 0 && str_eq_nocase(open_name(r, i - 1), name))
			other = r->depth - (i - 1);
	}
	return other;
}

static bool is_open_on_top(const struct repair *r, struct str name)
{
	return r->depth > 0 && str_eq(open_name(r, r->depth - 1), name);
}

/* ---- attributes ---- */

static size_t skip_blanks(struct str s, size_t i)
{
	while (i < s.n && scan_is(s.p[i], BYTE_SPACE))
		i++;
	return i;
}

static bool ends_value(char c)
{
	return scan_is(c, BYTE_ENDS_NAME);
}

static size_t bare_value(struct str s, size_t i, struct str *value)
{
	size_t from = i;

	while (i < s.n && !scan_is(s.p[i], BYTE_SPACE) && s.p[i] != '>')
		i++;
	if (i == s.n)
		return STEP_MORE;
	if (i > from && s.p[i] == '>' && s.p[i - 1] == '/')
		i--;
	*value = str_sub(s, from, i);
	return i;
}

/* A quoted value with a tag in it whose closing quote is followed by no blank lacks its quote: the
 * one that was found opens another value. It ends at the next blank or '>' then. */
static size_t quoted_value(struct str s, size_t i, struct str *value)
{
	size_t n = str_find(str_sub(s, i + 1, s.n), s.p[i]), end = i + 1 + n;

	if (n == SIZE_MAX || end + 1 >= s.n)
		return STEP_MORE;
	*value = str_sub(s, i + 1, end);
	if (!ends_value(s.p[end + 1]) && str_find(*value, '<') != SIZE_MAX &&
	    str_find(*value, '>') != SIZE_MAX)
		return bare_value(s, i + 1, value);
	return end + 1;
}

/* The '=' and what is behind it. No value is an empty value. */
static size_t read_value(struct str s, size_t i, struct tag *t, struct str *value)
{
	size_t from = i;

	*value = STR("");
	i = skip_blanks(s, i);
	if (i == s.n)
		return STEP_MORE;
	if (s.p[i] != '=') {
		t->clean = false;
		return from;
	}
	i = skip_blanks(s, i + 1);
	if (i == s.n)
		return STEP_MORE;
	if (s.p[i] == '"' || s.p[i] == '\'') {
		i = quoted_value(s, i, value);
		if (i != STEP_MORE && (!ends_value(s.p[i]) ||
				       (value->p[value->n] != '"' && value->p[value->n] != '\'')))
			t->clean = false;
		return i;
	}
	t->clean = false;
	return bare_value(s, i, value);
}

static void keep_attribute(struct tag *t, struct str name, struct str value)
{
	if (repair_name(name, 0) != name.n || t->n == ATTRIBUTES) {
		t->clean = false;
		return;
	}
	if (scan_text(value) != value.n)
		t->clean = false;
	t->attribute[t->n++] = (struct attribute){ name, value };
}

static size_t read_attribute(struct str s, size_t i, struct tag *t)
{
	size_t from = i;
	struct str value;

	while (i < s.n && !scan_is(s.p[i], BYTE_SPACE) && s.p[i] != '=' && s.p[i] != '>' &&
	       s.p[i] != '/' && s.p[i] != '<')
		i++;
	if (i == s.n)
		return STEP_MORE;
	if (i == from || s.p[i] == '<')
		return s.p[i] == '<' ? STEP_LITERAL : (t->clean = false, i + 1);
	struct str name = str_sub(s, from, i);

	i = read_value(s, i, t, &value);
	if (i < STEP_LITERAL)
		keep_attribute(t, name, value);
	return i;
}

/* The tag at the start of `s`. */
static size_t read_tag(struct str s, struct tag *t)
{
	size_t i = 1 + t->name.n;

	while (i < STEP_LITERAL) {
		i = skip_blanks(s, i);
		if (i == s.n)
			return STEP_MORE;
		if (s.p[i] == '>')
			return i + 1;
		if (s.p[i] == '/' && i + 1 == s.n)
			return STEP_MORE;
		if (s.p[i] == '/' && s.p[i + 1] == '>') {
			t->closed = true;
			return i + 2;
		}
		if (s.p[i] == '/') {
			t->clean = false;
			i++;
		} else {
			i = read_attribute(s, i, t);
		}
	}
	return i;
}

/* ---- writing ---- */

/* Bytes used of what must not stand in a value as it is. */
static size_t add_special(struct repair *r, struct str s)
{
	switch (s.p[0]) {
	case '&': return repair_attribute_reference(r, s);
	case '<': repair_add(r, STR("&lt;")); return 1;
	case ']': repair_add(r, STR("]")); return 1;
	default: return scan_bad_char(s);
	}
}

/* The quotes around it may have been others. */
static void add_run(struct repair *r, struct str s)
{
	struct str part;

	for (bool first = true; str_next(&s, '"', &part); first = false) {
		if (!first)
			repair_add(r, STR("&quot;"));
		repair_add(r, part);
	}
}

static void add_value(struct repair *r, struct str s)
{
	while (s.n > 0 && r->rc == ERR_NONE) {
		size_t n = scan_text(s);

		add_run(r, str_sub(s, 0, n));
		if (n < s.n)
			n += add_special(r, str_sub(s, n, s.n));
		s = str_sub(s, n, s.n);
	}
}

static void add_tag(struct repair *r, const struct tag *t)
{
	repair_add(r, STR("<"));
	repair_add(r, t->name);
	for (size_t i = 0; i < t->n; i++) {
		repair_add(r, STR(" "));
		repair_add(r, t->attribute[i].name);
		repair_add(r, STR("=\""));
		add_value(r, t->attribute[i].value);
		repair_add(r, STR("\""));
	}
	repair_add(r, t->closed ? STR("/>") : STR(">"));
}

/* HTML's elements that have no end tag, where a feed has markup in it that is not escaped. */
static bool is_void(struct str name)
{
	static const char *const names[] = { "br", "hr", "img", "wbr", "input" };

	if (name.n > 5 || strchr("bhiwBHIW", name.p[0]) == NULL)
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	return false;
}

/* These end their like, and are often not ended. */
static bool ends_its_like(struct str name)
{
	return (name.n == 1 && name.p[0] == 'p') ||
	       (name.n == 2 && name.p[0] == 'l' && name.p[1] == 'i');
}

/* Entries that are never closed would lie in each other until the deepest level is reached. Half
 * the way there the outermost is closed, and all of them with it; before, it may be an entry in the
 * content of another. */
static void close_entries(struct repair *r, struct str name)
{
	size_t level = 0;

	if (r->depth < (size_t)r->limits.depth / 2 ||
	    !(str_eq(name, STR("item")) || str_eq(name, STR("entry"))))
		return;
	while (level < r->depth && !str_eq(open_name(r, level), name))
		level++;
	while (r->depth > level)
		close_open(r);
}

static bool ends_document(struct repair *r)
{
	if (r->depth > 0)
		return false;
	r->state = IN_NOTHING;
	return true;
}

static void open_tag(struct repair *r, struct tag *t, struct str written)
{
	if (!t->closed && is_void(t->name)) {
		t->closed = true;
		t->clean = false;
	}
	if (ends_its_like(t->name) && is_open_on_top(r, t->name))
		close_open(r);
	close_entries(r, t->name);
	if (!t->closed)
		push_open(r, t->name);
	if (r->rc != ERR_NONE)
		return;
	if (t->clean)
		repair_add(r, written);
	else
		add_tag(r, t);
	if (t->closed)
		ends_document(r);
}

size_t repair_start_tag(struct repair *r, struct str s)
{
	struct tag t;
	size_t n = repair_name(s, 1), end;

	if (1 + n == s.n || (n == 0 && s.n < 64 && scan_is(s.p[1], BYTE_NAME_START)))
		return r->last ? s.n : STEP_MORE;
	if (n == 0 || !ends_value(s.p[1 + n]))
		return STEP_LITERAL;
	t.name = str_sub(s, 1, 1 + n);
	t.n = 0;
	t.clean = true;
	t.closed = false;
	end = s.p[1 + n] == '>' ? n + 2 : read_tag(s, &t);
	if (end == STEP_LITERAL)
		return end;
	if ((end == STEP_MORE ? s.n : end) > r->limits.start_tag) {
		r->rc = ERR_LIMIT;
		return 0;
	}
	if (end == STEP_MORE)
		return r->last ? s.n : STEP_MORE;
	open_tag(r, &t, str_sub(s, 0, end));
	return end;
}

/* Behind the '>' of the end tag, or before a '<' that comes first. */
static size_t end_tag_length(const struct repair *r, struct str s, size_t i)
{
	while (i < s.n && s.p[i] != '>' && s.p[i] != '<' && i < 4096)
		i++;
	if (i == s.n)
		return r->last ? s.n : STEP_MORE;
	return s.p[i] == '>' ? i + 1 : i;
}

static void close_top(struct repair *r, struct str tag, size_t name)
{
	if (tag.n == name + 3) { /* "</title>": may stay as it is written */
		repair_add(r, tag);
		buf_cut(&r->names, r->opened[--r->depth].name);
	} else {
		close_open(r);
	}
	ends_document(r);
}

/* An end tag that nothing open fits is left out; one that fits closes what is open inside. */
size_t repair_end_tag(struct repair *r, struct str s)
{
	size_t n = repair_name(s, 2), end, levels;

	if (n == 0 && s.n > 2 && s.p[2] != '>')
		return s.n < 64 && scan_is(s.p[2], BYTE_NAME_START) && !r->last ? STEP_MORE
										: STEP_LITERAL;
	end = end_tag_length(r, s, 2 + n);
	if (end == STEP_MORE)
		return end;
	if (n == 0)
		return end;
	if (is_open_on_top(r, str_sub(s, 2, 2 + n))) {
		close_top(r, str_sub(s, 0, end), n);
		return end;
	}
	levels = levels_to(r, str_sub(s, 2, 2 + n));
	for (; levels > 0 && r->depth > 0; levels--)
		close_open(r);
	ends_document(r);
	return end;
}
