/* values - what stands in a feed becomes text, HTML, a name, a language.
 *
 * All of them add to `out`; an empty value adds nothing. They fail only at the ceiling of `out`.
 * Must not know: elements, XML, JSON.
 */
#ifndef LEDE_SRC_FEED_VALUES_H
#define LEDE_SRC_FEED_VALUES_H

#include <stdbool.h>

#include "lede/base/str.h"

/* Plain text: white space runs become a blank, ends are trimmed. */
enum err value_plain(struct str s, struct buf *out);
/* RSS's text: where it holds markup or references they are resolved. */
enum err value_text(struct str s, struct buf *out);
/* RSS's HTML: plain text is escaped, relative addresses are made absolute. */
enum err value_html(struct str s, struct str base, struct buf *out);
/* Plain text as HTML; `lines`: line ends are kept as <br>. */
enum err value_plain_as_html(struct str s, bool lines, struct buf *out);
/* Relative addresses of an HTML fragment made absolute; copies it when there is none, and when it
 * would become too long for `out`. */
enum err value_absolute(struct str html, struct str base, struct buf *out);
/* Adds `s` with & < > " escaped. */
enum err value_escape(struct str s, struct buf *out);
/* The C1 controls in `s` as what windows-1252 has there. */
enum err value_without_controls(struct str s, struct buf *out);
bool value_has_controls(struct str s);
/* A category is a name: markup in it is none, but references are resolved. */
enum err value_category(struct str s, struct buf *out);
/* The name in "me@example.com (Ann)" or "Ann <me@example.com>" and "Ann (me@example.com)", else
 * what there is. */
struct str value_person(struct str s);
/* "en_US" becomes "en-US"; what can be no language tag adds nothing. */
enum err value_language(struct str s, struct buf *out);
/* True for an address that can be followed: "http://example.com/1", not "urn:x" or "tag:...". */
bool value_is_address(struct str s);
/* Resolving would change nothing: absolute, and nothing but visible ASCII. */
bool value_is_final(struct str s);
/* An address, resolved against `base` as url_resolve does it; quick where nothing is to be done. */
enum err value_address(struct str s, struct str base, struct buf *out);
/* A non-negative whole number, or -1. */
int64_t value_length(struct str s);
/* Decodes base64 (RFC 4648), white space ignored; false when it is none. */
bool value_base64(struct str s, struct buf *out);

#endif
