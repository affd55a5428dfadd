#include "lede/app/sample.h"

#include "lede/app/article.h"
#include "scene.h"

struct opened {
	struct store *store;
	struct arena *arena;
	struct edition last;
	struct edition_row *row;
	size_t n;
};

static int opened(void **state)
{
	static struct opened o;
	struct error e = { .code = ERR_NONE };

	o.arena = arena_new();
	assert_ok(sample_open(NOW, &o.store, &e), &e);
	assert_ok(store_edition_last(o.store, &o.last, &e), &e);
	assert_ok(store_edition_rows(o.store, o.last.id, 1, EDITION_ROWS_MAX, o.arena, &o.row, &o.n,
				     &e), &e);
	*state = &o;
	return 0;
}

static int closed(void **state)
{
	struct opened *o = *state;

	store_close(o->store);
	arena_free(o->arena);
	return 0;
}

static const struct edition_row *row_of(const struct opened *o, const char *title)
{
	for (size_t i = 0; i < o->n; i++)
		if (str_starts(o->row[i].title, title))
			return &o->row[i];
	fail_msg("“%s” is not in the sample edition", title);
	return NULL;
}

static struct entry_row *entries(struct opened *o, size_t *n)
{
	const struct list_query all = { .list = LIST_LATEST, .way = LIST_OLDER, .limit = 500 };
	struct error e = { .code = ERR_NONE };
	struct entry_row *row;

	assert_ok(store_list(o->store, &all, o->arena, &row, n, &e), &e);
	return row;
}

static void the_edition_is_of_now_and_one_came_before(void **state)
{
	struct opened *o = *state;
	struct error e = { .code = ERR_NONE };
	struct edition before;

	assert_int_equal(o->last.made, NOW);
	assert_int_equal(o->n, (size_t)o->last.rows);
	assert_true(o->n >= 28 && o->n <= 34);
	assert_ok(store_edition_before(o->store, o->last.id, &before, &e), &e);
	assert_true(before.made < NOW - 3600);
}

static void eight_sources_bring_sixty_entries_and_more(void **state)
{
	struct opened *o = *state;
	struct error e = { .code = ERR_NONE };
	struct feed_row *feed;
	size_t n;

	assert_ok(store_feeds(o->store, true, o->arena, &feed, &n, &e), &e);
	assert_int_equal(n, 8);
	for (size_t i = 0; i < n; i++) {
		assert_true(feed[i].title.n > 0);
		assert_true(feed[i].entries >= 5);
		assert_int_equal(feed[i].state, FEED_OK);
	}
	entries(o, &n);
	assert_int_equal(n, 64);
}

static void adverts_weather_and_how_to_lines_are_held_back(void **state)
{
	static const char *const filler[] = { "Accident cover", "意外险", "A mattress", "Northern hills",
		"未來三天", "北部山区", "あすの天気", "What is a checksum", "How to convert", "三個步驟",
		"教你几招", "二进制" };
	enum { N = sizeof filler / sizeof *filler };
	const struct list_query all = { .list = LIST_FILLER, .limit = 64 };
	struct opened *o = *state;
	struct error e = { .code = ERR_NONE };
	struct entry_row *row;
	size_t n, found = 0;

	assert_ok(store_list(o->store, &all, o->arena, &row, &n, &e), &e);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < N; k++)
			found += str_starts(row[i].title, filler[k]);
	assert_int_equal(n, N);
	assert_int_equal(found, N);
	for (size_t i = 0; i < o->n; i++)
		for (size_t k = 0; k < N; k++)
			assert_false(str_starts(o->row[i].title, filler[k]));
}

static void the_story_of_most_sources_stands_first(void **state)
{
	struct opened *o = *state;

	assert_int_equal(o->row[0].rank, 1);
	assert_true(o->row[0].sources >= 3);
}

static void some_stories_moved_up_some_down_and_some_are_new(void **state)
{
	struct opened *o = *state;
	int up = 0, down = 0, new = 0;

	for (size_t i = 0; i < o->n; i++) {
		new += o->row[i].was == 0;
		up += o->row[i].was > o->row[i].rank;
		down += o->row[i].was != 0 && o->row[i].was < o->row[i].rank;
	}
	assert_true(up > 0);
	assert_true(down > 0);
	assert_true(new > 0);
}

static void some_stories_are_read_some_half_some_starred(void **state)
{
	struct opened *o = *state;
	int read = 0, half = 0, starred = 0;

	for (size_t i = 0; i < o->n; i++) {
		read += (o->row[i].flags & ENTRY_READ) != 0;
		half += o->row[i].fresh > 0;
		starred += (o->row[i].flags & ENTRY_STARRED) != 0;
	}
	assert_int_equal(read, 4);
	assert_int_equal(half, 2);
	assert_int_equal(starred, 2);
	assert_int_equal(row_of(o, "Waste water in rivers")->fresh, 1);
}

static void exact_copies_share_a_row(void **state)
{
	struct opened *o = *state;
	const struct edition_row *row = row_of(o, "团簇催化剂");

	assert_int_equal(row->entries, 3);
	for (size_t i = 0; i < o->n; i++)
		for (size_t k = i + 1; k < o->n; k++)
			assert_false(str_eq(o->row[i].title, o->row[k].title));
}

static void ages_are_counted_from_now(void **state)
{
	struct opened *o = *state;
	size_t n;
	struct entry_row *row = entries(o, &n);

	for (size_t i = 0; i < n; i++) {
		assert_true(row[i].published <= NOW);
		assert_true(row[i].published > NOW - 3 * 24 * 3600);
	}
	assert_int_equal(row_of(o, "Night train to the sea")->time, NOW - 3 * 3600 - 40 * 60);
}

static void every_entry_has_a_title_a_source_and_text(void **state)
{
	struct opened *o = *state;
	struct error e = { .code = ERR_NONE };
	size_t n;
	struct entry_row *row = entries(o, &n);

	for (size_t i = 0; i < n; i++) {
		struct article a;

		assert_true(row[i].title.n > 0 && row[i].source.n > 0);
		assert_ok(article_load(o->store, row[i].id,
		                       &(struct rich_options){ .hide_glosses = false }, o->arena,
		                       &a, &e),
		          &e);
		assert_non_null(a.doc);
		assert_false(rich_is_empty(a.doc));
		rich_free(a.doc);
	}
}

static void opened_again_while_it_is_open_it_is_the_same(void **state)
{
	struct opened *o = *state;
	struct error e = { .code = ERR_NONE };
	struct store *again;
	int64_t before, after;

	assert_ok(store_highest_id(o->store, &before, &e), &e);
	assert_ok(sample_open(NOW + 60, &again, &e), &e);
	assert_ok(store_highest_id(again, &after, &e), &e);
	assert_int_equal(before, after);
	store_close(again);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, opened, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_edition_is_of_now_and_one_came_before),
		CASE(eight_sources_bring_sixty_entries_and_more),
		CASE(adverts_weather_and_how_to_lines_are_held_back),
		CASE(the_story_of_most_sources_stands_first),
		CASE(some_stories_moved_up_some_down_and_some_are_new),
		CASE(some_stories_are_read_some_half_some_starred),
		CASE(exact_copies_share_a_row),
		CASE(ages_are_counted_from_now),
		CASE(every_entry_has_a_title_a_source_and_text),
		CASE(opened_again_while_it_is_open_it_is_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
