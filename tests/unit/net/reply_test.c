#include "lede/net/reply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>


#define NOW INT64_C(1744632000)       /* Mon, 14 Apr 2025 12:00:00 GMT */

/* Feeds header lines; what the last one gave is in `step`. */
static enum reply_step step;

static void feed(struct reply *r, const char *lines)
{
	struct str rest = str_of(lines);
	size_t end;

	while (rest.n > 0) {
		end = str_find(rest, '\n');
		end = end == SIZE_MAX ? rest.n : end + 1;
		step = reply_line(r, str_sub(rest, 0, end));
		rest = str_sub(rest, end, rest.n);
	}
}

static struct reply *read_lines(const char *lines)
{
	struct reply *r = reply_new();

	feed(r, "HTTP/1.1 200 OK\r\n");
	feed(r, lines);
	feed(r, "\r\n");
	return r;
}

static void a_block_ends_at_its_empty_line(void **state)
{
	struct reply *r = reply_new();

	(void)state;
	feed(r, "HTTP/1.1 200 OK\r\nETag: \"x\"\r\n");
	assert_int_equal(step, REPLY_GOES_ON);
	assert_false(r->complete);
	feed(r, "\r\n");
	assert_int_equal(step, REPLY_BLOCK_ENDS);
	assert_true(r->complete);
	assert_int_equal(r->status, 200);
	assert_string_equal(buf_cstr(&r->reason), "OK");
	reply_free(r);
}

static void http2_has_no_reason(void **state)
{
	struct reply *r = reply_new();

	(void)state;
	feed(r, "HTTP/2 404 \r\n\r\n");
	assert_int_equal(r->status, 404);
	assert_int_equal(r->reason.n, 0);
	reply_free(r);
}

static void a_status_that_is_no_number_is_none(void **state)
{
	struct reply *r = reply_new();

	(void)state;
	feed(r, "HTTP/1.1\r\n\r\n");
	assert_int_equal(r->status, 0);
	assert_false(r->complete);
	feed(r, "HTTP/1.1 2x0 OK\r\n");
	assert_int_equal(r->status, 0);
	reply_free(r);
}

static void interim_blocks_do_not_end_anything(void **state)
{
	struct reply *r = reply_new();

	(void)state;
	feed(r, "HTTP/1.1 103 Early Hints\r\nETag: \"early\"\r\n\r\n");
	assert_int_equal(step, REPLY_GOES_ON);
	feed(r, "HTTP/1.1 200 OK\r\n\r\n");
	assert_int_equal(step, REPLY_BLOCK_ENDS);
	assert_int_equal(r->etag.n, 0);
	reply_free(r);
}

static void a_new_block_forgets_the_one_before(void **state)
{
	struct reply *r = reply_new();

	(void)state;
	feed(r, "HTTP/1.1 301 Moved\r\nLocation: /b\r\nETag: \"x\"\r\nx-datadome: 1\r\n"
	     "Cache-Control: no-store\r\nRetry-After: 5\r\n\r\n");
	assert_true(reply_is_redirect(r));
	feed(r, "HTTP/1.1 200 OK\r\n\r\n");
	assert_false(reply_is_redirect(r));
	assert_int_equal(r->location.n + r->etag.n + r->retry_after.n, 0);
	assert_int_equal(r->signs, 0);
	assert_int_equal(reply_max_age(r, NOW), -1);
	reply_free(r);
}

static void trailers_only_count(void **state)
{
	struct reply *r = read_lines("");
	size_t before = r->bytes;

	(void)state;
	feed(r, "ETag: \"late\"\r\n");
	assert_int_equal(step, REPLY_GOES_ON);
	assert_int_equal(r->etag.n, 0);
	assert_true(r->bytes > before);
	reply_free(r);
}

static void validators_keep_every_byte_but_the_blanks_around(void **state)
{
	struct reply *r = read_lines("etag: \t W/\"\xFF a\"  \r\nLAST-MODIFIED:yesterday\r\n"
				     "ETag: \"second\"\r\n");

	(void)state;
	assert_string_equal(buf_cstr(&r->etag), "W/\"\xFF a\"");
	assert_string_equal(buf_cstr(&r->last_modified), "yesterday");
	reply_free(r);
}

static void lines_without_sense_are_passed_over(void **state)
{
	struct reply *r = read_lines("no colon\r\n: nothing\r\n folded: line\r\nETag\r\n");

	(void)state;
	assert_int_equal(r->status, 200);
	assert_int_equal(r->etag.n, 0);
	reply_free(r);
}

static void lengths_that_lie_are_unknown(void **state)
{
	static const struct { const char *line; int64_t length; } table[] = {
		{ "Content-Length: 12\r\n", 12 },
		{ "Content-Length: -5\r\n", -1 },
		{ "Content-Length: 99999999999999999999\r\n", -1 },
		{ "Content-Length: many\r\n", -1 },
		{ "", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct reply *r = read_lines(table[i].line);

		assert_int_equal(r->length, table[i].length);
		reply_free(r);
	}
}

static void all_lines_together_have_a_bound(void **state)
{
	struct reply *r = reply_new();
	int n = 0;

	(void)state;
	for (; step != REPLY_TOO_MUCH && n < 100000; n++)
		feed(r, "X-Filler: 0123456789\r\n");
	assert_int_equal(n, REPLY_HEADERS_MAX / 22 + 1);
	reply_free(r);
}

static char *line_of(const char *name, size_t n)
{
	char *line = calloc(n + 64, 1);

	strcpy(line, name);
	memset(line + strlen(name), 'a', n);
	strcat(line, "\r\n");
	return line;
}

static void a_line_beyond_its_bound_says_nothing(void **state)
{
	char *line = line_of("ETag: ", REPLY_LINE_MAX);
	struct reply *r = read_lines(line);

	(void)state;
	assert_int_equal(r->etag.n, 0);
	assert_true(r->complete);
	reply_free(r);
	free(line);
}

static void a_target_beyond_8_kib_is_refused(void **state)
{
	static const size_t sizes[] = { REPLY_ADDRESS_MAX + 1, REPLY_LINE_MAX + 1 };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char *line = line_of("location: ", sizes[i]);
		struct reply *r = reply_new();

		feed(r, "HTTP/1.1 302 Found\r\n");
		feed(r, line);
		assert_int_equal(step, REPLY_LONG_ADDRESS);
		reply_free(r);
		free(line);
	}
}

static void html_is_known_by_its_type(void **state)
{
	static const struct { const char *line; bool is; } table[] = {
		{ "Content-Type: text/html\r\n", true },
		{ "Content-Type: TEXT/HTML ; charset=x\r\n", true },
		{ "Content-Type: application/xhtml+xml\r\n", true },
		{ "Content-Type: text/xml\r\n", false },
		{ "Content-Type: text/html5\r\n", false },
		{ "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct reply *r = read_lines(table[i].line);

		assert_int_equal(reply_is_html(r), table[i].is);
		reply_free(r);
	}
}

static void lifetimes_are_those_of_a_private_cache(void **state)
{
	static const struct { const char *lines; int64_t seconds;
	} table[] = {
		{ "", -1 },
		{ "Cache-Control: max-age=300\r\n", 300 },
		{ "Cache-Control: public, MAX-AGE = \"300\"\r\n", 300 },
		{ "Cache-Control: max-age=300\r\nAge: 100\r\n", 200 },
		{ "Cache-Control: max-age=300\r\nAge: 400\r\n", 0 },
		{ "Cache-Control: max-age=300\r\nAge: old\r\n", 300 },
		{ "Cache-Control: max-age=0\r\n", 0 },
		{ "Cache-Control: max-age=-1\r\n", -1 },
		{ "Cache-Control: max-age=soon\r\n", -1 },
		{ "Cache-Control: max-age\r\n", -1 },
		{ "Cache-Control: s-maxage=300\r\n", -1 },
		{ "Cache-Control: no-cache, max-age=300\r\n", 0 },
		{ "Cache-Control: max-age=300\r\nCache-Control: no-store\r\n", 0 },
		{ "Expires: Mon, 14 Apr 2025 12:10:00 GMT\r\n", 600 },
		{ "Expires: Mon, 14 Apr 2025 11:00:00 GMT\r\n", 0 },
		{ "Expires: 0\r\n", 0 },
		{ "Expires: Mon, 14 Apr 2025 12:10:00 GMT\r\nCache-Control: max-age=5\r\n", 5 },
		{ "Date: Mon, 14 Apr 2025 12:05:00 GMT\r\nExpires: Mon, 14 Apr 2025 12:10:00 "
		  "GMT\r\n",
		  300 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct reply *r = read_lines(table[i].lines);

		if (reply_max_age(r, NOW) != table[i].seconds)
			fail_msg("%s: %lld", table[i].lines, (long long)reply_max_age(r, NOW));
		reply_free(r);
	}
}

static void an_absurd_lifetime_stays_a_number(void **state)
{
	struct reply *r = read_lines("Cache-Control: max-age=99999999999999999999999999\r\n");

	(void)state;
	assert_true(reply_max_age(r, NOW) > 1000000000);
	reply_free(r);
}

static void waits_are_read_against_the_servers_clock(void **state)
{
	struct reply *r = read_lines("Date: Mon, 14 Apr 2025 15:00:00 GMT\r\n"
				     "Retry-After: Mon, 14 Apr 2025 15:02:00 GMT\r\n");

	(void)state;
	assert_int_equal(reply_retry_after(r, NOW), 120);
	assert_false(reply_retry_was_cut(r, NOW));
	reply_free(r);
}

static void a_week_is_the_longest_wait(void **state)
{
	struct reply *r = read_lines("Retry-After: 604800\r\n");

	(void)state;
	assert_int_equal(reply_retry_after(r, NOW), 604800);
	assert_false(reply_retry_was_cut(r, NOW));
	reply_free(r);
	r = read_lines("Retry-After: Fri, 14 Apr 2045 12:00:00 GMT\r\n");
	assert_int_equal(reply_retry_after(r, NOW), 604800);
	assert_true(reply_retry_was_cut(r, NOW));
	reply_free(r);
}

static void walls_have_headers_of_their_own(void **state)
{
	struct reply *r = read_lines("CF-Mitigated: challenge\r\nX-Amzn-Waf-Action: captcha\r\n"
				     "X-DataDome: protected\r\n");

	(void)state;
	assert_int_equal(r->signs, REPLY_CF_CHALLENGE | REPLY_WAF_CHALLENGE | REPLY_DATADOME);
	reply_free(r);
	r = read_lines("cf-mitigated: no\r\nx-amzn-waf-action: allow\r\nServer: cloudflare\r\n");
	assert_int_equal(r->signs, 0);
	reply_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_ends_at_its_empty_line),
		cmocka_unit_test(http2_has_no_reason),
		cmocka_unit_test(a_status_that_is_no_number_is_none),
		cmocka_unit_test(interim_blocks_do_not_end_anything),
		cmocka_unit_test(a_new_block_forgets_the_one_before),
		cmocka_unit_test(trailers_only_count),
		cmocka_unit_test(validators_keep_every_byte_but_the_blanks_around),
		cmocka_unit_test(lines_without_sense_are_passed_over),
		cmocka_unit_test(lengths_that_lie_are_unknown),
		cmocka_unit_test(all_lines_together_have_a_bound),
		cmocka_unit_test(a_line_beyond_its_bound_says_nothing),
		cmocka_unit_test(a_target_beyond_8_kib_is_refused),
		cmocka_unit_test(html_is_known_by_its_type),
		cmocka_unit_test(lifetimes_are_those_of_a_private_cache),
		cmocka_unit_test(an_absurd_lifetime_stays_a_number),
		cmocka_unit_test(waits_are_read_against_the_servers_clock),
		cmocka_unit_test(a_week_is_the_longest_wait),
		cmocka_unit_test(walls_have_headers_of_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
