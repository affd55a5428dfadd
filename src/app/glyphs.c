#include "lede/app/glyphs.h"

static const char *const marks[3][GLYPH_COUNT] = {
	[GLYPHS_UNICODE] = {
		[GLYPH_UNREAD] = "●", [GLYPH_MORE_CAME] = "○", [GLYPH_STAR] = "★", [GLYPH_UP] = "▲",
		[GLYPH_DOWN] = "▼", [GLYPH_BAR] = "▌", [GLYPH_PLACE] = "│", [GLYPH_RULE_V] = "│",
		[GLYPH_RULE_H] = "─", [GLYPH_QUOTE] = "│", [GLYPH_BULLET] = "•", [GLYPH_DOT] = "·",
		[GLYPH_CUT] = "…", [GLYPH_OPEN] = "“", [GLYPH_CLOSE] = "”", [GLYPH_APOSTROPHE] = "’",
	},
	[GLYPHS_CONSOLE] = {          /* what CP437 has */
		[GLYPH_UNREAD] = "•", [GLYPH_MORE_CAME] = "○", [GLYPH_STAR] = "♦", [GLYPH_UP] = "▲",
		[GLYPH_DOWN] = "▼", [GLYPH_BAR] = "▌", [GLYPH_PLACE] = "│", [GLYPH_RULE_V] = "│",
		[GLYPH_RULE_H] = "─", [GLYPH_QUOTE] = "│", [GLYPH_BULLET] = "•", [GLYPH_DOT] = "·",
		[GLYPH_CUT] = "~", [GLYPH_OPEN] = "\"", [GLYPH_CLOSE] = "\"", [GLYPH_APOSTROPHE] = "'",
	},
	[GLYPHS_ASCII] = {
		[GLYPH_UNREAD] = "N", [GLYPH_MORE_CAME] = "n", [GLYPH_STAR] = "!", [GLYPH_UP] = "^",
		[GLYPH_DOWN] = "v", [GLYPH_BAR] = ">", [GLYPH_PLACE] = ":", [GLYPH_RULE_V] = "|",
		[GLYPH_RULE_H] = "-", [GLYPH_QUOTE] = ">", [GLYPH_BULLET] = "*", [GLYPH_DOT] = "-",
		[GLYPH_CUT] = "..", [GLYPH_OPEN] = "\"", [GLYPH_CLOSE] = "\"", [GLYPH_APOSTROPHE] = "'",
	},
};

const char *glyph(enum glyph_set set, enum glyph g)
{
	return marks[set][g];
}
