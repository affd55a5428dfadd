#include "fixture.h"

static void rows_follow_the_feeds_file(void **state)
{
	struct world *w = *state;
	const struct str urls[] = { STR("http://new.example/"), STR("http://c.example/") };
	struct feed_row *rows;
	int64_t ids[2];
	size_t n;

	assert_ok(store_feeds_sync(w->s, urls, 2, NOW + 5, ids, &e));
	assert_int_equal(ids[1], w->feed[2]);
	assert_ok(store_feeds(w->s, false, w->a, &rows, &n, &e));
	assert_int_equal(n, 2);
	assert_str(rows[0].url, "http://c.example/");
	assert_int_equal(rows[0].added, NOW);
	assert_str(rows[1].url, "http://new.example/");
	assert_int_equal(rows[1].added, NOW + 5);
	assert_int_equal(rows[1].id, ids[0]);
}

static void a_feed_that_comes_back_keeps_its_row(void **state)
{
	struct world *w = *state;
	const struct str url = STR("http://b.example/");
	int64_t id;

	put_titled(w->s, w->feed[1], "One", NOW);
	assert_ok(store_feeds_sync(w->s, NULL, 0, NOW, NULL, &e));
	assert_ok(store_feeds_sync(w->s, &url, 1, NOW, &id, &e));
	assert_int_equal(id, w->feed[1]);
	assert_int_equal(feed_of(w, id).entries, 1);
}

static void the_same_address_twice_is_one_row(void **state)
{
	struct world *w = *state;
	const struct str urls[] = { STR("http://x.example/"), STR("http://x.example/") };
	int64_t ids[2];

	assert_ok(store_feeds_sync(w->s, urls, 2, NOW, ids, &e));
	assert_int_equal(ids[0], ids[1]);
}

static void stories_do_without_a_feed_that_is_gone(void **state)
{
	struct world *w = *state;
	const struct str only_a = STR("http://a.example/");
	const struct str both[] = { STR("http://a.example/"), STR("http://b.example/") };
	int64_t lead = put_titled(w->s, w->feed[0], "One", NOW),
		more = put_titled(w->s, w->feed[1], "One again", NOW);
	struct entry_row *rows;
	size_t n;

	fold_into(w->s, lead, lead, false);
	fold_into(w->s, more, lead, false);
	assert_int_equal(story_of(w, lead).feeds, 2);
	assert_ok(store_feeds_sync(w->s, &only_a, 1, NOW, NULL, &e));
	assert_int_equal(story_of(w, lead).feeds, 1);
	assert_int_equal(story_of(w, lead).unread, 1);
	assert_ok(store_story_members(w->s, lead, w->a, &rows, &n, &e));
	assert_int_equal(n, 1);
	assert_ok(store_feeds_sync(w->s, both, 2, NOW, NULL, &e));
	assert_int_equal(story_of(w, lead).feeds, 2);
	assert_int_equal(story_of(w, lead).entries, 2);
}

static void a_fresh_feed_was_never_asked(void **state)
{
	struct world *w = *state;
	struct feed_row f = feed_of(w, w->feed[0]);

	assert_int_equal(f.checked, 0);
	assert_int_equal(f.ok, 0);
	assert_int_equal(f.state, FEED_OK);
	assert_int_equal(f.asked, 0);
	assert_str(f.title, "");
	assert_str(f.error, "");
	assert_str(f.moved, "");
	assert_int_equal(f.last, 0);
	assert_int_equal(f.recent, 0);
}

static struct feed_visit whole_document(int64_t feed, int64_t now)
{
	return (struct feed_visit){
		.feed = feed,
		.now = now,
		.next = now + HOUR,
		.complete = true,
		.etag = STR("\"e1\""),
		.modified = STR("Mon"),
		.address = STR("http://a.example/feed"),
		.body_hash = ~(uint64_t)1,
		.title = STR("City"),
		.site = STR("http://a.example/"),
		.format = STR("rss"),
		.bytes = 1234,
		.fresh = 3,
	};
}

static void a_visit_is_remembered(void **state)
{
	struct world *w = *state;
	struct feed_visit v = whole_document(w->feed[0], NOW);
	struct feed_validators *d;
	struct feed_row f;
	size_t n;

	assert_ok(store_feed_visited(w->s, &v, &e));
	f = feed_of(w, w->feed[0]);
	assert_str(f.title, "City");
	assert_str(f.site, "http://a.example/");
	assert_str(f.format, "rss");
	assert_int_equal(f.checked, NOW);
	assert_int_equal(f.next, NOW + HOUR);
	assert_int_equal(f.ok, NOW);
	assert_int_equal(f.fresh, NOW);
	assert_int_equal(f.bytes, 1234);
	assert_int_equal(f.asked, 1);
	assert_int_equal(f.same, 0);
	assert_ok(store_validators(w->s, w->a, &d, &n, &e));
	assert_int_equal(n, 1);
	assert_int_equal(d[0].feed, w->feed[0]);
	assert_str(d[0].etag, "\"e1\"");
	assert_str(d[0].modified, "Mon");
	assert_str(d[0].address, "http://a.example/feed");
	assert_true(d[0].body_hash == ~(uint64_t)1);
}

static void an_unchanged_feed_touches_only_its_visit(void **state)
{
	struct world *w = *state;
	struct feed_visit v = whole_document(w->feed[0], NOW),
			  same = { .feed = w->feed[0], .now = NOW + HOUR, .unchanged = true };
	uint64_t before;

	assert_ok(store_feed_visited(w->s, &v, &e));
	assert_ok(store_begin(w->s, false, &e));
	before = store_counts(w->s).statements;
	assert_ok(store_feed_visited(w->s, &same, &e));
	assert_int_equal(store_counts(w->s).statements - before, 4); /* one of them writes */
	assert_ok(store_commit(w->s, &e));
	assert_int_equal(feed_of(w, w->feed[0]).ok, NOW + HOUR);
	assert_int_equal(feed_of(w, w->feed[0]).same, 1);
	assert_int_equal(feed_of(w, w->feed[0]).bytes, 1234);
	assert_int_equal(feed_of(w, w->feed[0]).fresh, NOW);
}

static struct feed_visit failure(int64_t feed, int64_t now, const char *sentence)
{
	return (struct feed_visit){ .feed = feed,
		                     .now = now,
		                     .next = now + 600,
		                     .failed = true,
		                     .state = FEED_FAILING,
		                     .error = text(sentence) };
}

static void failures_are_counted_until_it_is_well_again(void **state)
{
	struct world *w = *state;
	struct feed_visit v = whole_document(w->feed[0], NOW),
			  first = failure(w->feed[0], NOW + 60, "connection refused"),
			  second = failure(w->feed[0], NOW + 120, "no such host"),
			  healed = { .feed = w->feed[0], .now = NOW + 180, .unchanged = true };
	struct feed_row f;

	assert_ok(store_feed_visited(w->s, &v, &e));
	assert_ok(store_feed_visited(w->s, &first, &e));
	assert_ok(store_feed_visited(w->s, &second, &e));
	f = feed_of(w, w->feed[0]);
	assert_int_equal(f.state, FEED_FAILING);
	assert_int_equal(f.failures, 2);
	assert_int_equal(f.ok, NOW);
	assert_int_equal(f.error_at, NOW + 120);
	assert_str(f.error, "no such host");
	assert_ok(store_feed_visited(w->s, &healed, &e));
	f = feed_of(w, w->feed[0]);
	assert_int_equal(f.state, FEED_OK);
	assert_int_equal(f.failures, 0);
	assert_int_equal(f.ok, NOW + 180);
	assert_str(f.error, "");
}

static void feeds_and_those_that_fail_are_counted(void **state)
{
	struct world *w = *state;
	const struct str one = STR("http://a.example/");
	struct feed_visit v = failure(w->feed[1], NOW, "connection refused");
	int feeds, failing;

	assert_ok(store_feed_visited(w->s, &v, &e));
	assert_ok(store_feeds_count(w->s, &feeds, &failing, &e));
	assert_int_equal(feeds, sizeof w->feed / sizeof *w->feed);
	assert_int_equal(failing, 1);
	assert_ok(store_feeds_sync(w->s, &one, 1, NOW, NULL, &e)); /* the failing one is gone */
	assert_ok(store_feeds_count(w->s, &feeds, &failing, &e));
	assert_int_equal(feeds, 1);
	assert_int_equal(failing, 0);
}

static void a_failed_visit_keeps_validators_and_title(void **state)
{
	struct world *w = *state;
	struct feed_visit v = whole_document(w->feed[0], NOW),
			  bad = failure(w->feed[0], NOW + 60, "cut off");
	struct feed_validators *d;
	size_t n;

	bad.complete = true;
	bad.etag = STR("wrong");
	bad.title = STR("Wrong");
	assert_ok(store_feed_visited(w->s, &v, &e));
	assert_ok(store_feed_visited(w->s, &bad, &e));
	assert_ok(store_validators(w->s, w->a, &d, &n, &e));
	assert_str(d[0].etag, "\"e1\"");
	assert_str(feed_of(w, w->feed[0]).title, "City");
}

static void a_null_string_leaves_what_is_there(void **state)
{
	struct world *w = *state;
	struct feed_visit v = whole_document(w->feed[0], NOW);
	struct feed_validators *d;
	size_t n;

	assert_ok(store_feed_visited(w->s, &v, &e));
	v.title = v.modified = (struct str){ NULL, 0 };
	v.site = v.etag = STR("");
	assert_ok(store_feed_visited(w->s, &v, &e));
	assert_str(feed_of(w, w->feed[0]).title, "City");
	assert_str(feed_of(w, w->feed[0]).site, "");
	assert_ok(store_validators(w->s, w->a, &d, &n, &e));
	assert_str(d[0].modified, "Mon");
	assert_str(d[0].etag, "");
}

static void an_incomplete_answer_stores_no_validators(void **state)
{
	struct world *w = *state;
	struct feed_visit v = whole_document(w->feed[0], NOW);
	struct feed_validators *d;
	size_t n;

	v.complete = false;
	v.cut = true;
	assert_ok(store_feed_visited(w->s, &v, &e));
	assert_ok(store_validators(w->s, w->a, &d, &n, &e));
	assert_int_equal(n, 0);
	assert_true(feed_of(w, w->feed[0]).cut);
}

static void visit_moved(struct world *w, int64_t now, const char *to)
{
	struct feed_visit v = { .feed = w->feed[0], .now = now, .unchanged = true,
		                .moved = text(to) };

	assert_ok(store_feed_visited(w->s, &v, &e));
}

static void a_new_address_is_offered_after_three_times_over_a_day(void **state)
{
	struct world *w = *state;
	struct feed_visit v = whole_document(w->feed[0], NOW);

	assert_ok(store_feed_visited(w->s, &v, &e));
	visit_moved(w, NOW, "https://new.example/feed");
	visit_moved(w, NOW + HOUR, "https://new.example/feed");
	visit_moved(w, NOW + 2 * HOUR, "https://new.example/feed");
	assert_str(feed_of(w, w->feed[0]).moved, "");
	assert_int_equal(feed_of(w, w->feed[0]).state, FEED_OK);
	visit_moved(w, NOW + 25 * HOUR, "https://new.example/feed");
	assert_str(feed_of(w, w->feed[0]).moved, "https://new.example/feed");
	assert_int_equal(feed_of(w, w->feed[0]).state, FEED_MOVED);
	visit_moved(w, NOW + 26 * HOUR, "https://other.example/feed");
	assert_str(feed_of(w, w->feed[0]).moved, "");
}

static void a_redirect_that_went_is_forgotten(void **state)
{
	struct world *w = *state;
	struct feed_visit v = whole_document(w->feed[0], NOW);

	assert_ok(store_feed_visited(w->s, &v, &e));
	for (int i = 0; i < 4; i++)
		visit_moved(w, NOW + i * 12 * HOUR, "https://new.example/feed");
	assert_int_equal(feed_of(w, w->feed[0]).state, FEED_MOVED);
	visit_moved(w, NOW + 49 * HOUR, "");
	assert_str(feed_of(w, w->feed[0]).moved, "");
}

static void a_feed_takes_its_entries_to_its_new_address(void **state)
{
	struct world *w = *state;
	struct feed_visit v = whole_document(w->feed[0], NOW);
	struct feed_validators *d;
	size_t n;

	put_titled(w->s, w->feed[0], "Here before", NOW);
	assert_ok(store_feed_visited(w->s, &v, &e));
	assert_ok(store_feed_moved(w->s, w->feed[0], STR("https://new.example/feed"), &e));
	assert_str(feed_of(w, w->feed[0]).url, "https://new.example/feed");
	assert_int_equal(feed_of(w, w->feed[0]).entries, 1);
	assert_ok(store_validators(w->s, w->a, &d, &n, &e));
	assert_int_equal(n, 0);
}

static void a_claimed_feed_is_not_taken_twice(void **state)
{
	struct world *w = *state;
	struct store *other = world_connect(w, STORE_WRITE);
	int64_t ids[3] = { w->feed[0], w->feed[1], 4711 };
	bool taken[3];

	assert_ok(store_claim(w->s, ids, 1, NOW, 60, taken, &e));
	assert_true(taken[0]);
	assert_ok(store_claim(other, ids, 3, NOW + 30, 60, taken, &e));
	assert_false(taken[0]);
	assert_true(taken[1]);
	assert_false(taken[2]);
	assert_ok(store_claim(other, ids, 1, NOW + 60, 60, taken, &e));
	assert_true(taken[0]);
	assert_ok(store_release(other, ids, 2, &e));
	assert_ok(store_claim(w->s, ids, 2, NOW + 61, 60, taken, &e));
	assert_true(taken[0] && taken[1]);
	store_close(other);
}

static void a_visit_gives_the_claim_back(void **state)
{
	struct world *w = *state;
	struct feed_visit v = { .feed = w->feed[0], .now = NOW, .unchanged = true };
	bool taken;

	assert_ok(store_claim(w->s, w->feed, 1, NOW, 600, &taken, &e));
	assert_ok(store_feed_visited(w->s, &v, &e));
	assert_ok(store_claim(w->s, w->feed, 1, NOW + 1, 600, &taken, &e));
	assert_true(taken);
}

static void the_newest_ten_tell_a_feeds_pace(void **state)
{
	struct world *w = *state;
	struct feed_row *rows;
	char title[16];
	size_t n;

	for (int i = 0; i < 14; i++) {
		snprintf(title, sizeof title, "Entry %d", i);
		put_titled(w->s, w->feed[0], title, NOW - i * 100);
	}
	put_titled(w->s, w->feed[1], "Alone", NOW - 7);
	assert_ok(store_feeds(w->s, true, w->a, &rows, &n, &e));
	assert_int_equal(n, 8);
	assert_int_equal(rows[0].last, NOW);
	assert_int_equal(rows[0].recent, 10);
	assert_int_equal(rows[0].recent_since, NOW - 900);
	assert_int_equal(rows[1].last, NOW - 7);
	assert_int_equal(rows[1].recent, 1);
	assert_int_equal(rows[2].recent, 0);
	assert_ok(store_feeds(w->s, false, w->a, &rows, &n, &e));
	assert_int_equal(rows[0].last, 0);
}

static void there_is_no_feed_of_an_unknown_id(void **state)
{
	struct world *w = *state;
	struct feed_row f;

	assert_err(ERR_NONESUCH, store_feed(w->s, 4711, w->a, &f, &e));
}

static void states_have_names(void **state)
{
	(void)state;
	assert_string_equal(feed_state_name(FEED_OK), "ok");
	assert_string_equal(feed_state_name(FEED_QUIET), "quiet");
	assert_string_equal(feed_state_name((enum feed_state)99), "unknown");
	for (int i = FEED_OK; i <= FEED_QUIET; i++)
		assert_non_null(feed_state_name((enum feed_state)i));
}

#define IN_MEMORY(test) cmocka_unit_test_setup_teardown(test, world_in_memory, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_MEMORY(rows_follow_the_feeds_file),
		IN_MEMORY(a_feed_that_comes_back_keeps_its_row),
		IN_MEMORY(the_same_address_twice_is_one_row),
		IN_MEMORY(stories_do_without_a_feed_that_is_gone),
		IN_MEMORY(a_fresh_feed_was_never_asked),
		IN_MEMORY(a_visit_is_remembered),
		IN_MEMORY(an_unchanged_feed_touches_only_its_visit),
		IN_MEMORY(failures_are_counted_until_it_is_well_again),
		IN_MEMORY(feeds_and_those_that_fail_are_counted),
		IN_MEMORY(a_failed_visit_keeps_validators_and_title),
		IN_MEMORY(a_null_string_leaves_what_is_there),
		IN_MEMORY(an_incomplete_answer_stores_no_validators),
		IN_MEMORY(a_new_address_is_offered_after_three_times_over_a_day),
		IN_MEMORY(a_redirect_that_went_is_forgotten),
		IN_MEMORY(a_feed_takes_its_entries_to_its_new_address),
		IN_MEMORY(a_claimed_feed_is_not_taken_twice),
		IN_MEMORY(a_visit_gives_the_claim_back),
		IN_MEMORY(the_newest_ten_tell_a_feeds_pace),
		IN_MEMORY(there_is_no_feed_of_an_unknown_id),
		cmocka_unit_test(states_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
