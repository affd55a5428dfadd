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
			return error_set(e, ERR_LIMIT, "%s is larger than %zu bytes", path, into->max);
	}
}

enum err file_read(const char *path, struct buf *into, struct error *e)
{
	/* O_NONBLOCK: opening a pipe that nobody writes to must not wait. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	enum err rc;

	if (fd < 0)
		return error_errno(e, errno == ENOENT ? ERR_NONESUCH : ERR_IO, errno, "cannot open %s", path);
	if (fstat(fd, &st) != 0)
		rc = error_errno(e, ERR_IO, errno, "cannot look at %s", path);
	else if (!S_ISREG(st.st_mode))
		rc = error_set(e, ERR_IO, "cannot read %s: not a file", path);
	else
		rc = read_all(fd, path, into, e);
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

/* The file that a chain of symbolic links names, which may not be there yet. Owned. */
static char *follow_links(const char *path)
{
	char *at = mem_strdup(path);

	for (int hops = 0; hops < 40; hops++) {
		char target[PATH_MAX], *slash, *next;
		ssize_t n = readlink(at, target, sizeof target - 1);

		if (n < 0)
			break;
		target[n] = '\0';
		slash = strrchr(at, '/');
		if (target[0] == '/' || !slash) {
			next = mem_strdup(target);
		} else {
			size_t folder = (size_t)(slash - at) + 1;

			next = mem_new(folder + (size_t)n + 1);
			memcpy(next, at, folder);
			memcpy(next + folder, target, (size_t)n + 1);
		}
		free(at);
		at = next;
	}
	return at;
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

static void keep_owner(int fd, const char *path, unsigned mode)
{
	struct stat st;

	if (stat(path, &st) != 0) {
		fchmod(fd, mode);
		return;
	}
	fchmod(fd, st.st_mode & 07777);
	if (fchown(fd, st.st_uid, st.st_gid) != 0 && st.st_uid != geteuid())
		fchmod(fd, st.st_mode & 0700);  /* not ours to give away: at least nobody new can read it */
}

static enum err replace(const char *path, struct str content, unsigned mode, struct error *e)
{
	size_t n = strlen(path) + sizeof ".XXXXXX";
	char *temporary = mem_new(n);
	enum err rc;
	int fd;

	snprintf(temporary, n, "%s.XXXXXX", path);
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0) {
		rc = error_errno(e, ERR_IO, errno, "cannot write beside %s", path);
		free(temporary);
		return rc;
	}
	keep_owner(fd, path, mode);
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
	enum err rc = replace(real, content, mode, e);

	free(real);
	return rc;
}

enum err file_make_parent(const char *path, struct error *e)
{
	char *folder = mem_strdup(path);
	enum err rc = ERR_NONE;

	for (char *slash = strchr(folder + 1, '/'); slash && rc == ERR_NONE; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(folder, 0700) != 0 && errno != EEXIST)
			rc = error_errno(e, ERR_IO, errno, "cannot make the folder %s", folder);
		*slash = '/';
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
			rc = error_set(e, ERR_BUSY, "%s is in use by another lede; try again", path);
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
	*out = (struct file_stamp){ st.st_mtim.tv_sec * INT64_C(1000000000) + st.st_mtim.tv_nsec, st.st_size,
				    (int64_t)st.st_ino };
	return true;
}
