#include "folding.h"

#include "lede/rank/pick.h"

static void assert_picks(struct pick_story *s, size_t n, size_t max, const char *want)
{
	size_t order[64];
	char got[65] = "";
	size_t picked = pick_edition(s, n, max, order);

	for (size_t i = 0; i < picked; i++)
		got[i] = (char)('a' + order[i]);
	assert_string_equal(got, want);
}

static void the_best_comes_first(void **state)
{
	struct pick_story s[] = { { 1, 1, 0, 1, 100, 0 },
				  { 2, 2, 0, 2, 300, 0 },
				  { 3, 3, 0, 3, 200, 0 } };

	(void)state;
	assert_picks(s, 3, 10, "bca");
	assert_picks(s, 3, 2, "bc");
	assert_picks(s, 3, 0, "");
	assert_picks(s, 0, 10, "");
}

static void one_feed_cannot_flood_the_page(void **state)
{
	struct pick_story s[] = {
		{ 1, 1, 0, 1, 2000, 0 }, { 2, 2, 0, 1, 1900, 0 }, { 3, 3, 0, 1, 1800, 0 },
		{ 4, 4, 0, 2, 1350, 0 }, { 5, 5, 0, 3, 400, 0 },
	};

	(void)state;
	assert_picks(s, 5, 5, "adbce");
}

static void variety_is_told_for_each_pick(void **state)
{
	struct pick_story s[] = { { 1, 1, 0, 1, 2000, 9 },
				  { 2, 2, 0, 1, 1900, 9 },
				  { 3, 3, 0, 1, 1800, 9 } };

	(void)state;
	assert_picks(s, 3, 3, "abc");
	assert_int_equal(s[0].variety, 0);
	assert_int_equal(s[1].variety, -600);
	assert_int_equal(s[2].variety, -1200);
}

static void what_is_ten_picks_ago_is_forgotten(void **state)
{
	struct pick_story s[12];
	size_t order[12];

	(void)state;
	for (int i = 0; i < 12; i++)
		s[i] = (struct pick_story){ i, i, 0, i == 11 ? 0 : i, 10000 - i * 800, 0 };
	assert_int_equal(pick_edition(s, 12, 12, order), 12);
	assert_int_equal(order[11], 11);
	assert_int_equal(s[11].variety, 0);
}

static void of_equals_the_newer_then_the_lower_feed_and_story_is_first(void **state)
{
	struct pick_story s[] = {
		{ 4, 1, 10, 2, 100, 0 },
		{ 3, 2, 20, 9, 100, 0 },
		{ 9, 3, 10, 1, 100, 0 },
		{ 2, 4, 10, 2, 100, 0 },
	};

	(void)state;
	assert_picks(s, 4, 3, "bcd");
}

/* The rule as it is told, without its short cuts. */
static size_t naive(const struct pick_story *s, size_t n, size_t *order)
{
	bool used[64] = { false };

	for (size_t picked = 0; picked < n; picked++) {
		size_t best = SIZE_MAX;
		int best_worth = 0;

		for (size_t i = 0; i < n; i++) {
			int worth = s[i].score;

			for (size_t j = picked > 10 ? picked - 10 : 0; j < picked; j++)
				worth -= s[order[j]].feed == s[i].feed ? 600 : 0;
			if (used[i] || (best != SIZE_MAX && worth < best_worth))
				continue;
			if (best == SIZE_MAX || worth > best_worth || s[i].time > s[best].time
			    || (s[i].time == s[best].time && (s[i].feed < s[best].feed
				|| (s[i].feed == s[best].feed && s[i].story < s[best].story)))) {
				best = i;
				best_worth = worth;
			}
		}
		used[best] = true;
		order[picked] = best;
	}
	return n;
}

static void picking_agrees_with_the_rule_as_told(void **state)
{
	struct pick_story s[60];
	size_t fast[60], slow[60];
	uint32_t random = 11;

	(void)state;
	for (int round = 0; round < 200; round++) {
		for (int i = 0; i < 60; i++) {
			random = random * 1664525 + 1013904223;
			s[i] = (struct pick_story){ i, i, random >> 29, (random >> 16) % 7,
						    (int32_t)(random >> 20) % 30 * 100, 0 };
		}
		assert_int_equal(pick_edition(s, 60, 60, fast), naive(s, 60, slow));
		assert_memory_equal(fast, slow, sizeof fast);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_comes_first),
		cmocka_unit_test(one_feed_cannot_flood_the_page),
		cmocka_unit_test(variety_is_told_for_each_pick),
		cmocka_unit_test(what_is_ten_picks_ago_is_forgotten),
		cmocka_unit_test(of_equals_the_newer_then_the_lower_feed_and_story_is_first),
		cmocka_unit_test(picking_agrees_with_the_rule_as_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
