#include "folding.h"

#include <math.h>

#include "lede/rank/score.h"

#define DAY 86400

/* What was put, as a store would keep it. */
struct rows {
	struct row {
		enum profile_kind kind;
		int64_t key;
		double weight;
	} row[100];
	int n, calls;
};

static void put(void *self, enum profile_kind kind, int64_t key, double weight)
{
	struct rows *r = self;
	int i = 0;

	while (i < r->n && (r->row[i].kind != kind || r->row[i].key != key))
		i++;
	assert_true(i < 100);
	r->row[i] = (struct row){ kind, key, weight };
	r->n += i == r->n;
	r->calls++;
}

static int64_t word(const char *w)
{
	return token_bucket(token_hash(str_of(w)));
}

static void learn(struct profile *p, int64_t at, double amount, int64_t feed, const char *title,
		  struct rows *r)
{
	struct buf terms = terms_of_title(title);

	profile_learn(p, at, amount, feed, buf_view(&terms), r ? put : NULL, r);
	buf_free(&terms);
}

static void assert_near(double a, double b)
{
	assert_true(fabs(a - b) < 1e-4);
}

static void what_is_kept_counts_for_its_words_its_feed_and_all(void **state)
{
	struct profile *p = profile_new();

	(void)state;
	learn(p, MONDAY, 1, 7, "Data rules", NULL);
	learn(p, MONDAY, .5, 8, "Data centre", NULL);
	assert_near(profile_now(p, PROFILE_WORD, word("data"), MONDAY), 1.5);
	assert_near(profile_now(p, PROFILE_WORD, word("rules"), MONDAY), 1);
	assert_near(profile_now(p, PROFILE_FEED, 7, MONDAY), 1);
	assert_near(profile_now(p, PROFILE_FEED, 8, MONDAY), .5);
	assert_near(profile_now(p, PROFILE_TOTAL, 0, MONDAY), 1.5);
	assert_near(profile_now(p, PROFILE_WORD, word("chess"), MONDAY), 0);
	profile_free(p);
}

static void weights_halve_in_120_days(void **state)
{
	struct profile *p = profile_new();

	(void)state;
	learn(p, MONDAY, 1, 7, "Data rules", NULL);
	assert_near(profile_now(p, PROFILE_FEED, 7, MONDAY + 120 * DAY), .5);
	assert_near(profile_now(p, PROFILE_FEED, 7, MONDAY + 240 * DAY), .25);
	learn(p, MONDAY + 120 * DAY, 1, 7, "Data rules", NULL);
	assert_near(profile_now(p, PROFILE_FEED, 7, MONDAY + 120 * DAY), 1.5);
	profile_free(p);
}

static void counts_below_nothing_count_as_nothing(void **state)
{
	struct profile *p = profile_new();

	(void)state;
	learn(p, MONDAY, -.25, 7, "Data rules", NULL);
	assert_true(profile_get(p, PROFILE_FEED, 7) < 0);
	assert_near(profile_now(p, PROFILE_FEED, 7, MONDAY), 0);
	profile_free(p);
}

static void the_opposite_undoes_exactly(void **state)
{
	static const double amounts[] = { 1, .5, -.25 };
	struct profile *p = profile_new();

	(void)state;
	for (int i = 0; i < 300; i++)
		learn(p, MONDAY + i * DAY, amounts[i % 3], i % 4, "Data rules data", NULL);
	double words = profile_get(p, PROFILE_WORD, word("data")),
	       feed = profile_get(p, PROFILE_FEED, 2);

	for (int i = 250; i < 300; i++)
		learn(p, MONDAY + i * DAY, 1, 2, "Data rules", NULL);
	for (int i = 250; i < 300; i++)
		learn(p, MONDAY + i * DAY, -1, 2, "Data rules", NULL);
	assert_true(profile_get(p, PROFILE_WORD, word("data")) == words);
	assert_true(profile_get(p, PROFILE_FEED, 2) == feed);
	profile_free(p);
}

static struct profile *read_back(const struct rows *r)
{
	struct profile *p = profile_new();

	for (int i = 0; i < r->n; i++)
		profile_set(p, r->row[i].kind, r->row[i].key, r->row[i].weight);
	return p;
}

static void what_was_put_is_the_whole_profile(void **state)
{
	struct profile *p = profile_new();
	struct rows rows = { .n = 0 };

	(void)state;
	for (int i = 0; i < 40; i++)
		learn(p, MONDAY + i * 40 * DAY, 1, i % 3 - 1, i % 2 ? "Data rules" : "Chess title",
		      &rows);
	struct profile *back = read_back(&rows);
	int64_t now = MONDAY + 40 * 40 * DAY;

	assert_true(profile_get(p, PROFILE_EPOCH, 0) == profile_get(back, PROFILE_EPOCH, 0));
	for (int64_t feed = -1; feed < 2; feed++)
		assert_true(profile_now(p, PROFILE_FEED, feed, now) ==
			    profile_now(back, PROFILE_FEED, feed, now));
	assert_true(profile_now(p, PROFILE_WORD, word("data"), now) > 0);
	assert_true(profile_now(p, PROFILE_WORD, word("data"), now)
		    == profile_now(back, PROFILE_WORD, word("data"), now));
	profile_free(back);
	profile_free(p);
}

static void each_event_puts_only_what_it_changes(void **state)
{
	struct profile *p = profile_new();
	struct rows rows = { .n = 0 };

	(void)state;
	learn(p, MONDAY, 1, 7, "Data rules", &rows);
	rows.calls = 0;
	learn(p, MONDAY + DAY, 1, 7, "Data rules", &rows);
	assert_int_equal(rows.calls, 4);
	profile_free(p);
}

/* Years of growth would leave the range in which doubles add exactly. */
static void weights_stay_small_over_decades(void **state)
{
	struct profile *p = profile_new();
	int64_t at = MONDAY;

	(void)state;
	for (int i = 0; i < 400; i++, at += 30 * DAY)
		learn(p, at, 1, 7, "Data rules", NULL);
	assert_true(profile_get(p, PROFILE_FEED, 7) < 100);
	assert_near(profile_now(p, PROFILE_FEED, 7, at - 30 * DAY), 1 / (1 - exp2(-.25)));
	profile_free(p);
}

static void leaning_weighs_words_double(void **state)
{
	struct profile *p = profile_new();
	struct buf terms = terms_of_title("Data rules");

	(void)state;
	profile_lean(p, MONDAY, 1, 7, buf_view(&terms), NULL, NULL);
	assert_near(profile_now(p, PROFILE_WORD, word("data"), MONDAY), 2);
	assert_near(profile_now(p, PROFILE_FEED, 7, MONDAY), 1);
	profile_lean(p, MONDAY, -1, 7, buf_view(&terms), NULL, NULL);
	assert_true(profile_get(p, PROFILE_WORD, word("data")) == 0);
	buf_free(&terms);
	profile_free(p);
}

static void nonsense_from_the_store_is_ignored(void **state)
{
	struct profile *p = profile_new();

	(void)state;
	profile_set(p, PROFILE_FEED, 7, NAN);
	profile_set(p, PROFILE_FEED, 8, INFINITY);
	profile_set(p, PROFILE_EPOCH, 0, 1e300);
	assert_true(profile_get(p, PROFILE_FEED, 7) == 0);
	assert_true(profile_get(p, PROFILE_FEED, 8) == 0);
	profile_learn(p, MONDAY, 1, 7, STR("no terms"), NULL, NULL);
	assert_near(profile_now(p, PROFILE_FEED, 7, MONDAY), 1);
	profile_free(p);
	profile_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_kept_counts_for_its_words_its_feed_and_all),
		cmocka_unit_test(weights_halve_in_120_days),
		cmocka_unit_test(counts_below_nothing_count_as_nothing),
		cmocka_unit_test(the_opposite_undoes_exactly),
		cmocka_unit_test(what_was_put_is_the_whole_profile),
		cmocka_unit_test(each_event_puts_only_what_it_changes),
		cmocka_unit_test(weights_stay_small_over_decades),
		cmocka_unit_test(leaning_weighs_words_double),
		cmocka_unit_test(nonsense_from_the_store_is_ignored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
