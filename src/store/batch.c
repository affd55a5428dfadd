#include "inside.h"

#include <assert.h>

/* A transaction and what is kept in memory beside it: counters to be written, the next entry id. */

/* FULL also makes durable what NORMAL committed before. The pragma works between transactions
 * only. */
static enum err set_sync(struct store *s, bool full, struct error *e)
{
	enum err rc;

	if (s->full_sync == full || s->memory)
		return ERR_NONE;
	rc = sql_exec(s, full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL", e);
	if (rc == ERR_NONE)
		s->full_sync = full;
	return rc;
}

enum err store_begin(struct store *s, bool durable, struct error *e)
{
	enum err rc;

	assert(!s->batch);
	if (s->mode != STORE_WRITE)
		return store_sqlite_error(s, SQLITE_READONLY, e);
	rc = store_is_replaced(s) ? store_reopen(s, e) : ERR_NONE;
	if (rc == ERR_NONE)
		rc = set_sync(s, durable, e);
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_BEGIN, e, BIND_NONE);
	if (rc != ERR_NONE)
		return rc;
	s->batch = true;
	s->next_id = 0;
	s->next_moved = false;
	return ERR_NONE;
}

enum err store_commit(struct store *s, struct error *e)
{
	enum err rc;

	assert(s->batch);
	rc = counters_flush(s, e);
	if (rc == ERR_NONE && s->next_moved)
		rc = sql_run(s, SQL_META_SET, e, BIND(v_text(STR("next")), v_int(s->next_id)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_COMMIT, e, BIND_NONE);
	if (rc == ERR_NONE) {
		s->batch = false;
		counters_forget(s->counters);
		undo_forget(s);
	} else {
		store_rollback(s);
	}
	return rc;
}

/* SQLite may have rolled back already; links may name entries that never came to be. */
void store_rollback(struct store *s)
{
	if (!s->batch)
		return;
	s->failed = ERR_NONE;
	if (!sqlite3_get_autocommit(s->db))
		sql_run(s, SQL_ROLLBACK, NULL, BIND_NONE);
	s->failed = ERR_NONE;
	s->batch = false;
	counters_forget(s->counters);
	undo_forget(s);
	links_forget(s);
	listing_forget(s->listing);
}

enum err own_begin(struct store *s, bool durable, bool *own, struct error *e)
{
	*own = false;
	if (s->batch)
		return ERR_NONE;
	enum err rc = store_begin(s, durable, e);
	*own = rc == ERR_NONE;
	return rc;
}

enum err own_end(struct store *s, bool own, enum err rc, struct error *e)
{
	if (!own)
		return rc;
	if (rc == ERR_NONE)
		return store_commit(s, e);
	store_rollback(s);
	return rc;
}
