#include "folding.h"

#include "../../../src/rank/timeline.h"

enum { SLOTS = 64 };
static struct moment when[SLOTS];

/* Moments that are not in the order of slots, some of them equal in time. */
static int make_moments(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < SLOTS; i++)
		when[i] = (struct moment){ .time = i * 7 % 32, .id = i };
	return 0;
}

static void assert_sorted(struct timeline_view v)
{
	for (size_t i = 1; i < v.n; i++) {
		struct moment a = when[v.at[i - 1].slot], b = when[v.at[i].slot];

		assert_true(a.time < b.time || (a.time == b.time && a.id < b.id));
	}
}

static void entries_stand_in_order_of_time_whatever_order_they_came_in(void **state)
{
	struct timelines *t = timelines_new();

	(void)state;
	for (uint32_t i = 0; i < SLOTS; i++)
		timelines_add(t, 5, (struct posting){ i * 11 % SLOTS, 0 }, when);
	assert_int_equal(timelines_view(t, 5).n, SLOTS);
	assert_sorted(timelines_view(t, 5));
	timelines_free(t);
}

static void keys_do_not_see_each_others_entries(void **state)
{
	struct timelines *t = timelines_new();

	(void)state;
	timelines_add(t, 1, (struct posting){ 10, 77 }, when);
	assert_int_equal(timelines_view(t, 1).at[0].weight, 77);
	timelines_add(t, UINT64_MAX, (struct posting){ 11, 0 }, when);
	assert_int_equal(timelines_view(t, 1).n, 1);
	assert_int_equal(timelines_view(t, UINT64_MAX).at[0].slot, 11);
	assert_int_equal(timelines_view(t, 2).n, 0);
	timelines_free(t);
}

static void a_moment_parts_the_earlier_from_the_later(void **state)
{
	struct timelines *t = timelines_new();

	(void)state;
	for (uint32_t i = 0; i < SLOTS; i++)
		timelines_add(t, 5, (struct posting){ i, 0 }, when);
	struct timeline_view v = timelines_view(t, 5);

	for (int64_t time = -1; time < 33; time++) {
		size_t upto = timeline_upto(v, when, (struct moment){ time, INT64_MAX });

		assert_true(upto == 0 || when[v.at[upto - 1].slot].time <= time);
		assert_true(upto == v.n || when[v.at[upto].slot].time > time);
	}
	timelines_free(t);
}

static void what_is_removed_is_gone_and_its_room_is_used_again(void **state)
{
	struct timelines *t = timelines_new();
	size_t bytes = 0;

	(void)state;
	for (int round = 0; round < 50; round++) {
		for (uint32_t i = 0; i < SLOTS; i++)
			timelines_add(t, i % 7, (struct posting){ i, 0 }, when);
		for (uint32_t i = 0; i < SLOTS; i += 2)
			timelines_remove(t, i % 7, i, when);
		for (uint64_t key = 0; key < 7; key++)
			assert_sorted(timelines_view(t, key));
		for (uint32_t i = 1; i < SLOTS; i += 2)
			timelines_remove(t, i % 7, i, when);
		for (uint64_t key = 0; key < 7; key++)
			assert_int_equal(timelines_view(t, key).n, 0);
		if (round == 0)
			bytes = timelines_bytes(t);
	}
	assert_int_equal(timelines_bytes(t), bytes);
	timelines_free(t);
}

static void removing_what_is_not_there_changes_nothing(void **state)
{
	struct timelines *t = timelines_new();

	(void)state;
	timelines_add(t, 1, (struct posting){ 3, 0 }, when);
	timelines_remove(t, 1, 4, when);
	timelines_remove(t, 2, 3, when);
	assert_int_equal(timelines_view(t, 1).n, 1);
	timelines_free(t);
	timelines_free(NULL);
}

static void all_up_to_a_moment_go_at_once(void **state)
{
	struct timelines *t = timelines_new();
	struct timeline_view v;

	(void)state;
	for (uint32_t i = 0; i < SLOTS; i++)
		timelines_add(t, 5, (struct posting){ i, 0 }, when);
	timelines_remove_upto(t, 5, (struct moment){ -1, INT64_MAX }, when);
	assert_int_equal(timelines_view(t, 5).n, SLOTS);
	timelines_remove_upto(t, 5, when[3], when);
	v = timelines_view(t, 5);
	assert_sorted(v);
	assert_int_equal(when[v.at[0].slot].time, when[3].time);
	assert_true(when[v.at[0].slot].id > when[3].id);
	timelines_remove_upto(t, 5, (struct moment){ 100, 0 }, when);
	assert_int_equal(timelines_view(t, 5).n, 0);
	timelines_remove_upto(t, 5, (struct moment){ 100, 0 }, when);
	timelines_add(t, 5, (struct posting){ 1, 0 }, when);
	assert_int_equal(timelines_view(t, 5).n, 1);
	timelines_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_stand_in_order_of_time_whatever_order_they_came_in),
		cmocka_unit_test(keys_do_not_see_each_others_entries),
		cmocka_unit_test(a_moment_parts_the_earlier_from_the_later),
		cmocka_unit_test(what_is_removed_is_gone_and_its_room_is_used_again),
		cmocka_unit_test(all_up_to_a_moment_go_at_once),
		cmocka_unit_test(removing_what_is_not_there_changes_nothing),
	};

	return cmocka_run_group_tests(tests, make_moments, NULL);
}
