#include "inside.h"

#include <stdlib.h>
#include <zstd.h>

#include "lede/store/entries.h"

/* Bodies: zstd level 1 with a checksum, so that a flipped bit, which no check of SQLite sees, is
 * known when the body is read. Short ones and ones that would not shrink stay plain. */

#define PACK_LEVEL 1
#define PACK_FLOOR 200       /* bytes; below it a frame costs more than it saves */
#define BODY_MAX (64u << 20) /* a size above it was never stored: damage */

enum coding { CODING_PLAIN = 0, CODING_ZSTD = 1 };

struct packer {
	ZSTD_CCtx *in; /* made when first needed */
	ZSTD_DCtx *out;
	char *bytes;
	size_t cap;
};

struct packer *packer_new(void)
{
	return mem_new(sizeof(struct packer));
}

void packer_free(struct packer *p)
{
	if (!p)
		return;
	ZSTD_freeCCtx(p->in);
	ZSTD_freeDCtx(p->out);
	free(p->bytes);
	free(p);
}

static ZSTD_CCtx *compressor(struct packer *p)
{
	if (p->in)
		return p->in;
	p->in = ZSTD_createCCtx();
	if (p->in) {
		ZSTD_CCtx_setParameter(p->in, ZSTD_c_compressionLevel, PACK_LEVEL);
		ZSTD_CCtx_setParameter(p->in, ZSTD_c_checksumFlag, 1);
	}
	return p->in;
}

struct packed pack(struct packer *p, struct str plain)
{
	const struct packed as_it_is = { CODING_PLAIN, plain.n, plain };
	size_t n;

	if (plain.n < PACK_FLOOR || !compressor(p))
		return as_it_is;
	p->bytes = mem_grow(p->bytes, &p->cap, ZSTD_compressBound(plain.n), 1);
	n = ZSTD_compress2(p->in, p->bytes, p->cap, plain.p, plain.n);
	if (ZSTD_isError(n) || n >= plain.n)
		return as_it_is;
	return (struct packed){ CODING_ZSTD, plain.n, { p->bytes, n } };
}

static enum err body_damaged(struct error *e)
{
	return error_set(e, ERR_DAMAGED,
	                 "this entry's text is damaged in the cache; r fetches it again");
}

static enum err unpack_zstd(struct packer *p, const struct packed *from, struct buf *out,
                            struct error *e)
{
	char *plain;
	size_t n;
	enum err rc;

	if (from->size > BODY_MAX)
		return body_damaged(e);
	if (!p->out)
		p->out = ZSTD_createDCtx();
	plain = mem_new(from->size);
	n = ZSTD_decompressDCtx(p->out, plain, from->size, from->bytes.p, from->bytes.n);
	if (ZSTD_isError(n) || n != from->size)
		rc = body_damaged(e);
	else
		rc = buf_add(out, (struct str){ plain, n });
	free(plain);
	return rc;
}

enum err unpack(struct packer *p, const struct packed *from, struct buf *out, struct error *e)
{
	if (from->coding == CODING_ZSTD)
		return unpack_zstd(p, from, out, e);
	if (from->coding != CODING_PLAIN || from->size != from->bytes.n)
		return body_damaged(e);
	return buf_add(out, from->bytes);
}

enum err body_put(struct store *s, int64_t entry, struct str html, struct error *e)
{
	struct packed body;

	if (html.n == 0)
		return ERR_NONE;
	body = pack(s->packer, html);
	return sql_run(s, SQL_BODY_PUT, e,
	               BIND(v_int(entry), v_int(body.coding), v_int((int64_t)body.size),
	                    v_blob(body.bytes)));
}

enum err store_body(struct store *s, int64_t id, struct buf *html, struct error *e)
{
	struct query q = sql_query(s, SQL_BODY, e, BIND(v_int(id)));
	enum err rc = ERR_NONE;

	if (sql_row(&q)) {
		const struct packed body = { (int)col_int(&q, 0), (size_t)col_int(&q, 1),
			                     col_str(&q, 2) };

		rc = unpack(s->packer, &body, html, e);
	}
	return sql_end(&q) != ERR_NONE ? q.rc : rc;
}
