#include "lede/text/cluster.h"

#define VARIATION_EMOJI 0xFE0F

static bool is_control(enum grapheme_class c)
{
	return c == GRAPHEME_CONTROL || c == GRAPHEME_CR || c == GRAPHEME_LF;
}

/* GB6 to GB8: the syllables of Hangul. */
static bool same_syllable(enum grapheme_class a, enum grapheme_class b)
{
	switch (a) {
	case GRAPHEME_L:
		return b == GRAPHEME_L || b == GRAPHEME_V || b == GRAPHEME_LV || b == GRAPHEME_LVT;
	case GRAPHEME_LV:
	case GRAPHEME_V:
		return b == GRAPHEME_V || b == GRAPHEME_T;
	case GRAPHEME_LVT:
	case GRAPHEME_T:
		return b == GRAPHEME_T;
	default:
		return false;
	}
}

bool cluster_goes_on(const struct cluster *c, enum grapheme_class next)
{
	if (is_control(c->last) || is_control(next))
		return c->last == GRAPHEME_CR && next == GRAPHEME_LF;
	if (next == GRAPHEME_EXTEND || next == GRAPHEME_ZWJ || next == GRAPHEME_SPACING)
		return true;
	if (c->last == GRAPHEME_PREPEND || same_syllable(c->last, next))
		return true;
	if (next == GRAPHEME_PICT)
		return c->picture == PICTURE_JOINED;
	return next == GRAPHEME_REGIONAL && c->regionals % 2 == 1;
}

static enum picture picture_after(enum picture before, enum grapheme_class next)
{
	if (next == GRAPHEME_PICT)
		return PICTURE_SEEN;
	if (before == PICTURE_SEEN && next == GRAPHEME_ZWJ)
		return PICTURE_JOINED;
	return before == PICTURE_SEEN && next == GRAPHEME_EXTEND ? PICTURE_SEEN : PICTURE_NONE;
}

void cluster_take(struct cluster *c, const struct props *p, uint32_t cp, int ambiguous)
{
	enum grapheme_class next = (enum grapheme_class)p->grapheme;

	c->cells += p->cells == 3 ? ambiguous : p->cells;
	if (c->cells > 2 || (cp == VARIATION_EMOJI && c->emoji))
		c->cells = 2;
	c->picture = picture_after(c->picture, next);
	c->regionals = next == GRAPHEME_REGIONAL ? c->regionals + 1 : 0;
	c->emoji = (p->flags & IS_EMOJI) != 0;
	c->last = next;
}
