#include "lede/text/fold_form.h"

#include "lede/text/unicode_props.h"
#include "lede/text/utf8.h"
#include "unicode_fold.inc"

#define FOLD_MASK ((1u << FOLD_SHIFT) - 1)

/* Hangul syllables are composed by arithmetic (Unicode 15, 3.12). */
enum {
	SYLLABLE = 0xAC00, SYLLABLES = 11172, LEADING = 0x1100, LEADINGS = 19,
	VOWEL = 0x1161, VOWELS = 21, TRAILING = 0x11A7, TRAILINGS = 28
};

static uint16_t fold_value(uint32_t cp)
{
	size_t block = fold_first[cp >> FOLD_SHIFT];

	return fold_second[block << FOLD_SHIFT | (cp & FOLD_MASK)];
}

/* Sequence number `i` of the pool, which is UTF-16. */
static int fold_sequence(unsigned i, uint32_t out[18])
{
	int n = 0;

	for (size_t at = fold_start[i]; at < fold_start[i + 1]; at++) {
		uint32_t unit = fold_pool[at];

		if (unit >= 0xD800 && unit < 0xDC00)
			unit = 0x10000 + ((unit - 0xD800) << 10) + (fold_pool[++at] - 0xDC00u);
		out[n++] = unit;
	}
	return n;
}

int fold_code_point(uint32_t cp, uint32_t out[18])
{
	if (cp >= FOLD_END && (unicode_props(cp)->flags & IS_IGNORABLE))
		return 0;
	uint16_t value = cp < FOLD_END ? fold_value(cp) : 0;

	if (value >= FOLD_SPECIAL && value < FOLD_SPECIAL_END)
		return fold_sequence(value - FOLD_SPECIAL, out);
	out[0] = value ? value : cp;
	return 1;
}

static uint32_t kana_with(uint32_t base, uint32_t mark)
{
	for (size_t i = 0; i < sizeof fold_kana / sizeof *fold_kana; i++)
		if (fold_kana[i].base == base && fold_kana[i].mark == mark)
			return fold_kana[i].both;
	return 0;
}

static bool within(uint32_t cp, uint32_t first, uint32_t n)
{
	return cp - first < n;
}

uint32_t fold_composed(uint32_t a, uint32_t b)
{
	if (b == 0x3099 || b == 0x309A)
		return kana_with(a, b);
	if (within(a, LEADING, LEADINGS) && within(b, VOWEL, VOWELS))
		return SYLLABLE + ((a - LEADING) * VOWELS + (b - VOWEL)) * TRAILINGS;
	if (within(a, SYLLABLE, SYLLABLES) && (a - SYLLABLE) % TRAILINGS == 0
	    && within(b, TRAILING + 1, TRAILINGS - 1))
		return a + (b - TRAILING);
	return 0;
}

/* `*last` is the code point written last; its three bytes are taken back when it composes. */
static enum err put(struct buf *out, uint32_t *last, uint32_t cp)
{
	uint32_t both = *last ? fold_composed(*last, cp) : 0;

	if (both) {
		buf_cut(out, out->n - 3);       /* kana and Hangul are all in U+0800..FFFF */
		cp = both;
	}
	*last = cp;
	return utf8_add(out, cp);
}

static bool is_folded_ascii(char c)
{
	return (unsigned char)c < 0x80 && !(c >= 'A' && c <= 'Z');
}

/* Bytes from `at` on that fold to themselves and are ASCII. */
static size_t folded_run(struct str s, size_t at)
{
	size_t end = at;

	while (end < s.n && is_folded_ascii(s.p[end]))
		end++;
	return end - at;
}

enum err fold_form(struct str in, struct buf *out)
{
	enum err rc = ERR_NONE;
	uint32_t folded[18], last = 0;
	size_t n;

	for (size_t at = 0; at < in.n && rc == ERR_NONE; at += n) {
		n = folded_run(in, at);
		if (n > 0) {
			rc = buf_add(out, str_sub(in, at, at + n));
			last = 0;
			continue;
		}
		int count = fold_code_point(utf8_at(in, at, &n), folded);

		for (int i = 0; i < count && rc == ERR_NONE; i++)
			rc = put(out, &last, folded[i]);
	}
	return rc;
}
