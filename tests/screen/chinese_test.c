/* The mock-ups in traditional Chinese, worded by the catalogue. Where lede was built without catalogues, or no locale can be
 * lent, there is nothing to compare.
 *
 * The mock-up names an article from its page ("全文"), which is a part of its own; here the feed gave it, which takes a line
 * more, and the number of a link stands behind its words. That of 80x12 leaves the time out of the header and the third
 * reason out of the status line; both fit, so that they stand there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stage.h"
#include "tongue.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

static const struct stage_story stories[16] = {
	{ "APP 收集個人資料，規則將收緊", "紙上日報", 4, 5, 5, 0, 2 * HOUR, false },
	{ "新型玻璃可在遮陽與保暖之間切換", "科學快訊", 2, 2, 2, 0, 5 * HOUR, false },
	{ "封閉兩年的跨江大橋今晨恢復通車", "城市新聞", 0, 1, 1, 0, 40 * MINUTE, false },
	{ "水陸兩棲飛機 AG-7 滑行完畢，只待首飛", "航空郵報", 2, 3, 3, 0, 7 * HOUR, false },
	{ "團簇催化劑讓製氫便宜三成，兩個團隊各自證實", "科學快訊", 6, 3, 1, 1, 9 * HOUR, false },
	{ "污水入河 泳客盼增設乾淨的「河濱浴場」", "綠信", 0, 1, 1, 0, HOUR, false },
	{ "數百萬螃蟹過馬路，海岸公路再度封閉", "海島電台", 7, 2, 0, 0, 11 * HOUR, false },
	{ "一種疫苗或可連帶防住另一種感染", "健康週刊", 20, 1, 1, 0, 6 * HOUR, true },
	{ "學期打工：學校須退還抽成", "紙上日報", 6, 1, 1, 0, 12 * HOUR, false },
	{ "落成五十年，膠囊大樓拆除", "建築與城", 10, 2, 0, 0, DAY, false },
	{ "春の新茶、去年より一週間早く店頭に", "朝の便り", 0, 1, 1, 0, 3 * HOUR, false },
	{ "居家辦公 overtime 如何計算？專家這樣說", "勞動評論", 14, 1, 1, 0, 8 * HOUR, false },
	{ "種子庫今春新增 15 個站點", "田野筆記", 12, 1, 1, 0, 13 * HOUR, false },
	{ "博物館週日開放庫房，預約即滿", "城市新聞", 0, 1, 1, 0, 50 * MINUTE, false },
	{ "古地圖上不存在的島嶼從何而來", "慢月刊", 15, 1, 1, 0, 2 * DAY, false },
	{ "春茶連續三年漲價", "市場日誌", 12, 2, 0, 0, 15 * HOUR, false },
};

static const char article[] =
        "<p>主管部門網路安全負責人週一表示，將起草 APP 收集和使用個人資料的標準；隨時連線的汽車，以及從使用者輸入中學習的系統，"
        "也在適用之列（yě zài）。</p><p>「資料外洩往往是詐騙的第一步。」她對記者說，來電者若知道姓名、街道和訂單號碼，人們就會"
        "相信；三項俱全的名單<a href=https://paperdaily.example/fraud>以千條計價出售</a>。</p><h2>檢測結果</h2>"
        "<p>去年共檢查 310 萬款 APP，點名 2204 款索取過多，其中 731 款下架；約 400 家企業完成自查。</p><ul><li>商店、"
        "開發套件與手機廠商，各為經手的資料負責。</li><li>草案<a href=https://rules.example/draft>公開徵求意見</a>至六月。</li>"
        "</ul>";

static struct stage s;

static void open_at(int w, int h)
{
	const struct stage_setup setup = { .w = w, .h = h, .unread = 212, .new_stories = 7 };

	if (!tongue_speak("zh_TW.UTF-8"))
		skip();
	stage_open(&s, &setup);
	stage_edition(&s, stories, 16, 48, &setup);
}

static int leave(void **state)
{
	(void)state;
	stage_close(&s);
	s.app = NULL;
	s.config = NULL;
	return 0;
}

static struct entry_row told_by(int id, const char *source, const char *title, int64_t age, bool read)
{
	return (struct entry_row){ .id = id, .story = 10, .feed = 20 + id, .time = STAGE_NOW - age,
	                           .flags = read ? ENTRY_READ : 0, .title = str_of(title), .source = str_of(source) };
}

static void the_front_page_speaks_chinese(void **state)
{
	struct entry_row members[] = {
		told_by(10, "紙上日報", stories[0].title, 2 * HOUR, false),
		told_by(11, "城市新聞", "個資規則將收緊", HOUR, false),
		told_by(12, "法律與貿易", "官員：APP 企業將面臨更嚴格檢查", 2 * HOUR, false),
		told_by(13, "科學快訊", "連線汽車與 AI 的資料標準提上日程", 3 * HOUR, false),
		told_by(14, "朝の便り", "個人情報の保護を強化へ、基準案づくり始まる見通し", 3 * HOUR, true),
	};
	struct answer *a;

	(void)state;
	open_at(120, 36);
	stage_pass(&s, 100);
	a = stage_article_new(&stories[0], 1, "李文", article);
	a->article.entry.time = STAGE_NOW - 121 * MINUTE;
	a->article.member = members;
	a->article.nmembers = sizeof members / sizeof *members;
	stage_answer(&s, a);
	assert_stage(&s, "front-zh", 0, 0);
}

static void the_list_speaks_chinese(void **state)
{
	(void)state;
	open_at(80, 12);
	assert_stage(&s, "list-zh-rows", 1, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_front_page_speaks_chinese, leave),
		cmocka_unit_test_teardown(the_list_speaks_chinese, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
