#include "fixture.h"

static void before_the_first_there_is_no_edition(void **state)
{
	struct world *w = *state;
	struct edition ed;

	assert_err(ERR_NONESUCH, store_edition_last(w->s, &ed, &e));
	assert_err(ERR_NONESUCH, store_edition_before(w->s, 1, &ed, &e));
}

static void an_edition_comes_back_as_it_was_stored(void **state)
{
	struct world *w = *state;
	const struct edition_row rows[] = {
		{ .story = 9,
		  .entry = 8,
		  .feed = 7,
		  .time = NOW - 5,
		  .was = 4,
		  .flags = ENTRY_STARRED,
		  .sources = 3,
		  .entries = 5,
		  .unread = 2,
		  .fresh = 1,
		  .score = -1234,
		  .title = STR("標題"),
		  .source = STR("Wire"),
		  .why = { "\0\1", 2 } },
		{ .story = 10, .entry = 10, .title = STR("Second") },
	};
	struct edition ed = { .made = NOW, .upto = 55 }, last;
	struct edition_row *got;
	size_t n;

	assert_ok(store_edition_put(w->s, &ed, rows, 2, &e));
	assert_ok(store_edition_last(w->s, &last, &e));
	assert_int_equal(last.id, ed.id);
	assert_int_equal(last.made, NOW);
	assert_int_equal(last.upto, 55);
	assert_int_equal(last.ended, 0);
	assert_int_equal(last.rows, 2);
	assert_ok(store_edition_rows(w->s, last.id, 1, 10, w->a, &got, &n, &e));
	assert_int_equal(n, 2);
	assert_int_equal(got[0].rank, 1);
	assert_int_equal(got[0].was, 4);
	assert_int_equal(got[0].story, 9);
	assert_int_equal(got[0].entry, 8);
	assert_int_equal(got[0].feed, 7);
	assert_int_equal(got[0].time, NOW - 5);
	assert_int_equal(got[0].flags, ENTRY_STARRED);
	assert_int_equal(got[0].sources, 3);
	assert_int_equal(got[0].entries, 5);
	assert_int_equal(got[0].unread, 2);
	assert_int_equal(got[0].fresh, 1);
	assert_int_equal(got[0].score, -1234);
	assert_str(got[0].title, "標題");
	assert_str(got[0].source, "Wire");
	assert_int_equal(got[0].why.n, 2);
	assert_memory_equal(got[0].why.p, "\0\1", 2);
	assert_int_equal(got[1].rank, 2);
}

static void rows_are_read_by_windows_of_ranks(void **state)
{
	struct world *w = *state;
	struct edition_row rows[20] = { { 0 } }, *got;
	struct edition ed = { .made = NOW };
	size_t n;

	for (int i = 0; i < 20; i++)
		rows[i].story = 100 + i;
	assert_ok(store_edition_put(w->s, &ed, rows, 20, &e));
	assert_ok(store_edition_rows(w->s, ed.id, 6, 5, w->a, &got, &n, &e));
	assert_int_equal(n, 5);
	assert_int_equal(got[0].rank, 6);
	assert_int_equal(got[4].story, 109);
	assert_ok(store_edition_rows(w->s, ed.id, 21, 5, w->a, &got, &n, &e));
	assert_int_equal(n, 0);
}

static void a_storys_row_is_found(void **state)
{
	struct world *w = *state;
	const struct edition_row rows[] = { { .story = 5 }, { .story = 3, .title = STR("Three") } };
	struct edition ed = { .made = NOW };
	struct edition_row row;

	assert_ok(store_edition_put(w->s, &ed, rows, 2, &e));
	assert_ok(store_edition_row(w->s, ed.id, 3, w->a, &row, &e));
	assert_int_equal(row.rank, 2);
	assert_str(row.title, "Three");
	assert_err(ERR_NONESUCH, store_edition_row(w->s, ed.id, 4, w->a, &row, &e));
}

static void add_rank(void *self, int64_t story, int rank)
{
	((int *)self)[story] = rank;
}

static void ranks_of_an_edition_are_given(void **state)
{
	struct world *w = *state;
	const struct edition_row rows[] = { { .story = 5 }, { .story = 3 } };
	struct edition ed = { .made = NOW };
	int rank[8] = { 0 };

	assert_ok(store_edition_put(w->s, &ed, rows, 2, &e));
	assert_ok(store_edition_ranks(w->s, ed.id, add_rank, rank, &e));
	assert_int_equal(rank[5], 1);
	assert_int_equal(rank[3], 2);
	assert_int_equal(rank[4], 0);
}

static void a_new_edition_ends_the_one_before(void **state)
{
	struct world *w = *state;
	struct edition first = { .made = NOW }, second = { .made = NOW + HOUR }, before;

	assert_ok(store_edition_put(w->s, &first, NULL, 0, &e));
	assert_ok(store_edition_put(w->s, &second, NULL, 0, &e));
	assert_ok(store_edition_before(w->s, second.id, &before, &e));
	assert_int_equal(before.id, first.id);
	assert_int_equal(before.ended, NOW + HOUR);
}

static void the_last_fifty_are_kept(void **state)
{
	struct world *w = *state;
	const struct edition_row row = { .story = 1 };
	struct edition ed = { 0 }, oldest;
	struct edition_row *got;
	size_t n;

	for (int i = 0; i < 53; i++) {
		ed = (struct edition){ .made = NOW + i };
		assert_ok(store_edition_put(w->s, &ed, &row, 1, &e));
	}
	assert_ok(store_edition_before(w->s, ed.id - 48, &oldest, &e));
	assert_err(ERR_NONESUCH, store_edition_before(w->s, oldest.id, &oldest, &e));
	assert_ok(store_edition_rows(w->s, oldest.id, 1, 1, w->a, &got, &n, &e));
	assert_int_equal(n, 1);
	assert_ok(store_edition_rows(w->s, oldest.id - 1, 1, 1, w->a, &got, &n, &e));
	assert_int_equal(n, 0);
}

static void an_edition_has_at_most_a_thousand_rows(void **state)
{
	struct world *w = *state;
	struct edition_row *rows = calloc(EDITION_ROWS_MAX + 5, sizeof *rows);
	struct edition ed = { .made = NOW };

	for (int i = 0; i < EDITION_ROWS_MAX + 5; i++)
		rows[i].story = i + 1;
	assert_ok(store_edition_put(w->s, &ed, rows, EDITION_ROWS_MAX + 5, &e));
	assert_int_equal(ed.rows, EDITION_ROWS_MAX);
	assert_int_equal(recount(w, "SELECT count(*) FROM edition_row"), EDITION_ROWS_MAX);
	free(rows);
}

#define IN_MEMORY(test) cmocka_unit_test_setup_teardown(test, world_in_memory, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_MEMORY(before_the_first_there_is_no_edition),
		IN_MEMORY(an_edition_comes_back_as_it_was_stored),
		IN_MEMORY(rows_are_read_by_windows_of_ranks),
		IN_MEMORY(a_storys_row_is_found),
		IN_MEMORY(ranks_of_an_edition_are_given),
		IN_MEMORY(a_new_edition_ends_the_one_before),
		IN_MEMORY(the_last_fifty_are_kept),
		IN_MEMORY(an_edition_has_at_most_a_thousand_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
