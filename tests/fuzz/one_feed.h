/* one_feed - what every target that parses a feed does with it. */
#ifndef FUZZ_ONE_FEED_H
#define FUZZ_ONE_FEED_H

#include <stddef.h>
#include <stdint.h>

/* Parses data[1..] and aborts when what comes out is no text, or depends on the pieces in which the
 * bytes arrived. The first byte says in what pieces (bits 0 and 1), whether the ceilings are low
 * (bit 2) and which charset the server named, if any (bits 3 and 4). */
void fuzz_one_feed(const uint8_t *data, size_t size);

#endif
