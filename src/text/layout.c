#include "lede/text/layout_parts.h"

#include <stdlib.h>
#include <string.h>

#include "lede/text/utf8.h"
#include "lede/text/width.h"
#include "lede/text/wrap.h"

#define STRETCH 4096 /* bytes of a paragraph whose breaks are looked for at once */
#define CODE_INDENT 4
#define NESTED 3 /* cells a list is moved to the right in an item */
#define CHAIN_MAX 64

/* ---- what stands left of a block ---- */

static int cells_of(const struct layout *l, const char *glyph)
{
	return text_cells(str_of(glyph), l->o.ambiguous);
}

static bool is_item(const struct rich *r, uint32_t margin)
{
	return r->margins[margin].list != RICH_NONE;
}

static int margin_cells(const struct layout *l, uint32_t margin, bool nested)
{
	const struct rich *r = l->doc;
	int cells;

	if (!is_item(r, margin))
		return cells_of(l, l->o.glyphs.quote_bar) + 1;
	cells = r->lists[r->margins[margin].list].mark_cells;
	return nested && cells < NESTED && r->margins[margin].number != RICH_BARE ? NESTED : cells;
}

static void add_bar(struct layout *l)
{
	line_add(&l->line, str_of(l->o.glyphs.quote_bar), cells_of(l, l->o.glyphs.quote_bar),
		 RICH_BAR, 0);
	line_add_blanks(&l->line, 1);
}

/* Numbers stand right-aligned in the room of the list's widest. */
static void add_mark(struct layout *l, const struct rich_margin *m)
{
	const struct rich_list *list = &l->doc->lists[m->list];
	struct buf mark = buf_limited(32);
	int n;

	if (m->number == RICH_BULLET)
		(void)buf_add_cstr(&mark, l->o.glyphs.bullet);
	else
		(void)buf_addf(&mark, "%d.", m->number);
	n = text_cells(buf_view(&mark), l->o.ambiguous);
	if (m->number != RICH_BULLET)
		line_add_blanks(&l->line, list->mark_cells - n - 1);
	line_add(&l->line, buf_view(&mark), n, RICH_MARK, 0);
	buf_free(&mark);
}

static void add_margin(struct layout *l, uint32_t margin, int cells, bool mark)
{
	const struct rich_margin *m = &l->doc->margins[margin];
	int before = l->line.cells;

	if (m->list == RICH_NONE)
		add_bar(l);
	else if (mark && m->number != RICH_BARE)
		add_mark(l, m);
	line_add_blanks(&l->line, cells - (l->line.cells - before));
}

/* An item with another one right in it: that is what moves by NESTED. */
static bool holds_item(const struct rich *r, const uint32_t *chain, size_t n, size_t i)
{
	return i + 1 < n && is_item(r, chain[i]) && is_item(r, chain[i + 1]);
}

/* Margins may take half of the width; what is nested deeper is not moved any further. */
int layout_begin_line(struct layout *l, const struct rich_block *block)
{
	uint32_t chain[CHAIN_MAX];
	size_t n = rich_chain(l->doc, block->margin, chain, CHAIN_MAX);
	bool first = !l->inside;

	line_start(&l->line);
	for (size_t i = 0; i < n; i++) {
		int cells = margin_cells(l, chain[i], holds_item(l->doc, chain, n, i));
		bool begins = first && l->doc->margins[chain[i]].first_block == l->block;

		if (l->line.cells + cells > l->o.width / 2)
			break;
		add_margin(l, chain[i], cells, begins);
	}
	return l->o.width - l->line.cells;
}

void layout_end_line(struct layout *l, uint32_t place)
{
	size_t page = l->count / LINES_OF_A_PAGE;

	if (page == l->npages) {
		l->pages = mem_grow(l->pages, &l->pages_cap, l->npages + 1, sizeof *l->pages);
		l->pages[l->npages++] = arena_alloc(l->arena, LINES_OF_A_PAGE * sizeof **l->pages);
	}
	line_finish(&l->line, place, l->arena, &l->pages[page][l->count % LINES_OF_A_PAGE]);
	l->count++;
	l->inside = true;
}

/* ---- paragraphs ---- */

/* A link's number stays with its link, unless a line ends between them. */
static void keep_numbers(struct layout *l)
{
	const struct rich *r = l->doc;

	for (size_t i = rich_run_at(r, l->breaks_from);
	     i < r->nruns && r->runs[i].from < l->breaks_to; i++) {
		uint32_t at = r->runs[i].from;

		if (at > l->breaks_from && (r->runs[i].style & RICH_LINK_NUMBER) &&
		    l->breaks[at - l->breaks_from] == WRAP_MAY)
			l->breaks[at - l->breaks_from] = WRAP_NO;
	}
}

/* Finds the breaks of `size` bytes from `from` on, or up to the end of the piece. */
static void find_breaks(struct layout *l, uint32_t from, uint32_t to, uint32_t size)
{
	struct str s = rich_text(l->doc, from, to);

	if (s.n > size)
		s = str_sub(s, 0, utf8_cut(s, size));
	l->breaks = mem_grow(l->breaks, &l->breaks_cap, s.n + 1, 1);
	wrap_breaks(s, l->o.wrap, l->breaks);
	l->breaks_from = from;
	l->breaks_to = from + (uint32_t)s.n;
	keep_numbers(l);
}

/* One line of what is known; false when it reaches the end of it and more is to come. */
static bool next_line(struct layout *l, uint32_t from, uint32_t to, int room,
		      struct wrap_line *line, bool *hyphen, uint32_t *next)
{
	struct str s = rich_text(l->doc, l->breaks_from, l->breaks_to);
	size_t end =
	    wrap_next(s, l->breaks, from - l->breaks_from, room, l->o.ambiguous, line, hyphen);

	*next = l->breaks_from + (uint32_t)end;
	return *next < l->breaks_to || l->breaks_to >= to;
}

uint32_t layout_fill(struct layout *l, uint32_t from, uint32_t to, int room, uint16_t style)
{
	struct wrap_line line;
	uint32_t next, size = STRETCH;
	bool hyphen, known = from >= l->breaks_from && from < l->breaks_to && to >= l->breaks_to;

	if (!known)
		find_breaks(l, from, to, size);
	while (!next_line(l, from, to, room, &line, &hyphen, &next)) {
		size = l->breaks_from == from ? size * 2 : size;
		find_breaks(l, from, to, size);
	}
	line_add_stretch(&l->line, l->doc, l->breaks_from + (uint32_t)line.from,
			 l->breaks_from + (uint32_t)line.to, line.cells - hyphen, style);
	if (hyphen)
		line_add(&l->line, STR("-"), 1, style, 0);
	return next;
}

/* Where the text line that begins at `at` ends: at a line feed, or with the block. */
static uint32_t end_of_piece(const struct rich *r, uint32_t at, uint32_t to)
{
	size_t n = str_find(rich_text(r, at, to), '\n');

	return n == SIZE_MAX ? to : at + (uint32_t)n;
}

/* The end of the piece that is laid out, looked for once. */
static uint32_t piece_end(struct layout *l, const struct rich_block *block)
{
	if (!l->inside || l->at > l->piece_end)
		l->piece_end = end_of_piece(l->doc, l->at, block->to);
	return l->piece_end;
}

static bool paragraph_line(struct layout *l, const struct rich_block *block)
{
	uint32_t place = l->at, end;
	int room;

	if (l->inside && l->at >= block->to)
		return false;
	room = layout_begin_line(l, block);
	end = piece_end(l, block);
	if (end > l->at)
		l->at = layout_fill(l, l->at, end, room, block->style);
	if (l->at == end)
		l->at++; /* over the line feed */
	layout_end_line(l, place);
	return true;
}

/* ---- code ---- */

/* Soft hyphens of text that is cut and not wrapped: counted by text_fit, drawn by nobody. */
static int soft_hyphens(struct str s)
{
	int found = 0;

	for (size_t i = 0; i + 1 < s.n; i++)
		found += s.p[i] == '\302' && s.p[i + 1] == '\255';
	return found;
}

/* Adds the piece from..to up to its first line end, cut with the glyph when it is wider than
 * `room`. */
static void add_cut(struct layout *l, uint32_t from, uint32_t to, int room, uint16_t style)
{
	int cut = cells_of(l, l->o.glyphs.cut), cells;
	struct str s = rich_text(l->doc, from, end_of_piece(l->doc, from, to));
	size_t n = text_fit(s, room, l->o.ambiguous, &cells);
	bool whole = n == s.n;

	if (!whole)
		n = text_fit(s, room - cut, l->o.ambiguous, &cells);
	while (!whole && n > 0 && s.p[n - 1] == ' ') {
		n--;
		cells--;
	}
	cells -= soft_hyphens(str_sub(s, 0, n));
	line_add_stretch(&l->line, l->doc, from, from + (uint32_t)n, cells, style);
	if (!whole)
		line_add(&l->line, str_of(l->o.glyphs.cut), cut, style, 0);
}

static bool code_line(struct layout *l, const struct rich_block *block)
{
	uint32_t place = l->at, end;
	int room, indent;

	if (l->inside && l->at >= block->to)
		return false;
	room = layout_begin_line(l, block);
	indent = room / 4 < CODE_INDENT ? room / 4 : CODE_INDENT;
	line_add_blanks(&l->line, indent);
	end = end_of_piece(l->doc, l->at, block->to);
	add_cut(l, l->at, end, room - indent, RICH_CODE);
	l->at = end + 1;
	layout_end_line(l, place);
	return true;
}

/* ---- blocks ---- */

/* A blank line shows the bars of the quotes that go on over it. */
static void blank_line(struct layout *l, const struct rich_block *before,
		       const struct rich_block *after)
{
	uint32_t a[CHAIN_MAX], b[CHAIN_MAX];
	size_t na = rich_chain(l->doc, before->margin, a, CHAIN_MAX), n = 0, quotes = 0;
	size_t nb = rich_chain(l->doc, after->margin, b, CHAIN_MAX);

	for (; n < na && n < nb && a[n] == b[n]; n++)
		if (!is_item(l->doc, a[n]))
			quotes = n + 1;
	line_start(&l->line);
	for (size_t i = 0; i < quotes; i++) {
		int cells = margin_cells(l, a[i], holds_item(l->doc, a, na, i));

		if (l->line.cells + cells > l->o.width / 2)
			break;
		add_margin(l, a[i], cells, false);
	}
	layout_end_line(l, before->to);
}

static void start_block(struct layout *l)
{
	const struct rich_block *block = &l->doc->blocks[l->block];
	int gap = l->block > 0 ? rich_gap(l->doc, l->block) : 0;

	for (int i = 0; i < gap; i++)
		blank_line(l, block - 1, block);
	l->inside = false;
	l->at = block->from;
	l->breaks_from = l->breaks_to = 0;
	if (block->kind == RICH_TABLE)
		layout_table_start(l, block);
}

/* An empty line before or after everything. */
static bool empty_line(struct layout *l, size_t *left, uint32_t place)
{
	if (*left == 0)
		return false;
	--*left;
	line_start(&l->line);
	layout_end_line(l, place);
	l->inside = false;
	return true;
}

/* One more line; false when there is none. */
static bool add_line(struct layout *l)
{
	if (empty_line(l, &l->empty_before, 0))
		return true;
	while (l->block < l->doc->nblocks) {
		const struct rich_block *block = &l->doc->blocks[l->block];
		bool more;

		if (block->kind == RICH_TABLE)
			more = layout_table_line(l, block);
		else if (block->kind == RICH_CODE_BLOCK)
			more = code_line(l, block);
		else
			more = paragraph_line(l, block);
		if (more)
			return true;
		if (++l->block < l->doc->nblocks)
			start_block(l);
	}
	return empty_line(l, &l->empty_after, (uint32_t)l->doc->text.n);
}

/* What stands left of lists, quotes and tables needs room beside the text. */
static int least_width(const struct rich *r)
{
	return r->nmargins == 0 && r->ntables == 0 ? 2 : 8;
}

struct layout *layout_new(const struct rich *r, const struct layout_options *o)
{
	struct layout *l = mem_new(sizeof *l);

	l->doc = r;
	l->o = *o;
	if (l->o.width < least_width(r))
		l->o.width = least_width(r);
	l->arena = arena_new();
	l->empty_before = r->empty_before;
	l->empty_after = r->empty_after;
	if (r->nblocks > 0)
		start_block(l);
	return l;
}

void layout_free(struct layout *l)
{
	if (l == NULL)
		return;
	line_free(&l->line);
	arena_free(l->arena);
	free(l->pages);
	free(l->breaks);
	free(l);
}

bool layout_reach(struct layout *l, size_t lines)
{
	while (l->count < lines)
		if (!add_line(l))
			return true;
	return l->block >= l->doc->nblocks && l->empty_after == 0;
}

size_t layout_count(const struct layout *l)
{
	return l->count;
}

const struct layout_line *layout_line(const struct layout *l, size_t i)
{
	return &l->pages[i / LINES_OF_A_PAGE][i % LINES_OF_A_PAGE];
}

bool layout_knows(const struct layout *l, uint32_t place)
{
	return (l->count > 0 && layout_line(l, l->count - 1)->place > place) ||
	       (l->block >= l->doc->nblocks && l->empty_after == 0);
}

/* Places only grow: the last line at or before `place` holds it. */
size_t layout_find(struct layout *l, uint32_t place)
{
	size_t lo = 0, hi;

	while ((l->count == 0 || layout_line(l, l->count - 1)->place <= place) && add_line(l))
		;
	hi = l->count;
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (layout_line(l, mid)->place <= place)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}
