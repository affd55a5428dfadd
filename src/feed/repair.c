#include "repair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"
#include "lede/text/utf8.h"
#include "names.h"
#include "repair_inside.h"
#include "scan.h"

#define REPLACEMENT "\357\277\275"
#define PROLOG_MAX (64 << 10)     /* junk before the root */
#define DOCTYPE_MAX (256 << 10)
#define NESTING 16                /* entities in entities */
#define NONSENSE_MAX 1024         /* bytes of a declaration that is out of place; longer it is text */
#define SMALL 16                  /* bytes that tell <!-- from <![CDATA[, a prefix from a name */
#define LONG 48                   /* text of this length goes beside the XML */

struct repair *repair_new(const struct repair_limits *limits, enum names_root wanted)
{
	struct repair *r = mem_new(sizeof *r);

	r->limits = *limits;
	r->wanted = wanted;
	r->entities = entities_new();
	r->names = buf_limited((size_t)1 << 24);
	return r;
}

void repair_free(struct repair *r)
{
	if (r == NULL)
		return;
	entities_free(r->entities);
	buf_free(&r->names);
	free(r->opened);
	free(r);
}

enum repair_found repair_found(const struct repair *r)
{
	return r->found;
}

bool repair_is_inside_page(const struct repair *r)
{
	return r->page && r->found == REPAIR_ROOT;
}

void repair_add(struct repair *r, struct str s)
{
	if (r->rc == ERR_NONE && s.n > 0)
		r->rc = buf_add(&r->out->xml, s);
}

/* ---- references ---- */

static bool is_xml_char(uint32_t cp)
{
	return cp == '\t' || cp == '\n' || cp == '\r' || (cp >= 0x20 && cp < 0xD800) ||
	       (cp >= 0xE000 && cp < 0xFFFE) || (cp >= 0x10000 && cp <= 0x10FFFF);
}

/* Controls go as they would if they stood there; what is no character at all is a replacement. */
static void add_character(struct repair *r, uint32_t cp)
{
	char bytes[4];

	if (cp == '<' || cp == '&' || cp == '"' || cp == '\'' || cp == '\n' || cp == '\t' ||
	    cp == '\r') {
		char written[8];
		int n = snprintf(written, sizeof written, "&#%u;", (unsigned)cp);

		repair_add(r, (struct str){ written, (size_t)n });
	} else if (is_xml_char(cp)) {
		repair_add(r, (struct str){ bytes, utf8_put(cp, bytes) });
	} else if (cp >= 0x20) {
		repair_add(r, STR(REPLACEMENT));
	}
}

static void add_escaped(struct repair *r, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '<' || s.p[i] == '&' || s.p[i] == '"')
			add_character(r, (unsigned char)s.p[i]);
		else
			repair_add(r, str_sub(s, i, i + 1));
}

static bool may_expand(struct repair *r, struct str text)
{
	if (r->expanding >= NESTING || text.n > r->limits.expansion) {
		r->rc = ERR_LIMIT;
		return false;
	}
	r->limits.expansion -= text.n;
	return r->rc == ERR_NONE;
}

static void run_steps(struct repair *r, struct str s, size_t *used);

static void expand_in_content(struct repair *r, struct str text)
{
	bool last = r->last;
	size_t used;

	if (!may_expand(r, text))
		return;
	r->expanding++;
	r->last = true;
	run_steps(r, text, &used);
	if (r->state != IN_NOTHING)
		r->state = IN_CONTENT;
	r->last = last;
	r->expanding--;
}

static void expand_in_attribute(struct repair *r, struct str text)
{
	if (!may_expand(r, text))
		return;
	r->expanding++;
	for (size_t i = 0, n; i < text.n && r->rc == ERR_NONE; i += n) {
		struct str rest = str_sub(text, i, text.n);

		n = 1;
		if (rest.p[0] == '&')
			n = repair_attribute_reference(r, rest);
		else
			add_escaped(r, str_sub(rest, 0, 1));
	}
	r->expanding--;
}

static size_t add_reference(struct repair *r, struct str s, const struct reference *ref)
{
	switch (ref->kind) {
	case REFERENCE_KEPT: repair_add(r, str_sub(s, 0, ref->n)); break;
	case REFERENCE_CHARACTER: add_character(r, ref->cp); break;
	case REFERENCE_NAMED: add_escaped(r, ref->text); break;
	default: repair_add(r, STR("&amp;")); return 1;
	}
	return ref->n;
}

size_t repair_attribute_reference(struct repair *r, struct str s)
{
	struct reference ref = entities_read(r->entities, s);

	if (ref.kind != REFERENCE_OWN)
		return add_reference(r, s, &ref);
	expand_in_attribute(r, ref.text);
	return ref.n;
}

static size_t content_reference(struct repair *r, struct str s)
{
	struct reference ref = entities_read(r->entities, s);

	if (ref.kind == REFERENCE_CUT && !r->last)
		return STEP_MORE;
	if (ref.kind != REFERENCE_OWN)
		return add_reference(r, s, &ref);
	expand_in_content(r, ref.text);
	return ref.n;
}

/* ---- DOCTYPE ---- */

/* Behind the comment, literal or bracket at `i`, or i + 1. */
static size_t doctype_step(struct str s, size_t i)
{
	struct str rest = str_sub(s, i, s.n);
	size_t n;

	if (rest.p[0] == '"' || rest.p[0] == '\'') {
		n = str_find(str_sub(rest, 1, rest.n), rest.p[0]);
		return n == SIZE_MAX ? s.n : i + n + 2;
	}
	if (str_starts(rest, "<!--")) {
		n = str_find_str(rest, STR("-->"));
		return n == SIZE_MAX ? s.n : i + n + 3;
	}
	return i + 1;
}

/* Length of the declaration at the start of `s`, SIZE_MAX when its end is not there. */
static size_t doctype_length(struct str s)
{
	bool inside = false;

	for (size_t i = 9; i < s.n; i = doctype_step(s, i)) {
		if (s.p[i] == '[')
			inside = true;
		else if (s.p[i] == ']')
			inside = false;
		else if (s.p[i] == '>' && !inside)
			return i + 1;
	}
	return SIZE_MAX;
}

/* One that never ends is taken to end at its first '>'. */
static size_t doctype(struct repair *r, struct str s)
{
	size_t n = doctype_length(s);
	struct str name = str_trim(str_sub(s, 9, 32));

	if (n == SIZE_MAX && !r->last && s.n < DOCTYPE_MAX)
		return STEP_MORE;
	if (n == SIZE_MAX)
		n = str_find(s, '>') == SIZE_MAX ? s.n : str_find(s, '>') + 1;
	if (str_starts_nocase(name, "html") && (name.n == 4 || !ascii_is_alnum(name.p[4])))
		r->page = true;
	entities_declare(r->entities, str_sub(s, 0, n));
	return n;
}

/* ---- markup ---- */

static size_t enter(struct repair *r, enum repair_state state, size_t n)
{
	r->back = r->state;
	r->state = state;
	return n;
}

/* "<!": CDATA, comment, DOCTYPE or nonsense; a DOCTYPE inside the document is nonsense. */
static size_t declaration(struct repair *r, struct str s)
{
	size_t end;

	if (str_starts(s, "<!--"))
		return enter(r, IN_COMMENT, 4);
	if (str_starts(s, "<![CDATA[")) {
		return enter(r, IN_CDATA, 9);
	}
	if (s.n < SMALL && !r->last)
		return STEP_MORE;
	if (r->state == IN_PROLOG && str_starts_nocase(s, "<!doctype"))
		return doctype(r, s);
	if (s.n <= 2 || !ascii_is_alnum(s.p[2]))
		return STEP_LITERAL;
	end = str_find(str_sub(s, 0, NONSENSE_MAX), '>');
	if (end == SIZE_MAX && s.n < NONSENSE_MAX && !r->last)
		return STEP_MORE;
	return end == SIZE_MAX ? STEP_LITERAL : end + 1;
}

static size_t markup(struct repair *r, struct str s)
{
	if (s.n < 2)
		return r->last ? STEP_LITERAL : STEP_MORE;
	switch (s.p[1]) {
	case '!': return declaration(r, s);
	case '?': return enter(r, IN_INSTRUCTION, 2);
	case '/': return repair_end_tag(r, s);
	default: return repair_start_tag(r, s);
	}
}

/* ---- the states ---- */

/* XML 1.0, 2.4: "]]>" must not stand in text. libxml2 loses what is before it. */
static size_t brackets(struct repair *r, struct str s)
{
	if (s.n < 3 && !r->last)
		return STEP_MORE;
	if (!str_starts(s, "]]>")) {
		repair_add(r, STR("]"));
		return 1;
	}
	repair_add(r, STR("]]&gt;"));
	return 3;
}

/* What ended a run of text. */
static size_t special(struct repair *r, struct str s)
{
	size_t n;

	if (s.p[0] == '&')
		return content_reference(r, s);
	if (s.p[0] == ']')
		return brackets(r, s);
	if (s.p[0] != '<')
		return scan_bad_char(s);
	n = markup(r, s);
	if (n != STEP_LITERAL)
		return n;
	repair_add(r, STR("&lt;"));
	return 1;
}

static void add_beside(struct repair *r, struct str s)
{
	if (r->rc == ERR_NONE)
		r->rc = repaired_borrow(r->out, s);
}

static void make(struct repair *r, struct str s)
{
	if (r->rc == ERR_NONE && s.n > 0)
		r->rc = buf_add(&r->out->made, s);
}

/* Adds the character that the '&' at the start stands for; 0 when that is not a character, or not
 * known yet. */
static size_t make_meant(struct repair *r, struct str s)
{
	struct reference ref = entities_read(r->entities, s);
	char bytes[4];

	switch (ref.kind) {
	case REFERENCE_KEPT: make(r, entities_kept(s)); break;
	case REFERENCE_NAMED: make(r, ref.text); break;
	case REFERENCE_CHARACTER:
		if (is_xml_char(ref.cp))
			make(r, (struct str){ bytes, utf8_put(ref.cp, bytes) });
		else if (ref.cp >= 0x20)
			make(r, STR(REPLACEMENT));
		break;
	case REFERENCE_NONE: make(r, STR("&")); return 1;
	case REFERENCE_CUT:
	case REFERENCE_OWN: return 0;
	}
	return ref.n;
}

/* Text with references in it, the first behind its first `n` bytes: a text of its own, where
 * otherwise each reference would cost libxml2 a call. Returns the bytes used, 0 when there was
 * nothing for it. */
static size_t add_made(struct repair *r, struct str s, size_t n)
{
	size_t from = r->out->made.n, at = 0, used;

	while (r->rc == ERR_NONE) {
		make(r, str_sub(s, at, at + n));
		at += n;
		used = at < s.n && s.p[at] == '&' ? make_meant(r, str_sub(s, at, s.n)) : 0;
		if (used == 0)
			break;
		at += used;
		n = scan_text(str_sub(s, at, s.n));
	}
	if (r->rc == ERR_NONE)
		r->rc = repaired_made(r->out, from);
	return at;
}

static bool is_textless(const struct repair *r)
{
	return r->depth > 0 && r->opened[r->depth - 1].textless;
}

static size_t step_content(struct repair *r, struct str s)
{
	size_t n = scan_text(s), more;

	if (n < s.n && s.p[n] == '&')
		n = add_made(r, s, n);
	else if (is_textless(r))
		; /* indentation */
	else if (n >= LONG)
		add_beside(r, str_sub(s, 0, n));
	else
		repair_add(r, str_sub(s, 0, n));
	if (n == s.n)
		return n;
	more = special(r, str_sub(s, n, s.n));
	if (more == STEP_MORE)
		return n > 0 ? n : STEP_MORE;
	return n + more;
}

/* Adds the text without the characters that XML does not have. */
static void add_literal(struct repair *r, struct str s)
{
	while (s.n > 0) {
		size_t n = scan_literal(s);

		add_beside(r, str_sub(s, 0, n));
		if (n < s.n)
			n += scan_bad_char(str_sub(s, n, s.n));
		s = str_sub(s, n, s.n);
	}
}

static size_t find_end(struct str s, const char *mark, size_t n)
{
	for (size_t i = 0; i + n <= s.n; i++) {
		const char *p = memchr(s.p + i, mark[0], s.n - i - (n - 1));

		if (p == NULL)
			break;
		i = (size_t)(p - s.p);
		if (memcmp(p, mark, n) == 0)
			return i;
	}
	return SIZE_MAX;
}

/* Without its end in sight, the last two bytes may be the beginning of it. */
static size_t step_cdata(struct repair *r, struct str s)
{
	size_t end = find_end(s, "]]>", 3);
	size_t n = end != SIZE_MAX ? end : r->last ? s.n : s.n < 3 ? 0 : s.n - 2;

	while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	if (r->back == IN_CONTENT)
		add_literal(r, str_sub(s, 0, n));
	if (end == SIZE_MAX && n == 0)
		return STEP_MORE;
	if (end == SIZE_MAX)
		return n;
	r->state = r->back;
	return n + 3;
}

static size_t step_past(struct repair *r, struct str s, const char *mark, size_t n)
{
	size_t end = find_end(s, mark, n);

	if (end != SIZE_MAX) {
		r->state = r->back;
		return end + n;
	}
	if (r->last)
		return s.n;
	return s.n < n ? STEP_MORE : s.n - (n - 1);
}

/* Before the root an instruction ends at the first '>': a declaration often lacks its second '?'.
 */
static size_t step_instruction(struct repair *r, struct str s)
{
	return r->back == IN_PROLOG ? step_past(r, s, ">", 1) : step_past(r, s, "?>", 2);
}

static size_t give_up(struct repair *r, enum repair_found found)
{
	r->found = r->page ? REPAIR_PAGE : found;
	r->state = IN_NOTHING;
	return 0;
}

/* Tags before the root are passed over: a script's warning; even <html><body> around a feed was
 * seen. */
static size_t prolog_tag(struct repair *r, struct str s)
{
	size_t n = repair_name(s, 1), end;
	enum names_root root;

	if (!r->last && ((1 + n == s.n && n < 256) ||
			 (n == 0 && s.n < SMALL && scan_is(s.p[1], BYTE_NAME_START))))
		return STEP_MORE;
	root = n > 0 ? names_root(str_sub(s, 1, 1 + n), !r->prolog_tags) : NAMES_ROOT_NONE;
	if (root == r->wanted) {
		r->state = IN_CONTENT;
		r->found = REPAIR_ROOT;
		return 0;
	}
	if (root == NAMES_ROOT_OPML || root == NAMES_ROOT_FEED)
		return give_up(r, root == NAMES_ROOT_OPML ? REPAIR_OPML : REPAIR_FEED);
	if (root == NAMES_ROOT_PAGE)
		r->page = true;
	r->prolog_tags = r->prolog_tags || n > 0;
	end = str_find(str_sub(s, 1, s.n), '<');
	return end == SIZE_MAX ? 1 : end + 1;
}

static size_t step_prolog(struct repair *r, struct str s)
{
	size_t n = str_find(s, '<');

	if (n != 0)
		return n == SIZE_MAX ? s.n : n;
	if (r->prolog > PROLOG_MAX)
		return give_up(r, REPAIR_OTHER);
	if (s.n < 2)
		return r->last ? 1 : STEP_MORE;
	n = s.p[1] == '!' || s.p[1] == '?' ? markup(r, s) : prolog_tag(r, s);
	return n == STEP_LITERAL ? 1 : n;
}

static size_t step(struct repair *r, struct str s)
{
	switch (r->state) {
	case IN_PROLOG: return step_prolog(r, s);
	case IN_CONTENT: return step_content(r, s);
	case IN_CDATA: return step_cdata(r, s);
	case IN_COMMENT: return step_past(r, s, "-->", 3);
	case IN_INSTRUCTION: return step_instruction(r, s);
	case IN_NOTHING: break;
	}
	return s.n;
}

static void run_steps(struct repair *r, struct str s, size_t *used)
{
	size_t n;

	for (*used = 0; *used < s.n && r->rc == ERR_NONE; *used += n) {
		bool before = r->found == REPAIR_NOTHING;

		n = step(r, str_sub(s, *used, s.n));
		if (n == STEP_MORE)
			break;
		if (before)
			r->prolog += n;
	}
}

enum err repair_push(struct repair *r, struct str in, bool last, struct repaired *out, size_t *used)
{
	r->out = out;
	r->last = last;
	run_steps(r, in, used);
	if (last && r->found == REPAIR_NOTHING)
		give_up(r, REPAIR_OTHER);
	return r->rc;
}
