#include "fixture.h"

#include "../../../src/store/inside.h"
#include "lede/store/undo.h"

/* Four entries: two tell one story that is in the edition, one is alone in it, one is not. */
struct scene { int64_t id[4]; };

static struct scene scene(struct world *w)
{
	struct scene c = { {
		put_titled(w->s, w->feed[0], "Ministry tightens rules", NOW - 9),
		put_titled(w->s, w->feed[1], "Rules are tightened", NOW - 8),
		put_titled(w->s, w->feed[0], "Bridge reopens", NOW - 7),
		put_titled(w->s, w->feed[2], "Museum opens", NOW - 6),
	} };
	int64_t in[2];

	fold_into(w->s, c.id[0], c.id[0], false);
	fold_into(w->s, c.id[1], c.id[0], false);
	fold_into(w->s, c.id[2], c.id[2], false);
	fold_into(w->s, c.id[3], c.id[3], false);
	in[0] = c.id[0];
	in[1] = c.id[2];
	edition_of(w->s, in, 2, NOW);
	return c;
}

static int64_t step_mark(struct world *w, const char *what, const int64_t *ids, size_t n,
                         enum entry_flag flag, bool on)
{
	int64_t step;

	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, text(what));
	assert_ok(store_mark(w->s, ids, n, flag, on, NULL, &e));
	step = store_undo_end(w->s);
	assert_ok(store_commit(w->s, &e));
	return step;
}

static struct undo_done undone(struct world *w)
{
	struct undo_done d;

	assert_ok(store_undo(w->s, NULL, w->a, &d, &e));
	return d;
}

static struct undo_done done_again(struct world *w)
{
	struct undo_done d;

	assert_ok(store_redo(w->s, NULL, w->a, &d, &e));
	return d;
}

/* Undone, all is as `before`; done again, as it was after; and undone once more as before. */
static void assert_round_trip(struct world *w, char *before)
{
	char *after = world_dump(w), *now;

	assert_string_not_equal(before, after);
	for (int i = 0; i < 2; i++) {
		undone(w);
		now = world_dump(w);
		assert_string_equal(now, before);
		free(now);
		done_again(w);
		now = world_dump(w);
		assert_string_equal(now, after);
		free(now);
	}
	free(after);
	free(before);
}

static void a_read_mark_is_undone_to_the_last_bit(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	char *before = world_dump(w);

	step_mark(w, "marked read", &c.id[1], 1, ENTRY_READ, true);
	assert_round_trip(w, before);
}

static void reading_a_whole_story_is_undone_with_what_was_new_in_it(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	char *before;

	by_hand(w, "UPDATE edition_row SET fresh = 1 WHERE rank = 1");
	before = world_dump(w);
	step_mark(w, "marked read", c.id, 2, ENTRY_READ, true);
	assert_round_trip(w, before);
}

static void marks_of_many_entries_are_one_row_of_a_step(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	char *before;

	step_mark(w, "read already", &c.id[2], 1, ENTRY_READ, true);
	before = world_dump(w);
	step_mark(w, "marked read", c.id, 4, ENTRY_READ, true);
	assert_int_equal(recount(w, "SELECT count(*) FROM undo_row WHERE step = 2"), 1);
	assert_int_equal(recount(w, "SELECT length(old) FROM undo_row WHERE step = 2"), 3);
	assert_round_trip(w, before);
	assert_int_equal(row_of(w, c.id[2]).flags, ENTRY_READ);
}

static void a_list_marked_read_is_undone_as_one(void **state)
{
	struct world *w = *state;
	int64_t n;
	char *before;

	scene(w);
	before = world_dump(w);
	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, STR("marked read in Latest"));
	assert_ok(store_mark_list_read(w->s, LIST_LATEST, 0, INT64_MAX, &n, &e));
	assert_ok(store_undo_name(w->s, STR("marked 4 read in Latest"), &e));
	store_undo_end(w->s);
	assert_ok(store_commit(w->s, &e));
	assert_int_equal(n, 4);
	assert_int_equal(unread_total(w->s), 0);
	assert_round_trip(w, before);
	assert_str(undone(w).what, "marked 4 read in Latest");
}

static void stars_are_undone_in_the_reverse_order(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);

	step_mark(w, "starred: Bridge", &c.id[2], 1, ENTRY_STARRED, true);
	step_mark(w, "starred: Museum", &c.id[3], 1, ENTRY_STARRED, true);
	struct undo_done d = undone(w);

	assert_str(d.what, "starred: Museum");
	assert_int_equal(d.entry, c.id[3]);
	assert_int_equal(row_of(w, c.id[3]).flags, 0);
	assert_int_equal(row_of(w, c.id[2]).flags, ENTRY_STARRED);
	assert_str(undone(w).what, "starred: Bridge");
	assert_int_equal(feed_of(w, w->feed[0]).starred, 0);
	assert_str(done_again(w).what, "starred: Bridge");
	assert_str(done_again(w).what, "starred: Museum");
	assert_int_equal(feed_of(w, w->feed[2]).starred, 1);
}

static void with_nothing_left_it_says_so(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	struct error said = { 0 };
	struct undo_done d;

	assert_int_equal(store_undo(w->s, NULL, w->a, &d, &said), ERR_NONESUCH);
	assert_string_equal(said.text, "nothing to undo");
	step_mark(w, "marked read", &c.id[0], 1, ENTRY_READ, true);
	assert_int_equal(store_redo(w->s, NULL, w->a, &d, &said), ERR_NONESUCH);
	assert_string_equal(said.text, "nothing to redo");
	undone(w);
	assert_err(ERR_NONESUCH, store_undo(w->s, NULL, w->a, &d, &e));
}

static void what_changes_nothing_leaves_no_step(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);

	assert_int_equal(step_mark(w, "unread", &c.id[0], 1, ENTRY_READ, false), 0);
	assert_int_equal(step_mark(w, "gone", &(int64_t){ 4711 }, 1, ENTRY_READ, true), 0);
	assert_int_equal(recount(w, "SELECT count(*) FROM undo"), 0);
}

static void a_mark_outside_a_step_cannot_be_undone(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);

	assert_ok(store_mark(w->s, c.id, 1, ENTRY_READ, true, NULL, &e));
	assert_int_equal(recount(w, "SELECT count(*) FROM undo_row"), 0);
}

static void a_new_step_drops_those_that_were_undone(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	struct undo_done d;

	step_mark(w, "one", &c.id[0], 1, ENTRY_READ, true);
	step_mark(w, "two", &c.id[1], 1, ENTRY_READ, true);
	step_mark(w, "three", &c.id[2], 1, ENTRY_READ, true);
	undone(w);
	undone(w);
	step_mark(w, "other", &c.id[3], 1, ENTRY_READ, true);
	assert_err(ERR_NONESUCH, store_redo(w->s, NULL, w->a, &d, &e));
	assert_str(undone(w).what, "other");
	assert_str(undone(w).what, "one");
	assert_int_equal(recount(w, "SELECT count(*) FROM undo_row WHERE step > 2"), 0);
}

static void a_batch_undone_by_the_store_leaves_no_step(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);

	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, STR("starred"));
	assert_ok(store_mark(w->s, c.id, 1, ENTRY_STARRED, true, NULL, &e));
	store_rollback(w->s);
	assert_ok(store_mark(w->s, c.id, 1, ENTRY_STARRED, true, NULL, &e));
	assert_int_equal(recount(w, "SELECT count(*) FROM undo"), 0);
	assert_int_equal(recount(w, "SELECT count(*) FROM undo_row"), 0);
}

static void an_entry_gone_since_is_passed_over(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);

	step_mark(w, "marked read", &c.id[2], 2, ENTRY_READ, true);
	by_hand(w, "DELETE FROM entry WHERE title = 'Museum opens'");
	undone(w);
	assert_int_equal(row_of(w, c.id[2]).flags, 0);
}

static void a_thousand_steps_of_thirty_days_are_kept(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);

	for (int i = 0; i < UNDO_STEPS_MAX + 5; i++)
		step_mark(w, "mark", c.id, 1, ENTRY_READ, i % 2 == 0);
	assert_int_equal(recount(w, "SELECT count(*) FROM undo"), UNDO_STEPS_MAX);
	assert_int_equal(recount(w, "SELECT min(step) FROM undo_row"), 6);
	by_hand(w, "UPDATE undo SET at = at - 30 * 86400 - 1 WHERE id < 900");
	step_mark(w, "mark", c.id, 1, ENTRY_STARRED, true);
	assert_int_equal(recount(w, "SELECT min(id) FROM undo"), 900);
	assert_int_equal(recount(w, "SELECT min(step) FROM undo_row"), 900);
}

static void a_sentence_is_cut_between_two_characters(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	char long_title[400];

	for (size_t i = 0; i < 130; i++)
		memcpy(long_title + 3 * i, "\xe4\xb8\xad", 3);
	long_title[390] = '\0';
	step_mark(w, long_title, c.id, 1, ENTRY_READ, true);
	assert_int_equal(recount(w, "SELECT length(what) FROM undo"), 80);
	assert_int_equal(undone(w).what.n, 240);
}

/* -- events ------------------------------------------------------------------------------------ */

struct told { int came, left; int64_t entry; char terms[32]; };

static enum err tell_event(void *self, const struct event_row *ev, bool back, struct error *e)
{
	struct told *t = self;

	(void)e;
	t->came += back;
	t->left += !back;
	t->entry = ev->entry;
	snprintf(t->terms, sizeof t->terms, "%.*s", (int)ev->terms.n, ev->terms.p);
	return ERR_NONE;
}

static void an_event_leaves_the_log_and_comes_back_as_it_was(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	struct told t = { 0 };
	const struct undo_teller teller = { .event = tell_event, .self = &t };
	struct undo_done d;
	char *with, *now;

	assert_ok(store_event(w->s, NOW - 5, EVENT_OPEN, 1, 0, STR("old"), &e));
	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, STR("more like this: Bridge reopens"));
	assert_ok(store_event(w->s, NOW, EVENT_MORE, c.id[2], 1, STR("bridge\0opens"), &e));
	assert_ok(store_commit(w->s, &e));
	with = world_dump(w);
	assert_ok(store_undo(w->s, &teller, w->a, &d, &e));
	assert_int_equal(t.left, 1);
	assert_int_equal(t.entry, c.id[2]);
	assert_string_equal(t.terms, "bridge");
	assert_int_equal(recount(w, "SELECT count(*) FROM event"), 1);
	assert_ok(store_redo(w->s, &teller, w->a, &d, &e));
	assert_int_equal(t.came, 1);
	now = world_dump(w);
	assert_string_equal(now, with);
	free(now);
	free(with);
}

static void an_event_dropped_comes_back_when_that_is_undone(void **state)
{
	struct world *w = *state;
	struct told t = { 0 };
	const struct undo_teller teller = { .event = tell_event, .self = &t };
	struct event_row ev;
	struct undo_done d;
	char *before, *now;

	assert_ok(store_event(w->s, NOW, EVENT_STAR, 7, 3, STR("words"), &e));
	before = world_dump(w);
	assert_ok(store_event_of(w->s, 7, EVENT_STAR, w->a, &ev, &e));
	assert_err(ERR_NONESUCH, store_event_of(w->s, 7, EVENT_OPEN, w->a, &ev, &e));
	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, STR("star removed"));
	assert_ok(store_event_drop(w->s, &ev, &e));
	assert_ok(store_commit(w->s, &e));
	assert_int_equal(recount(w, "SELECT count(*) FROM event"), 0);
	assert_ok(store_undo(w->s, &teller, w->a, &d, &e));
	now = world_dump(w);
	assert_string_equal(now, before);
	assert_int_equal(t.came, 1);
	free(now);
	free(before);
}

static void an_event_whose_number_was_taken_meanwhile_gets_another(void **state)
{
	struct world *w = *state;
	struct undo_done d;

	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, STR("less like this"));
	assert_ok(store_event(w->s, NOW, EVENT_LESS, 7, 0, STR("words"), &e));
	assert_ok(store_commit(w->s, &e));
	undone(w);
	assert_ok(store_event(w->s, NOW, EVENT_SKIP, 8, 0, STR("skip"), &e));
	done_again(w);
	assert_int_equal(recount(w, "SELECT count(*) FROM event"), 2);
	assert_ok(store_undo(w->s, NULL, w->a, &d, &e));
	assert_int_equal(recount(w, "SELECT count(*) FROM event WHERE act = 4"), 1);
	assert_int_equal(recount(w, "SELECT count(*) FROM event"), 1);
}

/* -- flags and feeds changed by others --------------------------------------------------------- */

static void a_correction_of_filler_is_undone(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);
	char *before = world_dump(w);

	step_mark(w, "filler: Bridge reopens", &c.id[2], 1, ENTRY_FILLER, true);
	assert_int_equal(row_of(w, c.id[2]).flags, ENTRY_FILLER | ENTRY_CORRECTED);
	assert_round_trip(w, before);
	before = world_dump(w);
	step_mark(w, "not filler: Bridge reopens", &c.id[2], 1, ENTRY_FILLER, false);
	assert_int_equal(row_of(w, c.id[2]).flags, ENTRY_CORRECTED);
	assert_round_trip(w, before);
}

static void flags_set_by_others_are_undone(void **state)
{
	struct world *w = *state;
	struct scene c = scene(w);

	by_hand(w, "UPDATE entry SET flags = flags | 32 WHERE title = 'Bridge reopens'");
	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, STR("hidden"));
	assert_ok(store_undo_flags(w->s, &c.id[2], 1, 32, 0, &e));
	assert_ok(store_commit(w->s, &e));
	undone(w);
	assert_int_equal(row_of(w, c.id[2]).flags, 0);
	done_again(w);
	assert_int_equal(row_of(w, c.id[2]).flags, 32);
}

struct told_lines { enum undo_file file; bool back; char record[64]; };

static enum err tell_lines(void *self, enum undo_file file, struct str record, bool back,
                           struct buf *again, struct error *e)
{
	struct told_lines *t = self;

	(void)e;
	*t = (struct told_lines){ .file = file, .back = back };
	snprintf(t->record, sizeof t->record, "%.*s", (int)record.n, record.p);
	buf_addf(again, "%s'", t->record);
	return ERR_NONE;
}

static void a_file_that_was_edited_follows_by_what_is_kept_of_it(void **state)
{
	struct world *w = *state;
	struct told_lines t = { .back = false };
	const struct undo_teller teller = { .lines = tell_lines, .self = &t };
	struct undo_done d;

	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, STR("imported"));
	assert_ok(store_undo_lines(w->s, UNDO_CONFIG_FILE, STR(""), &e));
	assert_ok(store_undo_lines(w->s, UNDO_FEEDS_FILE, STR("record"), &e));
	assert_ok(store_commit(w->s, &e));
	assert_ok(store_undo(w->s, &teller, w->a, &d, &e));
	assert_int_equal(t.file, UNDO_FEEDS_FILE);
	assert_true(t.back);
	assert_string_equal(t.record, "record");
	assert_ok(store_redo(w->s, &teller, w->a, &d, &e));
	assert_false(t.back);
	assert_string_equal(t.record, "record'");
	assert_ok(store_undo(w->s, &teller, w->a, &d, &e));
	assert_string_equal(t.record, "record''");
}

static void an_unsubscribed_feed_comes_back_with_its_entries(void **state)
{
	struct world *w = *state;
	char *before;
	const struct str left[2] = { STR("http://b.example/"), STR("http://c.example/") };

	scene(w);
	assert_ok(store_feeds_sync(w->s, left, 2, NOW - 60, NULL, &e));
	by_hand(w, "UPDATE feed SET gone = NULL WHERE url = 'http://a.example/'");
	assert_ok(store_begin(w->s, true, &e));
	assert_ok(feed_gone_set(w->s, w->feed[0], 0, &e));
	assert_ok(store_commit(w->s, &e));
	before = world_dump(w);
	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, STR("unsubscribed: A"));
	assert_ok(store_unsubscribe(w->s, w->feed[0], NOW, &e));
	assert_ok(store_commit(w->s, &e));
	assert_round_trip(w, before);
	assert_int_equal(undone(w).feed, w->feed[0]);
}

/* Two feeds have it; the other keeps it as long as the first is not subscribed to. */
static void entries_that_went_to_another_feed_come_back_to_theirs(void **state)
{
	struct world *w = *state;
	int64_t first, second;
	char *before;

	first = put_titled(w->s, w->feed[0], "Bridge reopens", NOW - 7);
	by_hand(w, "INSERT INTO second(entry, feed, key) SELECT id, 2, 77 FROM entry");
	by_hand(w, "INSERT INTO member(feed, key, entry, hash) SELECT 2, 77, id, 5 FROM entry");
	second = put_titled(w->s, w->feed[0], "Museum opens", NOW - 6);
	fold_into(w->s, first, first, false);
	fold_into(w->s, second, second, false);
	before = world_dump(w);
	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, STR("unsubscribed: A"));
	assert_ok(store_unsubscribe(w->s, w->feed[0], NOW, &e));
	assert_ok(store_commit(w->s, &e));
	assert_int_equal(row_of(w, first).feed, w->feed[1]);
	assert_round_trip(w, before);
}

static void a_pause_is_undone(void **state)
{
	struct world *w = *state;
	char *before;

	before = world_dump(w);
	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, STR("paused: A"));
	assert_ok(store_feed_pause(w->s, w->feed[0], NOW, &e));
	assert_ok(store_feed_pause(w->s, w->feed[0], NOW + 5, &e));
	assert_ok(store_commit(w->s, &e));
	assert_int_equal(feed_of(w, w->feed[0]).state, FEED_PAUSED);
	assert_int_equal(feed_of(w, w->feed[0]).paused, NOW);
	assert_int_equal(recount(w, "SELECT count(*) FROM undo_row"), 1);
	assert_round_trip(w, before);
	before = world_dump(w);
	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, STR("resumed: A"));
	assert_ok(store_feed_pause(w->s, w->feed[0], 0, &e));
	assert_ok(store_commit(w->s, &e));
	assert_int_equal(feed_of(w, w->feed[0]).state, FEED_OK);
	assert_round_trip(w, before);
}

/* Moved: what its servers said three times over a day, which is offered again when it is undone. */
static void a_move_is_undone_and_offered_again(void **state)
{
	struct world *w = *state;
	char *before;

	by_hand(w, "INSERT INTO health(feed, state, moved, moved_n, moved_at) "
	           "VALUES(1, 0, 'http://new.example/', 3, 5)");
	by_hand(w, "UPDATE visit SET checked = 100000");
	assert_str(feed_of(w, w->feed[0]).moved, "http://new.example/");
	before = world_dump(w);
	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, STR("move taken: A"));
	assert_ok(store_feed_move(w->s, w->feed[0], STR("http://new.example/"), NOW, &e));
	assert_ok(store_commit(w->s, &e));
	assert_str(feed_of(w, w->feed[0]).url, "http://new.example/");
	assert_str(feed_of(w, w->feed[0]).moved, "");
	assert_round_trip(w, before);
	assert_str(feed_of(w, w->feed[0]).url, "http://new.example/");
	undone(w);
	assert_str(feed_of(w, w->feed[0]).moved, "http://new.example/");
}

static enum err refuse(void *self, enum undo_file file, struct str record, bool back,
                       struct buf *again, struct error *e)
{
	(void)self;
	(void)file;
	(void)record;
	(void)back;
	(void)again;
	return error_set(e, ERR_IO, "the feeds file cannot be written");
}

static void what_cannot_be_followed_is_not_undone(void **state)
{
	struct world *w = *state;
	const struct undo_teller teller = { .lines = refuse };
	struct undo_done d;
	char *before, *now;

	scene(w);
	assert_ok(store_begin(w->s, true, &e));
	store_undo_begin(w->s, NOW, STR("unsubscribed: A"));
	assert_ok(store_undo_lines(w->s, UNDO_FEEDS_FILE, STR("line"), &e));
	assert_ok(store_unsubscribe(w->s, w->feed[0], NOW, &e));
	assert_ok(store_commit(w->s, &e));
	before = world_dump(w);
	assert_err(ERR_IO, store_undo(w->s, &teller, w->a, &d, &e));
	now = world_dump(w);
	assert_string_equal(now, before);
	free(now);
	free(before);
	undone(w);
}

#define IN_MEMORY(name) cmocka_unit_test_setup_teardown(name, world_in_memory, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_MEMORY(a_read_mark_is_undone_to_the_last_bit),
		IN_MEMORY(reading_a_whole_story_is_undone_with_what_was_new_in_it),
		IN_MEMORY(marks_of_many_entries_are_one_row_of_a_step),
		IN_MEMORY(a_list_marked_read_is_undone_as_one),
		IN_MEMORY(stars_are_undone_in_the_reverse_order),
		IN_MEMORY(with_nothing_left_it_says_so),
		IN_MEMORY(what_changes_nothing_leaves_no_step),
		IN_MEMORY(a_mark_outside_a_step_cannot_be_undone),
		IN_MEMORY(a_new_step_drops_those_that_were_undone),
		IN_MEMORY(a_batch_undone_by_the_store_leaves_no_step),
		IN_MEMORY(an_entry_gone_since_is_passed_over),
		IN_MEMORY(a_thousand_steps_of_thirty_days_are_kept),
		IN_MEMORY(a_sentence_is_cut_between_two_characters),
		IN_MEMORY(an_event_leaves_the_log_and_comes_back_as_it_was),
		IN_MEMORY(an_event_dropped_comes_back_when_that_is_undone),
		IN_MEMORY(an_event_whose_number_was_taken_meanwhile_gets_another),
		IN_MEMORY(a_correction_of_filler_is_undone),
		IN_MEMORY(flags_set_by_others_are_undone),
		IN_MEMORY(a_file_that_was_edited_follows_by_what_is_kept_of_it),
		IN_MEMORY(an_unsubscribed_feed_comes_back_with_its_entries),
		IN_MEMORY(entries_that_went_to_another_feed_come_back_to_theirs),
		IN_MEMORY(a_pause_is_undone),
		IN_MEMORY(a_move_is_undone_and_offered_again),
		IN_MEMORY(what_cannot_be_followed_is_not_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
