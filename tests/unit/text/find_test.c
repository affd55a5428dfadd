/* Words found where they stand: folded, across blanks and lines, whole or as typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lede/base/str.h"
#include "lede/text/find.h"

/* "text" with what is found in brackets. */
static void assert_found(const char *what, enum find_way way, const char *text, const char *marked)
{
	struct find *f = find_new();
	struct buf out = buf_limited(1 << 16);
	struct find_at hit;
	uint32_t at = 0;
	size_t done = 0;

	find_add(f, str_of(what), way);
	while (find_next(f, str_of(text), &at, &hit)) {
		buf_add(&out, str_sub(str_of(text), done, hit.from));
		buf_addf(&out, "[%.*s]", (int)(hit.to - hit.from), text + hit.from);
		done = hit.to;
	}
	buf_add(&out, str_sub(str_of(text), done, strlen(text)));
	assert_string_equal(buf_cstr(&out), marked);
	buf_free(&out);
	find_free(f);
}

static void what_was_typed_is_found_anywhere(void **state)
{
	(void)state;
	assert_found("brid", FIND_LETTERS, "The bridge, a Bridge.", "The [brid]ge, a [Brid]ge.");
	assert_found("3.1", FIND_LETTERS, "3.1 of 3x1", "[3.1] of 3x1");
	assert_found("C++", FIND_LETTERS, "C, c++ and C+", "C, [c++] and C+");
	assert_found("aa", FIND_LETTERS, "aaaaa", "[aa][aa]a");
}

static void case_width_accents_and_script_do_not_matter(void **state)
{
	(void)state;
	assert_found("cafe", FIND_LETTERS, "Un Café, un ＣＡＦＥ́", "Un [Café], un [ＣＡＦＥ́]");
	assert_found("大桥", FIND_LETTERS, "跨江大橋恢復通車", "跨江[大橋]恢復通車");
	assert_found("大橋", FIND_WORDS, "跨江大桥恢复通车", "跨江[大桥]恢复通车");
	assert_found("ガス", FIND_LETTERS, "ｶﾞｽ代", "[ｶﾞｽ]代");
	assert_found("straße", FIND_WORDS, "STRASSE strasse", "[STRASSE] [strasse]");
	assert_found("fi", FIND_LETTERS, "ﬁn", "[ﬁ]n");
}

static void any_run_of_blanks_stands_for_a_blank(void **state)
{
	(void)state;
	assert_found("old road", FIND_LETTERS, "old\n  road oldroad", "[old\n  road] oldroad");
	assert_found("  road ", FIND_LETTERS, "a road here", "a [road] here");
	assert_found("old road", FIND_LETTERS, "old-road", "old-road");
}

static void words_are_whole(void **state)
{
	(void)state;
	assert_found("bridge", FIND_WORDS, "Bridges, bridge; a-bridge abridge",
	             "Bridges, [bridge]; a-[bridge] abridge");
	assert_found("brid", FIND_STARTS, "bridges abridge brid", "[brid]ges abridge [brid]");
	assert_found("ab", FIND_WORDS, "ábab ab áb", "ábab [ab] [áb]");
}

static void whatever_parts_words_stands_between_them(void **state)
{
	(void)state;
	assert_found("white house", FIND_WORDS, "the White-House; white, house; whitehouse",
	             "the [White-House]; [white, house]; whitehouse");
	assert_found("white house", FIND_STARTS, "white houses", "[white house]s");
	assert_found("iphone手机", FIND_WORDS, "iPhone 手機殼", "[iPhone 手機]殼");
	assert_found("iphone 手机", FIND_WORDS, "新iPhone手机", "新[iPhone手机]");
	assert_found("大橋 通車", FIND_WORDS, "大橋。通車 大橋通車", "[大橋。通車] 大橋通車");
}

static void the_longest_that_begins_there_is_found(void **state)
{
	struct find *f = find_new();
	struct find_at hit;
	uint32_t at = 0;

	(void)state;
	find_add(f, STR("data"), FIND_WORDS);
	find_add(f, STR("data rules"), FIND_WORDS);
	assert_true(find_next(f, STR("new data rules"), &at, &hit));
	assert_int_equal(hit.from, 4);
	assert_int_equal(hit.to, 14);
	assert_false(find_next(f, STR("new data rules"), &at, &hit));
	find_free(f);
}

static void what_has_no_letter_finds_nothing(void **state)
{
	struct find *f = find_new();

	(void)state;
	assert_true(find_is_empty(NULL));
	find_add(f, STR("  "), FIND_LETTERS);
	find_add(f, STR("--"), FIND_WORDS);
	assert_true(find_is_empty(f));
	find_free(f);
}

static void broken_bytes_are_passed_over(void **state)
{
	(void)state;
	assert_found("b", FIND_LETTERS, "a\xff\xc3" "b", "a\xff\xc3[b]");
	assert_found("b", FIND_WORDS, "\x80\x80 b", "\x80\x80 [b]");
}

/* ---- documents ---- */

static struct rich *document(const char *html)
{
	static const struct rich_options plain = { .base = { "https://a.example/", 18 } };

	return rich_from_html(str_of(html), &plain);
}

static size_t count(const struct rich *doc, const char *words, enum find_way way, int piece)
{
	struct find *f = find_new();
	struct find_at hit;
	uint32_t at = 0;
	size_t n = 0;
	int work = piece;

	find_add(f, str_of(words), way);
	for (;; work = work > 0 ? work : piece) {
		enum find_step step = find_in_rich(f, doc, &at, &work, &hit);

		if (step == FIND_NO_MORE)
			break;
		n += step == FIND_FOUND;
	}
	find_free(f);
	return n;
}

static void numbers_of_links_are_no_text(void **state)
{
	struct rich *doc = document("<p>sold by <a href='/x'>the thousand</a> today</p>");

	(void)state;
	assert_int_equal(count(doc, "thousand today", FIND_WORDS, 100000), 1);
	assert_int_equal(count(doc, "thousand today", FIND_LETTERS, 100000), 1);
	assert_int_equal(count(doc, "1", FIND_LETTERS, 100000), 0);
	rich_free(doc);
}

static void a_pass_in_small_pieces_finds_the_same(void **state)
{
	struct rich *doc = document("<p>one two one</p><ul><li>one <b>two</b></li></ul>"
	                            "<pre>  one\n  two</pre><p>大橋 one</p>");

	(void)state;
	assert_int_equal(count(doc, "one", FIND_WORDS, 100000), 5);
	for (int piece = 2; piece < 12; piece++) {
		assert_int_equal(count(doc, "one", FIND_WORDS, piece), 5);
		assert_int_equal(count(doc, "one two", FIND_WORDS, piece),
		                 count(doc, "one two", FIND_WORDS, 100000));
		assert_int_equal(count(doc, "大桥", FIND_LETTERS, piece), 1);
	}
	rich_free(doc);
}

/* The lines with what is found in brackets, one after another. */
static void assert_lines(const char *html, int width, const char *words, const char *marked)
{
	const struct layout_options o = { width, 1, { "•", "│", "─", "…" }, 0 };
	struct rich *doc = document(html);
	struct layout *l = layout_new(doc, &o);
	struct buf out = buf_limited(1 << 16);
	struct find *f = find_new();
	struct find_at hit = { 0, 0 };
	uint32_t at = 0;
	int work = 1 << 20;
	bool more;

	find_add(f, str_of(words), FIND_LETTERS);
	layout_reach(l, 1000);
	more = find_in_rich(f, doc, &at, &work, &hit) == FIND_FOUND;
	for (size_t i = 0; i < layout_count(l); i++) {
		struct str line = layout_line(l, i)->text;
		size_t done = 0;

		while (more) {
			size_t from = layout_spot(l, i, hit.from), to = layout_spot(l, i, hit.to);

			if (from < to) {
				buf_add(&out, str_sub(line, done, from));
				buf_addf(&out, "[%.*s]", (int)(to - from), line.p + from);
				done = to;
			}
			if (i + 1 < layout_count(l) && layout_line(l, i + 1)->place < hit.to)
				break;
			more = find_in_rich(f, doc, &at, &work, &hit) == FIND_FOUND;
			if (!more || (i + 1 < layout_count(l) &&
			              layout_line(l, i + 1)->place <= hit.from))
				break;
		}
		buf_add(&out, str_sub(line, done, line.n));
		buf_add_char(&out, '\n');
	}
	assert_string_equal(buf_cstr(&out), marked);
	buf_free(&out);
	find_free(f);
	layout_free(l);
	rich_free(doc);
}

static void what_is_found_is_shown_across_lines(void **state)
{
	(void)state;
	assert_lines("<p>The old road bridge over the channel</p>", 16, "road bridge",
	             "The old [road]\n[bridge] over the\nchannel\n");
	assert_lines("<p>兩座橋墩出現裂縫之後大橋封閉了</p>", 10, "出现裂缝",
	             "兩座橋墩[出]\n[現裂縫]之後\n大橋封閉了\n");
}

static void what_stands_left_of_the_text_is_not_marked(void **state)
{
	(void)state;
	assert_lines("<blockquote>old road and the new road</blockquote>", 14, "road",
	             "│ old [road] and\n│ the new [road]\n");
	assert_lines("<ul><li>a road<li>roads</ul>", 20, "road", "• a [road]\n• [road]s\n");
	assert_lines("<pre>  if road\n  road</pre>", 20, "road", "      if [road]\n      [road]\n");
}

static void soft_hyphens_and_columns_do_not_shift_the_marks(void **state)
{
	(void)state;
	assert_lines("<p>a rail&shy;road bridge</p>", 30, "bridge", "a railroad [bridge]\n");
	assert_lines("<p>a rail&shy;road bridge</p>", 30, "railroad", "a [railroad] bridge\n");
	assert_lines("<table><tr><th>name<th>km</tr><tr><td>road<td>12</tr><tr><td>a road<td>3"
	             "</tr></table>", 30, "road",
	             "name     km\n───────────\n[road]     12\na [road]    3\n");
	assert_lines("<table><tr><th>name<th>km</tr><tr><td>road<td>12</tr><tr><td>a road<td>312"
	             "</tr></table>", 30, "12",
	             "name      km\n────────────\nroad      [12]\na road   3[12]\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_typed_is_found_anywhere),
		cmocka_unit_test(case_width_accents_and_script_do_not_matter),
		cmocka_unit_test(any_run_of_blanks_stands_for_a_blank),
		cmocka_unit_test(words_are_whole),
		cmocka_unit_test(whatever_parts_words_stands_between_them),
		cmocka_unit_test(the_longest_that_begins_there_is_found),
		cmocka_unit_test(what_has_no_letter_finds_nothing),
		cmocka_unit_test(broken_bytes_are_passed_over),
		cmocka_unit_test(numbers_of_links_are_no_text),
		cmocka_unit_test(a_pass_in_small_pieces_finds_the_same),
		cmocka_unit_test(what_is_found_is_shown_across_lines),
		cmocka_unit_test(what_stands_left_of_the_text_is_not_marked),
		cmocka_unit_test(soft_hyphens_and_columns_do_not_shift_the_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
