/* Inline: text with its white space, styles, links and their numbers. Blocks are in rich_build.c.
 */
#include "lede/text/rich_build.h"

#include <stdio.h>
#include <string.h>

#include "lede/base/hash.h"
#include "lede/text/display.h"
#include "lede/text/unicode.h"
#include "lede/text/url.h"
#include "lede/text/utf8.h"
#include "lede/text/width.h"

#define SCRIPT_PART (16 << 10) /* bytes converted at once, each of which takes as long as */
#define SCRIPT_WORK 8           /* these many that are not */
#define LINK_WORK 512  /* a link takes as long as that many bytes of text */
#define LINKS_MAX 9999 /* beyond it links have no number */

static uint32_t here(const struct build *b)
{
	return (uint32_t)b->doc->text.n;
}

/* ---- text and runs ---- */

void build_run(struct build *b, uint16_t style, uint16_t link)
{
	struct rich *r = b->doc;
	struct rich_run *last = r->nruns > 0 ? &r->runs[r->nruns - 1] : NULL;

	if (last != NULL && last->style == style && last->link == link)
		return;
	if (last != NULL && last->from == here(b)) {
		last->style = style;
		last->link = link;
		return;
	}
	r->runs = mem_grow(r->runs, &r->runs_cap, r->nruns + 1, sizeof *r->runs);
	r->runs[r->nruns++] = (struct rich_run){ here(b), style, link };
}

static void set_current_run(struct build *b)
{
	build_run(b, b->style, b->link);
}

void build_raw(struct build *b, struct str s)
{
	(void)buf_add(&b->doc->text, s);
}

bool build_block_is_empty(const struct build *b)
{
	return here(b) == b->from;
}

static char last_byte(const struct build *b)
{
	return build_block_is_empty(b) ? '\0' : b->doc->text.p[b->doc->text.n - 1];
}

static void put_blank(struct build *b)
{
	char last = last_byte(b);

	if (last != '\0' && last != ' ' && last != '\n')
		build_raw(b, STR(" "));
}

static uint32_t last_character(const struct build *b)
{
	struct str s = buf_view(&b->doc->text);
	size_t at = s.n, n;

	if (build_block_is_empty(b))
		return 0;
	do
		at--;
	while (at > b->from && ((unsigned char)s.p[at] & 0xC0) == 0x80);
	return utf8_at(s, at, &n);
}

void build_cut(struct build *b, uint32_t at)
{
	struct rich *r = b->doc;

	buf_cut(&r->text, at);
	while (r->nruns > 0 && r->runs[r->nruns - 1].from > at)
		r->nruns--;
}

/* ---- numbers of links ---- */

void build_put_number(struct build *b)
{
	char text[16];
	uint16_t number = b->number_due;

	b->number_due = 0;
	if (number == 0)
		return;
	build_run(b, b->style & (uint16_t)~RICH_LINK, 0);
	put_blank(b);
	build_run(b, RICH_LINK_NUMBER, number);
	snprintf(text, sizeof text, "[%u]", number);
	build_raw(b, str_of(text));
	set_current_run(b);
}

static bool has_no_blanks_between_words(uint32_t cp)
{
	return unicode_is_han(cp) || unicode_is_kana(cp);
}

/* A number waits for the end of the word that the link is the beginning of, and is not glued to
 * Han. */
static void put_number_before(struct build *b, uint32_t next)
{
	if (b->number_due == 0 || (next < 0x80 && ascii_is_alnum((char)next)))
		return;
	build_put_number(b);
	if (has_no_blanks_between_words(next))
		b->blank_due = true;
}

/* ---- white space ---- */

/* A blank between two words has the styles that both have: none is underlined beyond its word. */
static void set_blank_run(struct build *b)
{
	const struct rich *r = b->doc;
	struct rich_run last = { 0 };

	if (r->nruns > 0)
		last = r->runs[r->nruns - 1];
	build_run(b, b->style & last.style, b->link == last.link ? b->link : 0);
}

/* A line end of the source between two characters of a script without blanks is no blank
 * (CSS Text 3, 4.1.2). */
static void put_due_blank(struct build *b, uint32_t next)
{
	bool due = b->blank_due;

	if (due && b->blank_of_word && next < 0x80 && strchr(",.;:!?)]}", (int)next) != NULL)
		due = false;
	if (due && b->blank_was_line_end)
		due = !unicode_is_wide(next) || !has_no_blanks_between_words(last_character(b));
	if (due) {
		set_blank_run(b);
		put_blank(b);
	}
	b->blank_due = b->blank_was_line_end = b->blank_of_word = false;
}

/* White space of HTML and the no-break space: bytes it takes, or 0. */
static size_t space_at(struct str s, size_t i)
{
	if (ascii_is_space(s.p[i]))
		return 1;
	return i + 1 < s.n && s.p[i] == '\302' && s.p[i + 1] == '\240' ? 2 : 0;
}

static size_t skip_space(struct build *b, struct str s, size_t i)
{
	size_t n;

	for (; i < s.n && (n = space_at(s, i)) > 0; i += n) {
		b->blank_due = true;
		b->blank_of_word = false;
		b->blank_was_line_end |= s.p[i] == '\n' || s.p[i] == '\r';
	}
	return i;
}

/* The words up to one that stands after a line end; blanks between them made single in `form`. */
static size_t take_words(struct build *b, struct str s, size_t i)
{
	size_t n;

	buf_clear(&b->form);
	while (i < s.n) {
		size_t from = i;

		while (i < s.n && space_at(s, i) == 0)
			i++;
		(void)buf_add(&b->form, str_sub(s, from, i));
		for (n = i; n < s.n && (s.p[n] == ' ' || s.p[n] == '\t');)
			n++;
		if (n == i || n == s.n || space_at(s, n) > 0)
			break;
		(void)buf_add_char(&b->form, ' ');
		i = n;
	}
	return i;
}

/* ---- glosses ---- */

/* Moves the runs that begin up to `to` by `by` bytes; those inside of from..to begin at `from`. */
static size_t move_runs(struct rich *r, size_t run, size_t from, size_t to, size_t by)
{
	for (; run < r->nruns && r->runs[run].from < to; run++)
		r->runs[run].from =
		        (uint32_t)((r->runs[run].from > from ? from : r->runs[run].from) - by);
	return run;
}

/* A reading may be spread over tags, so it is looked for when the block is whole. In one pass over
 * the text from the first gloss on; runs that are empty now stay, the one after them is found. */
static void take_glosses_out(struct build *b)
{
	struct rich *r = b->doc;
	struct str s = buf_view(&r->text);
	size_t kept = b->from, to = b->from, run = rich_run_at(r, b->from), start, end;

	while (display_find_gloss(s, kept, &start, &end)) {
		run = move_runs(r, run, start, end, kept - to);
		memmove(r->text.p + to, r->text.p + kept, start - kept);
		to += start - kept;
		kept = end;
	}
	move_runs(r, run, s.n, SIZE_MAX, kept - to);
	memmove(r->text.p + to, r->text.p + kept, s.n - kept);
	buf_cut(&r->text, to + s.n - kept);
}

enum err build_line(const struct build *b, struct str s, struct buf *out)
{
	struct buf plain = buf_limited(s.n), other = buf_limited(s.n * 4 + 64);
	enum err rc;

	if (b->hide_glosses && display_without_glosses(s, &plain) == ERR_NONE)
		s = buf_view(&plain);
	if (b->convert != CONVERT_NO && converter_run(b->converter, b->convert, s, &other))
		s = buf_view(&other);
	rc = display_line(s, out);
	buf_free(&plain);
	buf_free(&other);
	return rc;
}

/* ---- scripts ---- */

/* A long text is parted behind a full stop, where no word can go on. */
static size_t end_of_script_part(struct str s)
{
	size_t n = utf8_cut(s, SCRIPT_PART);

	if (n == s.n)
		return n;
	for (size_t i = n; i > n / 2; i--)
		if (str_starts(str_sub(s, i, s.n), "。"))
			return i + sizeof "。" - 1;
	return n;
}

static void add_in_script(struct build *b, struct str s)
{
	while (s.n > 0) {
		size_t n = end_of_script_part(s);

		if (build_has_done(b, n * SCRIPT_WORK))
			build_raw(b, str_sub(s, 0, n));
		else if (converter_run(b->converter, b->convert, str_sub(s, 0, n), &b->doc->text))
			b->doc->was_converted = true;
		s = str_sub(s, n, s.n);
	}
}

/* Run by run: each begins where the one before ends now. */
void build_script(struct build *b)
{
	struct rich *r = b->doc;
	uint32_t from = b->from, size = here(b) - from, at = 0;
	struct str old;

	if (b->convert == CONVERT_NO || b->kind == RICH_CODE_BLOCK)
		return;
	buf_clear(&b->form);
	(void)buf_add(&b->form, rich_text(r, from, from + size));
	old = buf_view(&b->form);
	buf_cut(&r->text, from);
	for (size_t run = rich_run_at(r, from); at < size; run++) {
		bool last = run + 1 >= r->nruns || r->runs[run + 1].from - from >= size;
		uint32_t end = last ? size : r->runs[run + 1].from - from;

		if (at > 0)
			r->runs[run].from = here(b);
		add_in_script(b, str_sub(old, at, end));
		at = end;
	}
}

void build_glosses(struct build *b)
{
	struct str s = rich_text(b->doc, b->from, here(b));
	size_t start, end;

	if (b->kind == RICH_CODE_BLOCK ||
	    (str_find(s, '(') == SIZE_MAX && str_find_str(s, STR("（")) == SIZE_MAX) ||
	    !display_find_gloss(s, 0, &start, &end))
		return;
	b->doc->had_glosses = true;
	if (b->hide_glosses)
		take_glosses_out(b);
}

/* ---- adding ---- */

static void add_words(struct build *b, struct str words)
{
	size_t n;
	uint32_t first = utf8_at(words, 0, &n);

	put_number_before(b, first);
	put_due_blank(b, first);
	set_current_run(b);
	(void)display_body(words, &b->doc->text);
}

/* The rest of a word whose first letters were a link, so that the number can stand after it. */
static struct str add_rest_of_word(struct build *b, struct str s)
{
	size_t n = 0;

	while (b->number_due != 0 && n < s.n && ascii_is_alnum(s.p[n]))
		n++;
	if (n == 0)
		return s;
	add_words(b, str_sub(s, 0, n));
	return str_sub(s, n, s.n);
}

static void add_prose(struct build *b, struct str s)
{
	size_t i = 0;

	if (!b->blank_due)
		s = add_rest_of_word(b, s);
	while (i < s.n) {
		i = skip_space(b, s, i);
		if (b->blank_due)
			build_put_number(b);
		if (i == s.n)
			break;
		i = take_words(b, s, i);
		add_words(b, buf_view(&b->form));
	}
}

/* Code keeps its blanks; tabs go to the next multiple of 8 of the line, whatever tags stand in it.
 */
static void add_code_piece(struct build *b, struct str piece)
{
	uint32_t from = here(b);

	set_current_run(b);
	(void)display_body(piece, &b->doc->text);
	b->column += text_cells(rich_text(b->doc, from, here(b)), 1);
}

static void add_code_sign(struct build *b, char c)
{
	if (c == '\n') {
		build_raw(b, STR("\n"));
		b->column = 0;
		return;
	}
	do
		build_raw(b, STR(" "));
	while (++b->column % 8 != 0);
}

static void add_code(struct build *b, struct str s)
{
	size_t from = 0;

	build_put_number(b);
	for (size_t i = 0; i < s.n; i++) {
		bool pair = s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n';

		if (s.p[i] != '\n' && s.p[i] != '\t' && s.p[i] != '\r')
			continue;
		add_code_piece(b, str_sub(s, from, i));
		add_code_sign(b, s.p[i] == '\t' ? '\t' : '\n');
		i += pair;
		from = i + 1;
	}
	add_code_piece(b, str_sub(s, from, s.n));
}

void build_text(struct build *b, struct str s)
{
	if (s.n == 0)
		return;
	if (b->kind == RICH_CODE_BLOCK)
		add_code(b, s);
	else
		add_prose(b, s);
}

void build_word(struct build *b, struct str s, uint16_t style)
{
	build_put_number(b);
	if (b->blank_due || (last_byte(b) != '(' && last_byte(b) != '['))
		put_blank(b);
	build_run(b, b->style | style, b->link);
	(void)display_line(s, &b->doc->text);
	set_current_run(b);
	b->blank_due = b->blank_of_word = true;
	b->blank_was_line_end = false;
}

bool build_plain_line(struct build *b, struct str line)
{
	uint32_t before = here(b), from;

	if (!build_block_is_empty(b))
		build_raw(b, STR("\n"));
	from = here(b);
	set_current_run(b);
	(void)display_body(line, &b->doc->text);
	if (!build_is_blank(rich_text(b->doc, from, here(b))))
		return true;
	build_cut(b, before);
	return false;
}

static void trim_blanks(struct build *b)
{
	uint32_t n = here(b);

	while (n > b->from && b->doc->text.p[n - 1] == ' ')
		n--;
	build_cut(b, n);
}

void build_line_end(struct build *b)
{
	build_put_number(b);
	trim_blanks(b);
	b->blank_due = false;
	if (!build_block_is_empty(b))
		build_raw(b, STR("\n"));
}

/* ---- styles and links ---- */

void build_style(struct build *b, uint16_t style, bool on)
{
	for (int bit = 0; bit < BUILD_STYLES; bit++) {
		uint16_t mask = (uint16_t)(1u << bit);

		if (!(style & mask))
			continue;
		b->depth[bit] += on ? 1 : b->depth[bit] > 0 ? -1 : 0;
		b->style = b->depth[bit] > 0 ? b->style | mask : b->style & (uint16_t)~mask;
	}
}

static uint16_t known_link(const struct build *b, struct str url, uint64_t hash)
{
	uint64_t number;

	if (!map_get(b->urls, hash, &number) || !str_eq(b->doc->links[number - 1].url, url))
		return 0;
	return (uint16_t)number;
}

/* The number of an address; its link has no text yet when it is new. 0 when there are too many. */
static uint16_t number_of(struct build *b, struct str url)
{
	struct rich *r = b->doc;
	uint64_t hash = hash64(url);
	uint16_t known = known_link(b, url, hash);

	if (known != 0 || r->nlinks >= LINKS_MAX)
		return known;
	r->links = mem_grow(r->links, &r->links_cap, r->nlinks + 1, sizeof *r->links);
	r->links[r->nlinks++] = (struct rich_link){
		.url = { arena_copy(r->arena, url.p, url.n), url.n },
	};
	map_put(b->urls, hash, r->nlinks);
	return (uint16_t)r->nlinks;
}

void build_link_start(struct build *b, struct str url)
{
	struct buf whole = buf_limited(8 << 10);

	build_has_done(b, LINK_WORK);
	build_link_end(b);
	b->link_from = here(b);
	if (url_resolve(b->base, url, &whole) == ERR_NONE && url_is_web(buf_view(&whole)))
		b->link = number_of(b, buf_view(&whole));
	buf_free(&whole);
	if (b->link != 0)
		build_style(b, RICH_LINK, true);
}

static void name_link(struct build *b)
{
	struct rich *r = b->doc;
	struct rich_link *link = &r->links[b->link - 1];
	struct buf text = buf_limited(512);
	struct str all = rich_text(r, b->link_from, here(b));

	if (link->text.n == 0 &&
	    build_line(b, str_sub(all, 0, utf8_cut(all, 500)), &text) == ERR_NONE)
		link->text = (struct str){ arena_copy(r->arena, buf_cstr(&text), text.n), text.n };
	buf_free(&text);
}

/* A link that nobody has seen has no number: the next one gets it. */
static void forget_last_link(struct build *b)
{
	struct rich *r = b->doc;

	if (b->link != r->nlinks || r->links[b->link - 1].text.n > 0)
		return;
	map_remove(b->urls, hash64(r->links[b->link - 1].url));
	r->nlinks--;
}

/* Where a line ended inside the link, behind its words, the number stands before that end. */
static void number_before_line_end(struct build *b)
{
	int ends = 0;

	if (b->kind == RICH_CODE_BLOCK)
		return;
	while (last_byte(b) == '\n' && here(b) > b->link_from + 1) {
		build_cut(b, here(b) - 1);
		ends++;
	}
	if (ends > 0)
		build_put_number(b);
	for (; ends > 0; ends--)
		build_raw(b, STR("\n"));
}

void build_link_end(struct build *b)
{
	uint16_t number = b->link;

	if (number == 0)
		return;
	if (here(b) > b->link_from) {
		name_link(b);
		b->number_due = number;
		number_before_line_end(b);
	} else {
		forget_last_link(b);
	}
	b->link = 0;
	build_style(b, RICH_LINK, false);
}

void build_number_open_link(struct build *b)
{
	if (b->link == 0 || here(b) <= b->link_from)
		return;
	name_link(b);
	b->number_due = b->link;
}
