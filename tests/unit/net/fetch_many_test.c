/* Many requests at once: order, cancelling, closing, the gate for bodies. */
#include "lede/net/fetch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "client.h"

#define MANY 200
#define BODY "<rss/>\n"

static void plain(struct talk *t)
{
	talk_ok(t, "", BODY);
}

static void slow_answer(struct talk *t)
{
	if (talk_sleep(t, 100))
		talk_ok(t, "", BODY);
}

static void hangs(struct talk *t)
{
	talk_sleep(t, 20000);
}

static void half(struct talk *t)
{
	talk_send(t, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789");
	talk_sleep(t, 20000);
}

static void half_a_second(struct talk *t)
{
	talk_send(t, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n0123456789");
	if (talk_sleep(t, 500))
		talk_send(t, "0123456789");
}

static void endless(struct talk *t)
{
	talk_send(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
	while (!talk_is_over(t))
		talk_send(t, "20\r\n0123456789abcdef0123456789abcdef\r\n");
}

static const struct server_route routes[] = {
	{ "/plain*", plain },
	{ "/slow", slow_answer },
	{ "/hangs", hangs },
	{ "/half", half },
	{ "/half-a-second", half_a_second },
	{ "/endless", endless },
	{ 0 }
};

static int open_client(void **state)
{
	*state = client_new(routes);
	return 0;
}

static int close_client(void **state)
{
	client_free(*state);
	return 0;
}

static void start_many(struct client *c, const char *path, int n)
{
	struct fetch_request r = client_ask(c, path);

	for (int i = 0; i < n; i++)
		client_start(c, &r, client_got(c));
}

static void assert_all_done(struct client *c)
{
	for (int i = 0; i < c->n; i++) {
		client_wait(c, c->got[i]);
		assert_int_equal(c->got[i]->result.outcome, FETCH_DONE);
	}
}

/* Closes the fetcher by hand and tells how long that took. */
static int64_t close_fetcher(struct client *c)
{
	int64_t before = client_ticks();

	c->fetcher->close(c->fetcher);
	c->fetcher = NULL;
	return client_ticks() - before;
}

/* ---- many ---- */

static void two_hundred_at_once_all_end_well(void **state)
{
	struct client *c = *state;

	start_many(c, "/plain", MANY);
	assert_all_done(c);
	assert_int_equal(server_count(c->server), MANY);
	for (int i = 0; i < MANY; i++)
		assert_string_equal(buf_cstr(&c->got[i]->body), BODY);
}

static void near_machines_are_asked_side_by_side(void **state)
{
	struct client *c = *state;
	int64_t before = client_ticks();

	start_many(c, "/slow", 50);
	assert_all_done(c);
	assert_true(client_ticks() - before <
	            1500); /* 5 s one after the other, 25 s with spacing */
}

static void every_request_has_its_own_name(void **state)
{
	struct client *c = *state;

	start_many(c, "/plain", 20);
	assert_all_done(c);
	for (int i = 0; i < 20; i++)
		for (int k = 0; k < i; k++)
			assert_true(c->got[i]->id != c->got[k]->id);
}

static void the_request_is_copied(void **state)
{
	struct client *c = *state;
	struct fetch_request r = client_ask(c, "/plain-copy");
	struct got *g = client_got(c);
	char url[64];

	snprintf(url, sizeof url, "%.*s", (int)r.url.n, r.url.p);
	r.url = str_of(url);
	client_start(c, &r, g);
	memset(url, 'x', sizeof url);
	assert_int_equal(client_wait(c, g)->result.status, 200);
}

/* ---- the gate ---- */

static void bodies_beyond_the_gate_wait_and_come_whole(void **state)
{
	struct client *c = *state;

	start_many(c, "/half-a-second", 80);
	assert_all_done(c);
	for (int i = 0; i < c->n; i++)
		assert_int_equal(c->got[i]->body.n, 20);
}

static void waiting_at_the_gate_is_no_slowness_of_the_server(void **state)
{
	struct client *c = *state;
	struct fetch_request slow = client_ask(c, "/half"), quick = client_ask(c, "/plain");
	struct got *held[32], *g = client_got(c);

	slow.timeout = 2;
	quick.timeout = 1;
	for (int i = 0; i < 32; i++)
		client_start(c, &slow, held[i] = client_got(c));
	for (int i = 0; i < 32; i++)
		client_wait_for_data(held[i], 1);
	client_start(c, &quick, g);
	client_wait(c, g);
	assert_int_equal(g->result.outcome, FETCH_DONE);
	assert_string_equal(buf_cstr(&g->body), BODY);
	for (int i = 0; i < 32; i++)
		assert_int_equal(client_wait(c, held[i])->result.outcome, FETCH_FAILED);
}

static void a_request_waiting_at_the_gate_can_be_cancelled(void **state)
{
	struct client *c = *state;
	struct got *g = client_got(c), *other = client_got(c);
	struct fetch_request r = client_ask(c, "/half"), quick = client_ask(c, "/plain");

	start_many(c, "/half", 32);
	for (int i = 2; i < 34; i++)
		client_wait_for_data(c->got[i], 1);
	client_start(c, &r, g);
	client_start(c, &quick, other);
	client_wait_for_data(g, 0);
	client_wait_for_data(other, 0);
	c->fetcher->cancel(c->fetcher, g->id);
	assert_int_equal(client_wait(c, g)->result.outcome, FETCH_CANCELLED);
	assert_int_equal(g->body.n, 0);
	c->fetcher->cancel(c->fetcher, c->got[2]->id);
	assert_int_equal(client_wait(c, other)->result.outcome, FETCH_DONE);
}

/* ---- stopping ---- */

static void a_sink_may_stop_at_the_headers(void **state)
{
	struct client *c = *state;
	struct fetch_request r = client_ask(c, "/endless");
	struct got *g = client_got(c);

	g->stops_at_begin = true;
	client_start(c, &r, g);
	client_wait(c, g);
	assert_int_equal(g->result.outcome, FETCH_STOPPED);
	assert_int_equal(g->result.status, 200);
	assert_int_equal(g->datas, 0);
	assert_int_equal(g->result.error.code, ERR_NONE);
}

static void a_sink_may_stop_within_the_body(void **state)
{
	struct client *c = *state;
	struct fetch_request r = client_ask(c, "/endless");
	struct got *g = client_got(c);

	g->stops_after = 1000;
	client_start(c, &r, g);
	client_wait(c, g);
	assert_int_equal(g->result.outcome, FETCH_STOPPED);
	assert_true(g->body.n < 100000);
}

static void cancelling_in_the_middle_ends_it(void **state)
{
	struct client *c = *state;
	struct fetch_request r = client_ask(c, "/half");
	struct got *g = client_got(c);

	client_start(c, &r, g);
	client_wait_for_data(g, 1);
	int64_t before = client_ticks();
	c->fetcher->cancel(c->fetcher, g->id);
	client_wait(c, g);
	assert_true(client_ticks() - before < 100);
	assert_int_equal(g->result.outcome, FETCH_CANCELLED);
	assert_int_equal(g->result.error.code, ERR_CANCEL);
	assert_int_equal(g->body.n, 10);
	assert_int_equal(client_get(c, "/plain")->result.outcome, FETCH_DONE);
}

static void cancelling_what_has_ended_does_nothing(void **state)
{
	struct client *c = *state;
	struct got *g = client_get(c, "/plain");

	c->fetcher->cancel(c->fetcher, g->id);
	c->fetcher->cancel(c->fetcher, 12345678);
	assert_int_equal(client_get(c, "/plain")->result.outcome, FETCH_DONE);
	assert_int_equal(g->ends, 1);
}

static void all_can_be_cancelled_those_waiting_too(void **state)
{
	struct client *c = *state;

	start_many(c, "/hangs", 400);                 /* more than run at once */
	c->fetcher->cancel_all(c->fetcher);
	for (int i = 0; i < c->n; i++)
		assert_int_equal(client_wait(c, c->got[i])->result.outcome, FETCH_CANCELLED);
	assert_int_equal(client_get(c, "/plain")->result.outcome, FETCH_DONE);
}

/* Milliseconds that closing takes while much is open. */
static int64_t close_in_the_middle(void)
{
	struct client *c = client_new(routes);
	int64_t took;

	start_many(c, "/half", 20);
	start_many(c, "/endless", 2);
	start_many(c, "/hangs", 300);
	for (int i = 0; i < 22; i++)
		client_wait_for_data(c->got[i], 1);
	took = close_fetcher(c);
	for (int i = 0; i < c->n; i++)
		assert_int_equal(c->got[i]->result.outcome, FETCH_CANCELLED);
	client_free(c);
	return took;
}

/* The machine may be busy with something else, but not three times. */
static void closing_takes_under_100_ms_whatever_is_open(void **state)
{
	int tries = 1;

	(void)state;
	while (close_in_the_middle() >= 100)
		assert_true(tries++ < 3);
}

static void closing_at_once_is_fine(void **state)
{
	close_fetcher(*state);
}

/* ---- sinks that ask for more ---- */

struct chain { struct fetcher *fetcher; struct fetch_request ask; atomic_int left; };

static bool chain_begin(void *self, const struct fetch_answer *a)
{
	(void)self;
	return a->status == 200;
}

static bool chain_data(void *self, struct str bytes)
{
	(void)self;
	return bytes.n > 0;
}

static void chain_end(void *self, const struct fetch_result *r)
{
	struct chain *chain = self;
	uint64_t id;

	if (r->outcome == FETCH_DONE && atomic_fetch_sub(&chain->left, 1) > 1)
		chain->fetcher->start(chain->fetcher, &chain->ask, &id);
}

static void a_sink_may_start_the_next_request(void **state)
{
	struct client *c = *state;
	struct chain chain = { .fetcher = c->fetcher, .ask = client_ask(c, "/plain"), .left = 5 };
	int64_t until = client_ticks() + 5000;
	uint64_t id;

	chain.ask.sink = (struct fetch_sink){ .begin = chain_begin, .data = chain_data,
		.end = chain_end, .self = &chain };
	c->fetcher->start(c->fetcher, &chain.ask, &id);
	while (atomic_load(&chain.left) > 0 && client_ticks() < until)
		;
	assert_int_equal(atomic_load(&chain.left), 0);
	close_fetcher(c);
}

/* ---- opening ---- */

static void a_missing_file_of_certificates_is_told(void **state)
{
	struct fetch_options o = { .version = "0", .ca_file = STR("/nowhere/ca.pem"),
		.clock = clock_system() };
	struct fetcher *f = NULL;
	struct error e;

	(void)state;
	assert_int_not_equal(fetch_open(&o, &f, &e), ERR_NONE);
	assert_non_null(strstr(e.text, "/nowhere/ca.pem"));
	assert_null(f);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_client, close_client)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(two_hundred_at_once_all_end_well),
		TEST(near_machines_are_asked_side_by_side),
		TEST(every_request_has_its_own_name),
		TEST(the_request_is_copied),
		TEST(bodies_beyond_the_gate_wait_and_come_whole),
		TEST(waiting_at_the_gate_is_no_slowness_of_the_server),
		TEST(a_request_waiting_at_the_gate_can_be_cancelled),
		TEST(a_sink_may_stop_at_the_headers),
		TEST(a_sink_may_stop_within_the_body),
		TEST(cancelling_in_the_middle_ends_it),
		TEST(cancelling_what_has_ended_does_nothing),
		TEST(all_can_be_cancelled_those_waiting_too),
		cmocka_unit_test(closing_takes_under_100_ms_whatever_is_open),
		TEST(closing_at_once_is_fine),
		TEST(a_sink_may_start_the_next_request),
		cmocka_unit_test(a_missing_file_of_certificates_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
