/* geometry - where things stand on a screen of W columns and H rows: SCREENS.md section 2, as
 * arithmetic.
 *
 * Must not know: what is shown, terminals.
 */
#ifndef LEDE_APP_GEOMETRY_H
#define LEDE_APP_GEOMETRY_H

#include <stdbool.h>

struct rect { int x, y, w, h; };
enum layout_kind { LAYOUT_COLUMNS, LAYOUT_STACKED, LAYOUT_SINGLE, LAYOUT_TOO_SMALL };
enum layout_wish { WISH_AUTO, WISH_COLUMNS, WISH_STACKED, WISH_SINGLE };
enum rows_wish { ROWS_AUTO, ROWS_COMFORTABLE, ROWS_DENSE };

struct geometry_wish {
	enum layout_wish layout; enum rows_wish rows;
	int split, split_rows; /* wished list width (columns) and height (stacked); 0: computed */
	int text_width;           /* 20..120, default 72 */
	int scroll_offset;
};
struct geometry {
	int w, h;
	enum layout_kind layout;
	bool wish_refused;        /* the wished layout does not fit: shown as single */
	int header;               /* row of the header, -1 when there is none */
	int status;               /* row of the status line */
	struct rect body, list, article, rule; /* single: list and article are both the body; rule
	                                          has w or h 0 when there is none */
	struct rect text;         /* the text column within the article's pane */
	bool comfortable;         /* two lines a story in ranked lists */
	int row_lines;            /* 2 or 1 */
};
void geometry_of(int w, int h, const struct geometry_wish *wish, struct geometry *out);

#endif
