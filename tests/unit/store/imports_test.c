#include "fixture.h"

#include "lede/store/imports.h"

static struct entry_import import_of(int64_t feed, const char *title, int64_t when)
{
	struct entry_import n = { .entry = entry(feed, title), .seen = when };

	n.entry.published = when;
	return n;
}

static enum import_result take(struct world *w, const struct entry_import *n)
{
	struct import_run run;
	enum import_result result;

	assert_ok(store_begin(w->s, false, &e));
	assert_ok(store_import_begin(w->s, NOW, &run, &e));
	assert_ok(store_import_entry(&run, n, &result, &e));
	assert_ok(store_import_end(&run, &e));
	assert_ok(store_commit(w->s, &e));
	return result;
}

static unsigned flags_of(const struct world *w, int64_t id)
{
	return row_of(w, id).flags;
}

static void an_entry_comes_with_its_marks_and_counts(void **state)
{
	struct world *w = *state;
	struct entry_import n = import_of(w->feed[0], "Read and starred", NOW - 100 * HOUR);

	n.read = n.starred = true;
	assert_int_equal(take(w, &n), IMPORT_NEW);
	assert_int_equal(flags_of(w, 1), ENTRY_READ | ENTRY_STARRED);
	assert_int_equal(feed_of(w, w->feed[0]).unread, 0);
	assert_int_equal(feed_of(w, w->feed[0]).starred, 1);
	assert_int_equal(story_of(w, 1).unread, 0);
	assert_int_equal(take(w, &n), IMPORT_KNOWN);
	assert_int_equal(feed_of(w, w->feed[0]).entries, 1);
}

static void what_a_person_marked_is_left_alone(void **state)
{
	struct world *w = *state;
	struct entry_import n = import_of(w->feed[0], "Read there", NOW - HOUR);
	int64_t id = put(w->s, &n.entry, NOW);

	n.read = true;
	assert_int_equal(take(w, &n), IMPORT_MARKED);
	assert_int_equal(flags_of(w, id), ENTRY_READ);
	assert_ok(store_mark(w->s, &id, 1, ENTRY_READ, false, NULL, &e));
	assert_int_equal(take(w, &n), IMPORT_KNOWN);
	assert_int_equal(flags_of(w, id), 0);
}

static void nothing_is_ever_unread_or_unstarred(void **state)
{
	struct world *w = *state;
	struct entry_import n = import_of(w->feed[0], "Known", NOW - HOUR);
	int64_t id = put(w->s, &n.entry, NOW);

	assert_ok(store_mark(w->s, &id, 1, ENTRY_STARRED, true, NULL, &e));
	assert_int_equal(take(w, &n), IMPORT_KNOWN);
	n.deleted = true;
	assert_int_equal(take(w, &n), IMPORT_KNOWN);
	assert_int_equal(flags_of(w, id), ENTRY_STARRED);
}

static void what_was_deleted_there_does_not_come(void **state)
{
	struct world *w = *state;
	struct entry_import n = import_of(w->feed[0], "Deleted there", NOW - HOUR);

	n.deleted = true;
	assert_int_equal(take(w, &n), IMPORT_BURIED);
	assert_int_equal(put_result(w->s, &n.entry, NOW), PUT_SAME);
	assert_int_equal(feed_of(w, w->feed[0]).entries, 0);
	assert_int_equal(take(w, &n), IMPORT_KNOWN);
}

/* The feed brings it as `from_feed`; it must be the entry that is there. */
static void comes_back_as(struct world *w, struct entry_new from_feed)
{
	assert_int_not_equal(put_result(w->s, &from_feed, NOW), PUT_NEW);
	assert_int_equal(feed_of(w, w->feed[0]).entries, 1);
}

static void a_guid_made_of_the_link_is_known_by_either(void **state)
{
	struct world *w = *state;
	struct entry_import n = import_of(w->feed[0], "Ambiguous", NOW - HOUR);
	struct entry_new as = n.entry;

	n.entry.guid = n.entry.link = STR("http://www.a.example/1/");
	n.guid_in_doubt = true;
	assert_int_equal(take(w, &n), IMPORT_NEW);
	as.link = as.guid = n.entry.link;
	comes_back_as(w, as);
	as.guid = STR("");
	comes_back_as(w, as);
}

static void a_guid_made_of_the_title_is_known_dated_or_not(void **state)
{
	struct world *w = *state;
	struct entry_import n = import_of(w->feed[0], "Only a title", NOW - HOUR);
	struct entry_new as = n.entry;

	n.entry.link = STR("");
	n.entry.guid = STR("Only a title");
	n.guid_in_doubt = true;
	assert_int_equal(take(w, &n), IMPORT_NEW);
	as.link = as.guid = STR("");
	as.published = DATE_NONE;
	comes_back_as(w, as);
}

static void old_ones_are_stories_at_once_and_recent_ones_wait_for_folding(void **state)
{
	struct world *w = *state;
	struct entry_import old = import_of(w->feed[0], "Old", NOW - 100 * HOUR),
			    fresh = import_of(w->feed[0], "Recent", NOW - HOUR);
	struct import_run run;
	enum import_result result;
	struct fold_row *row;
	size_t n;

	assert_ok(store_begin(w->s, false, &e));
	assert_ok(store_import_begin(w->s, NOW, &run, &e));
	assert_ok(store_import_entry(&run, &old, &result, &e));
	assert_ok(store_import_entry(&run, &fresh, &result, &e));
	assert_ok(store_import_end(&run, &e));
	assert_ok(store_commit(w->s, &e));
	assert_int_equal(story_of(w, 1).entries, 1);
	row = unfolded_rows(w->s, w->a, &n);
	assert_int_equal(n, 1);
	assert_int_equal(row[0].id, 2);
}

static void a_feed_keeps_the_name_it_has(void **state)
{
	struct world *w = *state;

	assert_ok(store_feed_called(w->s, w->feed[0], STR("First"), STR("http://s/"), &e));
	assert_ok(store_feed_called(w->s, w->feed[0], STR("Second"), STR("http://t/"), &e));
	assert_str(feed_of(w, w->feed[0]).title, "First");
	assert_str(feed_of(w, w->feed[0]).site, "http://s/");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_in_memory, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_entry_comes_with_its_marks_and_counts),
		TEST(what_a_person_marked_is_left_alone),
		TEST(nothing_is_ever_unread_or_unstarred),
		TEST(what_was_deleted_there_does_not_come),
		TEST(a_guid_made_of_the_link_is_known_by_either),
		TEST(a_guid_made_of_the_title_is_known_dated_or_not),
		TEST(old_ones_are_stories_at_once_and_recent_ones_wait_for_folding),
		TEST(a_feed_keeps_the_name_it_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
