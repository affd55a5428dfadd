#include "reader.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lede/app/app.h"
#include "lede/app/browser.h"
#include "lede/app/config_edit.h"
#include "lede/app/engine.h"
#include "lede/app/sample.h"
#include "lede/app/secrets.h"
#include "lede/app/subscriptions.h"
#include "lede/base/file.h"
#include "lede/base/language.h"
#include "lede/base/mem.h"
#include "lede/tui/loop.h"
#include "lede/tui/signals.h"
#include "lede/tui/term.h"
#include "themes.h"

enum { SUBSCRIBED_MAX = 256 };      /* at once */

struct reader {
	struct cli *cli;
	struct subscriptions subs;
	struct store *sample;             /* kept open: it lives as long as somebody has it open */
	struct secrets *secrets;
	struct fetcher *fetcher;
	struct engine *engine;
	struct terminal *terminal;
	struct themes *themes;
	struct app *app;
	bool again;                       /* the first feed was subscribed to: the sample goes */
	int background;                   /* the terminal's, 0xRRGGBB; -1: not known */
	bool worn_auto;                   /* the theme on the screen was chosen by that */
};

/* ---- feeds, store, threads ---- */

static void bad_line(void *self, int line, const char *why)
{
	struct cli *c = self;

	cli_say(c, "%s line %d: %s", c->paths.feeds, line, why);
}

static enum err open_network(struct reader *r, struct error *e)
{
	struct fetch_options o = cli_fetch_options(r->cli);

	return fetch_open(&o, &r->fetcher, e);
}

static enum err open_engine(struct reader *r, struct error *e)
{
	struct engine_setup setup = { .store_path = r->sample ? SAMPLE_PATH : r->cli->paths.db,
		                      .feeds_path = r->sample ? NULL : r->cli->paths.feeds,
		                      .config_path = r->sample ? NULL : r->cli->paths.config,
		                      .clock = r->cli->clock,
		                      .config = r->cli->config,
		                      .subs = &r->subs,
		                      .secrets = r->secrets,
		                      .fetcher = r->fetcher,
		                      .reader = true };

	return engine_open(&setup, &r->engine, e);
}

static void bad_secret(void *self, const char *sentence)
{
	cli_say(self, "%s", sentence);
}

/* Threads are made while signals are blocked, so that only this one is ever interrupted. */
static enum err open_behind(struct reader *r, struct error *e)
{
	enum err rc = subscriptions_load(r->cli->paths.feeds, &r->subs, bad_line, r->cli, e);

	if (rc == ERR_NONE && r->subs.n == 0)
		rc = sample_open(clock_now(&r->cli->clock), &r->sample, e);
	/* Before there is a screen: a command that asks for a key has the terminal. */
	if (rc == ERR_NONE)
		r->secrets = secrets_load(r->cli->config, &r->subs, bad_secret, r->cli);
	signals_block();
	if (rc == ERR_NONE)
		rc = open_network(r, e);
	if (rc == ERR_NONE)
		rc = open_engine(r, e);
	return rc;
}

/* ---- what the loop asks of the world ---- */

static void do_ask(void *self, struct ask *a)
{
	engine_ask(((struct reader *)self)->engine, a);
}

static void do_tell(void *self, struct job *j)
{
	engine_tell(((struct reader *)self)->engine, j);
}

/* The feeds file is read again: what was changed in it meanwhile counts from this refresh on. */
static void do_refresh(void *self, const int64_t *feeds, size_t n, bool due)
{
	struct reader *r = self;
	struct subscriptions again;
	struct error e;

	if (subscriptions_load(r->cli->paths.feeds, &again, NULL, NULL, &e) != ERR_NONE) {
		app_say(r->app, true, clock_ticks(&r->cli->clock), "%s", e.text);
	} else {
		subscriptions_free(&r->subs);
		r->subs = again;
	}
	engine_refresh_feeds(r->engine, &r->subs, feeds, n, due ? REFRESH_DUE : REFRESH_ASKED);
}

/* The first lines of `urls`, counted and shown. */
static void subscribe_to(struct reader *r, struct str urls, struct str *url, size_t *n, struct subscribed *s)
{
	struct str one;
	bool added;

	while (s->error.code == ERR_NONE && *n < SUBSCRIBED_MAX && str_next(&urls, '\n', &one)) {
		if (one.n == 0 || subscriptions_add(r->cli->paths.feeds, one, &added, &s->error) != ERR_NONE)
			continue;
		if (added || s->added == 0)
			s->address = one;
		if (added)
			url[(*n)++] = one;
		s->added += added;
	}
}

static void do_subscribe(void *self, struct str urls)
{
	struct reader *r = self;
	struct subscribed s = { .error = { .code = ERR_NONE } };
	struct str url[SUBSCRIBED_MAX];
	struct subscriptions again;
	size_t n = 0;

	subscribe_to(r, urls, url, &n, &s);
	if (n > 0 && subscriptions_load(r->cli->paths.feeds, &again, NULL, NULL, &s.error) == ERR_NONE) {
		subscriptions_free(&r->subs);
		r->subs = again;
		s.fetching = !r->sample && engine_refresh(r->engine, &r->subs, url, n, REFRESH_ASKED);
		r->again = r->sample != NULL;
	}
	app_subscribed(r->app, clock_ticks(&r->cli->clock), &s);
}

static void do_stop_refresh(void *self)
{
	engine_stop_refresh(((struct reader *)self)->engine);
}

static enum err do_open_url(void *self, struct str url, struct error *e)
{
	struct reader *r = self;

	return browser_open(config_text(r->cli->config, OPT_BROWSER, NULL), getenv("BROWSER"), url,
	                    e);
}

/* ---- what is wrong with the configuration: told on the screen, where it can be seen ---- */

struct complaint { char first[256]; int n; };

static void note_complaint(void *self, int line, const char *sentence)
{
	struct complaint *c = self;

	(void)line;
	if (c->n++ == 0)
		snprintf(c->first, sizeof c->first, "%s", sentence);
}

static void read_complaints(const struct cli *cli, struct complaint *c)
{
	struct config *again = config_new();
	struct buf text = buf_limited(1 << 20);

	if (file_read(cli->paths.config, &text, NULL) == ERR_NONE)
		config_read(again, "config", buf_view(&text), note_complaint, c);
	buf_free(&text);
	config_free(again);
}

static void say_complaints(struct reader *r, const struct complaint *c)
{
	char more[32] = "";

	if (c->n > 1)
		snprintf(more, sizeof more, "; and %d more", c->n - 1);
	if (c->n > 0)
		app_say(r->app, true, clock_ticks(&r->cli->clock), "%s%s", c->first, more);
}

/* ---- the screen ---- */

/* What the option says, else what the terminal said, else dark. */
static bool is_light(const struct reader *r)
{
	const char *said = config_text(r->cli->config, OPT_BACKGROUND, NULL);
	int rgb = r->background;

	if (strcmp(said, "auto") != 0 || rgb < 0)
		return strcmp(said, "light") == 0;
	return theme_contrast10(rgb, 0x000000) > theme_contrast10(rgb, 0xFFFFFF);
}

/* What "auto" means here. */
static const char *theme_auto(const struct reader *r)
{
	return is_light(r) ? "light" : "dark";
}

static enum err wear(struct reader *r, const char *name, struct error *e)
{
	struct theme theme;
	enum err rc;

	r->worn_auto = strcmp(name, "auto") == 0;
	if (r->worn_auto)
		name = theme_auto(r);
	rc = themes_read(r->themes, name, &theme, e);
	if (rc == ERR_NONE)
		term_theme(r->terminal, &theme);
	return rc;
}

/* A theme that cannot be read is complained of once there is a screen, which is dark then. */
static const char *set_theme(struct reader *r, struct complaint *c)
{
	const char *name = config_text(r->cli->config, OPT_THEME, NULL);
	struct error e;

	r->themes = themes_new(r->cli->paths.themes);
	if (wear(r, name, &e) == ERR_NONE)
		return themes_name(r->themes, name);
	note_complaint(c, 0, e.text);
	wear(r, "dark", NULL);
	return themes_name(r->themes, "dark");
}

static void do_theme(void *self, const char *name)
{
	struct reader *r = self;
	struct error e;

	if (wear(r, name, &e) != ERR_NONE)
		app_say(r->app, true, clock_ticks(&r->cli->clock), "%s", e.text);
}

static enum err do_keep(void *self, enum option_id option, const char *value, struct error *e)
{
	struct config_setting s = { .id = option, .scope = SCOPE_GLOBAL, .value = str_of(value) };

	return config_put(((struct reader *)self)->cli->paths.config, &s, e);
}

/* The terminal answered after the first frame. Returns what "auto" means now. */
static const char *on_background(void *self, int rgb)
{
	struct reader *r = self;
	const char *before = theme_auto(r);

	r->background = rgb;
	if (r->worn_auto && strcmp(before, theme_auto(r)) != 0)
		wear(r, "auto", NULL);
	return theme_auto(r);
}

static bool is_set(const struct cli *c, enum option_id id, const char *value)
{
	return strcmp(config_text(c->config, id, NULL), value) == 0;
}

static int glyphs_wanted(const struct cli *c)
{
	static const char *const names[] = { "unicode", "console", "ascii" };
	const char *value = config_text(c->config, OPT_GLYPHS, NULL);

	for (int i = 0; i < 3; i++)
		if (strcmp(names[i], value) == 0)
			return i;
	return -1;
}

static enum err open_screen(struct reader *r, struct error *e)
{
	const char *no_color = getenv("NO_COLOR");
	struct term_setup setup = {
		.ambiguous =
		        strcmp(config_text(r->cli->config, OPT_AMBIGUOUS_WIDTH, NULL), "2") == 0
		                ? 2
		                : 1,
		.no_color = no_color && no_color[0] != '\0',
		.glyphs = glyphs_wanted(r->cli),
	};
	struct complaint complaint = { .n = 0 };
	enum err rc = term_open(&setup, &r->terminal, e);
	struct app_setup app = { .config = r->cli->config,
		                 .now = clock_now(&r->cli->clock),
		                 .sample = r->sample != NULL,
		                 .feeds = (int)r->subs.n,
		                 .subs = &r->subs,
		                 .ambiguous = setup.ambiguous };

	if (rc != ERR_NONE)
		return rc;
	app.glyphs = term_glyphs(r->terminal);
	term_size(r->terminal, &app.w, &app.h);
	read_complaints(r->cli, &complaint);
	app.theme = set_theme(r, &complaint);
	app.theme_auto = theme_auto(r);
	app.themes = themes_names(r->themes, &app.nthemes);
	r->app = app_new(&app);
	say_complaints(r, &complaint);
	return signals_open(e);
}

static void close_all(struct reader *r)
{
	app_free(r->app);
	themes_free(r->themes);
	term_close(r->terminal);
	engine_close(r->engine);
	if (r->fetcher)
		r->fetcher->close(r->fetcher);
	secrets_free(r->secrets);
	store_close(r->sample);
	subscriptions_free(&r->subs);
}

static int run(struct cli *c, bool *again)
{
	struct reader r = { .cli = c, .background = -1 };
	struct loop_world world = { .ask = do_ask,
		                    .tell = do_tell,
		                    .refresh = do_refresh,
		                    .stop_refresh = do_stop_refresh,
		                    .subscribe = do_subscribe,
		                    .open_url = do_open_url,
		                    .theme = do_theme,
		                    .keep = do_keep,
		                    .background = on_background,
		                    .ask_terminal = is_set(c, OPT_ASK_TERMINAL, "yes"),
		                    .ask_width = is_set(c, OPT_AMBIGUOUS_WIDTH, "auto"),
		                    .remote = getenv("SSH_CONNECTION") || getenv("SSH_TTY"),
		                    .self = &r,
		                    .clock = c->clock };
	struct error e = { .code = ERR_NONE };
	struct buf saved = buf_limited(4096);
	enum err rc;
	int number = 0;

	rc = open_behind(&r, &e);
	if (rc == ERR_DAMAGED && cli_recover(c, false, &saved))
		rc = open_engine(&r, &e);
	if (rc == ERR_NONE)
		rc = open_screen(&r, &e);
	if (rc == ERR_NONE && saved.n > 0)
		app_say(r.app, true, clock_ticks(&c->clock), "%s", buf_cstr(&saved));
	buf_free(&saved);
	signals_unblock();
	if (rc == ERR_NONE) {
		world.mailbox = engine_mailbox(r.engine);
		number = loop_run(r.app, r.terminal, &world);
	}
	*again = r.again && rc == ERR_NONE && number == 0;
	close_all(&r);
	if (rc != ERR_NONE) {
		cli_say(c, "%s", e.text);
		return exit_status_of(rc);
	}
	return number ? 128 + number : EXIT_DONE;
}

int reader_main(struct cli *c)
{
	bool again;
	int status;

	mem_on_exhaustion(term_emergency);
	language_open(getenv("LEDE_LOCALEDIR"));
	signal(SIGCHLD, SIG_IGN);             /* a browser that ends is nobody's business */
	/* With the first feed the sample goes, and everything that was opened over it. */
	while ((status = run(c, &again)), again)
		signals_close();
	return status;
}
