#include "salvage.h"

#include <stdio.h>
#include <string.h>

/* Rows by SQL, as far as it goes: forwards until an error, then backwards, then the ranges in
 * between are halved. */

#define FAILURES_MAX 2000 /* ranges that failed in one table: what is left is for the raw pages */

/* ---- what a table is made of ----------------------------------------------------------------- */

static void take_column(struct shape *out, sqlite3_stmt *st)
{
	struct column *c = &out->column[out->n++];
	const char *type = (const char *)sqlite3_column_text(st, 2);

	snprintf(c->name, sizeof c->name, "%s", (const char *)sqlite3_column_text(st, 1));
	c->type = type && type[0] ? type[0] : 'A'; /* INTEGER, TEXT, BLOB, REAL, ANY */
	c->may_be_null = sqlite3_column_int(st, 3) == 0;
	if (sqlite3_column_type(st, 4) == SQLITE_NULL && !(c->may_be_null && out->n > 1))
		out->least = out->n;
	if (sqlite3_column_int(st, 5) == 1 && out->n == 1 && c->type == 'I')
		out->alias = true;
}

static enum err prepare_insert(struct store *to, struct shape *s, struct error *e)
{
	struct buf sql = buf_limited(4096);
	int rc;

	buf_addf(&sql, "INSERT OR IGNORE INTO %s VALUES(", s->name);
	for (int i = 0; i < s->n; i++)
		buf_addf(&sql, "%s?%d", i ? ", " : "", i + 1);
	buf_add_cstr(&sql, ")");
	rc = sqlite3_prepare_v2(to->db, buf_cstr(&sql), -1, &s->insert, NULL);
	buf_free(&sql);
	return store_sqlite_error(to, rc, e);
}

enum err shape_of(struct store *to, const char *table, struct shape *out, struct error *e)
{
	sqlite3_stmt *st = NULL;
	struct buf sql = buf_limited(1024);
	int rc;

	*out = (struct shape){ .n = 0 };
	snprintf(out->name, sizeof out->name, "%s", table);
	buf_addf(&sql, "SELECT c.cid, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, t.wr "
	               "FROM pragma_table_info('%s') c, pragma_table_list('%s') t ORDER BY c.cid",
	         table, table);
	rc = sqlite3_prepare_v2(to->db, buf_cstr(&sql), -1, &st, NULL);
	while (rc == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW && out->n < SALVAGE_COLUMNS) {
		out->has_rowid = sqlite3_column_int(st, 6) == 0;
		take_column(out, st);
	}
	sqlite3_finalize(st);
	buf_free(&sql);
	out->alias = out->alias && out->has_rowid;
	return rc == SQLITE_OK ? prepare_insert(to, out, e) : store_sqlite_error(to, rc, e);
}

void shape_done(struct shape *s)
{
	sqlite3_finalize(s->insert);
	s->insert = NULL;
}

/* ---- copying --------------------------------------------------------------------------------- */

struct copying {
	sqlite3 *from;
	struct store *to;
	const struct shape *shape;
	struct buf columns;                      /* those that both tables have, by name */
	int at[SALVAGE_COLUMNS], n;              /* their places in the new table */
	int failures;
	struct error *e;
};

static bool has_column(sqlite3 *db, const char *table, const char *column)
{
	return sqlite3_table_column_metadata(db, "main", table, column, NULL, NULL, NULL, NULL,
	                                     NULL) == SQLITE_OK;
}

static void find_columns(struct copying *c)
{
	for (int i = 0; i < c->shape->n; i++) {
		if (!has_column(c->from, c->shape->name, c->shape->column[i].name))
			continue;
		buf_addf(&c->columns, "%s%s", c->n ? ", " : "", c->shape->column[i].name);
		c->at[c->n++] = i;
	}
}

/* What a column is that the old table did not have. */
static void bind_default(sqlite3_stmt *st, int i, const struct column *c)
{
	if (c->may_be_null)
		sqlite3_bind_null(st, i + 1);
	else if (c->type == 'T')
		sqlite3_bind_text(st, i + 1, "", 0, SQLITE_STATIC);
	else
		sqlite3_bind_int(st, i + 1, 0);
}

/* A row that does not fit, its types wrong for damage, is left. */
static enum err put_row(struct copying *c, sqlite3_stmt *row)
{
	sqlite3_stmt *st = c->shape->insert;
	int rc;

	for (int i = 0; i < c->shape->n; i++)
		bind_default(st, i, &c->shape->column[i]);
	for (int i = 0; i < c->n; i++)
		sqlite3_bind_value(st, c->at[i] + 1, sqlite3_column_value(row, i));
	rc = sqlite3_step(st);
	sqlite3_reset(st);
	if (rc == SQLITE_DONE || (rc & 0xff) == SQLITE_CONSTRAINT)
		return ERR_NONE;
	return store_sqlite_error(c->to, rc, c->e);
}

/* Rows of [low, high], or of the whole table by its key; *last: the rowid of the last one that could
 * be read; *whole: no error came. */
static enum err copy_range(struct copying *c, int64_t low, int64_t high, const char *order,
                           int64_t *last, bool *whole)
{
	struct buf sql = buf_limited(4096);
	sqlite3_stmt *st = NULL;
	enum err rc = ERR_NONE;
	int got;

	buf_addf(&sql, "SELECT %s%s FROM main.%s NOT INDEXED", buf_cstr(&c->columns),
	         c->shape->has_rowid ? ", rowid" : "", c->shape->name);
	if (c->shape->has_rowid)
		buf_addf(&sql, " WHERE rowid BETWEEN %lld AND %lld ORDER BY rowid", (long long)low,
		         (long long)high);
	else
		buf_addf(&sql, " ORDER BY %s", c->shape->column[0].name);
	buf_addf(&sql, " %s", order);
	got = sqlite3_prepare_v2(c->from, buf_cstr(&sql), -1, &st, NULL);
	while (got == SQLITE_OK && rc == ERR_NONE && (got = sqlite3_step(st)) == SQLITE_ROW) {
		*last = c->shape->has_rowid ? sqlite3_column_int64(st, c->n) : 0;
		rc = put_row(c, st);
		got = SQLITE_OK;
	}
	sqlite3_finalize(st);
	buf_free(&sql);
	*whole = got == SQLITE_DONE;
	return rc;
}

static enum err copy_halves(struct copying *c, int64_t low, int64_t high)
{
	int64_t up = low - 1, middle;
	bool whole;
	enum err rc;

	if (low > high || c->failures > FAILURES_MAX)
		return ERR_NONE;
	rc = copy_range(c, low, high, "ASC", &up, &whole);
	if (rc != ERR_NONE || whole)
		return rc;
	c->failures++;
	low = up + 1;
	if (low >= high)
		return ERR_NONE;
	middle = low + (high - low) / 2;
	rc = copy_halves(c, low, middle);
	return rc == ERR_NONE ? copy_halves(c, middle + 1, high) : rc;
}

static enum err copy_table(struct copying *c)
{
	int64_t up = 0, down = INT64_MAX;
	bool whole, back;
	enum err rc = copy_range(c, INT64_MIN, INT64_MAX, "ASC", &up, &whole);

	if (rc != ERR_NONE || whole)
		return rc;
	rc = copy_range(c, INT64_MIN, INT64_MAX, "DESC", &down, &back);
	if (rc == ERR_NONE && c->shape->has_rowid && down != INT64_MAX && down > up + 1)
		rc = copy_halves(c, up + 1, down - 1);
	return rc;
}

enum err salvage_by_sql(sqlite3 *from, struct store *to, const struct shape *s, struct error *e)
{
	struct copying c = { .from = from, .to = to, .shape = s, .columns = buf_limited(2048),
		             .e = e };
	enum err rc = ERR_NONE;

	find_columns(&c);
	if (c.n > 0)
		rc = copy_table(&c);
	buf_free(&c.columns);
	return rc;
}
