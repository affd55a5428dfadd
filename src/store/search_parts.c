#include "search_parts.h"

#include <stdlib.h>

/* How FTS5 is told to work, measured on 20,000 entries of 2.6 kB: with automerge 0 a backlog costs
 * 27 % less CPU and leaves the work to the merging behind it; a buffer of 16 MB writes a third of
 * the bytes. */
#define BACKLOG_BUFFER 16000000
#define USUAL_BUFFER 1000000
#define MERGE_PAGES 1000

enum merge_state { MERGE_NOTHING, MERGE_DUE, MERGE_RUNS };
enum table { TABLE_TITLE, TABLE_BODY, TABLE_KEPT };

struct parts {
	struct search_file *f; /* borrowed */
	bool backlog;
	int64_t part; /* whose statements are prepared; -1: none */
	sqlite3_stmt *put[2];
};

struct parts *parts_new(struct search_file *f)
{
	struct parts *p = mem_new(sizeof *p);

	p->f = f;
	p->part = -1;
	return p;
}

static void forget_statements(struct parts *p)
{
	for (int i = 0; i < 2; i++) {
		sqlite3_finalize(p->put[i]);
		p->put[i] = NULL;
	}
	p->part = -1;
}

void parts_free(struct parts *p)
{
	if (!p)
		return;
	forget_statements(p);
	free(p);
}

void parts_begin(struct parts *p, bool backlog)
{
	if (p->backlog != backlog)
		forget_statements(p);
	p->backlog = backlog;
}

void parts_forget(struct parts *p)
{
	forget_statements(p);
}

static int64_t part_of(const struct parts *p, int64_t id)
{
	return id >> p->f->shift;
}

static void add_table(struct buf *sql, enum table t, int64_t part)
{
	if (t == TABLE_KEPT)
		buf_add_cstr(sql, "find_kept");
	else
		buf_addf(sql, "find_%s_%lld", t == TABLE_TITLE ? "title" : "body",
		         (long long)part);
}

/* SQL with the table's name for each $; forgotten after it ran. */
static enum err run(struct parts *p, enum table t, int64_t part, const char *text, struct error *e,
                    const struct value *v, size_t n)
{
	struct buf sql = buf_limited(1024);
	enum err rc;

	for (; *text; text++) {
		if (*text == '$')
			add_table(&sql, t, part);
		else
			buf_add_char(&sql, *text);
	}
	rc = sql_once_run(p->f->file, buf_cstr(&sql), e, v, n);
	buf_free(&sql);
	return rc;
}

/* ---- a part begins ---- */

static enum err configure(struct parts *p, enum table t, int64_t part, const char *what, int value,
                          struct error *e)
{
	return run(p, t, part, "INSERT INTO $($, rank) VALUES(?1, ?2)", e,
	           BIND(v_text(str_of(what)), v_int(value)));
}

/* Kept in the table itself: said only when it is to be another. */
static enum err set_pace(struct parts *p, int64_t part, struct error *e)
{
	enum err rc = configure(p, TABLE_BODY, part, "automerge", p->backlog ? 0 : 4, e);

	if (rc == ERR_NONE)
		rc = configure(p, TABLE_BODY, part, "crisismerge", p->backlog ? 64 : 16, e);
	if (rc == ERR_NONE)
		rc = configure(p, TABLE_BODY, part, "hashsize",
		               p->backlog ? BACKLOG_BUFFER : USUAL_BUFFER, e);
	if (rc == ERR_NONE)
		rc = sql_once_run(p->f->file, "UPDATE part SET backlog = ?2 WHERE id = ?1", e,
		                  BIND(v_int(part), v_int(p->backlog)));
	return rc;
}

/* The older parts are full now. */
static enum err make_part(struct parts *p, int64_t part, struct error *e)
{
	enum err rc = run(p, TABLE_TITLE, part,
	                  "CREATE VIRTUAL TABLE $ USING fts5(text, content='', columnsize=0, "
	                  "tokenize='lede')", e, BIND_NONE);

	if (rc == ERR_NONE)
		rc = run(p, TABLE_BODY, part,
		         "CREATE VIRTUAL TABLE $ USING fts5(text, content='', columnsize=0, "
		         "detail=none, tokenize='lede')", e, BIND_NONE);
	if (rc == ERR_NONE)
		rc = sql_once_run(p->f->file, "UPDATE part SET merge = 1 WHERE id < ?1 AND merge = 0",
		                  e, BIND(v_int(part)));
	if (rc == ERR_NONE)
		rc = sql_once_run(p->f->file, "INSERT INTO part(id) VALUES(?1)", e, BIND(v_int(part)));
	return rc;
}

/* *backlog: how the part was written last; -1: there is no such part. */
static enum err look_up(struct parts *p, int64_t part, int *backlog, struct error *e)
{
	struct query q = sql_once(p->f->file, "SELECT backlog FROM part WHERE id = ?1", e,
	                          BIND(v_int(part)));

	*backlog = sql_row(&q) ? (int)col_int(&q, 0) : -1;
	return sql_once_end(&q);
}

static enum err prepare_put(struct parts *p, enum table t, int64_t part, struct error *e)
{
	struct buf sql = buf_limited(256);
	int rc;

	buf_add_cstr(&sql, "INSERT INTO ");
	add_table(&sql, t, part);
	buf_add_cstr(&sql, "(rowid, text) VALUES(?1, ?2)");
	rc = sqlite3_prepare_v3(p->f->file->db, buf_cstr(&sql), -1, SQLITE_PREPARE_PERSISTENT,
	                        &p->put[t], NULL);
	buf_free(&sql);
	return rc == SQLITE_OK ? ERR_NONE : store_sqlite_error(p->f->file, rc, e);
}

/* Ready to put entries into this part; made when it is not there. */
static enum err turn_to(struct parts *p, int64_t part, struct error *e)
{
	int backlog;
	enum err rc;

	if (p->part == part)
		return ERR_NONE;
	forget_statements(p);
	rc = look_up(p, part, &backlog, e);
	if (rc == ERR_NONE && backlog < 0)
		rc = make_part(p, part, e);
	if (rc == ERR_NONE && backlog != p->backlog)
		rc = set_pace(p, part, e);
	if (rc == ERR_NONE && p->backlog)
		rc = sql_once_run(p->f->file, "UPDATE part SET merge = 1 WHERE id = ?1 AND merge = 0",
		                  e, BIND(v_int(part)));
	if (rc == ERR_NONE)
		rc = prepare_put(p, TABLE_TITLE, part, e);
	if (rc == ERR_NONE)
		rc = prepare_put(p, TABLE_BODY, part, e);
	if (rc == ERR_NONE)
		p->part = part;
	return rc;
}

/* ---- entries ---- */

static struct str title_of(struct str text)
{
	return str_sub(text, 0, search_title_end(text));
}

static enum err put_into(struct parts *p, enum table t, int64_t id, struct str text,
                         struct error *e)
{
	sqlite3_stmt *st = p->put[t];
	int rc;

	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_text64(st, 2, text.p ? text.p : "", text.n, SQLITE_STATIC, SQLITE_UTF8);
	sqlite3_step(st);
	rc = sqlite3_reset(st);
	return rc == SQLITE_OK ? ERR_NONE : store_sqlite_error(p->f->file, rc, e);
}

enum err parts_put(struct parts *p, int64_t id, struct str text, struct error *e)
{
	enum err rc = turn_to(p, part_of(p, id), e);

	if (rc == ERR_NONE)
		rc = put_into(p, TABLE_TITLE, id, title_of(text), e);
	if (rc == ERR_NONE)
		rc = put_into(p, TABLE_BODY, id, text, e);
	return rc;
}

static enum err replace_in(struct parts *p, enum table t, int64_t id, struct str old,
                           struct str text, struct error *e)
{
	int64_t part = part_of(p, id);
	enum err rc = run(p, t, part, "INSERT INTO $($, rowid, text) VALUES('delete', ?1, ?2)", e,
	                  BIND(v_int(id), v_text(old)));

	if (rc == ERR_NONE)
		rc = run(p, t, part, "INSERT INTO $(rowid, text) VALUES(?1, ?2)", e,
		         BIND(v_int(id), v_text(text)));
	return rc;
}

enum err parts_replace(struct parts *p, int64_t id, struct str old, struct str text,
                       struct error *e)
{
	int backlog;
	enum err rc = look_up(p, part_of(p, id), &backlog, e);

	if (rc != ERR_NONE)
		return rc;
	if (backlog < 0)
		return replace_in(p, TABLE_KEPT, id, old, text, e);
	rc = replace_in(p, TABLE_TITLE, id, title_of(old), title_of(text), e);
	if (rc == ERR_NONE)
		rc = replace_in(p, TABLE_BODY, id, old, text, e);
	return rc;
}

enum err parts_keep(struct parts *p, int64_t id, struct str text, struct error *e)
{
	return run(p, TABLE_KEPT, 0, "INSERT INTO $(rowid, text) VALUES(?1, ?2)", e,
	           BIND(v_int(id), v_text(text)));
}

enum err parts_drop(struct parts *p, int64_t part, struct error *e)
{
	enum err rc = sql_once_run(p->f->file, "DELETE FROM part WHERE id = ?1", e,
	                           BIND(v_int(part)));

	forget_statements(p);
	if (rc == ERR_NONE)
		rc = run(p, TABLE_TITLE, part, "DROP TABLE $", e, BIND_NONE);
	if (rc == ERR_NONE)
		rc = run(p, TABLE_BODY, part, "DROP TABLE $", e, BIND_NONE);
	return rc;
}

/* ---- merging ---- */

static enum err find_unmerged(struct parts *p, int64_t *part, int64_t *state, struct error *e)
{
	struct query q = sql_once(p->f->file, "SELECT id, merge FROM part WHERE merge > 0 "
	                          "ORDER BY id LIMIT 1", e, BIND_NONE);

	*state = MERGE_NOTHING;
	if (sql_row(&q)) {
		*part = col_int(&q, 0);
		*state = col_int(&q, 1);
	}
	return sql_once_end(&q);
}

/* A negative number of pages begins a merge of everything, later ones go on with it; who changed
 * fewer than two rows had nothing left to do (https://www.sqlite.org/fts5.html, 6.8). */
static enum err merge_some(struct parts *p, int64_t part, int64_t state, struct error *e)
{
	struct store *file = p->f->file;
	int before = sqlite3_total_changes(file->db);
	enum err rc = configure(p, TABLE_BODY, part, "merge",
	                        state == MERGE_DUE ? -MERGE_PAGES : MERGE_PAGES, e);

	if (rc == ERR_NONE && sqlite3_total_changes(file->db) - before < 2)
		state = MERGE_NOTHING;
	else
		state = MERGE_RUNS;
	if (rc == ERR_NONE)
		rc = sql_once_run(file, "UPDATE part SET merge = ?2 WHERE id = ?1", e,
		                  BIND(v_int(part), v_int(state)));
	return rc;
}

enum err parts_merge(struct parts *p, bool *did, struct error *e)
{
	int64_t part = 0, state;
	enum err rc = find_unmerged(p, &part, &state, e);

	*did = state != MERGE_NOTHING;
	if (rc != ERR_NONE || !*did)
		return rc;
	rc = sql_exec(p->f->file, "BEGIN IMMEDIATE", e);
	if (rc != ERR_NONE)
		return rc;
	forget_statements(p);
	rc = merge_some(p, part, state, e);
	if (rc == ERR_NONE)
		rc = sql_exec(p->f->file, "COMMIT", e);
	if (rc != ERR_NONE)
		sql_exec(p->f->file, "ROLLBACK", NULL);
	return rc;
}
