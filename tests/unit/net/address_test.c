#include "lede/net/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void assert_private(const char *literal, bool expected)
{
	if (address_is_private(str_of(literal)) != expected)
		fail_msg("%s", literal);
}

static void what_only_a_neighbour_can_reach_is_private(void **state)
{
	static const char *const private[] = { "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3",
		"10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1",
		"169.254.169.254", "100.64.0.1", "100.127.255.255", "198.18.0.1", "192.0.0.8",
		"224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1",
		"fe80::1", "fe80::1%eth0", "febf::1", "fec0::1", "fc00::1", "fdff::1", "ff02::1",
		"[::1]", "[fe80::1%25eth0]" };

	(void)state;
	for (size_t i = 0; i < sizeof private / sizeof *private; i++)
		assert_private(private[i], true);
}

static void ipv4_within_ipv6_is_looked_through(void **state)
{
	(void)state;
	assert_private("::ffff:127.0.0.1", true);
	assert_private("::ffff:10.1.2.3", true);
	assert_private("::127.0.0.1", true);
	assert_private("64:ff9b::a00:1", true);
	assert_private("2002:c0a8:101::1", true);
	assert_private("::ffff:8.8.4.4", false);
	assert_private("64:ff9b::808:404", false);
	assert_private("2002:808:404::1", false);
}

static void the_rest_of_the_world_is_public(void **state)
{
	static const char *const public[] = { "1.1.1.1",         "9.255.255.255", "11.0.0.0",
		                              "100.63.255.255",  "100.128.0.0",   "126.255.255.255",
		                              "128.0.0.1",       "169.253.0.1",   "172.15.255.255",
		                              "172.32.0.0",      "192.167.0.1",   "192.169.0.1",
		                              "223.255.255.255", "2001:db8::1",   "2a00:1450::1" };

	(void)state;
	for (size_t i = 0; i < sizeof public / sizeof *public; i++)
		assert_private(public[i], false);
}

static void what_is_no_literal_is_not_private(void **state)
{
	static const char *const names[] = { "", "localhost", "10.example", "127.0.0", "127.0.0.1.",
		"1270.0.0.1", "[", "]", "%", "::g", "[::1",
		"a-name-that-is-much-longer-than-any-literal-address-could-ever-be.example" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_private(names[i], false);
}

static void near_is_private_by_name_or_number(void **state)
{
	(void)state;
	assert_true(address_is_near(STR("localhost")));
	assert_true(address_is_near(STR("LocalHost")));
	assert_true(address_is_near(STR("[::1]")));
	assert_true(address_is_near(STR("192.168.1.10")));
	assert_false(address_is_near(STR("localhost.example")));
	assert_false(address_is_near(STR("example.com")));
}

static void assert_request(const char *url, const char *expected)
{
	struct buf out = buf_limited(4096);

	assert_int_equal(address_for_request(str_of(url), &out), ERR_NONE);
	assert_string_equal(buf_cstr(&out), expected);
	buf_free(&out);
}

static void bytes_beyond_ascii_are_encoded_and_fragments_left_out(void **state)
{
	(void)state;
	assert_request("http://a/b?c#d", "http://a/b?c");
	assert_request("http://a", "http://a");
	assert_request("http://a#b", "http://a");
	assert_request("http://a/%E6%97%A5", "http://a/%E6%97%A5");
	assert_request("http://a/日?q=本#語", "http://a/%E6%97%A5?q=%E6%9C%AC");
	assert_request("http://bücher.example/é", "http://bücher.example/%C3%A9");
	assert_request("http://a?q=é", "http://a?q=%C3%A9");
	assert_request("http://a/\xFF", "http://a/%FF");
}

static void too_long_a_request_is_an_error(void **state)
{
	struct buf out = buf_limited(10);

	(void)state;
	assert_int_equal(address_for_request(STR("http://a/long"), &out), ERR_LIMIT);
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_only_a_neighbour_can_reach_is_private),
		cmocka_unit_test(ipv4_within_ipv6_is_looked_through),
		cmocka_unit_test(the_rest_of_the_world_is_public),
		cmocka_unit_test(what_is_no_literal_is_not_private),
		cmocka_unit_test(near_is_private_by_name_or_number),
		cmocka_unit_test(bytes_beyond_ascii_are_encoded_and_fragments_left_out),
		cmocka_unit_test(too_long_a_request_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
