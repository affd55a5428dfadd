#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/base/ini.h"

static void tell_pair(void *self, const struct ini_line *l)
{
	enum err rc = buf_addf(self, "%d [%.*s|%.*s] %.*s=<%.*s>\n", l->line,
			       (int)l->section.n, l->section.p, (int)l->argument.n, l->argument.p,
			       (int)l->key.n, l->key.p, (int)l->value.n, l->value.p);

	assert_int_equal(rc, ERR_NONE);
}

static void tell_bad(void *self, int line, const char *why)
{
	assert_int_equal(buf_addf(self, "%d bad: %s\n", line, why), ERR_NONE);
}

static void assert_read(struct str text, const char *told)
{
	struct buf out = buf_limited(1 << 16);
	struct ini_sink sink = { tell_pair, tell_bad, &out };

	ini_read(text, &sink);
	assert_string_equal(buf_cstr(&out), told);
	buf_free(&out);
}

static void pairs_belong_to_the_section_above(void **state)
{
	(void)state;
	assert_read(STR("a = 1\n[one]\nb = 2\nc=3\n\n[two]\nd = 4"),
		    "1 [|] a=<1>\n3 [one|] b=<2>\n4 [one|] c=<3>\n7 [two|] d=<4>\n");
}

static void a_section_may_have_an_argument(void **state)
{
	(void)state;
	assert_read(STR("[feed https://a/b?c=[d]#e]\nk=v\n[ feed   a b  ]\nk=v\n[feed]\nk=v\n"),
		    "2 [feed|https://a/b?c=[d]#e] k=<v>\n4 [feed|a b] k=<v>\n6 [feed|] k=<v>\n");
}

static void blanks_around_keys_and_values_do_not_count(void **state)
{
	(void)state;
	assert_read(STR("\t key \t=  a  b \n"), "1 [|] key=<a  b>\n");
}

static void only_the_first_equals_sign_divides(void **state)
{
	(void)state;
	assert_read(STR("url = https://a/?b=c\n"), "1 [|] url=<https://a/?b=c>\n");
}

static void a_value_may_be_empty(void **state)
{
	(void)state;
	assert_read(STR("a =\nb = \"\"\nc = # nothing\nd="),
		    "1 [|] a=<>\n2 [|] b=<>\n3 [|] c=<>\n4 [|] d=<>\n");
}

static void a_line_that_begins_with_a_comment_is_one(void **state)
{
	(void)state;
	assert_read(STR("# a = 1\n; b = 2\n   # c = 3\n#\nd = 4\n"), "5 [|] d=<4>\n");
}

static void a_comment_behind_a_value_needs_a_blank_before_it(void **state)
{
	(void)state;
	assert_read(STR("a = 1 # one\nb = 1# one\nc = https://a/#b\nd = 1\t#one\ne = x;y ;z\n"),
		    "1 [|] a=<1>\n2 [|] b=<1# one>\n3 [|] c=<https://a/#b>\n4 [|] d=<1>\n"
		    "5 [|] e=<x;y ;z>\n");
}

static void a_comment_may_follow_a_section(void **state)
{
	(void)state;
	assert_read(STR("[a] # b\nk=v\n[feed x] # [y]\nk=v\n"), "2 [a|] k=<v>\n4 [feed|x] k=<v>\n");
}

static void a_colour_behind_a_blank_is_no_comment(void **state)
{
	(void)state;
	assert_read(STR("a = #d7875f\nb = #D7875F on #000000 # warm\nc = #d7875\nd = #d7875fa\n"
			"e = #d7875f# x\n"),
		    "1 [|] a=<#d7875f>\n2 [|] b=<#D7875F on #000000>\n3 [|] c=<>\n4 [|] d=<>\n"
		    "5 [|] e=<>\n");
}

static void quotes_keep_blanks_and_what_would_be_a_comment(void **state)
{
	(void)state;
	assert_read(STR("a = \"  x  \"\nb = \"x # y\" # z\nc = \"x = y\"\nd = x \"# y\" z\n"),
		    "1 [|] a=<  x  >\n2 [|] b=<x # y>\n3 [|] c=<x = y>\n4 [|] d=<x \"# y\" z>\n");
}

static void a_quote_that_is_not_closed_is_bad(void **state)
{
	const char *const why = "bad: a quote is not closed, or something follows it";
	struct buf told = buf_limited(1000);

	(void)state;
	for (int i = 1; i <= 4; i++)
		assert_int_equal(buf_addf(&told, "%d %s\n", i, why), ERR_NONE);
	assert_int_equal(buf_add_cstr(&told, "5 [|] e=<5>\n"), ERR_NONE);
	assert_read(STR("a = \"x\nb = \"\nc = \"x\" y\nd = \"x\"y\"\ne = 5\n"), buf_cstr(&told));
	buf_free(&told);
}

static void lines_end_in_lf_crlf_or_cr_and_are_counted_alike(void **state)
{
	(void)state;
	assert_read(STR("[s]\r\n\r\na = 1\r\nb = 2\nc = \"3\"\rd = 4"),
		    "3 [s|] a=<1>\n4 [s|] b=<2>\n5 [s|] c=<3>\n6 [s|] d=<4>\n");
}

static void a_byte_order_mark_is_passed_over(void **state)
{
	(void)state;
	assert_read(STR("\xEF\xBB\xBF[s]\na=1\n"), "2 [s|] a=<1>\n");
	assert_read(STR("\xEF\xBB\xBF"), "");
	assert_read(STR("\xEF\xBB\xBF# a comment"), "");
}

static void an_empty_text_has_no_lines(void **state)
{
	(void)state;
	assert_read(STR(""), "");
	assert_read((struct str){ NULL, 0 }, "");
	assert_read(STR("\n\n \n\t\r\n"), "");
}

static void a_bad_line_is_told_and_does_not_stop_the_reading(void **state)
{
	(void)state;
	assert_read(STR("[s]\nnonsense\n= 1\n = \na = 1\n"),
		    "2 bad: expected key = value\n3 bad: nothing stands before the =\n"
		    "4 bad: nothing stands before the =\n5 [s|] a=<1>\n");
}

/* Options of a feed must not fall to the feed above because a bracket was forgotten. */
static void lines_below_a_bad_section_belong_to_none(void **state)
{
	(void)state;
	assert_read(STR("[feed a]\nk=1\n[feed b\nk=2\nnonsense\n[feed c]\nk=3\n"),
		    "2 [feed|a] k=<1>\n3 bad: expected [section]\n7 [feed|c] k=<3>\n");
	assert_read(STR("[]\nk=1\n[ ]\n[a] b\nk=2\n[\n"),
		    "1 bad: expected [section]\n3 bad: expected [section]\n"
		    "4 bad: expected [section]\n6 bad: expected [section]\n");
}

static void keep_value(void *self, const struct ini_line *l)
{
	assert_int_equal(buf_add(self, l->value), ERR_NONE);
}

static void a_nul_is_part_of_a_value(void **state)
{
	struct buf out = buf_limited(100);
	struct ini_sink sink = { keep_value, NULL, &out };

	(void)state;
	ini_read(STR("a = x\0y\n"), &sink);
	assert_int_equal(out.n, 3);
	assert_memory_equal(out.p, "x\0y", 4);
	buf_free(&out);
}

static void nobody_needs_to_listen(void **state)
{
	const struct ini_sink deaf = { NULL, NULL, NULL };

	(void)state;
	ini_read(STR("a = 1\nnonsense\n[\nb = \"\n"), &deaf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_belong_to_the_section_above),
		cmocka_unit_test(a_section_may_have_an_argument),
		cmocka_unit_test(blanks_around_keys_and_values_do_not_count),
		cmocka_unit_test(only_the_first_equals_sign_divides),
		cmocka_unit_test(a_value_may_be_empty),
		cmocka_unit_test(a_line_that_begins_with_a_comment_is_one),
		cmocka_unit_test(a_comment_behind_a_value_needs_a_blank_before_it),
		cmocka_unit_test(a_comment_may_follow_a_section),
		cmocka_unit_test(a_colour_behind_a_blank_is_no_comment),
		cmocka_unit_test(quotes_keep_blanks_and_what_would_be_a_comment),
		cmocka_unit_test(a_quote_that_is_not_closed_is_bad),
		cmocka_unit_test(lines_end_in_lf_crlf_or_cr_and_are_counted_alike),
		cmocka_unit_test(a_byte_order_mark_is_passed_over),
		cmocka_unit_test(an_empty_text_has_no_lines),
		cmocka_unit_test(a_bad_line_is_told_and_does_not_stop_the_reading),
		cmocka_unit_test(lines_below_a_bad_section_belong_to_none),
		cmocka_unit_test(a_nul_is_part_of_a_value),
		cmocka_unit_test(nobody_needs_to_listen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
