#include "lede/text/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

/* The instant as RFC 3339, "none" when it is no date. */
static const char *read_as(const char *text)
{
	static char out[21];
	int64_t t;

	if (!date_parse(str_of(text), &t))
		return "none";
	date_rfc3339(t, out);
	return out;
}

static const char *read_http_as(const char *text)
{
	static char out[21];
	int64_t t;

	if (!date_parse_http(str_of(text), &t))
		return "none";
	date_rfc3339(t, out);
	return out;
}

struct example {
	const char *text, *instant;
};

static void check(const struct example *examples, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_string_equal(read_as(examples[i].text), examples[i].instant);
}

#define CHECK(table) check(table, sizeof table / sizeof *table)

static void rfc822_in_all_its_forms(void **state)
{
	static const struct example table[] = {
		{ "Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z" },
		{ "Thursday, 01 January 2004 19:48:21 GMT", "2004-01-01T19:48:21Z" },
		{ "01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z" },
		{ "1 Jan 2004 19:48 GMT", "2004-01-01T19:48:00Z" },
		{ "Thu,5 Apr 2012 10:00:00 +0000", "2012-04-05T10:00:00Z" },
		{ "Thu,  5 Apr 2012 10:00:00 GMT", "2012-04-05T10:00:00Z" },
		{ "Thu , \t 09  Feb\t2006  23:59:45\t +0000", "2006-02-09T23:59:45Z" },
		{ "\n Thu,\n 09 Feb 2006\n 23:59:45 +0000\n", "2006-02-09T23:59:45Z" },
		{ "mon, 26 jan 2004 16:31:00 gmt", "2004-01-26T16:31:00Z" },
		{ "tHu, 09 fEb 2006 16:59:45 pDt", "2006-02-09T23:59:45Z" },
		{ "Wed, 15 Jun 2005", "2005-06-15T00:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00", "2005-06-15T19:00:00Z" },
		{ "Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z" },
		{ "15-Jun-2005 19:00:00 GMT", "2005-06-15T19:00:00Z" },
		{ "Dec 16, 2023 02:02:33", "2023-12-16T02:02:33Z" },
		{ "Wed, 01 Jan 1964 00:00:00 GMT", "1964-01-01T00:00:00Z" },
		{ "Tue, 19 Jan 2038 03:14:08 GMT", "2038-01-19T03:14:08Z" },
		{ "Tue, 09 Feb 2106 23:59:45 +0000", "2106-02-09T23:59:45Z" },
		{ "Thu, 01st Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z" },
	};

	(void)state;
	CHECK(table);
}

static void comments_of_rfc822_are_passed_over(void **state)
{
	static const struct example table[] = {
		{ "Thu(oh how I hate thursdays), 9(th) Feb(ruary) 2006 23:59:45 +0000(GMT r0x0rz)",
		  "2006-02-09T23:59:45Z" },
		{ "Thu, 09 (nested (comment) Mar)Feb(escaped comment\\) 2005) 2006()23:59:45 +0000",
		  "2006-02-09T23:59:45Z" },
		{ "09 Feb 2006 23:59:45 (never closed", "2006-02-09T23:59:45Z" },
	};

	(void)state;
	CHECK(table);
}

static void zones_by_name_and_by_number(void **state)
{
	static const struct example table[] = {
		{ "Wed, 15 Jun 2005 19:00:00 EST", "2005-06-16T00:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 EDT", "2005-06-15T23:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 CST", "2005-06-16T01:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 CDT", "2005-06-16T00:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 MST", "2005-06-16T02:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 MDT", "2005-06-16T01:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 PST", "2005-06-16T03:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 PDT", "2005-06-16T02:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 UT", "2005-06-15T19:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 UTC", "2005-06-15T19:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 z", "2005-06-15T19:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 CEST", "2005-06-15T17:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 JST", "2005-06-15T10:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 Q", "2005-06-15T19:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 XYZT", "2005-06-15T19:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 GMT+0800", "2005-06-15T11:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 -0330", "2005-06-15T22:30:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 +08:00", "2005-06-15T11:00:00Z" },
		{ "Wed, 15 Jun 2005 19:00:00 +8", "2005-06-15T11:00:00Z" },
		{ "Wed, 29 Feb 2012 23:59:59 -0100", "2012-03-01T00:59:59Z" },
	};

	(void)state;
	CHECK(table);
}

static void two_digit_years_turn_at_69(void **state)
{
	static const struct example table[] = {
		{ "Sun, 31 Dec 95 23:59:59 GMT", "1995-12-31T23:59:59Z" },
		{ "Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z" },
		{ "01 Jan 68 00:00:00 GMT", "2068-01-01T00:00:00Z" },
		{ "01 Jan 69 00:00:00 GMT", "1969-01-01T00:00:00Z" },
		{ "01 Jan 00 00:00:00 GMT", "2000-01-01T00:00:00Z" },
	};

	(void)state;
	CHECK(table);
}

static void months_of_other_languages(void **state)
{
	static const struct example table[] = {
		{ "Seg, 24 Set 2018 19:42:40 -0300", "2018-09-24T22:42:40Z" },
		{ "mer, 16 nov 2022 00:38:15 +0100", "2022-11-15T23:38:15Z" },
		{ "mar, 15 nov 2022 00:38:15 +0100", "2022-11-14T23:38:15Z" },
		{ "Mi, 04 Jan 2017 17:36:24 +0000", "2017-01-04T17:36:24Z" },
		{ "Do, 02 M\303\244rz 2017 17:36:24 +0000", "2017-03-02T17:36:24Z" },
		{ "ven., 18 ao\303\273t 2017 08:00:00 +0200", "2017-08-18T06:00:00Z" },
		{ "jeu. 06 juil. 2017 08:00:00 +0200", "2017-07-06T06:00:00Z" },
		{ "Fr, 1. M\303\244rz 2024", "2024-03-01T00:00:00Z" },
		{ "ons, 01 maj 2024 08:00:00 +0200", "2024-05-01T06:00:00Z" },
		{ "wt, 05 lis 2024 10:00:00 +0100", "2024-11-05T09:00:00Z" },
		{ "Cum, 06 Ara 2024 08:30 +0300", "2024-12-06T05:30:00Z" },
		{ "пт, 01 мар 2024 08:30:00 +0300", "2024-03-01T05:30:00Z" },
		{ "1 Мая 2024, 08:30", "2024-05-01T08:30:00Z" },
		{ "Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z" },
		{ "五, 01 3月 2024 08:30:00 +0800", "2024-03-01T00:30:00Z" },
		{ "周五, 01 三月 2024 08:30:00 +0800", "2024-03-01T00:30:00Z" },
		{ "01 十二月 2024 08:30", "2024-12-01T08:30:00Z" },
		{ "01 十月 2024 08:30", "2024-10-01T08:30:00Z" },
	};

	(void)state;
	CHECK(table);
}

static void ctime_with_and_without_a_zone(void **state)
{
	static const struct example table[] = {
		{ "Sun Jan 04 16:29:06 PST 2004", "2004-01-05T00:29:06Z" },
		{ "Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z" },
		{ "Sun Jan 4 16:29:06 2004\n", "2004-01-04T16:29:06Z" },
	};

	(void)state;
	CHECK(table);
}

static void iso8601_and_its_relatives(void **state)
{
	static const struct example table[] = {
		{ "2003", "2003-01-01T00:00:00Z" },
		{ "2003-12", "2003-12-01T00:00:00Z" },
		{ "2003-12-31", "2003-12-31T00:00:00Z" },
		{ "20031231", "2003-12-31T00:00:00Z" },
		{ "2003-12-31T10:14Z", "2003-12-31T10:14:00Z" },
		{ "2003-12-31T10Z", "2003-12-31T10:00:00Z" },
		{ "2003-12-31T10:14:55-08:00", "2003-12-31T18:14:55Z" },
		{ "2003-12-31T10:14:55.25+05:45", "2003-12-31T04:29:55Z" },
		{ "2003-12-31T23:59:59+14:00", "2003-12-31T09:59:59Z" },
		{ "20031231T101455Z", "2003-12-31T10:14:55Z" },
		{ "2002-12-31T192030+01:00", "2002-12-31T18:20:30Z" },
		{ "2024-03-01 08:30", "2024-03-01T08:30:00Z" },
		{ "2024-03-01 08:30:00 +0800", "2024-03-01T00:30:00Z" },
		{ "2024-03-01T08:30:00.123456+08:00", "2024-03-01T00:30:00Z" },
		{ "2024-03-01t08:30:00z", "2024-03-01T08:30:00Z" },
		{ "2024-03-01 08:30:00 UTC", "2024-03-01T08:30:00Z" },
		{ "2024-03-01 08:30:00 EST", "2024-03-01T13:30:00Z" },
		{ "2024/03/01 08:30:00", "2024-03-01T08:30:00Z" },
		{ "2020/1/10 14:33:00", "2020-01-10T14:33:00Z" },
		{ "2024.03.01", "2024-03-01T00:00:00Z" },
		{ "2003-07-01 T 01:55:07-05:00", "2003-07-01T06:55:07Z" },
		{ "2006-01-17T12:35:9+01:00", "2006-01-17T11:35:09Z" },
		{ "2017-06-13T03:18:00+00:0", "2017-06-13T03:18:00Z" },
		{ "  2024-03-01T08:30:00Z \r\n", "2024-03-01T08:30:00Z" },
		{ "2004-061", "2004-03-01T00:00:00Z" },
		{ "2003-061", "2003-03-02T00:00:00Z" },
		{ "2004-W53-6", "2005-01-01T00:00:00Z" },
		{ "2009-W01-1", "2008-12-29T00:00:00Z" },
		{ "2024-W09", "2024-02-26T00:00:00Z" },
		{ "2024-03-01T", "2024-03-01T00:00:00Z" },
	};

	(void)state;
	CHECK(table);
}

static void dates_of_east_asia_written_out(void **state)
{
	static const struct example table[] = {
		{ "2024年3月1日", "2024-03-01T00:00:00Z" },
		{ "2024年03月01日 08:30", "2024-03-01T08:30:00Z" },
		{ "2024年3月", "2024-03-01T00:00:00Z" },
		{ "2024年3月1日（金）08時30分", "2024-03-01T08:30:00Z" },
		{ "2024年3月1日 星期五 20时5分7秒", "2024-03-01T20:05:07Z" },
		{ "2024年3月1日8時", "2024-03-01T08:00:00Z" },
		{ "2024年3月1日 上午8:30", "2024-03-01T08:30:00Z" },
		{ "2024年3月1日 下午8:30 +0800", "2024-03-01T12:30:00Z" },
		{ "2024年3月1日 午前12:30", "2024-03-01T00:30:00Z" },
		{ "2004년 5월 25일 오후 11:23:17", "2004-05-25T23:23:17Z" },
		{ "2024. 3. 1. 08:30", "2024-03-01T08:30:00Z" },
		{ "２０２４年３月１日 ８：３０", "2024-03-01T08:30:00Z" },
		{ "2024-03-01T08:30:00＋08:00", "2024-03-01T00:30:00Z" },
		{ "民國113年3月1日", "2024-03-01T00:00:00Z" },
		{ "平成31年4月30日", "2019-04-30T00:00:00Z" },
		{ "令和6年3月1日", "2024-03-01T00:00:00Z" },
	};

	(void)state;
	CHECK(table);
}

static void with_full_stops_the_day_comes_first(void **state)
{
	static const struct example examples[] = {
		{ "01.03.2024", "2024-03-01T00:00:00Z" },
		{ "1.3.2024 08:30", "2024-03-01T08:30:00Z" },
		{ "31.12.2024, 23:59 Uhr", "2024-12-31T23:59:00Z" },
		{ "01.03.2024 08:30:00 +0100", "2024-03-01T07:30:00Z" },
	};

	(void)state;
	check(examples, sizeof examples / sizeof *examples);
}

static void ends_of_the_day(void **state)
{
	static const struct example table[] = {
		{ "2024-02-28T24:00:00Z", "2024-02-29T00:00:00Z" },
		{ "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z" },
		{ "2024-03-01 12:30 AM", "2024-03-01T00:30:00Z" },
		{ "Sat, Dec 16 2023 02:02:33 PM", "2023-12-16T14:02:33Z" },
		{ "Sat, Dec 16 2023 12:02:33 pm EST", "2023-12-16T17:02:33Z" },
	};

	(void)state;
	CHECK(table);
}

static void a_wrong_weekday_is_ignored(void **state)
{
	(void)state;
	assert_string_equal(read_as("Fri, 26 Jan 2004 16:31:00 GMT"), "2004-01-26T16:31:00Z");
}

static void what_is_no_date_is_none(void **state)
{
	static const char *const texts[] = {
		"",
		" ",
		"N/A",
		"not a date",
		"0000-00-00 00:00:00",
		"2024-02-30",
		"2023-02-29",
		"2024-13-01",
		"Wed, 31 Feb 2024 10:00:00 GMT",
		"2024-03-01T25:00:00Z",
		"2024-03-01T24:00:01Z",
		"2024-03-01T10:60:00Z",
		"2024-03-01T10:00:61Z",
		"Thu, 01 Jan 19:48:21 +0000",
		"insert updated date here",
		"12",
		"1234567890",
		"99999",
		"03-01T10:00:00",
		"2003-000",
		"2003-366",
		"2024-W54",
		"32 Jan 2004",
		"32.1.2024",
		"1.13.2024",
		"1.3.24",
		"2024年13月1日",
		"令和年3月1日",
		"00 Jan 2004",
		"\xff\xfe",
		"-",
		"Jan 2004",
		"T10:00",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_string_equal(read_as(texts[i]), "none");
}

static void a_text_longer_than_any_date_is_none(void **state)
{
	char text[400];

	(void)state;
	for (size_t i = 0; i < sizeof text - 1; i++)
		text[i] = i % 2 ? 'a' : '1';
	text[sizeof text - 1] = '\0';
	assert_string_equal(read_as(text), "none");
}

static void blanks_do_not_make_a_date_too_long(void **state)
{
	char text[600];

	(void)state;
	for (size_t i = 0; i < 500; i++)
		text[i] = ' ';
	snprintf(text + 500, 100, "2024-03-01");
	assert_string_equal(read_as(text), "2024-03-01T00:00:00Z");
}

static void http_dates_in_their_three_forms(void **state)
{
	(void)state;
	assert_string_equal(read_http_as("Sun, 06 Nov 1994 08:49:37 GMT"), "1994-11-06T08:49:37Z");
	assert_string_equal(read_http_as("Sunday, 06-Nov-94 08:49:37 GMT"), "1994-11-06T08:49:37Z");
	assert_string_equal(read_http_as("Sun Nov  6 08:49:37 1994"), "1994-11-06T08:49:37Z");
	assert_string_equal(read_http_as("0"), "none");
	assert_string_equal(read_http_as("120"), "none");
	assert_string_equal(read_http_as("Sun, 06 Nov 1994"), "none");
}

static void civil_dates_go_there_and_back(void **state)
{
	(void)state;
	for (int64_t t = -70000000000; t < 260000000000; t += 86400 * 31 + 12345) {
		struct civil c = date_civil(t);

		assert_int_equal(date_from_civil(&c), t);
		assert_in_range(c.month, 1, 12);
		assert_in_range(c.day, 1, 31);
		assert_in_range(c.weekday, 0, 6);
	}
}

static void weekdays_are_counted_from_sunday(void **state)
{
	(void)state;
	assert_int_equal(date_civil(0).weekday, 4);
	assert_int_equal(date_civil(-86400).weekday, 3);
	assert_int_equal(date_civil(1744618440).weekday, 1); /* Monday 14 April 2025 */
}

static void fields_out_of_range_carry_over(void **state)
{
	struct civil c = { .year = 2024, .month = 14, .day = 0, .hour = 25 };

	(void)state;
	c = date_civil(date_from_civil(&c));
	assert_int_equal(c.year, 2025);
	assert_int_equal(c.month, 2);
	assert_int_equal(c.day, 1);
	assert_int_equal(c.hour, 1);
	c = (struct civil){ .year = 2024, .month = -1, .day = 1 };
	c = date_civil(date_from_civil(&c));
	assert_int_equal(c.year, 2023);
	assert_int_equal(c.month, 11);
}

static void years_out_of_range_are_clamped(void **state)
{
	char out[21];

	(void)state;
	date_rfc3339(INT64_MAX, out);
	assert_string_equal(out, "9999-12-31T23:59:59Z");
	date_rfc3339(DATE_NONE, out);
	assert_string_equal(out, "0000-01-01T00:00:00Z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rfc822_in_all_its_forms),
		cmocka_unit_test(comments_of_rfc822_are_passed_over),
		cmocka_unit_test(zones_by_name_and_by_number),
		cmocka_unit_test(two_digit_years_turn_at_69),
		cmocka_unit_test(months_of_other_languages),
		cmocka_unit_test(ctime_with_and_without_a_zone),
		cmocka_unit_test(iso8601_and_its_relatives),
		cmocka_unit_test(dates_of_east_asia_written_out),
		cmocka_unit_test(with_full_stops_the_day_comes_first),
		cmocka_unit_test(ends_of_the_day),
		cmocka_unit_test(a_wrong_weekday_is_ignored),
		cmocka_unit_test(what_is_no_date_is_none),
		cmocka_unit_test(a_text_longer_than_any_date_is_none),
		cmocka_unit_test(blanks_do_not_make_a_date_too_long),
		cmocka_unit_test(http_dates_in_their_three_forms),
		cmocka_unit_test(civil_dates_go_there_and_back),
		cmocka_unit_test(weekdays_are_counted_from_sunday),
		cmocka_unit_test(fields_out_of_range_carry_over),
		cmocka_unit_test(years_out_of_range_are_clamped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
