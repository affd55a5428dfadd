/* utf8 - code points in and out of bytes.
 *
 * Must not know: what the code points mean.
 */
#ifndef LEDE_TEXT_UTF8_H
#define LEDE_TEXT_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* The code point at `at` (which must be < s.n); *n is how many bytes it takes. An invalid
 * sequence gives U+FFFD and the length of its maximal subpart (Unicode 15, 3.9, table 3-8), so it
 * never eats a good byte. */
uint32_t utf8_at(struct str s, size_t at, size_t *n);
/* Bytes written to out (1..4). Surrogates and what is over U+10FFFF are written as U+FFFD. */
size_t utf8_put(uint32_t cp, char out[4]);
enum err utf8_add(struct buf *b, uint32_t cp);
bool utf8_is_valid(struct str s);
/* Length of the longest prefix of at most `max` bytes that ends at a character boundary. */
size_t utf8_cut(struct str s, size_t max);
/* Bytes at the end of `s` that begin a sequence which is cut off there (0..3): keep them for the
 * next chunk. */
size_t utf8_tail(struct str s);
/* Adds `s` with every invalid maximal subpart replaced by U+FFFD. */
enum err utf8_repair(struct str s, struct buf *out);

#endif
