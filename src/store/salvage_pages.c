#include "salvage.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Rows from the pages themselves (https://www.sqlite.org/fileformat.html, 1.6, 2): whoever has lost
 * the way to a leaf still has the leaf. A row belongs to the table whose columns it fits. What SQL
 * gave is never replaced; freed pages hold old rows, so that an entry whose member row is a
 * tombstone is left out. */

#define PAGE 4096
#define FEED_FIELDS 8 /* in version 1; later rows have more */
#define EVENT_FIELDS 6
#define PAYLOAD_MAX (80u << 20) /* a body is 64 MB at most */

enum { LEAF_INDEX = 0x0a, INNER_INDEX = 0x02, LEAF_TABLE = 0x0d };

struct field { unsigned type; const unsigned char *p; size_t n; };
struct record { struct field field[SALVAGE_COLUMNS]; int n; int64_t rowid; };

struct pages {
	int fd;
	int64_t count;
	struct store *to;
	struct shape *table; size_t ntables;
	size_t from, until;              /* of the tables, those that this walk is for */
	sqlite3_stmt *tombstone, *url;
	unsigned char *payload;
	size_t cap;
	struct error *e;
};

/* ---- numbers and payloads -------------------------------------------------------------------- */

static unsigned be16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)be16(p) << 16 | be16(p + 2);
}

/* Bytes taken; 0: it runs past the end. */
static size_t varint(const unsigned char *p, size_t n, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < n && i < 9; i++) {
		if (i == 8) {
			*out = *out << 8 | p[i];
			return 9;
		}
		*out = *out << 7 | (p[i] & 0x7f);
		if (!(p[i] & 0x80))
			return i + 1;
	}
	return 0;
}

static bool read_page(const struct pages *g, int64_t number, unsigned char *page)
{
	return number >= 1 && number <= g->count &&
	       pread(g->fd, page, PAGE, (number - 1) * PAGE) == PAGE;
}

/* How much of a payload stands in its cell; the rest is in a chain of pages. */
static size_t local_part(size_t payload, bool table)
{
	size_t most = table ? PAGE - 35 : (PAGE - 12) * 64 / 255 - 23;
	size_t least = (PAGE - 12) * 32 / 255 - 23, k;

	if (payload <= most)
		return payload;
	k = least + (payload - least) % (PAGE - 4);
	return k <= most ? k : least;
}

static bool follow_chain(struct pages *g, uint32_t next, size_t have, size_t want)
{
	unsigned char page[PAGE];

	while (have < want) {
		size_t n = want - have < PAGE - 4 ? want - have : PAGE - 4;

		if (!read_page(g, next, page))
			return false;
		memcpy(g->payload + have, page + 4, n);
		have += n;
		next = be32(page);
	}
	return true;
}

/* The whole payload of a cell in g->payload. */
static bool gather(struct pages *g, const unsigned char *cell, size_t left, size_t size, bool table)
{
	size_t local = local_part(size, table);

	if (size > PAYLOAD_MAX || size > (uint64_t)g->count * PAGE ||
	    local + (local < size ? 4 : 0) > left)
		return false;
	g->payload = mem_grow(g->payload, &g->cap, size + 1, 1);
	memcpy(g->payload, cell, local);
	return local == size || follow_chain(g, be32(cell + local), local, size);
}

/* ---- records --------------------------------------------------------------------------------- */

static size_t size_of_type(uint64_t type)
{
	static const unsigned char sizes[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0 };

	return type < 12 ? sizes[type] : (size_t)(type - 12) / 2;
}

static bool parse_record(const unsigned char *p, size_t n, struct record *r)
{
	uint64_t header, type;
	size_t at = varint(p, n, &header), data = (size_t)header;

	r->n = 0;
	if (at == 0 || header > n)
		return false;
	while (at < header) {
		size_t got = varint(p + at, (size_t)header - at, &type);
		size_t size = size_of_type(type);

		if (got == 0 || type == 10 || type == 11 || r->n == SALVAGE_COLUMNS ||
		    type > UINT32_MAX || size > n - data)
			return false;
		r->field[r->n++] = (struct field){ (unsigned)type, p + data, size };
		data += size;
		at += got;
	}
	return data == n;
}

static bool is_int(const struct field *f)
{
	return (f->type >= 1 && f->type <= 6) || f->type == 8 || f->type == 9;
}

static int64_t int_of(const struct field *f)
{
	uint64_t v;

	if (f->type == 8 || f->type == 9)
		return f->type - 8;
	v = f->n > 0 && f->p[0] & 0x80 ? UINT64_MAX : 0;
	for (size_t i = 0; i < f->n; i++)
		v = v << 8 | f->p[i];
	return (int64_t)v;
}

static double real_of(const struct field *f)
{
	uint64_t bits = 0;
	double d;

	for (int i = 0; i < 8; i++)
		bits = bits << 8 | f->p[i];
	memcpy(&d, &bits, sizeof d);
	return d;
}

static bool is_text(const struct field *f)
{
	return f->type >= 13 && f->type % 2 == 1;
}

static bool fits_column(const struct column *c, const struct field *f)
{
	if (f->type == 0)
		return c->may_be_null;
	switch (c->type) {
	case 'I':
		return is_int(f);
	case 'T':
		return is_text(f);
	case 'B':
		return f->type >= 12 && f->type % 2 == 0;
	case 'R':
		return f->type == 7; /* a whole number is more likely an index's */
	}
	return true;
}

static bool fits(const struct shape *s, const struct record *r)
{
	if (r->n > s->n || r->n < s->least)
		return false;
	for (int i = 0; i < r->n; i++) {
		if (i == 0 && s->alias ? r->field[0].type != 0
		                       : !fits_column(&s->column[i], &r->field[i]))
			return false;
	}
	return !s->alias || (r->rowid > 0 && r->rowid < INT64_C(1) << 48);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void bind_field(sqlite3_stmt *st, int at, const struct field *f)
{
	if (is_int(f))
		sqlite3_bind_int64(st, at, int_of(f));
	else if (f->type == 7)
		sqlite3_bind_double(st, at, real_of(f));
	else if (is_text(f))
		sqlite3_bind_text(st, at, (const char *)f->p, (int)f->n, SQLITE_STATIC);
	else if (f->type >= 12)
		sqlite3_bind_blob(st, at, f->n ? (const void *)f->p : "", (int)f->n, SQLITE_STATIC);
	else
		sqlite3_bind_null(st, at);
}

static void bind_missing(sqlite3_stmt *st, int at, const struct column *c)
{
	if (c->may_be_null)
		sqlite3_bind_null(st, at);
	else if (c->type == 'T')
		sqlite3_bind_text(st, at, "", 0, SQLITE_STATIC);
	else
		sqlite3_bind_int(st, at, 0);
}

static enum err finish(struct pages *g, sqlite3_stmt *st)
{
	int rc = sqlite3_step(st);

	sqlite3_reset(st);
	if (rc == SQLITE_DONE || rc == SQLITE_ROW || (rc & 0xff) == SQLITE_CONSTRAINT)
		return ERR_NONE;
	return store_sqlite_error(g->to, rc, g->e);
}

static enum err put(struct pages *g, const struct shape *s, const struct record *r)
{
	for (int i = 0; i < s->n; i++) {
		if (i == 0 && s->alias)
			sqlite3_bind_int64(s->insert, 1, r->rowid);
		else if (i < r->n)
			bind_field(s->insert, i + 1, &r->field[i]);
		else
			bind_missing(s->insert, i + 1, &s->column[i]);
	}
	return finish(g, s->insert);
}

/* entry: id, feed, time, flags, story, key, ... */
static bool was_deleted(struct pages *g, const struct record *r)
{
	bool is;

	sqlite3_bind_int64(g->tombstone, 1, int_of(&r->field[1]));
	sqlite3_bind_int64(g->tombstone, 2, int_of(&r->field[5]));
	is = sqlite3_step(g->tombstone) == SQLITE_ROW;
	sqlite3_reset(g->tombstone);
	return is;
}

/* meta's names are short words; the addresses in the index of feeds are not. */
static bool is_meta_name(const struct field *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (!(f->p[i] >= 'a' && f->p[i] <= 'z') && f->p[i] != '-' && f->p[i] != '_')
			return false;
	return f->n > 0 && f->n < 24;
}

static bool is_address(const struct field *f)
{
	return f->n > 5 && memchr(f->p, ':', f->n) != NULL;
}

static bool is_plausible(struct pages *g, const struct shape *s, const struct record *r)
{
	if (strcmp(s->name, "entry") == 0)
		return int_of(&r->field[1]) > 0 && !was_deleted(g, r);
	if (strcmp(s->name, "feed") == 0)
		return r->n >= FEED_FIELDS && is_address(&r->field[1]);
	if (strcmp(s->name, "event") == 0)
		return r->n >= EVENT_FIELDS;
	if (r->n != s->n)                /* of another table that begins alike */
		return false;
	if (strcmp(s->name, "meta") == 0)
		return is_meta_name(&r->field[0]);
	if (strcmp(s->name, "spare") == 0)
		return r->rowid > 1000 ? is_address(&r->field[1]) :
		       r->rowid == 1 && r->field[1].n == sizeof(struct hash_key);
	if (strcmp(s->name, "member") == 0)
		return int_of(&r->field[0]) > 0 && int_of(&r->field[1]) >= 0;
	return true;
}

/* The index of feeds' addresses brings a feed whose own row is lost. */
static enum err put_address(struct pages *g, const struct record *r)
{
	const struct field *url = &r->field[0];

	if (r->n != 2 || !is_text(url) || !is_int(&r->field[1]) || !is_address(url))
		return ERR_NONE;
	bind_field(g->url, 1, &r->field[1]);
	bind_field(g->url, 2, url);
	return finish(g, g->url);
}

static enum err take_record(struct pages *g, const struct record *r, bool table)
{
	for (size_t i = g->from; i < g->until; i++)
		if (g->table[i].has_rowid == table && fits(&g->table[i], r) &&
		    is_plausible(g, &g->table[i], r))
			return put(g, &g->table[i], r);
	return table ? ERR_NONE : put_address(g, r);
}

/* ---- pages ----------------------------------------------------------------------------------- */

static enum err take_cell(struct pages *g, const unsigned char *cell, size_t left, int kind)
{
	struct record r = { .rowid = 0 };
	uint64_t size, rowid = 0;
	size_t at = kind == INNER_INDEX ? 4 : 0, n;

	if (at >= left)
		return ERR_NONE;
	n = varint(cell + at, left - at, &size);
	at += n;
	if (n > 0 && kind == LEAF_TABLE) {
		n = varint(cell + at, left - at, &rowid);
		at += n;
	}
	r.rowid = (int64_t)rowid;
	if (n == 0 || !gather(g, cell + at, left - at, (size_t)size, kind == LEAF_TABLE) ||
	    !parse_record(g->payload, (size_t)size, &r))
		return ERR_NONE;
	return take_record(g, &r, kind == LEAF_TABLE);
}

static enum err take_page(struct pages *g, const unsigned char *page, size_t head)
{
	int kind = page[head];
	unsigned cells = be16(page + head + 3);
	size_t at = head + (kind == INNER_INDEX ? 12 : 8);
	enum err rc = ERR_NONE;

	if (kind != LEAF_TABLE && kind != LEAF_INDEX && kind != INNER_INDEX)
		return ERR_NONE;
	for (unsigned i = 0; i < cells && at + 2 <= PAGE && rc == ERR_NONE; i++, at += 2) {
		unsigned cell = be16(page + at);

		if (cell > head && cell < PAGE)
			rc = take_cell(g, page + cell, PAGE - cell, kind);
	}
	return rc;
}

static const char *const tables[] = { "member", "meta", "feed",     "entry", "undo", "event",
	                              "profile", "body", "fulltext", "extra", "filler", "spare" };
#define TABLES (sizeof tables / sizeof *tables)

static enum err open_tables(struct pages *g, struct error *e)
{
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < TABLES && rc == ERR_NONE; i++) {
		rc = shape_of(g->to, tables[i], &g->table[i], e);
		g->ntables++;
	}
	sqlite3_prepare_v2(g->to->db, "SELECT 1 FROM member WHERE feed = ?1 AND key = ?2 "
	                              "AND entry IS NULL", -1, &g->tombstone, NULL);
	sqlite3_prepare_v2(g->to->db, "INSERT OR IGNORE INTO feed(id, url, added) VALUES(?1, ?2, 0)",
	                   -1, &g->url, NULL);
	return rc;
}

static enum err take_all(struct pages *g, size_t from, size_t to)
{
	unsigned char page[PAGE];
	enum err rc = ERR_NONE;

	g->from = from;
	g->until = to;
	for (int64_t n = 1; n <= g->count && rc == ERR_NONE; n++)
		if (read_page(g, n, page))
			rc = take_page(g, page, n == 1 ? 100 : 0);
	return rc;
}

/* Members first: their tombstones say which entries are not to come back. */
enum err salvage_by_pages(const char *file, struct store *to, struct error *e)
{
	struct shape table[TABLES];
	struct pages g = { .fd = open(file, O_RDONLY | O_CLOEXEC), .to = to, .table = table,
		           .e = e };
	enum err rc;

	if (g.fd < 0)
		return error_set(e, ERR_IO, "cannot read %s", file);
	g.count = lseek(g.fd, 0, SEEK_END) / PAGE;
	rc = open_tables(&g, e);
	if (rc == ERR_NONE)
		rc = take_all(&g, 0, 1);
	if (rc == ERR_NONE)
		rc = take_all(&g, 1, TABLES);
	for (size_t i = 0; i < g.ntables; i++)
		shape_done(&table[i]);
	sqlite3_finalize(g.tombstone);
	sqlite3_finalize(g.url);
	free(g.payload);
	close(g.fd);
	return rc;
}
