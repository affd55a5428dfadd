#include "lede/store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inside.h"

static enum err sync_file(const char *path, struct error *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum err rc = ERR_NONE;

	if (fd < 0 || fsync(fd) != 0)
		rc = error_errno(e, ERR_IO, errno, "cannot write %s to its disk", path);
	if (fd >= 0)
		close(fd);
	return rc;
}

/* The name itself; a file system without such a thing is none of ours to blame. */
static void sync_folder(const char *path)
{
	struct str s = str_of(path);
	struct buf folder = buf_limited(1 << 16);
	int fd;

	while (s.n > 0 && s.p[s.n - 1] != '/')
		s.n--;
	buf_add(&folder, s.n > 0 ? s : STR("."));
	fd = open(buf_cstr(&folder), O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	buf_free(&folder);
}

/* SQLite's error is about the copy, not about the cache. query_only forbids the copy too. */
static enum err vacuum_into(struct store *s, const char *file, struct error *e)
{
	sqlite3_stmt *st = NULL;
	int errnum, rc;

	sqlite3_exec(s->db, "PRAGMA query_only=OFF", NULL, NULL, NULL);
	rc = sqlite3_prepare_v2(s->db, "VACUUM INTO ?1", -1, &st, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_bind_text(st, 1, file, -1, SQLITE_STATIC);
		errno = 0;
		rc = sqlite3_step(st);
	}
	errnum = errno;
	sqlite3_finalize(st);
	if (s->mode == STORE_READ)
		sqlite3_exec(s->db, "PRAGMA query_only=ON", NULL, NULL, NULL);
	if (rc == SQLITE_DONE)
		return ERR_NONE;
	if (rc == SQLITE_FULL || errnum == ENOSPC || errnum == EFBIG || errnum == EDQUOT)
		return error_set(e, ERR_FULL, "no space for %s; free some on its file system", file);
	if ((rc & 0xff) == SQLITE_CORRUPT || (rc & 0xff) == SQLITE_NOTADB)
		return store_damaged(s->path, e);
	return error_set(e, ERR_IO, "cannot write %s: %s", file, sqlite3_errmsg(s->db));
}

static enum err put_in_place(const char *partial, const char *to, struct error *e)
{
	enum err rc = sync_file(partial, e);

	if (rc == ERR_NONE && link(partial, to) != 0 &&
	    (errno == EEXIST || access(to, F_OK) == 0 || rename(partial, to) != 0))
		rc = error_errno(e, ERR_IO, errno, "cannot write %s", to);
	return rc;
}

enum err store_backup(struct store *s, const char *to, struct error *e)
{
	struct buf partial = buf_limited(1 << 16);
	enum err rc;

	if (access(to, F_OK) == 0)
		return error_set(e, ERR_USAGE, "%s is there already; name a file that is not", to);
	buf_addf(&partial, "%s.partial", to);
	unlink(buf_cstr(&partial));
	rc = vacuum_into(s, buf_cstr(&partial), e);
	if (rc == ERR_NONE)
		chmod(buf_cstr(&partial), 0600);
	if (rc == ERR_NONE)
		rc = put_in_place(buf_cstr(&partial), to, e);
	unlink(buf_cstr(&partial));
	sync_folder(to);
	buf_free(&partial);
	return rc;
}
