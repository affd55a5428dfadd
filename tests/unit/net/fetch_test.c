#include "lede/net/fetch.h"

#include <setjmp.h>
#include <stdatomic.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "client.h"

#define ETAG                                                                                       \
	"W/\"a \xE4\\b,c\"" /* weak, with a blank, a byte of Latin-1, a backslash and a comma */
#define MODIFIED "Mon, 14 Apr 2025 06:20:00 +0000 "
#define BODY "<rss/>\n"

/* ---- what the server does ---- */

static void plain(struct talk *t)
{
	talk_ok(t, "Content-Type: application/rss+xml; charset=utf-8\r\nETag: " ETAG "\r\n"
		"Last-Modified: " MODIFIED "\r\n", BODY);
}

static void not_modified(struct talk *t)
{
	talk_send(t, "HTTP/1.1 304 Not Modified\r\nETag: \"new\"\r\nCache-Control: "
	             "max-age=60\r\n\r\n");
}

static void not_modified_with_body(struct talk *t)
{
	talk_send(t, "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nstray");
}

static void gzipped(struct talk *t)
{
	struct buf body = gzip_of_letters(5000);

	talk_sendf(t, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
		   body.n);
	talk_send_bytes(t, buf_view(&body));
	buf_free(&body);
}

static void not_gzipped(struct talk *t)
{
	talk_ok(t, "Content-Encoding: gzip\r\n", BODY);
}

/* "/status/NNN/Header: value" - the rest of the path is a header, with "_" for a blank. */
static void status(struct talk *t)
{
	char header[512] = "";
	int code = 0;

	sscanf(talk_path(t), "/status/%d/%511s", &code, header);
	for (char *p = header; *p; p++)
		if (*p == '_')
			*p = ' ';
	talk_sendf(t, "HTTP/1.1 %d Server's Words\r\n%s%sContent-Length: 4\r\n\r\nbody", code,
		   header, *header ? "\r\n" : "");
}

static void odd_reason(struct talk *t)
{
	talk_send(t, "HTTP/1.1 499 red\x1B[31m \xE2\x80\xAEtxet\a\r\nContent-Length: 0\r\n\r\n");
}

static void interim(struct talk *t)
{
	talk_send(t, "HTTP/1.1 103 Early Hints\r\nETag: \"early\"\r\n\r\n");
	talk_ok(t, "", BODY);
}

static void challenge(struct talk *t)
{
	talk_send(t, "HTTP/1.1 403 Forbidden\r\ncf-mitigated: challenge\r\n"
		  "Content-Type: text/html\r\nContent-Length: 2\r\n\r\nno");
}

static void challenge_in_body(struct talk *t)
{
	talk_send(t, "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html\r\n"
	             "Connection: close\r\n\r\n<html><script "
	             "src=\"/cdn-cgi/challenge-platform/x.js\">");
	for (int i = 0; i < 400 && !talk_is_over(t); i++)
		talk_send(t,
		          "<p>one more kilobyte of a page that nobody reads to its end, ever</p>");
	talk_close(t);
}

static void endless_error(struct talk *t)
{
	talk_send(t, "HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\n\r\n");
	while (!talk_is_over(t))
		talk_send(t, "words and words and words and words and words and words\n");
}

static void closes_at_once(struct talk *t)
{
	talk_close(t);
}

static void dies_once(struct talk *t)
{
	static atomic_int n;

	if (atomic_fetch_add(&n, 1) == 1)
		talk_close(t);
	else
		talk_ok(t, "", BODY);
}

static void cut_error(struct talk *t)
{
	talk_send(t, "HTTP/1.1 404 Not Found\r\nContent-Length: 100\r\n\r\nhalf");
	talk_close(t);
}

static const struct server_route routes[] = {
	{ "/plain", plain },
	{ "/%E6%97%A5?q=%E6%9C%AC", plain },
	{ "/304", not_modified },
	{ "/304-body", not_modified_with_body },
	{ "/gzip", gzipped },
	{ "/no-gzip", not_gzipped },
	{ "/status/*", status },
	{ "/odd", odd_reason },
	{ "/interim", interim },
	{ "/challenge", challenge },
	{ "/challenge-body", challenge_in_body },
	{ "/endless-error", endless_error },
	{ "/closes", closes_at_once },
	{ "/dies-once", dies_once },
	{ "/cut-error", cut_error },
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

static void assert_sent(struct client *c, size_t request, const char *name, const char *line)
{
	char *sent = client_sent(c, request, name);

	if (line)
		assert_string_equal(sent, line);
	else
		assert_null(sent);
	free(sent);
}

static void assert_sentence(const struct got *g, enum err code, const char *text)
{
	assert_int_equal(g->result.error.code, code);
	assert_string_equal(g->result.error.text, text);
}

/* ---- requests ---- */

static void an_answer_is_handed_on_as_it_came(void **state)
{
	struct got *g = client_get(*state, "/plain");

	assert_int_equal(g->begins, 1);
	assert_int_equal(g->status, 200);
	assert_string_equal(g->type, "application/rss+xml; charset=utf-8");
	assert_string_equal(g->etag, ETAG);
	assert_string_equal(g->last_modified, "Mon, 14 Apr 2025 06:20:00 +0000");
	assert_int_equal(g->declared, strlen(BODY));
	assert_string_equal(buf_cstr(&g->body), BODY);
	assert_int_equal(g->result.outcome, FETCH_DONE);
	assert_int_equal(g->result.status, 200);
	assert_int_equal(g->result.error.code, ERR_NONE);
	assert_int_equal(g->result.received, strlen(BODY));
	assert_int_equal(g->result.decoded, strlen(BODY));
	assert_int_equal(g->result.max_age, -1);
	assert_string_equal(g->moved, "");
	assert_string_equal(g->wall, "");
	assert_string_equal(g->begin_address, g->address);
}

static void a_first_request_sends_these_headers_and_no_others(void **state)
{
	struct client *c = *state;
	char *head, expected[1024];

	client_get(c, "/plain");
	head = server_request(c->server, 0);
	char *encodings = client_sent(c, 0, "Accept-Encoding");
	snprintf(expected, sizeof expected, "GET /plain HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
		 "User-Agent: lede/0.1 (+https://lede.example/)\r\n%s\r\nAccept: "
		 "application/atom+xml, application/rss+xml, application/feed+json, "
		 "application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, "
		 "*/*;q=0.1\r\n\r\n", server_port(c->server), encodings);
	assert_string_equal(head, expected);
	assert_non_null(strstr(encodings, "gzip"));
	free(encodings);
	free(head);
}

static void validators_are_sent_byte_for_byte(void **state)
{
	struct client *c = *state;
	struct fetch_request r = client_ask(c, "/304");

	r.etag = STR(ETAG);
	r.last_modified = STR("sometime in  APRIL");
	client_fetch(c, &r);
	assert_sent(c, 0, "If-None-Match", "If-None-Match: " ETAG);
	assert_sent(c, 0, "If-Modified-Since", "If-Modified-Since: sometime in  APRIL");
}

static void a_validator_cannot_smuggle_a_header_in(void **state)
{
	struct client *c = *state;
	struct fetch_request r = client_ask(c, "/plain");

	r.etag = STR("\"a\"\r\nCookie: x");
	r.user_agent = STR("mine\nCookie: x");
	client_fetch(c, &r);
	assert_sent(c, 0, "Cookie", NULL);
	assert_sent(c, 0, "If-None-Match", NULL);
	assert_sent(c, 0, "User-Agent", "User-Agent: lede/0.1 (+https://lede.example/)");
}

static void a_feed_may_have_its_own_user_agent_and_accept(void **state)
{
	struct client *c = *state;
	struct fetch_request r = client_ask(c, "/plain");

	r.user_agent = STR("Reader 7");
	r.accept = STR("text/html");
	client_fetch(c, &r);
	assert_sent(c, 0, "User-Agent", "User-Agent: Reader 7");
	assert_sent(c, 0, "Accept", "Accept: text/html");
}

static void an_address_beyond_ascii_is_encoded(void **state)
{
	struct got *g = client_get(*state, "/日?q=本#part");

	assert_int_equal(g->result.status, 200);
}

static void one_connection_serves_requests_after_another(void **state)
{
	struct client *c = *state;

	for (int i = 0; i < 5; i++)
		client_get(c, "/plain");
	assert_int_equal(server_count(c->server), 5);
	assert_int_equal(server_connections(c->server), 1);
}

static void what_is_no_web_address_ends_with_a_sentence(void **state)
{
	static const char *const bad[] = { "file:///etc/passwd", "gopher://a/", "", "a.example",
		"http://", "http://a b/", "http://a/\n", "ftp://a.example/feed" };
	struct client *c = *state;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct fetch_request r = { .url = str_of(bad[i]), .may_be_private = true };
		struct got *g = client_fetch(c, &r);

		assert_int_equal(g->result.outcome, FETCH_FAILED);
		assert_int_equal(g->result.error.code, ERR_USAGE);
		assert_string_equal(g->address, bad[i]);
		assert_int_equal(g->begins, 0);
	}
}

/* ---- answers ---- */

static void nothing_changed_means_no_data_call(void **state)
{
	struct got *g = client_get(*state, "/304");

	assert_int_equal(g->begins, 1);
	assert_int_equal(g->datas, 0);
	assert_string_equal(g->etag, "\"new\"");
	assert_int_equal(g->result.outcome, FETCH_DONE);
	assert_int_equal(g->result.status, 304);
	assert_int_equal(g->result.error.code, ERR_NONE);
	assert_int_equal(g->result.max_age, 60);
}

static void a_body_behind_a_304_is_nobodys(void **state)
{
	struct got *g = client_get(*state, "/304-body");

	assert_int_equal(g->result.status, 304);
	assert_int_equal(g->datas, 0);
	assert_int_equal(client_get(*state, "/plain")->result.status, 200);
}

static void gzip_is_undone_and_both_sizes_are_told(void **state)
{
	struct got *g = client_get(*state, "/gzip");

	assert_int_equal(g->result.outcome, FETCH_DONE);
	assert_int_equal(g->body.n, 5000);
	assert_int_equal(g->result.decoded, 5000);
	assert_true(g->result.received < 200);
}

static void gzip_announced_and_not_sent_is_a_failure(void **state)
{
	struct got *g = client_get(*state, "/no-gzip");

	assert_int_equal(g->result.outcome, FETCH_FAILED);
	assert_int_equal(g->datas, 0);
	assert_sentence(g, ERR_NET, "the body’s compression is damaged or unknown");
}

static void statuses_have_sentences(void **state)
{
	static const struct { const char *path, *text; } table[] = {
		{ "/status/206/", "sent a part only (206)" },
		{ "/status/226/", "sent a part only (226)" },
		{ "/status/204/", "the answer has no body (204)" },
		{ "/status/300/", "300 Server's Words without a target" },
		{ "/status/401/", "wants a password (401): see password-command" },
		{ "/status/403/", "refused (403)" },
		{ "/status/404/", "404 Not Found" },
		{ "/status/407/", "the proxy wants a password (407)" },
		{ "/status/410/", "gone: the server says for good (410)" },
		{ "/status/429/", "too many requests (429)" },
		{ "/status/500/", "500 Internal Server Error" },
		{ "/status/503/", "503 Service Unavailable" },
		{ "/status/599/", "599 Server's Words" },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct got *g = client_get(*state, table[i].path);

		assert_int_equal(g->result.outcome, FETCH_DONE);
		assert_int_equal(g->begins, 1);
		assert_int_equal(g->datas, 0);
		assert_sentence(g, ERR_HTTP, table[i].text);
	}
}

static void a_servers_words_are_shown_in_display_form(void **state)
{
	struct got *g = client_get(*state, "/odd");

	assert_sentence(g, ERR_HTTP, "499 red[31m txet");
}

static void retry_after_is_read_in_both_forms_and_bounded(void **state)
{
	static const struct { const char *path; int64_t seconds; } table[] = {
		{ "/status/429/Retry-After:_120", 120 },
		{ "/status/503/Retry-After:_7", 60 },
		{ "/status/503/Retry-After:_Mon,_14_Apr_2025_12:10:00_GMT", 600 },
		{ "/status/503/Retry-After:_Mon,_14_Apr_2005_12:10:00_GMT", 60 },
		{ "/status/503/Retry-After:_99999999999999999999", 604800 },
		{ "/status/503/Retry-After:_soon", 0 },
		{ "/status/503/", 0 },
		{ "/status/200/Retry-After:_120", 0 },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_int_equal(client_get(*state, table[i].path)->result.retry_after,
				 table[i].seconds);
}

static void too_long_a_wait_is_cut_and_said(void **state)
{
	struct got *g = client_get(*state, "/status/429/Retry-After:_9999999");

	assert_int_equal(g->result.retry_after, 604800);
	assert_sentence(g, ERR_HTTP, "429: asked to wait longer than a week; a week will do");
}

static void lifetimes_are_told(void **state)
{
	static const struct { const char *path; int64_t seconds; } table[] = {
		{ "/status/200/Cache-Control:_public,_max-age=3600", 3600 },
		{ "/status/200/Cache-Control:_no-cache", 0 },
		{ "/status/200/Expires:_Mon,_14_Apr_2025_13:00:00_GMT", 3600 },
		{ "/status/200/Expires:_0", 0 },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_int_equal(client_get(*state, table[i].path)->result.max_age,
				 table[i].seconds);
}

static void an_interim_answer_is_no_answer(void **state)
{
	struct got *g = client_get(*state, "/interim");

	assert_int_equal(g->begins, 1);
	assert_int_equal(g->status, 200);
	assert_string_equal(g->etag, "");
}

/* ---- walls ---- */

static void a_bot_check_is_named(void **state)
{
	struct got *g = client_get(*state, "/challenge");

	assert_string_equal(g->wall, "bot check (Cloudflare)");
	assert_sentence(g, ERR_HTTP, "blocked by a bot check (Cloudflare). It cannot be read by "
			"programs from here; try another user-agent, or ask the site");
	assert_string_equal(client_get(*state, "/status/405/x-amzn-waf-action:_captcha")->wall,
			    "bot check (AWS)");
	assert_string_equal(client_get(*state, "/status/511/")->wall,
			    "your network wants a login first");
}

static void a_bot_check_is_found_in_the_page(void **state)
{
	assert_string_equal(client_get(*state, "/challenge-body")->wall, "bot check (Cloudflare)");
	assert_string_equal(client_get(*state, "/status/403/Server:_cloudflare")->wall, "");
}

static void an_error_page_is_not_read_to_its_end(void **state)
{
	struct got *g = client_get(*state, "/endless-error");

	assert_int_equal(g->result.outcome, FETCH_DONE);
	assert_sentence(g, ERR_HTTP, "500 Internal Server Error");
	assert_true(g->result.received < 1 << 20);
}

/* ---- failures ---- */

/* A label of more than 63 bytes: no resolver asks anybody for it. */
#define LONG "0123456789012345678901234567890123456789012345678901234567890123"

static void a_host_that_does_not_exist_is_named(void **state)
{
	struct fetch_request r = { .url = STR("http://user:secret@" LONG ".invalid/feed") };
	struct got *g = client_fetch(*state, &r);

	assert_int_equal(g->result.outcome, FETCH_FAILED);
	assert_int_equal(g->result.status, 0);
	assert_sentence(g, ERR_NET, "no such host: " LONG ".invalid");
}

static void three_lost_hosts_are_a_lost_network(void **state)
{
	static const char *const lost[] = { "http://a" LONG ".invalid/",
		                            "http://b" LONG ".invalid/",
		                            "http://c" LONG ".invalid/" };
	struct got *g = NULL;

	for (size_t i = 0; i < 3; i++) {
		struct fetch_request r = { .url = str_of(lost[i]) };

		g = client_fetch(*state, &r);
	}
	assert_true(g->result.no_network);
	assert_false(client_get(*state, "/status/404/")->result.no_network);
}

static void a_closed_port_is_said_so(void **state)
{
	struct client *c = *state;
	struct fetch_request r = client_ask(c, "/");
	struct server *other = server_start(routes);
	char url[64];

	snprintf(url, sizeof url, "http://127.0.0.1:%d/", server_port(other));
	server_stop(other);
	r.url = str_of(url);
	struct got *g = client_fetch(c, &r);

	assert_sentence(g, ERR_NET, "127.0.0.1 accepts no connection");
	assert_false(g->result.no_network);
}

static void a_connection_closed_without_an_answer_is_said_so(void **state)
{
	assert_sentence(client_get(*state, "/closes"), ERR_NET,
			"the connection was closed without an answer");
}

static void a_kept_connection_that_died_is_replaced_once(void **state)
{
	client_get(*state, "/dies-once");
	assert_int_equal(client_get(*state, "/dies-once")->result.status, 200);
}

static void a_refusal_counts_though_its_page_is_cut_off(void **state)
{
	struct got *g = client_get(*state, "/cut-error");

	assert_int_equal(g->result.outcome, FETCH_DONE);
	assert_sentence(g, ERR_HTTP, "404 Not Found");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_client, close_client)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_answer_is_handed_on_as_it_came),
		TEST(a_first_request_sends_these_headers_and_no_others),
		TEST(validators_are_sent_byte_for_byte),
		TEST(a_validator_cannot_smuggle_a_header_in),
		TEST(a_feed_may_have_its_own_user_agent_and_accept),
		TEST(an_address_beyond_ascii_is_encoded),
		TEST(one_connection_serves_requests_after_another),
		TEST(what_is_no_web_address_ends_with_a_sentence),
		TEST(nothing_changed_means_no_data_call),
		TEST(a_body_behind_a_304_is_nobodys),
		TEST(gzip_is_undone_and_both_sizes_are_told),
		TEST(gzip_announced_and_not_sent_is_a_failure),
		TEST(statuses_have_sentences),
		TEST(a_servers_words_are_shown_in_display_form),
		TEST(retry_after_is_read_in_both_forms_and_bounded),
		TEST(too_long_a_wait_is_cut_and_said),
		TEST(lifetimes_are_told),
		TEST(an_interim_answer_is_no_answer),
		TEST(a_bot_check_is_named),
		TEST(a_bot_check_is_found_in_the_page),
		TEST(an_error_page_is_not_read_to_its_end),
		TEST(a_host_that_does_not_exist_is_named),
		TEST(three_lost_hosts_are_a_lost_network),
		TEST(a_closed_port_is_said_so),
		TEST(a_connection_closed_without_an_answer_is_said_so),
		TEST(a_kept_connection_that_died_is_replaced_once),
		TEST(a_refusal_counts_though_its_page_is_cut_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
