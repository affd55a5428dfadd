#include "lede/text/html_token.h"

#include <string.h>

/* Elements whose content is text up to their own end tag, whatever it looks like. Of `title` and
 * `textarea` the entities count. */
static const struct {
	struct str name;
	bool literal;
} opaque_elements[] = {
	{ { "script", 6 }, true },   { { "style", 5 }, true },    { { "xmp", 3 }, true },
	{ { "iframe", 6 }, true },   { { "noembed", 7 }, true },  { { "noframes", 8 }, true },
	{ { "title", 5 }, false },   { { "textarea", 8 }, false },
};

struct html_reader html_reader_of(struct str in)
{
	return (struct html_reader){ .in = in };
}

static bool is_letter(char c)
{
	return ascii_is_alnum(c) && !ascii_is_digit(c);
}

static char at(const struct html_reader *r, size_t i)
{
	return i < r->in.n ? r->in.p[i] : '\0';
}

/* Index of the next `c` at or after `from`, or the end. */
static size_t next_char(const struct html_reader *r, size_t from, char c)
{
	size_t i = str_find(str_sub(r->in, from, r->in.n), c);

	return i == SIZE_MAX ? r->in.n : from + i;
}

static size_t next_string(const struct html_reader *r, size_t from, const char *s)
{
	size_t i = str_find_str(str_sub(r->in, from, r->in.n), str_of(s));

	return i == SIZE_MAX ? r->in.n : from + i;
}

static bool starts_at(const struct html_reader *r, size_t i, const char *s)
{
	return str_starts_nocase(str_sub(r->in, i, r->in.n), s);
}

#define ATTRIBUTES_MAX 256 /* of a tag; those after them are not looked at */

/* ---- attributes ---- */

static size_t skip_until(struct str s, size_t i, const char *stop)
{
	while (i < s.n && !ascii_is_space(s.p[i]) &&
	       (s.p[i] == '\0' || strchr(stop, s.p[i]) == NULL))
		i++;
	return i;
}

static size_t skip_space(struct str s, size_t i)
{
	while (i < s.n && ascii_is_space(s.p[i]))
		i++;
	return i;
}

/* A value: in quotes, or up to a blank. */
static size_t take_value(struct str s, size_t i, struct html_attribute *a)
{
	size_t from = i;

	if (i < s.n && (s.p[i] == '"' || s.p[i] == '\'')) {
		size_t end = str_find(str_sub(s, i + 1, s.n), s.p[i]);

		end = end == SIZE_MAX ? s.n : i + 1 + end;
		a->value = str_sub(s, i + 1, end);
		i = end < s.n ? end + 1 : end;
	} else {
		i = skip_until(s, i, ">");
		a->value = str_sub(s, from, i);
	}
	a->quoted = str_sub(s, from, i);
	return i;
}

bool html_next_attribute(struct str *rest, struct html_attribute *a)
{
	struct str s = *rest;
	size_t i = 0, from;

	*a = (struct html_attribute){ 0 };
	while (i < s.n && (ascii_is_space(s.p[i]) || s.p[i] == '/'))
		i++;
	if (i >= s.n)
		return false;
	from = i++; /* a name may begin with anything, even '=' */
	i = skip_until(s, i, "=/>");
	a->name = str_sub(s, from, i);
	from = skip_space(s, i);
	if (from < s.n && s.p[from] == '=')
		i = take_value(s, skip_space(s, from + 1), a);
	*rest = str_sub(s, i, s.n);
	return true;
}

bool html_attribute_of(const struct html_token *t, const char *name, struct str *value)
{
	struct str rest = t->attributes;
	struct html_attribute a;

	for (int i = 0; i < ATTRIBUTES_MAX && html_next_attribute(&rest, &a); i++) {
		if (!str_eq_nocase(a.name, str_of(name)))
			continue;
		*value = a.value;
		return true;
	}
	return false;
}

/* ---- tokens ---- */

/* The '>' that ends a tag whose attributes begin at `i`. A quote counts only where a value begins,
 * and only when it is closed somewhere: of each kind that fails once at most. */
static size_t end_of_tag(const struct html_reader *r, size_t i)
{
	bool value = false; /* the last sign was '=' */

	for (; i < r->in.n && r->in.p[i] != '>'; i++) {
		char c = r->in.p[i];

		if (value && (c == '"' || c == '\'')) {
			size_t close = next_char(r, i + 1, c);

			i = close < r->in.n ? close : i;
			value = false;
		} else if (!ascii_is_space(c)) {
			value = c == '=';
		}
	}
	return i < r->in.n ? i : r->in.n;
}

static bool begins_tag(const struct html_reader *r, size_t i)
{
	return is_letter(at(r, i + 1)) || (at(r, i + 1) == '/' && is_letter(at(r, i + 2)));
}

/* '<' is markup only before a letter, '/', '!' or '?'; before anything else it is a less-than sign.
 */
static bool begins_markup(const struct html_reader *r, size_t i)
{
	char next = at(r, i + 1);

	return begins_tag(r, i) || next == '!' || next == '?' ||
	       (next == '/' && at(r, i + 2) == '>');
}

static size_t end_of_text(const struct html_reader *r, size_t i)
{
	while (i < r->in.n) {
		i = next_char(r, i, '<');
		if (i >= r->in.n || begins_markup(r, i))
			break;
		i++;
	}
	return i;
}

static bool give_text(struct html_reader *r, size_t to, bool literal, struct html_token *t)
{
	*t = (struct html_token){ .kind = HTML_TEXT,
				  .text = str_sub(r->in, r->at, to),
				  .literal = literal,
				  .from = r->at,
				  .to = to };
	r->at = to;
	return true;
}

static struct str name_at(const struct html_reader *r, size_t i)
{
	size_t from = i;

	while (i < r->in.n && !ascii_is_space(r->in.p[i]) && r->in.p[i] != '>' && r->in.p[i] != '/')
		i++;
	return str_sub(r->in, from, i);
}

/* A tag that is still open at the end of the input: cut off when a quote shows that it was one,
 * else text ("1 <b"). */
static bool give_unfinished(struct html_reader *r, struct html_token *t)
{
	struct str rest = str_sub(r->in, r->at, r->in.n);

	if (str_find(rest, '"') == SIZE_MAX && str_find(rest, '\'') == SIZE_MAX)
		return give_text(r, r->in.n, false, t);
	r->at = r->in.n;
	return false;
}

static struct str opaque_name(struct str name)
{
	for (size_t i = 0; i < sizeof opaque_elements / sizeof *opaque_elements; i++)
		if (name.n == opaque_elements[i].name.n &&
		    str_eq_nocase(name, opaque_elements[i].name))
			return opaque_elements[i].name;
	return (struct str){ 0 };
}

static bool give_tag(struct html_reader *r, struct html_token *t)
{
	bool closing = at(r, r->at + 1) == '/';
	struct str name = name_at(r, r->at + 1 + closing);
	size_t after = (size_t)(name.p - r->in.p) + name.n;
	size_t end = end_of_tag(r, after);

	if (end >= r->in.n)
		return give_unfinished(r, t);
	*t = (struct html_token){
		.kind = closing ? HTML_END : HTML_START, .name = name, .from = r->at, .to = end + 1
	};
	t->attributes = str_sub(r->in, after, end);
	t->closed = end > after && r->in.p[end - 1] == '/';
	r->at = end + 1;
	if (!closing && !t->closed)
		r->inside = opaque_name(name);
	return true;
}

/* An end tag of the opaque element, or what begins like one; the search never goes over a byte
 * twice. */
static size_t end_of_opaque(const struct html_reader *r)
{
	size_t i = r->at;

	for (; (i = next_string(r, i, "</")) < r->in.n; i += 2)
		if (starts_at(r, i + 2, r->inside.p) && !ascii_is_alnum(at(r, i + 2 + r->inside.n)))
			break;
	return i;
}

static bool is_literal(struct str name)
{
	for (size_t i = 0; i < sizeof opaque_elements / sizeof *opaque_elements; i++)
		if (str_eq_nocase(name, opaque_elements[i].name))
			return opaque_elements[i].literal;
	return false;
}

static bool give_opaque(struct html_reader *r, struct html_token *t)
{
	size_t end = end_of_opaque(r);
	bool literal = is_literal(r->inside);

	r->inside = (struct str){ 0 };
	if (end == r->at)
		return html_next(r, t);
	return give_text(r, end, literal, t);
}

/* <!-- -->, <!doctype>, <![CDATA[ ]]>, <?xml ?>; true when it is a token of its own. */
static bool pass_declaration(struct html_reader *r, struct html_token *t)
{
	size_t from = r->at, end;

	if (starts_at(r, from, "<!--")) {
		end = next_string(r, from + (starts_at(r, from, "<!-->") ? 2 : 4), "-->");
		r->at = end < r->in.n ? end + 3 : r->in.n;
		return false;
	}
	if (starts_at(r, from, "<![CDATA[")) {
		r->at = from + 9;
		end = next_string(r, r->at, "]]>");
		give_text(r, end, true, t);
		r->at = end < r->in.n ? end + 3 : end;
		return t->text.n > 0;
	}
	end = next_char(r, from, '>');
	r->at = end < r->in.n ? end + 1 : end;
	if (!starts_at(r, from, "<!doctype"))
		return false;
	*t = (struct html_token){ .kind = HTML_DOCTYPE, .from = from, .to = r->at };
	t->name = str_sub(r->in, from + 9, end);
	t->name = name_at(r, (size_t)(str_trim(t->name).p - r->in.p));
	return true;
}

bool html_next(struct html_reader *r, struct html_token *t)
{
	if (r->inside.n > 0)
		return give_opaque(r, t);
	while (r->at < r->in.n) {
		size_t end = end_of_text(r, r->at);

		if (end > r->at)
			return give_text(r, end, false, t);
		if (begins_tag(r, r->at))
			return give_tag(r, t);
		if (pass_declaration(r, t))
			return true;
	}
	return false;
}
