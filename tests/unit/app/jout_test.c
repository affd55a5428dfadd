#include "../../../src/app/jout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>

#include "lede/text/date.h"
#include "lede/text/utf8.h"

static char *written;
static size_t length;
static struct jout j;

static int open_out(void **state)
{
	(void)state;
	written = NULL;
	j = (struct jout){ .to = open_memstream(&written, &length) };
	return j.to ? 0 : -1;
}

static int close_out(void **state)
{
	(void)state;
	fclose(j.to);
	free(written);
	return 0;
}

static const char *out(void)
{
	fflush(j.to);
	return written;
}

static void objects_and_lists_have_their_commas(void **state)
{
	(void)state;
	jout_begin(&j, '{');
	jout_key_number(&j, "a", 1);
	jout_key(&j, "b");
	jout_begin(&j, '[');
	jout_end(&j, ']');
	jout_key(&j, "c");
	jout_begin(&j, '[');
	jout_number(&j, -2);
	jout_begin(&j, '{');
	jout_end(&j, '}');
	jout_bool(&j, true);
	jout_end(&j, ']');
	jout_key_null(&j, "d");
	jout_end(&j, '}');
	jout_line(&j);
	jout_number(&j, 3);
	jout_line(&j);
	assert_string_equal(out(),
			    "{\"a\": 1, \"b\": [], \"c\": [-2, {}, true], \"d\": null}\n3\n");
}

static void what_is_missing_is_null(void **state)
{
	(void)state;
	jout_begin(&j, '{');
	jout_key_text(&j, "title", (struct str){ NULL, 0 });
	jout_key_text(&j, "author", STR(""));
	jout_key_time(&j, "updated", DATE_NONE);
	jout_end(&j, '}');
	assert_string_equal(out(), "{\"title\": null, \"author\": null, \"updated\": null}");
}

static void times_are_rfc3339(void **state)
{
	(void)state;
	jout_time(&j, 0);
	jout_time(&j, 1744618440);
	assert_string_equal(out(), "\"1970-01-01T00:00:00Z\", \"2025-04-14T08:14:00Z\"");
}

static void points_are_exact_hundredths(void **state)
{
	(void)state;
	jout_hundredths(&j, 2046);
	jout_hundredths(&j, -5);
	jout_hundredths(&j, 0);
	jout_hundredths(&j, -1234);
	jout_hundredths(&j, INT64_MIN);
	assert_string_equal(out(), "20.46, -0.05, 0.00, -12.34, -92233720368547758.08");
}

static void text_is_itself(void **state)
{
	(void)state;
	jout_text(&j, STR("朝の便り “é” 🦀 a/b"));
	assert_string_equal(out(), "\"朝の便り “é” 🦀 a/b\"");
}

static void quotes_and_line_ends_are_escaped(void **state)
{
	(void)state;
	jout_text(&j, STR("\"\\\n\t\r"));
	assert_string_equal(out(), "\"\\\"\\\\\\n\\t\\u000d\"");
}

static void controls_directions_and_noncharacters_are_escaped(void **state)
{
	static const struct { const char *text, *json; } table[] = {
		{ "\x1b]0;x\x07", "\"\\u001b]0;x\\u0007\"" },
		{ "\x7f", "\"\\u007f\"" },
		{ "\xc2\x80\xc2\x9f\xc2\xa0", "\"\\u0080\\u009f\xc2\xa0\"" },
		{ "\xe2\x80\xa8\xe2\x80\xae\xe2\x80\xaf", "\"\\u2028\\u202e\xe2\x80\xaf\"" },
		{ "\xe2\x81\xa5\xe2\x81\xa6\xe2\x81\xa9\xe2\x81\xaa",
		  "\"\xe2\x81\xa5\\u2066\\u2069\xe2\x81\xaa\"" },
		{ "\xef\xb7\x90\xef\xb7\xaf\xef\xbf\xbe", "\"\\ufdd0\\ufdef\\ufffe\"" },
		{ "\xf0\x9f\xbf\xbf", "\"\\ud83f\\udfff\"" },
		{ "\xf4\x8f\xbf\xbe", "\"\\udbff\\udffe\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		fflush(j.to);
		fseek(j.to, 0, SEEK_SET);
		j.comma = false;
		jout_text(&j, str_of(table[i].text));
		fflush(j.to);
		assert_int_equal(length, strlen(table[i].json));
		assert_memory_equal(written, table[i].json, length);
	}
}

static void a_nul_stays_in_the_text(void **state)
{
	(void)state;
	jout_text(&j, (struct str){ "a\0b", 3 });
	assert_string_equal(out(), "\"a\\u0000b\"");
}

static void bad_bytes_become_replacement_characters(void **state)
{
	(void)state;
	jout_text(&j, STR("a\xff\xe2\x80z\xed\xa0\x80"));
	assert_string_equal(out(),
			    "\"a\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

/* Another reader of JSON reads back every character that was written. */
static void every_character_survives(void **state)
{
	struct buf all = buf_limited(1 << 22);
	json_t *list;

	(void)state;
	for (uint32_t cp = 1; cp < 0x110000; cp += cp < 0x3000 ? 1 : 255)
		if (cp < 0xd800 || cp > 0xdfff)
			assert_int_equal(utf8_add(&all, cp), ERR_NONE);
	jout_begin(&j, '[');
	jout_text(&j, buf_view(&all));
	jout_end(&j, ']');
	list = json_loads(out(), 0, NULL);
	assert_non_null(list);
	assert_string_equal(json_string_value(json_array_get(list, 0)), buf_cstr(&all));
	json_decref(list);
	buf_free(&all);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_out, close_out)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(objects_and_lists_have_their_commas),
		TEST(what_is_missing_is_null),
		TEST(times_are_rfc3339),
		TEST(points_are_exact_hundredths),
		TEST(text_is_itself),
		TEST(quotes_and_line_ends_are_escaped),
		TEST(controls_directions_and_noncharacters_are_escaped),
		TEST(a_nul_stays_in_the_text),
		TEST(bad_bytes_become_replacement_characters),
		TEST(every_character_survives),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
