#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../../../src/feed/repair.h"
#include "../../../src/feed/scan.h"

static struct buf shown;

static const struct repair_limits usual = { 4096, 4096, 64 };

/* As text that is not beside the XML is written. */
static void show_text(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '<')
			buf_add_cstr(&shown, "&lt;");
		else if (s.p[i] == '&')
			buf_add_cstr(&shown, "&amp;");
		else
			buf_add_char(&shown, s.p[i]);
	}
}

/* The texts beside the XML, put back where they stood. */
static void put_back(struct repaired *from)
{
	struct str rest = buf_view(&from->xml);
	size_t at;

	while ((at = str_find_str(rest, STR("<?t?>"))) != SIZE_MAX) {
		buf_add(&shown, str_sub(rest, 0, at));
		show_text(repaired_take(from));
		rest = str_sub(rest, at + 5, rest.n);
	}
	buf_add(&shown, rest);
	assert_int_equal(repaired_take(from).n, 0);
	repaired_parsed(from);
}

static enum err repair(const struct repair_limits *l, const char *s, size_t chunk,
		       enum repair_found *found)
{
	struct repair *r = repair_new(l, NAMES_ROOT_FEED);
	struct repaired out = repaired_limited(1 << 20);
	struct buf in = buf_limited(1 << 20);
	struct str rest = str_of(s);
	enum err rc = ERR_NONE;
	size_t used = 0;

	buf_free(&shown);
	shown = buf_limited(1 << 20);
	while (rc == ERR_NONE && rest.n > 0) {
		size_t n = chunk;

		while (n < rest.n && (rest.p[n] & 0xC0) == 0x80) /* characters come whole */
			n++;
		buf_add(&in, str_sub(rest, 0, n));
		rest = str_sub(rest, n, rest.n);
		rc = repair_push(r, buf_view(&in), rest.n == 0, &out, &used);
		put_back(&out);
		buf_drop(&in, used);
	}
	*found = repair_found(r);
	repair_free(r);
	repaired_free(&out);
	buf_free(&in);
	return rc;
}

/* All at once and byte by byte must give the same. */
static const char *repaired(const char *s)
{
	enum repair_found found;
	char *whole;

	assert_int_equal(repair(&usual, s, 1, &found), ERR_NONE);
	whole = buf_take(&shown);
	assert_int_equal(repair(&usual, s, strlen(s), &found), ERR_NONE);
	assert_string_equal(whole, buf_cstr(&shown));
	free(whole);
	return buf_cstr(&shown);
}

static int forget(void **state)
{
	(void)state;
	buf_free(&shown);
	return 0;
}

static void good_xml_stays_as_it_is(void **state)
{
	const char *xml = "<x:rss a=\"1\" b='&lt;2' ><x:y/>text &amp; <![CDATA[<&]]></x:rss >";

	(void)state;
	assert_string_equal(repaired(xml),
			    "<x:rss a=\"1\" b=\"&lt;2\"><x:y/>text &amp; &lt;&amp;</x:rss>");
}

static void declaration_comments_and_instructions_go(void **state)
{
	(void)state;
	assert_string_equal(repaired("\n<?xml version='1.0' encoding='x'?><!-- <x:rss> --><?pi > "
				     "?><x:rss><!-- a -- b --><?p x>?>t</x:rss>"),
			    "<x:rss>t</x:rss>");
	assert_string_equal(repaired("<?xml version='1.0'><x:rss/>"), "<x:rss/>");
}

static void text_between_the_elements_of_a_feed_is_left_out(void **state)
{
	(void)state;
	assert_string_equal(repaired("<rss>\n <channel>\n  <title>a <b>c</b> <i>d</i></title>\n"
				     " <item> text <x> </x></item>\n</channel></rss>"),
			    "<rss><channel><title>a <b>c</b> <i>d</i></title>"
			    "<item><x> </x></item></channel></rss>");
}

/* Found by fuzzing: byte by byte the end was not waited for. */
static void a_declaration_out_of_place_goes_unless_it_has_no_near_end(void **state)
{
	char text[1200];

	(void)state;
	assert_string_equal(repaired("<x:rss>a<!ENTITY b 'a declaration out of place'>d<!-e>f</x:rss>"),
			    "<x:rss>ad&lt;!-e>f</x:rss>");
	snprintf(text, sizeof text, "<x:rss>a<!ENTITY %01040d>b</x:rss>", 0);
	assert_true(str_starts(str_of(repaired(text)), "<x:rss>a&lt;!ENTITY 000"));
}

static void bare_ampersands_and_angles_are_escaped(void **state)
{
	(void)state;
	assert_string_equal(repaired("<x:rss>a & b &c; &; 1 < 2 <3 <a@b.c></x:rss>"),
			    "<x:rss>a &amp; b &amp;c; &amp;; 1 &lt; 2 &lt;3 &lt;a@b.c></x:rss>");
}

static void references_become_characters(void **state)
{
	(void)state;
	assert_string_equal(repaired("<x:rss>&eacute;&#x4E2D;&#146;&#0;&#xFFFE;&#60;&AMP;</x:rss>"),
			    "<x:rss>\u00e9\u4e2d\u2019\357\277\275&lt;&amp;</x:rss>");
}

static void cdata_end_in_text_is_escaped(void **state)
{
	(void)state;
	assert_string_equal(repaired("<x:rss>a]]>b]]]>]</x:rss>"),
	                    "<x:rss>a]]&gt;b]]]&gt;]</x:rss>");
}

static void long_text_may_hold_the_end_of_a_section(void **state)
{
	(void)state;
	assert_string_equal(repaired("<x:rss>a text that is long enough to be written as a section "
				     "]]&gt; &#93;]&gt; ]&#93;> "
				     "]&#93;&gt; end</x:rss>"),
			    "<x:rss>a text that is long enough to be written as a section ]]> ]]> "
			    "]]> ]]> end</x:rss>");
}

static void attributes_are_put_right(void **state)
{
	(void)state;
	assert_string_equal(repaired("<x:rss a=1 b c = 'd\"' 5=6 e='<&x'f='g'/>"),
			    "<x:rss a=\"1\" b=\"\" c=\"d&quot;\" e=\"&lt;&amp;x\" f=\"g\"/>");
	assert_string_equal(repaired("<x:rss><a href=\"x>t</a><b c=\"d\">e</b></x:rss>"),
			    "<x:rss><a href=\"x\">t</a><b c=\"d\">e</b></x:rss>");
}

static void end_tags_close_what_is_open_inside(void **state)
{
	(void)state;
	assert_string_equal(repaired("<x:rss><a><b>x</a></c>y</x:RSS>junk<x:rss>"),
			    "<x:rss><a><b>x</b></a>y</x:rss>");
	assert_string_equal(repaired("<x:rss><p>a<p>b<br>c<img src='i'>d</x:rss>"),
			    "<x:rss><p>a</p><p>b<br/>c<img src=\"i\"/>d</p></x:rss>");
	assert_string_equal(repaired("<x:rss><a></a<b></b></x:rss>"),
	                    "<x:rss><a></a><b></b></x:rss>");
}

static void characters_that_xml_does_not_have_go(void **state)
{
	(void)state;
	assert_string_equal(
	        repaired("<x:rss "
	                 "a='\002b'>c\001d\357\277\277e<![CDATA[\003f]]>\357\277\275</x:rss>"),
	        "<x:rss a=\"b\">cdef\357\277\275</x:rss>");
}

static void own_entities_are_expanded(void **state)
{
	(void)state;
	assert_string_equal(
		repaired("<!DOCTYPE rss [<!ENTITY a '<b>&#38;c;</b>'><!ENTITY c \"d&lt;\">"
			 "<!ENTITY x SYSTEM 'file:///x'>]><x:rss e='&a;'>&a;[&x;]</x:rss>"),
		"<x:rss e=\"&#60;b>d&lt;&#60;/b>\"><b>d&lt;</b>[]</x:rss>");
}

static void entities_do_not_expand_beyond_their_ceiling(void **state)
{
	enum repair_found found;

	(void)state;
	assert_int_equal(
		repair(&usual, "<!DOCTYPE rss [<!ENTITY a '&a;'>]><x:rss>x&a;</x:rss>", 99, &found),
		ERR_LIMIT);
	assert_string_equal(buf_cstr(&shown), "<x:rss>x");
	assert_int_equal(
		repair(&usual,
		       "<!DOCTYPE rss [<!ENTITY a '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY b "
		       "'&c;&c;&c;&c;&c;'>"
		       "<!ENTITY c "
		       "'0123456789012345678901234567890123456789012345678901234567890123456789"
		       "012345678901234567890123456789012345678901234567890123456789']><x:rss>&a;</"
		       "rss>",
		       999, &found),
		ERR_LIMIT);
}

static void long_tag_and_deep_nesting_end_it(void **state)
{
	const struct repair_limits narrow = { 20, 0, 3 };
	enum repair_found found;

	(void)state;
	assert_int_equal(repair(&narrow, "<x:rss><a b='123456789012345'/></x:rss>", 4, &found),
			 ERR_LIMIT);
	assert_string_equal(buf_cstr(&shown), "<x:rss>");
	assert_int_equal(repair(&narrow, "<x:rss><a><b><c/><c></c></b></a></x:rss>", 99, &found),
			 ERR_LIMIT);
	assert_string_equal(buf_cstr(&shown), "<x:rss><a><b><c/>");
	assert_int_equal(repair(&narrow, "<x:rss><a b='a quote that never ends", 99, &found),
			 ERR_LIMIT);
}

static void attributes_without_number_are_cut(void **state)
{
	struct buf body = buf_limited(1 << 16);
	enum repair_found found;
	size_t n = 0;

	(void)state;
	buf_add_cstr(&body, "<x:rss");
	for (int i = 0; i < 300; i++)
		buf_addf(&body, " a%d=''", i);
	buf_add_cstr(&body, "/>");
	assert_int_equal(
		repair(&(struct repair_limits){ 1 << 16, 0, 9 }, buf_cstr(&body), 1 << 16, &found),
		ERR_NONE);
	for (const char *p = shown.p; (p = strchr(p, '=')) != NULL; p++)
		n++;
	assert_int_equal(n, 128);
	buf_free(&body);
}

static enum repair_found found_in(const char *s)
{
	enum repair_found found;

	assert_int_equal(repair(&usual, s, 7, &found), ERR_NONE);
	return found;
}

static void root_tells_what_it_is(void **state)
{
	(void)state;
	assert_int_equal(found_in("x <b>y</b> <x:rss>"), REPAIR_ROOT);
	assert_int_equal(found_in("<html><body><atom:feed>"), REPAIR_ROOT);
	assert_int_equal(found_in("<!doctype html><p>x"), REPAIR_PAGE);
	assert_int_equal(found_in("<opml>"), REPAIR_OPML);
	assert_int_equal(found_in("<note><channel>"), REPAIR_OTHER);
	assert_int_equal(found_in("plain"), REPAIR_OTHER);
}

/* ---- scan ---- */

static void runs_end_where_they_should_at_any_offset(void **state)
{
	char text[80];

	(void)state;
	for (size_t at = 0; at < sizeof text; at++) {
		struct str s = { text, sizeof text };

		memset(text, 'x', sizeof text);
		assert_int_equal(scan_text(str_sub(s, 0, at)), at);
		text[at] = '<';
		assert_int_equal(scan_text(s), at);
		assert_int_equal(scan_literal(s), sizeof text);
		assert_int_equal(scan_escape(s), at);
		text[at] = '\1';
		assert_int_equal(scan_literal(s), at);
		text[at] = '\n';
		assert_int_equal(scan_text(s), sizeof text);
	}
}

static void noncharacters_end_a_run_and_their_neighbours_do_not(void **state)
{
	struct str good = STR("0123456789\357\276\277\357\277\275\344\272\277\303\277 end"),
		   bad = STR("0123456789abcd\357\277\276");

	(void)state;
	assert_int_equal(scan_text(good), good.n);
	assert_int_equal(scan_text(bad), 14);
	assert_int_equal(scan_bad_char(str_sub(bad, 14, bad.n)), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_xml_stays_as_it_is),
		cmocka_unit_test(declaration_comments_and_instructions_go),
		cmocka_unit_test(text_between_the_elements_of_a_feed_is_left_out),
		cmocka_unit_test(a_declaration_out_of_place_goes_unless_it_has_no_near_end),
		cmocka_unit_test(bare_ampersands_and_angles_are_escaped),
		cmocka_unit_test(references_become_characters),
		cmocka_unit_test(cdata_end_in_text_is_escaped),
		cmocka_unit_test(long_text_may_hold_the_end_of_a_section),
		cmocka_unit_test(attributes_are_put_right),
		cmocka_unit_test(end_tags_close_what_is_open_inside),
		cmocka_unit_test(characters_that_xml_does_not_have_go),
		cmocka_unit_test(own_entities_are_expanded),
		cmocka_unit_test(entities_do_not_expand_beyond_their_ceiling),
		cmocka_unit_test(long_tag_and_deep_nesting_end_it),
		cmocka_unit_test(attributes_without_number_are_cut),
		cmocka_unit_test(root_tells_what_it_is),
		cmocka_unit_test(runs_end_where_they_should_at_any_offset),
		cmocka_unit_test(noncharacters_end_a_run_and_their_neighbours_do_not),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
