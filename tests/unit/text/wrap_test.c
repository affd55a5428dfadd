#include "break_tests.h"
#include "lede/text/utf8.h"
#include "lede/text/width.h"
#include "lede/text/wrap.h"

enum { TEXT_MAX = 4096 };

/* ---- where a line may break ---- */

static bool breaks_are_right(const struct break_test *t)
{
	uint8_t at[sizeof t->text + 1];

	wrap_breaks((struct str){ t->text, t->n }, WRAP_PLAIN, at);
	for (size_t i = 0; i <= t->n; i++)
		if ((at[i] != WRAP_NO) != t->at[i])
			return false;
	return at[t->n] == WRAP_MUST;
}

/* A few lines of the official test, for where the file is not. */
static void breaks_follow_uax_14(void **state)
{
	static const char *const lines[] = {
		"× 0023 × 0020 ÷ 0023 ÷", "× 000D × 000A ÷ 0061 ÷", "× 0061 × 000A ÷ 0062 ÷",
		"× 0061 × 0308 × 0020 ÷ 0062 ÷", "× 0020 ÷ 0308 ÷", "× 200B × 0020 ÷ 0029 ÷",
		"× 0061 × 2060 × 4E2D ÷", "× 0061 × 00A0 × 0062 ÷", "× 0020 ÷ 00A0 × 0062 ÷",
		"× 0028 × 0020 × 0061 ÷", "× 0022 × 0020 × 0028 ÷", "× 0029 × 0020 × 3041 ÷",
		"× 2014 × 0020 × 2014 ÷", "× 4E2D ÷ FFFC ÷ 4E2D ÷", "× 05D0 × 002D × 4E2D ÷",
		"× 002F × 05D0 ÷", "× 4E2D × 2026 ÷ 4E2D ÷", "× 0024 × 0028 × 0031 × 0029 ÷ 4E2D ÷",
		"× 0031 × 002C × 0032 × 0025 ÷ 4E2D ÷", "× 1100 × 1161 × 11A8 ÷ 1100 ÷",
		"× 0061 × 0028 ÷", "× 4E2D ÷ 0028 × 4E2D ÷",
		"× 1F1E6 × 1F1E7 ÷ 1F1E8 ÷", "× 261D × 1F3FB ÷ 1F3FB ÷", "× 1F468 × 200D × 1F469 ÷",
	};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		char line[200];
		struct break_test t;

		snprintf(line, sizeof line, "%s", lines[i]);
		assert_true(break_test_parse(line, &t));
		if (!breaks_are_right(&t))
			fail_msg("%s", lines[i]);
	}
}

static void all_official_break_tests_pass(void **state)
{
	int right = 0;
	int n = each_break_test(UNICODE_DATA "/auxiliary/LineBreakTest.txt", breaks_are_right,
				&right);

	(void)state;
	assert_int_equal(right, n);
	assert_true(n >= 7654);
}

/* Text with | where it may break, ! where it must, written from wrap_breaks. */
static void assert_breaks(const char *text, unsigned flags, const char *want)
{
	struct str s = str_of(text);
	uint8_t at[TEXT_MAX];
	char got[TEXT_MAX];
	size_t n = 0;

	wrap_breaks(s, flags, at);
	for (size_t i = 0; i < s.n; i++) {
		if (at[i] != WRAP_NO)
			got[n++] = at[i] == WRAP_MUST ? '!' : '|';
		got[n++] = text[i];
	}
	got[n] = '\0';
	assert_string_equal(got, want);
}

static void an_empty_text_only_ends(void **state)
{
	uint8_t at[1] = { 99 };

	(void)state;
	wrap_breaks(STR(""), 0, at);
	assert_int_equal(at[0], WRAP_MUST);
}

static void a_line_must_end_after_a_line_feed(void **state)
{
	(void)state;
	assert_breaks("a\n\nb", 0, "a\n!\n!b");
}

static void quotes_in_chinese_are_brackets(void **state)
{
	(void)state;
	assert_breaks("说“好”的", 0, "说|“好”|的");
	assert_breaks("说“好”的", WRAP_PLAIN, "说“好”的");
	assert_breaks("说‘好’的", 0, "说|‘好’|的");
	assert_breaks("上“It's”。", 0, "上|“It's”。");
}

static void quotes_in_english_hold_on_both_sides(void **state)
{
	(void)state;
	assert_breaks("say “no” now", 0, "say |“no” |now");
	assert_breaks("it’s", 0, "it’s");
	assert_breaks("„zitiert“ so", 0, "„zitiert“ |so");
}

static void bad_bytes_do_not_matter(void **state)
{
	(void)state;
	assert_breaks("a\xff b\xe4\xb8", 0, "a\xff |b\xe4\xb8");
}

/* ---- lines ---- */

/* Lines joined with |; ends of lines that want a hyphen get one. */
static void assert_lines(const char *text, int width, const char *want)
{
	struct str s = str_of(text);
	struct buf got = buf_limited(TEXT_MAX);
	uint8_t at[TEXT_MAX];
	struct wrap_line line;
	bool hyphen;

	wrap_breaks(s, 0, at);
	for (size_t from = 0; from < s.n;) {
		from = wrap_next(s, at, from, width, 1, &line, &hyphen);
		assert_int_equal(buf_add(&got, str_sub(s, line.from, line.to)), ERR_NONE);
		assert_int_equal(buf_add_cstr(&got, hyphen ? "-|" : "|"), ERR_NONE);
		assert_true(line.cells <= width);
	}
	assert_string_equal(buf_cstr(&got), want);
	buf_free(&got);
}

static void a_line_takes_what_fits(void **state)
{
	(void)state;
	assert_lines("one two three", 20, "one two three|");
	assert_lines("one two three", 7, "one two|three|");
	assert_lines("one two three", 8, "one two|three|");
	assert_lines("中文標題中文", 5, "中文|標題|中文|");
	assert_lines("", 10, "");
}

static void blanks_at_a_break_are_left_out(void **state)
{
	(void)state;
	assert_lines("one     two", 4, "one|two|");
	assert_lines("one     ", 3, "one|");
	assert_lines("one \ntwo", 9, "one|two|");
	assert_lines("中文\u3000標題", 5, "中文|標題|");
}

static void blanks_at_the_start_of_a_paragraph_are_kept(void **state)
{
	(void)state;
	assert_lines("\u3000\u3000段落開始了", 10, "\u3000\u3000段落開|始了|");
	assert_lines("  two", 9, "  two|");
}

static void line_feeds_end_lines_and_empty_lines_stay(void **state)
{
	(void)state;
	assert_lines("a\n\nb\n", 9, "a||b|");
}

static void a_long_word_is_cut_between_clusters(void **state)
{
	(void)state;
	assert_lines("abcdefgh", 3, "abc|def|gh|");
	assert_lines("e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301|e\u0301|");
	assert_lines("\U0001f1e8\U0001f1f3\U0001f1ef", 2, "\U0001f1e8\U0001f1f3|\U0001f1ef|");
	assert_lines("see abcdefgh", 5, "see|abcde|fgh|");
}

static void a_soft_hyphen_is_seen_only_where_the_line_ends(void **state)
{
	(void)state;
	assert_lines("hyphen\u00adation", 20, "hyphen\u00adation|");
	assert_lines("hyphen\u00adation", 7, "hyphen-|ation|");
	assert_lines("a hyphen\u00adation", 8, "a|hyphen-|ation|");
	assert_lines("hy\u00adphen\u00adation", 7, "hy\u00adphen-|ation|");
	assert_lines("word\u00ad", 9, "word|");
}

static void a_hyphen_counts_as_a_cell(void **state)
{
	struct str s = STR("ab\u00adcd");
	uint8_t at[10];
	struct wrap_line line;

	(void)state;
	wrap_breaks(s, 0, at);
	assert_int_equal(wrap_next(s, at, 0, 3, 1, &line, NULL), 4);
	assert_int_equal(line.cells, 3);
	assert_int_equal(line.to, 2);
}

static void ambiguous_characters_count_as_told(void **state)
{
	struct str s = STR("——ab");
	uint8_t at[10];
	struct wrap_line line;

	(void)state;
	wrap_breaks(s, 0, at);
	wrap_next(s, at, 0, 4, 2, &line, NULL);
	assert_int_equal(line.cells, 4);
	assert_int_equal(line.to, 6);
}

/* ---- the corpus, and what holds for any text ---- */

/* Quotes and dashes, numbers and units, addresses, Latin in Chinese, Korean, Thai, flags. */
static void lines_of_many_scripts_end_where_they_should(void **state)
{
	(void)state;
	assert_lines("他说：“今天天气很好，我们去公园吧。”然后走了。",
	             20, "他说：“今天天气很|好，我们去公园吧。”|然后走了。|");
	assert_lines("数据安全法要求企业在中国境内运营……包括跨国公司",
	             20, "数据安全法要求企业在|中国境内运营……包括跨|国公司|");
	assert_lines("他来自中国北京的海淀——不是朝阳区",
	             20, "他来自中国北京的海|淀——不是朝阳区|");
	assert_lines("温度为25℃，湿度为60％，价格￥1,299.00元起，约5km²",
	             20, "温度为25℃，湿度为|60％，价格￥1,299.00|元起，约5km²|");
	assert_lines("使用Python编写的程序运行在Linux系统上",
	             20, "使用Python编写的程序|运行在Linux系统上|");
	assert_lines("使用 Python 编写的程序运行在 Linux 系统上",
	             20, "使用 Python 编写的程|序运行在 Linux 系统|上|");
	assert_lines("請參見https://www.example.com/path/to/page.html?x=1的說明",
	             20, "請參見https://|www.example.com/|path/to/page.html?|x=1的說明|");
	assert_lines("한국어는 띄어쓰기를 하는 언어입니다. 그래서 줄바꿈이 다릅니다.",
	             20, "한국어는 띄어쓰기를|하는 언어입니다. 그|래서 줄바꿈이 다릅니|다.|");
	assert_lines("ภาษาไทยไม่มีการเว้นวรรคระหว่างคำ แต่มีเว้นวรรคระหว่างประโยค",
	             20, "ภาษาไทยไม่มีการเว้นวรรค|ระหว่างคำ|แต่มีเว้นวรรคระหว่างประโ|ยค|");
	assert_lines("Donaudampfschifffahrtsgesellschaftskapitän fährt",
	             20, "Donaudampfschifffahr|tsgesellschaftskapit|än fährt|");
	assert_lines("「えっ、ちょっとー！」と彼女は言った。キャッチ・ザ・ボール々々",
	             20, "「えっ、ちょっ|とー！」と彼女は言っ|た。キャッチ・ザ・|ボール々々|");
	assert_lines("（注：见第12条、第13条（一）款）《中华人民共和国网络安全法》",
	             20, "（注：见第12条、第13|条（一）款）《中华人|民共和国网络安全法》|");
	assert_lines("state-of-the-art and/or either—or well–known it’s",
	             20, "state-of-the-art|and/or either—or|well–known it’s|");
	assert_lines("word — word – word ... and … so on, e.g. this",
	             20, "word — word –|word ... and … so|on, e.g. this|");
	assert_lines("ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟｶﾞｷﾞｸﾞｹﾞｺﾞｧｨｩｪｫｯ",
	             20, "ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟｶﾞｷﾞｸﾞｹﾞ|ｺﾞｧｨｩｪｫｯ|");
	assert_lines("🇨🇳🇯🇵🇰🇷🇺🇸🇫🇷🇩🇪🇬🇧🇮🇹🇪🇸🇵🇹🇧🇷",
	             20, "🇨🇳🇯🇵🇰🇷🇺🇸🇫🇷🇩🇪🇬🇧🇮🇹🇪🇸🇵🇹|🇧🇷|");
	assert_lines("1,234,567.89 USD -12.5% +3.7% (2024/12/31) 10:30:45",
	             20, "1,234,567.89 USD|-12.5% +3.7%|(2024/12/31)|10:30:45|");
	assert_lines("C++ and C# vs. F#: $100 £50 €20 100€ №5 §12",
	             20, "C++ and C# vs. F#:|$100 £50 €20 100€ №5|§12|");
	assert_lines("“Hello,” she said, “it’s ‘fine’.” „Gut“ «bien»",
	             20, "“Hello,” she said,|“it’s ‘fine’.” „Gut“|«bien»|");
	assert_lines("GDP增长5.2%，CPI上涨0.3%。2024年12月31日10：30",
	             20, "GDP增长5.2%，CPI上涨|0.3%。2024年12月31日|10：30|");
	assert_lines("A/B测试（A/B testing）是一种“对照实验”方法。",
	             20, "A/B测试（A/B|testing）是一种“对照|实验”方法。|");
	assert_lines("中文“引号”与‘单引号’、“嵌套‘引号’的”例子。",
	             20, "中文“引号”与‘单引|号’、“嵌套‘引号’的”|例子。|");
}

static void check_wrapped(const json_t *record)
{
	struct str s = string_in(record, "text");
	const json_t *lines = json_object_get(record, "lines");
	const json_t *cells = json_object_get(record, "cells");
	uint8_t *at = malloc(s.n + 1);
	size_t from = 0, n = 0;

	assert_non_null(at);
	wrap_breaks(s, 0, at);
	for (; from < s.n; n++) {
		struct wrap_line line;
		const json_t *want = json_array_get(lines, n);

		from = wrap_next(s, at, from, number_in(record, "width"), 1, &line, NULL);
		assert_non_null(want);
		assert_str(str_sub(s, line.from, line.to),
			   (struct str){ json_string_value(want), json_string_length(want) });
		assert_int_equal(line.cells, json_integer_value(json_array_get(cells, n)));
	}
	assert_int_equal(n, json_array_size(lines));
	free(at);
}

static void paragraphs_of_the_corpus_wrap_as_they_should(void **state)
{
	(void)state;
	each_record("corpora/text/wrap.jsonl", check_wrapped);
}

static const char *const paragraphs[] = {
	"他说：“今天——不，昨天！”……然后（笑）就走了。《数据安全法》、【快讯】涨5%；￥８９９。",
	"「えっ、ちょっとー」と彼女。『ヴァイオリン』・キャッチ々々、ジェット〜っと。",
	"國新辦（國務院）宣布：「數據安全」，『監管』〔一〕——將強化……",
	"中国——美国——日本“一带一路”‘试点’，参见[1]{注}(二)。",
};

static bool is_one_of(struct str set, struct str s, size_t at)
{
	size_t n, m;
	uint32_t cp = utf8_at(s, at, &n);

	for (size_t i = 0; i < set.n; i += m)
		if (utf8_at(set, i, &m) == cp)
			return true;
	return false;
}

static size_t last_character(struct str s)
{
	return utf8_cut(s, s.n - 1);
}

static void check_kinsoku(struct str s, int width, struct str not_first, struct str not_last)
{
	uint8_t at[TEXT_MAX];

	wrap_breaks(s, 0, at);
	for (size_t from = 0; from < s.n;) {
		struct wrap_line line;

		from = wrap_next(s, at, from, width, 1, &line, NULL);
		struct str drawn = str_sub(s, line.from, line.to);

		if (line.from > 0 && is_one_of(not_first, drawn, 0))
			fail_msg("line %.*s at %d", (int)drawn.n, drawn.p, width);
		if (from < s.n && is_one_of(not_last, drawn, last_character(drawn)))
			fail_msg("line %.*s at %d", (int)drawn.n, drawn.p, width);
	}
}

static void no_line_begins_or_ends_with_what_it_must_not(void **state)
{
	FILE *f = open_or_skip(shared_path("corpora/text/kinsoku.json"));
	json_t *rules = json_loadf(f, 0, NULL);

	(void)state;
	fclose(f);
	assert_non_null(rules);
	for (size_t i = 0; i < sizeof paragraphs / sizeof *paragraphs; i++)
		for (int width = 16; width <= 80; width++)
			check_kinsoku(str_of(paragraphs[i]), width,
				      string_in(rules, "not_at_line_start"),
				      string_in(rules, "not_at_line_end"));
	json_decref(rules);
}

static void check_all_is_drawn_once(struct str s, int width)
{
	uint8_t at[TEXT_MAX];
	size_t from = 0;

	wrap_breaks(s, 0, at);
	while (from < s.n) {
		struct wrap_line line;
		size_t next = wrap_next(s, at, from, width, 1, &line, NULL);

		assert_true(next > from && line.from == from && line.to <= next);
		assert_true(line.cells <= width);
		assert_int_equal(line.cells, text_cells(str_sub(s, line.from, line.to), 1));
		for (size_t i = line.to; i < next; i++)
			assert_int_equal(s.p[i], ' ');
		from = next;
	}
}

static void every_line_fits_and_only_blanks_are_left_out(void **state)
{
	(void)state;
	struct str mixed = STR("  中文, e\u0301tude \U0001f1e8\U0001f1f3   a long-winded one. ");

	for (int width = 2; width <= 40; width++) {
		check_all_is_drawn_once(mixed, width);
		for (size_t i = 0; i < sizeof paragraphs / sizeof *paragraphs; i++)
			check_all_is_drawn_once(str_of(paragraphs[i]), width);
	}
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Bytes of a few scripts, of emoji and of no character at all, in any order. */
static struct str random_text(uint32_t *seed, char *bytes)
{
	static const char *const piece[] = {
		" ", " ", "a", "word", "7", "中", "、", "（", "”", "“", "\u3000", "\u0301",
		"\u200d", "\u00ad",
		"\U0001f468", "\U0001f1e8", "한", "\u1161", "é", "…", "—", "\n", "\r", "\t",
		"\x1b", "\xe4", "\xff",
	};
	size_t n = 0;

	for (uint32_t left = next_random(seed) % 30; left > 0; left--) {
		const char *add = piece[next_random(seed) % (sizeof piece / sizeof *piece)];

		memcpy(bytes + n, add, strlen(add));
		n += strlen(add);
	}
	return (struct str){ bytes, n };
}

static void any_bytes_become_lines_that_fit(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 20000; i++) {
		uint32_t seed = i;
		char bytes[200];
		uint8_t at[201];
		struct str s = random_text(&seed, bytes);
		int width = 2 + (int)(i % 9), ambiguous = 1 + (int)(i & 1);
		struct wrap_line line;

		wrap_breaks(s, 0, at);
		for (size_t from = 0, next; from < s.n; from = next) {
			next = wrap_next(s, at, from, width, ambiguous, &line, NULL);
			assert_true(next > from && next <= s.n && line.cells <= width);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(breaks_follow_uax_14),
		cmocka_unit_test(all_official_break_tests_pass),
		cmocka_unit_test(an_empty_text_only_ends),
		cmocka_unit_test(a_line_must_end_after_a_line_feed),
		cmocka_unit_test(quotes_in_chinese_are_brackets),
		cmocka_unit_test(quotes_in_english_hold_on_both_sides),
		cmocka_unit_test(bad_bytes_do_not_matter),
		cmocka_unit_test(a_line_takes_what_fits),
		cmocka_unit_test(blanks_at_a_break_are_left_out),
		cmocka_unit_test(blanks_at_the_start_of_a_paragraph_are_kept),
		cmocka_unit_test(line_feeds_end_lines_and_empty_lines_stay),
		cmocka_unit_test(a_long_word_is_cut_between_clusters),
		cmocka_unit_test(a_soft_hyphen_is_seen_only_where_the_line_ends),
		cmocka_unit_test(a_hyphen_counts_as_a_cell),
		cmocka_unit_test(ambiguous_characters_count_as_told),
		cmocka_unit_test(lines_of_many_scripts_end_where_they_should),
		cmocka_unit_test(paragraphs_of_the_corpus_wrap_as_they_should),
		cmocka_unit_test(no_line_begins_or_ends_with_what_it_must_not),
		cmocka_unit_test(every_line_fits_and_only_blanks_are_left_out),
		cmocka_unit_test(any_bytes_become_lines_that_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
