/* loop - keys, messages, signals and timers into the app; its effects out; frames to the terminal.
 *
 * The one thread that owns the terminal and struct app. It blocks in poll() and never waits for
 * disk or network. Must not know: the store, the network; it hands effects to the world it was
 * given.
 */
#ifndef LEDE_TUI_LOOP_H
#define LEDE_TUI_LOOP_H

#include "lede/app/app.h"
#include "lede/base/clock.h"
#include "lede/base/mailbox.h"
#include "lede/tui/term.h"

/* What effects are handed to; production is main's, tests have their own. */
struct loop_world {
	struct mailbox *mailbox;                                  /* answers and notices */
	void (*ask)(void *self, struct ask *a);
	void (*tell)(void *self, struct job *j);
	/* n 0: all; `due`: only what is due, nobody asked for it */
	void (*refresh)(void *self, const int64_t *feeds, size_t n, bool due);
	void (*stop_refresh)(void *self);
	/* addresses, a line end behind each; app_subscribed says what became of it; may be NULL */
	void (*subscribe)(void *self, struct str urls);
	enum err (*open_url)(void *self, struct str url,
	                     struct error *e); /* starts the browser by argv */
	void (*theme)(void *self, const char *name);              /* dresses the terminal; may be NULL */
	/* at the next start as well; may be NULL */
	enum err (*keep)(void *self, enum option_id option, const char *value, struct error *e);
	/* The terminal said it: 0xRRGGBB. Returns the theme that "auto" is now; may be NULL. */
	const char *(*background)(void *self, int rgb);
	bool ask_terminal, ask_width;             /* what it is asked after the first frame */
	bool remote;                              /* it is at the other end of a network */
	void *self;
	struct clock clock;
};
/* Runs until the app wants to quit or a signal (SIGTERM, SIGHUP) ends it. Returns the signal, or 0.
 */
int loop_run(struct app *app, struct terminal *term, const struct loop_world *world);

#endif
