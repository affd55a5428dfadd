#include "scene.h"

#include <stdlib.h>

#include "../../../src/app/regrouping.h"
#include "lede/app/learning.h"
#include "lede/rank/score.h"

#define OPEN "memory:regrouping_test"

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

/* One story of three feeds, and two that stand alone. */
static const char *const bridge[3] = {
	"Bridge over the north channel reopens after two years",
	"North channel bridge reopens after two years",
	"Two years on, north channel bridge reopens",
};
struct told { int64_t bridge[3], train, tea; };

static struct told told(struct scene *s)
{
	struct told t;

	for (int i = 0; i < 3; i++)
		t.bridge[i] = scene_add(s, i, bridge[i], (4 - i) * HOUR);
	t.train = scene_add(s, 3, "Night train returns in June", 2 * HOUR);
	t.tea = scene_add(s, 0, "Tea dearer for the third spring", 9 * HOUR);
	scene_edition(s, 0);
	assert_int_equal(scene_story(s, t.bridge[2]), t.bridge[0]);
	return t;
}

static struct regrouped split(struct scene *s, int64_t entry)
{
	struct error e = { .code = ERR_NONE };
	struct regrouped r;

	assert_ok(regrouping_split(s->folding, s->store, NULL, entry, s->now, &r, &e), &e);
	return r;
}

static struct regrouped join(struct scene *s, int64_t entry, int64_t with)
{
	struct error e = { .code = ERR_NONE };
	struct regrouped r;

	assert_ok(regrouping_join(s->folding, s->store, NULL, entry, with, s->now, &r, &e), &e);
	return r;
}

static void turn(struct scene *s, bool back)
{
	struct error e = { .code = ERR_NONE };
	struct undo_done done;

	assert_ok(learning_undo(s->folding, s->store, back, NULL, s->arena, &done, &e), &e);
}

/* The rows of the edition that is read. */
static size_t rows(struct scene *s, struct edition_row **row)
{
	struct error e = { .code = ERR_NONE };
	struct edition ed;
	size_t n;

	assert_ok(store_edition_last(s->store, &ed, &e), &e);
	assert_ok(store_edition_rows(s->store, ed.id, 1, 99, s->arena, row, &n, &e), &e);
	assert_int_equal(ed.rows, n);
	for (size_t i = 0; i < n; i++) {
		struct terms why;
		int32_t sum = 0;

		assert_int_equal((*row)[i].rank, i + 1);
		assert_true(terms_decode((*row)[i].why, &why));
		for (int t = 0; t < why.n; t++)
			sum += why.term[t].points;
		assert_int_equal(sum, (*row)[i].score);
	}
	return n;
}

/* As after a restart: what is in memory is gone. */
static void restart(struct scene *s)
{
	folding_free(s->folding);
	s->folding = folding_new();
}

/* ---- splitting ---- */

static void who_is_split_off_stands_below_the_story_it_came_from(void **state)
{
	struct scene *s = *state;
	struct told t = told(s);
	struct edition_row *before, *after;
	size_t n = rows(s, &before);
	int64_t train = scene_story(s, t.train);

	assert_int_equal(n, 3);
	assert_int_equal(before[0].sources, 3);
	split(s, t.bridge[1]);
	assert_int_equal(rows(s, &after), 4);
	assert_int_equal(after[0].story, t.bridge[0]);
	assert_int_equal(after[0].sources, 2);
	assert_int_equal(after[0].unread, 2);
	assert_true(after[0].score < before[0].score);
	assert_int_equal(after[1].story, t.bridge[1]);
	assert_text(after[1].title, bridge[1]);
	assert_int_equal(after[1].sources, 1);
	assert_int_equal(after[2].story, train);
	assert_int_equal(after[2].score, before[1].score);
}

static void another_leads_when_the_lead_was_split_off(void **state)
{
	struct scene *s = *state;
	struct told t = told(s);
	struct edition_row *row;

	rows(s, &row);
	assert_int_equal(row[0].entry, t.bridge[2]);
	split(s, t.bridge[2]);
	rows(s, &row);
	assert_int_equal(row[0].entry, t.bridge[1]);
	assert_text(row[0].title, bridge[1]);
	assert_text(row[1].title, bridge[2]);
}

static void a_split_entry_stays_apart_after_refreshes_and_restarts(void **state)
{
	struct scene *s = *state;
	struct told t = told(s);
	int64_t later;

	split(s, t.bridge[0]);
	assert_int_equal(scene_story(s, t.bridge[0]), t.bridge[0]);
	assert_int_equal(scene_story(s, t.bridge[2]), t.bridge[1]);
	restart(s);
	later = scene_add(s, 3, "North channel bridge reopens after two years", 0);
	scene_edition(s, 0);
	assert_int_equal(scene_story(s, t.bridge[0]), t.bridge[0]);
	assert_int_equal(scene_story(s, later), t.bridge[1]);
}

static void exact_copies_go_with_it_those_that_are_there_and_those_to_come(void **state)
{
	struct scene *s = *state;
	struct told t = told(s);
	int64_t copy = scene_add(s, 3, bridge[1], HOUR), later;

	scene_fold(s);
	assert_int_equal(scene_story(s, copy), t.bridge[0]);
	split(s, t.bridge[1]);
	assert_int_equal(scene_story(s, copy), t.bridge[1]);
	later = scene_add(s, 0, bridge[1], 0);
	scene_fold(s);
	assert_int_equal(scene_story(s, later), t.bridge[1]);
	assert_int_equal(scene_story(s, t.bridge[2]), t.bridge[0]);
}

static void of_a_story_of_copies_one_leaves_alone(void **state)
{
	struct scene *s = *state;
	int64_t id[3];

	for (int i = 0; i < 3; i++)
		id[i] = scene_add(s, i, bridge[0], (4 - i) * HOUR);
	scene_edition(s, 0);
	assert_int_equal(scene_story(s, id[2]), id[0]);
	split(s, id[1]);
	assert_int_equal(scene_story(s, id[1]), id[1]);
	assert_int_equal(scene_story(s, id[2]), id[0]);
}

static void alone_there_is_nothing_to_split(void **state)
{
	struct scene *s = *state;
	struct told t = told(s);
	struct error e = { .code = ERR_NONE };
	struct regrouped r;
	struct undo_done done;

	assert_int_equal(regrouping_split(s->folding, s->store, NULL, t.tea, s->now, &r, &e),
			 ERR_NONESUCH);
	assert_string_equal(e.text, "one source");
	assert_int_equal(store_undo(s->store, NULL, s->arena, &done, NULL), ERR_NONESUCH);
}

static void undoing_a_split_puts_rows_and_story_back(void **state)
{
	struct scene *s = *state;
	struct told t = told(s);
	struct edition_row *before, *after;
	int64_t later;
	size_t n = rows(s, &before);

	split(s, t.bridge[0]);
	turn(s, true);
	assert_int_equal(rows(s, &after), n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(after[i].story, before[i].story);
		assert_int_equal(after[i].score, before[i].score);
	}
	later = scene_add(s, 3, "Bridge over the north channel reopens", 0);
	scene_fold(s);
	assert_int_equal(scene_story(s, later), t.bridge[0]);
	turn(s, false);
	assert_int_equal(scene_story(s, t.bridge[0]), t.bridge[0]);
	assert_int_equal(scene_story(s, t.bridge[1]), t.bridge[1]);
}

/* ---- joining ---- */

static void joined_stories_share_the_row_they_were_joined_at(void **state)
{
	struct scene *s = *state;
	struct told t = told(s);
	struct edition_row *row;
	size_t n;

	join(s, t.train, t.bridge[1]);
	n = rows(s, &row);
	assert_int_equal(n, 2);
	assert_int_equal(row[0].story, t.bridge[0]);
	assert_int_equal(row[0].sources, 4);
	join(s, t.bridge[0], t.tea);
	assert_int_equal(rows(s, &row), 1);
	assert_int_equal(row[0].entries, 5);
}

static void who_comes_later_joins_the_whole(void **state)
{
	struct scene *s = *state;
	struct told t = told(s);
	int64_t later;

	join(s, t.tea, t.train);
	restart(s);
	later = scene_add(s, 1, "Night train returns in June after all", 0);
	scene_fold(s);
	assert_int_equal(scene_story(s, later), scene_story(s, t.train));
	assert_int_equal(scene_story(s, t.tea), scene_story(s, t.train));
	later = scene_add(s, 1, "Tea dearer for the third spring in a row", 0);
	scene_fold(s);
	assert_int_equal(scene_story(s, later), scene_story(s, t.train));
}

static void what_is_not_folded_yet_can_be_joined(void **state)
{
	struct scene *s = *state;
	struct told t = told(s);
	int64_t fresh = scene_add(s, 1, "Shadow puppets find a young public", 0);

	join(s, fresh, t.tea);
	assert_int_equal(scene_story(s, fresh), scene_story(s, t.tea));
	scene_fold(s);
	assert_int_equal(scene_story(s, fresh), scene_story(s, t.tea));
}

static void undoing_a_join_puts_the_rows_back_at_their_ranks(void **state)
{
	struct scene *s = *state;
	struct told t = told(s);
	struct edition_row *before, *after;
	size_t n = rows(s, &before);

	join(s, t.bridge[0], t.tea);
	turn(s, true);
	assert_int_equal(rows(s, &after), n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(after[i].story, before[i].story);
		assert_int_equal(after[i].sources, before[i].sources);
		assert_int_equal(after[i].score, before[i].score);
	}
}

static void one_story_cannot_be_joined_with_itself(void **state)
{
	struct scene *s = *state;
	struct told t = told(s);
	struct error e = { .code = ERR_NONE };
	struct regrouped r;

	assert_int_equal(regrouping_join(s->folding, s->store, NULL, t.bridge[0], t.bridge[1],
					 s->now, &r, &e), ERR_NONESUCH);
	assert_string_equal(e.text, "one story already");
}

static void a_story_outside_the_edition_is_split_without_a_row(void **state)
{
	struct scene *s = *state;
	struct told t = told(s);
	struct edition_row *row;
	int64_t a = scene_add(s, 0, "Museum opens its store rooms on Sundays", HOUR);
	int64_t b = scene_add(s, 1, "Museum store rooms open on Sundays", HOUR);

	(void)t;
	scene_fold(s);
	assert_int_equal(scene_story(s, b), a);
	split(s, b);
	assert_int_equal(rows(s, &row), 3);
	assert_int_equal(scene_story(s, b), b);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, opened, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(who_is_split_off_stands_below_the_story_it_came_from),
		CASE(another_leads_when_the_lead_was_split_off),
		CASE(a_split_entry_stays_apart_after_refreshes_and_restarts),
		CASE(exact_copies_go_with_it_those_that_are_there_and_those_to_come),
		CASE(of_a_story_of_copies_one_leaves_alone),
		CASE(alone_there_is_nothing_to_split),
		CASE(undoing_a_split_puts_rows_and_story_back),
		CASE(joined_stories_share_the_row_they_were_joined_at),
		CASE(who_comes_later_joins_the_whole),
		CASE(what_is_not_folded_yet_can_be_joined),
		CASE(undoing_a_join_puts_the_rows_back_at_their_ranks),
		CASE(one_story_cannot_be_joined_with_itself),
		CASE(a_story_outside_the_edition_is_split_without_a_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
