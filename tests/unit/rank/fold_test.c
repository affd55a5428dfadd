#include "folding.h"

static void reports_of_one_event_become_one_story(void **state)
{
	(void)state;
	assert_true(folds("Bridge over the Elbe reopens after two years of work",
			  "Elbe bridge reopens after two years"));
	assert_true(folds("Central bank keeps interest rates unchanged",
			  "Interest rates unchanged, central bank says"));
}

static void other_events_open_stories_of_their_own(void **state)
{
	(void)state;
	assert_false(folds("Bridge over the Elbe reopens", "Parliament votes on the new budget"));
	assert_false(folds("监管部门约谈网约车平台", "今年首场寒潮即将到来"));
}

static void traditional_and_simplified_are_the_same_headline(void **state)
{
	(void)state;
	assert_true(folds("國務院發布數據安全管理條例", "国务院发布数据安全管理条例"));
	assert_true(folds("監(jiān)管部門約談平臺", "监管部门约谈平台"));
}

static void japanese_reports_of_one_event_become_one_story(void **state)
{
	(void)state;
	assert_true(folds("日銀、政策金利の据え置きを決定", "日銀が政策金利を据え置き"));
	assert_false(folds("日銀、政策金利の据え置きを決定", "能登地方で震度5の地震"));
}

static void near_twins_with_other_numbers_are_two_stories(void **state)
{
	(void)state;
	assert_false(folds("上海新增本土确诊病例5例", "上海新增本土确诊病例8例"));
	assert_true(folds("上海新增本土确诊病例5例", "上海新增5例本土确诊病例"));
}

static void near_twins_of_other_days_are_two_stories(void **state)
{
	(void)state;
	assert_false(folds("10月31日上海疫情通报发布", "11月2日上海疫情通报发布"));
	assert_true(folds("11月2日上海疫情通报发布", "上海疫情通报发布"));
}

static void near_twins_of_other_provinces_are_two_stories(void **state)
{
	(void)state;
	assert_false(folds("江苏新增本土确诊病例", "天津新增本土确诊病例"));
	assert_true(folds("江苏新增本土确诊病例", "江苏南京新增本土确诊病例"));
}

static void latin_near_twins_must_be_liker_when_their_numbers_differ(void **state)
{
	(void)state;
	assert_true(folds("Storm kills 12 in coastal towns", "Coastal storm kills 12"));
	assert_true(folds("Storm kills twelve in northern coast town",
			  "Storm kills dozens in southern valley village"));
	assert_false(folds("Storm kills 12 in northern coast town",
			   "Storm kills 40 in southern valley village"));
}

static void one_word_of_several_is_chance(void **state)
{
	(void)state;
	assert_false(folds("Storm shelter doubles as cinema",
			   "Hedgerow grants double for smallholders"));
	assert_true(folds("Elbe bridge reopens", "Elbe bridge"));
}

static void endings_of_japanese_words_are_no_common_ground(void **state)
{
	(void)state;
	assert_false(folds("春の新茶、一週間早く店頭に", "渡り鳥、干潟へ二週間早く到着"));
	assert_true(folds("コメの価格、5週連続で値上がり", "コメ価格が5週連続の上昇"));
}

static void japanese_and_chinese_fold_each_for_itself(void **state)
{
	(void)state;
	assert_false(folds("珊瑚の養殖、採石場跡で成功", "珊瑚在廢棄採石場生長"));
}

static void exact_copies_fold_whatever_their_words_are(void **state)
{
	static const char *const titles[] = { "What is it?", "***", "5", "今日", "The", "Live: 3-1" };

	(void)state;
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		assert_true(folds(titles[i], titles[i]));
}

static void exact_copies_fold_when_their_words_are_in_every_title(void **state)
{
	struct folder *f = folder_new();
	char title[60];

	(void)state;
	for (int i = 1; i < 200; i++) {
		snprintf(title, sizeof title, "Market report number%d", i);
		fold_next(f, i, title);
	}
	assert_int_equal(fold_next(f, 200, "Market report"), fold_next(f, 201, "Market report"));
	folder_free(f);
}

static void entries_without_title_stay_alone(void **state)
{
	(void)state;
	assert_false(folds("", ""));
	assert_false(folds("  ", " "));
}

static void copies_more_than_three_days_apart_are_two_stories(void **state)
{
	struct folder *f = folder_new();

	(void)state;
	assert_int_equal(fold_link(f, 1, 0, 1, "Weekly review of the news", 0), 1);
	assert_int_equal(fold_link(f, 2, 72 * HOUR, 2, "Weekly review of the news", 0), 1);
	assert_int_equal(fold_link(f, 3, 144 * HOUR + 1, 3, "Weekly review of the news", 0), 3);
	folder_free(f);
}

static void an_entry_that_comes_late_joins_what_is_nearest_in_time(void **state)
{
	struct folder *f = folder_new();

	(void)state;
	fold_link(f, 1, 0, 1, "Weekly review of the news", 0);
	fold_link(f, 2, 100 * HOUR, 1, "Weekly review of the news", 0);
	assert_int_equal(fold_link(f, 3, 40 * HOUR, 2, "Weekly review of the news", 0), 1);
	assert_int_equal(fold_link(f, 4, 71 * HOUR, 3, "Weekly review of the news", 0), 2);
	folder_free(f);
}

static void likeness_fades_with_time(void **state)
{
	struct folder *f = folder_new();

	(void)state;
	fold_link(f, 1, 0, 1, "Storm hits northern coast towns, ferry lines halted", 0);
	assert_int_equal(fold_link(f, 2, 70 * HOUR, 2, "Northern storm season begins", 0), 2);
	folder_free(f);
}

static void an_archive_of_years_ago_folds_among_itself(void **state)
{
	enum { YEARS = 5 * 365 * 24 * HOUR };
	struct folder *f = folder_new();

	(void)state;
	fold_link(f, 1, 0, 1, "Bridge over the Elbe reopens", 0);
	folder_evict(f, MONDAY - FOLD_WINDOW);
	assert_int_equal(fold_link(f, 2, -YEARS, 2, "Bridge over the Elbe reopens", 0), 2);
	assert_int_equal(fold_link(f, 3, -YEARS + HOUR, 3, "Bridge over the Elbe reopens", 0), 2);
	folder_evict(f, MONDAY - FOLD_WINDOW);
	assert_int_equal(fold_link(f, 4, -YEARS + HOUR, 4, "Bridge over the Elbe reopens", 0), 2);
	folder_evict(f, MONDAY - FOLD_WINDOW);
	folder_evict(f, MONDAY - FOLD_WINDOW);
	assert_int_equal(fold_link(f, 5, -YEARS + HOUR, 5, "Bridge over the Elbe reopens", 0), 5);
	assert_int_equal(fold_link(f, 6, HOUR, 6, "Bridge over the Elbe reopens", 0), 1);
	folder_free(f);
}

static void the_same_link_in_another_feed_joins(void **state)
{
	struct folder *f = folder_new();

	(void)state;
	assert_int_equal(fold_link(f, 1, 0, 1, "Bridge over the Elbe reopens", 77), 1);
	assert_int_equal(fold_link(f, 2, HOUR, 2, "After two years, cars roll again", 77), 1);
	assert_int_equal(fold_link(f, 3, 2 * HOUR, 3, "Parliament votes on the budget", 78), 3);
	folder_free(f);
}

static void a_link_that_a_feed_puts_on_everything_says_nothing(void **state)
{
	struct folder *f = folder_new();

	(void)state;
	fold_link(f, 1, 0, 1, "Bridge over the Elbe reopens", 77);
	assert_int_equal(fold_link(f, 2, HOUR, 1, "Parliament votes on the budget", 77), 2);
	assert_int_equal(fold_link(f, 3, HOUR, 2, "Chess title goes to a newcomer", 77), 3);
	folder_free(f);
}

static void a_story_takes_in_what_is_like_any_of_its_entries(void **state)
{
	struct folder *f = folder_new();

	(void)state;
	fold_next(f, 1, "Sbarro files for bankruptcy");
	assert_int_equal(fold_next(f, 2, "Pizza chain Sbarro files for bankruptcy protection"), 1);
	assert_int_equal(fold_next(f, 3, "Pizza chain seeks protection from creditors"), 1);
	folder_free(f);
}

static void times_beyond_reason_do_no_harm(void **state)
{
	struct folder *f = folder_new();
	struct buf terms = buf_limited(1 << 16);
	int64_t times[] = { INT64_MIN, INT64_MAX, 0, -1 }, story;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct fold_entry e = { .id = (int64_t)i + 1,
					.time = times[i],
					.title = STR("A headline") };

		assert_int_equal(folder_add(f, &e, &story, &terms), ERR_NONE);
		assert_int_equal(story, i == 3 ? 3 : (int64_t)i + 1);
	}
	folder_evict(f, MONDAY);
	folder_free(f);
	folder_free(NULL);
	buf_free(&terms);
}

static void memory_is_given_back_when_entries_are_forgotten(void **state)
{
	struct folder *f = folder_new();
	char title[80];
	size_t before = 0;

	(void)state;
	for (int day = 0; day < 40; day++) {
		for (int i = 0; i < 100; i++) {
			snprintf(title, sizeof title, "Report w%d x%d y%d", i, i * 7 % 90, i / 3);
			fold_link(f, day * 100 + i + 1, day * 24 * HOUR + i, 1, title, 0);
		}
		folder_evict(f, MONDAY + (day - 3) * 24 * HOUR);
		if (day == 10)
			before = folder_bytes(f);
	}
	assert_true(folder_bytes(f) < before + before / 20);
	folder_free(f);
}

/* Of an archive of forty days, folded in one refresh, three days are in memory. */
static void a_refresh_of_any_size_keeps_a_window_in_memory(void **state)
{
	struct folder *f = folder_new();
	size_t early = 0;
	char title[80];

	(void)state;
	for (int day = 0; day < 40; day++) {
		for (int i = 0; i < 100; i++) {
			snprintf(title, sizeof title, "Report w%d x%d y%d", i, i * 7 % 90, i / 3);
			fold_link(f, day * 100 + i + 1, day * 24 * HOUR + i, 1, title, 0);
		}
		folder_pass(f, MONDAY + day * 24 * HOUR + 100);
		if (day == 10)
			early = folder_bytes(f);
	}
	assert_true(folder_bytes(f) < early + early / 20);
	folder_free(f);
}

static void what_was_passed_within_three_days_can_still_be_joined(void **state)
{
	struct folder *f = folder_new();

	(void)state;
	fold_link(f, 1, 0, 1, "Bridge over the Elbe reopens", 0);
	folder_pass(f, MONDAY + 72 * HOUR);
	assert_int_equal(fold_link(f, 2, 72 * HOUR, 2, "Bridge over the Elbe reopens", 0), 1);
	folder_pass(f, MONDAY + 72 * HOUR + 1);
	folder_pass(f, MONDAY + 200 * HOUR);
	assert_int_equal(fold_link(f, 3, 72 * HOUR, 3, "Bridge over the Elbe reopens", 0), 3);
	folder_free(f);
}

/* All within a minute, so that time alone would keep them all. */
static void of_more_than_memory_is_meant_for_the_oldest_are_forgotten(void **state)
{
	enum { MANY = 130000 };
	struct folder *f = folder_new();
	size_t half = 0;
	char title[80];

	(void)state;
	for (int i = 1; i <= MANY; i++) {
		snprintf(title, sizeof title, "w%d", i);
		assert_int_equal(fold_link(f, i, i / 4000, 1, title, 0), i);
		if (i == 65000)
			half = folder_bytes(f);
	}
	assert_true(folder_bytes(f) < half + half / 20);
	snprintf(title, sizeof title, "w%d", MANY - 50000);
	assert_int_equal(fold_link(f, MANY + 1, 60, 2, title, 0), MANY - 50000);
	assert_int_equal(fold_link(f, MANY + 2, 60, 2, "w1", 0), MANY + 2);
	folder_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reports_of_one_event_become_one_story),
		cmocka_unit_test(other_events_open_stories_of_their_own),
		cmocka_unit_test(traditional_and_simplified_are_the_same_headline),
		cmocka_unit_test(japanese_reports_of_one_event_become_one_story),
		cmocka_unit_test(near_twins_with_other_numbers_are_two_stories),
		cmocka_unit_test(near_twins_of_other_days_are_two_stories),
		cmocka_unit_test(near_twins_of_other_provinces_are_two_stories),
		cmocka_unit_test(latin_near_twins_must_be_liker_when_their_numbers_differ),
		cmocka_unit_test(one_word_of_several_is_chance),
		cmocka_unit_test(endings_of_japanese_words_are_no_common_ground),
		cmocka_unit_test(japanese_and_chinese_fold_each_for_itself),
		cmocka_unit_test(exact_copies_fold_whatever_their_words_are),
		cmocka_unit_test(exact_copies_fold_when_their_words_are_in_every_title),
		cmocka_unit_test(entries_without_title_stay_alone),
		cmocka_unit_test(copies_more_than_three_days_apart_are_two_stories),
		cmocka_unit_test(an_entry_that_comes_late_joins_what_is_nearest_in_time),
		cmocka_unit_test(likeness_fades_with_time),
		cmocka_unit_test(an_archive_of_years_ago_folds_among_itself),
		cmocka_unit_test(the_same_link_in_another_feed_joins),
		cmocka_unit_test(a_link_that_a_feed_puts_on_everything_says_nothing),
		cmocka_unit_test(a_story_takes_in_what_is_like_any_of_its_entries),
		cmocka_unit_test(times_beyond_reason_do_no_harm),
		cmocka_unit_test(a_refresh_of_any_size_keeps_a_window_in_memory),
		cmocka_unit_test(what_was_passed_within_three_days_can_still_be_joined),
		cmocka_unit_test(of_more_than_memory_is_meant_for_the_oldest_are_forgotten),
		cmocka_unit_test(memory_is_given_back_when_entries_are_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
