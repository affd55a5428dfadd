/* fold_form - the form in which words are compared: for folding, ranking and search.
 *
 * NFKC, case folded, combining marks dropped (not those of kana or hangul, nor those of Indic
 * and Southeast Asian scripts, where they are vowels), Traditional Han to Simplified (Unihan
 * kSimplifiedVariant where the character is not its own; the first when there are several). What
 * is invisible, such as U+00AD, folds to nothing. Folding twice changes nothing.
 * Must not know: tokens, stop words (rank), the search index (store).
 */
#ifndef LEDE_TEXT_FOLD_FORM_H
#define LEDE_TEXT_FOLD_FORM_H

#include <stdint.h>

#include "lede/base/str.h"

/* Adds the folded form of `in` (UTF-8, expected in display form). Longer than the input by 3
 * times at most for ordinary text, 18 times in the worst case of Unicode. */
enum err fold_form(struct str in, struct buf *out);
/* The folded form of one code point: 0..18 code points into out; returns how many. */
int fold_code_point(uint32_t cp, uint32_t out[18]);
/* The one code point that two folded ones make, or 0: kana with a voicing mark (half-width kana
 * come as two code points) and the jamo of Hangul. Nothing else keeps a mark that composes. */
uint32_t fold_composed(uint32_t a, uint32_t b);

#endif
