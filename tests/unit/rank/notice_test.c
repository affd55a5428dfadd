/* Notices: each rule with headlines it holds back and look-alikes that are news. */
#include "folding.h"

#include <jansson.h>

#include "../../../src/rank/notice_inside.h"

static struct notices *notices;

static int notices_made(void **state)
{
	(void)state;
	notices = notices_new();
	return 0;
}

static int notices_gone(void **state)
{
	(void)state;
	notices_free(notices);
	return 0;
}

/* The rule, titles it holds back, and news that looks like them. */
static const struct example {
	const char *rule, *filler[6], *news[10];
} examples[] = {
	{ "advert-marked",
	  { "がん保険は必要？選び方を専門家が解説【PR】",
	    "A mattress that knows you (paid content)",
	    "Sponsored: The car you did not know you wanted", "Anzeige: So wohnt man heute",
	    "這個夏天最涼的床墊（廣告）", "[Sponsored] Ten years of Harbour Bank" },
	  { "Regulator looks at sponsored content on video sites", "PR firm drops three clients",
	    "广告业今年首次负增长", "Public relations (PR) firm drops clients",
	    "Pompeii fell in 79 (AD), say diggers", "Advertisement of 1921 found behind a wall",
	    "広告費、過去最高に",
	    "Die Werbung wird teurer" } },
	{ "weather-report",
	  { "貴州省4月14日星期四天氣降雨為主最高氣溫25度", "2022/04/14遼寧天氣晴好為主最高氣溫18℃",
	    "北京市2022-04-14星期四大部晴好最高氣溫21℃", "4月15日周五江苏多云转阴 气温9到17度" },
	  { "4月14日重庆最高气温39℃ 创历史同期纪录", "周二暴雨 市区交通一度中断",
	    "风疾雨骤，一夜降温20℃", "7月3日高温下的外卖员：最高气温40℃，记者跟了一天",
	    "2023年5月2日 暴雨致三人死亡 最低气温骤降" } },
	{ "weather-report-day",
	  { "北京今天晴间多云 最高气温31℃", "明日广州有阵雨 最低气温22℃" },
	  { "大风蓝色预警！北京今夜有小雪，最低气温-4℃，阵风可达8级！",
	    "今天最高气温40度 电网负荷创新高 部分地区暴雨",
	    "冷空气“实力”有点强！杭州气温降温幅度达7℃-9℃" } },
	{ "weather-forecast",
	  { "未來三天湖南持續陰雨 湘西北、湘中局地大雨", "未来三天广东持续降雨 粤北有暴雨",
	    "今明两天华北大部晴到多云" },
	  { "大風暴雨降溫齊聚 江蘇中南部地區被雨水籠罩", "未来三天暴雨 防汛应急响应升至二级",
	    "楼市降温 未来一周多地将发布新政策 市场观望", "未来10天大雪会不会影响春运列车？" } },
	{ "weather-alert",
	  { "阵风可达8级！北京市气象台发布大风蓝色预警", "顺义区气象台发布大风蓝色预警【IV/一般】",
	    "福州發布大霧黃色預警信號【III/較重】" },
	  { "广东发布台风红色预警 全省停课", "河南郑州暴雨红色预警 气象台：请勿外出",
	    "绿城中国发盈利预警，利润下滑约95%",
	    "气象局：大风黄色预警期间两人受伤", "空警-500预警机亮相",
	    "工信部对龙虾AI发布风险预警" } },
	{ "weather-forecast-ja",
	  { "あすの天気 関東は晴れ 最高気温は23度", "週間天気予報 土日は西日本で雨",
	    "【天気】あす 全国的に晴れ" },
	  { "大雨で3人死亡 あすの天気は回復へ", "天気予報アプリ、利用者が2倍に",
	    "台風接近、あすの天気は大荒れ", "猛暑で熱中症搬送が急増 東京で38度" } },
	{ "weather-forecast-en",
	  { "Today's weather: cloudy with a chance of rain, low of 40",
	    "Weekend forecast: sunny, highs in the 70s", "Friday's weather: showers by noon" },
	  { "Airline cuts profit forecast", "Heavy rain kills twelve; weather forecast grim",
	    "Forecast: clouds over housing, says bank", "Weather forecast in 1967 stopped a war",
	    "Severe weather warnings issued for much of UK",
	    "Wettest weekend weather on record: rain" } },
	{ "weather-report-en",
	  { "Northern hills tomorrow: rain, highest temperature 21°",
	    "Northern hills, 14 April: rain, highest 21°", "Harbour on Monday: sunny, high of 18" },
	  { "Rain tomorrow? Farmers hope so",
	    "Fog and a high of 40°: record day kills two on Monday",
	    "April 14: Snow White opens with highest sales", "Today's rain is tomorrow's power" } },
	{ "weather-advisory-en",
	  { "Winter Weather Advisory issued November 07 at 4:09AM EST",
	    "Wind advisory in effect until 6 p.m.",
	    "Dense fog advisory for the lower valley" },
	  { "Heat advisory issued after three deaths", "Travel advisory issued for the border",
	    "Air quality alert issued as wildfire smoke spreads", "Hurricane warning in effect" } },
	{ "weather-forecast-de",
	  { "Wetter in Berlin: heute sonnig bei 12 Grad", "Wettervorhersage: Regen im Süden" },
	  { "Unwetter im Süden: Regen flutet Keller", "Wetter: Regen, drei Tote in Bayern",
	    "Klimawandel: Warum der Regen fehlt",
	    "Das Wetter macht die Ernte: Regen rettet Bauern" } },
	{ "advert-insurance",
	  { "平安意外險保險一天多少錢?看具體產品的價格情況", "莞家福怎么樣?教您幾個看懂條款的知識",
	    "國壽尊享福重疾險值得買嗎?教您幾個實用方法", "车险怎么买最划算？三招教您省下一半保费" },
	  { "保險公司因誤導投保被罰百萬", "車險綜合改革一年：保費怎麼樣了",
	    "勾結醫師病患詐保險金 男遭訴",
	    "保险资管哪家强？2022年业绩榜出炉", "给手机上保险靠谱吗？",
	    "惠民保参保人数过亿，靠谱吗？记者调查" } },
	{ "advert-loan",
	  { "申請貸款必知:等額本息和等額本金哪個劃算", "急用钱怎么办？低息贷款最快当天到账",
	    "信用卡分期利息怎么算？教您几个省钱方法" },
	  { "央行下调房贷利率 存量贷款怎么选", "网贷平台暴力催收案宣判 利息怎么算的",
	    "多地首套房贷利率奔“3”，释放哪些信号", "未成年人欲整形 医院帮办贷款填\"18岁\"上手" } },
	{ "advert-clinic",
	  { "植牙多少钱一颗？本地口腔医院价格一览", "双眼皮手术哪家医院好 费用多少" },
	  { "种植牙集采落地 单颗多少钱？医保局回应", "植牙失败起诉诊所 法院判了",
	    "祛斑产品检出汞" } },
	{ "advert-places",
	  { "学历提升报名入口 名额有限先到先得", "零基础可学 训练营免费试听" },
	  { "马拉松报名开启 名额有限先到先得", "全市发放消费券 先到先得" } },
	{ "advert-offer-ja",
	  { "今だけ初回半額 話題の青汁を試してみた", "初回限定 美容液が送料無料" },
	  { "楽天モバイル、半額を終了", "青汁会社に措置命令 初回半額は問題",
	    "サプリで健康被害、会社が会見" } },
	{ "advert-finance-ja",
	  { "即日融資も可能 カードローンおすすめ比較", "自動車保険おすすめランキング" },
	  { "カードローン審査を厳格化、銀行が規制", "住宅ローン金利、5年ぶり上昇",
	    "生命保険の比較、金融庁が調査 比較" } },
	{ "advert-picks-ja",
	  { "掃除機のおすすめ人気ランキング", "買ってよかった10選" },
	  { "掃除機で火災、会社が回収", "人気の観光地ランキング発表" } },
	{ "advert-finance-en",
	  { "Best term life insurance rates compared for this month",
	    "Cheap car insurance quotes online",
	    "Best credit cards for bad credit", "Get a personal loan in minutes" },
	  { "Mortgage rates fall to the lowest in a year", "Best year for insurers since 2009",
	    "Life insurance companies fined for rates", "Top 10 lenders cut mortgage staff" } },
	{ "advert-worth-en",
	  { "Accident cover: how much a day? Which plan is worth it?",
	    "Pet insurance: is it worth it?" },
	  { "Health insurance: which plan did the senator say he would sign?",
	    "Is a degree worth it?", "Mortgage lenders closed 300 branches" } },
	{ "advert-code-en",
	  { "Promo code: save $50 on headphones", "Shoe coupons: up to 40% off this week" },
	  { "Shop sues rival over promo codes", "Bonus for bank staff cut by 20%" } },
	{ "advert-finance-de",
	  { "Kfz-Versicherung: Testsieger im Vergleich",
	    "Die besten Girokonten - jetzt vergleichen" },
	  { "Krankenversicherung wird teurer", "Im Vergleich zum Vorjahr mehr Kirschen",
	    "Kredit für die Ukraine bewilligt" } },
	{ "howto-what",
	  { "多線程是什么意思?多線程的作用有哪些?", "什么是指针？一文告诉你指针常识" },
	  { "什么是“公共利益”？一文了解法院的标准", "Token是什么",
	    "10年间报考人数翻66倍，“教资热”的背后是什么？" } },
	{ "howto-teach",
	  { "三個步驟看懂保單條款", "教您如何科學“管住嘴邁開腿”", "手把手教你快速挑选西瓜" },
	  { "补习消费争议多 教局教你保权益 如何投诉", "警方教你如何识别骗局", "如花教你撒娇" } },
	{ "howto-ask",
	  { "十六進制轉十進制怎么轉?十六進制轉十進制方法要學會", "公积金怎么提取？提取流程一文看懂",
	    "大家千萬不要領失業(yè)金2020怎么回事?失業(yè)金如何領???" },
	  { "因疫情居家辦公該如何算酬勞?工作時長怎么算?", "如何优化办理流程 部门回应",
	    "不同人群“阳”了怎么办？如何降低重症风险？详细解答来了！", "如何发挥行业协会的作用" } },
	{ "howto-what-ja",
	  { "16進数とは？10進数への変換方法をわかりやすく解説", "クラウドとは？初心者向けに図解" },
	  { "日銀のマイナス金利とは？わかりやすく解説", "「台湾有事」とは 徹底解説",
	    "大統領の狙いとは" } },
	{ "howto-way-ja",
	  { "確定申告のやり方は？必要書類まとめ", "ルーターの設定方法を図解" },
	  { "政府、給付金の申請方法を発表 図解", "新しい働き方の手順を探る" } },
	{ "howto-what-en",
	  { "What is a hexadecimal number and how do you convert it",
	    "What does IPv6 mean? A beginner guide",
	    "What is cloud storage? Definition and examples",
	    "What is a checksum? What is it good for?" },
	  { "What is a Proof?", "What Israel wants from incursion",
	    "What does the ruling mean for refugees?",
	    "What is Spritz? How the 1000 words per minute reading app works" } },
	{ "howto-device-en",
	  { "How to reset a forgotten router password", "How to clear cookies" },
	  { "How to become a hacker", "How to change a city",
	    "Password of 3 million accounts leaked",
	    "How to Talk to the Public about Router Security" } },
	{ "howto-de",
	  { "Was ist ein Zähler? Einfach erklärt", "Router neu starten: So geht's" },
	  { "So geht's nicht weiter, sagt der Minister", "Minister erklärt Rücktritt" } },
	{ "clickbait-stars-zh",
	  { "八月財運亨通3生肖", "天秤座今日运势" },
	  { "兔年生肖邮票首发", "狮子座流星雨今夜光临" } },
	{ "clickbait-stars",
	  { "Horoscope for Monday, 14 April", "12星座占い 4月14日", "Tageshoroskop für Freitag" },
	  { "Astronomers find a planet in Leo", "占いサイト運営会社を提訴" } },
	{ "clickbait-lottery-zh",
	  { "双色球第2023045期开奖结果", "大乐透23042期预测" },
	  { "彩民中双色球千万大奖捐款", "体彩中心原主任被查" } },
	{ "clickbait-lottery",
	  { "Powerball winning numbers for Saturday", "Lottozahlen vom Mittwoch" },
	  { "Code let lottery vendor predict winning numbers, police say",
	    "Powerball jackpot swells to $700M",
	    "Work, Sleep, Family, Fitness, or Friends: Pick 3" } },
	{ "clickbait-traffic",
	  { "北京今日限行尾号1和6", "Blitzer in Leipzig: die Standorte" },
	  { "郑州交警：疫情防控期间，违反尾号限行规定暂不处罚", "新一轮尾号限行4月3日起轮换",
	    "Blitzer-Marathon bringt Stadt Millionen" } },
	{ "clickbait-promise-en",
	  { "Which Fruit Are You Based On Your Zodiac Sign", "Can We Guess Your Age By Your Tea",
	    "17 Insanely Good Sandwiches", "13 Tweets That Will Make You Laugh" },
	  { "You can guess the price of milk", "How well did schools do?", "23 people hurt in fire",
	    "Judge orders carmaker to make you whole" } },
};

static const struct example *example_of(const char *rule)
{
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
		if (strcmp(examples[i].rule, rule) == 0)
			return &examples[i];
	return NULL;
}

static void assert_rule(const char *title, const char *rule)
{
	const struct notice_rule *found = notices_find(notices, str_of(title));
	const char *name = found ? found->name : "news";

	if (strcmp(name, rule) != 0)
		fail_msg("\"%s\" is %s, not %s", title, name, rule);
}

static void each_rule_holds_back_its_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
		for (int k = 0; k < 6 && examples[i].filler[k]; k++)
			assert_rule(examples[i].filler[k], examples[i].rule);
}

static void what_only_looks_like_it_is_news(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
		for (int k = 0; k < 10 && examples[i].news[k]; k++)
			assert_rule(examples[i].news[k], "news");
}

static void no_rule_is_without_examples_and_words_for_people(void **state)
{
	const struct notice_rule *r;

	(void)state;
	for (size_t i = 0; (r = notice_rule_at(i)) != NULL; i++) {
		const struct example *e = example_of(r->name);

		if (!e || !e->filler[1] || !e->news[1])
			fail_msg("%s has fewer than two examples of each kind", r->name);
		assert_true(strlen(r->kind) > 5 && strlen(r->kind) < 34);
		assert_true(strlen(r->because) > 10 && strlen(r->because) < 60);
		assert_int_not_equal(r->label, NOTICE_NEWS);
		assert_true(str_starts(str_of(r->name), notice_label_name(r->label)));
		assert_ptr_equal(notice_rule_named(str_of(r->name)), r);
	}
}

static void every_class_is_used_and_every_word_of_it_can_be_met(void **state)
{
	bool used[WORD_CLASSES] = { false };

	(void)state;
	for (size_t i = 0; i < notice_npatterns; i++) {
		for (int k = 0; k < NOTICE_CLASSES; k++)
			used[notice_patterns[i].never[k]] =
				used[notice_patterns[i].needs[k]] = true;
	}
	for (int c = W_NONE + 1; c < WORD_CLASSES; c++) {
		struct str rest = str_of(notice_words[c]), word;

		if (!used[c])
			fail_msg("no rule asks for class %d", c);
		assert_true(rest.n > 0);
		while (str_next(&rest, '|', &word))
			assert_true(word.n > 0);
	}
}

static void scripts_widths_case_and_glosses_make_no_difference(void **state)
{
	(void)state;
	assert_rule("多线程是什么意思?多线程的作用有哪些?", "howto-what");
	assert_rule("多線程是什麼意思？多線程的作用有哪些？", "howto-what");
	assert_rule("失業(yè)金怎么回事?失業金如何领取", "howto-ask");
	assert_rule("ＴＯＤＡＹ’Ｓ ＷＥＡＴＨＥＲ： ＲＡＩＮ", "weather-forecast-en");
	assert_rule("Today’s Weather: Rain", "weather-forecast-en");
	assert_rule("北京市２０２２－０４－１４大部晴好最高气温２１℃", "weather-report");
}

static void a_site_s_name_at_the_end_is_no_part_of_the_headline(void **state)
{
	(void)state;
	assert_rule("Router neu starten: So geht's | Die Zeitung", "howto-de");
	assert_rule("Router neu starten: So geht's - Die Zeitung", "howto-de");
	assert_rule("City News - Weather: rain", "weather-forecast-en");
	assert_rule("So geht's weiter", "news");
}

static void latin_words_are_found_whole_only(void **state)
{
	(void)state;
	assert_rule("Todays weatherman: rainmaker", "news");
	assert_rule("Weatherbug forecasters", "news");
	assert_rule("Rechtsanwalt: Wetteramt und Regenbogen", "news");
}

static void any_bytes_are_news_or_not_but_harmless(void **state)
{
	static const char *const odd[] = { "", " ", "|", "#", "1", "一",
		"\xff\xfe", "\xe4\xb8", "PR", "？？？", " - ", "||||", "^$*#" };
	char *flood = mem_new(200001);

	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		assert_rule(odd[i], "news");
	memset(flood, '9', 200000);
	assert_rule(flood, "news");
	for (size_t i = 0; i + 6 < 200000; i += 6)
		memcpy(flood + i, "保险", 6);
	assert_rule(flood, "news");
	free(flood);
}

/* A rule's name outlives the rule: what the cache says is still told. */
static void a_name_nobody_knows_still_gives_a_reason(void **state)
{
	(void)state;
	assert_string_equal(notice_rule_named(STR("weather-of-2031"))->kind, "weather notice");
	assert_string_equal(notice_rule_named(STR("advert-"))->kind, "advert");
	assert_string_equal(notice_rule_named(STR("howto-x"))->kind, "how-to filler");
	assert_string_equal(notice_rule_named(STR("clickbait-x"))->kind, "clickbait");
	assert_string_equal(notice_rule_named(STR(""))->kind, "filler");
	assert_string_equal(notice_rule_named(STR(NOTICE_BY_HAND))->because,
			    "you marked it as filler");
}

/* ---- the labelled headlines of ../shared/corpora/ranking ---- */

struct tally { int news, wrong, notices, found; };

static bool holds_back(enum notice_label label)
{
	return label == NOTICE_ADVERT || label == NOTICE_HOWTO || label == NOTICE_WEATHER;
}

static void count_row(json_t *row, struct tally *t)
{
	const char *title = json_string_value(json_object_get(row, "title")),
	           *label = json_string_value(json_object_get(row, "label"));
	const struct notice_rule *r = notices_find(notices, str_of(title));
	bool held = r && holds_back(r->label), due = strcmp(label, "advert") == 0 ||
		strcmp(label, "howto") == 0 || strcmp(label, "weather") == 0;

	t->news += !due;
	t->wrong += !due && held;
	t->notices += due;
	t->found += due && held;
	if (due != held)
		print_message("%s, labelled %s: %s\n", r ? r->name : "news", label, title);
}

static struct tally tally_of(const char *name)
{
	const char *shared = getenv("LEDE_SHARED");
	struct tally t = { 0 };
	char path[4096];
	FILE *in;

	snprintf(path, sizeof path, "%s/corpora/ranking/%s", shared ? shared : "../shared", name);
	in = fopen(path, "r");
	if (!in) {
		print_message("%s is not there: skipped\n", path);
		skip();
	}
	for (json_t *j; (j = json_loadf(in, JSON_DISABLE_EOF_CHECK, NULL)); json_decref(j))
		count_row(j, &t);
	fclose(in);
	return t;
}

static void of_a_thousand_news_at_most_one_is_held_back(void **state)
{
	struct tally t = tally_of("filler.jsonl");

	(void)state;
	assert_true(t.news > 4000);
	assert_true(t.wrong * 1000 <= t.news);
	assert_int_equal(t.found, t.notices);
}

static void the_portal_page_loses_its_notices_and_nothing_else(void **state)
{
	struct tally t = tally_of("portal-page.jsonl");

	(void)state;
	assert_int_equal(t.wrong, 0);
	assert_int_equal(t.found, t.notices);
	assert_true(t.notices >= 15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule_holds_back_its_own),
		cmocka_unit_test(what_only_looks_like_it_is_news),
		cmocka_unit_test(no_rule_is_without_examples_and_words_for_people),
		cmocka_unit_test(every_class_is_used_and_every_word_of_it_can_be_met),
		cmocka_unit_test(scripts_widths_case_and_glosses_make_no_difference),
		cmocka_unit_test(a_site_s_name_at_the_end_is_no_part_of_the_headline),
		cmocka_unit_test(latin_words_are_found_whole_only),
		cmocka_unit_test(any_bytes_are_news_or_not_but_harmless),
		cmocka_unit_test(a_name_nobody_knows_still_gives_a_reason),
		cmocka_unit_test(of_a_thousand_news_at_most_one_is_held_back),
		cmocka_unit_test(the_portal_page_loses_its_notices_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, notices_made, notices_gone);
}
