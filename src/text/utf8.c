#include "lede/text/utf8.h"

#include <string.h>

/* What a lead byte promises: length of the sequence and the range of its second byte, which rules
 * out overlong forms, surrogates and what is over U+10FFFF (Unicode 15, table 3-7). n = 0: no
 * lead byte. */
struct lead {
	unsigned char n, low, high, bits;
};

static struct lead lead_of(unsigned char c)
{
	if (c < 0x80)
		return (struct lead){ 1, 0, 0, c };
	if (c >= 0xC2 && c <= 0xDF)
		return (struct lead){ 2, 0x80, 0xBF, c & 31 };
	if (c >= 0xE0 && c <= 0xEF)
		return (struct lead){ 3, c == 0xE0 ? 0xA0 : 0x80, c == 0xED ? 0x9F : 0xBF, c & 15 };
	if (c >= 0xF0 && c <= 0xF4)
		return (struct lead){ 4, c == 0xF0 ? 0x90 : 0x80, c == 0xF4 ? 0x8F : 0xBF, c & 7 };
	return (struct lead){ 0, 0, 0, 0 };
}

/* How many of the bytes at `at` go together (>= 1): the whole sequence or its maximal subpart. */
static size_t run_at(struct str s, size_t at, struct lead lead, uint32_t *cp)
{
	size_t n = 1;

	*cp = lead.bits;
	while (n < lead.n && at + n < s.n) {
		unsigned char c = (unsigned char)s.p[at + n];

		if (c < lead.low || c > lead.high)
			break;
		*cp = *cp << 6 | (c & 0x3F);
		lead.low = 0x80;
		lead.high = 0xBF;
		n++;
	}
	return n;
}

uint32_t utf8_at(struct str s, size_t at, size_t *n)
{
	struct lead lead = lead_of((unsigned char)s.p[at]);
	uint32_t cp;

	*n = run_at(s, at, lead, &cp);
	return *n == lead.n ? cp : UTF8_REPLACEMENT;
}

size_t utf8_put(uint32_t cp, char out[4])
{
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = UTF8_REPLACEMENT;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;

	for (size_t i = n - 1; i > 0; i--, cp >>= 6)
		out[i] = (char)(0x80 | (cp & 0x3F));
	out[0] = (char)((0xF00 >> n & 0xFF) | cp);
	return n;
}

enum err utf8_add(struct buf *b, uint32_t cp)
{
	char bytes[4];
	size_t n = utf8_put(cp, bytes);

	return buf_add(b, (struct str){ bytes, n });
}

/* The end of the ASCII that begins at `at`; a word at a time, since most of what is checked is
 * markup. */
static size_t skip_ascii(struct str s, size_t at)
{
	uint64_t word;

	for (; at + sizeof word <= s.n; at += sizeof word) {
		memcpy(&word, s.p + at, sizeof word);
		if (word & UINT64_C(0x8080808080808080))
			break;
	}
	while (at < s.n && (unsigned char)s.p[at] < 0x80)
		at++;
	return at;
}

/* The end of the run of CJK at `at`: three bytes each, led by E1 to EC, whose second byte has no
 * narrower range. */
static size_t skip_cjk(struct str s, size_t at)
{
	while (at + 3 <= s.n) {
		const unsigned char *p = (const unsigned char *)s.p + at;

		if (p[0] < 0xE1 || p[0] > 0xEC || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
			break;
		at += 3;
	}
	return at;
}

/* Index of the first byte that is not part of a valid sequence; s.n when all are. */
static size_t valid_to(struct str s, size_t from)
{
	size_t n = 0;

	for (size_t at = from; at < s.n; at += n) {
		struct lead lead;
		uint32_t cp;

		at = skip_cjk(s, skip_ascii(s, at));
		if (at == s.n)
			break;
		lead = lead_of((unsigned char)s.p[at]);
		n = run_at(s, at, lead, &cp);
		if (n != lead.n)
			return at;
	}
	return s.n;
}

bool utf8_is_valid(struct str s)
{
	return valid_to(s, 0) == s.n;
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

size_t utf8_cut(struct str s, size_t max)
{
	if (max >= s.n)
		return s.n;
	for (size_t back = 0; back < 4 && back <= max; back++)
		if (!is_continuation(s.p[max - back]))
			return max - back;
	return max;     /* no sequence is that long: the bytes are garbage anyway */
}

size_t utf8_tail(struct str s)
{
	for (size_t back = 1; back <= 3 && back <= s.n; back++) {
		size_t at = s.n - back;
		struct lead lead = lead_of((unsigned char)s.p[at]);
		uint32_t cp;

		if (is_continuation(s.p[at]))
			continue;
		return lead.n > back && run_at(s, at, lead, &cp) == back ? back : 0;
	}
	return 0;
}

enum err utf8_repair(struct str s, struct buf *out)
{
	enum err rc = ERR_NONE;

	for (size_t at = 0; at < s.n && rc == ERR_NONE;) {
		size_t good = valid_to(s, at), n;

		rc = buf_add(out, str_sub(s, at, good));
		if (good == s.n || rc != ERR_NONE)
			break;
		rc = utf8_add(out, utf8_at(s, good, &n));
		at = good + n;
	}
	return rc;
}
