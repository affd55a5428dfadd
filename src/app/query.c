#include "lede/app/query.h"

#include "lede/text/fold_form.h"
#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "query_day.h"

enum key { KEY_NONE, KEY_TITLE, KEY_FEED, KEY_IS, KEY_AFTER, KEY_BEFORE };

static const struct {
	const char *name;
	enum key key;
} keys[] = {
	{ "title", KEY_TITLE }, { "feed", KEY_FEED }, { "is", KEY_IS },
	{ "after", KEY_AFTER }, { "before", KEY_BEFORE },
};

/* One word of the line. */
struct piece {
	enum key key;
	bool without, quoted, start;
	struct str text;
};

struct parsing {
	struct search_query *q;
	struct arena *a;
	int64_t now;
	struct error *e;
};

/* A text as it is quoted in a sentence. */
#define SHOWN(s) (int)utf8_cut(s, 80), (s).p

/* ---- pieces ---- */

/* Bytes of the blank at the front of `s`; 0: there is none. */
static size_t blank(struct str s)
{
	size_t n;

	if (s.n == 0)
		return 0;
	if (ascii_is_space(s.p[0]))
		return 1;
	return unicode_is_space(utf8_at(s, 0, &n)) ? n : 0;
}

/* What closes a phrase that begins with `open`; 0: it opens none. */
static uint32_t closing(uint32_t open)
{
	switch (open) {
	case '"':
		return '"';
	case 0x201C: /* “ ” */
	case 0x201D: /* ” as Swedes have it */
		return 0x201D;
	case 0x201E: /* „ “ */
		return 0x201C;
	case 0xFF02: /* ＂ */
		return 0xFF02;
	case 0x300C: /* 「 」 */
		return 0x300D;
	case 0x300E: /* 『 』 */
		return 0x300F;
	case 0xAB: /* « » */
		return 0xBB;
	default:
		return 0;
	}
}

/* The key at the front of `s`, its colon too, taken off. */
static enum key take_key(struct str *s)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		size_t n = strlen(keys[i].name);
		struct str rest = str_sub(*s, n, s->n);

		if (!str_starts_nocase(*s, keys[i].name))
			continue;
		if (str_starts(rest, ":"))
			*s = str_sub(rest, 1, rest.n);
		else if (str_starts(rest, "："))
			*s = str_sub(rest, strlen("："), rest.n);
		else
			continue;
		return keys[i].key;
	}
	return KEY_NONE;
}

/* Up to what closes it, or to the end of the line. */
static struct str take_quoted(struct str *rest, size_t open, uint32_t close)
{
	struct str text = str_sub(*rest, open, rest->n);
	size_t n;

	for (size_t at = 0; at < text.n; at += n)
		if (utf8_at(text, at, &n) == close) {
			*rest = str_sub(text, at + n, text.n);
			return str_sub(text, 0, at);
		}
	*rest = (struct str){ "", 0 };
	return text;
}

static struct str take_bare(struct str *rest)
{
	struct str all = *rest;
	size_t at = 0, n;

	while (at < all.n && blank(str_sub(all, at, all.n)) == 0) {
		utf8_at(all, at, &n);
		at += n;
	}
	*rest = str_sub(all, at, all.n);
	return str_sub(all, 0, at);
}

static void skip_blanks(struct str *rest)
{
	size_t n;

	while ((n = blank(*rest)) > 0)
		*rest = str_sub(*rest, n, rest->n);
}

/* False at the end of the line. */
static bool next_piece(struct str *rest, struct piece *p)
{
	size_t n = 0;
	uint32_t close;

	skip_blanks(rest);
	*p = (struct piece){ .key = KEY_NONE };
	if (rest->n == 0)
		return false;
	if (rest->p[0] == '-') {
		p->without = true;
		*rest = str_sub(*rest, 1, rest->n);
	}
	p->key = take_key(rest);
	close = rest->n > 0 ? closing(utf8_at(*rest, 0, &n)) : 0;
	p->quoted = close != 0;
	p->text = close ? take_quoted(rest, n, close) : take_bare(rest);
	if (!p->quoted && str_ends(p->text, "*")) {
		p->start = true;
		p->text = str_sub(p->text, 0, p->text.n - 1);
	}
	return true;
}

/* ---- words ---- */

/* Characters that words are made of, two at most; *latin: the last is one of a word. */
static int letters_of(struct str s, bool *latin)
{
	uint32_t folded[18];
	int letters = 0;
	size_t n;

	*latin = false;
	for (size_t at = 0; at < s.n && letters < 2; at += n) {
		int count = fold_code_point(utf8_at(s, at, &n), folded);

		for (int i = 0; i < count; i++) {
			enum fold_class class = unicode_fold_class(folded[i]);

			if (class == FOLD_SEPARATOR || class == FOLD_MARK)
				continue;
			*latin = class == FOLD_WORD;
			letters++;
		}
	}
	return letters;
}

static enum err put_term(struct parsing *g, const struct piece *p)
{
	bool latin;
	int letters = letters_of(p->text, &latin);

	if (letters == 0)             /* "&", "-": nothing that could be found */
		return ERR_NONE;
	if (p->start && letters == 1 && latin)
		return error_set(g->e, ERR_USAGE, "%.*s* would find nearly everything; * wants two"
		                 " letters before it", SHOWN(p->text));
	if (g->q->nterms == SEARCH_TERMS_MAX)
		return error_set(g->e, ERR_USAGE, "more than %d words to search for",
		                 SEARCH_TERMS_MAX);
	g->q->term[g->q->nterms++] = (struct search_term){
		.text = { arena_copy(g->a, p->text.p, p->text.n), p->text.n },
		.start = p->start, .title = p->key == KEY_TITLE, .without = p->without,
	};
	return ERR_NONE;
}

static enum err put_feed(struct parsing *g, const struct piece *p)
{
	if (g->q->nfeeds == SEARCH_FEEDS_MAX)
		return error_set(g->e, ERR_USAGE, "more than %d feeds to search in",
		                 SEARCH_FEEDS_MAX);
	g->q->feed[g->q->nfeeds++] = (struct search_feed){
		.text = { arena_copy(g->a, p->text.p, p->text.n), p->text.n },
		.without = p->without,
	};
	return ERR_NONE;
}

static enum err put_is(struct parsing *g, const struct piece *p)
{
	static const struct {
		const char *name;
		unsigned flag;
		bool set;
	} states[] = {
		{ "unread", ENTRY_READ, false }, { "read", ENTRY_READ, true },
		{ "starred", ENTRY_STARRED, true }, { "filler", ENTRY_FILLER, true },
	};

	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		if (!str_eq_nocase(p->text, str_of(states[i].name)))
			continue;
		if (states[i].set != p->without)
			g->q->with |= states[i].flag;
		else
			g->q->without |= states[i].flag;
		return ERR_NONE;
	}
	return error_set(g->e, ERR_USAGE, "is: knows unread, read, starred and filler, not “%.*s”",
	                 SHOWN(p->text));
}

static enum err put_day(struct parsing *g, const struct piece *p)
{
	const char *name = p->key == KEY_AFTER ? "after" : "before";
	int64_t day;

	if (p->without)
		return error_set(g->e, ERR_USAGE, "-%s: means nothing; there are after: and before:",
		                 name);
	if (!query_day(p->text, g->now, &day))
		return error_set(g->e, ERR_USAGE, "%s: takes a day (2026-05-03, 2026-05, 2026, today,"
		                 " yesterday) or an age (12h, 7d, 2w, 3m, 1y), not “%.*s”", name,
		                 SHOWN(p->text));
	if (p->key == KEY_AFTER && day > g->q->after)
		g->q->after = day;
	if (p->key == KEY_BEFORE && day < g->q->before)
		g->q->before = day;
	return ERR_NONE;
}

static enum err put_piece(struct parsing *g, const struct piece *p)
{
	bool latin;

	if (p->key != KEY_NONE && letters_of(p->text, &latin) == 0)
		return error_set(g->e, ERR_USAGE, "a word is missing behind the colon of %s:",
		                 keys[p->key - KEY_TITLE].name);
	switch (p->key) {
	case KEY_NONE:
	case KEY_TITLE:
		break;
	case KEY_FEED:
		return put_feed(g, p);
	case KEY_IS:
		return put_is(g, p);
	case KEY_AFTER:
	case KEY_BEFORE:
		return put_day(g, p);
	}
	return put_term(g, p);
}

static bool asks_for_nothing(const struct search_query *q)
{
	return q->nterms == 0 && q->nfeeds == 0 && q->with == 0 && q->without == 0 &&
	       q->after == INT64_MIN && q->before == INT64_MAX;
}

enum err query_parse(struct str typed, int64_t now, struct arena *a, struct search_query *out,
                     struct error *e)
{
	struct parsing g = { .q = out, .a = a, .now = now, .e = e };
	enum err rc = ERR_NONE;
	struct piece p;

	*out = (struct search_query){ .after = INT64_MIN, .before = INT64_MAX };
	while (rc == ERR_NONE && next_piece(&typed, &p))
		rc = put_piece(&g, &p);
	if (rc == ERR_NONE && asks_for_nothing(out))
		return error_set(e, ERR_USAGE, "no word to search for");
	return rc;
}

void query_split(struct str typed, struct buf *words, struct buf *limits)
{
	struct str rest = typed;
	struct piece p;

	for (skip_blanks(&rest); rest.n > 0; skip_blanks(&rest)) {
		struct str before = rest, said;
		struct buf *to;

		next_piece(&rest, &p);
		said = str_sub(before, 0, before.n - rest.n);
		to = p.key == KEY_NONE || p.key == KEY_TITLE ? words : limits;

		if (to->n > 0)
			buf_add_char(to, ' ');
		buf_add(to, said);
	}
}
