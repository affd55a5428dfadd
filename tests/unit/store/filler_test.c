#include "fixture.h"

#include "../../../src/store/inside.h"

/* What is held back: the flag, the rule, the list, the numbers, the reader's own word. */

/* Folds it alone, held back by `rule` (NULL: news). */
static int64_t folded(struct world *w, int feed, const char *title, const char *rule)
{
	int64_t id = put_titled(w->s, w->feed[feed], title, NOW);
	struct fold_row *rows;
	size_t n;

	rows = unfolded_rows(w->s, w->a, &n);
	assert_ok(store_begin(w->s, false, &e));
	for (size_t i = 0; i < n; i++)
		if (rows[i].id == id) {
			rows[i].filler = rule ? text(rule) : rows[i].filler;
			assert_ok(store_folded(w->s, &rows[i], id, false, &e));
		}
	assert_ok(store_commit(w->s, &e));
	return id;
}

static void is_filler(struct world *w, int64_t id, bool on)
{
	bool changed;

	assert_ok(store_mark(w->s, &id, 1, ENTRY_FILLER, on, &changed, &e));
	assert_true(changed);
}

static int64_t held_back(const struct world *w)
{
	int64_t n;

	assert_ok(store_list_count(w->s, LIST_FILLER, 0, &n, &e));
	return n;
}

static size_t list(const struct world *w, bool unread_only, struct entry_row **rows)
{
	const struct list_query q = { .list = LIST_FILLER, .unread_only = unread_only,
		.limit = 40 };
	size_t n;

	assert_ok(store_list(w->s, &q, w->a, rows, &n, &e));
	return n;
}

static void a_rule_holds_an_entry_back_and_its_name_is_kept(void **state)
{
	struct world *w = *state;
	int64_t rain = folded(w, 0, "Rain", "weather-report"), news = folded(w, 0, "News", NULL);

	assert_int_equal(row_of(w, rain).flags, ENTRY_FILLER);
	assert_str(row_of(w, rain).filler, "weather-report");
	assert_int_equal(row_of(w, news).flags, 0);
	assert_str(row_of(w, news).filler, "");
	assert_int_equal(story_of(w, rain).filler, 1);
	assert_int_equal(story_of(w, news).filler, 0);
	assert_int_equal(held_back(w), 1);
}

static void it_counts_as_unread_like_any_entry(void **state)
{
	struct world *w = *state;
	int64_t rain = folded(w, 0, "Rain", "weather-report");

	assert_int_equal(unread_total(w->s), 1);
	assert_int_equal(story_of(w, rain).unread, 1);
	assert_int_equal(feed_of(w, w->feed[0]).unread, 1);
}

static void it_makes_no_story_new(void **state)
{
	struct world *w = *state;
	int64_t n, rain = folded(w, 0, "Rain", "weather-report");

	assert_ok(store_new_stories(w->s, 0, &n, &e));
	assert_int_equal(n, 0);
	is_filler(w, rain, false);
	assert_ok(store_new_stories(w->s, 0, &n, &e));
	assert_int_equal(n, 1);
}

static void the_list_has_what_is_held_back_newest_first(void **state)
{
	struct world *w = *state;
	int64_t a = folded(w, 0, "Rain", "weather-report"), b;
	struct entry_row *rows;

	folded(w, 1, "News", NULL);
	b = folded(w, 1, "Paid", "advert-marked");
	assert_int_equal(list(w, false, &rows), 2);
	assert_int_equal(rows[0].id, b);
	assert_str(rows[0].filler, "advert-marked");
	assert_int_equal(rows[1].id, a);
	assert_ok(store_mark(w->s, &b, 1, ENTRY_READ, true, NULL, &e));
	assert_int_equal(list(w, true, &rows), 1);
	assert_int_equal(rows[0].id, a);
}

static void it_is_marked_read_as_a_list(void **state)
{
	struct world *w = *state;
	int64_t n, rain = folded(w, 0, "Rain", "weather-report");

	folded(w, 0, "News", NULL);
	assert_ok(store_mark_list_read(w->s, LIST_FILLER, 0, 99, &n, &e));
	assert_int_equal(n, 1);
	assert_true(row_of(w, rain).flags & ENTRY_READ);
	assert_int_equal(unread_total(w->s), 1);
}

static void what_the_reader_says_is_kept_and_counted(void **state)
{
	struct world *w = *state;
	int64_t rain = folded(w, 0, "Rain", "weather-report"), news = folded(w, 0, "News", NULL);

	is_filler(w, rain, false);
	assert_int_equal(row_of(w, rain).flags, ENTRY_CORRECTED);
	assert_str(row_of(w, rain).filler, "");
	assert_int_equal(held_back(w), 0);
	assert_int_equal(story_of(w, rain).filler, 0);
	is_filler(w, news, true);
	assert_int_equal(row_of(w, news).flags, ENTRY_FILLER | ENTRY_CORRECTED);
	assert_str(row_of(w, news).filler, FILLER_BY_HAND);
	assert_int_equal(held_back(w), 1);
	assert_int_equal(story_of(w, news).filler, 1);
}

static void taken_back_it_has_the_reason_it_had(void **state)
{
	struct world *w = *state;
	int64_t rain = folded(w, 0, "Rain", "weather-report");

	is_filler(w, rain, false);
	is_filler(w, rain, true);
	assert_str(row_of(w, rain).filler, "weather-report");
}

static void no_rule_overrules_the_reader(void **state)
{
	struct world *w = *state;
	int64_t id = put_titled(w->s, w->feed[0], "Rain", NOW);
	struct fold_row *rows;
	size_t n;

	is_filler(w, id, true);
	is_filler(w, id, false);
	rows = unfolded_rows(w->s, w->a, &n);
	rows[0].filler = text("weather-report");
	assert_ok(store_begin(w->s, false, &e));
	assert_ok(store_folded(w->s, &rows[0], id, false, &e));
	assert_ok(store_commit(w->s, &e));
	assert_int_equal(row_of(w, id).flags, ENTRY_CORRECTED);
	assert_int_equal(story_of(w, id).filler, 0);
}

static void a_feed_that_goes_takes_its_filler_along(void **state)
{
	struct world *w = *state;
	struct str one = text("http://b.example/"), both[] = { text("http://a.example/"), one };
	struct entry_row *rows;
	int64_t rain = folded(w, 0, "Rain", "weather-report");

	folded(w, 1, "Paid", "advert-marked");
	assert_ok(store_feeds_sync(w->s, &one, 1, NOW, NULL, &e));
	assert_int_equal(held_back(w), 1);
	assert_int_equal(list(w, false, &rows), 1);
	assert_int_equal(story_of(w, rain).filler, 0);
	assert_ok(store_feeds_sync(w->s, both, 2, NOW, NULL, &e));
	assert_int_equal(held_back(w), 2);
	assert_int_equal(story_of(w, rain).filler, 1);
}

static void a_copy_of_what_was_read_is_read_and_held_back(void **state)
{
	struct world *w = *state;
	int64_t id = put_titled(w->s, w->feed[0], "Rain", NOW);
	struct fold_row *rows;
	size_t n;

	rows = unfolded_rows(w->s, w->a, &n);
	rows[0].filler = text("weather-report");
	assert_ok(store_begin(w->s, false, &e));
	assert_ok(store_folded(w->s, &rows[0], id, true, &e));
	assert_ok(store_commit(w->s, &e));
	assert_int_equal(row_of(w, id).flags, ENTRY_READ | ENTRY_FILLER);
	assert_int_equal(unread_total(w->s), 0);
	assert_int_equal(held_back(w), 1);
}

#define IN_MEMORY(test) cmocka_unit_test_setup_teardown(test, world_in_memory, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_MEMORY(a_rule_holds_an_entry_back_and_its_name_is_kept),
		IN_MEMORY(it_counts_as_unread_like_any_entry),
		IN_MEMORY(it_makes_no_story_new),
		IN_MEMORY(the_list_has_what_is_held_back_newest_first),
		IN_MEMORY(it_is_marked_read_as_a_list),
		IN_MEMORY(what_the_reader_says_is_kept_and_counted),
		IN_MEMORY(taken_back_it_has_the_reason_it_had),
		IN_MEMORY(no_rule_overrules_the_reader),
		IN_MEMORY(a_feed_that_goes_takes_its_filler_along),
		IN_MEMORY(a_copy_of_what_was_read_is_read_and_held_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
