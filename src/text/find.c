#include "lede/text/find.h"

#include <stdlib.h>

#include "lede/base/mem.h"
#include "lede/text/fold_form.h"
#include "lede/text/rich_doc.h"
#include "lede/text/unicode.h"
#include "lede/text/utf8.h"

/* What stands in a needle for something that parts words; no code points. */
enum { GAP = 0x110000, MAYBE_GAP };

struct needle {
	enum find_way way;
	uint32_t *letter; /* folded code points and gaps; owned */
	size_t n;
	bool word_first, word_last; /* it begins, ends with a letter of a word */
};

struct find {
	struct needle *needle;
	size_t n, cap;
};

/* ---- a text as folded code points ---- */

struct unit { uint32_t cp, from, to; };

struct folded {
	struct str text;
	const struct rich *doc; /* whose link numbers are passed over; NULL: none */
	size_t run; /* of the document, at or before `at` */
	size_t at;
	uint32_t next[18]; /* of the code point last read: those from `given` on are to come */
	int count, given;
	uint32_t from; /* where it stands */
};

/* Over the numbers of links. */
static void skip_numbers(struct folded *s)
{
	const struct rich *r = s->doc;

	while (s->run < r->nruns && r->runs[s->run].from <= s->at) {
		size_t end = s->run + 1 < r->nruns ? r->runs[s->run + 1].from : s->text.n;

		if (s->at < end && !(r->runs[s->run].style & RICH_LINK_NUMBER))
			return;
		if (s->at < end)
			s->at = end;
		s->run++;
	}
}

static bool read_unit(struct folded *s, struct unit *u)
{
	while (s->given == s->count) {
		size_t n;

		if (s->doc)
			skip_numbers(s);
		if (s->at >= s->text.n)
			return false;
		s->from = (uint32_t)s->at;
		s->count = fold_code_point(utf8_at(s->text, s->at, &n), s->next);
		s->given = 0;
		s->at += n;
	}
	*u = (struct unit){ s->next[s->given++], s->from, (uint32_t)s->at };
	return true;
}

/* The next code point, with the voicing mark or the jamo behind it that make another of it. */
static bool next_unit(struct folded *s, struct unit *u)
{
	struct folded before;
	struct unit mark;
	uint32_t both;

	if (!read_unit(s, u))
		return false;
	while (u->cp >= 0x1100) {
		before = *s;
		both = read_unit(s, &mark) ? fold_composed(u->cp, mark.cp) : 0;
		if (both == 0) {
			*s = before;
			break;
		}
		u->cp = both;
		u->to = mark.to;
	}
	return true;
}

static void start(struct folded *s, struct str text, const struct rich *doc, size_t at)
{
	*s = (struct folded){ .text = text, .doc = doc, .at = at };
	if (doc && doc->nruns > 0)
		s->run = rich_run_at(doc, (uint32_t)at);
}

static enum fold_class class_of(uint32_t cp)
{
	if (cp < 0x80)
		return ascii_is_alnum((char)cp) ? FOLD_WORD : FOLD_SEPARATOR;
	return unicode_fold_class(cp);
}

static bool is_han_or_kana(enum fold_class c)
{
	return c == FOLD_HAN || c == FOLD_KANA || c == FOLD_HANGUL;
}

static bool is_blank(uint32_t cp)
{
	return cp < 0x80 ? ascii_is_space((char)cp) : unicode_is_space(cp);
}

/* ---- needles ---- */

static void add_letter(struct needle *d, uint32_t cp)
{
	if (d->n < FIND_LETTERS_MAX)
		d->letter[d->n++] = cp;
}

/* As typed: only a run of blanks stands for any other. */
static void add_typed(struct needle *d, uint32_t cp)
{
	if (!is_blank(cp))
		add_letter(d, cp);
	else if (d->n > 0 && d->letter[d->n - 1] != GAP)
		add_letter(d, GAP);
}

/* Where a word meets Han or kana no blank need be. */
static void add_of_word(struct needle *d, uint32_t cp, enum fold_class *last)
{
	enum fold_class c = class_of(cp);
	bool gap = d->n > 0 && d->letter[d->n - 1] == GAP, han = is_han_or_kana(c);

	if (c == FOLD_MARK && is_han_or_kana(*last))
		return;
	if (c == FOLD_SEPARATOR) {
		if (d->n > 0 && !gap)
			add_letter(d, GAP);
		return;
	}
	if (d->n > 0 && is_han_or_kana(*last) != han) {
		d->n -= gap;
		add_letter(d, MAYBE_GAP);
	}
	add_letter(d, cp);
	*last = c;
}

static bool make_needle(struct needle *d, struct str text)
{
	enum fold_class last = FOLD_SEPARATOR;
	struct folded s;
	struct unit u;

	start(&s, text, NULL, 0);
	while (next_unit(&s, &u)) {
		if (d->way == FIND_LETTERS)
			add_typed(d, u.cp);
		else
			add_of_word(d, u.cp, &last);
	}
	while (d->n > 0 && d->letter[d->n - 1] >= GAP)
		d->n--;
	if (d->n == 0)
		return false;
	d->word_first = d->way != FIND_LETTERS && class_of(d->letter[0]) == FOLD_WORD;
	d->word_last = d->way == FIND_WORDS && class_of(d->letter[d->n - 1]) == FOLD_WORD;
	return true;
}

struct find *find_new(void)
{
	return mem_new(sizeof(struct find));
}

void find_free(struct find *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->n; i++)
		free(f->needle[i].letter);
	free(f->needle);
	free(f);
}

void find_add(struct find *f, struct str text, enum find_way way)
{
	struct needle d = { .way = way, .letter = mem_array(FIND_LETTERS_MAX, sizeof *d.letter) };

	if (!make_needle(&d, text)) {
		free(d.letter);
		return;
	}
	f->needle = mem_grow(f->needle, &f->cap, f->n + 1, sizeof *f->needle);
	f->needle[f->n++] = d;
}

bool find_is_empty(const struct find *f)
{
	return !f || f->n == 0;
}

/* ---- finding ---- */

static bool parts(const struct needle *d, uint32_t cp)
{
	return d->way == FIND_LETTERS ? is_blank(cp) : class_of(cp) == FOLD_SEPARATOR;
}

/* Over what parts words; `u` is then what stands behind it. False: the text has ended, or nothing
 * that must part them does. */
static bool pass_gap(const struct needle *d, uint32_t gap, struct folded *s, struct unit *u,
                     int *work)
{
	bool any = gap == MAYBE_GAP;

	while (parts(d, u->cp)) {
		any = true;
		--*work;
		if (!next_unit(s, u))
			return false;
	}
	return any;
}

/* What is nothing in a run of Han: vowel signs that folding has left. */
static bool is_nothing(const struct needle *d, const struct unit *u, uint32_t before)
{
	return d->way != FIND_LETTERS && class_of(u->cp) == FOLD_MARK &&
	       is_han_or_kana(class_of(before));
}

static bool word_goes_on(struct folded s)
{
	struct unit u;
	enum fold_class c;

	if (!next_unit(&s, &u))
		return false;
	c = class_of(u.cp);
	return c == FOLD_WORD || c == FOLD_MARK;
}

/* Whether the needle stands at `first`, behind which `s` is; *to: its end. */
static bool stands_here(const struct needle *d, const struct unit *first, struct folded s,
                        int *work, uint32_t *to)
{
	struct unit u = *first;

	for (size_t i = 1; i < d->n; i++) {
		uint32_t before = u.cp;

		--*work;
		do {
			if (!next_unit(&s, &u))
				return false;
		} while (is_nothing(d, &u, before));
		if (d->letter[i] >= GAP && !pass_gap(d, d->letter[i++], &s, &u, work))
			return false;
		if (u.cp != d->letter[i])
			return false;
	}
	*to = u.to;
	return !d->word_last || !word_goes_on(s);
}

static bool longest_here(const struct find *f, const struct unit *u, const struct folded *s,
                         bool in_word, int *work, uint32_t *to)
{
	bool found = false;
	uint32_t end;

	for (size_t i = 0; i < f->n; i++) {
		const struct needle *d = &f->needle[i];

		if (d->letter[0] != u->cp || (d->word_first && in_word) ||
		    !stands_here(d, u, *s, work, &end))
			continue;
		*to = found && *to > end ? *to : end;
		found = true;
	}
	return found;
}

/* Whether a letter of a word stands right before `at`. */
static bool is_in_word(struct str text, size_t at)
{
	uint32_t folded[18];
	size_t n, from = at;
	enum fold_class c;
	int count;

	while (from > 0 && ((unsigned char)text.p[from - 1] & 0xC0) == 0x80)
		from--;
	if (from == 0)
		return false;
	count = fold_code_point(utf8_at(text, from - 1, &n), folded);
	c = count > 0 ? class_of(folded[count - 1]) : FOLD_SEPARATOR;
	return c == FOLD_WORD || c == FOLD_MARK;
}

/* The marks behind a letter are its own, though nothing is compared by them. */
static uint32_t behind_marks(struct str text, uint32_t at)
{
	uint32_t folded[18];
	size_t n;

	while (at < text.n && (unsigned char)text.p[at] >= 0x80 &&
	       fold_code_point(utf8_at(text, at, &n), folded) == 0)
		at += (uint32_t)n;
	return at;
}

static enum find_step step(const struct find *f, struct str text, const struct rich *doc,
                           uint32_t *at, int *work, struct find_at *out)
{
	bool in_word = is_in_word(text, *at);
	struct folded s;
	struct unit u;

	start(&s, text, doc, *at);
	for (; *work > 0; --*work) {
		enum fold_class c;

		if (!next_unit(&s, &u)) {
			*at = (uint32_t)text.n;
			return FIND_NO_MORE;
		}
		if (longest_here(f, &u, &s, in_word, work, &out->to)) {
			out->from = u.from;
			out->to = behind_marks(text, out->to);
			*at = out->to;
			return FIND_FOUND;
		}
		c = class_of(u.cp);
		in_word = c == FOLD_WORD || c == FOLD_MARK;
		*at = s.given == s.count ? (uint32_t)s.at : u.from;
	}
	return FIND_TIRED;
}

bool find_next(const struct find *f, struct str text, uint32_t *at, struct find_at *out)
{
	int work = 1 << 20;

	return !find_is_empty(f) && step(f, text, NULL, at, &work, out) == FIND_FOUND;
}

enum find_step find_in_rich(const struct find *f, const struct rich *doc, uint32_t *at, int *work,
                            struct find_at *out)
{
	if (find_is_empty(f))
		return FIND_NO_MORE;
	return step(f, buf_view(&doc->text), doc, at, work, out);
}
