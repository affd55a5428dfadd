/* signals - what the system tells the reader, as bytes in a pipe.
 *
 * Must not know: what is done about them.
 */
#ifndef LEDE_TUI_SIGNALS_H
#define LEDE_TUI_SIGNALS_H

#include "lede/base/error.h"

/* SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT and, unless it was ignored, SIGTSTP come as events;
 * SIGPIPE is ignored; fatal signals put the terminal back and then kill the program as they would
 * have. Call before threads start and after the terminal was opened. */
enum err signals_open(struct error *e);
void signals_close(void);
int signals_fd(void);                     /* readable while a signal waits */
int signals_next(void);                   /* the signal's number; 0: none. SIGWINCHs are one */
/* Blocks all of them in the calling thread, so that threads made by it never see one;
 * signals_unblock undoes it. */
void signals_block(void);
void signals_unblock(void);

#endif
