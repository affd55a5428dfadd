#include "lede/rank/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "lede/base/hash.h"
#include "lede/base/mem.h"
#include "lede/text/display.h"
#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "names.h"
#include "numbers.h"
#include "rules.h"
#include "suffixes.h"

enum {
	SEGMENTS_MAX = 8,             /* the last holds the rest of the title */
	FOLDED_MAX = UINT16_MAX       /* token.from reaches no further */
};

/* A title being taken apart. */
struct scan {
	struct tokens *out;
	const struct cased *cased;
	struct name name[NAMES_MAX]; size_t nname;
	uint64_t exact, exact_all;    /* without and with stop words */
	bool is_suffix;               /* the segment counts for `exact` only */
	size_t latin, cjk, kana;      /* letters; kana are counted in cjk too */
	size_t words;                 /* of any kind, stop words too */
};

uint32_t token_hash(struct str word)
{
	bool ies;
	size_t n = rules_stem(word, &ies);

	if (!ies)
		return hash32(str_sub(word, 0, n));
	char stem[64];

	n = n < sizeof stem ? n : sizeof stem;
	memcpy(stem, word.p, n);
	stem[n - 1] = 'y';
	return hash32((struct str){ stem, n });
}

static uint64_t chained(uint64_t chain, uint32_t hash)
{
	return (chain ^ hash) * UINT64_C(0x9E3779B97F4A7C15) ^ chain >> 29;
}

static void count_token(struct tokens *t, uint32_t hash, size_t from, size_t n)
{
	for (size_t i = 0; i < t->ntoken; i++)
		if (t->token[i].hash == hash) {
			t->token[i].count += t->token[i].count < UINT8_MAX;
			return;
		}
	if (t->ntoken == TOKENS_MAX)
		return;
	if (t->ntoken % 32 == 0)
		t->token = mem_resize(t->token, t->ntoken + 32, sizeof *t->token);
	t->token[t->ntoken++] = (struct token){ hash, (uint16_t)from, (uint16_t)n, 1 };
}

static void take_token(struct scan *s, size_t from, size_t n)
{
	uint32_t hash = token_hash((struct str){ s->out->folded.p + from, n });

	s->exact_all = chained(s->exact_all, hash);
	s->exact = chained(s->exact, hash);
	if (!s->is_suffix)
		count_token(s->out, hash, from, n);
}

/* What kind of character is at `at`, and its bytes. */
static enum fold_class class_at(struct str s, size_t at, size_t *n)
{
	char c = s.p[at];

	if ((unsigned char)c >= 0x80)
		return unicode_fold_class(utf8_at(s, at, n));
	*n = 1;
	return ascii_is_alnum(c) ? FOLD_WORD : FOLD_SEPARATOR;
}

static bool is_cjk(enum fold_class class)
{
	return class == FOLD_HAN || class == FOLD_KANA || class == FOLD_HANGUL;
}

/* The run of Han, kana and hangul at `at`, as overlapping bigrams; returns where it ends. */
static size_t take_run(struct scan *s, struct str text, size_t at)
{
	struct buf *folded = &s->out->folded;
	size_t start = at, n, before = 0, chars = 0, base = folded->n;

	for (; at < text.n; at += n, chars++) {
		enum fold_class class = class_at(text, at, &n);

		if (!is_cjk(class))
			break;
		s->kana += class == FOLD_KANA;
	}
	s->cjk += chars;
	s->words++;
	if (buf_add(folded, str_sub(text, start, at)) != ERR_NONE ||
	    buf_add_char(folded, ' ') != ERR_NONE)
		return at;
	if (chars == 1)
		take_token(s, base, at - start);
	for (size_t i = start; i < at; before = n, i += n) {
		utf8_at(text, i, &n);
		if (i > start)
			take_token(s, base + i - before - start, before + n);
	}
	return at;
}

static bool is_word_at(struct str text, size_t at)
{
	size_t n;

	return at < text.n && class_at(text, at, &n) == FOLD_WORD;
}

/* What may stand inside a word: the point of u.s and 2.5, the apostrophe of don't, straight or
 * curled, the comma of 1,000 (which is left out). *put is what is written for it, or 0. Returns its
 * bytes; 0 when the word ends here. */
static size_t joint(struct str text, size_t at, char *put)
{
	size_t n;
	uint32_t cp = utf8_at(text, at, &n);

	*put = cp == '.' ? '.' : cp == ',' ? 0 : '\'';
	if (cp != '.' && cp != '\'' && cp != 0x2019 && cp != ',')
		return 0;
	if (cp == ',' &&
	    !(ascii_is_digit(text.p[at - 1]) && at + 3 < text.n && ascii_is_digit(text.p[at + 1]) &&
	      ascii_is_digit(text.p[at + 2]) && ascii_is_digit(text.p[at + 3])))
		return 0;
	return is_word_at(text, at + n) ? n : 0;
}

static void add_word(struct scan *s, size_t from, bool capital)
{
	struct buf *folded = &s->out->folded;
	struct str word = { folded->p + from, folded->n - from };

	s->words++;
	if (!rules_is_stop_word(word)) {
		if (!s->is_suffix)
			s->nname = name_add(word, capital, s->name, s->nname);
		take_token(s, from, word.n);
		buf_add_char(folded, ' ');
		return;
	}
	s->exact_all = chained(s->exact_all, token_hash(word));
	buf_cut(folded, from);
}

/* Past the letters, digits and marks at `at`, as far as there is room for them. */
static size_t letters_end(struct scan *s, struct str text, size_t at)
{
	size_t room = FOLDED_MAX - 8 - s->out->folded.n, start = at, n;

	for (; at < text.n && at - start < room; at += n) {
		enum fold_class class = class_at(text, at, &n);

		if (class != FOLD_WORD && class != FOLD_MARK)
			break;
		s->latin += class == FOLD_WORD;
	}
	return at;
}

/* A word before "??" or U+FFFD is half a word. */
static bool is_damaged(struct str text, size_t at)
{
	struct str rest = str_sub(text, at, text.n);

	return str_starts(rest, "??") || str_starts(rest, "\xEF\xBF\xBD");
}

/* The word at `at`; returns where it ends. */
static size_t take_word(struct scan *s, struct str text, size_t at)
{
	struct buf *folded = &s->out->folded;
	size_t from = folded->n, n = 0;
	bool capital = cased_is_capital(s->cased, text.p + at);
	char put;

	while (at < text.n && folded->n < FOLDED_MAX - 8) {
		size_t end = letters_end(s, text, at);

		buf_add(folded, str_sub(text, at, end));
		at = end;
		if (at == text.n || (n = joint(text, at, &put)) == 0)
			break;
		if (put)
			buf_add_char(folded, put);
		at += n;
	}
	if (folded->n == from)                          /* no room left */
		return text.n;
	add_word(s, from, capital && !is_damaged(text, at));
	return at;
}

static void scan_segment(struct scan *s, struct str text)
{
	for (size_t at = 0, n; at < text.n;) {
		enum fold_class class = class_at(text, at, &n);

		if (is_cjk(class))
			at = take_run(s, text, at);
		else if (class == FOLD_WORD)
			at = take_word(s, text, at);
		else
			at += n;
	}
}

/* Bytes of the sign that parts two segments at `at`: a bar, or a dash between blanks; 0 when there
 * is none. */
static size_t separator(struct str text, size_t at)
{
	static const struct str signs[] = { { "|", 1 },       { "丨", 3 },      { " - ", 3 },
					    { " – ", 5 }, { " — ", 5 } };
	char first = text.p[at];

	if (first != '|' && first != ' ' && first != signs[1].p[0])
		return 0;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (text.n - at >= signs[i].n && memcmp(text.p + at, signs[i].p, signs[i].n) == 0)
			return signs[i].n;
	return 0;
}

static size_t split(struct str text, struct str segment[SEGMENTS_MAX])
{
	size_t n = 0, from = 0, wide;

	for (size_t at = 0; at < text.n && n < SEGMENTS_MAX - 1; at++) {
		if ((wide = separator(text, at)) == 0)
			continue;
		segment[n++] = str_trim(str_sub(text, from, at));
		from = at + wide;
		at = from - 1;
	}
	segment[n++] = str_trim(str_sub(text, from, text.n));
	return n;
}

static bool is_short(struct str s)
{
	size_t chars = 0;

	for (size_t i = 0; i < s.n; i++)
		chars += ((uint8_t)s.p[i] & 0xC0) != 0x80;
	return chars > 0 && chars <= SEGMENT_CHARS;
}

/* Tells the segments that this source puts into all its titles; none when all would be. */
static void find_suffixes(const struct str segment[], size_t n, uint64_t source,
			  struct suffixes *suffixes, bool is_suffix[])
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		is_suffix[i] = n > 1 && suffixes && is_short(segment[i]) &&
			       suffixes_see(suffixes, segment[i], source);
		found += is_suffix[i];
	}
	for (size_t i = 0; i < n && found == n; i++)
		is_suffix[i] = false;
}

static int by_hash(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void take_numbers(struct tokens *out, const struct str segment[], const bool is_suffix[],
			 size_t n)
{
	uint32_t number[NUMBERS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (!is_suffix[i])
			count = numbers_of(segment[i], number, count);
	qsort(number, count, sizeof *number, by_hash);
	out->number = mem_dup(number, count * sizeof *number);
	out->nnumber = count;
}

/* A suffix's words are taken for `exact` and given back: copies are copies whenever their suffix
 * was found out. */
static void scan_suffix(struct scan *s, struct str text)
{
	size_t latin = s->latin, cjk = s->cjk, kana = s->kana, folded = s->out->folded.n;

	s->is_suffix = true;
	scan_segment(s, text);
	s->is_suffix = false;
	s->latin = latin;
	s->cjk = cjk;
	s->kana = kana;
	buf_cut(&s->out->folded, folded);
}

/* Titles of stop words only, or of signs only, are copies of each other when nothing at all
 * differs. */
static uint64_t exact_of(const struct scan *s, struct str text)
{
	uint64_t exact = s->exact;

	if (s->out->ntoken == 0)
		exact = s->words ? ~s->exact_all : hash64(text);
	return text.n == 0 ? 0 : exact ? exact : 1;
}

void tokens_of_title(struct str title, uint64_t source, struct suffixes *suffixes,
		     struct tokens *out)
{
	struct buf plain = buf_limited(TITLE_BYTES);
	struct cased cased = { .form = buf_limited(FOLDED_MAX) };
	struct str segment[SEGMENTS_MAX];
	struct scan s = { .out = out, .cased = &cased };

	*out = (struct tokens){ .folded = buf_limited(FOLDED_MAX) };
	title = str_sub(title, 0, utf8_cut(title, TITLE_BYTES));
	display_without_glosses(title, &plain);
	cased_of(buf_view(&plain), &cased);
	struct str text = str_trim(buf_view(&cased.form));
	size_t n = split(text, segment);
	bool is_suffix[SEGMENTS_MAX];

	find_suffixes(segment, n, source, suffixes, is_suffix);
	for (size_t i = 0; i < n; i++)
		(is_suffix[i] ? scan_suffix : scan_segment)(&s, segment[i]);
	take_numbers(out, segment, is_suffix, n);
	out->name = mem_dup(s.name, s.nname * sizeof *s.name);
	out->nname = s.nname;
	out->cjk = s.cjk > s.latin;
	out->kana = out->cjk && s.kana * 8 > s.cjk;
	out->mixed = !out->cjk && s.cjk >= MIXED_CHARS;
	out->exact = exact_of(&s, text);
	buf_free(&plain);
	buf_free(&cased.form);
}

void tokens_free(struct tokens *t)
{
	free(t->token);
	free(t->number);
	free(t->name);
	buf_free(&t->folded);
	*t = (struct tokens){ .folded = buf_limited(FOLDED_MAX) };
}
