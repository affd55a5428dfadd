#include "lede/text/rich.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "shown.h"

#include "lede/text/width.h"
#include "lede/text/wrap.h"

#define SHOWS(html, lines) assert_string_equal(shown(html, 60), lines)

/* ---- SCREENS.md, cell by cell ---- */

/* Section 3.9, art-rich: a pane of 69, so 65 cells of text. Its link is the third of its page, here
 * the first. */
static void the_mock_up_of_a_rich_article(void **state)
{
	static const char html[] =
	    "<p>A captain sees a bank of fog at the edge of the sea and, being late, draws it as "
	    "land. "
	    "The next map copies the first.</p>"
	    "<p><img src='a.jpg' alt='a chart of 1702 with two islands, later crossed out'></p>"
	    "<h2>Three ways to invent an island</h2>"
	    "<ol><li>Fog, ice or a whale, seen from far off.</li><li>A position wrong by some "
	    "degrees:<ul>"
	    "<li>clocks that lose a minute a day;</li><li>currents <a "
	    "href='https://slow.example/currents'>"
	    "nobody has measured</a>.</li></ul></li><li>Flattery: a patron wants his name on "
	    "it.</li></ol>"
	    "<blockquote><p>The log says “land, low, bearing west”.</p>"
	    "<blockquote>“Low” was added later, by another hand.</blockquote></blockquote>"
	    "<table><thead><tr><th>Island<th>first map<th>last map<th>years</thead>"
	    "<tr><td>Saint Amand<td>1570<td>1873<td>303<tr><td>Low "
	    "Rock<td>1702<td>1924<td>222</table>"
	    "<pre><code>for m in sorted(maps):\n    if not m.seen_again(): "
	    "islands.drop(m)\n</code></pre>"
	    "<p>The last one was taken off the charts of the north in 2012; a ship had sailed "
	    "straight over it.</p>";

	(void)state;
	assert_string_equal(shown(html, 65),
			    "A captain sees a bank of fog at the edge of the sea and, being\n"
			    "late, draws it as land. The next map copies the first.\n"
			    "\n"
			    "[a chart of 1702 with two islands, later crossed out] [1]\n"
			    "\n"
			    "Three ways to invent an island\n"
			    "\n"
			    "1. Fog, ice or a whale, seen from far off.\n"
			    "2. A position wrong by some degrees:\n"
			    "   • clocks that lose a minute a day;\n"
			    "   • currents nobody has measured [2].\n"
			    "3. Flattery: a patron wants his name on it.\n"
			    "\n"
			    "│ The log says “land, low, bearing west”.\n"
			    "│ │ “Low” was added later, by another hand.\n"
			    "\n"
			    "Island        first map   last map   years\n"
			    "──────────────────────────────────────────\n"
			    "Saint Amand        1570       1873     303\n"
			    "Low Rock           1702       1924     222\n"
			    "\n"
			    "    for m in sorted(maps):\n"
			    "        if not m.seen_again(): islands.drop(m)\n"
			    "\n"
			    "The last one was taken off the charts of the north in 2012; a\n"
			    "ship had sailed straight over it.\n");
}

/* Section 3.1, front-en: 120 columns leave a pane of 69. */
static void the_mock_up_of_the_front_page(void **state)
{
	static const char html[] =
	    "<p>The ministry will draft standards for how apps collect and use personal data, its "
	    "head of network "
	    "security said on Monday. Cars that are always online and systems that learn from "
	    "what people type are "
	    "to be covered as well.</p><p>“A leak is often the first step of a fraud,” she told "
	    "reporters. Callers "
	    "who know a name, a street and an order number are believed; lists with all three are "
	    "<a href='https://paperdaily.example/fraud'>sold by the thousand</a>.</p><h2>What was "
	    "checked</h2>"
	    "<p>Last year inspectors looked at 3.1 million apps. They named 2,204 that took more "
	    "than they needed and "
	    "had 731 removed from the stores. Some 400 companies finished a check of their "
	    "own.</p><ul><li>Shops, "
	    "kits and handset makers are to answer for what passes through their hands.</li><li>A "
	    "draft of the rules "
	    "is open for comment <a href='https://rules.example/draft'>until June</a>.</li></ul>";

	(void)state;
	assert_string_equal(shown(html, 65),
			    "The ministry will draft standards for how apps collect and use\n"
			    "personal data, its head of network security said on Monday. Cars\n"
			    "that are always online and systems that learn from what people\n"
			    "type are to be covered as well.\n"
			    "\n"
			    "“A leak is often the first step of a fraud,” she told reporters.\n"
			    "Callers who know a name, a street and an order number are\n"
			    "believed; lists with all three are sold by the thousand [1].\n"
			    "\n"
			    "What was checked\n"
			    "\n"
			    "Last year inspectors looked at 3.1 million apps. They named 2,204\n"
			    "that took more than they needed and had 731 removed from the\n"
			    "stores. Some 400 companies finished a check of their own.\n"
			    "\n"
			    "• Shops, kits and handset makers are to answer for what passes\n"
			    "  through their hands.\n"
			    "• A draft of the rules is open for comment until June [2].\n");
}

/* Section 3.1, front-zh. */
static void the_mock_up_of_the_chinese_front_page(void **state)
{
	static const char html[] =
	    "<p>主管部門網路安全負責人週一表示，將起草 APP 收集和使用個人資料的標準；隨時連線的汽車，以及從使用者輸入中"
	    "學習的系統，也在適用之列。</p><p>「資料外洩往往是詐騙的第一步。」她對記者說，來電者若知道姓名、街道和訂單號碼，"
	    "人們就會相信；三項俱全的名單<a href='http://paperdaily.example/fraud'>以千條計價出售</a>。</p><h2>檢測結果</h2>"
	    "<p>去年共檢查 310 萬款 APP，點名 2204 款索取過多，其中 731 款下架；約 400 家企業完成自查。</p>"
	    "<ul><li>商店、開發套件與手機廠商，各為經手的資料負責。<li>草案公開<a href='http://rules.example/draft'>徵求意見"
	    "至六月</a>。</ul>";

	(void)state;
	assert_string_equal(shown(html, 65),
			    "主管部門網路安全負責人週一表示，將起草 APP 收集和使用個人資料的標\n"
			    "準；隨時連線的汽車，以及從使用者輸入中學習的系統，也在適用之列。\n"
			    "\n"
			    "「資料外洩往往是詐騙的第一步。」她對記者說，來電者若知道姓名、街\n"
			    "道和訂單號碼，人們就會相信；三項俱全的名單以千條計價出售 [1]。\n"
			    "\n"
			    "檢測結果\n"
			    "\n"
			    "去年共檢查 310 萬款 APP，點名 2204 款索取過多，其中 731 款下架；\n"
			    "約 400 家企業完成自查。\n"
			    "\n"
			    "• 商店、開發套件與手機廠商，各為經手的資料負責。\n"
			    "• 草案公開徵求意見至六月 [2]。\n");
}

/* Section 3.2, article-80x24: T is 72. */
static void the_mock_up_of_a_single_pane(void **state)
{
	(void)state;
	assert_string_equal(
	    shown(
		"<p>The old road bridge over the north channel carried its first buses at five "
		"this morning, twenty-three "
		"months after cracks were found in two of its piers.<p>Footpaths on both sides "
		"are a metre wider than "
		"before. Lorries of more than twelve tons must still take the ring road, at least "
		"until the "
		"<a href=x>load tests of next spring</a>.<blockquote>“We counted on three winters "
		"and needed two,” the "
		"chief engineer said.</blockquote>",
		72),
	    "The old road bridge over the north channel carried its first buses at\n"
	    "five this morning, twenty-three months after cracks were found in two of\n"
	    "its piers.\n"
	    "\n"
	    "Footpaths on both sides are a metre wider than before. Lorries of more\n"
	    "than twelve tons must still take the ring road, at least until the load\n"
	    "tests of next spring [1].\n"
	    "\n"
	    "│ “We counted on three winters and needed two,” the chief engineer said.\n");
}

/* ---- lists ---- */

static void lists_are_numbered_as_they_say(void **state)
{
	(void)state;
	SHOWS("<ol start=9><li>a<li>b</ol>", " 9. a\n10. b\n");
	SHOWS("<ol><li value=3>a<li>b</ol>", "3. a\n4. b\n");
	SHOWS("<li>a<li>b", "• a\n• b\n");
}

static void reversed_lists_count_down(void **state)
{
	(void)state;
	SHOWS("<ol reversed><li>a<li>b<li>c</ol>", "3. a\n2. b\n1. c\n");
	SHOWS("<ol reversed><li>a<li>b", "2. a\n1. b\n");
	SHOWS("<ol reversed start=10><li>a<li>b</ol>", "10. a\n 9. b\n");
	SHOWS("<ol reversed start=1><li>a<li>b<li>c<li>d</ol>", " 1. a\n 0. b\n-1. c\n-2. d\n");
	SHOWS("<ol reversed><li>a<li value=9>b<li>c</ol>", "3. a\n9. b\n8. c\n");
	SHOWS("<ol reversed><li>a<ol><li>x<li>y</ol><li>b<ol reversed><li>x<li>y</ol></ol>",
	      "2. a\n   1. x\n   2. y\n1. b\n   2. x\n   1. y\n");
	SHOWS("<ol reversed><li>1<li>2<li>3<li>4<li>5<li>6<li>7<li>8<li>9<li>ten</ol>",
	      "10. 1\n 9. 2\n 8. 3\n 7. 4\n 6. 5\n 5. 6\n 4. 7\n 3. 8\n 2. 9\n 1. ten\n");
	SHOWS("<ol reversed></ol><ul reversed><li>a</ul>", "• a\n");
}

static void nested_lists_are_moved_by_three_cells(void **state)
{
	(void)state;
	SHOWS("<ul><li>a<ul><li>b<ul><li>c</ul></ul><li>d</ul>", "• a\n   • b\n      • c\n• d\n");
	SHOWS("<ol start=10><li>a<ul><li>b</ul></ol>", "10. a\n    • b\n");
}

static void lines_of_an_item_hang_under_its_text(void **state)
{
	(void)state;
	assert_string_equal(shown("<ul><li>one two three</ul><ol><li>one two three</ol>", 10),
			    "• one two\n  three\n\n1. one two\n   three\n");
}

static void items_with_several_paragraphs_are_parted(void **state)
{
	(void)state;
	SHOWS("<ul><li><p>a</p><p>b</p><li><p>c</p></ul>", "• a\n\n  b\n\n• c\n");
	SHOWS("<ul><li><p>a</p><li><p>c</p></ul>x", "• a\n• c\n\nx\n");
}

static void long_items_are_parted(void **state)
{
	char html[1000] = "<ul><li>a<li>";

	(void)state;
	for (int i = 0; i < 60; i++)
		strcat(html, "long ");
	strcat(html, "</ul>");
	assert_non_null(strstr(shown(html, 60), "• a\n\n• long"));
}

static void a_parted_list_is_parted_from_the_list_around_it(void **state)
{
	(void)state;
	SHOWS("<ul><li>A<ul><li><p>a<p>b<li>c</ul><li>B</ul>",
	      "• A\n\n   • a\n\n     b\n\n   • c\n\n• B\n");
	SHOWS("<ul><li>A<ul><li>a<li>b</ul><li>B</ul>", "• A\n   • a\n   • b\n• B\n");
}

static void definitions_stand_under_their_terms(void **state)
{
	(void)state;
	SHOWS("<dl><dt>Color<dt>Colour<dd>Red or blue</dl>", "Color\nColour\n   Red or blue\n");
	SHOWS("<dl><dt>One<dd>First<dt>Two</dl><dl><dt>Three</dl>",
	      "One\n   First\n\nTwo\n\nThree\n");
	SHOWS("<dl><dt>Term<dd>What it is<dt>Other<dd>One<dd>Two</dl>x",
	      "Term\n   What it is\n\nOther\n   One\n   Two\n\nx\n");
}

/* ---- quotes ---- */

static void a_quote_has_a_bar_on_every_line(void **state)
{
	(void)state;
	assert_string_equal(shown("<blockquote><p>one two<p>three</blockquote>x", 9),
			    "│ one two\n│\n│ three\n\nx\n");
	SHOWS("<blockquote>a<blockquote>b</blockquote>c</blockquote>", "│ a\n│ │ b\n│ c\n");
	SHOWS("<blockquote>a</blockquote><blockquote>b</blockquote>", "│ a\n\n│ b\n");
	SHOWS("<blockquote><ul><li>a<li>b</ul><pre>c</pre></blockquote>",
	      "│ • a\n│ • b\n│\n│     c\n");
	SHOWS("<ul><li>a<blockquote>b</blockquote></ul>", "• a\n\n  │ b\n");
}

/* ---- code ---- */

static void code_is_cut_and_never_wrapped(void **state)
{
	(void)state;
	assert_string_equal(
	    shown("<pre>\n\nint  x;\n\n\ty = \"a long line of code\";   \n</pre>", 24),
	    "    int  x;\n\n            y = \"a long…\n");
	assert_string_equal(shown("<pre>一二三四五六七八</pre>", 13), "   一二三四…\n");
}

static void tabs_in_code_count_over_tags(void **state)
{
	(void)state;
	SHOWS("<pre>ab<b>c</b>\td\n\te</pre>", "    abc     d\n            e\n");
}

static void blocks_in_code_are_lines(void **state)
{
	(void)state;
	SHOWS("<pre><div>a</div><div>b</div></pre>c", "    a\n    b\n\nc\n");
	SHOWS("<pre>a<br>b</pre>", "    a\n    b\n");
}

/* ---- tables ---- */

static void a_long_head_is_wrapped_above_its_value(void **state)
{
	(void)state;
	assert_string_equal(shown("<table><tr><th>What was found there<th>N<tr><td>a chair<td>2"
				  "<tr><td>a table, a lamp<td>1</table>", 14),
			    "What was\nfound there:\n  a chair\nN: 2\n\n"
			    "What was\nfound there:\n  a table, a\n  lamp\nN: 1\n");
}

/* One cell in many may have a second line; where most do, the table only places things. */
static void a_parted_cell_does_not_part_its_table(void **state)
{
	(void)state;
	SHOWS("<table><tr><td>App<td><p>Patch<p>(%)<tr><td>Maps<td>9<tr><td>Mail<td>1<tr><td>Play<td>2"
	      "</table>",
	      "App    Patch (%)\nMaps   9\nMail   1\nPlay   2\n");
	SHOWS("<table><tr><td><p>a<p>b<td><p>c<p>d</table>", "a\n\nb\n\nc\n\nd\n");
}

static void a_table_without_a_head_has_no_rule(void **state)
{
	(void)state;
	SHOWS("<table><tr><td>a<td>bcd<tr><td>long one<td>e</table>",
	      "a          bcd\nlong one   e\n");
}

static void empty_rows_are_left_out(void **state)
{
	(void)state;
	SHOWS("<table><tr><td>a<td>b<tr><td> <td><tr><td>c<td>d</table>", "a   b\nc   d\n");
}

static void numbers_stand_right(void **state)
{
	(void)state;
	SHOWS(
	    "<table><tr><th>x<th>sum<tr><td>a<td>1,204.50 "
	    "€<tr><td>b<td>−3<tr><td>c<td>–<tr><td>d<td></table>",
	    "x          sum\n──────────────\na   1,204.50 €\nb           −3\nc            –\nd\n");
}

static void spans_keep_columns_apart(void **state)
{
	(void)state;
	SHOWS("<table><tr><td colspan=2>ab<td>c<tr><td>d<td>e<td>f<tr><td "
	      "rowspan=2>g<td>h<td>i<tr><td>j<td>k</table>",
	      "ab       c\nd    e   f\ng    h   i\n     j   k\n");
	SHOWS("<table><tr><td colspan=1000>a<td>b</table>", "a\n\nb\n");
}

static void a_table_that_is_too_wide_is_told_cell_by_cell(void **state)
{
	(void)state;
	assert_string_equal(shown("<table><tr><th>Name<th>What it is<tr><td>Aa<td>one two three "
				  "four<tr><td>Bb<td></table>",
				  20),
			    "Name: Aa\nWhat it is:\n  one two three four\n\nName: Bb\n");
}

static void a_table_that_only_places_things_is_no_table(void **state)
{
	(void)state;
	SHOWS("<table><tr><td><p>One<p>two<td><img src=x alt=y></table>",
	      "One\n\ntwo\n\n[y] [1]\n");
	SHOWS("<table><tr><td>One<tr><td>two</table>", "One\n\ntwo\n");
	SHOWS("<table><tr><td>x<td><table><tr><td>a<td>b</table></table>", "x\n\na   b\n");
}

static void text_between_cells_is_not_lost(void **state)
{
	(void)state;
	SHOWS("<table><tr><td>a<td>b</tr>lost?<tr><td>c<td>d</table>",
	      "a\n\nb\n\nlost?\n\nc\n\nd\n");
	SHOWS("<table><caption>About</caption><tr><td>a<td>b</table>", "About\n\na   b\n");
}

/* ---- lines ---- */

static void spans_cover_the_line_in_order(void **state)
{
	const struct rich_options none = { 0 };
	const struct layout_options o = shown_at(60);
	struct rich *r =
	    rich_from_html(STR("<blockquote>a <b>b <i>c</i></b> <a href='http://x.example/'>d</a>"
			       "<ul><li><code>e</code></ul></blockquote>"),
			   &none);
	struct layout *l = layout_new(r, &o);
	static const struct {
		const char *text;
		uint16_t style, link;
	} expected[] = {
		{ "│", RICH_BAR, 0 },
		{ " ", 0, 0 },
		{ "a ", RICH_QUOTE, 0 },
		{ "b ", RICH_QUOTE | RICH_STRONG, 0 },
		{ "c", RICH_QUOTE | RICH_STRONG | RICH_EMPHASIS, 0 },
		{ " ", RICH_QUOTE, 0 },
		{ "d", RICH_QUOTE | RICH_LINK, 1 },
		{ " ", RICH_QUOTE, 0 },
		{ "[1]", RICH_LINK_NUMBER, 1 },
	};
	const struct layout_line *line;

	(void)state;
	layout_reach(l, SIZE_MAX);
	line = layout_line(l, 0);
	assert_int_equal(line->nspans, 9);
	for (size_t i = 0; i < line->nspans; i++) {
		assert_true(str_is(str_sub(line->text, line->spans[i].from, line->spans[i].to),
				   expected[i].text));
		assert_int_equal(line->spans[i].style, expected[i].style);
		assert_int_equal(line->spans[i].link, expected[i].link);
	}
	line = layout_line(l, 2);
	assert_int_equal(line->spans[2].style, RICH_MARK);
	layout_free(l);
	rich_free(r);
}

static void a_soft_hyphen_is_drawn_only_where_a_line_ends(void **state)
{
	(void)state;
	assert_string_equal(shown("ex&shy;am&shy;ple", 60), "example\n");
	assert_string_equal(shown("one ex&shy;am&shy;ple", 9), "one exam-\nple\n");
}

static void the_number_of_a_link_is_not_parted_from_it(void **state)
{
	(void)state;
	assert_string_equal(shown("one two <a href=x>three</a>", 14), "one two\nthree [1]\n");
}

static void other_glyphs_may_be_wider(void **state)
{
	const struct layout_options o = { 12, 2, { "*", ">", "-", ".." }, 0 };
	const struct rich_options none = { 0 };
	struct rich *r = rich_from_html(
	    STR("<ul><li>a</ul><blockquote>“b”</blockquote><pre>a long line</pre>"), &none);

	(void)state;
	assert_string_equal(shown_lines(r, &o), "* a\n\n> “b”\n\n   a long..\n");
	rich_free(r);
}

static void plain_rules_of_breaking_can_be_asked_for(void **state)
{
	struct layout_options o = shown_at(8);
	const struct rich_options none = { 0 };
	struct rich *r = rich_from_plain(STR("三三三“三三”三"), &none);

	(void)state;
	assert_string_equal(shown_lines(r, &o), "三三三\n“三三”三\n");
	o.wrap = WRAP_PLAIN;
	assert_string_equal(shown_lines(r, &o), "三三\n三“三\n三”三\n");
	rich_free(r);
}

static void a_place_survives_another_width(void **state)
{
	struct buf html = buf_limited(1 << 20);
	const struct rich_options none = { 0 };
	struct layout_options o = shown_at(70);
	struct layout *wide, *narrow;
	struct rich *r;

	(void)state;
	for (int i = 0; i < 300; i++)
		assert_int_equal(
		    buf_addf(
			&html,
			"<p>Paragraph %d has words enough for some lines of a narrow pane.</p>", i),
		    ERR_NONE);
	r = rich_from_html(buf_view(&html), &none);
	wide = layout_new(r, &o);
	o.width = 20;
	narrow = layout_new(r, &o);
	layout_reach(wide, 400);
	for (size_t i = 0; i < 400; i += 37) {
		const struct layout_line *line = layout_line(wide, i), *found;
		size_t at = layout_find(narrow, line->place);

		found = layout_line(narrow, at);
		assert_true(found->place <= line->place);
		assert_true(line->text.n == 0 || str_starts(line->text, "Paragraph") ==
						     str_starts(found->text, "Paragraph"));
	}
	assert_int_equal(layout_find(narrow, 0), 0);
	layout_reach(wide, SIZE_MAX);
	assert_int_equal(layout_find(wide, UINT32_MAX), layout_count(wide) - 1);
	layout_free(wide);
	layout_free(narrow);
	rich_free(r);
	buf_free(&html);
}

static void lines_do_not_move_when_more_are_laid_out(void **state)
{
	struct buf html = buf_limited(1 << 20);
	const struct rich_options none = { 0 };
	const struct layout_options o = shown_at(30);
	const struct layout_line *first;
	struct layout *l;
	struct rich *r;

	(void)state;
	for (int i = 0; i < 2000; i++)
		assert_int_equal(buf_add_cstr(&html, "<p>one two three"), ERR_NONE);
	r = rich_from_html(buf_view(&html), &none);
	l = layout_new(r, &o);
	assert_false(layout_reach(l, 5));
	assert_int_equal(layout_count(l), 5);
	first = layout_line(l, 0);
	assert_true(layout_reach(l, SIZE_MAX));
	assert_ptr_equal(layout_line(l, 0), first);
	assert_int_equal(layout_count(l), 3999);
	layout_free(l);
	layout_free(NULL);
	rich_free(r);
	buf_free(&html);
}

/* However long the paragraph, only a stretch of it is looked at for one page; the lines are those
 * of the whole. */
static void one_huge_paragraph_is_laid_out_as_far_as_asked(void **state)
{
	struct buf text = buf_limited(4 << 20);
	const struct rich_options none = { 0 };
	const struct layout_options o = shown_at(40);
	struct wrap_line line;
	struct layout *l;
	struct rich *r;
	uint8_t *at;
	clock_t start;
	size_t from = 0;

	(void)state;
	for (int i = 0; i < 200000; i++)
		assert_int_equal(buf_add_cstr(&text, i % 3 ? "word " : "中文的，"), ERR_NONE);
	r = rich_from_plain(buf_view(&text), &none);
	l = layout_new(r, &o);
	start = clock();
	layout_reach(l, 50);
	assert_true(clock() - start < CLOCKS_PER_SEC / 10);
	layout_reach(l, 3000);
	at = malloc(text.n + 1);
	wrap_breaks(buf_view(&text), 0, at);
	for (size_t i = 0; i < 3000; i++) {
		from = wrap_next(buf_view(&text), at, from, 40, 1, &line, NULL);
		assert_true(
		    str_eq(layout_line(l, i)->text, str_sub(buf_view(&text), line.from, line.to)));
	}
	free(at);
	layout_free(l);
	rich_free(r);
	buf_free(&text);
}

static void no_line_is_wider_than_its_box(void **state)
{
	static const char html[] =
	    "<h2>Überschrift</h2><p>Donaudampfschifffahrtsgesellschaftskapitän "
	    "中文“引號”…—·①Ω</p><ul><li>a<ol><li>"
	    "<blockquote>很長的一段話，標點符號也要在行裡。<pre>code\tmore c\302\255ode</pre></blockquote></ol></ul>"
	    "<table><tr><th>中文<th>n<tr><td>…—…<td>12</table><p><a "
	    "href='http://x.example/'>linklinklinklink</a>"
	    "<table><tr><td><a href='http://x.example/1'>東京前線<br><br><td>"
	    "<a href='http://x.example/2'>東京<br></a>三<td>a long cell so that records stand "
	    "here, one under the other, at every width that is tried</table>";
	const struct rich_options none = { 0 };
	struct rich *r = rich_from_html(STR(html), &none);

	(void)state;
	for (int width = 8; width <= 100; width++) {
		for (int ambiguous = 1; ambiguous <= 2; ambiguous++) {
			const struct layout_options o = {
				width, ambiguous, { "*", ">", "-", ".." }, 0
			};
			struct layout *l = layout_new(r, &o);

			layout_reach(l, SIZE_MAX);
			for (size_t i = 0; i < layout_count(l); i++) {
				const struct layout_line *line = layout_line(l, i);

				assert_int_equal(text_cells(line->text, ambiguous), line->cells);
				assert_true(line->cells <= width);
				assert_false(str_ends(line->text, " "));
			}
			layout_free(l);
		}
	}
	rich_free(r);
}

#define T(name) cmocka_unit_test_teardown(name, shown_forget)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_mock_up_of_a_rich_article),
		T(the_mock_up_of_the_front_page),
		T(the_mock_up_of_the_chinese_front_page),
		T(the_mock_up_of_a_single_pane),
		T(lists_are_numbered_as_they_say),
		T(reversed_lists_count_down),
		T(nested_lists_are_moved_by_three_cells),
		T(lines_of_an_item_hang_under_its_text),
		T(items_with_several_paragraphs_are_parted),
		T(long_items_are_parted),
		T(a_parted_list_is_parted_from_the_list_around_it),
		T(definitions_stand_under_their_terms),
		T(a_quote_has_a_bar_on_every_line),
		T(code_is_cut_and_never_wrapped),
		T(tabs_in_code_count_over_tags),
		T(blocks_in_code_are_lines),
		T(a_table_without_a_head_has_no_rule),
		T(a_parted_cell_does_not_part_its_table),
		T(a_long_head_is_wrapped_above_its_value),
		T(empty_rows_are_left_out),
		T(numbers_stand_right),
		T(spans_keep_columns_apart),
		T(a_table_that_is_too_wide_is_told_cell_by_cell),
		T(a_table_that_only_places_things_is_no_table),
		T(text_between_cells_is_not_lost),
		T(spans_cover_the_line_in_order),
		T(a_soft_hyphen_is_drawn_only_where_a_line_ends),
		T(the_number_of_a_link_is_not_parted_from_it),
		T(other_glyphs_may_be_wider),
		T(plain_rules_of_breaking_can_be_asked_for),
		T(a_place_survives_another_width),
		T(lines_do_not_move_when_more_are_laid_out),
		T(one_huge_paragraph_is_laid_out_as_far_as_asked),
		T(no_line_is_wider_than_its_box),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
