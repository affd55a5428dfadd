#include "fixture.h"

#include "lede/store/backup.h"

#include <sys/stat.h>
#include <unistd.h>

/* Copies of a store that is in use. */

static void copy_to(const struct world *w, char to[160])
{
	snprintf(to, 160, "%s/copy.db", w->folder);
	assert_ok(store_backup(w->s, to, &e));
}

static bool is_beside(const char *path, const char *ending)
{
	char name[200];

	snprintf(name, sizeof name, "%s%s", path, ending);
	return access(name, F_OK) == 0;
}

static void a_copy_is_the_store_as_it_was_at_that_moment(void **state)
{
	struct world *w = *state;
	int64_t one = put_titled(w->s, w->feed[0], "One", NOW);
	struct world other = { .a = w->a };
	char to[160];

	assert_ok(store_mark(w->s, &one, 1, ENTRY_STARRED, true, NULL, &e));
	copy_to(w, to);
	put_titled(w->s, w->feed[0], "Two", NOW);
	assert_ok(store_open(to, STORE_READ, &other.s, &e));
	assert_int_equal(unread_total(other.s), 1);
	assert_str(row_of(&other, one).title, "One");
	assert_true(row_of(&other, one).flags & ENTRY_STARRED);
	store_close(other.s);
}

static void a_copy_is_one_file_that_nobody_else_may_read(void **state)
{
	struct world *w = *state;
	struct stat st;
	char to[160];

	put_titled(w->s, w->feed[0], "One", NOW);
	copy_to(w, to);
	assert_int_equal(stat(to, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_false(is_beside(to, "-wal"));
	assert_false(is_beside(to, ".partial"));
}

static void what_is_there_is_not_overwritten(void **state)
{
	struct world *w = *state;
	char to[160], text[8] = "";
	FILE *f;

	snprintf(to, sizeof to, "%s/copy.db", w->folder);
	f = fopen(to, "w");
	assert_non_null(f);
	fputs("mine", f);
	fclose(f);
	assert_err(ERR_USAGE, store_backup(w->s, to, &e));
	f = fopen(to, "r");
	assert_int_equal(fread(text, 1, sizeof text, f), 4);
	fclose(f);
	assert_memory_equal(text, "mine", 4);
}

static void a_folder_that_is_not_there_leaves_nothing(void **state)
{
	struct world *w = *state;
	char to[160];

	snprintf(to, sizeof to, "%s/no/copy.db", w->folder);
	assert_err(ERR_IO, store_backup(w->s, to, &e));
	assert_false(is_beside(to, "") || is_beside(to, ".partial"));
	put_titled(w->s, w->feed[0], "The store works on", NOW);
}

/* A copy that was killed. */
static void half_a_copy_of_before_is_replaced(void **state)
{
	struct world *w = *state;
	char to[160], half[200];
	FILE *f;

	snprintf(half, sizeof half, "%s/copy.db.partial", w->folder);
	f = fopen(half, "w");
	assert_non_null(f);
	fputs("half", f);
	fclose(f);
	copy_to(w, to);
	assert_false(is_beside(to, ".partial"));
}

static void a_store_open_for_reading_can_be_copied_and_stays_so(void **state)
{
	struct world *w = *state, reading = { .a = w->a };
	int64_t one = put_titled(w->s, w->feed[0], "One", NOW);
	char to[160];

	reading.s = world_connect(w, STORE_READ);
	snprintf(to, sizeof to, "%s/copy.db", w->folder);
	assert_ok(store_backup(reading.s, to, &e));
	assert_err(ERR_IO, store_mark(reading.s, &one, 1, ENTRY_READ, true, NULL, &e));
	store_close(reading.s);
}

int main(void)
{
#define IN_FILE(test) cmocka_unit_test_setup_teardown(test, world_in_file, world_end)
	const struct CMUnitTest tests[] = {
		IN_FILE(a_copy_is_the_store_as_it_was_at_that_moment),
		IN_FILE(a_copy_is_one_file_that_nobody_else_may_read),
		IN_FILE(what_is_there_is_not_overwritten),
		IN_FILE(a_folder_that_is_not_there_leaves_nothing),
		IN_FILE(half_a_copy_of_before_is_replaced),
		IN_FILE(a_store_open_for_reading_can_be_copied_and_stays_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
