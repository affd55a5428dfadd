#include "lede/text/date_names.h"

#include <string.h>

struct named_number {
	const char *name;
	int number;
};

static bool look_up(const struct named_number *table, size_t n, struct str word, bool prefix,
		    int *out)
{
	for (size_t i = 0; i < n; i++) {
		struct str name, head;

		if (ascii_lower(table[i].name[0]) != ascii_lower(word.p[0]))
			continue;
		name = str_of(table[i].name);
		head = prefix ? str_sub(word, 0, name.n) : word;
		if (!str_eq_nocase(head, name))
			continue;
		*out = table[i].number;
		return true;
	}
	return false;
}

/* English first; then what feeds in other languages write into an RFC 822 date: Portuguese,
 * Spanish, Italian, French, German, Dutch, Polish, the Scandinavian ones, Turkish, Russian and
 * Ukrainian, Greek. Names that mean another month elsewhere are left out. */
bool date_month_of(struct str word, int *month)
{
	static const struct named_number months[] = {
		{ "jan", 1 },  { "ene", 1 },  { "gen", 1 },  { "feb", 2 },  { "fev", 2 },
		{ "fév", 2 },  { "mar", 3 },  { "mär", 3 },  { "mrz", 3 },  { "maa", 3 },
		{ "mrt", 3 },  { "apr", 4 },  { "abr", 4 },  { "avr", 4 },  { "may", 5 },
		{ "mai", 5 },  { "mag", 5 },  { "mei", 5 },  { "maj", 5 },  { "jun", 6 },
		{ "giu", 6 },  { "juin", 6 }, { "jul", 7 },  { "lug", 7 },  { "juil", 7 },
		{ "aug", 8 },  { "ago", 8 },  { "aoû", 8 },  { "aou", 8 },  { "sep", 9 },
		{ "set", 9 },  { "oct", 10 }, { "okt", 10 }, { "out", 10 }, { "ott", 10 },
		{ "nov", 11 }, { "dec", 12 }, { "dez", 12 }, { "dic", 12 }, { "déc", 12 },

		{ "sty", 1 },  { "lut", 2 },  { "kwi", 4 },  { "cze", 6 },  { "lip", 7 },
		{ "sie", 8 },  { "wrz", 9 },  { "paź", 10 }, { "lis", 11 }, { "gru", 12 },

		{ "oca", 1 },  { "şub", 2 },  { "nis", 4 },  { "haz", 6 },  { "tem", 7 },
		{ "ağu", 8 },  { "eyl", 9 },  { "eki", 10 }, { "kas", 11 }, { "ara", 12 },

		{ "янв", 1 },  { "фев", 2 },  { "мар", 3 },  { "апр", 4 },  { "май", 5 },
		{ "мая", 5 },  { "июн", 6 },  { "июл", 7 },  { "авг", 8 },  { "сен", 9 },
		{ "окт", 10 }, { "ноя", 11 }, { "дек", 12 }, { "Янв", 1 },  { "Фев", 2 },
		{ "Мар", 3 },  { "Апр", 4 },  { "Май", 5 },  { "Мая", 5 },  { "Июн", 6 },
		{ "Июл", 7 },  { "Авг", 8 },  { "Сен", 9 },  { "Окт", 10 }, { "Ноя", 11 },
		{ "Дек", 12 }, { "січ", 1 },  { "лют", 2 },  { "бер", 3 },  { "кві", 4 },
		{ "тра", 5 },  { "чер", 6 },  { "лип", 7 },  { "сер", 8 },  { "вер", 9 },
		{ "жов", 10 }, { "лис", 11 }, { "гру", 12 },

		{ "Ιαν", 1 },  { "Φεβ", 2 },  { "Μαρ", 3 },  { "Μάρ", 3 },  { "Απρ", 4 },
		{ "Μαΐ", 5 },  { "Μαϊ", 5 },  { "Μάι", 5 },  { "Μαι", 5 },  { "Ιουν", 6 },
		{ "Ιούν", 6 }, { "Ιουλ", 7 }, { "Ιούλ", 7 }, { "Αυγ", 8 },  { "Αύγ", 8 },
		{ "Σεπ", 9 },  { "Οκτ", 10 }, { "Νοε", 11 }, { "Νοέ", 11 }, { "Δεκ", 12 },
	};

	return look_up(months, sizeof months / sizeof *months, word, true, month);
}

int date_offset_of(struct str word)
{
	static const struct named_number zones[] = {
		{ "EST", -300 },  { "EDT", -240 },  { "CST", -360 }, { "CDT", -300 },
		{ "MST", -420 },  { "MDT", -360 },  { "PST", -480 }, { "PDT", -420 },
		{ "AKST", -540 }, { "AKDT", -480 }, { "HST", -600 }, { "WEST", 60 },
		{ "CET", 60 },    { "MEZ", 60 },    { "CEST", 120 }, { "MESZ", 120 },
		{ "EET", 120 },   { "EEST", 180 },  { "MSK", 180 },  { "HKT", 480 },
		{ "SGT", 480 },   { "AWST", 480 },  { "JST", 540 },  { "KST", 540 },
		{ "AEST", 600 },  { "AEDT", 660 },  { "NZST", 720 }, { "NZDT", 780 },
	};
	int minutes = 0;

	look_up(zones, sizeof zones / sizeof *zones, word, false, &minutes);
	return minutes;
}

/* A number before "~" is a month. The longer ones stand first. */
static const struct sign { const char *sign, *meant; int era; } signs[] = {
	{ "年", "-", 0 },      { "년", "-", 0 },      { "十二月", "12~", 0 }, { "十一月", "11~", 0 },
	{ "十月", "10~", 0 },  { "一月", "1~", 0 },   { "二月", "2~", 0 },    { "三月", "3~", 0 },
	{ "四月", "4~", 0 },   { "五月", "5~", 0 },   { "六月", "6~", 0 },    { "七月", "7~", 0 },
	{ "八月", "8~", 0 },   { "九月", "9~", 0 },   { "月", "~", 0 },       { "월", "~", 0 },
	{ "日", " ", 0 },      { "号", " ", 0 },      { "號", " ", 0 },       { "일", " ", 0 },
	{ "時", ":", 0 },      { "时", ":", 0 },      { "點", ":", 0 },       { "点", ":", 0 },
	{ "시", ":", 0 },      { "分", ":", 0 },      { "분", ":", 0 },       { "秒", " ", 0 },
	{ "초", " ", 0 },      { "上午", " AM ", 0 }, { "午前", " AM ", 0 },  { "오전", " AM ", 0 },
	{ "下午", " PM ", 0 }, { "午後", " PM ", 0 }, { "오후", " PM ", 0 },  { "　", " ", 0 },
	{ "民國", "", 1911 },  { "民国", "", 1911 },  { "令和", "", 2018 },   { "平成", "", 1988 },
};

/* U+FF01 to U+FF1F are ASCII in the width of a Han character: digits, signs, parentheses. */
static struct date_sign full_width(struct str s)
{
	static const char ascii[] = "!\"#$%&'()*+,-./0123456789:;<=>?";
	unsigned at;

	if (s.n < 3 || !str_starts(s, "\357\274"))
		return (struct date_sign){ 0 };
	at = (unsigned char)s.p[2] - 0x81U;
	if (at >= sizeof ascii - 1)
		return (struct date_sign){ 0 };
	return (struct date_sign){ { ascii + at, 1 }, 3, 0 };
}

struct date_sign date_sign_of(struct str s)
{
	if ((unsigned char)s.p[0] < 0xE3)
		return (struct date_sign){ 0 };
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(s, signs[i].sign))
			return (struct date_sign){ str_of(signs[i].meant), strlen(signs[i].sign),
				                   signs[i].era };
	return full_width(s);
}
