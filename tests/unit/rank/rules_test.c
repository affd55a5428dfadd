#include "folding.h"

#include <math.h>

#include "../../../src/rank/bytes.h"
#include "../../../src/rank/fixed.h"
#include "../../../src/rank/numbers.h"
#include "../../../src/rank/rules.h"
#include "lede/text/fold_form.h"

static void stop_words_are_found_and_others_are_not(void **state)
{
	static const char *const stop[] = { "a", "about", "and", "if", "the", "you", "will" };
	static const char *const other[] = { "us", "who.", "world", "zebra", "", "th", "thee" };

	(void)state;
	for (size_t i = 0; i < sizeof stop / sizeof *stop; i++)
		assert_true(rules_is_stop_word(str_of(stop[i])));
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		assert_false(rules_is_stop_word(str_of(other[i])));
}

static void assert_stem(const char *word, const char *stem, bool ends_in_y)
{
	bool ies;
	size_t n = rules_stem(str_of(word), &ies);

	assert_int_equal(ies, ends_in_y);
	assert_int_equal(n, strlen(stem));
	assert_memory_equal(word, stem, n - (ies ? 1 : 0));
}

static void plurals_and_possessives_lose_their_ends(void **state)
{
	(void)state;
	assert_stem("stocks", "stock", false);
	assert_stem("companies", "company", true);
	assert_stem("china's", "china", false);
	assert_stem("unions's", "union", false);
	assert_stem("gas", "gas", false);
	assert_stem("press", "press", false);
	assert_stem("ties", "ties", false);
	assert_stem("s", "s", false);
}

/* Provinces whose name is not in folded form would never be found. */
static void every_province_is_found_by_its_folded_name(void **state)
{
	static const char *const names[] = { "北京", "臺灣", "台湾", "廣東", "黑龙", "重慶", "東京",
					     "大阪", "沖縄", "広島", "鹿児", "和歌", "宮城" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buf folded = buf_limited(100);

		assert_int_equal(fold_form(str_of(names[i]), &folded), ERR_NONE);
		int place = rules_place(buf_view(&folded));

		assert_in_range(place, 0, PLACES_MAX - 1);
		buf_free(&folded);
	}
	assert_int_equal(rules_place(str_of("北方")), -1);
	assert_int_equal(rules_place(str_of("")), -1);
}

static unsigned ways_of(const char *word)
{
	struct buf folded = buf_limited(100);
	unsigned ways;

	assert_int_equal(fold_form(str_of(word), &folded), ERR_NONE);
	ways = rules_ways(buf_view(&folded));
	buf_free(&folded);
	return ways;
}

/* The tables are searched by halves: a word out of order would not be found. */
static void what_goes_up_and_down_is_found_by_its_folded_words(void **state)
{
	static const char *const up[] = { "上升", "上調", "上昇", "反発", "收漲", "急騰", "続伸", "高騰" },
				 *const down[] = { "下降", "下調", "下落", "跌停", "赤字", "続落", "重挫" };

	(void)state;
	for (size_t i = 0; i < sizeof up / sizeof *up; i++)
		assert_int_equal(ways_of(up[i]), WAY_UP);
	for (size_t i = 0; i < sizeof down / sizeof *down; i++)
		assert_int_equal(ways_of(down[i]), WAY_DOWN);
	assert_int_equal(ways_of("男星"), WAY_MAN);
	assert_int_equal(ways_of("女星"), WAY_WOMAN);
	assert_int_equal(ways_of("上海"), 0);
	assert_int_equal(rules_opposite(WAY_UP), WAY_DOWN);
	assert_int_equal(rules_opposite(WAY_WOMAN | WAY_DOWN), WAY_MAN | WAY_UP);
}

static size_t numbers(const char *folded, uint32_t out[NUMBERS_MAX])
{
	return numbers_of(str_of(folded), out, 0);
}

static void years_and_clock_times_are_no_numbers(void **state)
{
	static const char *const none[] = { "2022年业绩", "早上9点半", "3时15分地震", "12:30 开会",
					    "2022-11-01 公报", "11/1 消息", "h5n1 病毒", "神舟", "",
					    "4〜6月期", "10-12月期", "3~5日休" };
	uint32_t n[NUMBERS_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_int_equal(numbers(none[i], n), 0);
	assert_int_equal(numbers("4〜6人", n), 2);
	assert_int_equal(numbers("4〜6月期の利益8%", n), 1);
}

static void spans_scores_and_lines_are_numbers(void **state)
{
	static const char *const one[] = { "3年后", "5号线开通", "得10分", "3个月", "4.8级", "涨5%" };
	uint32_t n[NUMBERS_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
		assert_int_equal(numbers(one[i], n), 1);
		assert_false(n[0] & NUMBER_DAY);
	}
	assert_int_equal(numbers("3-1", n), 3);         /* two, and a score */
}

static bool has_kind(const char *folded, uint32_t kind)
{
	uint32_t n[NUMBERS_MAX];
	size_t count = numbers(folded, n);

	for (size_t i = 0; i < count; i++)
		if ((n[i] & NUMBER_KIND) == kind)
			return true;
	return false;
}

static void what_counts_makes_serial_numbers(void **state)
{
	static const char *const serial[] = { "day 5", "episode #3", "kestrel 2.4", "april 7",
					      "第5集", "第三集", "第十二届" };
	static const char *const plain[] = { "kills 12", "the 5", "in 2014", "5 day", "h5 7", "三集",
					     "falls 200 points" };

	(void)state;
	for (size_t i = 0; i < sizeof serial / sizeof *serial; i++)
		assert_true(has_kind(serial[i], NUMBER_SERIAL));
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		assert_false(has_kind(plain[i], NUMBER_SERIAL));
}

static void ordinals_are_the_same_in_digits_and_in_han(void **state)
{
	uint32_t a[NUMBERS_MAX], b[NUMBERS_MAX];

	(void)state;
	assert_int_equal(numbers("第二十三集", a), 1);
	assert_int_equal(numbers("第23集", b), 2);
	assert_int_equal(a[0], b[1]);
}

static void han_numerals_count_before_what_is_counted(void **state)
{
	uint32_t a[NUMBERS_MAX], b[NUMBERS_MAX];

	(void)state;
	assert_int_equal(numbers("一週间早く", a), 1);
	assert_int_equal(numbers("二週间早く", b), 1);
	assert_int_not_equal(a[0], b[0]);
	assert_int_equal(numbers("2周", b), 1);
	assert_int_equal(numbers("二周", a), 1);
	assert_int_equal(a[0], b[0]);
	assert_int_equal(numbers("一个十字", a), 0);
}

static void a_score_is_the_same_from_both_sides(void **state)
{
	uint32_t a[NUMBERS_MAX], b[NUMBERS_MAX];

	(void)state;
	numbers("3-1", a);
	numbers("1比3", b);
	assert_int_equal(a[0], b[0]);
	assert_int_equal(a[0] & NUMBER_KIND, NUMBER_SCORE);
	assert_false(has_kind("3-1-2", NUMBER_SCORE));
	assert_false(has_kind("2022-11-01", NUMBER_SCORE));
	assert_false(has_kind("2022-23", NUMBER_SCORE));
}

static void common_words_are_no_names(void **state)
{
	static const char *const common[] = { "police", "minister", "a", "able", "quarterly", "kills" };
	static const char *const names[] = { "lisbon", "obama", "telvora", "zurich" };

	(void)state;
	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		assert_true(rules_is_common_word(str_of(common[i])));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_false(rules_is_common_word(str_of(names[i])));
	assert_true(rules_is_common_bigram(STR("宣布")) && rules_is_common_bigram(STR("逮捕")));
	assert_false(rules_is_common_bigram(STR("远山")) || rules_is_common_bigram(STR("")));
	assert_true(rules_is_serial_word(STR("episode")) && rules_is_serial_word(STR("ep")));
	assert_false(rules_is_serial_word(STR("kills")));
}

static struct tokens tokens_of(const char *title)
{
	struct tokens t;

	tokens_of_title(str_of(title), 1, NULL, &t);
	return t;
}

static size_t names_in(const char *title)
{
	struct tokens t = tokens_of(title);
	size_t n = t.nname;

	tokens_free(&t);
	return n;
}

static void names_are_capitalised_and_no_common_words(void **state)
{
	(void)state;
	assert_int_equal(names_in("Telvora shares fall after warning"), 1);
	assert_int_equal(names_in("Police Arrest Man in Leeds"), 1);
	assert_int_equal(names_in("Norway and Norwegian banks"), 1);
	assert_int_equal(names_in("telvora shares fall"), 0);
	assert_int_equal(names_in("review of the s5 phone"), 1);
	assert_int_equal(names_in("Élysée: O'Neil in São Paulo"), 4);
	assert_int_equal(names_in("Caf?? chain closes"), 0);
	assert_int_equal(names_in("12 dead in 2014"), 0);
	assert_int_equal(names_in(""), 0);
}

static void a_day_is_itself_with_and_without_its_year(void **state)
{
	uint32_t a[NUMBERS_MAX], b[NUMBERS_MAX];

	(void)state;
	assert_int_equal(numbers("2022年11月1日8时", a), 1);
	assert_int_equal(numbers("11月1号", b), 1);
	assert_true(a[0] & NUMBER_DAY);
	assert_int_equal(a[0], b[0]);
	assert_int_equal(numbers("11月2日", b), 1);
	assert_int_not_equal(a[0], b[0]);
	assert_int_equal(numbers("1日", b), 0);
}

static void thousands_may_have_commas(void **state)
{
	uint32_t a[NUMBERS_MAX], b[NUMBERS_MAX];

	(void)state;
	assert_int_equal(numbers("1,000例", a), 1);
	assert_int_equal(numbers("1000例", b), 1);
	assert_int_equal(a[0], b[0]);
}

static void more_numbers_than_fit_are_left_out(void **state)
{
	uint32_t n[NUMBERS_MAX];

	(void)state;
	assert_int_equal(numbers("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19", n),
			 NUMBERS_MAX);
}

static void logarithms_and_roots_agree_with_libm(void **state)
{
	(void)state;
	for (uint64_t x = 1; x < UINT64_MAX / 3; x = x * 3 + 1) {
		assert_true(fabs(fixed_log2(x) / 65536.0 - log2((double)x)) < 4e-5);
		assert_true(fabs(fixed_ln(x) / 65536.0 - log((double)x)) < 4e-5);
		uint64_t r = fixed_root(x);

		assert_true(r * r <= x && (r == UINT32_MAX || (r + 1) * (r + 1) > x));
	}
	for (double a = 1e-9; a < 1e9; a *= 7.3)
		assert_true(fabs(fixed_ln_ratio(a, 3) / 65536.0 - log(a / 3)) < 5e-5);
	assert_int_equal(fixed_root(0), 0);
	assert_int_equal(fixed_root(UINT64_MAX), UINT32_MAX);
}

static void powers_agree_with_libm(void **state)
{
	(void)state;
	for (uint64_t x = 0; x < 20 * 65536; x += 777)
		assert_true(fabs(fixed_exp2_minus(x) / 65536.0 - exp2(-(double)x / 65536)) < 4e-5);
	for (uint32_t x = 0; x < 65536; x += 77)
		assert_true(fabs(ldexp(fixed_exp2_part(x), -30) - exp2(x / 65536.0)) < 1e-7);
	assert_int_equal(fixed_exp2_minus(UINT64_MAX), 0);
	assert_int_equal(fixed_exp2_part(0), 1 << 30);
}

static void division_rounds_to_the_nearest(void **state)
{
	(void)state;
	assert_int_equal(fixed_divide(5, 2), 3);
	assert_int_equal(fixed_divide(-5, 2), -3);
	assert_int_equal(fixed_divide(4, 3), 1);
	assert_int_equal(fixed_divide(-4, 3), -1);
}

static void numbers_in_blobs_come_back(void **state)
{
	static const int64_t values[] = { 0, 1, -1, 63, -64, 127, 128, INT64_MAX, INT64_MIN };
	struct buf b = buf_limited(1000);

	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		buf_clear(&b);
		assert_int_equal(add_signed(&b, values[i]), ERR_NONE);
		assert_int_equal(add_varint(&b, (uint64_t)values[i]), ERR_NONE);
		assert_int_equal(add_fixed(&b, (uint64_t)values[i], 8), ERR_NONE);
		struct reader r = { .rest = buf_view(&b) };

		assert_true(read_signed(&r) == values[i]);
		assert_true(read_varint(&r) == (uint64_t)values[i]);
		assert_true(read_fixed(&r, 8) == (uint64_t)values[i]);
		assert_true(!r.bad && r.rest.n == 0);
	}
	buf_free(&b);
}

static void reading_past_the_end_is_remembered(void **state)
{
	struct reader cut = { .rest = STR("\xFF\xFF") }, empty = { .rest = STR("") };
	struct reader huge = { .rest = STR("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F") };

	(void)state;
	assert_int_equal(read_varint(&cut), 0);
	assert_int_equal(read_fixed(&empty, 4), 0);
	assert_int_equal(read_varint(&huge), 0);
	assert_true(cut.bad && empty.bad && huge.bad);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stop_words_are_found_and_others_are_not),
		cmocka_unit_test(plurals_and_possessives_lose_their_ends),
		cmocka_unit_test(every_province_is_found_by_its_folded_name),
		cmocka_unit_test(what_goes_up_and_down_is_found_by_its_folded_words),
		cmocka_unit_test(years_and_clock_times_are_no_numbers),
		cmocka_unit_test(spans_scores_and_lines_are_numbers),
		cmocka_unit_test(what_counts_makes_serial_numbers),
		cmocka_unit_test(ordinals_are_the_same_in_digits_and_in_han),
		cmocka_unit_test(han_numerals_count_before_what_is_counted),
		cmocka_unit_test(a_score_is_the_same_from_both_sides),
		cmocka_unit_test(common_words_are_no_names),
		cmocka_unit_test(names_are_capitalised_and_no_common_words),
		cmocka_unit_test(a_day_is_itself_with_and_without_its_year),
		cmocka_unit_test(thousands_may_have_commas),
		cmocka_unit_test(more_numbers_than_fit_are_left_out),
		cmocka_unit_test(logarithms_and_roots_agree_with_libm),
		cmocka_unit_test(powers_agree_with_libm),
		cmocka_unit_test(division_rounds_to_the_nearest),
		cmocka_unit_test(numbers_in_blobs_come_back),
		cmocka_unit_test(reading_past_the_end_is_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
