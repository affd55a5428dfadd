/* Refreshes with the real fetcher, over a server on 127.0.0.1. */
#include "../net/server.h"
#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 40 };

static struct server *server;
static char url[MANY][80];

/* ---- the server ---- */

static void feed(struct talk *t)
{
	char body[2000];

	snprintf(body, sizeof body, "<rss version='2.0'><channel><title>Feed %s</title>"
		 "<item><title>First news of %s</title><guid>%s-1</guid></item>"
		 "<item><title>Second thing in %s</title><guid>%s-2</guid></item></channel></rss>",
		 talk_path(t), talk_path(t), talk_path(t), talk_path(t), talk_path(t));
	talk_ok(t, "Content-Type: application/rss+xml\r\nETag: \"v1\"\r\n"
		   "Last-Modified: Mon, 14 Apr 2025 06:00:00 GMT\r\n", body);
}

static void not_modified(struct talk *t)
{
	talk_send(t, "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n");
}

/* 304 to whoever shows the validators, as a server should. */
static void conditional(struct talk *t)
{
	char *head = server_request(server, server_count(server) - 1);

	if (strstr(head, "If-None-Match: \"v1\"") &&
	    strstr(head, "If-Modified-Since: Mon, 14 Apr 2025 06:00:00 GMT"))
		not_modified(t);
	else
		feed(t);
	free(head);
}

static void hang(struct talk *t)
{
	talk_send(t, "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
		     "Content-Length: 100000\r\n\r\n<rss version='2.0'>");
	while (talk_sleep(t, 1000))
		;
}

static void cut_off(struct talk *t)
{
	talk_send(t, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n"
		     "ETag: \"half\"\r\n\r\n<rss version='2.0'><channel><title>Half</title>"
		  "<item><title>Whole entry</title><guid>w</guid></item><item><title>Half an");
	talk_close(t);
}

static void moved(struct talk *t)
{
	talk_send(t, "HTTP/1.1 301 Moved Permanently\r\nLocation: /feed/0\r\n"
		     "Content-Length: 0\r\n\r\n");
}

static void page(struct talk *t)
{
	talk_ok(t, "Content-Type: text/html\r\n",
		"<!doctype html><html><head><title>Hi</title></head><body>Hello</body></html>");
}

static void unavailable(struct talk *t)
{
	talk_send(t, "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7200\r\n"
		     "Content-Length: 0\r\n\r\n");
}

static const struct server_route routes[] = {
	{ "/feed/*", feed }, { "/conditional", conditional }, { "/hang*", hang },
	{ "/cut", cut_off }, { "/moved", moved },
	{ "/page", page }, { "/unavailable", unavailable }, { NULL, NULL },
};

/* ---- fixture ---- */

static int opened(void **state)
{
	static struct rig r;
	struct fetch_options o = { .version = "0", .clock = clock_system() };
	struct error e = { .code = ERR_NONE };

	server = server_start(routes);
	rig_open(&r);
	assert_ok(fetch_open(&o, &r.fetcher, &e), &e);
	rig_start(&r);
	*state = &r;
	return 0;
}

static int closed(void **state)
{
	rig_close(*state);
	server_stop(server);
	return 0;
}

static const char *subscribe(struct rig *r, const char *path)
{
	char *u = url[r->subs.n];

	snprintf(u, sizeof url[0], "http://127.0.0.1:%d%s", server_port(server), path);
	rig_subscribe(r, u);
	return u;
}

/* ---- tests ---- */

static void many_feeds_come_at_once(void **state)
{
	struct rig *r = *state;
	const struct notice *n;
	char path[32];

	for (int i = 0; i < MANY; i++) {
		snprintf(path, sizeof path, "/feed/%d", i);
		subscribe(r, path);
	}
	n = rig_refresh(r, false);
	assert_int_equal(n->failed, 0);
	assert_int_equal(n->fresh, 2 * MANY);
	assert_int_equal(rig_entries(r), 2 * MANY);
	assert_int_equal(server_count(server), MANY);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(rig_feed(r, url[i]).entries, 2);
}

static void the_second_refresh_is_one_request_and_a_304(void **state)
{
	struct rig *r = *state;
	const char *u = subscribe(r, "/conditional");

	rig_refresh(r, false);
	assert_string_equal(rig_told(r, u)->result, "new");
	rig_refresh(r, false);
	assert_int_equal(rig_told(r, u)->status, 304);
	assert_string_equal(rig_told(r, u)->result, "unchanged");
	assert_int_equal(server_count(server), 2);
	assert_int_equal(rig_entries(r), 2);
}

static void a_broken_transfer_keeps_whole_entries_and_forgets_the_etag(void **state)
{
	struct rig *r = *state;
	char *head;

	subscribe(r, "/cut");
	assert_int_equal(rig_refresh(r, false)->failed, 1);
	rig_entry(r, "Whole entry");
	rig_refresh(r, true);
	head = server_request(server, server_count(server) - 1);
	assert_null(strstr(head, "If-None-Match"));
	free(head);
}

static void a_redirect_is_followed_and_not_offered_at_once(void **state)
{
	struct rig *r = *state;
	const char *u = subscribe(r, "/moved");

	assert_int_equal(rig_refresh(r, false)->failed, 0);
	assert_int_equal(rig_feed(r, u).entries, 2);
	assert_int_equal(rig_feed(r, u).moved.n, 0);
}

static void failures_are_told_in_words(void **state)
{
	struct rig *r = *state;
	const char *web = subscribe(r, "/page"), *lost = subscribe(r, "/nothing"), *busy;

	busy = subscribe(r, "/unavailable");
	assert_int_equal(rig_refresh(r, false)->failed, 3);
	assert_text(rig_feed(r, web).error, "not a feed: a web page");
	assert_text(rig_feed(r, lost).error, "not found (404)");
	assert_text(rig_feed(r, busy).error, "503 Service Unavailable");
	assert_int_equal(rig_feed(r, busy).next, NOW + 7200);
}

static void nobody_listening_is_a_failure_of_the_network_or_the_feed(void **state)
{
	struct rig *r = *state;

	subscribe(r, "/feed/1");
	rig_subscribe(r, "http://127.0.0.1:1/feed");
	assert_int_equal(rig_refresh(r, false)->failed, 1);
	assert_int_equal(rig_feed(r, "http://127.0.0.1:1/feed").failures, 1);
}

static void closing_does_not_wait_for_servers_that_hang(void **state)
{
	struct rig *r = *state;
	struct clock c = clock_system();
	int64_t began;
	char path[32];

	subscribe(r, "/feed/1");
	for (int i = 0; i < 20; i++) {
		snprintf(path, sizeof path, "/hang/%d", i);
		subscribe(r, path);
	}
	assert_true(engine_refresh(r->engine, &r->subs, NULL, 0, false));
	rig_until(r, 2);
	began = clock_ticks(&c);
	rig_stop(r);
	assert_true(clock_ticks(&c) - began < 300);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, opened, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(many_feeds_come_at_once),
		CASE(the_second_refresh_is_one_request_and_a_304),
		CASE(a_broken_transfer_keeps_whole_entries_and_forgets_the_etag),
		CASE(a_redirect_is_followed_and_not_offered_at_once),
		CASE(failures_are_told_in_words),
		CASE(nobody_listening_is_a_failure_of_the_network_or_the_feed),
		CASE(closing_does_not_wait_for_servers_that_hang),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
