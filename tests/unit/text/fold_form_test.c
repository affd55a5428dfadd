#include "corpus.h"
#include "lede/text/fold_form.h"
#include "lede/text/utf8.h"

static void assert_folded(const char *in, const char *want)
{
	struct buf out = buf_limited(10000);

	assert_int_equal(fold_form(str_of(in), &out), ERR_NONE);
	assert_string_equal(buf_cstr(&out), want);
	buf_free(&out);
}

static void letters_lose_case_and_accents(void **state)
{
	(void)state;
	assert_folded("BUDGET Talks 2021", "budget talks 2021");
	assert_folded("Élysée Ångström naïve", "elysee angstrom naive");
	assert_folded("E\u0301lyse\u0301e", "elysee");
	assert_folded("Straße İstanbul", "strasse istanbul");
	assert_folded("ΟΔΥΣΣΕΎΣ Ёлка Йод", "οδυσσευσ елка иод");
	assert_folded("ﬁnance ﬃ", "finance ffi");
}

static void points_of_hebrew_and_arabic_go(void **state)
{
	(void)state;
	assert_folded("שָׁלוֹם", "שלום");
	assert_folded("العَرَبِيَّة", "العربية");
}

static void vowels_that_are_marks_stay(void **state)
{
	(void)state;
	assert_folded("हिन्दी", "हिन्दी");
	assert_folded("ภาษาไทยกุ้ง", "ภาษาไทยกุ้ง");
}

static void compatibility_forms_become_plain(void **state)
{
	(void)state;
	assert_folded("ＡＢＣ１２３！", "abc123!");
	assert_folded("①② ½ ㎏ ™", "12 1⁄2 kg tm");
	assert_folded("a\u00a0b\u3000c", "a b c");
	assert_folded("\u2f00\uf900", "一岂");
	assert_folded("㍿", "株式会社");
}

static void traditional_han_becomes_simplified(void **state)
{
	(void)state;
	assert_folded("監管發布數據網絡", "监管发布数据网络");
	assert_folded("国务院新闻", "国务院新闻");
	assert_folded("臺灣高鐵", "台湾高铁");
}

static void characters_outside_the_bmp_fold_too(void **state)
{
	(void)state;
	assert_folded("𐐀𝐀𝟘", "𐐨a0");
	assert_folded("\U0002070e", "\U0002070e");
}

static void kana_keep_their_voice(void **state)
{
	(void)state;
	assert_folded("ガギ ぱ ヴ", "ガギ ぱ ヴ");
	assert_folded("ｶﾞｷﾞ ﾊﾟｰﾃｨｰ", "ガギ パーティー");
	assert_folded("か\u3099 ハ\u309a", "が パ");
	assert_folded("ｱﾞ", "ア\u3099");
	assert_folded("a\u3099", "a\u3099");
}

static void hangul_is_composed(void **state)
{
	(void)state;
	assert_folded("한국어", "한국어");
	assert_folded("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국");
	assert_folded("ﾡￂ", "가");
	assert_folded("각\u11a8", "각\u11a8");
}

static void what_cannot_be_seen_goes(void **state)
{
	(void)state;
	assert_folded("soft\u00adhyphen\u200b \u200d\ufe0f", "softhyphen ");
	assert_folded("\U000e0041", "");
}

static void bad_bytes_are_replaced(void **state)
{
	(void)state;
	assert_folded("a\xff" "B", "a\ufffd" "b");
}

static void a_single_code_point_folds_to_at_most_eighteen(void **state)
{
	uint32_t out[18];

	(void)state;
	assert_int_equal(fold_code_point('A', out), 1);
	assert_int_equal(out[0], 'a');
	assert_int_equal(fold_code_point(0xFDFA, out), 18);
	assert_int_equal(fold_code_point(0x301, out), 0);
	assert_int_equal(fold_code_point(0x1F600, out), 1);
	assert_int_equal(out[0], 0x1F600);
	assert_int_equal(fold_code_point(0xE000, out), 1);
	assert_int_equal(out[0], 0xE000);
	assert_int_equal(fold_code_point(0x10FFFF, out), 1);
}

static void fold_again(uint32_t cp, struct buf *once, struct buf *twice)
{
	char bytes[4];

	buf_clear(once);
	buf_clear(twice);
	assert_int_equal(fold_form((struct str){ bytes, utf8_put(cp, bytes) }, once), ERR_NONE);
	assert_int_equal(fold_form(buf_view(once), twice), ERR_NONE);
}

static void folding_what_is_folded_changes_nothing(void **state)
{
	struct buf once = buf_limited(1000), twice = buf_limited(1000);

	(void)state;
	for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
		if (cp >= 0xD800 && cp < 0xE000)
			continue;
		fold_again(cp, &once, &twice);
		if (!str_eq(buf_view(&once), buf_view(&twice)))
			fail_msg("U+%04X: %s, then %s", cp, buf_cstr(&once), buf_cstr(&twice));
	}
	buf_free(&once);
	buf_free(&twice);
}

static void a_full_buffer_says_so(void **state)
{
	struct buf out = buf_limited(3);

	(void)state;
	assert_int_equal(fold_form(STR("中文"), &out), ERR_LIMIT);
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_lose_case_and_accents),
		cmocka_unit_test(points_of_hebrew_and_arabic_go),
		cmocka_unit_test(vowels_that_are_marks_stay),
		cmocka_unit_test(compatibility_forms_become_plain),
		cmocka_unit_test(traditional_han_becomes_simplified),
		cmocka_unit_test(characters_outside_the_bmp_fold_too),
		cmocka_unit_test(kana_keep_their_voice),
		cmocka_unit_test(hangul_is_composed),
		cmocka_unit_test(what_cannot_be_seen_goes),
		cmocka_unit_test(bad_bytes_are_replaced),
		cmocka_unit_test(a_single_code_point_folds_to_at_most_eighteen),
		cmocka_unit_test(folding_what_is_folded_changes_nothing),
		cmocka_unit_test(a_full_buffer_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
