#include "inside.h"

#include <errno.h>
#include <string.h>

enum err store_damaged(const char *path, struct error *e)
{
	return error_set(e, ERR_DAMAGED, "the cache %s is damaged; move it away, lede fetches anew",
	                 path);
}

static enum err no_space(const char *path, struct error *e)
{
	return error_set(e, ERR_FULL, "no space for the cache %s; free some on its file system",
	                 path);
}

/* SQLite knows ENOSPC by itself; a quota and a file size limit come as input/output errors. */
static bool is_out_of_space(int errnum)
{
	return errnum == ENOSPC || errnum == EDQUOT || errnum == EFBIG;
}

/* The errno of the last failure on the database's file or its WAL; by the time a statement ends the
 * thread's own errno, which sqlite3_system_errno gives, may be that of something else. 0 when
 * nobody remembers one. */
static int file_errno(struct store *s)
{
	sqlite3_file *wal = NULL;
	int errnum = 0;

	sqlite3_file_control(s->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal);
	if (wal && wal->pMethods)
		wal->pMethods->xFileControl(wal, SQLITE_FCNTL_LAST_ERRNO, &errnum);
	if (errnum == 0)
		sqlite3_file_control(s->db, "main", SQLITE_FCNTL_LAST_ERRNO, &errnum);
	return errnum != 0 ? errnum : sqlite3_system_errno(s->db);
}

static enum err io_error(struct store *s, struct error *e)
{
	int errnum = file_errno(s);

	if (is_out_of_space(errnum))
		return no_space(s->path, e);
	return error_set(e, ERR_STORE, "cannot read or write the cache %s: %s; look at its disk",
	                 s->path, errnum ? strerror(errnum) : sqlite3_errmsg(s->db));
}

static enum err cannot_open(struct store *s, struct error *e)
{
	int errnum = sqlite3_system_errno(s->db);

	return error_errno(e, ERR_IO, errnum ? errnum : EACCES,
	                   "cannot open the cache %s, or files beside it", s->path);
}

enum err store_sqlite_error(struct store *s, int rc, struct error *e)
{
	switch (rc & 0xff) {
	case SQLITE_OK:
		return ERR_NONE;
	case SQLITE_FULL:
		return no_space(s->path, e);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return store_damaged(s->path, e);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return error_set(e, ERR_BUSY, "another process holds the cache %s; try again",
		                 s->path);
	case SQLITE_CANTOPEN:
		return cannot_open(s, e);
	case SQLITE_PERM:
	case SQLITE_READONLY:
		return error_set(
			e, ERR_IO,
			"cannot write the cache %s; its file and its folder must be writable",
			s->path);
	case SQLITE_IOERR:
		return io_error(s, e);
	default:
		return error_set(e, ERR_STORE, "the cache %s cannot be used: %s", s->path,
		                 sqlite3_errmsg(s->db));
	}
}
