#include "lede/net/queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define DAY (INT64_C(24) * 60 * 60 * 1000)

/* A queue and the items of a test; items[i] is known by its number. */
struct bench { struct queue *q; struct queue_item items[64]; int n; };

static struct bench bench_with(int total)
{
	struct queue_limits l = { .total = total, .per_host = 2, .streams = 4, .spacing_ms = 500,
		.near = 32 };

	return (struct bench){ .q = queue_new(&l) };
}

static void add(struct bench *b, const char *host, int n)
{
	for (int i = 0; i < n; i++)
		queue_add(b->q, &b->items[b->n++], str_of(host), false);
}

/* The number of the item that may start now, or -1. */
static int take(struct bench *b, int64_t now)
{
	struct queue_item *it = queue_take(b->q, now);

	return it ? (int)(it - b->items) : -1;
}

static void done(struct bench *b, int i)
{
	queue_done(b->q, &b->items[i]);
}

static void starts_at_one_host_are_spaced(void **state)
{
	struct bench b = bench_with(10);

	(void)state;
	add(&b, "a", 3);
	assert_int_equal(take(&b, 1000), 0);
	assert_int_equal(take(&b, 1000), -1);
	assert_int_equal(queue_wait(b.q, 1000), 500);
	assert_int_equal(queue_wait(b.q, 1400), 100);
	assert_int_equal(take(&b, 1499), -1);
	assert_int_equal(take(&b, 1500), 1);
	queue_free(b.q);
}

static void a_host_has_at_most_two_running(void **state)
{
	struct bench b = bench_with(10);

	(void)state;
	add(&b, "a", 3);
	assert_int_equal(take(&b, 0), 0);
	assert_int_equal(take(&b, 500), 1);
	assert_int_equal(take(&b, 5000), -1);
	assert_int_equal(queue_wait(b.q, 5000), -1);
	done(&b, 0);
	assert_int_equal(queue_wait(b.q, 5000), 0);
	assert_int_equal(take(&b, 5000), 2);
	queue_free(b.q);
}

static void hosts_take_turns(void **state)
{
	struct bench b = bench_with(10);

	(void)state;
	add(&b, "many", 5);
	add(&b, "b", 1);
	add(&b, "c", 1);
	assert_int_equal(take(&b, 0), 0);
	assert_int_equal(take(&b, 0), 5);
	assert_int_equal(take(&b, 0), 6);
	assert_int_equal(take(&b, 0), -1);
	assert_int_equal(take(&b, 500), 1);
	queue_free(b.q);
}

static void near_machines_wait_for_nothing_but_the_total(void **state)
{
	struct bench b = bench_with(6);

	(void)state;
	for (int i = 0; i < 8; i++)
		queue_add(b.q, &b.items[i], STR("127.0.0.1"), true);
	for (int i = 0; i < 6; i++)
		assert_int_equal(take(&b, 0), i);
	assert_int_equal(take(&b, 0), -1);
	assert_int_equal(queue_wait(b.q, 0), -1);
	done(&b, 3);
	assert_int_equal(take(&b, 0), 6);
	queue_free(b.q);
}

/* A small server takes a handful of connections at once: more only when those were heard. */
static void near_machines_begin_with_a_few(void **state)
{
	struct queue_limits l = {
		.total = 100, .per_host = 2, .streams = 4, .spacing_ms = 500, .near = 2
	};
	struct bench b = { .q = queue_new(&l) };

	(void)state;
	for (int i = 0; i < 20; i++)
		queue_add(b.q, &b.items[i], STR("127.0.0.1"), true);
	assert_int_equal(take(&b, 0), 0);
	assert_int_equal(take(&b, 0), 1);
	assert_int_equal(take(&b, 0), -1);
	done(&b, 0);
	assert_int_equal(take(&b, 0), 2);
	assert_int_equal(take(&b, 0), 3);
	assert_int_equal(take(&b, 0), -1);
	queue_free(b.q);
}

static void a_near_machine_that_is_crowded_gets_half(void **state)
{
	struct bench b = bench_with(100);
	int n = 0;

	(void)state;
	for (int i = 0; i < 40; i++)
		queue_add(b.q, &b.items[i], STR("127.0.0.1"), true);
	while (take(&b, 0) >= 0)
		n++;
	assert_int_equal(n, 32);
	queue_host_crowded(b.q, &b.items[0]);
	for (int i = 0; i < 16; i++)
		done(&b, i);
	assert_int_equal(take(&b, 0), -1);
	done(&b, 16);
	assert_int_equal(take(&b, 0), 32);
	assert_int_equal(take(&b, 0), -1);
	queue_free(b.q);
}

static void near_machines_do_not_stand_before_others(void **state)
{
	struct bench b = bench_with(10);

	(void)state;
	for (int i = 0; i < 4; i++)
		queue_add(b.q, &b.items[b.n++], STR("127.0.0.1"), true);
	add(&b, "a", 1);
	assert_int_equal(take(&b, 7), 0);
	assert_int_equal(take(&b, 7), 4);
	assert_int_equal(take(&b, 7), 1);
	queue_free(b.q);
}

static void http2_gives_a_host_four_streams(void **state)
{
	struct bench b = bench_with(10);

	(void)state;
	add(&b, "a", 6);
	take(&b, 0);
	queue_host_streams(b.q, &b.items[0]);
	for (int i = 1; i < 4; i++)
		assert_int_equal(take(&b, i * 500), i);
	assert_int_equal(take(&b, 9000), -1);
	queue_free(b.q);
}

static void a_refusal_doubles_the_spacing_up_to_a_minute(void **state)
{
	struct bench b = bench_with(10);

	(void)state;
	add(&b, "a", 3);
	take(&b, 0);
	queue_host_refused(b.q, &b.items[0], 100);
	done(&b, 0);
	assert_int_equal(queue_wait(b.q, 100), 1000);
	assert_int_equal(take(&b, 1100), 1);
	for (int i = 0; i < 10; i++)
		queue_host_refused(b.q, &b.items[1], 1200);
	assert_int_equal(queue_wait(b.q, 1200), 60000);
	queue_free(b.q);
}

static void the_spacing_relaxes_after_a_day(void **state)
{
	struct bench b = bench_with(10);

	(void)state;
	add(&b, "a", 3);
	take(&b, 0);
	queue_host_refused(b.q, &b.items[0], 100);
	done(&b, 0);
	assert_int_equal(take(&b, DAY + 1000), 1);
	assert_int_equal(queue_wait(b.q, DAY + 1000), 500);
	queue_free(b.q);
}

static void near_machines_are_never_spaced(void **state)
{
	struct bench b = bench_with(10);

	(void)state;
	queue_add(b.q, &b.items[0], STR("127.0.0.1"), true);
	queue_add(b.q, &b.items[1], STR("127.0.0.1"), true);
	take(&b, 0);
	queue_host_refused(b.q, &b.items[0], 0);
	assert_int_equal(take(&b, 0), 1);
	queue_free(b.q);
}

static void what_waits_can_leave_the_line(void **state)
{
	struct bench b = bench_with(10);

	(void)state;
	add(&b, "a", 4);
	done(&b, 0);
	done(&b, 2);
	assert_int_equal(queue_waiting(b.q), 2);
	assert_int_equal(take(&b, 0), 1);
	assert_int_equal(take(&b, 500), 3);
	done(&b, 1);
	done(&b, 3);
	assert_int_equal(queue_running(b.q), 0);
	assert_int_equal(queue_wait(b.q, 500), -1);
	queue_free(b.q);
}

static void count_one(void *self, struct queue_item *it)
{
	int *n = self;

	assert_null(it->host);
	++*n;
}

static void draining_takes_all_that_waits_and_leaves_what_runs(void **state)
{
	struct bench b = bench_with(10);
	int n = 0;

	(void)state;
	add(&b, "a", 5);
	add(&b, "b", 5);
	take(&b, 0);
	queue_drain(b.q, count_one, &n);
	assert_int_equal(n, 9);
	assert_int_equal(queue_waiting(b.q), 0);
	assert_int_equal(queue_running(b.q), 1);
	assert_int_equal(queue_wait(b.q, 0), -1);
	queue_free(b.q);
}

static void avoiding_http2_is_remembered_for_the_host(void **state)
{
	struct bench b = bench_with(10);

	(void)state;
	add(&b, "a", 2);
	add(&b, "b", 1);
	queue_host_avoid_http2(&b.items[0]);
	assert_true(queue_host_avoids_http2(&b.items[1]));
	assert_false(queue_host_avoids_http2(&b.items[2]));
	queue_free(b.q);
}

/* Whatever the order of adding and ending, everything starts once, no host too early, none too
 * often. */
static void a_thousand_hosts_are_served_in_time(void **state)
{
	enum { HOSTS = 1000, EACH = 3 };
	struct queue_limits l = { .total = 50, .per_host = 2, .streams = 4, .spacing_ms = 500 };
	struct queue *q = queue_new(&l);
	struct queue_item *items = calloc((size_t)HOSTS * EACH, sizeof *items), *it;
	int64_t now = 0, *last = calloc(HOSTS, sizeof *last);
	int started = 0;
	char name[16];

	(void)state;
	for (int i = 0; i < HOSTS * EACH; i++) {
		snprintf(name, sizeof name, "h%d", i % HOSTS);
		queue_add(q, &items[i], str_of(name), false);
	}
	for (; started < HOSTS * EACH && now < 1000000; now += 10)
		while ((it = queue_take(q, now))) {
			int host = (int)(it - items) % HOSTS;

			assert_true(last[host] == 0 || now - last[host] >= 500);
			last[host] = now;
			started++;
			queue_done(q, it);
		}
	assert_int_equal(started, HOSTS * EACH);
	assert_true(now <= 1100);
	queue_free(q);
	free(items);
	free(last);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_at_one_host_are_spaced),
		cmocka_unit_test(a_host_has_at_most_two_running),
		cmocka_unit_test(hosts_take_turns),
		cmocka_unit_test(near_machines_wait_for_nothing_but_the_total),
		cmocka_unit_test(near_machines_begin_with_a_few),
		cmocka_unit_test(a_near_machine_that_is_crowded_gets_half),
		cmocka_unit_test(near_machines_do_not_stand_before_others),
		cmocka_unit_test(http2_gives_a_host_four_streams),
		cmocka_unit_test(a_refusal_doubles_the_spacing_up_to_a_minute),
		cmocka_unit_test(the_spacing_relaxes_after_a_day),
		cmocka_unit_test(near_machines_are_never_spaced),
		cmocka_unit_test(what_waits_can_leave_the_line),
		cmocka_unit_test(draining_takes_all_that_waits_and_leaves_what_runs),
		cmocka_unit_test(avoiding_http2_is_remembered_for_the_host),
		cmocka_unit_test(a_thousand_hosts_are_served_in_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
