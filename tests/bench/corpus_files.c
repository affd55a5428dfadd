#include "web.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lede/base/mem.h"

#define DOCUMENT_MOST (64u << 20)

void corpus_path(char *path, size_t size, const char *folder, int feed, int revision)
{
	snprintf(path, size, "%s/%d-%d.xml", folder, feed, revision);
}

static bool write_one(const struct corpus *c, const char *folder, int feed, int revision)
{
	struct buf text = buf_limited(DOCUMENT_MOST);
	char path[512];
	FILE *f;
	bool good;

	corpus_path(path, sizeof path, folder, feed, revision);
	corpus_feed(c, feed, revision, &text);
	f = fopen(path, "wb");
	good = f && fwrite(buf_cstr(&text), 1, text.n, f) == text.n;
	if (f && fclose(f) != 0)
		good = false;
	buf_free(&text);
	return good;
}

/* One process for all files; the level that costs least. False where there is no gzip. */
static bool pack_all(const struct corpus *c, const char *folder)
{
	char **argv = mem_array((size_t)c->feeds * 2 + 8, sizeof *argv), path[512];
	int argc = 0, status = -1;
	pid_t pid;

	argv[argc++] = mem_strdup("gzip");
	argv[argc++] = mem_strdup("-1kn");
	for (int feed = 0; feed < c->feeds; feed++) {
		for (int revision = 1; revision <= 1 + corpus_changes(feed); revision++) {
			corpus_path(path, sizeof path, folder, feed, revision);
			argv[argc++] = mem_strdup(path);
		}
	}
	pid = fork();
	if (pid == 0) {
		execvp(argv[0], argv);
		_exit(127);
	}
	while (argc > 0)
		free(argv[--argc]);
	free(argv);
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

/* In a process of its own: the benchmark's stays small. */
static bool write_all(const struct corpus *c, const char *folder)
{
	int status = -1;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		bool good = true;

		for (int feed = 0; feed < c->feeds && good; feed++)
			good = write_one(c, folder, feed, 1) &&
			       (!corpus_changes(feed) || write_one(c, folder, feed, 2));
		_exit(good ? 0 : 1);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

bool corpus_write(const struct corpus *c, const char *folder, bool *packed)
{
	if (!write_all(c, folder))
		return false;
	*packed = pack_all(c, folder);
	return true;
}
