#include "fixture.h"

/* Every list against a plain model: all rows, sorted by (time, feed, id) descending. */

struct model {
	struct list_anchor row[400];
	unsigned flags[400];
	size_t n;
};

static int newest_first(const void *a, const void *b)
{
	const struct list_anchor *x = a, *y = b;

	if (x->time != y->time)
		return x->time > y->time ? -1 : 1;
	if (x->feed != y->feed)
		return x->feed > y->feed ? -1 : 1;
	return (x->id < y->id) - (x->id > y->id);
}

/* 300 entries of few different times, so that feed and id have to decide. */
static void put_clumps(struct world *w, struct model *m)
{
	char title[32];

	m->n = 0;
	assert_ok(store_begin(w->s, false, &e));
	for (int i = 0; i < 300; i++) {
		int64_t time = NOW - (i * 37 % 23) * 60, feed = w->feed[i * 5 % 8];

		snprintf(title, sizeof title, "Entry %d", i);
		m->row[m->n++] =
			(struct list_anchor){ time, feed, put_titled(w->s, feed, title, time) };
	}
	assert_ok(store_commit(w->s, &e));
	qsort(m->row, m->n, sizeof *m->row, newest_first);
}

static void mark_every(struct world *w, int step, enum entry_flag flag)
{
	for (int64_t id = 1; id <= 300; id += step)
		assert_ok(store_mark(w->s, &id, 1, flag, true, NULL, &e));
}

/* What the list should hold. */
static struct model expected(struct world *w, const struct model *all, const struct list_query *q)
{
	struct model m = { .n = 0 };

	for (size_t i = 0; i < all->n; i++) {
		unsigned flags = row_of(w, all->row[i].id).flags;

		if (q->list == LIST_FEED && all->row[i].feed != q->feed)
			continue;
		if (q->list == LIST_STARRED && !(flags & ENTRY_STARRED))
			continue;
		if (q->unread_only && (flags & ENTRY_READ))
			continue;
		m.row[m.n++] = all->row[i];
	}
	return m;
}

static struct list_anchor anchor_of(const struct entry_row *r)
{
	return (struct list_anchor){ r->time, r->feed, r->id };
}

static void assert_same_row(const struct entry_row *got, const struct list_anchor *want)
{
	assert_int_equal(got->id, want->id);
	assert_int_equal(got->time, want->time);
	assert_int_equal(got->feed, want->feed);
}

/* Pages through the whole list by windows of seven. */
static void walk_older(struct world *w, struct list_query q, const struct model *want)
{
	struct list_anchor at;
	struct entry_row *rows;
	size_t n, seen = 0;

	q.way = LIST_OLDER;
	q.limit = 7;
	q.from = NULL;
	do {
		assert_ok(store_list(w->s, &q, w->a, &rows, &n, &e));
		for (size_t i = 0; i < n; i++)
			assert_same_row(&rows[i], &want->row[seen + i]);
		seen += n;
		if (n > 0)
			at = anchor_of(&rows[n - 1]);
		q.from = &at;
	} while (n > 0);
	assert_int_equal(seen, want->n);
}

/* The same from the other end; rows of a window still come newest first. */
static void walk_newer(struct world *w, struct list_query q, const struct model *want)
{
	struct list_anchor at;
	struct entry_row *rows;
	size_t n, left = want->n;

	q.way = LIST_NEWER;
	q.limit = 9;
	q.from = NULL;
	do {
		assert_ok(store_list(w->s, &q, w->a, &rows, &n, &e));
		assert_true(n <= left);
		left -= n;
		for (size_t i = 0; i < n; i++)
			assert_same_row(&rows[i], &want->row[left + i]);
		if (n > 0)
			at = anchor_of(&rows[0]);
		q.from = &at;
	} while (n > 0);
	assert_int_equal(left, 0);
}

static void jump(struct world *w, struct list_query q, const struct model *want)
{
	struct list_anchor at;

	for (size_t i = 0; i < want->n; i += 11) {
		assert_ok(store_list_at(w->s, &q, (int64_t)i, &at, &e));
		assert_memory_equal(&at, &want->row[i], sizeof at);
	}
	assert_err(ERR_NONESUCH, store_list_at(w->s, &q, (int64_t)want->n, &at, &e));
}

static void every_list_pages_through_its_rows_in_order(void **state)
{
	static const enum entry_list lists[] = { LIST_LATEST, LIST_FEED, LIST_STARRED };
	struct world *w = *state;
	struct model all;

	put_clumps(w, &all);
	mark_every(w, 3, ENTRY_READ);
	mark_every(w, 4, ENTRY_STARRED);
	for (int i = 0; i < 6; i++) {
		struct list_query q = { .list = lists[i / 2],
			                .feed = w->feed[3],
			                .unread_only = i % 2 };
		struct model want = expected(w, &all, &q);

		assert_true(want.n > 5);
		walk_older(w, q, &want);
		walk_newer(w, q, &want);
		jump(w, q, &want);
	}
}

static void counts_of_lists_are_their_rows(void **state)
{
	struct world *w = *state;
	struct model all;
	int64_t n;

	put_clumps(w, &all);
	mark_every(w, 4, ENTRY_STARRED);
	assert_ok(store_list_count(w->s, LIST_LATEST, 0, &n, &e));
	assert_int_equal(n, 300);
	assert_ok(store_list_count(w->s, LIST_STARRED, 0, &n, &e));
	assert_int_equal(n, 75);
	assert_ok(store_list_count(w->s, LIST_FEED, w->feed[0], &n, &e));
	assert_int_equal(n, recount(w, "SELECT count(*) FROM entry WHERE feed = 1"));
	assert_ok(store_list_count(w->s, LIST_FEED, 4711, &n, &e));
	assert_int_equal(n, 0);
}

static void a_batch_sees_its_own_counts(void **state)
{
	struct world *w = *state;
	int64_t n;

	assert_ok(store_begin(w->s, false, &e));
	put_titled(w->s, w->feed[0], "One", NOW);
	assert_int_equal(unread_total(w->s), 1);
	assert_ok(store_list_count(w->s, LIST_FEED, w->feed[0], &n, &e));
	assert_int_equal(n, 1);
	assert_ok(store_commit(w->s, &e));
	assert_int_equal(unread_total(w->s), 1);
}

static void the_order_does_not_depend_on_arrival(void **state)
{
	struct world *w = *state;
	struct list_query q = { .list = LIST_LATEST, .limit = 10 };
	struct entry_row *rows;
	size_t n;

	put_titled(w->s, w->feed[2], "C", NOW);
	put_titled(w->s, w->feed[0], "A", NOW);
	put_titled(w->s, w->feed[1], "B", NOW);
	assert_ok(store_list(w->s, &q, w->a, &rows, &n, &e));
	assert_int_equal(n, 3);
	assert_str(rows[0].title, "C");
	assert_str(rows[1].title, "B");
	assert_str(rows[2].title, "A");
}

static void a_row_names_its_source(void **state)
{
	struct world *w = *state;
	struct list_query q = { .list = LIST_LATEST, .limit = 10 };
	struct feed_visit v = { .feed = w->feed[0], .now = NOW, .title = STR("City News") };
	struct entry_row *rows;
	size_t n;

	assert_ok(store_feed_visited(w->s, &v, &e));
	put_titled(w->s, w->feed[0], "A", NOW);
	assert_ok(store_list(w->s, &q, w->a, &rows, &n, &e));
	assert_str(rows[0].source, "City News");
	assert_str(row_of(w, rows[0].id).source, "City News");
}

static void entries_of_a_feed_that_is_gone_are_hidden_until_it_comes_back(void **state)
{
	struct world *w = *state;
	struct list_query q = { .list = LIST_LATEST, .limit = 10 };
	const struct str one = STR("http://a.example/"),
			 both[] = { STR("http://a.example/"), STR("http://b.example/") };
	struct entry_row *rows;
	int64_t id = put_titled(w->s, w->feed[1], "B", NOW), count;
	size_t n;

	put_titled(w->s, w->feed[0], "A", NOW);
	assert_ok(store_feeds_sync(w->s, &one, 1, NOW, NULL, &e));
	assert_ok(store_list(w->s, &q, w->a, &rows, &n, &e));
	assert_int_equal(n, 1);
	assert_ok(store_list_count(w->s, LIST_LATEST, 0, &count, &e));
	assert_int_equal(count, 1);
	assert_int_equal(unread_total(w->s), 1);
	assert_str(row_of(w, id).title, "B");
	assert_ok(store_feeds_sync(w->s, both, 2, NOW, NULL, &e));
	assert_ok(store_list(w->s, &q, w->a, &rows, &n, &e));
	assert_int_equal(n, 2);
	assert_int_equal(unread_total(w->s), 2);
}

static void a_window_of_nothing_is_empty(void **state)
{
	struct world *w = *state;
	struct list_query q = { .list = LIST_LATEST, .limit = 0 };
	struct entry_row *rows;
	size_t n;

	put_titled(w->s, w->feed[0], "A", NOW);
	assert_ok(store_list(w->s, &q, w->a, &rows, &n, &e));
	assert_int_equal(n, 0);
	q = (struct list_query){
		.list = LIST_FEED, .feed = 4711, .unread_only = true, .limit = 5
	};
	assert_ok(store_list(w->s, &q, w->a, &rows, &n, &e));
	assert_int_equal(n, 0);
}

#define IN_MEMORY(test) cmocka_unit_test_setup_teardown(test, world_in_memory, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_MEMORY(every_list_pages_through_its_rows_in_order),
		IN_MEMORY(counts_of_lists_are_their_rows),
		IN_MEMORY(a_batch_sees_its_own_counts),
		IN_MEMORY(the_order_does_not_depend_on_arrival),
		IN_MEMORY(a_row_names_its_source),
		IN_MEMORY(entries_of_a_feed_that_is_gone_are_hidden_until_it_comes_back),
		IN_MEMORY(a_window_of_nothing_is_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
