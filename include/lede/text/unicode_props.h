/* unicode_props - what the modules of `text` need to know about a code point, in one look-up.
 *
 * The property values of UAX #14 and #29 (Unicode 15.0), resolved as far as they can be without
 * context. For `text` only; other floors ask unicode.h.
 * Must not know: rules. Those are in cluster.c, wrap.c and display.c.
 */
#ifndef LEDE_TEXT_UNICODE_PROPS_H
#define LEDE_TEXT_UNICODE_PROPS_H

#include <stdint.h>

/* Grapheme_Cluster_Break; PICT is Extended_Pictographic (whose value would be Other). */
enum grapheme_class {
	GRAPHEME_OTHER, GRAPHEME_CR, GRAPHEME_LF, GRAPHEME_CONTROL, GRAPHEME_EXTEND, GRAPHEME_ZWJ,
	GRAPHEME_REGIONAL, GRAPHEME_PREPEND, GRAPHEME_SPACING, GRAPHEME_L, GRAPHEME_V, GRAPHEME_T,
	GRAPHEME_LV, GRAPHEME_LVT, GRAPHEME_PICT
};

/* Line_Break after LB1: AI, SG and XX are AL, CJ is NS, SA is CM or AL. OP_WIDE and CP_WIDE are
 * those that LB30 leaves out; ID_PICT is the unassigned Extended_Pictographic of LB30b. */
enum line_class {
	LINE_BK, LINE_CR, LINE_LF, LINE_NL, LINE_SP, LINE_ZW, LINE_WJ, LINE_GL, LINE_CM, LINE_ZWJ,
	LINE_AL, LINE_HL, LINE_ID, LINE_ID_PICT, LINE_EB, LINE_EM, LINE_CL, LINE_CP, LINE_CP_WIDE,
	LINE_OP, LINE_OP_WIDE, LINE_EX, LINE_IN, LINE_NS, LINE_NU, LINE_PR, LINE_PO, LINE_IS,
	LINE_SY, LINE_B2, LINE_BA, LINE_BB, LINE_HY, LINE_QU, LINE_CB, LINE_RI, LINE_H2, LINE_H3,
	LINE_JL, LINE_JV, LINE_JT,
	LINE_CLASSES
};

enum {
	IS_SPACE = 1 << 0,        /* White_Space */
	IS_MARK = 1 << 1,         /* Mn, Me, Mc */
	IS_WIDE = 1 << 2,         /* East_Asian_Width W, F */
	IS_AMBIGUOUS = 1 << 3,    /* East_Asian_Width A */
	IS_NEW = 1 << 4,          /* Age over 13.0 */
	IS_EMOJI = 1 << 5,        /* Emoji: U+FE0F makes it two cells wide */
	IS_MODIFIER = 1 << 6,     /* Emoji_Modifier: skin tones */
	IS_NONCHAR = 1 << 7,
	IS_JOINS = 1 << 8,        /* letter or mark of a script that needs U+200C and U+200D */
	IS_IGNORABLE = 1 << 9,    /* Default_Ignorable_Code_Point */
	IS_HIDDEN = 1 << 10       /* control, ignorable or format character: not drawn */
};

struct props {
	uint8_t grapheme;         /* enum grapheme_class */
	uint8_t line;             /* enum line_class */
	uint8_t cells;            /* 0, 1, 2; 3 is ambiguous */
	uint8_t fold;             /* enum fold_class of unicode.h */
	uint16_t flags;
};

/* Never NULL; over U+10FFFF it answers as for U+FFFD. */
const struct props *unicode_props(uint32_t cp);

#endif
