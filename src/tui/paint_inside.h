/* paint_inside - what the files of the module paint share: what the terminal has and how it writes.
 */
#ifndef LEDE_TUI_PAINT_INSIDE_H
#define LEDE_TUI_PAINT_INSIDE_H

#include "lede/tui/paint.h"

enum { ATTRS = 5, WORDS_MAX = 32 };

/* What a role's colours are called: parameters ("38;5;215") where they are joined, else whole
 * sequences; empty: nothing needs to be said. */
struct paint_style { struct look look; char fg[WORDS_MAX], bg[WORDS_MAX]; };

struct paint {
	struct paint_terminal t;
	struct paint_style style[ROLE_COUNT];
	uint8_t like[ROLE_COUNT];         /* the first role that looks the same */
	char on[ATTRS][WORDS_MAX];        /* what turns attribute 1 << i on, as in paint_style */
	bool joined;                      /* attributes and colours go into one "CSI ... m" */
	bool takes_off;                   /* one attribute can be turned off without the others */
	bool erases;                      /* what is erased looks like a blank of the ground */

	struct screen *shown;             /* what the terminal has; NULL: nobody knows */
	bool *differs;                    /* rows of the frame: the terminal shows another one */
	uint8_t *todo;                    /* its cells there: 0, or how they are to look */
	int x, y;                         /* where its cursor stands; -1: nobody knows */
	bool known;                       /* how it writes: */
	struct look now;
	bool links; int link, links_age;  /* told; the one that is open; of the numbers in `shown` */
};

/* ---- paint_style.c ---- */

void style_learn(struct paint *p);                       /* which words the terminal has */
void style_set(struct paint *p, enum role role, bool underline, struct buf *out);
/* Whether a blank in the one looks like a blank in the other: nobody sees the colour of a blank. */
bool style_blank_alike(const struct look *a, const struct look *b);
/* How the terminal writes now is good enough for a blank of this role. */
bool style_blank_fits(const struct paint *p, enum role role, bool underline);
struct look style_look(const struct paint *p, enum role role, bool underline);

/* ---- paint_scroll.c ---- */

/* Lets the terminal move rows where that saves bytes; `shown` and `differs` follow. */
void scroll_rows(struct paint *p, const struct screen *s, struct buf *out);

/* ---- paint.c ---- */

void paint_say(struct paint *p, enum paint_word word, int a, int b, struct buf *out);
bool paint_can(struct paint *p, enum paint_word word);
/* To a cell. `s`: the frame; what is not to change on the way may be written again. */
void paint_move(struct paint *p, const struct screen *s, int x, int y, struct buf *out);
/* Row `y` of what the terminal has is blank now (erased); or nobody knows how it looks. */
void paint_blank_row(struct paint *p, int y);

#endif
