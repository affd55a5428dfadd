/* scan - how far a text needs no look, sixteen bytes at a time.
 *
 * Each gives the length of the longest prefix without the characters it names; the whole length
 * when there are none.
 * Must not know: what is done about them.
 */
#ifndef LEDE_SRC_FEED_SCAN_H
#define LEDE_SRC_FEED_SCAN_H

#include <stdbool.h>

#include "lede/base/str.h"

size_t scan_text(struct str s); /* '<', '&', "]]>" or what may become it, characters that XML does
				   not have */
size_t scan_literal(struct str s); /* only characters that XML does not have */
size_t scan_escape(struct str s);  /* '<', '&', '>' and '"' */

/* Bytes of a character that XML does not have at the start of `s`; 0 when it is a good one. */
size_t scan_bad_char(struct str s);

/* Classes of bytes in markup. */
enum { BYTE_SPACE = 1, BYTE_NAME_START = 2, BYTE_NAME = 4, BYTE_ENDS_NAME = 8 };
extern const unsigned char scan_bytes[256];
static inline int scan_is(char c, int classes)
{
	return scan_bytes[(unsigned char)c] & classes;
}

#endif
