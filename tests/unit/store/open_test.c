#include "fixture.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "../../../src/store/inside.h"

/* Opening: what is made, what is refused, what is left alone. */

static enum err open_says(const struct world *w, enum store_mode mode, char sentence[256])
{
	struct error error = { 0 };
	struct store *s;
	enum err rc = store_open(w->path, mode, &s, &error);

	if (rc == ERR_NONE)
		store_close(s);
	else
		assert_null(s);
	snprintf(sentence, 256, "%s", error.text);
	return rc;
}

static void assert_names(const char *sentence, const char *part)
{
	if (!strstr(sentence, part))
		fail_msg("\"%s\" does not say \"%s\"", sentence, part);
}

static void a_missing_file_and_its_folder_are_made(void **state)
{
	struct world *w = *state;
	struct stat st;

	snprintf(w->path, sizeof w->path, "%s/deep/lede.db", w->folder);
	w->s = world_connect(w, STORE_WRITE);
	assert_int_equal(stat(w->path, &st), 0);
	assert_string_equal(store_path(w->s), w->path);
	assert_int_equal(recount(w, "SELECT count(*) FROM entry"), 0);
}

static void what_was_stored_is_there_again(void **state)
{
	struct world *w = *state;
	struct hash_key key = *store_key(w->s);
	int64_t id = put_titled(w->s, w->feed[0], "Kept", NOW);

	store_close(w->s);
	w->s = world_connect(w, STORE_WRITE);
	assert_str(row_of(w, id).title, "Kept");
	assert_memory_equal(&key, store_key(w->s), sizeof key);
}

static void every_store_has_a_key_of_its_own(void **state)
{
	struct world *w = *state;
	struct store *other;

	assert_ok(store_open("memory:other", STORE_WRITE, &other, &e));
	assert_memory_not_equal(store_key(w->s), store_key(other), sizeof(struct hash_key));
	store_close(other);
}

static void the_file_is_what_the_design_says(void **state)
{
	struct world *w = *state;

	assert_int_equal(recount(w, "PRAGMA application_id"), 0x6C656465);
	assert_int_equal(recount(w, "PRAGMA user_version"), SCHEMA_VERSION);
	assert_int_equal(recount(w, "PRAGMA page_size"), 4096);
	assert_int_equal(recount(w, "PRAGMA auto_vacuum"), 2);
	assert_int_equal(recount(w, "PRAGMA secure_delete"), 0);
	assert_int_equal(recount(w, "PRAGMA mmap_size"), 0);
	assert_int_equal(
		recount(w, "SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'"),
		1);
	assert_int_equal(
		recount(w,
	                "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND "
	                "strict = 0"
	                " AND name NOT LIKE 'sqlite_%'"),
		0);
}

static void a_path_with_odd_characters_is_a_path(void **state)
{
	struct world *w = *state;
	struct stat st;

	snprintf(w->path, sizeof w->path, "%s/a b?c#d%%41 é.db", w->folder);
	w->s = world_connect(w, STORE_WRITE);
	assert_int_equal(stat(w->path, &st), 0);
}

/* -- reading
 * ------------------------------------------------------------------------------------- */

static void reading_a_missing_cache_makes_nothing(void **state)
{
	struct world *w = *state;
	struct stat st;
	char says[256];

	assert_int_equal(open_says(w, STORE_READ, says), ERR_NONESUCH);
	assert_names(says, w->path);
	assert_int_not_equal(stat(w->path, &st), 0);
}

static void reading_an_empty_file_finds_no_cache(void **state)
{
	struct world *w = *state;
	char says[256];

	close(open(w->path, O_CREAT | O_WRONLY, 0600));
	assert_int_equal(open_says(w, STORE_READ, says), ERR_NONESUCH);
}

static void a_file_left_empty_by_a_kill_is_made_anew(void **state)
{
	struct world *w = *state;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(w->path, &db), SQLITE_OK);
	sqlite3_exec(db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
	sqlite3_close(db);
	w->s = world_connect(w, STORE_WRITE);
	assert_int_equal(recount(w, "SELECT count(*) FROM entry"), 0);
}

static void a_reader_sees_what_the_writer_committed(void **state)
{
	struct world *w = *state;
	struct store *reader = world_connect(w, STORE_READ);
	int64_t before = store_data_version(reader);

	assert_int_equal(store_data_version(reader), before);
	assert_ok(store_begin(w->s, false, &e));
	put_titled(w->s, w->feed[0], "One", NOW);
	assert_int_equal(unread_total(reader), 0);
	assert_int_equal(store_data_version(reader), before);
	assert_ok(store_commit(w->s, &e));
	assert_int_not_equal(store_data_version(reader), before);
	assert_int_equal(unread_total(reader), 1);
	store_close(reader);
}

static void a_reader_cannot_write(void **state)
{
	struct world *w = *state;
	struct store *reader = world_connect(w, STORE_READ);

	assert_int_equal(sqlite3_exec(reader->db, "DELETE FROM feed", NULL, NULL, NULL),
	                 SQLITE_READONLY);
	store_close(reader);
}

static void connections_share_memory_by_name(void **state)
{
	struct world *w = *state;
	struct store *other = world_connect(w, STORE_READ), *foreign;
	int64_t before = store_data_version(other);

	put_titled(w->s, w->feed[0], "One", NOW);
	assert_int_equal(unread_total(other), 1);
	assert_int_not_equal(store_data_version(other), before);
	assert_ok(store_open("memory:somebody else's", STORE_WRITE, &foreign, &e));
	assert_int_equal(unread_total(foreign), 0);
	store_close(foreign);
	store_close(other);
}

static void memory_is_gone_with_its_last_connection(void **state)
{
	struct world *w = *state;
	struct store *s;

	(void)w;
	assert_ok(store_open("memory:brief", STORE_WRITE, &s, &e));
	assert_ok(store_set_number(s, "session", 5, &e));
	store_close(s);
	assert_err(ERR_NONESUCH, store_open("memory:brief", STORE_READ, &s, &e));
}

/* -- refusals
 * ------------------------------------------------------------------------------------ */

/* The whole file, for comparing byte for byte. */
static size_t file_bytes(const char *path, char *into, size_t max)
{
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(into, 1, max, f) : 0;

	if (f)
		fclose(f);
	return n;
}

static void make_by_sql(const struct world *w, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(w->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* Opening fails with this code and sentence, and neither changes the file nor puts one beside
 * it. */
static void assert_refused_untouched(const struct world *w, enum store_mode mode, enum err code,
                                     const char *part)
{
	static char before[1 << 18], after[1 << 18];
	size_t n = file_bytes(w->path, before, sizeof before);
	char says[256], beside[160];

	assert_int_equal(open_says(w, mode, says), code);
	assert_names(says, w->path);
	assert_names(says, part);
	assert_int_equal(file_bytes(w->path, after, sizeof after), n);
	assert_memory_equal(before, after, n);
	snprintf(beside, sizeof beside, "%s-wal", w->path);
	assert_int_not_equal(access(beside, F_OK), 0);
}

static void a_newer_cache_is_refused_and_left_as_it_is(void **state)
{
	struct world *w = *state;

	make_by_sql(
		w,
		"PRAGMA journal_mode=WAL; PRAGMA application_id=0x6C656465; PRAGMA user_version=99;"
		"CREATE TABLE future(x);");
	assert_refused_untouched(w, STORE_WRITE, ERR_NEWER,
	                         "made by a newer lede (version 99, this one knows");
	assert_refused_untouched(w, STORE_READ, ERR_NEWER, "version 99");
}

static void another_programs_database_is_refused(void **state)
{
	struct world *w = *state;

	make_by_sql(w, "CREATE TABLE theirs(x); INSERT INTO theirs VALUES(1);");
	assert_refused_untouched(w, STORE_WRITE, ERR_STORE, "another program's database");
	make_by_sql(w, "PRAGMA application_id=77");
	assert_refused_untouched(w, STORE_READ, ERR_STORE, "another program's database");
}

static void write_file(const char *path, const char *content)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	fputs(content, f);
	fclose(f);
}

static void a_file_that_is_no_database_is_refused(void **state)
{
	struct world *w = *state;

	write_file(w->path, "<?xml version=\"1.0\"?><opml/>");
	assert_refused_untouched(w, STORE_WRITE, ERR_DAMAGED, "move it away, lede fetches anew");
	assert_refused_untouched(w, STORE_READ, ERR_DAMAGED, "no database");
}

static void a_folder_is_no_cache(void **state)
{
	struct world *w = *state;
	char says[256];

	assert_int_equal(mkdir(w->path, 0700), 0);
	assert_int_equal(open_says(w, STORE_WRITE, says), ERR_IO);
	assert_names(says, w->path);
}

static void a_folder_that_cannot_be_made_is_named(void **state)
{
	struct world *w = *state;
	char says[256], file[128];

	snprintf(file, sizeof file, "%s/file", w->folder);
	write_file(file, "x");
	snprintf(w->path, sizeof w->path, "%s/file/lede.db", w->folder);
	assert_int_equal(open_says(w, STORE_WRITE, says), ERR_IO);
	assert_names(says, "/file");
}

/* Zeroes the file's pages from the second on, as a bad disk would. */
static void zero_pages(const char *path)
{
	static const char zeros[4096];
	struct stat st;
	int fd = open(path, O_WRONLY);

	assert_int_equal(fstat(fd, &st), 0);
	for (off_t at = 4096; at < st.st_size; at += 4096)
		assert_int_equal(pwrite(fd, zeros, sizeof zeros, at), (ssize_t)sizeof zeros);
	close(fd);
}

static void a_damaged_cache_is_named_and_kept(void **state)
{
	struct world *w = *state;
	char says[256];

	put_titled(w->s, w->feed[0], "One", NOW);
	store_close(w->s);
	w->s = NULL;
	zero_pages(w->path);
	assert_int_equal(open_says(w, STORE_WRITE, says), ERR_DAMAGED);
	assert_names(says, "is damaged; move it away, lede fetches anew");
	assert_int_equal(access(w->path, F_OK), 0);
}

static void damage_met_in_use_is_named(void **state)
{
	struct world *w = *state;
	struct list_query q = { .list = LIST_LATEST, .limit = 5 };
	struct entry_row *rows;
	size_t n;

	put_titled(w->s, w->feed[0], "One", NOW);
	by_hand(w, "PRAGMA writable_schema=ON");
	by_hand(w,
	        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE "
	        "name = 'body')"
	        " WHERE name = 'entry_time'");
	store_close(w->s);
	w->s = world_connect(w, STORE_WRITE);
	assert_err(ERR_DAMAGED, store_list(w->s, &q, w->a, &rows, &n, &e));
}

/* -- where writing is not allowed: as somebody who is not root
 * --------------------------------------- */

typedef int as_nobody_fn(const struct world *w);

/* Runs `fn` in a child without root's rights; 0 is success. */
static int as_nobody(const struct world *w, as_nobody_fn *fn)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(99);
		_exit(fn(w));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

static int is_refused_for_writing(const struct world *w)
{
	struct error error = { 0 };
	struct store *s;

	if (store_open(w->path, STORE_WRITE, &s, &error) != ERR_IO)
		return 1;
	return strstr(error.text, "cannot write") && strstr(error.text, w->path) ? 0 : 2;
}

static int can_be_read(const struct world *w)
{
	struct store *s;
	int64_t n;

	if (store_open(w->path, STORE_READ, &s, NULL) != ERR_NONE)
		return 1;
	if (store_unread_total(s, &n, NULL) != ERR_NONE || n != 1)
		return 2;
	store_close(s);
	return 0;
}

static int is_refused_for_its_wal(const struct world *w)
{
	struct error error = { 0 };
	struct store *s;

	if (store_open(w->path, STORE_READ, &s, &error) != ERR_IO)
		return 1;
	return strstr(error.text, "-wal holds newer changes") ? 0 : 2;
}

static void a_store_open_for_reading_begins_no_change(void **state)
{
	struct world *w = *state;
	struct store *reading = world_connect(w, STORE_READ);
	int64_t id = put_titled(w->s, w->feed[0], "One", NOW);

	assert_err(ERR_IO, store_begin(reading, true, &e));
	assert_err(ERR_IO, store_mark(reading, &id, 1, ENTRY_READ, true, NULL, &e));
	assert_int_equal(unread_total(reading), 1);
	store_close(reading);
}

static int is_read_beside_an_empty_wal(const struct world *w)
{
	struct store *s;
	struct error error;
	enum err rc = store_open(w->path, STORE_READ, &s, &error);

	if (rc == ERR_NONE)
		store_close(s);
	return rc == ERR_NONE ? 0 : 1;
}

/* A reader that was killed may leave one. */
static void an_empty_wal_in_a_read_only_folder_holds_nothing(void **state)
{
	struct world *w = *state;
	char wal[160];
	FILE *f;

	put_titled(w->s, w->feed[0], "One", NOW);
	store_close(w->s);
	w->s = NULL;
	snprintf(wal, sizeof wal, "%s-wal", w->path);
	f = fopen(wal, "w");
	assert_non_null(f);
	fclose(f);
	chmod(w->path, 0444);
	chmod(w->folder, 0555);
	assert_int_equal(as_nobody(w, is_read_beside_an_empty_wal), 0);
	chmod(w->folder, 0755);
}

static void a_read_only_folder_can_be_read_but_not_written(void **state)
{
	struct world *w = *state;

	put_titled(w->s, w->feed[0], "One", NOW);
	store_close(w->s);
	w->s = NULL;
	chmod(w->path, 0444);
	chmod(w->folder, 0555);
	assert_int_equal(as_nobody(w, is_refused_for_writing), 0);
	assert_int_equal(as_nobody(w, can_be_read), 0);
	chmod(w->folder, 0755);
}

static void a_wal_in_a_read_only_folder_is_said(void **state)
{
	struct world *w = *state;

	put_titled(w->s, w->feed[0], "One", NOW);
	chmod(w->path, 0444);
	chmod(w->folder, 0555);
	assert_int_equal(as_nobody(w, is_refused_for_its_wal), 0);
	chmod(w->folder, 0755);
}

static void an_empty_read_only_folder_is_said(void **state)
{
	struct world *w = *state;

	chmod(w->folder, 0555);
	assert_int_equal(as_nobody(w, is_refused_for_writing), 0);
	chmod(w->folder, 0755);
}

/* -- a full disk
 * ------------------------------------------------------------------------------------ */

/* Writes batches until one fails; gives the code and how many were committed. */
static enum err fill_up(struct store *s, int64_t feed, int *batches, struct error *error)
{
	char title[40], html[4000];
	uint32_t seed = 7;
	enum err rc = ERR_NONE;

	for (*batches = 0; *batches < 1000; ++*batches) {
		struct entry_new n;
		enum put_result result;
		int64_t id;

		for (size_t i = 0; i < sizeof html; i++)
			html[i] = (char)((seed = seed * 1664525u + 1013904223u) >> 24);
		snprintf(title, sizeof title, "Entry %d", *batches);
		n = entry(feed, title);
		n.html = (struct str){ html, sizeof html };
		rc = store_begin(s, false, error);
		if (rc == ERR_NONE)
			rc = store_put_entry(s, &n, NOW, &result, &id, error);
		if (rc != ERR_NONE)
			break;
		rc = store_commit(s, error);
		if (rc != ERR_NONE)
			break;
	}
	return rc;
}

static void a_full_disk_undoes_the_batch_and_can_still_be_read(void **state)
{
	struct world *w = *state;
	struct error error = { 0 };
	int batches;

	by_hand(w, "PRAGMA max_page_count=120");
	assert_int_equal(fill_up(w->s, w->feed[0], &batches, &error), ERR_FULL);
	assert_names(error.text, w->path);
	assert_names(error.text, "free some");
	assert_int_not_equal(store_put_entry(w->s, &(struct entry_new){ .feed = 1 }, NOW,
	                                     &(enum put_result) { 0 }, &(int64_t) { 0 }, &error),
	                     ERR_NONE);
	store_rollback(w->s);
	assert_int_equal(unread_total(w->s), batches);
	by_hand(w, "PRAGMA max_page_count=100000");
	put_titled(w->s, w->feed[0], "There is room again", NOW);
	assert_int_equal(unread_total(w->s), batches + 1);
}

/* In a child: no file may grow over 600 kB. */
static int meets_the_limit(const struct world *w)
{
	const struct rlimit limit = { 600 << 10, 600 << 10 };
	struct error error = { 0 };
	struct store *s;
	int batches;
	int64_t n;

	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit) != 0
	    || store_open(w->path, STORE_WRITE, &s, NULL) != ERR_NONE)
		return 1;
	if (fill_up(s, 1, &batches, &error) != ERR_FULL)
		return 2;
	store_rollback(s);
	if (store_unread_total(s, &n, NULL) != ERR_NONE || n != batches)
		return 3;
	store_close(s);
	return 0;
}

static void a_limit_on_file_sizes_is_a_full_disk(void **state)
{
	struct world *w = *state;
	pid_t pid;
	int status;

	store_close(w->s);
	w->s = NULL;
	pid = fork();
	if (pid == 0)
		_exit(meets_the_limit(w));
	waitpid(pid, &status, 0);
	assert_int_equal(WEXITSTATUS(status), 0);
	w->s = world_connect(w, STORE_WRITE);
	assert_int_equal(
		recount(w,
	                "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
		1);
}

/* -- batches
 * ---------------------------------------------------------------------------------------- */

static void numbers_are_kept_by_name(void **state)
{
	struct world *w = *state;
	int64_t n;

	assert_ok(store_get_number(w->s, "session", &n, &e));
	assert_int_equal(n, 0);
	assert_ok(store_set_number(w->s, "session", -5, &e));
	assert_ok(store_set_number(w->s, "session", INT64_MAX, &e));
	assert_ok(store_get_number(w->s, "session", &n, &e));
	assert_true(n == INT64_MAX);
}

static void a_durable_batch_is_synced(void **state)
{
	struct world *w = *state;

	assert_ok(store_begin(w->s, true, &e));
	assert_int_equal(recount(w, "PRAGMA synchronous"), 2);
	assert_ok(store_commit(w->s, &e));
	assert_ok(store_begin(w->s, false, &e));
	assert_int_equal(recount(w, "PRAGMA synchronous"), 1);
	store_rollback(w->s);
	store_rollback(w->s);
	store_checkpoint(w->s);
}

static void two_writers_take_turns(void **state)
{
	struct world *w = *state;
	struct store *other = world_connect(w, STORE_WRITE);
	int64_t a, b;

	a = put_titled(w->s, w->feed[0], "One", NOW);
	b = put_titled(other, w->feed[0], "Two", NOW);
	assert_int_equal(b, a + 1);
	assert_int_equal(put_titled(w->s, w->feed[0], "Three", NOW), b + 1);
	assert_int_equal(unread_total(other), 3);
	store_close(other);
}

/* -- migrations
 * ------------------------------------------------------------------------------------- */

static enum err step_that_adds(struct store *s, struct error *e)
{
	return sql_exec(s, "ALTER TABLE feed ADD COLUMN colour TEXT", e);
}

static enum err step_that_breaks(struct store *s, struct error *e)
{
	enum err rc = sql_exec(s, "DELETE FROM feed", e);

	return rc == ERR_NONE ? error_set(e, ERR_STORE, "it broke") : rc;
}

static void steps_are_taken_in_order_each_once(void **state)
{
	struct world *w = *state;
	schema_step_fn *const steps[SCHEMA_VERSION + 1] = { [SCHEMA_VERSION] = step_that_adds };

	assert_ok(schema_migrate(w->s, steps, SCHEMA_VERSION + 1, &e));
	assert_int_equal(recount(w, "PRAGMA user_version"), SCHEMA_VERSION + 1);
	assert_int_equal(recount(w, "SELECT count(colour) FROM feed"), 0);
	assert_err(ERR_NEWER, schema_migrate(w->s, steps, SCHEMA_VERSION + 1, &e));
}

static void a_step_that_breaks_is_undone_with_its_number(void **state)
{
	struct world *w = *state;
	schema_step_fn *const steps[SCHEMA_VERSION + 1] = { [SCHEMA_VERSION] = step_that_breaks };

	assert_err(ERR_STORE, schema_migrate(w->s, steps, SCHEMA_VERSION + 1, &e));
	assert_int_equal(recount(w, "PRAGMA user_version"), SCHEMA_VERSION);
	assert_int_equal(recount(w, "SELECT count(*) FROM feed"), 8);
}

#define IN_MEMORY(test) cmocka_unit_test_setup_teardown(test, world_in_memory, world_end)
#define IN_FILE(test) cmocka_unit_test_setup_teardown(test, world_in_file, world_end)
#define NO_STORE(test) cmocka_unit_test_setup_teardown(test, world_without_store, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		NO_STORE(a_missing_file_and_its_folder_are_made),
		IN_FILE(what_was_stored_is_there_again),
		IN_MEMORY(every_store_has_a_key_of_its_own),
		IN_FILE(the_file_is_what_the_design_says),
		NO_STORE(a_path_with_odd_characters_is_a_path),
		NO_STORE(reading_a_missing_cache_makes_nothing),
		NO_STORE(reading_an_empty_file_finds_no_cache),
		NO_STORE(a_file_left_empty_by_a_kill_is_made_anew),
		IN_FILE(a_reader_sees_what_the_writer_committed),
		IN_FILE(a_reader_cannot_write),
		IN_MEMORY(connections_share_memory_by_name),
		IN_MEMORY(memory_is_gone_with_its_last_connection),
		NO_STORE(a_newer_cache_is_refused_and_left_as_it_is),
		NO_STORE(another_programs_database_is_refused),
		NO_STORE(a_file_that_is_no_database_is_refused),
		NO_STORE(a_folder_is_no_cache),
		NO_STORE(a_folder_that_cannot_be_made_is_named),
		IN_FILE(a_damaged_cache_is_named_and_kept),
		IN_FILE(damage_met_in_use_is_named),
		IN_FILE(a_store_open_for_reading_begins_no_change),
		IN_FILE(an_empty_wal_in_a_read_only_folder_holds_nothing),
		IN_FILE(a_read_only_folder_can_be_read_but_not_written),
		IN_FILE(a_wal_in_a_read_only_folder_is_said),
		NO_STORE(an_empty_read_only_folder_is_said),
		IN_FILE(a_full_disk_undoes_the_batch_and_can_still_be_read),
		IN_FILE(a_limit_on_file_sizes_is_a_full_disk),
		IN_MEMORY(numbers_are_kept_by_name),
		IN_FILE(a_durable_batch_is_synced),
		IN_FILE(two_writers_take_turns),
		IN_MEMORY(steps_are_taken_in_order_each_once),
		IN_FILE(a_step_that_breaks_is_undone_with_its_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
