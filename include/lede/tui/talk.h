/* talk - what a terminal is told and asked beside its cells: titles, the clipboard, links, the mouse.
 *
 * Sequences as bytes, and which terminals are known to understand which. What comes from outside
 * cannot end a sequence or begin another: controls are left out, addresses are percent-encoded, the
 * clipboard's text is base64. Must not know: terminfo, files, the environment (it is handed in).
 */
#ifndef LEDE_TUI_TALK_H
#define LEDE_TUI_TALK_H

#include <stdbool.h>

#include "lede/base/str.h"

/* TERMINAL.md section 3: what terminals and multiplexers take at most. */
enum { TALK_TITLE_MAX = 256, TALK_URL_MAX = 2000, TALK_COPY_MAX = 74994 };

/* Of the environment; NULL where it is not set. */
struct talk_world { const char *term, *program, *program_version, *vte, *konsole, *tmux; };

/* What it does not know it ignores in silence: questions, titles, marks around pasted text. */
bool talk_like_xterm(const struct talk_world *w);
bool talk_has_links(const struct talk_world *w);     /* "OSC 8" */
/* Whether the clipboard of a terminal that has one is surely reached: a multiplexer may keep it. */
bool talk_surely_copies(const struct talk_world *w, bool in_terminfo);

void talk_title(struct buf *out, const char *begin, const char *end, struct str title);
bool talk_copy(struct buf *out, struct str text);    /* false: too long; nothing is added */
/* An empty address ends a link. False: none that may be a link; nothing is added. */
bool talk_link(struct buf *out, struct str url);
void talk_mouse(struct buf *out, bool on);
/* `ambiguous`: also how many cells "…" has; then the first two cells of the screen's last row, `h` - 1,
 * are to be drawn again. */
void talk_questions(struct buf *out, bool ambiguous, int h);

#define TALK_SYNC_BEGIN "\033[?2026h"
#define TALK_SYNC_END "\033[?2026l"

#endif
