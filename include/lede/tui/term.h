/* term - the terminal: the one place that knows curses, whose terminfo it asks.
 *
 * Gives keys and sizes, takes frames. Puts the terminal back on term_close, on suspend and, through
 * term_emergency, when the program ends in a way nobody planned. Only what differs is sent; one
 * write a frame. Must not know: what is on the screen.
 */
#ifndef LEDE_TUI_TERM_H
#define LEDE_TUI_TERM_H

#include <stdbool.h>

#include "lede/app/glyphs.h"
#include "lede/app/view.h"
#include "lede/base/error.h"
#include "lede/tui/input.h"
#include "lede/tui/screen.h"
#include "lede/tui/theme.h"

struct terminal;
struct term_setup {
	int ambiguous;                    /* 1 or 2: cells of ambiguous characters */
	bool no_color;                    /* NO_COLOR is set */
	int glyphs; /* an enum glyph_set, or -1: by locale, terminal and ambiguous width */
};
/* Refuses TERM=dumb and terminals that cannot move the cursor: ERR_USAGE "the terminal “dumb”
 * cannot show lede; lede top, lede show ID and lede --help need no terminal". */
enum err term_open(const struct term_setup *setup, struct terminal **out, struct error *e);
void term_close(struct terminal *t);          /* NULL is fine */
enum glyph_set term_glyphs(const struct terminal *t);
void term_theme(struct terminal *t, const struct theme *theme);
enum color_depth term_depth(const struct terminal *t);
void term_size(struct terminal *t, int *w, int *h);      /* asks the terminal: after SIGWINCH */
/* Shows a frame. `all`: everything anew (^L, back from ^Z). */
void term_show(struct terminal *t, const struct screen *s, bool all);
/* What it is to do beside showing cells: the next term_show says what changed of it. */
void term_manners(struct terminal *t, const struct view_manners *m, struct str title);
/* Gives a text to the clipboard; false: it has none, or nobody can be sure of it. */
bool term_copy(struct terminal *t, struct str text);
/* The next key that is there at `ms`; 0: none. INPUT_MOUSE and INPUT_PASTE come among them, and
 * INPUT_SAID when there is news. Never waits: an Esc is given when term_key_wait says
 * that nothing followed it. */
uint32_t term_key(struct terminal *t, int64_t ms);
struct mouse term_mouse(const struct terminal *t);
struct str term_paste(const struct terminal *t);         /* borrowed until the next key */

/* Asks the terminal what it is, where it is known to answer or to be silent. To be called after the
 * first frame; nothing waits for the answers: they come among the keys, late, or never. */
void term_ask(struct terminal *t, bool ambiguous, int64_t ms);
struct term_news {
	int background;                   /* 0xRRGGBB; -1: it did not say */
	int ambiguous;                    /* cells of ambiguous characters; 0: it did not say */
	int ms;                           /* it took so long to answer */
};
struct term_news term_news(const struct terminal *t);
/* Another width of ambiguous characters: which glyphs there are now. */
enum glyph_set term_ambiguous(struct terminal *t, int ambiguous);
/* Milliseconds until term_key is to be asked again although the terminal sends nothing; -1: no
 * need. */
int term_key_wait(const struct terminal *t, int64_t ms);
/* Stops the process as ^Z does, the terminal put back; returns when it goes on, the screen taken
 * again. */
void term_suspend(struct terminal *t);
/* Takes the screen again: after a stop that nobody announced (SIGSTOP). */
void term_resume(struct terminal *t);
/* Puts the terminal back without allocating or locking: for the out-of-memory hook and fatal
 * signals. */
void term_emergency(void);

#endif
