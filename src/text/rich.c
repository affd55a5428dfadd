#include "lede/text/rich.h"

#include <stdlib.h>

#include "lede/text/rich_build.h"
#include "lede/text/rich_doc.h"

/* ---- plain text ---- */

/* The empty lines stand before the block that has just begun. */
static void set_gap(struct build *b, size_t empty)
{
	if (b->doc->nblocks == 0)
		b->doc->empty_before = empty;
	else if (empty > 0)
		b->gap = empty < UINT16_MAX ? (uint16_t)empty : UINT16_MAX;
}

/* Lines stay lines and empty lines stay empty lines: what a person typed is laid out as typed. */
struct rich *rich_from_plain(struct str text, const struct rich_options *o)
{
	struct build b;
	struct str line;
	size_t empty = 0;

	build_start(&b, o);
	while (str_next_line(&text, &line)) {
		bool begins = build_block_is_empty(&b);

		if (!build_plain_line(&b, line)) {
			build_block_end(&b);
			empty++;
		} else if (begins) {
			set_gap(&b, empty);
			empty = 0;
		}
	}
	b.doc->empty_after = empty;
	return build_finish(&b);
}

/* ---- what a document says of itself ---- */

void rich_free(struct rich *r)
{
	if (r == NULL)
		return;
	buf_free(&r->text);
	arena_free(r->arena);
	free(r->runs);
	free(r->blocks);
	free(r->margins);
	free(r->lists);
	free(r->tables);
	free(r->rows);
	free(r->cells);
	free(r->links);
	free(r);
}

size_t rich_link_count(const struct rich *r)
{
	return r->nlinks;
}

const struct rich_link *rich_link(const struct rich *r, size_t n)
{
	return n >= 1 && n <= r->nlinks ? &r->links[n - 1] : NULL;
}

bool rich_is_empty(const struct rich *r)
{
	return r->nblocks == 0;
}

bool rich_had_glosses(const struct rich *r)
{
	return r->had_glosses;
}

bool rich_was_converted(const struct rich *r)
{
	return r->was_converted;
}

int rich_seconds(const struct rich *r)
{
	return r->seconds;
}

static size_t block_at(const struct rich *r, uint32_t place)
{
	size_t lo = 0, hi = r->nblocks;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (r->blocks[mid].from <= place)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

/* The blocks are the same; how far into one is told by its length. */
uint32_t rich_place_in(const struct rich *from, uint32_t place, const struct rich *to)
{
	const struct rich_block *a, *b;
	uint64_t into;

	if (from->nblocks == 0 || from->nblocks != to->nblocks)
		return 0;
	a = &from->blocks[block_at(from, place)];
	b = &to->blocks[a - from->blocks];
	into = place > a->from ? place - a->from : 0;
	if (a->to == a->from)
		return b->from;
	return b->from + (uint32_t)(into * (b->to - b->from) / (a->to - a->from));
}

/* One line a paragraph: as it would be laid out on a sheet without a right edge. */
enum err rich_plain(const struct rich *r, struct buf *out)
{
	const struct layout_options wide = { 1 << 28, 1, { "•", "│", "─", "…" }, 0 };
	struct layout *l = layout_new(r, &wide);
	size_t start = out->n;
	enum err rc = ERR_NONE;

	for (size_t i = 0; rc == ERR_NONE; i++) {
		layout_reach(l, i + 1);
		if (i >= layout_count(l))
			break;
		rc = buf_add(out, layout_line(l, i)->text);
		if (rc == ERR_NONE)
			rc = buf_add_char(out, '\n');
	}
	if (rc != ERR_NONE)
		buf_cut(out, start);
	layout_free(l);
	return rc;
}

/* ---- the inside ---- */

struct str rich_text(const struct rich *r, uint32_t from, uint32_t to)
{
	return str_sub(buf_view(&r->text), from, to);
}

size_t rich_run_at(const struct rich *r, uint32_t at)
{
	size_t lo = 0, hi = r->nruns;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (r->runs[mid].from <= at)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

size_t rich_chain(const struct rich *r, uint32_t margin, uint32_t *out, size_t max)
{
	size_t n = 0, all = 0;

	for (uint32_t m = margin; m != RICH_NONE; m = r->margins[m].parent)
		all++;
	n = all < max ? all : max;
	for (uint32_t m = margin; m != RICH_NONE; m = r->margins[m].parent)
		if (--all < max)
			out[all] = m;
	return n;
}

static bool is_inside(const struct rich *r, uint32_t margin, uint32_t outer)
{
	for (uint32_t m = margin; m != RICH_NONE; m = r->margins[m].parent)
		if (m == outer)
			return true;
	return outer == RICH_NONE;
}

static bool is_in_list(const struct rich *r, uint32_t margin, uint32_t list)
{
	for (uint32_t m = margin; m != RICH_NONE; m = r->margins[m].parent)
		if (r->margins[m].list == list)
			return true;
	return false;
}

/* The outermost item that begins with block i, or RICH_NONE. */
static uint32_t begun_item(const struct rich *r, size_t i)
{
	uint32_t begun = RICH_NONE;

	for (uint32_t m = r->blocks[i].margin; m != RICH_NONE; m = r->margins[m].parent)
		if (r->margins[m].list != RICH_NONE && r->margins[m].first_block == i)
			begun = m;
	return begun;
}

/* Whether the chain up to `list` holds a list whose items are parted. */
static bool is_in_loose_list(const struct rich *r, uint32_t margin, uint32_t list)
{
	for (uint32_t m = margin; m != RICH_NONE && r->margins[m].list != list;
	     m = r->margins[m].parent)
		if (r->margins[m].list != RICH_NONE && r->lists[r->margins[m].list].loose)
			return true;
	return false;
}

/* Between items of one list, and between an item's text and the list in it, it is the list that
 * decides; a list in it whose items are parted is parted from what is around it. */
static int gap_of_item(const struct rich *r, uint32_t before, uint32_t item)
{
	uint32_t list = r->margins[item].list, outer = r->margins[item].parent;

	if (is_in_list(r, before, list))
		return r->lists[list].loose || is_in_loose_list(r, before, list);
	if (outer != RICH_NONE && r->margins[outer].list != RICH_NONE &&
	    is_inside(r, before, outer))
		return r->lists[r->margins[outer].list].loose || r->lists[list].loose;
	return 1;
}

static uint32_t outermost_quote(const struct rich *r, uint32_t margin, int *depth)
{
	uint32_t quote = RICH_NONE;

	*depth = 0;
	for (uint32_t m = margin; m != RICH_NONE; m = r->margins[m].parent) {
		if (r->margins[m].list != RICH_NONE)
			continue;
		quote = m;
		++*depth;
	}
	return quote;
}

int rich_gap(const struct rich *r, size_t i)
{
	const struct rich_block *block = &r->blocks[i], *before = &r->blocks[i - 1];
	uint32_t item = begun_item(r, i), quote;
	int depth, depth_before;

	if (block->gap != 1)
		return block->gap;
	if (item != RICH_NONE)
		return gap_of_item(r, before->margin, item);
	quote = outermost_quote(r, block->margin, &depth);
	if (quote == RICH_NONE || quote != outermost_quote(r, before->margin, &depth_before))
		return 1;
	return depth == depth_before;
}
