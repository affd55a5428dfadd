#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lede/app/command.h"
#include "lede/app/key.h"
#include "lede/text/width.h"

static void every_command_has_its_sentences(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		const struct command *c = &command_table[i];

		assert_non_null(c->run);
		assert_true(strlen(c->name) >= 2 && strlen(c->name) <= 15);
		assert_true(c->help[0] != '\0' && c->about[0] != '\0');
		assert_true(text_cells(str_of(c->help), 1) <= 45);
		assert_true(c->about[strlen(c->about) - 1] == '.');
		assert_ptr_equal(command_named(str_of(c->name)), c);
	}
}

static void every_key_of_the_table_has_a_name_that_is_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		struct str rest = str_of(command_table[i].keys), name;

		while (str_next(&rest, ' ', &name)) {
			char back[16];

			assert_int_not_equal(key_of_name(name), 0);
			key_text(key_of_name(name), back);
			assert_true(str_is(name, back));
		}
	}
}

static void no_key_means_two_things_in_one_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++)
		for (size_t j = i + 1; j < command_count; j++) {
			struct str rest = str_of(command_table[i].keys), key;

			while ((command_table[i].where & command_table[j].where) &&
			       str_next(&rest, ' ', &key)) {
				struct str others = str_of(command_table[j].keys), other;

				while (str_next(&others, ' ', &other))
					assert_false(str_eq(key, other));
			}
		}
}

static void keys_are_written_as_people_write_them(void **state)
{
	static const struct { uint32_t key; const char *name;
	} cases[] = {
		{ 'j', "j" },
		{ ' ', "Space" },
		{ 4, "^D" },
		{ 27, "Esc" },
		{ '\t', "Tab" },
		{ '\r', "Enter" },
		{ LEDE_KEY_PGDN, "PgDn" },
		{ LEDE_KEY_F1 + 4, "F5" },
		{ 0x4E2D, "中" },
		{ 127, "Backspace" },
		{ LEDE_KEY_BACKTAB, "Shift-Tab" },
		{ '^', "^" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[16];

		key_text(cases[i].key, text);
		assert_string_equal(text, cases[i].name);
		assert_int_equal(key_of_name(str_of(cases[i].name)), cases[i].key);
	}
	assert_int_equal(key_of_name(STR("F13")), 0);
	assert_int_equal(key_of_name(STR("nonsense")), 0);
	assert_int_equal(key_of_name(STR("")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_has_its_sentences),
		cmocka_unit_test(every_key_of_the_table_has_a_name_that_is_known),
		cmocka_unit_test(no_key_means_two_things_in_one_place),
		cmocka_unit_test(keys_are_written_as_people_write_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
