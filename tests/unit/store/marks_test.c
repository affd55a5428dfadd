#include "fixture.h"

static void mark(struct world *w, int64_t id, enum entry_flag flag, bool on)
{
	assert_ok(store_mark(w->s, &id, 1, flag, on, NULL, &e));
}

static void a_mark_is_seen_in_entry_feed_story_and_total(void **state)
{
	struct world *w = *state;
	int64_t id = put_titled(w->s, w->feed[0], "One", NOW);

	put_titled(w->s, w->feed[0], "Two", NOW);
	fold_alone(w->s);
	mark(w, id, ENTRY_READ, true);
	assert_int_equal(row_of(w, id).flags, ENTRY_READ);
	assert_int_equal(feed_of(w, w->feed[0]).unread, 1);
	assert_int_equal(story_of(w, id).unread, 0);
	assert_int_equal(unread_total(w->s), 1);
	mark(w, id, ENTRY_READ, false);
	assert_int_equal(story_of(w, id).unread, 1);
	assert_int_equal(unread_total(w->s), 2);
}

static void a_star_counts_for_its_feed(void **state)
{
	struct world *w = *state;
	int64_t id = put_titled(w->s, w->feed[0], "One", NOW), n;

	mark(w, id, ENTRY_STARRED, true);
	assert_int_equal(feed_of(w, w->feed[0]).starred, 1);
	assert_ok(store_list_count(w->s, LIST_STARRED, 0, &n, &e));
	assert_int_equal(n, 1);
	assert_int_equal(unread_total(w->s), 1);
	mark(w, id, ENTRY_STARRED, false);
	assert_int_equal(feed_of(w, w->feed[0]).starred, 0);
}

static void marking_twice_changes_once_and_says_so(void **state)
{
	struct world *w = *state;
	int64_t ids[3] = { put_titled(w->s, w->feed[0], "One", NOW), 0, 4711 };
	bool changed[3];

	ids[1] = ids[0];
	assert_ok(store_mark(w->s, ids, 3, ENTRY_READ, true, changed, &e));
	assert_true(changed[0]);
	assert_false(changed[1]);
	assert_false(changed[2]);
	assert_int_equal(unread_total(w->s), 0);
}

static void a_mark_before_folding_is_counted_by_folding(void **state)
{
	struct world *w = *state;
	int64_t id = put_titled(w->s, w->feed[0], "One", NOW);

	mark(w, id, ENTRY_READ, true);
	fold_alone(w->s);
	assert_int_equal(story_of(w, id).unread, 0);
	assert_int_equal(story_of(w, id).entries, 1);
}

static struct edition_row edition_row_of(struct world *w, int64_t edition, int64_t story)
{
	struct edition_row row;

	assert_ok(store_edition_row(w->s, edition, story, w->a, &row, &e));
	return row;
}

static void the_last_editions_row_follows_its_story(void **state)
{
	struct world *w = *state;
	int64_t lead = put_titled(w->s, w->feed[0], "One", NOW),
		more = put_titled(w->s, w->feed[1], "Again", NOW);
	struct edition first, last;

	fold_into(w->s, lead, lead, false);
	fold_into(w->s, more, lead, false);
	first = edition_of(w->s, &lead, 1, NOW);
	last = edition_of(w->s, &lead, 1, NOW + 60);
	mark(w, more, ENTRY_READ, true);
	assert_int_equal(edition_row_of(w, last.id, lead).unread, 1);
	assert_int_equal(edition_row_of(w, last.id, lead).flags, 0);
	mark(w, lead, ENTRY_READ, true);
	assert_int_equal(edition_row_of(w, last.id, lead).unread, 0);
	assert_int_equal(edition_row_of(w, last.id, lead).flags, ENTRY_READ);
	assert_int_equal(edition_row_of(w, first.id, lead).unread, 2);
	mark(w, lead, ENTRY_READ, false);
	assert_int_equal(edition_row_of(w, last.id, lead).flags, 0);
}

static void a_row_is_starred_when_its_lead_is(void **state)
{
	struct world *w = *state;
	int64_t lead = put_titled(w->s, w->feed[0], "One", NOW),
		more = put_titled(w->s, w->feed[1], "Again", NOW);
	struct edition ed;

	fold_into(w->s, lead, lead, false);
	fold_into(w->s, more, lead, false);
	ed = edition_of(w->s, &lead, 1, NOW);
	mark(w, more, ENTRY_STARRED, true);
	assert_int_equal(edition_row_of(w, ed.id, lead).flags, 0);
	mark(w, lead, ENTRY_STARRED, true);
	assert_int_equal(edition_row_of(w, ed.id, lead).flags, ENTRY_STARRED);
	mark(w, lead, ENTRY_STARRED, false);
	assert_int_equal(edition_row_of(w, ed.id, lead).flags, 0);
}

static void reading_a_story_forgets_what_was_new_in_it(void **state)
{
	struct world *w = *state;
	int64_t id = put_titled(w->s, w->feed[0], "One", NOW);
	struct edition ed = { .made = NOW };
	struct edition_row row = {
		.story = id, .entry = id, .unread = 1, .fresh = 2, .title = STR("One")
	};

	fold_alone(w->s);
	assert_ok(store_edition_put(w->s, &ed, &row, 1, &e));
	mark(w, id, ENTRY_STARRED, true);
	assert_int_equal(edition_row_of(w, ed.id, id).fresh, 2);
	mark(w, id, ENTRY_READ, true);
	assert_int_equal(edition_row_of(w, ed.id, id).fresh, 0);
}

static void a_list_is_marked_read_up_to_what_was_seen(void **state)
{
	struct world *w = *state;
	int64_t seen, n, last;

	put_titled(w->s, w->feed[0], "One", NOW);
	put_titled(w->s, w->feed[1], "Two", NOW);
	seen = put_titled(w->s, w->feed[0], "Three", NOW);
	last = put_titled(w->s, w->feed[0], "Four", NOW);
	assert_ok(store_mark_list_read(w->s, LIST_FEED, w->feed[0], seen, &n, &e));
	assert_int_equal(n, 2);
	assert_int_equal(feed_of(w, w->feed[1]).unread, 1);
	assert_ok(store_mark_list_read(w->s, LIST_LATEST, 0, last, &n, &e));
	assert_int_equal(n, 2);
	assert_int_equal(unread_total(w->s), 0);
}

static void starred_entries_are_marked_read_as_a_list(void **state)
{
	struct world *w = *state;
	int64_t id = put_titled(w->s, w->feed[0], "One", NOW),
		other = put_titled(w->s, w->feed[0], "Two", NOW), n;

	mark(w, id, ENTRY_STARRED, true);
	assert_ok(store_mark_list_read(w->s, LIST_STARRED, 0, other, &n, &e));
	assert_int_equal(n, 1);
	assert_int_equal(row_of(w, id).flags, ENTRY_READ | ENTRY_STARRED);
	assert_int_equal(row_of(w, other).flags, 0);
}

static void an_exact_copy_of_a_read_entry_arrives_read(void **state)
{
	struct world *w = *state;
	int64_t id = put_titled(w->s, w->feed[0], "One", NOW), copy;

	fold_alone(w->s);
	mark(w, id, ENTRY_READ, true);
	copy = put_titled(w->s, w->feed[1], "One", NOW);
	fold_into(w->s, copy, id, true);
	assert_int_equal(row_of(w, copy).flags, ENTRY_READ);
	assert_int_equal(feed_of(w, w->feed[1]).unread, 0);
	assert_int_equal(story_of(w, id).unread, 0);
	assert_int_equal(story_of(w, id).feeds, 2);
	assert_int_equal(unread_total(w->s), 0);
}

static void marks_in_an_undone_batch_never_were(void **state)
{
	struct world *w = *state;
	int64_t id = put_titled(w->s, w->feed[0], "One", NOW);

	assert_ok(store_begin(w->s, true, &e));
	mark(w, id, ENTRY_READ, true);
	store_rollback(w->s);
	assert_int_equal(row_of(w, id).flags, 0);
	assert_int_equal(unread_total(w->s), 1);
}

/* -- counters against a recount
 * ------------------------------------------------------------------ */

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void put_some(struct world *w, uint32_t *seed)
{
	char title[32];

	for (int i = 0; i < 5; i++) {
		struct entry_new n;

		snprintf(title, sizeof title, "Title %u", (unsigned)(next_random(seed) % 400));
		n = entry(w->feed[next_random(seed) % 8], title);
		n.published = NOW - next_random(seed) % 9000;
		n.points = next_random(seed) % 2 ? (int)(next_random(seed) % 100) : -1;
		put(w->s, &n, NOW);
	}
}

/* Folds what is unfolded into stories by the title's last digit. */
static void fold_some(struct world *w, uint32_t *seed)
{
	struct fold_row *rows;
	size_t n;
	int64_t story;

	rows = unfolded_rows(w->s, w->a, &n);
	for (size_t i = 0; i < n; i++) {
		story = recount(
			w, "SELECT coalesce((SELECT id FROM story ORDER BY id DESC LIMIT 1), 0)");
		if (story == 0 || next_random(seed) % 3 == 0)
			story = rows[i].id;
		if (next_random(seed) % 4 == 0)
			rows[i].filler = text("advert-x");
		assert_ok(store_folded(w->s, &rows[i], story, next_random(seed) % 8 == 0, &e));
		assert_ok(store_story(w->s, story, &(struct story_row){ 0 }, &e));
	}
}

static void mark_some(struct world *w, uint32_t *seed)
{
	int64_t highest, ids[6], n;

	assert_ok(store_highest_id(w->s, &highest, &e));
	for (int i = 0; i < 6; i++)
		ids[i] = 1 + next_random(seed) % (highest + 1);
	assert_ok(store_mark(w->s, ids, 6, 1u << next_random(seed) % 3, next_random(seed) % 2,
	                     NULL, &e));
	if (next_random(seed) % 30 == 0)
		assert_ok(store_mark_list_read(w->s, LIST_FEED, w->feed[next_random(seed) % 8],
		                               highest, &n, &e));
}

/* Seven of the eight feeds, another one missing each time. */
static void drop_a_feed(struct world *w, uint32_t *seed)
{
	struct str urls[8];
	char names[8][32];
	int n = 0, gone = (int)(next_random(seed) % 9);

	for (int i = 0; i < 8; i++) {
		snprintf(names[i], sizeof names[i], "http://%c.example/", 'a' + i);
		if (i != gone)
			urls[n++] = text(names[i]);
	}
	assert_ok(store_feeds_sync(w->s, urls, (size_t)n, NOW, NULL, &e));
}

static void assert_none(struct world *w, const char *sql)
{
	int64_t n = recount(w, sql);

	if (n != 0)
		fail_msg("%d: %s", (int)n, sql);
}

static void assert_counters_are_right(struct world *w)
{
	assert_none(
		w,
		"SELECT count(*) FROM feed_count c WHERE entries <> (SELECT count(*) FROM entry "
		"WHERE feed = c.feed)");
	assert_none(
		w,
		"SELECT count(*) FROM feed_count c WHERE unread <> (SELECT count(*) FROM entry "
		"WHERE feed = c.feed"
		" AND (flags & 1) = 0)");
	assert_none(
		w,
		"SELECT count(*) FROM feed_count c WHERE starred <> (SELECT count(*) FROM entry "
		"WHERE feed = c.feed"
		" AND (flags & 2) <> 0)");
	assert_none(
		w,
		"SELECT count(*) FROM feed_count c WHERE filler <> (SELECT count(*) FROM entry "
		"WHERE feed = c.feed AND (flags & 4) <> 0)");
	assert_none(
		w,
		"SELECT count(*) FROM story s WHERE filler <> (SELECT count(*) FROM entry e, "
		"feed f WHERE e.story = s.id AND (e.flags & 4) <> 0 AND f.id = e.feed "
		"AND f.gone IS NULL)");
	assert_none(w, "SELECT count(*) FROM entry WHERE (flags & 4) <> 0 AND id NOT IN (SELECT "
		       "entry FROM filler)");
	assert_none(
		w,
		"SELECT count(*) FROM feed_count c WHERE ever <> (SELECT count(*) FROM member "
		"WHERE feed = c.feed)");
	assert_none(
		w,
		"SELECT count(*) FROM story s WHERE entries <> (SELECT count(*) FROM entry e, "
		"feed f WHERE"
		" e.story = s.id AND f.id = e.feed AND f.gone IS NULL)");
	assert_none(
		w,
		"SELECT count(*) FROM story s WHERE unread <> (SELECT count(*) FROM entry e, "
		"feed f WHERE"
		" e.story = s.id AND (e.flags & 1) = 0 AND f.id = e.feed AND f.gone IS NULL)");
	assert_none(
		w,
		"SELECT count(*) FROM story s WHERE feeds <> (SELECT count(DISTINCT e.feed) "
		"FROM entry e, feed f WHERE"
		" e.story = s.id AND f.id = e.feed AND f.gone IS NULL)");
	assert_none(
		w,
		"SELECT count(*) FROM entry WHERE id NOT IN (SELECT entry FROM member WHERE "
		"entry IS NOT NULL)");
}

static void counters_equal_a_recount_after_anything(void **state)
{
	struct world *w = *state;
	uint32_t seed = 20261124;

	for (int round = 0; round < 150; round++) {
		assert_ok(store_begin(w->s, false, &e));
		put_some(w, &seed);
		if (next_random(&seed) % 2)
			mark_some(w, &seed);
		if (next_random(&seed) % 3)
			fold_some(w, &seed);
		if (next_random(&seed) % 2)
			mark_some(w, &seed);
		if (next_random(&seed) % 10 == 0)
			drop_a_feed(w, &seed);
		if (next_random(&seed) % 5 == 0)
			store_rollback(w->s);
		else
			assert_ok(store_commit(w->s, &e));
		assert_counters_are_right(w);
	}
}

#define IN_MEMORY(test) cmocka_unit_test_setup_teardown(test, world_in_memory, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_MEMORY(a_mark_is_seen_in_entry_feed_story_and_total),
		IN_MEMORY(a_star_counts_for_its_feed),
		IN_MEMORY(marking_twice_changes_once_and_says_so),
		IN_MEMORY(a_mark_before_folding_is_counted_by_folding),
		IN_MEMORY(the_last_editions_row_follows_its_story),
		IN_MEMORY(a_row_is_starred_when_its_lead_is),
		IN_MEMORY(reading_a_story_forgets_what_was_new_in_it),
		IN_MEMORY(a_list_is_marked_read_up_to_what_was_seen),
		IN_MEMORY(starred_entries_are_marked_read_as_a_list),
		IN_MEMORY(an_exact_copy_of_a_read_entry_arrives_read),
		IN_MEMORY(marks_in_an_undone_batch_never_were),
		IN_MEMORY(counters_equal_a_recount_after_anything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
