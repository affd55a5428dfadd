#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "lede/base/clock.h"
#include "lede/base/mailbox.h"
#include "lede/base/mem.h"

/* A message that counts the number of its kind that were dropped. */
struct counted { struct message m; atomic_int *dropped; };

static void drop_counted(struct message *m)
{
	atomic_fetch_add(((struct counted *)(void *)m)->dropped, 1);
	free(m);
}

static struct message *counted(int kind, atomic_int *dropped)
{
	struct counted *c = mem_new(sizeof *c);

	c->m.kind = kind;
	c->m.drop = drop_counted;
	c->dropped = dropped;
	return &c->m;
}

static struct message *message(int kind, bool urgent, size_t weight)
{
	struct message *m = mem_new(sizeof *m);

	m->kind = kind;
	m->urgent = urgent;
	m->weight = weight;
	return m;
}

static int taken_kind(struct mailbox *box)
{
	struct message *m;
	int kind = -1;

	if (mailbox_take(box, &m)) {
		kind = m->kind;
		free(m);
	}
	return kind;
}

static bool readable(const struct mailbox *box)
{
	struct pollfd p = { .fd = mailbox_fd(box), .events = POLLIN };

	return poll(&p, 1, 0) == 1 && (p.revents & POLLIN);
}

static int64_t ticks(void)
{
	struct clock c = clock_system();

	return clock_ticks(&c);
}

static void nap(void)
{
	nanosleep(&(struct timespec){ 0, 20 * 1000000 }, NULL);
}

static pthread_t started(void *(*run)(void *), void *with)
{
	pthread_t t;

	assert_int_equal(pthread_create(&t, NULL, run, with), 0);
	return t;
}

/* ---- one thread ---- */

static void first_in_is_first_out(void **state)
{
	struct mailbox *box = mailbox_new(0);

	(void)state;
	for (int i = 0; i < 5; i++)
		mailbox_give(box, message(i, false, 0));
	for (int i = 0; i < 5; i++)
		assert_int_equal(taken_kind(box), i);
	assert_int_equal(taken_kind(box), -1);
	mailbox_free(box);
}

static void urgent_messages_overtake_and_keep_their_own_order(void **state)
{
	struct mailbox *box = mailbox_new(0);

	(void)state;
	mailbox_give(box, message(3, false, 0));
	mailbox_give(box, message(1, true, 0));
	mailbox_give(box, message(4, false, 0));
	mailbox_give(box, message(2, true, 0));
	assert_true(mailbox_has_urgent(box));
	assert_int_equal(taken_kind(box), 1);
	assert_int_equal(taken_kind(box), 2);
	assert_false(mailbox_has_urgent(box));
	assert_int_equal(taken_kind(box), 3);
	mailbox_give(box, message(5, true, 0));
	assert_int_equal(taken_kind(box), 5);
	assert_int_equal(taken_kind(box), 4);
	mailbox_free(box);
}

static void an_empty_box_gives_nothing(void **state)
{
	struct mailbox *box = mailbox_new(0);
	struct message *m = message(1, false, 0), *none = m;

	(void)state;
	assert_true(mailbox_is_empty(box));
	assert_false(mailbox_take(box, &none));
	assert_null(none);
	mailbox_give(box, m);
	assert_false(mailbox_is_empty(box));
	assert_int_equal(taken_kind(box), 1);
	assert_true(mailbox_is_empty(box));
	mailbox_free(box);
	mailbox_free(NULL);
}

static void a_taken_message_is_on_no_list(void **state)
{
	struct mailbox *box = mailbox_new(0);
	struct message *m;

	(void)state;
	mailbox_give(box, message(1, false, 0));
	mailbox_give(box, message(2, false, 0));
	assert_true(mailbox_take(box, &m));
	assert_null(m->next);
	/* It can go on to another box, or back into this one. */
	mailbox_give(box, m);
	assert_int_equal(taken_kind(box), 2);
	assert_int_equal(taken_kind(box), 1);
	mailbox_free(box);
}

static void the_descriptor_is_readable_exactly_while_something_is_inside(void **state)
{
	struct mailbox *box = mailbox_new(0);

	(void)state;
	for (int round = 0; round < 3; round++) {
		assert_false(readable(box));
		mailbox_give(box, message(1, false, 0));
		assert_true(readable(box));
		mailbox_give(box, message(2, true, 0));
		assert_int_equal(taken_kind(box), 2);
		assert_true(readable(box));
		assert_int_equal(taken_kind(box), 1);
		assert_false(readable(box));
		assert_int_equal(taken_kind(box), -1);
	}
	mailbox_free(box);
}

/* More messages than a pipe holds bytes: giving must not wait for somebody to read. */
static void any_number_of_messages_can_be_given_without_waiting(void **state)
{
	struct mailbox *box = mailbox_new(1);
	int n = 0;

	(void)state;
	for (int i = 0; i < 70000; i++)
		mailbox_give(box, message(i, false, 10));
	while (taken_kind(box) == n)
		n++;
	assert_int_equal(n, 70000);
	assert_false(readable(box));
	mailbox_free(box);
}

static void programs_that_are_started_do_not_inherit_the_descriptor(void **state)
{
	struct mailbox *box = mailbox_new(0);

	(void)state;
	assert_true(fcntl(mailbox_fd(box), F_GETFD) & FD_CLOEXEC);
	assert_true(fcntl(mailbox_fd(box), F_GETFL) & O_NONBLOCK);
	mailbox_free(box);
}

/* ---- closing and dropping ---- */

static void freeing_drops_what_nobody_took(void **state)
{
	struct mailbox *box = mailbox_new(0);
	atomic_int dropped = 0;

	(void)state;
	for (int i = 0; i < 3; i++)
		mailbox_give(box, counted(i, &dropped));
	mailbox_give(box, message(9, true, 0));       /* no drop: plain free() */
	mailbox_free(box);
	assert_int_equal(dropped, 3);
}

static void a_closed_box_gives_what_it_has_and_takes_no_more(void **state)
{
	struct mailbox *box = mailbox_new(0);
	atomic_int dropped = 0;
	struct message *m;

	(void)state;
	mailbox_give(box, message(1, false, 0));
	mailbox_give(box, message(2, false, 0));
	assert_false(mailbox_is_closed(box));
	mailbox_close(box);
	assert_true(mailbox_is_closed(box));
	mailbox_give(box, counted(3, &dropped));
	assert_false(mailbox_give_wait(box, counted(4, &dropped)));
	assert_int_equal(dropped, 2);
	assert_int_equal(taken_kind(box), 1);
	assert_true(mailbox_wait(box, &m, -1));
	assert_int_equal(m->kind, 2);
	free(m);
	assert_false(mailbox_wait(box, &m, -1));
	assert_false(readable(box));
	mailbox_close(box);
	mailbox_free(box);
}

static void waiting_ends_with_its_time(void **state)
{
	struct mailbox *box = mailbox_new(0);
	int64_t start = ticks();
	struct message *m;

	(void)state;
	assert_false(mailbox_wait(box, &m, 0));
	assert_true(ticks() - start < 5000);
	start = ticks();
	assert_false(mailbox_wait(box, &m, 30));
	assert_null(m);
	assert_true(ticks() - start >= 29);
	mailbox_give(box, message(1, false, 0));
	assert_true(mailbox_wait(box, &m, 0));
	free(m);
	mailbox_free(box);
}

/* ---- several threads ---- */

static void *give_one_later(void *box)
{
	nap();
	mailbox_give(box, message(42, false, 0));
	return NULL;
}

static void whoever_waits_is_woken_by_a_message(void **state)
{
	struct mailbox *box = mailbox_new(0);
	pthread_t giver = started(give_one_later, box);
	struct message *m;

	(void)state;
	assert_true(mailbox_wait(box, &m, -1));
	assert_int_equal(m->kind, 42);
	free(m);
	pthread_join(giver, NULL);
	mailbox_free(box);
}

static void whoever_polls_is_woken_by_a_message(void **state)
{
	struct mailbox *box = mailbox_new(0);
	struct pollfd p = { .fd = mailbox_fd(box), .events = POLLIN };
	pthread_t giver = started(give_one_later, box);

	(void)state;
	assert_int_equal(poll(&p, 1, 20000), 1);
	assert_int_equal(taken_kind(box), 42);
	pthread_join(giver, NULL);
	mailbox_free(box);
}

static void *wait_for_ever(void *box)
{
	struct message *m;

	return mailbox_wait(box, &m, -1) ? box : NULL;
}

static void closing_wakes_everybody_who_waits(void **state)
{
	struct mailbox *box = mailbox_new(0);
	pthread_t waiter[3];
	void *got;

	(void)state;
	for (int i = 0; i < 3; i++)
		waiter[i] = started(wait_for_ever, box);
	nap();
	mailbox_close(box);
	for (int i = 0; i < 3; i++) {
		pthread_join(waiter[i], &got);
		assert_null(got);
	}
	mailbox_free(box);
}

struct giving { struct mailbox *box; atomic_int given, dropped, refused; };

static void *give_one_when_there_is_room(void *with)
{
	struct giving *g = with;
	struct message *m = counted(1, &g->dropped);

	m->weight = 10;
	if (mailbox_give_wait(g->box, m))
		atomic_fetch_add(&g->given, 1);
	else
		atomic_fetch_add(&g->refused, 1);
	return NULL;
}

static void a_giver_waits_while_the_box_holds_more_than_its_limit(void **state)
{
	struct giving g = { .box = mailbox_new(15) };
	pthread_t giver;

	(void)state;
	/* Up to the limit and once past it nobody waits. */
	give_one_when_there_is_room(&g);
	give_one_when_there_is_room(&g);
	assert_int_equal(g.given, 2);
	giver = started(give_one_when_there_is_room, &g);
	nap();
	assert_int_equal(g.given, 2);
	assert_int_equal(taken_kind(g.box), 1);
	pthread_join(giver, NULL);
	assert_int_equal(g.given, 3);
	mailbox_free(g.box);
	assert_int_equal(g.dropped, 2);
}

static void whoever_does_not_wait_may_pass_the_limit(void **state)
{
	struct mailbox *box = mailbox_new(5);

	(void)state;
	for (int i = 0; i < 3; i++)
		mailbox_give(box, message(i, false, 100));
	for (int i = 0; i < 3; i++)
		assert_int_equal(taken_kind(box), i);
	assert_true(mailbox_give_wait(box, message(3, false, 100)));
	mailbox_free(box);
}

static void closing_drops_what_a_waiting_giver_holds(void **state)
{
	struct giving g = { .box = mailbox_new(5) };
	pthread_t giver[2];

	(void)state;
	mailbox_give(g.box, message(1, false, 6));
	for (int i = 0; i < 2; i++)
		giver[i] = started(give_one_when_there_is_room, &g);
	nap();
	mailbox_close(g.box);
	for (int i = 0; i < 2; i++)
		pthread_join(giver[i], NULL);
	assert_int_equal(g.refused, 2);
	assert_int_equal(g.dropped, 2);
	assert_int_equal(taken_kind(g.box), 1);
	mailbox_free(g.box);
}

enum { GIVERS = 4, EACH = 3000 };
struct lane { struct mailbox *box; int number; };

/* kind says who gave it and as which one. */
static void *give_many(void *with)
{
	const struct lane *l = with;

	for (int i = 0; i < EACH; i++)
		if (!mailbox_give_wait(l->box, message(l->number * EACH + i, false, 1)))
			break;
	return NULL;
}

static void messages_of_several_givers_all_arrive_each_in_its_order(void **state)
{
	struct mailbox *box = mailbox_new(50);
	struct lane lane[GIVERS];
	pthread_t giver[GIVERS];
	int next[GIVERS] = { 0 };
	struct message *m;

	(void)state;
	for (int i = 0; i < GIVERS; i++) {
		lane[i] = (struct lane){ box, i };
		giver[i] = started(give_many, &lane[i]);
	}
	for (int n = 0; n < GIVERS * EACH; n++) {
		assert_true(mailbox_wait(box, &m, -1));
		assert_int_equal(m->kind % EACH, next[m->kind / EACH]++);
		free(m);
	}
	assert_true(mailbox_is_empty(box));
	assert_false(readable(box));
	for (int i = 0; i < GIVERS; i++)
		pthread_join(giver[i], NULL);
	mailbox_free(box);
}

static void *take_many(void *box)
{
	struct message *m;
	intptr_t n = 0;

	while (mailbox_wait(box, &m, -1)) {
		free(m);
		n++;
	}
	return (void *)n;
}

static void several_takers_share_what_is_given(void **state)
{
	struct mailbox *box = mailbox_new(20);
	struct lane lane = { box, 0 };
	pthread_t taker[3];
	intptr_t all = 0;
	void *n;

	(void)state;
	for (int i = 0; i < 3; i++)
		taker[i] = started(take_many, box);
	give_many(&lane);
	mailbox_close(box);
	for (int i = 0; i < 3; i++) {
		pthread_join(taker[i], &n);
		all += (intptr_t)n;
	}
	assert_int_equal(all, EACH);
	mailbox_free(box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_in_is_first_out),
		cmocka_unit_test(urgent_messages_overtake_and_keep_their_own_order),
		cmocka_unit_test(an_empty_box_gives_nothing),
		cmocka_unit_test(a_taken_message_is_on_no_list),
		cmocka_unit_test(the_descriptor_is_readable_exactly_while_something_is_inside),
		cmocka_unit_test(any_number_of_messages_can_be_given_without_waiting),
		cmocka_unit_test(programs_that_are_started_do_not_inherit_the_descriptor),
		cmocka_unit_test(freeing_drops_what_nobody_took),
		cmocka_unit_test(a_closed_box_gives_what_it_has_and_takes_no_more),
		cmocka_unit_test(waiting_ends_with_its_time),
		cmocka_unit_test(whoever_waits_is_woken_by_a_message),
		cmocka_unit_test(whoever_polls_is_woken_by_a_message),
		cmocka_unit_test(closing_wakes_everybody_who_waits),
		cmocka_unit_test(a_giver_waits_while_the_box_holds_more_than_its_limit),
		cmocka_unit_test(whoever_does_not_wait_may_pass_the_limit),
		cmocka_unit_test(closing_drops_what_a_waiting_giver_holds),
		cmocka_unit_test(messages_of_several_givers_all_arrive_each_in_its_order),
		cmocka_unit_test(several_takers_share_what_is_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
