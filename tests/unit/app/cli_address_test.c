#include "../../../src/app/cli_address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static struct error error;

static const char *whole(const char *typed)
{
	static char kept[512];
	struct buf out = buf_limited(4096);
	enum err rc = cli_address(str_of(typed), STR("/home/ann/feeds"), &out, &error);

	strncpy(kept, rc == ERR_NONE ? buf_cstr(&out) : "", sizeof kept - 1);
	buf_free(&out);
	return kept;
}

static const char *path(const char *url)
{
	static char kept[512];
	struct buf out = buf_limited(4096);
	enum err rc = cli_file_path(str_of(url), &out, &error);

	strncpy(kept, rc == ERR_NONE ? buf_cstr(&out) : "", sizeof kept - 1);
	buf_free(&out);
	return kept;
}

static void what_has_a_scheme_stays_as_it_was_typed(void **state)
{
	(void)state;
	assert_string_equal(whole("http://a.example/feed?x=1#y"), "http://a.example/feed?x=1#y");
	assert_string_equal(whole("HTTPS://A.example"), "HTTPS://A.example");
	assert_string_equal(whole(" https://ann:secret@a.example/ "),
			    "https://ann:secret@a.example/");
}

static void without_a_scheme_https_is_meant(void **state)
{
	(void)state;
	assert_string_equal(whole("a.example/feed.xml"), "https://a.example/feed.xml");
	assert_string_equal(whole("localhost:8080/feed"), "https://localhost:8080/feed");
	assert_string_equal(whole("a.example:8080"), "https://a.example:8080");
	assert_string_equal(whole("[::1]:8080/feed"), "https://[::1]:8080/feed");
}

static void files_are_made_absolute(void **state)
{
	(void)state;
	assert_string_equal(whole("file:///srv/feed.xml"), "file:///srv/feed.xml");
	assert_string_equal(whole("file:feed.xml"), "file:///home/ann/feeds/feed.xml");
	assert_string_equal(whole("file:/srv/feed.xml"), "file:///srv/feed.xml");
	assert_string_equal(whole("./feed.xml"), "file:///home/ann/feeds/feed.xml");
	assert_string_equal(whole("../new/./feed.xml"), "file:///home/ann/new/feed.xml");
	assert_string_equal(whole("../../../../feed.xml"), "file:///feed.xml");
	assert_string_equal(whole("/srv//feed.xml"), "file:///srv/feed.xml");
}

static void names_of_files_survive_the_way_into_an_address_and_back(void **state)
{
	(void)state;
	assert_string_equal(whole("/srv/my 100% #1?.xml"), "file:///srv/my%20100%25%20%231%3F.xml");
	assert_string_equal(path("file:///srv/my%20100%25%20%231%3F.xml"), "/srv/my 100% #1?.xml");
	assert_string_equal(path(whole("/srv/新聞.xml")), "/srv/新聞.xml");
	assert_string_equal(path("file:///a%2"), "/a%2");
	assert_string_equal(path("file:///a%zz"), "/a%zz");
}

static void what_lede_does_not_read_is_told(void **state)
{
	static const char *const wrong[] = {
		"",
		"  ",
		"ftp://a.example/",
		"mailto:ann@a.example",
		"exec:ls",
		"javascript:alert(1)",
		"file:",
		"file://host/feed.xml",
		"http://",
		"http:",
		"https:///x",
		"a b c",
		"http://a.example/a b",
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		error = (struct error){ 0 };
		assert_string_equal(whole(wrong[i]), "");
		assert_int_equal(error.code, ERR_USAGE);
		assert_true(strlen(error.text) > 5);
	}
}

static void only_this_machines_files_have_a_path(void **state)
{
	(void)state;
	assert_string_equal(path("file://host/etc"), "");
	assert_string_equal(path("http://a.example/"), "");
	assert_string_equal(path("file:///a%00b"), "");
	assert_int_equal(error.code, ERR_USAGE);
}

static void passwords_are_masked(void **state)
{
	static const struct { const char *url, *masked; } table[] = {
		{ "https://ann:secret@a.example/feed", "https://ann:***@a.example/feed" },
		{ "https://ann:@a.example/", "https://ann:***@a.example/" },
		{ "https://ann@a.example/feed:x@y", "https://ann@a.example/feed:x@y" },
		{ "https://a.example:8080/feed", "https://a.example:8080/feed" },
		{ "file:///srv/a:b@c.xml", "file:///srv/a:b@c.xml" },
		{ "", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct str masked = cli_masked(str_of(table[i].url), a);

		assert_int_equal(masked.n, strlen(table[i].masked));
		assert_memory_equal(masked.p, table[i].masked, masked.n);
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_has_a_scheme_stays_as_it_was_typed),
		cmocka_unit_test(without_a_scheme_https_is_meant),
		cmocka_unit_test(files_are_made_absolute),
		cmocka_unit_test(names_of_files_survive_the_way_into_an_address_and_back),
		cmocka_unit_test(what_lede_does_not_read_is_told),
		cmocka_unit_test(only_this_machines_files_have_a_path),
		cmocka_unit_test(passwords_are_masked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
