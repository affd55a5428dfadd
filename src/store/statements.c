#include "inside.h"

#include <assert.h>

#include "lede/text/date.h"

/* All SQL that is kept prepared, so that a test can ask the planner about each of them. */
static const char *const texts[] = {
#define SQL(name, text) [SQL_##name] = text,
#include "statements.inc"
#undef SQL
};

const char *sql_text(enum sql id)
{
	assert(id >= 0 && id < SQL_COUNT);
	return texts[id];
}

struct value v_int(int64_t i)
{
	return (struct value){ .kind = VALUE_INT, .i = i };
}

struct value v_hash(uint64_t h)
{
	return v_int((int64_t)h);
}

struct value v_real(double d)
{
	return (struct value){ .kind = VALUE_REAL, .real = d };
}

struct value v_text(struct str s)
{
	return (struct value){ .kind = VALUE_TEXT, .bytes = s };
}

struct value v_blob(struct str s)
{
	return (struct value){ .kind = VALUE_BLOB, .bytes = s };
}

struct value v_date(int64_t t)
{
	return t == DATE_NONE ? (struct value){ .kind = VALUE_NULL } : v_int(t);
}

struct value v_kept(struct str s)
{
	return s.p ? v_text(s) : (struct value){ .kind = VALUE_NULL };
}

/* A NULL pointer would be bound as NULL, which is not the empty string. */
static const char *bytes_of(const struct value *v)
{
	return v->bytes.p ? v->bytes.p : "";
}

static int bind(sqlite3_stmt *st, int at, const struct value *v)
{
	switch (v->kind) {
	case VALUE_NULL:
		return sqlite3_bind_null(st, at);
	case VALUE_INT:
		return sqlite3_bind_int64(st, at, v->i);
	case VALUE_REAL:
		return sqlite3_bind_double(st, at, v->real);
	case VALUE_TEXT:
		return sqlite3_bind_text64(st, at, bytes_of(v), v->bytes.n, SQLITE_STATIC,
		                           SQLITE_UTF8);
	case VALUE_BLOB:
		return sqlite3_bind_blob64(st, at, bytes_of(v), v->bytes.n, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

static enum err prepare(struct store *s, enum sql id, struct error *e)
{
	int rc;

	if (s->stmt[id])
		return ERR_NONE;
	if (!s->db)                   /* it could not be opened again */
		return store_damaged(s->path, e);
	rc = sqlite3_prepare_v3(s->db, texts[id], -1, SQLITE_PREPARE_PERSISTENT, &s->stmt[id],
	                        NULL);
	return rc == SQLITE_OK ? ERR_NONE : store_sqlite_error(s, rc, e);
}

/* A batch that broke stays broken until it is rolled back: nothing may be written outside it. */
static enum err still_broken(struct store *s, struct error *e)
{
	return error_set(e, s->failed, "the cache %s: an earlier write of this batch failed",
	                 s->path);
}

static void query_fail(struct query *q, int rc)
{
	q->rc = store_sqlite_error(q->s, rc, q->e);
	if (q->s->batch && (q->rc == ERR_FULL || q->rc == ERR_DAMAGED || q->rc == ERR_STORE))
		q->s->failed = q->rc;
}

static void bind_all(struct query *q, const struct value *v, size_t n)
{
	assert((size_t)sqlite3_bind_parameter_count(q->st) == n);
	for (size_t i = 0; i < n && q->rc == ERR_NONE; i++) {
		int rc = bind(q->st, (int)i + 1, &v[i]);
		if (rc != SQLITE_OK)
			query_fail(q, rc);
	}
}

struct query sql_query(struct store *s, enum sql id, struct error *e, const struct value *v,
                       size_t n)
{
	struct query q = { .s = s, .e = e };

	if (s->failed != ERR_NONE) {
		q.rc = still_broken(s, e);
		return q;
	}
	q.rc = prepare(s, id, e);
	if (q.rc != ERR_NONE)
		return q;
	q.st = s->stmt[id];
	assert(!sqlite3_stmt_busy(q.st));
	s->statements++;
	bind_all(&q, v, n);
	return q;
}

struct query sql_once(struct store *s, const char *text, struct error *e, const struct value *v,
                      size_t n)
{
	struct query q = { .s = s, .e = e };
	int rc = sqlite3_prepare_v2(s->db, text, -1, &q.st, NULL);

	if (rc != SQLITE_OK) {
		query_fail(&q, rc);
		return q;
	}
	s->statements++;
	bind_all(&q, v, n);
	return q;
}

enum err sql_once_end(struct query *q)
{
	sqlite3_finalize(q->st);
	q->st = NULL;
	return q->rc;
}

enum err sql_once_run(struct store *s, const char *text, struct error *e, const struct value *v,
                      size_t n)
{
	struct query q = sql_once(s, text, e, v, n);

	while (sql_row(&q))
		continue;
	return sql_once_end(&q);
}

bool sql_row(struct query *q)
{
	int rc;

	if (q->rc != ERR_NONE)
		return false;
	rc = sqlite3_step(q->st);
	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE)
		query_fail(q, rc);
	return false;
}

enum err sql_end(struct query *q)
{
	if (q->st)
		sqlite3_reset(q->st);
	q->st = NULL;
	return q->rc;
}

enum err sql_run(struct store *s, enum sql id, struct error *e, const struct value *v, size_t n)
{
	struct query q = sql_query(s, id, e, v, n);

	while (sql_row(&q))
		continue;
	return sql_end(&q);
}

int sql_changes(const struct store *s)
{
	return sqlite3_changes(s->db);
}

enum err sql_number(struct store *s, enum sql id, int64_t *out, int64_t missing, struct error *e,
                    const struct value *v, size_t n)
{
	struct query q = sql_query(s, id, e, v, n);

	*out = missing;
	if (sql_row(&q) && !col_is_null(&q, 0))
		*out = col_int(&q, 0);
	return sql_end(&q);
}

enum err sql_exec(struct store *s, const char *text, struct error *e)
{
	int rc = sqlite3_exec(s->db, text, NULL, NULL, NULL);

	return rc == SQLITE_OK ? ERR_NONE : store_sqlite_error(s, rc, e);
}

int64_t col_int(const struct query *q, int i)
{
	return sqlite3_column_int64(q->st, i);
}

double col_real(const struct query *q, int i)
{
	return sqlite3_column_double(q->st, i);
}

bool col_is_null(const struct query *q, int i)
{
	return sqlite3_column_type(q->st, i) == SQLITE_NULL;
}

int64_t col_date(const struct query *q, int i)
{
	return col_is_null(q, i) ? DATE_NONE : col_int(q, i);
}

struct str col_str(const struct query *q, int i)
{
	const char *p = sqlite3_column_blob(q->st, i);

	return p ? (struct str){ p, (size_t)sqlite3_column_bytes(q->st, i) } : STR("");
}

struct str col_copy(const struct query *q, int i, struct arena *a)
{
	struct str s = col_str(q, i);

	return (struct str){ arena_copy(a, s.p, s.n), s.n };
}
