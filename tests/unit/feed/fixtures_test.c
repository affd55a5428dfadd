/* Every file of tests/fixtures/feeds gives what NAME.expect beside it says; with LEDE_WRITE_EXPECT
 * set the test writes those files instead, to be read before they are committed. */
#include "parsed.h"

#include <dirent.h>
#include <stdio.h>

#include "lede/base/file.h"

#define BASE_URL "http://feeds.example/dir/feed"

static const char *fixtures_path(void)
{
	static char path[4096];
	const char *top = getenv("srcdir");

	snprintf(path, sizeof path, "%s/tests/fixtures/feeds", top != NULL ? top : ".");
	return path;
}

static void read_file(const char *name, const char *suffix, struct buf *into)
{
	char path[8192];
	struct error e;

	snprintf(path, sizeof path, "%s/%s%s", fixtures_path(), name, suffix);
	if (file_read(path, into, &e) != ERR_NONE)
		fail_msg("%s", e.text);
}

static void write_expect(const char *name, struct str dump)
{
	char path[8192];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s.expect", fixtures_path(), name);
	f = fopen(path, "wb");
	assert_non_null(f);
	fwrite(dump.p, 1, dump.n, f);
	fclose(f);
}

static void gives_what_is_expected(const char *name, size_t chunk)
{
	struct buf body = buf_limited(1 << 20), expected = buf_limited(1 << 20),
		   got = buf_limited(1 << 20);
	struct parse_how how = { .base_url = BASE_URL, .chunk = chunk };

	read_file(name, "", &body);
	parsed_dump(parsed_with(buf_view(&body), &how), &got);
	if (getenv("LEDE_WRITE_EXPECT") != NULL)
		write_expect(name, buf_view(&got));
	read_file(name, ".expect", &expected);
	if (strcmp(buf_cstr(&got), buf_cstr(&expected)) != 0)
		fail_msg("%s, %zu bytes at a time, gives\n%s\ninstead of\n%s", name, chunk,
			 buf_cstr(&got), buf_cstr(&expected));
	buf_free(&body);
	buf_free(&expected);
	buf_free(&got);
	parsed_forget(NULL);
}

static bool is_fixture(const char *name)
{
	return name[0] != '.' && strcmp(name, "README") != 0 && !str_ends(str_of(name), ".expect");
}

static size_t each_fixture(size_t chunk)
{
	DIR *d = opendir(fixtures_path());
	struct dirent *f;
	size_t n = 0;

	assert_non_null(d);
	while ((f = readdir(d)) != NULL) {
		if (!is_fixture(f->d_name))
			continue;
		gives_what_is_expected(f->d_name, chunk);
		n++;
	}
	closedir(d);
	return n;
}

static void every_fixture_gives_what_is_expected(void **state)
{
	(void)state;
	assert_true(each_fixture(0) >= 25);
}

static void it_does_not_matter_how_the_bytes_arrive(void **state)
{
	(void)state;
	each_fixture(1);
	each_fixture(7);
	each_fixture(4096);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		behaves(every_fixture_gives_what_is_expected),
		behaves(it_does_not_matter_how_the_bytes_arrive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
