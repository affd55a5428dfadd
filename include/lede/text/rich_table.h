/* rich_table - cells and rows while a table is being read, and what becomes of them at its end.
 *
 * A table that holds data becomes one block; one that only places things on a page leaves its cells
 * as the blocks they are. Must not know: HTML, how a table is drawn.
 */
#ifndef LEDE_TEXT_RICH_TABLE_H
#define LEDE_TEXT_RICH_TABLE_H

#include "lede/text/rich_build.h"

struct table_build; /* one open table; knows the one it stands in */

struct table_build *table_start(struct build *b, struct table_build *outer);
void table_row(struct table_build *t, struct build *b);
/* Spans are taken as 1 when they are out of reason. `head`: th. */
void table_cell(struct table_build *t, struct build *b, bool head, int columns, int rows);
void table_cell_end(struct table_build *t, struct build *b);
/* Returns the outer table; t is gone. */
struct table_build *table_end(struct table_build *t, struct build *b);

#endif
