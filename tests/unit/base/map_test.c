#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/base/hash.h"

static void a_new_map_holds_nothing(void **state)
{
	struct map *m = map_new();
	size_t at = 0;
	uint64_t v;

	(void)state;
	assert_int_equal(map_count(m), 0);
	assert_false(map_get(m, 0, &v));
	assert_false(map_remove(m, 0));
	assert_false(map_next(m, &at, NULL, NULL));
	map_clear(m);
	map_free(m);
	map_free(NULL);
}

static void what_was_put_is_got(void **state)
{
	struct map *m = map_new();
	uint64_t v;

	(void)state;
	map_put(m, 7, 70);
	map_put(m, UINT64_MAX, UINT64_MAX);
	assert_true(map_get(m, 7, &v));
	assert_true(v == 70);
	assert_true(map_get(m, UINT64_MAX, &v));
	assert_true(v == UINT64_MAX);
	assert_false(map_get(m, 8, &v));
	assert_true(map_get(m, 7, NULL));
	assert_int_equal(map_count(m), 2);
	map_free(m);
}

static void zero_is_a_key_like_any_other(void **state)
{
	struct map *m = map_new();
	uint64_t v = 1;

	(void)state;
	map_put(m, 5, 1);
	assert_false(map_get(m, 0, &v));
	map_put(m, 0, 0);
	assert_true(map_get(m, 0, &v));
	assert_true(v == 0);
	assert_true(map_remove(m, 0));
	assert_false(map_get(m, 0, &v));
	assert_int_equal(map_count(m), 1);
	map_free(m);
}

static void putting_again_replaces(void **state)
{
	struct map *m = map_new();
	uint64_t v;

	(void)state;
	for (uint64_t i = 0; i < 100; i++)
		map_put(m, 3, i);
	assert_int_equal(map_count(m), 1);
	assert_true(map_get(m, 3, &v));
	assert_true(v == 99);
	map_free(m);
}

static void everything_is_still_there_after_growth(void **state)
{
	struct map *m = map_new();
	uint64_t v;

	(void)state;
	for (uint64_t i = 0; i < 20000; i++)
		map_put(m, i << 32, i);
	assert_int_equal(map_count(m), 20000);
	for (uint64_t i = 0; i < 20000; i++) {
		assert_true(map_get(m, i << 32, &v));
		assert_true(v == i);
	}
	assert_false(map_get(m, 1, &v));
	map_free(m);
}

static void a_cleared_map_is_empty_and_usable(void **state)
{
	struct map *m = map_new();
	uint64_t v;

	(void)state;
	for (uint64_t i = 0; i < 50; i++)
		map_put(m, i, i);
	map_clear(m);
	assert_int_equal(map_count(m), 0);
	assert_false(map_get(m, 4, &v));
	map_put(m, 4, 44);
	assert_true(map_get(m, 4, &v));
	assert_true(v == 44);
	map_free(m);
}

static void a_walk_meets_every_key_once(void **state)
{
	struct map *m = map_new();
	unsigned char seen[1000] = { 0 };
	uint64_t k, v;
	size_t at = 0, n = 0;

	(void)state;
	for (uint64_t i = 0; i < 1000; i++)
		map_put(m, i, i * 3);
	while (map_next(m, &at, &k, &v)) {
		assert_true(k < 1000 && v == k * 3);
		assert_int_equal(seen[k]++, 0);
		n++;
	}
	assert_int_equal(n, 1000);
	assert_false(map_next(m, &at, &k, &v));
	map_free(m);
}

/* ---- removal ---- */

enum { KEYS = 96 };

/* What the map should hold, said the simplest way. */
struct model { bool there[KEYS]; uint64_t value[KEYS]; };

static void assert_like_model(const struct map *m, const struct model *want)
{
	size_t n = 0;

	for (uint64_t k = 0; k < KEYS; k++) {
		uint64_t v = 0;

		assert_int_equal(map_get(m, k, &v), want->there[k]);
		if (want->there[k])
			assert_true(v == want->value[k]);
		n += want->there[k];
	}
	assert_int_equal(map_count(m), n);
}

static uint32_t noise(uint32_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 17;
	return *x ^= *x << 5;
}

/* Few keys in a table kept nearly full: runs of occupied slots are long and wrap around its end. */
static void removal_never_hides_another_key(void **state)
{
	struct map *m = map_new();
	struct model want = { { false }, { 0 } };
	uint32_t seed = 2463534242;

	(void)state;
	for (int step = 0; step < 5000; step++) {
		uint32_t k = noise(&seed) % KEYS;

		if (noise(&seed) % 3) {
			map_put(m, k, (uint64_t)step);
			want.there[k] = true;
			want.value[k] = (uint64_t)step;
		} else {
			assert_int_equal(map_remove(m, k), want.there[k]);
			want.there[k] = false;
		}
		assert_like_model(m, &want);
	}
	map_free(m);
}

/* No tombstones: a map that is used for ever stays as quick and as small as a new one. */
static void endless_removal_leaves_no_trace(void **state)
{
	struct map *m = map_new();
	size_t at = 0;

	(void)state;
	for (uint64_t i = 0; i < 200000; i++) {
		map_put(m, i, i);
		if (i >= 8)
			assert_true(map_remove(m, i - 8));
	}
	assert_int_equal(map_count(m), 8);
	while (map_next(m, &at, NULL, NULL))
		;
	assert_in_range(at, 8, 64);
	map_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_map_holds_nothing),
		cmocka_unit_test(what_was_put_is_got),
		cmocka_unit_test(zero_is_a_key_like_any_other),
		cmocka_unit_test(putting_again_replaces),
		cmocka_unit_test(everything_is_still_there_after_growth),
		cmocka_unit_test(a_cleared_map_is_empty_and_usable),
		cmocka_unit_test(a_walk_meets_every_key_once),
		cmocka_unit_test(removal_never_hides_another_key),
		cmocka_unit_test(endless_removal_leaves_no_trace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
