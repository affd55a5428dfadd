/* fake_term - a terminal of the tests: keys are bytes of standard input, frames are kept as text.
 *
 * Linked instead of term_curses.c: a test that has this one never starts curses.
 */
#ifndef LEDE_TESTS_FAKE_TERM_H
#define LEDE_TESTS_FAKE_TERM_H

#include "lede/tui/term.h"

enum { FAKE_FRAMES = 16 };
/* Bytes that stand for what is no key. */
enum { FAKE_SAID = 0x1C, FAKE_MOUSE = 0x1D, FAKE_PASTE = 0x1E };

struct terminal {
	int w, h;
	int keys;                                  /* the end that is written to */
	int frames, redrawn, suspended, resumed;
	char frame[FAKE_FRAMES][16 << 10];         /* the first of them, rows as lines */
	int frame_w[FAKE_FRAMES];
	void (*shown)(struct terminal *t, int n);  /* after frame n (from 1): what happens next */
	void *self;
	struct view_manners manners;
	char title[256], copied[256];
	bool has_clipboard;
	int asked;
	struct mouse mouse;
	struct term_news news;
};
/* Standard input becomes a pipe that only this terminal writes to. */
void fake_term_open(struct terminal *t, int w, int h);
void fake_term_close(struct terminal *t);
void fake_term_type(struct terminal *t, const char *keys);

#endif
