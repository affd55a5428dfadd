#include "lede/store/learn.h"

#include "inside.h"

enum err store_event(struct store *s, int64_t at, enum event_act act, int64_t entry,
                     int64_t edition, struct str terms, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, true, &own, e);

	if (rc == ERR_NONE)
		rc = sql_run(
			s, SQL_EVENT_ADD, e,
			BIND(v_int(at), v_int(act), v_int(entry), v_int(edition), v_blob(terms)));
	if (rc == ERR_NONE)
		rc = undo_add(s, &(struct undo_row){ .what = UNDO_EVENT, .mask = 1,
		                                     .id = sqlite3_last_insert_rowid(s->db) }, e);
	return own_end(s, own, rc, e);
}

/* Columns of EVENT_COLUMNS; the terms are borrowed until the next row. */
static struct event_row event_from(const struct query *q)
{
	return (struct event_row){
		.id = col_int(q, 0),
		.at = col_int(q, 1),
		.act = (enum event_act)col_int(q, 2),
		.entry = col_int(q, 3),
		.edition = col_int(q, 4),
		.terms = col_str(q, 5),
		.feed = col_int(q, 6),
	};
}

enum err store_events(struct store *s, event_row_fn *row, void *self, struct error *e)
{
	struct query q = sql_query(s, SQL_EVENTS, e, BIND_NONE);

	while (sql_row(&q)) {
		const struct event_row ev = event_from(&q);

		row(self, &ev);
	}
	return sql_end(&q);
}

static enum err one_event(struct query *q, struct arena *a, struct event_row *ev)
{
	bool found = sql_row(q);

	if (found) {
		*ev = event_from(q);
		ev->terms = col_copy(q, 5, a);
	}
	if (sql_end(q) != ERR_NONE || found)
		return q->rc;
	return error_set(q->e, ERR_NONESUCH, "there is no such event");
}

enum err event_get(struct store *s, int64_t id, struct arena *a, struct event_row *ev,
                   struct error *e)
{
	struct query q = sql_query(s, SQL_EVENT, e, BIND(v_int(id)));

	return one_event(&q, a, ev);
}

enum err store_event_of(struct store *s, int64_t entry, enum event_act act, struct arena *a,
                        struct event_row *ev, struct error *e)
{
	struct query q = sql_query(s, SQL_EVENT_OF, e, BIND(v_int(entry), v_int(act)));

	return one_event(&q, a, ev);
}

void event_pack(const struct event_row *ev, struct buf *out)
{
	add_packed(out, (uint64_t)ev->at);
	add_packed(out, (uint64_t)ev->act);
	add_packed(out, (uint64_t)ev->entry);
	add_packed(out, (uint64_t)ev->edition);
	add_packed(out, (uint64_t)ev->feed);
	buf_add(out, ev->terms);
}

bool event_unpack(struct str packed, struct event_row *ev)
{
	struct packed_reader r = { .left = packed };

	ev->at = (int64_t)read_packed(&r);
	ev->act = (enum event_act)read_packed(&r);
	ev->entry = (int64_t)read_packed(&r);
	ev->edition = (int64_t)read_packed(&r);
	ev->feed = (int64_t)read_packed(&r);
	ev->terms = r.left;
	return !r.bad;
}

enum err event_put(struct store *s, struct event_row *ev, struct error *e)
{
	enum err rc = sql_run(s, SQL_EVENT_PUT, e,
	                      BIND(v_int(ev->id), v_int(ev->at), v_int(ev->act), v_int(ev->entry),
	                           v_int(ev->edition), v_blob(ev->terms), v_int(ev->feed)));

	if (rc != ERR_NONE || sql_changes(s) > 0)
		return rc;
	rc = sql_run(s, SQL_EVENT_ADD, e,
	             BIND(v_int(ev->at), v_int(ev->act), v_int(ev->entry), v_int(ev->edition),
	                  v_blob(ev->terms)));
	ev->id = sqlite3_last_insert_rowid(s->db);
	return rc;
}

static enum err drop_event(struct store *s, const struct event_row *ev, struct error *e)
{
	struct buf packed = buf_limited(1 << 20);
	enum err rc = sql_run(s, SQL_EVENT_DROP, e, BIND(v_int(ev->id)));

	if (rc == ERR_NONE && undo_is_open(s)) {
		event_pack(ev, &packed);
		rc = undo_add(s, &(struct undo_row){ .what = UNDO_EVENT, .id = ev->id,
		                                     .old = buf_view(&packed) }, e);
	}
	buf_free(&packed);
	return rc;
}

enum err store_event_drop(struct store *s, const struct event_row *ev, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, true, &own, e);

	if (rc == ERR_NONE)
		rc = drop_event(s, ev, e);
	return own_end(s, own, rc, e);
}

enum err store_event_terms(struct store *s, int64_t id, struct str terms, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, true, &own, e);

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_EVENT_TERMS, e, BIND(v_int(id), v_blob(terms)));
	return own_end(s, own, rc, e);
}

enum err store_opened_of_last(struct store *s, int64_t feed, int of, int *opened, int *total,
                              struct error *e)
{
	struct query q = sql_query(s, SQL_OPENED_OF_LAST, e, BIND(v_int(feed), v_int(of)));

	*opened = *total = 0;
	while (sql_row(&q)) {
		*opened += col_int(&q, 0) != 0;
		*total += 1;
	}
	return sql_end(&q);
}

enum err store_profile(struct store *s, profile_row_fn *row, void *self, struct error *e)
{
	struct query q = sql_query(s, SQL_PROFILE, e, BIND_NONE);

	while (sql_row(&q))
		row(self, (int)col_int(&q, 0), col_int(&q, 1), col_real(&q, 2));
	return sql_end(&q);
}

enum err store_profile_put(struct store *s, int kind, int64_t key, double weight, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, true, &own, e);

	if (rc == ERR_NONE && weight == 0)
		rc = sql_run(s, SQL_PROFILE_DROP, e, BIND(v_int(kind), v_int(key)));
	else if (rc == ERR_NONE)
		rc = sql_run(s, SQL_PROFILE_PUT, e, BIND(v_int(kind), v_int(key), v_real(weight)));
	return own_end(s, own, rc, e);
}

enum err store_entry_terms(struct store *s, int64_t entry, struct buf *terms, struct error *e)
{
	struct query q = sql_query(s, SQL_FOLD_TERMS, e, BIND(v_int(entry)));
	enum err rc = ERR_NONE;

	if (sql_row(&q))
		rc = buf_add(terms, col_str(&q, 0));
	return sql_end(&q) != ERR_NONE ? q.rc : rc;
}

enum err store_prominence(struct store *s, int64_t feed, double *mean, struct error *e)
{
	enum err rc = counters_flush(s, e);
	struct query q = sql_query(s, SQL_PROMINENCE, e, BIND(v_int(feed)));

	*mean = 0;
	if (rc == ERR_NONE && sql_row(&q) && col_int(&q, 1) > 0)
		*mean = (double)col_int(&q, 0) / 1e6 / (double)col_int(&q, 1);
	return sql_end(&q) != ERR_NONE ? q.rc : rc;
}

enum err store_learned_forget(struct store *s, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, true, &own, e);

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_EVENTS_CLEAR, e, BIND_NONE);
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_UNDO_EVENTS_CLEAR, e, BIND_NONE);
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_PROFILE_CLEAR, e, BIND_NONE);
	return own_end(s, own, rc, e);
}
