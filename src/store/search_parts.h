/* search_parts - the FTS5 tables of the index being written.
 *
 * In the caller's transaction. Must not know: the cache, which entries there are.
 */
#ifndef SRC_STORE_SEARCH_PARTS_H
#define SRC_STORE_SEARCH_PARTS_H

#include "search_inside.h"

struct parts;
struct parts *parts_new(struct search_file *f); /* borrowed */
void parts_free(struct parts *p); /* NULL is fine */
/* A transaction begins: with a large buffer and no merging, or as usual. */
void parts_begin(struct parts *p, bool backlog);
/* It was rolled back: tables it made are not there. */
void parts_forget(struct parts *p);

/* `text` as search_text_make has it; the part is made when it is not there. */
enum err parts_put(struct parts *p, int64_t id, struct str text, struct error *e);
/* Takes out what was put in as `old`. Of a part that is gone: in find_kept. */
enum err parts_replace(struct parts *p, int64_t id, struct str old, struct str text,
                       struct error *e);
enum err parts_keep(struct parts *p, int64_t id, struct str text, struct error *e);
enum err parts_drop(struct parts *p, int64_t part, struct error *e);
/* Merges a little (about 4 MB written) of one part that is full or was written in a hurry, in a
 * transaction of its own. *did: there was something to merge. */
enum err parts_merge(struct parts *p, bool *did, struct error *e);

#endif
