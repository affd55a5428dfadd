#include "lede/store/feeds.h"

#include <stdlib.h>

#include "inside.h"

#define QUIET_LEAST (30 * 86400)

static const char *const state_names[] = {
	[FEED_OK] = "ok",           [FEED_MOVED] = "moved",     [FEED_SLOW] = "slow",
	[FEED_FAILING] = "failing", [FEED_WAITING] = "waiting", [FEED_BLOCKED] = "blocked",
	[FEED_GONE] = "gone",       [FEED_PAUSED] = "paused",   [FEED_QUIET] = "quiet",
};

const char *feed_state_name(enum feed_state s)
{
	return s >= FEED_OK && s <= FEED_QUIET ? state_names[s] : "unknown";
}

/* -- following the feeds file ------------------------------------------------------------------ */

static enum err feed_add(struct store *s, struct str url, int64_t now, int64_t *id, struct error *e)
{
	enum err rc = sql_run(s, SQL_FEED_ADD, e, BIND(v_text(url), v_int(now)));

	if (rc != ERR_NONE)
		return rc;
	*id = sqlite3_last_insert_rowid(s->db);
	rc = sql_run(s, SQL_FEED_COUNT_ADD, e, BIND(v_int(*id)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_SPARE_ADD, e, BIND(v_int(*id), v_blob(url)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_FEED_VISIT_ADD, e, BIND(v_int(*id)));
	return rc;
}

static enum err feed_back(struct store *s, int64_t id, struct error *e)
{
	enum err rc = sql_run(s, SQL_FEED_BACK, e, BIND(v_int(id)));

	return rc == ERR_NONE ? stories_recount(s, id, e) : rc;
}

static enum err feed_goes(struct store *s, int64_t id, int64_t now, struct error *e)
{
	enum err rc = entries_hand_over(s, id, e);

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_FEED_GONE, e, BIND(v_int(id), v_int(now)));
	return rc == ERR_NONE ? stories_recount(s, id, e) : rc;
}

/* In `gone`: subscribed to, but not shown. */
#define HIDDEN (-1)

static enum err feed_hides(struct store *s, int64_t id, struct error *e)
{
	enum err rc = sql_run(s, SQL_FEED_GONE, e, BIND(v_int(id), v_int(HIDDEN)));

	return rc == ERR_NONE ? stories_recount(s, id, e) : rc;
}

enum err feed_gone_set(struct store *s, int64_t feed, int64_t gone, struct error *e)
{
	if (gone > 0)
		return feed_goes(s, feed, gone, e);
	return gone == 0 ? feed_back(s, feed, e) : feed_hides(s, feed, e);
}

/* The row of a listed address: found, brought back or made. */
static enum err feed_listed(struct store *s, struct str url, int64_t now, int64_t *id,
                            struct error *e)
{
	struct query q = sql_query(s, SQL_FEED_BY_URL, e, BIND(v_text(url)));
	bool gone = false;
	enum err rc;

	*id = 0;
	if (sql_row(&q)) {
		*id = col_int(&q, 0);
		gone = col_int(&q, 1) != 0;
	}
	rc = sql_end(&q);
	if (rc != ERR_NONE)
		return rc;
	if (*id == 0)
		return feed_add(s, url, now, id, e);
	return gone ? feed_back(s, *id, e) : ERR_NONE;
}

/* Living feeds that are not among the listed ones. */
static enum err feeds_unlisted(struct store *s, const struct map *listed, int64_t **ids, size_t *n,
                               struct error *e)
{
	struct query q = sql_query(s, SQL_FEED_LIVING, e, BIND_NONE);
	size_t cap = 0;
	uint64_t known;

	while (sql_row(&q)) {
		int64_t id = col_int(&q, 0);

		if (map_get(listed, (uint64_t)id, &known))
			continue;
		*ids = mem_grow(*ids, &cap, *n + 1, sizeof **ids);
		(*ids)[(*n)++] = id;
	}
	return sql_end(&q);
}

static enum err feeds_go(struct store *s, const struct map *listed, int64_t now, struct error *e)
{
	int64_t *ids = NULL;
	size_t n = 0;
	enum err rc = feeds_unlisted(s, listed, &ids, &n, e);

	for (size_t i = 0; i < n && rc == ERR_NONE; i++)
		rc = feed_gone_set(s, ids[i], now, e);
	free(ids);
	return rc;
}

enum err store_feeds_sync(struct store *s, const struct str *urls, size_t n, int64_t now,
                          int64_t *ids, struct error *e)
{
	struct map *listed = map_new();
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	for (size_t i = 0; i < n && rc == ERR_NONE; i++) {
		int64_t id;

		rc = feed_listed(s, urls[i], now, &id, e);
		map_put(listed, (uint64_t)id, 1);
		if (ids)
			ids[i] = id;
	}
	if (rc == ERR_NONE)
		rc = feeds_go(s, listed, now, e);
	map_free(listed);
	return own_end(s, own, rc, e);
}

static enum err feed_hide(struct store *s, int64_t id, bool hide, struct error *e)
{
	int64_t hidden;
	enum err rc = sql_number(s, SQL_FEED_HIDDEN, &hidden, 0, e, BIND(v_int(id)));

	if (rc != ERR_NONE || (hidden != 0) == hide)
		return rc;
	return hide ? feed_hides(s, id, e) : feed_back(s, id, e);
}

enum err store_feeds_hide(struct store *s, const int64_t *ids, const bool *hidden, size_t n,
                          struct error *e)
{
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	for (size_t i = 0; i < n && rc == ERR_NONE; i++)
		rc = feed_hide(s, ids[i], hidden[i], e);
	return own_end(s, own, rc, e);
}

/* -- rows -------------------------------------------------------------------------------------- */

/* Columns of FEED_COLUMNS. While a feed is well its last success is its last visit, which a 304
 * writes anyway; only when it falls ill `ok` is kept (visits.c). */
static void feed_from(const struct query *q, struct arena *a, struct feed_row *f)
{
	*f = (struct feed_row){
		.id = col_int(q, 0),
		.url = col_copy(q, 1, a),
		.title = col_copy(q, 2, a),
		.site = col_copy(q, 3, a),
		.format = col_copy(q, 4, a),
		.added = col_int(q, 5),
		.entries = col_int(q, 6),
		.unread = col_int(q, 7),
		.starred = col_int(q, 8),
		.ever = col_int(q, 9),
		.checked = col_int(q, 10),
		.next = col_int(q, 11),
		.state = (enum feed_state)col_int(q, 12),
		.failures = (int)col_int(q, 13),
		.ok = col_int(q, 14),
		.fresh = col_int(q, 15),
		.error_at = col_int(q, 16),
		.error = col_copy(q, 17, a),
		.moved = col_copy(q, 18, a),
		.bytes = col_int(q, 19),
		.cut = col_int(q, 20) != 0,
		.asked = col_int(q, 21),
		.same = col_int(q, 22),
		.hidden = col_int(q, 23) != 0,
		.paused = col_int(q, 24),
	};
	if (f->failures == 0)
		f->ok = f->checked;
	if (f->state == FEED_OK && f->moved.n > 0)
		f->state = FEED_MOVED;
	if (f->paused != 0)
		f->state = FEED_PAUSED;
}

/* Silent for ten times its usual gap, and for a month at least. */
static bool is_quiet(const struct feed_row *f)
{
	int64_t silent = f->checked - f->last, gap;

	if (f->state != FEED_OK || f->recent < 10 || silent < QUIET_LEAST)
		return false;
	gap = (f->last - f->recent_since) / (f->recent - 1);
	return silent > 10 * gap;
}

static enum err look_up_newest(struct store *s, struct feed_row *f, struct error *e)
{
	struct query q = sql_query(s, SQL_FEED_NEWEST, e, BIND(v_int(f->id)));

	while (sql_row(&q)) {
		f->recent_since = col_int(&q, 0);
		if (f->recent++ == 0)
			f->last = f->recent_since;
	}
	if (is_quiet(f))
		f->state = FEED_QUIET;
	return sql_end(&q);
}

enum err store_feeds_count(struct store *s, int *feeds, int *failing, struct error *e)
{
	struct query q = sql_query(s, SQL_FEEDS_COUNT, e, BIND_NONE);

	*feeds = *failing = 0;
	if (sql_row(&q)) {
		*feeds = (int)col_int(&q, 0);
		*failing = (int)col_int(&q, 1);
	}
	return sql_end(&q);
}

enum err store_feeds(struct store *s, bool with_last, struct arena *a, struct feed_row **rows,
                     size_t *n, struct error *e)
{
	struct feed_row *got = NULL;
	size_t count = 0, cap = 0;
	enum err rc = counters_flush(s, e);
	struct query q = sql_query(s, SQL_FEEDS, e, BIND_NONE);

	while (rc == ERR_NONE && sql_row(&q)) {
		got = mem_grow(got, &cap, count + 1, sizeof *got);
		feed_from(&q, a, &got[count++]);
	}
	if (sql_end(&q) != ERR_NONE)
		rc = q.rc;
	for (size_t i = 0; with_last && i < count && rc == ERR_NONE; i++)
		rc = look_up_newest(s, &got[i], e);
	*n = rc == ERR_NONE ? count : 0;
	*rows = array_to_arena(got, *n, sizeof *got, a);
	return rc;
}

enum err store_feed(struct store *s, int64_t id, struct arena *a, struct feed_row *row,
                    struct error *e)
{
	enum err rc = counters_flush(s, e);
	struct query q = sql_query(s, SQL_FEED, e, BIND(v_int(id)));
	bool found = rc == ERR_NONE && sql_row(&q);

	if (found)
		feed_from(&q, a, row);
	if (sql_end(&q) != ERR_NONE)
		rc = q.rc;
	if (rc != ERR_NONE)
		return rc;
	if (!found)
		return error_set(e, ERR_NONESUCH, "there is no feed %lld", (long long)id);
	return look_up_newest(s, row, e);
}
