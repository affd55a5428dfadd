#include "tokenize.h"

#include "lede/text/fold_form.h"
#include "lede/text/unicode.h"
#include "lede/text/utf8.h"

/* One pass, nothing allocated. A character of a run is given away when its second neighbour comes:
 * a voicing mark may still make another of the last one. */

struct unit {
	uint32_t cp, from, to;
};

struct cutting {
	enum token_way way;
	token_fn *take;
	void *self;
	uint32_t position;
	int rc;
	/* a word under way */
	char word[TOKEN_BYTES];
	size_t n;
	bool in_word, full;
	uint32_t from, to;
	/* the last two characters of a run */
	struct unit run[2];
	int held;
	bool run_is_longer; /* a pair of it was given already */
};

static void give(struct cutting *c, const struct token *t)
{
	if (c->rc == 0)
		c->rc = c->take(c->self, t);
}

static void end_word(struct cutting *c)
{
	if (!c->in_word)
		return;
	give(c, &(struct token){ .word = { c->word, c->n }, .position = c->position++,
	                         .from = c->from, .to = c->to });
	c->in_word = c->full = false;
	c->n = 0;
}

/* The single character `u`, at the position of the pair before it or at its own. */
static void give_single(struct cutting *c, const struct unit *u, bool colocated, bool tail)
{
	char bytes[4];
	uint32_t position = c->position - (colocated ? 1 : 0);

	give(c, &(struct token){ .word = { bytes, utf8_put(u->cp, bytes) }, .position = position,
	                         .from = u->from, .to = u->to, .colocated = colocated,
	                         .tail = tail, .cjk = true });
	if (!colocated)
		c->position++;
}

static void give_pair(struct cutting *c)
{
	char bytes[8];
	size_t n = utf8_put(c->run[0].cp, bytes);

	n += utf8_put(c->run[1].cp, bytes + n);
	give(c, &(struct token){ .word = { bytes, n }, .position = c->position++,
	                         .from = c->run[0].from, .to = c->run[1].to, .cjk = true });
	if (c->way == TOKENS_OF_DOCUMENT)
		give_single(c, &c->run[0], true, false);
	c->run_is_longer = true;
}

static void end_run(struct cutting *c)
{
	if (c->held == 2)
		give_pair(c);
	if (c->held > 0)
		give_single(c, &c->run[c->held - 1], false,
		            c->way == TOKENS_OF_QUERY && c->run_is_longer);
	c->held = 0;
	c->run_is_longer = false;
}

static void take_character(struct cutting *c, struct unit u)
{
	struct unit *last = c->held > 0 ? &c->run[c->held - 1] : NULL;
	uint32_t both = last ? fold_composed(last->cp, u.cp) : 0;

	if (both) {
		last->cp = both;
		last->to = u.to;
		return;
	}
	end_word(c);
	if (c->held == 2) {
		give_pair(c);
		c->run[0] = c->run[1];
		c->held = 1;
	}
	c->run[c->held++] = u;
}

static void begin_word(struct cutting *c, uint32_t from)
{
	end_run(c);
	if (!c->in_word)
		c->from = from;
	c->in_word = true;
}

static void take_letter(struct cutting *c, struct unit u)
{
	char bytes[4];
	size_t n = utf8_put(u.cp, bytes);

	begin_word(c, u.from);
	c->to = u.to;
	c->full = c->full || c->n + n > TOKEN_BYTES;
	for (size_t i = 0; i < n && !c->full; i++)
		c->word[c->n++] = bytes[i];
}

static void end_all(struct cutting *c)
{
	end_word(c);
	end_run(c);
}

/* A mark that folding has left is a vowel of its word (Indic scripts); in a run of Han it is
 * nothing. */
static void take_mark(struct cutting *c, struct unit u)
{
	if (c->in_word)
		take_letter(c, u);
}

/* A voicing mark or a final jamo makes another of the last character, whatever it is by itself. */
static bool joins_last(const struct cutting *c, struct unit u)
{
	return c->held > 0 && fold_composed(c->run[c->held - 1].cp, u.cp) != 0;
}

static void take_folded(struct cutting *c, struct unit u)
{
	if (joins_last(c, u)) {
		take_character(c, u);
		return;
	}
	switch (unicode_fold_class(u.cp)) {
	case FOLD_HAN:
	case FOLD_KANA:
	case FOLD_HANGUL:
		take_character(c, u);
		break;
	case FOLD_WORD:
		take_letter(c, u);
		break;
	case FOLD_MARK:
		take_mark(c, u);
		break;
	case FOLD_SEPARATOR:
		end_all(c);
	}
}

/* Most of what is read: told without a table. Bytes from `at` on that were taken. */
static size_t take_ascii(struct cutting *c, struct str text, size_t at)
{
	size_t end = at;

	if (!ascii_is_alnum(text.p[at])) {
		end_all(c);
		return 1;
	}
	begin_word(c, (uint32_t)at);
	for (; end < text.n && ascii_is_alnum(text.p[end]); end++) {
		c->full = c->full || c->n == TOKEN_BYTES;
		if (!c->full)
			c->word[c->n++] = ascii_lower(text.p[end]);
	}
	c->to = (uint32_t)end;
	return end - at;
}

int tokenize(struct str text, enum token_way way, token_fn *take, void *self)
{
	struct cutting c = { .way = way, .take = take, .self = self };
	uint32_t folded[18];
	size_t n;

	for (size_t at = 0; at < text.n && c.rc == 0; at += n) {
		if ((unsigned char)text.p[at] < 0x80) {
			n = take_ascii(&c, text, at);
			continue;
		}
		int count = fold_code_point(utf8_at(text, at, &n), folded);

		for (int i = 0; i < count; i++)
			take_folded(&c, (struct unit){ folded[i], (uint32_t)at,
			                               (uint32_t)(at + n) });
	}
	end_all(&c);
	return c.rc;
}
