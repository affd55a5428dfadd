#include "fixture.h"

#include "lede/store/salvage.h"

#include <sys/stat.h>
#include <unistd.h>

/* Damaged files, and what comes over of them. The store is closed while its file is hurt. */

#define ENTRIES 300
#define PAGE 4096

static void fill(struct world *w)
{
	for (int i = 1; i <= ENTRIES; i++) {
		char title[32];
		int64_t id;

		snprintf(title, sizeof title, "Number %d", i);
		id = put_titled(w->s, w->feed[i % 8], title, NOW - i);
		if (i % 10 == 0)
			assert_ok(store_mark(w->s, &id, 1, ENTRY_STARRED, true, NULL, &e));
		if (i % 3 == 0)
			assert_ok(store_mark(w->s, &id, 1, ENTRY_READ, true, NULL, &e));
	}
	fold_alone(w->s);
}

static void close_store(struct world *w)
{
	store_close(w->s);
	w->s = NULL;
}

static void overwrite(const struct world *w, long at, const void *bytes, size_t n)
{
	FILE *f = fopen(w->path, "r+b");

	assert_non_null(f);
	assert_int_equal(fseek(f, at, SEEK_SET), 0);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static void zero_root_of(struct world *w, const char *table)
{
	static const char nothing[PAGE];
	char sql[96];
	long page;

	snprintf(sql, sizeof sql, "SELECT rootpage FROM sqlite_schema WHERE name = '%s'", table);
	page = (long)recount(w, sql);
	close_store(w);
	overwrite(w, (page - 1) * PAGE, nothing, PAGE);
}

static struct salvaged salvage(struct world *w)
{
	struct salvaged s;

	assert_ok(store_salvage(w->path, NOW, 0, &s, &e));
	assert_ok(store_open(w->path, STORE_WRITE, &w->s, &e));
	return s;
}

static void assert_all_came(struct world *w, const struct salvaged *s)
{
	assert_int_equal(s->entries, ENTRIES);
	assert_int_equal(s->starred, ENTRIES / 10);
	assert_int_equal(s->read, ENTRIES / 3);
	assert_int_equal(recount(w, "SELECT count(*) FROM entry"), ENTRIES);
	assert_int_equal(unread_total(w->s), ENTRIES - ENTRIES / 3);
	assert_int_equal(recount(w, "SELECT count(*) FROM entry e JOIN member m ON m.entry = e.id"),
	                 ENTRIES);
	assert_int_equal(recount(w, "SELECT sum(entries) FROM feed_count"), ENTRIES);
}

static void a_lost_root_of_the_entries_loses_none(void **state)
{
	struct world *w = *state;
	struct salvaged s;

	fill(w);
	zero_root_of(w, "entry");
	s = salvage(w);
	assert_all_came(w, &s);
	assert_int_equal(access(s.aside, F_OK), 0);
}

static void a_lost_root_of_the_schema_loses_none(void **state)
{
	static const char nothing[PAGE];
	struct world *w = *state;
	struct salvaged s;

	fill(w);
	close_store(w);
	overwrite(w, 0, nothing, PAGE);
	s = salvage(w);
	assert_all_came(w, &s);
}

static void lost_indexes_are_made_anew(void **state)
{
	struct world *w = *state;
	struct list_query q = { .list = LIST_LATEST, .limit = ENTRIES };
	struct entry_row *rows;
	struct salvaged s;
	size_t n;

	fill(w);
	zero_root_of(w, "entry_time");
	s = salvage(w);
	assert_all_came(w, &s);
	assert_ok(store_list(w->s, &q, w->a, &rows, &n, &e));
	assert_int_equal(n, ENTRIES);
	assert_str(rows[0].title, "Number 1");
}

static void of_a_file_cut_short_what_is_left_comes(void **state)
{
	struct world *w = *state;
	struct salvaged s;
	struct stat st;

	fill(w);
	close_store(w);
	assert_int_equal(stat(w->path, &st), 0);
	assert_int_equal(truncate(w->path, st.st_size / PAGE * 3 / 4 * PAGE + 100), 0);
	s = salvage(w);
	assert_in_range(s.entries, 0, ENTRIES);
	assert_int_equal(recount(w, "SELECT count(*) FROM entry"), s.entries);
	assert_int_equal(recount(w, "SELECT count(*) FROM entry WHERE flags & 1"), s.read);
	put_titled(w->s, w->feed[0], "And life goes on", NOW);
}

static void what_is_no_cache_is_left_as_it_is(void **state)
{
	struct world *w = *state;
	struct salvaged s;
	struct stat before, after;
	FILE *f = fopen(w->path, "w");

	assert_non_null(f);
	for (int i = 0; i < 1000; i++)
		fputs("these are somebody's notes\n", f);
	fclose(f);
	assert_int_equal(stat(w->path, &before), 0);
	assert_err(ERR_DAMAGED, store_salvage(w->path, NOW, 0, &s, &e));
	assert_int_equal(stat(w->path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(before.st_size, after.st_size);
}

/* Two processes meet the damage; the second finds a sound file there. */
static void who_comes_second_has_nothing_to_do(void **state)
{
	struct world *w = *state;
	struct salvaged first, second;
	struct stat st;

	fill(w);
	close_store(w);
	assert_int_equal(stat(w->path, &st), 0);
	assert_ok(store_salvage(w->path, NOW, (uint64_t)st.st_ino, &first, &e));
	assert_false(first.already);
	assert_ok(store_salvage(w->path, NOW, (uint64_t)st.st_ino, &second, &e));
	assert_true(second.already);
	assert_ok(store_open(w->path, STORE_WRITE, &w->s, &e));
	assert_int_equal(recount(w, "SELECT count(*) FROM entry"), ENTRIES);
}

static void what_was_deleted_does_not_come_back(void **state)
{
	struct world *w = *state;
	struct salvaged s;

	fill(w);
	by_hand(w, "UPDATE member SET entry = NULL WHERE entry <= 5");
	by_hand(w, "DELETE FROM entry WHERE id <= 5");
	zero_root_of(w, "entry");
	s = salvage(w);
	assert_int_equal(s.entries, ENTRIES - 5);
	assert_int_equal(recount(w, "SELECT count(*) FROM member WHERE entry IS NULL"), 5);
}

static void validators_stay_behind_so_that_every_feed_comes_whole(void **state)
{
	struct world *w = *state;
	struct feed_visit v = { .feed = w->feed[0], .now = NOW, .next = NOW + HOUR,
		                .complete = true, .etag = STR("\"tag\"") };

	fill(w);
	assert_ok(store_feed_visited(w->s, &v, &e));
	assert_int_equal(recount(w, "SELECT count(*) FROM validator WHERE etag IS NOT NULL"), 1);
	zero_root_of(w, "entry");
	salvage(w);
	assert_int_equal(recount(w, "SELECT count(*) FROM validator WHERE etag IS NOT NULL"), 0);
}

static void the_sentence_names_what_came_over(void **state)
{
	struct salvaged s = { .entries = 1204, .starred = 12, .read = 890, .aside = "/a/b.damaged" };
	struct buf b = buf_limited(1000);

	(void)state;
	salvage_sentence(&s, &b);
	assert_non_null(strstr(buf_cstr(&b), "1204 entries"));
	assert_non_null(strstr(buf_cstr(&b), "12 stars"));
	assert_non_null(strstr(buf_cstr(&b), "/a/b.damaged"));
	buf_free(&b);
}

int main(void)
{
#define IN_FILE(test) cmocka_unit_test_setup_teardown(test, world_in_file, world_end)
#define NO_STORE(test) cmocka_unit_test_setup_teardown(test, world_without_store, world_end)
	const struct CMUnitTest tests[] = {
		IN_FILE(a_lost_root_of_the_entries_loses_none),
		IN_FILE(a_lost_root_of_the_schema_loses_none),
		IN_FILE(lost_indexes_are_made_anew),
		IN_FILE(of_a_file_cut_short_what_is_left_comes),
		NO_STORE(what_is_no_cache_is_left_as_it_is),
		IN_FILE(who_comes_second_has_nothing_to_do),
		IN_FILE(what_was_deleted_does_not_come_back),
		IN_FILE(validators_stay_behind_so_that_every_feed_comes_whole),
		cmocka_unit_test(the_sentence_names_what_came_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
