/* Scripts: with OpenCC when it is installed, else the sentence that says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/text/convert.h"
#include "shown.h"

static struct converter *converter;

static int opened(void **state)
{
	(void)state;
	converter = converter_new();
	return 0;
}

static int closed(void **state)
{
	converter_free(converter);
	return shown_forget(state);
}

static void needs_opencc(void)
{
	struct error e;

	if (converter_open(converter, CONVERT_S, &e) == ERR_NONE)
		return;
	print_message("%s: skipped\n", e.text);
	skip();
}

static void converts(enum convert to, const char *text, const char *wanted, bool changed)
{
	struct buf out = buf_limited(1000);

	assert_int_equal(converter_run(converter, to, str_of(text), &out), changed);
	assert_string_equal(buf_cstr(&out), wanted);
	buf_free(&out);
}

static void names_are_those_of_the_option(void **state)
{
	(void)state;
	assert_int_equal(convert_named("no"), CONVERT_NO);
	assert_int_equal(convert_named("s"), CONVERT_S);
	assert_int_equal(convert_named("t"), CONVERT_T);
	assert_int_equal(convert_named("tw"), CONVERT_TW);
	assert_int_equal(convert_named("klingon"), CONVERT_NO);
	assert_string_equal(convert_script(CONVERT_NO), "");
	assert_string_equal(convert_script(CONVERT_S), "simplified");
}

static void what_has_no_han_needs_no_library(void **state)
{
	(void)state;
	converts(CONVERT_S, "Bridge reopens (ひらがな)", "Bridge reopens (ひらがな)", false);
	converts(CONVERT_NO, "監管", "監管", false);
	converts(CONVERT_S, "", "", false);
}

static void a_missing_library_is_said_and_text_stays(void **state)
{
	struct error e = { 0 };

	(void)state;
	if (converter_open(converter, CONVERT_T, &e) == ERR_NONE)
		skip();
	assert_int_equal(e.code, ERR_NONESUCH);
	assert_non_null(strstr(e.text, "OpenCC"));
	assert_int_equal(converter_open(converter, CONVERT_T, &e), ERR_NONESUCH);
	converts(CONVERT_T, "监管", "监管", false);
}

static void scripts_are_converted_both_ways(void **state)
{
	(void)state;
	needs_opencc();
	converts(CONVERT_S, "個人信息監管或將強化", "个人信息监管或将强化", true);
	converts(CONVERT_T, "个人信息监管或将强化", "個人信息監管或將強化", true);
	converts(CONVERT_TW, "服务器", "伺服器", true);
	converts(CONVERT_S, "个人信息", "个人信息", false);
	converts(CONVERT_S, "監", "监", true);
}

static struct rich *converted(const char *html, enum convert to)
{
	const struct rich_options o = {
		.base = STR("http://a.example/"), .title = STR("監管"), .hide_glosses = true,
		.converter = converter, .convert = to,
	};

	return rich_from_html(str_of(html), &o);
}

static void an_article_is_converted_with_its_styles_and_links(void **state)
{
	const struct layout_options at = shown_at(40);
	struct rich *r;
	struct layout *l;

	(void)state;
	needs_opencc();
	r = converted("<h1>監(jiān)管</h1><p>將<b>強化</b>，<a href=/電信>電信</a>。<pre>電</pre>", CONVERT_S);
	assert_true(rich_was_converted(r));
	assert_string_equal(shown_lines(r, &at), "将强化，电信 [1]。\n\n    電\n");
	assert_true(str_is(rich_link(r, 1)->text, "电信"));
	assert_true(str_is(rich_link(r, 1)->url, "http://a.example/電信"));
	l = layout_new(r, &at);
	layout_reach(l, 1);
	assert_int_equal(layout_line(l, 0)->spans[0].to, 3);
	assert_int_equal(layout_line(l, 0)->spans[1].style, RICH_STRONG);
	assert_int_equal(layout_line(l, 0)->spans[1].to, 9);
	layout_free(l);
	rich_free(r);
}

static void a_text_that_is_in_the_script_already_was_not_converted(void **state)
{
	struct rich *r;

	(void)state;
	needs_opencc();
	r = converted("<p>将强化", CONVERT_S);
	assert_false(rich_was_converted(r));
	rich_free(r);
}

static void a_long_text_is_converted_whole(void **state)
{
	const struct layout_options at = shown_at(10000);
	struct buf html = buf_limited(1 << 20);
	const char *shown;
	struct rich *r;

	(void)state;
	needs_opencc();
	for (int i = 0; i < 9000; i++)
		buf_add_cstr(&html, i % 50 == 49 ? "電信。" : "電");
	r = converted(buf_cstr(&html), CONVERT_S);
	shown = shown_lines(r, &at);
	assert_null(strstr(shown, "電"));
	assert_non_null(strstr(shown, "电信。电电"));
	rich_free(r);
	buf_free(&html);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_those_of_the_option),
		cmocka_unit_test(what_has_no_han_needs_no_library),
		cmocka_unit_test(a_missing_library_is_said_and_text_stays),
		cmocka_unit_test(scripts_are_converted_both_ways),
		cmocka_unit_test(an_article_is_converted_with_its_styles_and_links),
		cmocka_unit_test(a_text_that_is_in_the_script_already_was_not_converted),
		cmocka_unit_test(a_long_text_is_converted_whole),
	};

	return cmocka_run_group_tests(tests, opened, closed);
}
