#include "lede/text/rich_table.h"

#include <stdlib.h>
#include <string.h>

#include "lede/text/width.h"

#define ROW_WORK 256  /* as many bytes of text take as long as a row, */
#define CELL_WORK 64  /* or a cell */
#define PARTS_MAX 2    /* short paragraphs in a cell of a table without a head, */
#define PARTED_SHARE 8 /* in one of so many cells */
#define DATA_CELL 120 /* cells: what is wider, without a head, is text put into columns */

struct pending_cell {
	uint32_t first, end;
	uint16_t column;
	bool head;
}; /* blocks first..end */

struct table_build {
	struct table_build *outer;
	uint32_t margin;
	uint32_t first_block; /* of the first cell; RICH_NONE before it */
	struct pending_cell *cells;
	size_t ncells, cells_cap;
	uint32_t *rows;
	size_t nrows, rows_cap;          /* first cell of each */
	uint16_t down[RICH_COLUMNS_MAX]; /* rows that a cell above still takes */
	int column;                      /* the next free one */
	bool in_cell;
};

struct table_build *table_start(struct build *b, struct table_build *outer)
{
	struct table_build *t = mem_new(sizeof *t);

	build_block_end(b);
	t->outer = outer;
	t->margin = b->margin;
	t->first_block = RICH_NONE;
	return t;
}

void table_row(struct table_build *t, struct build *b)
{
	table_cell_end(t, b);
	t->rows = mem_grow(t->rows, &t->rows_cap, t->nrows + 1, sizeof *t->rows);
	t->rows[t->nrows++] = (uint32_t)t->ncells;
	t->column = 0;
	for (int i = 0; i < RICH_COLUMNS_MAX; i++)
		t->down[i] -= t->down[i] > 0;
}

static void skip_taken(struct table_build *t)
{
	while (t->column < RICH_COLUMNS_MAX && t->down[t->column] > 0)
		t->column++;
}

/* Columns past the last one that is counted are all the same: too many. */
static void take_columns(struct table_build *t, int columns, int rows)
{
	for (; columns > 0 && t->column <= RICH_COLUMNS_MAX; columns--, t->column++)
		if (t->column < RICH_COLUMNS_MAX && rows > 1)
			t->down[t->column] = (uint16_t)rows;
}

static int within(int n, int max)
{
	return n < 1 || n > max ? 1 : n;
}

void table_cell(struct table_build *t, struct build *b, bool head, int columns, int rows)
{
	if (t->nrows == 0)
		table_row(t, b);
	table_cell_end(t, b);
	build_block_end(b);
	if (t->first_block == RICH_NONE)
		t->first_block = (uint32_t)b->doc->nblocks;
	skip_taken(t);
	t->cells = mem_grow(t->cells, &t->cells_cap, t->ncells + 1, sizeof *t->cells);
	t->cells[t->ncells++] = (struct pending_cell){
		(uint32_t)b->doc->nblocks,
		0,
		(uint16_t)t->column,
		head,
	};
	take_columns(t, within(columns, 1000), within(rows, 1000));
	t->in_cell = true;
}

void table_cell_end(struct table_build *t, struct build *b)
{
	if (!t->in_cell)
		return;
	build_block_end(b);
	t->cells[t->ncells - 1].end = (uint32_t)b->doc->nblocks;
	t->in_cell = false;
}

/* ---- data or not ---- */

static bool has_head(const struct table_build *t)
{
	for (size_t i = 0; i < t->ncells; i++)
		if (t->cells[i].head)
			return true;
	return false;
}

static int columns_of(const struct table_build *t)
{
	int columns = 0;

	for (size_t i = 0; i < t->ncells; i++)
		if (t->cells[i].column >= columns)
			columns = t->cells[i].column + 1;
	return columns;
}

static bool is_wide_cell(struct str s)
{
	return text_fit(s, DATA_CELL, 1, NULL) < s.n;
}

/* With a head a cell may hold several paragraphs and a list; without one it is a short text. */
static bool is_data_cell(const struct rich *r, const struct table_build *t,
			 const struct pending_cell *c, bool head)
{
	if (!head && c->end - c->first > PARTS_MAX)
		return false;
	for (uint32_t i = c->first; i < c->end; i++) {
		const struct rich_block *block = &r->blocks[i];

		if (block->kind != RICH_PARAGRAPH)
			return false;
		if (!head && (block->margin != t->margin ||
			      is_wide_cell(rich_text(r, block->from, block->to))))
			return false;
	}
	return true;
}

/* Every block since the first cell must be in a cell, or it would be lost. */
static bool is_data(struct build *b, const struct table_build *t)
{
	const struct rich *r = b->doc;
	bool head = has_head(t);
	size_t blocks = 0, parted = 0;
	int columns = columns_of(t);

	if (columns < 2 || columns > RICH_COLUMNS_MAX)
		return false;
	for (size_t i = 0; i < t->ncells; i++) {
		if (build_has_done(b, CELL_WORK) || !is_data_cell(r, t, &t->cells[i], head))
			return false;
		blocks += t->cells[i].end - t->cells[i].first;
		parted += t->cells[i].end - t->cells[i].first > 1;
	}
	return blocks > 0 && blocks == r->nblocks - t->first_block &&
	       (head || parted * PARTED_SHARE <= t->ncells);
}

/* ---- making the block ---- */

static bool is_number(struct str s)
{
	static const char signs[] = "0123456789.,:%+-()/'$ ";
	static const char *const others[] = { "−", "–", "€", "£", "¥", "’", "±", "°", "×" };
	bool digit = false;

	for (size_t i = 0, n; i < s.n; i += n) {
		n = strchr(signs, s.p[i]) != NULL && s.p[i] != '\0';
		digit |= ascii_is_digit(s.p[i]);
		for (size_t k = 0; n == 0 && k < sizeof others / sizeof *others; k++)
			if (str_starts(str_sub(s, i, s.n), others[k]))
				n = strlen(others[k]);
		if (n == 0)
			return false;
	}
	return digit;
}

static bool is_nothing(struct str s)
{
	return s.n == 0 || str_is(s, "-") || str_is(s, "–") || str_is(s, "—") || str_is(s, "n/a");
}

static uint16_t bounded(int cells)
{
	return (uint16_t)(cells < UINT16_MAX ? cells : UINT16_MAX);
}

/* A line end in a cell is drawn as a blank. */
static int cells_of(struct str s, int ambiguous)
{
	int line_ends = 0;

	for (size_t i = 0; i < s.n; i++)
		line_ends += s.p[i] == '\n';
	return line_ends + text_cells(s, ambiguous);
}

static struct rich_cell cell_of(const struct rich *r, const struct pending_cell *c)
{
	struct rich_cell cell = { .column = c->column };
	struct str s;

	if (c->end == c->first)
		return cell;
	cell.from = r->blocks[c->first].from;
	cell.to = r->blocks[c->end - 1].to;
	s = rich_text(r, cell.from, cell.to);
	cell.cells[0] = bounded(cells_of(s, 1));
	cell.cells[1] = bounded(cells_of(s, 2));
	return cell;
}

static void measure(struct rich_table *table, const struct rich_cell *c)
{
	for (int i = 0; i < 2; i++)
		if (c->cells[i] > table->width[i][c->column])
			table->width[i][c->column] = c->cells[i];
}

static void add_cells(struct rich *r, const struct table_build *t, size_t first, size_t end,
		      struct rich_table *table)
{
	for (size_t i = first; i < end; i++) {
		struct rich_cell cell = cell_of(r, &t->cells[i]);

		r->cells = mem_grow(r->cells, &r->cells_cap, r->ncells + 1, sizeof *r->cells);
		r->cells[r->ncells++] = cell;
		measure(table, &cell);
	}
}

static size_t end_of_row(const struct table_build *t, size_t row)
{
	return row + 1 < t->nrows ? t->rows[row + 1] : t->ncells;
}

static bool row_is_empty(const struct table_build *t, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (t->cells[i].end > t->cells[i].first)
			return false;
	return true;
}

static bool row_is_head(const struct table_build *t, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (!t->cells[i].head)
			return false;
	return end > first;
}

/* A column is numeric when every body cell in it that says something is a number, and one does. */
static void find_numeric(struct build *b, struct rich_table *table)
{
	const struct rich *r = b->doc;
	bool other[RICH_COLUMNS_MAX] = { false };

	for (size_t row = table->first; row < table->first + table->count; row++) {
		if (build_has_done(b, ROW_WORK))
			return;
		if (r->rows[row].head)
			continue;
		for (size_t i = r->rows[row].first; i < r->rows[row].first + r->rows[row].count;
		     i++) {
			struct str s = rich_text(r, r->cells[i].from, r->cells[i].to);

			if (is_number(s))
				table->numeric[r->cells[i].column] = true;
			else if (!is_nothing(s))
				other[r->cells[i].column] = true;
		}
	}
	for (int i = 0; i < RICH_COLUMNS_MAX; i++)
		table->numeric[i] &= !other[i];
}

static void add_rows(struct build *b, const struct table_build *t, struct rich_table *table)
{
	struct rich *r = b->doc;

	for (size_t row = 0; row < t->nrows && !build_has_done(b, ROW_WORK); row++) {
		size_t first = t->rows[row], end = end_of_row(t, row);

		if (row_is_empty(t, first, end))
			continue;
		r->rows = mem_grow(r->rows, &r->rows_cap, r->nrows + 1, sizeof *r->rows);
		r->rows[r->nrows++] = (struct rich_row){
			(uint32_t)r->ncells,
			(uint32_t)(end - first),
			row_is_head(t, first, end),
		};
		table->count++;
		add_cells(r, t, first, end, table);
	}
}

static void make_table(struct build *b, const struct table_build *t)
{
	struct rich *r = b->doc;
	struct rich_block block = r->blocks[t->first_block];
	struct rich_table table = { .first = (uint32_t)r->nrows,
				    .columns = (uint16_t)columns_of(t) };

	block.to = r->blocks[r->nblocks - 1].to;
	block.kind = RICH_TABLE;
	block.margin = t->margin;
	block.table = (uint32_t)r->ntables;
	add_rows(b, t, &table);
	find_numeric(b, &table);
	r->tables = mem_grow(r->tables, &r->tables_cap, r->ntables + 1, sizeof *r->tables);
	r->tables[r->ntables++] = table;
	r->nblocks = t->first_block;
	r->blocks[r->nblocks++] = block;
}

struct table_build *table_end(struct table_build *t, struct build *b)
{
	struct table_build *outer = t->outer;

	table_cell_end(t, b);
	build_block_end(b);
	if (t->first_block != RICH_NONE && is_data(b, t))
		make_table(b, t);
	free(t->cells);
	free(t->rows);
	free(t);
	return outer;
}
