/* encoding_guess - what bytes may be that say nothing about themselves and are no UTF-8.
 *
 * libuchardet's opinion, corrected where it cannot be or where a likelier relative shows the same
 * text. Must not know: where the bytes come from.
 */
#ifndef LEDE_TEXT_ENCODING_GUESS_H
#define LEDE_TEXT_ENCODING_GUESS_H

#include "lede/text/encoding_names.h"

/* Never without an answer: Western (windows-1252) where there is no better one. The name is static.
 */
struct coding encoding_guess(struct str window);
/* True when iconv meets an error in the window; a character cut off at its end is none. */
bool encoding_fails(struct str window, const char *name);

/* Sequences of UTF-8 that are right, wrong, or a character's beginning without its end. What the
 * window's end cut off is none of them, unless it is the last one. */
struct utf8_signs { size_t good, wrong, cut; };
struct utf8_signs utf8_signs_of(struct str window, bool last);
/* Whether what calls itself UTF-8 can be it, damage allowed for: text of another encoding is mostly
 * wrong, and characters that lost their end are signs of UTF-8 too. Escapes of ISO-2022 and nothing
 * else are none. */
bool utf8_is_possible(struct str window, struct utf8_signs signs);

#endif
