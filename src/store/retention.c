#include "lede/store/retention.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inside.h"
#include "lede/base/hash.h"
#include "lede/store/editions.h"

#define DAY 86400
#define SLICE 200          /* entries deleted in one transaction; a slice is 25 to 40 ms */
#define FEEDS 64           /* looked at in one slice that finds nothing to delete */
#define FRESH (30 * DAY)   /* unread entries, tombstones, feeds that are gone, undo steps */
#define EVENTS (730 * DAY)
#define UNDO_STEPS 1000
#define VACUUM_PAGES 128   /* moved in one slice: half of what took up to 94 ms by itself */

enum phase { KEEPING, LEAVING, BOUNDS, SPACE, DONE };

/* at: how many older ones its feed has. */
struct candidate { int64_t id, time, seen, story, key, last, at; unsigned flags; };

struct retention {
	enum phase phase;
	int64_t now;
	struct keep_rule *rule; size_t n, at; /* KEEPING */
	int64_t *gone; size_t ngone, gone_at; /* LEAVING */
	bool begun;                           /* the feed at hand */
	int64_t time, id;                     /* its entry that was looked at last */
	int64_t walked, excess;               /* entries looked at; those beyond the number */
	struct listed listed, other;
	struct map *shown;                    /* stories of the current edition */
	bool edition_known;
	int64_t held, deleted;
	struct map *stories;                  /* touched by the slice */
	struct candidate go[SLICE]; size_t ngo;
};

struct retention *retention_new(const struct keep_rule *rules, size_t n, int64_t now)
{
	struct retention *r = mem_new(sizeof *r);

	r->rule = mem_array(n + 1, sizeof *r->rule);
	if (n > 0)
		memcpy(r->rule, rules, n * sizeof *rules);
	r->n = n;
	r->now = now;
	r->shown = map_new();
	r->stories = map_new();
	return r;
}

void retention_free(struct retention *r)
{
	if (!r)
		return;
	free(r->rule);
	free(r->gone);
	free(r->listed.key);
	free(r->other.key);
	map_free(r->shown);
	map_free(r->stories);
	free(r);
}

void retention_hold(struct retention *r, int64_t entry)
{
	r->held = entry;
}

int64_t retention_deleted(const struct retention *r)
{
	return r->deleted;
}

/* ---- which entries go ------------------------------------------------------------------------ */

static void note_story(void *self, int64_t story, int rank)
{
	(void)rank;
	map_put(self, (uint64_t)story, 1);
}

static enum err know_edition(struct retention *r, struct store *s, struct error *e)
{
	struct edition last;
	enum err rc;

	if (r->edition_known)
		return ERR_NONE;
	r->edition_known = true;
	rc = store_edition_last(s, &last, e);
	if (rc == ERR_NONESUCH)
		return ERR_NONE;
	return rc == ERR_NONE ? store_edition_ranks(s, last.id, note_story, r->shown, e) : rc;
}

/* Whether another feed that has the entry lists it. */
static enum err listed_elsewhere(struct retention *r, struct store *s, int64_t id, bool *is,
                                 struct error *e)
{
	int64_t feed[16];
	uint64_t key[16];
	int n = 0;
	struct query q = sql_query(s, SQL_SECONDS, e, BIND(v_int(id)));
	enum err rc;

	while (n < 16 && sql_row(&q)) {
		feed[n] = col_int(&q, 0);
		key[n++] = (uint64_t)col_int(&q, 1);
	}
	rc = sql_end(&q);
	for (int i = 0; i < n && rc == ERR_NONE && !*is; i++) {
		rc = listed_load(s, feed[i], &r->other, e);
		*is = listed_has(&r->other, key[i]);
	}
	return rc;
}

static bool is_protected(const struct retention *r, const struct candidate *c)
{
	uint64_t one;

	return c->flags & ENTRY_STARRED || (!(c->flags & ENTRY_READ) && c->seen > r->now - FRESH) ||
	       c->seen > r->now - WINDOW || c->last > r->now - WINDOW || c->id == r->held ||
	       map_get(r->shown, (uint64_t)c->story, &one) ||
	       listed_has(&r->listed, (uint64_t)c->key);
}

static enum err judge(struct retention *r, struct store *s, const struct candidate *c,
                      struct error *e)
{
	bool stays = r->phase == KEEPING && is_protected(r, c);
	enum err rc = ERR_NONE;

	if (r->phase == KEEPING && !stays)
		rc = listed_elsewhere(r, s, c->id, &stays, e);
	if (rc == ERR_NONE && !stays)
		r->go[r->ngo++] = *c;
	return rc;
}

static enum err oldest(struct retention *r, struct store *s, int64_t feed, struct candidate *c,
                       size_t *n, struct error *e)
{
	struct query q = sql_query(s, SQL_KEEP_OLDEST, e,
	                           BIND(v_int(feed), v_int(r->time), v_int(r->id), v_int(SLICE)));

	for (*n = 0; *n < SLICE && sql_row(&q); ++*n)
		c[*n] = (struct candidate){
			.id = col_int(&q, 0),
			.time = col_int(&q, 1),
			.seen = col_int(&q, 2),
			.flags = (unsigned)col_int(&q, 3),
			.story = col_int(&q, 4),
			.key = col_int(&q, 5),
			.last = col_int(&q, 6),
		};
	return sql_end(&q);
}

/* Walks on from the feed's oldest; *ended: what follows stays. */
static enum err walk(struct retention *r, struct store *s, const struct keep_rule *rule,
                     bool *ended, struct error *e)
{
	struct candidate *c = mem_array(SLICE, sizeof *c);
	int64_t oldest_kept = rule->seconds < r->now ? r->now - rule->seconds : INT64_MIN;
	size_t n = 0;
	enum err rc = oldest(r, s, rule->feed, c, &n, e);

	*ended = n < SLICE;
	for (size_t i = 0; i < n && r->ngo < SLICE && rc == ERR_NONE; i++) {
		if (c[i].time >= oldest_kept && r->walked >= r->excess) {
			*ended = true;
			break;
		}
		*ended = n < SLICE && i + 1 == n;
		r->time = c[i].time;
		r->id = c[i].id;
		c[i].at = r->walked++;
		rc = judge(r, s, &c[i], e);
	}
	free(c);
	return rc;
}

static enum err begin_feed(struct retention *r, struct store *s, const struct keep_rule *rule,
                           struct error *e)
{
	int64_t entries = 0;
	enum err rc;

	r->begun = true;
	r->time = INT64_MIN;
	r->id = 0;
	r->walked = 0;
	rc = listed_load(s, rule->feed, &r->listed, e);
	if (rc == ERR_NONE)
		rc = sql_number(s, SQL_COUNTS_OF_FEED, &entries, 0, e, BIND(v_int(rule->feed)));
	r->excess = entries > rule->number ? entries - rule->number : 0;
	return rc;
}

/* ---- how an entry goes ----------------------------------------------------------------------- */

static enum err bury(struct store *s, int64_t id, int64_t feed, int64_t now, struct error *e)
{
	int64_t at[64][2], key = 0;
	int n = 0;
	struct query q = sql_query(s, SQL_SECONDS, e, BIND(v_int(id)));
	enum err rc;

	while (n < 64 && sql_row(&q)) {
		at[n][0] = col_int(&q, 0);
		at[n++][1] = col_int(&q, 1);
	}
	rc = sql_end(&q);
	for (int i = 0; i < n && rc == ERR_NONE; i++)
		rc = sql_run(s, SQL_MEMBER_BURY, e,
		             BIND(v_int(at[i][0]), v_int(at[i][1]), v_int(now)));
	if (rc == ERR_NONE && n > 0)
		rc = sql_run(s, SQL_SECONDS_DROP, e, BIND(v_int(id)));
	if (rc == ERR_NONE)
		rc = sql_number(s, SQL_ENTRY_KEY, &key, 0, e, BIND(v_int(id)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_MEMBER_BURY, e, BIND(v_int(feed), v_int(key), v_int(now)));
	return rc;
}

static enum err drop_rows(struct store *s, int64_t id, struct error *e)
{
	static const enum sql drops[] = { SQL_BODY_DROP, SQL_FULLTEXT_DROP, SQL_EXTRA_DROP,
		                          SQL_FOLD_DROP, SQL_REMOTE_DROP, SQL_TODO_DROP,
		                          SQL_FILLER_DROP,   SQL_HAND_DROP,
		                          SQL_OTHER_DROP,    SQL_ENTRY_DROP };
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < sizeof drops / sizeof *drops && rc == ERR_NONE; i++)
		rc = sql_run(s, drops[i], e, BIND(v_int(id)));
	return rc;
}

/* What was marked since it was looked at, or is gone already, is left. */
static enum err delete_entry(struct retention *r, struct store *s, const struct candidate *c,
                             struct error *e)
{
	struct entry_state x;
	enum err rc = entry_state(s, c->id, &x, e);

	if (rc != ERR_NONE || !x.is || x.flags != c->flags)
		return rc;
	rc = bury(s, c->id, x.feed, r->now, e);
	if (rc == ERR_NONE)
		rc = drop_rows(s, c->id, e);
	count_feed(s, &(struct feed_delta){ .feed = x.feed,
	                                    .entries = -1,
	                                    .unread = -!(x.flags & ENTRY_READ),
	                                    .starred = -!!(x.flags & ENTRY_STARRED),
	                                    .filler = -!!(x.flags & ENTRY_FILLER) });
	map_put(r->stories, (uint64_t)x.story, 1);
	r->deleted++;
	return rc;
}

static enum err settle_stories(struct retention *r, struct store *s, struct error *e)
{
	uint64_t story, one;
	size_t at = 0;
	enum err rc = counters_flush(s, e);

	while (rc == ERR_NONE && map_next(r->stories, &at, &story, &one))
		rc = story_settle(s, (int64_t)story, r->now - WINDOW, e);
	map_clear(r->stories);
	return rc;
}

/* Those that go_on leaves are looked at again: the walk goes back before the first of them. */
static enum err delete_all(struct retention *r, struct store *s, retention_go_on_fn *go_on,
                           void *self, bool *all, struct error *e)
{
	enum err rc = store_begin(s, false, e);
	size_t i = 0;

	if (rc != ERR_NONE)
		return rc;
	for (; i < r->ngo && rc == ERR_NONE && go_on(self); i++)
		rc = delete_entry(r, s, &r->go[i], e);
	*all = i == r->ngo;
	if (!*all) {
		r->time = r->go[i].time;
		r->id = r->go[i].id - 1;
		r->walked = r->go[i].at;
	}
	if (rc == ERR_NONE)
		rc = settle_stories(r, s, e);
	if (rc == ERR_NONE)
		return store_commit(s, e);
	store_rollback(s);
	map_clear(r->stories);
	return rc;
}

/* ---- feeds ----------------------------------------------------------------------------------- */

static enum err drop_tombstones(struct retention *r, struct store *s, int64_t feed, struct error *e)
{
	struct query q =
		sql_query(s, SQL_TOMBSTONES, e, BIND(v_int(feed), v_int(r->now - FRESH)));
	int64_t *key = NULL;
	size_t n = 0, cap = 0;
	bool own = false;
	enum err rc;

	while (sql_row(&q)) {
		if (listed_has(&r->listed, (uint64_t)col_int(&q, 0)))
			continue;
		key = mem_grow(key, &cap, n + 1, sizeof *key);
		key[n++] = col_int(&q, 0);
	}
	rc = sql_end(&q);
	if (rc == ERR_NONE && n > 0)
		rc = own_begin(s, false, &own, e);
	for (size_t i = 0; i < n && rc == ERR_NONE; i++)
		rc = sql_run(s, SQL_MEMBER_DROP, e, BIND(v_int(feed), v_int(key[i])));
	free(key);
	return own_end(s, own, rc, e);
}

/* The feed has no entries any more. */
static enum err drop_feed(struct store *s, int64_t feed, struct error *e)
{
	static const enum sql drops[] = { SQL_MEMBERS_DROP, SQL_SECONDS_OF_FEED_DROP,
		                          SQL_LISTED_DROP, SQL_VALIDATOR_DROP, SQL_HEALTH_DROP,
		                          SQL_VISIT_DROP, SQL_FEED_COUNT_DROP, SQL_SPARE_DROP,
		                          SQL_FEED_DROP };
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	for (size_t i = 0; i < sizeof drops / sizeof *drops && rc == ERR_NONE; i++)
		rc = sql_run(s, drops[i], e, BIND(v_int(feed)));
	return own_end(s, own, rc, e);
}

static enum err end_feed(struct retention *r, struct store *s, int64_t feed, struct error *e)
{
	r->begun = false;
	if (r->phase == LEAVING) {
		r->gone_at++;
		return drop_feed(s, feed, e);
	}
	r->at++;
	return r->listed.whole ? drop_tombstones(r, s, feed, e) : ERR_NONE;
}

static enum err step_feed(struct retention *r, struct store *s, const struct keep_rule *rule,
                          retention_go_on_fn *go_on, void *self, struct error *e)
{
	bool ended = false, all = true;
	enum err rc = r->begun ? ERR_NONE : begin_feed(r, s, rule, e);

	r->ngo = 0;
	if (rc == ERR_NONE)
		rc = walk(r, s, rule, &ended, e);
	if (rc == ERR_NONE && r->ngo > 0)
		rc = delete_all(r, s, go_on, self, &all, e);
	return rc == ERR_NONE && ended && all ? end_feed(r, s, rule->feed, e) : rc;
}

static enum err find_gone(struct retention *r, struct store *s, struct error *e)
{
	struct query q = sql_query(s, SQL_FEEDS_GONE, e, BIND(v_int(r->now - FRESH)));
	size_t cap = 0;

	while (sql_row(&q)) {
		r->gone = mem_grow(r->gone, &cap, r->ngone + 1, sizeof *r->gone);
		r->gone[r->ngone++] = col_int(&q, 0);
	}
	return sql_end(&q);
}

/* ---- what else grows ------------------------------------------------------------------------- */

static enum err forget_events_and_undo(struct retention *r, struct store *s, bool *more,
                                       struct error *e)
{
	int64_t beyond = 0;
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	*more = false;
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_EVENTS_FORGET, e, BIND(v_int(r->now - EVENTS)));
	if (rc == ERR_NONE)
		*more = sql_changes(s) == 1000;
	if (rc == ERR_NONE)
		rc = sql_number(s, SQL_UNDO_BEYOND, &beyond, 0, e,
		                BIND(v_int(r->now - FRESH), v_int(UNDO_STEPS)));
	if (rc == ERR_NONE && beyond > 0)
		rc = sql_run(s, SQL_UNDO_ROWS_FORGET, e, BIND(v_int(beyond)));
	if (rc == ERR_NONE && beyond > 0)
		rc = sql_run(s, SQL_UNDO_FORGET, e, BIND(v_int(beyond)));
	return own_end(s, own, rc, e);
}

/* Free pages are used again anyway: they are given back when they are more than a tenth. */
static enum err give_space_back(struct store *s, bool *more, struct error *e)
{
	int64_t pages = 0, unused = 0;
	struct query q = sql_query(s, SQL_PAGES, e, BIND_NONE);
	char pragma[48];

	if (sql_row(&q)) {
		pages = col_int(&q, 0);
		unused = col_int(&q, 1);
	}
	*more = false;
	if (sql_end(&q) != ERR_NONE || unused <= VACUUM_PAGES || unused * 10 <= pages)
		return q.rc;
	*more = true;
	snprintf(pragma, sizeof pragma, "PRAGMA incremental_vacuum(%d)", VACUUM_PAGES);
	return sql_exec(s, pragma, e);
}

/* ---- a slice --------------------------------------------------------------------------------- */

static enum err step_keeping(struct retention *r, struct store *s, retention_go_on_fn *go_on,
                             void *self, struct error *e)
{
	enum err rc = know_edition(r, s, e);
	int64_t until = r->deleted;

	for (int i = 0; i < FEEDS && rc == ERR_NONE && r->at < r->n && r->deleted == until &&
	                go_on(self);
	     i++)
		rc = step_feed(r, s, &r->rule[r->at], go_on, self, e);
	if (rc == ERR_NONE && r->at == r->n) {
		r->phase = LEAVING;
		rc = find_gone(r, s, e);
	}
	return rc;
}

static enum err step_leaving(struct retention *r, struct store *s, retention_go_on_fn *go_on,
                             void *self, struct error *e)
{
	struct keep_rule nothing = { 0, 0, 0 };

	if (r->gone_at == r->ngone) {
		r->phase = BOUNDS;
		return ERR_NONE;
	}
	nothing.feed = r->gone[r->gone_at];
	return step_feed(r, s, &nothing, go_on, self, e);
}

enum err retention_step(struct retention *r, struct store *s, retention_go_on_fn *go_on, void *self,
                        bool *done, struct error *e)
{
	enum err rc = ERR_NONE;
	bool more = true;

	switch (r->phase) {
	case KEEPING:
		rc = step_keeping(r, s, go_on, self, e);
		break;
	case LEAVING:
		rc = step_leaving(r, s, go_on, self, e);
		break;
	case BOUNDS:
		rc = forget_events_and_undo(r, s, &more, e);
		r->phase = more ? BOUNDS : SPACE;
		break;
	case SPACE:
		rc = give_space_back(s, &more, e);
		r->phase = more ? SPACE : DONE;
		break;
	case DONE:
		break;
	}
	*done = r->phase == DONE;
	return rc;
}
