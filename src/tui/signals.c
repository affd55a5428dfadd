#include "lede/tui/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

#include "lede/tui/term.h"

/* The exception to "no mutable globals": a handler has no argument. */
static int wake[2] = { -1, -1 };
static volatile sig_atomic_t resized;

static const int told[] = { SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT, SIGTSTP };
static const int fatal[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT };

static void on_signal(int number)
{
	unsigned char byte = (unsigned char)number;
	int saved = errno;
	ssize_t ignored;

	/* A drag of the window's corner sends hundreds: one byte stands for all that were not read
	 * yet. */
	if (number != SIGWINCH || !resized) {
		if (number == SIGWINCH)
			resized = 1;
		ignored = write(wake[1], &byte, 1);
		(void)ignored;
	}
	errno = saved;
}

static void on_fatal(int number)
{
	term_emergency();
	signal(number, SIG_DFL);
	raise(number);
}

static void handle(int number, void (*handler)(int), int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

/* A shell without job control has ignored it for its children. */
static bool is_ignored(int number)
{
	struct sigaction before;

	return sigaction(number, NULL, &before) == 0 && before.sa_handler == SIG_IGN;
}

enum err signals_open(struct error *e)
{
	if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0)
		return error_errno(e, ERR_IO, errno, "cannot make a pipe");
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (told[i] != SIGTSTP || !is_ignored(SIGTSTP))
			handle(told[i], on_signal, SA_RESTART);
	for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
		handle(fatal[i], on_fatal, (int)SA_RESETHAND);
	handle(SIGPIPE, SIG_IGN, 0);
	return ERR_NONE;
}

void signals_close(void)
{
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (!is_ignored(told[i]))
			handle(told[i], SIG_DFL, 0);
	close(wake[0]);
	close(wake[1]);
	wake[0] = wake[1] = -1;
}

int signals_fd(void)
{
	return wake[0];
}

int signals_next(void)
{
	unsigned char byte;

	if (read(wake[0], &byte, 1) != 1)
		return 0;
	if (byte == SIGWINCH)
		resized = 0;
	return byte;
}

static void all_told(sigset_t *set)
{
	sigemptyset(set);
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		sigaddset(set, told[i]);
}

void signals_block(void)
{
	sigset_t set;

	all_told(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

void signals_unblock(void)
{
	sigset_t set;

	all_told(&set);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}
