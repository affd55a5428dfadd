#include "break_tests.h"
#include "lede/text/width.h"

static int first_cluster(const char *s, size_t *end)
{
	int cells;

	*end = cluster_end(str_of(s), 0, 1, &cells);
	return cells;
}

static void assert_cluster(const char *s, int cells)
{
	size_t end;

	assert_int_equal(first_cluster(s, &end), cells);
	assert_int_equal(end, strlen(s));
}

static void a_letter_with_its_marks_is_one_cluster(void **state)
{
	(void)state;
	assert_cluster("a", 1);
	assert_cluster("e\u0301", 1);
	assert_cluster("a\u0302\u0323", 1);
	assert_cluster("中\u0301", 2);
}

static void a_syllable_of_jamo_is_two_cells(void **state)
{
	(void)state;
	assert_cluster("\u1112\u1161\u11ab", 2);
	assert_cluster("\uac00\u11a8", 2);
}

static void an_emoji_sequence_is_one_cluster_of_two_cells(void **state)
{
	(void)state;
	assert_cluster("\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", 2);
	assert_cluster("\U0001f44d\U0001f3fd", 2);
	assert_cluster("\u2764\ufe0f", 2);
	assert_cluster("\u2764\ufe0e", 1);
	assert_cluster("1\ufe0f\u20e3", 2);
	assert_cluster("1\u20e3", 1);
	assert_cluster("a\ufe0f", 1);
	assert_cluster("\U0001f1e8\U0001f1f3", 2);
	assert_cluster("\U0001f1e8", 1);
}

static void a_line_end_of_two_bytes_is_one_cluster(void **state)
{
	(void)state;
	assert_cluster("\r\n", 0);
}

static void letters_are_clusters_of_their_own(void **state)
{
	size_t end;

	(void)state;
	assert_int_equal(first_cluster("ab", &end), 1);
	assert_int_equal(end, 1);
	assert_int_equal(first_cluster("中文", &end), 2);
	assert_int_equal(end, 3);
	assert_int_equal(first_cluster("\xff\xff", &end), 1);
	assert_int_equal(end, 1);
	assert_int_equal(cluster_end(STR("ab"), 1, 1, NULL), 2);
}

static void text_is_as_wide_as_its_clusters(void **state)
{
	(void)state;
	assert_int_equal(text_cells(STR(""), 1), 0);
	assert_int_equal(text_cells(STR("plain ASCII"), 1), 11);
	assert_int_equal(text_cells(STR("中文 mixed 標題"), 1), 15);
	assert_int_equal(text_cells(STR("bad \xff\xfe"), 1), 6);
	assert_int_equal(text_cells(STR("a\x1b\x07z"), 1), 2);
	assert_int_equal(text_cells(STR("x\u0301y"), 1), 2);
}

static void ambiguous_width_reaches_every_measure(void **state)
{
	struct str s = STR("“a…”");
	int cells;

	(void)state;
	assert_int_equal(text_cells(s, 1), 4);
	assert_int_equal(text_cells(s, 2), 7);
	assert_int_equal(text_fit(s, 3, 2, &cells), 4);
	assert_int_equal(cells, 3);
}

static void what_fits_ends_between_clusters(void **state)
{
	int cells;

	(void)state;
	assert_int_equal(text_fit(STR("中文"), 3, 1, &cells), 3);
	assert_int_equal(cells, 2);
	assert_int_equal(text_fit(STR("e\u0301e"), 1, 1, &cells), 3);
	assert_int_equal(text_fit(STR("abc"), 10, 1, &cells), 3);
	assert_int_equal(cells, 3);
	assert_int_equal(text_fit(STR("abc"), 0, 1, NULL), 0);
	assert_int_equal(text_fit(STR(""), 5, 1, &cells), 0);
	assert_int_equal(text_fit(STR("a\u0301"), 1, 1, NULL), 3);
}

static void assert_short(const char *s, int max, const char *cut, const char *want, int want_cells)
{
	struct buf out = buf_limited(1000);

	assert_int_equal(text_shorten(str_of(s), max, cut, 1, &out), want_cells);
	assert_string_equal(buf_cstr(&out), want);
	buf_free(&out);
}

static void text_that_fits_is_not_shortened(void **state)
{
	(void)state;
	assert_short("Budget", 6, "…", "Budget", 6);
	assert_short("", 6, "…", "", 0);
	assert_short("中文", 4, "…", "中文", 4);
}

static void shortened_text_ends_in_the_cut_mark(void **state)
{
	(void)state;
	assert_short("Budget talks", 9, "…", "Budget t…", 9);
	assert_short("Budget talks", 9, "..", "Budget..", 8);
	assert_short("中文標題", 6, "…", "中文…", 5);
}

static void no_blank_stands_before_the_cut_mark(void **state)
{
	(void)state;
	assert_short("Budget talks", 8, "…", "Budget…", 7);
}

static void where_no_cut_mark_fits_there_is_none(void **state)
{
	(void)state;
	assert_short("Budget", 1, "..", "B", 1);
	assert_short("Budget", 0, "…", "", 0);
	assert_short("Budget", 1, "…", "…", 1);
}

static void a_full_buffer_takes_nothing(void **state)
{
	struct buf out = buf_limited(3);

	(void)state;
	assert_int_equal(text_shorten(STR("Budget"), 3, "…", 1, &out), 0);
	assert_int_equal(out.n, 0);
	buf_free(&out);
}

static bool clusters_are_right(const struct break_test *t)
{
	struct str s = { t->text, t->n };

	for (size_t at = 0; at < s.n;) {
		size_t end = cluster_end(s, at, 1, NULL);

		for (at++; at < end; at++)
			if (t->at[at])
				return false;
		if (!t->at[end])
			return false;
	}
	return true;
}

/* A few lines of the official test, for where the file is not. */
static void clusters_follow_uax_29(void **state)
{
	static const char *const lines[] = {
		"÷ 000D × 000A ÷ 0061 ÷ 000A ÷ 0308 ÷", "÷ 0061 × 0308 ÷", "÷ 0020 × 200D ÷ 0646 ÷",
		"÷ 1100 × 1100 ÷", "÷ AC00 × 11A8 ÷ 1100 ÷", "÷ AC01 × 11A8 ÷ 1100 ÷",
		"÷ 1F1E6 × 1F1E7 ÷ 1F1E8 ÷ 0062 ÷",
		"÷ 0061 ÷ 1F1E6 × 1F1E7 × 200D ÷ 1F1E8 ÷ 0062 ÷",
		"÷ 0061 × 0903 ÷ 0062 ÷", "÷ 0061 ÷ 0600 × 0062 ÷", "÷ 1F476 × 1F3FF ÷ 1F476 ÷",
		"÷ 1F6D1 × 200D × 1F6D1 ÷", "÷ 0061 × 200D ÷ 1F6D1 ÷", "÷ 2701 × 200D × 2701 ÷",
		"÷ 1F476 × 1F3FF × 0308 × 200D × 1F476 × 1F3FF ÷",
	};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		char line[200];
		struct break_test t;

		snprintf(line, sizeof line, "%s", lines[i]);
		assert_true(break_test_parse(line, &t));
		if (!clusters_are_right(&t))
			fail_msg("%s", lines[i]);
	}
}

static void all_official_cluster_tests_pass(void **state)
{
	int right = 0;
	int n = each_break_test(UNICODE_DATA "/auxiliary/GraphemeBreakTest.txt", clusters_are_right,
				&right);

	(void)state;
	assert_int_equal(right, n);
	assert_true(n >= 602);
}

static void check_widths(const json_t *record)
{
	struct str s = string_in(record, "text");
	const json_t *clusters = json_object_get(record, "clusters");
	size_t at = 0;

	for (size_t i = 0; i < json_array_size(clusters); i++) {
		const json_t *pair = json_array_get(clusters, i), *want = json_array_get(pair, 0);
		int cells;
		size_t end = cluster_end(s, at, 1, &cells);

		assert_str(str_sub(s, at, end),
			   (struct str){ json_string_value(want), json_string_length(want) });
		assert_int_equal(cells, json_integer_value(json_array_get(pair, 1)));
		at = end;
	}
	assert_int_equal(at, s.n);
	assert_int_equal(text_cells(s, 1), number_in(record, "cells_by_cluster"));
	s = string_in(record, "display");
	assert_int_equal(text_cells(s, 1), number_in(record, "display_cells"));
}

static void widths_of_the_corpus_are_right(void **state)
{
	(void)state;
	each_record("corpora/text/widths.jsonl", check_widths);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_with_its_marks_is_one_cluster),
		cmocka_unit_test(a_syllable_of_jamo_is_two_cells),
		cmocka_unit_test(an_emoji_sequence_is_one_cluster_of_two_cells),
		cmocka_unit_test(a_line_end_of_two_bytes_is_one_cluster),
		cmocka_unit_test(letters_are_clusters_of_their_own),
		cmocka_unit_test(text_is_as_wide_as_its_clusters),
		cmocka_unit_test(ambiguous_width_reaches_every_measure),
		cmocka_unit_test(what_fits_ends_between_clusters),
		cmocka_unit_test(text_that_fits_is_not_shortened),
		cmocka_unit_test(shortened_text_ends_in_the_cut_mark),
		cmocka_unit_test(no_blank_stands_before_the_cut_mark),
		cmocka_unit_test(where_no_cut_mark_fits_there_is_none),
		cmocka_unit_test(a_full_buffer_takes_nothing),
		cmocka_unit_test(clusters_follow_uax_29),
		cmocka_unit_test(all_official_cluster_tests_pass),
		cmocka_unit_test(widths_of_the_corpus_are_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
