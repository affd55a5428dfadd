#include "fixture.h"

static void event(struct world *w, enum event_act act, int64_t entry_id)
{
	assert_ok(store_event(w->s, NOW, act, entry_id, 1, STR("terms"), &e));
}

static void events_are_appended_with_the_entrys_terms(void **state)
{
	struct world *w = *state;

	event(w, EVENT_OPEN, 7);
	event(w, EVENT_SKIP, 8);
	assert_int_equal(
		recount(w,
	                "SELECT count(*) FROM event WHERE terms = CAST('terms' AS BLOB) AND at "
	                "= 1700000000"),
		2);
}

static void opened_and_starred_of_the_newest_are_counted(void **state)
{
	struct world *w = *state;
	int64_t id[6];
	char title[16];
	int opened, total;

	for (int i = 0; i < 6; i++) {
		snprintf(title, sizeof title, "Entry %d", i);
		id[i] = put_titled(w->s, w->feed[0], title, NOW - i);
	}
	event(w, EVENT_OPEN, id[0]);
	event(w, EVENT_OPEN, id[0]);
	event(w, EVENT_SKIP, id[1]);
	assert_ok(store_mark(w->s, &id[2], 1, ENTRY_STARRED, true, NULL, &e));
	event(w, EVENT_OPEN, id[5]);
	assert_ok(store_opened_of_last(w->s, w->feed[0], 4, &opened, &total, &e));
	assert_int_equal(opened, 2);
	assert_int_equal(total, 4);
	assert_ok(store_opened_of_last(w->s, w->feed[0], 40, &opened, &total, &e));
	assert_int_equal(opened, 3);
	assert_int_equal(total, 6);
	assert_ok(store_opened_of_last(w->s, w->feed[1], 40, &opened, &total, &e));
	assert_int_equal(opened, 0);
	assert_int_equal(total, 0);
}

struct weights {
	int n;
	double sum;
};

static void add_weight(void *self, int kind, int64_t key, double weight)
{
	struct weights *x = self;

	x->n++;
	x->sum += kind * 100 + (double)key + weight;
}

static void the_profile_is_a_table_of_weights(void **state)
{
	struct world *w = *state;
	struct weights got = { 0 };

	assert_ok(store_profile_put(w->s, 1, 10, 0.5, &e));
	assert_ok(store_profile_put(w->s, 1, 10, 0.25, &e));
	assert_ok(store_profile_put(w->s, 2, -3, 1.5, &e));
	assert_ok(store_profile_put(w->s, 2, 4, 1, &e));
	assert_ok(store_profile_put(w->s, 2, 4, 0, &e));
	assert_ok(store_profile(w->s, add_weight, &got, &e));
	assert_int_equal(got.n, 2);
	assert_true(got.sum == 110.25 + 198.5);
}

static void prominence_is_the_mean_of_the_logarithm_of_points(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "A"), b = entry(w->feed[0], "B"),
			 c = entry(w->feed[0], "C");
	double mean;

	assert_ok(store_prominence(w->s, w->feed[0], &mean, &e));
	assert_true(mean == 0);
	a.points = 0;
	b.points = 99;
	put(w->s, &a, NOW);
	put(w->s, &b, NOW);
	put(w->s, &c, NOW);
	assert_ok(store_prominence(w->s, w->feed[0], &mean, &e));
	assert_true(mean > 2.302584 && mean < 2.302586); /* ln(100) / 2 */
}

static void an_entry_not_folded_has_no_terms(void **state)
{
	struct world *w = *state;
	struct buf terms = buf_limited(10);

	assert_ok(store_entry_terms(w->s, put_titled(w->s, w->feed[0], "A", NOW), &terms, &e));
	assert_int_equal(terms.n, 0);
	buf_free(&terms);
}

#define IN_MEMORY(test) cmocka_unit_test_setup_teardown(test, world_in_memory, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_MEMORY(events_are_appended_with_the_entrys_terms),
		IN_MEMORY(opened_and_starred_of_the_newest_are_counted),
		IN_MEMORY(the_profile_is_a_table_of_weights),
		IN_MEMORY(prominence_is_the_mean_of_the_logarithm_of_points),
		IN_MEMORY(an_entry_not_folded_has_no_terms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
