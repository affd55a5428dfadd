#include "lede/store/stories.h"

#include <stdlib.h>

#include "inside.h"

/* Stories as rows. A story counts the entries of living feeds only; one that has none left keeps
 * its row, at zero, in case its feed comes back. */

static struct story_row story_from(const struct query *q)
{
	return (struct story_row){
		.id = col_int(q, 0),
		.last = col_int(q, 1),
		.lead = col_int(q, 2),
		.entries = (int)col_int(q, 3),
		.feeds = (int)col_int(q, 4),
		.unread = (int)col_int(q, 5),
		.filler = (int)col_int(q, 6),
		.flags = (unsigned)col_int(q, 7),
	};
}

static int by_id(const void *a, const void *b)
{
	const struct story_row *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

enum err store_stories_since(struct store *s, int64_t since, story_row_fn *row, void *self,
                             struct error *e)
{
	struct story_row *got = NULL;
	size_t n = 0, cap = 0;
	enum err rc = counters_flush(s, e);
	struct query q = sql_query(s, SQL_STORIES_SINCE, e, BIND(v_int(since)));

	while (rc == ERR_NONE && sql_row(&q)) {
		got = mem_grow(got, &cap, n + 1, sizeof *got);
		got[n++] = story_from(&q);
	}
	if (sql_end(&q) != ERR_NONE)
		rc = q.rc;
	if (n > 1)
		qsort(got, n, sizeof *got, by_id);
	for (size_t i = 0; i < n && rc == ERR_NONE; i++)
		row(self, &got[i]);
	free(got);
	return rc;
}

enum err store_story(struct store *s, int64_t id, struct story_row *out, struct error *e)
{
	enum err rc = counters_flush(s, e);
	struct query q = sql_query(s, SQL_STORY, e, BIND(v_int(id)));
	bool found = rc == ERR_NONE && sql_row(&q);

	if (found)
		*out = story_from(&q);
	if (sql_end(&q) != ERR_NONE)
		rc = q.rc;
	if (rc != ERR_NONE || found)
		return rc;
	return error_set(e, ERR_NONESUCH, "there is no story %lld", (long long)id);
}

static int oldest_first(const void *a, const void *b)
{
	const struct entry_row *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	if (x->feed != y->feed)
		return x->feed < y->feed ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

enum err store_story_members(struct store *s, int64_t story, struct arena *a,
                             struct entry_row **rows, size_t *n, struct error *e)
{
	struct query q = sql_query(s, SQL_STORY_MEMBERS, e, BIND(v_int(story)));
	enum err rc = entries_of(&q, a, rows, n);

	if (*n > 1)
		qsort(*rows, *n, sizeof **rows, oldest_first);
	return rc;
}

enum err store_story_unread(struct store *s, int64_t story, int64_t upto, int64_t *n,
                            struct error *e)
{
	return sql_number(s, SQL_STORY_UNREAD, n, 0, e, BIND(v_int(story), v_int(upto)));
}

enum err store_new_stories(struct store *s, int64_t upto, int64_t *n, struct error *e)
{
	struct map *stories = map_new();
	struct query q = sql_query(s, SQL_NEW_STORIES, e, BIND(v_int(upto)));

	while (sql_row(&q))
		map_put(stories, (uint64_t)col_int(&q, 0), 1);
	*n = (int64_t)map_count(stories);
	map_free(stories);
	return sql_end(&q);
}

/* -- a feed went or came back, entries were deleted --------------------------------------------- */

enum err story_recount(struct store *s, int64_t story, struct error *e)
{
	struct map *feeds = map_new();
	int64_t entries = 0, unread = 0, filler = 0, nfeeds;
	struct query q = sql_query(s, SQL_STORY_FEEDS, e, BIND(v_int(story)));

	while (sql_row(&q)) {
		entries++;
		unread += (col_int(&q, 1) & ENTRY_READ) == 0;
		filler += (col_int(&q, 1) & ENTRY_FILLER) != 0;
		map_put(feeds, (uint64_t)col_int(&q, 0), 1);
	}
	nfeeds = (int64_t)map_count(feeds);
	map_free(feeds);
	if (sql_end(&q) != ERR_NONE)
		return q.rc;
	return sql_run(s, SQL_STORY_SET, e,
	               BIND(v_int(story), v_int(entries), v_int(nfeeds), v_int(unread),
	                    v_int(filler)));
}

/* Folded rows follow: where a refresh was killed before it forgot the old ones they are there
 * still. */
static enum err rename_story(struct store *s, int64_t story, int64_t to, struct error *e)
{
	enum err rc = sql_run(s, SQL_STORY_ENTRIES_MOVE, e, BIND(v_int(story), v_int(to)));

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_STORY_FOLDS_MOVE, e, BIND(v_int(to)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_STORY_DROP, e, BIND(v_int(to)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_STORY_RENAME, e, BIND(v_int(story), v_int(to)));
	return rc;
}

enum err story_settle(struct store *s, int64_t story, int64_t since, struct error *e)
{
	int64_t first = 0, last = 0;
	enum err rc = sql_number(s, SQL_STORY_FIRST, &first, 0, e, BIND(v_int(story)));

	if (rc == ERR_NONE && first == 0)
		return sql_run(s, SQL_STORY_DROP, e, BIND(v_int(story)));
	if (rc == ERR_NONE)
		rc = sql_number(s, SQL_STORY_LAST, &last, 0, e, BIND(v_int(story)));
	if (rc == ERR_NONE && first != story && last < since) {
		rc = rename_story(s, story, first, e);
		story = first;
	}
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_STORY_LEAD, e, BIND(v_int(story), v_int(first)));
	return rc == ERR_NONE ? story_recount(s, story, e) : rc;
}

static enum err stories_of(struct store *s, int64_t feed, struct map *stories, struct error *e)
{
	struct query q = sql_query(s, SQL_STORIES_OF_FEED, e, BIND(v_int(feed)));

	while (sql_row(&q))
		map_put(stories, (uint64_t)col_int(&q, 0), 1);
	return sql_end(&q);
}

enum err stories_recount(struct store *s, int64_t feed, struct error *e)
{
	struct map *stories = map_new();
	uint64_t story, one;
	size_t at = 0;
	enum err rc = counters_flush(s, e);

	counters_forget(s->counters); /* who tells a story is not what it was */
	if (rc == ERR_NONE)
		rc = stories_of(s, feed, stories, e);
	while (rc == ERR_NONE && map_next(stories, &at, &story, &one))
		rc = story_recount(s, (int64_t)story, e);
	map_free(stories);
	return rc;
}
