/* layout_parts - the inside of a layout, shared by paragraphs (layout) and tables (layout_table).
 *
 * Must not know: HTML, screens.
 */
#ifndef LEDE_TEXT_LAYOUT_PARTS_H
#define LEDE_TEXT_LAYOUT_PARTS_H

#include "lede/text/layout_line.h"

#define LINES_OF_A_PAGE 128 /* lines are kept in pages, so that they never move */

struct layout {
	const struct rich *doc;
	struct layout_options o;
	struct arena *arena;
	struct layout_line **pages;
	size_t npages, pages_cap, count;
	struct line_build line;

	size_t empty_before, empty_after; /* lines still to come */
	size_t block;       /* the next to be laid out, or the one that is */
	bool inside;        /* a line of it is there already */
	uint32_t at;        /* where its next line begins */
	uint32_t piece_end; /* of the piece that holds `at`; what is before `at` is old */
	uint8_t *breaks;
	size_t breaks_cap; /* of the stretch of a paragraph */
	uint32_t breaks_from, breaks_to;

	uint32_t row, cell; /* tables: the next row; as records: the next cell of it */
	uint32_t head_at;   /* records: where the next line of a long head begins */
	bool rule_due, as_records, head_told;
};

/* Begins a line with the bars, marks and blanks that stand left of the block; returns the cells
 * that are left for its text. */
int layout_begin_line(struct layout *l, const struct rich_block *block);
/* Adds the line to the lines. */
void layout_end_line(struct layout *l, uint32_t place);
/* Lays out one line of the piece from..to of a paragraph, in at most `room` cells; returns where
 * the next begins. */
uint32_t layout_fill(struct layout *l, uint32_t from, uint32_t to, int room, uint16_t style);

/* One line of the block's table; false when it has ended. */
void layout_table_start(struct layout *l, const struct rich_block *block);
bool layout_table_line(struct layout *l, const struct rich_block *block);

#endif
