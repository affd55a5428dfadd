/* xml_feed - the elements of RSS, RDF, Atom and CDF become drafts.
 *
 * Takes well-formed UTF-8 from `repair`, gives it to libxml2's SAX2 push parser and follows where
 * in the feed it is.
 * Must not know: bytes, encodings, how the receiver keeps entries.
 */
#ifndef LEDE_SRC_FEED_XML_FEED_H
#define LEDE_SRC_FEED_XML_FEED_H

#include "draft.h"
#include "repaired.h"

struct xml_feed;
struct xml_feed *xml_feed_new(struct collector *c); /* `c` is borrowed until the free */
/* An element is open: at the end of the bytes, the document broke off. */
bool xml_feed_is_open(const struct xml_feed *x);
void xml_feed_free(struct xml_feed *x);             /* NULL is fine */
/* ERR_LIMIT: too many entries; ERR_CANCEL: the receiver wants no more. */
enum err xml_feed_push(struct xml_feed *x, struct repaired *xml);

#endif
