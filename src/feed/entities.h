/* entities - what a reference like &eacute; or &#8212; stands for.
 *
 * The document's own entities are read out of its DOCTYPE here, so that libxml2 never sees one:
 * their expansion is counted, an external one is empty, a parameter entity does not exist.
 * Must not know: where in the document the reference stands.
 */
#ifndef LEDE_SRC_FEED_ENTITIES_H
#define LEDE_SRC_FEED_ENTITIES_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"

enum reference_kind {
	REFERENCE_NONE,      /* a bare '&' */
	REFERENCE_CUT,       /* more bytes are needed to tell */
	REFERENCE_KEPT,      /* one of XML's own five: may stay as it is written */
	REFERENCE_CHARACTER, /* `cp` */
	REFERENCE_NAMED,     /* `text` is plain text (HTML's names) */
	REFERENCE_OWN        /* `text` is to be read as part of the document */
};

struct reference {
	enum reference_kind kind;
	size_t n; /* bytes it takes, with '&' and ';' */
	uint32_t cp;
	struct str text; /* borrowed from `e` until the next call */
};

struct entities;
struct entities *entities_new(void);
void entities_free(struct entities *e); /* NULL is fine */
/* Adds the general entities declared in a DOCTYPE declaration; the first of a name counts. */
void entities_declare(struct entities *e, struct str doctype);
/* What one of XML's own five (REFERENCE_KEPT) at the start of `s` stands for. */
struct str entities_kept(struct str s);
/* Reads the reference at the start of `s` (s.p[0] is '&'). */
struct reference entities_read(struct entities *e, struct str s);

#endif
