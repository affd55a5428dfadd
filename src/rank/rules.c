#include "rules.h"

#include <string.h>

enum { STOP_WORD_MAX = 5 };       /* bytes of the longest */

/* Words that say nothing about what happened, sorted. Left out of vectors and out of "the same
 * headline". */
static const char *const stop_words[] = {
	"a",    "about", "after", "all",  "an",    "and",  "are",  "as",   "at",   "be",
	"been", "but",   "by",    "can",  "could", "for",  "from", "had",  "has",  "have",
	"he",   "her",   "his",   "how",  "i",     "if",   "in",   "into", "is",   "it",
	"its",  "may",   "more",  "my",   "new",   "no",   "not",  "now",  "of",   "on",
	"or",   "our",   "out",   "over", "say",   "says", "she",  "so",   "than", "that",
	"the",  "their", "they",  "this", "to",    "up",   "was",  "we",   "were", "what",
	"when", "who",   "why",   "will", "with",  "you",  "your",
};

/* Sorted. Those that are surnames or everyday words first of all (Yamaguchi, Oita) are left out. */
static const char *const places[] = {
	"上海", "东京", "云南", "京都", "佐贺", "兵库", "内蒙", "冈山", "冲縄", "北京", "北海",
	"千叶", "台湾", "吉林", "和歌", "四川", "埼玉", "大坂", "天津", "奈良", "宁夏", "安徽",
	"宫城", "富山", "山东", "山形", "山梨", "山西", "岐阜", "岛根", "岩手", "广东", "广西",
	"広岛", "徳岛", "新潟", "新疆", "栃木", "江苏", "江西", "河北", "河南", "浙江", "海南",
	"湖北", "湖南", "滋贺", "澳门", "熊本", "爱媛", "爱知", "甘肃", "石川", "神奈", "福井",
	"福冈", "福岛", "福建", "秋田", "群马", "茨城", "西藏", "贵州", "辽宁", "重庆", "长崎",
	"长野", "陕西", "青森", "青海", "静冈", "香港", "高知", "鸟取", "鹿児", "黑龙",
};

/* The index of `word` in a sorted table, or -1. */
static int sorted_find(const char *const table[], size_t n, struct str word)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = (low + high) / 2;
		int order = str_cmp(word, str_of(table[mid]));

		if (order == 0)
			return (int)mid;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return -1;
}

bool rules_is_stop_word(struct str folded)
{
	return folded.n <= STOP_WORD_MAX &&
	       sorted_find(stop_words, sizeof stop_words / sizeof *stop_words, folded) >= 0;
}

int rules_place(struct str bigram)
{
	return sorted_find(places, sizeof places / sizeof *places, bigram);
}

static bool ends_with(struct str s, const char *end)
{
	size_t n = strlen(end);

	return s.n >= n && memcmp(s.p + s.n - n, end, n) == 0;
}

size_t rules_stem(struct str folded, bool *ies)
{
	size_t n = folded.n;

	*ies = false;
	if (ends_with(folded, "'s"))
		n -= 2;
	folded.n = n;
	if (n > 4 && ends_with(folded, "ies")) {
		*ies = true;
		return n - 2;
	}
	if (n > 4 && ends_with(folded, "s") && !ends_with(folded, "ss"))
		return n - 1;
	return n;
}
