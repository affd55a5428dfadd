#include "lede/base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"

struct buf buf_limited(size_t max)
{
	return (struct buf){ .max = max };
}

void buf_free(struct buf *b)
{
	free(b->p);
	b->p = NULL;
	b->n = b->cap = 0;
}

void buf_clear(struct buf *b)
{
	buf_cut(b, 0);
}

void buf_cut(struct buf *b, size_t n)
{
	if (n < b->n)
		b->n = n;
	if (b->p)
		b->p[b->n] = '\0';
}

void buf_drop(struct buf *b, size_t n)
{
	n = n < b->n ? n : b->n;
	if (n == 0)
		return;
	memmove(b->p, b->p + n, b->n - n);
	buf_cut(b, b->n - n);
}

struct str buf_view(const struct buf *b)
{
	return (struct str){ buf_cstr(b), b->n };
}

const char *buf_cstr(const struct buf *b)
{
	return b->p ? b->p : "";
}

char *buf_take(struct buf *b)
{
	char *p = b->p ? b->p : mem_strdup("");

	b->p = NULL;
	b->n = b->cap = 0;
	return p;
}

/* Room for `more` bytes and the NUL. */
static enum err reserve(struct buf *b, size_t more)
{
	if (more > b->max || b->n > b->max - more)
		return ERR_LIMIT;
	if (b->n + more >= b->cap)
		b->p = mem_grow(b->p, &b->cap, b->n + more + 1, 1);
	return ERR_NONE;
}

enum err buf_add(struct buf *b, struct str s)
{
	if (reserve(b, s.n) != ERR_NONE)
		return ERR_LIMIT;
	if (s.n)
		memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
	b->p[b->n] = '\0';
	return ERR_NONE;
}

enum err buf_add_char(struct buf *b, char c)
{
	return buf_add(b, (struct str){ &c, 1 });
}

enum err buf_add_cstr(struct buf *b, const char *s)
{
	return buf_add(b, str_of(s));
}

enum err buf_addv(struct buf *b, const char *fmt, va_list args)
{
	va_list again;
	char small[256];
	int n;

	va_copy(again, args);
	n = vsnprintf(small, sizeof small, fmt, args);
	if (n >= 0 && (size_t)n < sizeof small) {
		va_end(again);
		return buf_add(b, (struct str){ small, (size_t)n });
	}
	if (n < 0 || reserve(b, (size_t)n) != ERR_NONE) {
		va_end(again);
		return ERR_LIMIT;
	}
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
	va_end(again);
	b->n += (size_t)n;
	return ERR_NONE;
}

enum err buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list args;
	enum err rc;

	va_start(args, fmt);
	rc = buf_addv(b, fmt, args);
	va_end(args);
	return rc;
}
