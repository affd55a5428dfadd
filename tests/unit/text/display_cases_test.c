/* What a title becomes and how many cells it takes: a row is what it is about, the bytes, the display
 * form, its cells. Each was judged by the rules of shared/corpora/text/README.md.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lede/text/display.h"
#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "lede/text/width.h"

static const struct { const char *what, *bytes, *shown; int cells; } cases[] = {
	{ "family ZWJ", "\U0001f468\u200d\U0001f469\u200d\U0001f467 x", "\U0001f468 x", 4 },
	{ "heart VS16", "\u2764\ufe0f", "\u2764", 1 },
	{ "heart VS15", "\u2764\ufe0e a", "\u2764 a", 3 },
	{ "flag", "\U0001f1e8\U0001f1f3", "\U0001f1e8\U0001f1f3", 2 },
	{ "3 RI", "\U0001f1e8\U0001f1f3\U0001f1ef x", "\U0001f1e8\U0001f1f3\U0001f1ef x", 5 },
	{ "keycap", "1\ufe0f\u20e3 #\ufe0f\u20e3", "1\u20e3 #\u20e3", 3 },
	{ "skin", "\U0001f44b\U0001f3fd hi", "\U0001f44b hi", 5 },
	{ "lone tone", "a\U0001f3fd", "a", 1 },
	{ "rainbow", "\U0001f3f3\ufe0f\u200d\U0001f308", "\U0001f3f3", 1 },
	{ "tag flag england", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f.",
	  "\U0001f3f4.", 3 },
	{ "woman tone profession", "\U0001f469\U0001f3fd\u200d\U0001f4bb", "\U0001f469", 2 },
	{ "jamo L V T", "\u1112\u1161\u11ab", "\u1112\u1161\u11ab", 2 },
	{ "jamo V alone", "\u1161a", "a", 1 },
	{ "LV+T", "\ud558\u11ab", "\ud558\u11ab", 2 },
	{ "LVT+T", "\ud55c\u11ab", "\ud55c\u11ab", 2 },
	{ "halfwidth jamo", "\uffa1\uffc2", "\uffa1\uffc2", 2 },
	{ "hangul filler", "\u3164x\u115f\u1160y\uffa0", "xy", 2 },
	{ "comb on CJK", "\u4e2d\u0301\u6587\u20dd", "\u4e2d\u0301\u6587\u20dd", 4 },
	{ "kana+dakuten", "\u304b\u3099\u306f\u309a", "\u304b\u3099\u306f\u309a", 4 },
	{ "halfwidth kana marks", "\uff76\uff9e\uff8a\uff9f", "\uff76\uff9e\uff8a\uff9f", 4 },
	{ "zalgo", "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301b",
	  "a\u0301\u0301\u0301\u0301b", 2 },
	{ "mark alone", "\u0301a", "a", 1 },
	{ "mark after space", "a \u0301b", "a b", 3 },
	{ "mark after LF", "a\x0a\xcc\x81" "b", "a b", 3 },
	{ "bidi", "a\u202eb\u202cc\u2066d\u2069\u200e\u200f\u061c", "abcd", 4 },
	{ "arabic zwnj", "\u0646\u200c\u0645 a\u200cb", "\u0646\u200c\u0645 ab", 5 },
	{ "zwj at end", "\u0915\u094d\u200d", "\u0915\u094d", 1 },
	{ "zwj deva", "\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937", 2 },
	{ "C1", "a\xc2\x85" "b\xc2\x9b" "c\xc2\x9d" "d", "a bcd", 5 },
	{ "raw C1", "a\x9b" "b", "a\ufffdb", 3 },
	{ "ESC", "\x1b[31mred\x1b]0;x\x07", "[31mred]0;x", 11 },
	{ "surrogate", "a\xed\xa0\xbd\xed\xb8\x80" "b",
	  "a\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdb", 8 },
	{ "overlong", "a\xc0\xaf" "b\xe0\x80\xaf" "c\xf0\x80\x80\xaf" "d",
	  "a\ufffd\ufffdb\ufffd\ufffd\ufffdc\ufffd\ufffd\ufffd\ufffdd", 13 },
	{ "over 10FFFF", "a\xf4\x90\x80\x80" "b\xf8\x88\x80\x80\x80",
	  "a\ufffd\ufffd\ufffd\ufffdb\ufffd\ufffd\ufffd\ufffd\ufffd", 11 },
	{ "trunc", "a\xe4\xb8", "a\ufffd", 2 },
	{ "trunc2", "\xe4\xb8" "a\xf0\x9f\x98", "\ufffda\ufffd", 3 },
	{ "nonchar", "a\ufdd0b\uffffc\U0001fffed", "a\ufffdb\ufffdc\ufffdd", 7 },
	{ "shy", "a\u00adb", "ab", 2 },
	{ "nbsp tab ideo", "a\xc2\xa0\x09" "b\xe3\x80\x80\xe2\x80\x83" "c\xe2\x80\xaf" "d",
	  "a b c d", 7 },
	{ "zwsp wj bom", "a\u200bb\u2060c\ufeffd", "abcd", 4 },
	{ "annot", "\ufff9a\ufffab\ufffb", "ab", 2 },
	{ "obj", "\ufffc\ufffd", "\ufffc\ufffd", 2 },
	{ "vertical", "\ufe35\ufe36\ufe10", "\ufe35\ufe36\ufe10", 6 },
	{ "fullwidth", "\uff21\uff11\uffe5", "\uff21\uff11\uffe5", 6 },
	{ "quotes", "\u201c\u8bf4\u201d\u2018\u597d\u2019",
	  "\u201c\u8bf4\u201d\u2018\u597d\u2019", 8 },
	{ "dash", "\u2014\u2014\u2026\u2026", "\u2014\u2014\u2026\u2026", 4 },
	{ "hindi", "\u0915\u093e \u0915\u093f \u0915\u094d\u0937\u0940",
	  "\u0915\u093e \u0915\u093f \u0915\u094d\u0937\u0940", 9 },
	{ "thai am", "\u0e19\u0e49\u0e33 \u0e01\u0e33", "\u0e19\u0e49\u0e33 \u0e01\u0e33", 5 },
	{ "tibetan", "\u0f56\u0f7c\u0f51", "\u0f56\u0f7c\u0f51", 2 },
	{ "tamil", "\u0b95\u0bca \u0ba8\u0bbf", "\u0b95\u0bca \u0ba8\u0bbf", 5 },
	{ "khmer", "\u1780\u17d2\u1780", "\u1780\u17d2\u1780", 2 },
	{ "myanmar", "\u1019\u103c\u1014\u103a\u1019\u102c",
	  "\u1019\u103c\u1014\u103a\u1019\u102c", 5 },
	{ "arabic num", "\u0600\u0661", "\u0600\u0661", 1 },
	{ "mongolian vs", "\u1820\u180b\u1821\u180e", "\u1820\u1821", 2 },
	{ "IVS", "\u845b\U000e0100\u57ce", "\u845b\u57ce", 4 },
	{ "PUA", "\ue000\U000f0000", "\ue000\U000f0000", 2 },
	{ "unassigned", "\u0378\U0002fffd\U0003fff0", "\u0378\U0002fffd\U0003fff0", 5 },
	{ "new emoji u15", "\U0001fae8\U0001facf", "\U0001fae8\U0001facf", 4 },
	{ "ext G", "\U00030000\U00031350", "\U00030000\U00031350", 4 },
	{ "ZWJ between letters", "a\u200db \u4e2d\u200d\u6587", "ab \u4e2d\u6587", 7 },
	{ "emoji ZWJ letter", "\U0001f600\u200da", "\U0001f600a", 3 },
	{ "PICT text", "\u00a9\ufe0f \u2122 \u203c\ufe0f", "\u00a9 \u2122 \u203c", 5 },
	{ "enclosing", "a\u20dd 1\u20e3", "a\u20dd 1\u20e3", 3 },
	{ "circled", "\u2460\u24d0\u3231\u337f", "\u2460\u24d0\u3231\u337f", 6 },
	{ "Lao", "\u0e81\u0ecd\u0eb2 \u0eb3", "\u0e81\u0ecd\u0eb2 \u0eb3", 4 },
	{ "Prepend", "\u0d4e\u0d15", "\u0d4e\u0d15", 2 },
	{ "sinhala zwj", "\u0dc1\u0dca\u200d\u0dbb\u0dd3", "\u0dc1\u0dca\u200d\u0dbb\u0dd3", 2 },
	{ "CGJ", "a\u034fb", "ab", 2 },
	{ "invisible times", "2\u2062x", "2x", 2 },
	{ "LS PS", "a\xe2\x80\xa8" "b\xe2\x80\xa9" "c\x0b" "d\x0c" "e", "a b c d e", 9 },
	{ "music", "\U0001d173x\U0001d15e", "x\U0001d15e", 2 },
	{ "shorthand", "\U0001bca0x", "x", 1 },
	{ "soft dotted", "i\u0307\u0323", "i\u0307\u0323", 1 },
};

static void every_title_has_its_form_and_its_cells(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf shown = buf_limited(1 << 10);

		assert_int_equal(display_line(str_of(cases[i].bytes), &shown), ERR_NONE);
		if (!str_is(buf_view(&shown), cases[i].shown) ||
		    text_cells(buf_view(&shown), 1) != cases[i].cells)
			fail_msg("%s: \"%s\" of %d cells", cases[i].what, buf_cstr(&shown),
			         text_cells(buf_view(&shown), 1));
		buf_free(&shown);
	}
}

/* Terminals that know clusters and terminals that add up characters agree on the display form. */
static void cells_are_those_of_the_characters(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str s = str_of(cases[i].shown);
		int sum = 0;
		size_t n;

		for (size_t at = 0; at < s.n; at += n)
			sum += unicode_cells(utf8_at(s, at, &n), 1);
		if (sum != cases[i].cells)
			fail_msg("%s: characters of %d cells", cases[i].what, sum);
	}
}

static void what_is_shown_is_its_own_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf again = buf_limited(1 << 10);

		assert_int_equal(display_line(str_of(cases[i].shown), &again), ERR_NONE);
		assert_string_equal(buf_cstr(&again), cases[i].shown);
		buf_free(&again);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_title_has_its_form_and_its_cells),
		cmocka_unit_test(cells_are_those_of_the_characters),
		cmocka_unit_test(what_is_shown_is_its_own_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
