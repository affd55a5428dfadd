#include "lede/app/keep.h"
#include "lede/app/option.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "lede/app/nearest.h"

static void every_row_has_a_name_a_scope_and_a_sentence(void **state)
{
	(void)state;
	for (int i = 0; i < OPTION_COUNT; i++) {
		const struct option *o = &option_table[i];

		assert_non_null(o->name);
		assert_int_not_equal(o->scope & SCOPE_ANY, 0);
		assert_int_equal(o->scope & ~(unsigned)SCOPE_ANY, 0);
		assert_true(strlen(o->help) > 20);
		assert_int_equal(o->help[strlen(o->help) - 1], '.');
		assert_int_equal(o->type == OPTION_CHOICE, o->choices != NULL);
	}
}

static void names_are_lower_case_words_and_stand_once(void **state)
{
	(void)state;
	for (int i = 0; i < OPTION_COUNT; i++) {
		assert_int_equal(strspn(option_table[i].name, "abcdefghijklmnopqrstuvwxyz-"),
				 strlen(option_table[i].name));
		assert_int_equal(option_named(str_of(option_table[i].name)), i);
	}
	assert_int_equal(option_named(STR("Layout")), -1);
	assert_int_equal(option_named(STR("")), -1);
}

static void every_default_may_be_written(void **state)
{
	struct error e;

	(void)state;
	for (int i = 0; i < OPTION_COUNT; i++)
		assert_int_equal(option_check((enum option_id)i, str_of(option_table[i].def), &e),
				 ERR_NONE);
}

static void the_defaults_are_the_ones_promised(void **state)
{
	static const struct { enum option_id id; const char *def; } promised[] = {
		{ OPT_LAYOUT, "auto" }, { OPT_ROWS, "auto" }, { OPT_TEXT_WIDTH, "72" },
		{ OPT_SCROLL_OFFSET, "3" }, { OPT_THEME, "auto" }, { OPT_BACKGROUND, "auto" },
		{ OPT_GLYPHS, "auto" }, { OPT_AMBIGUOUS_WIDTH, "auto" }, { OPT_READ_AFTER, "2" },
		{ OPT_GLOSSES, "hide" }, { OPT_TIMEOUT, "60" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof promised / sizeof *promised; i++)
		assert_string_equal(option_table[promised[i].id].def, promised[i].def);
}

static enum err checked(enum option_id id, const char *value, struct error *e)
{
	*e = (struct error){ 0 };
	return option_check(id, str_of(value), e);
}

static void a_number_keeps_its_bounds(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(checked(OPT_TEXT_WIDTH, "20", &e), ERR_NONE);
	assert_int_equal(checked(OPT_TEXT_WIDTH, "120", &e), ERR_NONE);
	assert_int_equal(checked(OPT_TEXT_WIDTH, "121", &e), ERR_USAGE);
	assert_string_equal(e.text, "text-width is a number from 20 to 120, not “121”");
	assert_int_equal(checked(OPT_TEXT_WIDTH, "wide", &e), ERR_USAGE);
	assert_int_equal(checked(OPT_TEXT_WIDTH, "", &e), ERR_USAGE);
	assert_int_equal(checked(OPT_WEIGHT, "-15", &e), ERR_NONE);
	assert_int_equal(checked(OPT_WEIGHT, "99999999999999999999", &e), ERR_USAGE);
}

static void a_choice_names_what_is_allowed(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(checked(OPT_LAYOUT, "stacked", &e), ERR_NONE);
	assert_int_equal(checked(OPT_LAYOUT, "stack", &e), ERR_NONE);
	assert_int_equal(checked(OPT_BACKGROUND, "pink", &e), ERR_USAGE);
	assert_string_equal(e.text, "background is auto, dark or light, not “pink”");
	assert_int_equal(checked(OPT_GLOSSES, "hide show", &e), ERR_USAGE);
	assert_int_equal(checked(OPT_GLOSSES, "", &e), ERR_USAGE);
}

static void text_holds_no_control_characters(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(checked(OPT_USER_AGENT, "me/1.0 (mail me)", &e), ERR_NONE);
	assert_int_equal(checked(OPT_USER_AGENT, "me\x1b]0;x", &e), ERR_USAGE);
	assert_string_equal(e.text, "user-agent holds a control character");
}

static void a_command_line_can_be_split(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(checked(OPT_BROWSER, "firefox --new-window '%u'", &e), ERR_NONE);
	assert_int_equal(checked(OPT_BROWSER, "firefox \"%u", &e), ERR_USAGE);
	assert_int_equal(e.code, ERR_USAGE);
	assert_non_null(strstr(e.text, "browser"));
	assert_int_equal(option_check(OPT_BROWSER, STR("a 'b"), NULL), ERR_USAGE);
}

static void a_slip_of_the_finger_is_recognised(void **state)
{
	(void)state;
	assert_string_equal(option_nearest(STR("layuot")), "layout");
	assert_string_equal(option_nearest(STR("text_width")), "text-width");
	assert_string_equal(option_nearest(STR("Timeout")), "timeout");
	assert_string_equal(option_nearest(STR("row")), "rows");
}

static void words_of_other_programs_are_recognised(void **state)
{
	(void)state;
	assert_string_equal(option_nearest(STR("colour")), "theme");
	assert_string_equal(option_nearest(STR("scrolloff")), "scroll-offset");
	assert_string_equal(option_nearest(STR("download-timeout")), "timeout");
}

static void what_is_like_nothing_has_no_nearest(void **state)
{
	(void)state;
	assert_null(option_nearest(STR("cookies-and-cream")));
	assert_null(option_nearest(STR("xy")));
	assert_null(option_nearest(STR("kept")));
	assert_null(option_nearest(STR("")));
	assert_null(
		option_nearest(STR("a-name-that-is-longer-than-any-name-that-an-option-ever-had")));
}

static void distance_counts_edits(void **state)
{
	(void)state;
	assert_int_equal(nearest_distance(STR("kitten"), STR("sitting")), 3);
	assert_int_equal(nearest_distance(STR("same"), STR("SAME")), 0);
	assert_int_equal(nearest_distance(STR("tpo"), STR("top")), 1);
	assert_int_equal(nearest_distance(STR("ca"), STR("abc")), 3);
	assert_int_equal(nearest_distance(STR(""), STR("abc")), 3);
	assert_int_equal(nearest_distance(STR("abc"), STR("")), 3);
}

static void keep_takes_days_and_a_number(void **state)
{
	int64_t seconds, number;

	(void)state;
	assert_true(keep_parse(STR("365d 2000"), &seconds, &number));
	assert_int_equal(seconds, INT64_C(365) * 86400);
	assert_int_equal(number, 2000);
	assert_true(keep_parse(STR("500"), &seconds, &number));
	assert_true(seconds == KEEP_ALL && number == 500);
	assert_true(keep_parse(STR("7d"), &seconds, &number));
	assert_true(seconds == 7 * 86400 && number == KEEP_ALL);
	assert_true(keep_parse(STR("all"), &seconds, &number));
	assert_true(seconds == KEEP_ALL && number == KEEP_ALL);
	assert_false(keep_parse(STR(""), &seconds, &number));
	assert_false(keep_parse(STR("7d 8d"), &seconds, &number));
	assert_false(keep_parse(STR("7 8"), &seconds, &number));
	assert_false(keep_parse(STR("d"), &seconds, &number));
	assert_false(keep_parse(STR("a year"), &seconds, &number));
}

static void a_span_is_auto_never_or_a_time(void **state)
{
	static const struct { const char *value; int64_t seconds; } good[] = {
		{ "auto", SPAN_AUTO }, { "never", SPAN_NEVER }, { "90", 5400 }, { "1m", 60 },
		{ "2h", 7200 }, { "1d", 86400 }, { "366d", 366 * 86400 } };
	static const char *const bad[] = { "", "0", "0m", "-5", "5s", "m", "1 h", "367d",
		"99999999999999999999", "always" };
	int64_t seconds;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(option_span(str_of(good[i].value), &seconds));
		assert_int_equal(seconds, good[i].seconds);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(option_span(str_of(bad[i]), &seconds));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_span_is_auto_never_or_a_time),
		cmocka_unit_test(keep_takes_days_and_a_number),
		cmocka_unit_test(every_row_has_a_name_a_scope_and_a_sentence),
		cmocka_unit_test(names_are_lower_case_words_and_stand_once),
		cmocka_unit_test(every_default_may_be_written),
		cmocka_unit_test(the_defaults_are_the_ones_promised),
		cmocka_unit_test(a_number_keeps_its_bounds),
		cmocka_unit_test(a_choice_names_what_is_allowed),
		cmocka_unit_test(text_holds_no_control_characters),
		cmocka_unit_test(a_command_line_can_be_split),
		cmocka_unit_test(a_slip_of_the_finger_is_recognised),
		cmocka_unit_test(words_of_other_programs_are_recognised),
		cmocka_unit_test(what_is_like_nothing_has_no_nearest),
		cmocka_unit_test(distance_counts_edits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
