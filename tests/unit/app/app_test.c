/* The reader's state, driven by events as the loop would: keys in, effects and frames out; answers
 * are made here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/app/app.h"
#include "lede/app/key.h"
#include "lede/base/mem.h"
#include "lede/tui/draw.h"

enum { NOW = 1744618440, HOUR = 3600 };       /* Mon 14 Apr 2025 08:14 UTC */

struct rig {
	struct app *app;
	struct config *config;
	int64_t now, ticks;
	struct ask *asked;
	struct job *told;
	int tells, asks;
	bool quit, refresh, due, stop, suspend, redraw; char opened[256]; int stories;
};

/* ---- effects: the last of each kind is kept ---- */

static void drop_message(struct message *m)
{
	if (m->drop)
		m->drop(m);
	else
		free(m);
}

static void take_effects(struct rig *r)
{
	struct effect e;

	while (app_effect(r->app, &e)) {
		if (e.kind == EFFECT_ASK) {
			if (r->asked)
				drop_message(&r->asked->m);
			r->asked = e.ask;
			r->asks++;
		} else if (e.kind == EFFECT_TELL) {
			if (r->told)
				drop_message(&r->told->m);
			r->told = e.job;
			r->tells++;
		} else if (e.kind == EFFECT_OPEN) {
			snprintf(r->opened, sizeof r->opened, "%.*s", (int)e.url.n, e.url.p);
		}
		r->quit = r->quit || e.kind == EFFECT_QUIT;
		r->refresh = r->refresh || (e.kind == EFFECT_REFRESH && !e.due);
		r->due = r->due || (e.kind == EFFECT_REFRESH && e.due);
		r->stop = r->stop || e.kind == EFFECT_STOP_REFRESH;
		r->suspend = r->suspend || e.kind == EFFECT_SUSPEND;
		r->redraw = r->redraw || e.kind == EFFECT_REDRAW;
	}
}

static void send(struct rig *r, struct event e)
{
	e.now = r->now;
	e.ticks = r->ticks;
	app_update(r->app, &e);
	take_effects(r);
}

static void press(struct rig *r, const char *keys)
{
	struct str rest = str_of(keys), name;

	while (str_next(&rest, ' ', &name))
		send(r, (struct event){ .kind = EVENT_KEY, .key = key_of_name(name) });
}

static void pass(struct rig *r, int ms)
{
	r->ticks += ms;
	r->now += ms / 1000;
	send(r, (struct event){ .kind = EVENT_TIMER });
}

/* ---- answers ---- */

/* "WORD n" in an arena. */
static struct str text(struct arena *a, const char *word, int n)
{
	char b[256];

	snprintf(b, sizeof b, "%s%d", word, n);
	return (struct str){ arena_copy(a, b, strlen(b)), strlen(b) };
}

static struct answer *answer_for(struct rig *r, enum ask_kind kind)
{
	struct answer *a = mem_new(sizeof *a);

	a->m.kind = WORK_ANSWER;
	a->kind = kind;
	a->ticket = r->asked ? r->asked->ticket : 0;
	a->arena = arena_new();
	a->at = a->near_at = -1;
	return a;
}

static struct str why(struct arena *a, int points)
{
	struct buf b = buf_limited(1024);
	struct terms t = { .n = 1, .score = points * 100 };

	t.term[0] = (struct term){ .signal = SIGNAL_FRESH, .points = points * 100, .n = 2 * HOUR };
	assert_int_equal(terms_encode(&t, &b), ERR_NONE);
	struct str s = { arena_copy(a, buf_cstr(&b), b.n), b.n };
	buf_free(&b);
	return s;
}

/* Story n (from 1) has entries 10n, 10n+1, ... and the title "Story n". */
static void give_edition(struct rig *r, int64_t id, int stories, int skip)
{
	struct answer *a = answer_for(r, ASK_EDITION);

	a->edition = (struct edition){ .id = id, .made = NOW, .upto = 1000, .rows = stories };
	a->edition_row = arena_alloc(a->arena, (size_t)(stories + 1) * sizeof *a->edition_row);
	a->n = (size_t)stories;
	for (int i = 0; i < stories; i++) {
		int n = i + 1 + skip;

		a->edition_row[i] = (struct edition_row){ .rank = i + 1,
			                                  .was = i + 1,
			                                  .story = 10 * n,
			                                  .entry = 10 * n,
			                                  .feed = 1,
			                                  .time = NOW - 2 * HOUR,
			                                  .sources = n == 1 ? 2 : 1,
			                                  .entries = n == 1 ? 2 : 1,
			                                  .unread = n == 1 ? 2 : 1,
			                                  .score = 2000,
			                                  .title = text(a->arena, "Story ", n),
			                                  .source = STR("Paper Daily"),
			                                  .why = why(a->arena, 20) };
	}
	a->counts = (struct counts){
		.unread = stories + 1, .entries = 100, .feeds = 3, .highest = 1000
	};
	r->stories = stories;
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = a });
}

static void fill_article(struct answer *a, int64_t entry, const char *body)
{
	struct article *art = &a->article;

	art->entry =
	        (struct entry_row){ .id = entry,
		                    .story = entry / 10 * 10,
		                    .feed = 1,
		                    .time = NOW - 2 * HOUR,
		                    .title = text(a->arena, "Story ", (int)(entry / 10)),
		                    .source = STR("Paper Daily"),
		                    .link = text(a->arena, "https://paper.example/", (int)entry),
		                    .author = { "", 0 } };
	art->doc = rich_from_html(str_of(body),
	                          &(struct rich_options){ .base = STR("https://paper.example/") });
}

static void give_article(struct rig *r, const char *body)
{
	struct answer *a = answer_for(r, ASK_ARTICLE);

	assert_non_null(r->asked);
	assert_int_equal(r->asked->kind, ASK_ARTICLE);
	fill_article(a, r->asked->entry, body);
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = a });
}

static void give_counts(struct rig *r, int new_stories)
{
	struct answer *a = answer_for(r, ASK_COUNTS);

	a->counts = (struct counts){
		.unread = 20, .new_stories = new_stories, .entries = 100, .highest = 1000
	};
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = a });
}

static void give_notice(struct rig *r, struct notice n)
{
	struct notice *copy = mem_dup(&n, sizeof n);

	copy->m.kind = WORK_NOTICE;
	send(r, (struct event){ .kind = EVENT_NOTICE, .notice = copy });
}

/* ---- set-up ---- */

static struct rig *open_configured(int w, int h, int stories, const char *config)
{
	struct rig *r = mem_new(sizeof *r);
	struct app_setup setup = { .now = NOW, .feeds = 3, .ambiguous = 1, .w = w, .h = h };

	r->config = config_new();
	config_read(r->config, "config", str_of(config), NULL, NULL);
	setup.config = r->config;
	r->now = NOW;
	r->app = app_new(&setup);
	send(r, (struct event){ .kind = EVENT_START });
	assert_int_equal(r->asked->kind, ASK_EDITION);
	if (stories > 0)
		give_edition(r, 1, stories, 0);
	return r;
}

static struct rig *open_rig(int w, int h, int stories)
{
	return open_configured(w, h, stories, "");
}

static void close_rig(struct rig *r)
{
	app_free(r->app);
	config_free(r->config);
	if (r->asked)
		drop_message(&r->asked->m);
	if (r->told)
		drop_message(&r->told->m);
	free(r);
}

/* The screen as text, a row a line. */
static const char *screen_of(struct rig *r)
{
	static char out[64 << 10];
	struct buf b = buf_limited(sizeof out - 1);
	struct view v;
	struct screen *s;

	app_view(r->app, &v);
	s = screen_new(v.g.w, v.g.h);
	draw_view(&v, s);
	for (int y = 0; y < s->h; y++) {
		screen_row(s, y, &b);
		buf_add_char(&b, '\n');
	}
	screen_free(s);
	snprintf(out, sizeof out, "%s", buf_cstr(&b));
	buf_free(&b);
	return out;
}

static void assert_shows(struct rig *r, const char *what)
{
	if (!strstr(screen_of(r), what))
		fail_msg("“%s” is not on the screen:\n%s", what, screen_of(r));
}

static void assert_hides(struct rig *r, const char *what)
{
	if (strstr(screen_of(r), what))
		fail_msg("“%s” is on the screen:\n%s", what, screen_of(r));
}

/* ---- moving ---- */

static void j_and_k_move_and_stop_at_the_ends(void **state)
{
	struct rig *r = open_rig(120, 36, 48);

	(void)state;
	press(r, "j j");
	assert_shows(r, " 3/48 ");
	press(r, "k k k");
	assert_shows(r, " 1/48 ");
	press(r, "G");
	assert_shows(r, " 48/48 ");
	press(r, "j");
	assert_shows(r, "end of the edition");
	assert_shows(r, "That’s the edition: 48 stories");
	press(r, "j k");
	assert_shows(r, " 48/48 ");
	close_rig(r);
}

static void a_count_repeats_or_goes_there(void **state)
{
	struct rig *r = open_rig(120, 36, 48);

	(void)state;
	press(r, "1 2");
	assert_shows(r, "12…");
	press(r, "j");
	assert_shows(r, " 13/48 ");
	assert_hides(r, "12…");
	press(r, "5 G");
	assert_shows(r, " 5/48 ");
	press(r, "g");
	assert_shows(r, " 1/48 ");
	press(r, "4 0 Esc j");
	assert_shows(r, " 2/48 ");
	close_rig(r);
}

static void pages_keep_two_lines_and_end_at_the_last_row(void **state)
{
	struct rig *r = open_rig(80, 24, 48);

	(void)state;
	press(r, "PgDn");
	assert_shows(r, " 20/48 ");
	press(r, "PgUp");
	assert_shows(r, " 1/48 ");
	press(r, "^D");
	assert_shows(r, " 10/48 ");
	press(r, "^U ^F ^F ^F ^F");
	assert_shows(r, "end of the edition");
	close_rig(r);
}

static void the_cursor_keeps_its_distance_to_the_edge(void **state)
{
	struct rig *r = open_rig(80, 24, 48);
	struct view v;

	(void)state;
	for (int i = 0; i < 20; i++)
		press(r, "j");
	app_view(r->app, &v);
	assert_int_equal(v.list.row[v.list.nrows - 4].rank, 21);
	assert_true(v.list.row[v.list.nrows - 4].cursor);
	close_rig(r);
}

static void a_sequence_waits_for_its_next_key(void **state)
{
	struct rig *r = open_configured(120, 36, 48, "[keys]\nbind = gl last\n");

	(void)state;
	press(r, "7 j g");
	assert_shows(r, " 8/48 ");
	assert_shows(r, "g…");
	press(r, "l");
	assert_shows(r, " 48/48 ");
	assert_hides(r, "g…");
	press(r, "3 g");
	assert_shows(r, "3g…");
	press(r, "l");
	assert_shows(r, " 3/48 ");
	close_rig(r);
}

static void a_sequence_that_is_none_does_what_its_keys_do(void **state)
{
	struct rig *r = open_configured(120, 36, 48, "[keys]\nbind = gl last\nbind = xyz help\n");

	(void)state;
	press(r, "9 j g j");
	assert_shows(r, " 2/48 ");
	press(r, "9 j g 4 j");
	assert_shows(r, " 5/48 ");
	press(r, "x y j");
	assert_shows(r, "no command on xyj");
	pass(r, 5000);
	press(r, "k");
	assert_shows(r, " 4/48 ");
	close_rig(r);
}

static void a_begun_sequence_runs_after_a_second_and_is_dropped_by_esc(void **state)
{
	struct rig *r = open_configured(120, 36, 48, "[keys]\nbind = gl last\n");

	(void)state;
	press(r, "9 j g");
	assert_in_range(app_timer(r->app), r->ticks, r->ticks + 1000);
	pass(r, 999);
	assert_shows(r, " 10/48 ");
	pass(r, 1);
	assert_shows(r, " 1/48 ");
	press(r, "9 j g Esc");
	assert_shows(r, " 10/48 ");
	pass(r, 2000);
	assert_shows(r, " 10/48 ");
	assert_hides(r, "no command");
	close_rig(r);
}

static void hints_and_help_name_the_keys_that_hold(void **state)
{
	struct rig *r = open_configured(120, 80, 5, "[keys]\nbind = F1 help\nunbind = ?\nbind = x star\n");

	(void)state;
	assert_shows(r, "F1 help");
	press(r, "K");
	assert_shows(r, "no command on K · F1 shows the keys");
	press(r, "F1 4 0 j");
	assert_shows(r, "x s              star");
	close_rig(r);
}

static void an_unbound_key_says_so(void **state)
{
	struct rig *r = open_rig(80, 24, 5);

	(void)state;
	press(r, "K");
	assert_shows(r, "no command on K · ? shows the keys");
	r->ticks += 3100;
	press(r, "j");
	assert_hides(r, "no command");
	close_rig(r);
}

/* ---- reading ---- */

static void the_article_follows_when_the_cursor_rests(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	give_article(r, "<p>First text.</p>");
	assert_shows(r, "First text.");
	press(r, "j");
	assert_shows(r, "First text.");
	pass(r, 59);
	assert_int_equal(r->asked->entry, 10);
	pass(r, 1);
	assert_int_equal(r->asked->entry, 20);
	give_article(r, "<p>Second text.</p>");
	assert_shows(r, "Second text.");
	assert_hides(r, "First text.");
	close_rig(r);
}

static void an_answer_that_is_no_longer_wanted_is_dropped(void **state)
{
	struct rig *r = open_rig(120, 36, 5);
	struct answer *late = answer_for(r, ASK_ARTICLE);

	(void)state;
	fill_article(late, 10, "<p>Late text.</p>");
	press(r, "j");
	pass(r, 60);
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = late });
	assert_hides(r, "Late text.");
	close_rig(r);
}

static void resting_does_not_mark_read_but_focus_does(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	give_article(r, "<p>Text.</p>");
	pass(r, 5000);
	assert_int_equal(r->tells, 0);
	press(r, "Enter");
	pass(r, 1999);
	assert_int_equal(r->tells, 0);
	pass(r, 1);
	assert_int_equal(r->tells, 1);
	assert_int_equal(r->told->kind, JOB_MARK);
	assert_true(r->told->stories && r->told->on);
	assert_int_equal(r->told->id[0], 10);
	assert_int_equal(r->told->act, EVENT_OPEN);
	assert_shows(r, "4 unread");
	close_rig(r);
}

static char *long_text(void)
{
	struct buf b = buf_limited(1 << 20);

	for (int i = 1; i <= 100; i++)
		buf_addf(&b, "<p>Paragraph %d.</p>", i);
	return buf_take(&b);
}

static void space_pages_then_marks_read_and_goes_on(void **state)
{
	struct rig *r = open_rig(120, 36, 5);
	char *body = long_text();

	(void)state;
	give_article(r, body);
	press(r, "Space");
	assert_hides(r, "Paragraph 1.");
	assert_int_equal(r->told->kind, JOB_MARK);
	for (int i = 0; i < 12 && r->asked->entry == 10; i++)
		press(r, "Space");
	assert_int_equal(r->asked->entry, 20);
	assert_shows(r, " 2/5 ");
	give_article(r, "<p>Short.</p>");
	press(r, "b");
	assert_shows(r, " 1/5 ");
	give_article(r, body);
	assert_shows(r, "Paragraph 100.");
	free(body);
	close_rig(r);
}

static void one_pane_opens_and_goes_back_to_the_same_row(void **state)
{
	struct rig *r = open_rig(80, 24, 30);

	(void)state;
	press(r, "9 j");
	press(r, "l");
	give_article(r, "<p>Alone on the screen.</p>");
	assert_shows(r, "Alone on the screen.");
	assert_hides(r, "Story 9");
	assert_shows(r, "h list");
	press(r, "h");
	assert_shows(r, " 10/30 ");
	assert_shows(r, "Story 9");
	close_rig(r);
}

static void o_opens_the_entry_and_marks_it_read(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	give_article(r, "<p>Text.</p>");
	press(r, "o");
	assert_string_equal(r->opened, "https://paper.example/10");
	assert_int_equal(r->told->act, EVENT_OPEN);
	press(r, "j o");
	assert_string_equal(r->opened, "https://paper.example/10");
	give_article(r, "<p>Text.</p>");
	assert_string_equal(r->opened, "https://paper.example/20");
	close_rig(r);
}

/* ---- marks ---- */

static void m_marks_read_and_unread(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "m");
	assert_true(r->told->on);
	assert_int_equal(r->told->act, 0);
	assert_shows(r, "4 unread");
	press(r, "m");
	assert_false(r->told->on);
	assert_shows(r, "6 unread");
	press(r, "3 m");
	assert_shows(r, "2 unread");
	close_rig(r);
}

static void s_stars_and_says_so(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "s");
	assert_int_equal(r->told->flag, ENTRY_STARRED);
	assert_int_equal(r->told->act, EVENT_STAR);
	assert_shows(r, "★ Story 1");
	assert_shows(r, "starred");
	press(r, "s");
	assert_int_equal(r->told->act, EVENT_UNSTAR);
	assert_hides(r, "★");
	close_rig(r);
}

static void all_of_the_view_can_be_read(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "A");
	assert_int_equal(r->tells, 1);         /* one act, so one step that is undone */
	assert_int_equal(r->told->nids, 5);
	assert_true(r->told->stories);
	assert_int_equal(r->told->id[4], 50);
	assert_int_equal(r->told->act, 0);
	assert_shows(r, "5 marked read");
	assert_shows(r, "0 unread");
	close_rig(r);
}

static void n_goes_over_what_is_read(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "j m j m g n");
	assert_shows(r, " 4/5 ");
	press(r, "N");
	assert_shows(r, " 1/5 ");
	press(r, "N");
	assert_shows(r, "none before");
	press(r, "G n");
	assert_shows(r, "no more unread · . makes a new edition");
	close_rig(r);
}

/* ---- stories ---- */

static void give_members(struct rig *r)
{
	struct answer *a = answer_for(r, ASK_MEMBERS);

	a->story = r->asked->story;
	a->n = 2;
	a->entry_row = arena_alloc(a->arena, 2 * sizeof *a->entry_row);
	for (int i = 0; i < 2; i++)
		a->entry_row[i] = (struct entry_row){ .id = 10 + i,
			                              .story = 10,
			                              .feed = 1 + i,
			                              .time = NOW - HOUR,
			                              .title = text(a->arena, "Telling ", i + 1),
			                              .source = STR("City News"),
			                              .link = { "", 0 },
			                              .author = { "", 0 } };
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = a });
}

static void z_unfolds_and_h_folds(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "z");
	assert_int_equal(r->asked->kind, ASK_MEMBERS);
	give_members(r);
	assert_shows(r, "Telling 2");
	press(r, "j j");
	pass(r, 60);
	assert_int_equal(r->asked->entry, 11);
	press(r, "h");
	assert_hides(r, "Telling 2");
	assert_shows(r, " 1/5 ");
	press(r, "j z");
	assert_shows(r, "one source");
	close_rig(r);
}

/* The edition again, as the writer left it: `joined` stories fewer. */
static void give_changed(struct rig *r, int64_t story, int64_t other, enum job_kind job)
{
	give_notice(r, (struct notice){ .kind = NOTICE_STORIES, .job = job, .story = story,
	                                .other = other });
}

static void x_splits_the_entry_under_the_cursor_off(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "z");
	give_members(r);
	press(r, "j j X");
	assert_int_equal(r->told->kind, JOB_SPLIT);
	assert_int_equal(r->told->entry, 11);
	give_changed(r, 10, 11, JOB_SPLIT);
	assert_shows(r, "split off");
	assert_int_equal(r->asked->kind, ASK_COUNTS);
	give_edition(r, 1, 5, 0);
	press(r, "Esc");
	assert_shows(r, " 1/5 ");
	close_rig(r);
}

static void x_on_a_story_of_one_source_says_so(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "j X");
	assert_int_equal(r->tells, 0);
	assert_shows(r, "one source");
	press(r, "g X");
	assert_int_equal(r->told->entry, 10);
	give_notice(r, (struct notice){ .kind = NOTICE_STORIES, .job = JOB_SPLIT,
	                                .error = { ERR_NONESUCH, "one source" } });
	assert_shows(r, "one source");
	close_rig(r);
}

static void the_rest_keeps_the_row_and_the_cursor_when_the_oldest_leaves(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "j k X");
	give_changed(r, 11, 10, JOB_SPLIT);    /* story 10 is story 11 now; 10 is who left */
	press(r, "z");
	assert_int_equal(r->asked->kind, ASK_MEMBERS);
	assert_int_equal(r->asked->story, 11);
	close_rig(r);
}

static void j_there_joins_and_esc_gives_up(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "J");
	assert_shows(r, "join with which story? J there · Esc");
	assert_int_equal(r->tells, 0);
	press(r, "J");
	assert_shows(r, "one story already");
	press(r, "Esc j j J");
	assert_shows(r, "join with which story?");
	press(r, "k J");
	assert_int_equal(r->told->kind, JOB_JOIN);
	assert_int_equal(r->told->entry, 30);
	assert_int_equal(r->told->with, 20);
	give_changed(r, 20, 30, JOB_JOIN);
	assert_shows(r, "joined");
	give_edition(r, 1, 4, 0);
	press(r, "Esc");
	assert_shows(r, " 2/4 ");
	close_rig(r);
}

static void members_that_come_again_leave_the_cursor_on_its_entry(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "z");
	give_members(r);
	press(r, "j j");
	give_changed(r, 10, 0, JOB_JOIN);
	r->asked->kind = ASK_MEMBERS;
	r->asked->story = 10;
	give_members(r);
	pass(r, 60);
	assert_int_equal(r->asked->kind, ASK_ARTICLE);
	assert_int_equal(r->asked->entry, 11);
	close_rig(r);
}

static void plus_and_minus_teach_and_move_nothing(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "j +");
	assert_shows(r, "more like this");
	press(r, "Esc");
	assert_shows(r, " 2/5 ");
	assert_int_equal(r->told->kind, JOB_MARK);
	assert_int_equal(r->told->nids, 0);
	assert_int_equal(r->told->entry, 20);
	assert_int_equal(r->told->act, EVENT_MORE);
	assert_int_equal(r->told->times, 1);
	press(r, "3 -");
	assert_shows(r, "less like this");
	assert_int_equal(r->told->act, EVENT_LESS);
	assert_int_equal(r->told->times, 3);
	close_rig(r);
}

static void stories_are_put_right_only_where_there_are_some(void **state)
{
	static const char *const keys[] = { "X", "J", "+", "-" };
	struct rig *r = open_rig(120, 36, 0);

	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		press(r, keys[i]);
		assert_shows(r, "nothing here");
	}
	assert_int_equal(r->tells, 0);
	close_rig(r);
}

static void e_shows_the_sum_and_closes_it(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	give_article(r, "<p>Text.</p>");
	press(r, "e");
	assert_shows(r, "Why number 1");
	assert_shows(r, "+20");
	assert_shows(r, "Next is number 2 with 20");
	press(r, "e");
	assert_hides(r, "Why number 1");
	assert_shows(r, "Text.");
	close_rig(r);
}

/* ---- editions and refreshes ---- */

static void new_entries_are_announced_and_nothing_moves(void **state)
{
	struct rig *r = open_rig(120, 36, 5);
	struct answer *a;

	(void)state;
	press(r, "j j");
	give_notice(r, (struct notice){ .kind = NOTICE_PROGRESS,
	                                .done = 34,
	                                .total = 120,
	                                .failed = 3,
	                                .fresh = 11 });
	assert_shows(r, "refreshing 34/120 · 3 failed · 11 new");
	assert_shows(r, "^C stops");
	give_notice(r, (struct notice){ .kind = NOTICE_REFRESHED,
	                                .done = 120,
	                                .total = 120,
	                                .failed = 3,
	                                .new_stories = 7 });
	assert_shows(r, "refreshed 120 feeds: 7 new stories, 3 failed · . shows them");
	assert_int_equal(r->asked->kind, ASK_COUNTS);
	a = answer_for(r, ASK_COUNTS);
	a->counts = (struct counts){ .unread = 20, .new_stories = 7, .entries = 100 };
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = a });
	assert_shows(r, "7 new · press . · 20 unread");
	assert_shows(r, "Story 3");
	press(r, ".");
	give_counts(r, 7);
	assert_int_equal(r->told->kind, JOB_EDITION);
	assert_int_equal(r->told->keep, 30);
	close_rig(r);
}

static void a_new_edition_keeps_the_cursor_on_its_story(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "j j");
	press(r, ".");
	give_counts(r, 1);
	give_notice(r, (struct notice){ .kind = NOTICE_EDITION, .edition = 2 });
	give_edition(r, 2, 5, -1);
	assert_shows(r, " 4/5 ");
	give_notice(r, (struct notice){ .kind = NOTICE_EDITION, .edition = 3 });
	close_rig(r);
}

static void a_story_that_is_gone_leaves_the_cursor_on_the_next(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "j");
	press(r, ".");
	give_counts(r, 1);
	give_notice(r, (struct notice){ .kind = NOTICE_EDITION, .edition = 2 });
	give_edition(r, 2, 5, 2);
	assert_shows(r, " 1/5 ");
	close_rig(r);
}

static void without_anything_new_no_edition_is_made(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, ".");
	assert_int_equal(r->asked->kind, ASK_COUNTS);
	give_counts(r, 0);
	assert_shows(r, "nothing new");
	assert_int_equal(r->tells, 0);
	close_rig(r);
}

static void an_empty_cache_is_filled_by_itself(void **state)
{
	struct rig *r = open_rig(120, 36, 0);
	struct answer *a = answer_for(r, ASK_EDITION);

	(void)state;
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = a });
	assert_true(r->refresh);
	assert_shows(r, "refreshing 0/3");
	give_notice(r,
	            (struct notice){ .kind = NOTICE_PROGRESS, .done = 1, .total = 3, .fresh = 5 });
	assert_int_equal(r->tells, 0);
	pass(r, 2000);
	assert_int_equal(r->told->kind, JOB_EDITION);
	give_notice(r, (struct notice){ .kind = NOTICE_EDITION, .edition = 1 });
	assert_int_equal(r->asked->kind, ASK_EDITION);
	give_edition(r, 1, 3, 0);
	assert_shows(r, "Story 1");
	close_rig(r);
}

static void an_edition_made_at_the_start_waits_after_the_first_key(void **state)
{
	struct rig *r = open_rig(120, 36, 0);
	struct answer *a;

	(void)state;
	give_edition(r, 1, 5, 0);
	a = answer_for(r, ASK_EDITION);
	answer_free(a);
	press(r, "j");
	give_notice(r, (struct notice){ .kind = NOTICE_EDITION, .edition = 2 });
	assert_shows(r, " 2/5 ");
	press(r, ".");
	assert_int_equal(r->asked->kind, ASK_EDITION);
	close_rig(r);
}

static void a_first_refresh_that_ends_late_moves_nothing(void **state)
{
	struct rig *r = open_rig(120, 36, 0);
	int tells;

	(void)state;
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = answer_for(r, ASK_EDITION) });
	give_notice(r,
	            (struct notice){ .kind = NOTICE_PROGRESS, .done = 1, .total = 3, .fresh = 5 });
	pass(r, 2000);
	give_notice(r, (struct notice){ .kind = NOTICE_EDITION, .edition = 1 });
	give_edition(r, 1, 3, 0);
	press(r, "j");
	tells = r->tells;
	give_notice(r, (struct notice){
	                       .kind = NOTICE_REFRESHED, .done = 3, .total = 3, .new_stories = 9 });
	assert_int_equal(r->tells, tells);
	assert_shows(r, "9 new stories, 0 failed · . shows them");
	assert_shows(r, "▌ 2 ● Story 2");
	close_rig(r);
}

static void what_a_key_did_is_said_over_an_error(void **state)
{
	struct rig *r = open_rig(120, 36, 5);
	struct notice n = { .kind = NOTICE_ERROR };

	(void)state;
	error_set(&n.error, ERR_FULL, "the disk is full: marks are kept until there is room");
	give_notice(r, n);
	give_notice(r, (struct notice){ .kind = NOTICE_REFRESHED, .done = 3, .total = 3 });
	assert_shows(r, "the disk is full");
	press(r, "A");
	assert_shows(r, "5 marked read");
	close_rig(r);
}

static void b_on_the_end_row_goes_to_the_last_story(void **state)
{
	struct rig *r = open_rig(120, 36, 5);
	char *body = long_text();

	(void)state;
	press(r, "G");
	pass(r, 60);
	give_article(r, body);
	press(r, "Space j");
	assert_shows(r, "the edition: 5 stories");
	press(r, "b");
	assert_shows(r, " 5/5 ");
	assert_hides(r, "the edition: 5 stories");
	free(body);
	close_rig(r);
}

static void what_is_due_is_fetched_after_the_first_screen_and_each_minute(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	assert_true(app_timer(r->app) >= 0 && app_timer(r->app) <= r->ticks);
	pass(r, 0);
	assert_true(r->due);
	assert_false(r->refresh);
	assert_hides(r, "refreshing");
	give_notice(r, (struct notice){ .kind = NOTICE_PROGRESS, .done = 1, .total = 3 });
	assert_hides(r, "refreshing");
	give_notice(r, (struct notice){ .kind = NOTICE_REFRESHED, .done = 3, .total = 3,
	                                .failed = 1 });
	assert_hides(r, "refreshed");
	r->due = false;
	pass(r, 59000);
	assert_false(r->due);
	pass(r, 1000);
	assert_true(r->due);
	close_rig(r);
}

static void a_refresh_that_is_wanted_stops_the_quiet_one_and_follows_it(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	pass(r, 0);
	press(r, "R");
	assert_true(r->stop);
	assert_false(r->refresh);
	give_notice(r, (struct notice){ .kind = NOTICE_REFRESHED, .stopped = true });
	assert_true(r->refresh);
	assert_shows(r, "refreshing 0/3");
	close_rig(r);
}

static void ctrl_c_stops_a_refresh_first(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "R");
	assert_true(r->refresh);
	press(r, "^C");
	assert_true(r->stop);
	assert_false(r->quit);
	close_rig(r);
}

/* ---- sections ---- */

static void give_window(struct rig *r, int n, int first, int total)
{
	struct answer *a = answer_for(r, ASK_LIST);

	assert_int_equal(r->asked->kind, ASK_LIST);
	a->list = r->asked->list;
	a->at = first;
	a->n = (size_t)n;
	a->total = total;
	a->entry_row = arena_alloc(a->arena, (size_t)n * sizeof *a->entry_row);
	for (int i = 0; i < n; i++)
		a->entry_row[i] =
		        (struct entry_row){ .id = 500 + i,
			                    .story = 500 + i,
			                    .feed = 1,
			                    .time = NOW - (first + i) * HOUR,
			                    .title = text(a->arena, "Entry ", first + i + 1),
			                    .source = STR("City News"),
			                    .link = { "", 0 },
			                    .author = { "", 0 } };
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = a });
}

static void give_latest(struct rig *r, int n)
{
	give_window(r, n, 0, n);
}

/* Somebody else wrote while the first edition was on its way to the screen. */
static void an_edition_on_its_way_is_not_made_twice(void **state)
{
	struct rig *r = open_rig(80, 24, 0);
	struct answer *a;
	int tells;

	(void)state;
	give_edition(r, 0, 0, 0);
	assert_int_equal(r->told->kind, JOB_EDITION);
	tells = r->tells;
	give_notice(r, (struct notice){ .kind = NOTICE_EDITION, .edition = 1 });
	assert_int_equal(r->asked->kind, ASK_EDITION);
	give_notice(r, (struct notice){ .kind = NOTICE_CHANGED });
	assert_int_equal(r->asked->kind, ASK_STATES);
	a = answer_for(r, ASK_STATES);
	a->counts = (struct counts){ .new_stories = 3, .entries = 100, .highest = 1000 };
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = a });
	assert_int_equal(r->tells, tells);
	close_rig(r);
}

/* A refresh ended after the first edition was made and before it was shown: what it brought stands in
 * another, which takes the place of the first without a key. */
static void the_edition_of_a_refresh_takes_the_place_of_the_one_before(void **state)
{
	struct rig *r = open_rig(80, 24, 0);

	(void)state;
	give_edition(r, 0, 0, 0);
	give_notice(r, (struct notice){ .kind = NOTICE_EDITION, .edition = 1 });
	give_notice(r, (struct notice){ .kind = NOTICE_REFRESHED, .new_stories = 2, .total = 1 });
	assert_int_equal(r->told->kind, JOB_EDITION);
	give_edition(r, 1, 3, 0);
	give_notice(r, (struct notice){ .kind = NOTICE_EDITION, .edition = 2 });
	assert_int_equal(r->asked->kind, ASK_EDITION);
	give_edition(r, 2, 5, 0);
	assert_shows(r, "Story 5");
	close_rig(r);
}

static void a_quiet_refresh_that_brings_nothing_does_not_make_it_twice(void **state)
{
	struct rig *r = open_rig(80, 24, 0);
	int tells;

	(void)state;
	give_edition(r, 0, 0, 0);
	assert_int_equal(r->told->kind, JOB_EDITION);
	tells = r->tells;
	give_notice(r, (struct notice){ .kind = NOTICE_EDITION, .edition = 1 });
	give_notice(r, (struct notice){ .kind = NOTICE_REFRESHED, .total = 28 });
	assert_int_equal(r->tells, tells);
	close_rig(r);
}

static void sections_go_round_and_keep_their_cursors(void **state)
{
	struct rig *r = open_rig(80, 24, 10);

	(void)state;
	press(r, "j j ]");
	give_latest(r, 20);
	assert_shows(r, "TODAY");
	assert_shows(r, "YESTERDAY");
	assert_shows(r, " 1/20 ");
	press(r, "j [");
	assert_shows(r, " 3/10 ");
	press(r, "]");
	assert_shows(r, " 2/20 ");
	press(r, "] ] ] ]");
	assert_shows(r, " 3/10 ");
	press(r, "[");
	assert_shows(r, "0 held back");
	press(r, "[");
	assert_shows(r, "0 starred");
	press(r, "q");
	assert_shows(r, " 3/10 ");
	assert_false(r->quit);
	press(r, "q");
	assert_true(r->quit);
	close_rig(r);
}

static void feeds_open_their_entries_and_close_them(void **state)
{
	struct rig *r = open_rig(120, 24, 5);
	struct answer *a;

	(void)state;
	press(r, "] ]");
	assert_int_equal(r->asked->kind, ASK_FEEDS);
	a = answer_for(r, ASK_FEEDS);
	a->n = 2;
	a->feed_row = arena_alloc(a->arena, 2 * sizeof *a->feed_row);
	for (int i = 0; i < 2; i++)
		a->feed_row[i] = (struct feed_row){ .id = i + 1,
			                            .title = text(a->arena, "Feed ", i + 1),
			                            .unread = 3,
			                            .url = STR("https://a.example/f"),
			                            .site = { "", 0 },
			                            .format = STR("rss2.0"),
			                            .moved = { "", 0 },
			                            .error = i ? STR("503 Service Unavailable")
			                                       : (struct str){ "", 0 },
			                            .state = i ? FEED_FAILING : FEED_OK,
			                            .failures = i,
			                            .checked = NOW };
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = a });
	assert_shows(r, "FEED");
	assert_shows(r, "Feed 2                failing");
	assert_shows(r, "2 feeds · 1 failing");
	press(r, "j");
	assert_shows(r, "failing: 503 Service Unavailable, 1 time in a row");
	press(r, "Enter");
	assert_int_equal(r->asked->list.feed, 2);
	give_latest(r, 4);
	assert_shows(r, "Feeds > Feed 2");
	press(r, "q");
	assert_shows(r, "Feed 1");
	assert_shows(r, " 2/2 ");
	close_rig(r);
}

static void a_long_list_is_read_by_windows(void **state)
{
	struct rig *r = open_rig(80, 24, 5);
	int asks;

	(void)state;
	press(r, "]");
	give_window(r, 256, 0, 5000);
	asks = r->asks;
	press(r, "9 9 j");
	assert_int_equal(r->asks, asks);
	press(r, "1 2 9 j");
	assert_int_equal(r->asks, asks + 1);
	assert_true(r->asked->has_anchor);
	assert_int_equal(r->asked->list.way, LIST_OLDER);
	assert_int_equal(r->asked->at, 228 - 128);
	give_window(r, 256, 100, 5000);
	assert_shows(r, "Entry 229");
	assert_shows(r, " 229/5000 ");
	press(r, "G");
	assert_false(r->asked->has_anchor);
	assert_int_equal(r->asked->at, 4999 - 128);
	close_rig(r);
}

/* ---- the screen as a whole ---- */

static void help_lists_every_command_and_runs_one(void **state)
{
	struct rig *r = open_rig(120, 120, 5);

	(void)state;
	press(r, "?");
	assert_shows(r, "Top, list · / searches this page · Enter runs the line · q closes");
	for (size_t i = 0; i < command_count; i++)
		assert_shows(r, command_table[i].name);
	press(r, "j j j j");
	press(r, "Enter");
	assert_hides(r, "Enter runs the line");
	close_rig(r);
}

static void the_welcome_greets_without_feeds(void **state)
{
	struct rig *r = mem_new(sizeof *r);
	struct app_setup setup = { .now = NOW, .sample = true, .ambiguous = 1, .w = 120, .h = 36 };

	(void)state;
	r->config = config_new();
	setup.config = r->config;
	r->now = NOW;
	r->app = app_new(&setup);
	send(r, (struct event){ .kind = EVENT_START });
	give_edition(r, 1, 5, 0);
	assert_shows(r, "Good morning. This is lede.");
	assert_shows(r, "adds a feed; any address will do");
	assert_shows(r, "sample edition");
	press(r, "R j");
	assert_shows(r, "no feeds yet");
	assert_shows(r, "Good morning");
	press(r, "Enter");
	assert_hides(r, "Good morning");
	assert_false(r->quit);
	close_rig(r);
}

static void glosses_are_hidden_in_list_and_article(void **state)
{
	struct rig *r = open_rig(120, 36, 0);
	struct answer *a = answer_for(r, ASK_EDITION);

	(void)state;
	a->edition = (struct edition){ .id = 1, .made = NOW, .rows = 1 };
	a->edition_row = arena_alloc(a->arena, sizeof *a->edition_row);
	a->n = 1;
	a->edition_row[0] = (struct edition_row){ .rank = 1,
		                                  .was = 1,
		                                  .story = 10,
		                                  .entry = 10,
		                                  .sources = 1,
		                                  .entries = 1,
		                                  .title = STR("数据安全监(jiān)管(AI)"),
		                                  .source = STR("x"),
		                                  .why = why(a->arena, 20),
		                                  .time = NOW };
	a->counts.entries = 1;
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = a });
	assert_shows(r, "数据安全监管(AI)");
	close_rig(r);
}

static void glosses_come_and_go_and_are_remembered(void **state)
{
	struct rig *r = open_rig(120, 36, 3);
	int asks;

	(void)state;
	give_article(r, "<p>監(jiān)管");
	asks = r->asks;
	press(r, "i");
	assert_shows(r, "glosses shown");
	assert_int_equal(r->told->kind, JOB_NUMBER);
	assert_string_equal(r->told->name, "glosses");
	assert_int_equal(r->told->value & 3, 1);
	assert_int_equal(r->asks, asks + 1);
	assert_int_equal(r->asked->entry, 10);
	assert_false(r->asked->hide_glosses);
	press(r, "i");
	assert_int_equal(r->told->value & 3, 3);
	assert_true(r->asked->hide_glosses);
	give_article(r, "<p>監(jiān)管");
	assert_shows(r, "pinyin hidden");
	close_rig(r);
}

static bool asks_to_hide(int64_t left, const char *option)
{
	struct rig *r = open_rig(120, 36, 0);
	struct answer *a = answer_for(r, ASK_EDITION);
	bool hides;

	if (option)
		config_set(r->config, OPT_GLOSSES, str_of(option), NULL);
	a->counts.glosses = left;
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = a });
	give_edition(r, 1, 3, 0);
	hides = r->asked->hide_glosses;
	assert_int_equal(r->asked->kind, ASK_ARTICLE);
	close_rig(r);
	return hides;
}

/* 1: something is remembered, 2: hidden, 4: the option said hide then. */
static void glosses_are_as_left_until_the_option_is_changed(void **state)
{
	(void)state;
	assert_true(asks_to_hide(0, NULL));
	assert_false(asks_to_hide(1 | 4, NULL));
	assert_true(asks_to_hide(1 | 2 | 4, NULL));
	assert_true(asks_to_hide(1, NULL));
}

static char *huge_text(int paragraphs)
{
	struct buf b = buf_limited(64 << 20);

	for (int i = 1; i <= paragraphs; i++)
		buf_addf(&b, "<p>Paragraph %d.</p>", i);
	return buf_take(&b);
}

/* Slices that the timer drives until it is there. */
static int slices(struct rig *r)
{
	int n = 0;

	while (app_timer(r->app) == r->ticks) {
		pass(r, 0);
		assert_true(++n < 1000);
	}
	return n;
}

static void the_end_of_a_huge_article_is_reached_by_slices(void **state)
{
	struct rig *r = open_rig(120, 36, 3);
	char *body = huge_text(20000);

	(void)state;
	give_article(r, body);
	press(r, "Enter G");
	assert_shows(r, "Paragraph 1.");
	assert_true(slices(r) > 60);
	assert_shows(r, "Paragraph 20000.");
	send(r, (struct event){ .kind = EVENT_RESIZE, .w = 90, .h = 36 });
	assert_true(slices(r) > 60);
	assert_shows(r, "Paragraph 19990.");
	free(body);
	close_rig(r);
}

static void a_place_is_kept_while_the_screen_is_too_small(void **state)
{
	struct rig *r = open_rig(120, 36, 3);
	char *body = huge_text(300);

	(void)state;
	give_article(r, body);
	press(r, "Enter PgDn PgDn PgDn PgDn");
	assert_hides(r, "Paragraph 59.");
	assert_shows(r, "Paragraph 60.");
	press(r, "i");
	send(r, (struct event){ .kind = EVENT_RESIZE, .w = 12, .h = 3 });
	give_article(r, body);
	pass(r, 0);
	send(r, (struct event){ .kind = EVENT_RESIZE, .w = 120, .h = 36 });
	slices(r);
	assert_hides(r, "Paragraph 59.");
	assert_shows(r, "Paragraph 60.");
	free(body);
	close_rig(r);
}

static void the_way_to_the_end_is_seen_at_once_and_goes_on(void **state)
{
	struct rig *r = open_rig(120, 36, 3);
	char *body = huge_text(20000);

	(void)state;
	give_article(r, body);
	press(r, "Enter");
	assert_shows(r, "line 1");
	press(r, "G");
	assert_true(app_changed(r->app, NULL));
	assert_shows(r, " lines laid out");
	pass(r, 0);
	assert_false(app_changed(r->app, NULL));
	pass(r, 250);
	assert_true(app_changed(r->app, NULL));
	assert_shows(r, " lines laid out");
	slices(r);
	assert_shows(r, "100%");
	assert_hides(r, "laid out");
	free(body);
	close_rig(r);
}

static void the_end_of_an_article_that_is_still_read_is_remembered(void **state)
{
	struct rig *r = open_rig(120, 36, 3);
	char *body = huge_text(100);

	(void)state;
	press(r, "Enter");
	assert_shows(r, "opening");
	press(r, "G");
	give_article(r, body);
	assert_shows(r, "Paragraph 100.");
	assert_shows(r, "100%");
	free(body);
	close_rig(r);
}

static void thousands_of_links_stand_below_the_text(void **state)
{
	struct rig *r = open_rig(120, 36, 3);
	struct buf b = buf_limited(1 << 20);

	(void)state;
	for (int i = 1; i <= 3000; i++)
		buf_addf(&b, "<a href='http://a.example/%d'>L%d</a> ", i, i);
	give_article(r, buf_cstr(&b));
	press(r, "Enter G");
	slices(r);
	assert_shows(r, "[3000] L3000  a.example/3000");
	assert_shows(r, "[2990] L2990  a.example/2990");
	buf_free(&b);
	close_rig(r);
}

static void a_key_on_the_way_to_the_end_is_answered(void **state)
{
	struct rig *r = open_rig(120, 36, 3);
	char *body = huge_text(20000);

	(void)state;
	give_article(r, body);
	press(r, "Enter G");
	pass(r, 0);
	press(r, "j j j");
	assert_int_equal(slices(r), 0);
	assert_shows(r, "Paragraph 2.");
	assert_hides(r, "Paragraph 20000.");
	free(body);
	close_rig(r);
}

static void every_size_can_be_drawn(void **state)
{
	struct rig *r = open_rig(120, 36, 48);
	char *body = long_text();

	(void)state;
	give_article(r, body);
	for (int w = 200; w >= 10; w -= 7)
		for (int h = 50; h >= 2; h -= 3) {
			send(r, (struct event){ .kind = EVENT_RESIZE, .w = w, .h = h });
			assert_non_null(screen_of(r));
		}
	send(r, (struct event){ .kind = EVENT_RESIZE, .w = 18, .h = 4 });
	assert_shows(r, "lede needs 20x5");
	send(r, (struct event){ .kind = EVENT_RESIZE, .w = 120, .h = 36 });
	assert_shows(r, "Paragraph 1.");
	free(body);
	close_rig(r);
}

static void a_resize_keeps_the_text_at_the_top(void **state)
{
	struct rig *r = open_rig(120, 36, 5);
	char *body = long_text();

	(void)state;
	give_article(r, body);
	press(r, "Enter 4 0 j");
	assert_shows(r, "Paragraph 20.");
	send(r, (struct event){ .kind = EVENT_RESIZE, .w = 80, .h = 24 });
	assert_shows(r, "Paragraph 20.");
	assert_hides(r, "Paragraph 18.");
	send(r, (struct event){ .kind = EVENT_RESIZE, .w = 120, .h = 36 });
	assert_shows(r, "Paragraph 20.");
	assert_hides(r, "Paragraph 18.");
	free(body);
	close_rig(r);
}

static void quitting_saves_where_one_was(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "Q");
	assert_true(r->quit);
	assert_int_equal(r->told->kind, JOB_NUMBER);
	assert_string_equal(r->told->name, "here");
	close_rig(r);
}

/* ---- links by number ---- */

/* A rig beside an article with that many links. */
static struct rig *open_links(int n)
{
	struct rig *r = open_rig(80, 24, 48);
	struct buf b = buf_limited(16 << 10);

	for (int i = 1; i <= n; i++)
		buf_addf(&b, "<p>Word <a href='/link%d'>text %d</a>.</p>", i, i);
	buf_add_cstr(&b, "<p>No more.</p>");
	press(r, "Enter");
	give_article(r, buf_cstr(&b));
	buf_free(&b);
	return r;
}

static void a_link_is_opened_when_its_number_is_clear(void **state)
{
	struct rig *r = open_links(12);

	(void)state;
	press(r, "f");
	assert_shows(r, " follow ");
	press(r, "x 1");
	assert_shows(r, " follow 1   text 1 · paper.example/link1 ");
	assert_shows(r, " Enter open · y copy · Esc\n");
	assert_string_equal(r->opened, "");
	press(r, "Enter");
	assert_string_equal(r->opened, "https://paper.example/link1");
	press(r, "f 1 2");
	assert_string_equal(r->opened, "https://paper.example/link12");
	press(r, "f 2");
	assert_string_equal(r->opened, "https://paper.example/link2");
	assert_hides(r, " follow ");
	press(r, "3 f");
	assert_string_equal(r->opened, "https://paper.example/link3");
	press(r, "h 4 f");
	assert_string_equal(r->opened, "https://paper.example/link4");
	close_rig(r);
}

static void a_link_that_is_not_there_is_said(void **state)
{
	struct rig *r = open_links(12);

	(void)state;
	press(r, "f 1 9");
	assert_shows(r, " follow 19   no link 19: there are 12");
	press(r, "Enter");
	assert_shows(r, " no link 19: there are 12");
	press(r, "Esc f Esc");
	assert_string_equal(r->opened, "");
	close_rig(r);
	r = open_links(0);
	press(r, "f");
	assert_shows(r, " no links");
	close_rig(r);
}

static void the_link_that_is_meant_is_marked_in_the_text(void **state)
{
	struct rig *r = open_links(12);
	struct screen *s = screen_new(80, 24);
	struct view v;
	int marked = 0;

	(void)state;
	press(r, "f 1");
	app_view(r->app, &v);
	draw_view(&v, s);
	for (int i = 0; i < s->w * s->h; i++)
		marked += s->cell[i].role == ROLE_MATCH;
	assert_int_equal(marked, (int)strlen("text 1[1]"));
	press(r, "Esc");
	app_view(r->app, &v);
	draw_view(&v, s);
	for (int i = 0; i < s->w * s->h; i++)
		assert_int_not_equal(s->cell[i].role, ROLE_MATCH);
	screen_free(s);
	close_rig(r);
}

static void suspend_and_redraw_are_asked_of_the_loop(void **state)
{
	struct rig *r = open_rig(120, 36, 5);

	(void)state;
	press(r, "^Z");
	assert_true(r->suspend);
	press(r, "^L");
	assert_true(r->redraw);
	close_rig(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(j_and_k_move_and_stop_at_the_ends),
		cmocka_unit_test(a_count_repeats_or_goes_there),
		cmocka_unit_test(pages_keep_two_lines_and_end_at_the_last_row),
		cmocka_unit_test(the_cursor_keeps_its_distance_to_the_edge),
		cmocka_unit_test(a_sequence_waits_for_its_next_key),
		cmocka_unit_test(a_sequence_that_is_none_does_what_its_keys_do),
		cmocka_unit_test(a_begun_sequence_runs_after_a_second_and_is_dropped_by_esc),
		cmocka_unit_test(hints_and_help_name_the_keys_that_hold),
		cmocka_unit_test(an_unbound_key_says_so),
		cmocka_unit_test(the_article_follows_when_the_cursor_rests),
		cmocka_unit_test(an_answer_that_is_no_longer_wanted_is_dropped),
		cmocka_unit_test(resting_does_not_mark_read_but_focus_does),
		cmocka_unit_test(space_pages_then_marks_read_and_goes_on),
		cmocka_unit_test(one_pane_opens_and_goes_back_to_the_same_row),
		cmocka_unit_test(o_opens_the_entry_and_marks_it_read),
		cmocka_unit_test(m_marks_read_and_unread),
		cmocka_unit_test(s_stars_and_says_so),
		cmocka_unit_test(all_of_the_view_can_be_read),
		cmocka_unit_test(n_goes_over_what_is_read),
		cmocka_unit_test(z_unfolds_and_h_folds),
		cmocka_unit_test(x_splits_the_entry_under_the_cursor_off),
		cmocka_unit_test(x_on_a_story_of_one_source_says_so),
		cmocka_unit_test(the_rest_keeps_the_row_and_the_cursor_when_the_oldest_leaves),
		cmocka_unit_test(j_there_joins_and_esc_gives_up),
		cmocka_unit_test(members_that_come_again_leave_the_cursor_on_its_entry),
		cmocka_unit_test(plus_and_minus_teach_and_move_nothing),
		cmocka_unit_test(stories_are_put_right_only_where_there_are_some),
		cmocka_unit_test(e_shows_the_sum_and_closes_it),
		cmocka_unit_test(new_entries_are_announced_and_nothing_moves),
		cmocka_unit_test(a_new_edition_keeps_the_cursor_on_its_story),
		cmocka_unit_test(a_story_that_is_gone_leaves_the_cursor_on_the_next),
		cmocka_unit_test(without_anything_new_no_edition_is_made),
		cmocka_unit_test(an_empty_cache_is_filled_by_itself),
		cmocka_unit_test(an_edition_made_at_the_start_waits_after_the_first_key),
		cmocka_unit_test(a_first_refresh_that_ends_late_moves_nothing),
		cmocka_unit_test(what_a_key_did_is_said_over_an_error),
		cmocka_unit_test(b_on_the_end_row_goes_to_the_last_story),
		cmocka_unit_test(what_is_due_is_fetched_after_the_first_screen_and_each_minute),
		cmocka_unit_test(a_refresh_that_is_wanted_stops_the_quiet_one_and_follows_it),
		cmocka_unit_test(ctrl_c_stops_a_refresh_first),
		cmocka_unit_test(an_edition_on_its_way_is_not_made_twice),
		cmocka_unit_test(a_quiet_refresh_that_brings_nothing_does_not_make_it_twice),
		cmocka_unit_test(the_edition_of_a_refresh_takes_the_place_of_the_one_before),
		cmocka_unit_test(sections_go_round_and_keep_their_cursors),
		cmocka_unit_test(feeds_open_their_entries_and_close_them),
		cmocka_unit_test(a_long_list_is_read_by_windows),
		cmocka_unit_test(help_lists_every_command_and_runs_one),
		cmocka_unit_test(the_welcome_greets_without_feeds),
		cmocka_unit_test(glosses_are_hidden_in_list_and_article),
		cmocka_unit_test(glosses_come_and_go_and_are_remembered),
		cmocka_unit_test(glosses_are_as_left_until_the_option_is_changed),
		cmocka_unit_test(the_end_of_a_huge_article_is_reached_by_slices),
		cmocka_unit_test(a_place_is_kept_while_the_screen_is_too_small),
		cmocka_unit_test(the_way_to_the_end_is_seen_at_once_and_goes_on),
		cmocka_unit_test(the_end_of_an_article_that_is_still_read_is_remembered),
		cmocka_unit_test(thousands_of_links_stand_below_the_text),
		cmocka_unit_test(a_key_on_the_way_to_the_end_is_answered),
		cmocka_unit_test(every_size_can_be_drawn),
		cmocka_unit_test(a_resize_keeps_the_text_at_the_top),
		cmocka_unit_test(quitting_saves_where_one_was),
		cmocka_unit_test(suspend_and_redraw_are_asked_of_the_loop),
		cmocka_unit_test(a_link_is_opened_when_its_number_is_clear),
		cmocka_unit_test(a_link_that_is_not_there_is_said),
		cmocka_unit_test(the_link_that_is_meant_is_marked_in_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
