/* Redirects, limits and private addresses: what FETCHING sections 3 and 4 refuse. */
#include "lede/net/fetch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "client.h"

#define BODY "<rss/>\n"
#define SLACK (64 << 10)

/* ---- what the server does ---- */

static void plain(struct talk *t)
{
	talk_ok(t, "Content-Type: text/xml\r\n", BODY);
}

/* "/go/301/302/plain" answers 301 and leads to "/go/302/plain", that to "/plain". */
static void go(struct talk *t)
{
	const char *path = talk_path(t);
	int status = 0, n = 0;

	sscanf(path, "/go/%d%n", &status, &n);
	path += n;
	talk_sendf(t, "HTTP/1.1 %d Moved\r\nLocation: %s%s\r\nContent-Length: 4\r\n\r\nover",
	           status, path[1] >= '1' && path[1] <= '9' ? "/go" : "", path);
}

static void loop(struct talk *t)
{
	talk_send(t, "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n");
}

static void to_file(struct talk *t)
{
	talk_send(t, "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: "
	             "0\r\n\r\n");
}

static void to_long_address(struct talk *t)
{
	struct buf long_path = buf_limited(10000);

	while (long_path.n < 9000)
		buf_add_char(&long_path, 'a');
	talk_sendf(t, "HTTP/1.1 302 Found\r\nLocation: /%s\r\nContent-Length: 0\r\n\r\n",
		   buf_cstr(&long_path));
	buf_free(&long_path);
}

static void to_other_name(struct talk *t)
{
	talk_sendf(t, "HTTP/1.1 302 Found\r\nLocation: http://localhost:%d/plain\r\n"
		   "Content-Length: 0\r\n\r\n", talk_port(t));
}

static void to_login(struct talk *t)
{
	talk_sendf(t, "HTTP/1.1 302 Found\r\nLocation: http://localhost:%d/login/?next=feed\r\n"
		   "Content-Length: 0\r\n\r\n", talk_port(t));
}

static void login(struct talk *t)
{
	talk_ok(t, "Content-Type: text/html; charset=utf-8\r\n", "<form>");
}

static void redirect_with_endless_body(struct talk *t)
{
	talk_send(t,
	          "HTTP/1.1 302 Found\r\nLocation: /plain\r\nTransfer-Encoding: chunked\r\n\r\n");
	while (!talk_is_over(t))
		talk_send(t, "10\r\n0123456789abcdef\r\n");
}

static void large(struct talk *t)
{
	char block[1000];

	memset(block, 'x', sizeof block);
	talk_send(t, "HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n");
	for (int i = 0; i < 3000 && !talk_is_over(t); i++)
		talk_send_bytes(t, (struct str){ block, sizeof block });
}

static void endless(struct talk *t)
{
	talk_send(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
	while (!talk_is_over(t))
		talk_send(t, "20\r\n0123456789abcdef0123456789abcdef\r\n");
}

static void bomb(struct talk *t)
{
	struct buf body = gzip_of_letters(16 << 20);

	talk_sendf(t, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
		   body.n);
	talk_send_bytes(t, buf_view(&body));
	buf_free(&body);
}

/* gzip that never becomes a byte: one empty stored block after the other. */
static void hollow(struct talk *t)
{
	struct buf blocks = buf_limited(5000);

	while (blocks.n < 5000)
		buf_add(&blocks, STR("\0\0\0\xFF\xFF"));
	talk_send(t, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n");
	talk_send_bytes(t, STR("\x1F\x8B\x08\0\0\0\0\0\0\x03"));
	while (!talk_is_over(t))
		talk_send_bytes(t, buf_view(&blocks));
	buf_free(&blocks);
}

static void absurd_length(struct talk *t)
{
	talk_send(t, "HTTP/1.1 200 OK\r\nContent-Length: 4294967296\r\n\r\n" BODY);
	talk_close(t);
}

static void short_body(struct talk *t)
{
	talk_send(t, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nETag: \"x\"\r\n\r\n0123456789");
	talk_close(t);
}

static void cut_chunk(struct talk *t)
{
	talk_send(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n0123456789");
	talk_close(t);
}

static void no_length(struct talk *t)
{
	talk_send(t, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" BODY);
	talk_close(t);
}

static void header_flood(struct talk *t)
{
	talk_send(t, "HTTP/1.1 200 OK\r\n");
	for (int i = 0; !talk_is_over(t); i++)
		talk_sendf(t, "X-Flood-%d: 0123456789012345678901234567890123456789\r\n", i);
}

static void interim_flood(struct talk *t)
{
	while (!talk_is_over(t))
		talk_send(t, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
}

static void long_header(struct talk *t)
{
	struct buf value = buf_limited(20000);

	while (value.n < 20000)
		buf_add_char(&value, 'e');
	talk_sendf(t, "HTTP/1.1 200 OK\r\nETag: %s\r\nContent-Length: 0\r\n\r\n", buf_cstr(&value));
	buf_free(&value);
}

static void hangs(struct talk *t)
{
	talk_sleep(t, 20000);
}

static void stalls(struct talk *t)
{
	talk_send(t, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789");
	talk_sleep(t, 20000);
}

static void not_http(struct talk *t)
{
	talk_send(t, "SSH-2.0-OpenSSH_9.2\r\n");
	talk_close(t);
}

static const struct server_route routes[] = {
	{ "/plain", plain },
	{ "/go/*", go },
	{ "/loop", loop },
	{ "/to-file", to_file },
	{ "/to-long", to_long_address },
	{ "/to-name", to_other_name },
	{ "/to-login", to_login },
	{ "/login/*", login },
	{ "/to-endless", redirect_with_endless_body },
	{ "/large", large },
	{ "/endless", endless },
	{ "/bomb", bomb },
	{ "/hollow", hollow },
	{ "/absurd", absurd_length },
	{ "/short", short_body },
	{ "/cut-chunk", cut_chunk },
	{ "/no-length", no_length },
	{ "/header-flood", header_flood },
	{ "/interim-flood", interim_flood },
	{ "/long-header", long_header },
	{ "/hangs", hangs },
	{ "/stalls", stalls },
	{ "/ssh", not_http },
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

static struct got *get_within(struct client *c, const char *path, size_t limit)
{
	struct fetch_request r = client_ask(c, path);

	r.body_limit = limit;
	return client_fetch(c, &r);
}

static void assert_ended(const struct got *g, enum fetch_outcome outcome, const char *text)
{
	assert_string_equal(g->result.error.text, text);
	assert_int_equal(g->result.outcome, outcome);
	assert_int_equal(g->result.error.code, outcome == FETCH_LIMIT ? ERR_LIMIT : ERR_NET);
}

/* ---- redirects ---- */

static void assert_moved(struct client *c, const char *path, const char *moved)
{
	char expected[256] = "";
	struct got *g = client_get(c, path);

	if (*moved)
		snprintf(expected, sizeof expected, "http://127.0.0.1:%d%s",
			 server_port(c->server), moved);
	assert_int_equal(g->begins, 1);
	assert_string_equal(g->moved, expected);
}

static void redirects_are_followed_to_the_final_address(void **state)
{
	struct client *c = *state;
	struct got *g = client_get(c, "/go/302/303/307/plain");
	char expected[64];

	snprintf(expected, sizeof expected, "http://127.0.0.1:%d/plain", server_port(c->server));
	assert_int_equal(g->result.outcome, FETCH_DONE);
	assert_string_equal(buf_cstr(&g->body), BODY);
	assert_string_equal(g->address, expected);
	assert_string_equal(g->begin_address, expected);
	assert_false(g->result.downgraded);
}

static void only_permanent_redirects_are_remembered(void **state)
{
	assert_moved(*state, "/plain", "");
	assert_moved(*state, "/go/301/plain", "/plain");
	assert_moved(*state, "/go/308/301/plain", "/plain");
	assert_moved(*state, "/go/302/plain", "");
	assert_moved(*state, "/go/302/301/plain", "");
}

static void a_permanent_move_ends_at_the_first_temporary_redirect(void **state)
{
	assert_moved(*state, "/go/301/307/plain", "/go/307/plain");
}

static void a_move_to_nowhere_is_not_offered(void **state)
{
	struct got *g = client_get(*state, "/go/301/nothing-here");

	assert_int_equal(g->result.status, 404);
	assert_string_equal(g->moved, "");
}

static void five_redirects_are_followed_and_no_sixth(void **state)
{
	struct client *c = *state;

	assert_int_equal(client_get(c, "/go/302/302/302/302/302/plain")->result.status, 200);
	struct got *g = client_get(c, "/go/302/302/302/302/302/302/plain");

	assert_ended(g, FETCH_LIMIT, "redirected more than 5 times");
	assert_int_equal(g->begins, 0);
	assert_int_equal(g->result.status, 0);
}

static void a_loop_ends(void **state)
{
	struct client *c = *state;

	assert_ended(client_get(c, "/loop"), FETCH_LIMIT, "redirected more than 5 times");
	assert_int_equal(server_count(c->server), 6);
}

static void a_redirect_to_a_file_is_refused(void **state)
{
	assert_ended(client_get(*state, "/to-file"), FETCH_LIMIT,
		     "redirected to something that is no http or https address: file");
}

static void a_redirect_to_an_endless_address_is_refused(void **state)
{
	assert_ended(client_get(*state, "/to-long"), FETCH_LIMIT,
	             "the address is longer than 8 KiB");
}

static void an_endless_address_is_not_asked_for(void **state)
{
	struct client *c = *state;
	char path[9001] = "/";

	memset(path + 1, 'a', sizeof path - 2);
	assert_ended(client_get(c, path), FETCH_LIMIT, "the address is longer than 8 KiB");
	assert_int_equal(server_count(c->server), 0);
}

static void a_redirects_body_is_bounded_too(void **state)
{
	assert_ended(get_within(*state, "/to-endless", 1 << 20), FETCH_LIMIT, "larger than 1 MiB");
}

static void credentials_stay_with_their_origin(void **state)
{
	struct client *c = *state;
	struct fetch_request r = client_ask(c, "/to-name");
	char url[128], *first, *second;

	snprintf(url, sizeof url, "http://user:secret@127.0.0.1:%d/to-name",
	         server_port(c->server));
	r.url = str_of(url);
	client_fetch(c, &r);
	first = client_sent(c, 0, "Authorization");
	second = client_sent(c, 1, "Authorization");
	assert_string_equal(first, "Authorization: Basic dXNlcjpzZWNyZXQ=");
	assert_null(second);
	free(first);
}

static void another_hosts_login_page_is_named(void **state)
{
	struct got *g = client_get(*state, "/to-login");

	assert_string_equal(g->wall, "login page");
	assert_string_equal(g->result.error.text, "leads to a login page");
}

/* ---- private addresses ---- */

static void a_private_address_needs_a_person(void **state)
{
	struct client *c = *state;
	struct fetch_request r = client_ask(c, "/plain");

	r.may_be_private = false;
	assert_ended(client_fetch(c, &r), FETCH_LIMIT,
		     "leads to the private address 127.0.0.1: refused");
	assert_int_equal(server_count(c->server), 0);
}

static void a_name_of_a_private_address_helps_nobody(void **state)
{
	struct client *c = *state;
	struct fetch_request r = client_ask(c, "/plain");
	char url[64];

	snprintf(url, sizeof url, "http://localhost:%d/plain", server_port(c->server));
	r.url = str_of(url);
	r.may_be_private = false;
	assert_int_equal(client_fetch(c, &r)->result.outcome, FETCH_LIMIT);
	assert_int_equal(server_count(c->server), 0);
}

static void through_a_proxy_its_own_address_does_not_count(void **state)
{
	struct client *c = *state;
	struct fetch_request r = { .url = STR("http://feeds.example/plain"), .timeout = 5 };
	char proxy[64], *head;

	snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", server_port(c->server));
	r.proxy = str_of(proxy);
	assert_int_equal(client_fetch(c, &r)->result.status, 404);
	head = server_request(c->server, 0);
	assert_non_null(strstr(head, "GET http://feeds.example/plain HTTP/1.1\r\n"));
	free(head);
}

static void a_proxy_that_is_not_there_is_named(void **state)
{
	struct fetch_request r = { .url = STR("http://feeds.example/plain"),
		                   .proxy = STR("socks5h://name:secret@"
		                                "01234567890123456789012345678901234567890123456789"
		                                "01234567890123.x:1") };

	assert_string_equal(client_fetch(*state, &r)->result.error.text, "no such host: the proxy "
			    "0123456789012345678901234567890123456789012345678901234567890123.x");
}

/* ---- sizes ---- */

static void a_body_is_stopped_at_its_limit(void **state)
{
	struct got *g = get_within(*state, "/endless", 100000);

	assert_ended(g, FETCH_LIMIT, "larger than 100000 bytes");
	assert_int_equal(g->body.n, 100000);
	assert_int_equal(g->result.decoded, 100000);
	assert_int_equal(g->result.status, 200);
	assert_true(g->result.received <= 100000 + SLACK);
}

static void a_declared_length_beyond_the_limit_ends_it_early(void **state)
{
	struct got *g = get_within(*state, "/large", 1 << 20);

	assert_ended(g, FETCH_LIMIT, "larger than 1 MiB");
	assert_true(g->body.n <= 1 << 20);
}

static void a_body_of_exactly_the_limit_is_whole(void **state)
{
	struct got *g = get_within(*state, "/plain", strlen(BODY));

	assert_int_equal(g->result.outcome, FETCH_DONE);
	assert_string_equal(buf_cstr(&g->body), BODY);
}

static void a_gzip_bomb_is_counted_after_decoding(void **state)
{
	struct got *g = get_within(*state, "/bomb", 1 << 20);

	assert_ended(g, FETCH_LIMIT, "larger than 1 MiB");
	assert_int_equal(g->body.n, 1 << 20);
	assert_true(g->result.received < 200000);
}

static void a_body_that_decodes_to_nothing_is_counted_as_sent(void **state)
{
	struct got *g = get_within(*state, "/hollow", 1 << 20);

	assert_ended(g, FETCH_LIMIT, "larger than 1 MiB");
	assert_int_equal(g->body.n, 0);
	assert_true(g->result.received <=
	            (3 << 20)); /* libcurl reads 100 buffers between two looks */
}

static void an_absurd_length_is_over_the_limit(void **state)
{
	assert_ended(client_get(*state, "/absurd"), FETCH_LIMIT, "larger than 32 MiB");
}

static void a_missing_length_changes_nothing(void **state)
{
	struct got *g = client_get(*state, "/no-length");

	assert_int_equal(g->declared, -1);
	assert_int_equal(g->result.outcome, FETCH_DONE);
	assert_string_equal(buf_cstr(&g->body), BODY);
}

static void a_body_that_ends_early_is_told_from_a_whole_one(void **state)
{
	struct got *g = client_get(*state, "/short");

	assert_ended(g, FETCH_FAILED, "cut off after 10 bytes");
	assert_int_equal(g->result.status, 200);
	assert_int_equal(g->body.n, 10);
	assert_ended(client_get(*state, "/cut-chunk"), FETCH_FAILED, "cut off after 10 bytes");
}

/* ---- headers ---- */

static void a_flood_of_headers_is_refused(void **state)
{
	struct got *g = client_get(*state, "/header-flood");

	assert_ended(g, FETCH_LIMIT, "the answer’s headers are larger than 256 KiB");
	assert_int_equal(g->begins, 0);
}

static void a_flood_of_interim_answers_is_refused(void **state)
{
	assert_ended(client_get(*state, "/interim-flood"), FETCH_LIMIT,
		     "the answer’s headers are larger than 256 KiB");
}

static void a_line_too_long_to_keep_is_left_out(void **state)
{
	struct got *g = client_get(*state, "/long-header");

	assert_int_equal(g->result.outcome, FETCH_DONE);
	assert_string_equal(g->etag, "");
}

static void what_is_no_http_is_said_so(void **state)
{
	assert_ended(client_get(*state, "/ssh"), FETCH_FAILED, "the answer is no HTTP");
}

/* ---- time ---- */

static struct got *get_in_a_second(struct client *c, const char *path)
{
	struct fetch_request r = client_ask(c, path);

	r.timeout = 1;
	return client_fetch(c, &r);
}

static void silence_ends_after_the_time_allowed(void **state)
{
	assert_ended(get_in_a_second(*state, "/hangs"), FETCH_FAILED, "no answer within 1 s");
}

static void a_body_that_stalls_is_too_slow(void **state)
{
	struct got *g = get_in_a_second(*state, "/stalls");

	assert_ended(g, FETCH_FAILED, "too slow: not complete after 1 s");
	assert_int_equal(g->body.n, 10);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_client, close_client)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(redirects_are_followed_to_the_final_address),
		TEST(only_permanent_redirects_are_remembered),
		TEST(a_permanent_move_ends_at_the_first_temporary_redirect),
		TEST(a_move_to_nowhere_is_not_offered),
		TEST(five_redirects_are_followed_and_no_sixth),
		TEST(a_loop_ends),
		TEST(a_redirect_to_a_file_is_refused),
		TEST(a_redirect_to_an_endless_address_is_refused),
		TEST(an_endless_address_is_not_asked_for),
		TEST(a_redirects_body_is_bounded_too),
		TEST(credentials_stay_with_their_origin),
		TEST(another_hosts_login_page_is_named),
		TEST(a_private_address_needs_a_person),
		TEST(a_name_of_a_private_address_helps_nobody),
		TEST(through_a_proxy_its_own_address_does_not_count),
		TEST(a_proxy_that_is_not_there_is_named),
		TEST(a_body_is_stopped_at_its_limit),
		TEST(a_declared_length_beyond_the_limit_ends_it_early),
		TEST(a_body_of_exactly_the_limit_is_whole),
		TEST(a_gzip_bomb_is_counted_after_decoding),
		TEST(a_body_that_decodes_to_nothing_is_counted_as_sent),
		TEST(an_absurd_length_is_over_the_limit),
		TEST(a_missing_length_changes_nothing),
		TEST(a_body_that_ends_early_is_told_from_a_whole_one),
		TEST(a_flood_of_headers_is_refused),
		TEST(a_flood_of_interim_answers_is_refused),
		TEST(a_line_too_long_to_keep_is_left_out),
		TEST(what_is_no_http_is_said_so),
		TEST(silence_ends_after_the_time_allowed),
		TEST(a_body_that_stalls_is_too_slow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
