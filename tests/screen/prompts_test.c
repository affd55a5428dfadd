/* The mock-ups of prompts and of the panels they belong to, worded by the program itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lede/base/mem.h"
#include "lede/text/rich.h"
#include "lede/text/utf8.h"
#include "stage.h"

static struct stage s;

static void open_at(int w, int h)
{
	struct stage_setup setup = { .w = w, .h = h, .unread = 212, .new_stories = 7 };

	stage_open(&s, &setup);
	stage_edition(&s, stage_stories_en, 21, 48, &setup);
}

static int close_stage(void **state)
{
	(void)state;
	stage_close(&s);
	return 0;
}

static void type(const char *text)
{
	size_t n;

	for (size_t at = 0; text[at]; at += n) {
		struct event e = { .kind = EVENT_KEY, .now = s.now, .ticks = s.ticks, .key = utf8_at(str_of(text), at, &n) };

		app_update(s.app, &e);
	}
}

static void candidates_stand_over_the_line_of_commands(void **state)
{
	(void)state;
	open_at(80, 24);
	type(":set rows=");
	stage_press(&s, "Tab Tab");
	assert_stage(&s, "command", 19, 0);
}

static void a_link_is_said_before_it_is_opened(void **state)
{
	(void)state;
	open_at(80, 24);
	stage_press(&s, "Enter");
	stage_article(&s, "", "<p>Word <a href='https://a.example/'>one</a>.</p><ul><li>A draft of the rules is <a href="
		      "'https://rules.example/draft'>open for comment</a> until June.</li></ul>"
		      "<p><a href='https://b.example/3'>3</a> <a href='https://b.example/4'>4</a></p>"
		      "<p><a href='https://b.example/5'>5</a> <a href='https://b.example/6'>6</a> <a href='https://b.example/7'>7</a>"
		      " <a href='https://b.example/8'>8</a> <a href='https://b.example/9'>9</a> <a href='https://b.example/10'>10</a>"
		      " <a href='https://b.example/11'>11</a> <a href='https://b.example/12'>12</a>"
		      " <a href='https://b.example/13'>13</a> <a href='https://b.example/14'>14</a>"
		      " <a href='https://b.example/15'>15</a> <a href='https://b.example/16'>16</a>"
		      " <a href='https://b.example/17'>17</a> <a href='https://b.example/18'>18</a>"
		      " <a href='https://b.example/19'>19</a> <a href='https://b.example/20'>20</a></p>");
	type("f2");
	assert_stage(&s, "follow", 23, 0);
}

/* ---- add ---- */

enum { BODY = 2, PANE = 51 };

static void look_at(const char *address)
{
	type("a");
	type(address);
	stage_press(&s, "Enter");
}

static void looking_says_how_far_it_is(void **state)
{
	(void)state;
	open_at(120, 36);
	look_at("portal.example/city");
	s.ticks += 700;
	stage_notice(&s, (struct notice){ .kind = NOTICE_LOOKING, .n = 2, .feed = stage_asked(&s)->ticket });
	stage_press(&s, "Tab");               /* one can go on reading */
	assert_stage(&s, "add-looking", BODY, PANE);
}

static void what_was_found_is_taken_or_left(void **state)
{
	struct answer *a = stage_answer_new(ASK_ADDRESS);

	(void)state;
	open_at(120, 36);
	look_at("portal.example/city");
	a->ticket = stage_asked(&s)->ticket;
	a->address.result = PROBE_PAGE;
	a->address.nfound = 3;
	a->address.found = arena_alloc(a->arena, 3 * sizeof *a->address.found);
	a->address.found[0] = (struct announced){ .url = STR("https://portal.example/feeds/city"), .title = STR("City News") };
	a->address.found[1] = (struct announced){ .url = STR("https://portal.example/feeds/sport"),
	                                          .title = STR("City News: Sport") };
	a->address.found[2] = (struct announced){ .url = STR("https://portal.example/feeds/comments"),
	                                          .title = STR("City News: Comments") };
	stage_answer(&s, a);
	assert_stage(&s, "add-found", BODY, PANE);
	stage_press(&s, "j Space");
	assert_shows(&s, "▌ [x] City News: Sport      portal.example/feeds/sport");
	assert_shows(&s, "Enter subscribes to 2");
}

static void an_address_without_a_host_says_so(void **state)
{
	struct answer *a = stage_answer_new(ASK_ADDRESS);

	(void)state;
	open_at(120, 36);
	look_at("portal.exmaple/city");
	a->ticket = stage_asked(&s)->ticket;
	a->address.result = PROBE_SILENT;
	error_set(&a->address.why, ERR_USAGE, "no such host: portal.exmaple");
	stage_answer(&s, a);
	stage_press(&s, "Tab");
	assert_stage(&s, "add-failed", BODY, PANE);
	stage_press(&s, "Tab Enter");
	assert_shows(&s, "\n address portal.exmaple/city ");
}

static void what_a_server_said_of_itself_sends_no_byte_of_its_own(void **state)
{
	struct answer *a = stage_answer_new(ASK_ADDRESS);

	(void)state;
	open_at(120, 36);
	look_at("portal.example/city");
	a->ticket = stage_asked(&s)->ticket;
	a->address.result = PROBE_SILENT;
	error_set(&a->address.why, ERR_HTTP, "it says \033[31mred\377 and\302\233 more");
	stage_answer(&s, a);
	assert_shows(&s, "it says [31mred� and more");
}

/* ---- history ---- */

static void what_earlier_runs_left_may_come_after_the_key(void **state)
{
	struct answer *a = stage_answer_new(ASK_HISTORY);

	(void)state;
	open_at(80, 24);
	type(":");
	stage_press(&s, "Up Up");
	assert_shows(&s, "\n :   ");
	a->history_of = STR("commands");
	a->history = STR("one\ntwo\nthree\n");
	stage_answer(&s, a);
	assert_shows(&s, "\n :two ");
	stage_press(&s, "Down");
	assert_shows(&s, "\n :three ");
}

/* ---- messages, help ---- */

static void a_late_answer_is_for_nobody(void **state)
{
	struct answer *a = stage_answer_new(ASK_ADDRESS);

	(void)state;
	open_at(120, 36);
	look_at("portal.example/city");
	a->ticket = stage_asked(&s)->ticket;
	a->address.result = PROBE_FEED;
	stage_press(&s, "Esc");
	assert_hides(&s, "Add a feed");
	stage_answer(&s, a);
	assert_hides(&s, "Add a feed");
}

static void messages_stand_with_their_times(void **state)
{
	static const struct { int before; const char *text; } said[] = {
		{ 29, "Harbour Times: 503 Service Unavailable; next try 11:45" },
		{ 28, "refreshed 120 feeds: 38 new in 21 stories, 3 failed, 41 s" },
		{ 12, "starred: Vaccine against one illness also guards against another" },
		{ 5, "undone: mark read (31 entries in Latest)" },
		{ 2, "config line 14: unknown option “colour”; did you mean theme?" },
		{ 1, "copied: citynews.example/load-tests" },
	};

	(void)state;
	open_at(120, 36);
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		struct event e = { .kind = EVENT_TIMER, .now = STAGE_NOW - 60 * said[i].before, .ticks = s.ticks };

		app_update(s.app, &e);
		app_say(s.app, false, s.ticks, "%s", said[i].text);
	}
	type(":messages");
	stage_press(&s, "Enter Tab");
	assert_stage(&s, "messages", BODY, PANE);
}

static void the_help_keeps_the_lines_that_hold_the_words(void **state)
{
	(void)state;
	open_at(120, 36);
	type("?/split");
	assert_shows(&s, "  all screens · 5 of ");
	assert_stage(&s, "help-search", BODY + 2, PANE);
	assert_shows(&s, " /split ");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, close_stage)
	const struct CMUnitTest tests[] = {
		TEST(candidates_stand_over_the_line_of_commands),
		TEST(a_link_is_said_before_it_is_opened),
		TEST(looking_says_how_far_it_is),
		TEST(what_was_found_is_taken_or_left),
		TEST(an_address_without_a_host_says_so),
		TEST(what_a_server_said_of_itself_sends_no_byte_of_its_own),
		TEST(a_late_answer_is_for_nobody),
		TEST(what_earlier_runs_left_may_come_after_the_key),
		TEST(messages_stand_with_their_times),
		TEST(the_help_keeps_the_lines_that_hold_the_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
