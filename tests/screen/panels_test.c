/* The mock-ups of what the program words itself: panels, empty states, the end, the status line. The state is driven by
 * keys and answers, and what it draws is compared cell by cell.
 *
 * Where an expected screen differs from the design it says so: what the article extractor, a page as a source and the
 * command `:profile` bring is not drawn before they are there, and the mock-up of the first run shows comfortable rows on a
 * screen that is too low for them to be chosen by themselves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lede/text/date.h"
#include "stage.h"

enum { PANE = 51, BODY = 2 };         /* of 120x36: where the article's pane begins */

static struct stage s;

static void open_with(struct stage_setup setup)
{
	stage_open(&s, &setup);
	stage_edition(&s, stage_stories_en, 21, 48, &setup);
}

static void open_at(int w, int h)
{
	open_with((struct stage_setup){ .w = w, .h = h, .unread = 212, .new_stories = 7 });
}

static int leave(void **state)
{
	(void)state;
	stage_close(&s);
	return 0;
}

/* ---- first run ---- */

static void the_first_run_says_what_is_where(void **state)
{
	(void)state;
	if (!command_named(STR("feed-add")))
		skip();
	open_with((struct stage_setup){ .w = 120, .h = 22, .sample = true, .unread = 56,
	                                .config = "rows = comfortable\n" });
	assert_stage(&s, "first-run", 0, 0);
}

static void the_welcome_is_the_first_screen_of_one_pane(void **state)
{
	static const char *const ways[] = { "Enter", "h", "q", "Esc" };

	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		open_with((struct stage_setup){ .w = 80, .h = 24, .sample = true, .unread = 56 });
		assert_shows(&s, "Good morning. This is lede.");
		assert_shows(&s, "The list is an edition");
		stage_press(&s, ways[i]);
		assert_hides(&s, "Good morning. This is lede.");
		assert_shows(&s, "Ministry to tighten rules");
		assert_false(s.quit);
		if (i + 1 < sizeof ways / sizeof *ways)
			stage_close(&s);
	}
}

/* ---- the end, and what is empty ---- */

static void the_end_counts_what_was_done(void **state)
{
	(void)state;
	open_at(120, 36);
	s.now += 11 * 60 - 30;
	stage_press(&s, "9 9 j");
	assert_shows(&s, "▌     end of the edition");
	assert_shows(&s, "That’s the edition: 48 stories, 11 min.");
	assert_shows(&s, "You read 0, starred 0, left 17 for later or never.");
	assert_shows(&s, "7 new stories wait: . makes the next edition.");
	assert_shows(&s, "R refreshes · [ ] other sections · q leaves");
}

/* The article under the cursor has the focus as long as it takes to count as read. */
static void read_one(void)
{
	stage_pass(&s, 100);
	stage_article(&s, "", "<p>Short.</p>");
	stage_press(&s, "Enter");
	stage_pass(&s, 2500);
}

static void the_end_is_drawn_as_designed(void **state)
{
	struct stage_story story[48];
	const struct stage_setup setup = { .w = 120, .h = 36, .unread = 212, .new_stories = 7 };

	(void)state;
	for (int i = 0; i < 48; i++) {
		story[i] = stage_stories_en[i % 21];
		story[i].unread = i < 46;
		story[i].starred = false;
	}
	stage_open(&s, &setup);
	stage_edition(&s, story, 48, 48, &setup);
	stage_press(&s, "s j j s g");
	for (int i = 0; i < 17; i++, stage_press(&s, "h j"))
		read_one();
	s.now = STAGE_NOW + 11 * 60 - 30;
	stage_press(&s, "9 9 j");
	assert_stage(&s, "end", BODY, PANE);
}

static void answer_list(enum ask_kind kind)
{
	struct answer *a = stage_answer_new(kind);

	a->counts = (struct counts){ .unread = 0, .feeds = 0 };
	stage_answer(&s, a);
}

static void an_empty_list_says_what_would_fill_it(void **state)
{
	(void)state;
	open_with((struct stage_setup){ .w = 120, .h = 36, .sample = true });
	stage_press(&s, "Esc ] ]");
	answer_list(ASK_FEEDS);
	if (command_named(STR("feed-add")))
		assert_stage(&s, "empty-feeds", BODY, PANE);
	stage_press(&s, "]");
	answer_list(ASK_LIST);
	assert_stage(&s, "empty-starred", BODY, PANE);
	stage_press(&s, "]");
	answer_list(ASK_LIST);
	assert_stage(&s, "empty-filler", BODY, PANE);
	stage_press(&s, "j");
	assert_shows(&s, "nothing here");
}

static void an_edition_of_nothing_says_when_there_may_be_more(void **state)
{
	const struct stage_setup setup = { .w = 120, .h = 36 };

	(void)state;
	stage_open(&s, &setup);
	stage_edition(&s, stage_stories_en, 1, 0, &setup);
	assert_shows(&s, "Nothing new since 08:14");
	assert_shows(&s, "R refreshes now");
}

/* ---- the status line ---- */

static struct notice progress(int done, int total, int failed, int64_t fresh)
{
	return (struct notice){ .kind = NOTICE_PROGRESS, .done = done, .total = total, .failed = failed, .fresh = fresh };
}

static void a_refresh_says_how_far_it_is(void **state)
{
	(void)state;
	open_at(80, 24);
	stage_press(&s, "R");
	stage_notice(&s, progress(34, 120, 3, 11));
	assert_stage(&s, "st-refresh", 23, 0);
}

static struct notice refreshed(void)
{
	return (struct notice){ .kind = NOTICE_REFRESHED, .done = 120, .total = 120, .failed = 3, .new_stories = 11 };
}

static void a_refresh_says_what_came(void **state)
{
	(void)state;
	open_at(80, 24);
	stage_press(&s, "R");
	stage_notice(&s, refreshed());
	assert_stage(&s, "st-done", 23, 0);
}

static void without_a_network_the_cache_is_read(void **state)
{
	struct notice n = refreshed();

	(void)state;
	open_at(80, 24);
	stage_press(&s, "R");
	n.no_network = true;
	n.hosts = 120;
	stage_notice(&s, n);
	assert_stage(&s, "st-nonet", 23, 0);
}

static void an_error_names_the_way_out(void **state)
{
	(void)state;
	open_at(80, 24);
	app_say(s.app, true, s.ticks, "%s", "cannot open a browser: “firefox” is not installed · :set browser=");
	assert_stage(&s, "st-error", 23, 0);
}

static void a_count_stands_at_the_right(void **state)
{
	(void)state;
	open_at(80, 24);
	stage_pass(&s, 100);
	stage_press(&s, "1 2");
	assert_stage(&s, "st-count", 23, 0);
}

static void a_key_without_a_command_says_so(void **state)
{
	(void)state;
	open_at(80, 24);
	stage_press(&s, "K");
	assert_stage(&s, "st-key", 23, 0);
}

static void sentences_have_the_marks_of_the_set(void **state)
{
	(void)state;
	open_with((struct stage_setup){ .w = 80, .h = 24, .unread = 212, .glyphs = GLYPHS_ASCII });
	stage_press(&s, "K");
	assert_shows(&s, " no command on K - ? shows the keys");
	app_say(s.app, true, s.ticks, "%s", "cannot open a browser: “firefox” is not installed · :set browser=");
	assert_shows(&s, " cannot open a browser: \"firefox\" is not installed - :set browser=");
}

/* ---- explain ---- */

static void points_add_up_in_explain(void **state)
{
	(void)state;
	open_at(120, 36);
	stage_press(&s, "e Tab");
	assert_stage(&s, "explain", BODY, PANE);
	stage_press(&s, "e");
	assert_hides(&s, "Why number 1");
}

/* ---- articles ---- */

static void give_article(const char *title, const char *source, const char *author, int64_t time, const char *html)
{
	struct answer *a = stage_answer_new(ASK_ARTICLE);
	const struct ask *asked = stage_asked(&s);

	assert_non_null(asked);
	assert_int_equal(asked->kind, ASK_ARTICLE);
	a->article.entry = (struct entry_row){ .id = asked->entry, .story = asked->entry, .feed = 1, .time = time,
	                                       .title = str_of(title), .source = str_of(source),
	                                       .author = str_of(author), .link = STR("https://slow.example/") };
	a->article.doc = rich_from_html(str_of(html), &(struct rich_options){ .base = STR("https://slow.example/") });
	stage_answer(&s, a);
}

static int64_t at(int month, int day, int hour, int minute)
{
	return date_from_civil(&(struct civil){ .year = 2025, .month = month, .day = day, .hour = hour, .minute = minute });
}

static void a_feeds_summary_is_an_article(void **state)
{
	(void)state;
	open_at(120, 36);
	stage_pass(&s, 100);
	give_article("Term-time jobs: school must pay back its share", "Paper Daily", "", at(4, 13, 20, 10),
	             "<p>Three hundred pupils worked a month; the school kept a fifth of their pay. The office for "
	             "education has ordered it back.</p>");
	assert_stage(&s, "art-feedtext", BODY, PANE);
}

static void a_rich_article_is_laid_out(void **state)
{
	struct buf html = buf_limited(1 << 16);

	(void)state;
	open_at(120, 42);
	stage_pass(&s, 100);
	buf_add_cstr(&html,
	             "<p>A captain sees a bank of fog at the edge of the sea and, being late, draws it as land. The next "
	             "map copies the first.</p><img src=//slow.example/1702.png alt='a chart of 1702 with two islands, later crossed out'>"
	             "<h2>Three ways to invent an island</h2><ol><li>Fog, ice or a whale, seen from far off.</li>"
	             "<li>A position wrong by some degrees:<ul><li>clocks that lose a minute a day;</li><li><a "
	             "href=//slow.example/currents>currents nobody has measured</a>.</li></ul></li><li>Flattery: a patron "
	             "wants his name on it.</li></ol><blockquote>The log says “land, low, bearing west”.<blockquote>“Low” "
	             "was added later, by another hand.</blockquote></blockquote><table><tr><th>Island<th>first map"
	             "<th>last map<th>years<tr><td>Saint Amand<td>1570<td>1873<td>303<tr><td>Low Rock<td>1702<td>1924"
	             "<td>222</table><pre>for m in sorted(maps):\n    if not m.seen_again(): islands.drop(m)</pre><p>The "
	             "last one was taken off the charts of the north in 2012; a ship had sailed straight over it.</p>");
	give_article("Why old maps show islands that never were", "The Slow Monthly", "Ines Brandt", at(4, 12, 8, 0),
	             buf_cstr(&html));
	assert_stage(&s, "art-rich", BODY, PANE);
	buf_free(&html);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, leave)
	const struct CMUnitTest tests[] = {
		TEST(the_first_run_says_what_is_where),
		TEST(the_welcome_is_the_first_screen_of_one_pane),
		TEST(the_end_counts_what_was_done),
		TEST(the_end_is_drawn_as_designed),
		TEST(an_empty_list_says_what_would_fill_it),
		TEST(an_edition_of_nothing_says_when_there_may_be_more),
		TEST(a_refresh_says_how_far_it_is),
		TEST(a_refresh_says_what_came),
		TEST(without_a_network_the_cache_is_read),
		TEST(an_error_names_the_way_out),
		TEST(a_count_stands_at_the_right),
		TEST(a_key_without_a_command_says_so),
		TEST(sentences_have_the_marks_of_the_set),
		TEST(points_add_up_in_explain),
		TEST(a_feeds_summary_is_an_article),
		TEST(a_rich_article_is_laid_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
