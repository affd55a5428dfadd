/* mem - allocation that does not fail, and an arena for values that die together.
 *
 * Out of memory calls a hook that `main` sets once (it restores the terminal) and aborts. What a
 * stranger controls has a ceiling before it gets here, so running out is never a server's doing.
 * Must not know: what is allocated.
 */
#ifndef LEDE_BASE_MEM_H
#define LEDE_BASE_MEM_H

#include <stddef.h>

/* Called once, before abort(), when memory runs out. It must not allocate. Set before threads
 * start. */
void mem_on_exhaustion(void (*hook)(void));

/* Never return NULL (a size of 0 gives a pointer that can be freed). mem_array checks n * size
 * for overflow. Memory from mem_new and mem_array is zeroed; mem_resize leaves what is new
 * undefined. */
void *mem_new(size_t size) __attribute__((malloc, returns_nonnull));
void *mem_array(size_t n, size_t size) __attribute__((malloc, returns_nonnull));
void *mem_resize(void *p, size_t n, size_t size) __attribute__((returns_nonnull));
void *mem_dup(const void *p, size_t n) __attribute__((malloc, returns_nonnull));
char *mem_strdup(const char *s) __attribute__((malloc, returns_nonnull));

/* Grows an array of `size`-byte elements so that it holds `need` of them: `*cap` at least doubles.
 * mem_grow(p, &cap, n + 1, sizeof *p) before an append. */
void *mem_grow(void *p, size_t *cap, size_t need, size_t size) __attribute__((returns_nonnull));

/* An arena: blocks that are freed together. Not shared between threads. */
struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *a);             /* NULL is fine */
void arena_reset(struct arena *a);            /* forgets everything, keeps one block */
size_t arena_bytes(const struct arena *a);    /* bytes held by blocks */
void *arena_alloc(struct arena *a, size_t size);        /* zeroed, aligned for any type */
char *arena_copy(struct arena *a, const char *p, size_t n);   /* NUL added after n */

/* Once, before threads: blocks of 256 KiB and more grow without being copied and go back to the
 * system when they are freed, where the C library can be asked for that. */
void mem_keep_little(void);
/* Gives memory that was freed back to the system, where the C library keeps it otherwise: between two stages of work that each want
 * much. Does nothing where that cannot be asked for. */
void mem_give_back(void);

#endif
