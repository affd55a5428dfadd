#include "fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../../src/store/inside.h"

/* A child writes batches - entries, marks, folding, a visit - and acknowledges each by a byte
 * written after the commit returned. It is killed in the middle, ten times. What was acknowledged
 * is there, the file is sound, the counters are those of the rows. */

#define KILLS 10
#define BATCH 12

static void write_batch(struct store *s, int64_t feed, int number)
{
	char title[48], html[600];
	int64_t id = 0;
	struct error error;

	if (store_begin(s, number % 3 == 0, &error) != ERR_NONE)
		_exit(2);
	for (int i = 0; i < BATCH; i++) {
		struct entry_new n;
		enum put_result result;

		snprintf(title, sizeof title, "Batch %d, entry %d of process %d", number, i,
		         (int)getpid());
		memset(html, 'a' + i, sizeof html);
		n = entry(feed, title);
		n.html = (struct str){ html, sizeof html };
		if (store_put_entry(s, &n, NOW + number, &result, &id, &error) != ERR_NONE)
			_exit(3);
	}
	if (store_mark(s, &id, 1, ENTRY_READ, true, NULL, &error) != ERR_NONE)
		_exit(4);
	if (store_commit(s, &error) != ERR_NONE)
		_exit(5);
}

static void write_until_killed(const char *path, const char *log, int64_t feed)
{
	struct store *s;
	int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);

	if (fd < 0 || store_open(path, STORE_WRITE, &s, NULL) != ERR_NONE)
		_exit(1);
	for (int number = 0;; number++) {
		write_batch(s, feed, number);
		if (write(fd, "x", 1) != 1)
			_exit(6);
		fold_alone(s);
	}
}

static off_t size_of(const char *path)
{
	int fd = open(path, O_RDONLY);
	off_t n = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);

	if (fd >= 0)
		close(fd);
	return n;
}

static void kill_a_writer(const struct world *w, const char *log, int64_t feed, int ms)
{
	const struct timespec while_it_writes = { .tv_nsec = ms * 1000000L };
	off_t before = size_of(log);
	pid_t pid = fork();
	int status;

	if (pid == 0)
		write_until_killed(w->path, log, feed);
	for (int tries = 0; tries < 5000 && size_of(log) == before; tries++)
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	nanosleep(&while_it_writes, NULL);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status));
}

static void assert_sound(const struct world *w, int64_t acknowledged)
{
	int64_t entries = recount(w, "SELECT count(*) FROM entry");

	assert_int_equal(
		recount(w,
	                "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
		1);
	assert_true(entries >= acknowledged * BATCH);
	assert_int_equal(entries % BATCH, 0);
	assert_int_equal(recount(w, "SELECT count(*) FROM body"), entries);
	assert_int_equal(recount(w, "SELECT count(*) FROM member"), entries);
	assert_int_equal(recount(w, "SELECT sum(entries) FROM feed_count"), entries);
	assert_int_equal(recount(w, "SELECT sum(unread) FROM feed_count"),
	                 entries - entries / BATCH);
	assert_int_equal(
		recount(w,
	                "SELECT count(*) FROM story s WHERE (entries, unread) <> (SELECT count(*),"
	                " count(*) FILTER (WHERE (flags & 1) = 0) FROM entry WHERE story = s.id)"),
		0);
}

static void a_killed_writer_loses_nothing_it_acknowledged(void **state)
{
	struct world *w = *state;
	int64_t feed = w->feed[0];
	char log[128];

	snprintf(log, sizeof log, "%s/log", w->folder);
	store_close(w->s);
	for (int i = 0; i < KILLS; i++) {
		w->s = NULL;
		kill_a_writer(w, log, feed, 3 + i * 7);
		w->s = world_connect(w, STORE_WRITE);
		assert_sound(w, (int64_t)size_of(log));
		fold_alone(w->s);
		store_close(w->s);
	}
	w->s = world_connect(w, STORE_WRITE);
	assert_int_equal(recount(w, "SELECT count(*) FROM story"),
	                 recount(w, "SELECT count(*) FROM entry"));
	print_message("%d batches acknowledged in %d lives\n", (int)size_of(log), KILLS);
}

static void a_cache_killed_while_it_is_made_can_be_opened(void **state)
{
	struct world *w = *state;

	for (int i = 0; i < KILLS; i++) {
		const struct timespec a_while = { .tv_nsec = i * 400000L };
		pid_t pid = fork();
		struct store *s;

		if (pid == 0)
			_exit(store_open(w->path, STORE_WRITE, &s, NULL) == ERR_NONE ? 0 : 1);
		nanosleep(&a_while, NULL);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		s = world_connect(w, STORE_WRITE);
		assert_int_equal(unread_total(s), 0);
		store_close(s);
		unlink(w->path);
	}
}

/* Each of them writes into the one cache. */
static void make_by_four(const struct world *w)
{
	pid_t pids[4];

	for (int i = 0; i < 4; i++) {
		struct store *s;

		pids[i] = fork();
		if (pids[i] == 0)
			_exit(store_open(w->path, STORE_WRITE, &s, NULL) == ERR_NONE
			                      && store_set_number(s, "session", i, NULL) == ERR_NONE
			              ? 0
			              : 1);
	}
	for (int i = 0; i < 4; i++) {
		int status;

		waitpid(pids[i], &status, 0);
		assert_int_equal(status, 0);
	}
}

/* One does, the others find it: however their steps fall together. */
static void processes_that_start_at_once_make_one_cache(void **state)
{
	const struct world *w = *state;

	for (int i = 0; i < 100; i++) {
		char beside[2][512];

		make_by_four(w);
		snprintf(beside[0], sizeof beside[0], "%s-wal", w->path);
		snprintf(beside[1], sizeof beside[1], "%s-shm", w->path);
		unlink(w->path);
		unlink(beside[0]);
		unlink(beside[1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_killed_writer_loses_nothing_it_acknowledged,
		                                world_in_file, world_end),
		cmocka_unit_test_setup_teardown(a_cache_killed_while_it_is_made_can_be_opened,
		                                world_without_store, world_end),
		cmocka_unit_test_setup_teardown(processes_that_start_at_once_make_one_cache, world_without_store,
		                                world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
