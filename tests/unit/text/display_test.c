#include "corpus.h"
#include "lede/text/display.h"
#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "lede/text/width.h"

typedef enum err form(struct str, struct buf *);

static void assert_form(form *f, struct str in, struct str want)
{
	struct buf out = buf_limited(1 << 20);

	assert_int_equal(f(in, &out), ERR_NONE);
	assert_str(buf_view(&out), want);
	buf_free(&out);
}

#define assert_line(in, want) assert_form(display_line, STR(in), STR(want))
#define assert_body(in, want) assert_form(display_body, STR(in), STR(want))
#define assert_unglossed(in, want) assert_form(display_without_glosses, STR(in), STR(want))

static void clean_text_stays_as_it_is(void **state)
{
	(void)state;
	assert_line("", "");
	assert_line("Plain ASCII, 7 words and a stop.", "Plain ASCII, 7 words and a stop.");
	assert_line("国务院新闻办公室 today 上午", "国务院新闻办公室 today 上午");
	assert_line("日本語の「見出し」", "日本語の「見出し」");
	assert_line("한국어 제목", "한국어 제목");
	assert_line("العربية עברית हिन्दी ไทย", "العربية עברית हिन्दी ไทย");
}

static void white_space_collapses_and_ends_are_trimmed(void **state)
{
	(void)state;
	assert_line("  lead \t\r\n and\u3000\u00a0many\u2028lines\xc2\x85 ", "lead and many lines");
	assert_line("a\vb\fc", "a b c");
	assert_line(" \t\n", "");
	assert_line("中文 \n 中文", "中文 中文");
}

static void nothing_a_terminal_could_obey_is_left(void **state)
{
	(void)state;
	assert_line("a\x1b]0;title\x07z", "a]0;titlez");
	assert_line("a\x1b[31mred", "a[31mred");
	assert_line("a\xc2\x9b" "31mz", "a31mz");
	assert_line("a\x08\x7f\0z", "az");
	assert_line("\u202egnp.exe\u202c", "gnp.exe");
	assert_line("a\u200f\u200e\u061cb\u2066c\u2069", "abc");
}

static void what_cannot_be_seen_goes(void **state)
{
	(void)state;
	assert_line("zero\u200bwidth\u2060\ufeff soft\u00adhyphen", "zerowidth softhyphen");
	assert_line("\u3164hidden\uffa0\u115f", "hidden");
	assert_line("tag\U000e0041s \u2764\ufe0f \ufff9a\ufffab\ufffb", "tags \u2764 ab");
}

static void bad_bytes_and_noncharacters_are_replaced(void **state)
{
	(void)state;
	assert_line("cut \xe4\xb8", "cut \ufffd");
	assert_line("\xff\xfe", "\ufffd\ufffd");
	assert_line("\ufdd0\uffff\U0010ffff", "\ufffd\ufffd\ufffd");
}

static void joiners_stay_only_between_letters_that_need_them(void **state)
{
	(void)state;
	assert_line("نی\u200cخوا", "نی\u200cخوا");
	assert_line("क्\u200dष", "क्\u200dष");
	assert_line("क्\u200d", "क्");
	assert_line("क्\u200d x", "क् x");
	assert_line("a\u200cb\u200dc", "abc");
	assert_line("中\u200d文", "中文");
	assert_line("\u200cن", "ن");
	assert_line("ن\u200c\u200c\u200bخ", "ن\u200cخ");
}

static void pictures_are_reduced_to_what_every_terminal_counts_alike(void **state)
{
	(void)state;
	assert_line("\U0001f468\u200d\U0001f469\u200d\U0001f467 zwj", "\U0001f468 zwj");
	assert_line("\U0001f44d\U0001f3fd ok", "\U0001f44d ok");
	assert_line("\U0001f9d1\U0001f3fd\u200d\U0001f4bb!", "\U0001f9d1!");
	assert_line("\U0001f636\u200d\U0001f32b\ufe0f", "\U0001f636");
	assert_line("1\ufe0f\u20e3", "1\u20e3");
	assert_line("\U0001f1e8\U0001f1f3\U0001f1ef", "\U0001f1e8\U0001f1f3\U0001f1ef");
	assert_line("\U0001f468\U0001f469", "\U0001f468\U0001f469");
	assert_line("\U0001f3fd", "");
	assert_line("\u2764\ufe0f\u200d\U0001f525\U0001f525", "\u2764\U0001f525");
}

static void a_base_keeps_four_marks(void **state)
{
	(void)state;
	assert_line("a\u0301\u0302\u0303\u0304\u0305\u0306b", "a\u0301\u0302\u0303\u0304b");
	assert_line("中\u0301\u0301\u0301\u0301\u0301文", "中\u0301\u0301\u0301\u0301文");
}

static void a_mark_without_a_base_goes(void **state)
{
	(void)state;
	assert_line("\u0301x", "x");
	assert_line("a \u0301x", "a x");
	assert_line("\u302a\u302b", "");
	assert_line("a\u1161\u11a8", "a");
}

static void no_cluster_is_wider_than_two_cells(void **state)
{
	(void)state;
	assert_line("\u0915\u093f\u0903\u0903", "\u0915\u093f");
	assert_line("\u1112\u1161\u11ab", "\u1112\u1161\u11ab");
}

static void a_body_keeps_its_line_breaks(void **state)
{
	(void)state;
	assert_body("a\nb\r\nc\rd\xc2\x85" "e\u2028f\u2029g", "a\nb\nc\nd\ne\nf\ng");
	assert_body("a\n\n\nb\n", "a\n\n\nb\n");
	assert_body("a\r", "a\n");
}

static void a_body_keeps_blanks_and_indents(void **state)
{
	(void)state;
	assert_body("  two  blanks ", "  two  blanks ");
	assert_body("\u3000\u3000段落", "\u3000\u3000段落");
	assert_body("non\u00a0breaking", "non breaking");
}

static void a_tab_in_a_body_goes_to_the_next_column_of_eight(void **state)
{
	(void)state;
	assert_body("\tx", "        x");
	assert_body("abc\tx", "abc     x");
	assert_body("中文\tx\ny\tz", "中文    x\ny       z");
	assert_body("12345678\tx", "12345678        x");
	assert_body("a \u0301\u3000e\u0301\tx", "a \u3000e\u0301   x");
}

static void a_body_keeps_soft_hyphens(void **state)
{
	(void)state;
	assert_body("hy\u00adphen", "hy\u00adphen");
	assert_body("a\u00ad\u0301b", "a\u00adb");
	assert_body("\x1b[1mred\u202e", "[1mred");
}

static void a_full_buffer_says_so(void **state)
{
	struct buf out = buf_limited(4);

	(void)state;
	assert_int_equal(display_line(STR("longer than four"), &out), ERR_LIMIT);
	buf_free(&out);
}

/* ---- glosses ---- */

static void a_reading_after_a_han_character_goes(void **state)
{
	(void)state;
	assert_unglossed("監(jiān)管", "監管");
	assert_unglossed("新聞發(fā)布會", "新聞發布會");
	assert_unglossed("發(fa)布、區(qū)、執(zhí)法、鎮(zhèn)", "發布、區、執法、鎮");
	assert_unglossed("攜（xié）手", "攜手");
	assert_unglossed("垃圾(lājī)分類", "垃圾分類");
	assert_unglossed("西安(xī'ān)", "西安");
	assert_unglossed("綠(lǜ)、女(nü\u030c)、監(jia\u0304n)", "綠、女、監");
	assert_unglossed("李(Lǐ)明", "李明");
}

static void ordinary_parentheses_stay(void **state)
{
	static const char *const kept[] = {
		"人工智能(AI)、(GPS)", "北斗(GPS)", "應用(APP)", "蘋果(Apple)", "公司(app)",
		"世界(WHO)", "咖啡(café)",
		"雷内(René)", "何塞(José)", "貝利(Pelé)", "安(An)", "法》(2021)第21條",
		"監(?\?)管", "診(?\?)療", "監(ji?n)", "監(", "監(jiān",
		"監()", "監( )", "監(管)", "juàn（第四声）", "English (jiān) text",
		"he (ta) said", "監(jiān）", "監 (jiān)",
	};

	(void)state;
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		assert_form(display_without_glosses, str_of(kept[i]), str_of(kept[i]));
}

static void the_portal_page_loses_its_readings_and_nothing_else(void **state)
{
	FILE *f = open_or_skip(shared_path("portal-page.txt"));
	static char page[1 << 16];
	struct str in = { page, fread(page, 1, sizeof page, f) };
	struct buf out = buf_limited(sizeof page);
	int han = 0, left = 0;

	(void)state;
	fclose(f);
	assert_int_equal(display_without_glosses(in, &out), ERR_NONE);
	for (size_t i = 0; i < in.n; i++)
		han += in.p[i] == '(';
	for (size_t i = 0; i < out.n; i++)
		left += out.p[i] == '(';
	assert_true(han > 100);
	assert_int_equal(left, 0);
	buf_free(&out);
}

/* ---- properties ---- */

/* Characters that are special to some rule, so that random strings of them meet every rule. */
static const uint32_t awkward[] = {
	0, 7, 9, 10, 13, 27, ' ', ' ', 'a', 'z', '1', 0x7F, 0x85, 0x9B, 0xA0, 0xAD, 0x301, 0x20E3,
	0x308, 0x600, 0x61C,
	0x627, 0x646, 0x649, 0x64B, 0x915, 0x93F, 0x94D, 0x903, 0xE33, 0x1021, 0x102C, 0x1100,
	0x1161, 0x11A8,
	0xAC00, 0x200B, 0x200C, 0x200D, 0x200D, 0x200E, 0x2028, 0x202E, 0x2066, 0x2764, 0x3000,
	0x302A, 0x3042, 0x3099,
	0x3164, 0x4E2D, 0x6587, 0xFDD0, 0xFE0F, 0xFEFF, 0xFF76, 0xFF9E, 0xFFFD, 0x1F1E8, 0x1F1F3,
	0x1F3FD, 0x1F44D, 0x1F468,
	0x1F468, 0x1F469, 0x1F32B, 0x13430, 0xE0041, 0x110BD, 0x10FFFF,
};

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static struct str random_text(uint32_t *seed, char *bytes)
{
	size_t n = 0, kinds = sizeof awkward / sizeof *awkward;

	for (uint32_t left = next_random(seed) % 24; left > 0; left--) {
		if (next_random(seed) % 16 == 0)
			bytes[n++] = (char)next_random(seed);
		else
			n += utf8_put(awkward[next_random(seed) % kinds], bytes + n);
	}
	return (struct str){ bytes, n };
}

static bool is_drawable(uint32_t cp, bool body)
{
	if (body && (cp == '\n' || cp == 0xAD || cp == 0x3000))
		return true;
	if (cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || (unicode_is_space(cp) && cp != ' '))
		return false;
	if ((cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069))
		return false;
	return cp != 0xFEFF && cp != 0xAD && cp != 0x200B;
}

static void assert_drawable(struct str s, bool body)
{
	size_t n;

	assert_true(utf8_is_valid(s));
	for (size_t at = 0; at < s.n; at += n)
		assert_true(is_drawable(utf8_at(s, at, &n), body));
}

static int cells_by_code_point(struct str s)
{
	size_t n;
	int sum = 0;

	for (size_t at = 0; at < s.n; at += n)
		sum += unicode_cells(utf8_at(s, at, &n), 1);
	return sum;
}

static void check_random(form *f, bool body, uint32_t seed)
{
	char bytes[200];
	struct buf once = buf_limited(1000), twice = buf_limited(1000);

	assert_int_equal(f(random_text(&seed, bytes), &once), ERR_NONE);
	assert_int_equal(f(buf_view(&once), &twice), ERR_NONE);
	assert_str(buf_view(&twice), buf_view(&once));
	assert_drawable(buf_view(&once), body);
	if (text_cells(buf_view(&once), 1) != cells_by_code_point(buf_view(&once)))
		fail_msg("terminals would count \"%s\" differently", buf_cstr(&once));
	buf_free(&once);
	buf_free(&twice);
}

static void any_bytes_become_one_drawable_line_that_stays_the_same(void **state)
{
	(void)state;
	for (uint32_t seed = 0; seed < 60000; seed++)
		check_random(display_line, false, seed);
}

static void any_bytes_become_a_drawable_body_that_stays_the_same(void **state)
{
	(void)state;
	for (uint32_t seed = 0; seed < 60000; seed++)
		check_random(display_body, true, seed);
}

static int sextet(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = strchr(digits, c);

	return at ? (int)(at - digits) : 0;
}

static struct str from_base64(struct str s, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i + 4 <= s.n; i += 4) {
		int v = 0;

		for (size_t k = 0; k < 4; k++)
			v = v << 6 | sextet(s.p[i + k]);
		for (int shift = 16; shift >= 0; shift -= 8)
			out[n++] = (char)(v >> shift);
	}
	for (size_t i = s.n; i > 0 && s.p[i - 1] == '='; i--)
		n--;
	return (struct str){ out, n };
}

static void check_sanitized(const json_t *record)
{
	char bytes[4096];
	struct str in = from_base64(string_in(record, "bytes_b64"), bytes);
	struct buf out = buf_limited(4096);

	assert_int_equal(display_line(in, &out), ERR_NONE);
	assert_str(buf_view(&out), string_in(record, "display"));
	assert_int_equal(text_cells(buf_view(&out), 1), number_in(record, "cells"));
	buf_free(&out);
}

static void hostile_lines_of_the_corpus_become_harmless(void **state)
{
	(void)state;
	each_record("corpora/text/sanitize.jsonl", check_sanitized);
}

static void check_displayed(const json_t *record)
{
	assert_form(display_line, string_in(record, "text"), string_in(record, "display"));
}

static void widths_of_the_corpus_have_their_display_form(void **state)
{
	(void)state;
	each_record("corpora/text/widths.jsonl", check_displayed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clean_text_stays_as_it_is),
		cmocka_unit_test(white_space_collapses_and_ends_are_trimmed),
		cmocka_unit_test(nothing_a_terminal_could_obey_is_left),
		cmocka_unit_test(what_cannot_be_seen_goes),
		cmocka_unit_test(bad_bytes_and_noncharacters_are_replaced),
		cmocka_unit_test(joiners_stay_only_between_letters_that_need_them),
		cmocka_unit_test(pictures_are_reduced_to_what_every_terminal_counts_alike),
		cmocka_unit_test(a_base_keeps_four_marks),
		cmocka_unit_test(a_mark_without_a_base_goes),
		cmocka_unit_test(no_cluster_is_wider_than_two_cells),
		cmocka_unit_test(a_body_keeps_its_line_breaks),
		cmocka_unit_test(a_body_keeps_blanks_and_indents),
		cmocka_unit_test(a_tab_in_a_body_goes_to_the_next_column_of_eight),
		cmocka_unit_test(a_body_keeps_soft_hyphens),
		cmocka_unit_test(a_full_buffer_says_so),
		cmocka_unit_test(a_reading_after_a_han_character_goes),
		cmocka_unit_test(ordinary_parentheses_stay),
		cmocka_unit_test(the_portal_page_loses_its_readings_and_nothing_else),
		cmocka_unit_test(any_bytes_become_one_drawable_line_that_stays_the_same),
		cmocka_unit_test(any_bytes_become_a_drawable_body_that_stays_the_same),
		cmocka_unit_test(hostile_lines_of_the_corpus_become_harmless),
		cmocka_unit_test(widths_of_the_corpus_have_their_display_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
