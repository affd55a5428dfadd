/* term_inside - what the files of the module term share: term_curses.c, which has terminfo, and
 * term_talk.c, which has what terminfo does not know.
 */
#ifndef LEDE_TUI_TERM_INSIDE_H
#define LEDE_TUI_TERM_INSIDE_H

#include <termios.h>

#include "lede/tui/paint.h"
#include "lede/tui/talk.h"
#include "lede/tui/term.h"

enum { WORD_COUNT = SAY_OP + 1, SAID_MAX = 128, FRAME_MAX = 16 << 20 };

/* What is on, beside the screen; so that it is put back, and said only when it changes. */
struct talking {
	struct view_manners wish;
	struct talk_world world;
	bool like_xterm;
	bool mouse_known, copy_known;     /* terminfo has them */
	const char *title_begin, *title_end;   /* NULL: there are no titles */
	bool saves_title;                 /* the screen of its own has its own title */
	bool mouse, paste;                /* on */
	bool synchronizes;                /* it said so */
	struct buf title;                 /* the one it has; empty: its own */
	int64_t asked;                    /* milliseconds; -1: nothing, or all is answered */
	struct term_news news;
};

struct terminal {
	enum color_depth depth;
	enum glyph_set glyphs;
	int glyphs_wish;
	bool utf8;
	int colors;
	bool dim, italic;
	bool cursor_shown;
	const char *word[WORD_COUNT];     /* terminfo's, with parameters; NULL: there is none */
	bool standard[WORD_COUNT];        /* it is as ECMA-48 has it, which can be said in short */
	char said[SAID_MAX];              /* the last one, its parameters filled in */
	struct paint *paint;
	struct buf frame;                 /* empty between frames */
	int w, h;
	struct termios ours;
	struct input *input;
	unsigned char bytes[256];         /* read and not yet looked at */
	size_t at, nbytes;
	struct talking talk;
};

/* ---- term_curses.c ---- */

const char *term_capability(const char *name);          /* its text, or NULL */
/* What a terminal does not take is lost: one that is gone is noticed by poll(). */
void term_send(const char *text, size_t n);
void term_note_way_back(struct terminal *t);            /* what is on has changed */

/* ---- term_talk.c ---- */

void talk_open(struct terminal *t);
void talk_close(struct terminal *t);
void talk_take(struct terminal *t, struct buf *out);    /* the screen is taken: what was on is on again */
void talk_way_back(const struct terminal *t, struct buf *out);
/* An answer came at `ms`; whether it is news. */
bool talk_said(struct terminal *t, struct said said, int64_t ms);

#endif
