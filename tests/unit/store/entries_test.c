#include "fixture.h"

static void a_new_entry_is_stored_and_found(void **state)
{
	struct world *w = *state;
	struct entry_new n = entry(w->feed[0], "Rain over the city");
	struct entry_row row;
	int64_t id;

	n.author = STR("A. Writer");
	n.published = NOW - HOUR;
	id = put(w->s, &n, NOW);
	row = row_of(w, id);
	assert_str(row.title, "Rain over the city");
	assert_str(row.author, "A. Writer");
	assert_true(str_eq(row.link, n.link));
	assert_int_equal(row.feed, w->feed[0]);
	assert_int_equal(row.time, NOW - HOUR);
	assert_int_equal(row.seen, NOW);
	assert_int_equal(row.published, NOW - HOUR);
	assert_true(row.updated == DATE_NONE);
	assert_int_equal(row.flags, 0);
	assert_int_equal(row.story, id);
}

static void ids_rise_in_the_order_of_arrival_and_are_not_used_twice(void **state)
{
	struct world *w = *state;
	int64_t first = put_titled(w->s, w->feed[0], "One", NOW), second, third;

	assert_ok(store_begin(w->s, false, &e));
	second = put_titled(w->s, w->feed[0], "Two", NOW);
	third = put_titled(w->s, w->feed[1], "Three", NOW);
	assert_ok(store_commit(w->s, &e));
	assert_true(first < second && second < third);
	assert_ok(store_begin(w->s, false, &e));
	assert_true(put_titled(w->s, w->feed[0], "Four", NOW) > third);
	assert_ok(store_commit(w->s, &e));
}

static void an_unchanged_entry_is_the_same_and_writes_nothing(void **state)
{
	struct world *w = *state;
	struct entry_new n = entry(w->feed[0], "Rain");
	uint64_t before;

	put(w->s, &n, NOW);
	assert_ok(store_begin(w->s, false, &e));
	before = store_counts(w->s).statements;
	assert_int_equal(put_result(w->s, &n, NOW + 60), PUT_SAME);
	assert_int_equal(store_counts(w->s).statements - before, 1);
	assert_ok(store_commit(w->s, &e));
	assert_int_equal(feed_of(w, w->feed[0]).entries, 1);
}

static void a_changed_entry_keeps_id_marks_story_and_place(void **state)
{
	struct world *w = *state;
	struct entry_new n = entry(w->feed[0], "Rain");
	struct buf body = buf_limited(1 << 20);
	struct entry_row row;
	int64_t id, again;

	n.guid = STR("tag:a,1");
	n.published = NOW - HOUR;
	n.html = STR("<p>old");
	id = put(w->s, &n, NOW);
	assert_ok(store_mark(w->s, &id, 1, ENTRY_READ, true, NULL, &e));
	n.title = STR("Heavy rain");
	n.published = NOW - 60;
	n.html = STR("<p>new");
	again = put(w->s, &n, NOW);
	assert_int_equal(again, id);
	row = row_of(w, id);
	assert_str(row.title, "Heavy rain");
	assert_int_equal(row.flags, ENTRY_READ);
	assert_int_equal(row.story, id);
	assert_int_equal(row.time, NOW - HOUR);
	assert_int_equal(row.published, NOW - 60);
	assert_ok(store_body(w->s, id, &body, &e));
	assert_str(buf_view(&body), "<p>new");
	assert_int_equal(feed_of(w, w->feed[0]).entries, 1);
	assert_int_equal(feed_of(w, w->feed[0]).ever, 1);
	buf_free(&body);
}

static void an_entry_that_lost_its_body_has_none(void **state)
{
	struct world *w = *state;
	struct entry_new n = entry(w->feed[0], "Rain");
	struct buf body = buf_limited(1 << 20);
	int64_t id;

	n.html = STR("<p>old");
	id = put(w->s, &n, NOW);
	n.html = STR("");
	assert_int_equal(put_result(w->s, &n, NOW), PUT_CHANGED);
	assert_ok(store_body(w->s, id, &body, &e));
	assert_int_equal(body.n, 0);
	buf_free(&body);
}

static void undated_entries_keep_the_order_of_their_document(void **state)
{
	struct world *w = *state;
	struct entry_new first = entry(w->feed[0], "First"), second = entry(w->feed[0], "Second");

	second.index = 1;
	assert_int_equal(row_of(w, put(w->s, &first, NOW)).time, NOW);
	assert_int_equal(row_of(w, put(w->s, &second, NOW)).time, NOW - 1);
}

static void an_entry_from_the_future_is_of_now(void **state)
{
	struct world *w = *state;
	struct entry_row row = row_of(w, put_titled(w->s, w->feed[0], "Tomorrow", NOW + 86400));

	assert_int_equal(row.time, NOW);
	assert_int_equal(row.published, NOW + 86400);
}

static void without_published_updated_is_its_time(void **state)
{
	struct world *w = *state;
	struct entry_new n = entry(w->feed[0], "Atom");

	n.updated = NOW - 500;
	assert_int_equal(row_of(w, put(w->s, &n, NOW)).time, NOW - 500);
}

/* Puts two entries of one feed that differ as told; says whether they were known as one. */
static bool are_one(struct world *w, struct entry_new a, struct entry_new b)
{
	int64_t id = put(w->s, &a, NOW), other = put(w->s, &b, NOW);

	return other == 0 || other == id;
}

static void an_entry_is_known_by_its_guid(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "Title"), b = entry(w->feed[0], "Another title");

	a.guid = b.guid = STR("tag:one");
	assert_true(are_one(w, a, b));
	b.guid = STR("tag:two");
	assert_false(are_one(w, a, b));
}

static void an_entry_without_guid_is_known_by_its_link(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "Title"), b = entry(w->feed[0], "Another title");

	b.link = a.link;
	assert_true(are_one(w, a, b));
}

static void scheme_and_tracking_do_not_make_another_entry(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "Title"), b = a;

	a.link = STR("http://a.example/story");
	b.link = STR("https://a.example/story?utm_source=rss");
	assert_true(are_one(w, a, b));
	a.guid = STR("http://a.example/?p=1");
	b.guid = STR("https://a.example/?p=1");
	assert_true(are_one(w, a, b));
}

static void fragments_tell_the_entries_of_a_change_log_apart(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "1.0"), b = entry(w->feed[0], "1.1");

	a.link = STR("http://a.example/changes#v1.0");
	b.link = STR("http://a.example/changes#v1.1");
	assert_false(are_one(w, a, b));
}

static void without_guid_and_link_title_and_date_name_an_entry(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "Notice"), b;

	a.link = STR("");
	a.published = NOW - 100;
	b = a;
	assert_true(are_one(w, a, b));
	b.published = NOW - 50;
	assert_false(are_one(w, a, b));
}

static void the_same_guid_in_two_feeds_is_two_entries(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "Title"), b = entry(w->feed[1], "Title");

	a.guid = b.guid = STR("1");
	assert_false(are_one(w, a, b));
}

static void the_same_link_and_title_in_two_feeds_is_one_entry(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "Title"), b = entry(w->feed[1], "Title");
	enum put_result result;
	int64_t id = put(w->s, &a, NOW), other;

	b.link = a.link;
	assert_ok(store_begin(w->s, false, &e));
	assert_ok(store_put_entry(w->s, &b, NOW + HOUR, &result, &other, &e));
	assert_ok(store_commit(w->s, &e));
	assert_int_equal(result, PUT_SECOND);
	assert_int_equal(other, id);
	assert_int_equal(put_result(w->s, &b, NOW + 2 * HOUR), PUT_SAME);
	assert_int_equal(feed_of(w, w->feed[1]).entries, 0);
	assert_int_equal(feed_of(w, w->feed[1]).ever, 1);
	assert_int_equal(recount(w, "SELECT count(*) FROM second"), 1);
	assert_int_equal(recount(w, "SELECT count(*) FROM member"), 2);
}

static void a_second_feed_does_not_change_the_entry(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "Title"), b = entry(w->feed[1], "Title");
	int64_t id = put(w->s, &a, NOW);

	b.link = a.link;
	put(w->s, &b, NOW);
	b.title = STR("Title, as the second feed has it now");
	assert_int_equal(put_result(w->s, &b, NOW), PUT_SAME);
	assert_str(row_of(w, id).title, "Title");
}

static void another_title_under_the_same_link_is_an_entry_of_its_own(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "Title"), b = entry(w->feed[1], "Another");

	put(w->s, &a, NOW);
	b.link = a.link;
	assert_int_equal(put_result(w->s, &b, NOW), PUT_NEW);
}

static void after_three_days_the_same_link_is_an_entry_of_its_own(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "Title"), b = entry(w->feed[1], "Title");

	put(w->s, &a, NOW);
	b.link = a.link;
	assert_int_equal(put_result(w->s, &b, NOW + 73 * HOUR), PUT_NEW);
}

static void copies_are_known_after_a_new_start(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "Folded"), b = entry(w->feed[0], "Unfolded");
	struct store *again;

	put(w->s, &a, NOW);
	fold_alone(w->s);
	put(w->s, &b, NOW);
	a.feed = b.feed = w->feed[1];
	again = world_connect(w, STORE_WRITE);
	assert_int_equal(put_result(again, &a, NOW), PUT_SECOND);
	assert_int_equal(put_result(again, &b, NOW), PUT_SECOND);
	store_close(again);
}

static void an_undone_batch_leaves_no_copies_behind(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "Title"), b = entry(w->feed[1], "Title");

	b.link = a.link;
	assert_ok(store_begin(w->s, false, &e));
	put(w->s, &a, NOW);
	store_rollback(w->s);
	assert_int_equal(put_result(w->s, &b, NOW), PUT_NEW);
	assert_int_equal(unread_total(w->s), 1);
}

static void a_deleted_entry_does_not_come_back(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "Title");
	int64_t id = put(w->s, &a, NOW);

	by_hand(w, "DELETE FROM entry");
	by_hand(w, "UPDATE member SET entry = NULL");
	assert_int_equal(put_result(w->s, &a, NOW), PUT_SAME);
	assert_true(put_titled(w->s, w->feed[0], "Another", NOW) > id);
}

static void there_is_no_entry_of_an_unknown_id(void **state)
{
	struct world *w = *state;
	struct entry_row row;
	int64_t highest;

	assert_err(ERR_NONESUCH, store_entry(w->s, 77, w->a, &row, &e));
	assert_ok(store_highest_id(w->s, &highest, &e));
	assert_int_equal(highest, 0);
	put_titled(w->s, w->feed[0], "One", NOW);
	assert_ok(store_highest_id(w->s, &highest, &e));
	assert_int_equal(highest, 1);
}

static void empty_strings_and_nul_bytes_are_kept(void **state)
{
	struct world *w = *state;
	struct entry_new n = entry(w->feed[0], "");
	struct entry_row row;

	n.title = (struct str){ NULL, 0 };
	n.author = (struct str){ "a\0b", 3 };
	row = row_of(w, put(w->s, &n, NOW));
	assert_non_null(row.title.p);
	assert_int_equal(row.title.n, 0);
	assert_int_equal(row.author.n, 3);
	assert_memory_equal(row.author.p, "a\0b", 3);
}

#define IN_MEMORY(test) cmocka_unit_test_setup_teardown(test, world_in_memory, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_MEMORY(a_new_entry_is_stored_and_found),
		IN_MEMORY(ids_rise_in_the_order_of_arrival_and_are_not_used_twice),
		IN_MEMORY(an_unchanged_entry_is_the_same_and_writes_nothing),
		IN_MEMORY(a_changed_entry_keeps_id_marks_story_and_place),
		IN_MEMORY(an_entry_that_lost_its_body_has_none),
		IN_MEMORY(undated_entries_keep_the_order_of_their_document),
		IN_MEMORY(an_entry_from_the_future_is_of_now),
		IN_MEMORY(without_published_updated_is_its_time),
		IN_MEMORY(an_entry_is_known_by_its_guid),
		IN_MEMORY(an_entry_without_guid_is_known_by_its_link),
		IN_MEMORY(scheme_and_tracking_do_not_make_another_entry),
		IN_MEMORY(fragments_tell_the_entries_of_a_change_log_apart),
		IN_MEMORY(without_guid_and_link_title_and_date_name_an_entry),
		IN_MEMORY(the_same_guid_in_two_feeds_is_two_entries),
		IN_MEMORY(the_same_link_and_title_in_two_feeds_is_one_entry),
		IN_MEMORY(a_second_feed_does_not_change_the_entry),
		IN_MEMORY(another_title_under_the_same_link_is_an_entry_of_its_own),
		IN_MEMORY(after_three_days_the_same_link_is_an_entry_of_its_own),
		IN_MEMORY(copies_are_known_after_a_new_start),
		IN_MEMORY(an_undone_batch_leaves_no_copies_behind),
		IN_MEMORY(a_deleted_entry_does_not_come_back),
		IN_MEMORY(there_is_no_entry_of_an_unknown_id),
		IN_MEMORY(empty_strings_and_nul_bytes_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
