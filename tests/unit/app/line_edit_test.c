/* What an edit did to a text of lines, turned back and forward, alone and with others about. */
#include "../../../src/app/line_edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The first word of a line is what it is about, as an address is. */
static struct str word(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] != ' ' && line.p[n] != '\n')
		n++;
	return str_sub(line, 0, n);
}

static bool may_come(void *self, struct str line)
{
	const struct str *text = self;

	return str_find_str(*text, word(line)) == SIZE_MAX;
}

static bool is_the_same(void *self, struct str line, struct str now)
{
	(void)self;
	return str_eq(word(line), word(now));
}

static void turned(const char *text, struct str record, bool back, const char *wanted)
{
	struct str t = str_of(text);
	const struct line_edit_sense sense = { may_come, is_the_same, &t };
	struct buf out = buf_limited(1 << 16);

	assert_true(line_edit_turn(t, record, back, &sense, &out));
	assert_string_equal(buf_cstr(&out), wanted);
	buf_free(&out);
}

/* After the edit from -> to, what `now` becomes when it is turned back. */
static void back_from(const char *from, const char *to, const char *now, const char *wanted)
{
	struct buf record = buf_limited(1 << 16);

	line_edit_record(str_of(from), str_of(to), &record);
	turned(now, buf_view(&record), true, wanted);
	buf_free(&record);
}

static void forward_from(const char *from, const char *to, const char *now, const char *wanted)
{
	struct buf record = buf_limited(1 << 16);

	line_edit_record(str_of(from), str_of(to), &record);
	turned(now, buf_view(&record), false, wanted);
	buf_free(&record);
}

static void round_trip(const char *from, const char *to)
{
	back_from(from, to, to, from);
	forward_from(from, to, from, to);
}

static void a_text_nobody_else_touched_comes_back_to_the_byte(void **state)
{
	(void)state;
	round_trip("a\nb\nc\n", "a\nc\n");
	round_trip("a\nb\nc\n", "b\nc\n");
	round_trip("a\nb\nc", "a\nb\n");
	round_trip("a\r\nb\r\n", "a\r\n");
	round_trip("a\n", "");
	round_trip("", "a\nb\n");
	round_trip("a", "a\nb\n");
	round_trip("# x\na 1\nb\n\nc\n", "# x\na 1 2\nb 3\n\nc\nd\n");
	round_trip("a\n\n\nb\n\n\nc\n", "a\n\n\nx\n\n\nc\nd\n");
	round_trip("\xEF\xBB\xBF" "a\nb\n", "b\n");
	round_trip("a\nb\na\nc\n", "b\nc\n");
}

static void what_is_the_same_needs_no_record(void **state)
{
	struct buf record = buf_limited(1 << 10);

	(void)state;
	line_edit_record(STR("a\nb"), STR("a\nb"), &record);
	assert_int_equal(record.n, 0);
	turned("x\n", buf_view(&record), true, "x\n");
}

static void a_line_comes_back_below_the_one_it_stood_below(void **state)
{
	(void)state;
	back_from("a\nb\nc\n", "a\nc\n", "new\nold\na\nc\n", "new\nold\na\nb\nc\n");
	back_from("a\nb\nc\n", "a\nc\n", "c\na\n", "c\na\nb\n");
	back_from("a\nb\nc\n", "b\nc\n", "# top\nb\nc\n", "a\n# top\nb\nc\n");
}

static void where_that_one_is_gone_it_comes_back_near_its_number(void **state)
{
	(void)state;
	back_from("a\nb\nc\nd\n", "a\nc\nd\n", "x\nc\nd\n", "x\nb\nc\nd\n");
	back_from("a\nb\nc\nd\n", "a\nb\nc\n", "x", "x\nd\n");
}

static void what_is_there_already_does_not_come_twice(void **state)
{
	(void)state;
	back_from("aa\nbb 1\ncc\n", "aa\ncc\n", "aa\ncc\nbb 2\n", "aa\ncc\nbb 2\n");
}

static void lines_that_came_go_wherever_they_are(void **state)
{
	(void)state;
	back_from("aa\n", "aa\nbb\ncc\n", "cc\naa\nxx\nbb\n", "aa\nxx\n");
	back_from("aa\n", "aa\nbb\ncc\n", "aa\nbb tag\ncc\n", "aa\n");
	back_from("aa\n", "aa\nbb\ncc\n", "aa\ncc\n", "aa\n");
}

static void a_line_changed_since_stays_as_it_was_changed(void **state)
{
	(void)state;
	back_from("aa\nbb\n", "aa\nbb tag\n", "aa\nbb tag mine\n", "aa\nbb tag mine\n");
	back_from("aa\nbb\ncc\n", "aa 1\nbb 1\ncc\n", "aa 1\nbb 2\ncc\n", "aa\nbb 2\ncc\n");
}

static void a_change_of_thousands_of_lines_is_one_run(void **state)
{
	struct buf from = buf_limited(1 << 20), to = buf_limited(1 << 20);

	(void)state;
	for (int i = 0; i < 5000; i++) {
		buf_addf(&from, "line %d\n", i);
		buf_addf(&to, "other %d\n", i);
	}
	buf_add_cstr(&from, "end\n");
	buf_add_cstr(&to, "end\n");
	struct buf record = buf_limited(1 << 20), out = buf_limited(1 << 20);

	line_edit_record(buf_view(&from), buf_view(&to), &record);
	assert_true(line_edit_turn(buf_view(&to), buf_view(&record), true, NULL, &out));
	assert_true(str_eq(buf_view(&out), buf_view(&from)));
	buf_free(&from);
	buf_free(&to);
	buf_free(&record);
	buf_free(&out);
}

static void what_is_no_record_turns_nothing(void **state)
{
	static const char *const bad[] = { "\x01", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
		"\x01\x01\x05" "a", "\x01\x01\x01\x7f" "a" };
	struct buf record = buf_limited(1 << 10), out = buf_limited(1 << 10);

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(line_edit_turn(STR("a\n"), str_of(bad[i]), true, NULL, &out));
	line_edit_record(STR("a\nb\n"), STR("a\nc\n"), &record);
	for (size_t n = 1; n < record.n; n++)
		assert_false(line_edit_turn(STR("a\nc\n"), str_sub(buf_view(&record), 0, n), true,
					    NULL, &out));
	assert_int_equal(out.n, 0);
	buf_free(&record);
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_nobody_else_touched_comes_back_to_the_byte),
		cmocka_unit_test(what_is_the_same_needs_no_record),
		cmocka_unit_test(a_line_comes_back_below_the_one_it_stood_below),
		cmocka_unit_test(where_that_one_is_gone_it_comes_back_near_its_number),
		cmocka_unit_test(what_is_there_already_does_not_come_twice),
		cmocka_unit_test(lines_that_came_go_wherever_they_are),
		cmocka_unit_test(a_line_changed_since_stays_as_it_was_changed),
		cmocka_unit_test(a_change_of_thousands_of_lines_is_one_run),
		cmocka_unit_test(what_is_no_record_turns_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
