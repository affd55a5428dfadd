#include "names.h"

#include "lede/base/hash.h"
#include "lede/rank/tokens.h"
#include "lede/text/fold_form.h"
#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "rules.h"

/* Capitals of Latin, Greek and Cyrillic. */
static bool is_capital(uint32_t cp)
{
	return (cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) ||
	       (cp >= 0x391 && cp <= 0x3A9) || (cp >= 0x410 && cp <= 0x42F);
}

/* The next capital behind no letter, from `at` on. */
static size_t next_capital(struct str s, size_t at)
{
	bool after_letter = false;

	for (size_t n; at < s.n; at += n) {
		uint32_t cp = utf8_at(s, at, &n);

		if (!after_letter && is_capital(cp))
			return at;
		after_letter = cp == '\'' || unicode_fold_class(cp) == FOLD_WORD;
	}
	return at;
}

/* Piece by piece, each from one capital to the next. */
void cased_of(struct str title, struct cased *out)
{
	size_t at = next_capital(title, 0);

	out->ncapital = 0;
	fold_form(str_sub(title, 0, at), &out->form);
	while (at < title.n) {
		size_t n, to;

		utf8_at(title, at, &n);
		for (to = at + n; to < title.n; to += n) {
			utf8_at(title, to, &n);
			if (unicode_fold_class(utf8_at(title, to, &n)) != FOLD_WORD)
				break;
		}
		to = next_capital(title, to);
		if (out->ncapital < sizeof out->capital / sizeof *out->capital)
			out->capital[out->ncapital++] = (uint16_t)out->form.n;
		fold_form(str_sub(title, at, to), &out->form);
		at = to;
	}
}

bool cased_is_capital(const struct cased *c, const char *at)
{
	size_t offset = (size_t)(at - c->form.p);

	for (size_t i = 0; i < c->ncapital; i++)
		if (c->capital[i] == offset)
			return true;
	return false;
}

static bool has_digit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (ascii_is_digit(s.p[i]))
			return true;
	return false;
}

static bool is_number(struct str s)
{
	return ascii_is_digit(s.p[0]);
}

size_t name_add(struct str word, bool capital, struct name into[NAMES_MAX], size_t n)
{
	bool model = has_digit(word) && !is_number(word);

	if (str_ends(word, "'s"))
		word.n -= 2;
	if (n == NAMES_MAX || word.n == 0 ||
	    !(model || (capital && !is_number(word) && !rules_is_common_word(word))))
		return n;
	struct name name = { token_hash(word),
		hash32(model ? word : str_sub(word, 0, utf8_cut(word, NAME_BYTES))) };

	for (size_t i = 0; i < n; i++)
		if (into[i].start == name.start)
			return n;
	into[n++] = name;
	return n;
}
