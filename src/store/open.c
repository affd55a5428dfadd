#include "inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lede/base/file.h"

/* How a connection comes to be. What is refused is refused from the file's first hundred bytes,
 * before SQLite touches it: a newer or foreign file stays as it is, byte for byte. */

#define HEADER_SIZE 100
#define HEADER_USER_VERSION 60 /* https://www.sqlite.org/fileformat.html, 1.3 */
#define HEADER_APPLICATION_ID 68
#define BUSY_TRIES 10000 /* a try each millisecond: ten seconds */

static const char pragmas[] =
	"PRAGMA synchronous=NORMAL;"
	"PRAGMA secure_delete=OFF;" /* on in Debian: freed pages would be written again */
	"PRAGMA temp_store=MEMORY;"
	"PRAGMA trusted_schema=OFF;"
	"PRAGMA cell_size_check=ON;"
	"PRAGMA mmap_size=0;" /* a truncated file under a map is a SIGBUS */
	"PRAGMA wal_autocheckpoint=4000;"
	"PRAGMA journal_size_limit=16777216;";

/* SQLite's own steps grow to 100 ms; a mark would wait four times as long beside a refresh. */
static int wait_a_millisecond(void *self, int tries)
{
	const struct timespec ms = { .tv_nsec = 1000000 };

	(void)self;
	if (tries >= BUSY_TRIES)
		return 0;
	nanosleep(&ms, NULL);
	return 1;
}

static bool is_plain_in_uri(char c)
{
	return ascii_is_alnum(c) || strchr("/-._~", c);
}

static void add_escaped(struct buf *uri, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (is_plain_in_uri(s.p[i]))
			buf_add_char(uri, s.p[i]);
		else
			buf_addf(uri, "%%%02X", (unsigned char)s.p[i]);
	}
}

static int open_uri(struct store *s, const char *before, struct str path, const char *after,
                    int flags)
{
	struct buf uri = buf_limited(1 << 16);
	int rc;

	sqlite3_close(s->db);
	s->db = NULL;
	buf_add_cstr(&uri, before);
	add_escaped(&uri, path);
	buf_add_cstr(&uri, after);
	rc = sqlite3_open_v2(buf_cstr(&uri), &s->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI,
	                     NULL);
	buf_free(&uri);
	if (s->db) {
		sqlite3_extended_result_codes(s->db, 1);
		sqlite3_busy_handler(s->db, wait_a_millisecond, NULL);
	}
	return rc;
}

/* A path must not begin with two slashes in a URI, where a host would stand: hence "file://" and an
 * empty host for absolute ones. */
static int open_file(struct store *s, const char *after, int flags)
{
	return open_uri(s, s->path[0] == '/' ? "file://" : "file:", str_of(s->path), after, flags);
}

static uint32_t big_endian(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Application id and version 0 are left to SQLite: a file that was cut short while it was made. */
static enum err accept_header(const char *path, const unsigned char *header, struct error *e)
{
	static const char magic[] = "SQLite format 3";
	uint32_t application, version;

	if (memcmp(header, magic, sizeof magic) != 0)
		return error_set(e, ERR_DAMAGED,
		                 "the cache %s is damaged or no database; move it away, lede"
		                 " fetches anew",
		                 path);
	application = big_endian(header + HEADER_APPLICATION_ID);
	version = big_endian(header + HEADER_USER_VERSION);
	if (application == 0 && version == 0)
		return ERR_NONE;
	return schema_accept(path, application, version, e);
}

/* The first bytes, read through SQLite's own files: to close a descriptor of our own would take
 * away the locks that other connections of this process hold on the file (POSIX), and with them the
 * write-ahead log (https://www.sqlite.org/howtocorrupt.html, 2.2). A shorter file ends in zeroes.
 */
static int read_header(const char *path, unsigned char header[HEADER_SIZE])
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
	sqlite3_file *file = mem_new((size_t)vfs->szOsFile);
	sqlite3_filename name = sqlite3_create_filename(path, "", "", 0, NULL);
	int rc = SQLITE_NOMEM;

	memset(header, 0, HEADER_SIZE);
	if (name)
		rc = vfs->xOpen(vfs, name, file, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, NULL);
	if (rc == SQLITE_OK)
		rc = file->pMethods->xRead(file, header, HEADER_SIZE, 0);
	if (file->pMethods)
		file->pMethods->xClose(file);
	sqlite3_free_filename(name);
	free(file);
	return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc;
}

/* Whether the file may be opened; *there says whether there is one. */
static enum err look_at_file(struct store *s, bool *there, struct error *e)
{
	unsigned char header[HEADER_SIZE];
	struct stat st;

	*there = stat(s->path, &st) == 0;
	if (!*there && errno == ENOENT)
		return ERR_NONE;
	if (!*there || access(s->path, R_OK) != 0)
		return error_errno(e, ERR_IO, errno, "cannot open the cache %s", s->path);
	if (!S_ISREG(st.st_mode))
		return error_set(e, ERR_IO, "the cache %s is not a plain file", s->path);
	if (st.st_size == 0)
		return ERR_NONE;
	if (read_header(s->path, header) != SQLITE_OK)
		return error_set(e, ERR_IO, "cannot read the cache %s; look at its disk", s->path);
	return accept_header(s->path, header, e);
}

static enum err open_memory(struct store *s, struct error *e)
{
	struct str name = str_of(s->path + sizeof STORE_MEMORY - 1);
	int rc = open_uri(s, "file:/", name, "?vfs=memdb",
	                  SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);

	s->memory = true;
	if (rc == SQLITE_OK)
		return sql_exec(s, "PRAGMA journal_mode=MEMORY;", e);
	return store_sqlite_error(s, rc, e);
}

/* An empty one holds nothing. */
static bool has_wal(const char *path)
{
	struct buf name = buf_limited(1 << 16);
	struct stat st;
	bool is;

	buf_addf(&name, "%s-wal", path);
	is = stat(buf_cstr(&name), &st) == 0 && st.st_size > 0;
	buf_free(&name);
	return is;
}

static bool folder_is_writable(const char *path)
{
	struct str s = str_of(path);
	struct buf folder = buf_limited(1 << 16);
	bool is;

	while (s.n > 0 && s.p[s.n - 1] != '/')
		s.n--;
	buf_add(&folder, s.n > 0 ? s : STR("."));
	is = access(buf_cstr(&folder), W_OK) == 0;
	buf_free(&folder);
	return is;
}

static bool is_writable(const char *path)
{
	return access(path, W_OK) == 0 && folder_is_writable(path);
}

/* WAL needs to write beside the file even for reading. Where that is not allowed, a database
 * without a WAL can be read as something that never changes. */
static enum err open_unwritable(struct store *s, struct error *e)
{
	int rc;

	if (has_wal(s->path))
		return error_set(
			e, ERR_IO,
			"cannot read the cache %s: its folder is read-only and %s-wal holds"
			" newer changes; make the folder writable",
			s->path, s->path);
	rc = open_file(s, "?immutable=1", SQLITE_OPEN_READONLY);
	return rc == SQLITE_OK ? ERR_NONE : store_sqlite_error(s, rc, e);
}

static enum err open_for_reading(struct store *s, bool there, struct error *e)
{
	int rc;

	if (!there)
		return error_set(e, ERR_NONESUCH, "there is no cache %s yet", s->path);
	if (!is_writable(s->path))
		return open_unwritable(s, e);
	rc = open_file(s, "", SQLITE_OPEN_READWRITE);
	return rc == SQLITE_OK ? ERR_NONE : store_sqlite_error(s, rc, e);
}

static enum err unwritable(struct store *s, struct error *e)
{
	return error_set(e, ERR_IO,
	                 "cannot write the cache %s; make it and its folder writable, or name"
	                 " another one",
	                 s->path);
}

/* CREATE only after "not there": a cache that vanished between two looks is not silently a new
 * one. */
static enum err open_for_writing(struct store *s, bool there, struct error *e)
{
	enum err rc = there ? ERR_NONE : file_make_parent(s->path, e);
	int sqlite;

	if (rc != ERR_NONE)
		return rc;
	if (there ? !is_writable(s->path) : !folder_is_writable(s->path))
		return unwritable(s, e);
	sqlite = open_file(s, "", SQLITE_OPEN_READWRITE | (there ? 0 : SQLITE_OPEN_CREATE));
	if (sqlite != SQLITE_OK)
		return store_sqlite_error(s, sqlite, e);
	return sqlite3_db_readonly(s->db, "main") == 1 ? unwritable(s, e) : ERR_NONE;
}

/* Two processes that make one cache at once: SQLite tells the second that it is busy without asking
 * the handler to wait, since from there it might wait for ever. */
static enum err begin_wal(struct store *s, struct error *e)
{
	enum err rc;
	int tries = 0;

	do
		rc = sql_exec(s, "PRAGMA journal_mode=WAL;", e);
	while (rc == ERR_BUSY && wait_a_millisecond(NULL, tries++));
	return rc;
}

/* What has to be said before the first table. */
static enum err prepare_new(struct store *s, struct error *e)
{
	int64_t tables;
	enum err rc = sql_number(s, SQL_TABLES, &tables, 0, e, BIND_NONE);

	if (rc != ERR_NONE || tables > 0)
		return rc;
	rc = sql_exec(s, "PRAGMA page_size=4096; PRAGMA auto_vacuum=INCREMENTAL;", e);
	if (rc == ERR_NONE && !s->memory)
		rc = begin_wal(s, e);
	return rc;
}

static enum err set_pragmas(struct store *s, struct error *e)
{
	enum err rc = sql_exec(s, pragmas, e);

	if (rc == ERR_NONE && s->mode == STORE_WRITE)
		return sql_exec(s, "PRAGMA cache_size=-4096;", e);
	if (rc == ERR_NONE)
		rc = sql_exec(s, "PRAGMA cache_size=-2048; PRAGMA query_only=ON;", e);
	return rc;
}

enum err connection_open(struct store *s, struct error *e)
{
	bool there;
	enum err rc;

	if (str_starts(str_of(s->path), STORE_MEMORY)) {
		rc = open_memory(s, e);
	} else {
		rc = look_at_file(s, &there, e);
		if (rc == ERR_NONE)
			rc = s->mode == STORE_READ ? open_for_reading(s, there, e)
			                           : open_for_writing(s, there, e);
	}
	if (rc == ERR_NONE && s->mode == STORE_WRITE)
		rc = prepare_new(s, e);
	if (rc == ERR_NONE)
		rc = set_pragmas(s, e);
	return rc;
}

static enum err open_derived_file(struct store *s, struct error *e)
{
	bool there = access(s->path, F_OK) == 0;

	return s->mode == STORE_READ ? open_for_reading(s, there, e)
	                             : open_for_writing(s, there, e);
}

enum err connection_open_derived(struct store *s, struct error *e)
{
	enum err rc = str_starts(str_of(s->path), STORE_MEMORY) ? open_memory(s, e)
	                                                        : open_derived_file(s, e);

	if (rc == ERR_NONE && s->mode == STORE_WRITE)
		rc = prepare_new(s, e);
	if (rc == ERR_NONE)
		rc = set_pragmas(s, e);
	return rc;
}
