#include "lede/text/rich.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "shown.h"

#define SHOWS(html, lines) assert_string_equal(shown(html, 60), lines)

static struct rich *document(const char *html)
{
	const struct rich_options o = { .base = STR("http://a.example/b/c") };

	return rich_from_html(str_of(html), &o);
}

/* ---- paragraphs and white space ---- */

static void blocks_are_parted_by_one_blank_line(void **state)
{
	(void)state;
	SHOWS("<p>One</p><p>Two</p>", "One\n\nTwo\n");
	SHOWS("<div>One</div>\n\n<div><div>Two</div></div>three", "One\n\nTwo\n\nthree\n");
	SHOWS("text in the body<p>One<p>Two", "text in the body\n\nOne\n\nTwo\n");
	SHOWS("<p></p><p> &nbsp; </p><p>One</p><div><br></div>", "One\n");
	SHOWS("", "");
}

static void runs_of_white_space_are_one_blank(void **state)
{
	(void)state;
	SHOWS("<p>\n  One\t two &nbsp; three <b> four </b> five\n</p>",
	      "One two three four five\n");
	SHOWS("in<b>si</b>de", "inside\n");
	SHOWS("One <!-- no --> two", "One two\n");
}

static void a_line_end_between_han_is_no_blank(void **state)
{
	(void)state;
	SHOWS("<p>中文\n中文</p>", "中文中文\n");
	SHOWS("<p>中文\nabc\n中文 中文</p>", "中文 abc 中文 中文\n");
	SHOWS("<p>한국\n어</p>", "한국 어\n");
}

static void an_indent_of_ideographic_spaces_is_kept(void **state)
{
	(void)state;
	SHOWS("<p>　　中文</p>", "　　中文\n");
	SHOWS("<p>　　</p>", "");
}

static void one_br_ends_a_line_and_two_part_paragraphs(void **state)
{
	(void)state;
	SHOWS("One<br>two<br />three", "One\ntwo\nthree\n");
	SHOWS("One<br><br>two<br>\n<br/>\n<br>three<br>", "One\n\ntwo\n\nthree\n");
	SHOWS("One</br>two", "One\ntwo\n");
}

static void a_separator_is_the_blank_line_it_stands_for(void **state)
{
	(void)state;
	SHOWS("<p>One</p><hr><p>Two</p>", "One\n\nTwo\n");
	SHOWS("<p>One</p><p>* * *</p><p>Two</p><p>---</p>", "One\n\nTwo\n");
}

/* ---- what is dropped ---- */

static void scripts_styles_and_controls_are_not_text(void **state)
{
	(void)state;
	SHOWS("a<script>x < y</script>b<style>p{}</style>c<select><option>x</select>d<svg><text>x"
	      "</text></svg>e",
	      "abcde\n");
	SHOWS("<title>x</title><p>a", "a\n");
	SHOWS("a<noscript><img src=x></noscript><button>Like</button>b<template>x</template>",
	      "ab\n");
}

static void hidden_elements_are_dropped(void **state)
{
	(void)state;
	SHOWS("a<div style='display:none'>x<div>y</div>z</div>b", "ab\n");
	SHOWS("a<span hidden>x</span>b<p style=\"color:red; display: none\">x<p>c", "ab\n\nc\n");
}

static void an_element_without_end_takes_nothing_with_it(void **state)
{
	(void)state;
	SHOWS("a<svg>b<p>c", "ab\n\nc\n");
	SHOWS("a<div hidden>b", "a\n\nb\n");
}

static void tracking_pixels_are_dropped(void **state)
{
	(void)state;
	SHOWS("a<img src=http://x.example/y width=1 height=1>b", "ab\n");
	SHOWS("a<img src=http://x.example/y.gif style='width:1px'>b", "ab\n");
	SHOWS("a<img src=http://feeds.feedburner.com/~r/x/~4/y alt=''>b", "ab\n");
	SHOWS("a<img src=http://pixel.wp.com/b.gif?host=x alt=x>b", "ab\n");
	SHOWS("a<img>b<img src=''>c", "abc\n");
	SHOWS("a<iframe width=0 height=0 src=http://x.example/></iframe>b", "a\n\nb\n");
}

/* ---- dirty HTML ---- */

static void entities_escaped_twice_are_resolved_twice(void **state)
{
	(void)state;
	SHOWS("AT&amp;amp;T &amp;lsquo;x&amp;#8217; &amp;nbsp; y", "AT&T ‘x’ y\n");
	SHOWS("<code>&amp;lt;p&amp;gt;</code> <pre>&amp;amp;</pre>", "&lt;p&gt;\n\n    &amp;\n");
}

static void a_fragment_escaped_as_a_whole_is_html(void **state)
{
	(void)state;
	SHOWS("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;a &amp;amp; b&lt;/p&gt;", "One\n\na & b\n");
	SHOWS("1 &lt; 2 and a &lt;- b", "1 < 2 and a <- b\n");
	SHOWS("<p>write &lt;p&gt; here</p>", "write <p> here\n");
}

static void unclosed_tags_end_with_their_block(void **state)
{
	struct rich *r = document("<p><b>One</p><p>two</p>");
	const struct layout_options o = shown_at(60);
	struct layout *l = layout_new(r, &o);

	(void)state;
	layout_reach(l, 10);
	assert_int_equal(layout_line(l, 0)->spans[0].style, RICH_STRONG);
	assert_int_equal(layout_line(l, 2)->spans[0].style, RICH_TEXT);
	layout_free(l);
	rich_free(r);
}

static void end_tags_that_close_nothing_do_no_harm(void **state)
{
	(void)state;
	SHOWS("</p></b></li></table>One</td></blockquote> two", "One\n\ntwo\n");
	SHOWS("<b><p>One</b> two</p>three", "One two\n\nthree\n");
	SHOWS("<ul><li>One</ul></ul><td>two", "• One\n\ntwo\n");
}

static void a_lone_less_than_is_text(void **state)
{
	(void)state;
	SHOWS("<p>1 < 2 <3</p>", "1 < 2 <3\n");
}

static void depth_is_bounded(void **state)
{
	struct buf html = buf_limited(1 << 22);
	struct rich *r;

	(void)state;
	for (int i = 0; i < 20000; i++)
		assert_int_equal(buf_add_cstr(&html, i % 2 ? "<blockquote>" : "<ul><li>"),
				 ERR_NONE);
	assert_int_equal(buf_add_cstr(&html, "deep"), ERR_NONE);
	r = document(buf_cstr(&html));
	for (int width = 8; width < 60; width += 17) {
		const struct layout_options o = shown_at(width);

		assert_non_null(strstr(shown_lines(r, &o), "deep"));
	}
	rich_free(r);
	buf_free(&html);
}

/* ---- inline ---- */

static void raised_digits_are_told_from_the_number_before(void **state)
{
	(void)state;
	SHOWS("10<sup>6</sup> m<sup>2</sup>, s<sup>-1</sup>, x<sup>n</sup>",
	      "10^6 m^2, s^-1, x^n\n");
	SHOWS("x<sup>n+1</sup>", "x^n+1\n");
	SHOWS("1<sup>st</sup> M<sup>me</sup> H<sub>2</sub>O", "1st Mme H2O\n");
	SHOWS("<h2>Speed <a href='#speed'>#</a></h2>Fast", "Speed\n\nFast\n");
	SHOWS("a note<sup><a href='#fn1'>1</a></sup>.", "a note^1.\n");
}

static void readings_stand_in_parentheses(void **state)
{
	(void)state;
	SHOWS("<ruby>漢字<rt>かんじ</rt></ruby>を", "漢字(かんじ)を\n");
	SHOWS("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby>",
	      "漢(kan)字(ji)\n");
	SHOWS("<ruby>漢<rt>かん字<rt>じ</ruby>x", "漢(かん字)(じ)x\n");
	SHOWS("<ruby>漢<rt></rt></ruby>x", "漢x\n");
}

static const char *without_glosses(const char *html)
{
	const struct rich_options o = { .hide_glosses = true };
	const struct layout_options at = shown_at(60);
	struct rich *r = rich_from_html(str_of(html), &o);
	const char *text = shown_lines(r, &at);

	assert_true(rich_had_glosses(r));
	rich_free(r);
	return text;
}

static void glosses_are_hidden_when_asked(void **state)
{
	struct rich *r = document("<p>監(jiān)管");

	(void)state;
	assert_true(rich_had_glosses(r));
	rich_free(r);
	SHOWS("監(jiān)管", "監(jiān)管\n");
	assert_string_equal(without_glosses("<p>監(jiān)管 (2024)"), "監管 (2024)\n");
	assert_string_equal(without_glosses("<ruby>監<rt>jiān</rt></ruby>管"), "監管\n");
	assert_string_equal(without_glosses("監<i>(jiān)</i>管"), "監管\n");
	assert_string_equal(without_glosses("<b>監</b>(<i>jiān</i>)<b>管</b>(<a "
	                                    "href=http://x.example/>guǎn)</a>了"),
	                    "監管 [1] 了\n");
	assert_string_equal(
	        without_glosses("<a href=http://x.example/>監(jiān)管</a> 和 <b>展</b>(zhǎn)"),
	        "監管 [1] 和 展\n");
	r = document("<p>no gloss (at all)");
	assert_false(rich_had_glosses(r));
	rich_free(r);
}

static void styles_keep_their_text_when_glosses_go(void **state)
{
	const struct rich_options o = { .hide_glosses = true };
	const struct layout_options at = shown_at(40);
	struct rich *r = rich_from_html(STR("監<i>(jiān)</i>管<b>強<i>(qiáng)</i>化</b>了"), &o);
	struct layout *l = layout_new(r, &at);
	const struct layout_line *line;

	(void)state;
	layout_reach(l, 1);
	line = layout_line(l, 0);
	assert_true(str_is(line->text, "監管強化了"));
	assert_int_equal(line->nspans, 3);
	assert_int_equal(line->spans[0].to, 6);
	assert_int_equal(line->spans[1].style, RICH_STRONG);
	assert_int_equal(line->spans[1].to, 12);
	assert_int_equal(line->spans[2].style, 0);
	layout_free(l);
	rich_free(r);
}

static void quotations_get_their_marks(void **state)
{
	(void)state;
	SHOWS("she said <q>no</q>.", "she said “no”.\n");
}

/* ---- images and media ---- */

static void images_are_their_alternative_text_with_a_number(void **state)
{
	(void)state;
	SHOWS("<p><img src=a.png alt='a  chart'></p>", "[a chart] [1]\n");
	SHOWS("<img src=a.png alt='A bridge<br><small>Photo by <a href=\"x\">Ann</a></small>'>",
	      "[A bridge Photo by Ann] [1]\n");
	SHOWS("<img src=a.png alt='List&lt;String> with a < b and <3'>",
	      "[List<String> with a < b and <3] [1]\n");
	SHOWS("<p><img src=a.png title='a title'></p>", "[a title] [1]\n");
	SHOWS("<img src=a.png><img src=b.png alt=''>text<img data-src=c.png alt=c>more",
	      "[image] [1] [image] [2] text [c] [3] more\n");
	SHOWS("ok <img class=emoji src=x.png alt='☺'>!", "ok ☺!\n");
	SHOWS("<img src='data:image/gif;base64,R0' alt=a>", "[a]\n");
}

static void a_picture_is_a_word_among_words(void **state)
{
	(void)state;
	SHOWS("vectors<img src=a.png alt=v>, where<img src=b.png alt=w>(<img src=c.png alt=x>).",
	      "vectors [v] [1], where [w] [2] ([x] [3]).\n");
	SHOWS("one <img src=a.png alt=v> , two", "one [v] [1] , two\n");
	SHOWS("<img src=a.png alt='{\\displaystyle A^{-1}}'> <img src=b.png alt='[icon]'>",
	      "[A^{-1}] [1] [icon] [2]\n");
}

static void the_number_of_an_image_opens_it(void **state)
{
	struct rich *r = document("<img src='p 1.png' alt=one>"
				  "<img src='data:,x' data-src=2.png alt=two>"
				  "<img srcset='3.png 1x, 4.png 2x' alt=three>");

	(void)state;
	assert_int_equal(rich_link_count(r), 3);
	assert_true(str_is(rich_link(r, 1)->text, "[one]"));
	assert_true(str_is(rich_link(r, 1)->url, "http://a.example/b/p%201.png"));
	assert_true(str_is(rich_link(r, 2)->url, "http://a.example/b/2.png"));
	assert_true(str_is(rich_link(r, 3)->url, "http://a.example/b/3.png"));
	rich_free(r);
}

static void an_image_in_a_link_has_the_number_of_the_link(void **state)
{
	(void)state;
	SHOWS("<a href=big.html><img src=small.png alt=map> the map</a>", "[map] the map [1]\n");
}

static void a_caption_stands_right_under_its_picture(void **state)
{
	(void)state;
	SHOWS("<p>One</p><figure><img src=a.png alt=chart><figcaption>What it "
	      "shows</figcaption></figure><p>Two",
	      "One\n\n[chart] [1]\nWhat it shows\n\nTwo\n");
}

static void a_caption_without_a_picture_keeps_its_distance(void **state)
{
	(void)state;
	SHOWS("<p>One</p><figure><figcaption>About</figcaption><img src=a.png></figure>",
	      "One\n\nAbout\n\n[image] [1]\n");
	SHOWS("<figure><img src=a.png><figcaption></figcaption></figure><p>Two",
	      "[image] [1]\n\nTwo\n");
}

static void what_plays_is_a_link(void **state)
{
	(void)state;
	SHOWS("<video src=v.mp4>Your browser is old</video>", "[video] [1]\n");
	SHOWS("<audio controls><source src=a.ogg><source src=a.mp3>old</audio>", "[audio] [1]\n");
	SHOWS("a<iframe title='A film' src='https://www.youtube.com/embed/x'></iframe>b",
	      "a\n\n[video: A film] [1]\n\nb\n");
	SHOWS("<iframe src='//x.example/y'>", "[embedded page] [1]\n");
}

/* ---- links ---- */

static void links_are_numbered_after_their_text(void **state)
{
	struct rich *r =
	    document("see <a href='x'>this  page</a>, <a href=http://other.example/>that</a>.");

	(void)state;
	assert_int_equal(rich_link_count(r), 2);
	assert_true(str_is(rich_link(r, 1)->text, "this page"));
	assert_true(str_is(rich_link(r, 1)->url, "http://a.example/b/x"));
	assert_true(str_is(rich_link(r, 2)->url, "http://other.example/"));
	assert_null(rich_link(r, 0));
	assert_null(rich_link(r, 3));
	rich_free(r);
	SHOWS("see <a href='x'>this  page</a>, <a href=http://other.example/>that</a>.",
	      "see this page [1], that [2].\n");
}

static void the_same_address_has_one_number(void **state)
{
	(void)state;
	SHOWS("<a href=x>a</a> <a href=y>b</a> <a href=x>c</a>", "a [1] b [2] c [1]\n");
}

static void links_that_lead_nowhere_have_no_number(void **state)
{
	(void)state;
	SHOWS("<a>a</a> <a href='#top'>b</a> <a href='mailto:x@y'>c</a> <a "
	      "href='javascript:x()'>d</a> <a href='x'></a>e",
	      "a b c d e\n");
	SHOWS("<a href=x> </a><a href=y>e</a>", "e [1]\n");
	SHOWS("a note <a href='#ref1'>↩</a>", "a note\n");
}

static void a_number_waits_for_the_end_of_the_word(void **state)
{
	(void)state;
	SHOWS("the <a href=x>feed</a>s are", "the feeds [1] are\n");
	SHOWS("<a href=x>名單</a>出售 <a href=y>名單</a>。", "名單 [1] 出售 名單 [2]。\n");
	SHOWS("<a href=x>feed </a>is", "feed [1] is\n");
	SHOWS("(<a href=x>feed</a>)", "(feed [1])\n");
}

static void a_link_around_blocks_is_numbered_at_the_end_of_each(void **state)
{
	(void)state;
	SHOWS("<a href=x><h2>Title</h2><p>text</p></a>", "Title [1]\n\ntext [1]\n");
}

static void a_number_stands_behind_the_words_and_not_under_them(void **state)
{
	(void)state;
	SHOWS("<p><a href=x>one<br><br>two<br></a>", "one [1]\n\ntwo [1]\n");
	SHOWS("<p><a href=x>one<br></a></p><p>two", "one [1]\n\ntwo\n");
	SHOWS("<p><a href=x>one<br></a>two", "one [1]\ntwo\n");
	SHOWS("<pre><a href=x>one\n\n</a></pre>", "    one [1]\n");
}

static void an_image_in_a_link_has_the_number(void **state)
{
	struct rich *r = document("<a href=x><img src=y alt=chart></a>");

	(void)state;
	assert_true(str_is(rich_link(r, 1)->text, "[chart]"));
	rich_free(r);
	SHOWS("<a href=x><img src=y alt=chart></a> is", "[chart] [1] is\n");
}

static void a_link_inside_a_link_ends_it(void **state)
{
	(void)state;
	SHOWS("<a href=x>one <a href=y>two</a>", "one [1] two [2]\n");
}

/* ---- the document ---- */

static void a_title_that_is_told_again_is_left_out(void **state)
{
	const struct rich_options o = { .title = STR("A  Title") };
	const struct layout_options at = shown_at(60);
	struct rich *r = rich_from_html(STR("<h1>a title</h1><p>A Title</p>"), &o);

	(void)state;
	assert_string_equal(shown_lines(r, &at), "A Title\n");
	rich_free(r);
	r = rich_from_html(STR("<p>Text</p><p>A Title</p>"), &o);
	assert_string_equal(shown_lines(r, &at), "Text\n\nA Title\n");
	rich_free(r);
}

static void plain_text_keeps_its_lines(void **state)
{
	(void)state;
	assert_string_equal(shown_plain("One\ntwo\r\n\r\nthree\n\n\n  four", 60),
			    "One\ntwo\n\nthree\n\n\n  four\n");
	assert_string_equal(shown_plain("a < b & <c>", 60), "a < b & <c>\n");
	assert_string_equal(shown_plain("---\nx", 60), "---\nx\n");
	assert_string_equal(shown_plain("\n\nx\n\n", 60), "\n\nx\n\n");
	assert_string_equal(shown_plain("\n\n", 60), "\n\n");
	assert_string_equal(shown_plain("", 60), "");
	assert_string_equal(shown_plain("one two three", 8), "one two\nthree\n");
}

static void seconds_of(const char *html, int seconds)
{
	struct rich *r = document(html);

	assert_int_equal(rich_seconds(r), seconds);
	rich_free(r);
}

static void reading_time_counts_words_and_characters(void **state)
{
	struct buf html = buf_limited(1 << 16);

	(void)state;
	seconds_of("", 0);
	for (int i = 0; i < 220; i++)
		assert_int_equal(buf_add_cstr(&html, "don’t "), ERR_NONE);
	seconds_of(buf_cstr(&html), 60);
	buf_clear(&html);
	for (int i = 0; i < 450; i++)
		assert_int_equal(buf_add_cstr(&html, "中、"), ERR_NONE);
	seconds_of(buf_cstr(&html), 30);
	buf_free(&html);
}

static void plain_form_has_the_marks_and_no_line_breaks(void **state)
{
	struct rich *r = document(
	    "<p>A long paragraph that would be broken in any pane of the usual width, surely so."
	    "<ul><li>one<li>two</ul><blockquote>said</blockquote>");
	struct buf out = buf_limited(4096), small = buf_limited(10);

	(void)state;
	assert_int_equal(rich_plain(r, &out), ERR_NONE);
	assert_string_equal(
	    buf_cstr(&out),
	    "A long paragraph that would be broken in any pane of the usual width, surely so."
	    "\n\n• one\n• two\n\n│ said\n");
	assert_int_equal(rich_plain(r, &small), ERR_LIMIT);
	assert_int_equal(small.n, 0);
	buf_free(&out);
	buf_free(&small);
	rich_free(r);
}

static void an_empty_document_says_so(void **state)
{
	struct rich *r = document("<p> <script>x</script></p>");

	(void)state;
	assert_true(rich_is_empty(r));
	rich_free(r);
	r = document("x");
	assert_false(rich_is_empty(r));
	rich_free(r);
	rich_free(NULL);
}

static void no_control_byte_comes_through(void **state)
{
	(void)state;
	SHOWS("a\x1b[31mb&#27;]0;x&#7;c\xc2\x9b"
	      "d\x7f<img src=x alt='\x1b[2J'>",
	      "a[31mb]0;xcd [[2J] [1]\n");
	SHOWS("<pre>a\x1b[31m\x07</pre>", "    a[31m\n");
	SHOWS("\xff\xfe<b>\xe4\xb8</b>", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\n");
}

#define T(name) cmocka_unit_test_teardown(name, shown_forget)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(blocks_are_parted_by_one_blank_line),
		T(a_picture_is_a_word_among_words),
		T(runs_of_white_space_are_one_blank),
		T(a_line_end_between_han_is_no_blank),
		T(an_indent_of_ideographic_spaces_is_kept),
		T(one_br_ends_a_line_and_two_part_paragraphs),
		T(a_separator_is_the_blank_line_it_stands_for),
		T(scripts_styles_and_controls_are_not_text),
		T(hidden_elements_are_dropped),
		T(an_element_without_end_takes_nothing_with_it),
		T(tracking_pixels_are_dropped),
		T(entities_escaped_twice_are_resolved_twice),
		T(a_fragment_escaped_as_a_whole_is_html),
		T(unclosed_tags_end_with_their_block),
		T(end_tags_that_close_nothing_do_no_harm),
		T(a_lone_less_than_is_text),
		T(depth_is_bounded),
		T(raised_digits_are_told_from_the_number_before),
		T(readings_stand_in_parentheses),
		T(glosses_are_hidden_when_asked),
		T(styles_keep_their_text_when_glosses_go),
		T(quotations_get_their_marks),
		T(images_are_their_alternative_text_with_a_number),
		T(the_number_of_an_image_opens_it),
		T(an_image_in_a_link_has_the_number_of_the_link),
		T(a_caption_stands_right_under_its_picture),
		T(a_caption_without_a_picture_keeps_its_distance),
		T(what_plays_is_a_link),
		T(links_are_numbered_after_their_text),
		T(the_same_address_has_one_number),
		T(links_that_lead_nowhere_have_no_number),
		T(a_number_waits_for_the_end_of_the_word),
		T(a_link_around_blocks_is_numbered_at_the_end_of_each),
		T(a_number_stands_behind_the_words_and_not_under_them),
		T(an_image_in_a_link_has_the_number),
		T(a_link_inside_a_link_ends_it),
		T(a_title_that_is_told_again_is_left_out),
		T(plain_text_keeps_its_lines),
		T(reading_time_counts_words_and_characters),
		T(plain_form_has_the_marks_and_no_line_breaks),
		T(an_empty_document_says_so),
		T(no_control_byte_comes_through),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
