#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "lede/base/clock.h"

static void the_system_clock_counts_seconds_since_1970(void **state)
{
	struct clock c = clock_system();
	int64_t before = time(NULL), now = clock_now(&c), after = time(NULL);

	(void)state;
	assert_true(before <= now && now <= after);
}

static void ticks_are_milliseconds_that_never_fall(void **state)
{
	const struct timespec nap = { 0, 30 * 1000000 };
	struct clock c = clock_system();
	int64_t start = clock_ticks(&c), last = start, t;

	(void)state;
	for (int i = 0; i < 10000; i++, last = t) {
		t = clock_ticks(&c);
		assert_true(t >= last);
	}
	last = clock_ticks(&c);
	nanosleep(&nap, NULL);
	/* Rounding may swallow one; a busy machine may sleep for long. */
	assert_true(clock_ticks(&c) - last >= 29);
	assert_true(clock_ticks(&c) - start < 60000);
}

static void a_fixed_clock_stands_still_but_its_ticks_do_not(void **state)
{
	const struct timespec nap = { 0, 5 * 1000000 };
	struct clock c = clock_fixed(1000000000);
	int64_t ticks = clock_ticks(&c);

	(void)state;
	nanosleep(&nap, NULL);
	assert_int_equal(clock_now(&c), 1000000000);
	assert_true(clock_ticks(&c) > ticks);
}

static void a_fixed_clock_may_stand_before_1970_or_after_2038(void **state)
{
	struct clock old = clock_fixed(-1), late = clock_fixed(INT64_C(1) << 40);

	(void)state;
	assert_true(clock_now(&old) == -1);
	assert_true(clock_now(&late) == INT64_C(1) << 40);
}

static void a_clock_can_be_copied(void **state)
{
	struct clock c = clock_fixed(42), copy = c;

	(void)state;
	c.fixed = 43;
	assert_int_equal(clock_now(&copy), 42);
	assert_int_equal(clock_now(&c), 43);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_system_clock_counts_seconds_since_1970),
		cmocka_unit_test(ticks_are_milliseconds_that_never_fall),
		cmocka_unit_test(a_fixed_clock_stands_still_but_its_ticks_do_not),
		cmocka_unit_test(a_fixed_clock_may_stand_before_1970_or_after_2038),
		cmocka_unit_test(a_clock_can_be_copied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
