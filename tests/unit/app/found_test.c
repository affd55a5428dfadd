/* What a search asks for and how its answers are taken: they are made here, as slow and as many as
 * a test wants them. */
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
#include "lede/text/date.h"
#include "lede/text/utf8.h"
#include "lede/tui/draw.h"

enum { NOW = 1744618440 };        /* Mon 14 Apr 2025 08:14 UTC */

static struct app *app;
static struct config *config;
static int64_t ticks;
static struct ask *searched;      /* the last one to search */
static int searches, lists, others;

static void take_effects(void)
{
	struct effect e;

	while (app_effect(app, &e)) {
		if (e.kind == EFFECT_TELL)
			job_free(e.job);
		if (e.kind != EFFECT_ASK)
			continue;
		searches += e.ask->kind == ASK_SEARCH;
		lists += e.ask->kind == ASK_LIST || e.ask->kind == ASK_FEEDS || e.ask->kind == ASK_EDITION;
		others += e.ask->kind != ASK_SEARCH;
		if (e.ask->kind == ASK_SEARCH) {
			free(searched);
			searched = e.ask;
		} else {
			free(e.ask);
		}
	}
}

static void send(struct event e)
{
	e.now = NOW;
	e.ticks = ticks;
	app_update(app, &e);
	take_effects();
}

static void press(const char *keys)
{
	struct str rest = str_of(keys), name;

	while (str_next(&rest, ' ', &name))
		send((struct event){ .kind = EVENT_KEY, .key = key_of_name(name) });
}

static void type(const char *text)
{
	for (const char *p = text; *p; p++)
		send((struct event){ .kind = EVENT_KEY, .key = (uint32_t)*p });
}

static void search_for(const char *words)
{
	press("/");
	type(words);
	press("Enter");
}

static int opened(void **state)
{
	struct app_setup setup = { .now = NOW, .feeds = 3, .ambiguous = 1, .w = 80, .h = 24 };

	(void)state;
	config = setup.config = config_new();
	ticks = 0;
	searches = lists = others = 0;
	app = app_new(&setup);
	send((struct event){ .kind = EVENT_START });
	return 0;
}

static int closed(void **state)
{
	(void)state;
	app_free(app);
	config_free(config);
	free(searched);
	searched = NULL;
	return 0;
}

/* ---- answers ---- */

struct said { int n; bool going, done; int64_t back_to, unindexed; uint32_t ticket; };

static int given;                 /* entries so far: each has a name of its own */

static struct answer *answer_of(struct said said)
{
	struct answer *a = answer_new(searched);

	if (said.ticket)
		a->ticket = said.ticket;
	a->n = (size_t)said.n;
	a->going = said.going;
	a->done = said.done;
	a->unindexed = said.unindexed;
	a->back_to = said.back_to ? said.back_to : DATE_NONE;
	a->entry_row = arena_alloc(a->arena, (a->n + 1) * sizeof *a->entry_row);
	a->found = arena_alloc(a->arena, (a->n + 1) * sizeof *a->found);
	for (int i = 0; i < said.n; i++) {
		char title[64];
		size_t n = (size_t)snprintf(title, sizeof title, "Bridge %d", ++given);

		a->entry_row[i] = (struct entry_row){ .id = given, .story = given, .time = NOW - given * 60,
			                              .title = { arena_copy(a->arena, title, n), n },
			                              .source = STR("City News") };
		a->found[i] = (struct found_words){ .text = { .text = STR("…over the bridge only…") } };
	}
	return a;
}

static void give(struct said said)
{
	send((struct event){ .kind = EVENT_ANSWER, .answer = answer_of(said) });
}

static const char *on_screen(void)
{
	static char out[32 << 10];
	struct buf b = buf_limited(sizeof out - 1);
	struct screen *s = screen_new(80, 24);
	struct view v;

	app_view(app, &v);
	draw_view(&v, s);
	for (int y = 0; y < s->h; y++) {
		screen_row(s, y, &b);
		buf_add_char(&b, '\n');
	}
	snprintf(out, sizeof out, "%s", buf_cstr(&b));
	buf_free(&b);
	screen_free(s);
	return out;
}

static void shows(const char *what)
{
	if (!strstr(on_screen(), what))
		fail_msg("“%s” is not on the screen:\n%s", what, on_screen());
}

static void hides(const char *what)
{
	if (strstr(on_screen(), what))
		fail_msg("“%s” is on the screen:\n%s", what, on_screen());
}

/* ---- what is asked ---- */

static void a_search_is_one_question_and_leaving_it_another(void **state)
{
	int before;

	(void)state;
	search_for("bridge");
	before = lists;
	assert_int_equal(searches, 1);
	assert_string_equal(searched->query, "bridge");
	assert_false(searched->more);
	give((struct said){ .n = 40 });
	assert_int_equal(searches, 1);
	press("Esc");
	assert_int_equal(searches, 2);
	assert_string_equal(searched->query, "");
	assert_int_equal(lists, before);
}

static void more_is_asked_for_when_the_cursor_comes_near_the_end(void **state)
{
	(void)state;
	search_for("bridge");
	give((struct said){ .n = 40 });
	shows("40+ found");
	shows(" 1/40+ ");
	press("5 j");
	assert_int_equal(searches, 1);
	press("G");
	assert_int_equal(searches, 2);
	assert_true(searched->more);
	press("k k");
	assert_int_equal(searches, 2);
	give((struct said){ .n = 7, .done = true });
	shows(" 47 found");
	shows(" 38/47 ");
	press("G");
	shows(" 47/47 ");
	assert_int_equal(searches, 2);
}

static void what_comes_late_moves_nothing(void **state)
{
	(void)state;
	search_for("the of");
	give((struct said){ .n = 3, .going = true, .back_to = NOW - 40 * 86400 });
	shows("newest first · looked back to Wed 5 Mar");
	press("j");
	shows(" 2/3+ ");
	give((struct said){ .n = 5, .going = true, .back_to = NOW - 80 * 86400 });
	shows(" 2/8+ ");
	shows("looked back to Fri 24 Jan");
	give((struct said){ .n = 0, .done = true });
	shows(" 2/8 ");
	hides("looked back");
	assert_int_equal(searches, 1);
}

static void nothing_yet_is_not_nothing(void **state)
{
	(void)state;
	search_for("house white");
	shows(" searching ");
	hides("Nothing found");
	give((struct said){ .going = true, .back_to = NOW - 86400 });
	hides("Nothing found");
	shows("looked back to Sun 13 Apr");
	give((struct said){ .done = true });
	shows("Nothing found");
	shows(" 0 found");
}

static void what_is_not_indexed_yet_is_not_kept_back(void **state)
{
	(void)state;
	search_for("bridge");
	give((struct said){ .n = 2, .done = true, .unindexed = 12000 });
	shows("newest first · 12,000 not searched yet");
	search_for("crabs");
	give((struct said){ .done = true, .unindexed = 300 });
	shows("Nothing found in ");
	shows("300 not searched yet");
}

static void an_answer_to_another_search_is_dropped(void **state)
{
	uint32_t old;

	(void)state;
	search_for("bridge");
	old = searched->ticket;
	search_for("crabs");
	give((struct said){ .n = 3, .ticket = old });
	shows(" searching ");
	give((struct said){ .n = 1, .done = true });
	shows(" 1/1 ");
	press("Esc");
	give((struct said){ .n = 3 });
	hides("found");
}

static void the_list_is_made_anew_by_hand(void **state)
{
	(void)state;
	search_for("bridge");
	give((struct said){ .n = 3, .done = true });
	press("j .");
	assert_int_equal(searches, 2);
	assert_false(searched->more);
	assert_string_equal(searched->query, "bridge");
	give((struct said){ .n = 4, .done = true });
	shows(" 4 found");
}

static void keys_before_the_answer_do_no_harm(void **state)
{
	(void)state;
	search_for("bridge");
	press("j k G g n N Enter Space b s m z e A o h Tab Tab");
	give((struct said){ .n = 2, .done = true });
	shows("▌ 0");
	shows("… over the bridge only …");
	shows(" 2 found");
}

#define FOUND_TEST(name) cmocka_unit_test_setup_teardown(name, opened, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOUND_TEST(a_search_is_one_question_and_leaving_it_another),
		FOUND_TEST(more_is_asked_for_when_the_cursor_comes_near_the_end),
		FOUND_TEST(what_comes_late_moves_nothing),
		FOUND_TEST(nothing_yet_is_not_nothing),
		FOUND_TEST(what_is_not_indexed_yet_is_not_kept_back),
		FOUND_TEST(an_answer_to_another_search_is_dropped),
		FOUND_TEST(the_list_is_made_anew_by_hand),
		FOUND_TEST(keys_before_the_answer_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
