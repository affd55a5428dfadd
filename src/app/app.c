#include "lede/app/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lede/app/key.h"
#include "lede/app/retold.h"
#include "lede/base/language.h"
#include "lede/text/display.h"
#include "lede/text/rich.h"
#include "lede/text/utf8.h"
#include "state.h"

/* ---- effects ---- */

struct effect *app_want(struct app *a, enum effect_kind kind)
{
	struct effects *out = &a->out;

	out->e = mem_grow(out->e, &out->cap, out->n + 1, sizeof *out->e);
	out->e[out->n] = (struct effect){ .kind = kind };
	return &out->e[out->n++];
}

void app_ask(struct app *a, struct ask *ask)
{
	app_want(a, EFFECT_ASK)->ask = ask;
}

void app_tell(struct app *a, struct job *job)
{
	job->now = a->now;
	a->feeds_told += job->kind == JOB_UNDO || job->kind == JOB_FEED;
	if (job_is_mark(job) || job->kind == JOB_UNDO || job->kind == JOB_FEED) {
		a->marks_told++;
		a->states_ticket = 0; /* an answer that is under way may be older */
	}
	app_want(a, EFFECT_TELL)->job = job;
}

bool app_effect(struct app *a, struct effect *out)
{
	if (a->out.next == a->out.n) {
		a->out.next = a->out.n = 0;
		return false;
	}
	*out = a->out.e[a->out.next++];
	return true;
}

static void drop_effects(struct app *a)
{
	struct effect e;

	while (app_effect(a, &e)) {
		if (e.ask)
			e.ask->m.drop ? e.ask->m.drop(&e.ask->m) : free(e.ask);
		if (e.job)
			e.job->m.drop ? e.job->m.drop(&e.job->m) : free(e.job);
	}
	free(a->out.e);
}

/* ---- making ---- */

static int choice_of(const char *value, const char *const *choices)
{
	for (int i = 0; choices[i]; i++)
		if (strcmp(choices[i], value) == 0)
			return i;
	return 0;
}

void geometry_wished(const struct config *c, struct geometry_wish *out)
{
	static const char *const layouts[] = {
		"auto", "columns", "stacked", "single", "stack", NULL
	};
	static const char *const rows[] = { "auto", "comfortable", "dense", NULL };
	int layout = choice_of(config_text(c, OPT_LAYOUT, NULL), layouts);

	*out = (struct geometry_wish){
		.layout = layout == 4 ? WISH_STACKED : (enum layout_wish)layout,
		.rows = (enum rows_wish)choice_of(config_text(c, OPT_ROWS, NULL), rows),
		.split = (int)config_number(c, OPT_SPLIT, NULL),
		.split_rows = (int)config_number(c, OPT_SPLIT_ROWS, NULL),
		.text_width = (int)config_number(c, OPT_TEXT_WIDTH, NULL),
		.scroll_offset = (int)config_number(c, OPT_SCROLL_OFFSET, NULL),
	};
}

static void read_wishes(struct app *a)
{
	geometry_wished(a->config, &a->wish);
	a->hide_glosses = strcmp(config_text(a->config, OPT_GLOSSES, NULL), "show") != 0;
}

static void say_refused_layout(struct app *a)
{
	if (a->g.wish_refused)
		app_message(a, _("layout = %s does not fit in %dx%d: one pane is shown"),
			    config_text(a->config, OPT_LAYOUT, NULL), a->w, a->h);
}

struct app *app_new(const struct app_setup *setup)
{
	struct app *a = mem_new(sizeof *a);

	a->config = setup->config;
	a->keys = config_keymap(a->config);
	a->now = a->last_key = setup->now;
	a->sample = setup->sample;
	a->subs = setup->subs;
	a->feeds = setup->feeds;
	a->glyphs = setup->glyphs;
	a->ambiguous = setup->ambiguous;
	a->w = setup->w;
	a->h = setup->h;
	a->rest_at = a->due_at = -1;
	a->feeds_page = IN_FEEDS;
	a->reading.focus_since = -1;
	a->open_url = buf_limited(80 << 10);
	a->copy_shown = buf_limited(80 << 10);
	a->frame = arena_new();
	a->adding.typed = buf_limited(2 * EDIT_BYTES);
	a->adding.urls = buf_limited(1 << 20);
	a->help_words = buf_limited(2 * EDIT_BYTES);
	a->panel = setup->sample ? PANEL_WELCOME : PANEL_NONE;
	for (int i = 0; i < LIST_COUNT; i++)
		a->list[i].time = setup->now;
	read_wishes(a);
	look_as_set(a);
	a->theme = setup->themes;
	a->nthemes = setup->nthemes;
	a->theme_kept = a->theme_worn = setup->theme;
	a->theme_auto = setup->theme_auto;
	manners_read(a);
	geometry_of(a->w, a->h, &a->wish, &a->g);
	say_refused_layout(a);
	if (a->panel == PANEL_WELCOME && a->g.layout == LAYOUT_SINGLE)
		a->focus = FOCUS_PANE;
	app_touch(a);
	return a;
}

void app_free(struct app *a)
{
	if (!a)
		return;
	drop_effects(a);
	pane_free(a);
	searching_free(a);
	matches_free(a);
	top_forget(a);
	for (int i = 0; i < LIST_COUNT; i++) {
		answer_free(a->timed[i].window);
		free((char *)a->timed[i].feed_title.p);
	}
	answer_free(a->feed_rows);
	keymap_free(a->keys);
	prompt_free(a);
	messages_free(a);
	add_free(a);
	learned_free(a);
	buf_free(&a->help_words);
	free(a->refresh_feeds);
	free(a->wish_refresh.feeds);
	buf_free(&a->open_url);
	buf_free(&a->copy_shown);
	arena_free(a->frame);
	free(a);
}

/* ---- what changed ---- */

void app_touch(struct app *a)
{
	a->changed = true;
}

bool app_changed(const struct app *a, bool *urgent)
{
	if (urgent)
		*urgent = a->urgent;
	return a->changed;
}

static void say(struct app *a, bool error, const char *fmt, va_list args)
        __attribute__((format(printf, 3, 0)));

/* Sentences hold names from files and servers: display form before they come near a screen. One that
 * is given whole comes from the floors below and is retold. */
static struct str sentence_of(struct app *a, const char *fmt, va_list args, char text[256])
	__attribute__((format(printf, 2, 0)));

static struct str sentence_of(struct app *a, const char *fmt, va_list args, char text[256])
{
	struct buf shown = buf_limited(8 << 10), told = buf_limited(8 << 10);
	char raw[1024];
	size_t n;

	vsnprintf(raw, sizeof raw, fmt, args);
	(void)display_line(str_of(raw), &shown);
	if (strcmp(fmt, "%s") == 0)
		retold(&told, buf_view(&shown));
	else
		buf_add(&told, buf_view(&shown));
	buf_clear(&shown);
	glyphs_write(&shown, a->glyphs, buf_view(&told));
	n = utf8_cut(buf_view(&shown), 255);
	memcpy(text, buf_cstr(&shown), n);
	text[n] = '\0';
	buf_free(&shown);
	buf_free(&told);
	return (struct str){ text, n };
}

static void say(struct app *a, bool error, const char *fmt, va_list args)
{
	struct message_line *m = &a->message;
	char text[sizeof m->text];
	struct str said = sentence_of(a, fmt, args, text);

	message_keep(a, said, error, 0);
	/* A mere notice does not push an error away that nobody can have read yet. */
	if (!error && !a->acting && m->on && m->error && a->ticks - m->since < ERROR_MS)
		return;
	memcpy(m->text, text, said.n + 1);
	m->on = true;
	m->error = error;
	m->since = a->ticks;
	app_touch(a);
}

void app_message(struct app *a, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(a, false, fmt, args);
	va_end(args);
}

void app_complain(struct app *a, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(a, true, fmt, args);
	va_end(args);
}

void app_say(struct app *a, bool error, int64_t ticks, const char *fmt, ...)
{
	va_list args;

	a->ticks = ticks;
	va_start(args, fmt);
	say(a, error, fmt, args);
	va_end(args);
}

static void message_ages(struct app *a)
{
	struct message_line *m = &a->message;

	if (m->on && a->ticks - m->since >= (m->error ? ERROR_MS : MESSAGE_MS))
		m->on = false;
}

/* ---- where one is ---- */

unsigned app_context(const struct app *a)
{
	if (panel_shown(a) && a->focus == FOCUS_PANE)
		return ON_PANEL;
	if (a->focus == FOCUS_PANE)
		return ON_ARTICLE;
	if (a->at == IN_FEEDS)
		return ON_FEEDS;
	return a->at == IN_ENTRIES ? ON_ENTRIES : ON_LIST;
}

void app_measure(struct app *a)
{
	enum layout_kind before = a->g.layout;

	geometry_of(a->w, a->h, &a->wish, &a->g);
	if (a->g.layout == LAYOUT_TOO_SMALL) {
		prompt_close(a);
		return;
	}
	if (before != a->g.layout)
		say_refused_layout(a);
	pane_layout(a);
	rows_show(a, a->at);
	if (panel_shown(a))
		panel_go(a, a->panel_line);
	app_touch(a);
}

void app_renew_ages(struct app *a)
{
	for (int i = 0; i < LIST_COUNT; i++)
		if (i != IN_TOP)
			a->list[i].time = a->now;
	if (!a->sample && !a->top.head.id)
		a->list[IN_TOP].time = a->now;
	app_touch(a);
}

void app_enter(struct app *a, enum list_id id)
{
	a->at = id;
	if (id == IN_FEEDS || id == IN_ENTRIES)
		a->feeds_page = id;
	if (id != IN_TOP)
		a->list[id].time = a->now;
	if (a->panel == PANEL_HEALTH || a->panel == PANEL_EXPLAIN)
		app_close_panel(a);
	a->panel_top = a->panel_line = 0;
	pane_focus(a, false);
	a->focus = FOCUS_LIST;
	rows_load(a, id, !a->list[id].loaded);
	rows_show(a, id);
	rows_cursor_moved(a);
	matches_renew(a);
	app_touch(a);
}

void app_open_panel(struct app *a, enum panel p)
{
	if (a->panel == PANEL_NONE || a->focus != FOCUS_PANE)
		a->panel_from = a->focus;
	if (a->panel == PANEL_THEMES)
		themes_left(a);
	if (a->panel == PANEL_ADD)
		add_left(a);
	pane_focus(a, false);
	a->panel = p;
	a->panel_top = a->panel_line = 0;
	a->focus = FOCUS_PANE;
	app_touch(a);
}

void app_close_panel(struct app *a)
{
	bool had_focus = a->focus == FOCUS_PANE && panel_shown(a);

	if (a->panel == PANEL_THEMES)
		themes_left(a);
	if (a->panel == PANEL_ADD)
		add_left(a);
	a->panel = PANEL_NONE;
	if (had_focus) {
		a->focus = a->panel_from;
		if (a->focus == FOCUS_PANE)
			pane_focus(a, true);
	}
	app_touch(a);
}

void app_close_welcome(struct app *a)
{
	if (a->panel == PANEL_WELCOME)
		app_close_panel(a);
}

/* ---- events ---- */

static void got_key(struct app *a, uint32_t key)
{
	a->urgent = true;
	/* An edition made at the start takes the old one's place only as long as no key was
	 * pressed. */
	if (!a->key_pressed && a->top.n > 0)
		a->edition_replaces = false;
	a->key_pressed = true;
	message_ages(a);
	if (a->now - a->last_key >= STALE_AGES_S)
		app_renew_ages(a);
	a->last_key = a->now;
	turned_forget(a);
	app_touch(a);
	keys_press(a, key);
}

/* The width of what is drawn was a guess until the terminal said it. */
static void got_terminal(struct app *a, const struct event *e)
{
	a->slow = e->slow;
	if (e->theme_auto)
		a->theme_auto = e->theme_auto;
	manners_read(a);
	app_touch(a);                     /* its background may call for another theme */
	if (e->ambiguous == 0 || e->ambiguous == a->ambiguous)
		return;
	a->ambiguous = e->ambiguous;
	a->glyphs = e->glyphs;
	app_measure(a);
	app_want(a, EFFECT_REDRAW);
}

static void got_resize(struct app *a, int w, int h)
{
	a->w = w;
	a->h = h;
	app_measure(a);
	app_renew_ages(a);
}

static void got_timer(struct app *a)
{
	struct reading *r = &a->reading;

	if (a->rest_at >= 0 && a->ticks >= a->rest_at) {
		a->rest_at = -1;
		pane_follow(a);
	}
	if (keys_timer(a) >= 0 && a->ticks >= keys_timer(a))
		keys_settle(a);
	if (pane_is_seeking(a))
		pane_seek(a);
	if (matches_are_sought(a))
		matches_seek(a);
	if (r->focus_since >= 0 &&
	    a->ticks - r->focus_since >= 1000 * config_number(a->config, OPT_READ_AFTER, NULL)) {
		r->focus_since = -1;
		pane_opened(a);
	}
	if (a->refresh.first && !a->refresh.edition_asked && a->refresh.fresh > 0 &&
	    a->ticks - a->refresh.since >= FIRST_EDITION_MS) {
		a->refresh.edition_asked = true;
		make_edition(a);
	}
	if (a->due_at >= 0 && a->ticks >= a->due_at) {
		a->due_at = a->ticks + DUE_EACH_MS;
		app_refresh_due(a);
	}
}

static int64_t sooner(int64_t a, int64_t b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

int64_t app_timer(const struct app *a)
{
	int64_t at = a->rest_at;

	at = sooner(at, keys_timer(a));
	if (pane_is_seeking(a) || matches_are_sought(a))
		at = sooner(at, a->ticks);
	if (a->reading.focus_since >= 0)
		at = sooner(at, a->reading.focus_since +
			    1000 * config_number(a->config, OPT_READ_AFTER, NULL));
	if (a->due_at >= 0)
		at = sooner(at, a->due_at);
	if (a->refresh.first && !a->refresh.edition_asked && a->refresh.fresh > 0)
		at = sooner(at, a->refresh.since + FIRST_EDITION_MS);
	return at;
}

void app_update(struct app *a, const struct event *e)
{
	a->now = e->now;
	a->ticks = e->ticks;
	manners_read(a);
	switch (e->kind) {
	case EVENT_START:
		a->reading_since = a->now;
		ask_edition(a, a->g.body.h > 0 ? a->g.body.h : 1);
		break;
	case EVENT_KEY:
		got_key(a, e->key);
		break;
	case EVENT_PASTE:
		a->urgent = true;
		prompt_paste(a, e->text);
		break;
	case EVENT_MOUSE:
		a->urgent = true;
		mouse_did(a, e->mouse);
		break;
	case EVENT_TERMINAL:
		got_terminal(a, e);
		break;
	case EVENT_RESIZE:
		got_resize(a, e->w, e->h);
		break;
	case EVENT_ANSWER:
		got_answer(a, e->answer);
		break;
	case EVENT_NOTICE:
		got_notice(a, e->notice);
		if (e->notice->m.drop)
			e->notice->m.drop(&e->notice->m);
		else
			free(e->notice);
		break;
	case EVENT_TIMER:
		got_timer(a);
		break;
	case EVENT_RESUME:
		app_renew_ages(a);
		app_want(a, EFFECT_REDRAW);
		break;
	case EVENT_TERMINATE:
		a->quitting = true;
		app_want(a, EFFECT_QUIT);
		break;
	}
}
