#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <string.h>

#include <cmocka.h>

#include "lede/base/error.h"

enum { LONGEST = sizeof((struct error *)NULL)->text - 1 };

static void setting_gives_back_the_code(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(error_set(&e, ERR_SYNTAX, "line %d is no %s", 3, "feed"), ERR_SYNTAX);
	assert_int_equal(e.code, ERR_SYNTAX);
	assert_string_equal(e.text, "line 3 is no feed");
}

static void a_later_sentence_replaces_an_earlier_one(void **state)
{
	struct error e;

	(void)state;
	error_set(&e, ERR_IO, "a long sentence about a file");
	error_set(&e, ERR_NET, "short");
	assert_int_equal(e.code, ERR_NET);
	assert_string_equal(e.text, "short");
}

static void nobody_needs_to_want_the_sentence(void **state)
{
	(void)state;
	assert_int_equal(error_set(NULL, ERR_HTTP, "%s", "x"), ERR_HTTP);
	assert_int_equal(error_errno(NULL, ERR_IO, ENOENT, "x"), ERR_IO);
	assert_int_equal(error_errno(NULL, ERR_IO, ENOSPC, "x"), ERR_FULL);
	error_context(NULL, "x");
}

static void context_goes_in_front_and_leaves_the_code(void **state)
{
	struct error e;

	(void)state;
	error_set(&e, ERR_LIMIT, "too deep");
	error_context(&e, "cannot read %s", "a.xml");
	error_context(&e, "cannot update");
	assert_int_equal(e.code, ERR_LIMIT);
	assert_string_equal(e.text, "cannot update: cannot read a.xml: too deep");
}

static void an_errno_gives_its_reason(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(error_errno(&e, ERR_IO, ENOENT, "cannot open %s", "x"), ERR_IO);
	assert_int_equal(e.code, ERR_IO);
	assert_string_equal(e.text, "cannot open x: No such file or directory");
}

static void a_full_disk_has_a_code_of_its_own(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(error_errno(&e, ERR_IO, ENOSPC, "cannot write x"), ERR_FULL);
	assert_int_equal(e.code, ERR_FULL);
	assert_int_equal(error_errno(&e, ERR_STORE, EDQUOT, "cannot write x"), ERR_FULL);
	assert_int_equal(e.code, ERR_FULL);
}

/* ---- cutting ---- */

/* A sentence of `pad` letters and then the character until it is certainly too long. */
static const char *padded(size_t pad, const char *character)
{
	static char text[2 * LONGEST];
	size_t n = strlen(character), at = pad;

	memset(text, 'x', pad);
	for (; at + n < sizeof text; at += n)
		memcpy(text + at, character, n);
	text[at] = '\0';
	return text;
}

static void assert_cut_between_characters(const char *text, size_t pad, size_t size)
{
	size_t n = strlen(text);

	assert_in_range(n, LONGEST - size + 1, LONGEST);
	assert_int_equal((n - pad) % size, 0);
}

static void a_long_sentence_is_cut_between_characters(void **state)
{
	static const char *const characters[] = { "y", "ä", "中", "\xf0\x9f\x98\x80" };

	(void)state;
	for (size_t c = 0; c < sizeof characters / sizeof *characters; c++)
		for (size_t pad = 0; pad < 8; pad++) {
			struct error e;
			size_t size = strlen(characters[c]);

			error_set(&e, ERR_IO, "%s", padded(pad, characters[c]));
			assert_cut_between_characters(e.text, pad, size);
			error_set(&e, ERR_IO, "%s", padded(pad, characters[c]));
			error_context(&e, "12");
			assert_cut_between_characters(e.text, pad + 4, size);
			error_set(&e, ERR_IO, "why");
			error_context(&e, "%s", padded(pad, characters[c]));
			assert_cut_between_characters(e.text, pad, size);
		}
}

static void the_reason_stays_when_a_path_is_too_long_for_it(void **state)
{
	const char *const why = ": Permission denied";
	size_t tail = strlen(why);

	(void)state;
	for (size_t pad = 0; pad < 6; pad++) {
		struct error e;
		size_t n;

		error_errno(&e, ERR_IO, EACCES, "%s", padded(pad, "中"));
		n = strlen(e.text);
		assert_in_range(n, LONGEST - 2, LONGEST);
		assert_string_equal(e.text + n - tail, why);
		assert_int_equal((n - tail - pad) % 3, 0);
	}
}

static void a_character_that_just_fits_stays(void **state)
{
	char text[LONGEST + 1] = "";
	struct error e;

	(void)state;
	memset(text, 'x', LONGEST - 3);
	memcpy(text + LONGEST - 3, "中", 4);
	error_set(&e, ERR_IO, "%s", text);
	assert_string_equal(e.text, text);
}

static void bytes_that_are_no_utf8_are_cut_anywhere_but_within_bounds(void **state)
{
	struct error e;

	(void)state;
	error_set(&e, ERR_IO, "%s", padded(0, "\x80"));
	assert_in_range(strlen(e.text), LONGEST - 4, LONGEST);
	error_set(&e, ERR_IO, "%s", padded(0, "\xff"));
	assert_in_range(strlen(e.text), LONGEST - 4, LONGEST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(setting_gives_back_the_code),
		cmocka_unit_test(a_later_sentence_replaces_an_earlier_one),
		cmocka_unit_test(nobody_needs_to_want_the_sentence),
		cmocka_unit_test(context_goes_in_front_and_leaves_the_code),
		cmocka_unit_test(an_errno_gives_its_reason),
		cmocka_unit_test(a_full_disk_has_a_code_of_its_own),
		cmocka_unit_test(a_long_sentence_is_cut_between_characters),
		cmocka_unit_test(the_reason_stays_when_a_path_is_too_long_for_it),
		cmocka_unit_test(a_character_that_just_fits_stays),
		cmocka_unit_test(bytes_that_are_no_utf8_are_cut_anywhere_but_within_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
