#include "lede/text/wrap.h"

#include "lede/text/unicode_props.h"
#include "lede/text/utf8.h"

/* Sets of line classes. */
#define B(c) (UINT64_C(1) << LINE_##c)
#define ALL (~UINT64_C(0))
#define LETTER (B(AL) | B(HL))
#define IDEOGRAPH (B(ID) | B(ID_PICT) | B(EB) | B(EM))
#define JAMO (B(JL) | B(JV) | B(JT) | B(H2) | B(H3))
#define CLOSING (B(CL) | B(CP) | B(CP_WIDE))
#define OPENING (B(OP) | B(OP_WIDE))
#define LINE_END (B(BK) | B(CR) | B(LF) | B(NL))

/* Never at the start of a line: after anything (LB11, LB12, LB13, LB19), and after anything but
 * what LB20 lets go (LB21, LB22). LB13 holds over blanks too. */
#define BOUND_OVER_BLANKS (B(WJ) | CLOSING | B(EX) | B(IS) | B(SY))
#define BOUND (BOUND_OVER_BLANKS | B(GL) | B(QU))
#define USUAL (BOUND | B(BA) | B(HY) | B(NS) | B(IN))

/* Which classes stay on the line of the class before them: UAX #14, LB11 to LB30b, as far as two
 * neighbours decide. LB25 here is what pairs of it say; wrap_state holds the rest. */
static const uint64_t stays[LINE_CLASSES] = {
	[LINE_WJ] = ALL,
	[LINE_GL] = ALL,
	[LINE_QU] = ALL,
	[LINE_OP] = ALL,
	[LINE_OP_WIDE] = ALL,
	[LINE_BB] = ALL & ~B(CB),
	[LINE_CB] = BOUND,
	[LINE_BA] = USUAL & ~B(GL),
	[LINE_HY] = (USUAL & ~B(GL)) | B(NU),
	[LINE_AL] = USUAL | LETTER | B(NU) | B(PR) | B(PO) | B(OP),
	[LINE_HL] = USUAL | LETTER | B(NU) | B(PR) | B(PO) | B(OP),
	[LINE_NU] = USUAL | LETTER | B(NU) | B(PR) | B(PO) | B(OP),
	[LINE_PR] = USUAL | LETTER | B(NU) | IDEOGRAPH | JAMO,
	[LINE_PO] = USUAL | LETTER | B(NU),
	[LINE_IS] = USUAL | LETTER,
	[LINE_SY] = USUAL | B(HL),
	[LINE_CP] = USUAL | LETTER | B(NU),
	[LINE_CP_WIDE] = USUAL,
	[LINE_CL] = USUAL,
	[LINE_EX] = USUAL,
	[LINE_IN] = USUAL,
	[LINE_NS] = USUAL,
	[LINE_B2] = USUAL,
	[LINE_RI] = USUAL,
	[LINE_ID] = USUAL | B(PO),
	[LINE_ID_PICT] = USUAL | B(PO) | B(EM),
	[LINE_EB] = USUAL | B(PO) | B(EM),
	[LINE_EM] = USUAL | B(PO),
	[LINE_JL] = USUAL | B(PO) | B(JL) | B(JV) | B(H2) | B(H3),
	[LINE_JV] = USUAL | B(PO) | B(JV) | B(JT),
	[LINE_H2] = USUAL | B(PO) | B(JV) | B(JT),
	[LINE_JT] = USUAL | B(PO) | B(JT),
	[LINE_H3] = USUAL | B(PO) | B(JT),
};

/* LB25 (the numbers of section 8.2, example 7): how far a number has come. */
enum number { NUMBER_NONE, NUMBER_DIGITS, NUMBER_CLOSED };

struct wrap_state {
	struct str s;
	unsigned flags;
	bool begun;
	enum line_class last;     /* before the blanks; marks count as what they sit on (LB9) */
	bool blanks;              /* since `last` */
	bool joined;              /* the code point before is a ZWJ (LB8a) */
	bool wide;                /* the code point before is wide */
	bool after_hebrew;        /* `last` is a hyphen after a Hebrew letter (LB21a) */
	bool odd_regional;        /* `last` ends an odd number of regional indicators (LB30a) */
	enum number number;
};

static bool is_in(enum line_class c, uint64_t set)
{
	return (UINT64_C(1) << c & set) != 0;
}

static const struct props *props_at(struct str s, size_t at)
{
	size_t n;

	return at < s.n ? unicode_props(utf8_at(s, at, &n)) : NULL;
}

/* The tailoring: quotation marks in East Asian text are brackets. */
static enum line_class quote_class(const struct wrap_state *w, uint32_t cp, size_t next)
{
	const struct props *after = props_at(w->s, next);
	bool wide = w->wide || (after && (after->flags & IS_WIDE));

	if (!wide || (w->flags & WRAP_PLAIN))
		return LINE_QU;
	return cp == 0x201C || cp == 0x2018 ? LINE_OP : LINE_CL;
}

static enum line_class class_of(const struct wrap_state *w, uint32_t cp, size_t next)
{
	enum line_class c = (enum line_class)unicode_props(cp)->line;
	bool mark = c == LINE_CM || c == LINE_ZWJ;

	if (c == LINE_QU && cp >= 0x2018 && cp <= 0x201D && cp != 0x201A && cp != 0x201B)
		return quote_class(w, cp, next);
	/* LB10: a mark on nothing is a letter */
	if (mark && (!w->begun || w->blanks || is_in(w->last, LINE_END | B(ZW))))
		return LINE_AL;
	return c;
}

/* LB25, (PR | PO) x (OP | HY)? NU: is the next thing after `at` a digit? */
static bool digit_follows(struct str s, size_t at)
{
	size_t n;

	for (; at < s.n; at += n) {
		enum line_class c = (enum line_class)unicode_props(utf8_at(s, at, &n))->line;

		if (c != LINE_CM && c != LINE_ZWJ)
			return c == LINE_NU;
	}
	return false;
}

/* LB14 to LB17: pairs that hold over blanks between them. */
static bool holds_over_blanks(enum line_class a, enum line_class b)
{
	if (is_in(b, BOUND_OVER_BLANKS) || is_in(a, OPENING))
		return true;
	if (a == LINE_QU)
		return is_in(b, OPENING);
	if (is_in(a, CLOSING))
		return b == LINE_NS;
	return a == LINE_B2 && b == LINE_B2;
}

static bool holds_number(const struct wrap_state *w, enum line_class b, size_t next)
{
	if (is_in(w->last, B(PR) | B(PO)) && is_in(b, OPENING))
		return digit_follows(w->s, next);
	if (w->number == NUMBER_DIGITS && is_in(b, B(NU) | B(SY) | B(IS) | CLOSING))
		return true;
	return w->number != NUMBER_NONE && is_in(b, B(PO) | B(PR));
}

/* Neighbours without a blank between them: LB11 to LB30b. */
static bool holds(const struct wrap_state *w, enum line_class b, size_t next)
{
	if (is_in(b, B(CM) | B(ZWJ)) || is_in(b, stays[w->last]))
		return true;
	if (b == LINE_B2 && w->wide && !(w->flags & WRAP_PLAIN))
		return true;              /* kinsoku: no line of Chinese begins with a dash */
	if (w->after_hebrew && b != LINE_CB)
		return true;
	if (w->last == LINE_RI && b == LINE_RI)
		return w->odd_regional;
	return holds_number(w, b, next);
}

static enum wrap_break decide(const struct wrap_state *w, enum line_class b, size_t next)
{
	if (!w->begun)
		return WRAP_NO;                                             /* LB2 */
	if (is_in(w->last, LINE_END) && !w->blanks)
		return w->last == LINE_CR && b == LINE_LF ? WRAP_NO : WRAP_MUST;  /* LB4, LB5 */
	if (is_in(b, LINE_END | B(SP) | B(ZW)))
		return WRAP_NO;                                             /* LB6, LB7 */
	if (w->last == LINE_ZW)
		return WRAP_MAY;                                            /* LB8 */
	if (w->joined || holds_over_blanks(w->last, b))
		return WRAP_NO;
	if (w->blanks)
		return WRAP_MAY;                                            /* LB18 */
	return holds(w, b, next) ? WRAP_NO : WRAP_MAY;
}

static enum number number_after(enum number before, enum line_class b)
{
	if (b == LINE_NU)
		return NUMBER_DIGITS;
	if (before == NUMBER_DIGITS && is_in(b, B(SY) | B(IS)))
		return NUMBER_DIGITS;
	return before == NUMBER_DIGITS && is_in(b, CLOSING) ? NUMBER_CLOSED : NUMBER_NONE;
}

static void state_take(struct wrap_state *w, uint32_t cp, enum line_class b)
{
	w->joined = cp == 0x200D;
	w->wide = (unicode_props(cp)->flags & IS_WIDE) != 0;
	if (is_in(b, B(CM) | B(ZWJ)))
		return;                   /* LB9 */
	if (b == LINE_SP) {
		if (!w->begun)
			w->last = LINE_SP;
		w->begun = w->blanks = true;
		w->number = NUMBER_NONE;
		return;
	}
	w->after_hebrew = w->last == LINE_HL && !w->blanks && is_in(b, B(HY) | B(BA));
	w->odd_regional = b == LINE_RI && !(w->last == LINE_RI && !w->blanks && w->odd_regional);
	w->number = number_after(w->number, b);
	w->last = b;
	w->blanks = false;
	w->begun = true;
}

void wrap_breaks(struct str s, unsigned flags, uint8_t *at)
{
	struct wrap_state w = { .s = s, .flags = flags };
	size_t n;

	for (size_t i = 0; i < s.n; i += n) {
		uint32_t cp = utf8_at(s, i, &n);
		enum line_class b = class_of(&w, cp, i + n);

		at[i] = (uint8_t)decide(&w, b, i + n);
		for (size_t k = 1; k < n; k++)
			at[i + k] = WRAP_NO;
		state_take(&w, cp, b);
	}
	at[s.n] = WRAP_MUST;
	if (s.n > 0)
		at[0] = WRAP_NO;
}
