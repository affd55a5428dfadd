/* words - lede's own sentences: ages, dates, reasons; one place, so that translations find them
 * (SCREENS.md section 7).
 *
 * Everything is appended in display form. The local time zone is the environment's (TZ), read by
 * localtime_r.
 * Must not know: the screen, the store's rows beyond numbers and names.
 */
#ifndef LEDE_APP_WORDS_H
#define LEDE_APP_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/app/glyphs.h"
#include "lede/base/str.h"
#include "lede/rank/score.h"

/* "now", "5m", "2h", "3d" up to "99d", then the year; "soon" for the future. At most 5 cells. */
void words_age(struct buf *out, int64_t t, int64_t now);
/* "Mon 14 Apr 06:13" this year, "9 Mar 2024" before. */
void words_long_date(struct buf *out, int64_t t, int64_t now);
/* The lead of lists by time: "07:34" today, "Sun" within 6 days, "14 Mar" this year, "2024" before.
 * At most 6 cells. */
void words_lead_date(struct buf *out, int64_t t, int64_t now);
void words_clock(struct buf *out, int64_t t);                          /* "08:14" */
/* "TODAY", "YESTERDAY", "SUNDAY 13 APRIL": heading of a local day; words_same_day compares local
 * days. */
void words_day(struct buf *out, int64_t t, int64_t now);
void words_month(struct buf *out, int64_t t);                          /* "March 2024" */
bool words_same_day(int64_t a, int64_t b);
/* "20 s", "3 min": in steps of 10 s under a minute, minutes rounded up. */
void words_reading_time(struct buf *out, int seconds);
void words_count(struct buf *out, int64_t n); /* thousands separator from 10,000 */

/* A term of a why in words. `feed_name` of term.feed, may be empty. Long: "2 h old", "5 sources",
 * "you read Paper Daily", "like what you keep: data, rules"; short: "2 h", "5 sources", "Paper
 * Daily", "data". */
void words_term(struct buf *out, const struct term *t, struct str feed_name, bool shorter);
/* The long form without the words it names ("like what you keep"): the explain panel's first
 * column, its detail names them. */
void words_term_label(struct buf *out, const struct term *t, struct str feed_name);
/* What the explain panel puts in its second column: "72 h count down to 0", "size of the story",
 * ... */
void words_term_detail(struct buf *out, const struct term *t, struct str feed_name);
/* "2 h old +20, 5 sources +16, you read Paper Daily +9": at most `max` terms. */
void words_why(struct buf *out, const struct terms *t, int max, bool shorter,
               struct str (*feed_name)(void *self, int64_t feed), void *self);

/* What decides why a story does not stand in an edition. */
struct why_not {
	int64_t story, came;              /* its id; when its newest entry came */
	bool unread;                      /* an entry of it is */
	int64_t made, upto;               /* the edition: when, and the highest id it knew */
	bool full;                        /* it has as many stories as an edition may have */
	bool filler;                      /* what is unread of it is held back */
};
/* The first reason that holds: "it came after the edition was made", "it is held back as filler",
 * "it came Fri 11 Apr 07:00, over three days before the edition", "it is read", "999 stories of the
 * edition rank higher", "it was read when the edition was made". */
void words_why_not(struct buf *out, const struct why_not *w);

#endif
