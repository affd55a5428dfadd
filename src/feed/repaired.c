#include "repaired.h"

#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"

struct repaired_text {
	const char *p; /* NULL: at `at` of `made` */
	size_t at, n;
};

struct repaired repaired_limited(size_t max)
{
	return (struct repaired){ .xml = buf_limited(max), .made = buf_limited(max) };
}

void repaired_free(struct repaired *r)
{
	buf_free(&r->xml);
	buf_free(&r->made);
	free(r->text);
}

static enum err add(struct repaired *r, struct repaired_text text)
{
	if (text.n == 0)
		return ERR_NONE;
	r->text = mem_grow(r->text, &r->cap, r->n + 1, sizeof *r->text);
	r->text[r->n++] = text;
	return buf_add(&r->xml, STR("<?t?>"));
}

enum err repaired_borrow(struct repaired *r, struct str text)
{
	return add(r, (struct repaired_text){ text.p, 0, text.n });
}

enum err repaired_made(struct repaired *r, size_t from)
{
	return add(r, (struct repaired_text){ NULL, from, r->made.n - from });
}

static struct str text_of(const struct repaired *r, const struct repaired_text *t)
{
	return t->p != NULL ? (struct str){ t->p, t->n } :
			      str_sub(buf_view(&r->made), t->at, t->at + t->n);
}

struct str repaired_take(struct repaired *r)
{
	return r->taken < r->n ? text_of(r, &r->text[r->taken++]) : (struct str){ 0 };
}

/* No libxml2 known leaves a whole instruction for the next time; none promises not to. */
static void keep_rest(struct repaired *r)
{
	struct buf made = buf_limited(r->made.max);

	for (size_t i = r->taken; i < r->n; i++) {
		struct str s = text_of(r, &r->text[i]);

		r->text[i - r->taken] = (struct repaired_text){ NULL, made.n, s.n };
		if (buf_add(&made, s) != ERR_NONE)
			r->text[i - r->taken].n = 0;
	}
	buf_free(&r->made);
	r->made = made;
	r->n -= r->taken;
	r->taken = 0;
}

void repaired_parsed(struct repaired *r)
{
	buf_clear(&r->xml);
	if (r->taken < r->n) {
		keep_rest(r);
		return;
	}
	buf_clear(&r->made);
	r->n = r->taken = 0;
}
