#include "inside.h"

#include <stdlib.h>

#include "lede/store/feeds.h"

/* What asking a feed brought: validators, when to ask again, how it is. A 304 of a feed that is
 * well touches the narrow table `visit` and nothing else. */

enum err store_validators(struct store *s, struct arena *a, struct feed_validators **rows,
                          size_t *n, struct error *e)
{
	struct feed_validators *got = NULL;
	size_t count = 0, cap = 0;
	struct query q = sql_query(s, SQL_VALIDATORS, e, BIND_NONE);

	while (sql_row(&q)) {
		got = mem_grow(got, &cap, count + 1, sizeof *got);
		got[count++] = (struct feed_validators){
			.feed = col_int(&q, 0),
			.etag = col_copy(&q, 1, a),
			.modified = col_copy(&q, 2, a),
			.address = col_copy(&q, 3, a),
			.body_hash = (uint64_t)col_int(&q, 4),
			.lifetime = col_int(&q, 5),
		};
	}
	*n = q.rc == ERR_NONE ? count : 0;
	*rows = array_to_arena(got, *n, sizeof *got, a);
	return sql_end(&q);
}

struct condition {
	enum feed_state state;
	int failures;
	int64_t checked;
};

static enum err condition_before(struct store *s, int64_t feed, struct condition *c,
                                 struct error *e)
{
	struct query q = sql_query(s, SQL_HEALTH, e, BIND(v_int(feed)));

	*c = (struct condition){ 0 };
	if (sql_row(&q)) {
		c->state = (enum feed_state)col_int(&q, 0);
		c->failures = (int)col_int(&q, 1);
	}
	if (sql_end(&q) != ERR_NONE)
		return q.rc;
	return sql_number(s, SQL_VISIT_CHECKED, &c->checked, 0, e, BIND(v_int(feed)));
}

static struct value bytes_kept(struct str s)
{
	return s.p ? v_blob(s) : (struct value){ .kind = VALUE_NULL };
}

static struct value if_set(bool set, int64_t i)
{
	return set ? v_int(i) : (struct value){ .kind = VALUE_NULL };
}

/* The first failure keeps when the feed was last well: its visit before this one. */
static enum err write_ill(struct store *s, const struct feed_visit *v,
                          const struct condition *before, struct error *e)
{
	bool was_well = before->failures == 0 && before->checked != 0;

	return sql_run(s, SQL_HEALTH_ILL, e,
	               BIND(v_int(v->feed), v_int(v->state), if_set(was_well, before->checked),
	                    v_int(v->now), v_kept(v->error)));
}

static enum err write_well(struct store *s, const struct feed_visit *v,
                           const struct condition *before, struct error *e)
{
	bool healed = before->failures > 0 || before->state != v->state;

	if (v->unchanged && !healed)
		return ERR_NONE;
	return sql_run(s, SQL_HEALTH_WELL, e,
	               BIND(v_int(v->feed), v_int(v->state), v_int(v->now),
	                    if_set(v->fresh > 0, v->now),
	                    if_set(!v->unchanged, v->bytes), if_set(!v->unchanged, v->cut)));
}

/* A redirect is believed when it led to the same place three times over a day at least; one that
 * is not there any more is forgotten. */
static enum err write_moved(struct store *s, const struct feed_visit *v, struct error *e)
{
	if (v->moved.n > 0)
		return sql_run(s, SQL_HEALTH_MOVED, e,
		               BIND(v_int(v->feed), v_text(v->moved), v_int(v->now)));
	return sql_run(s, SQL_HEALTH_STAYED, e, BIND(v_int(v->feed)));
}

static enum err write_document(struct store *s, const struct feed_visit *v, struct error *e)
{
	enum err rc = ERR_NONE;

	if (v->title.p || v->site.p || v->format.p)
		rc = sql_run(
			s, SQL_FEED_NAME, e,
			BIND(v_int(v->feed), v_kept(v->title), v_kept(v->site), v_kept(v->format)));
	if (rc == ERR_NONE && v->complete)
		rc = sql_run(s, SQL_VALIDATOR_PUT, e,
		             BIND(v_int(v->feed), bytes_kept(v->etag), bytes_kept(v->modified),
		                  v_kept(v->address), v_hash(v->body_hash),
		                  v_int(v->lifetime)));
	return rc;
}

enum err store_feed_visited(struct store *s, const struct feed_visit *v, struct error *e)
{
	struct condition before;
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	if (rc == ERR_NONE)
		rc = condition_before(s, v->feed, &before, e);
	if (rc == ERR_NONE)
		rc = sql_run(
			s, SQL_VISIT, e,
			BIND(v_int(v->feed), v_int(v->now), v_int(v->next), v_int(v->unchanged)));
	if (rc == ERR_NONE)
		rc = v->failed ? write_ill(s, v, &before, e) : write_well(s, v, &before, e);
	if (rc == ERR_NONE && !v->failed)
		rc = write_moved(s, v, e);
	if (rc == ERR_NONE && !v->failed)
		rc = write_document(s, v, e);
	if (rc == ERR_NONE && !v->failed && !v->unchanged && (v->complete || v->cut))
		rc = listing_write(s, v->feed, v->complete, e);
	listing_drop(s->listing, v->feed);
	return own_end(s, own, rc, e);
}

enum err store_claim(struct store *s, const int64_t *ids, size_t n, int64_t now, int seconds,
                     bool *taken, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	for (size_t i = 0; i < n && rc == ERR_NONE; i++) {
		rc = sql_run(s, SQL_CLAIM, e,
		             BIND(v_int(ids[i]), v_int(now), v_int(now + seconds)));
		taken[i] = rc == ERR_NONE && sql_changes(s) == 1;
	}
	return own_end(s, own, rc, e);
}

enum err store_release(struct store *s, const int64_t *ids, size_t n, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	for (size_t i = 0; i < n && rc == ERR_NONE; i++)
		rc = sql_run(s, SQL_RELEASE, e, BIND(v_int(ids[i])));
	return own_end(s, own, rc, e);
}

enum err store_feed_moved(struct store *s, int64_t feed, struct str url, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, true, &own, e);

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_FEED_ADDRESS, e, BIND(v_int(feed), v_text(url)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_SPARE_ADD, e, BIND(v_int(feed), v_blob(url)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_VALIDATOR_DROP, e, BIND(v_int(feed)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_HEALTH_STAYED, e, BIND(v_int(feed)));
	return own_end(s, own, rc, e);
}
