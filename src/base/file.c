#include "lede/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lede/base/clock.h"
#include "lede/base/mem.h"

/* ---- reading ---- */

static enum err read_all(int fd, const char *path, struct buf *into, struct error *e)
{
	char chunk[16 << 10];

	for (;;) {
		ssize_t n = read(fd, chunk, sizeof chunk);

		if (n == 0)
			return ERR_NONE;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(e, ERR_IO, errno, "cannot read %s", path);
		if (buf_add(into, (struct str){ chunk, (size_t)n }) != ERR_NONE)
			return error_set(e, ERR_LIMIT, "%s is larger than %zu bytes", path,
					 into->max);
	}
}

enum err file_read(const char *path, struct buf *into, struct error *e)
{
	/* O_NONBLOCK: opening a pipe that nobody writes to must not wait. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	size_t before = into->n;
	struct stat st;
	enum err rc;

	if (fd < 0)
		return error_errno(e, errno == ENOENT ? ERR_NONESUCH : ERR_IO, errno,
				   "cannot open %s", path);
	if (fstat(fd, &st) != 0)
		rc = error_errno(e, ERR_IO, errno, "cannot look at %s", path);
	else if (!S_ISREG(st.st_mode))
		rc = error_set(e, ERR_IO, "cannot read %s: not a file", path);
	else
		rc = read_all(fd, path, into, e);
	if (rc != ERR_NONE)
		buf_cut(into, before);
	close(fd);
	return rc;
}

/* ---- replacing ---- */

static enum err write_all(int fd, struct str content, const char *path, struct error *e)
{
	for (size_t at = 0; at < content.n; ) {
		ssize_t n = write(fd, content.p + at, content.n - at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(e, ERR_IO, errno, "cannot write %s", path);
		at += (size_t)n;
	}
	if (fsync(fd) != 0)
		return error_errno(e, ERR_IO, errno, "cannot write %s", path);
	return ERR_NONE;
}

/* What the link `from` names when it says `target`: relative to the folder of the link. Owned. */
static char *link_target(const char *from, struct str target)
{
	const char *slash = strrchr(from, '/');
	bool relative = target.n > 0 && target.p[0] != '/';
	size_t folder = relative && slash ? (size_t)(slash - from) + 1 : 0;
	char *to = mem_new(folder + target.n + 1);

	memcpy(to, from, folder);
	memcpy(to + folder, target.p, target.n);
	return to;
}

/* The file that a chain of symbolic links names, which may not be there yet. Owned; NULL when the
 * chain has no end. */
static char *follow_links(const char *path)
{
	char *at = mem_strdup(path), target[PATH_MAX];

	for (int hops = 0; hops < 40; hops++) {
		ssize_t n = readlink(at, target, sizeof target);
		char *next;

		if (n < 0)
			return at;
		next = link_target(at, (struct str){ target, (size_t)n });
		free(at);
		at = next;
	}
	free(at);
	return NULL;
}

static void sync_folder(const char *path)
{
	char *folder = mem_strdup(path), *slash = strrchr(folder, '/');
	int fd;

	if (slash)
		slash[slash == folder] = '\0';
	fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);            /* best effort: some file systems refuse it */
		close(fd);
	}
	free(folder);
}

/* Mode and owner of the file that is replaced. Without the right to give it to that owner or group,
 * it is at least readable by nobody new. */
static void keep_owner(int fd, const struct stat *old)
{
	struct stat st;
	bool same = fstat(fd, &st) == 0 && st.st_uid == old->st_uid && st.st_gid == old->st_gid;

	if (same || fchown(fd, old->st_uid, old->st_gid) == 0)
		fchmod(fd, old->st_mode & 07777);
	else
		fchmod(fd, old->st_mode & 0700);
}

/* Opens a file beside `path` with the mode and owner that the new one shall have. */
static enum err open_beside(const char *path, unsigned mode, char **temporary, int *fd,
			    struct error *e)
{
	size_t n = strlen(path) + sizeof ".XXXXXX";
	struct stat old;
	bool is_there = stat(path, &old) == 0;

	if (is_there && !S_ISREG(old.st_mode))
		return error_set(e, ERR_IO, "cannot replace %s: not a file", path);
	*temporary = mem_new(n);
	snprintf(*temporary, n, "%s.XXXXXX", path);
	*fd = mkostemp(*temporary, O_CLOEXEC);
	if (*fd < 0) {
		free(*temporary);
		return error_errno(e, ERR_IO, errno, "cannot write beside %s", path);
	}
	if (is_there)
		keep_owner(*fd, &old);
	else
		fchmod(*fd, mode);
	return ERR_NONE;
}

static enum err replace(const char *path, struct str content, unsigned mode, struct error *e)
{
	char *temporary = NULL;
	int fd = -1;
	enum err rc = open_beside(path, mode, &temporary, &fd, e);

	if (rc != ERR_NONE)
		return rc;
	rc = write_all(fd, content, path, e);
	close(fd);
	if (rc == ERR_NONE && rename(temporary, path) != 0)
		rc = error_errno(e, ERR_IO, errno, "cannot replace %s", path);
	if (rc != ERR_NONE)
		unlink(temporary);
	else
		sync_folder(path);
	free(temporary);
	return rc;
}

enum err file_replace(const char *path, struct str content, unsigned mode, struct error *e)
{
	char *real = follow_links(path);
	enum err rc;

	if (!real)
		return error_errno(e, ERR_IO, ELOOP, "cannot replace %s", path);
	rc = replace(real, content, mode, e);
	free(real);
	return rc;
}

/* A folder that is there is fine, whichever reason mkdir has: EEXIST, or EROFS on some systems.
 * EEXIST may also mean a file. */
static enum err make_folder(const char *path, struct error *e)
{
	struct stat st;
	int why;

	if (mkdir(path, 0700) == 0)
		return ERR_NONE;
	why = errno;
	if (stat(path, &st) != 0)
		return error_errno(e, ERR_IO, why, "cannot make the folder %s", path);
	if (!S_ISDIR(st.st_mode))
		return error_errno(e, ERR_IO, ENOTDIR, "cannot make the folder %s", path);
	return ERR_NONE;
}

enum err file_make_parent(const char *path, struct error *e)
{
	char *folder = mem_strdup(path), *slash = folder;
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && (slash = strchr(slash, '/'))) {
		*slash = '\0';
		if (*folder)                  /* the root is there */
			rc = make_folder(folder, e);
		*slash++ = '/';
	}
	free(folder);
	return rc;
}

/* ---- lock ---- */

enum err file_lock(const char *path, int wait_ms, int *fd, struct error *e)
{
	struct clock clock = clock_system();
	int64_t until = clock_ticks(&clock) + wait_ms;
	size_t n = strlen(path) + sizeof ".lock";
	char *name = mem_new(n);
	enum err rc = ERR_NONE;

	snprintf(name, n, "%s.lock", path);
	*fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*fd < 0)
		rc = error_errno(e, ERR_IO, errno, "cannot lock %s", path);
	while (rc == ERR_NONE && flock(*fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			rc = error_errno(e, ERR_IO, errno, "cannot lock %s", path);
		else if (clock_ticks(&clock) >= until)
			rc = error_set(e, ERR_BUSY, "%s is in use by another lede; try again",
				       path);
		else
			poll(NULL, 0, 5);
	}
	if (rc != ERR_NONE) {
		file_unlock(*fd);
		*fd = -1;
	}
	free(name);
	return rc;
}

void file_unlock(int fd)
{
	if (fd >= 0)
		close(fd);
}

bool file_stamp(const char *path, struct file_stamp *out)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return false;
	*out = (struct file_stamp){
		.mtime_ns = st.st_mtim.tv_sec * INT64_C(1000000000) + st.st_mtim.tv_nsec,
		.size = st.st_size,
		.inode = (int64_t)st.st_ino,
	};
	return true;
}
