/* paint - frames to bytes: what a terminal is to be sent so that it shows a screen.
 *
 * It remembers what the terminal shows, where its cursor stands and how it writes now, and says
 * only what differs, in as few bytes as it finds: the cheapest way to the next cell, parts of
 * colours that change, blanks that are erased instead of written, rows that the terminal moves by
 * itself. Pure: the bytes go into a buffer, so that a frame is one write. Must not know: terminfo
 * (it asks `say`), files, what is on the screen.
 */
#ifndef LEDE_TUI_PAINT_H
#define LEDE_TUI_PAINT_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"
#include "lede/tui/screen.h"

/* What is asked of the terminal, by the names of terminfo. Rows and columns from 0. */
enum paint_word {
	SAY_CLEAR,                        /* the whole screen; the cursor at its top left */
	SAY_CUP, SAY_HPA, SAY_VPA,        /* to row a, column b; to column a; to row a */
	SAY_CUF, SAY_CUB,                 /* a columns right, left */
	SAY_EL, SAY_ECH,                  /* erases to the row's end; a cells */
	SAY_CSR,                          /* rows a to b scroll */
	SAY_INDN, SAY_RIN, SAY_IND, SAY_RI, /* scrolls a rows up, down; one up, down */
	SAY_DL, SAY_IL,                   /* takes a rows away, puts a rows in, at the cursor */
	SAY_SGR0, SAY_BOLD, SAY_DIM, SAY_ITALIC, SAY_UNDERLINE, SAY_REVERSE,
	SAY_FG, SAY_BG, SAY_OP            /* colour a; both colours the terminal's own */
};
struct paint_terminal {
	/* The bytes for it, without padding, borrowed until the next call; NULL: it cannot. */
	const char *(*say)(void *self, enum paint_word word, int a, int b);
	void *self;
	bool utf8;                        /* else everything beyond ASCII is sent as "?" */
	bool erases_in_color;             /* bce: what is erased has the colour of the ground */
	bool wraps_late;                  /* xenl: the last cell can be written without scrolling */
};
/* How a role looks; colours are the terminal's numbers, -1 its own. attr: ATTR_* of theme.h. */
struct look { int32_t fg, bg; uint8_t attr; };

struct paint;
struct paint *paint_new(const struct paint_terminal *t);
void paint_free(struct paint *p);                        /* NULL is fine */
void paint_looks(struct paint *p, const struct look look[ROLE_COUNT]);
/* Whether cells that are links are links of the terminal (OSC 8); not at first. */
void paint_links(struct paint *p, bool on);
/* Somebody else wrote to the terminal: all of the next frame is sent, the screen cleared first. */
void paint_forget(struct paint *p);
/* Adds what draws the cells [x, x + n) of row y again: something else was written there. */
void paint_lost(struct paint *p, int y, int x, int n, struct buf *out);
/* Adds to `out` what makes the terminal show `s`, the cursor where it is to stand. */
void paint_frame(struct paint *p, const struct screen *s, struct buf *out);

#endif
