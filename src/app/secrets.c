#include "lede/app/secrets.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lede/base/file.h"
#include "lede/base/hash.h"

extern char **environ;

enum { COMMAND_MS = 10000, SECRET_MAX = 4096 };

/* What one command or file gave; several feeds may share it. */
struct source { const char *from; bool is_file, good; struct buf text; };
struct secret { struct str url, user, password; };
struct secrets {
	struct arena *arena;
	struct source *source; size_t nsources, sources_cap;
	struct secret *secret; size_t n, cap;
};

/* ---- a command's output ---- */

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum err spawn(char **argv, int out, pid_t *pid, struct error *e)
{
	posix_spawn_file_actions_t files;
	int rc;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	rc = posix_spawnp(pid, argv[0], &files, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	return rc == 0 ? ERR_NONE : error_errno(e, ERR_IO, rc, "cannot run %s", argv[0]);
}

/* Until its end or the limit. */
static enum err read_all(int fd, struct buf *out, struct error *e)
{
	int64_t until = now_ms() + COMMAND_MS;
	char piece[512];
	ssize_t n;

	for (;;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		int64_t left = until - now_ms();

		if (left <= 0)
			return error_set(e, ERR_IO, "it took more than %d s", COMMAND_MS / 1000);
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		n = read(fd, piece, sizeof piece);
		if (n == 0)
			return ERR_NONE;
		if (n < 0 && errno != EINTR)
			return error_errno(e, ERR_IO, errno, "it cannot be read");
		if (n > 0 && buf_add(out, (struct str){ piece, (size_t)n }) != ERR_NONE)
			return error_set(e, ERR_LIMIT, "it printed more than any password is");
	}
}

/* A command that did not end by itself is ended; one that failed gave no password. */
static enum err finish(pid_t pid, enum err rc, struct error *e)
{
	int status = 0;

	if (rc != ERR_NONE)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (rc == ERR_NONE && status != 0)
		rc = error_set(e, ERR_IO, "it failed");
	return rc;
}

static enum err run(const char *command, struct buf *out, struct error *e)
{
	int pipes[2], argc;
	char **argv;
	pid_t pid;
	enum err rc = argv_split(str_of(command), &argv, &argc, e);

	if (rc != ERR_NONE)
		return rc;
	if (argc == 0 || pipe2(pipes, O_CLOEXEC) != 0) {
		free(argv);
		return error_set(e, ERR_IO, "it cannot be run");
	}
	rc = spawn(argv, pipes[1], &pid, e);
	close(pipes[1]);
	if (rc == ERR_NONE)
		rc = finish(pid, read_all(pipes[0], out, e), e);
	close(pipes[0]);
	free(argv);
	return rc;
}

/* ---- a file ---- */

static enum err read_private(const char *path, struct buf *out, struct error *e)
{
	struct stat st;

	if (stat(path, &st) == 0 && (st.st_mode & 077) != 0)
		return error_set(e, ERR_USAGE, "others may read it: chmod 600 %s", path);
	return file_read(path, out, e);
}

/* ---- feeds ---- */

static struct source *source_of(struct secrets *s, const char *from, bool is_file,
				void (*bad)(void *self, const char *sentence), void *self)
{
	struct source *x;
	struct error e = { .code = ERR_NONE };
	enum err rc;

	for (size_t i = 0; i < s->nsources; i++)
		if (s->source[i].is_file == is_file && strcmp(s->source[i].from, from) == 0)
			return &s->source[i];
	s->source = mem_grow(s->source, &s->sources_cap, s->nsources + 1, sizeof *s->source);
	x = &s->source[s->nsources++];
	*x = (struct source){ arena_copy(s->arena, from, strlen(from)), is_file, false,
			      buf_limited(SECRET_MAX) };
	rc = is_file ? read_private(from, &x->text, &e) : run(from, &x->text, &e);
	x->good = rc == ERR_NONE;
	if (rc != ERR_NONE) {
		error_context(&e, is_file ? "password-file" : "password-command");
		if (bad)
			bad(self, e.text);
	}
	return x;
}

static struct str kept(struct secrets *s, struct str text)
{
	return (struct str){ arena_copy(s->arena, text.p ? text.p : "", text.n), text.n };
}

/* The first line; name:password where no name is set. */
static void add(struct secrets *s, struct str url, struct str user, const struct source *from)
{
	struct str rest = buf_view(&from->text), line = { "", 0 };
	struct secret *x;

	str_next_line(&rest, &line);
	if (user.n == 0)
		str_next(&line, ':', &user);
	s->secret = mem_grow(s->secret, &s->cap, s->n + 1, sizeof *s->secret);
	x = &s->secret[s->n++];
	*x = (struct secret){ kept(s, url), kept(s, user), kept(s, line) };
}

struct secrets *secrets_load(const struct config *c, const struct subscriptions *subs,
			     void (*bad)(void *self, const char *sentence), void *self)
{
	struct secrets *s = mem_new(sizeof *s);

	s->arena = arena_new();
	for (size_t i = 0; i < subs->n; i++) {
		const struct subscription *f = &subs->feed[i];
		struct config_feed scope = { f->url, f->tags, f->ntags };
		const char *file = config_text(c, OPT_PASSWORD_FILE, &scope),
			   *command = config_text(c, OPT_PASSWORD_COMMAND, &scope);
		const struct source *from;

		if (!file[0] && !command[0])
			continue;
		from = source_of(s, file[0] ? file : command, file[0] != '\0', bad, self);
		if (from->good)
			add(s, f->url, str_of(config_text(c, OPT_USER, &scope)), from);
	}
	return s;
}

void secrets_free(struct secrets *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n; i++)
		explicit_bzero((char *)s->secret[i].password.p, s->secret[i].password.n);
	for (size_t i = 0; i < s->nsources; i++) {
		if (s->source[i].text.p)
			explicit_bzero(s->source[i].text.p, s->source[i].text.n);
		buf_free(&s->source[i].text);
	}
	free(s->source);
	free(s->secret);
	arena_free(s->arena);
	free(s);
}

bool secrets_find(const struct secrets *s, struct str url, struct str *user,
		  struct str *password)
{
	for (size_t i = 0; s && i < s->n; i++) {
		if (!str_eq(s->secret[i].url, url))
			continue;
		*user = s->secret[i].user;
		*password = s->secret[i].password;
		return true;
	}
	return false;
}
