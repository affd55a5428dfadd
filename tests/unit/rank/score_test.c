#include "folding.h"

#include "lede/rank/score.h"

/* A world of 1,000 titles in which every word was in ten. */
static uint32_t in_ten(void *self, uint32_t bucket)
{
	(void)self;
	(void)bucket;
	return 10;
}

struct scene { struct profile *profile; struct arena *arena; struct score_world world; };

static int scene_make(void **state)
{
	struct scene *s = mem_new(sizeof *s);

	s->profile = profile_new();
	s->arena = arena_new();
	s->world = (struct score_world){
		.now = MONDAY, .profile = s->profile, .total = 1000, .df = in_ten
	};
	*state = s;
	return 0;
}

static int scene_free(void **state)
{
	struct scene *s = *state;

	profile_free(s->profile);
	arena_free(s->arena);
	free(s);
	return 0;
}

static struct terms scored(struct scene *s, struct score_entry e, const char *title)
{
	struct buf terms = terms_of_title(title);
	struct terms out;

	e.terms = buf_view(&terms);
	score_entry(&s->world, &e, s->arena, &out);
	buf_free(&terms);
	return out;
}

static const struct term *of(const struct terms *t, enum signal signal)
{
	for (int i = 0; i < t->n; i++)
		if (t->term[i].signal == signal)
			return &t->term[i];
	return NULL;
}

static int32_t points(const struct terms *t, enum signal signal)
{
	const struct term *term = of(t, signal);

	return term ? term->points : 0;
}

static int32_t freshness(struct scene *s, int64_t age)
{
	struct terms t = scored(s, (struct score_entry){ .time = MONDAY - age }, "Data rules");

	return points(&t, SIGNAL_FRESH);
}

static void freshness_counts_down_to_0_in_72_hours(void **state)
{
	assert_in_range(freshness(*state, 0), 2078, 2080);
	assert_in_range(freshness(*state, 2 * HOUR), 2020, 2023);
	assert_in_range(freshness(*state, 48 * HOUR), 692, 694);
	assert_int_equal(freshness(*state, 72 * HOUR), 0);
	assert_int_equal(freshness(*state, 1000 * HOUR), 0);
	assert_int_equal(freshness(*state, INT64_MAX), 0);
}

static void an_entry_of_the_future_is_as_fresh_as_one_of_now(void **state)
{
	struct terms t =
		scored(*state, (struct score_entry){ .time = MONDAY + 9000 * HOUR }, "Data rules");

	assert_int_equal(points(&t, SIGNAL_FRESH), freshness(*state, 0));
	assert_int_equal(of(&t, SIGNAL_FRESH)->n, 0);
}

static void without_history_nothing_is_said_of_words_and_feeds(void **state)
{
	struct terms t = scored(
		*state, (struct score_entry){ .time = MONDAY, .feed = { .feed = 7, .ever = 20 } },
		"Data rules");

	assert_int_equal(t.n, 1);
	assert_int_equal(t.term[0].signal, SIGNAL_FRESH);
}

static void keep(struct scene *s, int64_t feed, const char *title, int times)
{
	struct buf terms = terms_of_title(title);

	for (int i = 0; i < times; i++)
		profile_learn(s->profile, MONDAY - i, 1, feed, buf_view(&terms), NULL, NULL);
	buf_free(&terms);
}

static void what_is_like_the_kept_gains_and_says_which_words(void **state)
{
	struct scene *s = *state;

	keep(s, 7, "Data protection rules", 5);
	struct terms like =
		scored(s, (struct score_entry){ .time = MONDAY }, "New data rules for schools");
	struct terms other = scored(s, (struct score_entry){ .time = MONDAY }, "Chess title lost");

	assert_true(points(&like, SIGNAL_WORDS) > 500);
	assert_true(str_is(of(&like, SIGNAL_WORDS)->words, "data\x1Frules"));
	assert_true(points(&other, SIGNAL_WORDS) < 0);
	assert_true(str_is(of(&other, SIGNAL_WORDS)->words, "chess\x1Ftitle\x1Flost"));
}

static void a_feed_that_is_kept_more_than_it_comes_gains(void **state)
{
	struct scene *s = *state;

	keep(s, 7, "Data protection rules", 5);
	struct score_entry mine = { .time = MONDAY, .feed = { .feed = 7, .ever = 10 } };
	struct score_entry busy = { .time = MONDAY, .feed = { .feed = 8, .ever = 500 } };
	struct terms a = scored(s, mine, "Chess"), b = scored(s, busy, "Chess");

	assert_in_range(points(&a, SIGNAL_FEED), 1000, 4000);
	assert_int_equal(of(&a, SIGNAL_FEED)->feed, 7);
	assert_true(points(&b, SIGNAL_FEED) < 0);
}

static void no_signal_outgrows_its_bounds(void **state)
{
	struct scene *s = *state;

	keep(s, 7, "Data protection rules", 500);
	struct score_entry e = {
		.time = MONDAY, .feed = { 7, 0, 1e9, 1e9 }, .rank = 1, .rank_of = 1 << 30
	};
	struct terms t = scored(s, e, "Data protection rules");

	assert_int_equal(points(&t, SIGNAL_FEED), 4000);
	assert_in_range(points(&t, SIGNAL_WORDS), 3000, 5200);
	assert_int_equal(points(&t, SIGNAL_ORDER), 2000);
	assert_true(points(&t, SIGNAL_PROMINENCE) <= 10000);
	assert_true(points(&t, SIGNAL_WEIGHT) <= 100000);
	score_add_size(&t, 1 << 20);
	assert_int_equal(points(&t, SIGNAL_SIZE), 2800);
}

static void the_size_of_a_story_is_the_number_of_its_feeds(void **state)
{
	static const int32_t want[] = { 0, 0, 700, 1109, 1400, 1625 };

	(void)state;
	for (int feeds = 0; feeds < 6; feeds++) {
		struct terms t = { .n = 0 };

		score_add_size(&t, feeds);
		assert_true(abs(t.score - want[feeds]) <= 1);
		assert_int_equal(t.n, feeds > 1);
	}
}

static void the_order_of_a_hot_list_counts(void **state)
{
	struct terms first =
		scored(*state, (struct score_entry){ .rank = 1, .rank_of = 50 }, "Chess");
	struct terms second =
		scored(*state, (struct score_entry){ .rank = 2, .rank_of = 50 }, "Chess");
	struct terms wrong =
		scored(*state, (struct score_entry){ .rank = 51, .rank_of = 50 }, "Chess");

	assert_int_equal(points(&first, SIGNAL_ORDER) - points(&second, SIGNAL_ORDER), 350);
	assert_int_equal(of(&second, SIGNAL_ORDER)->n, 2);
	assert_int_equal(points(&wrong, SIGNAL_ORDER), 0);
}

static void the_persons_weight_is_in_points(void **state)
{
	struct terms t = scored(*state, (struct score_entry){ .feed = { .weight = 5 } }, "Chess");
	struct terms less =
		scored(*state, (struct score_entry){ .feed = { .weight = -2.5 } }, "Chess");

	assert_int_equal(points(&t, SIGNAL_WEIGHT), 500);
	assert_int_equal(points(&less, SIGNAL_WEIGHT), -250);
}

static void terms_always_add_up_to_the_score(void **state)
{
	struct scene *s = *state;
	uint32_t random = 5;

	keep(s, 3, "Data protection rules", 3);
	for (int i = 0; i < 10000; i++) {
		int32_t sum = 0;

		random = random * 1664525 + 1013904223;
		struct score_entry e = { .time = MONDAY - (random >> 8) % 400000,
					 .rank = (int)(random >> 9) % 60,
					 .rank_of = 50,
					 .feed = { random >> 30, random >> 20, (random >> 12) % 9,
						   (random >> 5) % 9 } };
		struct terms t = scored(s, e, i % 2 ? "Data rules for chess" : "Museum roof");

		score_add_size(&t, (int)(random >> 28));
		for (int j = 0; j < t.n; j++)
			sum += t.term[j].points;
		assert_int_equal(sum, t.score);
	}
}

static void damaged_terms_of_an_entry_only_lose_its_words(void **state)
{
	struct scene *s = *state;
	struct score_entry e = { .time = MONDAY, .terms = STR("\x01\x02 damaged") };
	struct terms t;

	keep(s, 7, "Data protection rules", 5);
	score_entry(&s->world, &e, s->arena, &t);
	assert_int_equal(points(&t, SIGNAL_WORDS), 0);
	assert_in_range(points(&t, SIGNAL_FRESH), 2078, 2080);
}

#define scene_test(f) cmocka_unit_test_setup_teardown(f, scene_make, scene_free)

int main(void)
{
	const struct CMUnitTest tests[] = {
		scene_test(freshness_counts_down_to_0_in_72_hours),
		scene_test(an_entry_of_the_future_is_as_fresh_as_one_of_now),
		scene_test(without_history_nothing_is_said_of_words_and_feeds),
		scene_test(what_is_like_the_kept_gains_and_says_which_words),
		scene_test(a_feed_that_is_kept_more_than_it_comes_gains),
		scene_test(no_signal_outgrows_its_bounds),
		scene_test(the_size_of_a_story_is_the_number_of_its_feeds),
		scene_test(the_order_of_a_hot_list_counts),
		scene_test(the_persons_weight_is_in_points),
		scene_test(terms_always_add_up_to_the_score),
		scene_test(damaged_terms_of_an_entry_only_lose_its_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
