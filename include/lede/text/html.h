/* html - small services on HTML fragments.
 *
 * Must not know: blocks and lines (rich).
 */
#ifndef LEDE_TEXT_HTML_H
#define LEDE_TEXT_HTML_H

#include "lede/base/str.h"

/* Resolves entities once (all named ones of HTML, decimal, hex; &#128;-&#159; as windows-1252). */
enum err html_unescape(struct str in, struct buf *out);
/* Text of a fragment: tags and comments dropped, entities resolved once, white space collapsed and
 * trimmed. A lone `<` stays. */
enum err html_to_text(struct str in, struct buf *out);
/* Escapes & < > and " so that `in` can stand as text or attribute. */
enum err html_escape(struct str in, struct buf *out);
/* Copies a fragment with relative href, src, srcset (its first), poster, cite, action, longdesc and
 * background made absolute; data-src and everything else is left letter for letter. Linear in the
 * input. */
enum err html_absolute(struct str in, struct str base, struct buf *out);
/* True when the bytes look like an HTML page (doctype, html, head or body near the start), not a
 * feed. */
bool html_is_page(struct str start);

#endif
