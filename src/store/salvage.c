#include "lede/store/salvage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lede/base/file.h"
#include "salvage.h"

/* The work is done on a copy, into a file beside the damaged one; only when that is whole does it
 * take the damaged one's place. Killed before, nothing has changed. The damaged file keeps a second
 * name (a hard link) before its own is taken over, so that there is a cache at every moment. */

#define LOCK_WAIT_MS 60000 /* for another process that salvages the same cache */
#define PAGE_SIZE 4096

struct work {
	const char *path;
	int64_t now;
	struct buf copy, fresh, aside;   /* names of files */
	int64_t rows;                    /* entries and feeds that came over */
	struct salvaged *out;
	struct error *e;
};

static void name_with(struct buf *name, const char *before, const char *after)
{
	buf_clear(name);
	buf_addf(name, "%s%s", before, after);
}

static void forget(const char *base)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	struct buf name = buf_limited(1 << 16);

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		name_with(&name, base, ends[i]);
		unlink(buf_cstr(&name));
	}
	buf_free(&name);
}

/* ---- the copy -------------------------------------------------------------------------------- */

static enum err copy_bytes(int in, int out, const char *to, struct error *e)
{
	char *chunk = mem_new(1 << 20);
	ssize_t n;
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && (n = read(in, chunk, 1 << 20)) > 0)
		if (write(out, chunk, (size_t)n) != n)
			rc = error_errno(e, ERR_IO, errno ? errno : ENOSPC, "cannot write %s", to);
	free(chunk);
	return rc;
}

/* A file that is not there is no failure. What cannot be read of it is left. */
static enum err copy_file(const char *from, const char *to, struct error *e)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out;
	enum err rc;

	if (in < 0)
		return errno == ENOENT ? ERR_NONE
		                       : error_errno(e, ERR_IO, errno, "cannot read %s", from);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	rc = out < 0 ? error_errno(e, ERR_IO, errno, "cannot write %s", to)
	             : copy_bytes(in, out, to, e);
	if (out >= 0)
		close(out);
	close(in);
	return rc;
}

/* A file that was cut off is given its length again, in zeroes: SQLite refuses it else. */
static void pad(const char *path)
{
	unsigned char h[100];
	int fd = open(path, O_RDWR | O_CLOEXEC);
	off_t pages, size;

	if (fd < 0)
		return;
	size = lseek(fd, 0, SEEK_END);
	if (pread(fd, h, sizeof h, 0) == (ssize_t)sizeof h) {
		pages = (off_t)h[28] << 24 | h[29] << 16 | h[30] << 8 | h[31];
		if (pages * PAGE_SIZE > size && pages * PAGE_SIZE < size * 16 + (1 << 20) &&
		    ftruncate(fd, pages * PAGE_SIZE) != 0)
			size = 0; /* then it is read as far as it goes */
	}
	close(fd);
}

static enum err make_copy(struct work *w)
{
	struct buf from = buf_limited(1 << 16), to = buf_limited(1 << 16);
	enum err rc;

	name_with(&w->copy, w->path, ".salvage-old");
	forget(buf_cstr(&w->copy));
	rc = copy_file(w->path, buf_cstr(&w->copy), w->e);
	if (rc == ERR_NONE) {
		name_with(&from, w->path, "-wal");
		name_with(&to, buf_cstr(&w->copy), "-wal");
		rc = copy_file(buf_cstr(&from), buf_cstr(&to), w->e);
	}
	pad(buf_cstr(&w->copy));
	buf_free(&from);
	buf_free(&to);
	return rc;
}

/* ---- bringing over --------------------------------------------------------------------------- */

/* The order matters where one table decides about another; what stands in none of these lists is
 * left behind and costs a refresh at most. */
static const char *const by_sql[] = {
	"meta",     "feed",    "member", "entry",       "undo",   "undo_row", "event",
	"profile",  "account", "remote", "intent",      "sub_intent", "body", "fulltext",
	"extra",    "second",  "filler", "story",       "feed_count", "visit", "health",
	"host",     "fold",    "df",     "edition",     "edition_row", "spare",
	"by_hand",
};

/* An old file that cannot even be opened has its pages still. */
static sqlite3 *open_copy(const char *path)
{
	sqlite3 *db = NULL;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ==
	    SQLITE_OK) {
		sqlite3_extended_result_codes(db, 1);
		sqlite3_exec(db, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; "
		                 "PRAGMA trusted_schema=OFF;", NULL, NULL, NULL);
		/* what stands in the -wal belongs into the pages that are read later */
		sqlite3_wal_checkpoint_v2(db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	}
	return db;
}

static enum err bring_by_sql(const char *copy, struct store *to, struct error *e)
{
	sqlite3 *from = open_copy(copy);
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < sizeof by_sql / sizeof *by_sql && rc == ERR_NONE; i++) {
		struct shape s;

		rc = shape_of(to, by_sql[i], &s, e);
		if (rc == ERR_NONE && from && s.n > 0)
			rc = salvage_by_sql(from, to, &s, e);
		shape_done(&s);
	}
	sqlite3_close(from);
	return rc;
}

static int64_t count_of(struct store *s, const char *sql)
{
	sqlite3_stmt *st = NULL;
	int64_t n = 0;

	if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

/* An entry without its text is fetched
 * anew, since its hash does not fit any more; feeds are fetched whole. */
static enum err put_right(struct store *s, struct error *e)
{
	static const char *const steps[] = {
		"UPDATE member SET hash = 0 WHERE entry NOT IN (SELECT entry FROM body)",
		("INSERT OR IGNORE INTO meta(key, value) SELECT 'folded', max(id) FROM entry "
		 "WHERE id IS NOT NULL HAVING max(id) > 0"),
		"DELETE FROM edition_row WHERE story NOT IN (SELECT id FROM story)",
	};
	enum err rc = sql_exec(s, "INSERT OR IGNORE INTO feed(id, url, added) SELECT id - 1000, "
	                          "CAST(bytes AS TEXT), 0 FROM spare WHERE id > 1000", e);

	if (rc == ERR_NONE)
		rc = store_recount(s, e);
	for (size_t i = 0; i < sizeof steps / sizeof *steps && rc == ERR_NONE; i++)
		rc = sql_exec(s, steps[i], e);
	return rc;
}

/* The old file's, else its copy; only when both are lost the new file has one of its own, and what
 * feeds list comes as new once. */
static enum err keep_key(struct store *s, struct error *e)
{
	enum err rc = sql_exec(s, "INSERT OR IGNORE INTO meta(key, value) SELECT 'key', bytes "
	                          "FROM spare WHERE length(bytes) = 16", e);

	if (rc == ERR_NONE && count_of(s, "SELECT count(*) FROM meta WHERE key = 'key'") > 0)
		return sql_exec(s, "INSERT OR REPLACE INTO spare(id, bytes) SELECT 1, value "
		                   "FROM meta WHERE key = 'key'", e);
	return rc != ERR_NONE ? rc : sql_run(s, SQL_META_SET, e,
	               BIND(v_text(STR("key")), v_blob((struct str){ (const char *)s->key.bytes,
	                                                             sizeof s->key.bytes })));
}

static enum err bring_over(struct work *w, struct store *to)
{
	enum err rc = store_begin(to, true, w->e);

	if (rc == ERR_NONE)
		rc = sql_exec(to, "DELETE FROM meta; DELETE FROM spare;", w->e);
	if (rc == ERR_NONE)
		rc = bring_by_sql(buf_cstr(&w->copy), to, w->e);
	if (rc == ERR_NONE)
		rc = salvage_by_pages(buf_cstr(&w->copy), to, w->e);
	if (rc == ERR_NONE)
		rc = keep_key(to, w->e);
	if (rc == ERR_NONE)
		rc = put_right(to, w->e);
	if (rc == ERR_NONE)
		return store_commit(to, w->e);
	store_rollback(to);
	return rc;
}

static enum err make_fresh(struct work *w)
{
	struct store *to = NULL;
	enum err rc;

	name_with(&w->fresh, w->path, ".salvage");
	forget(buf_cstr(&w->fresh));
	rc = store_open(buf_cstr(&w->fresh), STORE_WRITE, &to, w->e);
	if (rc == ERR_NONE)
		rc = bring_over(w, to);
	if (rc == ERR_NONE) {
		w->out->entries = count_of(to, "SELECT count(*) FROM entry");
		w->rows = w->out->entries + count_of(to, "SELECT count(*) FROM feed");
		w->out->starred = count_of(to, "SELECT count(*) FROM entry WHERE flags & 2");
		w->out->read = count_of(to, "SELECT count(*) FROM entry WHERE flags & 1");
	}
	store_close(to);
	return rc;
}

/* ---- changing places ------------------------------------------------------------------------- */

static void name_aside(struct work *w)
{
	time_t now = (time_t)w->now;
	char date[32];
	struct tm t;

	gmtime_r(&now, &t);
	strftime(date, sizeof date, "%Y%m%d-%H%M%S", &t);
	for (int i = 1; i < 1000; i++) {
		buf_clear(&w->aside);
		buf_addf(&w->aside, "%s.damaged-%s", w->path, date);
		if (i > 1)
			buf_addf(&w->aside, "-%d", i);
		if (access(buf_cstr(&w->aside), F_OK) != 0)
			break;
	}
	snprintf(w->out->aside, sizeof w->out->aside, "%s", buf_cstr(&w->aside));
}

static void move_beside(struct work *w, const char *ending)
{
	struct buf from = buf_limited(1 << 16), to = buf_limited(1 << 16);

	name_with(&from, w->path, ending);
	name_with(&to, buf_cstr(&w->aside), ending);
	rename(buf_cstr(&from), buf_cstr(&to));
	buf_free(&from);
	buf_free(&to);
}

static enum err change_places(struct work *w)
{
	const char *aside, *fresh = buf_cstr(&w->fresh);
	struct str path = str_of(w->path);
	struct buf search = buf_limited(1 << 16);

	name_aside(w);
	aside = buf_cstr(&w->aside);
	if (link(w->path, aside) != 0 && rename(w->path, aside) != 0)
		return error_errno(w->e, ERR_IO, errno, "cannot set %s aside", w->path);
	move_beside(w, "-wal");
	move_beside(w, "-shm");
	if (rename(fresh, w->path) != 0)
		return error_errno(w->e, ERR_IO, errno, "cannot put %s in its place", fresh);
	buf_addf(&search, "%.*s-search.db", (int)(path.n - (str_ends(path, ".db") ? 3 : 0)), path.p);
	forget(buf_cstr(&search));
	buf_free(&search);
	return ERR_NONE;
}

/* Of something that does not begin as a database - nor with nothing, as after a power failure - and
 * holds no row of ours nobody can say that it ever was a cache. */
static enum err refuse_foreign(struct work *w)
{
	static const char magic[16] = "SQLite format 3", zeroes[16];
	char head[16] = "";
	int fd = open(w->path, O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		if (pread(fd, head, sizeof head, 0) < 0)
			head[0] = '\0';
		close(fd);
	}
	if (w->rows > 0 || memcmp(head, magic, sizeof head) == 0 ||
	    memcmp(head, zeroes, sizeof head) == 0)
		return ERR_NONE;
	return error_set(w->e, ERR_DAMAGED, "the cache %s is no database; move it away, lede fetches"
	                 " anew", w->path);
}

static enum err salvage(struct work *w)
{
	enum err rc = make_copy(w);

	if (rc == ERR_NONE)
		rc = make_fresh(w);
	if (rc == ERR_NONE)
		rc = refuse_foreign(w);
	if (rc == ERR_NONE)
		rc = change_places(w);
	else
		forget(buf_cstr(&w->fresh));
	forget(buf_cstr(&w->copy));
	return rc;
}

enum err store_salvage(const char *path, int64_t now, uint64_t inode, struct salvaged *out,
                       struct error *e)
{
	struct work w = { .path = path, .now = now, .copy = buf_limited(1 << 16),
		          .fresh = buf_limited(1 << 16), .aside = buf_limited(1 << 16),
		          .out = out, .e = e };
	struct stat st;
	int lock = -1;
	enum err rc;

	*out = (struct salvaged){ .entries = 0 };
	rc = file_lock(path, LOCK_WAIT_MS, &lock, e);
	if (rc == ERR_NONE && inode != 0 && stat(path, &st) == 0 && (uint64_t)st.st_ino != inode)
		out->already = true;
	else if (rc == ERR_NONE)
		rc = salvage(&w);
	file_unlock(lock);
	if (rc != ERR_NONE && rc != ERR_DAMAGED)
		error_context(e, "the cache %s is damaged and nothing could be saved yet", path);
	buf_free(&w.copy);
	buf_free(&w.fresh);
	buf_free(&w.aside);
	return rc;
}

void salvage_sentence(const struct salvaged *s, struct buf *out)
{
	if (s->already)
		buf_add_cstr(out, "the cache was damaged, and another lede has saved what could be "
		                  "read of it");
	else
		buf_addf(out, "the cache was damaged: %lld entries, %lld stars and %lld read marks "
		              "came over; the damaged one is %s", (long long)s->entries,
		         (long long)s->starred, (long long)s->read, s->aside);
}
