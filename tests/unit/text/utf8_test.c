#include "corpus.h"
#include "lede/text/utf8.h"

static uint32_t decoded(const char *s, size_t *n)
{
	return utf8_at(str_of(s), 0, n);
}

static void sequences_of_every_length_are_read(void **state)
{
	static const struct { const char *s; uint32_t cp; size_t n; } want[] = {
		{ "A", 'A', 1 }, { "\x7f", 0x7F, 1 }, { "\xc2\x80", 0x80, 2 },
		{ "\xdf\xbf", 0x7FF, 2 },
		{ "\xe0\xa0\x80", 0x800, 3 }, { "\xe4\xb8\xad", 0x4E2D, 3 },
		{ "\xed\x9f\xbf", 0xD7FF, 3 },
		{ "\xee\x80\x80", 0xE000, 3 }, { "\xef\xbf\xbf", 0xFFFF, 3 },
		{ "\xf0\x90\x80\x80", 0x10000, 4 }, { "\xf4\x8f\xbf\xbf", 0x10FFFF, 4 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		size_t n;

		assert_int_equal(decoded(want[i].s, &n), want[i].cp);
		assert_int_equal(n, want[i].n);
	}
}

static void a_nul_is_a_character(void **state)
{
	size_t n;

	(void)state;
	assert_int_equal(utf8_at(STR("\0a"), 0, &n), 0);
	assert_int_equal(n, 1);
}

/* Unicode 15, tables 3-8 to 3-11: what is invalid, and how much of it one U+FFFD stands for. */
static void an_invalid_sequence_ends_before_a_byte_that_does_not_belong(void **state)
{
	static const struct { const char *s; size_t n; } want[] = {
		{ "\x80", 1 }, { "\xbf\x80", 1 }, { "\xc0\xaf", 1 }, { "\xc1\x80", 1 },
		{ "\xc2", 1 },
		{ "\xc2" "A", 1 }, { "\xe0\x80\xbf", 1 }, { "\xe0\xa0" "A", 2 },
		{ "\xed\xa0\x80", 1 },
		{ "\xe1\x80", 2 }, { "\xe1\x80\xe2", 2 }, { "\xf0\x80\x80", 1 },
		{ "\xf0\x91\x92" "A", 3 },
		{ "\xf1\xbf", 2 }, { "\xf4\x90\x80\x80", 1 }, { "\xf5\x80", 1 }, { "\xff", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		size_t n;

		assert_int_equal(decoded(want[i].s, &n), UTF8_REPLACEMENT);
		assert_int_equal(n, want[i].n);
	}
}

static void every_code_point_comes_back_as_it_went(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char bytes[4];
		size_t n = utf8_put(cp, bytes), read;

		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		assert_int_equal(utf8_at((struct str){ bytes, n }, 0, &read), cp);
		assert_int_equal(read, n);
	}
}

static void what_is_no_character_is_written_as_replacement(void **state)
{
	static const uint32_t bad[] = { 0xD800, 0xDFFF, 0x110000, UINT32_MAX };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char bytes[4];

		assert_int_equal(utf8_put(bad[i], bytes), 3);
		assert_memory_equal(bytes, "\xef\xbf\xbd", 3);
	}
}

static void validity_is_of_the_whole_string(void **state)
{
	(void)state;
	assert_true(utf8_is_valid(STR("")));
	assert_true(utf8_is_valid(STR("plain \0 中文 🇨🇳")));
	assert_false(utf8_is_valid(STR("cut \xe4\xb8")));
	assert_false(utf8_is_valid(STR("\xed\xa0\x80")));
	assert_false(utf8_is_valid(STR("a\xff")));
}

static void a_cut_never_splits_a_character(void **state)
{
	struct str s = STR("a中🙂");

	(void)state;
	static const size_t want[] = { 0, 1, 1, 1, 4, 4, 4, 4, 8, 8 };

	for (size_t max = 0; max < sizeof want / sizeof *want; max++)
		assert_int_equal(utf8_cut(s, max), want[max]);
	assert_int_equal(utf8_cut(STR("\x80\x80\x80\x80\x80\x80"), 5), 5);
}

static void a_tail_is_kept_only_when_more_bytes_could_complete_it(void **state)
{
	(void)state;
	assert_int_equal(utf8_tail(STR("")), 0);
	assert_int_equal(utf8_tail(STR("a")), 0);
	assert_int_equal(utf8_tail(STR("中")), 0);
	assert_int_equal(utf8_tail(STR("a\xe4")), 1);
	assert_int_equal(utf8_tail(STR("a\xe4\xb8")), 2);
	assert_int_equal(utf8_tail(STR("\xf0\x9f\x99")), 3);
	assert_int_equal(utf8_tail(STR("\x80\x80\x80\x80")), 0);
	assert_int_equal(utf8_tail(STR("\xe0\x80")), 0);
	assert_int_equal(utf8_tail(STR("\xff")), 0);
}

static void repair_costs_one_replacement_for_each_maximal_subpart(void **state)
{
	struct buf out = buf_limited(100);

	(void)state;
	struct str damaged = STR("a\xf1\x80\x80\xe1\x80\xc2" "b\x80" "c\x80\xbf" "d");

	assert_int_equal(utf8_repair(damaged, &out), ERR_NONE);
	assert_string_equal(buf_cstr(&out), "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
	buf_clear(&out);
	assert_int_equal(utf8_repair(STR("clean 中文"), &out), ERR_NONE);
	assert_string_equal(buf_cstr(&out), "clean 中文");
	buf_free(&out);
}

static void a_full_buffer_stops_the_repair(void **state)
{
	struct buf out = buf_limited(4);

	(void)state;
	assert_int_equal(utf8_repair(STR("\xff\xff"), &out), ERR_LIMIT);
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sequences_of_every_length_are_read),
		cmocka_unit_test(a_nul_is_a_character),
		cmocka_unit_test(an_invalid_sequence_ends_before_a_byte_that_does_not_belong),
		cmocka_unit_test(every_code_point_comes_back_as_it_went),
		cmocka_unit_test(what_is_no_character_is_written_as_replacement),
		cmocka_unit_test(validity_is_of_the_whole_string),
		cmocka_unit_test(a_cut_never_splits_a_character),
		cmocka_unit_test(a_tail_is_kept_only_when_more_bytes_could_complete_it),
		cmocka_unit_test(repair_costs_one_replacement_for_each_maximal_subpart),
		cmocka_unit_test(a_full_buffer_stops_the_repair),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
