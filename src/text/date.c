/* Three readers share one set of parts: `read_ordered` takes what begins with its year (ISO 8601
 * and its relatives, East Asia), `read_dotted` "1.3.2024", `read_words` what names its month (RFC
 * 822, RFC 850, ctime), in whatever order the words stand. */
#include "lede/text/date.h"

#include <stdio.h>
#include <string.h>

#include "lede/text/date_names.h"

enum { UNSET = -1 };

struct parts {
	int year, month, day, hour, minute, second;
	int offset; /* minutes east of Greenwich */
};

/* The date with comments, line ends and runs of blanks taken out, and a place in it. */
struct scan {
	char text[160];
	size_t n, at;
	int era; /* the year before the first one of its calendar */
};

static char peek(const struct scan *s)
{
	return s->at < s->n ? s->text[s->at] : '\0';
}

static bool take(struct scan *s, char c)
{
	if (peek(s) != c)
		return false;
	s->at++;
	return true;
}

static void skip_blanks(struct scan *s)
{
	while (peek(s) == ' ')
		s->at++;
}

static bool is_letter(char c)
{
	return (ascii_is_alnum(c) && !ascii_is_digit(c)) || (unsigned char)c >= 0x80;
}

static size_t digits_here(const struct scan *s)
{
	size_t n = 0;

	while (s->at + n < s->n && ascii_is_digit(s->text[s->at + n]))
		n++;
	return n;
}

/* Takes 1 to `most` digits; a longer run is left for what follows. */
static bool take_number(struct scan *s, size_t most, int *out)
{
	int value = 0;
	size_t n = digits_here(s);

	if (n == 0)
		return false;
	for (size_t i = 0; i < n && i < most; i++)
		value = value * 10 + (s->text[s->at++] - '0');
	*out = value;
	return true;
}

/* RFC 822, 3.4.3: comments nest and know a backslash; （木） is one too. Returns the index of the last
 * byte. */
static size_t skip_comment(struct str in, size_t at)
{
	int depth = 0;

	for (; at < in.n; at++) {
		struct date_sign sign = date_sign_of(str_sub(in, at, in.n));
		char c = sign.n > 0 && sign.meant.n == 1 ? sign.meant.p[0] : in.p[at];

		at += c == '\\' ? 1 : sign.n > 0 ? sign.n - 1 : 0;
		if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
			return at;
	}
	return in.n;
}

static bool scan_add(struct scan *s, char c)
{
	if (c == ' ' && (s->n == 0 || s->text[s->n - 1] == ' '))
		return true;
	if (s->n == sizeof s->text)
		return false;
	s->text[s->n++] = c;
	return true;
}

static bool scan_add_all(struct scan *s, struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!scan_add(s, text.p[i]))
			return false;
	return true;
}

/* False when more is left than any date has. */
static bool scan_start(struct scan *s, struct str in)
{
	s->n = s->at = 0;
	s->era = 0;
	for (size_t i = 0; i < in.n; i++) {
		struct date_sign sign = date_sign_of(str_sub(in, i, in.n));
		char c = in.p[i];

		if (c == '(' || str_is(sign.meant, "(")) {
			i = skip_comment(in, i);
			c = ' ';
		} else if (sign.n > 0) {
			i += sign.n - 1;
			s->era = sign.era > 0 ? sign.era : s->era;
			if (!scan_add_all(s, sign.meant))
				return false;
			continue;
		} else if ((unsigned char)c <= ' ' || c == 0x7F) {
			c = ' ';
		}
		if (!scan_add(s, c))
			return false;
	}
	while (s->n > 0 && s->text[s->n - 1] == ' ')
		s->n--;
	return true;
}

/* Letters from here on, a full stop after them included in what is passed. */
static struct str take_word(struct scan *s)
{
	size_t from = s->at;

	while (is_letter(peek(s)))
		s->at++;
	return (struct str){ s->text + from, s->at - from };
}

/* After the sign: "08", "8", "0800", "08:00", "08:0". */
static bool take_offset(struct scan *s, int sign, int *offset)
{
	size_t run = digits_here(s);
	int hours, minutes = 0;

	if (run == 0 || run > 4 || run == 3)
		return false;
	take_number(s, 2, &hours);
	if (run > 2)
		take_number(s, 2, &minutes);
	else if (take(s, ':'))
		take_number(s, 2, &minutes);
	*offset = sign * (hours * 60 + minutes);
	return hours < 24 && minutes < 60;
}

static bool is_half_day(struct str word, bool *afternoon)
{
	*afternoon = str_eq_nocase(word, STR("pm"));
	return *afternoon || str_eq_nocase(word, STR("am"));
}

static void apply_half_day(struct parts *p, bool afternoon)
{
	if (p->hour < 1 || p->hour > 12)
		return;
	p->hour = p->hour % 12 + (afternoon ? 12 : 0);
}

/* What follows a time: AM or PM, a zone by name, by number, or both ("GMT+0800"). */
static bool take_zone(struct scan *s, struct parts *p)
{
	struct str word;
	bool afternoon;

	skip_blanks(s);
	while (is_letter(peek(s))) {
		word = take_word(s);
		if (is_half_day(word, &afternoon))
			apply_half_day(p, afternoon);
		else
			p->offset = date_offset_of(word);
		skip_blanks(s);
	}
	if (peek(s) != '+' && peek(s) != '-')
		return true;
	return take_offset(s, s->text[s->at++] == '-' ? -1 : 1, &p->offset);
}

static void skip_fraction(struct scan *s)
{
	if (take(s, '.') || take(s, ','))
		s->at += digits_here(s);
}

/* "8:30", "08:30:00.25", "083000", "0830", "08". */
static bool take_time(struct scan *s, struct parts *p)
{
	bool packed = digits_here(s) > 2;

	if (!take_number(s, 2, &p->hour))
		return false;
	p->minute = p->second = 0;
	if (!packed && !take(s, ':'))
		return true;
	if (!take_number(s, 2, &p->minute))
		return !packed;
	if (packed ? digits_here(s) > 0 : take(s, ':'))
		take_number(s, 2, &p->second);
	skip_fraction(s);
	return true;
}

/* Day `day` of the year (from 1; out of range is fine) as month and day. */
static void set_day_of_year(struct parts *p, int day)
{
	struct civil c = { .year = p->year, .month = 1, .day = day };

	c = date_civil(date_from_civil(&c));
	p->year = c.year;
	p->month = c.month;
	p->day = c.day;
}

/* ISO 8601, week dates: week 1 holds 4 January, day 1 is Monday. */
static void set_week_date(struct parts *p, int week, int weekday)
{
	struct civil fourth = { .year = p->year, .month = 1, .day = 4 };
	int monday = 4 - (date_civil(date_from_civil(&fourth)).weekday + 6) % 7;

	set_day_of_year(p, monday + (week - 1) * 7 + weekday - 1);
}

static bool take_day_of_year(struct scan *s, struct parts *p)
{
	int day, year = p->year;

	take_number(s, 3, &day);
	set_day_of_year(p, day);
	return p->year == year;
}

static bool take_week(struct scan *s, struct parts *p)
{
	int week, weekday = 1;

	if (!take_number(s, 2, &week) || week < 1 || week > 53)
		return false;
	if (take(s, '-') && !take_number(s, 1, &weekday))
		return false;
	set_week_date(p, week, weekday);
	return weekday >= 1 && weekday <= 7;
}

static bool is_date_sign(char c)
{
	return c == '-' || c == '/' || c == '.' || c == '~';
}

/* The sign between two numbers of a date, and a blank behind it ("2024. 3. 1."). */
static bool take_date_sign(struct scan *s)
{
	if (!is_date_sign(peek(s)))
		return false;
	s->at++;
	skip_blanks(s);
	return true;
}

/* After the year: nothing, "-03", "-03-01", "0301", "-061" (day of the year), "-W09-5". */
static bool take_month_and_day(struct scan *s, struct parts *p)
{
	size_t run;
	bool sign = take_date_sign(s);

	if (!sign && !ascii_is_digit(peek(s)))
		return true;
	if (take(s, 'W') || take(s, 'w'))
		return take_week(s, p);
	run = digits_here(s);
	if (run == 3)
		return take_day_of_year(s, p);
	if ((sign ? run != 1 && run != 2 && run != 4 : run != 4) || !take_number(s, 2, &p->month))
		return false;
	if (run != 4 && !take_date_sign(s))
		return true;
	if (digits_here(s) > 0 && !take_number(s, 2, &p->day))
		return false;
	take(s, '.');
	return true;
}

/* The year, of another calendar in as many digits as it takes. */
static bool take_year(struct scan *s, struct parts *p)
{
	size_t run = digits_here(s);

	if (s->era > 0 ? run > 3 : run != 4 && run != 8)
		return false;
	if (!take_number(s, 4, &p->year))
		return false;
	p->year += s->era;
	return true;
}

/* What may stand between a date and its time: a T, the weekday, AM or PM as East Asia has it. Says
 * whether it was one of those, and which. */
static bool take_words_between(struct scan *s, bool *afternoon)
{
	bool half_day = false, pm;

	skip_blanks(s);
	if (take(s, 'T') || take(s, 't'))
		skip_blanks(s);
	while (is_letter(peek(s))) {
		struct str word = take_word(s);

		if (is_half_day(word, &pm)) {
			half_day = true;
			*afternoon = pm;
		}
		skip_blanks(s);
	}
	return half_day;
}

static bool read_ordered(struct scan *s, struct parts *p)
{
	bool half_day, afternoon;

	if (!take_year(s, p) || !take_month_and_day(s, p))
		return false;
	half_day = take_words_between(s, &afternoon);
	if (s->at == s->n)
		return true;
	if (!take_time(s, p))
		return false;
	if (half_day)
		apply_half_day(p, afternoon);
	return take_zone(s, p);
}

/* "1.3.2024 08:30": with full stops the day comes first everywhere. */
static bool read_dotted(struct scan *s, struct parts *p)
{
	if (digits_here(s) > 2 || !take_number(s, 2, &p->day) || !take(s, '.') ||
	    digits_here(s) > 2 || !take_number(s, 2, &p->month) || !take(s, '.') ||
	    digits_here(s) != 4 || !take_number(s, 4, &p->year))
		return false;
	take(s, ',');
	skip_blanks(s);
	return s->at == s->n || (take_time(s, p) && take_zone(s, p));
}

static int full_year(int year, size_t digits)
{
	if (digits > 2)
		return year;
	return year + (year <= 68 ? 2000 : 1900);
}

/* A number that stands alone: day, then year, then "1948" as a time; four digits are a year first.
 */
static bool place_number(struct scan *s, struct parts *p)
{
	size_t run = digits_here(s);
	int value;

	if (run == 3 || run > 4)
		return false;
	if (run == 4 && p->year != UNSET)
		return p->hour == UNSET && take_time(s, p);
	take_number(s, 4, &value);
	if (run <= 2 && take(s, '~'))
		p->month = value;
	else if (run <= 2 && p->day == UNSET)
		p->day = value;
	else if (p->year == UNSET)
		p->year = full_year(value, run);
	else
		return false;
	return true;
}

static bool place_digits(struct scan *s, struct parts *p)
{
	size_t run = digits_here(s);

	if (run <= 2 && s->at + run < s->n && s->text[s->at + run] == ':')
		return take_time(s, p) && take_zone(s, p);
	return place_number(s, p);
}

/* The last month wins: a first "mar" may be a Tuesday (French, Spanish, Italian). */
static void place_word(struct scan *s, struct parts *p)
{
	struct str word = take_word(s);

	if (p->hour == UNSET || p->month == UNSET)
		date_month_of(word, &p->month);
	else
		p->offset = date_offset_of(word);
}

static bool read_words(struct scan *s, struct parts *p)
{
	while (s->at < s->n) {
		if (ascii_is_digit(peek(s))) {
			if (!place_digits(s, p))
				return false;
		} else if (is_letter(peek(s))) {
			place_word(s, p);
		} else {
			s->at++;
		}
	}
	return p->year != UNSET && p->month != UNSET && p->day != UNSET;
}

static int days_in(int year, int month)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

static bool time_is_possible(const struct parts *p)
{
	if (p->hour == 24)
		return p->minute == 0 && p->second == 0;
	return p->hour < 24 && p->minute < 60 && p->second <= 60;
}

static bool day_is_possible(const struct parts *p)
{
	return p->month >= 1 && p->month <= 12 && p->day >= 1 &&
	       p->day <= days_in(p->year, p->month);
}

/* What is missing at the end is the first of it: a month or a year alone, a day without a time. */
static bool finish(struct parts *p, int64_t *out)
{
	struct civil c;

	if (p->month == UNSET)
		p->month = 1;
	if (p->day == UNSET)
		p->day = 1;
	if (p->hour == UNSET)
		p->hour = p->minute = p->second = 0;
	if (!day_is_possible(p) || !time_is_possible(p))
		return false;
	c = (struct civil){
		p->year, p->month, p->day, p->hour, p->minute - p->offset, p->second, 0
	};
	*out = date_from_civil(&c);
	return true;
}

static const struct parts nothing = { UNSET, UNSET, UNSET, UNSET, UNSET, UNSET, 0 };

bool date_parse(struct str s, int64_t *out)
{
	struct scan scan;
	struct parts p = nothing;

	if (!scan_start(&scan, s))
		return false;
	if (read_ordered(&scan, &p) && finish(&p, out))
		return true;
	scan.at = 0;
	p = nothing;
	if (read_dotted(&scan, &p) && finish(&p, out))
		return true;
	scan.at = 0;
	p = nothing;
	return read_words(&scan, &p) && finish(&p, out);
}

bool date_parse_http(struct str s, int64_t *out)
{
	struct scan scan;
	struct parts p = nothing;

	return scan_start(&scan, s) && read_words(&scan, &p) && p.hour != UNSET && finish(&p, out);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Days from 1 March of year 0 to the first of a month, counted so that a leap day ends a year. */
static int64_t days_before_month(int64_t year, int month)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int since_march = (month + 9) % 12;

	return 365 * y + floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400) +
	       (153 * since_march + 2) / 5;
}

#define DAYS_TO_1970 719468 /* from 1 March of year 0 */
#define DAYS_OF_400_YEARS 146097

int64_t date_from_civil(const struct civil *c)
{
	int64_t months = (int64_t)c->year * 12 + c->month - 1;
	int64_t year = floor_div(months, 12);
	int64_t days =
	    days_before_month(year, (int)(months - year * 12) + 1) - DAYS_TO_1970 + c->day - 1;

	return days * 86400 + (int64_t)c->hour * 3600 + (int64_t)c->minute * 60 + c->second;
}

static void set_civil_day(struct civil *c, int64_t days)
{
	int64_t era = floor_div(days + DAYS_TO_1970, DAYS_OF_400_YEARS);
	int in_era = (int)(days + DAYS_TO_1970 - era * DAYS_OF_400_YEARS);
	int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int in_year = in_era - (365 * year + year / 4 - year / 100);
	int since_march = (5 * in_year + 2) / 153;

	c->day = in_year - (153 * since_march + 2) / 5 + 1;
	c->month = (since_march + 2) % 12 + 1;
	c->year = (int)(era * 400 + year + (c->month <= 2));
	c->weekday = (int)((days % 7 + 11) % 7); /* 1 January 1970 was a Thursday */
}

/* Years beyond what an int holds have no use; the ends stand for them. */
static int64_t clamp(int64_t t, int64_t lo, int64_t hi)
{
	return t < lo ? lo : t > hi ? hi : t;
}

struct civil date_civil(int64_t t)
{
	struct civil c;
	int64_t bounded = clamp(t, -60000000000000000, 60000000000000000);
	int64_t days = floor_div(bounded, 86400);
	int rest = (int)(bounded - days * 86400);

	set_civil_day(&c, days);
	c.hour = rest / 3600;
	c.minute = rest / 60 % 60;
	c.second = rest % 60;
	return c;
}

void date_rfc3339(int64_t t, char out[21])
{
	/* 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z */
	struct civil c = date_civil(clamp(t, -62167219200, 253402300799));
	char text[64];

	snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day,
		 c.hour, c.minute, c.second);
	memcpy(out, text, 20);
	out[20] = '\0';
}
