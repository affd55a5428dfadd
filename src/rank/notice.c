#include "lede/rank/notice.h"

#include <stdlib.h>

#include "lede/base/mem.h"
#include "lede/text/display.h"
#include "lede/text/fold_form.h"
#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "notice_inside.h"

enum {
	TITLE_MAX = 1024,             /* bytes looked at */
	BUCKETS = 1024,               /* of words, by their first two bytes */
	NUMBER = BUCKETS,             /* the bucket of those that begin with a number */
	HITS_MAX = 64
};

/* One word of a class, folded; `p` without the signs that became flags. */
struct word {
	const char *p;                /* in the arena */
	uint16_t n, bucket;
	uint8_t class;
	bool starts, ends, open;      /* ^ $ * */
};

struct notices {
	struct arena *arena;
	struct word *word; size_t n, cap;
	uint16_t first[BUCKETS + 2];  /* of a bucket, in `word` */
};

const char *notice_label_name(enum notice_label label)
{
	static const char *const names[] = { "news", "advert", "howto", "weather", "clickbait" };

	return names[label];
}

/* ---- words ---- */

/* Signs stand alone, everything else has two bytes. */
static uint16_t bucket_of(const char *p)
{
	if ((unsigned char)p[0] < 0x80 && !ascii_is_alnum(p[0]))
		return (unsigned char)p[0];
	return (uint16_t)(((unsigned char)p[0] * 31u + (unsigned char)p[1] * 7u) % BUCKETS);
}

static bool take_sign(struct str *text, bool at_end, char sign)
{
	if (text->n == 0 || text->p[at_end ? text->n - 1 : 0] != sign)
		return false;
	text->p += !at_end;
	text->n--;
	return true;
}

static void add_word(struct notices *n, enum word_class class, struct str text)
{
	struct word w = { .class = (uint8_t)class };
	struct buf folded = buf_limited(1024);

	w.starts = take_sign(&text, false, '^');
	w.ends = take_sign(&text, true, '$');
	w.open = take_sign(&text, true, '*');
	fold_form(text, &folded);
	w.p = arena_copy(n->arena, buf_cstr(&folded), folded.n);
	w.n = (uint16_t)folded.n;
	w.bucket = w.p[0] == '#' ? NUMBER : bucket_of(w.p);
	n->word = mem_grow(n->word, &n->cap, n->n + 1, sizeof *n->word);
	n->word[n->n++] = w;
	buf_free(&folded);
}

static int by_bucket(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	return x->bucket - y->bucket;
}

struct notices *notices_new(void)
{
	struct notices *n = mem_new(sizeof *n);
	size_t at = 0;

	n->arena = arena_new();
	for (int c = W_NONE + 1; c < WORD_CLASSES; c++) {
		struct str rest = str_of(notice_words[c]), word;

		while (str_next(&rest, '|', &word))
			add_word(n, (enum word_class)c, word);
	}
	qsort(n->word, n->n, sizeof *n->word, by_bucket);
	for (size_t b = 0; b < BUCKETS + 2; b++) {
		while (at < n->n && n->word[at].bucket < b)
			at++;
		n->first[b] = (uint16_t)at;
	}
	return n;
}

void notices_free(struct notices *n)
{
	if (!n)
		return;
	free(n->word);
	arena_free(n->arena);
	free(n);
}

/* ---- a title ---- */

/* The title as it is looked at: without glosses, folded, apostrophes straight. It has a NUL after
 * its end. */
static void prepare(struct str title, struct buf *out)
{
	struct buf plain = buf_limited(TITLE_MAX);

	title = str_sub(title, 0, utf8_cut(title, TITLE_MAX));
	display_without_glosses(title, &plain);
	fold_form(buf_view(&plain), out);
	buf_free(&plain);
	for (size_t at; (at = str_find_str(buf_view(out), STR("\u2019"))) != SIZE_MAX;) {
		out->p[at] = '\'';
		memmove(out->p + at + 1, out->p + at + 3, out->n - at - 3);
		buf_cut(out, out->n - 2);
	}
}

static bool is_numeral(struct str text, size_t at, size_t *n)
{
	static const char numerals[] = "一二三四五六七八九十两几百千万半";

	*n = 1;
	if (at >= text.n || ascii_is_digit(text.p[at]))
		return at < text.n;
	if ((unsigned char)text.p[at] < 0xE4)     /* Han begins there */
		return false;
	*n = 3;
	return str_find_str(STR(numerals), str_sub(text, at, at + 3)) != SIZE_MAX;
}

/* The number at `at`, with points and commas inside; returns where it ends, `at` for none. */
static size_t number_end(struct str text, size_t at)
{
	size_t n;

	while (is_numeral(text, at, &n)) {
		at += n;
		if (at + 1 < text.n && (text.p[at] == '.' || text.p[at] == ',') &&
		    ascii_is_digit(text.p[at + 1]))
			at++;
	}
	return at;
}

/* A part of a title begins: nothing before it, or " - ", or a bar; quotes and brackets may stand
 * between. */
static bool begins_part(struct str text, size_t at)
{
	while (at > 0 && strchr(" ('\"[", text.p[at - 1]))
		at--;
	if (at == 0 || text.p[at - 1] == '|')
		return true;
	return at >= 2 && text.p[at] == ' ' && text.p[at - 1] == '-' && text.p[at - 2] == ' ';
}

static bool ends_part(struct str text, size_t at)
{
	static const char *const closing[] = { "。", "”", "」", "』", "】" };
	size_t before;

	do {
		before = at;
		while (at < text.n && strchr("?!.\"')]~", text.p[at]))
			at++;
		for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
			if (str_starts(str_sub(text, at, text.n), closing[i]))
				at += 3;
	} while (at != before);
	if (at == text.n || text.p[at] == '|' || text.p[at] == '_')
		return true;
	text = str_sub(text, at, text.n);
	return str_starts(text, " - ") || str_starts(text, " |") || str_starts(text, " _");
}

static bool in_word(struct str text, size_t at)
{
	return ascii_is_alnum(text.p[at - 1]) && at < text.n && ascii_is_alnum(text.p[at]);
}

/* Where `w` ends when it stands at `at`, else 0. */
static size_t word_end(const struct word *w, struct str text, size_t at)
{
	size_t end = at;

	for (size_t i = 0; i < w->n; i++) {
		size_t from = end;

		if (w->p[i] != '#') {
			if (end == text.n || text.p[end++] != w->p[i])
				return 0;
		} else if ((end = number_end(text, end)) == from) {
			return 0;
		}
	}
	while (w->open && end < text.n && ascii_is_alnum(text.p[end]))
		end++;
	if ((at > 0 && in_word(text, at)) || in_word(text, end))
		return 0;
	if ((w->starts && !begins_part(text, at)) || (w->ends && !ends_part(text, end)))
		return 0;
	return end;
}

/* What a title holds: which classes, and where. */
struct found {
	bool has[WORD_CLASSES];
	struct hit { uint8_t class; uint16_t from, to; } hit[HITS_MAX];
	size_t n;
};

static void look_in(const struct notices *n, size_t bucket, struct str text, size_t at,
		    struct found *f)
{
	for (size_t i = n->first[bucket]; i < n->first[bucket + 1]; i++) {
		size_t end = word_end(&n->word[i], text, at);

		if (end == 0)
			continue;
		f->has[n->word[i].class] = true;
		if (f->n < HITS_MAX)
			f->hit[f->n++] = (struct hit){ n->word[i].class, (uint16_t)at,
				(uint16_t)end };
	}
}

static void look(const struct notices *n, struct str text, struct found *f)
{
	size_t step, digit = 0;       /* digit: where the number at hand ends */

	for (size_t at = 0; at < text.n; at += step) {
		utf8_at(text, at, &step);
		if (at > 0 && in_word(text, at))
			continue;
		look_in(n, bucket_of(text.p + at), text, at, f);
		if (at >= digit && (digit = number_end(text, at)) > at)
			look_in(n, NUMBER, text, at, f);
	}
}

/* ---- rules ---- */

static bool in_order(const struct notice_pattern *p, const struct found *f)
{
	size_t after = 0;

	for (int i = 0; i < NOTICE_CLASSES && p->needs[i] != W_NONE; i++) {
		size_t to = SIZE_MAX;

		for (size_t h = 0; h < f->n; h++)
			if (f->hit[h].class == p->needs[i] && f->hit[h].from >= after &&
			    f->hit[h].to < to)
				to = f->hit[h].to;
		if (to == SIZE_MAX)
			return false;
		after = to;
	}
	return true;
}

static bool holds(const struct notice_pattern *p, const struct found *f)
{
	for (int i = 0; i < NOTICE_CLASSES && p->needs[i] != W_NONE; i++)
		if (!f->has[p->needs[i]])
			return false;
	for (int i = 0; i < NOTICE_CLASSES && p->never[i] != W_NONE; i++)
		if (f->has[p->never[i]])
			return false;
	return !p->in_order || in_order(p, f);
}

const struct notice_rule *notices_find(const struct notices *n, struct str title)
{
	const struct notice_rule *rule = NULL;
	struct buf text = buf_limited(18 * TITLE_MAX);
	struct found f = { .n = 0 };

	prepare(title, &text);
	look(n, buf_view(&text), &f);
	for (size_t i = 0; !rule && f.n > 0 && i < notice_npatterns; i++)
		if (holds(&notice_patterns[i], &f))
			rule = &notice_patterns[i].rule;
	buf_free(&text);
	return rule;
}

const struct notice_rule *notice_rule_at(size_t i)
{
	return i < notice_npatterns ? &notice_patterns[i].rule : NULL;
}

const struct notice_rule *notice_rule_named(struct str name)
{
	static const struct notice_rule by_hand = { NOTICE_BY_HAND, NOTICE_HOWTO,
		"marked as filler", "you marked it as filler" };
	/* What is left of rules that other versions had, by the beginnings of their names. */
	static const struct notice_rule others[] = {
		{ "advert", NOTICE_ADVERT, "advert", "looks like an advert" },
		{ "howto", NOTICE_HOWTO, "how-to filler", "looks like how-to filler" },
		{ "weather", NOTICE_WEATHER, "weather notice", "looks like a weather notice" },
		{ "clickbait", NOTICE_CLICKBAIT, "clickbait", "looks like clickbait" },
		{ "", NOTICE_HOWTO, "filler", "a rule of another version of lede found it" },
	};
	size_t i;

	for (i = 0; i < notice_npatterns; i++)
		if (str_is(name, notice_patterns[i].rule.name))
			return &notice_patterns[i].rule;
	if (str_is(name, NOTICE_BY_HAND))
		return &by_hand;
	for (i = 0; !str_starts(name, others[i].name);)
		i++;
	return &others[i];
}
