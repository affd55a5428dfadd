/* Captured feeds: the same comes out however the bytes arrive, and all of it is valid UTF-8.
 * Skipped without
 * ../shared. */
#include "parsed.h"

#include <dirent.h>

#include "lede/base/file.h"
#include "lede/text/utf8.h"

static const char *corpus(void)
{
	static char path[4096];
	const char *shared = getenv("LEDE_SHARED");

	snprintf(path, sizeof path, "%s/corpora/feeds", shared != NULL ? shared : "../shared");
	return path;
}

static void dump_of(struct str body, size_t chunk, struct buf *out)
{
	struct parse_how how = { .base_url = "http://feeds.example/x", .chunk = chunk };

	parsed_dump(parsed_with(body, &how), out);
	parsed_forget(NULL);
}

static void same_in_any_pieces(const char *path)
{
	struct buf body = buf_limited(1 << 24), whole = buf_limited(1 << 26),
		   pieces = buf_limited(1 << 26);
	struct error e;

	if (file_read(path, &body, &e) == ERR_NONE) {
		dump_of(buf_view(&body), 0, &whole);
		assert_true(utf8_is_valid(buf_view(&whole)));
		dump_of(buf_view(&body), 1021, &pieces);
		if (strcmp(buf_cstr(&whole), buf_cstr(&pieces)) != 0)
			fail_msg("%s gives something else in pieces", path);
	}
	buf_free(&body);
	buf_free(&whole);
	buf_free(&pieces);
}

static size_t each_of(const char *subset)
{
	char folder[4200], path[4600];
	struct dirent *f;
	size_t n = 0;
	DIR *d;

	snprintf(folder, sizeof folder, "%s/%s", corpus(), subset);
	d = opendir(folder);
	if (d == NULL) {
		print_message("[  SKIPPED ] %s is not there\n", folder);
		skip();
	}
	while ((f = readdir(d)) != NULL) {
		if (f->d_name[0] == '.' || str_ends(str_of(f->d_name), ".expect.json"))
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, f->d_name);
		same_in_any_pieces(path);
		n++;
	}
	closedir(d);
	return n;
}

static void captured_feeds_are_the_same_in_any_pieces(void **state)
{
	(void)state;
	assert_true(each_of("real") > 10);
}

static void broken_feeds_are_the_same_in_any_pieces(void **state)
{
	(void)state;
	each_of("malformed");
	each_of("encodings");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		behaves(captured_feeds_are_the_same_in_any_pieces),
		behaves(broken_feeds_are_the_same_in_any_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
