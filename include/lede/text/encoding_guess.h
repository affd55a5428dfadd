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

#endif
