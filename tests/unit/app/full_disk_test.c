/* A disk without room: pwrite, which SQLite writes with, is this program's own. Where the system
 * does not let a program do that, the tests are skipped. */
#include "rig.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define A "https://a.example/feed"
#define TWO RSS(ITEM("Bridge reopens after two years", "1", MORNING) \
		ITEM("Lost dog takes the tram", "2", NIGHT))

static atomic_bool full, seen;

#ifdef SYS_pwrite64
ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at);

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
	atomic_store(&seen, true);
	if (!atomic_load(&full))
		return (ssize_t)syscall(SYS_pwrite64, fd, p, n, at);
	errno = ENOSPC;
	return -1;
}

#ifndef __USE_FILE_OFFSET64       /* else the C library's header has made one name of the two */
ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
	return pwrite64(fd, p, n, at);
}
#endif
#endif

static int opened(void **state)
{
	static struct rig r;

	atomic_store(&full, false);
	rig_open(&r);
	rig_subscribe(&r, A);
	fake_answer(r.fake, (struct fake_answer){ .url = A, .status = 200, .body = TWO });
	rig_start(&r);
	*state = &r;
	return 0;
}

static int closed(void **state)
{
	atomic_store(&full, false);
	rig_close(*state);
	return 0;
}

static void fill_disk(void)
{
	if (!atomic_load(&seen))
		skip();
	atomic_store(&full, true);
}

static void marks_are_kept_until_there_is_room(void **state)
{
	struct rig *r = *state;
	int64_t one, two;

	rig_refresh(r, false);
	one = rig_entry(r, "Lost dog takes the tram");
	two = rig_entry(r, "Bridge reopens after two years");
	fill_disk();
	engine_tell(r->engine, rig_mark(one, ENTRY_STARRED, true, EVENT_STAR));
	assert_string_equal(rig_wait(r, NOTICE_ERROR)->error.text,
			    "the disk is full: marks are kept until there is room");
	assert_int_equal(r->last->error.code, ERR_FULL);
	assert_int_equal(rig_flags(r, one), 0);            /* reading goes on */
	atomic_store(&full, false);
	engine_tell(r->engine, rig_mark(two, ENTRY_READ, true, EVENT_OPEN));
	rig_wait(r, NOTICE_MARKED);
	rig_wait(r, NOTICE_MARKED);
	assert_int_equal(rig_flags(r, one), ENTRY_STARRED);
	assert_int_equal(rig_flags(r, two), ENTRY_READ);
}

static void kept_marks_are_written_when_closing_if_there_is_room(void **state)
{
	struct rig *r = *state;
	int64_t one;

	rig_refresh(r, false);
	one = rig_entry(r, "Lost dog takes the tram");
	fill_disk();
	engine_tell(r->engine, rig_mark(one, ENTRY_STARRED, true, EVENT_STAR));
	rig_wait(r, NOTICE_ERROR);
	atomic_store(&full, false);
	rig_stop(r);
	assert_int_equal(rig_flags(r, one), ENTRY_STARRED);
}

static void a_refresh_stops_and_the_next_completes_it(void **state)
{
	struct rig *r = *state;

	rig_refresh(r, false);
	fake_answer(r->fake, (struct fake_answer){ .url = A, .status = 200,
		.body = RSS(ITEM("Museum opens", "3", MORNING)) });
	fill_disk();
	assert_true(rig_refresh(r, false)->stopped);
	assert_int_equal(r->last->error.code, ERR_FULL);
	assert_int_equal(rig_entries(r), 2);
	atomic_store(&full, false);
	assert_int_equal(rig_refresh(r, true)->fresh, 1);
	assert_int_equal(rig_entries(r), 3);
}

static void an_edition_that_cannot_be_stored_is_said(void **state)
{
	struct rig *r = *state;

	rig_refresh(r, false);
	fill_disk();
	engine_tell(r->engine, job_new(JOB_EDITION));
	assert_int_equal(rig_wait(r, NOTICE_ERROR)->error.code, ERR_FULL);
	assert_int_equal(rig_wait(r, NOTICE_EDITION)->edition, 0);
	atomic_store(&full, false);
	engine_tell(r->engine, job_new(JOB_EDITION));
	assert_true(rig_wait(r, NOTICE_EDITION)->edition > 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, opened, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(marks_are_kept_until_there_is_room),
		CASE(kept_marks_are_written_when_closing_if_there_is_room),
		CASE(a_refresh_stops_and_the_next_completes_it),
		CASE(an_edition_that_cannot_be_stored_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
