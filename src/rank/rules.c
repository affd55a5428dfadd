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

static const char *const common_bigrams[] = {
#include "common_bigrams.inc"
};

static const char *const serial_words[] = {
	"april", "august", "book", "chapter", "crossword", "day", "december", "diary",
	"draw", "edition", "ep", "episode", "february", "game", "issue", "january",
	"july", "june", "lap", "leg", "lesson", "lotto", "march", "match",
	"matchday", "may", "no", "november", "number", "october", "part", "puzzle",
	"quiz", "race", "round", "season", "september", "series", "session", "stage",
	"test", "tome", "version", "vol", "volume", "week", "wordle",
};

static const char *const common_words[] = {
#include "common_words.inc"
};

/* Sorted: provinces, prefectures and large cities, and what says "in all of them". Those that are
 * surnames or everyday words first of all (Yamaguchi, Oita) are left out. */
static const char *const places[] = {
	"上海", "东京", "乌鲁", "云南", "京都", "仙台", "佐贺", "全国", "全省", "兰州", "兵库",
	"内蒙", "冈山", "冲縄", "北京", "北海", "千叶", "南京", "南宁", "南昌", "厦门", "台中",
	"台北", "台南", "台湾", "各地", "各市", "合肥", "吉林", "名古", "呼和", "和歌", "哈尔",
	"四川", "埼玉", "多地", "大坂", "大连", "天津", "太原", "奈良", "宁夏", "宁波", "安徽",
	"宫城", "富山", "山东", "山形", "山梨", "山西", "岐阜", "岛根", "岩手", "广东", "广州",
	"广西", "広岛", "徳岛", "成都", "拉萨", "新北", "新潟", "新疆", "昆明", "札幌", "杭州",
	"栃木", "桃园", "横滨", "武汉", "江苏", "江西", "沈阳", "河北", "河南", "济南", "浙江",
	"海南", "海口", "深圳", "湖北", "湖南", "滋贺", "澳门", "熊本", "爱媛", "爱知", "甘肃",
	"石家", "石川", "神奈", "神户", "福井", "福冈", "福岛", "福州", "福建", "秋田", "群马",
	"花莲", "苏州", "茨城", "西宁", "西安", "西藏", "贵州", "贵阳", "辽宁", "郑州", "重庆",
	"银川", "长崎", "长春", "长沙", "长野", "陕西", "青岛", "青森", "青海", "静冈", "香港",
	"高知", "高雄", "鸟取", "鹿児", "黑龙",
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

bool rules_is_serial_word(struct str folded)
{
	return sorted_find(serial_words, sizeof serial_words / sizeof *serial_words, folded) >= 0;
}

bool rules_is_common_word(struct str folded)
{
	return folded.n <= 2 ||
	       sorted_find(common_words, sizeof common_words / sizeof *common_words, folded) >= 0;
}

bool rules_is_common_bigram(struct str folded)
{
	return sorted_find(common_bigrams, sizeof common_bigrams / sizeof *common_bigrams,
			   folded) >= 0;
}

/* Sorted, in folded form. */
static const char *const going_up[] = {
	"上升", "上昇", "上涨", "上调", "値上", "升值", "反発", "回升", "増収", "増益", "大涨", "急腾", "收涨", "暴涨",
	"涨停", "続伸", "走高", "飙升", "高开", "高腾", "黒字",
};
static const char *const going_down[] = {
	"下落", "下调", "下跌", "下降", "低开", "値下", "减収", "减益", "反落", "回落", "大跌", "急落", "收跌", "暴跌",
	"続落", "贬值", "赤字", "走低", "跌停", "重挫",
};

unsigned rules_ways(struct str bigram)
{
	if (sorted_find(going_up, sizeof going_up / sizeof *going_up, bigram) >= 0)
		return WAY_UP;
	if (sorted_find(going_down, sizeof going_down / sizeof *going_down, bigram) >= 0)
		return WAY_DOWN;
	return str_is(bigram, "男星") ? WAY_MAN : str_is(bigram, "女星") ? WAY_WOMAN : 0;
}

unsigned rules_opposite(unsigned ways)
{
	return (ways & (WAY_UP | WAY_MAN)) << 1 | (ways & (WAY_DOWN | WAY_WOMAN)) >> 1;
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
