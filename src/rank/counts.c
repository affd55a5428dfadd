#include "counts.h"

#include <assert.h>
#include <stdlib.h>

#include "lede/base/hash.h"
#include "lede/base/mem.h"
#include "suffixes.h"

enum { TOGETHER = 2, VERSION = 3, SEAL = 4, DIGITS = 1 << 10 };

void counts_init(struct counts *c)
{
	*c = (struct counts){ .df = mem_array(TOKEN_BUCKETS, sizeof *c->df),
			      .suffixes = suffixes_new() };
}

void counts_free(struct counts *c)
{
	free(c->df);
	free(c->added);
	suffixes_free(c->suffixes);
}

static uint32_t raised(uint32_t count, uint64_t by)
{
	return by > UINT32_MAX - count ? UINT32_MAX : count + (uint32_t)by;
}

void counts_add_title(struct counts *c, const struct tokens *t)
{
	c->added = mem_grow(c->added, &c->cap, c->nadded + t->ntoken, sizeof *c->added);
	for (size_t i = 0; i < t->ntoken; i++) {
		uint32_t bucket = token_bucket(t->token[i].hash);

		c->df[bucket] = raised(c->df[bucket], 1);
		c->added[c->nadded++] = bucket;
	}
	c->total = raised(c->total, 1);
	c->added_total++;
	c->cjk = raised(c->cjk, t->cjk);
	c->added_cjk += t->cjk;
}

/* Reads a blob without its seal; with `into` NULL only checks. */
static void read_counts(struct counts *into, struct reader *r)
{
	uint64_t version = read_fixed(r, 1), total = read_varint(r);
	uint64_t cjk = version == TOGETHER ? total / 2 : read_varint(r);
	uint64_t n = read_varint(r), bucket = 0;

	r->bad |= (version != VERSION && version != TOGETHER) || cjk > total;
	if (into) {
		into->total = raised(into->total, total);
		into->cjk = raised(into->cjk, cjk);
	}
	for (uint64_t i = 0; i < n && !r->bad; i++) {
		uint64_t step = read_varint(r), count = read_varint(r);

		r->bad |= step >= TOKEN_BUCKETS || bucket + step >= TOKEN_BUCKETS;
		bucket += step;
		if (into && !r->bad)
			into->df[bucket] = raised(into->df[bucket], count);
	}
	suffixes_load(into ? into->suffixes : NULL, r);
}

bool counts_load(struct counts *c, struct str blob)
{
	if (blob.n < SEAL)
		return false;
	struct str body = str_sub(blob, 0, blob.n - SEAL);
	struct reader seal = { .rest = str_sub(blob, body.n, blob.n) };
	struct reader check = { .rest = body }, load = { .rest = body };

	if (read_fixed(&seal, SEAL) != hash32(body))
		return false;
	read_counts(NULL, &check);
	if (check.bad || check.rest.n > 0)
		return false;
	read_counts(c, &load);
	return true;
}

static enum err add_head(struct buf *out, uint32_t total, uint32_t cjk, size_t buckets)
{
	enum err rc = add_fixed(out, VERSION, 1);

	if (rc == ERR_NONE)
		rc = add_varint(out, total);
	if (rc == ERR_NONE)
		rc = add_varint(out, cjk);
	return rc == ERR_NONE ? add_varint(out, buckets) : rc;
}

static enum err add_pair(struct buf *out, uint32_t step, uint32_t count)
{
	enum err rc = add_varint(out, step);

	return rc == ERR_NONE ? add_varint(out, count) : rc;
}

static enum err add_seal(struct buf *out, size_t from)
{
	return add_fixed(out, hash32(str_sub(buf_view(out), from, out->n)), SEAL);
}

enum err counts_save(const struct counts *c, struct buf *out)
{
	size_t from = out->n, n = 0;

	for (uint32_t i = 0; i < TOKEN_BUCKETS; i++)
		n += c->df[i] > 0;
	enum err rc = add_head(out, c->total, c->cjk, n);

	for (uint32_t i = 0, last = 0; i < TOKEN_BUCKETS && rc == ERR_NONE; i++)
		if (c->df[i] > 0) {
			rc = add_pair(out, i - last, c->df[i]);
			last = i;
		}
	if (rc == ERR_NONE)
		rc = suffixes_save(c->suffixes, out);
	return rc == ERR_NONE ? add_seal(out, from) : rc;
}

/* Stable, by the ten bits from `shift` on. */
static void sort_by_digit(const uint32_t *from, uint32_t *to, size_t n, int shift)
{
	size_t at[DIGITS + 1] = { 0 };

	for (size_t i = 0; i < n; i++)
		at[(from[i] >> shift) % DIGITS + 1]++;
	for (size_t i = 0; i < DIGITS; i++)
		at[i + 1] += at[i];
	for (size_t i = 0; i < n; i++)
		to[at[(from[i] >> shift) % DIGITS]++] = from[i];
}

/* Buckets have two digits of ten bits. */
static void sort_buckets(uint32_t *bucket, size_t n)
{
	uint32_t *half = mem_array(n + 1, sizeof *half);

	static_assert(TOKEN_BUCKETS <= DIGITS * DIGITS, "two digits");
	sort_by_digit(bucket, half, n, 0);
	sort_by_digit(half, bucket, n, 10);
	free(half);
}

static size_t run_of(const uint32_t *sorted, size_t n, size_t at)
{
	size_t end = at;

	while (end < n && sorted[end] == sorted[at])
		end++;
	return end - at;
}

static enum err add_additions(struct counts *c, struct buf *out)
{
	size_t distinct = 0;

	sort_buckets(c->added, c->nadded);
	for (size_t i = 0; i < c->nadded; i += run_of(c->added, c->nadded, i))
		distinct++;
	enum err rc = add_head(out, c->added_total, c->added_cjk, distinct);
	uint32_t last = 0;

	for (size_t i = 0, run; i < c->nadded && rc == ERR_NONE; i += run) {
		run = run_of(c->added, c->nadded, i);
		rc = add_pair(out, c->added[i] - last, (uint32_t)run);
		last = c->added[i];
	}
	return rc;
}

enum err counts_take(struct counts *c, struct buf *out)
{
	size_t from = out->n;

	if (c->added_total == 0 && !suffixes_have_changes(c->suffixes))
		return ERR_NONE;
	enum err rc = add_additions(c, out);

	if (rc == ERR_NONE)
		rc = suffixes_save_changes(c->suffixes, out);
	if (rc == ERR_NONE)
		rc = add_seal(out, from);
	if (rc != ERR_NONE) {
		buf_cut(out, from);
		return rc;
	}
	suffixes_changes_kept(c->suffixes);
	c->nadded = c->added_total = c->added_cjk = 0;
	return ERR_NONE;
}

size_t counts_bytes(const struct counts *c)
{
	return TOKEN_BUCKETS * sizeof *c->df + c->cap * sizeof *c->added +
	       suffixes_bytes(c->suffixes);
}
