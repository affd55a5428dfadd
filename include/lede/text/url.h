/* url - addresses: split, resolve, compare.
 *
 * RFC 3986 with the leniency that feeds need (blanks and non-ASCII are kept or percent-encoded,
 * never an error). Must not know: the network.
 */
#ifndef LEDE_TEXT_URL_H
#define LEDE_TEXT_URL_H

#include <stdbool.h>

#include "lede/base/str.h"

struct url {
	struct str scheme, user, host, port, path, query, fragment;
	bool has_authority, has_query, has_fragment;
};
/* Parts are borrowed from s. Never fails: what cannot be split is all path. */
struct url url_split(struct str s);
/* `ref` against `base` (RFC 3986 5.2); with an empty base `ref` as it stands. White space around is
 * taken off, percent-escapes are left alone; tabs and line ends inside go, other blanks and
 * controls inside are escaped. */
enum err url_resolve(struct str base, struct str ref, struct buf *out);
/* An absolute http or https address with a host, at most 8 KiB, no control character, no blank, no
 * port beyond 65535. */
bool url_is_web(struct str s);
/* Why it is none, as a sentence: "a port is a number from 1 to 65535"; NULL: it is one. Static. */
const char *url_flaw(struct str s);
/* The form in which links are compared (STORE: identity): scheme and "www." off, host in lower
 * case, default port, fragment, trailing slash and tracking parameters (utm_*, fbclid, gclid, ...)
 * off, rest as it is. */
enum err url_normalise(struct str s, struct buf *out);
/* For people: scheme and "www." left out, percent-encoded UTF-8 shown decoded, through
 * display_line. */
enum err url_display(struct str s, struct buf *out);

#endif
