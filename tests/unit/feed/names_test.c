#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../../../src/feed/names.h"

static void rows_are_in_lower_case_and_do_not_clash(void **state)
{
	(void)state;
	for (size_t i = 0; i < names_table_rows; i++) {
		const struct name_row *row = &names_table[i];

		for (const char *c = row->local; *c != '\0'; c++)
			assert_int_equal(*c, ascii_lower(*c));
		assert_true(row->rank >= 0 && row->rank < 10);
		for (size_t k = 0; k < i; k++)
			assert_false(names_table[k].ns == row->ns &&
				     (names_table[k].where & row->where) &&
				     strcmp(names_table[k].local, row->local) == 0);
	}
}

/* Two sources of one field that have the same rank would make the order of the document decide. */
static void sources_of_a_field_have_ranks_of_their_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < names_table_rows; i++)
		for (size_t k = 0; k < i; k++) {
			const struct name_row *a = &names_table[i], *b = &names_table[k];

			if (a->field == FIELD_NONE || a->field == FIELD_CATEGORY ||
			    a->field != b->field || !(a->where & b->where) ||
			    strcmp(a->local, "abstract") == 0 || a->ns == b->ns)
				continue;
			if (a->rank == b->rank && !(a->where & IN_PERSON) &&
			    a->field != FIELD_CONTENT)
				fail_msg("%s and %s have the same rank", a->local, b->local);
		}
}

static void every_row_is_found_in_any_letter_case(void **state)
{
	struct names *n = names_new();

	(void)state;
	for (size_t i = 0; i < names_table_rows; i++) {
		const struct name_row *row = &names_table[i];
		char upper[64];
		size_t k = 0;

		for (; row->local[k] != '\0'; k++)
			upper[k] = (char)(row->local[k] -
					  (row->local[k] >= 'a' && row->local[k] <= 'z' ? 32 : 0));
		assert_ptr_equal(names_find(n, row->ns, (struct str){ upper, k }, row->where), row);
	}
	assert_null(names_find(n, NS_RSS, STR("nonsuch"), IN_FEED));
	assert_null(names_find(n, NS_FOREIGN, STR("title"), IN_FEED));
	assert_null(names_find(n, NS_RSS, STR("guid"), IN_FEED));
	names_free(n);
}

static void namespaces_are_read_generously(void **state)
{
	(void)state;
	assert_int_equal(names_ns(STR("http://www.w3.org/2005/Atom"), STR("x")), NS_ATOM);
	assert_int_equal(names_ns(STR("https://www.w3.org/2005/atom/"), STR("")), NS_ATOM);
	assert_int_equal(names_ns(STR("http://search.yahoo.com/mrss"), STR("")), NS_MEDIA);
	assert_int_equal(names_ns(STR("http://www.itunes.com/DTDs/Podcast-1.0.dtd"), STR("")),
			 NS_ITUNES);
	assert_int_equal(names_ns(STR("http://example.org/"), STR("dc")), NS_FOREIGN);
	assert_int_equal(names_ns(STR(""), STR("dc")), NS_DC);
	assert_int_equal(names_ns(STR(""), STR("unheard")), NS_FOREIGN);
	assert_int_equal(names_ns(STR(""), STR("")), NS_RSS);
}

static void roots_are_known_by_their_names(void **state)
{
	(void)state;
	assert_int_equal(names_root(STR("rdf:RDF"), true), NAMES_ROOT_FEED);
	assert_int_equal(names_root(STR("channel"), true), NAMES_ROOT_FEED);
	assert_int_equal(names_root(STR("channel"), false), NAMES_ROOT_NONE);
	assert_int_equal(names_root(STR("HTML"), false), NAMES_ROOT_PAGE);
	assert_int_equal(names_root(STR("opml"), true), NAMES_ROOT_OPML);
	assert_int_equal(names_root(STR("rssfeed"), true), NAMES_ROOT_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_in_lower_case_and_do_not_clash),
		cmocka_unit_test(sources_of_a_field_have_ranks_of_their_own),
		cmocka_unit_test(every_row_is_found_in_any_letter_case),
		cmocka_unit_test(namespaces_are_read_generously),
		cmocka_unit_test(roots_are_known_by_their_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
