#include "folding.h"

#include "lede/rank/tokens.h"

/* The words of `title`, parted by blanks: those that are tokens, in order of first occurrence. */
static void assert_tokens_from(struct suffixes *s, uint64_t source, const char *title,
			       const char *want)
{
	struct tokens t;
	struct buf words = buf_limited(10000);

	tokens_of_title(str_of(title), source, s, &t);
	for (size_t i = 0; i < t.ntoken; i++) {
		struct str word = { t.folded.p + t.token[i].from, t.token[i].n };

		assert_int_equal(t.token[i].hash, token_hash(word));
		assert_int_equal(buf_add_cstr(&words, i ? " " : ""), ERR_NONE);
		assert_int_equal(buf_add(&words, word), ERR_NONE);
	}
	assert_string_equal(buf_cstr(&words), want);
	buf_free(&words);
	tokens_free(&t);
}

static void assert_tokens(const char *title, const char *want)
{
	assert_tokens_from(NULL, 0, title, want);
}

static uint64_t exact_of(const char *title)
{
	struct tokens t;

	tokens_of_title(str_of(title), 0, NULL, &t);
	uint64_t exact = t.exact;

	tokens_free(&t);
	return exact;
}

static void latin_words_lose_case_accents_and_stop_words(void **state)
{
	(void)state;
	assert_tokens("The Minister’s visit to Élysée", "minister's visit elysee");
	assert_tokens("U.S. stocks fall 2.5% as S&P 500 slips",
		      "u.s stocks fall 2.5 s p 500 slips");
	assert_tokens("Don't panic", "don't panic");
	assert_tokens("1,000 jobs, 20 towns", "1000 jobs 20 towns");
}

static void han_and_kana_become_overlapping_bigrams(void **state)
{
	(void)state;
	assert_tokens("監管部門", "监管 管部 部门");
	assert_tokens("日銀、据え置き", "日银 据え え置 置き");
	assert_tokens("人", "人");
	assert_tokens("서울 지진", "서울 지진");
}

static void scripts_may_change_within_a_title(void **state)
{
	(void)state;
	assert_tokens("苹果iPhone 15发布", "苹果 iphone 15 发布");
}

static void readings_behind_han_are_dropped(void **state)
{
	(void)state;
	assert_tokens("監(jiān)管", "监管");
}

static void a_word_counts_how_often_it_is_there(void **state)
{
	struct tokens t;

	(void)state;
	tokens_of_title(str_of("Storm after storm: storms"), 0, NULL, &t);
	assert_int_equal(t.ntoken, 1);
	assert_int_equal(t.token[0].count, 3);
	tokens_free(&t);
}

static void most_letters_decide_whether_a_title_is_cjk(void **state)
{
	static const struct { const char *title; bool cjk; } of[] = {
		{ "监管部门约谈 Google", false }, { "监管部门约谈 IT", true }, { "Tokyo quake", false },
		{ "2022", false }, { "", false },
	};
	struct tokens t;

	(void)state;
	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		tokens_of_title(str_of(of[i].title), 0, NULL, &t);
		assert_int_equal(t.cjk, of[i].cjk);
		tokens_free(&t);
	}
}

static void the_same_words_are_the_same_headline(void **state)
{
	(void)state;
	assert_true(exact_of("The Bridge re-opens!") == exact_of("bridge re opens"));
	assert_true(exact_of("國務院發布") == exact_of("国务院发布"));
	assert_true(exact_of("Bridge opens") != exact_of("Opens bridge"));
	assert_true(exact_of("Bridge opens twice twice") != exact_of("Bridge opens twice"));
}

static void titles_without_tokens_are_compared_whole(void **state)
{
	(void)state;
	assert_true(exact_of("What is it?") == exact_of("what is it"));
	assert_true(exact_of("What is it?") != exact_of("Who was that?"));
	assert_true(exact_of("***") == exact_of("***"));
	assert_true(exact_of("***") != exact_of("!!!"));
	assert_int_equal(exact_of(""), 0);
	assert_int_equal(exact_of("   "), 0);
}

static void a_segment_that_comes_again_and_again_is_dropped(void **state)
{
	struct suffixes *s = suffixes_new();

	(void)state;
	assert_tokens_from(s, 1, "Rain falls | City News", "rain falls city news");
	assert_tokens_from(s, 1, "Snow melts | City News", "snow melts city news");
	assert_tokens_from(s, 1, "Wind blows | City News", "wind blows");
	assert_tokens_from(s, 1, "City News - Sun shines", "sun shines");
	assert_tokens_from(s, 2, "Hail hits | City News", "hail hits city news");
	assert_tokens_from(s, 1, "City News", "city news");
	assert_tokens_from(s, 1, "City News | City News", "city news");
	suffixes_free(s);
}

static void a_long_segment_is_never_dropped(void **state)
{
	struct suffixes *s = suffixes_new();

	(void)state;
	assert_tokens_from(s, 1, "Rain - everything this paper prints",
			   "rain everything paper prints");
	assert_tokens_from(s, 1, "Snow - everything this paper prints",
			   "snow everything paper prints");
	assert_tokens_from(s, 1, "Wind - everything this paper prints",
			   "wind everything paper prints");
	suffixes_free(s);
}

static void a_copy_is_exact_whether_its_suffix_was_dropped_or_not(void **state)
{
	static const char *const titles[] = { "下雪｜天气", "放晴｜天气", "多云｜天气", "下雪｜天气" };
	struct suffixes *s = suffixes_new();
	uint64_t exact[4];

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct tokens t;

		tokens_of_title(str_of(titles[i]), 1, s, &t);
		exact[i] = t.exact;
		assert_int_equal(t.ntoken, i < 2 ? 2 : 1);
		tokens_free(&t);
	}
	assert_true(exact[3] == exact[0]);
	assert_true(exact[1] != exact[0]);
	suffixes_free(s);
}

static void very_long_and_broken_titles_stay_within_bounds(void **state)
{
	struct buf title = buf_limited(1 << 20);
	struct tokens t;

	(void)state;
	for (int i = 0; i < 20000; i++)
		assert_int_equal(buf_addf(&title, "word%d 字%c\xE5 ", i, 'a' + i % 26), ERR_NONE);
	tokens_of_title(buf_view(&title), 0, NULL, &t);
	assert_int_equal(t.ntoken, TOKENS_MAX);
	for (size_t i = 0; i < t.ntoken; i++)
		assert_true((size_t)t.token[i].from + t.token[i].n <= t.folded.n);
	tokens_free(&t);
	buf_free(&title);
}

static void ligatures_that_unfold_to_much_stay_within_bounds(void **state)
{
	struct buf title = buf_limited(1 << 20);
	struct tokens t;

	(void)state;
	for (int i = 0; i < 1300; i++)
		assert_int_equal(buf_add_cstr(&title, "\uFDFA"), ERR_NONE);
	tokens_of_title(buf_view(&title), 0, NULL, &t);
	assert_true(t.ntoken > 0);
	tokens_free(&t);
	buf_free(&title);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(latin_words_lose_case_accents_and_stop_words),
		cmocka_unit_test(han_and_kana_become_overlapping_bigrams),
		cmocka_unit_test(scripts_may_change_within_a_title),
		cmocka_unit_test(readings_behind_han_are_dropped),
		cmocka_unit_test(a_word_counts_how_often_it_is_there),
		cmocka_unit_test(most_letters_decide_whether_a_title_is_cjk),
		cmocka_unit_test(the_same_words_are_the_same_headline),
		cmocka_unit_test(titles_without_tokens_are_compared_whole),
		cmocka_unit_test(a_segment_that_comes_again_and_again_is_dropped),
		cmocka_unit_test(a_long_segment_is_never_dropped),
		cmocka_unit_test(a_copy_is_exact_whether_its_suffix_was_dropped_or_not),
		cmocka_unit_test(very_long_and_broken_titles_stay_within_bounds),
		cmocka_unit_test(ligatures_that_unfold_to_much_stay_within_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
