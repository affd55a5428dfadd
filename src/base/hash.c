#include "lede/base/hash.h"

#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"

/* ---- SipHash-2-4 ---- */

static uint64_t rotl(uint64_t x, int by)
{
	return x << by | x >> (64 - by);
}

static uint64_t load64(const void *p)
{
	const unsigned char *b = p;

	/* Written out, a compiler sees that it is one load. */
	return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 |
	       (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 |
	       (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}

/* Inlined, so that the four words of a loop's own copy stay in registers: bodies of megabytes pass
 * here. */
static inline __attribute__((always_inline)) void sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[1] = rotl(v[1], 13) ^ v[0];
	v[0] = rotl(v[0], 32);
	v[2] += v[3];
	v[3] = rotl(v[3], 16) ^ v[2];
	v[0] += v[3];
	v[3] = rotl(v[3], 21) ^ v[0];
	v[2] += v[1];
	v[1] = rotl(v[1], 17) ^ v[2];
	v[2] = rotl(v[2], 32);
}

static inline __attribute__((always_inline)) void sip_word(uint64_t v[4], uint64_t m)
{
	v[3] ^= m;
	sip_round(v);
	sip_round(v);
	v[0] ^= m;
}

void siphash_start(struct siphash *h, const struct hash_key *key)
{
	uint64_t k0 = load64(key->bytes), k1 = load64(key->bytes + 8);

	*h = (struct siphash){ .v = {
		k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d,
		k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573 } };
}

/* All whole words of the n bytes at p; returns how many bytes that were. */
static size_t add_words(struct siphash *h, const char *p, size_t n)
{
	uint64_t v[4] = { h->v[0], h->v[1], h->v[2], h->v[3] };
	size_t i = 0;

	for (; n - i >= 8; i += 8)
		sip_word(v, load64(p + i));
	memcpy(h->v, v, sizeof v);
	h->n += i;
	return i;
}

void siphash_add(struct siphash *h, struct str s)
{
	for (size_t i = 0; i < s.n; ) {
		if (h->n % 8 == 0 && s.n - i >= 8) {
			i += add_words(h, s.p + i, s.n - i);
			continue;
		}
		h->tail |= (uint64_t)(unsigned char)s.p[i++] << 8 * (h->n % 8);
		if (++h->n % 8 == 0) {
			sip_word(h->v, h->tail);
			h->tail = 0;
		}
	}
}

uint64_t siphash_end(struct siphash *h)
{
	sip_word(h->v, h->tail | (uint64_t)h->n << 56);
	h->v[2] ^= 0xff;
	for (int i = 0; i < 4; i++)
		sip_round(h->v);
	return h->v[0] ^ h->v[1] ^ h->v[2] ^ h->v[3];
}

uint64_t siphash(const struct hash_key *key, struct str s)
{
	struct siphash h;

	siphash_start(&h, key);
	siphash_add(&h, s);
	return siphash_end(&h);
}

/* ---- without a key ---- */

static uint64_t mix(uint64_t x)
{
	x ^= x >> 33;
	x *= 0xff51afd7ed558ccd;
	x ^= x >> 33;
	x *= 0xc4ceb9fe1a85ec53;
	return x ^ x >> 33;
}

uint64_t hash64(struct str s)
{
	uint64_t h = 0xcbf29ce484222325;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3;
	return mix(h);
}

uint32_t hash32(struct str s)
{
	uint64_t h = hash64(s);

	return (uint32_t)(h ^ h >> 32);
}

/* ---- map: linear probing, removal by shifting back, at most three quarters full ---- */

struct slot { uint64_t key, value; };
struct map { struct slot *slot; bool *used; size_t cap, n; };

struct map *map_new(void)
{
	return mem_new(sizeof(struct map));
}

void map_free(struct map *m)
{
	if (!m)
		return;
	free(m->slot);
	free(m->used);
	free(m);
}

size_t map_count(const struct map *m)
{
	return m->n;
}

static size_t home(const struct map *m, uint64_t key)
{
	return mix(key) & (m->cap - 1);
}

/* The slot that holds the key, or the free one where it would go. */
static size_t probe(const struct map *m, uint64_t key)
{
	size_t i = home(m, key);

	while (m->used[i] && m->slot[i].key != key)
		i = (i + 1) & (m->cap - 1);
	return i;
}

bool map_get(const struct map *m, uint64_t key, uint64_t *value)
{
	size_t i;

	if (m->n == 0)
		return false;
	i = probe(m, key);
	if (m->used[i] && value)
		*value = m->slot[i].value;
	return m->used[i];
}

static void grow(struct map *m)
{
	struct map old = *m;

	m->cap = old.cap ? old.cap * 2 : 16;
	m->slot = mem_array(m->cap, sizeof *m->slot);
	m->used = mem_array(m->cap, sizeof *m->used);
	for (size_t i = 0; i < old.cap; i++)
		if (old.used[i]) {
			size_t at = probe(m, old.slot[i].key);

			m->slot[at] = old.slot[i];
			m->used[at] = true;
		}
	free(old.slot);
	free(old.used);
}

void map_put(struct map *m, uint64_t key, uint64_t value)
{
	size_t i;

	if (4 * (m->n + 1) > 3 * m->cap)
		grow(m);
	i = probe(m, key);
	m->n += !m->used[i];
	m->slot[i] = (struct slot){ key, value };
	m->used[i] = true;
}

bool map_remove(struct map *m, uint64_t key)
{
	size_t hole, i;

	if (m->n == 0)
		return false;
	hole = probe(m, key);
	if (!m->used[hole])
		return false;
	for (i = (hole + 1) & (m->cap - 1); m->used[i]; i = (i + 1) & (m->cap - 1)) {
		size_t wants = home(m, m->slot[i].key);

		/* It may move back only if its home does not lie between the hole and itself. */
		if (((i - wants) & (m->cap - 1)) < ((i - hole) & (m->cap - 1)))
			continue;
		m->slot[hole] = m->slot[i];
		hole = i;
	}
	m->used[hole] = false;
	m->n--;
	return true;
}

void map_clear(struct map *m)
{
	if (m->cap)
		memset(m->used, 0, m->cap * sizeof *m->used);
	m->n = 0;
}

bool map_next(const struct map *m, size_t *at, uint64_t *key, uint64_t *value)
{
	while (*at < m->cap && !m->used[*at])
		++*at;
	if (*at >= m->cap)
		return false;
	if (key)
		*key = m->slot[*at].key;
	if (value)
		*value = m->slot[*at].value;
	++*at;
	return true;
}
