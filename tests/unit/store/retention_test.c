#include "fixture.h"

#include "lede/store/retention.h"

#include "../../../src/store/inside.h"

/* What goes, what stays, and what is left behind. Entries arrive when they are published. */

#define DAY 86400

static bool always(void *self)
{
	(void)self;
	return true;
}

static int64_t run_sliced(struct store *s, const struct keep_rule *rule, size_t n, int64_t now,
                          int64_t held, retention_go_on_fn *go_on, void *self)
{
	struct retention *r = retention_new(rule, n, now);
	bool done = false;
	int64_t deleted;

	retention_hold(r, held);
	for (int i = 0; i < 10000 && !done; i++)
		assert_ok(retention_step(r, s, go_on, self, &done, &e));
	assert_true(done);
	deleted = retention_deleted(r);
	retention_free(r);
	return deleted;
}

static int64_t run(struct world *w, int64_t seconds, int64_t number)
{
	const struct keep_rule rule = { w->feed[0], seconds, number };

	return run_sliced(w->s, &rule, 1, NOW, 0, always, NULL);
}

static int64_t old_entry(struct world *w, int64_t feed, const char *title, int days)
{
	struct entry_new n = entry(feed, title);

	n.published = NOW - days * DAY;
	n.html = STR("<p>Its text.</p>");
	return put(w->s, &n, n.published);
}

static int64_t read_entry(struct world *w, const char *title, int days)
{
	int64_t id = old_entry(w, w->feed[0], title, days);

	assert_ok(store_mark(w->s, &id, 1, ENTRY_READ, true, NULL, &e));
	return id;
}

static bool is_there(struct world *w, int64_t id)
{
	unsigned flags;

	assert_ok(store_flags(w->s, &id, 1, &flags, &e));
	return flags != ENTRY_MISSING;
}

/* The feed's answer as it would be now: only these titles. */
static void list_again(struct world *w, int64_t feed, const char *const *titles, bool whole)
{
	struct feed_visit v = { .feed = feed, .now = NOW, .complete = whole, .cut = !whole };

	listing_forget(w->s->listing);          /* of how the entries came to be */
	assert_ok(store_begin(w->s, false, &e));
	for (int i = 0; titles[i]; i++) {
		struct entry_new n = entry(feed, titles[i]);
		enum put_result result;
		int64_t id;

		n.html = STR("<p>Its text.</p>");
		assert_ok(store_put_entry(w->s, &n, NOW, &result, &id, &e));
	}
	assert_ok(store_feed_visited(w->s, &v, &e));
	assert_ok(store_commit(w->s, &e));
}

static void what_is_past_the_age_goes_with_all_its_rows(void **state)
{
	struct world *w = *state;
	int64_t old = read_entry(w, "Old", 90), young = read_entry(w, "Young", 80);

	fold_alone(w->s);
	by_hand(w, "DELETE FROM fold");
	assert_int_equal(run(w, 85 * DAY, KEEP_ALL), 1);
	assert_false(is_there(w, old));
	assert_true(is_there(w, young));
	assert_int_equal(recount(w, "SELECT count(*) FROM body"), 1);
	assert_int_equal(recount(w, "SELECT count(*) FROM story"), 1);
	assert_int_equal(feed_of(w, w->feed[0]).entries, 1);
	assert_int_equal(feed_of(w, w->feed[0]).ever, 2);
	assert_int_equal(recount(w, "SELECT count(*) FROM member WHERE entry IS NULL"), 1);
}

static void what_is_beyond_the_number_goes_oldest_first(void **state)
{
	struct world *w = *state;
	int64_t id[5];
	char title[] = "n";

	for (int i = 0; i < 5; i++) {
		title[0] = (char)('a' + i);
		id[i] = read_entry(w, title, 90 - i);
	}
	assert_int_equal(run(w, KEEP_ALL, 3), 2);
	assert_false(is_there(w, id[0]));
	assert_false(is_there(w, id[1]));
	assert_true(is_there(w, id[2]));
}

static void what_went_does_not_come_back(void **state)
{
	static const char *const titles[] = { "Old", NULL };
	struct world *w = *state;

	read_entry(w, "Old", 90);
	assert_int_equal(run(w, 0, 0), 1);
	list_again(w, w->feed[0], titles, true);
	assert_int_equal(recount(w, "SELECT count(*) FROM entry"), 0);
}

static void starred_shown_and_recent_unread_ones_stay(void **state)
{
	struct world *w = *state;
	int64_t star = read_entry(w, "Star", 90), held = read_entry(w, "Held", 90),
		edition = read_entry(w, "In the edition", 90);
	struct entry_new n = entry(w->feed[0], "Unread, and came a week ago");
	const struct keep_rule rule = { w->feed[0], 0, 0 };
	int64_t recent, unread = old_entry(w, w->feed[0], "Unread for long", 90);

	n.published = NOW - 90 * DAY;
	recent = put(w->s, &n, NOW - 7 * DAY);
	fold_alone(w->s);
	edition_of(w->s, &edition, 1, NOW);
	by_hand(w, "UPDATE story SET last = 0");
	assert_ok(store_mark(w->s, &star, 1, ENTRY_STARRED, true, NULL, &e));
	assert_int_equal(run_sliced(w->s, &rule, 1, NOW, held, always, NULL), 1);
	assert_false(is_there(w, unread));
	assert_true(is_there(w, star) && is_there(w, held) && is_there(w, edition) &&
	            is_there(w, recent));
}

static void what_the_feed_still_lists_stays(void **state)
{
	static const char *const titles[] = { "Listed", NULL };
	struct world *w = *state;
	int64_t listed = read_entry(w, "Listed", 90), other = read_entry(w, "Other", 90);

	list_again(w, w->feed[0], titles, true);
	assert_int_equal(run(w, 0, 0), 1);
	assert_true(is_there(w, listed));
	assert_false(is_there(w, other));
}

static void tombstones_go_when_they_are_old_and_not_listed(void **state)
{
	static const char *const listed[] = { "Listed", "New", NULL }, *const none[] = { "New", NULL };
	struct world *w = *state;
	const char *dead = "SELECT count(*) FROM member WHERE entry IS NULL";

	read_entry(w, "Listed", 90);
	read_entry(w, "Other", 90);
	assert_int_equal(run(w, 0, 0), 2);
	list_again(w, w->feed[0], listed, true);
	run(w, KEEP_ALL, KEEP_ALL);
	assert_int_equal(recount(w, dead), 2);          /* both are young */
	by_hand(w, "UPDATE member SET hash = 1 WHERE entry IS NULL");
	run(w, KEEP_ALL, KEEP_ALL);
	assert_int_equal(recount(w, dead), 1);          /* one is listed */
	list_again(w, w->feed[0], none, false);
	run(w, KEEP_ALL, KEEP_ALL);
	assert_int_equal(recount(w, dead), 1);          /* the answer was cut */
	list_again(w, w->feed[0], none, true);
	run(w, KEEP_ALL, KEEP_ALL);
	assert_int_equal(recount(w, dead), 0);
}

static void a_story_is_called_after_its_oldest_that_is_left(void **state)
{
	struct world *w = *state;
	int64_t first = read_entry(w, "First", 95), second = old_entry(w, w->feed[1], "Second", 90),
		third = old_entry(w, w->feed[2], "Third", 85);

	fold_into(w->s, first, first, false);
	fold_into(w->s, second, first, false);
	fold_into(w->s, third, first, false);
	by_hand(w, "DELETE FROM fold");
	assert_int_equal(run(w, 0, 0), 1);
	assert_int_equal(recount(w, "SELECT count(*) FROM story"), 1);
	assert_int_equal(story_of(w, second).entries, 2);
	assert_int_equal(story_of(w, second).lead, second);
	assert_int_equal(story_of(w, second).unread, 2);
	assert_int_equal(row_of(w, third).story, second);
}

static void what_a_killed_refresh_left_folded_follows_its_story(void **state)
{
	struct world *w = *state;
	int64_t first = read_entry(w, "First", 95), second = old_entry(w, w->feed[1], "Second", 90),
		third = old_entry(w, w->feed[2], "Third", 85),
		other = old_entry(w, w->feed[1], "Other", 80);

	fold_into(w->s, first, first, false);
	fold_into(w->s, second, first, false);
	fold_into(w->s, third, first, false);
	fold_into(w->s, other, other, false);
	assert_int_equal(run(w, 0, 0), 1);
	assert_int_equal(recount(w, "SELECT count(*) FROM fold"), 3);
	assert_int_equal(recount(w, "SELECT count(*) FROM fold f JOIN entry e ON e.id = f.entry "
	                            "WHERE f.story <> e.story"), 0);
	assert_int_equal(row_of(w, other).story, other);
}

static void a_feed_unsubscribed_from_goes_after_thirty_days(void **state)
{
	struct world *w = *state;
	struct str left[1] = { text("http://b.example/") };
	int64_t star = old_entry(w, w->feed[0], "Star", 1);

	assert_ok(store_mark(w->s, &star, 1, ENTRY_STARRED, true, NULL, &e));
	assert_ok(store_feeds_sync(w->s, left, 1, NOW - 29 * DAY, NULL, &e));
	run_sliced(w->s, NULL, 0, NOW, 0, always, NULL);
	assert_true(is_there(w, star));
	run_sliced(w->s, NULL, 0, NOW + 2 * DAY, 0, always, NULL);
	assert_false(is_there(w, star));
	assert_int_equal(recount(w, "SELECT count(*) FROM feed"), 1);
	assert_int_equal(recount(w, "SELECT count(*) FROM member"), 0);
}

static void an_entry_of_two_feeds_stays_with_the_other(void **state)
{
	struct world *w = *state;
	struct entry_new n = entry(w->feed[0], "Both have it");
	struct str left[1] = { text("http://b.example/") };
	int64_t id = put(w->s, &n, NOW);

	fold_alone(w->s);
	n.feed = w->feed[1];
	assert_int_equal(put_result(w->s, &n, NOW), PUT_SECOND);
	assert_ok(store_feeds_sync(w->s, left, 1, NOW, NULL, &e));
	assert_int_equal(row_of(w, id).feed, w->feed[1]);
	assert_int_equal(feed_of(w, w->feed[1]).unread, 1);
	assert_int_equal(story_of(w, id).entries, 1);
	assert_int_equal(unread_total(w->s), 1);
}

static bool three_times(void *self)
{
	int *left = self;

	if (*left > 0)
		return (*left)-- > 0;
	*left = 3;
	return false;
}

static void a_run_that_is_interrupted_goes_on_where_it_was(void **state)
{
	struct world *w = *state;
	const struct keep_rule rule = { w->feed[0], KEEP_ALL, 250 };
	int left = 3;
	char title[16];

	for (int i = 0; i < 300; i++) {
		snprintf(title, sizeof title, "%d", i);
		read_entry(w, title, 99 - i / 10);
	}
	assert_int_equal(run_sliced(w->s, &rule, 1, NOW, 0, three_times, &left), 50);
	assert_int_equal(feed_of(w, w->feed[0]).entries, 250);
	assert_int_equal(recount(w, "SELECT min(CAST(title AS INTEGER)) FROM entry"), 50);
}

static void old_events_and_undo_steps_are_forgotten(void **state)
{
	struct world *w = *state;

	by_hand(w, "INSERT INTO event(at, act, entry) VALUES(1, 1, 1), (1699999999, 1, 1)");
	by_hand(w, "INSERT INTO undo(at, what) VALUES(1, 'a'), (1699999999, 'b')");
	by_hand(w, "INSERT INTO undo_row(step, n, what, id, mask, was) VALUES(1, 1, 1, 1, 1, 1),"
	           " (2, 1, 1, 1, 1, 1)");
	run(w, KEEP_ALL, KEEP_ALL);
	assert_int_equal(recount(w, "SELECT count(*) FROM event"), 1);
	assert_int_equal(recount(w, "SELECT count(*) FROM undo"), 1);
	assert_int_equal(recount(w, "SELECT count(*) FROM undo_row"), 1);
}

static void free_space_is_given_back(void **state)
{
	struct world *w = *state;
	char title[16], *body = mem_new(20001);

	for (int i = 0; i < 20000; i++)
		body[i] = (char)('!' + i * i % 91);
	assert_ok(store_begin(w->s, false, &e));
	for (int i = 0; i < 300; i++) {
		struct entry_new n = entry(w->feed[0], title);
		enum put_result result;
		int64_t id;

		snprintf(title, sizeof title, "%d", i);
		n.title = text(title);
		n.guid = text(title);
		body[0] = (char)i;
		n.html = (struct str){ body, 20000 };
		n.published = NOW - 90 * DAY;
		assert_ok(store_put_entry(w->s, &n, n.published, &result, &id, &e));
	}
	assert_ok(store_commit(w->s, &e));
	free(body);
	assert_int_equal(run(w, 0, 0), 300);
	assert_true(recount(w, "SELECT f.freelist_count * 10 <= p.page_count OR f.freelist_count <= 256"
	                       " FROM pragma_freelist_count f, pragma_page_count p"));
	assert_int_equal(recount(w, "SELECT count(*) FROM pragma_integrity_check WHERE "
	                            "integrity_check = 'ok'"), 1);
}

#define IN_MEMORY(f) cmocka_unit_test_setup_teardown(f, world_in_memory, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_MEMORY(what_is_past_the_age_goes_with_all_its_rows),
		IN_MEMORY(what_is_beyond_the_number_goes_oldest_first),
		IN_MEMORY(what_went_does_not_come_back),
		IN_MEMORY(starred_shown_and_recent_unread_ones_stay),
		IN_MEMORY(what_the_feed_still_lists_stays),
		IN_MEMORY(tombstones_go_when_they_are_old_and_not_listed),
		IN_MEMORY(a_story_is_called_after_its_oldest_that_is_left),
		IN_MEMORY(what_a_killed_refresh_left_folded_follows_its_story),
		IN_MEMORY(a_feed_unsubscribed_from_goes_after_thirty_days),
		IN_MEMORY(an_entry_of_two_feeds_stays_with_the_other),
		IN_MEMORY(a_run_that_is_interrupted_goes_on_where_it_was),
		IN_MEMORY(old_events_and_undo_steps_are_forgotten),
		IN_MEMORY(free_space_is_given_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
