#include "fixture.h"

#include "../../../src/store/inside.h"
#include "lede/store/regroup.h"
#include "lede/store/undo.h"

/* Two stories of the edition, three entries in one and two in the other, and an entry alone. */
struct scene { int64_t id[6]; struct edition edition; };

static struct scene scene(struct world *w)
{
	struct scene c = { .id = {
		put_titled(w->s, w->feed[0], "Ministry tightens rules", NOW - 9),
		put_titled(w->s, w->feed[1], "Rules are tightened", NOW - 8),
		put_titled(w->s, w->feed[2], "Stricter rules to come", NOW - 7),
		put_titled(w->s, w->feed[0], "Bridge reopens", NOW - 6),
		put_titled(w->s, w->feed[1], "Old bridge open again", NOW - 5),
		put_titled(w->s, w->feed[3], "Museum opens its stores", NOW - 4),
	} };
	const int story[6] = { 0, 0, 0, 3, 3, 5 };
	int64_t in[3];

	for (int i = 0; i < 6; i++)
		fold_into(w->s, c.id[i], c.id[story[i]], false);
	in[0] = c.id[0];
	in[1] = c.id[3];
	in[2] = c.id[5];
	c.edition = edition_of(w->s, in, 3, NOW);
	return c;
}

static void begin(struct world *w, const char *what)
{
	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, text(what));
}

static void end(struct world *w)
{
	store_undo_end(w->s);
	assert_ok(store_commit(w->s, &e));
}

static struct regrouped split(struct world *w, const int64_t *ids, size_t n)
{
	struct regrouped r = { 0 };

	begin(w, "split off");
	assert_ok(store_split(w->s, ids, n, &r, &e));
	end(w);
	return r;
}

static int64_t join(struct world *w, int64_t story, int64_t with)
{
	int64_t joined = 0;

	begin(w, "joined");
	assert_ok(store_join(w->s, story, with, &joined, &e));
	end(w);
	return joined;
}

static void assert_story(struct world *w, int64_t id, int entries, int feeds, int unread)
{
	struct story_row s = story_of(w, id);

	assert_int_equal(s.entries, entries);
	assert_int_equal(s.feeds, feeds);
	assert_int_equal(s.unread, unread);
	assert_int_equal(s.lead, id);
}

static void assert_no_story(struct world *w, int64_t id)
{
	struct story_row s;

	assert_err(ERR_NONESUCH, store_story(w->s, id, &s, &e));
}

/* Undone, all is as `before`; done again, as it was after. */
static void assert_round_trip(struct world *w, char *before)
{
	char *after = world_dump(w), *now;
	struct undo_done d;

	assert_string_not_equal(before, after);
	for (int i = 0; i < 2; i++) {
		assert_ok(store_undo(w->s, NULL, w->a, &d, &e));
		assert_true(d.stories);
		now = world_dump(w);
		assert_string_equal(now, before);
		free(now);
		assert_ok(store_redo(w->s, NULL, w->a, &d, &e));
		now = world_dump(w);
		assert_string_equal(now, after);
		free(now);
	}
	free(after);
	free(before);
}

/* -- splitting --------------------------------------------------------------------------------- */

static void an_entry_split_off_is_a_story_of_its_own(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	struct regrouped r = split(w, &c.id[1], 1);

	assert_int_equal(r.own, c.id[1]);
	assert_int_equal(r.rest, c.id[0]);
	assert_story(w, c.id[0], 2, 2, 2);
	assert_story(w, c.id[1], 1, 1, 1);
	assert_int_equal(row_of(w, c.id[1]).story, c.id[1]);
	assert_int_equal(recount(w, "SELECT count(*) FROM fold WHERE story = 1"), 2);
}

static void when_the_oldest_leaves_the_rest_takes_the_next_ones_id(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	struct regrouped r = split(w, &c.id[0], 1);

	assert_int_equal(r.own, c.id[0]);
	assert_int_equal(r.rest, c.id[1]);
	assert_story(w, c.id[0], 1, 1, 1);
	assert_story(w, c.id[1], 2, 2, 2);
	assert_int_equal(row_of(w, c.id[2]).story, c.id[1]);
}

static void exact_copies_leave_together(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	const int64_t ids[3] = { c.id[2], c.id[1], c.id[2] };
	struct regrouped r = split(w, ids, 3);

	assert_int_equal(r.own, c.id[1]);
	assert_story(w, c.id[1], 2, 2, 2);
	assert_story(w, c.id[0], 1, 1, 1);
}

static void what_is_read_and_unread_is_counted_where_it_went(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);

	assert_ok(store_mark(w->s, &c.id[1], 1, ENTRY_READ, true, NULL, &e));
	split(w, &c.id[1], 1);
	assert_story(w, c.id[0], 2, 2, 2);
	assert_story(w, c.id[1], 1, 1, 0);
}

static void an_entry_alone_cannot_be_split_off(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	struct regrouped r;
	struct error said = { 0 };

	assert_ok(store_begin(w->s, true, &e));
	assert_int_equal(store_split(w->s, &c.id[5], 1, &r, &said), ERR_NONESUCH);
	assert_string_equal(said.text, "one source");
	assert_err(ERR_NONESUCH, store_split(w->s, c.id, 3, &r, &e));
	assert_err(ERR_NONESUCH, store_split(w->s, &(int64_t){ 4711 }, 1, &r, &e));
	assert_ok(store_commit(w->s, &e));
}

static void a_split_is_undone_to_the_last_bit(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	char *before = world_dump(w);

	split(w, &c.id[1], 1);
	assert_round_trip(w, before);
}

static void a_split_of_the_oldest_is_undone_to_the_last_bit(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	char *before = world_dump(w);

	split(w, &c.id[0], 1);
	assert_round_trip(w, before);
}

/* -- joining ----------------------------------------------------------------------------------- */

static void joined_stories_are_one_under_the_older_id(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);

	assert_int_equal(join(w, c.id[3], c.id[0]), c.id[0]);
	assert_story(w, c.id[0], 5, 3, 5);
	assert_no_story(w, c.id[3]);
	assert_int_equal(join(w, c.id[0], c.id[5]), c.id[0]);
	assert_story(w, c.id[0], 6, 4, 6);
	assert_int_equal(recount(w, "SELECT count(*) FROM fold WHERE story = 1"), 6);
}

static void a_story_joins_neither_itself_nor_one_that_is_gone(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	int64_t joined;

	assert_ok(store_begin(w->s, true, &e));
	assert_err(ERR_NONESUCH, store_join(w->s, c.id[0], c.id[0], &joined, &e));
	assert_err(ERR_NONESUCH, store_join(w->s, c.id[0], 4711, &joined, &e));
	assert_ok(store_commit(w->s, &e));
	assert_story(w, c.id[0], 3, 3, 3);
}

static void a_join_is_undone_to_the_last_bit(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	char *before = world_dump(w);

	join(w, c.id[0], c.id[3]);
	assert_round_trip(w, before);
}

static void a_chain_of_splits_and_joins_is_undone_one_by_one(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	char *was[5], *now;
	struct undo_done d;

	was[0] = world_dump(w);
	split(w, &c.id[0], 1);
	was[1] = world_dump(w);
	join(w, c.id[0], c.id[5]);
	was[2] = world_dump(w);
	join(w, c.id[1], c.id[0]);
	was[3] = world_dump(w);
	split(w, &c.id[2], 1);
	for (int i = 3; i >= 0; i--) {
		assert_ok(store_undo(w->s, NULL, w->a, &d, &e));
		now = world_dump(w);
		assert_string_equal(now, was[i]);
		free(now);
		free(was[i]);
	}
}

/* -- remembered -------------------------------------------------------------------------------- */

static int64_t by_hand_of(struct world *w, int64_t entry, int64_t wanted)
{
	assert_ok(store_story_by_hand(w->s, entry, &wanted, &e));
	return wanted;
}

static void an_entry_folded_anew_stays_out_of_the_story_it_was_split_from(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);

	split(w, &c.id[1], 1);
	assert_int_equal(by_hand_of(w, c.id[1], c.id[0]), c.id[1]);
	assert_int_equal(by_hand_of(w, c.id[1], c.id[3]), c.id[3]);
	assert_int_equal(by_hand_of(w, c.id[2], c.id[0]), c.id[0]);
}

static void an_entry_folded_anew_goes_where_it_was_joined_to(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);

	join(w, c.id[5], c.id[0]);
	assert_int_equal(by_hand_of(w, c.id[5], c.id[5]), c.id[0]);
	assert_int_equal(by_hand_of(w, c.id[5], c.id[3]), c.id[0]);
}

static void what_was_said_last_counts(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);

	join(w, c.id[5], c.id[0]);
	split(w, &c.id[5], 1);
	assert_int_equal(by_hand_of(w, c.id[5], c.id[0]), c.id[5]);
	join(w, c.id[5], c.id[0]);
	assert_int_equal(by_hand_of(w, c.id[5], c.id[5]), c.id[0]);
	assert_int_equal(recount(w, "SELECT count(*) FROM by_hand"), 1);
}

static void it_is_known_whether_an_entry_was_folded(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	int64_t fresh = put_titled(w->s, w->feed[0], "Just in", NOW);
	bool is;

	assert_ok(store_is_folded(w->s, c.id[5], &is, &e));
	assert_true(is);
	assert_ok(store_is_folded(w->s, fresh, &is, &e));
	assert_false(is);
	assert_ok(store_fold_done(w->s, fresh, 0, &e));
	assert_ok(store_is_folded(w->s, fresh, &is, &e));
	assert_true(is);
}

/* -- rows of the edition ----------------------------------------------------------------------- */

static struct edition_row row_like(struct world *w, const struct scene *c, int64_t story,
                                   const char *title)
{
	struct edition_row row;

	assert_ok(store_edition_row(w->s, c->edition.id, story, w->a, &row, &e));
	row.title = text(title);
	row.score = -250;
	row.why = (struct str){ "\0why", 4 };
	return row;
}

static void assert_rows(struct world *w, const struct scene *c, const char *wanted)
{
	struct edition_row *row;
	struct buf b = buf_limited(4096);
	struct edition ed;
	size_t n;

	assert_ok(store_edition_rows(w->s, c->edition.id, 1, 99, w->a, &row, &n, &e));
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%d story %d, ", row[i].rank, (int)row[i].story);
	assert_string_equal(buf_cstr(&b), wanted);
	assert_ok(store_edition_last(w->s, &ed, &e));
	assert_int_equal(ed.rows, n);
	buf_free(&b);
}

static void a_row_goes_and_those_below_move_up(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	char *before = world_dump(w);

	begin(w, "joined");
	assert_ok(store_edition_remove(w->s, c.edition.id, 1, &e));
	assert_ok(store_join(w->s, c.id[0], c.id[3], &(int64_t){ 0 }, &e));
	end(w);
	assert_rows(w, &c, "1 story 4, 2 story 6, ");
	assert_round_trip(w, before);
}

static void a_row_is_put_in_and_those_below_move_down(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	char *before = world_dump(w);
	struct edition_row row = row_like(w, &c, c.id[0], "Rules are tightened");
	struct regrouped r;

	begin(w, "split off");
	assert_ok(store_split(w->s, &c.id[1], 1, &r, &e));
	row.story = row.entry = r.own;
	assert_ok(store_edition_insert(w->s, c.edition.id, 2, &row, &e));
	end(w);
	assert_rows(w, &c, "1 story 1, 2 story 2, 3 story 4, 4 story 6, ");
	assert_round_trip(w, before);
}

static void a_row_becomes_another_where_it_stands(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	char *before = world_dump(w);
	struct edition_row row = row_like(w, &c, c.id[3], "Old bridge open again"), got;

	begin(w, "split off");
	assert_ok(store_split(w->s, &c.id[3], 1, &(struct regrouped){ 0 }, &e));
	row.story = row.entry = c.id[4];
	assert_ok(store_edition_replace(w->s, c.edition.id, 2, &row, &e));
	end(w);
	assert_rows(w, &c, "1 story 1, 2 story 5, 3 story 6, ");
	assert_ok(store_edition_row(w->s, c.edition.id, c.id[4], w->a, &got, &e));
	assert_int_equal(got.score, -250);
	assert_int_equal(got.why.n, 4);
	assert_memory_equal(got.why.p, "\0why", 4);
	assert_round_trip(w, before);
}

static void there_is_no_row_beyond_the_last(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);

	assert_ok(store_begin(w->s, true, &e));
	assert_err(ERR_NONESUCH, store_edition_remove(w->s, c.edition.id, 4, &e));
	assert_ok(store_commit(w->s, &e));
}

#define IN_MEMORY(name) cmocka_unit_test_setup_teardown(name, world_in_memory, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_MEMORY(an_entry_split_off_is_a_story_of_its_own),
		IN_MEMORY(when_the_oldest_leaves_the_rest_takes_the_next_ones_id),
		IN_MEMORY(exact_copies_leave_together),
		IN_MEMORY(what_is_read_and_unread_is_counted_where_it_went),
		IN_MEMORY(an_entry_alone_cannot_be_split_off),
		IN_MEMORY(a_split_is_undone_to_the_last_bit),
		IN_MEMORY(a_split_of_the_oldest_is_undone_to_the_last_bit),
		IN_MEMORY(joined_stories_are_one_under_the_older_id),
		IN_MEMORY(a_story_joins_neither_itself_nor_one_that_is_gone),
		IN_MEMORY(a_join_is_undone_to_the_last_bit),
		IN_MEMORY(a_chain_of_splits_and_joins_is_undone_one_by_one),
		IN_MEMORY(an_entry_folded_anew_stays_out_of_the_story_it_was_split_from),
		IN_MEMORY(an_entry_folded_anew_goes_where_it_was_joined_to),
		IN_MEMORY(what_was_said_last_counts),
		IN_MEMORY(it_is_known_whether_an_entry_was_folded),
		IN_MEMORY(a_row_goes_and_those_below_move_up),
		IN_MEMORY(a_row_is_put_in_and_those_below_move_down),
		IN_MEMORY(a_row_becomes_another_where_it_stands),
		IN_MEMORY(there_is_no_row_beyond_the_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
