/* wrap - where a line may break, and the lines of a paragraph.
 *
 * UAX #14 (Unicode 15.0). Tailoring unless WRAP_PLAIN: next to a wide character U+201C and U+2018
 * behave as opening, U+201D and U+2019 as closing brackets, so that Chinese lines fill to the last
 * cell; and no line begins with a dash (U+2014) that follows a wide character.
 * Must not know: markup, screens.
 */
#ifndef LEDE_TEXT_WRAP_H
#define LEDE_TEXT_WRAP_H

#include <stdint.h>

#include "lede/base/str.h"

#define WRAP_PLAIN 1u             /* no tailoring */

enum wrap_break { WRAP_NO = 0, WRAP_MAY, WRAP_MUST };

/* Fills at[0..s.n] (s.n + 1 bytes): at[i] says whether a line may or must end before byte i.
 * at[0] is WRAP_NO unless the text is empty, at[s.n] is WRAP_MUST. */
void wrap_breaks(struct str s, unsigned flags, uint8_t *at);

/* Bytes from..to are drawn; blanks at a break, line ends and a soft hyphen at the end are left
 * out. */
struct wrap_line { size_t from, to; int cells; };
/* Greedy: the line that begins at byte `from`, at most `width` cells (>= 2). Returns where the next
 * line begins (s.n: no more). A piece longer than the line is cut between clusters. `at` is from
 * wrap_breaks. Soft hyphens inside the line take no cell and are not to be drawn; one at its end is
 * drawn as "-" by the caller: *hyphen (may be NULL) says so; its cell is counted in `cells`. */
size_t wrap_next(struct str s, const uint8_t *at, size_t from, int width, int ambiguous,
                 struct wrap_line *line, bool *hyphen);

#endif
