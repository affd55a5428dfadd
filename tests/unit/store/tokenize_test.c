/* The tokenizer, as the index and the verification use it. */
#include "fixture.h"

#include "../../../src/store/search_inside.h"
#include "../../../src/store/tokenize.h"
#include "lede/text/utf8.h"

/* Tokens as "word@position", colocated ones with '=' in front, tails with '~'. */
static int write_token(void *self, const struct token *t)
{
	struct buf *out = self;

	if (out->n > 0)
		buf_add_char(out, ' ');
	if (t->colocated)
		buf_add_char(out, '=');
	if (t->tail)
		buf_add_char(out, '~');
	buf_add(out, t->word);
	buf_addf(out, "@%u", (unsigned)t->position);
	return 0;
}

static void assert_cut(const char *in, enum token_way way, const char *expected)
{
	struct buf out = buf_limited(1 << 16);

	assert_int_equal(tokenize(str_of(in), way, write_token, &out), 0);
	assert_string_equal(buf_cstr(&out), expected);
	buf_free(&out);
}

#define assert_document(in, expected) assert_cut(in, TOKENS_OF_DOCUMENT, expected)
#define assert_query(in, expected) assert_cut(in, TOKENS_OF_QUERY, expected)

static void words_are_runs_of_letters_and_digits(void **state)
{
	(void)state;
	assert_document("Bridge reopens, after 2 years!", "bridge@0 reopens@1 after@2 2@3 years@4");
	assert_document("don't covid-19 a.b", "don@0 t@1 covid@2 19@3 a@4 b@5");
	assert_document("", "");
	assert_document(" ,;\n", "");
}

static void words_are_folded(void **state)
{
	(void)state;
	assert_document("Café CAFE\xCC\x81 ﬁne Straße ＡＢＣ", "cafe@0 cafe@1 fine@2 strasse@3 abc@4");
	assert_document("Ελλάδα ПРИВЕТ Ёж", "ελλαδα@0 привет@1 еж@2");
	assert_document("soft\xC2\xADhyphen", "softhyphen@0");
}

static void chinese_runs_become_pairs_and_single_characters(void **state)
{
	(void)state;
	assert_document("监管部门", "监管@0 =监@0 管部@1 =管@1 部门@2 =部@2 门@3");
	assert_document("国", "国@0");
	assert_document("中国", "中国@0 =中@0 国@1");
}

static void a_query_has_pairs_only(void **state)
{
	(void)state;
	assert_query("监管部门", "监管@0 管部@1 部门@2 ~门@3");
	assert_query("国", "国@0");
	assert_query("中国 climate", "中国@0 ~国@1 climate@2");
}

static void both_scripts_are_one(void **state)
{
	(void)state;
	assert_document("監管部門", "监管@0 =监@0 管部@1 =管@1 部门@2 =部@2 门@3");
	assert_document("臺灣 台湾", "台湾@0 =台@0 湾@1 台湾@2 =台@2 湾@3");
}

static void japanese_kana_and_han_form_one_run(void **state)
{
	(void)state;
	assert_document("ニュース", "ニュ@0 =ニ@0 ュー@1 =ュ@1 ース@2 =ー@2 ス@3");
	assert_document("人々が", "人々@0 =人@0 々が@1 =々@1 が@2");
	assert_document("食べる", "食べ@0 =食@0 べる@1 =べ@1 る@2");
}

static void voicing_marks_join_their_kana(void **state)
{
	(void)state;
	assert_document("ｶﾞｽ", "ガス@0 =ガ@0 ス@1");
	assert_document("か\xE3\x82\x99す", "がす@0 =が@0 す@1");
	assert_document("がす", "がす@0 =が@0 す@1");
}

static void hangul_is_cut_into_syllables_however_it_is_composed(void **state)
{
	(void)state;
	assert_document("한국어", "한국@0 =한@0 국어@1 =국@1 어@2");
	assert_document("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xE1\x84\x80\xE1\x85\xAE\xE1\x86\xA8",
	                "한국@0 =한@0 국@1");
}

static void a_change_of_script_ends_a_run(void **state)
{
	(void)state;
	assert_document("AI监管2025年", "ai@0 监管@1 =监@1 管@2 2025@3 年@4");
	assert_document("中、国", "中@0 国@1");
}

static void emoji_and_signs_are_nothing(void **state)
{
	(void)state;
	assert_document("\xF0\x9F\x98\x80 \xF0\x9F\x87\xA8\xF0\x9F\x87\xB3 → ☂", "");
	assert_document("a\xF0\x9F\x98\x80" "b", "a@0 b@1");
}

static void vowels_of_indic_scripts_stay_in_their_word(void **state)
{
	(void)state;
	assert_document("हिन्दी", "हिन्दी@0");
}

static void long_words_are_cut_and_stay_one_token(void **state)
{
	char word[400], expected[TOKEN_BYTES + 16];

	(void)state;
	memset(word, 'x', sizeof word - 1);
	word[sizeof word - 1] = '\0';
	memset(expected, 'x', TOKEN_BYTES);
	strcpy(expected + TOKEN_BYTES, "@0");
	assert_document(word, expected);
	for (size_t i = 0; i + 1 < sizeof word; i += 2)
		memcpy(word + i, "é", 2); /* folds to one byte */
	word[398] = '\0';
	memset(expected, 'e', TOKEN_BYTES);
	assert_document(word, expected);
}

static void bytes_that_are_no_characters_part_words(void **state)
{
	(void)state;
	assert_document("a\xFF" "b\xE4\xB8", "a@0 b@1");
}

struct ranges {
	struct str text;
	uint32_t last;
};

static int check_range(void *self, const struct token *t)
{
	struct ranges *r = self;

	assert_true(t->from < t->to && t->to <= r->text.n);
	assert_true(t->word.n > 0 && t->word.n <= TOKEN_BYTES);
	assert_true(t->position == r->last || t->position == r->last + 1);
	r->last = t->position;
	return 0;
}

static void any_bytes_give_ranges_inside_and_rising_positions(void **state)
{
	static const char *const pieces[] = { "a", "é", "国", "門", "か", "\xE3\x82\x99", "ﾞ", "한",
		                              " ", "\xFF", "\xE4", "\xF0\x9F\x98\x80", "ﬁ", "9",
		                              "\xCC\x81", "\xC2\xAD", "ー", "々", "،", "ي" };
	char text[256];
	uint64_t seed = 7;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct ranges r = { .last = 0 };

		text[0] = '\0';
		for (int i = 0; i < 20; i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
			strcat(text, pieces[(seed >> 40) % (sizeof pieces / sizeof *pieces)]);
		}
		r.text = str_of(text);
		tokenize(r.text, TOKENS_OF_DOCUMENT, check_range, &r);
		r.last = 0;
		tokenize(r.text, TOKENS_OF_QUERY, check_range, &r);
	}
}

/* What FTS5 is asked for passes the tokenizer a second time. */
struct again {
	int n;
	struct str word;
};

static int same_word(void *self, const struct token *t)
{
	struct again *g = self;

	if (!t->tail) {
		assert_true(str_eq(t->word, g->word));
		g->n++;
	}
	return 0;
}

static int cut_again(void *self, const struct token *t)
{
	struct again g = { 0, t->word };

	(void)self;
	tokenize(t->word, TOKENS_OF_QUERY, same_word, &g);
	assert_int_equal(g.n, 1);
	return 0;
}

static void a_token_is_cut_into_itself(void **state)
{
	(void)state;
	for (uint32_t cp = 1; cp < 0x32000; cp++) {
		char twice[8];
		size_t n = utf8_put(cp, twice);

		memcpy(twice + n, twice, n);
		tokenize((struct str){ twice, n }, TOKENS_OF_QUERY, cut_again, NULL);
		tokenize((struct str){ twice, 2 * n }, TOKENS_OF_QUERY, cut_again, NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_runs_of_letters_and_digits),
		cmocka_unit_test(words_are_folded),
		cmocka_unit_test(chinese_runs_become_pairs_and_single_characters),
		cmocka_unit_test(a_query_has_pairs_only),
		cmocka_unit_test(both_scripts_are_one),
		cmocka_unit_test(japanese_kana_and_han_form_one_run),
		cmocka_unit_test(voicing_marks_join_their_kana),
		cmocka_unit_test(hangul_is_cut_into_syllables_however_it_is_composed),
		cmocka_unit_test(a_change_of_script_ends_a_run),
		cmocka_unit_test(emoji_and_signs_are_nothing),
		cmocka_unit_test(vowels_of_indic_scripts_stay_in_their_word),
		cmocka_unit_test(long_words_are_cut_and_stay_one_token),
		cmocka_unit_test(bytes_that_are_no_characters_part_words),
		cmocka_unit_test(any_bytes_give_ranges_inside_and_rising_positions),
		cmocka_unit_test(a_token_is_cut_into_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
