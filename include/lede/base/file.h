/* file - whole files in, whole files out, never half a file.
 *
 * Must not know: what the files mean.
 */
#ifndef LEDE_BASE_FILE_H
#define LEDE_BASE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/error.h"
#include "lede/base/str.h"

/* Adds the file's bytes to `into` (ERR_LIMIT past its ceiling, ERR_IO naming the file,
 * ERR_NONESUCH when it is not there); on failure `into` holds what it held. Directories, devices
 * and pipes are refused. */
enum err file_read(const char *path, struct buf *into, struct error *e);

/* Replaces the file's content: written beside it, fsync, rename, fsync of the folder. A symbolic
 * link is followed to the file it names, mode and owner are kept, a new file gets `mode` whatever
 * the umask. On failure the file is as it was and nothing lies beside it. What is there and no
 * file is refused. */
enum err file_replace(const char *path, struct str content, unsigned mode, struct error *e);

/* Makes the folder of `path` (mkdir -p on its parent), mode 0700. A folder that is there keeps
 * its mode. */
enum err file_make_parent(const char *path, struct error *e);

/* An advisory lock between processes on PATH.lock (made when missing); waits up to `wait_ms`, then
 * ERR_BUSY. The descriptor is closed by file_unlock. */
enum err file_lock(const char *path, int wait_ms, int *fd, struct error *e);
void file_unlock(int fd);                                     /* -1 is fine */

struct file_stamp { int64_t mtime_ns, size, inode; };         /* equal stamps: not changed */
bool file_stamp(const char *path, struct file_stamp *out);

/* Splits a command line into an argv as a shell would read words: blanks separate, '…' literal,
 * "…" with backslash before " \ $ `, backslash elsewhere; nothing is expanded and no shell is
 * started. ERR_SYNTAX on an open quote and on a NUL, which no argument can hold. *argv is
 * NULL-terminated; strings and array in one allocation: free(*argv). */
enum err argv_split(struct str line, char ***argv, int *argc, struct error *e);

#endif
