#include "terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lede/base/mem.h"
#include "measure.h"

static void become(const char *const argv[], const char *slave)
{
	int fd;

	setsid();
	fd = open(slave, O_RDWR);
	if (fd < 0 || ioctl(fd, TIOCSCTTY, 0) != 0)
		_exit(127);
	dup2(fd, STDIN_FILENO);
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

bool terminal_start(struct terminal *t, const char *const argv[], int w, int h)
{
	struct winsize size = { .ws_col = (unsigned short)w, .ws_row = (unsigned short)h };
	const char *slave;

	*t = (struct terminal){ .fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC) };
	if (t->fd < 0 || grantpt(t->fd) != 0 || unlockpt(t->fd) != 0 || !(slave = ptsname(t->fd)))
		return false;
	t->pid = fork();
	if (t->pid == 0)
		become(argv, slave);
	ioctl(t->fd, TIOCSWINSZ, &size);
	return t->pid > 0;
}

static bool wait_for_bytes(const struct terminal *t, int ms)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };

	return poll(&p, 1, ms) > 0;
}

double terminal_answer(struct terminal *t, double began, int patience, int silence)
{
	double last = -1;

	t->n = 0;
	while (wait_for_bytes(t, last < 0 ? patience : silence)) {
		ssize_t n;

		t->seen = mem_grow(t->seen, &t->cap, t->n + 4097, 1);
		n = read(t->fd, t->seen + t->n, 4096);
		if (n <= 0)
			break;
		last = wall_now() - began;
		t->n += (size_t)n;
		t->seen[t->n] = '\0';
	}
	return last;
}

void terminal_key(struct terminal *t, const char *bytes)
{
	if (write(t->fd, bytes, strlen(bytes)) < 0)
		kill(t->pid, SIGTERM);
}

void terminal_end(struct terminal *t, const char *keys)
{
	int status;

	terminal_key(t, keys);
	for (int i = 0; i < 100 && waitpid(t->pid, &status, WNOHANG) == 0; i++) {
		if (i == 90)
			kill(t->pid, SIGKILL);
		if (wait_for_bytes(t, 20))
			terminal_answer(t, wall_now(), 1, 1);
	}
	close(t->fd);
	free(t->seen);
}
