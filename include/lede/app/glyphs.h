/* glyphs - lede's own marks in the three sets of SCREENS.md section 5.
 *
 * Must not know: which terminal this is; somebody chooses a set.
 */
#ifndef LEDE_APP_GLYPHS_H
#define LEDE_APP_GLYPHS_H

#include "lede/base/str.h"

enum glyph {
	GLYPH_UNREAD,
	GLYPH_MORE_CAME,
	GLYPH_STAR,
	GLYPH_UP,
	GLYPH_DOWN,
	GLYPH_BAR,
	GLYPH_PLACE,
	GLYPH_RULE_V,
	GLYPH_RULE_H,
	GLYPH_QUOTE,
	GLYPH_BULLET,
	GLYPH_DOT,
	GLYPH_CUT,
	GLYPH_OPEN,
	GLYPH_CLOSE,
	GLYPH_APOSTROPHE,
	GLYPH_COUNT
};
enum glyph_set { GLYPHS_UNICODE, GLYPHS_CONSOLE, GLYPHS_ASCII };
/* lede's own sentences are written with the marks of the first set: a sentence in those of `set`. */
void glyphs_write(struct buf *out, enum glyph_set set, struct str sentence);
const char *glyph(enum glyph_set set, enum glyph g);     /* UTF-8, static */

#endif
