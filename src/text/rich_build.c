/* Blocks and margins, the beginning and the end. What stands in a block is in rich_inline.c. */
#include "lede/text/rich_build.h"

#include <stdio.h>
#include <string.h>

#include "lede/base/hash.h"
#include "lede/text/display.h"
#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "lede/text/width.h"

#define TEXT_MAX (1u << 30) /* bytes of a document; offsets have 32 bits */
#define MARGINS_MAX 32      /* quotes and lists in each other; deeper ones share the last margin */
#define WORK_UNASKED (64 << 10) /* bytes: a few milliseconds */
#define SHORT_ITEM 240      /* cells: an item that is longer wants air around it */

static uint32_t here(const struct build *b)
{
	return (uint32_t)b->doc->text.n;
}

/* ---- blocks ---- */

/* In code: empty lines at both ends, and blanks before line ends. */
static void trim_code(struct build *b)
{
	char *p = b->doc->text.p;
	uint32_t to = here(b), from = b->from;

	while (to > from && (p[to - 1] == '\n' || p[to - 1] == ' '))
		to--;
	build_cut(b, to);
	for (uint32_t i = from; i < to && (p[i] == '\n' || p[i] == ' '); i++)
		if (p[i] == '\n')
			b->from = i + 1;
}

static void trim_block(struct build *b)
{
	uint32_t to = here(b);

	if (b->kind == RICH_CODE_BLOCK) {
		trim_code(b);
		return;
	}
	while (to > b->from && (b->doc->text.p[to - 1] == '\n' || b->doc->text.p[to - 1] == ' '))
		to--;
	build_cut(b, to);
}

/* "* * *", "---": SCREENS shows a separator as the blank line that parts blocks anyway. */
static bool is_separator(struct str s)
{
	size_t signs = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ' ')
			continue;
		if (strchr("*-_=~#", s.p[i]) == NULL || s.p[i] == '\0')
			return false;
		signs++;
	}
	return signs > 2;
}

bool build_is_blank(struct str s)
{
	size_t n;

	for (size_t i = 0; i < s.n; i += n)
		if (!unicode_is_space(utf8_at(s, i, &n)))
			return false;
	return true;
}

/* The pane shows the title above; a body that begins with it again is spared it. */
static bool repeats_title(struct build *b, struct str s)
{
	struct buf line = buf_limited(s.n + 16);
	bool same = false;

	if (b->title.n > 0 && s.n < 4 * b->title.n + 64 && display_line(s, &line) == ERR_NONE)
		same = str_eq_nocase(buf_view(&line), buf_view(&b->title));
	buf_clear(&b->title);
	buf_free(&line);
	return same;
}

static bool is_worth_showing(struct build *b)
{
	struct str s = rich_text(b->doc, b->from, here(b));

	if (build_is_blank(s) ||
	    (b->drop_separators && b->kind == RICH_PARAGRAPH && is_separator(s)))
		return false;
	return !repeats_title(b, s);
}

static bool is_long(struct str s)
{
	return text_fit(s, SHORT_ITEM, 1, NULL) < s.n;
}

/* The item that holds the block becomes loose by a second block in it, or by a long one. */
static void count_in_margin(struct build *b, const struct rich_block *block)
{
	struct rich *r = b->doc;
	bool inner = true, loose = block->kind != RICH_PARAGRAPH;

	for (uint32_t m = block->margin; m != RICH_NONE; m = r->margins[m].parent) {
		struct rich_margin *margin = &r->margins[m];

		margin->blocks += inner;
		if (margin->list != RICH_NONE) {
			loose |= !inner || margin->blocks > 1;
			loose |= is_long(rich_text(r, block->from, block->to));
			r->lists[margin->list].loose |= loose;
			return;
		}
		inner = false;
	}
}

static void mark_margins(struct build *b, uint32_t block)
{
	struct rich *r = b->doc;

	for (uint32_t m = b->margin; m != RICH_NONE; m = r->margins[m].parent) {
		if (r->margins[m].first_block != RICH_NONE)
			return;
		r->margins[m].first_block = block;
	}
}

/* ---- how long it takes to read ---- */

static bool counts_alone(uint32_t cp)
{
	return unicode_is_han(cp) || unicode_is_kana(cp) || unicode_is_hangul(cp);
}

static bool is_letter(uint32_t cp)
{
	if (cp < 0xC0)
		return cp < 0x80 && ascii_is_alnum((char)cp);
	return cp < 0x2000 && !unicode_is_wide(cp) && !unicode_is_space(cp);
}

/* Characters of scripts without blanks and words of the others, from..to of one run. */
static void count_stretch(struct build *b, struct str s)
{
	bool in_word = false;
	size_t n;

	for (size_t i = 0; i < s.n; i += n) {
		uint32_t cp = utf8_at(s, i, &n);
		bool alone = counts_alone(cp), letter = !alone && is_letter(cp);

		b->characters += alone;
		b->words += letter && !in_word;
		in_word = letter || (in_word && (cp == '\'' || cp == 0x2019));
	}
}

/* Link numbers are not read. */
static void count_reading(struct build *b, const struct rich_block *block)
{
	const struct rich *r = b->doc;
	size_t run = rich_run_at(r, block->from);

	for (uint32_t from = block->from; from < block->to && run < r->nruns;) {
		uint32_t to = run + 1 < r->nruns && r->runs[run + 1].from < block->to ?
				      r->runs[run + 1].from : block->to;

		if (to - from > WORK_UNASKED)
			to = from + (uint32_t)utf8_cut(rich_text(r, from, to), WORK_UNASKED);
		if (!(r->runs[run].style & RICH_LINK_NUMBER))
			count_stretch(b, rich_text(r, from, to));
		if (build_has_done(b, to - from))
			return;
		run += run + 1 < r->nruns && r->runs[run + 1].from == to;
		from = to;
	}
}

/* 900 CJK characters or 220 words a minute. */
static int reading_seconds(const struct build *b)
{
	return (int)((b->characters * 22 * 60 + b->words * 90 * 60 + 19799) / 19800);
}

static void add_block(struct build *b)
{
	struct rich *r = b->doc;
	struct rich_block block = {
		.kind = b->kind,
		.style = b->block_style,
		.gap = b->gap,
		.from = b->from,
		.to = here(b),
		.margin = b->margin,
		.table = RICH_NONE,
	};

	r->blocks = mem_grow(r->blocks, &r->blocks_cap, r->nblocks + 1, sizeof *r->blocks);
	mark_margins(b, (uint32_t)r->nblocks);
	count_in_margin(b, &block);
	count_reading(b, &block);
	r->blocks[r->nblocks++] = block;
	build_run(b, 0, 0);
	build_raw(b, STR("\n"));
	b->gap = 1;
}

void build_block_end(struct build *b)
{
	uint32_t from = b->from;

	if (!build_block_is_empty(b)) {
		trim_block(b); /* a number stands behind the words, not under them */
		build_number_open_link(b);
		build_put_number(b);
		trim_block(b);
		build_glosses(b);
		build_script(b);
		if (is_worth_showing(b))
			add_block(b);
		else
			build_cut(b, from);
	}
	b->number_due = 0;
	b->from = b->link_from = here(b);
	b->kind = RICH_PARAGRAPH;
	b->blank_due = b->blank_was_line_end = false;
	b->column = 0;
}

/* ---- margins ---- */

static uint8_t mark_cells(int32_t number)
{
	char text[16];

	if (number == RICH_BARE)
		return 0;
	return number == RICH_BULLET ? 2 : (uint8_t)snprintf(text, sizeof text, "%d. ", number);
}

uint32_t build_list(struct build *b)
{
	struct rich *r = b->doc;

	r->lists = mem_grow(r->lists, &r->lists_cap, r->nlists + 1, sizeof *r->lists);
	r->lists[r->nlists] = (struct rich_list){ 0 };
	return (uint32_t)r->nlists++;
}

uint32_t build_margin(struct build *b, uint32_t list, int32_t number)
{
	struct rich *r = b->doc;
	uint32_t outer = b->margin;
	uint32_t depth = outer == RICH_NONE ? 1 : r->margins[outer].depth + 1;

	build_block_end(b);
	if (depth > MARGINS_MAX)
		return outer;
	r->margins = mem_grow(r->margins, &r->margins_cap, r->nmargins + 1, sizeof *r->margins);
	r->margins[r->nmargins] = (struct rich_margin){ outer, list, RICH_NONE, number, 0, depth };
	b->margin = (uint32_t)r->nmargins++;
	if (list != RICH_NONE && mark_cells(number) > r->lists[list].mark_cells)
		r->lists[list].mark_cells = mark_cells(number);
	return outer;
}

void build_count_down(struct build *b, uint32_t list, uint32_t from, int32_t items, int32_t n)
{
	struct rich *r = b->doc;
	int32_t number = items;

	for (size_t i = from; i < r->nmargins && number > items - n; i++)
		if (r->margins[i].list == list)
			r->margins[i].number = number--;
	if (n > 0 && mark_cells(items) > r->lists[list].mark_cells)
		r->lists[list].mark_cells = mark_cells(items);
}

void build_margin_end(struct build *b, uint32_t outer)
{
	build_block_end(b);
	b->margin = outer;
}

/* ---- beginning and end ---- */

void build_start(struct build *b, const struct rich_options *o)
{
	*b = (struct build){
		.base = o->base, .hide_glosses = o->hide_glosses, .margin = RICH_NONE, .gap = 1,
		.converter = o->converter, .convert = o->converter ? o->convert : CONVERT_NO,
		.give_up = o->give_up, .give_up_self = o->self,
	};
	b->doc = mem_new(sizeof *b->doc);
	b->doc->arena = arena_new();
	b->doc->text = buf_limited(TEXT_MAX);
	b->urls = map_new();
	b->form = buf_limited(TEXT_MAX);
	b->title = buf_limited(4096);
	(void)build_line(b, str_sub(o->title, 0, 1000), &b->title);
}

bool build_has_done(struct build *b, size_t bytes)
{
	b->work += bytes;
	if (b->work >= WORK_UNASKED && !b->given_up) {
		b->work = 0;
		b->given_up = b->give_up != NULL && b->give_up(b->give_up_self);
	}
	return b->given_up;
}

static void *fitted(void *p, size_t n, size_t *cap, size_t size)
{
	if (p == NULL || n == *cap)
		return p;
	*cap = n;
	return mem_resize(p, n, size);
}

/* A document stays for as long as it is read: what was kept for growing is given back, and most of
 * all the blocks that became cells of tables. */
static void fit(struct rich *r)
{
	r->runs = fitted(r->runs, r->nruns, &r->runs_cap, sizeof *r->runs);
	r->blocks = fitted(r->blocks, r->nblocks, &r->blocks_cap, sizeof *r->blocks);
	r->margins = fitted(r->margins, r->nmargins, &r->margins_cap, sizeof *r->margins);
	r->rows = fitted(r->rows, r->nrows, &r->rows_cap, sizeof *r->rows);
	r->cells = fitted(r->cells, r->ncells, &r->cells_cap, sizeof *r->cells);
}

struct rich *build_finish(struct build *b)
{
	struct rich *r = b->doc;

	build_block_end(b);
	map_free(b->urls);
	buf_free(&b->form);
	buf_free(&b->title);
	if (b->given_up) {
		rich_free(r);
		return NULL;
	}
	r->seconds = reading_seconds(b);
	fit(r);
	return r;
}
