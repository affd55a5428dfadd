#include "lede/app/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

#include "lede/text/date.h"

/* The clock of SCREENS.md: Monday 14 April 2025, 08:14 local time. */
enum { HOUR = 3600, DAY = 86400 };
static const int64_t now = 1744618440;

static void in_zone(const char *tz)
{
	setenv("TZ", tz, 1);
	tzset();
}

static int in_utc(void **state)
{
	(void)state;
	in_zone("UTC0");
	return 0;
}

static struct buf b;

static const char *text(void)
{
	static char kept[256];
	size_t n = b.n < sizeof kept ? b.n : sizeof kept - 1;

	for (size_t i = 0; i < n; i++)
		kept[i] = b.p[i];
	kept[n] = '\0';
	buf_free(&b);
	return kept;
}

static const char *age(int64_t seconds)
{
	b = buf_limited(256);
	words_age(&b, now - seconds, now);
	return text();
}

static const char *long_date(int64_t t, int64_t at)
{
	b = buf_limited(256);
	words_long_date(&b, t, at);
	return text();
}

static const char *lead(int64_t t, int64_t at)
{
	b = buf_limited(256);
	words_lead_date(&b, t, at);
	return text();
}

static const char *day(int64_t t, int64_t at)
{
	b = buf_limited(256);
	words_day(&b, t, at);
	return text();
}

static const char *reading(int seconds)
{
	b = buf_limited(256);
	words_reading_time(&b, seconds);
	return text();
}

static const char *count(int64_t n)
{
	b = buf_limited(256);
	words_count(&b, n);
	return text();
}

static int64_t utc(const char *s)
{
	int64_t t;

	assert_true(date_parse(str_of(s), &t));
	return t;
}

static void ages_are_at_least_one_of_their_unit(void **state)
{
	(void)state;
	assert_string_equal(age(0), "now");
	assert_string_equal(age(59), "now");
	assert_string_equal(age(60), "1m");
	assert_string_equal(age(5 * 60 + 59), "5m");
	assert_string_equal(age(HOUR - 1), "59m");
	assert_string_equal(age(HOUR), "1h");
	assert_string_equal(age(DAY - 1), "23h");
	assert_string_equal(age(DAY), "1d");
	assert_string_equal(age(100 * DAY - 1), "99d");
}

static void an_age_of_a_hundred_days_is_its_year(void **state)
{
	(void)state;
	assert_string_equal(age(100 * DAY), "2025");
	assert_string_equal(age(365 * DAY), "2024");
	assert_string_equal(age(-1), "soon");
}

static void long_dates_name_the_day_and_the_hour_this_year(void **state)
{
	(void)state;
	assert_string_equal(long_date(utc("2025-04-14T06:13:00Z"), now), "Mon 14 Apr 06:13");
	assert_string_equal(long_date(utc("2025-01-01T00:00:00Z"), now), "Wed 1 Jan 00:00");
	assert_string_equal(long_date(utc("2024-03-09T06:13:00Z"), now), "9 Mar 2024");
	assert_string_equal(long_date(utc("1969-12-31T23:59:59Z"), now), "31 Dec 1969");
}

static void leads_go_from_the_hour_to_the_year(void **state)
{
	(void)state;
	assert_string_equal(lead(utc("2025-04-14T07:34:00Z"), now), "07:34");
	assert_string_equal(lead(utc("2025-04-14T00:00:00Z"), now), "00:00");
	assert_string_equal(lead(utc("2025-04-13T23:59:59Z"), now), "Sun");
	assert_string_equal(lead(utc("2025-04-08T01:00:00Z"), now), "Tue");
	assert_string_equal(lead(utc("2025-04-07T23:00:00Z"), now), "7 Apr");
	assert_string_equal(lead(utc("2025-03-14T12:00:00Z"), now), "14 Mar");
	assert_string_equal(lead(utc("2024-12-31T12:00:00Z"), now), "2024");
	assert_string_equal(lead(utc("2025-04-15T12:00:00Z"), now), "15 Apr");
}

static void the_week_goes_over_the_new_year(void **state)
{
	int64_t second_of_january = utc("2025-01-02T12:00:00Z");

	(void)state;
	assert_string_equal(lead(utc("2024-12-30T12:00:00Z"), second_of_january), "Mon");
	assert_string_equal(day(utc("2024-12-30T12:00:00Z"), second_of_january),
			    "MONDAY 30 DECEMBER 2024");
	assert_string_equal(day(utc("2025-01-01T00:00:00Z"), second_of_january), "YESTERDAY");
}

static void days_have_headings(void **state)
{
	(void)state;
	assert_string_equal(day(utc("2025-04-14T00:00:01Z"), now), "TODAY");
	assert_string_equal(day(utc("2025-04-13T00:00:01Z"), now), "YESTERDAY");
	assert_string_equal(day(utc("2025-04-12T23:59:59Z"), now), "SATURDAY 12 APRIL");
	assert_string_equal(day(utc("2025-04-15T00:00:00Z"), now), "TUESDAY 15 APRIL");
}

static void days_are_local_ones(void **state)
{
	int64_t evening = utc("2025-04-13T22:30:00Z");

	(void)state;
	assert_false(words_same_day(evening, now));
	in_zone("CEST-2");
	assert_true(words_same_day(evening, now));
	assert_string_equal(lead(evening, now), "00:30");
	in_zone("PDT7");
	assert_false(words_same_day(evening, now));
	assert_string_equal(long_date(evening, now), "Sun 13 Apr 15:30");
	in_zone("UTC0");
}

static void a_day_with_a_clock_change_is_one_day(void **state)
{
	(void)state;
	in_zone("CET-1CEST,M3.5.0,M10.5.0/3");
	assert_true(words_same_day(utc("2025-10-25T22:00:00Z"), utc("2025-10-26T22:59:59Z")));
	assert_false(words_same_day(utc("2025-10-25T21:59:59Z"), utc("2025-10-26T22:59:59Z")));
	in_zone("UTC0");
}

static void a_clock_shows_two_digits_each(void **state)
{
	(void)state;
	b = buf_limited(16);
	words_clock(&b, now);
	assert_string_equal(text(), "08:14");
}

static void dates_beyond_reason_are_survived(void **state)
{
	(void)state;
	b = buf_limited(256);
	words_long_date(&b, INT64_MAX / 2, now);
	words_lead_date(&b, -(INT64_C(1) << 60), now);
	words_age(&b, -(INT64_C(1) << 60), now);
	assert_true(b.n > 0);
	buf_free(&b);
}

static void reading_times_go_in_steps(void **state)
{
	(void)state;
	assert_string_equal(reading(0), "10 s");
	assert_string_equal(reading(10), "10 s");
	assert_string_equal(reading(11), "20 s");
	assert_string_equal(reading(50), "50 s");
	assert_string_equal(reading(51), "1 min");
	assert_string_equal(reading(60), "1 min");
	assert_string_equal(reading(61), "2 min");
	assert_string_equal(reading(180), "3 min");
}

static void thousands_are_parted_from_ten_thousand(void **state)
{
	(void)state;
	assert_string_equal(count(0), "0");
	assert_string_equal(count(9999), "9999");
	assert_string_equal(count(10000), "10,000");
	assert_string_equal(count(123456), "123,456");
	assert_string_equal(count(1234567890), "1,234,567,890");
	assert_string_equal(count(-1234), "-1234");
	assert_string_equal(count(-123456), "-123,456");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ages_are_at_least_one_of_their_unit),
		cmocka_unit_test(an_age_of_a_hundred_days_is_its_year),
		cmocka_unit_test(long_dates_name_the_day_and_the_hour_this_year),
		cmocka_unit_test(leads_go_from_the_hour_to_the_year),
		cmocka_unit_test(the_week_goes_over_the_new_year),
		cmocka_unit_test(days_have_headings),
		cmocka_unit_test(days_are_local_ones),
		cmocka_unit_test(a_day_with_a_clock_change_is_one_day),
		cmocka_unit_test(a_clock_shows_two_digits_each),
		cmocka_unit_test(dates_beyond_reason_are_survived),
		cmocka_unit_test(reading_times_go_in_steps),
		cmocka_unit_test(thousands_are_parted_from_ten_thousand),
	};
	return cmocka_run_group_tests(tests, in_utc, NULL);
}
