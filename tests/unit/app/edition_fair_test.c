/* Which stories reach the page: whatever order they came in, however busy a feed is. */
#include "scene.h"

#include <stdio.h>
#include <string.h>

#include "lede/rank/score.h"

enum { PAGE = 20 };

static int opened(void **state)
{
	static struct scene s;

	scene_open(&s, "memory:edition_fair_test");
	*state = &s;
	return 0;
}

static int closed(void **state)
{
	scene_close(*state);
	return 0;
}

struct headline { int feed; const char *title; int64_t age; };

static const struct headline day[] = {
	{ 0, "Ministry tightens rules on personal data", 2 * HOUR },
	{ 1, "Rules on personal data tightened by ministry", 3 * HOUR },
	{ 2, "Night train returns in June", 3 * HOUR },
	{ 3, "Night train to return in June", 3 * HOUR },
	{ 0, "Tea dearer for the third spring", 9 * HOUR },
	{ 1, "Seed banks open fifteen stations", 20 * HOUR },
	{ 2, "国务院发布数据安全管理条例", HOUR },
	{ 3, "國務院發布數據安全管理條例", HOUR },
	{ 0, "Lost dog takes the tram home", 30 * HOUR },
	{ 3, "Chess title goes to a newcomer", 12 * HOUR },
};
enum { HEADLINES = sizeof day / sizeof *day };

/* All of it in one refresh, the i-th coming as number i * step. */
static struct made_edition edition_of(struct scene *s, int step)
{
	for (int i = 0; i < HEADLINES; i++) {
		const struct headline *h = &day[i * step % HEADLINES];

		scene_add(s, h->feed, h->title, h->age);
	}
	return scene_make(s, 0);
}

static void the_same_entries_make_the_same_edition_whatever_order_they_come_in(void **state)
{
	static const int steps[] = { 3, 7, 9 };
	struct made_edition first = edition_of(*state, 1);

	assert_int_equal(first.n, 7);
	for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
		struct scene other;

		scene_open(&other, "memory:edition_fair_test_other");
		struct made_edition m = edition_of(&other, steps[k]);

		assert_int_equal(m.n, first.n);
		for (size_t i = 0; i < m.n; i++) {
			assert_true(str_eq(m.rows[i].title, first.rows[i].title));
			assert_int_equal(m.rows[i].score, first.rows[i].score);
			assert_int_equal(m.rows[i].sources, first.rows[i].sources);
		}
		scene_close(&other);
	}
}

/* 200 entries in ten hours, every one of them about something else. */
static void add_busy_feed(struct scene *s)
{
	for (int i = 0; i < 200; i++) {
		char title[100];

		snprintf(title, sizeof title, "Wire%dth item%dth about matter%dth", i, i * 7, i * 13);
		scene_add(s, 0, title, i * 180);
	}
}

static int rows_of(const struct made_edition *m, const char *source, size_t page)
{
	int n = 0;

	for (size_t i = 0; i < m->n && i < page; i++)
		n += str_is(m->rows[i].source, source);
	return n;
}

static void one_busy_feed_leaves_room_for_the_others(void **state)
{
	struct scene *s = *state;

	add_busy_feed(s);
	for (int i = 0; i < 12; i++) {
		char title[100];

		snprintf(title, sizeof title, "Quiet%dth story%dth of place%dth", i, i, i);
		scene_add(s, 1 + i % 3, title, (2 + i) * HOUR);
	}
	struct made_edition m = scene_make(s, 0);

	assert_int_equal(m.n, 212);
	assert_true(rows_of(&m, "Paper Daily", PAGE) <= PAGE / 2);
	assert_true(rows_of(&m, "Paper Daily", PAGE) >= 4);
}

static void a_monthly_blog_is_not_buried(void **state)
{
	struct scene *s = *state;

	add_busy_feed(s);
	scene_add(s, 3, "Notes on a month of bread", 20 * HOUR);
	struct made_edition m = scene_make(s, 0);

	assert_in_range(scene_rank(&m, "Notes on a month of bread"), 1, PAGE);
}

/* Without any history: what many tell first, then what is new, and nothing is said of taste. */
static void a_cold_start_goes_by_size_and_freshness(void **state)
{
	struct made_edition m = edition_of(*state, 1);

	assert_int_equal(m.rows[0].sources, 2);
	assert_int_equal(m.rows[1].sources, 2);
	assert_int_equal(m.rows[2].sources, 2);
	for (size_t i = 0; i < m.n; i++) {
		struct terms why;

		assert_true(terms_decode(m.rows[i].why, &why));
		for (int t = 0; t < why.n; t++)
			assert_true(why.term[t].signal == SIGNAL_FRESH ||
				    why.term[t].signal == SIGNAL_SIZE ||
				    why.term[t].signal == SIGNAL_VARIETY);
	}
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, opened, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_same_entries_make_the_same_edition_whatever_order_they_come_in),
		CASE(one_busy_feed_leaves_room_for_the_others),
		CASE(a_monthly_blog_is_not_buried),
		CASE(a_cold_start_goes_by_size_and_freshness),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
