/* convert - Chinese text in the other script, by OpenCC where that is installed.
 *
 * The library is looked for when the first text is to be converted (dlopen): without it the program
 * starts as fast, and a text that needs it says what is missing. For display only.
 * Must not know: where the text stands, who wishes which script.
 */
#ifndef LEDE_TEXT_CONVERT_H
#define LEDE_TEXT_CONVERT_H

#include "lede/base/error.h"
#include "lede/base/str.h"

/* s: simplified; t: traditional, character by character; tw: traditional as in Taiwan, its words
 * too. */
enum convert { CONVERT_NO, CONVERT_S, CONVERT_T, CONVERT_TW, CONVERT_COUNT };
enum convert convert_named(const char *name);          /* "no", "s", "t", "tw"; else CONVERT_NO */
const char *convert_script(enum convert to);           /* "simplified"; "" for CONVERT_NO */

/* For one thread at a time. */
struct converter;
struct converter *converter_new(void);                 /* opens nothing yet */
void converter_free(struct converter *c);              /* NULL is fine */
/* Opens what is needed for `to`, 2 to 20 ms the first time. ERR_NONESUCH: OpenCC, or its
 * dictionaries, are not installed. Asked again it answers the same. */
enum err converter_open(struct converter *c, enum convert to, struct error *e);
/* Adds `in`, valid UTF-8, in that script; as it stands when it holds no Han or cannot be converted.
 * True when it was changed. 1 MB takes about a fifth of a second. */
bool converter_run(struct converter *c, enum convert to, struct str in, struct buf *out);

#endif
