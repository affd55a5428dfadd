#include "numbers.h"

#include <stdio.h>
#include <string.h>

#include "lede/base/hash.h"
#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "rules.h"

static bool digit_at(struct str s, size_t at)
{
	return at < s.n && ascii_is_digit(s.p[at]);
}

static bool any_of(struct str s, size_t at, const char *chars)
{
	return at < s.n && strchr(chars, s.p[at]) && s.p[at];
}

static bool says(struct str s, size_t at, const char *what)
{
	size_t n = strlen(what);

	return at <= s.n && s.n - at >= n && memcmp(s.p + at, what, n) == 0;
}

static size_t digits_end(struct str s, size_t at)
{
	while (digit_at(s, at))
		at++;
	return at;
}

/* Digits with points and commas between them: 1,000 and 2.5. */
static size_t number_end(struct str s, size_t at)
{
	for (at = digits_end(s, at); any_of(s, at, ".,") && digit_at(s, at + 1);)
		at = digits_end(s, at + 1);
	return at;
}

/* 12:30, 12:30:15, 11/1, 2022-11-1: two or more short numbers joined by one sign. `at` when it is
 * none. */
static size_t joined_end(struct str s, size_t at, char sign)
{
	size_t end = digits_end(s, at), parts = 1;
	bool is_year = end - at == 4;

	while (end < s.n && s.p[end] == sign && digit_at(s, end + 1) &&
	       digits_end(s, end + 1) - end <= 3) {
		end = digits_end(s, end + 1);
		parts++;
	}
	if (sign == '-' && !(is_year && parts == 3))    /* 3-1 is a score */
		return at;
	return parts > 1 ? end : at;
}

static unsigned value_of(struct str s, size_t at, size_t end)
{
	unsigned value = 0;

	for (; at < end; at++)
		value = value * 10 + (unsigned)(s.p[at] - '0');
	return value;
}

/* 2022年, 11月, 1日, 3时, 15分 in a row, as many as there are. A year has four digits, for 3年 is a span
 * of time, or a month behind it; 号 and 分 only count behind a month or an hour, for 5号 may be a line
 * and 3分 points. *day: month * 32 + day, or 0. */
static size_t units_end(struct str s, size_t at, unsigned *day)
{
	unsigned month = 0;
	bool after_hour = false;

	for (*day = 0;;) {
		size_t end = digits_end(s, at);
		bool is_short = end > at && end - at <= 2;

		if (says(s, end, "年") && (end - at == 4 || (is_short && digit_at(s, end + 3))))
			month = 0;
		else if (is_short && says(s, end, "月"))
			month = value_of(s, at, end);
		else if (is_short && (says(s, end, "日") || (month && says(s, end, "号"))))
			*day = month ? month * 32 + value_of(s, at, end) : 0;
		else if (is_short && (says(s, end, "时") || says(s, end, "点")))
			after_hour = true;
		else if (!is_short || !after_hour || !says(s, end, "分"))
			return at;
		at = end + 3;
	}
}

/* The end of 4〜6月 or 10-12日 at `at`; `at` when none is there. */
static size_t span_end(struct str s, size_t at)
{
	size_t end = digits_end(s, at), next = end, last;

	if (any_of(s, end, "~-"))
		next = end + 1;
	else if (says(s, end, "〜"))
		next = end + 3;
	last = digits_end(s, next);
	if (next == end || end == at || end - at > 2 || last == next || last - next > 2)
		return at;
	return says(s, last, "月") || says(s, last, "日") ? last + 3 : at;
}

/* The end of the date or time that starts at `at`; `at` when none does. */
static size_t date_end(struct str s, size_t at, unsigned *day)
{
	size_t end = joined_end(s, at, ':');

	if (end == at)
		end = span_end(s, at);
	if (end == at)
		end = joined_end(s, at, '/');
	if (end == at)
		end = joined_end(s, at, '-');
	*day = 0;
	return end == at ? units_end(s, at, day) : end;
}

/* 1,000 and 1000 are the same number. */
static uint32_t number_hash(struct str number)
{
	char plain[32];
	size_t n = 0;

	for (size_t i = 0; i < number.n && n < sizeof plain; i++)
		if (number.p[i] != ',')
			plain[n++] = number.p[i];
	return hash32((struct str){ plain, n }) & ~(uint32_t)NUMBER_KIND;
}

static size_t add_distinct(uint32_t hash, uint32_t into[NUMBERS_MAX], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (into[i] == hash)
			return n;
	if (n < NUMBERS_MAX)
		into[n++] = hash;
	return n;
}

/* Past the letters and digits of a word that has digits in it, as h5n1: its digits are no number.
 */
static size_t word_end(struct str s, size_t at)
{
	size_t n;

	for (; at < s.n; at += n)
		if (ascii_is_alnum(s.p[at]))
			n = 1;
		else if (unicode_fold_class(utf8_at(s, at, &n)) != FOLD_WORD)
			break;
	return at;
}

/* The Latin word that ends at `at`, before a blank and a number sign. */
static struct str word_before(struct str s, size_t at)
{
	size_t end = at, start;

	if (end > 0 && s.p[end - 1] == '#')
		end--;
	if (end > 0 && s.p[end - 1] == ' ')
		end--;
	for (start = end; start > 0 && ascii_is_alnum(s.p[start - 1]); start--)
		;
	return str_sub(s, start, end);
}

static bool has_digit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (ascii_is_digit(s.p[i]))
			return true;
	return false;
}

/* What the number at `at` counts, by the word before it; 0: nothing. 第 counts whatever follows. */
static uint32_t counted_by(struct str s, size_t at)
{
	struct str word = word_before(s, at);

	if (at >= 3 && says(s, at - 3, "第"))
		return hash32(STR("第"));
	if (word.n < 3 || has_digit(word) ||
	    !(rules_is_serial_word(word) ||
	      !(rules_is_stop_word(word) || rules_is_common_word(word))))
		return 0;
	return hash32(word);
}

static uint32_t serial_of(uint32_t word, uint32_t number)
{
	return (word & 0xFFFF0000) | (number >> 16 & ~(uint32_t)NUMBER_KIND) | NUMBER_SERIAL;
}

/* The end of "3-1" or "3比1" at `at`, else `at`; *score is the same for both sides. */
static size_t score_end(struct str s, size_t at, uint32_t *score)
{
	size_t end = digits_end(s, at), next = end;

	if (any_of(s, end, "-"))
		next = end + 1;
	else if (says(s, end, "比"))
		next = end + 3;
	size_t last = digits_end(s, next);

	if (next == end || end - at > 3 || last == next || last - next > 3 ||
	    any_of(s, last, "-./,") || (at > 0 && any_of(s, at - 1, "-./,")))
		return at;
	uint32_t a = value_of(s, at, end), b = value_of(s, next, last);

	*score = (a < b ? a << 16 | b : b << 16 | a) << 2 | NUMBER_SCORE;
	return last;
}

/* 第三, 第十二: the value of the Han numerals at `at`, up to 99; 0: there are none. */
static unsigned han_number(struct str s, size_t at, size_t *end)
{
	static const char *const digits[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九" };
	unsigned value = 0, unit = 0;

	for (*end = at;; *end += 3) {
		unsigned digit = 0;

		while (digit < 9 && !says(s, *end, digits[digit]))
			digit++;
		if (digit < 9)
			unit = digit + 1;
		else if (says(s, *end, "十"))
			value = (unit ? unit : 1) * 10, unit = 0;
		else
			return value + unit;
	}
}

/* The ordinal in Han numerals behind 第, which ends at *end. */
static size_t add_ordinal(struct str s, size_t *end, uint32_t into[NUMBERS_MAX], size_t n)
{
	size_t last;
	unsigned value = han_number(s, *end, &last);
	char plain[16];

	if (value == 0)
		return n;
	snprintf(plain, sizeof plain, "%u", value);
	*end = last;
	return add_distinct(serial_of(hash32(STR("第")), number_hash(str_of(plain))), into, n);
}

/* 二周, 三连胜: Han numerals before what is counted that way; 一个 and the like count nothing. */
static size_t add_counted(struct str s, size_t *end, uint32_t into[NUMBERS_MAX], size_t n)
{
	static const char *const counted[] = { "周", "週", "连胜", "连败", "回", "倍", "岁", "歳" };
	size_t last;
	unsigned value = han_number(s, *end, &last);
	char plain[16];

	if (value == 0)
		return n;
	*end = last;
	for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
		if (says(s, last, counted[i])) {
			snprintf(plain, sizeof plain, "%u", value);
			return add_distinct(number_hash(str_of(plain)), into, n);
		}
	return n;
}

size_t numbers_of(struct str folded, uint32_t into[NUMBERS_MAX], size_t n)
{
	for (size_t at = 0, end, step; at < folded.n; at = end) {
		if (!ascii_is_digit(folded.p[at])) {
			utf8_at(folded, at, &step);
			end = at;
			n = add_counted(folded, &end, into, n);
			if (end > at)
				continue;
			end = word_end(folded, at);
			end = end > at ? end : at + step;
			if (says(folded, at, "第"))
				n = add_ordinal(folded, &end, into, n);
			continue;
		}
		unsigned day;

		end = date_end(folded, at, &day);
		if (day > 0)
			n = add_distinct(day << 2 | NUMBER_DAY, into, n);
		if (end > at)
			continue;
		uint32_t score, number, word = counted_by(folded, at);

		if (score_end(folded, at, &score) > at)
			n = add_distinct(score, into, n);
		end = number_end(folded, at);
		number = number_hash(str_sub(folded, at, end));
		n = add_distinct(number, into, n);
		if (word)
			n = add_distinct(serial_of(word, number), into, n);
		end = word_end(folded, end);
	}
	return n;
}
