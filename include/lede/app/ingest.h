/* ingest - bytes of one feed into entries of the store.
 *
 * Ties the feed parser to whoever takes entries (the writer's mailbox, or a store directly: sample
 * edition, files). Titles become display form, the content (else the summary) becomes the entry's
 * html here, so that nothing raw goes further. An entry without a title gets the beginning of its
 * text, else its link. Must not know: HTTP, threads.
 */
#ifndef LEDE_APP_INGEST_H
#define LEDE_APP_INGEST_H

#include "lede/feed/feed.h"
#include "lede/store/entries.h"
#include "lede/store/feeds.h"

/* Given each entry; everything is borrowed for the call. False stops. */
typedef bool ingest_fn(void *self, const struct entry_new *n);
struct ingest;
struct ingest *ingest_new(int64_t feed, struct str url, struct str content_type, struct str charset,
                          ingest_fn *entry, void *self);
enum err ingest_push(struct ingest *g, struct str bytes, struct error *e);
enum err ingest_end(struct ingest *g, struct error *e);
const struct feed_meta *ingest_meta(const struct ingest *g);
size_t ingest_count(const struct ingest *g);
uint64_t ingest_body_hash(const struct ingest *g);        /* of all bytes pushed */
uint64_t ingest_hash(struct str body); /* the same of a body that is there as a whole */
void ingest_free(struct ingest *g);

/* The title of an entry in display form: its own, else the beginning of its text, else its link.
 * `scratch` is cleared first; `out` is empty. */
void ingest_title(struct str title, struct str html, struct str link, struct buf *scratch,
                  struct buf *out);

/* A whole document in memory straight into a store (in a batch of its own); the feed's row must be
 * there. */
enum err ingest_document(struct store *s, int64_t feed, struct str url, struct str bytes,
                         int64_t now, struct error *e);
/* The same without the entries dated after `until`. */
enum err ingest_document_until(struct store *s, int64_t feed, struct str url, struct str bytes,
                               int64_t now, int64_t until, struct error *e);

#endif
