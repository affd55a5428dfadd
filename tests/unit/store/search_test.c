/* Searching: what is found, in which order, indexed or not. */
#include "search_help.h"

#include "../../../src/store/search_inside.h"

/* Five entries; the ids are 1 to 5. */
static int some_entries(void **state)
{
	struct world *w;

	if (world_in_file(state) != 0)
		return 1;
	w = *state;
	put_text(w, 0, "Bridge reopens after two years", "<p>The old road bridge over the "
	         "<b>north</b> channel carried its first buses.</p>", NOW - 500);
	put_text(w, 1, "Climate talks", "<p>On the change of the climate: climate change is "
	         "here</p><p>bridge</p>", NOW - 400);
	put_text(w, 2, "網絡安全監管部門發布新規", "<p>中國將規範數據的收集。</p>", NOW - 300);
	put_text(w, 3, "监管新规", "<p>部门之间的合作，国家层面。change climate</p>", NOW - 200);
	put_text(w, 0, "Café in the north", "", NOW - 100);
	return 0;
}

static void check_words(struct world *w)
{
	assert_found(w, "bridge", "2 1");
	assert_found(w, "BRIDGE|old", "1");
	assert_found(w, "climate", "4 2");
	assert_found(w, "cafe", "5");
	assert_found(w, "clim*", "4 2");
	assert_found(w, "limate", "");
	assert_found(w, "north|-old", "5");
	assert_found(w, "nowhere", "");
}

static void check_phrases(struct world *w)
{
	assert_found(w, "climate change", "2");
	assert_found(w, "change climate", "4");
	assert_found(w, "climate|change", "4 2");
	assert_found(w, "north channel", "1");
	assert_found(w, "north chan*", "1");
	assert_found(w, "climate|-climate change", "4");
	assert_found(w, "two years The old", "1"); /* title and text are one */
}

static void check_chinese(struct world *w)
{
	assert_found(w, "国", "4 3");
	assert_found(w, "國", "4 3");
	assert_found(w, "监管", "4 3");
	assert_found(w, "監管", "4 3");
	assert_found(w, "监管部门", "3");
	assert_found(w, "监管|部门", "4 3");
	assert_found(w, "管部", "3");
	assert_found(w, "门监", "");
	assert_found(w, "家层面", "4");
	assert_found(w, "监管|-部门", "");
	assert_found(w, "国|-监管部门", "4");
}

static void check_titles(struct world *w)
{
	assert_found(w, "title:bridge", "1");
	assert_found(w, "title:监管", "4 3");
	assert_found(w, "title:监管部门", "3");
	assert_found(w, "title:reopens after", "1");
	assert_found(w, "title:after reopens", "");
	assert_found(w, "title:监管|国家", "4");
	assert_found(w, "climate|-title:climate", "4");
	assert_found(w, "title:cl*", "2");
	assert_found(w, "title:监管|-国家", "3");
}

static void everything_is_found_before_it_is_indexed(void **state)
{
	struct world *w = *state;

	check_words(w);
	check_phrases(w);
	check_chinese(w);
	check_titles(w);
}

static void everything_is_found_in_the_index(void **state)
{
	struct world *w = *state;

	assert_int_equal(index_all(w->s, 100), 1);
	by_hand(w, "DELETE FROM body"); /* what is said without reading */
	check_words(w);
	assert_found(w, "监管", "4 3");
	assert_found(w, "国", "4 3");
	assert_found(w, "title:监管部门", "3");
	assert_found(w, "title:reopens after", "1");
	assert_found(w, "title:after reopens", "");
}

static void phrases_are_verified_on_the_text(void **state)
{
	struct world *w = *state;

	index_all(w->s, 2);
	check_words(w);
	check_phrases(w);
	check_chinese(w);
	check_titles(w);
}

static void what_comes_later_is_found_beside_the_index(void **state)
{
	struct world *w = *state;
	struct search_query q = asked("bridge");

	index_all(w->s, 100);
	put_text(w, 0, "Another bridge", "", NOW - 50);
	assert_string_equal(found(w->s, &q), "6 2 1");
	index_all(w->s, 100);
	by_hand(w, "DELETE FROM body");
	assert_string_equal(found(w->s, &q), "6 2 1");
}

static void feeds_flags_and_dates_narrow(void **state)
{
	struct world *w = *state;
	const int64_t read[] = { 2 }, starred[] = { 1, 4 };
	struct search_query q = asked("climate");

	index_all(w->s, 100);
	assert_ok(store_mark(w->s, read, 1, ENTRY_READ, true, NULL, &e));
	assert_ok(store_mark(w->s, starred, 2, ENTRY_STARRED, true, NULL, &e));
	q.without = ENTRY_READ;
	assert_string_equal(found(w->s, &q), "4");
	q = asked("climate");
	q.with = ENTRY_READ;
	assert_string_equal(found(w->s, &q), "2");
	q.with = ENTRY_STARRED;
	assert_string_equal(found(w->s, &q), "4");
	q = asked("climate");
	q.feed[q.nfeeds++].text = STR("B.example");
	assert_string_equal(found(w->s, &q), "2");
	q.feed[0].without = true;
	assert_string_equal(found(w->s, &q), "4");
	q = asked("climate");
	q.after = NOW - 250;
	assert_string_equal(found(w->s, &q), "4");
	q = asked("climate");
	q.before = NOW - 200;
	assert_string_equal(found(w->s, &q), "2");
	q.after = NOW - 400;
	assert_string_equal(found(w->s, &q), "2");
	q.after++;
	assert_string_equal(found(w->s, &q), "");
}

static void without_a_word_everything_of_that_kind_is_found(void **state)
{
	struct world *w = *state;
	const int64_t starred[] = { 1, 4 };
	struct search_query q = asked("");

	index_all(w->s, 100);
	assert_ok(store_mark(w->s, starred, 2, ENTRY_STARRED, true, NULL, &e));
	assert_string_equal(found(w->s, &q), "5 4 3 2 1");
	q.with = ENTRY_STARRED;
	assert_string_equal(found(w->s, &q), "4 1");
	q = asked("-bridge");
	assert_string_equal(found(w->s, &q), "5 4 3");
	q = asked("");
	q.after = NOW - 300;
	q.before = NOW - 100;
	assert_string_equal(found(w->s, &q), "4 3");
	q.feed[q.nfeeds++].text = STR("d.example");
	assert_string_equal(found(w->s, &q), "4");
}

static void entries_of_feeds_that_are_gone_are_not_found(void **state)
{
	struct world *w = *state;

	index_all(w->s, 100);
	by_hand(w, "UPDATE feed SET gone = 1 WHERE id = (SELECT feed FROM entry WHERE id = 2)");
	assert_found(w, "bridge", "1");
}

static void a_query_without_words_to_look_for_is_refused(void **state)
{
	struct world *w = *state;
	struct search_query q = asked("☂ →");
	struct search *f;
	char many[400] = "";

	assert_err(ERR_USAGE, store_search(w->s, &q, &f, &e));
	for (int i = 0; i < 70; i++)
		strcat(many, "w ");
	q = asked(many);
	assert_err(ERR_USAGE, store_search(w->s, &q, &f, &e));
	q = asked("bridge");
	q.feed[q.nfeeds++].text = STR("no such feed");
	assert_err(ERR_NONESUCH, store_search(w->s, &q, &f, &e));
}

/* ---- pages, pauses ---- */

static bool after_some(void *self)
{
	return (*(int *)self)-- <= 0;
}

static void a_search_can_be_paused_anywhere_and_goes_on(void **state)
{
	struct world *w = *state;
	struct arena *a = w->a;

	index_all(w->s, 100);
	put_text(w, 0, "A late bridge", "", NOW - 10);
	for (int pace = 1; pace < 5; pace++) {
		struct search_query q = asked("bridge|-climate change");
		struct search_page page = { .done = false };
		char ids[64] = "";
		struct search *f;
		int turns = 0;

		assert_ok(store_search(w->s, &q, &f, &e));
		for (; !page.done && turns < 50; turns++) {
			int left = pace;

			assert_ok(store_search_next(f, 40, after_some, &left, a, &page, &e));
			for (size_t i = 0; i < page.n; i++)
				snprintf(ids + strlen(ids), 8, "%lld ", (long long)page.row[i].id);
		}
		assert_string_equal(ids, "6 1 ");
		assert_true(pace > 3 || turns > 1);
		assert_int_equal(page.back_to, NOW - 500);
		store_search_end(f);
	}
}

static void a_page_is_sorted_by_time(void **state)
{
	struct world *w = *state;

	put_text(w, 0, "An old bridge that came late", "", NOW - 9000);
	index_all(w->s, 100);
	assert_found(w, "bridge", "2 1 6");
}

static void what_nobody_read_is_told(void **state)
{
	struct world *w = *state;
	struct search_query q = asked("number");
	struct search_page page;
	struct search *f;
	char title[32];

	for (int i = 0; i < 250; i++) {
		snprintf(title, sizeof title, "Number %d", i);
		put_text(w, i % 8, title, "", NOW - 90 + i / 10);
	}
	assert_ok(store_search(w->s, &q, &f, &e));
	assert_ok(store_search_next(f, 1000, NULL, NULL, w->a, &page, &e));
	assert_true(page.done);
	assert_int_equal(page.n, 200);
	assert_int_equal(page.unindexed, 55);
	store_search_end(f);
	index_all(w->s, 100);
	assert_ok(store_search(w->s, &q, &f, &e));
	assert_ok(store_search_next(f, 1000, NULL, NULL, w->a, &page, &e));
	assert_int_equal(page.n, 250);
	assert_int_equal(page.unindexed, 0);
	store_search_end(f);
}

/* ---- best first ---- */

static void best_first_puts_titles_and_neighbours_before_the_rest(void **state)
{
	struct world *w = *state;
	struct search_query q = asked("north|channel");

	q.best = true;
	put_text(w, 1, "Far away", "<p>the channel is wide, and in the north it is cold</p>", NOW - 90);
	put_text(w, 2, "The north channel", "<p>nothing more</p>", NOW - 80 * 86400);
	index_all(w->s, 100);
	assert_string_equal(found(w->s, &q), "7 1 6");
	q = asked("bridge");
	q.best = true;
	assert_string_equal(found(w->s, &q), "1 2");
	q.without = ENTRY_STARRED;
	q.with = ENTRY_READ;
	assert_string_equal(found(w->s, &q), "");
}

/* ---- snippets ---- */

static void assert_snippet(struct world *w, const char *terms, int64_t id, bool title,
                           const char *expected)
{
	struct search_query q = asked(terms);
	struct search_snippet s;
	struct buf shown = buf_limited(4096);
	struct search *f;
	size_t at = 0;

	assert_ok(store_search(w->s, &q, &f, &e));
	assert_ok(store_search_snippet(f, id, title, 40, w->a, &s, &e));
	for (size_t i = 0; i < s.n; i++) {
		buf_add(&shown, str_sub(s.text, at, s.range[i].from));
		buf_add_char(&shown, '[');
		buf_add(&shown, str_sub(s.text, s.range[i].from, s.range[i].to));
		buf_add_char(&shown, ']');
		at = s.range[i].to;
	}
	buf_add(&shown, str_sub(s.text, at, s.text.n));
	assert_string_equal(buf_cstr(&shown), expected);
	buf_free(&shown);
	store_search_end(f);
}

static void snippets_show_where_the_words_stand(void **state)
{
	struct world *w = *state;

	assert_snippet(w, "bridge", 1, true, "[Bridge] reopens after two years");
	assert_snippet(w, "bridge|nor*", 1, false, "The old road [bridge] over the [north]…");
	assert_snippet(w, "first buses", 1, false, "…channel carried its [first buses].");
	assert_snippet(w, "監管部門", 3, true, "網絡安全[監管部門]發布新規");
	assert_snippet(w, "bridge|title:two", 1, false, "The old road [bridge] over the north…");
	assert_snippet(w, "cafe", 5, true, "[Café] in the north");
	assert_snippet(w, "cafe", 5, false, "");
}

/* ---- the index follows ---- */

static void change(struct world *w, int feed, const char *title, const char *html)
{
	struct entry_new n = entry(w->feed[feed], title);

	n.html = text(html);
	n.guid = text("changing");
	put_result(w->s, &n, NOW);
}

static void a_changed_entry_is_found_by_what_it_says_now(void **state)
{
	struct world *w = *state;

	change(w, 0, "Morning fog", "<p>thick fog and a heron</p>");
	index_all(w->s, 100);
	change(w, 0, "Evening rain", "<p>rain and a heron</p>");
	change(w, 0, "Night frost", "<p>frost and an owl</p>");
	index_all(w->s, 100);
	assert_int_equal(recount(w, "SELECT count(*) FROM search_todo"), 0);
	assert_found(w, "fog", "");
	assert_found(w, "rain", "");
	assert_found(w, "heron", "");
	assert_found(w, "frost", "6");
	assert_found(w, "title:frost", "6");
	assert_found(w, "title:fog", "");
	change(w, 0, "Morning fog", "<p>thick fog and a heron</p>");
	index_all(w->s, 100);
	assert_found(w, "owl", "");
	assert_found(w, "heron", "6");
}

/* The row cannot be cleared: the index was written by a process that only reads the cache, and
 * ended before anybody cleared it. */
static void an_index_that_could_not_say_so_stays_right(void **state)
{
	struct world *w = *state;
	struct store *reader = world_connect(w, STORE_READ);

	change(w, 0, "Morning fog", "<p>fog</p>");
	change(w, 0, "Midday sun", "<p>sun</p>");
	index_all(reader, 100); /* never saw fog */
	change(w, 0, "Evening rain", "<p>rain</p>");
	index_all(reader, 100);
	index_all(reader, 100);
	change(w, 0, "Night frost", "<p>frost</p>");
	index_all(reader, 100);
	assert_int_equal(recount(w, "SELECT count(*) FROM search_todo"), 1);
	for (int i = 0; i < 2; i++) {
		assert_found(w, "fog", "");
		assert_found(w, "sun", "");
		assert_found(w, "rain", "");
		assert_found(w, "frost", "6");
		index_all(w->s, 100);
	}
	assert_int_equal(recount(w, "SELECT count(*) FROM search_todo"), 0);
	store_close(reader);
}

static void what_was_followed_is_told_to_whoever_writes(void **state)
{
	struct world *w = *state;
	const struct search_pace pace = { .entries = 100 };
	struct store *reader = world_connect(w, STORE_READ);
	struct search_index *x;
	struct search_done *done;
	bool more;
	size_t n;

	change(w, 0, "Morning fog", "<p>fog</p>");
	index_all(w->s, 100);
	change(w, 0, "Evening rain", "<p>rain</p>");
	assert_ok(search_index_open(reader, &x, &e));
	assert_ok(search_index_step(x, &pace, &more, &e));
	assert_false(more);
	done = search_index_done(x, &n);
	assert_int_equal(n, 1);
	assert_int_equal(done[0].entry, 6);
	change(w, 0, "Night frost", "<p>frost</p>"); /* meanwhile */
	assert_ok(store_search_done(w->s, done, n, &e));
	free(done);
	assert_int_equal(recount(w, "SELECT count(*) FROM search_todo"), 1);
	assert_ok(search_index_step(x, &pace, &more, &e));
	done = search_index_done(x, &n);
	assert_int_equal(n, 1);
	assert_ok(store_search_done(w->s, done, n, &e));
	free(done);
	assert_int_equal(recount(w, "SELECT count(*) FROM search_todo"), 0);
	search_index_close(x);
	store_close(reader);
	assert_found(w, "rain", "");
	assert_found(w, "frost", "6");
}

static void a_deleted_entry_is_not_found(void **state)
{
	struct world *w = *state;

	index_all(w->s, 100);
	by_hand(w, "DELETE FROM entry WHERE id = 2");
	assert_found(w, "bridge", "1");
	assert_found(w, "climate", "4");
}

int main(void)
{
#define IN_FILE(test) cmocka_unit_test_setup_teardown(test, some_entries, world_end)
	const struct CMUnitTest tests[] = {
		IN_FILE(everything_is_found_before_it_is_indexed),
		IN_FILE(everything_is_found_in_the_index),
		IN_FILE(phrases_are_verified_on_the_text),
		IN_FILE(what_comes_later_is_found_beside_the_index),
		IN_FILE(feeds_flags_and_dates_narrow),
		IN_FILE(without_a_word_everything_of_that_kind_is_found),
		IN_FILE(entries_of_feeds_that_are_gone_are_not_found),
		IN_FILE(a_query_without_words_to_look_for_is_refused),
		IN_FILE(a_search_can_be_paused_anywhere_and_goes_on),
		IN_FILE(a_page_is_sorted_by_time),
		IN_FILE(what_nobody_read_is_told),
		IN_FILE(best_first_puts_titles_and_neighbours_before_the_rest),
		IN_FILE(snippets_show_where_the_words_stand),
		IN_FILE(a_changed_entry_is_found_by_what_it_says_now),
		IN_FILE(an_index_that_could_not_say_so_stays_right),
		IN_FILE(what_was_followed_is_told_to_whoever_writes),
		IN_FILE(a_deleted_entry_is_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
