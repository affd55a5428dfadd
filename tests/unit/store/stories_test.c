#include "fixture.h"

#define WINDOW_START (NOW - 72 * HOUR)

static struct fold_row *unfolded(struct world *w, size_t *n)
{
	return unfolded_rows(w->s, w->a, n);
}

static void entries_wait_to_be_folded_sorted_by_time_feed_and_guid(void **state)
{
	struct world *w = *state;
	struct fold_row *rows;
	size_t n;

	put_titled(w->s, w->feed[1], "Late", NOW);
	put_titled(w->s, w->feed[1], "Early, second feed", NOW - 60);
	put_titled(w->s, w->feed[0], "Early, first feed", NOW - 60);
	rows = unfolded(w, &n);
	assert_int_equal(n, 3);
	assert_str(rows[0].title, "Early, first feed");
	assert_str(rows[1].title, "Early, second feed");
	assert_str(rows[2].title, "Late");
	assert_int_equal(rows[2].seen, NOW);
	assert_int_equal(rows[2].story, rows[2].id);
	assert_int_equal(rows[2].terms.n, 0);
	assert_true(rows[2].link != 0);
}

/* Two stores with keys of their own, the same entries in opposite order of arrival. */
static void the_order_of_folding_is_the_same_on_every_machine(void **state)
{
	struct world *w = *state;
	struct store *other;
	struct fold_row *here, *there;
	size_t n, m;
	char title[16];

	assert_ok(store_open("memory:elsewhere", STORE_WRITE, &other, &e));
	assert_ok(store_feeds_sync(other, &STR("http://a.example/"), 1, NOW, NULL, &e));
	for (int i = 0; i < 40; i++) {
		snprintf(title, sizeof title, "Entry %d", i);
		put_titled(w->s, 1, title, NOW);
		snprintf(title, sizeof title, "Entry %d", 39 - i);
		put_titled(other, 1, title, NOW);
	}
	here = unfolded(w, &n);
	there = unfolded_rows(other, w->a, &m);
	assert_int_equal(n, 40);
	assert_int_equal(m, 40);
	for (size_t i = 0; i < n; i++)
		assert_true(str_eq(here[i].title, there[i].title));
	store_close(other);
}

static void rank_and_points_come_along(void **state)
{
	struct world *w = *state;
	struct entry_new a = entry(w->feed[0], "Ranked"), b = entry(w->feed[0], "Plain");
	struct fold_row *rows;
	size_t n;

	a.rank = 3;
	a.points = 120;
	a.published = NOW - 10;
	put(w->s, &a, NOW);
	put(w->s, &b, NOW);
	rows = unfolded(w, &n);
	assert_int_equal(rows[0].rank, 3);
	assert_int_equal(rows[0].points, 120);
	assert_int_equal(rows[1].rank, 0);
	assert_int_equal(rows[1].points, -1);
}

static void a_story_is_opened_and_joined(void **state)
{
	struct world *w = *state;
	int64_t lead = put_titled(w->s, w->feed[0], "One", NOW - 60),
		second = put_titled(w->s, w->feed[1], "One, again", NOW),
		third = put_titled(w->s, w->feed[1], "One, for the third time", NOW);
	struct story_row story;
	struct entry_row *rows;
	size_t n;

	fold_into(w->s, lead, lead, false);
	fold_into(w->s, second, lead, false);
	fold_into(w->s, third, lead, false);
	story = story_of(w, lead);
	assert_int_equal(story.entries, 3);
	assert_int_equal(story.feeds, 2);
	assert_int_equal(story.unread, 3);
	assert_int_equal(story.last, NOW);
	assert_int_equal(story.lead, lead);
	assert_ok(store_story_members(w->s, lead, w->a, &rows, &n, &e));
	assert_int_equal(n, 3);
	assert_int_equal(rows[0].id, lead);
	assert_int_equal(rows[1].id, second);
	assert_int_equal(rows[2].id, third);
	assert_int_equal(row_of(w, third).story, lead);
}

static void one_batch_counts_a_storys_feeds_once(void **state)
{
	struct world *w = *state;
	struct fold_row *rows;
	size_t n;

	for (int i = 0; i < 4; i++)
		put_titled(w->s, w->feed[i / 2], i % 2 ? "Same" : "Other", NOW - i);
	rows = unfolded(w, &n);
	assert_ok(store_begin(w->s, false, &e));
	for (size_t i = 0; i < n; i++)
		assert_ok(store_folded(w->s, &rows[i], rows[0].id, false, &e));
	assert_ok(store_commit(w->s, &e));
	assert_int_equal(story_of(w, rows[0].id).feeds, 2);
	assert_int_equal(story_of(w, rows[0].id).entries, 4);
}

static void a_story_may_have_an_opener_that_arrived_later(void **state)
{
	struct world *w = *state;
	int64_t first = put_titled(w->s, w->feed[0], "Arrived first", NOW),
		opener = put_titled(w->s, w->feed[1], "Older", NOW - 60);
	struct entry_row *rows;
	size_t n;

	fold_into(w->s, opener, opener, false);
	fold_into(w->s, first, opener, false);
	assert_ok(store_story_members(w->s, opener, w->a, &rows, &n, &e));
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].id, opener);
	assert_ok(store_story_members(w->s, first, w->a, &rows, &n, &e));
	assert_int_equal(n, 0);
}

static void folding_goes_on_after_being_killed_between_batches(void **state)
{
	struct world *w = *state;
	int64_t a = put_titled(w->s, w->feed[0], "One", NOW),
		b = put_titled(w->s, w->feed[1], "Two", NOW);
	struct fold_row *rows;
	size_t n;

	fold_into(w->s, a, a, false);
	rows = unfolded(w, &n);
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].id, b);
	assert_ok(store_fold_done(w->s, b, WINDOW_START, &e));
	unfolded(w, &n);
	assert_int_equal(n, 0);
}

struct kept {
	int n;
	struct fold_row row[8];
	char terms[8][16];
};

static void keep_row(void *self, const struct fold_row *r)
{
	struct kept *k = self;

	snprintf(k->terms[k->n], sizeof k->terms[0], "%.*s", (int)r->terms.n, r->terms.p);
	k->row[k->n++] = *r;
}

static void fold_with_terms(struct world *w, int64_t story, const char *terms)
{
	size_t n;
	struct fold_row *rows = unfolded(w, &n);

	assert_ok(store_begin(w->s, false, &e));
	for (size_t i = 0; i < n; i++) {
		rows[i].terms = text(terms);
		assert_ok(store_folded(w->s, &rows[i], story ? story : rows[i].id, false, &e));
	}
	assert_ok(store_commit(w->s, &e));
}

static void what_was_folded_is_given_back_while_it_is_in_the_window(void **state)
{
	struct world *w = *state;
	struct entry_new old = entry(w->feed[0], "Old"), fresh = entry(w->feed[1], "Fresh");
	struct kept kept = { 0 };
	struct buf terms = buf_limited(100);
	int64_t first = put(w->s, &old, NOW - 80 * HOUR), second;

	fold_with_terms(w, 0, "old terms");
	fresh.points = 7;
	second = put(w->s, &fresh, NOW);
	fold_with_terms(w, first, "fresh terms");
	assert_ok(store_fold_rows(w->s, WINDOW_START, keep_row, &kept, &e));
	assert_int_equal(kept.n, 1);
	assert_int_equal(kept.row[0].id, second);
	assert_int_equal(kept.row[0].story, first);
	assert_int_equal(kept.row[0].feed, w->feed[1]);
	assert_int_equal(kept.row[0].points, 7);
	assert_int_equal(kept.row[0].time, NOW);
	assert_string_equal(kept.terms[0], "fresh terms");
	assert_ok(store_fold_done(w->s, second, WINDOW_START, &e));
	assert_ok(store_entry_terms(w->s, second, &terms, &e));
	assert_str(buf_view(&terms), "fresh terms");
	buf_clear(&terms);
	assert_ok(store_entry_terms(w->s, first, &terms, &e));
	assert_int_equal(terms.n, 0);
	buf_free(&terms);
}

static void ranking_is_given_what_is_in_the_window(void **state)
{
	struct world *w = *state;
	struct entry_new old = entry(w->feed[0], "Old"), listed = entry(w->feed[1], "Listed"),
			 plain = entry(w->feed[0], "Plain");
	struct kept ranked = { 0 };
	int64_t first;

	old.rank = 2;
	put(w->s, &old, NOW - 80 * HOUR);
	listed.rank = 5;
	first = put(w->s, &listed, NOW - HOUR);
	put(w->s, &plain, NOW);
	fold_with_terms(w, 0, "terms");
	assert_ok(store_fold_ranked(w->s, WINDOW_START, keep_row, &ranked, &e));
	assert_int_equal(ranked.n, 2);
	assert_int_equal(ranked.row[0].id, first);
	assert_int_equal(ranked.row[0].feed, w->feed[1]);
	assert_int_equal(ranked.row[0].time, NOW - HOUR);
	assert_int_equal(ranked.row[0].story, first);
	assert_int_equal(ranked.row[0].rank, 5);
	assert_int_equal(ranked.row[1].rank, 0);
	assert_string_equal(ranked.terms[1], "terms");
}

static bool may_be_read(struct world *w, int64_t story)
{
	bool may = false;

	assert_ok(store_story_may_be_read(w->s, story, &may, &e));
	return may;
}

static void a_story_may_be_read_once_one_of_its_entries_is(void **state)
{
	struct world *w = *state;
	int64_t lead = put_titled(w->s, w->feed[0], "One", NOW - 60);
	struct fold_row *rows;
	size_t n;

	fold_into(w->s, lead, lead, false);
	put_titled(w->s, w->feed[1], "Two", NOW);
	put_titled(w->s, w->feed[1], "Three", NOW);
	rows = unfolded(w, &n);
	assert_int_equal(n, 2);
	assert_ok(store_begin(w->s, false, &e));
	assert_false(may_be_read(w, lead));
	assert_ok(store_folded(w->s, &rows[0], lead, false, &e));
	assert_false(may_be_read(w, lead));
	assert_ok(store_folded(w->s, &rows[1], lead, true, &e));
	assert_true(may_be_read(w, lead));
	assert_ok(store_commit(w->s, &e));
	assert_ok(store_begin(w->s, false, &e));
	assert_true(may_be_read(w, lead));
	assert_ok(store_commit(w->s, &e));
}

struct seen {
	int64_t id[16];
	int n;
};

static void see(void *self, const struct story_row *r)
{
	struct seen *seen = self;

	seen->id[seen->n++] = r->id;
}

static void stories_are_candidates_by_when_their_newest_entry_arrived(void **state)
{
	struct world *w = *state;
	struct entry_new archive = entry(w->feed[0], "From the archive"),
			 old = entry(w->feed[0], "Seen long ago");
	struct seen seen = { 0 };
	int64_t b, a;

	archive.published = NOW - 400 * 24 * HOUR;
	put(w->s, &old, NOW - 100 * HOUR);
	b = put_titled(w->s, w->feed[1], "Now", NOW);
	a = put(w->s, &archive, NOW);
	fold_alone(w->s);
	assert_ok(store_stories_since(w->s, WINDOW_START, see, &seen, &e));
	assert_int_equal(seen.n, 2);
	assert_int_equal(seen.id[0], b);
	assert_int_equal(seen.id[1], a);
}

static void a_late_member_makes_an_old_story_a_candidate(void **state)
{
	struct world *w = *state;
	struct entry_new old = entry(w->feed[0], "Seen long ago");
	struct seen seen = { 0 };
	int64_t story = put(w->s, &old, NOW - 100 * HOUR);

	fold_alone(w->s);
	fold_into(w->s, put_titled(w->s, w->feed[1], "Again", NOW), story, false);
	assert_ok(store_stories_since(w->s, WINDOW_START, see, &seen, &e));
	assert_int_equal(seen.n, 1);
	assert_int_equal(seen.id[0], story);
}

static void stories_without_living_feeds_are_no_candidates(void **state)
{
	struct world *w = *state;
	struct seen seen = { 0 };

	put_titled(w->s, w->feed[0], "One", NOW);
	fold_alone(w->s);
	assert_ok(store_feeds_sync(w->s, NULL, 0, NOW, NULL, &e));
	assert_ok(store_stories_since(w->s, WINDOW_START, see, &seen, &e));
	assert_int_equal(seen.n, 0);
}

static void new_stories_are_counted_once_each(void **state)
{
	struct world *w = *state;
	int64_t upto = put_titled(w->s, w->feed[0], "Known", NOW), a, b, read, n;

	a = put_titled(w->s, w->feed[0], "One", NOW);
	b = put_titled(w->s, w->feed[1], "One, again", NOW);
	read = put_titled(w->s, w->feed[2], "Read", NOW);
	fold_into(w->s, a, a, false);
	fold_into(w->s, b, a, false);
	assert_ok(store_mark(w->s, &read, 1, ENTRY_READ, true, NULL, &e));
	assert_ok(store_new_stories(w->s, upto, &n, &e));
	assert_int_equal(n, 1);
	assert_ok(store_new_stories(w->s, 0, &n, &e));
	assert_int_equal(n, 2);
	assert_ok(store_new_stories(w->s, read, &n, &e));
	assert_int_equal(n, 0);
}

static void there_is_no_story_of_an_unknown_id(void **state)
{
	struct world *w = *state;
	struct story_row row;

	assert_err(ERR_NONESUCH, store_story(w->s, 4711, &row, &e));
}

static void add_blob(void *self, struct str bytes)
{
	buf_add(self, bytes);
	buf_add_char(self, '|');
}

static void document_frequencies_are_all_then_additions(void **state)
{
	struct world *w = *state;
	struct buf all = buf_limited(1000);
	int64_t size;

	assert_ok(store_df_append(w->s, STR("one"), &e));
	assert_ok(store_df_append(w->s, STR(""), &e));
	assert_ok(store_df_append(w->s, STR("two!"), &e));
	assert_ok(store_df_additions_size(w->s, &size, &e));
	assert_int_equal(size, 7);
	assert_ok(store_df_replace(w->s, STR("everything"), &e));
	assert_ok(store_df_additions_size(w->s, &size, &e));
	assert_int_equal(size, 0);
	assert_ok(store_df_append(w->s, STR("three"), &e));
	assert_ok(store_df_load(w->s, add_blob, &all, &e));
	assert_str(buf_view(&all), "everything|three|");
	buf_free(&all);
}

#define IN_MEMORY(test) cmocka_unit_test_setup_teardown(test, world_in_memory, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_MEMORY(entries_wait_to_be_folded_sorted_by_time_feed_and_guid),
		IN_MEMORY(the_order_of_folding_is_the_same_on_every_machine),
		IN_MEMORY(rank_and_points_come_along),
		IN_MEMORY(a_story_is_opened_and_joined),
		IN_MEMORY(one_batch_counts_a_storys_feeds_once),
		IN_MEMORY(a_story_may_have_an_opener_that_arrived_later),
		IN_MEMORY(folding_goes_on_after_being_killed_between_batches),
		IN_MEMORY(what_was_folded_is_given_back_while_it_is_in_the_window),
		IN_MEMORY(ranking_is_given_what_is_in_the_window),
		IN_MEMORY(a_story_may_be_read_once_one_of_its_entries_is),
		IN_MEMORY(stories_are_candidates_by_when_their_newest_entry_arrived),
		IN_MEMORY(a_late_member_makes_an_old_story_a_candidate),
		IN_MEMORY(stories_without_living_feeds_are_no_candidates),
		IN_MEMORY(new_stories_are_counted_once_each),
		IN_MEMORY(there_is_no_story_of_an_unknown_id),
		IN_MEMORY(document_frequencies_are_all_then_additions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
