/* The section Search and finding in an article, over the sample edition and real threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/text/utf8.h"
#include "soak/reading.h"

static struct reading r;

static int opened_at(void **state, int w, int h)
{
	(void)state;
	unsetenv("srcdir");           /* the sample alone */
	reading_open(&r, &(struct reading_setup){ .w = w, .h = h, .ambiguous = 1 });
	r.doing = "searching";
	reading_rest(&r);
	return 0;
}

static int one_pane(void **state)
{
	return opened_at(state, 80, 24);
}

static int two_panes(void **state)
{
	return opened_at(state, 120, 36);
}

static int closed(void **state)
{
	(void)state;
	reading_close(&r);
	return 0;
}

/* ---- what is on the screen ---- */

static const char *on_screen(void)
{
	static char out[32 << 10];
	struct buf b = buf_limited(sizeof out - 1);

	reading_draw(&r);
	for (int y = 0; y < r.screen->h; y++) {
		screen_row(r.screen, y, &b);
		buf_add_char(&b, '\n');
	}
	snprintf(out, sizeof out, "%s", buf_cstr(&b));
	buf_free(&b);
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

/* Cells of the screen that are marked as found. */
static int marked(void)
{
	int n = 0;

	reading_draw(&r);
	for (int i = 0; i < r.screen->w * r.screen->h; i++)
		n += r.screen->cell[i].role == ROLE_MATCH;
	return n;
}

static void press(const char *keys)
{
	reading_press(&r, keys);
	reading_rest(&r);
}

static void type(const char *words)
{
	struct str s = str_of(words);
	size_t n;

	for (size_t at = 0; at < s.n; at += n)
		reading_key(&r, utf8_at(s, at, &n));
}

static void search_for(const char *words)
{
	press("/");
	type(words);
	press("Enter");
}

/* A search that finds nothing is answered a second time, by itself. */
static void search_in_vain_for(const char *words)
{
	struct message *m;

	search_for(words);
	for (;;) {
		assert_true(mailbox_wait(engine_mailbox(r.engine), &m, 20000));
		if (m->kind == WORK_ANSWER)
			break;
		reading_drop(m);
	}
	reading_send(&r, (struct event){ .kind = EVENT_ANSWER, .answer = (struct answer *)m });
	reading_rest(&r);
}

static void find(const char *words)
{
	press("/");
	type(words);
	press("Enter");
}

/* ---- the section ---- */

static void what_is_found_stands_on_two_lines_newest_first(void **state)
{
	(void)state;
	search_for("bridge");
	shows(" lede   Top  Latest  Feeds  Starred  Filler  Search ");
	shows("\n  / bridge   newest first\n\n");
	shows("● Bridge reopens after two years of work");
	shows(" found · 08:14\n");
	shows("n next match in the text, Esc leaves the search");
	assert_true(marked() >= 2 * 6);
	press("s");
	shows("● ★ Bridge over");
	press("m");
	hides("● ★ Bridge over");
}

static void chinese_words_are_found_in_either_script(void **state)
{
	(void)state;
	search_for("螃蟹");
	shows("數百萬螃蟹過馬路");
	search_for("大橋");
	shows("封闭两年的跨江大桥今晨恢复通车");
	assert_true(marked() >= 4);
}

static void esc_goes_back_to_where_one_was(void **state)
{
	(void)state;
	press("] j j j");
	shows(" 4/");
	search_for("bridge");
	press("j Esc");
	shows("\n  TODAY\n");
	shows(" 4/");
	hides("Search");
	press("Esc");
	shows(" 4/");
}

static void another_search_keeps_the_way_back(void **state)
{
	(void)state;
	press("] j");
	search_for("bridge");
	search_for("crabs");
	shows("/ crabs");
	press("Esc");
	shows("\n  TODAY\n");
	shows(" 2/");
}

static void sections_go_round_over_search_while_it_is_open(void **state)
{
	(void)state;
	search_for("bridge");
	press("]");
	shows(" 1/");
	shows("why: ");
	press("[");
	shows("/ bridge");
	press("[");
	shows("held back");
	press("]");
	shows("/ bridge");
	press("q");
	hides("Search");
	press("[");
	shows("held back");
}

static void what_cannot_be_understood_opens_nothing(void **state)
{
	(void)state;
	search_for("after:soon");
	shows("\n /after:soon");
	press("Esc");
	shows("after: takes a day");
	hides("Search");
	search_for("  ");
	hides("Search");
	search_for("bridge");
	search_for("is:green bridge");
	press("Esc");
	shows("is: knows unread");
	shows("  / bridge ");
}

static void a_feed_that_nobody_knows_is_said_in_the_body(void **state)
{
	(void)state;
	search_for("feed:nonesuch bridge");
	shows("\n  / feed:nonesuch bridge\n\n");
	shows("nonesuch");
	press("j");
	shows("nothing here");
	press("Esc Esc");
	shows("why: ");
}

static void nothing_found_is_said(void **state)
{
	(void)state;
	search_in_vain_for("brigde is:unread");
	shows("\n  / brigde is:unread\n\n  Nothing found in ");
	shows("\n 0 found ");
	shows("\n  Without is:unread there are none either; “bridge” would find 3.\n");
	shows("\n  / asks again with these words · Enter takes “bridge”\n");
	press("s m n N A");
	press("/");
	shows("\n /brigde is:unread");
	press("Esc Enter");
	shows("\n  / bridge   newest first\n");
	press("Esc Esc");
	shows("why: ");
}

static void what_limits_a_search_is_said_when_it_finds_nothing(void **state)
{
	(void)state;
	search_in_vain_for("bridge before:2001 title:bridge");
	shows("Nothing found in ");
	shows("\n  Without before:2001 there are 2.\n");
	hides("Enter takes");
	search_in_vain_for("zebracrossing");
	shows("Nothing found in ");
	hides("would find");
	press("Enter");
	shows("nothing here");
}

static void one_letter_is_put_right(void **state)
{
	static const char *const words[] = { "brdige", "bridg", "bridbge", "bzidge", "north brdige", NULL };

	(void)state;
	for (int i = 0; words[i]; i++) {
		search_in_vain_for(words[i]);
		shows("bridge” would find ");
		press("Enter");
		shows("bridge   newest first");
	}
}

static void the_view_is_marked_read(void **state)
{
	(void)state;
	search_for("crabs");
	press("A");
	hides("●");
	press(". k");
	search_for("crabs is:unread");
	shows("Nothing found in ");
}

static void a_line_of_commands_searches_from_anywhere(void **state)
{
	(void)state;
	press("3 g Enter :");
	type("search bridge");
	press("Enter");
	shows("  / bridge   newest first");
	press("Esc");
	shows(" 3/");
	press(":");
	type("search");
	press("Enter");
	shows("words, “a phrase”, title: feed:");
	press("Esc");
	hides("words, ");
}

static void what_was_searched_for_is_offered_again(void **state)
{
	(void)state;
	search_for("bridge");
	search_for("crabs");
	press("/");
	shows("\n recent:  crabs    bridge\n\n /");
	press("Up Up Enter");
	shows("  / bridge ");
	press("/");
	type("is:un");
	press("Tab");
	shows(" /is:unread");
	press("Esc");
}

/* ---- the words in the text ---- */

static void a_hit_is_opened_where_its_words_stand(void **state)
{
	(void)state;
	search_for("the channel");
	press("Enter");
	shows("match 1/");
	assert_true(marked() >= 6);
	press("n");
	shows("match 2/");
	press("N");
	shows("match 1/");
	press("Esc");
	shows("/ the channel");
}

static void n_goes_on_to_the_next_hit_and_N_back(void **state)
{
	(void)state;
	search_for("bridge");
	press("Enter");
	press("9 n 9 n 9 n 9 n");
	press("n n n n n n n n");
	hides("\n 1/");
	press("N N N N N N N N N N N N N N N N");
	shows("none before");
	press("Esc");
	shows(" 1/");
}

static void beside_the_list_n_moves_the_article(void **state)
{
	(void)state;
	search_for("the channel");
	shows("match 1/");
	press("n");
	shows("match 2/");
	shows("▌ ");
	press("j");
	shows(" 2/");
	shows("match 1/");
}

static void words_are_marked_only_while_the_search_is_on(void **state)
{
	(void)state;
	search_for("bridge");
	assert_true(marked() > 0);
	press("Esc");
	assert_int_equal(marked(), 0);
	press("j n");
	shows("why: ");
}

/* ---- finding in an article ---- */

static void an_article_is_searched_in_its_text(void **state)
{
	(void)state;
	press("3 g Enter");
	find("THE");
	shows("match 1/");
	assert_true(marked() >= 3);
	press("n");
	shows("match 2/");
	press("2 n");
	shows("match 4/");
	press("N");
	shows("match 3/");
	press("Esc");
	assert_int_equal(marked(), 0);
	hides("match");
	shows("h list");
	press("Esc");
	hides("h list");
}

static void beyond_the_last_match_nothing_moves(void **state)
{
	(void)state;
	press("3 g Enter");
	find("the");
	press("N");
	shows("none before");
	press("9 9 n");
	shows("no more matches");
	shows("h list");
}

static void what_is_not_there_is_said(void **state)
{
	(void)state;
	press("3 g Enter");
	find("zebra crossing");
	shows("not in this article: zebra crossing");
	press("Esc");
	find("  ");
	hides("match");
}

static void finding_ends_with_its_article(void **state)
{
	(void)state;
	press("3 g Enter");
	find("a");
	assert_true(marked() > 0);
	press("Esc Esc j Enter");
	assert_int_equal(marked(), 0);
	find("a");
	press("h j");
	press("Enter");
	assert_int_equal(marked(), 0);
	hides("match");
}

static void finding_in_a_hit_goes_before_its_search(void **state)
{
	int words;

	(void)state;
	search_for("the channel");
	press("Enter");
	words = marked();
	find("a");
	assert_true(marked() != words);
	press("Esc");
	assert_int_equal(marked(), words);
	shows("h list");
	press("Esc Esc");
	hides("Search");
}

static void matches_outlive_a_resize(void **state)
{
	(void)state;
	search_for("the channel");
	press("Enter n");
	shows("match 2/");
	for (int w = 200; w >= 20; w -= 12) {
		reading_resize(&r, w, w > 100 ? 40 : 12);
		reading_rest(&r);
		reading_draw(&r);
	}
	reading_resize(&r, 120, 36);
	reading_rest(&r);
	shows("match 2/");
	assert_true(marked() >= 6);
}

#define IN(open, name) cmocka_unit_test_setup_teardown(name, open, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN(one_pane, what_is_found_stands_on_two_lines_newest_first),
		IN(one_pane, chinese_words_are_found_in_either_script),
		IN(one_pane, esc_goes_back_to_where_one_was),
		IN(one_pane, another_search_keeps_the_way_back),
		IN(one_pane, sections_go_round_over_search_while_it_is_open),
		IN(one_pane, what_cannot_be_understood_opens_nothing),
		IN(one_pane, a_feed_that_nobody_knows_is_said_in_the_body),
		IN(one_pane, nothing_found_is_said),
		IN(one_pane, what_limits_a_search_is_said_when_it_finds_nothing),
		IN(one_pane, one_letter_is_put_right),
		IN(one_pane, the_view_is_marked_read),
		IN(one_pane, a_line_of_commands_searches_from_anywhere),
		IN(one_pane, what_was_searched_for_is_offered_again),
		IN(one_pane, a_hit_is_opened_where_its_words_stand),
		IN(one_pane, n_goes_on_to_the_next_hit_and_N_back),
		IN(two_panes, beside_the_list_n_moves_the_article),
		IN(two_panes, words_are_marked_only_while_the_search_is_on),
		IN(one_pane, an_article_is_searched_in_its_text),
		IN(one_pane, beyond_the_last_match_nothing_moves),
		IN(one_pane, what_is_not_there_is_said),
		IN(two_panes, finding_ends_with_its_article),
		IN(one_pane, finding_in_a_hit_goes_before_its_search),
		IN(two_panes, matches_outlive_a_resize),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
