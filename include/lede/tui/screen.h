/* screen - a grid of cells: what is to be seen, before any terminal sees it.
 *
 * Draw functions write into it, tests read it as text, term_curses.c copies it out. A cell holds
 * one grapheme cluster; a wide one takes two cells, of which the second is its continuation.
 * Nothing outside the grid and no half of a wide cluster can be drawn. Must not know: colours
 * (cells have roles), curses.
 */
#ifndef LEDE_TUI_SCREEN_H
#define LEDE_TUI_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/app/role.h"
#include "lede/base/str.h"

#define CELL_BYTES 22             /* a base and four marks at most: what a curses cell can hold */
/* Cells that look alike are alike byte for byte: rows are compared by memcmp. */
struct cell {
	char text[CELL_BYTES]; /* UTF-8, filled up with NULs; empty: the second half of a wide
	                          cluster */
	uint8_t role;             /* enum role */
	uint8_t underline : 1;    /* beyond what the role's attributes say */
	uint8_t link : 7;         /* whose address screen_link_url has; 0: none */
};
/* Addresses that cells point to; numbers stay what they are while `age` does. */
enum { SCREEN_LINKS = 127 };
struct screen_links { char *url[SCREEN_LINKS + 1]; int n, age; };
struct screen {
	int w, h, ambiguous;
	struct cell *cell;        /* h rows of w */
	int cursor_x, cursor_y; /* where the terminal's own cursor is to stand (for screen readers);
	                           -1: anywhere */
	struct screen_links links;
	bool cursor_shown;        /* it is to be seen there: a prompt is open */
};
struct screen *screen_new(int w, int h);               /* all blanks in ROLE_BACKGROUND */
void screen_free(struct screen *s);                    /* NULL is fine */
void screen_clear(struct screen *s, int ambiguous);
/* Draws at most `w` cells of `text` (display form) from x on; what does not fit is cut between
 * clusters. Returns the cells drawn. */
int screen_text(struct screen *s, int x, int y, int w, struct str text, enum role role);
int screen_cstr(struct screen *s, int x, int y, int w, const char *text, enum role role);
/* The same, but what is cut ends in `cut`, with no blank before it (text_shorten). */
int screen_cut(struct screen *s, int x, int y, int w, struct str text, const char *cut,
               enum role role);
void screen_fill(struct screen *s, int x, int y, int w, char c, enum role role);
void screen_underline(struct screen *s, int x, int y, int w);
/* Makes cells a link; there can be SCREEN_LINKS on a screen, and what is more is none. */
void screen_link(struct screen *s, int x, int y, int w, struct str url);
struct str screen_link_url(const struct screen *s, int link);
/* Gives cells another role and leaves their text: the filled lead field of the cursor's row. */
void screen_role(struct screen *s, int x, int y, int w, enum role role);
const struct cell *screen_at(const struct screen *s, int x, int y);    /* NULL outside */
/* Whether two rows of screens of one width look the same. */
bool screen_same_row(const struct screen *a, int ya, const struct screen *b, int yb);
/* Adds one row as text without its right blanks; for tests. */
enum err screen_row(const struct screen *s, int y, struct buf *out);

#endif
