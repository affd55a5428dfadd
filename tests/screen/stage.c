#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/app/key.h"
#include "lede/base/file.h"
#include "lede/base/mem.h"
#include "lede/tui/draw.h"

enum { HOT_LIST = 48, MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* ---- the stories of SCREENS.md ---- */

const struct stage_story stage_stories_en[21] = {
	{ "Ministry to tighten rules on personal data", "Paper Daily", 4, 5, 5, 0, 2 * HOUR, false },
	{ "New glass switches between sun and heat", "Science Wire", 2, 2, 2, 0, 5 * HOUR, false },
	{ "Bridge reopens after two years of work", "City News", 0, 1, 1, 0, 40 * MINUTE, false },
	{ "Amphibious aircraft ready for its first flight", "Aviation Post", 2, 3, 3, 0, 7 * HOUR, false },
	{ "Cluster catalyst makes hydrogen cheaper", "Science Wire", 6, 3, 1, 1, 9 * HOUR, false },
	{ "Swimmers ask for rivers free of waste water", "Green Letter", 0, 1, 1, 0, HOUR, false },
	{ "Millions of crabs cross the coast road again", "Island Radio", 7, 2, 0, 0, 11 * HOUR, false },
	{ "Vaccine against one illness also guards against another", "The Clinic", 20, 1, 1, 0, 6 * HOUR, true },
	{ "Term-time jobs: school must pay back its share", "Paper Daily", 6, 1, 1, 0, 12 * HOUR, false },
	{ "Tower of capsules comes down after fifty years", "Form & City", 10, 2, 0, 0, DAY, false },
	{ "春の新茶、去年より一週間早く店頭に", "朝の便り", 0, 1, 1, 0, 3 * HOUR, false },
	{ "Working at home: who pays for the extra hours?", "Work Review", 14, 1, 1, 0, 8 * HOUR, false },
	{ "Seed banks: 15 new stations this spring", "Field Notes", 12, 1, 1, 0, 13 * HOUR, false },
	{ "Museum opens its store rooms on Sundays", "City News", 0, 1, 1, 0, 50 * MINUTE, false },
	{ "Why old maps show islands that never were", "The Slow Monthly", 15, 1, 1, 0, 2 * DAY, false },
	{ "Tea dearer for the third spring in a row", "Market Sheet", 12, 2, 0, 0, 15 * HOUR, false },
	{ "Night train to the coast returns in June", "Rail Gazette", 0, 1, 1, 0, 2 * HOUR, false },
	{ "A week inside the last repair shop for radios", "Form & City", 19, 1, 1, 0, DAY, false },
	{ "Old quarter: pipes renewed, rents unchanged", "City News", 19, 3, 0, 0, 16 * HOUR, false },
	{ "Shadow puppets find a young public", "朝の便り", 18, 1, 1, 0, 9 * HOUR, false },
	{ "Air cleaner in the first quarter, figures say", "Paper Daily", 0, 2, 2, 0, 4 * HOUR, false },
};

/* ---- effects ---- */

static struct ask *asked;

static void drop(struct message *m)
{
	if (m->drop)
		m->drop(m);
	else
		free(m);
}

static void take_job(struct stage *s, struct job *j)
{
	s->tells++;
	if (j->kind == JOB_NUMBER) {
		snprintf(s->job, sizeof s->job, "%s", j->name);
		s->value = j->value;
	}
	drop(&j->m);
}

static void take_effects(struct stage *s)
{
	struct effect e;

	while (app_effect(s->app, &e)) {
		if (e.kind == EFFECT_ASK) {
			if (asked)
				drop(&asked->m);
			asked = e.ask;
		} else if (e.kind == EFFECT_TELL) {
			take_job(s, e.job);
		} else if (e.kind == EFFECT_THEME) {
			s->worn = e.theme;
		} else if (e.kind == EFFECT_KEEP) {
			s->kept = e.value;
		} else if (e.kind == EFFECT_QUIT) {
			s->quit = true;
		}
	}
}

static void send(struct stage *s, struct event e)
{
	e.now = s->now;
	e.ticks = s->ticks;
	app_update(s->app, &e);
	take_effects(s);
}

/* ---- events ---- */

void stage_press(struct stage *s, const char *keys)
{
	struct str rest = str_of(keys), name;

	while (str_next(&rest, ' ', &name))
		send(s, (struct event){ .kind = EVENT_KEY, .key = key_of_name(name) });
}

void stage_pass(struct stage *s, int ms)
{
	s->ticks += ms;
	send(s, (struct event){ .kind = EVENT_TIMER });
}

void stage_resize(struct stage *s, int w, int h)
{
	send(s, (struct event){ .kind = EVENT_RESIZE, .w = w, .h = h });
}

const struct ask *stage_asked(const struct stage *s)
{
	(void)s;
	return asked;
}

struct answer *stage_answer_new(enum ask_kind kind)
{
	struct answer *a = mem_new(sizeof *a);

	a->m.kind = WORK_ANSWER;
	a->kind = kind;
	a->ticket = asked ? asked->ticket : 0;
	a->arena = arena_new();
	a->at = -1;
	if (asked)
		a->list = asked->list;
	return a;
}

void stage_answer(struct stage *s, struct answer *a)
{
	send(s, (struct event){ .kind = EVENT_ANSWER, .answer = a });
}

void stage_notice(struct stage *s, struct notice n)
{
	struct notice *copy = mem_dup(&n, sizeof n);

	copy->m.kind = WORK_NOTICE;
	send(s, (struct event){ .kind = EVENT_NOTICE, .notice = copy });
}

/* ---- the edition ---- */

static struct str encoded(struct arena *a, const struct terms *t)
{
	struct buf b = buf_limited(4096);
	struct str s;

	assert_int_equal(terms_encode(t, &b), ERR_NONE);
	s = (struct str){ arena_copy(a, buf_cstr(&b), b.n), b.n };
	buf_free(&b);
	return s;
}

/* The reasons of the mock-ups: those of the first story, and fewer of the others. */
static struct str why(struct arena *a, int rank)
{
	struct terms t = { .term = { { .signal = SIGNAL_FRESH, .points = 2000, .n = 2 * HOUR },
				     { .signal = SIGNAL_SIZE, .points = 1600, .n = 5 },
				     { .signal = SIGNAL_FEED, .points = 900, .n = 31, .m = 40, .feed = 1 },
				     { .signal = SIGNAL_ORDER, .points = 900, .n = 2, .feed = HOT_LIST },
				     { .signal = SIGNAL_WORDS, .points = 700, .words = STR("data\x1frules") } },
			   .n = 5, .score = 6100 };

	if (rank > 1) {
		t.n = 1;
		t.score = t.term[0].points = rank == 2 ? 4100 : 2000;
	}
	return encoded(a, &t);
}

static struct edition_row row_of(struct arena *a, const struct stage_story *story, int rank)
{
	return (struct edition_row){ .rank = rank,
		                     .was = story->was,
		                     .story = 10 * rank,
		                     .entry = 10 * rank,
		                     .feed = rank,
		                     .time = STAGE_NOW - story->age,
		                     .sources = story->sources,
		                     .entries = story->sources,
		                     .unread = story->unread,
		                     .fresh = story->fresh,
		                     .flags = story->starred ? ENTRY_STARRED : 0,
		                     .score = rank == 1 ? 6100 : rank == 2 ? 4100 : 2000,
		                     .title = str_of(story->title),
		                     .source = str_of(story->source),
		                     .why = why(a, rank) };
}

void stage_edition(struct stage *s, const struct stage_story *story, int n, int all,
                   const struct stage_setup *setup)
{
	struct answer *a = stage_answer_new(ASK_EDITION);

	a->edition = (struct edition){ .id = 1, .made = STAGE_NOW, .upto = 1000, .rows = all };
	a->edition_row = arena_alloc(a->arena, (size_t)(all + 1) * sizeof *a->edition_row);
	a->n = (size_t)all;
	for (int i = 0; i < all; i++) {
		a->edition_row[i] = row_of(a->arena, &story[i % n], i + 1);
		if (i >= n)
			a->edition_row[i].unread = 0;
		if (i + 1 == HOT_LIST)
			a->edition_row[i].source = STR("Portal City Page");
	}
	a->counts = (struct counts){ .unread = setup->unread,
		                     .new_stories = setup->new_stories,
		                     .entries = 1000,
		                     .feeds = 20,
		                     .highest = 1000 };
	memcpy(a->counts.looks, setup->looks, sizeof a->counts.looks);
	stage_answer(s, a);
}

struct answer *stage_article_new(const struct stage_story *story, int rank, const char *author, const char *html)
{
	struct answer *a = stage_answer_new(ASK_ARTICLE);

	a->article.entry = (struct entry_row){ .id = 10 * rank,
		                               .story = 10 * rank,
		                               .feed = rank,
		                               .time = STAGE_NOW - story->age,
		                               .title = str_of(story->title),
		                               .source = str_of(story->source),
		                               .link = STR("https://paper.example/1"),
		                               .author = str_of(author) };
	a->article.doc = rich_from_html(str_of(html),
	                                &(struct rich_options){ .base = STR("https://paper.example/"),
	                                                        .hide_glosses = true });
	return a;
}

void stage_article(struct stage *s, const char *author, const char *html)
{
	int rank = asked && asked->kind == ASK_ARTICLE ? (int)(asked->entry / 10) : 1;

	stage_answer(s, stage_article_new(&stage_stories_en[(rank - 1) % 21], rank, author, html));
}

/* ---- opening ---- */

void stage_open(struct stage *s, const struct stage_setup *setup)
{
	static const struct theme_name themes[] = {
		{ "auto", "" },
		{ "dark", "soft grey, amber accent" },
		{ "light", "paper and ink, red accent" },
		{ "high-contrast", "black, white and yellow" },
		{ "colour-safe", "blue and orange; no red against green" },
		{ "gruvbox", "after the palette of that name" },
		{ "mono", "weight, underline, reverse only" },
	};
	struct app_setup app = { .now = STAGE_NOW,
		                 .sample = setup->sample,
		                 .feeds = setup->sample ? 0 : 20,
		                 .glyphs = setup->glyphs,
		                 .ambiguous = 1,
		                 .w = setup->w,
		                 .h = setup->h,
		                 .themes = themes,
		                 .nthemes = sizeof themes / sizeof *themes,
		                 .theme = themes[1].name,
		                 .theme_auto = themes[1].name };

	*s = (struct stage){ .now = STAGE_NOW, .config = config_new() };
	config_read(s->config, "config", str_of(setup->config), NULL, NULL);
	app.config = s->config;
	s->app = app_new(&app);
	send(s, (struct event){ .kind = EVENT_START });
}

void stage_close(struct stage *s)
{
	app_free(s->app);
	config_free(s->config);
	if (asked)
		drop(&asked->m);
	asked = NULL;
}

/* ---- the screen ---- */

static struct screen *drawn(struct stage *s)
{
	struct view v;
	struct screen *out;

	app_view(s->app, &v);
	out = screen_new(v.g.w, v.g.h);
	draw_view(&v, out);
	return out;
}

/* Rows [from, to) from column x on. */
static void rows_text(const struct screen *s, int from, int to, int x, struct buf *out)
{
	struct screen *part = screen_new(s->w - x, s->h);

	for (int y = from; y < to && y < s->h; y++) {
		memcpy(&part->cell[y * part->w], &s->cell[y * s->w + x], (size_t)part->w * sizeof *s->cell);
		screen_row(part, y, out);
		buf_add_char(out, '\n');
	}
	screen_free(part);
}

const char *stage_text(struct stage *s)
{
	static char text[64 << 10];
	struct buf b = buf_limited(sizeof text - 1);
	struct screen *out = drawn(s);

	rows_text(out, 0, out->h, 0, &b);
	snprintf(text, sizeof text, "%s", buf_cstr(&b));
	screen_free(out);
	buf_free(&b);
	return text;
}

void assert_stage(struct stage *s, const char *name, int from, int x)
{
	const char *srcdir = getenv("srcdir");
	struct buf want = buf_limited(1 << 20), got = buf_limited(1 << 20);
	struct screen *out = drawn(s);
	char path[512];
	int rows = 0;

	snprintf(path, sizeof path, "%s/tests/screen/expected/%s.txt", srcdir ? srcdir : ".", name);
	assert_int_equal(file_read(path, &want, NULL), ERR_NONE);
	for (size_t i = 0; i < want.n; i++)
		rows += want.p[i] == '\n';
	rows_text(out, from, from + rows, x, &got);
	if (strcmp(buf_cstr(&got), buf_cstr(&want)) != 0) {
		printf("--- drawn:\n%s--- designed:\n%s", buf_cstr(&got), buf_cstr(&want));
		fail_msg("%s is not drawn as designed", name);
	}
	screen_free(out);
	buf_free(&want);
	buf_free(&got);
}

void assert_shows(struct stage *s, const char *what)
{
	if (!strstr(stage_text(s), what)) {
		printf("%s", stage_text(s));
		fail_msg("“%s” is not on the screen", what);
	}
}

void assert_hides(struct stage *s, const char *what)
{
	if (strstr(stage_text(s), what)) {
		printf("%s", stage_text(s));
		fail_msg("“%s” is on the screen", what);
	}
}
