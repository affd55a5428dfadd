/* sax - libxml2's push parser as lede uses it.
 *
 * No network, no DTD, no entity, and it goes on behind errors. Must not know: what the elements
 * mean.
 */
#ifndef LEDE_SRC_FEED_SAX_H
#define LEDE_SRC_FEED_SAX_H

#include <libxml/parser.h>

#include "lede/base/mem.h"
#include "lede/base/str.h"

/* Before the first thread that parses. */
void sax_init(void);
/* Aborts without memory; xmlFreeParserCtxt frees it. `sax` is completed and copied. */
xmlParserCtxtPtr sax_new(xmlSAXHandler *sax, void *self);

/* Attributes as libxml2 hands them over: five pointers each. `arena` lives as long as they do. */
struct attributes { const xmlChar **at; int n; struct arena *arena; };
/* The value of the attribute without a namespace, letter case apart; .p NULL when there is none. */
struct str attribute_get(struct attributes a, const char *local);
/* The same for xml:lang, rdf:about. */
struct str attribute_get_ns(struct attributes a, const char *prefix, const char *local);
struct str attribute_name(struct attributes a, int i);
struct str attribute_prefix(struct attributes a, int i);
struct str attribute_value(struct attributes a, int i);

#endif
