#include "lede/store/foreign.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lede/base/hash.h"
#include "lede/base/mem.h"

#define VALUE_MAX (16 << 20)      /* bytes of a value; a larger one costs its row */
#define NAME_MAX_BYTES (64 << 10) /* a longer title or address is cut */
#define ROWS_MAX 5000000
#define WAIT_MS 2000
#define OPS 10000                 /* of SQLite's machine, between two looks at the budget */
#define OPS_BUDGET 20000          /* looks a statement may take: seconds, not minutes */

struct foreign {
	sqlite3 *db;
	char *path;                   /* owned */
	enum foreign_kind kind;
	int looks;
};

/* Where each value stands in a row of either program. The order is that of `columns`. */
enum column { C_FEED, C_GUID, C_TITLE, C_LINK, C_AUTHOR, C_CONTENT, C_TYPE, C_BASE, C_ENCLOSURE,
	C_PERSONS, C_FLAGS, C_PUBLISHED, C_UPDATED, C_SEEN, C_UNREAD, C_DELETED, C_IMPORTANT,
	C_COUNT };

static const struct program {
	const char *name, *feeds, *entries, *time;
	const char *feed_column[3];   /* address, title, site */
	const char *column[C_COUNT];  /* NULL: it has none */
} programs[] = {
	[FOREIGN_NEWSBOAT] = {
		"newsboat", "rss_feed", "rss_item", "pubDate", { "rssurl", "title", "url" },
		{ [C_FEED] = "feedurl", [C_GUID] = "guid", [C_TITLE] = "title", [C_LINK] = "url",
		  [C_AUTHOR] = "author", [C_CONTENT] = "content", [C_TYPE] = "content_mime_type",
		  [C_BASE] = "base", [C_ENCLOSURE] = "enclosure_url", [C_FLAGS] = "flags",
		  [C_PUBLISHED] = "pubDate", [C_UNREAD] = "unread", [C_DELETED] = "deleted" } },
	[FOREIGN_NEWSRAFT] = {
		"newsraft", "feeds", "items", "publication_date", { "feed_url", "title", "link" },
		{ [C_FEED] = "feed_url", [C_GUID] = "guid", [C_TITLE] = "title", [C_LINK] = "link",
		  [C_CONTENT] = "content", [C_ENCLOSURE] = "attachments",
		  [C_PERSONS] = "persons", [C_PUBLISHED] = "publication_date",
		  [C_UPDATED] = "update_date", [C_SEEN] = "download_date",
		  [C_UNREAD] = "unread", [C_IMPORTANT] = "important" } },
};

/* ---- opening ---- */

bool foreign_is_database(struct str bytes)
{
	static const char magic[] = "SQLite format 3";

	return bytes.n >= sizeof magic && memcmp(bytes.p, magic, sizeof magic) == 0;
}

static int look(void *self)
{
	struct foreign *f = self;

	return ++f->looks > OPS_BUDGET;
}

/* What SQLite says, in words; `who`: the program, as far as it is known. */
static enum err fail(struct foreign *f, int rc, const char *who, struct error *e)
{
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return error_set(e, ERR_BUSY, "%s holds %s while it runs: close it first", who,
		                 f->path);
	case SQLITE_READONLY:
		return error_set(e, ERR_BUSY, "%s did not end cleanly, %s is half written: start it"
		                 " once", who, f->path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return error_set(e, ERR_DAMAGED, "%s is damaged", f->path);
	case SQLITE_INTERRUPT:
		return error_set(e, ERR_LIMIT, "%s takes too long to read", f->path);
	case SQLITE_TOOBIG:
		return error_set(e, ERR_LIMIT, "%s holds values beyond all bounds", f->path);
	}
	return error_set(e, ERR_IO, "cannot read %s: %s", f->path, sqlite3_errstr(rc));
}

static void bound(struct foreign *f)
{
	static const int off[] = { SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
		SQLITE_DBCONFIG_TRUSTED_SCHEMA };

	for (size_t i = 0; i < sizeof off / sizeof *off; i++)
		sqlite3_db_config(f->db, off[i], 0, NULL);
	sqlite3_db_config(f->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_limit(f->db, SQLITE_LIMIT_LENGTH, VALUE_MAX);
	sqlite3_limit(f->db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_progress_handler(f->db, OPS, look, f);
	sqlite3_busy_timeout(f->db, WAIT_MS);
	sqlite3_exec(f->db, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-2000",
	             NULL, NULL, NULL);
}

static enum err prepare(struct foreign *f, const char *sql, sqlite3_stmt **st, struct error *e)
{
	int rc = sqlite3_prepare_v2(f->db, sql, -1, st, NULL);

	f->looks = 0;
	return rc == SQLITE_OK ? ERR_NONE : fail(f, rc, programs[f->kind].name, e);
}

/* A real table: not a view, not a virtual one, which would have no page of its own. */
static enum err has_table(struct foreign *f, const char *name, bool *has, struct error *e)
{
	sqlite3_stmt *st = NULL;
	enum err rc = prepare(f, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1 "
	                         "AND rootpage > 0", &st, e);
	int step = SQLITE_DONE;

	*has = false;
	if (rc == ERR_NONE) {
		sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
		step = sqlite3_step(st);
		*has = step == SQLITE_ROW;
	}
	sqlite3_finalize(st);
	if (rc == ERR_NONE && step != SQLITE_ROW && step != SQLITE_DONE)
		rc = fail(f, step, "its program", e);
	return rc;
}

/* Columns were added over the years: what is not there is not asked for. */
static bool has_column(struct foreign *f, const char *table, const char *name)
{
	return sqlite3_table_column_metadata(f->db, NULL, table, name, NULL, NULL, NULL, NULL,
	                                     NULL) == SQLITE_OK;
}

static enum err recognise(struct foreign *f, struct error *e)
{
	for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
		const struct program *p = &programs[i];
		bool has;
		enum err rc = has_table(f, p->entries, &has, e);

		if (rc != ERR_NONE)
			return rc;
		if (!has || !has_column(f, p->entries, p->column[C_FEED]) ||
		    !has_column(f, p->entries, p->column[C_GUID]))
			continue;
		f->kind = (enum foreign_kind)i;
		return ERR_NONE;
	}
	return error_set(e, ERR_SYNTAX, "%s is neither newsboat's nor newsraft's database", f->path);
}

enum err foreign_open(const char *path, struct foreign **out, struct error *e)
{
	struct foreign *f;
	struct stat st;
	enum err rc;
	int opened;

	if (stat(path, &st) != 0)
		return error_errno(e, errno == ENOENT ? ERR_NONESUCH : ERR_IO, errno,
		                   "cannot open %s", path);
	if (!S_ISREG(st.st_mode))
		return error_set(e, ERR_IO, "%s is not a plain file", path);
	f = mem_new(sizeof *f);
	f->path = mem_strdup(path);
	opened = sqlite3_open_v2(path, &f->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
	if (opened != SQLITE_OK) {
		rc = fail(f, opened, "its program", e);
	} else {
		sqlite3_extended_result_codes(f->db, 0);
		bound(f);
		rc = recognise(f, e);
	}
	if (rc != ERR_NONE) {
		foreign_close(f);
		return rc;
	}
	*out = f;
	return ERR_NONE;
}

void foreign_close(struct foreign *f)
{
	if (!f)
		return;
	sqlite3_close(f->db);
	free(f->path);
	free(f);
}

enum foreign_kind foreign_kind(const struct foreign *f)
{
	return f->kind;
}

/* ---- values ---- */

static struct str text_at(sqlite3_stmt *st, int i, size_t most)
{
	const char *p = (const char *)sqlite3_column_text(st, i);
	size_t n = p ? (size_t)sqlite3_column_bytes(st, i) : 0;

	return (struct str){ p ? p : "", n < most ? n : most };
}

/* "c1, c2, NULL, c4": the columns there are. The names are this file's own. */
static void add_columns(struct foreign *f, struct buf *sql, const char *table,
                        const char *const *column, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool has = column[i] && has_column(f, table, column[i]);

		buf_addf(sql, "%s%s", i > 0 ? ", " : "", has ? column[i] : "NULL");
	}
}

/* ---- feeds ---- */

enum err foreign_feeds(struct foreign *f, foreign_feed_fn *each, void *self, struct error *e)
{
	const struct program *p = &programs[f->kind];
	struct buf sql = buf_limited(1 << 12);
	sqlite3_stmt *st = NULL;
	bool has;
	enum err rc = has_table(f, p->feeds, &has, e);
	int step = SQLITE_DONE;

	if (rc != ERR_NONE || !has)
		return rc;
	buf_add_cstr(&sql, "SELECT ");
	add_columns(f, &sql, p->feeds, p->feed_column, 3);
	buf_addf(&sql, " FROM %s", p->feeds);
	rc = prepare(f, buf_cstr(&sql), &st, e);
	buf_free(&sql);
	while (rc == ERR_NONE && (step = sqlite3_step(st)) == SQLITE_ROW) {
		struct foreign_feed feed = { text_at(st, 0, NAME_MAX_BYTES),
			text_at(st, 1, NAME_MAX_BYTES), text_at(st, 2, NAME_MAX_BYTES) };

		if (!each(self, &feed))
			break;
	}
	if (rc == ERR_NONE && step != SQLITE_ROW && step != SQLITE_DONE)
		rc = fail(f, step, p->name, e);
	sqlite3_finalize(st);
	return rc;
}

/* ---- entries ---- */

/* A row without its words: sorted here, since SQLite would carry the texts through its sorter. */
struct place { int64_t time, row; uint64_t feed; };
struct places { struct place *at; size_t n, cap; struct map *seconds; };

static int by_time(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

static uint64_t second_of(const struct place *p)
{
	uint64_t both[2] = { p->feed, (uint64_t)p->time };

	return hash64((struct str){ (const char *)both, sizeof both });
}

static void count_second(struct places *all, const struct place *p)
{
	uint64_t n = 0;

	map_get(all->seconds, second_of(p), &n);
	map_put(all->seconds, second_of(p), n + 1);
}

static bool shares_second(const struct places *all, const struct place *p)
{
	uint64_t n = 0;

	return map_get(all->seconds, second_of(p), &n) && n > 1;
}

static enum err find_places(struct foreign *f, struct places *all, struct error *e)
{
	const struct program *p = &programs[f->kind];
	struct buf sql = buf_limited(1 << 12);
	sqlite3_stmt *st = NULL;
	int step = SQLITE_DONE;
	enum err rc;

	buf_addf(&sql, "SELECT rowid, %s, %s FROM %s",
	         has_column(f, p->entries, p->time) ? p->time : "0", p->column[C_FEED], p->entries);
	rc = prepare(f, buf_cstr(&sql), &st, e);
	buf_free(&sql);
	while (rc == ERR_NONE && (step = sqlite3_step(st)) == SQLITE_ROW) {
		struct place one = { .row = sqlite3_column_int64(st, 0),
			.time = sqlite3_column_int64(st, 1),
			.feed = hash64(text_at(st, 2, NAME_MAX_BYTES)) };

		if (all->n == ROWS_MAX) {
			rc = error_set(e, ERR_LIMIT, "%s holds more than %d entries", f->path,
			               ROWS_MAX);
			break;
		}
		f->looks = 0;         /* the budget is a row's: how many there are is bounded */
		all->at = mem_grow(all->at, &all->cap, all->n + 1, sizeof *all->at);
		all->at[all->n++] = one;
		count_second(all, &one);
	}
	if (rc == ERR_NONE && step != SQLITE_DONE)
		rc = fail(f, step, p->name, e);
	sqlite3_finalize(st);
	if (all->n > 1)
		qsort(all->at, all->n, sizeof *all->at, by_time);
	return rc;
}

static struct foreign_entry entry_at(sqlite3_stmt *st)
{
	return (struct foreign_entry){
		.feed = text_at(st, C_FEED, NAME_MAX_BYTES),
		.guid = text_at(st, C_GUID, NAME_MAX_BYTES),
		.title = text_at(st, C_TITLE, NAME_MAX_BYTES),
		.link = text_at(st, C_LINK, NAME_MAX_BYTES),
		.author = text_at(st, C_AUTHOR, NAME_MAX_BYTES),
		.content = text_at(st, C_CONTENT, VALUE_MAX),
		.type = text_at(st, C_TYPE, 256),
		.base = text_at(st, C_BASE, NAME_MAX_BYTES),
		.enclosure = text_at(st, C_ENCLOSURE, NAME_MAX_BYTES),
		.persons = text_at(st, C_PERSONS, NAME_MAX_BYTES),
		.flags = text_at(st, C_FLAGS, 256),
		.published = sqlite3_column_int64(st, C_PUBLISHED),
		.updated = sqlite3_column_int64(st, C_UPDATED),
		.seen = sqlite3_column_int64(st, C_SEEN),
		.unread = sqlite3_column_int64(st, C_UNREAD) != 0,
		.deleted = sqlite3_column_int64(st, C_DELETED) != 0,
		.important = sqlite3_column_int64(st, C_IMPORTANT) != 0,
	};
}

/* One row by its number; false: enough. A row that cannot be read costs itself only. */
static bool give_row(struct foreign *f, sqlite3_stmt *st, const struct places *all, size_t i,
                     foreign_entry_fn *each, void *self, size_t *unreadable)
{
	bool more = true;
	int step;

	f->looks = 0;
	sqlite3_bind_int64(st, 1, all->at[i].row);
	step = sqlite3_step(st);
	if (step == SQLITE_ROW) {
		struct foreign_entry n = entry_at(st);

		n.shares_second = shares_second(all, &all->at[i]);
		more = each(self, &n);
	} else if (step != SQLITE_DONE) {
		++*unreadable;
	}
	sqlite3_reset(st);
	return more;
}

static enum err give_rows(struct foreign *f, const struct places *all, foreign_entry_fn *each,
                          void *self, size_t *unreadable, struct error *e)
{
	const struct program *p = &programs[f->kind];
	struct buf sql = buf_limited(1 << 12);
	sqlite3_stmt *st = NULL;
	enum err rc;

	buf_add_cstr(&sql, "SELECT ");
	add_columns(f, &sql, p->entries, p->column, C_COUNT);
	buf_addf(&sql, " FROM %s WHERE rowid = ?1", p->entries);
	rc = prepare(f, buf_cstr(&sql), &st, e);
	buf_free(&sql);
	for (size_t i = 0; rc == ERR_NONE && i < all->n; i++)
		if (!give_row(f, st, all, i, each, self, unreadable))
			break;
	sqlite3_finalize(st);
	return rc;
}

/* All of it is of one moment: newsboat may run meanwhile. */
enum err foreign_entries(struct foreign *f, foreign_entry_fn *each, void *self,
                         size_t *unreadable, struct error *e)
{
	struct places all = { .seconds = map_new() };
	int begun = sqlite3_exec(f->db, "BEGIN", NULL, NULL, NULL);
	enum err rc = begun == SQLITE_OK ? find_places(f, &all, e)
	                                 : fail(f, begun, programs[f->kind].name, e);

	*unreadable = 0;
	if (rc == ERR_NONE)
		rc = give_rows(f, &all, each, self, unreadable, e);
	sqlite3_exec(f->db, "ROLLBACK", NULL, NULL, NULL);
	map_free(all.seconds);
	free(all.at);
	return rc;
}
