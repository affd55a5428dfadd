#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "../../../src/feed/repaired.h"

static void is(struct str s, const char *want)
{
	assert_true(str_is(s, want));
}

static void texts_come_in_the_order_of_their_instructions(void **state)
{
	struct repaired r = repaired_limited(1000);
	size_t from;

	(void)state;
	assert_int_equal(buf_add(&r.xml, STR("<a>")), ERR_NONE);
	assert_int_equal(repaired_borrow(&r, STR("one")), ERR_NONE);
	from = r.made.n;
	assert_int_equal(buf_add(&r.made, STR("two")), ERR_NONE);
	assert_int_equal(repaired_made(&r, from), ERR_NONE);
	assert_int_equal(repaired_borrow(&r, STR("")), ERR_NONE);
	assert_string_equal(buf_cstr(&r.xml), "<a><?t?><?t?>");
	is(repaired_take(&r), "one");
	is(repaired_take(&r), "two");
	is(repaired_take(&r), "");
	repaired_parsed(&r);
	assert_int_equal(r.xml.n, 0);
	assert_int_equal(r.made.n, 0);
	repaired_free(&r);
}

static void a_text_that_was_not_reached_outlives_what_it_was_borrowed_from(void **state)
{
	struct repaired r = repaired_limited(1000);
	char source[] = "one two three";

	(void)state;
	repaired_borrow(&r, (struct str){ source, 3 });
	buf_add(&r.made, STR("made"));
	repaired_made(&r, 0);
	repaired_borrow(&r, (struct str){ source + 8, 5 });
	is(repaired_take(&r), "one");
	repaired_parsed(&r);
	memset(source, 'x', sizeof source);
	repaired_borrow(&r, (struct str){ source, 2 });
	is(repaired_take(&r), "made");
	is(repaired_take(&r), "three");
	is(repaired_take(&r), "xx");
	is(repaired_take(&r), "");
	repaired_parsed(&r);
	repaired_free(&r);
}

static void a_ceiling_is_told(void **state)
{
	struct repaired r = repaired_limited(8);

	(void)state;
	assert_int_equal(repaired_borrow(&r, STR("one")), ERR_NONE);
	assert_int_equal(repaired_borrow(&r, STR("two")), ERR_LIMIT);
	repaired_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_come_in_the_order_of_their_instructions),
		cmocka_unit_test(a_text_that_was_not_reached_outlives_what_it_was_borrowed_from),
		cmocka_unit_test(a_ceiling_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
