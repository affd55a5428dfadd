#include "suffixes.h"

#include <stdlib.h>

#include "lede/base/hash.h"
#include "lede/base/mem.h"
#include "rules.h"

struct suffixes {
	struct map *seen;             /* key of source and segment: how often, up to SEGMENT_SEEN */
	struct map *changed;          /* the keys (only) that changed since suffixes_changes_kept */
	bool swept;                   /* rare ones were forgotten since */
};

struct suffixes *suffixes_new(void)
{
	struct suffixes *s = mem_new(sizeof *s);

	s->seen = map_new();
	s->changed = map_new();
	return s;
}

void suffixes_free(struct suffixes *s)
{
	if (!s)
		return;
	map_free(s->seen);
	map_free(s->changed);
	free(s);
}

static uint64_t count_of(const struct suffixes *s, uint64_t key)
{
	uint64_t n = 0;

	map_get(s->seen, key, &n);
	return n;
}

/* A new map without the keys that are not yet dropped from titles: a map must not change while it
 * is walked. */
static struct map *only_frequent(const struct suffixes *s, struct map *of)
{
	struct map *kept = map_new();
	uint64_t key, value;

	for (size_t at = 0; map_next(of, &at, &key, &value);)
		if (count_of(s, key) >= SEGMENT_SEEN)
			map_put(kept, key, value);
	return kept;
}

static void sweep(struct suffixes *s)
{
	struct map *seen = only_frequent(s, s->seen), *changed = only_frequent(s, s->changed);

	map_free(s->seen);
	map_free(s->changed);
	s->seen = seen;
	s->changed = changed;
	s->swept = true;
}

/* 32 bits are kept: two of 65,536 that meet cost one segment dropped wrongly. */
static uint64_t segment_key(struct str segment, uint64_t source)
{
	uint64_t both = hash64(segment) ^ source * UINT64_C(0x9E3779B97F4A7C15);

	return both * UINT64_C(0xD6E8FEB86659FD93) >> 32;
}

bool suffixes_see(struct suffixes *s, struct str segment, uint64_t source)
{
	uint64_t key = segment_key(segment, source), n = count_of(s, key);

	if (n >= SEGMENT_SEEN)
		return true;
	if (n == 0 && map_count(s->seen) >= SUFFIXES_MAX) {
		sweep(s);
		if (map_count(s->seen) >= SUFFIXES_MAX)
			return false;
	}
	map_put(s->seen, key, n + 1);
	map_put(s->changed, key, 1);
	return false;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* The keys of `of` in rising order, differences first written as varints, each with its count: the
 * same bytes on every machine. */
static enum err save_keys(const struct suffixes *s, const struct map *of, bool swept,
			  struct buf *out)
{
	size_t n = map_count(of), i = 0;
	uint64_t *keys = mem_array(n, sizeof *keys), last = 0, key, value;

	for (size_t at = 0; map_next(of, &at, &key, &value);)
		keys[i++] = key;
	qsort(keys, n, sizeof *keys, by_number);
	enum err rc = add_varint(out, (uint64_t)n << 1 | swept);

	for (i = 0; i < n && rc == ERR_NONE; last = keys[i++]) {
		rc = add_varint(out, keys[i] - last);
		if (rc == ERR_NONE)
			rc = add_varint(out, count_of(s, keys[i]));
	}
	free(keys);
	return rc;
}

enum err suffixes_save(const struct suffixes *s, struct buf *out)
{
	return save_keys(s, s->seen, false, out);
}

bool suffixes_have_changes(const struct suffixes *s)
{
	return s->swept || map_count(s->changed) > 0;
}

enum err suffixes_save_changes(const struct suffixes *s, struct buf *out)
{
	return save_keys(s, s->changed, s->swept, out);
}

void suffixes_changes_kept(struct suffixes *s)
{
	map_clear(s->changed);
	s->swept = false;
}

void suffixes_load(struct suffixes *into, struct reader *r)
{
	uint64_t head = read_varint(r), key = 0;

	if (into && (head & 1)) {
		sweep(into);
		into->swept = false;
	}
	for (uint64_t i = 0; i < head >> 1 && !r->bad; i++) {
		key += read_varint(r);
		uint64_t n = read_varint(r);

		r->bad |= key > UINT32_MAX || n > SEGMENT_SEEN;
		if (into && !r->bad)
			map_put(into->seen, key, n);
	}
}

/* What two words and the bookkeeping of a map's slot take, at its usual load. */
size_t suffixes_bytes(const struct suffixes *s)
{
	return (map_count(s->seen) + map_count(s->changed)) * 32;
}
