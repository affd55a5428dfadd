/* app - the reader's state and what keys and messages do to it. The only owner of state.
 *
 * An event comes in, app_update changes the state and says what is to be done (effects); app_view
 * turns the state into values to draw. No I/O, no clock, no threads in here: time is in the event,
 * work goes out as messages (work.h) and comes back as events. Must not know: curses, SQL, curl.
 */
#ifndef LEDE_APP_APP_H
#define LEDE_APP_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/app/command.h"
#include "lede/app/config.h"
#include "lede/app/mouse.h"
#include "lede/app/view.h"
#include "lede/app/work.h"
#include "lede/base/error.h"

struct app;

/* A theme that can be chosen. */
struct theme_name { const char *name, *about; };

struct subscriptions;
struct app_setup {
	const struct subscriptions *subs;   /* borrowed: what the feeds file says, as it was read last; may be NULL */
	struct config *config;            /* borrowed */
	int64_t now;                      /* seconds */
	bool sample; /* the sample edition: no feeds yet; the welcome panel opens */
	int feeds;                        /* subscribed to */
	enum glyph_set glyphs; int ambiguous;
	int w, h;
	/* borrowed for the app's life; the one in force, and what "auto" is now: names of these */
	const struct theme_name *themes; int nthemes;
	const char *theme, *theme_auto;
};
struct app *app_new(const struct app_setup *setup);
void app_free(struct app *a);

enum event_kind {
	EVENT_START,
	EVENT_KEY,
	EVENT_PASTE /* text that was pasted: goes into the prompt that is open, else nowhere */,
	EVENT_MOUSE,
	EVENT_TERMINAL /* it said something of itself */,
	EVENT_RESIZE,
	EVENT_ANSWER,
	EVENT_NOTICE,
	EVENT_TIMER,
	EVENT_RESUME /* after ^Z */,
	EVENT_TERMINATE
};
struct event {
	enum event_kind kind;
	int64_t now, ticks;               /* seconds; milliseconds for timers */
	uint32_t key;                     /* EVENT_KEY */
	struct str text;                  /* EVENT_PASTE: bytes as the terminal sent them; borrowed */
	struct mouse mouse;               /* EVENT_MOUSE */
	/* EVENT_TERMINAL: cells of ambiguous characters (0: not said) and the glyphs that go with
	 * them; whether it is far away; the theme that "auto" is now (NULL: as before). */
	int ambiguous; enum glyph_set glyphs; bool slow; const char *theme_auto;
	int w, h;                         /* EVENT_RESIZE */
	struct answer *answer;            /* EVENT_ANSWER: given away */
	struct notice *notice;            /* EVENT_NOTICE: given away */
};

enum effect_kind {
	EFFECT_ASK,
	EFFECT_TELL,
	EFFECT_REFRESH,
	EFFECT_STOP_REFRESH,
	EFFECT_OPEN,
	EFFECT_SUBSCRIBE,
	EFFECT_THEME,
	EFFECT_KEEP,
	EFFECT_COPY,
	EFFECT_SUSPEND,
	EFFECT_REDRAW,
	EFFECT_QUIT
};
struct effect {
	enum effect_kind kind;
	struct ask *ask;                  /* EFFECT_ASK: to the reader thread, now the caller's */
	struct job *job;                  /* EFFECT_TELL: to the writer thread, now the caller's */
	int64_t *feeds;
	size_t nfeeds; /* EFFECT_REFRESH: these feeds, or all (NULL); owned by the app until the
	                  next update */
	bool due;                         /* EFFECT_REFRESH: only what is due */
	/* EFFECT_OPEN; EFFECT_COPY, with what is said of it (it ends in NUL): borrowed until the
	 * next update */
	struct str url, shown;
	const char *theme;                /* EFFECT_THEME: the screen is drawn in it; one of the setup's */
	/* EFFECT_KEEP: the option is to have this value at the next start as well; lives as long as the app */
	enum option_id option; const char *value;
};
/* Takes one event; effects are read with app_effect until it returns false. */
void app_update(struct app *a, const struct event *e);
bool app_effect(struct app *a, struct effect *out);
/* Whether anything visible changed since the last app_view; `urgent` (may be NULL): in answer to a
 * key. */
bool app_changed(const struct app *a, bool *urgent);
/* When an EVENT_TIMER is wanted next (milliseconds, as ticks); -1: never. */
int64_t app_timer(const struct app *a);
void app_view(struct app *a, struct view *out);
/* A sentence for the status line, from outside (the loop: a browser that is missing). */
void app_say(struct app *a, bool error, int64_t ticks, const char *fmt, ...)
        __attribute__((format(printf, 4, 5)));

/* What became of an EFFECT_SUBSCRIBE: how many are new, one of them as it is shown (or one that was there already), whether they are
 * being fetched. error: nothing was done. */
struct subscribed { int added; struct str address; bool fetching; struct error error; };
void app_subscribed(struct app *a, int64_t ticks, const struct subscribed *s);

#endif
