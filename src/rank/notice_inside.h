/* notice_inside - what the matcher and the tables of notices share (lede/rank/notice.h). */
#ifndef SRC_RANK_NOTICE_INSIDE_H
#define SRC_RANK_NOTICE_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/rank/notice.h"

/* Classes of words; what each holds stands in notice_words.c. W_NONE ends a rule's list. */
enum word_class {
	W_NONE,
	/* all languages */
	W_QUESTION, W_QUOTE, W_CLAUSE, W_PAID_MARK, W_STARS, W_DRAWN, W_TRAFFIC,
	/* Chinese */
	W_DATE_ZH, W_DAY_ZH, W_SPAN_ZH, W_SKY_ZH, W_HEAT_ZH, W_EVENT_ZH, W_ISSUER_ZH, W_ALERT_ZH,
	W_COVER_ZH, W_LOAN_ZH, W_SHOP_ZH, W_CLINIC_ZH, W_PRICE_ZH, W_MONEY_NEWS_ZH,
	W_SCARCE_ZH, W_ENROL_ZH, W_TEACH_ZH, W_WAYS_ZH, W_WHAT_ZH, W_ASK_ZH, W_GUIDE_ZH,
	W_POLICE_ZH, W_SIGN_ZH, W_LUCK_ZH, W_LOTTERY_ZH, W_DRAW_ZH,
	/* Japanese */
	W_WEATHER_JA, W_EVENT_JA, W_OFFER_JA, W_GOODS_JA, W_FINANCE_JA, W_COMPARE_JA, W_PICKS_JA,
	W_WHAT_JA, W_PLAINLY_JA, W_WAY_JA,
	/* English */
	W_WEATHER_EN, W_DAY_EN, W_SKY_LATIN, W_HEAT_EN, W_ADVISORY_EN, W_FORCE_EN,
	W_EVENT_EN, W_COVER_EN, W_WORTH_EN, W_BEST_EN,
	W_RATES_EN, W_CODE_EN, W_OFF_EN, W_WHAT_EN, W_EXPLAIN_EN, W_HOW_EN, W_DEVICE_EN,
	W_BAIT_EN,
	/* German */
	W_WEATHER_DE, W_EVENT_DE, W_COVER_DE, W_COMPARE_DE, W_EXPLAIN_DE,
	WORD_CLASSES
};
/* The words of each class, parted by '|'. Compared in the folded form (fold_form.h), so case, full
 * or half width, accents, Traditional or Simplified make no difference. In a word
 *   #  is a number, in digits or in Han;
 *   ^  at its start: only where a title or a part of one begins (after " - ", " | ", a colon not);
 *   $  at its end: only where a title or a part of one ends, closing punctuation left out;
 *   *  at its end: any Latin ending.
 * Latin words match whole words only. */
extern const char *const notice_words[WORD_CLASSES];

#define NOTICE_CLASSES 4
struct notice_pattern {
	struct notice_rule rule;
	enum word_class needs[NOTICE_CLASSES];    /* all of them */
	bool in_order;                            /* each begins after the end of the one before */
	enum word_class never[NOTICE_CLASSES];    /* none of these */
};

extern const struct notice_pattern notice_patterns[];
extern const size_t notice_npatterns;

#endif
