#include "lede/app/browser.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lede/base/file.h"
#include "lede/base/mem.h"
#include "lede/text/url.h"

extern char **environ;

static const char *browser_of(const char *set, const char *env, char *first, size_t size)
{
	struct str rest = str_of(env), one;

	if (set[0] != '\0')
		return set;
	if (env && str_next(&rest, ':', &one) && one.n > 0 && one.n < size) {
		memcpy(first, one.p, one.n);
		first[one.n] = '\0';
		return first;
	}
#ifdef __APPLE__
	return "open";
#else
	return "xdg-open";
#endif
}

/* Puts the address in the place of "%u", else behind the words. Owned array; the words are argv's.
 */
static char **with_address(char **argv, int argc, char *url)
{
	char **full = mem_array((size_t)argc + 2, sizeof *full);
	bool put = false;

	for (int i = 0; i < argc; i++) {
		bool here = strcmp(argv[i], "%u") == 0;

		full[i] = here ? url : argv[i];
		put = put || here;
	}
	if (!put)
		full[argc] = url;
	return full;
}

static int spawn_quiet(char **argv)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none;
	pid_t pid;
	int rc;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&attr);
	sigemptyset(&none);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setpgroup(&attr, 0);  /* ^Z and ^C of this terminal are not for it */
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
	rc = posix_spawnp(&pid, argv[0], &files, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return rc;
}

static enum err start(char **argv, int argc, struct str url, struct error *e)
{
	char *address = mem_new(url.n + 1), **full;
	int rc;

	memcpy(address, url.p, url.n);
	full = with_address(argv, argc, address);
	rc = spawn_quiet(full);
	if (rc == ENOENT)
		error_set(e, ERR_NONESUCH, "cannot open a browser: “%s” is not installed",
		          full[0]);
	else if (rc != 0)
		error_errno(e, ERR_IO, rc, "cannot start %s", full[0]);
	free(full);
	free(address);
	return rc == 0 ? ERR_NONE : e->code;
}

enum err browser_open(const char *set, const char *env, struct str url, struct error *e)
{
	char first[512], **argv;
	int argc;
	enum err rc;

	if (!url_is_web(url))
		return error_set(e, ERR_USAGE, "not a web address: %.*s", (int)url.n, url.p);
	if (argv_split(str_of(browser_of(set, env, first, sizeof first)), &argv, &argc, e) !=
	    ERR_NONE)
		return e->code;
	if (argc > 0)
		rc = start(argv, argc, url, e);
	else
		rc = error_set(e, ERR_USAGE,
		               "no browser is set; browser = in the configuration names one");
	free(argv);
	return rc;
}
