#include "folding.h"

#include "lede/rank/score.h"

static void add(struct terms *t, enum signal signal, int32_t points)
{
	terms_add(t, &(struct term){ .signal = signal, .points = points, .words = STR("") });
}

static void every_signal_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < SIGNAL_COUNT; i++) {
		assert_non_null(signal_name((enum signal)i));
		for (int j = 0; j < i; j++)
			assert_string_not_equal(signal_name((enum signal)i),
						signal_name((enum signal)j));
	}
}

static void terms_stand_largest_first_whatever_their_sign(void **state)
{
	struct terms t = { .n = 0 };

	(void)state;
	add(&t, SIGNAL_FRESH, 200);
	add(&t, SIGNAL_NOTICE, -6000);
	add(&t, SIGNAL_SIZE, 1600);
	add(&t, SIGNAL_ORDER, 0);
	add(&t, SIGNAL_WEIGHT, -200);
	assert_int_equal(t.n, 4);
	assert_int_equal(t.score, -4400);
	assert_int_equal(t.term[0].signal, SIGNAL_NOTICE);
	assert_int_equal(t.term[1].signal, SIGNAL_SIZE);
	assert_int_equal(t.term[2].signal, SIGNAL_FRESH);
	assert_int_equal(t.term[3].signal, SIGNAL_WEIGHT);
}

static void assert_same(const struct terms *a, const struct terms *b)
{
	assert_int_equal(a->n, b->n);
	assert_int_equal(a->score, b->score);
	for (int i = 0; i < a->n; i++) {
		const struct term *x = &a->term[i], *y = &b->term[i];

		assert_int_equal(x->signal, y->signal);
		assert_int_equal(x->points, y->points);
		assert_true(x->n == y->n && x->m == y->m && x->feed == y->feed);
		assert_true(str_eq(x->words, y->words));
	}
}

static struct terms some_terms(void)
{
	struct terms t = { .n = 0 };

	terms_add(&t, &(struct term){ SIGNAL_FRESH, 2000, 7200, 0, 0, STR("") });
	terms_add(&t, &(struct term){ SIGNAL_WORDS, 710, 0, 0, 0, STR("data\x1Frules\x1F监管") });
	terms_add(&t, &(struct term){ SIGNAL_FEED, -33, 31, 40, INT64_MAX, STR("") });
	return t;
}

static void terms_come_back_as_they_were(void **state)
{
	struct terms t = some_terms(), back;
	struct buf blob = buf_limited(1000);

	(void)state;
	assert_int_equal(terms_encode(&t, &blob), ERR_NONE);
	assert_true(terms_decode(buf_view(&blob), &back));
	assert_same(&t, &back);
	buf_free(&blob);
}

static void no_terms_are_kept_too(void **state)
{
	struct terms none = { .n = 0 }, back;
	struct buf blob = buf_limited(1000);

	(void)state;
	assert_int_equal(terms_encode(&none, &blob), ERR_NONE);
	assert_true(terms_decode(buf_view(&blob), &back));
	assert_int_equal(back.n, 0);
	assert_false(terms_decode(STR(""), &back));
	buf_free(&blob);
}

static void terms_that_find_no_room_leave_the_buffer_alone(void **state)
{
	struct terms t = some_terms();
	struct buf blob = buf_limited(20);

	(void)state;
	assert_int_equal(buf_add_cstr(&blob, "before"), ERR_NONE);
	assert_int_equal(terms_encode(&t, &blob), ERR_LIMIT);
	assert_string_equal(buf_cstr(&blob), "before");
	buf_free(&blob);
}

/* What is accepted adds up and stays within its bytes; the rest is refused. */
static void damaged_terms_are_refused_or_sound(void **state)
{
	struct terms t = some_terms(), back;
	struct buf blob = buf_limited(1000);
	uint32_t random = 7;

	(void)state;
	assert_int_equal(terms_encode(&t, &blob), ERR_NONE);
	for (size_t i = 0; i < blob.n; i++)
		assert_false(terms_decode(str_sub(buf_view(&blob), 0, i), &back));
	for (int i = 0; i < 50000; i++) {
		char bad[1000];
		int32_t sum = 0;

		memcpy(bad, blob.p, blob.n);
		random = random * 1664525 + 1013904223;
		bad[(random >> 8) % blob.n] = (char)random;
		bad[(random >> 4) % blob.n] ^= (char)(random >> 20);
		if (!terms_decode((struct str){ bad, blob.n }, &back))
			continue;
		for (int j = 0; j < back.n; j++) {
			sum += back.term[j].points;
			assert_true(back.term[j].words.p + back.term[j].words.n <= bad + blob.n);
		}
		assert_int_equal(sum, back.score);
	}
	buf_free(&blob);
}

static void assert_whole(const int32_t *points, int n, const int *want, int want_score)
{
	struct terms t = { .n = 0 };
	int whole[TERMS_MAX], score;

	for (int i = 0; i < n; i++)
		add(&t, (enum signal)i, points[i]);
	terms_whole_points(&t, whole, &score);
	assert_int_equal(score, want_score);
	for (int i = 0; i < n; i++)
		assert_int_equal(whole[i], want[i]);
}

static void whole_points_go_to_the_largest_remainders(void **state)
{
	(void)state;
	assert_whole((int32_t[]){ 1040, 950, 840 }, 3, (int[]){ 10, 10, 8 }, 28);
	assert_whole((int32_t[]){ 1033, 933, 833 }, 3, (int[]){ 11, 9, 8 }, 28);
	assert_whole((int32_t[]){ 1000, -250 }, 2, (int[]){ 10, -2 }, 8);
	assert_whole(NULL, 0, NULL, 0);
}

/* Over random terms: the parts add up, and none is off by a whole point. */
static void whole_points_always_add_up(void **state)
{
	uint32_t random = 3;

	(void)state;
	for (int round = 0; round < 10000; round++) {
		struct terms t = { .n = 0 };
		int whole[TERMS_MAX], score, sum = 0;

		for (int i = 0; i < TERMS_MAX; i++) {
			random = random * 1664525 + 1013904223;
			add(&t, (enum signal)i, (int32_t)(random >> 8) % 5000 - 2500);
		}
		terms_whole_points(&t, whole, &score);
		for (int i = 0; i < t.n; i++) {
			sum += whole[i];
			assert_true(abs(whole[i] * 100 - t.term[i].points) < 100);
		}
		assert_int_equal(sum, score);
		assert_true(abs(score * 100 - t.score) <= 50);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_signal_has_a_name_of_its_own),
		cmocka_unit_test(terms_stand_largest_first_whatever_their_sign),
		cmocka_unit_test(terms_come_back_as_they_were),
		cmocka_unit_test(no_terms_are_kept_too),
		cmocka_unit_test(terms_that_find_no_room_leave_the_buffer_alone),
		cmocka_unit_test(damaged_terms_are_refused_or_sound),
		cmocka_unit_test(whole_points_go_to_the_largest_remainders),
		cmocka_unit_test(whole_points_always_add_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
