/* html - small services on HTML fragments.
 *
 * Must not know: blocks and lines (rich).
 */
#ifndef LEDE_TEXT_HTML_H
#define LEDE_TEXT_HTML_H

#include "lede/base/str.h"

/* Resolves entities once (named ones of HTML 4 and 5's common ones, decimal, hex; &#128;-&#159; as windows-1252). */
enum err html_unescape(struct str in, struct buf *out);
/* Text of a fragment: tags and comments dropped, entities resolved once, white space collapsed and trimmed. A lone `<` stays. */
enum err html_to_text(struct str in, struct buf *out);
/* Escapes & < > and " so that `in` can stand as text or attribute. */
enum err html_escape(struct str in, struct buf *out);
/* Copies a fragment with relative href and src (also srcset's first, poster, data-src left alone) made absolute. */
enum err html_absolute(struct str in, struct str base, struct buf *out);
/* True when the bytes look like an HTML page (doctype, html, head or body near the start), not a feed. */
bool html_is_page(struct str start);

#endif
