#include "search_inside.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tokenize.h"

/* The index's file: found or made, fit or not, dropped. Everything in it can be made again, so
 * what does not fit is deleted without a word. */

static const char tables[] =
	"CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	/* merge: 0 nothing to do, 1 is to be merged, 2 is being merged; backlog: as the pace */
	"CREATE TABLE part(id INTEGER PRIMARY KEY, merge INTEGER NOT NULL DEFAULT 0, "
	"backlog INTEGER NOT NULL DEFAULT 0) STRICT;"
	/* what is indexed of entries whose search_todo row says something older */
	"CREATE TABLE again(entry INTEGER PRIMARY KEY, coding INTEGER NOT NULL, "
	"size INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;"
	"CREATE VIRTUAL TABLE find_kept USING fts5(text, content='', columnsize=0, detail=none, "
	"tokenize='lede');"
	"PRAGMA application_id=0x6C656473;";

/* ---- where it is ---- */

char *search_path(const char *path)
{
	struct buf out = buf_limited(1 << 16);
	struct str s = str_of(path);

	if (str_ends(s, ".db"))
		s = str_sub(s, 0, s.n - 3);
	buf_add(&out, s);
	buf_add_cstr(&out, str_starts(s, STORE_MEMORY) ? "-search" : "-search.db");
	return buf_take(&out);
}

static void remove_with(const char *path, const char *ending)
{
	struct buf name = buf_limited(1 << 16);

	buf_addf(&name, "%s%s", path, ending);
	unlink(buf_cstr(&name));
	buf_free(&name);
}

/* The log first: a new database must never lie beside an old one's. */
static void remove_file(const char *file)
{
	remove_with(file, "-wal");
	remove_with(file, "-shm");
	remove_with(file, "");
}

void search_index_drop(const char *path)
{
	char *file = search_path(path);

	if (!str_starts(str_of(file), STORE_MEMORY))
		remove_file(file);
	free(file);
}

/* ---- whether it fits ---- */

/* One number for all that an index depends on. */
static int64_t kind_of_index(void)
{
	return SEARCH_FORMAT * 1000 + TOKENIZER;
}

/* Whose index it is: 63 bits that only this cache's key gives. */
static int64_t owner_of(const struct store *s)
{
	return (int64_t)(siphash(&s->key, STR("search")) >> 1);
}

static enum err number(struct store *file, const char *sql, const char *key, int64_t *out,
                       struct error *e)
{
	struct query q = key ? sql_once(file, sql, e, BIND(v_text(str_of(key))))
	                     : sql_once(file, sql, e, BIND_NONE);

	*out = 0;
	if (sql_row(&q))
		*out = col_int(&q, 0);
	return sql_once_end(&q);
}

static enum err meta(struct store *file, const char *key, int64_t *out, struct error *e)
{
	return number(file, "SELECT value FROM meta WHERE key = ?1", key, out, e);
}

/* An index that knows entries which the cache never had is another's, or the cache was brought
 * back from a copy. */
static enum err is_fit(struct store *s, struct store *file, bool *fit, struct error *e)
{
	int64_t application, kind = 0, owner = 0, upto = 0, next;
	enum err rc = number(file, "PRAGMA application_id", NULL, &application, e);

	*fit = false;
	if (rc != ERR_NONE || application != SEARCH_APPLICATION_ID)
		return rc;
	rc = meta(file, "kind", &kind, e);
	if (rc == ERR_NONE)
		rc = meta(file, "owner", &owner, e);
	if (rc == ERR_NONE)
		rc = meta(file, "upto", &upto, e);
	if (rc == ERR_NONE)
		rc = store_get_number(s, "next", &next, e);
	*fit = rc == ERR_NONE && kind == kind_of_index() && owner == owner_of(s) &&
	       (upto == 0 || upto < next);
	return rc;
}

/* ---- opening ---- */

static enum err open_connection(struct store *s, enum store_mode mode, struct store **out,
                                struct error *e)
{
	struct store *file = mem_new(sizeof *file);
	enum err rc;

	file->path = search_path(s->path);
	file->mode = mode;
	rc = connection_open_derived(file, e);
	if (rc == ERR_NONE && tokenizer_register(file->db) != SQLITE_OK)
		rc = error_set(e, ERR_STORE, "this SQLite has no FTS5; search needs it");
	*out = rc == ERR_NONE ? file : NULL;
	if (rc != ERR_NONE)
		store_close(file);
	return rc;
}

static enum err set_meta(struct store *file, const char *key, int64_t value, struct error *e)
{
	return sql_once_run(file, "INSERT OR REPLACE INTO meta(key, value) VALUES(?1, ?2)", e,
	                    BIND(v_text(str_of(key)), v_int(value)));
}

/* Another process may have made them while this one waited for the lock. */
static enum err make_tables(struct store *s, struct store *file, struct error *e)
{
	int64_t there = 0;
	enum err rc = sql_exec(file, "BEGIN IMMEDIATE", e);

	if (rc != ERR_NONE)
		return rc;
	rc = number(file, "SELECT count(*) FROM sqlite_schema", NULL, &there, e);
	if (rc == ERR_NONE && there == 0) {
		rc = sql_exec(file, tables, e);
		if (rc == ERR_NONE)
			rc = set_meta(file, "kind", kind_of_index(), e);
		if (rc == ERR_NONE)
			rc = set_meta(file, "owner", owner_of(s), e);
		if (rc == ERR_NONE)
			rc = set_meta(file, "shift", SEARCH_SHIFT, e);
	}
	if (rc == ERR_NONE)
		return sql_exec(file, "COMMIT", e);
	sql_exec(file, "ROLLBACK", NULL);
	return rc;
}

static enum err open_for_writing(struct store *s, struct store **out, bool *fit, struct error *e)
{
	int64_t there = 0;
	enum err rc = open_connection(s, STORE_WRITE, out, e);

	*fit = false;
	if (rc == ERR_NONE)
		rc = number(*out, "SELECT count(*) FROM sqlite_schema", NULL, &there, e);
	if (rc == ERR_NONE && there == 0)
		rc = make_tables(s, *out, e);
	if (rc == ERR_NONE)
		rc = is_fit(s, *out, fit, e);
	if (rc == ERR_DAMAGED)
		*fit = false;
	return rc == ERR_DAMAGED ? ERR_NONE : rc;
}

static enum err make_fit(struct store *s, struct store **out, struct error *e)
{
	bool fit;
	enum err rc = open_for_writing(s, out, &fit, e);

	if (rc != ERR_NONE || fit)
		return rc;
	store_close(*out);
	search_index_drop(s->path);
	rc = open_for_writing(s, out, &fit, e);
	if (rc == ERR_NONE && !fit)
		rc = error_set(e, ERR_STORE, "the index beside %s cannot be made", s->path);
	return rc;
}

/* What cannot be read as an index is not there. */
static void find_fit(struct store *s, struct store **out)
{
	bool fit = false;

	if (open_connection(s, STORE_READ, out, NULL) != ERR_NONE)
		return;
	if (is_fit(s, *out, &fit, NULL) == ERR_NONE && fit)
		return;
	store_close(*out);
	*out = NULL;
}

static void remember_file(struct search_file *f)
{
	struct stat st;

	if (f->file && stat(f->file->path, &st) == 0) {
		f->device = st.st_dev;
		f->inode = st.st_ino;
	}
}

/* A damaged index is none; whoever writes the next one finds its place free. */
static enum err go_without(struct store *s, struct search_file *f)
{
	store_close(f->file);
	f->file = NULL;
	search_index_drop(s->path);
	return search_file_reload(f, NULL);
}

enum err search_file_open(struct store *s, enum store_mode mode, struct search_file **out,
                          struct error *e)
{
	struct search_file *f = mem_new(sizeof *f);
	enum err rc = ERR_NONE;

	if (mode == STORE_WRITE)
		rc = make_fit(s, &f->file, e);
	else
		find_fit(s, &f->file);
	if (rc == ERR_NONE)
		rc = search_file_reload(f, e);
	if (rc == ERR_DAMAGED && mode == STORE_READ)
		rc = go_without(s, f);
	remember_file(f);
	*out = rc == ERR_NONE ? f : NULL;
	if (rc != ERR_NONE)
		search_file_close(f);
	return rc;
}

void search_file_close(struct search_file *f)
{
	if (!f)
		return;
	store_close(f->file);
	free(f->part);
	free(f);
}

/* ---- what is in it ---- */

static enum err load_parts(struct search_file *f, struct error *e)
{
	struct query q = sql_once(f->file, "SELECT id FROM part ORDER BY id DESC", e, BIND_NONE);
	size_t cap = f->nparts;

	f->nparts = 0;
	while (sql_row(&q)) {
		f->part = mem_grow(f->part, &cap, f->nparts + 1, sizeof *f->part);
		f->part[f->nparts++] = col_int(&q, 0);
	}
	return sql_once_end(&q);
}

enum err search_file_reload(struct search_file *f, struct error *e)
{
	int64_t shift = 0;
	enum err rc;

	f->upto = 0;
	if (!f->file) {
		f->nparts = 0;
		return ERR_NONE;
	}
	rc = meta(f->file, "upto", &f->upto, e);
	if (rc == ERR_NONE)
		rc = meta(f->file, "shift", &shift, e);
	f->shift = shift > 0 && shift < 63 ? (int)shift : SEARCH_SHIFT;
	return rc == ERR_NONE ? load_parts(f, e) : rc;
}

static bool is_same_file(const struct search_file *f)
{
	struct stat st;

	if (!f->file)
		return false;
	return f->file->memory || (stat(f->file->path, &st) == 0 && st.st_dev == f->device &&
	                           st.st_ino == f->inode);
}

enum err search_file_fresh(struct store *s, struct error *e)
{
	enum err rc = ERR_NONE;

	if (s->search && is_same_file(s->search)) {
		rc = search_file_reload(s->search, e);
		if (rc == ERR_DAMAGED)
			rc = go_without(s, s->search);
	} else {
		search_file_close(s->search);
		s->search = NULL;
		rc = search_file_open(s, STORE_READ, &s->search, e);
	}
	return rc;
}
