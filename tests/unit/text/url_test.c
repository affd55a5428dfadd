#include "lede/text/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static char *shown; /* what the last call gave; freed by the next */

static const char *give(struct buf *b, enum err rc)
{
	assert_int_equal(rc, ERR_NONE);
	free(shown);
	shown = buf_take(b);
	return shown;
}

static const char *resolved(const char *base, const char *ref)
{
	struct buf out = buf_limited(4096);
	enum err rc = url_resolve(str_of(base), str_of(ref), &out);

	return give(&out, rc);
}

static const char *normal(const char *s)
{
	struct buf out = buf_limited(4096);
	enum err rc = url_normalise(str_of(s), &out);

	return give(&out, rc);
}

static const char *for_people(const char *s)
{
	struct buf out = buf_limited(4096);
	enum err rc = url_display(str_of(s), &out);

	return give(&out, rc);
}

static int forget(void **state)
{
	(void)state;
	free(shown);
	shown = NULL;
	return 0;
}

/* RFC 3986, 5.4.1 and 5.4.2. */
static void the_examples_of_rfc3986(void **state)
{
	static const struct {
		const char *ref, *target;
	} table[] = {
		{ "g:h", "g:h" },
		{ "g", "http://a/b/c/g" },
		{ "./g", "http://a/b/c/g" },
		{ "g/", "http://a/b/c/g/" },
		{ "/g", "http://a/g" },
		{ "//g", "http://g" },
		{ "?y", "http://a/b/c/d;p?y" },
		{ "g?y", "http://a/b/c/g?y" },
		{ "#s", "http://a/b/c/d;p?q#s" },
		{ "g#s", "http://a/b/c/g#s" },
		{ "g?y#s", "http://a/b/c/g?y#s" },
		{ ";x", "http://a/b/c/;x" },
		{ "g;x", "http://a/b/c/g;x" },
		{ "g;x?y#s", "http://a/b/c/g;x?y#s" },
		{ "", "http://a/b/c/d;p?q" },
		{ ".", "http://a/b/c/" },
		{ "./", "http://a/b/c/" },
		{ "..", "http://a/b/" },
		{ "../", "http://a/b/" },
		{ "../g", "http://a/b/g" },
		{ "../..", "http://a/" },
		{ "../../", "http://a/" },
		{ "../../g", "http://a/g" },
		{ "../../../g", "http://a/g" },
		{ "../../../../g", "http://a/g" },
		{ "/./g", "http://a/g" },
		{ "/../g", "http://a/g" },
		{ "g.", "http://a/b/c/g." },
		{ ".g", "http://a/b/c/.g" },
		{ "g..", "http://a/b/c/g.." },
		{ "..g", "http://a/b/c/..g" },
		{ "./../g", "http://a/b/g" },
		{ "./g/.", "http://a/b/c/g/" },
		{ "g/./h", "http://a/b/c/g/h" },
		{ "g/../h", "http://a/b/c/h" },
		{ "g;x=1/./y", "http://a/b/c/g;x=1/y" },
		{ "g;x=1/../y", "http://a/b/c/y" },
		{ "g?y/./x", "http://a/b/c/g?y/./x" },
		{ "g#s/../x", "http://a/b/c/g#s/../x" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_string_equal(resolved("http://a/b/c/d;p?q", table[i].ref), table[i].target);
}

static void without_a_base_the_reference_stands(void **state)
{
	(void)state;
	assert_string_equal(resolved("", " /a/../b \n"), "/a/../b");
	assert_string_equal(resolved("  ", "x"), "x");
}

static void a_base_may_be_a_host_alone_or_relative_itself(void **state)
{
	(void)state;
	assert_string_equal(resolved("http://a", "b"), "http://a/b");
	assert_string_equal(resolved("http://a?x", "b"), "http://a/b");
	assert_string_equal(resolved("/blog/", "b"), "/blog/b");
	assert_string_equal(resolved("blog/x", "../c"), "/c");
	assert_string_equal(resolved("urn:a:b", "c"), "c");
}

static void blanks_and_line_ends_in_an_address_are_mended(void **state)
{
	(void)state;
	assert_string_equal(resolved("http://a/", "x y"), "http://a/x%20y");
	assert_string_equal(resolved("", "http://a/x\n  y"), "http://a/x%20%20y");
	assert_string_equal(resolved("", "http://a/\303\251%20"), "http://a/\303\251%20");
}

static void a_result_over_the_limit_leaves_nothing(void **state)
{
	struct buf out = buf_limited(10);

	(void)state;
	assert_int_equal(url_resolve(STR("http://aaaa/"), STR("bbbb"), &out), ERR_LIMIT);
	assert_int_equal(out.n, 0);
	buf_free(&out);
}

static bool is(struct str s, const char *expected)
{
	return str_is(s, expected);
}

static void splits_into_parts(void **state)
{
	struct url u = url_split(STR("https://me:pw@[::1]:8080/a/b?c=d#e?f"));

	(void)state;
	assert_true(is(u.scheme, "https"));
	assert_true(is(u.user, "me:pw"));
	assert_true(is(u.host, "[::1]"));
	assert_true(is(u.port, "8080"));
	assert_true(is(u.path, "/a/b"));
	assert_true(is(u.query, "c=d"));
	assert_true(is(u.fragment, "e?f"));
	u = url_split(STR("a b"));
	assert_true(is(u.path, "a b"));
	assert_false(u.has_authority);
	u = url_split(STR("?"));
	assert_true(u.has_query);
	assert_int_equal(u.query.n, 0);
}

static void web_addresses_are_told_from_others(void **state)
{
	static const char *const others[] = {
		"",
		"/a",
		"ftp://a/",
		"javascript:alert(1)",
		"http:///a",
		"http://",
		"mailto:a@b",
		"http://a/ b",
		"http://a/\x01",
		"data:text/html,x",
		"//a/b",
		"http://a:65536/",
		"http://a:0",
		"http://a:b/",
		"http://a:-1/",
		"http://a:+1/",
	};

	(void)state;
	assert_true(url_is_web(STR("http://a")));
	assert_true(url_is_web(STR("HTTPS://a/b?c#d")));
	assert_true(url_is_web(STR("http://a:65535/")));
	assert_true(url_is_web(STR("http://[::1]:/")));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_false(url_is_web(str_of(others[i])));
}

static void what_is_wrong_with_an_address_is_said(void **state)
{
	(void)state;
	assert_null(url_flaw(STR("http://a:8080/feed")));
	assert_non_null(strstr(url_flaw(STR("http://a:99999/")), "port"));
	assert_non_null(strstr(url_flaw(STR("http:///a")), "host"));
	assert_non_null(strstr(url_flaw(STR("http://a/ b")), "blank"));
	assert_non_null(strstr(url_flaw(STR("ftp://a/")), "http"));
}

static void an_address_over_8_kib_is_none(void **state)
{
	char *text = malloc(9000);

	(void)state;
	memset(text, 'a', 9000);
	memcpy(text, "http://", 7);
	assert_false(url_is_web((struct str){ text, 8193 }));
	assert_true(url_is_web((struct str){ text, 8192 }));
	free(text);
}

static void forms_of_one_address_are_the_same_when_normalised(void **state)
{
	static const char *const forms[] = {
		"http://example.com/a",
		"https://www.example.com/a/",
		"HTTP://EXAMPLE.COM:80/a#top",
		"https://example.com:443/a?utm_source=x&utm_medium=y",
		"http://example.com/a?fbclid=1",
		" http://example.com./a ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		assert_string_equal(normal(forms[i]), "example.com/a");
	assert_string_equal(normal("http://www.example.com/?utm_campaign=x"), "example.com");
}

static void what_tells_pages_apart_is_kept_when_normalised(void **state)
{
	(void)state;
	assert_string_equal(normal("http://a.example/A/b?id=2&utm_source=x&p=1"),
			    "a.example/A/b?id=2&p=1");
	assert_string_equal(normal("http://a.example:8080/"), "a.example:8080");
	assert_string_equal(normal("tag:example.com,2020:1"), "tag:example.com,2020:1");
	assert_string_equal(normal("http://www./"), "www");
}

static void addresses_for_people(void **state)
{
	(void)state;
	assert_string_equal(for_people("https://www.slow.example/currents"),
			    "slow.example/currents");
	assert_string_equal(for_people("http://a.example/"), "a.example");
	assert_string_equal(for_people("http://a.example/%E4%B8%AD%E6%96%87"),
			    "a.example/\344\270\255\346\226\207");
	assert_string_equal(for_people("http://a.example/%D6%D0"), "a.example/%D6%D0");
	assert_string_equal(for_people("http://a.example/a%20b%1B"), "a.example/a%20b%1B");
	assert_string_equal(for_people("mailto:a@b.example"), "mailto:a@b.example");
}

static void no_control_reaches_the_screen_through_an_address(void **state)
{
	(void)state;
	assert_string_equal(for_people("http://a.example/\x1b[31m%C2%9B"), "a.example/[31m");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_examples_of_rfc3986, forget),
		cmocka_unit_test_teardown(without_a_base_the_reference_stands, forget),
		cmocka_unit_test_teardown(a_base_may_be_a_host_alone_or_relative_itself, forget),
		cmocka_unit_test_teardown(blanks_and_line_ends_in_an_address_are_mended, forget),
		cmocka_unit_test(a_result_over_the_limit_leaves_nothing),
		cmocka_unit_test(splits_into_parts),
		cmocka_unit_test(web_addresses_are_told_from_others),
		cmocka_unit_test(an_address_over_8_kib_is_none),
		cmocka_unit_test(what_is_wrong_with_an_address_is_said),
		cmocka_unit_test_teardown(forms_of_one_address_are_the_same_when_normalised,
					  forget),
		cmocka_unit_test_teardown(what_tells_pages_apart_is_kept_when_normalised, forget),
		cmocka_unit_test_teardown(addresses_for_people, forget),
		cmocka_unit_test_teardown(no_control_reaches_the_screen_through_an_address, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
