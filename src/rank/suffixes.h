/* suffixes - what tokens.h does not show of them: asking, and keeping them beside the document
 * frequencies.
 */
#ifndef RANK_SUFFIXES_H
#define RANK_SUFFIXES_H

#include "bytes.h"
#include "lede/rank/tokens.h"

/* Counts the (folded) segment as seen once more from `source`; true when it had come often enough
 * to be dropped. */
bool suffixes_see(struct suffixes *s, struct str segment, uint64_t source);
/* Adds all that is known, or what changed since suffixes_changes_kept was last called, to `out`. */
enum err suffixes_save(const struct suffixes *s, struct buf *out);
enum err suffixes_save_changes(const struct suffixes *s, struct buf *out);
bool suffixes_have_changes(const struct suffixes *s);
void suffixes_changes_kept(struct suffixes *s);
/* Reads one of these; with `into` NULL only checks (r->bad). */
void suffixes_load(struct suffixes *into, struct reader *r);
size_t suffixes_bytes(const struct suffixes *s);

#endif
