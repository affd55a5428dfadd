#include "fixture.h"

#include <sqlite3.h>

#include "../../../src/store/inside.h"

/* What the planner makes of the statements. No sqlite_stat1 is ever written, so plans depend on the
 * schema only. */

/* Statements that may walk all of a table, and why. */
static const enum sql may_scan[] = {
	SQL_FEEDS,        SQL_FEEDS_COUNT,    SQL_FEED_LIVING,
	SQL_VALIDATORS,   SQL_COUNTS_OF_ALL, SQL_FEEDS_GONE,
	SQL_SEARCH_FEEDS, /* a row a feed */
	SQL_UNDO_BEYOND,  SQL_EVENTS_FORGET, /* a thousand rows */
	SQL_LINKS_FOLDED, SQL_FOLD_ROWS,      SQL_FOLD_FORGET, SQL_FOLD_RANKED, /* 72 h */
	SQL_UNREAD_ALL,   SQL_UNREAD_STARRED, SQL_UNREAD_FILLER, /* all of it is wanted */
	SQL_DF_LOAD,      SQL_PROFILE,        SQL_ENTRY_HIGHEST, /* one row from the end */
	SQL_EDITION_LAST, SQL_EDITION_END,    SQL_EDITION_DROP, /* fifty rows */
	SQL_TABLES,       SQL_VERSION,        SQL_PAGES, SQL_BYTES,
	SQL_UNDO_OLDEST,  SQL_UNDO_NEWEST, /* one row from an end */
	SQL_BY_HAND_ANY, /* one row */
	SQL_EVENTS,       SQL_EVENTS_CLEAR,   SQL_UNDO_EVENTS_CLEAR, SQL_PROFILE_CLEAR, /* all of it */
};

static bool may_scan_a_table(enum sql id)
{
	for (size_t i = 0; i < sizeof may_scan / sizeof *may_scan; i++)
		if (may_scan[i] == id)
			return true;
	return false;
}

/* "SCAN entry USING INDEX entry_time" is a window of an ordered list when there is a LIMIT. */
static bool step_is_good(enum sql id, const char *step)
{
	if (strstr(step, "TEMP B-TREE") || strstr(step, "AUTOMATIC"))
		return false;
	if (!strstr(step, "SCAN ") || strstr(step, "SCAN CONSTANT ROW"))
		return true;
	if (may_scan_a_table(id))
		return true;
	return strstr(step, "USING") && strstr(step, "INDEX") && strstr(sql_text(id), "LIMIT");
}

/* Calls `step` with each line of the plan. */
static void each_step(const struct world *w, enum sql id,
                      void (*step)(enum sql id, const char *line))
{
	char explain[2048];
	sqlite3_stmt *st;

	snprintf(explain, sizeof explain, "EXPLAIN QUERY PLAN %s", sql_text(id));
	if (sqlite3_prepare_v2(w->s->db, explain, -1, &st, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql_text(id), sqlite3_errmsg(w->s->db));
	while (sqlite3_step(st) == SQLITE_ROW)
		step(id, (const char *)sqlite3_column_text(st, 3));
	sqlite3_finalize(st);
}

static void assert_good(enum sql id, const char *line)
{
	if (!step_is_good(id, line))
		fail_msg("%s\n%s", line, sql_text(id));
}

static void no_statement_sorts_or_walks_a_large_table(void **state)
{
	for (int id = 0; id < SQL_COUNT; id++)
		each_step(*state, (enum sql)id, assert_good);
}

static void assert_no_lookup_in_table(enum sql id, const char *line)
{
	if (strstr(line, " f ") && !strstr(line, "COVERING INDEX feed_name"))
		fail_msg("%s\n%s", line, sql_text(id));
}

static void lists_take_what_they_show_of_feeds_from_an_index(void **state)
{
	for (int id = SQL_LIST_LATEST_OLDER; id <= SQL_LIST_FEED_UNREAD_AT; id++)
		each_step(*state, (enum sql)id, assert_no_lookup_in_table);
}

/* 20,000 entries of 100 feeds over 70 days, one in three read, a few starred; then an edition
 * of 40. */
#define MANY 20000

static void put_many(struct world *w)
{
	char title[64];

	assert_ok(store_begin(w->s, false, &e));
	for (int i = 0; i < MANY; i++) {
		struct entry_new n;
		int feed = i * 7 % 8;

		snprintf(title, sizeof title, "Headline number %d of a day in the city", i);
		n = entry(w->feed[feed], title);
		n.published = NOW - (int64_t)(MANY - i) * 300;
		n.html = STR("<p>A body that is long enough not to be nothing.");
		put(w->s, &n, n.published);
	}
	assert_ok(store_commit(w->s, &e));
}

static void mark_many(struct world *w)
{
	int64_t ids[MANY / 3];

	for (int i = 0; i < MANY / 3; i++)
		ids[i] = 1 + i * 3;
	assert_ok(store_mark(w->s, ids, MANY / 3, ENTRY_READ, true, NULL, &e));
	assert_ok(store_mark(w->s, ids, 200, ENTRY_STARRED, true, NULL, &e));
}

/* Pages a fresh connection misses for one list. */
static uint64_t pages_of(const struct world *w, struct list_query q)
{
	struct store *s = world_connect(w, STORE_READ);
	struct arena *a = arena_new();
	struct entry_row *rows;
	size_t n;
	uint64_t before = store_counts(s).cache_miss, pages;

	assert_ok(store_list(s, &q, a, &rows, &n, &e));
	assert_int_equal(n, 40);
	pages = store_counts(s).cache_miss - before;
	arena_free(a);
	store_close(s);
	return pages;
}

static void a_window_of_a_list_costs_few_pages(void **state)
{
	struct world *w = *state;
	const struct list_anchor deep = { NOW - 86400 * 30, 0, 0 };

	put_many(w);
	mark_many(w);
	assert_in_range(pages_of(w, (struct list_query){ .list = LIST_LATEST, .limit = 40 }), 1,
	                16);
	assert_in_range(pages_of(w, (struct list_query){ .list = LIST_LATEST,
	                                                  .unread_only = true,
	                                                  .limit = 40 }),
	                1, 16);
	assert_in_range(
		pages_of(w,
	                 (struct list_query){ .list = LIST_LATEST, .from = &deep, .limit = 40 }),
		1, 32);
	assert_in_range(pages_of(w, (struct list_query){ .list = LIST_FEED,
	                                                  .feed = w->feed[2],
	                                                  .limit = 40 }),
	                1, 64);
	assert_in_range(pages_of(w, (struct list_query){ .list = LIST_STARRED, .limit = 40 }), 1,
	                64);
}

/* Everything the first screen asks: the last edition's rows, unread, the body of row 1. */
static uint64_t first_screen_pages(const struct world *w, struct store *s, struct arena *a)
{
	struct edition last;
	struct edition_row *rows;
	struct buf body = buf_limited(1 << 20);
	size_t n;

	assert_ok(store_edition_last(s, &last, &e));
	assert_ok(store_edition_rows(s, last.id, 1, 40, a, &rows, &n, &e));
	assert_int_equal(n, 32);
	assert_int_equal(unread_total(s), MANY);
	assert_ok(store_body(s, rows[0].entry, &body, &e));
	assert_true(body.n > 0);
	buf_free(&body);
	(void)w;
	return store_counts(s).cache_miss;
}

static void the_first_screen_costs_at_most_forty_pages(void **state)
{
	struct world *w = *state;
	struct arena *a = arena_new();
	struct store *s;
	int64_t stories[32];

	put_many(w);
	fold_alone(w->s);
	for (int i = 0; i < 32; i++)
		stories[i] = MANY - i * 11;
	edition_of(w->s, stories, 32, NOW);
	s = world_connect(w, STORE_READ);
	assert_in_range(first_screen_pages(w, s, a), 1, 40);
	print_message("first screen: %d pages\n", (int)store_counts(s).cache_miss);
	store_close(s);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_statement_sorts_or_walks_a_large_table,
		                                world_in_memory, world_end),
		cmocka_unit_test_setup_teardown(lists_take_what_they_show_of_feeds_from_an_index,
		                                world_in_memory, world_end),
		cmocka_unit_test_setup_teardown(a_window_of_a_list_costs_few_pages, world_in_file,
		                                world_end),
		cmocka_unit_test_setup_teardown(the_first_screen_costs_at_most_forty_pages,
		                                world_in_file, world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
