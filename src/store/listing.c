#include "inside.h"

#include <stdlib.h>
#include <string.h>

/* What a feed listed when it was last read: noted entry by entry while an answer comes in over
 * several batches, stored as one row with its visit. A refresh that brings nothing new writes
 * nothing here. */

#define LISTED_MAX 2000 /* what a feed lists beyond it may be deleted */

struct noted { uint64_t *key; size_t n, cap; };
struct listing {
	struct noted *feed; size_t n, cap;
	struct map *at; /* a feed's id: its index */
};

struct listing *listing_new(void)
{
	struct listing *l = mem_new(sizeof *l);

	l->at = map_new();
	return l;
}

void listing_forget(struct listing *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->feed[i].key);
	l->n = 0;
	map_clear(l->at);
}

void listing_free(struct listing *l)
{
	if (!l)
		return;
	listing_forget(l);
	map_free(l->at);
	free(l->feed);
	free(l);
}

static struct noted *noted_of(struct listing *l, int64_t feed)
{
	uint64_t at;

	if (map_get(l->at, (uint64_t)feed, &at))
		return &l->feed[at];
	l->feed = mem_grow(l->feed, &l->cap, l->n + 1, sizeof *l->feed);
	l->feed[l->n] = (struct noted){ 0 };
	map_put(l->at, (uint64_t)feed, l->n);
	return &l->feed[l->n++];
}

void listing_note(struct listing *l, int64_t feed, uint64_t key)
{
	struct noted *f = noted_of(l, feed);

	if (f->n == LISTED_MAX)
		return;
	f->key = mem_grow(f->key, &f->cap, f->n + 1, sizeof *f->key);
	f->key[f->n++] = key;
}

void listing_drop(struct listing *l, int64_t feed)
{
	uint64_t at;

	if (map_get(l->at, (uint64_t)feed, &at))
		l->feed[at].n = 0;
}

static int by_key(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void put_key(unsigned char *p, uint64_t key)
{
	for (int i = 0; i < 8; i++)
		p[i] = (unsigned char)(key >> 8 * i);
}

static uint64_t get_key(const unsigned char *p)
{
	uint64_t key = 0;

	for (int i = 0; i < 8; i++)
		key |= (uint64_t)p[i] << 8 * i;
	return key;
}

enum err listing_write(struct store *s, int64_t feed, bool whole, struct error *e)
{
	struct noted *f = noted_of(s->listing, feed);
	unsigned char *bytes;
	enum err rc;

	if (f->n == 0)
		return ERR_NONE;
	qsort(f->key, f->n, sizeof *f->key, by_key);
	bytes = mem_array(f->n, 8);
	for (size_t i = 0; i < f->n; i++)
		put_key(bytes + 8 * i, f->key[i]);
	rc = sql_run(s, SQL_LISTED_PUT, e,
	             BIND(v_int(feed), v_int(whole),
	                  v_blob((struct str){ (const char *)bytes, 8 * f->n })));
	free(bytes);
	f->n = 0;
	return rc;
}

enum err listed_load(struct store *s, int64_t feed, struct listed *out, struct error *e)
{
	struct query q = sql_query(s, SQL_LISTED, e, BIND(v_int(feed)));

	out->n = 0;
	out->whole = false;
	if (sql_row(&q)) {
		struct str bytes = col_str(&q, 1);

		out->whole = col_int(&q, 0) != 0;
		out->key = mem_grow(out->key, &out->cap, bytes.n / 8 + 1, sizeof *out->key);
		for (; out->n < bytes.n / 8; out->n++)
			out->key[out->n] =
				get_key((const unsigned char *)bytes.p + 8 * out->n);
	}
	return sql_end(&q);
}

bool listed_has(const struct listed *l, uint64_t key)
{
	return l->n > 0 && bsearch(&key, l->key, l->n, sizeof *l->key, by_key) != NULL;
}
