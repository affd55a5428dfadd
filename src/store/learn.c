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
