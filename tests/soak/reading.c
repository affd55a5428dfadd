#include "reading.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lede/app/edition_make.h"
#include "lede/app/ingest.h"
#include "lede/app/key.h"
#include "lede/app/sample.h"
#include "lede/base/file.h"
#include "lede/base/mem.h"
#include "lede/tui/draw.h"
#include "sound.h"

enum { NOW = 1744618440, ANSWER_MS = 60000, REST_LIMIT_MS = 5000, FEEDS_MAX = 128 };

/* ---- failing ---- */

static void print_screen(const struct screen *s)
{
	struct buf b = buf_limited(1 << 20);

	for (int y = 0; s && y < s->h; y++) {
		screen_row(s, y, &b);
		buf_add_char(&b, '\n');
	}
	fputs(buf_cstr(&b), stdout);
	buf_free(&b);
}

void reading_fail(const struct reading *r, const char *fmt, ...)
{
	va_list args;

	print_screen(r->screen);
	if (r->screen)
		printf("%dx%d, ", r->screen->w, r->screen->h);
	printf("%s: ", r->doing ? r->doing : "");
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	printf("\n");
	exit(1);
}

static void must(const struct reading *r, enum err rc, const struct error *e)
{
	if (rc != ERR_NONE)
		reading_fail(r, "%s", e->text);
}

/* ---- entries of the fixtures, beside the sample's ---- */

struct more {
	struct str url[FEEDS_MAX];
	int64_t id[FEEDS_MAX];
	size_t n;
	struct arena *arena;
};

static void add_url(struct more *m, struct str url)
{
	if (m->n < FEEDS_MAX)
		m->url[m->n++] = (struct str){ arena_copy(m->arena, url.p, url.n), url.n };
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The fixtures' names stand where the addresses will; false: there are none. */
static bool list_fixtures(const char *folder, struct more *m)
{
	DIR *d = opendir(folder);
	size_t first = m->n;

	for (struct dirent *e; d && (e = readdir(d));)
		if (e->d_name[0] != '.' && !str_ends(str_of(e->d_name), ".expect"))
			add_url(m, str_of(e->d_name));
	if (d)
		closedir(d);
	qsort(m->url + first, m->n - first, sizeof *m->url, by_name);
	return m->n > first;
}

/* What is no feed, or only half of one, gives what it gives. */
static void ingest_fixture(struct reading *r, const char *folder, int64_t feed, struct str name)
{
	struct buf bytes = buf_limited(32 << 20), path = buf_limited(4096);
	struct error e;

	buf_addf(&path, "%s/%.*s", folder, (int)name.n, name.p);
	if (file_read(buf_cstr(&path), &bytes, &e) == ERR_NONE)
		(void)ingest_document(r->store, feed, STR("https://fixture.example/"),
		                      buf_view(&bytes), NOW, &e);
	buf_free(&path);
	buf_free(&bytes);
}

static void add_fixtures(struct reading *r, const char *folder)
{
	struct more m = { .arena = arena_new() };
	struct folding *folding = folding_new();
	struct error e = { .code = ERR_NONE };
	struct feed_row *row;
	int64_t edition, stories;
	size_t n, first;

	must(r, store_feeds(r->store, false, m.arena, &row, &n, &e), &e);
	for (size_t i = 0; i < n; i++)
		add_url(&m, row[i].url);
	first = m.n;
	if (list_fixtures(folder, &m)) {
		must(r, store_feeds_sync(r->store, m.url, m.n, NOW, m.id, &e), &e);
		for (size_t i = first; i < m.n; i++)
			ingest_fixture(r, folder, m.id[i], m.url[i]);
		must(r, folding_run(folding, r->store, NOW, &stories, &e), &e);
		must(r, edition_make_and_store(folding, r->store, NULL, NOW, 0, &edition, &e), &e);
	}
	folding_free(folding);
	arena_free(m.arena);
}

/* ---- messages ---- */

void reading_drop(struct message *m)
{
	if (m->drop)
		m->drop(m);
	else
		free(m);
}

static void keep(struct reading *r, struct message *m)
{
	r->late = mem_grow(r->late, &r->cap, r->nlate + 1, sizeof *r->late);
	r->late[r->nlate++] = m;
}

/* Waits for the answer or the notice that what was just ordered leads to. */
static void wait_for(struct reading *r, int kind, int notice)
{
	struct message *m;

	do {
		if (!mailbox_wait(engine_mailbox(r->engine), &m, ANSWER_MS))
			reading_fail(r, "no answer came in %d s", ANSWER_MS / 1000);
		keep(r, m);
	} while (m->kind != kind ||
	         (kind == WORK_NOTICE && ((struct notice *)m)->kind != (enum notice_kind)notice));
}

static void tell(struct reading *r, struct job *j)
{
	enum job_kind kind = j->kind;

	engine_tell(r->engine, j);
	if (kind == JOB_UNDO)
		wait_for(r, WORK_NOTICE, NOTICE_UNDONE);
	else if (kind == JOB_SPLIT || kind == JOB_JOIN)
		wait_for(r, WORK_NOTICE, NOTICE_STORIES);
	else if (kind == JOB_MARK || kind == JOB_MARK_LIST)
		wait_for(r, WORK_NOTICE, NOTICE_MARKED);
	else if (kind == JOB_FORGET)
		wait_for(r, WORK_NOTICE, NOTICE_FORGOTTEN);
	else if (kind == JOB_EDITION)
		wait_for(r, WORK_NOTICE, NOTICE_EDITION);
}

static void take_effects(struct reading *r)
{
	struct effect e;

	while (app_effect(r->app, &e)) {
		if (e.kind == EFFECT_ASK) {
			bool given_up = e.ask->kind == ASK_ADDRESS && e.ask->query[0] == '\0';

			engine_ask(r->engine, e.ask);
			if (!given_up)
				wait_for(r, WORK_ANSWER, 0);
		} else if (e.kind == EFFECT_TELL) {
			tell(r, e.job);
		} else if (e.kind == EFFECT_QUIT) {
			r->quit = true;
		}
	}
}

static void update(struct reading *r, struct event e)
{
	e.now = r->now;
	e.ticks = r->ticks;
	app_update(r->app, &e);
	take_effects(r);
}

void reading_deliver(struct reading *r, size_t i)
{
	struct message *m = r->late[i];

	memmove(r->late + i, r->late + i + 1, (--r->nlate - i) * sizeof *r->late);
	if (m->kind == WORK_ANSWER)
		update(r, (struct event){ .kind = EVENT_ANSWER, .answer = (struct answer *)m });
	else
		update(r, (struct event){ .kind = EVENT_NOTICE, .notice = (struct notice *)m });
}

void reading_send(struct reading *r, struct event e)
{
	update(r, e);
	while (!r->keeps && r->nlate > 0)
		reading_deliver(r, 0);
}

/* ---- keys, time, sizes ---- */

void reading_key(struct reading *r, uint32_t key)
{
	reading_send(r, (struct event){ .kind = EVENT_KEY, .key = key });
}

void reading_press(struct reading *r, const char *keys)
{
	struct str rest = str_of(keys), name;

	while (str_next(&rest, ' ', &name))
		reading_key(r, key_of_name(name));
}

void reading_resize(struct reading *r, int w, int h)
{
	reading_send(r, (struct event){ .kind = EVENT_RESIZE, .w = w, .h = h });
}

void reading_rest(struct reading *r)
{
	int64_t until = r->ticks + REST_LIMIT_MS, at;

	while ((at = app_timer(r->app)) >= 0 && at <= until) {
		if (at > r->ticks) {
			r->now += (at - r->ticks) / 1000;
			r->ticks = at;
		}
		reading_send(r, (struct event){ .kind = EVENT_TIMER });
	}
}

void reading_draw(struct reading *r)
{
	char why[512];

	app_view(r->app, &r->view);
	if (!r->screen || r->screen->w != r->view.g.w || r->screen->h != r->view.g.h) {
		screen_free(r->screen);
		r->screen = screen_new(r->view.g.w, r->view.g.h);
	}
	draw_view(&r->view, r->screen);
	if (!frame_is_sound(&r->view, r->screen, why, sizeof why))
		reading_fail(r, "%s", why);
}

/* ---- the whole ---- */

static void open_engine(struct reading *r)
{
	struct engine_setup setup = { .store_path = SAMPLE_PATH,
		                      .clock = clock_fixed(NOW),
		                      .config = r->config,
		                      .reader = true };
	struct error e = { .code = ERR_NONE };

	must(r, engine_open(&setup, &r->engine, &e), &e);
}

void reading_open(struct reading *r, const struct reading_setup *setup)
{
	static const struct theme_name themes[] = { { "auto", "" }, { "dark", "soft grey, amber accent" } };
	const char *srcdir = getenv("srcdir");
	struct buf fixtures = buf_limited(4096);
	struct error e = { .code = ERR_NONE };

	*r = (struct reading){ .now = NOW, .config = config_new(), .keeps = setup->late };
	must(r, sample_open(NOW, &r->store, &e), &e);
	buf_addf(&fixtures, "%s/tests/fixtures/feeds", srcdir ? srcdir : ".");
	add_fixtures(r, buf_cstr(&fixtures));
	buf_free(&fixtures);
	open_engine(r);
	r->app = app_new(&(struct app_setup){ .config = r->config,
	                                      .themes = themes,
	                                      .nthemes = 2,
	                                      .theme = "dark",
	                                      .theme_auto = "dark",
	                                      .now = NOW,
	                                      .sample = setup->sample,
	                                      .feeds = 8,
	                                      .glyphs = setup->glyphs,
	                                      .ambiguous = setup->ambiguous,
	                                      .w = setup->w,
	                                      .h = setup->h });
	reading_send(r, (struct event){ .kind = EVENT_START });
}

void reading_close(struct reading *r)
{
	app_free(r->app);
	engine_close(r->engine);
	for (size_t i = 0; i < r->nlate; i++)
		reading_drop(r->late[i]);
	free(r->late);
	store_close(r->store);
	screen_free(r->screen);
	config_free(r->config);
}
