#include "lede/net/proxy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* An environment of up to four variables. */
static const char *environment[4][2];

static char *look(const char *name)
{
	for (size_t i = 0; i < 4 && environment[i][0]; i++)
		if (strcmp(environment[i][0], name) == 0)
			return (char *)(uintptr_t)environment[i][1];
	return NULL;
}

static void set(const char *name, const char *value)
{
	for (size_t i = 0; i < 4; i++) {
		if (environment[i][0])
			continue;
		environment[i][0] = name;
		environment[i][1] = value;
		return;
	}
}

static int forget(void **state)
{
	(void)state;
	memset(environment, 0, sizeof environment);
	return 0;
}

static bool serves(const char *url)
{
	return proxy_serves(str_of(url), look);
}

static void without_variables_there_is_no_proxy(void **state)
{
	(void)state;
	assert_false(serves("http://a.example/"));
	assert_false(serves("https://a.example/"));
}

static void each_scheme_has_its_variable(void **state)
{
	(void)state;
	set("http_proxy", "http://p:1");
	assert_true(serves("http://a.example/"));
	assert_false(serves("https://a.example/"));
	forget(NULL);
	set("https_proxy", "http://p:1");
	assert_false(serves("http://a.example/"));
	assert_true(serves("HTTPS://a.example/"));
}

static void capital_http_proxy_may_be_a_header_of_a_cgi_request(void **state)
{
	(void)state;
	set("HTTP_PROXY", "http://p:1");
	assert_false(serves("http://a.example/"));
	set("HTTPS_PROXY", "http://p:1");
	assert_true(serves("https://a.example/"));
}

static void all_proxy_serves_both(void **state)
{
	(void)state;
	set("ALL_PROXY", "socks5h://p:1");
	assert_true(serves("http://a.example/"));
	assert_true(serves("https://a.example/"));
}

static void an_empty_variable_is_none(void **state)
{
	(void)state;
	set("http_proxy", "");
	assert_false(serves("http://a.example/"));
}

static void no_proxy_takes_hosts_out(void **state)
{
	(void)state;
	set("all_proxy", "http://p:1");
	set("no_proxy", "a.example, 10.0.0.0/8");
	assert_false(serves("http://a.example:8080/"));
	assert_false(serves("http://user@sub.a.example/"));
	assert_false(serves("http://10.9.8.7/"));
	assert_true(serves("http://b.example/"));
	set("NO_PROXY", "b.example");                 /* the small one comes first */
	assert_true(serves("http://b.example/"));
}

static void exclusions_are_read_as_libcurl_reads_them(void **state)
{
	static const struct { const char *host, *list; bool excluded; } table[] = {
		{ "a.example", "", false },
		{ "a.example", "*", true },
		{ "a.example", " * ", true },
		{ "a.example", "a.example", true },
		{ "A.EXAMPLE", "a.example", true },
		{ "a.example.", "a.example", true },
		{ "a.example", ".a.example", true },
		{ "ba.example", "a.example", false },
		{ "b.a.example", "a.example", true },
		{ "a.example", "b.a.example", false },
		{ "a.example", "x,y a.example", true },
		{ "a.example", ",, ,", false },
		{ "10.1.2.3", "10.1.2.3", true },
		{ "10.1.2.3", "10.0.0.0/8", true },
		{ "11.1.2.3", "10.0.0.0/8", false },
		{ "10.1.2.3", "10.1.2.0/25", true },
		{ "10.1.2.200", "10.1.2.0/25", false },
		{ "10.1.2.3", "10.0.0.0/33", false },
		{ "10.1.2.3", "0.0.0.0/0", true },
		{ "[fd00::1]", "fd00::/16", true },
		{ "[fd01::1]", "fd00::/16", false },
		{ "10.1.2.3", "::/0", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (proxy_is_excluded(str_of(table[i].host), str_of(table[i].list)) !=
		    table[i].excluded)
			fail_msg("%s in \"%s\"", table[i].host, table[i].list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(without_variables_there_is_no_proxy, forget),
		cmocka_unit_test_setup(each_scheme_has_its_variable, forget),
		cmocka_unit_test_setup(capital_http_proxy_may_be_a_header_of_a_cgi_request, forget),
		cmocka_unit_test_setup(all_proxy_serves_both, forget),
		cmocka_unit_test_setup(an_empty_variable_is_none, forget),
		cmocka_unit_test_setup(no_proxy_takes_hosts_out, forget),
		cmocka_unit_test(exclusions_are_read_as_libcurl_reads_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
