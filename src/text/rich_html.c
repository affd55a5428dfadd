/* HTML is read as a row of tags; what is open stands on a stack of bounded depth, and nothing
 * recurses. */
#include "lede/text/rich_parser.h"

#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"
#include "lede/text/html.h"
#include "lede/text/utf8.h"

#define VALUE_MAX (64 << 10)
#define TEXT_PART (64 << 10) /* of a text, taken at once */
#define ENTITY_MAX 64        /* bytes of the longest, escaped twice or thrice */
#define TAG_WORK 16          /* a tag takes as long as that many bytes of text */

/* ---- the stack ---- */

static void close_element(struct parser *p, const struct open *o)
{
	if (o->element->flags & IS_BLOCK)
		build_block_end(&p->b);
	if (o->element->end != NULL)
		o->element->end(p, o);
	if (o->element->style != 0)
		build_style(&p->b, o->element->style, false);
}

static void close_down_to(struct parser *p, size_t depth)
{
	while (p->depth > depth) {
		struct open o = p->stack[--p->depth];

		if (o.element != NULL)
			close_element(p, &o);
	}
}

static unsigned flags_at(const struct parser *p, size_t i)
{
	return p->stack[i].element != NULL ? p->stack[i].element->flags : 0;
}

/* A tag inside a table closes nothing outside of it; inside a cell, only parts of its table. */
static bool hides(unsigned flags, const struct element *e)
{
	const unsigned parts = IS_TABLE | IS_ROWS | IS_ROW | IS_CELL;

	return (flags & IS_TABLE) || ((flags & IS_CELL) && !(e->flags & parts));
}

/* Where the innermost open element of this kind is on the stack, or SIZE_MAX. */
static size_t find_open(const struct parser *p, const struct element *e)
{
	for (size_t i = p->depth; i > 0; i--) {
		if (p->stack[i - 1].element == e)
			return i - 1;
		if (hides(flags_at(p, i - 1), e))
			break;
	}
	return SIZE_MAX;
}

/* Closes the innermost open element with one of these flags, unless one of `stop` stands in
 * between. */
static void close_open(struct parser *p, unsigned flags, unsigned stop)
{
	for (size_t i = p->depth; i > 0 && !(flags_at(p, i - 1) & stop); i--) {
		if (!(flags_at(p, i - 1) & flags))
			continue;
		close_down_to(p, i - 1);
		return;
	}
}

static bool has_block_above(const struct parser *p, size_t i)
{
	for (i++; i < p->depth; i++)
		if (flags_at(p, i) & IS_BLOCK)
			return true;
	return false;
}

/* </b> where <b> stands outside of a block that is still open: only the style ends. */
static void close_around(struct parser *p, size_t i)
{
	struct open o = p->stack[i];

	p->stack[i].element = NULL;
	close_element(p, &o);
}

/* ---- end tags that are left out ---- */

static void close_implied(struct parser *p, const struct element *e)
{
	static const struct {
		unsigned starts, ends, stop;
	} rules[] = {
		{ IS_BLOCK, IS_P, IS_TABLE | IS_CELL },
		{ IS_HEADING, IS_HEADING, IS_TABLE | IS_CELL | IS_ITEM | IS_QUOTE },
		{ IS_ITEM, IS_ITEM, IS_LIST | IS_TABLE | IS_CELL | IS_QUOTE },
		{ IS_TERM, IS_TERM, IS_LIST | IS_TABLE | IS_CELL },
		{ IS_ROWS, IS_ROWS, IS_TABLE },
		{ IS_ROW, IS_ROW, IS_TABLE },
		{ IS_CELL, IS_CELL, IS_TABLE },
		{ IS_RUBY_TEXT, IS_RUBY_TEXT, IS_RUBY | IS_BLOCK },
	};

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (e->flags & rules[i].starts)
			close_open(p, rules[i].ends, rules[i].stop);
}

/* ---- what is passed over ---- */

/* An element without an end would take the rest of the text with it; it is looked for once in vain
 * at most. */
static bool has_end(struct parser *p, const struct element *e)
{
	size_t i = element_index(e);
	struct str rest = str_sub(p->reader.in, p->reader.at, p->reader.in.n);
	char tag[16] = "</";

	if (p->endless[i / 64] >> i % 64 & 1)
		return false;
	strncat(tag, e->name, sizeof tag - 3);
	if (str_find_nocase(rest, str_of(tag)) != SIZE_MAX)
		return true;
	p->endless[i / 64] |= (uint64_t)1 << i % 64;
	return false;
}

/* False when there is nothing to pass over. */
static bool drop(struct parser *p, const struct element *e, const struct html_token *t)
{
	bool ends = p->reader.inside.n > 0 || (e->flags & IS_P) || has_end(p, e);

	if (t->closed || (e->flags & IS_VOID) || !ends)
		return false;
	p->dropped = e;
	p->dropped_depth = 1;
	return true;
}

/* True while the tag belongs to what is passed over. */
static bool pass_over(struct parser *p, const struct element *e, const struct html_token *t)
{
	if (p->dropped == NULL)
		return false;
	if ((p->dropped->flags & IS_P) && t->kind == HTML_START && e != NULL &&
	    (e->flags & IS_BLOCK)) {
		p->dropped = NULL;
		return false;
	}
	if (e == p->dropped)
		p->dropped_depth += t->kind == HTML_END ? -1 : !t->closed;
	if (p->dropped_depth == 0)
		p->dropped = NULL;
	return true;
}

/* ---- tokens ---- */

/* Blocks inside code are lines of it; the cell around it ends it all the same. */
static bool is_line_of_code(const struct parser *p, const struct element *e)
{
	const unsigned others = IS_CODE | IS_TABLE | IS_ROWS | IS_ROW | IS_CELL;

	return p->b.kind == RICH_CODE_BLOCK && (e->flags & IS_BLOCK) && !(e->flags & others);
}

static void open_element(struct parser *p, const struct element *e, const struct html_token *t)
{
	struct open o = { .element = e, .outer = RICH_NONE, .list = RICH_NONE };

	if (e->start != NULL)
		e->start(p, t, &o);
	if (e->flags & (IS_VOID | IS_DROPPED))
		return;
	if (e->style != 0)
		build_style(&p->b, e->style, true);
	p->stack[p->depth++] = o;
}

static void start_tag(struct parser *p, const struct element *e, const struct html_token *t)
{
	if (element_is_hidden(t) && ((e->flags & IS_VOID) || drop(p, e, t)))
		return;
	if (is_line_of_code(p, e))
		return;
	close_implied(p, e);
	if (e->flags & IS_LINK)
		close_open(p, IS_LINK, IS_TABLE | IS_CELL | IS_BLOCK);
	if (e->flags & IS_BLOCK)
		build_block_end(&p->b);
	if (p->depth < PARSER_DEPTH || (e->flags & (IS_VOID | IS_DROPPED)))
		open_element(p, e, t);
	if (e->flags & IS_DROPPED)
		(void)drop(p, e, t);
}

static void end_tag(struct parser *p, const struct element *e, const struct html_token *t)
{
	size_t i;

	if (is_line_of_code(p, e)) {
		build_text(&p->b, STR("\n"));
		return;
	}
	if (str_eq_nocase(t->name, STR("br"))) {
		e->start(p, t, NULL);
		return;
	}
	i = find_open(p, e);
	if (i == SIZE_MAX && (e->flags & IS_BLOCK))
		build_block_end(&p->b);
	else if (i != SIZE_MAX && !(e->flags & IS_BLOCK) && has_block_above(p, i))
		close_around(p, i);
	else if (i != SIZE_MAX)
		close_down_to(p, i);
}

/* Many feeds escape once too often: what is left of entities in prose is resolved again. */
static struct str without_entities(struct parser *p, struct str s)
{
	struct str once;

	if (str_find(s, '&') == SIZE_MAX)
		return s;
	buf_clear(&p->text);
	(void)html_unescape(s, &p->text);
	once = buf_view(&p->text);
	if (p->b.kind == RICH_CODE_BLOCK || (p->b.style & RICH_CODE) ||
	    str_find(once, '&') == SIZE_MAX)
		return once;
	buf_clear(&p->value);
	if (html_unescape(once, &p->value) != ERR_NONE)
		return once;
	return buf_view(&p->value);
}

/* Where a long text may be parted: behind white space, else between characters, but not in an
 * entity. */
static size_t end_of_part(struct str s)
{
	size_t n = utf8_cut(s, TEXT_PART), at = n;

	if (n == s.n)
		return n;
	while (at > 0 && !ascii_is_space(s.p[at - 1]))
		at--;
	if (at > 0)
		return at;
	for (at = n; at > n - ENTITY_MAX && s.p[at - 1] != '&' && s.p[at - 1] != ';';)
		at--;
	return s.p[at - 1] == '&' ? at - 1 : n;
}

static void take_text(struct parser *p, const struct html_token *t)
{
	struct str rest = t->text;

	while (p->silent == 0 && p->dropped == NULL && rest.n > 0 && !p->b.given_up) {
		size_t n = end_of_part(rest);
		struct str part = str_sub(rest, 0, n);

		build_text(&p->b, t->literal ? part : without_entities(p, part));
		rest = str_sub(rest, n, rest.n);
		build_has_done(&p->b, n);
	}
}

static void take_tag(struct parser *p, const struct html_token *t)
{
	const struct element *e = element_named(t->name);

	if (pass_over(p, e, t) || e == NULL)
		return;
	if (t->kind == HTML_START)
		start_tag(p, e, t);
	else
		end_tag(p, e, t);
}

static void parse(struct parser *p, struct str html)
{
	struct html_token t;

	p->reader = html_reader_of(html);
	while (!build_has_done(&p->b, TAG_WORK) && html_next(&p->reader, &t)) {
		if (t.kind == HTML_TEXT)
			take_text(p, &t);
		else if (t.kind != HTML_DOCTYPE)
			take_tag(p, &t);
	}
	close_down_to(p, 0);
}

/* ---- fragments that were escaped as a whole ---- */

static bool begins_known_tag(struct str s)
{
	size_t n = 0;

	s = str_sub(s, str_starts(s, "/"), s.n);
	while (n < s.n && n < 12 && ascii_is_alnum(s.p[n]))
		n++;
	return element_named(str_sub(s, 0, n)) != NULL;
}

/* Not one tag, but what becomes tags when entities are resolved: "&lt;p&gt;Hello&lt;/p&gt;". The
 * beginning tells. */
static bool is_escaped(struct str html)
{
	struct html_reader r = html_reader_of(str_sub(html, 0, TEXT_PART));
	struct html_token t;
	bool found = false;

	while (html_next(&r, &t)) {
		if (t.kind != HTML_TEXT)
			return false;
		for (size_t i = 0, n; !found && (n = str_find_str(str_sub(t.text, i, t.text.n),
								  STR("&lt;"))) != SIZE_MAX;) {
			i += n + 4;
			found = begins_known_tag(str_sub(t.text, i, t.text.n));
		}
	}
	return found;
}

static bool unescape_all(struct parser *p, struct str html, struct buf *out)
{
	while (html.n > 0 && !build_has_done(&p->b, TEXT_PART)) {
		size_t n = end_of_part(html);

		if (html_unescape(str_sub(html, 0, n), out) != ERR_NONE)
			return false;
		html = str_sub(html, n, html.n);
	}
	return true;
}

struct rich *rich_from_html(struct str html, const struct rich_options *o)
{
	struct parser *p = mem_new(sizeof *p);
	struct buf once = buf_limited(html.n * 2 + 64);
	struct rich *r;

	build_start(&p->b, o);
	p->b.drop_separators = true;
	p->stray = RICH_NONE;
	p->value = buf_limited(html.n * 4 + VALUE_MAX);
	p->text = buf_limited(html.n * 4 + VALUE_MAX);
	if (is_escaped(html) && unescape_all(p, html, &once))
		html = buf_view(&once);
	parse(p, html);
	r = build_finish(&p->b);
	buf_free(&once);
	buf_free(&p->value);
	buf_free(&p->text);
	free(p);
	return r;
}
