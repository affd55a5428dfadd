#include "lede/app/words.h"

#include <stdio.h>
#include <time.h>

#include "lede/base/language.h"
#include "lede/text/date.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

static const char *const weekday[] = { N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
				       N_("Fri"), N_("Sat") };
static const char *const weekday_capitals[] = {
	N_("SUNDAY"), N_("MONDAY"), N_("TUESDAY"), N_("WEDNESDAY"), N_("THURSDAY"), N_("FRIDAY"),
	N_("SATURDAY")
};
/* Where months have numbers instead of names, the catalogue has the numbers here. */
static const char *const month[] = {
	N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
	N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")
};
static const char *const month_capitals[] = {
	N_("JANUARY"), N_("FEBRUARY"), N_("MARCH"), N_("APRIL"), N_("MAY"), N_("JUNE"), N_("JULY"),
	N_("AUGUST"), N_("SEPTEMBER"), N_("OCTOBER"), N_("NOVEMBER"), N_("DECEMBER")
};

/* ---- days and hours ---- */

/* The local date and time; UTC for an instant that the C library cannot split. */
static struct civil local(int64_t t)
{
	time_t at = (time_t)t;
	struct tm tm;

	if (!localtime_r(&at, &tm))
		return date_civil(t);
	return (struct civil){ .year = tm.tm_year + 1900, .month = tm.tm_mon + 1, .day = tm.tm_mday,
			       .hour = tm.tm_hour, .minute = tm.tm_min, .second = tm.tm_sec,
			       .weekday = tm.tm_wday };
}

/* A number for each local day, one more each day. */
static int64_t day_number(const struct civil *c)
{
	struct civil midnight = { .year = c->year, .month = c->month, .day = c->day };

	return date_from_civil(&midnight) / DAY;
}

void words_age(struct buf *out, int64_t t, int64_t now)
{
	int64_t age = now - t;

	if (age < 0)
		buf_add_cstr(out, _("soon"));
	else if (age < MINUTE)
		buf_add_cstr(out, _("now"));
	else if (age < HOUR)
		buf_addf(out, _("%dm"), (int)(age / MINUTE));
	else if (age < DAY)
		buf_addf(out, _("%dh"), (int)(age / HOUR));
	else if (age < 100 * DAY)
		buf_addf(out, _("%dd"), (int)(age / DAY));
	else
		buf_addf(out, "%d", local(t).year);
}

void words_clock(struct buf *out, int64_t t)
{
	struct civil c = local(t);

	buf_addf(out, "%02d:%02d", c.hour, c.minute);
}

void words_long_date(struct buf *out, int64_t t, int64_t now)
{
	struct civil c = local(t);

	if (c.year == local(now).year)
		buf_addf(out, _("%s %d %s %02d:%02d"), _(weekday[c.weekday]), c.day,
		         _(month[c.month - 1]), c.hour, c.minute);
	else
		buf_addf(out, _("%d %s %d"), c.day, _(month[c.month - 1]), c.year);
}

void words_lead_date(struct buf *out, int64_t t, int64_t now)
{
	struct civil c = local(t), today = local(now);
	int64_t days = day_number(&today) - day_number(&c);

	if (days == 0)
		buf_addf(out, "%02d:%02d", c.hour, c.minute);
	else if (days > 0 && days <= 6)
		buf_addf(out, in_("a weekday alone", "%s"), _(weekday[c.weekday]));
	else if (c.year == today.year)
		buf_addf(out, _("%d %s"), c.day, _(month[c.month - 1]));
	else
		buf_addf(out, "%d", c.year);
}

void words_day(struct buf *out, int64_t t, int64_t now)
{
	struct civil c = local(t), today = local(now);
	int64_t days = day_number(&today) - day_number(&c);

	if (days == 0 || days == 1) {
		buf_add_cstr(out, days == 0 ? _("TODAY") : _("YESTERDAY"));
		return;
	}
	if (c.year == today.year)
		buf_addf(out, _("%s %d %s"), _(weekday_capitals[c.weekday]), c.day,
		         _(month_capitals[c.month - 1]));
	else
		buf_addf(out, _("%s %d %s %d"), _(weekday_capitals[c.weekday]), c.day,
		         _(month_capitals[c.month - 1]), c.year);
}

void words_month(struct buf *out, int64_t t)
{
	static const char *const names[] = {
		N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
		N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")
	};
	struct civil c = local(t);

	buf_addf(out, in_("month and year", "%s %d"), _(names[c.month - 1]), c.year);
}

bool words_same_day(int64_t a, int64_t b)
{
	struct civil x = local(a), y = local(b);

	return day_number(&x) == day_number(&y);
}

/* ---- numbers ---- */

void words_reading_time(struct buf *out, int seconds)
{
	int tens = seconds < 1 ? 1 : (seconds + 9) / 10;

	if (tens < 6)
		buf_addf(out, _("%d s"), tens * 10);
	else
		buf_addf(out, _("%d min"), (seconds + 59) / MINUTE);
}

void words_count(struct buf *out, int64_t n)
{
	char digits[24];
	int length = snprintf(digits, sizeof digits, "%lld", (long long)n), first = n < 0;

	for (int i = 0; i < length; i++) {
		if ((n >= 10000 || n <= -10000) && i > first && (length - i) % 3 == 0)
			buf_add_char(out, ',');
		buf_add_char(out, digits[i]);
	}
}
