/* References one by one; what becomes of them in a document: repair_test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../../src/feed/entities.h"

static struct entities *known;

static int begin(void **state)
{
	(void)state;
	known = entities_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	entities_free(known);
	known = NULL;
	return 0;
}

static struct reference read_ref(const char *s)
{
	return entities_read(known, str_of(s));
}

static void assert_kind(const char *s, enum reference_kind kind)
{
	struct reference r = read_ref(s);

	if (r.kind != kind)
		fail_msg("“%s” is read as %d", s, (int)r.kind);
}

static void assert_character(const char *s, uint32_t cp, size_t n)
{
	struct reference r = read_ref(s);

	if (r.kind != REFERENCE_CHARACTER || r.cp != cp || r.n != n)
		fail_msg("“%s”: kind %d, U+%04X, %zu bytes", s, (int)r.kind, (unsigned)r.cp, r.n);
}

static void assert_named(const char *s, enum reference_kind kind, const char *text)
{
	struct reference r = read_ref(s);

	assert_int_equal(r.kind, kind);
	assert_true(str_is(r.text, text));
	assert_int_equal(r.n, strlen(s) - 1);
}

static void numbers_are_decimal_or_hexadecimal_in_either_case(void **state)
{
	(void)state;
	assert_character("&#39;x", '\'', 5);
	assert_character("&#x27;x", '\'', 6);
	assert_character("&#X4e2D;x", 0x4E2D, 8);
	assert_character("&#0000000065;x", 'A', 13);
}

static void number_may_lack_its_semicolon(void **state)
{
	(void)state;
	assert_character("&#65 ", 'A', 4);
	assert_character("&#x41g", 'A', 5);
	assert_kind("&#;", REFERENCE_NONE);
	assert_kind("&#x;", REFERENCE_NONE);
	assert_kind("&#xyz;", REFERENCE_NONE);
}

static void numbers_of_c1_controls_are_windows_letters(void **state)
{
	(void)state;
	assert_character("&#146;x", 0x2019, 6);
	assert_character("&#x80;x", 0x20AC, 6);
	assert_character("&#160;x", 0xA0, 6);
}

static void absurd_number_does_not_wrap_around(void **state)
{
	struct reference r = read_ref("&#99999999999999999999;x");

	(void)state;
	assert_int_equal(r.kind, REFERENCE_CHARACTER);
	assert_true(r.cp > 0x10FFFF);
	assert_int_equal(r.n, 23);
}

static void the_five_of_xml_stay_as_they_are(void **state)
{
	static const struct {
		const char *written, *meant;
	} five[] = {
		{ "&amp;x", "&" },   { "&lt;x", "<" },   { "&gt;x", ">" },
		{ "&quot;x", "\"" }, { "&apos;x", "'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof five / sizeof *five; i++) {
		struct reference r = read_ref(five[i].written);

		assert_int_equal(r.kind, REFERENCE_KEPT);
		assert_int_equal(r.n, strlen(five[i].written) - 1);
		assert_true(str_is(entities_kept(str_of(five[i].written)), five[i].meant));
	}
}

static void names_of_html_are_known(void **state)
{
	(void)state;
	assert_named("&eacute;x", REFERENCE_NAMED, "é");
	assert_named("&hellip;x", REFERENCE_NAMED, "…");
	assert_named("&AMP;x", REFERENCE_NAMED, "&");
	assert_character("&lang;x", 0x2329, 6);
	assert_character("&rang;x", 0x232A, 6);
}

static void what_is_no_reference_is_a_bare_ampersand(void **state)
{
	(void)state;
	assert_kind("& b", REFERENCE_NONE);
	assert_kind("&&", REFERENCE_NONE);
	assert_kind("&eacute x", REFERENCE_NONE);
	assert_kind("&nosuchname;x", REFERENCE_NONE);
	assert_kind("&=1;x", REFERENCE_NONE);
}

static void reference_at_the_end_of_a_piece_waits_for_more(void **state)
{
	(void)state;
	assert_kind("&", REFERENCE_CUT);
	assert_kind("&#", REFERENCE_CUT);
	assert_kind("&#x", REFERENCE_CUT);
	assert_kind("&#65", REFERENCE_CUT);
	assert_kind("&l", REFERENCE_CUT);
	assert_kind("&eacute", REFERENCE_CUT);
}

static void name_that_never_ends_is_not_waited_for(void **state)
{
	char name[200] = "&";

	(void)state;
	memset(name + 1, 'a', sizeof name - 2);
	assert_int_equal(entities_read(known, (struct str){ name, 20 }).kind, REFERENCE_CUT);
	assert_int_equal(entities_read(known, (struct str){ name, sizeof name - 1 }).kind,
	                 REFERENCE_NONE);
}

static void own_entities_are_read_out_of_the_doctype(void **state)
{
	(void)state;
	entities_declare(
		known,
		STR("<!DOCTYPE rss [<!ENTITY name \"a value\">\n<!ENTITY other 'one \"more\"'>]>"));
	assert_named("&name;x", REFERENCE_OWN, "a value");
	assert_named("&other;x", REFERENCE_OWN, "one \"more\"");
	assert_kind("&third;x", REFERENCE_NONE);
}

static void own_entity_wins_over_a_name_of_html(void **state)
{
	(void)state;
	entities_declare(known, STR("<!DOCTYPE rss [<!ENTITY eacute 'E'>]>"));
	assert_named("&eacute;x", REFERENCE_OWN, "E");
}

static void the_five_cannot_be_declared_anew(void **state)
{
	(void)state;
	entities_declare(known, STR("<!DOCTYPE rss [<!ENTITY lt 'x'><!ENTITY amp 'y'>]>"));
	assert_kind("&lt;x", REFERENCE_KEPT);
	assert_kind("&amp;x", REFERENCE_KEPT);
}

static void the_first_of_a_name_counts(void **state)
{
	(void)state;
	entities_declare(known, STR("<!DOCTYPE rss [<!ENTITY a 'first'><!ENTITY a 'second'>]>"));
	assert_named("&a;x", REFERENCE_OWN, "first");
}

static void external_entity_is_known_and_empty(void **state)
{
	(void)state;
	entities_declare(known, STR("<!DOCTYPE rss [<!ENTITY x SYSTEM "
	                            "'file:///etc/passwd'><!ENTITY y PUBLIC 'p' 'q'>]>"));
	assert_named("&x;x", REFERENCE_OWN, "");
	assert_named("&y;x", REFERENCE_OWN, "");
}

static void parameter_entities_do_not_exist(void **state)
{
	(void)state;
	entities_declare(known, STR("<!DOCTYPE rss [<!ENTITY % p 'x'><!ENTITY a 'b'>]>"));
	assert_kind("&p;x", REFERENCE_NONE);
	assert_named("&a;x", REFERENCE_OWN, "b");
}

static void numbers_in_a_value_are_resolved_where_it_is_declared(void **state)
{
	(void)state;
	entities_declare(known, STR("<!DOCTYPE rss [<!ENTITY a '&#60;b&#x3e; &c; &'>]>"));
	assert_named("&a;x", REFERENCE_OWN, "<b> &c; &");
}

static void there_is_a_most_of_declarations(void **state)
{
	struct buf doctype = buf_limited(1 << 20);

	(void)state;
	buf_add_cstr(&doctype, "<!DOCTYPE rss [");
	for (int i = 0; i < 5000; i++)
		buf_addf(&doctype, "<!ENTITY e%d 'v%d'>", i, i);
	buf_add_cstr(&doctype, "]>");
	entities_declare(known, buf_view(&doctype));
	buf_free(&doctype);
	assert_named("&e0;x", REFERENCE_OWN, "v0");
	assert_named("&e4095;x", REFERENCE_OWN, "v4095");
	assert_kind("&e4096;x", REFERENCE_NONE);
}

static void broken_declarations_do_no_harm(void **state)
{
	static const char *const broken[] = {
		"<!DOCTYPE rss [<!ENTITY>]>",
		"<!DOCTYPE rss [<!ENTITY a>]>",
		"<!DOCTYPE rss [<!ENTITY a 'never closed",
		"<!DOCTYPE rss [<!ENTITY",
		"<!DOCTYPE rss [<!ENTITY a '",
		"<!ENTITY",
		"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		entities_declare(known, str_of(broken[i]));
	entities_declare(known, STR("<!DOCTYPE rss [<!ENTITY fine 'yes'>]>"));
	assert_named("&fine;x", REFERENCE_OWN, "yes");
}

int main(void)
{
#define reads(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		reads(numbers_are_decimal_or_hexadecimal_in_either_case),
		reads(number_may_lack_its_semicolon),
		reads(numbers_of_c1_controls_are_windows_letters),
		reads(absurd_number_does_not_wrap_around),
		reads(the_five_of_xml_stay_as_they_are),
		reads(names_of_html_are_known),
		reads(what_is_no_reference_is_a_bare_ampersand),
		reads(reference_at_the_end_of_a_piece_waits_for_more),
		reads(name_that_never_ends_is_not_waited_for),
		reads(own_entities_are_read_out_of_the_doctype),
		reads(own_entity_wins_over_a_name_of_html),
		reads(the_five_cannot_be_declared_anew),
		reads(the_first_of_a_name_counts),
		reads(external_entity_is_known_and_empty),
		reads(parameter_entities_do_not_exist),
		reads(numbers_in_a_value_are_resolved_where_it_is_declared),
		reads(there_is_a_most_of_declarations),
		reads(broken_declarations_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
