/* corpus - records of ../shared/corpora/text and test files of Unicode, for the tests of this
 * folder.
 *
 * Both may be missing; then the test that wants them says so and is skipped.
 */
#ifndef TESTS_UNIT_TEXT_CORPUS_H
#define TESTS_UNIT_TEXT_CORPUS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "lede/base/str.h"

#define UNICODE_DATA "/usr/share/unicode"

static inline FILE *open_or_skip(const char *path)
{
	FILE *f = fopen(path, "r");

	if (!f) {
		print_message("%s is not there: skipped\n", path);
		skip();
	}
	return f;
}

static inline const char *shared_path(const char *name)
{
	static char path[4096];
	const char *shared = getenv("LEDE_SHARED");

	snprintf(path, sizeof path, "%s/%s", shared ? shared : "../shared", name);
	return path;
}

/* Calls `check` with each record of a file of one JSON object a line; returns how many there
 * were. */
static inline int each_record(const char *name, void (*check)(const json_t *record))
{
	FILE *f = open_or_skip(shared_path(name));
	json_t *record;
	int n = 0;

	for (; (record = json_loadf(f, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, NULL)); n++) {
		check(record);
		json_decref(record);
	}
	fclose(f);
	assert_true(n > 0);
	return n;
}

static inline struct str string_in(const json_t *record, const char *key)
{
	const json_t *s = json_object_get(record, key);

	assert_true(json_is_string(s));
	return (struct str){ json_string_value(s), json_string_length(s) };
}

static inline int number_in(const json_t *record, const char *key)
{
	return (int)json_integer_value(json_object_get(record, key));
}

static inline void assert_str(struct str got, struct str want)
{
	if (!str_eq(got, want))
		fail_msg("got \"%.*s\", want \"%.*s\"", (int)got.n, got.p, (int)want.n, want.p);
}

#endif
