/* bytes - numbers in the small blobs that rank hands to the store: varints (7 bits a byte, low
 * first) and fixed widths (low byte first).
 *
 * Reading never passes the end: what is missing or too large reads as 0 and `bad` stays set, so a
 * caller asks once, at the end.
 */
#ifndef RANK_BYTES_H
#define RANK_BYTES_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"

struct reader { struct str rest; bool bad; };

uint64_t read_varint(struct reader *r);
int64_t read_signed(struct reader *r);
uint64_t read_fixed(struct reader *r, int width);             /* width in bytes, 1..8 */
struct str read_bytes(struct reader *r, uint64_t n);

enum err add_varint(struct buf *b, uint64_t v);
enum err add_signed(struct buf *b, int64_t v);
enum err add_fixed(struct buf *b, uint64_t v, int width);

#endif
