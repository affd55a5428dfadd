/* rich_doc - the inside of a document: for those who make one (rich_build, rich_html, rich_table)
 * and those who lay it out (layout). Everybody else uses rich.h.
 *
 * All text is in one buffer, in display form; a block is a stretch of it, ended by a line feed that
 * is in no block. Runs give stretches of text a style and a link. What stands left of a block -
 * quote bars, list marks - is a chain of margins, innermost first. Must not know: markup, widths of
 * panes.
 */
#ifndef LEDE_TEXT_RICH_DOC_H
#define LEDE_TEXT_RICH_DOC_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/mem.h"
#include "lede/text/rich.h"

#define RICH_NONE UINT32_MAX /* no margin, no list, no table */
#define RICH_COLUMNS_MAX 64  /* a table with more is shown cell by cell */

enum rich_kind {
	RICH_PARAGRAPH,  /* filled; a line feed in it ends a line */
	RICH_CODE_BLOCK, /* lines as they are */
	RICH_TABLE
};

struct rich_run {
	uint32_t from;
	uint16_t style, link;
}; /* up to the next run */

struct rich_list {
	bool loose;         /* its items are parted by blank lines */
	uint8_t mark_cells; /* of its widest mark with the blank after it */
};

struct rich_margin {
	uint32_t parent;      /* the margin to its left, or RICH_NONE */
	uint32_t list;        /* RICH_NONE: a quote */
	uint32_t first_block; /* where the mark is drawn */
	int32_t number;       /* of an ordered item; RICH_BULLET, RICH_BARE */
	uint32_t blocks;      /* directly in it */
	uint32_t depth;       /* 1: outermost */
};
#define RICH_BULLET (INT32_MIN + 1) /* numbers go below 0 where they count down */
#define RICH_BARE INT32_MIN         /* dt, dd: an item without a mark */

struct rich_block {
	enum rich_kind kind;
	uint16_t style; /* for all of it */
	uint16_t gap;   /* blank lines before it; 1 may become 0 in lists and quotes */
	uint32_t from, to;
	uint32_t margin, table;
};

struct rich_cell {
	uint32_t from, to;
	uint16_t column;
	uint16_t cells[2]; /* its width with ambiguous characters counted 1 and 2 */
};

struct rich_row {
	uint32_t first, count;
	bool head;
}; /* of cells */

struct rich_table {
	uint32_t first, count; /* of rows */
	uint16_t columns;
	uint16_t width[2][RICH_COLUMNS_MAX]; /* as `cells` */
	bool numeric[RICH_COLUMNS_MAX];
};

struct rich {
	struct buf text;
	struct arena *arena; /* texts of links */
	struct rich_run *runs;
	size_t nruns, runs_cap;
	struct rich_block *blocks;
	size_t nblocks, blocks_cap;
	struct rich_margin *margins;
	size_t nmargins, margins_cap;
	struct rich_list *lists;
	size_t nlists, lists_cap;
	struct rich_table *tables;
	size_t ntables, tables_cap;
	struct rich_row *rows;
	size_t nrows, rows_cap;
	struct rich_cell *cells;
	size_t ncells, cells_cap;
	struct rich_link *links;
	size_t nlinks, links_cap;
	size_t empty_before, empty_after; /* plain text: empty lines at both ends */
	bool had_glosses, was_converted;
	int seconds;
};

/* Blank lines between block i - 1 and block i (from 1): 0 between short items of one list and where
 * only the depth of a quote changes. */
int rich_gap(const struct rich *r, size_t i);
/* The margins of a chain, outermost first; at most `max` of them, the innermost dropped. Returns
 * how many. */
size_t rich_chain(const struct rich *r, uint32_t margin, uint32_t *out, size_t max);
/* The text of a stretch. */
struct str rich_text(const struct rich *r, uint32_t from, uint32_t to);
/* Index of the run that holds byte `at`, of those there are. */
size_t rich_run_at(const struct rich *r, uint32_t at);

#endif
