#include "search_needle.h"

#include "tokenize.h"

/* Shift-And (Baeza-Yates, Gonnet 1992): bit i of a needle's state says that its first i + 1 words
 * end at this position. */

/* ---- needles of texts ---- */

struct cutting {
	struct needle *out;
	struct arena *a;
	bool full, tail_waits, last_is_cjk;
};

static void add_word(struct cutting *c, struct str word)
{
	if (c->out->n == NEEDLE_TOKENS) {
		c->full = true;
		return;
	}
	c->out->word[c->out->n++] = (struct str){ arena_copy(c->a, word.p, word.n), word.n };
}

/* A tail at the end says nothing that its pair has not said. */
static int take_word(void *self, const struct token *t)
{
	struct cutting *c = self;

	c->tail_waits = t->tail;
	c->last_is_cjk = t->cjk;
	add_word(c, t->word);
	return c->full ? 1 : 0;
}

bool needle_of(struct str text, bool start, struct arena *a, struct needle *out)
{
	struct cutting c = { .out = out, .a = a };

	out->n = 0;
	tokenize(text, TOKENS_OF_QUERY, take_word, &c);
	if (c.tail_waits)
		out->n--;
	out->start = start && out->n > 0 && !c.last_is_cjk;
	return !c.full;
}

/* ---- the pass ---- */

struct pass {
	const struct needle *needle;
	size_t n, left; /* left: needles not found yet */
	uint64_t wanted[4]; /* of 256 marks of words: those that some needle has */
	bool any_start; /* marks of words do not say it */
	uint64_t *state, *at_position; /* of each needle: before this position, and what it has */
	uint32_t from[NEEDLE_TOKENS]; /* where the last positions begin */
	uint32_t position, to;
	bool *found;
	uint32_t *first;
	needle_fn *each;
	void *self;
};

static unsigned mark_of(struct str word)
{
	const unsigned char *p = (const unsigned char *)word.p;

	return (p[0] * 31u + p[word.n - 1] * 7u + (unsigned)word.n) & 255;
}

static bool is_word(const struct needle *d, int i, struct str word)
{
	if (d->start && i == d->n - 1)
		return word.n >= d->word[i].n &&
		       memcmp(word.p, d->word[i].p, d->word[i].n) == 0;
	return str_eq(d->word[i], word);
}

static void tell(struct pass *p, size_t i, uint32_t last)
{
	const struct needle *d = &p->needle[i];
	uint32_t start = p->from[(last + 1 - (uint32_t)d->n) % NEEDLE_TOKENS];

	if (!p->found[i]) {
		p->found[i] = true;
		p->first[i] = start;
		p->left--;
	}
	if (p->each)
		p->each(p->self, i, (struct needle_at){ start, p->to });
}

/* All words of a position were seen. */
static void end_position(struct pass *p)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->needle[i].n == 0)
			continue;
		p->state[i] = (p->state[i] << 1 | 1) & p->at_position[i];
		p->at_position[i] = 0;
		if (p->state[i] >> (p->needle[i].n - 1) & 1)
			tell(p, i, p->position);
	}
}

static void see_word(struct pass *p, struct str word)
{
	unsigned mark = mark_of(word);

	if (!p->any_start && !(p->wanted[mark / 64] >> mark % 64 & 1))
		return;
	for (size_t i = 0; i < p->n; i++)
		for (int k = 0; k < p->needle[i].n; k++)
			if (is_word(&p->needle[i], k, word))
				p->at_position[i] |= UINT64_C(1) << k;
}

static int see_token(void *self, const struct token *t)
{
	struct pass *p = self;

	if (t->position != p->position) {
		end_position(p);
		p->position = t->position;
	}
	if (!t->colocated) {
		p->from[t->position % NEEDLE_TOKENS] = t->from;
		p->to = t->to;
	}
	see_word(p, t->word);
	return p->left == 0 && !p->each ? 1 : 0;
}

static void want(struct pass *p, const struct needle *d)
{
	for (int k = 0; k < d->n; k++) {
		unsigned mark = mark_of(d->word[k]);

		p->wanted[mark / 64] |= UINT64_C(1) << mark % 64;
	}
	p->any_start = p->any_start || d->start;
	p->left += d->n > 0;
}

void needles_find(const struct needle *needles, size_t n, struct str text, bool found[],
                  uint32_t first[], needle_fn *each, void *self)
{
	uint64_t state[2 * SEARCH_TERMS_MAX + 2] = { 0 };
	struct pass p = { .needle = needles, .n = n, .state = state,
		          .at_position = state + SEARCH_TERMS_MAX + 1, .found = found,
		          .first = first, .each = each, .self = self };

	for (size_t i = 0; i < n; i++) {
		found[i] = false;
		first[i] = UINT32_MAX;
		want(&p, &needles[i]);
	}
	if (p.left == 0)
		return;
	tokenize(text, TOKENS_OF_DOCUMENT, see_token, &p);
	end_position(&p);
}
