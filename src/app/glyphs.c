#include "lede/app/glyphs.h"

#include <string.h>

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

/* Only marks that a sentence can hold; of the others none has the same bytes. */
static enum glyph mark_at(struct str s)
{
	static const enum glyph in_sentences[] = { GLYPH_DOT,  GLYPH_CUT,        GLYPH_OPEN,
		                                   GLYPH_CLOSE, GLYPH_APOSTROPHE };

	for (size_t i = 0; i < sizeof in_sentences / sizeof *in_sentences; i++)
		if (str_starts(s, marks[GLYPHS_UNICODE][in_sentences[i]]))
			return in_sentences[i];
	return GLYPH_COUNT;
}

void glyphs_write(struct buf *out, enum glyph_set set, struct str sentence)
{
	for (size_t i = 0; i < sentence.n;) {
		enum glyph g = set == GLYPHS_UNICODE ? GLYPH_COUNT
		                                     : mark_at(str_sub(sentence, i, sentence.n));

		if (g == GLYPH_COUNT) {
			buf_add_char(out, sentence.p[i++]);
			continue;
		}
		buf_add_cstr(out, marks[set][g]);
		i += strlen(marks[GLYPHS_UNICODE][g]);
	}
}
