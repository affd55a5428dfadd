#include "scan.h"

#include <stdint.h>
#include <string.h>

#define S (BYTE_SPACE | BYTE_ENDS_NAME)
#define L (BYTE_NAME_START | BYTE_NAME)
#define N BYTE_NAME
#define E BYTE_ENDS_NAME

/* Names are ASCII: what else begins with '<' is text. The colon is seen to where names are read. */
const unsigned char scan_bytes[256] = {
	['\t'] = S, ['\n'] = S, ['\v'] = S, ['\f'] = S, ['\r'] = S, [' '] = S, ['/'] = E, ['>'] = E,
	['?'] = E,  ['-'] = N,	['.'] = N,  ['_'] = L,	['0'] = N,  ['1'] = N, ['2'] = N, ['3'] = N,
	['4'] = N,  ['5'] = N,	['6'] = N,  ['7'] = N,	['8'] = N,  ['9'] = N, ['A'] = L, ['B'] = L,
	['C'] = L,  ['D'] = L,	['E'] = L,  ['F'] = L,	['G'] = L,  ['H'] = L, ['I'] = L, ['J'] = L,
	['K'] = L,  ['L'] = L,	['M'] = L,  ['N'] = L,	['O'] = L,  ['P'] = L, ['Q'] = L, ['R'] = L,
	['S'] = L,  ['T'] = L,	['U'] = L,  ['V'] = L,	['W'] = L,  ['X'] = L, ['Y'] = L, ['Z'] = L,
	['a'] = L,  ['b'] = L,	['c'] = L,  ['d'] = L,	['e'] = L,  ['f'] = L, ['g'] = L, ['h'] = L,
	['i'] = L,  ['j'] = L,	['k'] = L,  ['l'] = L,	['m'] = L,  ['n'] = L, ['o'] = L, ['p'] = L,
	['q'] = L,  ['r'] = L,	['s'] = L,  ['t'] = L,	['u'] = L,  ['v'] = L, ['w'] = L, ['x'] = L,
	['y'] = L,  ['z'] = L,
};

/* GCC's and Clang's vectors: one instruction compares sixteen bytes where the processor can. */
enum { WIDTH = 16 };
typedef unsigned char block __attribute__((vector_size(WIDTH)));
typedef block hits_fn(block v);

/* The first byte of U+FFFE and U+FFFF (EF BF BE, EF BF BF) is too common in Chinese and Japanese
 * text to stop at; their last is not. The byte before it is looked at where it is found. */
static inline block bad(block v)
{
	return (block)(((v < 0x20) & (v != '\t') & (v != '\n') & (v != '\r')) | (v == 0xBF) |
		       (v == 0xBE));
}

static inline block bad_or_markup(block v)
{
	return bad(v) | (block)((v == '<') | (v == '&') | (v == ']'));
}

static inline block escaped(block v)
{
	return (block)((v == '<') | (v == '&') | (v == '>') | (v == '"'));
}

/* Index of the first byte that is set, WIDTH when none is. */
static inline size_t first(block hits)
{
	uint64_t half[2];

	memcpy(half, &hits, sizeof half);
	if ((half[0] | half[1]) == 0)
		return WIDTH;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return half[0] != 0 ? (size_t)__builtin_ctzll(half[0]) / 8
			    : 8 + (size_t)__builtin_ctzll(half[1]) / 8;
#else
	return half[0] != 0 ? (size_t)__builtin_clzll(half[0]) / 8
			    : 8 + (size_t)__builtin_clzll(half[1]) / 8;
#endif
}

/* From `from`; the last bytes are looked at in a block filled up with what never hits. */
static inline size_t scan(struct str s, size_t from, hits_fn *hits)
{
	block v;
	size_t i = from, n;

	for (; i + WIDTH <= s.n; i += WIDTH) {
		memcpy(&v, s.p + i, WIDTH);
		n = first(hits(v));
		if (n < WIDTH)
			return i + n;
	}
	if (i >= s.n)
		return s.n;
	memset(&v, 'a', WIDTH);
	memcpy(&v, s.p + i, s.n - i);
	n = first(hits(v));
	return n < s.n - i ? i + n : s.n;
}

size_t scan_bad_char(struct str s)
{
	unsigned char c = (unsigned char)s.p[0];

	if (c < 0x20)
		return c != '\t' && c != '\n' && c != '\r';
	if (c == 0xEF && s.n > 2 && (unsigned char)s.p[1] == 0xBF && (unsigned char)s.p[2] >= 0xBE)
		return 3;
	return 0;
}

/* What may become "]]>" at `i`, with what is still to come. */
static inline bool may_end_cdata(struct str s, size_t i)
{
	return (i + 1 == s.n || s.p[i + 1] == ']') && (i + 2 >= s.n || s.p[i + 2] == '>');
}

/* What `scan` stopped at `i` for: the end of the run, or SIZE_MAX for a false alarm. */
static inline size_t end_of_run(struct str s, size_t i)
{
	if (i < s.n && s.p[i] == ']')
		return may_end_cdata(s, i) ? i : SIZE_MAX;
	if (i < s.n && (unsigned char)s.p[i] >= 0x80)
		return i >= 2 && scan_bad_char(str_sub(s, i - 2, s.n)) == 3 ? i - 2 : SIZE_MAX;
	return i;
}

size_t scan_text(struct str s)
{
	for (size_t i = 0;; i++) {
		size_t end;

		i = scan(s, i, bad_or_markup);
		end = end_of_run(s, i);
		if (end != SIZE_MAX)
			return end;
	}
}

size_t scan_literal(struct str s)
{
	for (size_t i = 0;; i++) {
		size_t end;

		i = scan(s, i, bad);
		end = end_of_run(s, i);
		if (end != SIZE_MAX)
			return end;
	}
}

size_t scan_escape(struct str s)
{
	return scan(s, 0, escaped);
}
