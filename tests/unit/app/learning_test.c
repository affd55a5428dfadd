#include "scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../src/app/acts.h"
#include "../../../src/app/folding.h"
#include "lede/app/learning.h"

#define OPEN "memory:learning_test"
#define DAY (24 * HOUR)

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

/* ---- the profile as text ---- */

struct rows { char *text[512]; size_t n; };

static void add_row(void *self, int kind, int64_t key, double weight)
{
	struct rows *r = self;
	char line[96];

	if (kind != PROFILE_WORD && kind != PROFILE_FEED && kind != PROFILE_TOTAL)
		return;
	snprintf(line, sizeof line, "%d %lld %a\n", kind, (long long)key, weight);
	r->text[r->n++] = strdup(line);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *joined(struct rows *r)
{
	struct buf b = buf_limited(1 << 20);

	qsort(r->text, r->n, sizeof *r->text, by_text);
	for (size_t i = 0; i < r->n; i++) {
		buf_add_cstr(&b, r->text[i]);
		free(r->text[i]);
	}
	return buf_take(&b);
}

/* What the store has of it, to the last bit. Owned. */
static char *profile_now_stored(struct scene *s)
{
	struct error e = { .code = ERR_NONE };
	struct rows r = { .n = 0 };

	assert_ok(store_profile(s->store, add_row, &r, &e), &e);
	return joined(&r);
}

struct counting { struct profile *p; };

static void count_event(void *self, const struct event_row *ev)
{
	learning_teach(((struct counting *)self)->p, ev, 1, NULL, NULL);
}

static double weight_in(const struct profile *p, const char *line)
{
	int kind;
	long long key;

	assert_int_equal(sscanf(line, "%d %lld", &kind, &key), 2);
	return profile_get(p, (enum profile_kind)kind, key);
}

/* The log, counted anew, gives what is stored: every row, and nothing beside. */
static void assert_log_gives_the_profile(struct scene *s)
{
	struct error e = { .code = ERR_NONE };
	struct counting c = { profile_new() };
	struct rows r = { .n = 0 };

	assert_ok(store_events(s->store, count_event, &c, &e), &e);
	assert_ok(store_profile(s->store, add_row, &r, &e), &e);
	for (size_t i = 0; i < r.n; i++) {
		char wanted[96];
		int kind;
		long long key;

		sscanf(r.text[i], "%d %lld", &kind, &key);
		snprintf(wanted, sizeof wanted, "%d %lld %a\n", kind, key,
			 weight_in(c.p, r.text[i]));
		assert_string_equal(r.text[i], wanted);
		free(r.text[i]);
	}
	profile_free(c.p);
}

/* ---- acts ---- */

static void act(struct scene *s, const struct job *j)
{
	struct error e = { .code = ERR_NONE };
	int64_t changed;

	assert_ok(store_begin(s->store, true, &e), &e);
	assert_ok(act_mark(s->folding, s->store, j, s->now, &changed, &e), &e);
	assert_ok(store_commit(s->store, &e), &e);
}

static void star(struct scene *s, int64_t entry, bool on)
{
	act(s, &(struct job){ .kind = JOB_MARK, .id = &entry, .nids = 1, .entry = entry,
			      .flag = ENTRY_STARRED, .on = on,
			      .act = on ? EVENT_STAR : EVENT_UNSTAR });
}

static void lean(struct scene *s, int64_t entry, enum event_act more, int times)
{
	act(s, &(struct job){ .kind = JOB_MARK, .entry = entry, .act = more, .times = times });
}

static void open_story(struct scene *s, int64_t entry)
{
	int64_t story = scene_story(s, entry);

	act(s, &(struct job){ .kind = JOB_MARK, .id = &story, .nids = 1, .stories = true,
			      .entry = entry, .flag = ENTRY_READ, .on = true,
			      .act = EVENT_OPEN });
}

static struct undo_done turn(struct scene *s, bool back)
{
	struct error e = { .code = ERR_NONE };
	struct undo_done done;

	assert_ok(learning_undo(s->folding, s->store, back, NULL, s->arena, &done, &e), &e);
	return done;
}

struct three { int64_t lighthouse, train, tea; };

static struct three three(struct scene *s)
{
	struct three t = {
		scene_add(s, 0, "Lighthouse keepers count seabirds at dawn", 3 * HOUR),
		scene_add(s, 1, "Night train to the lighthouse returns in June", 2 * HOUR),
		scene_add(s, 2, "春茶比去年早一週上市", HOUR),
	};

	scene_fold(s);
	return t;
}

/* ---- exactness ---- */

static void taking_a_star_away_subtracts_what_it_added_however_late(void **state)
{
	struct scene *s = *state;
	struct three t = three(s);
	char *before, *after;

	open_story(s, t.train);
	before = profile_now_stored(s);
	star(s, t.lighthouse, true);
	s->now += 37 * DAY + 12345;
	star(s, t.lighthouse, false);
	after = profile_now_stored(s);
	assert_string_equal(after, before);
	free(before);
	free(after);
	assert_log_gives_the_profile(s);
}

static void a_star_that_taught_nothing_takes_nothing_away(void **state)
{
	struct scene *s = *state;
	struct three t = three(s);
	char *before, *after;

	scene_star(s, t.lighthouse);
	before = profile_now_stored(s);
	star(s, t.lighthouse, false);
	after = profile_now_stored(s);
	assert_string_equal(after, before);
	assert_int_equal(scene_flags(s, t.lighthouse) & ENTRY_STARRED, 0);
	free(before);
	free(after);
}

static void starring_what_is_starred_teaches_once(void **state)
{
	struct scene *s = *state;
	struct three t = three(s);
	char *once, *twice;

	star(s, t.lighthouse, true);
	once = profile_now_stored(s);
	star(s, t.lighthouse, true);
	twice = profile_now_stored(s);
	assert_string_equal(once, twice);
	free(once);
	free(twice);
}

static void every_act_is_undone_and_done_again_with_what_it_taught(void **state)
{
	struct scene *s = *state;
	struct three t = three(s);
	char *was[6], *now;

	for (int i = 0; i < 5; i++) {
		was[i] = profile_now_stored(s);
		s->now += 3 * DAY + i;
		switch (i) {
		case 0: open_story(s, t.lighthouse); break;
		case 1: star(s, t.train, true); break;
		case 2: lean(s, t.tea, EVENT_MORE, 3); break;
		case 3: star(s, t.train, false); break;
		default: lean(s, t.lighthouse, EVENT_LESS, 1);
		}
	}
	was[5] = profile_now_stored(s);
	for (int i = 4; i >= 0; i--) {
		turn(s, true);
		now = profile_now_stored(s);
		assert_string_equal(now, was[i]);
		free(now);
		assert_log_gives_the_profile(s);
	}
	for (int i = 1; i <= 5; i++) {
		turn(s, false);
		now = profile_now_stored(s);
		assert_string_equal(now, was[i]);
		free(now);
	}
	assert_log_gives_the_profile(s);
	for (int i = 0; i < 6; i++)
		free(was[i]);
}

static void steps_are_named_after_what_was_done(void **state)
{
	struct scene *s = *state;
	struct three t = three(s);
	int64_t all[3] = { t.lighthouse, t.train, t.tea };

	star(s, t.train, true);
	lean(s, t.tea, EVENT_MORE, 1);
	open_story(s, t.lighthouse);
	act(s, &(struct job){ .kind = JOB_MARK, .id = all, .nids = 3, .flag = ENTRY_READ,
			      .on = false });
	act(s, &(struct job){ .kind = JOB_MARK_LIST, .list = LIST_LATEST, .upto = 99 });
	act(s, &(struct job){ .kind = JOB_MARK, .id = all, .nids = 3, .flag = ENTRY_READ,
			      .on = false });
	act(s, &(struct job){ .kind = JOB_MARK_LIST, .list = LIST_FEED, .feed = s->feed[0],
			      .upto = 99 });
	assert_text(turn(s, true).what, "marked 1 read in Paper Daily");
	assert_text(turn(s, true).what, "marked unread: 3 entries");
	assert_text(turn(s, true).what, "marked 3 read in Latest");
	assert_text(turn(s, true).what, "marked unread: 3 entries");
	assert_text(turn(s, true).what,
		    "marked read: Lighthouse keepers count seabirds at dawn");
	assert_text(turn(s, true).what, "more like this: 春茶比去年早一週上市");
	assert_text(turn(s, true).what, "starred: Night train to the lighthouse returns in June");
}

static void what_was_learned_changes_the_next_edition_only(void **state)
{
	struct scene *s = *state;
	struct three t = three(s);
	struct error e = { .code = ERR_NONE };
	struct edition_row before, after;
	int64_t edition = scene_edition(s, 0);
	struct made_edition next;

	assert_ok(store_edition_row(s->store, edition, t.train, s->arena, &before, &e), &e);
	lean(s, t.lighthouse, EVENT_MORE, 1);
	assert_ok(store_edition_row(s->store, edition, t.train, s->arena, &after, &e), &e);
	assert_int_equal(after.score, before.score);
	next = scene_make(s, 0);
	assert_true(scene_row(&next, "Night train to the lighthouse returns in June")->score >
		    before.score);
}

/* ---- listing ---- */

static struct learned_list listed(struct scene *s)
{
	struct error e = { .code = ERR_NONE };
	struct learned_list l;

	assert_ok(learning_list(s->folding, s->store, s->now, s->arena, &l, &e), &e);
	return l;
}

static double weight_of(const struct learned_list *l, const char *word)
{
	for (size_t i = 0; i < l->nwords; i++)
		if (str_is(l->word[i].name, word))
			return l->word[i].weight;
	return 0;
}

static void about(double got, double wanted)
{
	if (got < wanted - .001 || got > wanted + .001)
		fail_msg("%f is not %f", got, wanted);
}

static void words_and_feeds_are_listed_most_first(void **state)
{
	struct scene *s = *state;
	struct three t = three(s);
	struct learned_list l;

	star(s, t.lighthouse, true);
	star(s, t.train, true);
	lean(s, t.tea, EVENT_LESS, 1);
	l = listed(s);
	assert_text(l.word[0].name, "lighthouse");
	about(l.word[0].weight, 2);
	about(weight_of(&l, "june"), 1);
	about(weight_of(&l, "春茶"), -2);
	for (size_t i = 1; i < l.nwords; i++)
		assert_true(l.word[i - 1].weight >= l.word[i].weight);
	assert_int_equal(l.nfeeds, 3);
	assert_int_equal(l.feed[2].feed, s->feed[2]);
	about(l.feed[2].weight, -1);
	about(l.kept, 0);             /* two stars, and twice as much the other way */
}

static void what_lies_back_weighs_less(void **state)
{
	struct scene *s = *state;
	struct three t = three(s);
	struct learned_list l;

	star(s, t.train, true);
	s->now += 120 * DAY;
	l = listed(s);
	about(weight_of(&l, "june"), .5);
	about(l.feed[0].weight, .5);
}

static void nothing_done_nothing_learned(void **state)
{
	struct learned_list l = listed(*state);

	assert_int_equal(l.nwords + l.nfeeds, 0);
}

/* ---- forgetting ---- */

static void begin(struct scene *s)
{
	struct error e = { .code = ERR_NONE };

	assert_ok(store_begin(s->store, true, &e), &e);
}

static void end(struct scene *s)
{
	struct error e = { .code = ERR_NONE };

	assert_ok(store_commit(s->store, &e), &e);
}

static void a_word_is_forgotten_alone_and_in_the_log_too(void **state)
{
	struct scene *s = *state;
	struct three t = three(s);
	struct error e = { .code = ERR_NONE };
	struct learned_list l;

	star(s, t.lighthouse, true);
	open_story(s, t.train);
	begin(s);
	assert_ok(learning_forget_word(s->folding, s->store, STR("Lighthouses"), &e), &e);
	end(s);
	l = listed(s);
	about(weight_of(&l, "lighthouse"), 0);
	about(weight_of(&l, "june"), .5);
	about(weight_of(&l, "dawn"), 1);
	assert_log_gives_the_profile(s);
	star(s, t.lighthouse, false);             /* takes away what is left of it */
	l = listed(s);
	about(weight_of(&l, "lighthouse"), 0);
	about(weight_of(&l, "dawn"), 0);
	assert_log_gives_the_profile(s);
}

static void a_chinese_word_is_forgotten(void **state)
{
	struct scene *s = *state;
	struct three t = three(s);
	struct error e = { .code = ERR_NONE };
	struct learned_list l;

	star(s, t.tea, true);
	begin(s);
	assert_ok(learning_forget_word(s->folding, s->store, STR("春茶"), &e), &e);
	end(s);
	l = listed(s);
	about(weight_of(&l, "春茶"), 0);
	about(weight_of(&l, "去年"), 1);
	assert_log_gives_the_profile(s);
}

static void a_feed_is_forgotten_with_what_its_entries_taught(void **state)
{
	struct scene *s = *state;
	struct three t = three(s);
	struct error e = { .code = ERR_NONE };
	char *before, *after;

	star(s, t.train, true);
	before = profile_now_stored(s);
	s->now += 5 * DAY;
	star(s, t.lighthouse, true);
	lean(s, t.lighthouse, EVENT_MORE, 1);
	begin(s);
	assert_ok(learning_forget_feed(s->folding, s->store, s->feed[0], &e), &e);
	end(s);
	after = profile_now_stored(s);
	assert_string_equal(after, before);
	free(before);
	free(after);
	assert_log_gives_the_profile(s);
}

static void all_is_forgotten(void **state)
{
	struct scene *s = *state;
	struct three t = three(s);
	struct error e = { .code = ERR_NONE };
	char *after;

	star(s, t.train, true);
	lean(s, t.tea, EVENT_LESS, 2);
	turn(s, true);
	begin(s);
	assert_ok(learning_forget_all(s->folding, s->store, &e), &e);
	end(s);
	after = profile_now_stored(s);
	assert_string_equal(after, "");
	free(after);
	assert_int_equal(listed(s).nwords, 0);
	turn(s, false);               /* the words of what was undone are forgotten, too */
	assert_int_equal(listed(s).nwords, 0);
	assert_true(scene_flags(s, t.train) & ENTRY_STARRED);
}

static void what_was_never_learned_cannot_be_forgotten(void **state)
{
	struct scene *s = *state;
	struct three t = three(s);
	struct error e = { .code = ERR_NONE };

	star(s, t.train, true);
	begin(s);
	assert_int_equal(learning_forget_word(s->folding, s->store, STR("ferry"), &e),
			 ERR_NONESUCH);
	assert_string_equal(e.text, "nothing was learned of “ferry”");
	assert_int_equal(learning_forget_word(s->folding, s->store, STR("!?"), &e), ERR_NONESUCH);
	assert_int_equal(learning_forget_feed(s->folding, s->store, s->feed[3], &e), ERR_NONESUCH);
	end(s);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, opened, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(taking_a_star_away_subtracts_what_it_added_however_late),
		CASE(a_star_that_taught_nothing_takes_nothing_away),
		CASE(starring_what_is_starred_teaches_once),
		CASE(every_act_is_undone_and_done_again_with_what_it_taught),
		CASE(steps_are_named_after_what_was_done),
		CASE(what_was_learned_changes_the_next_edition_only),
		CASE(words_and_feeds_are_listed_most_first),
		CASE(what_lies_back_weighs_less),
		CASE(nothing_done_nothing_learned),
		CASE(a_word_is_forgotten_alone_and_in_the_log_too),
		CASE(a_chinese_word_is_forgotten),
		CASE(a_feed_is_forgotten_with_what_its_entries_taught),
		CASE(all_is_forgotten),
		CASE(what_was_never_learned_cannot_be_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
