/* Words in the languages of po/: ages, dates and reasons as SCREENS.md section 7 has them, and what is kept in English
 * retold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "lede/app/retold.h"
#include "lede/app/words.h"
#include "lede/text/width.h"
#include "tongue.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, TONGUES = 4 };
static const int64_t now = 1744618440;            /* Mon 14 Apr 2025, 08:14 */
static const char *const locales[TONGUES] = { "C.UTF-8", "zh_CN.UTF-8", "zh_TW.UTF-8", "ja_JP.UTF-8" };

static struct buf b;

/* The words of a function, valid until the next call. */
static const char *said(void)
{
	static char kept[512];

	snprintf(kept, sizeof kept, "%s", buf_cstr(&b));
	buf_free(&b);
	b = buf_limited(1 << 10);
	return kept;
}

static void speak(int tongue)
{
	if (!tongue_speak(locales[tongue]) && tongue != 0)
		skip();
}

/* ---- ages and dates ---- */

static void ages_are_those_of_the_language(void **state)
{
	static const struct { int64_t age; const char *words[TONGUES]; } rows[] = {
		{ 59, { "now", "刚刚", "剛剛", "今" } },
		{ 5 * MINUTE, { "5m", "5分", "5分", "5分" } },
		{ 2 * HOUR, { "2h", "2时", "2時", "2時" } },
		{ 3 * DAY, { "3d", "3天", "3日", "3日" } },
		{ 99 * DAY, { "99d", "99天", "99日", "99日" } },
		{ 400 * DAY, { "2024", "2024", "2024", "2024" } },
		{ -5, { "soon", "将至", "將至", "予定" } },
	};

	(void)state;
	for (int tongue = 0; tongue < TONGUES; tongue++) {
		speak(tongue);
		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
			words_age(&b, now - rows[i].age, now);
			assert_true(text_cells(buf_view(&b), 1) <= 5);
			assert_string_equal(said(), rows[i].words[tongue]);
		}
	}
}

static void dates_stand_in_the_order_of_the_language(void **state)
{
	static const char *const this_week[TONGUES] = { "Mon 14 Apr 06:20", "4月14日 周一 06:20", "4月14日 週一 06:20",
							"4月14日(月) 06:20" };
	static const char *const last_year[TONGUES] = { "9 Mar 2024", "2024年3月9日", "2024年3月9日", "2024年3月9日" };
	static const char *const headings[TONGUES] = { "SATURDAY 12 APRIL", "4月12日 周六", "4月12日 週六", "4月12日(土)" };

	(void)state;
	for (int tongue = 0; tongue < TONGUES; tongue++) {
		speak(tongue);
		words_long_date(&b, now - 114 * MINUTE, now);
		assert_string_equal(said(), this_week[tongue]);
		words_long_date(&b, 1709978400, now);
		assert_string_equal(said(), last_year[tongue]);
		words_day(&b, now - 2 * DAY, now);
		assert_string_equal(said(), headings[tongue]);
	}
}

static void lead_dates_fit_their_field(void **state)
{
	static const struct { int64_t age; const char *words[TONGUES]; } rows[] = {
		{ HOUR, { "07:14", "07:14", "07:14", "07:14" } },
		{ DAY, { "Sun", "周日", "週日", "日曜" } },
		{ 31 * DAY, { "14 Mar", "3-14", "3-14", "3/14" } },
		{ 400 * DAY, { "2024", "2024", "2024", "2024" } },
	};

	(void)state;
	for (int tongue = 0; tongue < TONGUES; tongue++) {
		speak(tongue);
		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
			words_lead_date(&b, now - rows[i].age, now);
			assert_true(text_cells(buf_view(&b), 1) <= 6);
			assert_string_equal(said(), rows[i].words[tongue]);
		}
	}
}

/* ---- reasons ---- */

static struct str paper(void *self, int64_t feed)
{
	(void)feed;
	return *(struct str *)self;
}

static void reasons_are_parted_as_the_language_parts(void **state)
{
	struct terms t = { .term = { { .signal = SIGNAL_FRESH, .points = 2000, .n = 2 * HOUR },
				     { .signal = SIGNAL_SIZE, .points = 1600, .n = 5 },
				     { .signal = SIGNAL_FEED, .points = 900, .feed = 1 } },
			   .n = 3 };

	(void)state;
	speak(0);
	words_why(&b, &t, 3, false, paper, &STR("Paper Daily"));
	assert_string_equal(said(), "2 h old +20, 5 sources +16, you read Paper Daily +9");
	speak(2);
	words_why(&b, &t, 3, false, paper, &STR("紙上日報"));
	assert_string_equal(said(), "2 小時前 +20，5 個來源 +16，常讀紙上日報 +9");
	speak(3);
	words_why(&b, &t, 3, false, paper, &STR("朝の便り"));
	assert_string_equal(said(), "2 時間前 +20、5 媒体 +16、よく読む朝の便り +9");
}

/* ---- what is kept in English ---- */

static void assert_retold(const char *english, const char *wanted)
{
	retold(&b, str_of(english));
	assert_string_equal(said(), wanted);
}

static void english_is_retold_as_it_is(void **state)
{
	(void)state;
	speak(0);
	assert_retold("no such host: a.example", "no such host: a.example");
	assert_retold("marked 31 read in Latest", "marked 31 read in Latest");
	assert_retold("whatever: this is", "whatever: this is");
	assert_retold("", "");
}

static void what_is_put_into_a_sentence_is_found_again(void **state)
{
	(void)state;
	speak(1);
	assert_retold("no answer within 60 s", "60 秒内无应答");
	assert_retold("not a feed: a web page with 3 feeds", "不是订阅源，而是含 3 个源的网页");
	assert_retold("marked 31 read in Latest", "已标为读 31 条：最新");
	assert_retold("config line 14: unknown option “colour”; did you mean theme?",
	              "config 第 14 行：没有选项“colour”；是 theme 吗？");
	speak(3);
	assert_retold("starred: Tea dearer: why", "スターを付けた：Tea dearer: why");
}

static void a_name_and_its_cause_are_told_apart(void **state)
{
	(void)state;
	speak(2);
	assert_retold("Paper Daily: no such host: a.example", "Paper Daily：沒有這個主機：a.example");
	assert_retold("Paper Daily: no answer within 60 s; next try 11:45",
	              "Paper Daily：60 秒內無回應；下次嘗試 11:45");
	assert_retold("no form has this", "no form has this");
}

/* ---- what has little room ---- */

static void narrow_words_keep_to_their_room(void **state)
{
	static const char *const sections[] = { N_("Top"), N_("Latest"), N_("Feeds"), N_("Starred"), N_("Filler") };
	static const char *const states[] = { N_("moved"), N_("slow"), N_("failing"), N_("waiting"), N_("blocked"),
					      N_("gone"), N_("paused"), N_("quiet") };

	(void)state;
	for (int tongue = 1; tongue < TONGUES; tongue++) {
		speak(tongue);
		for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
			assert_true(text_cells(str_of(_(sections[i])), 1) <= 8);
		for (size_t i = 0; i < sizeof states / sizeof *states; i++)
			assert_true(text_cells(str_of(_(states[i])), 1) <= 8);
		assert_true(text_cells(str_of(_("new")), 1) <= 3);
	}
}

static void what_is_no_language_is_english(void **state)
{
	(void)state;
	assert_false(tongue_speak("C.UTF-8"));
	assert_string_equal(_("Latest"), "Latest");
	assert_false(tongue_speak("xx_XX.UTF-16"));
	assert_string_equal(_("Latest"), "Latest");
}

static void hong_kong_reads_what_taiwan_reads(void **state)
{
	(void)state;
	if (!tongue_speak("zh_HK.UTF-8"))
		skip();
	assert_string_equal(_("Top"), "頭條");
}

static int begin(void **state)
{
	(void)state;
	setenv("TZ", "UTC0", 1);
	tzset();
	b = buf_limited(1 << 10);
	return 0;
}

static void nothing_is_nothing_in_every_language(void **state)
{
	(void)state;
	for (int tongue = 0; tongue < TONGUES; tongue++) {
		speak(tongue);
		assert_string_equal(_(""), "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ages_are_those_of_the_language),
		cmocka_unit_test(dates_stand_in_the_order_of_the_language),
		cmocka_unit_test(lead_dates_fit_their_field),
		cmocka_unit_test(reasons_are_parted_as_the_language_parts),
		cmocka_unit_test(english_is_retold_as_it_is),
		cmocka_unit_test(what_is_put_into_a_sentence_is_found_again),
		cmocka_unit_test(a_name_and_its_cause_are_told_apart),
		cmocka_unit_test(narrow_words_keep_to_their_room),
		cmocka_unit_test(what_is_no_language_is_english),
		cmocka_unit_test(hong_kong_reads_what_taiwan_reads),
		cmocka_unit_test(nothing_is_nothing_in_every_language),
	};

	return cmocka_run_group_tests(tests, begin, NULL);
}
