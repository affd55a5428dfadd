/* fold_index - the entries and stories folding can still join: what is in memory between two
 * folder_adds.
 *
 * Inside rank only. Entries ("members") and stories live in slots; a freed slot is used again.
 */
#ifndef RANK_FOLD_INDEX_H
#define RANK_FOLD_INDEX_H

#include "entry_terms.h"
#include "lede/base/hash.h"
#include "rules.h"
#include "timeline.h"
#include "vector.h"

struct member {
	int64_t feed;
	uint64_t exact, link;
	uint64_t place[PLACES_MAX / 64];      /* bits: the provinces it names */
	uint32_t run;                 /* of folder_evict, when it was added */
	/* Owned: n sorted hashes, the numbers, the names, then n weights of 16 bits, then, of
	 * CJK ones, the folded text. NULL: slot is free. */
	uint32_t *hash;
	uint16_t n;
	uint16_t ntext;
	uint8_t nnumber, nname;
	uint8_t ways;                 /* rules_ways of its words */
	bool cjk, kana, mixed;
};

struct story {
	int64_t id;
	uint32_t n;                   /* members; 0: slot is free */
	uint32_t length;              /* of the sum of its members' vectors */
	uint32_t only;                /* the member's slot, while it never had another */
	struct vector sum;            /* none while it never had another */
};

struct slots { uint32_t *unused; size_t n, cap; };

/* `when` and `story_of` (a story's slot) are members' too, apart because a search reads these of
 * thousands of members and the rest of a few. */
struct fold_index {
	struct member *member; struct moment *when; uint32_t *story_of;
	size_t nmember, member_cap, when_cap, story_of_cap;
	struct story *story; size_t nstory, story_cap;
	struct slots free_members, free_stories;
	struct timelines *lines;
	struct map *story_of_id;
	size_t vectors;               /* bytes of all members' blocks */
};

void index_init(struct fold_index *x);
void index_free(struct fold_index *x);

/* A member on its own, with what its terms say; it is freed with free(m.hash) or given to an index.
 */
struct member member_of(const struct entry_terms *terms);
/* Puts it into the story with the id `story`, which is made when it is not there. The member is the
 * index's then. */
void index_give(struct fold_index *x, struct member m, struct moment when, int64_t story);
void index_remove(struct fold_index *x, uint32_t member);
/* All of that moment or before: cheaper than one by one, as most share words. */
void index_remove_upto(struct fold_index *x, struct moment last);
/* The `n` oldest by (time, id), or all there are. */
void index_remove_oldest(struct fold_index *x, size_t n);
size_t index_members(const struct fold_index *x);
size_t index_bytes(const struct fold_index *x);

/* Keys of the timelines: the upper two bits tell their kinds apart. */
#define KEY_BITS (UINT64_MAX >> 2)
static inline uint64_t key_of_token(uint32_t hash) { return hash; }
static inline uint64_t key_of_exact(uint64_t e) { return (e & KEY_BITS) | UINT64_C(1) << 62; }
static inline uint64_t key_of_link(uint64_t l) { return (l & KEY_BITS) | UINT64_C(1) << 63; }

static inline const uint32_t *member_numbers(const struct member *m) { return m->hash + m->n; }
static inline const struct name *member_names(const struct member *m)
{
	return (const struct name *)(m->hash + m->n + m->nnumber);
}
static inline uint16_t *member_weights(const struct member *m)
{
	return (uint16_t *)(m->hash + m->n + m->nnumber + 2 * m->nname);
}
static inline struct str member_text(const struct member *m)
{
	return (struct str){ (const char *)(member_weights(m) + m->n), m->ntext };
}

#endif
