/* timeline - for each key (a token, a headline, a link) the entries that have it, in order of time.
 *
 * Entries are slots: indices into the folder's arrays, used again after eviction. Sorted by (time,
 * id), not by arrival, so that what is found is the same whatever order entries came or were put
 * back in. Must not know: what the keys are.
 */
#ifndef RANK_TIMELINE_H
#define RANK_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct moment { int64_t time, id; };
/* weight: the key's in that entry, for whoever put it in. */
struct posting { uint32_t slot; uint16_t weight; };
struct timelines;
struct timelines *timelines_new(void);
void timelines_free(struct timelines *t);

/* `when` is indexed by slot, here and below; a slot's moment must not change while it is in. */
void timelines_add(struct timelines *t, uint64_t key, struct posting p, const struct moment *when);
void timelines_remove(struct timelines *t, uint64_t key, uint32_t slot, const struct moment *when);
/* Those of that moment or before. */
void timelines_remove_upto(struct timelines *t, uint64_t key, struct moment last,
			   const struct moment *when);

/* The entries of one key, borrowed until the next add or remove: at[0..n), oldest first. */
struct timeline_view { const struct posting *at; size_t n; };
struct timeline_view timelines_view(const struct timelines *t, uint64_t key);
/* How many of them are at or before `at`: those come from there downwards, the later ones upwards.
 */
size_t timeline_upto(struct timeline_view v, const struct moment *when, struct moment at);
size_t timelines_bytes(const struct timelines *t);

#endif
