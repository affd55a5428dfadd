#include "query_day.h"

#include <time.h>

/* A day that there is not, such as 2026-02-30, is none. */
static bool midnight(int year, int month, int day, int64_t *out)
{
	struct tm tm = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day,
		         .tm_isdst = -1 };
	time_t t = mktime(&tm);

	/* where clocks are put forward at midnight the day begins an hour later */
	*out = (int64_t)t;
	return tm.tm_year == year - 1900 && tm.tm_mon == month - 1 && tm.tm_mday == day;
}

static bool parse_date(struct str s, int64_t *out)
{
	int64_t part[3] = { 0, 1, 1 };
	struct str rest = s, field;
	size_t n = 0;

	while (str_next(&rest, '-', &field)) {
		if (n == 3 || field.n == 0 || field.n > (n == 0 ? 4 : 2) ||
		    !str_to_int(field, n == 0 ? 1970 : 1, n == 0 ? 9999 : 31, &part[n]))
			return false;
		n++;
	}
	return n > 0 && midnight((int)part[0], (int)part[1], (int)part[2], out);
}

static bool begins_days_ago(int days, int64_t now, int64_t *out)
{
	time_t t = (time_t)now;
	struct tm tm;

	if (!localtime_r(&t, &tm))
		return false;
	tm.tm_mday -= days;
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	tm.tm_isdst = -1;
	*out = (int64_t)mktime(&tm);
	return true;
}

static bool parse_age(struct str s, int64_t now, int64_t *out)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = { { 'h', 3600 }, { 'd', 86400 }, { 'w', 7 * 86400 }, { 'm', 30 * 86400 },
		      { 'y', 365 * 86400 } };
	int64_t n;

	if (s.n < 2 || !str_to_int(str_sub(s, 0, s.n - 1), 0, 9999, &n))
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (ascii_lower(s.p[s.n - 1]) == units[i].unit) {
			*out = now - n * units[i].seconds;
			return true;
		}
	return false;
}

bool query_day(struct str s, int64_t now, int64_t *out)
{
	if (str_eq_nocase(s, STR("today")))
		return begins_days_ago(0, now, out);
	if (str_eq_nocase(s, STR("yesterday")))
		return begins_days_ago(1, now, out);
	return parse_age(s, now, out) || parse_date(s, out);
}
