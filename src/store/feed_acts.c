#include "inside.h"

#include "lede/store/feeds.h"
#include "lede/store/undo.h"

/* What a person does to a feed, each with its row for the open step. */

/* -- pausing ----------------------------------------------------------------------------------- */

enum err feed_pause_set(struct store *s, int64_t feed, int64_t since, struct error *e)
{
	return sql_run(s, SQL_FEED_PAUSE, e, BIND(v_int(feed), v_int(since)));
}

enum err store_feed_pause(struct store *s, int64_t feed, int64_t since, struct error *e)
{
	struct undo_row r = { .what = UNDO_PAUSE, .id = feed, .mask = since };
	bool own;
	enum err rc = own_begin(s, true, &own, e);

	if (rc == ERR_NONE)
		rc = sql_number(s, SQL_FEED_PAUSED, &r.was, 0, e, BIND(v_int(feed)));
	if (rc == ERR_NONE && (r.was != 0) != (since != 0)) {
		rc = undo_add(s, &r, e);
		if (rc == ERR_NONE)
			rc = feed_pause_set(s, feed, since, e);
	}
	return own_end(s, own, rc, e);
}

/* -- subscribing ------------------------------------------------------------------------------- */

/* -1 is hidden, as the feeds file says; a feed that comes back is shown as it was. */
static enum err gone_of(struct store *s, int64_t feed, int64_t *gone, struct error *e)
{
	return sql_number(s, SQL_FEED_IS_GONE, gone, 0, e, BIND(v_int(feed)));
}

enum err store_unsubscribe(struct store *s, int64_t feed, int64_t now, struct error *e)
{
	struct undo_row r = { .what = UNDO_FEED, .id = feed, .mask = now };
	bool own;
	enum err rc = own_begin(s, true, &own, e);

	if (rc == ERR_NONE)
		rc = gone_of(s, feed, &r.was, e);
	if (rc == ERR_NONE && r.was <= 0) {
		rc = feed_gone_set(s, feed, now, e);
		if (rc == ERR_NONE)
			rc = undo_add(s, &r, e);
	}
	return own_end(s, own, rc, e);
}

enum err store_undo_subscribed(struct store *s, int64_t feed, int64_t now, struct error *e)
{
	return undo_add(s, &(struct undo_row){ .what = UNDO_FEED, .id = feed, .was = now }, e);
}

/* -- another address --------------------------------------------------------------------------- */

static void add_text(struct buf *b, struct str text)
{
	add_packed(b, text.n);
	buf_add(b, text);
}

static struct str read_text(struct packed_reader *r)
{
	uint64_t n = read_packed(r);
	struct str text = str_sub(r->left, 0, (size_t)n);

	r->bad = r->bad || n > r->left.n;
	r->left = str_sub(r->left, text.n, r->left.n);
	return text;
}

/* The servers offered it: when that is undone they offer it still. */
static enum err offer_again(struct store *s, int64_t feed, struct str url, int64_t at,
                            struct error *e)
{
	return sql_run(s, SQL_HEALTH_OFFERED, e, BIND(v_int(feed), v_text(url), v_int(at)));
}

enum err feed_address_turn(struct store *s, const struct undo_row *r, bool back, struct error *e)
{
	struct packed_reader in = { .left = r->old };
	struct str from = read_text(&in), to = read_text(&in);
	enum err rc;

	if (in.bad)
		return ERR_NONE;
	rc = store_feed_moved(s, r->id, back ? from : to, e);
	return rc == ERR_NONE && back ? offer_again(s, r->id, to, r->was, e) : rc;
}

/* The feed that has the address already, here or before; 0: none. */
static enum err feed_at(struct store *s, struct str url, int64_t *id, bool *gone, struct error *e)
{
	struct query q = sql_query(s, SQL_FEED_BY_URL, e, BIND(v_text(url)));

	*id = 0;
	*gone = false;
	if (sql_row(&q)) {
		*id = col_int(&q, 0);
		*gone = col_int(&q, 1) != 0;
	}
	return sql_end(&q);
}

static enum err come_back(struct store *s, int64_t feed, struct error *e)
{
	struct undo_row r = { .what = UNDO_FEED, .id = feed };
	enum err rc = gone_of(s, feed, &r.was, e);

	if (rc == ERR_NONE)
		rc = feed_gone_set(s, feed, 0, e);
	return rc == ERR_NONE ? undo_add(s, &r, e) : rc;
}

static enum err readdress(struct store *s, int64_t feed, struct str to, struct error *e)
{
	struct undo_row r = { .what = UNDO_ADDRESS, .id = feed };
	struct arena *a = arena_new();
	struct buf packed = buf_limited(1 << 16);
	struct feed_row row;
	enum err rc = store_feed(s, feed, a, &row, e);

	if (rc == ERR_NONE)
		rc = sql_number(s, SQL_HEALTH_MOVED_AT, &r.was, 0, e, BIND(v_int(feed)));
	if (rc == ERR_NONE) {
		add_text(&packed, row.url);
		add_text(&packed, to);
		r.old = buf_view(&packed);
		rc = undo_add(s, &r, e);
	}
	if (rc == ERR_NONE)
		rc = store_feed_moved(s, feed, to, e);
	buf_free(&packed);
	arena_free(a);
	return rc;
}

enum err store_feed_move(struct store *s, int64_t feed, struct str to, int64_t now,
                         struct error *e)
{
	int64_t other = 0;
	bool own, gone = false;
	enum err rc = own_begin(s, true, &own, e);

	if (rc == ERR_NONE)
		rc = feed_at(s, to, &other, &gone, e);
	if (rc == ERR_NONE && gone)
		rc = come_back(s, other, e);
	if (rc == ERR_NONE)
		rc = other != 0 ? store_unsubscribe(s, feed, now, e) : readdress(s, feed, to, e);
	return own_end(s, own, rc, e);
}
