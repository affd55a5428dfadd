#include "lede/tui/loop.h"

#include <stdio.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "lede/base/language.h"
#include "lede/tui/draw.h"
#include "lede/tui/signals.h"

enum { KEYS_A_FRAME = 64, FAR_AWAY_MS = 150 };

struct loop {
	struct app *app;
	struct terminal *term;
	const struct loop_world *world;
	struct screen *screen;
	bool redraw, quit, asked;
	int signal;
};

static int64_t ticks(const struct loop *l)
{
	return clock_ticks(&l->world->clock);
}

static struct event event_of(const struct loop *l, enum event_kind kind)
{
	return (struct event){ .kind = kind,
		               .now = clock_now(&l->world->clock),
		               .ticks = ticks(l) };
}

static void send(struct loop *l, enum event_kind kind)
{
	struct event e = event_of(l, kind);

	app_update(l->app, &e);
}

/* ---- effects ---- */

static void open_url(struct loop *l, struct str url)
{
	struct error e = { .code = ERR_NONE };
	char text[sizeof e.text + 32];

	if (l->world->open_url(l->world->self, url, &e) == ERR_NONE)
		return;
	/* The program that was set is not there: here it can be set to another. */
	snprintf(text, sizeof text, "%s%s", e.text, e.code == ERR_NONESUCH ? " · :set browser=" : "");
	app_say(l->app, true, ticks(l), "%s", text);
}

/* Whether the clipboard got it is not always known; then what it would hold is shown. */
static void copy(struct loop *l, const struct effect *e)
{
	if (term_copy(l->term, e->url))
		app_say(l->app, false, ticks(l), _("copied: %s"), e->shown.p);
	else
		app_say(l->app, false, ticks(l), "%.*s", (int)e->url.n, e->url.p);
}

static void suspend(struct loop *l)
{
	term_suspend(l->term);
	send(l, EVENT_RESUME);
}

static void keep(struct loop *l, const struct effect *what)
{
	struct error e;

	if (l->world->keep(l->world->self, what->option, what->value, &e) != ERR_NONE)
		app_say(l->app, true, ticks(l), "%s", e.text);
}

static void do_effect(struct loop *l, const struct effect *e)
{
	const struct loop_world *w = l->world;

	switch (e->kind) {
	case EFFECT_ASK:
		w->ask(w->self, e->ask);
		break;
	case EFFECT_TELL:
		w->tell(w->self, e->job);
		break;
	case EFFECT_REFRESH:
		w->refresh(w->self, e->feeds, e->nfeeds, e->due);
		break;
	case EFFECT_STOP_REFRESH:
		w->stop_refresh(w->self);
		break;
	case EFFECT_SUBSCRIBE:
		if (w->subscribe)
			w->subscribe(w->self, e->url);
		break;
	case EFFECT_OPEN:
		open_url(l, e->url);
		break;
	case EFFECT_THEME:
		if (w->theme)
			w->theme(w->self, e->theme);
		l->redraw = true;
		break;
	case EFFECT_KEEP:
		if (w->keep)
			keep(l, e);
		break;
	case EFFECT_COPY:
		copy(l, e);
		break;
	case EFFECT_SUSPEND:
		suspend(l);
		break;
	case EFFECT_REDRAW:
		l->redraw = true;
		break;
	case EFFECT_QUIT:
		l->quit = true;
		break;
	}
}

static void do_effects(struct loop *l)
{
	struct effect e;

	while (app_effect(l->app, &e))
		do_effect(l, &e);
}

/* ---- events ---- */

static void resize(struct loop *l)
{
	struct event e = event_of(l, EVENT_RESIZE);

	term_size(l->term, &e.w, &e.h);
	if (l->screen->w != e.w || l->screen->h != e.h) {
		screen_free(l->screen);
		l->screen = screen_new(e.w, e.h);
	}
	app_update(l->app, &e);
}

static void read_signals(struct loop *l)
{
	int number;

	while ((number = signals_next())) {
		if (number == SIGWINCH) {
			resize(l);
		} else if (number == SIGCONT) {
			term_resume(l->term);
			l->redraw = true;
			resize(l);
			send(l, EVENT_RESUME);
		} else if (number == SIGTSTP) {
			suspend(l);
		} else {
			l->signal = number;
			send(l, EVENT_TERMINATE);
		}
		do_effects(l);
	}
}

static void read_messages(struct loop *l)
{
	struct message *m;

	while (mailbox_take(l->world->mailbox, &m)) {
		struct event e = event_of(l, m->kind == WORK_ANSWER ? EVENT_ANSWER : EVENT_NOTICE);

		if (m->kind == WORK_ANSWER)
			e.answer = (struct answer *)m;
		else
			e.notice = (struct notice *)m;
		app_update(l->app, &e);
		do_effects(l);
	}
}

static void terminal_said(struct loop *l, struct event *e)
{
	struct term_news news = term_news(l->term);

	e->kind = EVENT_TERMINAL;
	e->slow = l->world->remote && news.ms > FAR_AWAY_MS;
	e->ambiguous = l->world->ask_width ? news.ambiguous : 0;
	if (e->ambiguous > 0)
		e->glyphs = term_ambiguous(l->term, e->ambiguous);
	if (news.background >= 0 && l->world->background)
		e->theme_auto = l->world->background(l->world->self, news.background);
}

static void fill_event(struct loop *l, uint32_t key, struct event *e)
{
	e->key = key;
	if (key == INPUT_SAID)
		terminal_said(l, e);
	else if (key == INPUT_MOUSE) {
		e->kind = EVENT_MOUSE;
		e->mouse = term_mouse(l->term);
	} else if (key == INPUT_PASTE) {
		e->kind = EVENT_PASTE;
		e->text = term_paste(l->term);
	}
}

/* Keys that are there already are answered by one frame. */
static void read_keys(struct loop *l)
{
	uint32_t key;

	for (int n = 0; n < KEYS_A_FRAME && !l->quit && (key = term_key(l->term, ticks(l))); n++) {
		struct event e = event_of(l, EVENT_KEY);

		fill_event(l, key, &e);
		app_update(l->app, &e);
		do_effects(l);
	}
}

static void draw(struct loop *l)
{
	struct view view;

	if (!l->redraw && !app_changed(l->app, NULL))
		return;
	app_view(l->app, &view);
	draw_view(&view, l->screen);
	term_manners(l->term, &view.manners, view.window_title);
	term_show(l->term, l->screen, l->redraw);
	l->redraw = false;
	if (!l->asked && l->world->ask_terminal)
		term_ask(l->term, l->world->ask_width, ticks(l));
	l->asked = true;
}

/* Until the app's timer or the end of an Esc that may be the front of a sequence; -1: for ever. */
static int wait_ms(const struct loop *l)
{
	int64_t at = app_timer(l->app), now = ticks(l),
	        left = at < 0     ? -1
	               : at > now ? at - now
	                          : 0;
	int key = term_key_wait(l->term, now);

	if (key >= 0 && (left < 0 || key < left))
		left = key;
	return left > 60000 ? 60000 : (int)left;
}

static void turn(struct loop *l)
{
	struct pollfd fds[3] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = signals_fd(), .events = POLLIN },
		{ .fd = mailbox_fd(l->world->mailbox), .events = POLLIN },
	};
	int64_t at;

	if (poll(fds, 3, wait_ms(l)) < 0 && errno != EINTR)
		l->quit = true;
	if (fds[1].revents)
		read_signals(l);
	if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) {
		l->signal = l->signal ? l->signal : SIGHUP;      /* the terminal is gone */
		send(l, EVENT_TERMINATE);
	} else if ((fds[0].revents & POLLIN) || term_key_wait(l->term, ticks(l)) == 0) {
		read_keys(l);
	}
	read_messages(l);
	at = app_timer(l->app);
	if (at >= 0 && at <= ticks(l))
		send(l, EVENT_TIMER);
	do_effects(l);
}

int loop_run(struct app *app, struct terminal *term, const struct loop_world *world)
{
	struct loop l = { .app = app, .term = term, .world = world };
	int w, h;

	term_size(term, &w, &h);
	l.screen = screen_new(w, h);
	send(&l, EVENT_START);
	do_effects(&l);
	/* The first answer is a few milliseconds away: the first frame is the edition, not an empty
	 * screen before it. */
	poll(&(struct pollfd){ .fd = mailbox_fd(world->mailbox), .events = POLLIN }, 1, 100);
	read_messages(&l);
	while (!l.quit) {
		draw(&l);
		turn(&l);
	}
	screen_free(l.screen);
	return l.signal;
}
