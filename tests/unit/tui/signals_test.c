#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake_term.h"
#include "lede/tui/signals.h"

static int open_signals(void **state)
{
	struct error e;

	(void)state;
	return signals_open(&e) == ERR_NONE ? 0 : -1;
}

static int close_signals(void **state)
{
	(void)state;
	signals_close();
	return 0;
}

static bool is_readable(void)
{
	return poll(&(struct pollfd){ .fd = signals_fd(), .events = POLLIN }, 1, 0) == 1;
}

static void signals_come_in_their_order(void **state)
{
	(void)state;
	assert_false(is_readable());
	assert_int_equal(signals_next(), 0);
	raise(SIGINT);
	raise(SIGTERM);
	raise(SIGHUP);
	assert_true(is_readable());
	assert_int_equal(signals_next(), SIGINT);
	assert_int_equal(signals_next(), SIGTERM);
	assert_int_equal(signals_next(), SIGHUP);
	assert_int_equal(signals_next(), 0);
	assert_false(is_readable());
}

static void many_resizes_are_one(void **state)
{
	(void)state;
	for (int i = 0; i < 100; i++)
		raise(SIGWINCH);
	assert_int_equal(signals_next(), SIGWINCH);
	assert_int_equal(signals_next(), 0);
	raise(SIGWINCH);
	assert_int_equal(signals_next(), SIGWINCH);
}

static void more_than_the_pipe_holds_never_waits(void **state)
{
	int n = 0;

	(void)state;
	for (int i = 0; i < 100000; i++)
		raise(SIGCONT);
	while (signals_next() == SIGCONT)
		n++;
	assert_true(n > 0 && n < 100000);
	raise(SIGTERM);
	assert_int_equal(signals_next(), SIGTERM);
}

static void blocked_signals_wait_until_they_are_let_through(void **state)
{
	(void)state;
	signals_block();
	raise(SIGTERM);
	assert_int_equal(signals_next(), 0);
	signals_unblock();
	assert_int_equal(signals_next(), SIGTERM);
}

static void *mask_of_thread(void *out)
{
	pthread_sigmask(SIG_SETMASK, NULL, out);
	return NULL;
}

static void threads_made_while_they_are_blocked_never_see_them(void **state)
{
	pthread_t thread;
	sigset_t mask;

	(void)state;
	signals_block();
	assert_int_equal(pthread_create(&thread, NULL, mask_of_thread, &mask), 0);
	signals_unblock();
	pthread_join(thread, NULL);
	assert_true(sigismember(&mask, SIGWINCH));
	assert_true(sigismember(&mask, SIGTERM));
	assert_true(sigismember(&mask, SIGTSTP));
	assert_false(sigismember(&mask, SIGSEGV));
}

static void a_reader_that_went_away_does_not_kill(void **state)
{
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	assert_int_equal(write(ends[1], "x", 1), -1);
	close(ends[1]);
}

/* What a child says before `number` kills it. */
static int dies_of(int number, char *said, size_t size)
{
	const struct rlimit no_core = { 0, 0 };
	struct error e;
	int ends[2], status;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		setrlimit(RLIMIT_CORE, &no_core);
		dup2(ends[1], STDOUT_FILENO);
		if (signals_open(&e) != ERR_NONE)
			_exit(1);
		raise(number);
		_exit(2);
	}
	close(ends[1]);
	n = read(ends[0], said, size - 1);
	said[n > 0 ? n : 0] = '\0';
	close(ends[0]);
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void fatal_signals_put_the_terminal_back_and_kill_as_they_would_have(void **state)
{
	static const int fatal[] = { SIGABRT, SIGFPE, SIGILL, SIGQUIT };
	char said[64];

	(void)state;
	for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) {
		assert_int_equal(dies_of(fatal[i], said, sizeof said), fatal[i]);
		assert_string_equal(said, "put back");
	}
}

static void after_closing_a_signal_kills_again(void **state)
{
	struct error e;
	int status;
	pid_t pid = fork();

	(void)state;
	if (pid == 0) {
		if (signals_open(&e) != ERR_NONE)
			_exit(1);
		signals_close();
		raise(SIGTERM);
		_exit(2);
	}
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
}

int main(void)
{
#define with_signals(name) cmocka_unit_test_setup_teardown(name, open_signals, close_signals)
	const struct CMUnitTest tests[] = {
		with_signals(signals_come_in_their_order),
		with_signals(many_resizes_are_one),
		with_signals(more_than_the_pipe_holds_never_waits),
		with_signals(blocked_signals_wait_until_they_are_let_through),
		with_signals(threads_made_while_they_are_blocked_never_see_them),
		with_signals(a_reader_that_went_away_does_not_kill),
		cmocka_unit_test(fatal_signals_put_the_terminal_back_and_kill_as_they_would_have),
		cmocka_unit_test(after_closing_a_signal_kills_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
