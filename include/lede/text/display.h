/* display - the choke point: the only form in which text from outside may be shown.
 *
 * Rules 1 to 7 of shared/corpora/text/README.md: valid UTF-8, no controls, no direction
 * overrides, no invisible characters, emoji reduced to what every terminal counts alike, at most
 * four marks on a base. The result holds no byte below 0x20, no 0x7F, no C1. Applying it twice
 * changes nothing.
 * Must not know: screens, HTML.
 */
#ifndef LEDE_TEXT_DISPLAY_H
#define LEDE_TEXT_DISPLAY_H

#include <stdbool.h>

#include "lede/base/str.h"

/* One line (titles, names, messages): every white space run becomes one blank, ends trimmed. */
enum err display_line(struct str in, struct buf *out);
/* A body: line feeds stay (CR, CRLF, NEL, LS, PS become LF), tabs become blanks to the next
 * multiple of 8, runs of blanks and U+3000 are kept, U+00AD is kept as a place to break. */
enum err display_body(struct str in, struct buf *out);
/* Drops what glosses a Han character in parentheses, as in 監(jiān)管: pinyin directly after it, one
 * syllable in small letters, or several each with its tone mark. Other parentheses stay: (AI),
 * (café), (René), and readings that lost letters: (ji?n). */
enum err display_without_glosses(struct str in, struct buf *out);
/* The first such gloss behind a Han character at or after `from`: its bytes, parentheses
 * included. */
bool display_find_gloss(struct str s, size_t from, size_t *start, size_t *end);

#endif
