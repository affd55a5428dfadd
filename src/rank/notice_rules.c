/* notice_rules - what makes an entry filler; first come, first taken. The words of each class stand
 * in notice_words.c, an example and a look-alike of each rule in tests/unit/rank/notice_test.c. */
#include "notice_inside.h"

#define IN_ORDER .in_order = true

#define ADVERT(name, kind, because) { "advert-" name, NOTICE_ADVERT, "advert: " kind, because }
#define HOWTO(name, because) { "howto-" name, NOTICE_HOWTO, "how-to filler", because }
#define WEATHER(name, kind, because) { "weather-" name, NOTICE_WEATHER, kind, because }
#define BAIT(name, kind, because) { "clickbait-" name, NOTICE_CLICKBAIT, kind, because }

#define DATED "names a date, place and weather"
#define ALERT "a low-level alert of a weather office"
#define FORECAST "forecasts ordinary weather"
#define SELLS_COVER "asks what insurance costs or is worth"
#define SELLS_LOANS "asks which loan to take"
#define EXPLAINS "explains a word or a thing"
#define SHOWS_HOW "shows how something is done"

const struct notice_pattern notice_patterns[] = {
	{ .rule = { "advert-marked", NOTICE_ADVERT, "marked as paid",
		    "says itself that it is paid for" },
	  .needs = { W_PAID_MARK } },

	/* Weather first: its bulletins ask nothing and sell nothing. */
	{ .rule = WEATHER("report", "weather notice", DATED),
	  .needs = { W_DATE_ZH, W_SKY_ZH, W_HEAT_ZH }, .never = { W_EVENT_ZH } },
	{ .rule = WEATHER("report-day", "weather notice", DATED),
	  .needs = { W_DAY_ZH, W_SKY_ZH, W_HEAT_ZH }, .never = { W_EVENT_ZH, W_CLAUSE } },
	{ .rule = WEATHER("forecast", "weather notice", FORECAST),
	  .needs = { W_SPAN_ZH, W_SKY_ZH }, .never = { W_EVENT_ZH, W_QUESTION } },
	{ .rule = WEATHER("alert", "weather bulletin", ALERT),
	  .needs = { W_ISSUER_ZH, W_ALERT_ZH }, .never = { W_EVENT_ZH } },
	{ .rule = WEATHER("forecast-ja", "weather notice", FORECAST),
	  .needs = { W_WEATHER_JA }, .never = { W_EVENT_JA } },
	{ .rule = WEATHER("forecast-en", "weather notice", FORECAST),
	  .needs = { W_WEATHER_EN, W_SKY_LATIN }, .never = { W_EVENT_EN } },
	{ .rule = WEATHER("report-en", "weather notice", DATED),
	  .needs = { W_DAY_EN, W_SKY_LATIN, W_HEAT_EN }, .never = { W_EVENT_EN } },
	{ .rule = WEATHER("advisory-en", "weather bulletin", ALERT),
	  .needs = { W_ADVISORY_EN, W_FORCE_EN }, IN_ORDER, .never = { W_EVENT_EN } },
	{ .rule = WEATHER("forecast-de", "weather notice", FORECAST),
	  .needs = { W_WEATHER_DE, W_SKY_LATIN }, .never = { W_EVENT_DE } },

	{ .rule = ADVERT("insurance", "insurance words", SELLS_COVER),
	  .needs = { W_COVER_ZH, W_SHOP_ZH }, .never = { W_MONEY_NEWS_ZH } },
	{ .rule = ADVERT("loan", "loan words", SELLS_LOANS),
	  .needs = { W_LOAN_ZH, W_SHOP_ZH }, .never = { W_MONEY_NEWS_ZH } },
	{ .rule = ADVERT("clinic", "prices of treatments", "asks what a treatment costs"),
	  .needs = { W_CLINIC_ZH, W_PRICE_ZH }, .never = { W_MONEY_NEWS_ZH } },
	{ .rule = ADVERT("places", "a few places left", "says that there are only a few places"),
	  .needs = { W_SCARCE_ZH, W_ENROL_ZH } },
	{ .rule = ADVERT("offer-ja", "an offer", "offers goods cheaper for a while"),
	  .needs = { W_OFFER_JA, W_GOODS_JA }, .never = { W_EVENT_JA } },
	{ .rule = ADVERT("finance-ja", "loan and insurance words", "compares loans or insurance"),
	  .needs = { W_FINANCE_JA, W_COMPARE_JA }, .never = { W_EVENT_JA } },
	{ .rule = ADVERT("picks-ja", "things to buy", "recommends a number of things to buy"),
	  .needs = { W_PICKS_JA } },
	{ .rule = ADVERT("finance-en", "loan and insurance words", "compares loans or insurance"),
	  .needs = { W_BEST_EN, W_COVER_EN, W_RATES_EN }, IN_ORDER },
	{ .rule = ADVERT("worth-en", "insurance words", SELLS_COVER),
	  .needs = { W_COVER_EN, W_WORTH_EN }, IN_ORDER },
	{ .rule = ADVERT("code-en", "a discount code", "gives a discount code"),
	  .needs = { W_CODE_EN, W_OFF_EN } },
	{ .rule = ADVERT("finance-de", "loan and insurance words", "compares loans or insurance"),
	  .needs = { W_COVER_DE, W_COMPARE_DE } },

	{ .rule = HOWTO("what", EXPLAINS),
	  .needs = { W_WHAT_ZH, W_GUIDE_ZH }, .never = { W_QUOTE } },
	{ .rule = HOWTO("teach", SHOWS_HOW),
	  .needs = { W_TEACH_ZH, W_WAYS_ZH }, .never = { W_POLICE_ZH } },
	{ .rule = HOWTO("ask", SHOWS_HOW),
	  .needs = { W_ASK_ZH, W_GUIDE_ZH }, IN_ORDER, .never = { W_QUOTE, W_POLICE_ZH } },
	{ .rule = HOWTO("what-ja", EXPLAINS),
	  .needs = { W_WHAT_JA, W_PLAINLY_JA }, IN_ORDER, .never = { W_EVENT_JA, W_QUOTE } },
	{ .rule = HOWTO("way-ja", SHOWS_HOW),
	  .needs = { W_WAY_JA, W_PLAINLY_JA }, IN_ORDER, .never = { W_EVENT_JA } },
	{ .rule = HOWTO("what-en", EXPLAINS),
	  .needs = { W_WHAT_EN, W_EXPLAIN_EN }, IN_ORDER },
	{ .rule = HOWTO("device-en", SHOWS_HOW),
	  .needs = { W_HOW_EN, W_DEVICE_EN }, IN_ORDER },
	{ .rule = HOWTO("de", EXPLAINS),
	  .needs = { W_EXPLAIN_DE } },

	{ .rule = BAIT("stars-zh", "horoscope", "tells fortunes"),
	  .needs = { W_SIGN_ZH, W_LUCK_ZH } },
	{ .rule = BAIT("stars", "horoscope", "tells fortunes"),
	  .needs = { W_STARS } },
	{ .rule = BAIT("lottery-zh", "drawn numbers", "gives or guesses drawn numbers"),
	  .needs = { W_LOTTERY_ZH, W_DRAW_ZH } },
	{ .rule = BAIT("lottery", "drawn numbers", "gives or guesses drawn numbers"),
	  .needs = { W_DRAWN } },
	{ .rule = BAIT("traffic", "traffic notice", "says who may drive or where speed is taken"),
	  .needs = { W_TRAFFIC }, .never = { W_POLICE_ZH } },
	{ .rule = BAIT("promise-en", "clickbait", "promises a feeling and tells nothing"),
	  .needs = { W_BAIT_EN } },
};
const size_t notice_npatterns = sizeof notice_patterns / sizeof *notice_patterns;
