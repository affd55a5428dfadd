#include "lede/net/wall.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define NETWORK "your network wants a login first"

struct page { int status; const char *type, *header, *head, *asked, *came; };

static const char *name_of(const struct page *p)
{
	struct reply *r = reply_new();
	struct wall_signs s = { .reply = r, .head = str_of(p->head),
		.asked = str_of(p->asked ? p->asked : "http://a.example/feed"),
		.came = str_of(p->came ? p->came : "http://a.example/feed") };
	struct buf lines = buf_limited(4096);
	const char *name;

	buf_addf(&lines, "HTTP/1.1 %d x\r\n", p->status);
	reply_line(r, buf_view(&lines));
	buf_clear(&lines);
	buf_addf(&lines, "Content-Type: %s\r\n", p->type ? p->type : "text/html");
	reply_line(r, buf_view(&lines));
	if (p->header)
		reply_line(r, str_of(p->header));
	name = wall_name(&s);
	reply_free(r);
	buf_free(&lines);
	return name;
}

static void assert_names(const struct page *pages, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		const char *got = name_of(&pages[i]);

		if (name ? !got || strcmp(got, name) != 0 : got != NULL)
			fail_msg("page %zu: %s", i, got ? got : "none");
	}
}
#define ASSERT_NAMES(pages, name) assert_names(pages, sizeof(pages) / sizeof *(pages), name)

static void cloudflares_check_is_known(void **state)
{
	static const struct page pages[] = {
		{ .status = 200, .header = "cf-mitigated: challenge\r\n" },
		{ .status = 403, .header = "CF-MITIGATED: Challenge\r\n" },
		{ .status = 503,
		  .head = "<script src=/cdn-cgi/challenge-platform/h/b/orchestrate>" },
		{ .status = 403, .head = "<html>... '/cdn-cgi/challenge-platform/x'" },
	};

	(void)state;
	ASSERT_NAMES(pages, "bot check (Cloudflare)");
}

static void awss_check_is_known(void **state)
{
	static const struct page pages[] = {
		{ .status = 202, .header = "x-amzn-waf-action: challenge\r\n" },
		{ .status = 405, .header = "x-amzn-waf-action: captcha\r\n" },
	};

	(void)state;
	ASSERT_NAMES(pages, "bot check (AWS)");
}

static void datadomes_check_is_known(void **state)
{
	static const struct page pages[] = {
		{ .status = 403, .header = "x-datadome: protected\r\n" },
		{ .status = 401, .head = "<script src=\"https://ct.captcha-delivery.com/c.js\">" },
	};

	(void)state;
	ASSERT_NAMES(pages, "bot check (DataDome)");
}

static void proof_of_work_is_known_by_title_and_script(void **state)
{
	static const struct page pages[] = {
		{ .status = 200,
		  .head = "<html><head><title>Making sure you&#39;re not a bot!</title>"
		          "<script id=\"x_challenge\" type=\"application/json\">" },
		{ .status = 403,
		  .head = "<TITLE lang=en>Checking you are not a robot</TITLE>"
		          "<script>/* proof-of-work */" },
	};

	(void)state;
	ASSERT_NAMES(pages, "bot check (proof of work)");
}

static void pages_that_only_speak_of_walls_are_none(void **state)
{
	static const struct page pages[] = {
		{ .status = 200, .head = "<p>Cloudflare's /cdn-cgi/challenge-platform/ explained" },
		{ .status = 200, .header = "x-datadome: protected\r\n" },
		{ .status = 404, .head = "captcha-delivery.com/" },
		{ .status = 200,
		  .header = "content-security-policy: script-src cloudflare.com\r\n" },
		{ .status = 200,
		  .head = "<title>Making sure you're not a bot: how it works</title>"
		          "<script src=a.js></script><article>The challenge is proof of work" },
		{ .status = 200, .head = "<title>How I am not a bot</title><p>challenge" },
		{ .status = 200, .head = "<title>News</title><script>challenge</script>not a bot" },
		{ .status = 403, .head = "" },
		{ .status = 200, .head = "<title" },
	};

	(void)state;
	ASSERT_NAMES(pages, NULL);
}

static void a_redirect_to_anothers_login_is_a_login_page(void **state)
{
	static const struct page pages[] = {
		{ .status = 200, .came = "https://login.b.example/?r=feed" },
		{ .status = 200, .came = "https://b.example/account/signin?r=feed" },
		{ .status = 200, .came = "https://b.example/login.php" },
		{ .status = 200, .came = "https://sso.b.example:8443/" },
	};

	(void)state;
	ASSERT_NAMES(pages, "login page");
}

static void a_redirect_to_anothers_consent_is_a_consent_page(void **state)
{
	static const struct page pages[] = {
		{ .status = 200, .came = "https://consent.b.example/v2/collect?x=login" },
		{ .status = 200, .came = "https://b.example/collectConsent?sessionId=1" },
	};

	(void)state;
	ASSERT_NAMES(pages, "consent page");
}

static void a_captive_portal_is_the_networks(void **state)
{
	static const struct page pages[] = {
		{ .status = 200, .came = "http://hotspot.hotel.example/welcome" },
		{ .status = 200, .came = "http://wifi.example/captive/login" },
		{ .status = 511, .head = "" },
	};

	(void)state;
	ASSERT_NAMES(pages, NETWORK);
}

static void redirects_to_other_pages_are_no_walls(void **state)
{
	static const struct page pages[] = {
		{ .status = 200, .came = "http://a.example/login" },
		{ .status = 200, .came = "http://b.example/blogin/feed" },
		{ .status = 200, .came = "http://b.example/feed?next=/login" },
		{ .status = 200, .type = "text/xml", .came = "http://login.b.example/feed" },
		{ .status = 404, .came = "http://b.example/login" },
		{ .status = 200, .came = "http://www.a.example/feed" },
	};

	(void)state;
	ASSERT_NAMES(pages, NULL);
}

static void the_same_page_from_three_hosts_is_the_networks(void **state)
{
	struct wall_watch *w = wall_watch_new();
	struct str page = STR("<html>pay for wifi");

	(void)state;
	assert_null(wall_watch_page(w, STR("a.example"), page, 1000));
	assert_null(wall_watch_page(w, STR("a.example"), page, 1000));
	assert_null(wall_watch_page(w, STR("b.example"), page, 1000));
	assert_null(wall_watch_page(w, STR("c.example"), STR("<html>other"), 1000));
	assert_string_equal(wall_watch_page(w, STR("c.example"), page, 2000), NETWORK);
	assert_string_equal(wall_watch_page(w, STR("d.example"), page, 2000), NETWORK);
	wall_watch_free(w);
}

static void three_hosts_in_a_day_are_not_at_once(void **state)
{
	struct wall_watch *w = wall_watch_new();
	struct str page = STR("<html>parked");

	(void)state;
	for (int i = 0; i < 10; i++) {
		char host[2] = { (char)('a' + i), '\0' };

		assert_null(wall_watch_page(w, str_of(host), page, i * INT64_C(3600000)));
	}
	assert_null(wall_watch_page(w, STR("x"), STR(""), 0));
	wall_watch_free(w);
}

static void old_pages_make_room(void **state)
{
	struct wall_watch *w = wall_watch_new();
	char page[32];

	(void)state;
	for (int i = 0; i < 100; i++) {
		snprintf(page, sizeof page, "page %d", i);
		assert_null(wall_watch_page(w, STR("a"), str_of(page), 1000));
		assert_null(wall_watch_page(w, STR("b"), str_of(page), 1000));
	}
	assert_string_equal(wall_watch_page(w, STR("c"), STR("page 99"), 1000), NETWORK);
	assert_null(wall_watch_page(w, STR("c"), STR("page 1"), 1000));
	wall_watch_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cloudflares_check_is_known),
		cmocka_unit_test(awss_check_is_known),
		cmocka_unit_test(datadomes_check_is_known),
		cmocka_unit_test(proof_of_work_is_known_by_title_and_script),
		cmocka_unit_test(pages_that_only_speak_of_walls_are_none),
		cmocka_unit_test(a_redirect_to_anothers_login_is_a_login_page),
		cmocka_unit_test(a_redirect_to_anothers_consent_is_a_consent_page),
		cmocka_unit_test(a_captive_portal_is_the_networks),
		cmocka_unit_test(redirects_to_other_pages_are_no_walls),
		cmocka_unit_test(the_same_page_from_three_hosts_is_the_networks),
		cmocka_unit_test(three_hosts_in_a_day_are_not_at_once),
		cmocka_unit_test(old_pages_make_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
