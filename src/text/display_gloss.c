#include "lede/text/display.h"

#include <string.h>

#include "lede/text/unicode.h"
#include "lede/text/utf8.h"

/* Letters of the longest gloss: longer parentheses are no reading of a word. */
enum { GLOSS_MAX = 32 };

/* The syllables of Mandarin as Hanyu Pinyin spells them (ISO 7098), without tones; v stands for u
 * with diaeresis. Blanks on both sides of each, so that a syllable with blanks around it can be
 * searched for. */
static const char *const syllables[26] = {
	['a' - 'a'] = " a ai an ang ao ",
	['b' - 'a'] = " ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ",
	['c' - 'a'] = " ca cai can cang cao ce cen ceng cha chai chan chang chao che "
		"chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci "
		"cong cou cu cuan cui cun cuo ",
	['d' - 'a'] = " da dai dan dang dao de dei den deng di dia dian diao die ding "
		"diu dong dou du duan dui dun duo ",
	['e' - 'a'] = " e ei en eng er ",
	['f' - 'a'] = " fa fan fang fei fen feng fo fou fu ",
	['g' - 'a'] = " ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan "
		"guang gui gun guo ",
	['h' - 'a'] = " ha hai han hang hao he hei hen heng hong hou hu hua huai huan "
		"huang hui hun huo ",
	['j' - 'a'] = " ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ",
	['k' - 'a'] = " ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan "
		"kuang kui kun kuo ",
	['l' - 'a'] = " la lai lan lang lao le lei leng li lia lian liang liao lie lin "
		"ling liu long lou lu luan lun luo lv lve ",
	['m' - 'a'] = " ma mai man mang mao me mei men meng mi mian miao mie min ming "
		"miu mo mou mu ",
	['n' - 'a'] = " na nai nan nang nao ne nei nen neng ni nian niang niao nie nin "
		"ning niu nong nou nu nuan nuo nv nve ",
	['o' - 'a'] = " o ou ",
	['p' - 'a'] = " pa pai pan pang pao pei pen peng pi pian piao pie pin ping po "
		"pou pu ",
	['q' - 'a'] = " qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ",
	['r' - 'a'] = " ran rang rao re ren reng ri rong rou ru ruan rui run ruo ",
	['s' - 'a'] = " sa sai san sang sao se sen seng sha shai shan shang shao she "
		"shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si "
		"song sou su suan sui sun suo ",
	['t' - 'a'] = " ta tai tan tang tao te teng ti tian tiao tie ting tong tou tu "
		"tuan tui tun tuo ",
	['w' - 'a'] = " wa wai wan wang wei wen weng wo wu ",
	['x' - 'a'] = " xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ",
	['y' - 'a'] = " ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun ",
	['z' - 'a'] = " za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe "
		"zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi "
		"zong zou zu zuan zui zun zuo ",
};

/* Vowels with their four tones, as one code point each. */
static const struct { uint32_t cp; char letter; } toned[] = {
	{ 0x101, 'a' }, { 0xE1, 'a' }, { 0x1CE, 'a' }, { 0xE0, 'a' },
	{ 0x113, 'e' }, { 0xE9, 'e' }, { 0x11B, 'e' }, { 0xE8, 'e' },
	{ 0x12B, 'i' }, { 0xED, 'i' }, { 0x1D0, 'i' }, { 0xEC, 'i' },
	{ 0x14D, 'o' }, { 0xF3, 'o' }, { 0x1D2, 'o' }, { 0xF2, 'o' },
	{ 0x16B, 'u' }, { 0xFA, 'u' }, { 0x1D4, 'u' }, { 0xF9, 'u' },
	{ 0x1D6, 'v' }, { 0x1D8, 'v' }, { 0x1DA, 'v' }, { 0x1DC, 'v' },
};

/* What is between the parentheses: plain letters, and which of them bore a tone mark. */
struct reading {
	char letter[GLOSS_MAX + 1];
	bool tone[GLOSS_MAX + 1];
	int n;
	bool any_tone, any_capital;
};

static bool is_tone_mark(uint32_t cp)
{
	return cp == 0x300 || cp == 0x301 || cp == 0x304 || cp == 0x30C;
}

static bool put_tone(struct reading *r)
{
	if (r->n == 0)
		return false;
	r->tone[r->n - 1] = r->any_tone = true;
	return true;
}

static bool put_letter(struct reading *r, char c)
{
	if (r->n == GLOSS_MAX)
		return false;
	r->tone[r->n] = false;
	r->letter[r->n++] = c;
	return true;
}

/* False when `cp` is no letter of pinyin. */
static bool reading_take(struct reading *r, uint32_t cp)
{
	if (is_tone_mark(cp))
		return put_tone(r);
	for (size_t i = 0; i < sizeof toned / sizeof *toned; i++)
		if (toned[i].cp == cp)
			return put_letter(r, toned[i].letter) && put_tone(r);
	if (cp == 0xFC)                                 /* u with diaeresis */
		return put_letter(r, 'v');
	if (cp == 0x308 && r->n > 0 && r->letter[r->n - 1] == 'u') {
		r->letter[r->n - 1] = 'v';
		return true;
	}
	if (cp == 0x261)                                /* the g of phonetic type */
		return put_letter(r, 'g');
	if (cp >= 'A' && cp <= 'Z')
		r->any_capital = true;
	cp |= 0x20;
	return cp >= 'a' && cp <= 'z' && put_letter(r, (char)cp);
}

static bool is_syllable(const char *letters, int n)
{
	char wanted[9] = " ";
	const char *known = syllables[letters[0] - 'a'];

	if (n > 6 || !known)
		return false;
	memcpy(wanted + 1, letters, (size_t)n);
	memcpy(wanted + 1 + n, " ", 2);
	return strstr(known, wanted) != NULL;
}

static int tones_in(const struct reading *r, int from, int to)
{
	int n = 0;

	for (; from < to; from++)
		n += r->tone[from];
	return n;
}

/* Can the letters be cut into syllables that bear one tone mark each? ok[i]: the first i can. */
static bool is_toned_word(const struct reading *r)
{
	bool ok[GLOSS_MAX + 1] = { true };

	for (int to = 1; to <= r->n; to++)
		for (int from = to > 6 ? to - 6 : 0; from < to && !ok[to]; from++)
			ok[to] = ok[from] && tones_in(r, from, to) == 1
				 && is_syllable(r->letter + from, to - from);
	return ok[r->n];
}

/* Names like (René) have syllables too, but not a tone on each; acronyms, (AI), have capitals. */
static bool is_pinyin(const struct reading *r)
{
	if (r->n == 0)
		return false;
	return r->any_tone ? is_toned_word(r) : !r->any_capital && is_syllable(r->letter, r->n);
}

/* Where the gloss that opens at `at` ends (after its closing parenthesis); `at` when it is none. */
static size_t gloss_end(struct str s, size_t at)
{
	struct reading r = { .n = 0 };
	size_t n, next;
	uint32_t open = utf8_at(s, at, &n);
	uint32_t close = open == '(' ? ')' : 0xFF09;

	if (open != '(' && open != 0xFF08)
		return at;
	for (next = at + n; next < s.n; next += n) {
		uint32_t cp = utf8_at(s, next, &n);

		if (cp == close)
			return is_pinyin(&r) ? next + n : at;
		if (cp != ' ' && cp != '\'' && cp != 0x2019 && !reading_take(&r, cp))
			return at;
	}
	return at;
}

bool display_find_gloss(struct str s, size_t from, size_t *start, size_t *end)
{
	size_t n;

	for (size_t at = from; at < s.n; at += n) {
		n = 1;
		if ((unsigned char)s.p[at] < 0x80)
			continue;
		if (!unicode_is_han(utf8_at(s, at, &n)) || at + n == s.n)
			continue;
		*start = at + n;
		*end = gloss_end(s, *start);
		if (*end > *start)
			return true;
	}
	return false;
}

enum err display_without_glosses(struct str in, struct buf *out)
{
	size_t kept = 0, start, end;
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && display_find_gloss(in, kept, &start, &end)) {
		rc = buf_add(out, str_sub(in, kept, start));
		kept = end;
	}
	return rc == ERR_NONE ? buf_add(out, str_sub(in, kept, in.n)) : rc;
}
