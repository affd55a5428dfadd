/* encoding - bytes become UTF-8 once, at the edge.
 *
 * Order: byte order mark; charset of the content type; the XML declaration (or meta charset); zero
 * bytes of UTF-16/32; UTF-8 if the bytes are valid; then a guess. Names are read generously, gb2312
 * means GB 18030, iso-8859-1 means windows-1252 and so on (shared/corpora/feeds/README.md,
 * Encodings). A declared encoding that is plainly impossible is passed over. Bytes that do not
 * decode become U+FFFD, they never stop anything. Must not know: XML beyond its declaration, feeds.
 */
#ifndef LEDE_TEXT_ENCODING_H
#define LEDE_TEXT_ENCODING_H

#include <stdbool.h>

#include "lede/base/str.h"

struct decoder;
/* `charset`: of the content type, or of a person's setting; empty when there is none. */
struct decoder *decoder_new(struct str charset);
void decoder_free(struct decoder *d);
/* Adds what of `bytes` is certain to `out` as valid UTF-8 (a byte order mark left out); the first
 * up to 4 KiB may wait for the decision, 32 KiB where it is a guess. `last` flushes. NULs become
 * U+FFFD. Only ERR_LIMIT of `out` can fail. */
enum err decoder_push(struct decoder *d, struct str bytes, bool last, struct buf *out);
/* Name of the encoding decided for ("UTF-8", "GB18030"), "" before; static or borrowed. */
const char *decoder_name(const struct decoder *d);
/* The value of `charset=` in a Content-Type header; empty when there is none. */
struct str charset_of_content_type(struct str content_type);

#endif
