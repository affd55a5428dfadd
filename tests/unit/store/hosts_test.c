#include "fixture.h"

#include "lede/store/hosts.h"

static struct host_row host_of(const struct world *w, const char *name, int64_t now)
{
	struct host_row *row;
	size_t n;

	assert_ok(store_hosts(w->s, now, w->a, &row, &n, &e));
	for (size_t i = 0; i < n; i++)
		if (str_is(row[i].name, name))
			return row[i];
	return (struct host_row){ .next = -1 };
}

static void what_a_host_asked_for_is_remembered(void **state)
{
	struct world *w = *state;

	assert_ok(store_host_refused(w->s, STR("a.example"), NOW + HOUR, NOW, &e));
	assert_int_equal(host_of(w, "a.example", NOW).next, NOW + HOUR);
	assert_int_equal(host_of(w, "b.example", NOW).next, -1);
}

static void a_second_refusal_doubles_the_spacing_up_to_a_minute(void **state)
{
	struct world *w = *state;
	int before = 0;

	for (int i = 0; i < 12; i++) {
		int spacing;

		assert_ok(store_host_refused(w->s, STR("a.example"), NOW + i, NOW, &e));
		spacing = host_of(w, "a.example", NOW).spacing;
		assert_true(spacing >= before && spacing <= 60000);
		before = spacing;
	}
	assert_int_equal(before, 60000);
	assert_int_equal(host_of(w, "a.example", NOW).failures, 12);
}

static void a_shorter_wait_does_not_shorten_a_longer_one(void **state)
{
	struct world *w = *state;

	assert_ok(store_host_refused(w->s, STR("a.example"), NOW + 10 * HOUR, NOW, &e));
	assert_ok(store_host_refused(w->s, STR("a.example"), NOW + HOUR, NOW, &e));
	assert_int_equal(host_of(w, "a.example", NOW).next, NOW + 10 * HOUR);
}

static void a_day_in_peace_is_enough(void **state)
{
	struct world *w = *state;

	assert_ok(store_host_refused(w->s, STR("a.example"), NOW + HOUR, NOW, &e));
	assert_int_equal(host_of(w, "a.example", NOW + 26 * HOUR).next, -1);
	assert_ok(store_host_refused(w->s, STR("b.example"), NOW + 27 * HOUR, NOW + 26 * HOUR, &e));
	assert_int_equal(host_of(w, "a.example", NOW).next, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_a_host_asked_for_is_remembered,
						world_in_memory, world_end),
		cmocka_unit_test_setup_teardown(a_second_refusal_doubles_the_spacing_up_to_a_minute,
						world_in_memory, world_end),
		cmocka_unit_test_setup_teardown(a_shorter_wait_does_not_shorten_a_longer_one,
						world_in_memory, world_end),
		cmocka_unit_test_setup_teardown(a_day_in_peace_is_enough, world_in_memory, world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
