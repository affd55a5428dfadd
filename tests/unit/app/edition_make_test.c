#include "scene.h"

#include <stdio.h>
#include <string.h>

#include "../../../src/app/folding.h"

#define OPEN "memory:edition_make_test"

static int opened(void **state)
{
	static struct scene s;

	scene_open(&s, OPEN);
	*state = &s;
	return 0;
}

static int closed(void **state)
{
	scene_close(*state);
	return 0;
}

/* ---- what stands in an edition ---- */

static void nothing_cached_makes_no_edition(void **state)
{
	struct scene *s = *state;
	struct edition last;

	assert_int_equal(scene_edition(s, 0), 0);
	assert_int_equal(store_edition_last(s->store, &last, NULL), ERR_NONESUCH);
}

static void newer_stories_stand_above_older_ones(void **state)
{
	struct scene *s = *state;
	struct made_edition m;

	scene_add(s, 0, "Tea dearer for the third spring", 20 * HOUR);
	scene_add(s, 1, "Night train returns in June", 2 * HOUR);
	scene_add(s, 2, "Seed banks open fifteen stations", 9 * HOUR);
	m = scene_make(s, 0);
	assert_int_equal(m.n, 3);
	assert_int_equal(m.head.rows, 3);
	assert_text(m.rows[0].title, "Night train returns in June");
	assert_text(m.rows[0].source, "City News");
	assert_text(m.rows[2].title, "Tea dearer for the third spring");
	for (int i = 0; i < 3; i++)
		assert_int_equal(m.rows[i].rank, i + 1);
}

static void entries_that_tell_one_story_share_a_row(void **state)
{
	struct scene *s = *state;
	struct made_edition m;
	int64_t first = scene_add(s, 0, "Bridge over the north channel reopens after two years",
				  3 * HOUR);
	int64_t second = scene_add(s, 1, "North channel bridge reopens after two years", HOUR);

	m = scene_make(s, 0);
	assert_int_equal(m.n, 1);
	assert_int_equal(m.rows[0].story, first);
	assert_int_equal(m.rows[0].entry, second);         /* the better lead is the newer one */
	assert_int_equal(m.rows[0].sources, 2);
	assert_int_equal(m.rows[0].entries, 2);
	assert_int_equal(m.rows[0].unread, 2);
	assert_int_equal(m.rows[0].fresh, 0);
}

static void a_story_of_many_sources_stands_above_a_lonely_one(void **state)
{
	struct scene *s = *state;
	struct made_edition m;

	scene_add(s, 3, "Lost dog takes the tram home", 2 * HOUR);
	scene_add(s, 0, "Ministry tightens rules on personal data", 2 * HOUR);
	scene_add(s, 1, "Rules on personal data tightened by ministry", 2 * HOUR);
	scene_add(s, 2, "Ministry rules on personal data tightened", 2 * HOUR);
	m = scene_make(s, 0);
	assert_int_equal(m.n, 2);
	assert_int_equal(m.rows[0].sources, 3);
}

static void what_is_read_leaves_the_next_edition(void **state)
{
	struct scene *s = *state;
	struct made_edition m;
	int64_t read = scene_add(s, 0, "Tea dearer for the third spring", HOUR);

	scene_add(s, 1, "Night train returns in June", HOUR);
	scene_edition(s, 0);
	scene_read(s, read);
	m = scene_make(s, 0);
	assert_int_equal(m.n, 1);
	assert_int_equal(scene_rank(&m, "Tea dearer for the third spring"), 0);
}

static void a_read_story_that_is_new_since_the_last_edition_is_shown(void **state)
{
	struct scene *s = *state;
	struct made_edition m;

	scene_add(s, 1, "Night train returns in June", HOUR);
	scene_edition(s, 0);
	scene_fold(s);
	scene_read(s, scene_add(s, 0, "Tea dearer for the third spring", HOUR));
	m = scene_make(s, 0);
	assert_true(scene_row(&m, "Tea dearer for the third spring")->flags & ENTRY_READ);
}

static void the_story_under_the_cursor_stays_although_it_is_read(void **state)
{
	struct scene *s = *state;
	struct made_edition m;
	int64_t read = scene_add(s, 0, "Tea dearer for the third spring", HOUR);

	scene_add(s, 1, "Night train returns in June", HOUR);
	scene_edition(s, 0);
	scene_read(s, read);
	m = scene_make(s, scene_story(s, read));
	assert_int_equal(m.n, 2);
	assert_true(scene_row(&m, "Tea dearer for the third spring")->flags & ENTRY_READ);
}

static void the_story_under_the_cursor_stays_although_it_left_the_window(void **state)
{
	struct scene *s = *state;
	struct made_edition m;
	int64_t old = scene_add(s, 0, "Tea dearer for the third spring", HOUR);

	scene_edition(s, 0);
	s->now += 100 * HOUR;
	scene_add(s, 1, "Night train returns in June", HOUR);
	m = scene_make(s, 0);
	assert_int_equal(m.n, 1);
	m = scene_make(s, scene_story(s, old));
	assert_int_equal(m.n, 2);
	assert_text(m.rows[1].title, "Tea dearer for the third spring");
}

static void a_story_that_is_no_more_is_not_kept(void **state)
{
	struct scene *s = *state;

	scene_add(s, 0, "Tea dearer for the third spring", HOUR);
	assert_int_equal(scene_make(s, 4711).n, 1);
}

static void a_feed_unsubscribed_takes_its_stories_along(void **state)
{
	struct scene *s = *state;
	struct error e = { .code = ERR_NONE };
	const struct str left = STR("https://city.example/feed");

	scene_add(s, 0, "Tea dearer for the third spring", HOUR);
	scene_add(s, 1, "Night train returns in June", HOUR);
	scene_fold(s);
	assert_ok(store_feeds_sync(s->store, &left, 1, s->now, NULL, &e), &e);
	assert_int_equal(scene_make(s, 0).n, 1);
}

static void no_edition_has_more_than_a_thousand_rows_and_the_kept_one_is_among_them(void **state)
{
	struct scene *s = *state;
	struct made_edition m;
	int64_t last;
	char title[64];

	for (int i = 0; i < EDITION_ROWS_MAX + 20; i++) {
		snprintf(title, sizeof title, "w%dx y%dz q%dv", i, i * 7 + 1, i * 13 + 5);
		/* one feed: variety takes as much from each */
		scene_add(s, 0, title, HOUR);
	}
	last = scene_add(s, 0, "the oldest of them all", 71 * HOUR);
	m = scene_make(s, 0);
	assert_int_equal(m.n, EDITION_ROWS_MAX);
	assert_int_equal(scene_rank(&m, "the oldest of them all"), 0);
	m = scene_make(s, scene_story(s, last));
	assert_int_equal(m.n, EDITION_ROWS_MAX);
	assert_int_equal(scene_rank(&m, "the oldest of them all"), EDITION_ROWS_MAX);
}

/* ---- movement, fresh, read ---- */

static void was_is_the_rank_in_the_last_stored_edition(void **state)
{
	struct scene *s = *state;
	struct made_edition m;

	scene_add(s, 0, "Tea dearer for the third spring", 2 * HOUR);
	scene_add(s, 1, "Night train returns in June", 3 * HOUR);
	scene_edition(s, 0);
	s->now += HOUR;
	scene_add(s, 2, "Seed banks open fifteen stations", 0);
	m = scene_make(s, 0);
	assert_int_equal(scene_row(&m, "Seed banks open fifteen stations")->was, 0);
	assert_int_equal(scene_row(&m, "Tea dearer for the third spring")->was, 1);
	assert_int_equal(scene_row(&m, "Tea dearer for the third spring")->rank, 2);
	assert_int_equal(scene_row(&m, "Night train returns in June")->was, 2);
	m = scene_make(s, 0);                              /* making one did not store it */
	assert_int_equal(scene_row(&m, "Tea dearer for the third spring")->was, 1);
}

static void a_read_story_comes_back_with_what_joined_it(void **state)
{
	struct scene *s = *state;
	struct made_edition m;
	const struct edition_row *row;
	int64_t more;

	scene_read(s, scene_add(s, 0, "Bridge over the north channel reopens after two years",
				3 * HOUR));
	scene_edition(s, 0);
	more = scene_add(s, 1, "North channel bridge reopens after two years of work", HOUR);
	m = scene_make(s, 0);
	assert_int_equal(m.n, 1);
	row = &m.rows[0];
	assert_int_equal(row->entry, more);                /* the unread one leads */
	assert_int_equal(row->fresh, 1);
	assert_int_equal(row->unread, 1);
	assert_int_equal(row->entries, 2);
	assert_false(row->flags & ENTRY_READ);
}

static void an_unread_entry_leads_although_a_read_one_is_newer(void **state)
{
	struct scene *s = *state;
	struct made_edition m;
	int64_t unread = scene_add(s, 0, "Bridge over the north channel reopens after two years",
				   5 * HOUR);

	scene_read(s, scene_add(s, 1, "North channel bridge reopens after two years of work",
				HOUR));
	m = scene_make(s, 0);
	assert_int_equal(m.n, 1);
	assert_int_equal(m.rows[0].entry, unread);
}

static void an_exact_copy_of_a_read_entry_arrives_read(void **state)
{
	struct scene *s = *state;
	int64_t copy;

	scene_fold(s);
	scene_read(s, scene_add(s, 0, "Bridge reopens after two years of work", 3 * HOUR));
	scene_fold(s);
	copy = scene_add(s, 1, "Bridge reopens after two years of work", HOUR);
	assert_int_equal(scene_edition(s, 0) != 0, true);
	assert_true(scene_flags(s, copy) & ENTRY_READ);
}

static void a_copy_of_an_unread_entry_arrives_unread(void **state)
{
	struct scene *s = *state;
	int64_t copy;

	scene_add(s, 0, "Bridge reopens after two years of work", 3 * HOUR);
	copy = scene_add(s, 1, "Bridge reopens after two years of work", HOUR);
	scene_fold(s);
	assert_false(scene_flags(s, copy) & ENTRY_READ);
	assert_int_equal(scene_make(s, 0).n, 1);
}

/* ---- filler ---- */

#define PAID "A mattress that knows you (paid content)"

static void is_filler(struct scene *s, int64_t entry, bool on)
{
	assert_int_equal(store_mark(s->store, &entry, 1, ENTRY_FILLER, on, NULL, NULL), ERR_NONE);
}

static void filler_makes_no_candidate_and_opens_no_story(void **state)
{
	struct scene *s = *state;
	struct made_edition m;
	int64_t opened = 0, paid = scene_add(s, 0, PAID, HOUR);

	scene_add(s, 1, "Night train returns in June", HOUR);
	assert_int_equal(folding_run(s->folding, s->store, NOW, &opened, NULL), ERR_NONE);
	assert_int_equal(opened, 1);
	m = scene_make(s, 0);
	assert_int_equal(m.n, 1);
	assert_int_equal(scene_rank(&m, PAID), 0);
	assert_true(scene_flags(s, paid) & ENTRY_FILLER);
}

static void what_the_reader_calls_news_is_back_in_the_next_edition(void **state)
{
	struct scene *s = *state;
	struct made_edition m;
	int64_t paid = scene_add(s, 0, PAID, HOUR);

	scene_edition(s, 0);
	is_filler(s, paid, false);
	m = scene_make(s, 0);
	assert_int_equal(m.n, 1);
	assert_int_equal(scene_rank(&m, PAID), 1);
}

static void what_the_reader_calls_filler_leaves_the_next_edition(void **state)
{
	struct scene *s = *state;
	struct made_edition m;
	int64_t news = scene_add(s, 0, "Night train returns in June", HOUR);

	scene_edition(s, 0);
	is_filler(s, news, true);
	m = scene_make(s, 0);
	assert_int_equal(m.n, 0);
}

/* What is held back neither leads a story nor keeps it unread in Top. */
static void of_a_mixed_story_the_news_leads(void **state)
{
	struct scene *s = *state;
	struct made_edition m;
	int64_t news = scene_add(s, 0, "Bridge over the north channel reopens", 3 * HOUR);
	int64_t paid = scene_add(s, 1, "Bridge over the north channel reopens (paid content)", HOUR);

	m = scene_make(s, 0);
	assert_int_equal(scene_story(s, paid), news);
	assert_int_equal(m.n, 1);
	assert_int_equal(m.rows[0].entry, news);
	scene_read(s, news);
	scene_edition(s, 0);
	m = scene_make(s, 0);
	assert_int_equal(m.n, 0);
}

static void filler_under_the_cursor_stays_at_the_end(void **state)
{
	struct scene *s = *state;
	struct made_edition m;
	struct terms t;
	int64_t paid = scene_add(s, 0, PAID, HOUR);

	scene_add(s, 1, "Night train returns in June", 60 * HOUR);
	m = scene_make(s, paid);
	assert_int_equal(m.n, 2);
	assert_int_equal(scene_rank(&m, PAID), 2);
	assert_true(terms_decode(m.rows[1].why, &t));
	assert_int_equal(t.term[0].signal, SIGNAL_NOTICE);
	assert_int_equal(t.term[0].points, SCORE_NOTICE);
}

static void a_starred_lead_has_its_star(void **state)
{
	struct scene *s = *state;

	scene_star(s, scene_add(s, 0, "Tea dearer for the third spring", HOUR));
	assert_true(scene_make(s, 0).rows[0].flags & ENTRY_STARRED);
}

/* ---- scores ---- */

static void every_score_is_the_sum_of_its_terms(void **state)
{
	struct scene *s = *state;
	struct made_edition m;

	for (int i = 0; i < 12; i++) {
		char title[64];

		snprintf(title, sizeof title, "headline%d about%d nothing%d", i, i, i);
		/* one feed, so that variety takes its part */
		scene_add(s, 0, title, i * HOUR);
	}
	m = scene_make(s, 0);
	assert_int_equal(m.n, 12);
	for (size_t i = 0; i < m.n; i++) {
		struct terms t;
		int32_t sum = 0;

		assert_true(terms_decode(m.rows[i].why, &t));
		for (int k = 0; k < t.n; k++)
			sum += t.term[k].points;
		assert_int_equal(sum, t.score);
		assert_int_equal(t.score, m.rows[i].score);
	}
}

static void many_of_one_feed_make_room_for_others(void **state)
{
	struct scene *s = *state;
	struct made_edition m;

	for (int i = 0; i < 8; i++) {
		char title[64];

		snprintf(title, sizeof title, "headline%d about%d nothing%d", i, i, i);
		scene_add(s, 0, title, HOUR);
	}
	scene_add(s, 1, "Night train returns in June", 12 * HOUR);
	m = scene_make(s, 0);
	assert_true(scene_rank(&m, "Night train returns in June") < 9);
}

static void the_order_of_arrival_does_not_matter(void **state)
{
	static const struct { int feed; const char *title; int age; } all[] = {
		{ 0, "Bridge over the north channel reopens after two years", 5 },
		{ 1, "North channel bridge reopens after two years", 4 },
		{ 2, "Cluster catalyst makes hydrogen cheaper", 3 },
		{ 3, "Cheaper hydrogen by a cluster catalyst", 2 },
		{ 1, "Lost dog takes the tram home", 2 },
	};
	enum { N = sizeof all / sizeof *all };
	struct scene *s = *state, other;
	struct made_edition one, two;

	scene_open(&other, OPEN "_other");
	for (int i = 0; i < N; i++) {
		scene_add(s, all[i].feed, all[i].title, all[i].age * HOUR);
		scene_add(&other, all[N - 1 - i].feed, all[N - 1 - i].title,
			  all[N - 1 - i].age * HOUR);
	}
	one = scene_make(s, 0);
	two = scene_make(&other, 0);
	assert_int_equal(one.n, two.n);
	assert_true(one.n < N);
	for (size_t i = 0; i < one.n; i++) {
		assert_true(str_eq(one.rows[i].title, two.rows[i].title));
		assert_int_equal(one.rows[i].score, two.rows[i].score);
	}
	scene_close(&other);
}

/* ---- folding ---- */

enum { MANY = 1200 };        /* more than a transaction takes */

static bool never(void *self)
{
	int *calls = self;

	++*calls;
	return false;
}

static void a_run_that_is_cut_short_is_finished_by_the_next(void **state)
{
	struct scene *s = *state;
	struct error e = { .code = ERR_NONE };
	int64_t stories, before = 0;
	int calls = 0;
	const struct folding_pauses once = { .go_on = never, .self = &calls };
	char title[64];

	for (int i = 0; i < MANY; i++) {
		snprintf(title, sizeof title, "w%dx y%dz q%dv", i, i * 7 + 1, i * 13 + 5);
		scene_add(s, i % SCENE_FEEDS, title, HOUR + i);
	}
	assert_ok(folding_run_pausing(s->folding, s->store, s->now, &once, &before, &e), &e);
	assert_int_equal(calls, 1);
	assert_true(before > 0 && before < MANY);
	/* as if lede had been killed: nothing is left in memory */
	folding_free(s->folding);
	s->folding = folding_new();
	assert_ok(folding_run(s->folding, s->store, s->now, &stories, &e), &e);
	assert_int_equal(before + stories, MANY);
	assert_ok(folding_run(s->folding, s->store, s->now, &stories, &e), &e);
	assert_int_equal(stories, 0);
	assert_int_equal(folder_total(s->folding->folder), MANY);
}

/* Every third entry. */
static bool somebody_waits(void *self)
{
	int *asked = self;

	return ++*asked % 3 == 0;
}

static bool count_pauses(void *self)
{
	int *asked = self;

	assert_int_equal(*asked % 3, 0);
	return true;
}

static void a_transaction_is_cut_short_for_whom_it_keeps_waiting(void **state)
{
	struct scene *s = *state;
	struct error e = { .code = ERR_NONE };
	int64_t stories;
	int asked = 0;
	const struct folding_pauses p = { somebody_waits, count_pauses, &asked };
	char title[64];

	for (int i = 0; i < 30; i++) {
		snprintf(title, sizeof title, "w%dx y%dz q%dv", i, i * 7 + 1, i * 13 + 5);
		scene_add(s, i % SCENE_FEEDS, title, HOUR + i);
	}
	assert_ok(folding_run_pausing(s->folding, s->store, s->now, &p, &stories, &e), &e);
	assert_int_equal(stories, 30);
	assert_int_equal(asked, 30);
}

static void what_another_connection_folded_is_seen(void **state)
{
	struct scene *s = *state, other = { .now = NOW, .folding = folding_new(),
		.arena = arena_new() };
	struct error e = { .code = ERR_NONE };
	int64_t first, second;

	first = scene_add(s, 0, "Bridge over the north channel reopens after two years", 3 * HOUR);
	scene_fold(s);
	assert_ok(store_open(OPEN, STORE_WRITE, &other.store, &e), &e);
	memcpy(other.feed, s->feed, sizeof other.feed);
	second = scene_add(&other, 1, "North channel bridge reopens after two years", 2 * HOUR);
	scene_fold(&other);
	assert_int_equal(scene_story(&other, second), first);
	second = scene_add(s, 2, "Two years on, north channel bridge reopens", HOUR);
	scene_fold(s);
	assert_int_equal(scene_story(s, second), first);
	assert_int_equal(folder_total(s->folding->folder), 3);
	scene_close(&other);
}

/* ---- learning ---- */

static void learn(struct scene *s, enum event_act act, int64_t entry)
{
	struct error e = { .code = ERR_NONE };

	assert_ok(store_begin(s->store, true, &e), &e);
	assert_ok(folding_learn(s->folding, s->store, act, entry, 0, s->now, &e), &e);
	assert_ok(store_commit(s->store, &e), &e);
}

static int32_t score_of(struct scene *s, const char *title)
{
	struct made_edition m = scene_make(s, 0);

	return scene_row(&m, title)->score;
}

static void a_star_lifts_what_is_like_it_and_taking_it_back_undoes_that(void **state)
{
	struct scene *s = *state;
	int64_t starred = scene_add(s, 0, "Lighthouse keepers count seabirds at dawn", 30 * HOUR);
	int32_t before, after;

	scene_add(s, 1, "Old lighthouse sold to a painter from the islands", HOUR);
	before = score_of(s, "Old lighthouse sold to a painter from the islands");
	learn(s, EVENT_STAR, starred);
	after = score_of(s, "Old lighthouse sold to a painter from the islands");
	assert_true(after > before);
	folding_free(s->folding);                          /* what was learned is in the store */
	s->folding = folding_new();
	assert_int_equal(score_of(s, "Old lighthouse sold to a painter from the islands"), after);
	learn(s, EVENT_UNSTAR, starred);
	assert_int_equal(score_of(s, "Old lighthouse sold to a painter from the islands"), before);
}

static void a_story_teaches_one_skip_only(void **state)
{
	struct scene *s = *state;
	struct error e = { .code = ERR_NONE };
	int64_t entry = scene_add(s, 0, "Lighthouse keepers count seabirds", HOUR);
	double once;

	scene_fold(s);
	for (int i = 0; i < 3; i++) {
		assert_ok(store_begin(s->store, false, &e), &e);
		assert_ok(folding_skip(s->folding, s->store, entry, entry, 7 + i, s->now, &e), &e);
		assert_ok(store_commit(s->store, &e), &e);
		if (i == 0)
			once = profile_get(s->folding->profile, PROFILE_FEED, s->feed[0]);
		if (i == 1) {
			folding_free(s->folding);          /* nor another after a restart */
			s->folding = folding_new();
		}
	}
	assert_true(profile_get(s->folding->profile, PROFILE_FEED, s->feed[0]) == once);
	assert_true(once < 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, opened, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(nothing_cached_makes_no_edition),
		CASE(newer_stories_stand_above_older_ones),
		CASE(entries_that_tell_one_story_share_a_row),
		CASE(a_story_of_many_sources_stands_above_a_lonely_one),
		CASE(what_is_read_leaves_the_next_edition),
		CASE(a_read_story_that_is_new_since_the_last_edition_is_shown),
		CASE(the_story_under_the_cursor_stays_although_it_is_read),
		CASE(the_story_under_the_cursor_stays_although_it_left_the_window),
		CASE(a_story_that_is_no_more_is_not_kept),
		CASE(a_feed_unsubscribed_takes_its_stories_along),
		CASE(no_edition_has_more_than_a_thousand_rows_and_the_kept_one_is_among_them),
		CASE(was_is_the_rank_in_the_last_stored_edition),
		CASE(a_read_story_comes_back_with_what_joined_it),
		CASE(an_unread_entry_leads_although_a_read_one_is_newer),
		CASE(an_exact_copy_of_a_read_entry_arrives_read),
		CASE(a_copy_of_an_unread_entry_arrives_unread),
		CASE(filler_makes_no_candidate_and_opens_no_story),
		CASE(what_the_reader_calls_news_is_back_in_the_next_edition),
		CASE(what_the_reader_calls_filler_leaves_the_next_edition),
		CASE(of_a_mixed_story_the_news_leads),
		CASE(filler_under_the_cursor_stays_at_the_end),
		CASE(a_starred_lead_has_its_star),
		CASE(every_score_is_the_sum_of_its_terms),
		CASE(many_of_one_feed_make_room_for_others),
		CASE(the_order_of_arrival_does_not_matter),
		CASE(a_run_that_is_cut_short_is_finished_by_the_next),
		CASE(a_transaction_is_cut_short_for_whom_it_keeps_waiting),
		CASE(what_another_connection_folded_is_seen),
		CASE(a_star_lifts_what_is_like_it_and_taking_it_back_undoes_that),
		CASE(a_story_teaches_one_skip_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
