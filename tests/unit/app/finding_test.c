/* Searching through the engine: the asks of the reader thread, and the index kept meanwhile. */
#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../../../src/app/indexer.h"
#include "lede/store/search.h"

#define A "https://a.example/feed"
#define TWO_ITEMS RSS(ITEM("Bridge reopens after two years", "1", MORNING) \
		ITEM("Lost dog takes the bridge", "2", NIGHT))

static int opened(void **state)
{
	static struct rig r;

	rig_open(&r);
	rig_subscribe(&r, A);
	fake_answer(r.fake, (struct fake_answer){ .url = A, .status = 200, .body = TWO_ITEMS });
	rig_start(&r);
	rig_refresh(&r, false);
	*state = &r;
	return 0;
}

static int closed(void **state)
{
	rig_close(*state);
	return 0;
}

static struct ask *search_for(const char *query, int n)
{
	struct ask *ask = ask_new(ASK_SEARCH, 7);

	snprintf(ask->query, sizeof ask->query, "%s", query);
	ask->n = n;
	ask->now = 1700000000;
	return ask;
}

static void a_search_is_answered_with_rows_and_the_words_in_them(void **state)
{
	const struct answer *a = rig_ask(*state, search_for("bridge", 40));

	assert_int_equal(a->error.code, ERR_NONE);
	assert_int_equal(a->n, 2);
	assert_true(a->done);
	assert_false(a->going);
	assert_int_equal(a->ticket, 7);
	assert_int_equal(a->found[0].title.n, 1);
	assert_true(str_eq_nocase(str_sub(a->found[0].title.text, a->found[0].title.range[0].from,
	                                  a->found[0].title.range[0].to), STR("bridge")));
	assert_true(str_starts(a->found[0].text.text, "Text of"));
	assert_int_equal(a->found[0].text.n, 0);
}

static void more_is_given_when_it_is_asked_for(void **state)
{
	const struct answer *a = rig_ask(*state, search_for("bridge", 1));
	int64_t first = a->entry_row[0].id;
	struct ask *more = search_for("", 5);

	assert_int_equal(a->n, 1);
	assert_false(a->done);
	assert_false(a->going);
	more->more = true;
	a = rig_ask(*state, more);
	assert_int_equal(a->n, 1);
	assert_int_not_equal(a->entry_row[0].id, first);
	assert_true(a->done);
}

static void an_empty_query_ends_the_search(void **state)
{
	struct ask *more = search_for("", 5);
	const struct answer *a;

	rig_ask(*state, search_for("bridge", 1));
	a = rig_ask(*state, search_for("", 40));
	assert_true(a->done);
	assert_int_equal(a->n, 0);
	more->more = true;
	a = rig_ask(*state, more);
	assert_int_equal(a->n, 0);
	assert_true(a->done);
}

static void what_cannot_be_understood_is_said(void **state)
{
	const struct answer *a = rig_ask(*state, search_for("after:soon", 40));

	assert_int_equal(a->error.code, ERR_USAGE);
	assert_true(strstr(a->error.text, "after: takes a day") != NULL);
	a = rig_ask(*state, search_for("dog", 40));
	assert_int_equal(a->n, 1);
}

static void best_first_is_asked_for(void **state)
{
	struct ask *ask = search_for("lost bridge", 40);
	const struct answer *a;

	ask->best = true;
	a = rig_ask(*state, ask);
	assert_int_equal(a->n, 1);
	assert_true(a->done);
}

/* ---- a search that takes its time ---- */

enum { MANY = 4000 };

static void put_many(struct rig *r)
{
	struct store *s;
	struct error e;

	assert_int_equal(store_open(r->path, STORE_WRITE, &s, &e), ERR_NONE);
	assert_int_equal(store_begin(s, false, &e), ERR_NONE);
	for (int i = 0; i < MANY; i++) {
		char title[64], html[2000];
		struct entry_new n = { .feed = rig_feed(r, A).id, .published = r->now - MANY + i,
			               .updated = r->now, .points = -1 };
		enum put_result result;
		int64_t id;

		snprintf(title, sizeof title, "Number %d of many", i);
		memset(html, 'x', sizeof html);
		for (size_t k = 3; k < sizeof html; k += 4)
			html[k] = ' ';
		memcpy(html + 1900, " white or house ", 16);
		n.title = n.guid = n.link = str_of(title);
		n.html = (struct str){ html, sizeof html };
		assert_int_equal(store_put_entry(s, &n, r->now, &result, &id, &e), ERR_NONE);
	}
	assert_int_equal(store_commit(s, &e), ERR_NONE);
	store_close(s);
}

static void index_everything(struct rig *r)
{
	const struct search_pace pace = { .entries = 1000 };
	struct search_index *x;
	struct store *s;
	struct error e;
	bool more = true;

	assert_int_equal(store_open(r->path, STORE_WRITE, &s, &e), ERR_NONE);
	assert_int_equal(search_index_open(s, &x, &e), ERR_NONE);
	while (more)
		assert_int_equal(search_index_step(x, &pace, &more, &e), ERR_NONE);
	search_index_close(x);
	store_close(s);
}

static struct answer *next_answer(struct rig *r)
{
	struct message *m;

	for (;;) {
		assert_true(mailbox_wait(engine_mailbox(r->engine), &m, 20000));
		if (m->kind == WORK_ANSWER)
			return (struct answer *)m;
		m->drop ? m->drop(m) : free(m);
	}
}

/* "house white" is nowhere, but both words are everywhere: each text has to be read. */
static void a_search_that_takes_long_answers_in_pieces_until_it_is_done(void **state)
{
	struct rig *r = *state;
	int pieces = 0, others = 0;
	bool done = false;
	int64_t back = INT64_MAX;

	put_many(r);
	index_everything(r);
	engine_ask(r->engine, search_for("\"house white\"", 40));
	while (!done) {
		struct answer *a = next_answer(r);

		if (a->kind == ASK_SEARCH) {
			assert_int_equal(a->error.code, ERR_NONE);
			assert_int_equal(a->n, 0);
			assert_true(a->back_to <= back);
			assert_int_equal(a->going, !a->done);
			back = a->back_to;
			done = a->done;
			if (pieces++ == 0)
				engine_ask(r->engine, ask_new(ASK_COUNTS, 1));
		} else {
			others++;
			assert_false(done); /* nobody waits for it */
		}
		answer_free(a);
	}
	assert_true(others == 1 || pieces == 1);
	print_message("%d pieces\n", pieces);
}

static void a_new_search_ends_the_old_one(void **state)
{
	struct rig *r = *state;
	struct ask *newer = search_for("dog", 40);
	bool seen = false;

	put_many(r);
	index_everything(r);
	engine_ask(r->engine, search_for("\"house white\"", 40));
	newer->ticket = 8;
	engine_ask(r->engine, newer);
	while (!seen) {
		struct answer *a = next_answer(r);

		seen = a->ticket == 8;
		assert_true(!seen || a->n == 1);
		answer_free(a);
	}
	assert_false(mailbox_wait(engine_mailbox(r->engine), &(struct message *){ NULL }, 300));
}

/* ---- the index ---- */

static int64_t indexed(struct rig *r)
{
	struct search_index *x;
	struct error e;
	int64_t waiting = -1;

	if (search_index_open(r->store, &x, &e) != ERR_NONE)
		return -1;
	search_index_waiting(x, &waiting, &e);
	search_index_close(x);
	return waiting;
}

static void the_indexer_follows_the_cache_when_it_is_woken(void **state)
{
	struct rig *r = *state;
	atomic_bool refreshing;
	struct indexer *x;
	struct error e;
	struct indexer_setup setup = { .path = r->path, .clock = clock_system(),
		                       .refreshing = &refreshing };

	atomic_init(&refreshing, true);
	assert_int_equal(indexed(r), 2);
	assert_int_equal(indexer_start(&setup, &x, &e), ERR_NONE);
	indexer_wake(x);
	nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
	assert_int_equal(indexed(r), 2); /* a refresh runs */
	atomic_store(&refreshing, false);
	for (int i = 0; i < 500 && indexed(r) != 0; i++) {
		indexer_wake(x);
		nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	}
	assert_int_equal(indexed(r), 0);
	indexer_stop(x);
	indexer_wake(x);
	indexer_free(x);
}

static void a_command_indexes_what_it_brought(void **state)
{
	struct rig *r = *state;
	struct clock c = clock_system();

	assert_int_equal(indexed(r), 2);
	index_for_a_while(r->path, &c, 2000);
	assert_int_equal(indexed(r), 0);
}

static void indexing_for_no_time_does_nothing(void **state)
{
	struct rig *r = *state;
	struct clock c = clock_system();

	index_for_a_while(r->path, &c, 0);
	assert_int_equal(indexed(r), 2);
	index_for_a_while("/nonexistent/folder/lede.db", &c, 100);
}

int main(void)
{
#define IN_RIG(test) cmocka_unit_test_setup_teardown(test, opened, closed)
	const struct CMUnitTest tests[] = {
		IN_RIG(a_search_is_answered_with_rows_and_the_words_in_them),
		IN_RIG(more_is_given_when_it_is_asked_for),
		IN_RIG(an_empty_query_ends_the_search),
		IN_RIG(what_cannot_be_understood_is_said),
		IN_RIG(best_first_is_asked_for),
		IN_RIG(a_search_that_takes_long_answers_in_pieces_until_it_is_done),
		IN_RIG(a_new_search_ends_the_old_one),
		IN_RIG(the_indexer_follows_the_cache_when_it_is_woken),
		IN_RIG(a_command_indexes_what_it_brought),
		IN_RIG(indexing_for_no_time_does_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
