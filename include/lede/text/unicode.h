/* unicode - properties of code points, from generated tables (Unicode 15.0).
 *
 * The tables are src/text/unicode_*.inc, generated from the Unicode data files by
 * src/text/gen-unicode.py and checked in, so that a build needs no data files.
 * Must not know: strings.
 */
#ifndef LEDE_TEXT_UNICODE_H
#define LEDE_TEXT_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

/* Cells of one code point: W and F 2; Mn, Me, format characters, Hangul vowel and final jamo 0;
 * else 1. Controls are 0, U+00AD is 1 (where it is shown it is a hyphen). `ambiguous` (1 or 2) is
 * what East Asian Ambiguous counts. */
int unicode_cells(uint32_t cp, int ambiguous);
bool unicode_is_wide(uint32_t cp);        /* East Asian Width W or F */
bool unicode_is_ambiguous(uint32_t cp);
bool unicode_is_mark(uint32_t cp);        /* Mn, Me, Mc */
bool unicode_is_space(uint32_t cp);       /* White_Space */
bool unicode_is_han(uint32_t cp);         /* Script Han, without punctuation; with 々 〆 〇 */
bool unicode_is_kana(uint32_t cp);        /* hiragana, katakana, ー, half-width forms */
bool unicode_is_hangul(uint32_t cp);
/* Assigned after Unicode 13: many terminals count these wrongly. */
bool unicode_is_newer_than_13(uint32_t cp);

/* For search and folding (the table of the tokenizer): what kind of character it is there. */
enum fold_class { FOLD_SEPARATOR, FOLD_WORD, FOLD_HAN, FOLD_KANA, FOLD_HANGUL, FOLD_MARK };
enum fold_class unicode_fold_class(uint32_t cp);

#endif
