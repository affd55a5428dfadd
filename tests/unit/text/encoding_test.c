#include "lede/text/encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lede/text/utf8.h"

#define BYTES(literal) ((struct str){ (literal), sizeof(literal) - 1 })
#define FFFD "\357\277\275"

static char *shown;
static char name[40];

/* Decodes `in`, given in pieces of `step` bytes. */
static const char *decoded_by(struct str in, const char *charset, size_t step)
{
	struct decoder *d = decoder_new(str_of(charset));
	struct buf out = buf_limited(1 << 20);

	for (size_t i = 0; i < in.n; i += step)
		assert_int_equal(decoder_push(d, str_sub(in, i, i + step), false, &out), ERR_NONE);
	assert_int_equal(decoder_push(d, (struct str){ 0 }, true, &out), ERR_NONE);
	assert_true(utf8_is_valid(buf_view(&out)));
	strncpy(name, decoder_name(d), sizeof name - 1);
	decoder_free(d);
	free(shown);
	shown = buf_take(&out);
	return shown;
}

static const char *decoded(struct str in, const char *charset)
{
	char whole[4096];

	strncpy(whole, decoded_by(in, charset, in.n + 1), sizeof whole - 1);
	whole[sizeof whole - 1] = '\0';
	assert_string_equal(decoded_by(in, charset, 1), whole);
	assert_string_equal(decoded_by(in, charset, 3), whole);
	return shown;
}

static bool ends(const char *text, const char *end)
{
	return str_ends(str_of(text), end);
}

static int forget(void **state)
{
	(void)state;
	free(shown);
	shown = NULL;
	return 0;
}

static void utf8_without_a_word(void **state)
{
	(void)state;
	assert_string_equal(decoded(BYTES("<a>caf\303\251 \344\270\255"), ""),
			    "<a>caf\303\251 \344\270\255");
	assert_string_equal(name, "UTF-8");
	assert_string_equal(decoded(BYTES(""), ""), "");
	assert_string_equal(decoded(BYTES("plain"), ""), "plain");
	assert_string_equal(name, "UTF-8");
}

static void a_byte_order_mark_wins_and_goes(void **state)
{
	(void)state;
	assert_string_equal(
	    decoded(BYTES("\357\273\277<?xml encoding='gb2312'?>\344\270\255"), "big5"),
	    "<?xml encoding='gb2312'?>\344\270\255");
	assert_string_equal(decoded(BYTES("\377\376<\0a\0\055\116"), "utf-8"), "<a\344\270\255");
	assert_string_equal(name, "UTF-16LE");
	assert_string_equal(decoded(BYTES("\376\377\0<\0a\116\055"), ""), "<a\344\270\255");
	assert_string_equal(decoded(BYTES("\377\376\0\0<\0\0\0"), ""), "<");
	assert_string_equal(name, "UTF-32LE");
	assert_string_equal(decoded(BYTES("\0\0\376\377\0\0\0<"), ""), "<");
}

static void the_content_type_comes_before_the_declaration(void **state)
{
	(void)state;
	assert_string_equal(
	    decoded(BYTES("<?xml version='1.0' encoding='utf-8'?>\326\320"), "gb2312"),
	    "<?xml version='1.0' encoding='utf-8'?>\344\270\255");
	assert_string_equal(name, "GB18030");
}

static void the_xml_declaration_is_found_behind_junk(void **state)
{
	(void)state;
	assert_true(ends(
	    decoded(BYTES("\n junk <?xml version=\"1.0\" encoding=\"windows-1251\"?>\317\320"), ""),
	    "\320\237\320\240"));
	assert_true(ends(decoded(BYTES("<?xml version = '1.0' encoding = 'koi8-r' ?>\301"), ""),
			 "\320\260"));
}

static void a_page_may_declare_itself_by_meta(void **state)
{
	(void)state;
	assert_true(ends(decoded(BYTES("<html><meta charset=gbk>\326\320"), ""), "\344\270\255"));
	assert_true(ends(
	    decoded(
		BYTES(
		    "<html><meta http-equiv=x content='text/html; charset=big5'>\244\244"),
		""),
	    "\344\270\255"));
	assert_true(ends(decoded(BYTES("<rss>&lt;meta charset=gbk> <meta charset=gbk>caf\351"), ""),
			 "caf\303\251"));
}

static void names_are_read_generously(void **state)
{
	static const struct {
		const char *label;
		struct str in;
		const char *out;
	} table[] = {
		{ "gb2312", { "\326\320\201\060\201\060", 6 }, "\344\270\255\302\200" },
		{ "GB_2312-80", { "\326\320", 2 }, "\344\270\255" },
		{ "x-gbk", { "\326\320", 2 }, "\344\270\255" },
		{ "cp936", { "\326\320", 2 }, "\344\270\255" },
		{ "csGB2312", { "\326\320", 2 }, "\344\270\255" },
		{ "Shift_JIS", { "\207\100", 2 }, "\342\221\240" },
		{ "x-sjis", { "\223\372", 2 }, "\346\227\245" },
		{ "windows-31j", { "\223\372", 2 }, "\346\227\245" },
		{ "EUC-JP", { "\306\374", 2 }, "\346\227\245" },
		{ "iso-2022-jp", { "\033$BF|\033(B.", 9 }, "\346\227\245." },
		{ "ks_c_5601-1987", { "\307\321", 2 }, "\355\225\234" },
		{ "euc-kr", { "\307\321", 2 }, "\355\225\234" },
		{ "big5", { "\244\244", 2 }, "\344\270\255" },
		{ "Big5-HKSCS", { "\244\244", 2 }, "\344\270\255" },
		{ "iso-8859-1", { "\222\351", 2 }, "\342\200\231\303\251" },
		{ "us-ascii", { "\223", 1 }, "\342\200\234" },
		{ "latin1", { "\351", 1 }, "\303\251" },
		{ "iso-8859-15", { "\244", 1 }, "\342\202\254" },
		{ "\"windows-1251\"", { "\317", 1 }, "\303\217" },
		{ "windows-1251", { "\317", 1 }, "\320\237" },
		{ "UTF8", { "\303\251", 2 }, "\303\251" },
		{ "macintosh", { "\216", 1 }, "\303\251" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_string_equal(decoded(table[i].in, table[i].label), table[i].out);
}

static void an_unknown_or_hostile_name_is_passed_over(void **state)
{
	(void)state;
	assert_string_equal(decoded(BYTES("caf\303\251"), "x-no-such-thing"), "caf\303\251");
	assert_string_equal(decoded(BYTES("caf\303\251"), "gbk//IGNORE"), "caf\303\251");
	assert_string_equal(
	    decoded(BYTES("caf\303\251"),
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	    "caf\303\251");
}

static void an_impossible_declaration_is_passed_over(void **state)
{
	(void)state;
	assert_string_equal(decoded(BYTES("<?xml encoding='utf-16'?>\303\251"), ""),
			    "<?xml encoding='utf-16'?>\303\251");
	assert_string_equal(decoded(BYTES("<\0?\0x\0\351\0"), "utf-8"), "<?x\303\251");
	assert_string_equal(decoded(BYTES("caf\351 bar"), "utf-8"), "caf\303\251 bar");
	assert_string_equal(decoded(BYTES("\344\270\255\346\226\207\343\200\202."), "gb2312"),
			    "\344\270\255\346\226\207\343\200\202.");
}

static void text_that_is_hardly_utf8_is_none_though_declared(void **state)
{
	(void)state;
	/* GBK, with one pair that would be a character of UTF-8: 丝, CB BF. */
	assert_string_equal(
		decoded(BYTES("<?xml version='1.0' encoding='gbk'?>"
			      "\326\320\316\304\320\302\316\305\313\277\265\304\326\320\316\304"
			      "\261\340\302\353"),
			"utf-8"),
		"<?xml version='1.0' encoding='gbk'?>中文新闻丝的中文编码");
	assert_string_equal(decoded(BYTES("x \033$BF|\033(B."), "utf-8"), "x \346\227\245.");
}

static void damaged_utf8_is_utf8_when_declared(void **state)
{
	(void)state;
	assert_string_equal(decoded(BYTES("one \342\200 two"), "utf-8"), "one " FFFD " two");
	assert_string_equal(decoded(BYTES("\303\251 \351 \351 \351"), "utf-8"),
			    "\303\251 " FFFD " " FFFD " " FFFD);
}

static void utf16_is_known_by_its_zeros(void **state)
{
	(void)state;
	assert_string_equal(decoded(BYTES("<\0a\0>\0\055\116"), ""), "<a>\344\270\255");
	assert_string_equal(decoded(BYTES("\0<\0a\0>\116\055"), "utf-16"), "<a>\344\270\255");
	assert_string_equal(name, "UTF-16BE");
}

static void a_guess_is_western_or_by_escape_sequences(void **state)
{
	(void)state;
	assert_string_equal(decoded(BYTES("caf\351 \223x\224"), ""),
			    "caf\303\251 \342\200\234x\342\200\235");
	assert_string_equal(name, "WINDOWS-1252");
	assert_string_equal(decoded(BYTES("x \033$BF|\033(B."), ""), "x \346\227\245.");
}

static void a_guess_knows_the_scripts_of_the_world(void **state)
{
	static const struct { const char *name, *bytes, *text; } rows[] = {
		{ "GB18030", "\262\273\271\351\322\306\303\361\302\376\273\255\317\265\301\320",
		  "不归移民漫画系列" },
		{ "BIG5-HKSCS",
			"\246\346\254F\260|\244\265\244\321\253\305\245\254\244@\266\265\267s"
			"\252\272\254F\265\246",
		  "行政院今天宣布一項新的政策" },
		{ "EUC-JP-MS", "\245\262\241\274\245\340\273\260\313\346\244\312\300\265\267\356",
		  "ゲーム三昧な正月" },
		{ "CP932", "\203Q\201[\203\200\216O\226\206\202\310\220\263\214\216",
		  "ゲーム三昧な正月" },
		{ "CP949",
			"\301\244\272\316\264\302 \277\300\264\303 \273\365\267\316\277\356 "
			"\301\244\303\245\300\273 \271\337\307\245\307\337\264\331",
		  "정부는 오늘 새로운 정책을 발표했다" },
		{ "WINDOWS-1251",
			"\317\360\340\342\350\362\345\353\374\361\362\342\356 \357\360\345\344"
			"\361\362\340\342\350\353\356 \342\367\345\360\340",
		  "Правительство представило вчера" },
		{ "KOI8-U",
			"\360\322\301\327\311\324\305\314\330\323\324\327\317 \320\322\305\304"
			"\323\324\301\327\311\314\317 \327\336\305\322\301",
		  "Правительство представило вчера" },
		{ "IBM866",
			"\217\340\240\242\250\342\245\253\354\341\342\242\256 \257\340\245\244"
			"\341\342\240\242\250\253\256 \242\347\245\340\240",
		  "Правительство представило вчера" },
		{ "ISO-8859-2", "Rz\261d przedstawi\263 wczoraj now\261 ustaw\352",
		  "Rząd przedstawił wczoraj nową ustawę" },
		{ "WINDOWS-1254",
			"H\374k\374met d\374n yeni emeklilik yasas\375n\375 a\347\375klad\375",
		  "Hükümet dün yeni emeklilik yasasını açıkladı" },
		{ "WINDOWS-1255",
			"\344\356\356\371\354\344 \344\366\351\342\344 \340\372\356\345\354",
		  "הממשלה הציגה אתמול" },
		{ "WINDOWS-1252", "gr\366\337ere H\344user f\374r die B\374rger",
		  "größere Häuser für die Bürger" },
		{ "CP874",
			"\303\321\260\272\322\305\340\312\271\315\303\350\322\247\241\256\313"
			"\301\322\302\343\313\301\350",
		  "รัฐบาลเสนอร่างกฎหมายใหม่" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf feed = buf_limited(1000);

		buf_addf(&feed, "<rss><title>%s</title></rss>", rows[i].bytes);
		decoded(buf_view(&feed), "");
		assert_non_null(strstr(shown, rows[i].text));
		assert_string_equal(name, rows[i].name);
		buf_free(&feed);
	}
}

static void a_guess_looks_further_than_the_first_letter(void **state)
{
	struct buf feed = buf_limited(20000);

	(void)state;
	buf_add_cstr(&feed, "<rss>\251 2024");
	for (int i = 0; i < 10000; i++)
		buf_add_char(&feed, i % 7 ? 'a' : ' ');
	buf_add_cstr(&feed,
		"\317\360\340\342\350\362\345\353\374\361\362\342\356 \357\360\345\344"
		"\361\362\340\342\350\353\356 \342\367\345\360\340");
	assert_true(ends(decoded_by(buf_view(&feed), "", 100), "Правительство представило вчера"));
	assert_true(ends(decoded_by(buf_view(&feed), "", feed.n),
		"Правительство представило вчера"));
	buf_free(&feed);
}

static void utf8_with_a_damaged_character_is_utf8(void **state)
{
	(void)state;
	decoded(BYTES(
		"\320\237\321\200\320\260\320\262\320\270\321\202\320\265\320\273\321"
		"\214\321\201\321\202\320\262\320\276\343\201"), "");
	assert_string_equal(name, "UTF-8");
	assert_string_equal(shown, "Правительство" FFFD);
}

static void bytes_that_do_not_decode_stop_nothing(void **state)
{
	(void)state;
	assert_string_equal(decoded(BYTES("\303\251 a\377b\300\257\342\202"), "utf-8"),
			    "\303\251 a" FFFD "b" FFFD FFFD FFFD);
	assert_string_equal(decoded(BYTES("a\200<b>\326"), "gbk"), "a" FFFD "<b>" FFFD);
	assert_string_equal(decoded(BYTES("\376\377\0a\330\0\0b\0"), ""), "a" FFFD "b" FFFD);
}

static void zero_bytes_become_replacements(void **state)
{
	(void)state;
	assert_string_equal(decoded(BYTES("abcd\0e"), ""), "abcd" FFFD "e");
	assert_string_equal(decoded(BYTES("abcd\0\351"), "latin1"), "abcd" FFFD "\303\251");
}

static void ascii_postpones_the_decision(void **state)
{
	static char text[20000];

	(void)state;
	memset(text, 'x', sizeof text);
	text[15000] = '\351';
	assert_non_null(
	    strstr(decoded_by((struct str){ text, sizeof text }, "", 777), "x\303\251x"));
	assert_string_equal(name, "WINDOWS-1252");
	memcpy(text + 15000, "\344\270\255", 3);
	assert_non_null(
	    strstr(decoded_by((struct str){ text, sizeof text }, "", 777), "x\344\270\255x"));
	assert_string_equal(name, "UTF-8");
	assert_int_equal(strlen(shown), sizeof text);
}

static void a_window_that_cuts_a_character_is_still_utf8(void **state)
{
	static char text[9000];

	(void)state;
	for (size_t offset = 0; offset < 3; offset++) {
		memset(text, 'x', sizeof text);
		for (size_t i = 4000 + offset; i + 3 < 4200; i += 3)
			memcpy(text + i, "\344\270\255", 3);
		decoded_by((struct str){ text, sizeof text }, "", 1000);
		assert_string_equal(name, "UTF-8");
		assert_memory_equal(shown, text, sizeof text);
	}
}

/* Past the window, where a piece may end behind the beginning of a character. */
static void damaged_utf8_is_the_same_in_any_pieces(void **state)
{
	static char text[5000];
	static const char damaged[] = "\303\315\274x\344\270\344\270\255\360\237\303\251\344x";
	static const char *const repaired =
		FFFD "\315\274x" FFFD "\344\270\255" FFFD "\303\251" FFFD "x";

	(void)state;
	memset(text, 'x', sizeof text);
	memcpy(text, "\303\251\303\251", 4);
	memcpy(text + sizeof text - (sizeof damaged - 1), damaged, sizeof damaged - 1);
	for (size_t step = 1; step < 9; step++)
		assert_true(ends(decoded_by((struct str){ text, sizeof text }, "utf-8", step),
		                 repaired));
}

static void a_full_buffer_is_the_only_failure(void **state)
{
	struct decoder *d = decoder_new(STR("latin1"));
	struct buf out = buf_limited(3);

	(void)state;
	assert_int_equal(decoder_push(d, STR("abcdef"), true, &out), ERR_LIMIT);
	buf_free(&out);
	decoder_free(d);
	decoder_free(NULL);
}

static void charset_is_found_in_a_content_type(void **state)
{
	static const char *const headers[] = {
		"text/xml; charset=gb2312",
		"text/xml;charset=\"gb2312\"",
		"text/xml; x=y; Charset = gb2312 ; z",
		"application/xml; charset='gb2312'",
	};

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_true(str_is(charset_of_content_type(str_of(headers[i])), "gb2312"));
	assert_int_equal(charset_of_content_type(STR("text/xml")).n, 0);
	assert_int_equal(charset_of_content_type(STR("text/xml; charset=")).n, 0);
	assert_int_equal(charset_of_content_type(STR("")).n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(utf8_without_a_word, forget),
		cmocka_unit_test_teardown(a_byte_order_mark_wins_and_goes, forget),
		cmocka_unit_test_teardown(the_content_type_comes_before_the_declaration, forget),
		cmocka_unit_test_teardown(the_xml_declaration_is_found_behind_junk, forget),
		cmocka_unit_test_teardown(a_page_may_declare_itself_by_meta, forget),
		cmocka_unit_test_teardown(names_are_read_generously, forget),
		cmocka_unit_test_teardown(an_unknown_or_hostile_name_is_passed_over, forget),
		cmocka_unit_test_teardown(an_impossible_declaration_is_passed_over, forget),
		cmocka_unit_test_teardown(text_that_is_hardly_utf8_is_none_though_declared, forget),
		cmocka_unit_test_teardown(damaged_utf8_is_utf8_when_declared, forget),
		cmocka_unit_test_teardown(utf16_is_known_by_its_zeros, forget),
		cmocka_unit_test_teardown(a_guess_is_western_or_by_escape_sequences, forget),
		cmocka_unit_test_teardown(a_guess_knows_the_scripts_of_the_world, forget),
		cmocka_unit_test_teardown(a_guess_looks_further_than_the_first_letter, forget),
		cmocka_unit_test_teardown(utf8_with_a_damaged_character_is_utf8, forget),
		cmocka_unit_test_teardown(bytes_that_do_not_decode_stop_nothing, forget),
		cmocka_unit_test_teardown(zero_bytes_become_replacements, forget),
		cmocka_unit_test_teardown(ascii_postpones_the_decision, forget),
		cmocka_unit_test_teardown(a_window_that_cuts_a_character_is_still_utf8, forget),
		cmocka_unit_test_teardown(damaged_utf8_is_the_same_in_any_pieces, forget),
		cmocka_unit_test(a_full_buffer_is_the_only_failure),
		cmocka_unit_test(charset_is_found_in_a_content_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
