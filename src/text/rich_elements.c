/* Each element is a row of the table at the end: what it is, the style of its text, how it opens
 * and closes. */
#include "lede/text/rich_parser.h"

#include <stdlib.h>
#include <string.h>

#include "lede/text/html.h"
#include "lede/text/unicode.h"
#include "lede/text/utf8.h"

/* ---- values ---- */

bool element_attribute(struct parser *p, const struct html_token *t, const char *name,
		       struct str *out)
{
	struct str raw;

	if (!html_attribute_of(t, name, &raw))
		return false;
	buf_clear(&p->value);
	if (html_unescape(raw, &p->value) != ERR_NONE)
		return false;
	*out = str_trim(buf_view(&p->value));
	return true;
}

int element_number(const struct html_token *t, const char *name, int otherwise)
{
	struct str s;
	int value = 0;
	size_t i = 0;

	if (!html_attribute_of(t, name, &s))
		return otherwise;
	s = str_trim(s);
	for (; i < s.n && i < 7 && ascii_is_digit(s.p[i]); i++)
		value = value * 10 + (s.p[i] - '0');
	return i > 0 ? value : otherwise;
}

bool element_style_has(const struct html_token *t, const char *what)
{
	struct str style;

	return html_attribute_of(t, "style", &style) &&
	       str_find_nocase(style, str_of(what)) != SIZE_MAX;
}

bool element_is_hidden(const struct html_token *t)
{
	struct str value;

	return html_attribute_of(t, "hidden", &value) || element_style_has(t, "display:none") ||
	       element_style_has(t, "display: none");
}

/* ---- quotes and links ---- */

static void quote_start(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)t;
	o->outer = build_margin(&p->b, RICH_NONE, 0);
	build_style(&p->b, RICH_QUOTE, true);
}

static void quote_end(struct parser *p, const struct open *o)
{
	build_margin_end(&p->b, o->outer);
	build_style(&p->b, RICH_QUOTE, false);
}

static void link_start(struct parser *p, const struct html_token *t, struct open *o)
{
	struct str href;

	o->from = (uint32_t)p->b.doc->text.n;
	if (element_attribute(p, t, "href", &href) && href.n > 0 && href.p[0] != '#')
		build_link_start(&p->b, href);
}

/* The arrow by which a note leads back to its text, and the sign behind a heading that leads to
 * itself, lead nowhere here. */
static bool is_mark_for_pages(struct str s)
{
	static const char *const marks[] = { "↩", "↩︎", "↑", "^", "⏎", "#", "¶", "🔗" };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_is(s, marks[i]))
			return true;
	return false;
}

static void link_end(struct parser *p, const struct open *o)
{
	struct build *b = &p->b;

	if (b->link == 0 && o->from >= b->from &&
	    is_mark_for_pages(str_trim(rich_text(b->doc, o->from, (uint32_t)b->doc->text.n))))
		build_cut(b, o->from);
	build_link_end(b);
}

/* ---- the rest of the elements ---- */

static void heading_start(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)t, (void)o;
	p->b.block_style |= RICH_HEADING;
}

static void heading_end(struct parser *p, const struct open *o)
{
	(void)o;
	p->b.block_style &= (uint16_t)~RICH_HEADING;
}

static void code_block_start(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)t, (void)o;
	p->b.kind = RICH_CODE_BLOCK;
}

/* One br is a line end, a second one right after it parts paragraphs. */
static void break_start(struct parser *p, const struct html_token *t, struct open *o)
{
	struct build *b = &p->b;

	(void)t, (void)o;
	if (b->kind == RICH_CODE_BLOCK)
		build_text(b, STR("\n"));
	else if (!build_block_is_empty(b) && b->doc->text.p[b->doc->text.n - 1] == '\n')
		build_block_end(b);
	else
		build_line_end(b);
}

static void figure_start(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)t;
	o->outer = (uint32_t)p->b.doc->nblocks;
}

/* A caption stands right under what it belongs to, when that came first. */
static void caption_start(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)t, (void)o;
	for (size_t i = p->depth; i > 0; i--) {
		const struct open *figure = &p->stack[i - 1];

		if (figure->element == NULL || !(figure->element->flags & IS_FIGURE))
			continue;
		p->b.gap = p->b.doc->nblocks == figure->outer;
		return;
	}
}

static void caption_end(struct parser *p, const struct open *o)
{
	(void)o;
	p->b.gap = 1;
}

static void quotation_start(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)t, (void)o;
	build_text(&p->b, STR("“"));
}

static void quotation_end(struct parser *p, const struct open *o)
{
	(void)o;
	build_text(&p->b, STR("”"));
}

/* The text that follows, whatever tags stand before it. */
static struct str next_text(const struct parser *p)
{
	struct html_reader ahead = p->reader;
	struct html_token t;

	for (int i = 0; i < 4 && html_next(&ahead, &t); i++)
		if (t.kind == HTML_TEXT)
			return t.text;
	return (struct str){ 0 };
}

/* Raised digits and sums would join what is before them; raised letters (1st, Mme) read well as
 * they are. */
static void raised_start(struct parser *p, const struct html_token *t, struct open *o)
{
	struct str s = str_trim(next_text(p));

	(void)t, (void)o;
	if (s.n == 0 || build_block_is_empty(&p->b) || p->b.blank_due)
		return;
	if (ascii_is_digit(s.p[0]) || s.p[0] == '+' || s.p[0] == '-' || str_starts(s, "−") ||
	    str_is(s, "n") || str_find(s, '+') != SIZE_MAX)
		build_text(&p->b, STR("^"));
}

/* ---- ruby ---- */

static void reading_start(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)t;
	p->b.blank_due = false;
	o->from = (uint32_t)p->b.doc->text.n;
	build_text(&p->b, STR("("));
}

static bool is_latin(struct str s)
{
	size_t n;

	for (size_t i = 0; i < s.n; i += n) {
		uint32_t cp = utf8_at(s, i, &n);

		if (unicode_is_han(cp) || unicode_is_kana(cp) || unicode_is_hangul(cp) ||
		    (cp >= 0x3100 && cp < 0x3130))
			return false;
	}
	return true;
}

/* A reading in Latin letters is a gloss; one in kana is part of the text. */
static void reading_end(struct parser *p, const struct open *o)
{
	struct build *b = &p->b;
	struct str reading;

	if (o->from < b->from)
		return;
	reading = rich_text(b->doc, o->from, (uint32_t)b->doc->text.n);
	if (reading.n <= 1) {
		build_cut(b, o->from);
		return;
	}
	if (is_latin(reading)) {
		b->doc->had_glosses = true;
		if (b->hide_glosses) {
			build_cut(b, o->from);
			return;
		}
	}
	b->blank_due = false;
	build_text(b, STR(")"));
}

static void fallback_start(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)t, (void)o;
	p->silent++;
}

static void fallback_end(struct parser *p, const struct open *o)
{
	(void)o;
	p->silent--;
}

/* ---- tables ---- */

static void open_table(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)t, (void)o;
	p->table = table_start(&p->b, p->table);
}

static void close_table(struct parser *p, const struct open *o)
{
	(void)o;
	p->table = table_end(p->table, &p->b);
}

static void row_start(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)t, (void)o;
	if (p->table != NULL)
		table_row(p->table, &p->b);
}

static void cell_start(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)o;
	if (p->table != NULL)
		table_cell(p->table, &p->b, ascii_lower(t->name.p[1]) == 'h',
			   element_number(t, "colspan", 1), element_number(t, "rowspan", 1));
}

static void cell_end(struct parser *p, const struct open *o)
{
	(void)o;
	if (p->table != NULL)
		table_cell_end(p->table, &p->b);
}

/* ---- the table of elements, sorted ---- */

static const struct element elements[] = {
	{ "a", IS_LINK, 0, link_start, link_end },
	{ "address", IS_BLOCK, 0, NULL, NULL },
	{ "area", IS_VOID, 0, NULL, NULL },
	{ "article", IS_BLOCK, 0, NULL, NULL },
	{ "aside", IS_BLOCK, 0, NULL, NULL },
	{ "audio", IS_BLOCK | IS_MEDIA, 0, media_start, media_end },
	{ "b", 0, RICH_STRONG, NULL, NULL },
	{ "base", IS_VOID, 0, NULL, NULL },
	{ "blockquote", IS_BLOCK | IS_QUOTE, 0, quote_start, quote_end },
	{ "body", IS_BLOCK, 0, NULL, NULL },
	{ "br", IS_VOID, 0, break_start, NULL },
	{ "button", IS_DROPPED, 0, NULL, NULL },
	{ "canvas", IS_DROPPED, 0, NULL, NULL },
	{ "caption", IS_BLOCK, 0, NULL, NULL },
	{ "center", IS_BLOCK, 0, NULL, NULL },
	{ "cite", 0, RICH_EMPHASIS, NULL, NULL },
	{ "code", 0, RICH_CODE, NULL, NULL },
	{ "col", IS_VOID, 0, NULL, NULL },
	{ "dd", IS_BLOCK | IS_TERM, 0, lists_definition_start, lists_item_end },
	{ "del", 0, RICH_STRIKE, NULL, NULL },
	{ "details", IS_BLOCK, 0, NULL, NULL },
	{ "dfn", 0, RICH_EMPHASIS, NULL, NULL },
	{ "dir", IS_BLOCK | IS_LIST, 0, lists_start, NULL },
	{ "div", IS_BLOCK, 0, NULL, NULL },
	{ "dl", IS_BLOCK | IS_LIST, 0, lists_terms_start, NULL },
	{ "dt", IS_BLOCK | IS_TERM, RICH_STRONG, lists_term_start, lists_term_end },
	{ "em", 0, RICH_EMPHASIS, NULL, NULL },
	{ "embed", IS_VOID, 0, media_frame_start, NULL },
	{ "fieldset", IS_BLOCK, 0, NULL, NULL },
	{ "figcaption", IS_BLOCK, RICH_EMPHASIS, caption_start, caption_end },
	{ "figure", IS_BLOCK | IS_FIGURE, 0, figure_start, NULL },
	{ "font", 0, 0, NULL, NULL },
	{ "footer", IS_BLOCK, 0, NULL, NULL },
	{ "form", IS_BLOCK, 0, NULL, NULL },
	{ "h1", IS_BLOCK | IS_HEADING, 0, heading_start, heading_end },
	{ "h2", IS_BLOCK | IS_HEADING, 0, heading_start, heading_end },
	{ "h3", IS_BLOCK | IS_HEADING, 0, heading_start, heading_end },
	{ "h4", IS_BLOCK | IS_HEADING, 0, heading_start, heading_end },
	{ "h5", IS_BLOCK | IS_HEADING, 0, heading_start, heading_end },
	{ "h6", IS_BLOCK | IS_HEADING, 0, heading_start, heading_end },
	{ "head", IS_BLOCK, 0, NULL, NULL },
	{ "header", IS_BLOCK, 0, NULL, NULL },
	{ "hr", IS_BLOCK | IS_VOID, 0, NULL, NULL },
	{ "html", IS_BLOCK, 0, NULL, NULL },
	{ "i", 0, RICH_EMPHASIS, NULL, NULL },
	{ "iframe", IS_DROPPED, 0, media_frame_start, NULL },
	{ "img", IS_VOID, 0, media_image_start, NULL },
	{ "input", IS_VOID, 0, NULL, NULL },
	{ "kbd", 0, RICH_CODE, NULL, NULL },
	{ "li", IS_BLOCK | IS_ITEM, 0, lists_item_start, lists_item_end },
	{ "link", IS_VOID, 0, NULL, NULL },
	{ "main", IS_BLOCK, 0, NULL, NULL },
	{ "mark", 0, RICH_STRONG, NULL, NULL },
	{ "menu", IS_BLOCK | IS_LIST, 0, lists_start, NULL },
	{ "meta", IS_VOID, 0, NULL, NULL },
	{ "nav", IS_BLOCK, 0, NULL, NULL },
	{ "noembed", IS_DROPPED, 0, NULL, NULL },
	{ "noframes", IS_DROPPED, 0, NULL, NULL },
	{ "noscript", IS_DROPPED, 0, NULL, NULL },
	{ "ol", IS_BLOCK | IS_LIST, 0, lists_start, lists_end },
	{ "option", IS_DROPPED, 0, NULL, NULL },
	{ "p", IS_BLOCK | IS_P, 0, NULL, NULL },
	{ "param", IS_VOID, 0, NULL, NULL },
	{ "pre", IS_BLOCK | IS_CODE, 0, code_block_start, NULL },
	{ "q", 0, 0, quotation_start, quotation_end },
	{ "rp", IS_RUBY_TEXT, 0, fallback_start, fallback_end },
	{ "rt", IS_RUBY_TEXT, 0, reading_start, reading_end },
	{ "ruby", IS_RUBY, 0, NULL, NULL },
	{ "s", 0, RICH_STRIKE, NULL, NULL },
	{ "samp", 0, RICH_CODE, NULL, NULL },
	{ "script", IS_DROPPED, 0, NULL, NULL },
	{ "section", IS_BLOCK, 0, NULL, NULL },
	{ "select", IS_DROPPED, 0, NULL, NULL },
	{ "small", 0, 0, NULL, NULL },
	{ "source", IS_VOID, 0, media_source_start, NULL },
	{ "span", 0, 0, NULL, NULL },
	{ "strike", 0, RICH_STRIKE, NULL, NULL },
	{ "strong", 0, RICH_STRONG, NULL, NULL },
	{ "style", IS_DROPPED, 0, NULL, NULL },
	{ "sub", 0, 0, NULL, NULL },
	{ "summary", IS_BLOCK, RICH_STRONG, NULL, NULL },
	{ "sup", 0, 0, raised_start, NULL },
	{ "svg", IS_DROPPED, 0, NULL, NULL },
	{ "table", IS_BLOCK | IS_TABLE, 0, open_table, close_table },
	{ "tbody", IS_BLOCK | IS_ROWS, 0, NULL, NULL },
	{ "td", IS_BLOCK | IS_CELL, 0, cell_start, cell_end },
	{ "template", IS_DROPPED, 0, NULL, NULL },
	{ "textarea", IS_DROPPED, 0, NULL, NULL },
	{ "tfoot", IS_BLOCK | IS_ROWS, 0, NULL, NULL },
	{ "th", IS_BLOCK | IS_CELL, 0, cell_start, cell_end },
	{ "thead", IS_BLOCK | IS_ROWS, 0, NULL, NULL },
	{ "title", IS_DROPPED, 0, NULL, NULL },
	{ "tr", IS_BLOCK | IS_ROW, 0, row_start, NULL },
	{ "track", IS_VOID, 0, NULL, NULL },
	{ "tt", 0, RICH_CODE, NULL, NULL },
	{ "u", 0, 0, NULL, NULL },
	{ "ul", IS_BLOCK | IS_LIST, 0, lists_start, NULL },
	{ "var", 0, RICH_EMPHASIS, NULL, NULL },
	{ "video", IS_BLOCK | IS_MEDIA, 0, media_start, media_end },
	{ "wbr", IS_VOID, 0, NULL, NULL },
	{ "xmp", IS_BLOCK | IS_CODE, 0, code_block_start, NULL },
};

const struct element *element_named(struct str name)
{
	size_t lo = 0, hi = sizeof elements / sizeof *elements;
	char lower[12];

	if (name.n >= sizeof lower)
		return NULL;
	for (size_t i = 0; i < name.n; i++)
		lower[i] = ascii_lower(name.p[i]);
	lower[name.n] = '\0';
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = strcmp(elements[mid].name, lower);

		if (order == 0)
			return &elements[mid];
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

size_t element_index(const struct element *e)
{
	_Static_assert(sizeof elements / sizeof *elements <= 128, "two words of bits");
	return (size_t)(e - elements);
}
