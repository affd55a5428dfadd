#include "lede/net/cause.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <curl/curl.h>
#include <errno.h>

static void assert_failure(struct cause_facts f, const char *text)
{
	struct error e;

	if (f.url.n == 0)
		f.url = STR("https://user:secret@a.example/feed?key=secret");
	cause_failure(&e, &f);
	assert_string_equal(e.text, text);
	assert_null(strstr(e.text, "secret"));
}

static void names_that_are_not_found_are_named(void **state)
{
	(void)state;
	assert_failure((struct cause_facts){ .code = CURLE_COULDNT_RESOLVE_HOST },
		       "no such host: a.example");
	assert_failure((struct cause_facts){ .code = CURLE_COULDNT_RESOLVE_HOST,
		       .url = STR("http://a\x1B[2J.\xE2\x80\xAE""example/") },
		       "no such host: a[2J.example");
}

static void a_proxy_is_blamed_for_what_is_its_own(void **state)
{
	struct cause_facts f = { .code = CURLE_COULDNT_RESOLVE_PROXY,
		.proxy = STR("http://me:secret@proxy.example:3128") };

	(void)state;
	assert_failure(f, "no such host: the proxy proxy.example");
	f.code = CURLE_COULDNT_RESOLVE_HOST;
	assert_failure(f, "no such host: the proxy proxy.example");
	f.code = CURLE_PROXY;
	assert_failure(f, "the proxy proxy.example refused");
	f.proxy = STR("socks5://proxy.example");
	f.code = CURLE_COULDNT_RESOLVE_HOST;
	assert_failure(f, "no such host: a.example");
	f.proxy = STR("");
	f.code = CURLE_COULDNT_RESOLVE_PROXY;
	assert_failure(f, "no such host: the proxy of the environment");
}

static void connections_fail_in_several_ways(void **state)
{
	struct cause_facts f = { .code = CURLE_COULDNT_CONNECT };

	(void)state;
	f.os_error = ECONNREFUSED;
	assert_failure(f, "a.example accepts no connection");
	assert_false(cause_is_unreachable(&f));
	f.os_error = ENETUNREACH;
	assert_failure(f, "no way to a.example from here");
	assert_true(cause_is_unreachable(&f));
	f.os_error = 0;
	assert_failure(f, "a.example cannot be reached");
	assert_false(cause_is_unreachable(&f));
	f.code = CURLE_COULDNT_RESOLVE_HOST;
	assert_true(cause_is_unreachable(&f));
}

static void silence_and_slowness_differ(void **state)
{
	struct cause_facts f = { .code = CURLE_OPERATION_TIMEDOUT, .seconds = 15 };

	(void)state;
	assert_failure(f, "no answer within 15 s");
	f.answered = true;
	assert_failure(f, "too slow: not complete after 15 s");
}

static void tls_failures_are_told_apart(void **state)
{
	(void)state;
	assert_failure((struct cause_facts){ .code = CURLE_PEER_FAILED_VERIFICATION,
		       .detail = "SSL certificate problem: self-signed certificate" },
		       "certificate not trusted");
	assert_failure((struct cause_facts){ .code = CURLE_SSL_CONNECT_ERROR },
		       "no secure connection: TLS could not be agreed on");
}

static void lost_connections_say_how_far_it_came(void **state)
{
	struct cause_facts f = { .code = CURLE_RECV_ERROR };

	(void)state;
	assert_failure(f, "the connection was lost");
	f.answered = true;
	f.received = 4096;
	assert_failure(f, "cut off after 4096 bytes");
	f.code = CURLE_PARTIAL_FILE;
	assert_failure(f, "cut off after 4096 bytes");
}

static void libcurls_words_pass_the_display_form(void **state)
{
	struct error e;
	char detail[400];
	struct cause_facts f = { .code = CURLE_FAILED_INIT, .detail = "odd\x1B[31m\nthing",
		.url = STR("http://a/") };

	(void)state;
	cause_failure(&e, &f);
	assert_string_equal(e.text, "odd[31m thing");
	f.detail = "";
	cause_failure(&e, &f);
	assert_string_equal(e.text, curl_easy_strerror(CURLE_FAILED_INIT));
	for (size_t i = 0; i < sizeof detail - 3; i += 3)
		memcpy(detail + i, "日", 4);
	f.detail = detail;
	cause_failure(&e, &f);
	assert_int_equal(strlen(e.text), 120);
}

static void only_http2_has_http2s_errors(void **state)
{
	(void)state;
	assert_true(cause_is_http2(CURLE_HTTP2));
	assert_true(cause_is_http2(CURLE_HTTP2_STREAM));
	assert_false(cause_is_http2(CURLE_RECV_ERROR));
}

static void assert_bound(enum cause_limit limit, uint64_t n, const char *what, const char *text)
{
	struct error e;

	assert_int_equal(cause_bound(&e, limit, n, str_of(what)), ERR_LIMIT);
	assert_string_equal(e.text, text);
}

static void bounds_are_told_with_their_numbers(void **state)
{
	(void)state;
	assert_bound(CAUSE_BODY, 32 << 20, "", "larger than 32 MiB");
	assert_bound(CAUSE_BODY, 1000, "", "larger than 1000 bytes");
	assert_bound(CAUSE_HEADERS, 256 << 10, "", "the answer’s headers are larger than 256 KiB");
	assert_bound(CAUSE_ADDRESS, 8 << 10, "", "the address is longer than 8 KiB");
	assert_bound(CAUSE_REDIRECTS, 5, "", "redirected more than 5 times");
	assert_bound(CAUSE_REDIRECT_SCHEME, 0, "file",
		     "redirected to something that is no http or https address: file");
	assert_bound(CAUSE_PRIVATE, 0, "10.0.0.1",
	             "leads to the private address 10.0.0.1: refused");
	assert_bound(CAUSE_PRIVATE, 2, "10.0.0.1", "redirected to the private address 10.0.0.1: "
		     "refused. Does your network want a login first?");
}

static enum err status_of(const char *line, struct error *e)
{
	struct reply *r = reply_new();
	enum err rc;

	reply_line(r, str_of(line));
	memset(e, 0, sizeof *e);
	rc = cause_status(e, r);
	reply_free(r);
	return rc;
}

static void good_statuses_need_no_words(void **state)
{
	static const char *const good[] = { "HTTP/1.1 200 OK", "HTTP/2 203", "HTTP/1.1 304 x" };
	struct error e;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(status_of(good[i], &e), ERR_NONE);
		assert_string_equal(e.text, "");
	}
}

static void known_statuses_have_our_words(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(status_of("HTTP/1.1 404 Buy now!", &e), ERR_HTTP);
	assert_string_equal(e.text, "404 Not Found");
	status_of("HTTP/2 404", &e);
	assert_string_equal(e.text, "404 Not Found");
}

static void unknown_statuses_have_the_servers(void **state)
{
	struct error e;

	(void)state;
	status_of("HTTP/1.1 530 Site\tfrozen", &e);
	assert_string_equal(e.text, "530 Site frozen");
	status_of("HTTP/2 530", &e);
	assert_string_equal(e.text, "530");
	status_of("HTTP/1.1 305 Use Proxy", &e);
	assert_string_equal(e.text, "305 Use Proxy without a target");
}

static void walls_have_sentences(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(cause_wall(&e, "bot check (AWS)"), ERR_HTTP);
	assert_string_equal(e.text,
	                    "blocked by a bot check (AWS). It cannot be read by programs from "
	                    "here; try another user-agent, or ask the site");
	cause_wall(&e, "consent page");
	assert_string_equal(e.text, "leads to a consent page");
	cause_wall(&e, "your network wants a login first");
	assert_string_equal(e.text, "your network wants a login first");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_that_are_not_found_are_named),
		cmocka_unit_test(a_proxy_is_blamed_for_what_is_its_own),
		cmocka_unit_test(connections_fail_in_several_ways),
		cmocka_unit_test(silence_and_slowness_differ),
		cmocka_unit_test(tls_failures_are_told_apart),
		cmocka_unit_test(lost_connections_say_how_far_it_came),
		cmocka_unit_test(libcurls_words_pass_the_display_form),
		cmocka_unit_test(only_http2_has_http2s_errors),
		cmocka_unit_test(bounds_are_told_with_their_numbers),
		cmocka_unit_test(good_statuses_need_no_words),
		cmocka_unit_test(known_statuses_have_our_words),
		cmocka_unit_test(unknown_statuses_have_the_servers),
		cmocka_unit_test(walls_have_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
