#include "lede/text/layout_parts.h"

#include "lede/text/width.h"

#define BETWEEN 3 /* blank cells between columns */
#define HANGING 2 /* a record's line goes on this far in */

static const struct rich_table *table_of(const struct layout *l, const struct rich_block *block)
{
	return &l->doc->tables[block->table];
}

static int wide(const struct layout *l)
{
	return l->o.ambiguous == 2;
}

static int table_cells(const struct layout *l, const struct rich_table *t)
{
	int cells = (t->columns - 1) * BETWEEN;

	for (int i = 0; i < t->columns; i++)
		cells += t->width[wide(l)][i];
	return cells;
}

void layout_table_start(struct layout *l, const struct rich_block *block)
{
	const struct rich_table *t = table_of(l, block);

	l->row = t->first;
	l->cell = 0;
	l->rule_due = l->head_told = false;
	l->head_at = 0;
	l->as_records = table_cells(l, t) > layout_begin_line(l, block);
}

/* ---- columns ---- */

static uint16_t head_style(const struct rich_row *row)
{
	return row->head ? RICH_TABLE_HEAD : RICH_TEXT;
}

static void add_cell(struct layout *l, const struct rich_table *t, const struct rich_cell *c,
		     int left, uint16_t style)
{
	int cells = c->cells[wide(l)], room = t->width[wide(l)][c->column], column = left;

	for (int i = 0; i < c->column; i++)
		column += t->width[wide(l)][i] + BETWEEN;
	if (t->numeric[c->column])
		column += room - cells;
	line_add_blanks(&l->line, column - l->line.cells);
	line_add_stretch(&l->line, l->doc, c->from, c->to, cells, style);
}

static uint32_t place_of(const struct layout *l, const struct rich_row *row, uint32_t otherwise)
{
	for (uint32_t i = row->first; i < row->first + row->count; i++)
		if (l->doc->cells[i].to > l->doc->cells[i].from)
			return l->doc->cells[i].from;
	return otherwise;
}

static void row_line(struct layout *l, const struct rich_block *block, const struct rich_row *row)
{
	const struct rich_table *t = table_of(l, block);
	int left;

	layout_begin_line(l, block);
	left = l->line.cells;
	for (uint32_t i = row->first; i < row->first + row->count; i++)
		add_cell(l, t, &l->doc->cells[i], left, block->style | head_style(row));
	l->at = place_of(l, row, l->at);
	layout_end_line(l, l->at);
}

static void rule_line(struct layout *l, const struct rich_block *block)
{
	int cells = table_cells(l, table_of(l, block)),
	    one = text_cells(str_of(l->o.glyphs.table_rule), l->o.ambiguous);

	layout_begin_line(l, block);
	for (int i = 0; i + one <= cells; i += one)
		line_add(&l->line, str_of(l->o.glyphs.table_rule), one, RICH_BAR, 0);
	layout_end_line(l, l->at);
}

/* A rule stands under the head: where a row of heads is followed by one that is none. */
static bool columns_line(struct layout *l, const struct rich_block *block)
{
	const struct rich_table *t = table_of(l, block);
	const struct rich_row *row = &l->doc->rows[l->row];

	if (l->row == t->first + t->count)
		return false;
	if (l->rule_due && !row->head) {
		rule_line(l, block);
		l->rule_due = false;
		return true;
	}
	row_line(l, block, row);
	l->rule_due = row->head;
	l->row++;
	return true;
}

/* ---- records ---- */

/* The cell of the table's first head that stands over this one. */
static const struct rich_cell *head_of(const struct layout *l, const struct rich_table *t,
				       const struct rich_cell *c)
{
	const struct rich_row *row = &l->doc->rows[t->first];

	for (uint32_t i = row->first; row->head && i < row->first + row->count; i++)
		if (l->doc->cells[i].column == c->column &&
		    l->doc->cells[i].to > l->doc->cells[i].from)
			return &l->doc->cells[i];
	return NULL;
}

static void add_head(struct layout *l, const struct rich_cell *head, int cells)
{
	line_add_stretch(&l->line, l->doc, head->from, head->to, cells, RICH_TABLE_HEAD);
	line_add(&l->line, STR(": "), 2, RICH_TABLE_HEAD, 0);
	l->line.in_text = false; /* the line is the value's */
}

/* A head that leaves no room for its value has lines of its own. */
static void head_line(struct layout *l, const struct rich_cell *head, int room)
{
	if (l->head_at <= head->from || l->head_at >= head->to)
		l->head_at = head->from;
	l->head_at = layout_fill(l, l->head_at, head->to, room - 1, RICH_TABLE_HEAD);
	if (l->head_at >= head->to) {
		line_add(&l->line, STR(":"), 1, RICH_TABLE_HEAD, 0);
		l->head_told = true;
	}
	layout_end_line(l, l->at);
}

/* The next line of a cell: its head, or a part of its value. */
static void record_line(struct layout *l, const struct rich_block *block, const struct rich_cell *c)
{
	const struct rich_cell *head = head_of(l, table_of(l, block), c);
	int room = layout_begin_line(l, block), cells = head != NULL ? head->cells[wide(l)] : 0;
	uint32_t place = l->at;

	if (l->at > c->from || l->head_told) {
		line_add_blanks(&l->line, HANGING);
		room -= HANGING;
	} else if (head != NULL && cells + 2 > room / 2) {
		head_line(l, head, room);
		return;
	} else if (head != NULL) {
		add_head(l, head, cells);
		room -= cells + 2;
	}
	l->at = layout_fill(l, l->at, c->to, room, block->style);
	l->head_told = l->head_told && l->at < c->to;
	layout_end_line(l, place);
}

static bool is_worth_a_line(const struct rich_cell *c)
{
	return c->to > c->from;
}

/* Records are parted by a blank line; the head is told with each cell and not by itself. */
static bool next_record(struct layout *l, const struct rich_block *block)
{
	const struct rich_table *t = table_of(l, block);

	l->cell = 0;
	if (++l->row >= t->first + t->count)
		return false;
	layout_begin_line(l, block);
	layout_end_line(l, l->at);
	return true;
}

static bool records_line(struct layout *l, const struct rich_block *block)
{
	const struct rich_table *t = table_of(l, block);

	if (l->row == t->first && l->cell == 0 && l->doc->rows[l->row].head && t->count > 1)
		l->row++;
	while (l->row < t->first + t->count) {
		const struct rich_row *row = &l->doc->rows[l->row];

		for (; l->cell < row->count; l->cell++) {
			const struct rich_cell *c = &l->doc->cells[row->first + l->cell];

			if (!is_worth_a_line(c) || l->at >= c->to)
				continue;
			if (l->at < c->from)
				l->at = c->from;
			record_line(l, block, c);
			return true;
		}
		if (next_record(l, block))
			return true;
	}
	return false;
}

bool layout_table_line(struct layout *l, const struct rich_block *block)
{
	return l->as_records ? records_line(l, block) : columns_line(l, block);
}
