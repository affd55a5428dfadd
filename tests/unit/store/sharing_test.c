#include "fixture.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* One cache, several connections at once: the writer's and the reader's thread, two processes. */

#define BATCHES 150
#define BATCH 5

struct writer {
	const struct world *w;
	enum err rc;
	struct error error;
};

/* A batch of entries, the last of which is marked read. */
static enum err write_batch(struct store *s, int64_t feed, int number, struct error *e)
{
	char titles[BATCH][48];
	int64_t id = 0;
	enum err rc = store_begin(s, number % 4 == 0, e);

	for (int i = 0; i < BATCH && rc == ERR_NONE; i++) {
		struct entry_new n = {
			.feed = feed, .published = NOW - number, .updated = DATE_NONE, .points = -1
		};
		enum put_result result;

		snprintf(titles[i], sizeof titles[i], "Batch %d, entry %d of %d", number, i,
		         (int)getpid());
		n.title = text(titles[i]);
		rc = store_put_entry(s, &n, NOW, &result, &id, e);
	}
	if (rc == ERR_NONE)
		rc = store_mark(s, &id, 1, ENTRY_READ, true, NULL, e);
	if (rc == ERR_NONE)
		rc = store_commit(s, e);
	else
		store_rollback(s);
	return rc;
}

static void *write_all(void *self)
{
	struct writer *t = self;
	struct store *s;

	t->rc = store_open(t->w->path, STORE_WRITE, &s, &t->error);
	if (t->rc != ERR_NONE)
		return NULL;
	for (int i = 0; i < BATCHES && t->rc == ERR_NONE; i++)
		t->rc = write_batch(s, t->w->feed[0], i, &t->error);
	store_close(s);
	return NULL;
}

/* Reads until everything is there: whole batches only, and never less than before. */
static void read_meanwhile(const struct world *w)
{
	struct store *s = world_connect(w, STORE_READ);
	struct list_query q = { .list = LIST_LATEST, .limit = 40 };
	struct arena *a = arena_new();
	int64_t n = 0, before;

	while (n < BATCHES * BATCH) {
		struct entry_row *rows;
		size_t got;

		before = n;
		arena_reset(a);
		assert_ok(store_list(s, &q, a, &rows, &got, &e));
		assert_ok(store_list_count(s, LIST_LATEST, 0, &n, &e));
		assert_true(n >= before);
		assert_int_equal(n % BATCH, 0);
		store_data_version(s);
	}
	assert_int_equal(unread_total(s), BATCHES * (BATCH - 1));
	arena_free(a);
	store_close(s);
}

static void a_thread_reads_while_another_writes(void **state)
{
	struct world *w = *state;
	struct writer t = { .w = w };
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, write_all, &t), 0);
	read_meanwhile(w);
	pthread_join(thread, NULL);
	if (t.rc != ERR_NONE)
		fail_msg("%s", t.error.text);
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static pid_t start_refresh(const struct world *w)
{
	pid_t pid = fork();
	struct store *s;

	if (pid != 0)
		return pid;
	if (store_open(w->path, STORE_WRITE, &s, NULL) != ERR_NONE)
		_exit(1);
	for (int i = 0; write_batch(s, w->feed[0], i, NULL) == ERR_NONE; i++)
		continue;
	_exit(2);
}

/* The goal is 250 ms on a quiet machine; a test may run beside a compiler. */
static void a_mark_gets_its_turn_beside_a_refresh_in_another_process(void **state)
{
	struct world *w = *state;
	int64_t id = put_titled(w->s, w->feed[1], "Marked again and again", NOW);
	double start = seconds(), longest = 0;
	pid_t pid = start_refresh(w);
	int status, marks = 0;

	while (seconds() - start < .6) {
		double before = seconds();

		assert_ok(store_mark(w->s, &id, 1, ENTRY_STARRED, marks % 2 == 0, NULL, &e));
		marks++;
		if (seconds() - before > longest)
			longest = seconds() - before;
	}
	assert_int_equal(waitpid(pid, &status, WNOHANG), 0);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	print_message("%d marks, longest %.0f ms\n", marks, longest * 1000);
	assert_true(longest < 2);
}

static void feeds_and_marks_of_two_processes_add_up(void **state)
{
	struct world *w = *state;
	pid_t pids[2];
	int status;

	store_close(w->s);
	w->s = NULL;
	for (int i = 0; i < 2; i++) {
		struct store *s;
		enum err rc;

		pids[i] = fork();
		if (pids[i] != 0)
			continue;
		rc = store_open(w->path, STORE_WRITE, &s, NULL);
		for (int n = 0; n < 40 && rc == ERR_NONE; n++)
			rc = write_batch(s, w->feed[n % 3], n, NULL);
		_exit(rc == ERR_NONE ? 0 : 1);
	}
	for (int i = 0; i < 2; i++) {
		waitpid(pids[i], &status, 0);
		assert_int_equal(status, 0);
	}
	w->s = world_connect(w, STORE_WRITE);
	assert_int_equal(recount(w, "SELECT count(*) FROM entry"), 2 * 40 * BATCH);
	assert_int_equal(recount(w, "SELECT sum(entries) FROM feed_count"), 2 * 40 * BATCH);
	assert_int_equal(unread_total(w->s), 2 * 40 * (BATCH - 1));
}

/* Forked before the cache is open here: SQLite's own books must not come along. */
static pid_t start_visitor(const struct world *w, const int go[2])
{
	pid_t pid = fork();
	struct store *s;
	int64_t n;
	char byte;
	enum err rc;

	if (pid != 0)
		return pid;
	rc = read(go[0], &byte, 1) == 1 ? store_open(w->path, STORE_READ, &s, NULL) : ERR_IO;
	if (rc == ERR_NONE) {
		rc = store_list_count(s, LIST_LATEST, 0, &n, NULL);
		store_close(s);
	}
	_exit(rc == ERR_NONE ? 0 : 1);
}

/* It would take the log away if it thought that nobody else had the cache open. */
static void a_process_that_comes_and_goes_leaves_the_log_to_who_stays(void **state)
{
	struct world *w = *state;
	struct store *reader;
	char log[600];
	int go[2], status;
	pid_t visitor;

	store_close(w->s);
	assert_int_equal(pipe(go), 0);
	visitor = start_visitor(w, go);
	w->s = world_connect(w, STORE_WRITE);
	reader = world_connect(w, STORE_READ);
	put_titled(w->s, w->feed[0], "Written before the visit", NOW);
	assert_int_equal(write(go[1], "", 1), 1);
	assert_int_equal(waitpid(visitor, &status, 0), visitor);
	assert_int_equal(status, 0);
	snprintf(log, sizeof log, "%s-wal", w->path);
	assert_int_equal(access(log, F_OK), 0);
	store_close(reader);
	close(go[0]);
	close(go[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{ "a_thread_reads_while_another_writes (memory)",
		  a_thread_reads_while_another_writes, world_in_memory, world_end, NULL },
		{ "a_thread_reads_while_another_writes (file)", a_thread_reads_while_another_writes,
		  world_in_file, world_end, NULL },
		cmocka_unit_test_setup_teardown(
		        a_mark_gets_its_turn_beside_a_refresh_in_another_process, world_in_file,
		        world_end),
		cmocka_unit_test_setup_teardown(feeds_and_marks_of_two_processes_add_up,
		                                world_in_file, world_end),
		cmocka_unit_test_setup_teardown(
		        a_process_that_comes_and_goes_leaves_the_log_to_who_stays, world_in_file,
		        world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
