#include "lede/base/mem.h"

#include <stdalign.h>
#include <stdint.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdlib.h>
#include <string.h>

#define LARGE_BYTES (256 << 10)

static void (*exhaustion)(void);      /* set once by main, before threads */

void mem_on_exhaustion(void (*hook)(void))
{
	exhaustion = hook;
}

static void *checked(void *p)
{
	if (!p) {
		if (exhaustion)
			exhaustion();
		abort();
	}
	return p;
}

void *mem_new(size_t size)
{
	return checked(calloc(1, size ? size : 1));
}

void *mem_array(size_t n, size_t size)
{
	return checked(calloc(n ? n : 1, size ? size : 1));
}

void *mem_resize(void *p, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		return checked(NULL);
	return checked(realloc(p, n > 0 && size > 0 ? n * size : 1));
}

void *mem_dup(const void *p, size_t n)
{
	void *copy = checked(malloc(n ? n : 1));

	if (n)
		memcpy(copy, p, n);
	return copy;
}

char *mem_strdup(const char *s)
{
	return mem_dup(s, strlen(s) + 1);
}

void *mem_grow(void *p, size_t *cap, size_t need, size_t size)
{
	size_t more = *cap;

	if (p && need <= more)
		return p;
	do {
		if (more > SIZE_MAX / 2)
			return checked(NULL);
		more = more < 8 ? 8 : 2 * more;
	} while (more < need);
	*cap = more;
	return mem_resize(p, more, size);
}

/* ---- arena ---- */

enum { BLOCK_BYTES = 8 << 10 };

struct block {
	struct block *next;
	size_t size, used;
	alignas(max_align_t) unsigned char bytes[];
};
struct arena { struct block *block; };

static struct block *block_new(size_t size)
{
	struct block *b;

	if (size > SIZE_MAX - sizeof *b)
		return checked(NULL);
	b = checked(malloc(sizeof *b + size));
	b->next = NULL;
	b->size = size;
	b->used = 0;
	return b;
}

struct arena *arena_new(void)
{
	return mem_new(sizeof(struct arena));
}

static void free_blocks(struct block *b)
{
	while (b) {
		struct block *next = b->next;

		free(b);
		b = next;
	}
}

void arena_free(struct arena *a)
{
	if (a)
		free_blocks(a->block);
	free(a);
}

/* The block that is kept is the newest: the largest of those that were filled in order. */
void arena_reset(struct arena *a)
{
	if (!a->block)
		return;
	free_blocks(a->block->next);
	a->block->next = NULL;
	a->block->used = 0;
}

size_t arena_bytes(const struct arena *a)
{
	size_t n = 0;

	for (const struct block *b = a->block; b; b = b->next)
		n += sizeof *b + b->size;
	return n;
}

static void *take(struct block *b, size_t size)
{
	void *p = b->bytes + b->used;

	b->used += size;
	return p;
}

/* Large values get a block of their own behind the current one, whose rest is not given up. */
static void *take_large(struct arena *a, size_t size)
{
	struct block *b = block_new(size);

	if (a->block) {
		b->next = a->block->next;
		a->block->next = b;
	} else {
		a->block = b;
	}
	return take(b, size);
}

static void *arena_take(struct arena *a, size_t size)
{
	const size_t unit = alignof(max_align_t);
	struct block *b = a->block;

	if (size > SIZE_MAX - unit)
		return checked(NULL);
	size = (size + unit - 1) / unit * unit;
	if (b && b->size - b->used >= size)
		return take(b, size);
	if (size > BLOCK_BYTES / 4)
		return take_large(a, size);
	/* Blocks grow with the arena, up to 256 KiB. */
	b = block_new(a->block && a->block->size < (256 << 10) && a->block->size >= BLOCK_BYTES ?
		      2 * a->block->size : BLOCK_BYTES);
	b->next = a->block;
	a->block = b;
	return take(b, size);
}

void *arena_alloc(struct arena *a, size_t size)
{
	void *p = arena_take(a, size ? size : 1);

	memset(p, 0, size ? size : 1);
	return p;
}

char *arena_copy(struct arena *a, const char *p, size_t n)
{
	char *copy = arena_take(a, n + 1);

	if (n)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

void mem_keep_little(void)
{
#ifdef __GLIBC__
	/* Unless it is set, the threshold follows the largest block that was ever freed, up to 32
	 * MiB: from then on large arrays lie, and leave holes, among small blocks. */
	(void)mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
#endif
}

void mem_give_back(void)
{
#ifdef __GLIBC__
	(void)malloc_trim(0);
#endif
}
