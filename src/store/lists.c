#include "inside.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lede/store/entries.h"

/* Lists of entries, read by windows beyond an anchor. */

void *array_to_arena(void *array, size_t n, size_t size, struct arena *a)
{
	void *copy = arena_alloc(a, n * size);

	if (n > 0)
		memcpy(copy, array, n * size);
	free(array);
	return copy;
}

void entry_from(const struct query *q, struct arena *a, struct entry_row *row)
{
	*row = (struct entry_row){
		.id = col_int(q, 0),
		.feed = col_int(q, 1),
		.time = col_int(q, 2),
		.story = col_int(q, 3),
		.published = col_date(q, 4),
		.updated = col_date(q, 5),
		.seen = col_int(q, 6),
		.flags = (unsigned)col_int(q, 7) & ~ENTRY_TOUCHED,
		.title = col_copy(q, 8, a),
		.link = col_copy(q, 9, a),
		.author = col_copy(q, 10, a),
		.source = col_copy(q, 11, a),
		.filler = col_copy(q, 12, a),
	};
}

enum err entries_of(struct query *q, struct arena *a, struct entry_row **rows, size_t *n)
{
	struct entry_row *got = NULL;
	size_t count = 0, cap = 0;

	while (sql_row(q)) {
		got = mem_grow(got, &cap, count + 1, sizeof *got);
		entry_from(q, a, &got[count++]);
	}
	*n = q->rc == ERR_NONE ? count : 0;
	*rows = array_to_arena(got, *n, sizeof *got, a);
	return sql_end(q);
}

/* [list][unread_only][way], then the jump. */
static const struct {
	enum sql window[2], jump;
} statement[][2] = {
	[LIST_LATEST] = {
		{ { SQL_LIST_LATEST_OLDER, SQL_LIST_LATEST_NEWER }, SQL_LIST_LATEST_AT },
		{ { SQL_LIST_LATEST_UNREAD_OLDER, SQL_LIST_LATEST_UNREAD_NEWER },
		  SQL_LIST_LATEST_UNREAD_AT },
	},
	[LIST_FEED] = {
		{ { SQL_LIST_FEED_OLDER, SQL_LIST_FEED_NEWER }, SQL_LIST_FEED_AT },
		{ { SQL_LIST_FEED_UNREAD_OLDER, SQL_LIST_FEED_UNREAD_NEWER },
		  SQL_LIST_FEED_UNREAD_AT },
	},
	[LIST_STARRED] = {
		{ { SQL_LIST_STARRED_OLDER, SQL_LIST_STARRED_NEWER }, SQL_LIST_STARRED_AT },
		{ { SQL_LIST_STARRED_UNREAD_OLDER, SQL_LIST_STARRED_UNREAD_NEWER },
		  SQL_LIST_STARRED_UNREAD_AT },
	},
	[LIST_FILLER] = {
		{ { SQL_LIST_FILLER_OLDER, SQL_LIST_FILLER_NEWER }, SQL_LIST_FILLER_AT },
		{ { SQL_LIST_FILLER_UNREAD_OLDER, SQL_LIST_FILLER_UNREAD_NEWER },
		  SQL_LIST_FILLER_UNREAD_AT },
	},
};

/* Where a window without an anchor begins: beyond every row there can be. */
static struct list_anchor window_start(const struct list_query *q)
{
	int64_t end = q->way == LIST_OLDER ? INT64_MAX : INT64_MIN;
	struct list_anchor at = q->from ? *q->from : (struct list_anchor){ end, end, end };

	if (q->list == LIST_FEED)
		at.feed = q->feed;
	return at;
}

static void reverse(struct entry_row *rows, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct entry_row swapped = rows[i];

		rows[i] = rows[n - 1 - i];
		rows[n - 1 - i] = swapped;
	}
}

struct totals { int64_t entries, unread, starred, filler; };

static enum err totals_of(struct store *s, const int64_t *feed, struct totals *t, struct error *e)
{
	enum err rc = counters_flush(s, e);
	struct query q;

	*t = (struct totals){ 0 };
	if (rc != ERR_NONE)
		return rc;
	q = feed ? sql_query(s, SQL_COUNTS_OF_FEED, e, BIND(v_int(*feed)))
	         : sql_query(s, SQL_COUNTS_OF_ALL, e, BIND_NONE);
	if (sql_row(&q))
		*t = (struct totals){ col_int(&q, 0), col_int(&q, 1), col_int(&q, 2), col_int(&q, 3) };
	return sql_end(&q);
}

/* A feed's index passes over its read rows one by one: when none is unread, it is not asked. */
static enum err has_rows(struct store *s, const struct list_query *q, bool *has, struct error *e)
{
	struct totals t;
	enum err rc;

	*has = q->limit > 0;
	if (!*has || q->list != LIST_FEED || !q->unread_only)
		return ERR_NONE;
	rc = totals_of(s, &q->feed, &t, e);
	*has = t.unread > 0;
	return rc;
}

enum err store_list(struct store *s, const struct list_query *q, struct arena *a,
                    struct entry_row **rows, size_t *n, struct error *e)
{
	struct list_anchor at = window_start(q);
	bool has;
	struct query rows_of;
	enum err rc = has_rows(s, q, &has, e);

	*rows = NULL;
	*n = 0;
	if (rc != ERR_NONE || !has)
		return rc;
	rows_of = sql_query(s, statement[q->list][q->unread_only].window[q->way], e,
	                    BIND(v_int(at.time), v_int(at.feed), v_int(at.id), v_int(q->limit)));
	rc = entries_of(&rows_of, a, rows, n);
	if (q->way == LIST_NEWER)
		reverse(*rows, *n);
	return rc;
}

enum err store_list_at(struct store *s, const struct list_query *q, int64_t index,
                       struct list_anchor *out, struct error *e)
{
	const struct value v[] = { v_int(index), v_int(q->feed) };
	struct query at = sql_query(s, statement[q->list][q->unread_only].jump, e, v,
	                            q->list == LIST_FEED ? 2 : 1);
	bool found = sql_row(&at);

	if (found)
		*out = (struct list_anchor){ col_int(&at, 0), col_int(&at, 1), col_int(&at, 2) };
	if (sql_end(&at) != ERR_NONE || found)
		return at.rc;
	return error_set(e, ERR_NONESUCH, "the list has no row %lld", (long long)index + 1);
}

enum err store_list_count(struct store *s, enum entry_list list, int64_t feed, int64_t *n,
                          struct error *e)
{
	struct totals t;
	enum err rc = totals_of(s, list == LIST_FEED ? &feed : NULL, &t, e);

	*n = list == LIST_STARRED ? t.starred : list == LIST_FILLER ? t.filler : t.entries;
	return rc;
}

enum err store_unread_total(struct store *s, int64_t *n, struct error *e)
{
	struct totals t;
	enum err rc = totals_of(s, NULL, &t, e);

	*n = t.unread;
	return rc;
}
