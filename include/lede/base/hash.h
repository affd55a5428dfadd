/* hash - SipHash for what strangers control, a fast mix for what they do not, and a map of numbers.
 *
 * Must not know: what is hashed.
 */
#ifndef LEDE_BASE_HASH_H
#define LEDE_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lede/base/str.h"

struct hash_key { uint8_t bytes[16]; };

/* SipHash-2-4 (Aumasson, Bernstein 2012), 64 bits. Incremental: start, add, add, end gives the same
 * as one call over the joined bytes. */
struct siphash { uint64_t v[4], tail; size_t n; };
void siphash_start(struct siphash *h, const struct hash_key *key);
void siphash_add(struct siphash *h, struct str s);
uint64_t siphash_end(struct siphash *h);
uint64_t siphash(const struct hash_key *key, struct str s);

/* 32- and 64-bit hashes without a key, the same on every machine and in every version: the store
 * keeps them (FNV-1a with a final mix). Only where a collision costs nothing but a little
 * quality. */
uint32_t hash32(struct str s);
uint64_t hash64(struct str s);

/* Open-addressing map from uint64 to uint64; key 0 is allowed. Not ordered. */
struct map;
struct map *map_new(void);
void map_free(struct map *m);
size_t map_count(const struct map *m);
bool map_get(const struct map *m, uint64_t key, uint64_t *value);
void map_put(struct map *m, uint64_t key, uint64_t value);   /* replaces */
bool map_remove(struct map *m, uint64_t key);
void map_clear(struct map *m);
/* Walks in no useful order: *at starts at 0; false at the end. The map must not change
 * meanwhile. */
bool map_next(const struct map *m, size_t *at, uint64_t *key, uint64_t *value);

#endif
