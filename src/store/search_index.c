#include <stdlib.h>

#include "search_inside.h"
#include "search_parts.h"

/* The index follows the cache. What is written about an entry, and that it was written, is one
 * transaction of the index's file; the cache is only read. So an index killed in the middle is as
 * if the step had not been.
 *
 * A changed entry is taken out with the very text it was put in with (FTS5's 'delete' for
 * contentless tables). That is the text of its search_todo row, kept by whoever changed it first
 * since - unless the index followed and nobody could clear the row yet: then it is in `again`. */

struct search_index {
	struct store *s; /* borrowed; the cache */
	struct search_file *f;
	struct parts *parts;
	struct packer *packer;
	struct buf text, old;
	struct search_done *done; /* since search_index_done; of this transaction from `kept` on */
	size_t ndone, kept, cap;
	struct map *applied; /* an entry changed: the change that was followed */
	bool looked; /* for parts whose entries are gone */
	bool damaged; /* the file, not the cache */
};

enum err search_index_open(struct store *s, struct search_index **out, struct error *e)
{
	struct search_index *x = mem_new(sizeof *x);
	enum err rc = search_file_open(s, STORE_WRITE, &x->f, e);

	*out = NULL;
	x->s = s;
	x->text = buf_limited(2 * SEARCH_TEXT_MAX);
	x->old = buf_limited(2 * SEARCH_TEXT_MAX);
	x->packer = packer_new();
	x->applied = map_new();
	if (rc == ERR_NONE) {
		/* who finds another at work leaves it to him */
		sqlite3_busy_handler(x->f->file->db, NULL, NULL);
		x->parts = parts_new(x->f);
		*out = x;
	} else {
		search_index_close(x);
	}
	return rc;
}

void search_index_close(struct search_index *x)
{
	if (!x)
		return;
	parts_free(x->parts);
	search_file_close(x->f);
	packer_free(x->packer);
	map_free(x->applied);
	buf_free(&x->text);
	buf_free(&x->old);
	free(x->done);
	free(x);
}

/* Before anything else is asked of the file: of a damage only its own is a reason to drop it. An
 * index that holds what it cannot hold, or lacks a table, is damaged too. */
static void note_damage(struct search_index *x)
{
	switch (sqlite3_errcode(x->f->file->db) & 0xff) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_CONSTRAINT:
	case SQLITE_ERROR:
		x->damaged = true;
	}
}

/* ---- what `again` holds ---- */

static enum err again_put(struct search_index *x, int64_t id, struct error *e)
{
	struct packed p = pack(x->packer, buf_view(&x->text));

	return sql_once_run(x->f->file,
	                    "INSERT OR REPLACE INTO again(entry, coding, size, bytes) "
	                    "VALUES(?1, ?2, ?3, ?4)", e,
	                    BIND(v_int(id), v_int(p.coding), v_int((int64_t)p.size), v_blob(p.bytes)));
}

/* The text the entry was indexed with last, where its search_todo row does not say it. */
static enum err again_get(struct search_index *x, int64_t id, bool *there, struct error *e)
{
	struct query q = sql_once(x->f->file,
	                          "SELECT coding, size, bytes FROM again WHERE entry = ?1", e,
	                          BIND(v_int(id)));

	*there = sql_row(&q);
	if (*there) {
		const struct packed p = { (int)col_int(&q, 0), (size_t)col_int(&q, 1), col_str(&q, 2) };

		buf_clear(&x->old);
		if (unpack(x->packer, &p, &x->old, e) != ERR_NONE)
			q.rc = ERR_DAMAGED;
	}
	return sql_once_end(&q);
}

static enum err has_todo(struct search_index *x, int64_t id, bool *has, struct error *e)
{
	int64_t one;
	enum err rc = sql_number(x->s, SQL_SEARCH_TODO_HAS, &one, 0, e, BIND(v_int(id)));

	*has = one != 0;
	return rc;
}

/* Rows are not needed once the change was cleared: the next one brings its own text. */
static enum err again_forget(struct search_index *x, struct error *e)
{
	struct query q = sql_once(x->f->file, "SELECT entry FROM again", e, BIND_NONE);
	int64_t *id = NULL;
	size_t n = 0, cap = 0;
	enum err rc;

	while (sql_row(&q)) {
		id = mem_grow(id, &cap, n + 1, sizeof *id);
		id[n++] = col_int(&q, 0);
	}
	rc = sql_once_end(&q);
	for (size_t i = 0; i < n && rc == ERR_NONE; i++) {
		bool has;

		rc = has_todo(x, id[i], &has, e);
		if (rc == ERR_NONE && !has)
			rc = sql_once_run(x->f->file, "DELETE FROM again WHERE entry = ?1", e,
			                  BIND(v_int(id[i])));
	}
	free(id);
	return rc;
}

/* ---- one entry ---- */

/* Whether the row was there is asked after the text was read: a change that comes later keeps just
 * this text. */
static enum err put_new(struct search_index *x, int64_t id, struct error *e)
{
	bool there, changed = false;
	enum err rc = search_text_of(x->s, id, &x->text, &there, e);

	if (rc != ERR_NONE || !there)
		return rc;
	rc = has_todo(x, id, &changed, e);
	if (rc == ERR_NONE)
		rc = parts_put(x->parts, id, buf_view(&x->text), e);
	if (rc == ERR_NONE && changed)
		rc = again_put(x, id, e);
	return rc;
}

struct change {
	int64_t id, number;
};

/* The changed entry behind `after`; id 0: none. Its old text is in x->old. */
static enum err next_change(struct search_index *x, int64_t after, struct change *c,
                            struct error *e)
{
	struct query q = sql_query(x->s, SQL_SEARCH_TODO, e, BIND(v_int(after), v_int(x->f->upto)));

	*c = (struct change){ 0 };
	if (sql_row(&q)) {
		const struct packed p = { (int)col_int(&q, 2), (size_t)col_int(&q, 3), col_str(&q, 4) };

		*c = (struct change){ col_int(&q, 0), col_int(&q, 1) };
		buf_clear(&x->old);
		if (unpack(x->packer, &p, &x->old, NULL) != ERR_NONE)
			buf_clear(&x->old);
	}
	return sql_end(&q);
}

static void note_done(struct search_index *x, const struct change *c)
{
	x->done = mem_grow(x->done, &x->cap, x->ndone + 1, sizeof *x->done);
	x->done[x->ndone++] = (struct search_done){ c->id, c->number };
}

static bool was_applied(const struct search_index *x, const struct change *c)
{
	uint64_t number;

	return map_get(x->applied, (uint64_t)c->id, &number) && (int64_t)number == c->number;
}

static enum err follow_change(struct search_index *x, const struct change *c, struct error *e)
{
	bool there, again;
	enum err rc = again_get(x, c->id, &again, e);

	if (rc == ERR_NONE)
		rc = search_text_of(x->s, c->id, &x->text, &there, e);
	if (rc == ERR_NONE && there)
		rc = parts_replace(x->parts, c->id, buf_view(&x->old), buf_view(&x->text), e);
	if (rc == ERR_NONE && there)
		rc = again_put(x, c->id, e);
	if (rc == ERR_NONE)
		note_done(x, c);
	return rc;
}

/* ---- a transaction ---- */

struct step {
	struct search_index *x;
	const struct search_pace *pace;
	int left; /* entries */
	bool ended; /* before its time */
	bool dropped;
	struct error *e;
};

static bool may_go_on(struct step *t)
{
	enum search_go go = t->pace->go ? t->pace->go(t->pace->self) : SEARCH_ON;

	t->ended = t->ended || go != SEARCH_ON;
	t->dropped = t->dropped || go == SEARCH_DROP;
	return !t->ended && t->left > 0;
}

static enum err follow_changes(struct step *t)
{
	struct change c = { 0 };
	enum err rc = again_forget(t->x, t->e);

	while (rc == ERR_NONE && may_go_on(t)) {
		rc = next_change(t->x, c.id, &c, t->e);
		if (rc != ERR_NONE || c.id == 0)
			break;
		if (was_applied(t->x, &c))
			continue;
		rc = follow_change(t->x, &c, t->e);
		t->left--;
	}
	return rc;
}

static enum err put_new_ones(struct step *t)
{
	struct search_index *x = t->x;
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && may_go_on(t)) {
		int64_t id;

		rc = sql_number(x->s, SQL_SEARCH_NEXT, &id, 0, t->e, BIND(v_int(x->f->upto)));
		if (rc != ERR_NONE || id == 0)
			break;
		rc = put_new(x, id, t->e);
		if (rc == ERR_NONE)
			x->f->upto = id;
		t->left--;
	}
	return rc;
}

static enum err end_transaction(struct step *t, enum err rc)
{
	struct search_index *x = t->x;
	struct store *file = x->f->file;

	if (rc == ERR_NONE && !t->dropped)
		rc = sql_once_run(file, "INSERT OR REPLACE INTO meta(key, value) VALUES('upto', ?1)",
		                  t->e, BIND(v_int(x->f->upto)));
	if (rc == ERR_NONE && !t->dropped)
		rc = sql_exec(file, "COMMIT", t->e);
	if (rc != ERR_NONE || t->dropped) {
		note_damage(x);
		parts_forget(x->parts);
		if (!sqlite3_get_autocommit(file->db))
			sql_exec(file, "ROLLBACK", NULL);
		x->ndone = x->kept;
	}
	for (; x->kept < x->ndone; x->kept++)
		map_put(x->applied, (uint64_t)x->done[x->kept].entry,
		        (uint64_t)x->done[x->kept].change);
	return rc;
}

static enum err write_entries(struct step *t)
{
	struct search_index *x = t->x;
	enum err rc = sql_exec(x->f->file, "BEGIN IMMEDIATE", t->e);

	if (rc != ERR_NONE)
		return rc;
	rc = search_file_reload(x->f, t->e); /* another process may have gone on */
	parts_begin(x->parts, t->pace->backlog);
	if (rc == ERR_NONE)
		rc = follow_changes(t);
	if (rc == ERR_NONE)
		rc = put_new_ones(t);
	return end_transaction(t, rc);
}

/* ---- housekeeping ---- */

/* The starred entries of a part whose others are gone, into find_kept. */
static enum err keep_starred(struct search_index *x, int64_t part, struct error *e)
{
	int64_t from = part << x->f->shift, to = (part + 1) << x->f->shift;
	struct query q = sql_query(x->s, SQL_SEARCH_PART_STARRED, e, BIND(v_int(from), v_int(to)));
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && sql_row(&q)) {
		int64_t id = col_int(&q, 0);
		bool there, again;

		rc = search_text_of(x->s, id, &x->text, &there, e);
		if (rc == ERR_NONE && there)
			rc = parts_keep(x->parts, id, buf_view(&x->text), e);
		if (rc == ERR_NONE && there)
			rc = has_todo(x, id, &again, e);
		if (rc == ERR_NONE && there && again)
			rc = again_put(x, id, e);
	}
	return sql_end(&q) != ERR_NONE ? q.rc : rc;
}

static enum err drop_part(struct search_index *x, int64_t part, struct error *e)
{
	enum err rc = sql_exec(x->f->file, "BEGIN IMMEDIATE", e);

	if (rc != ERR_NONE)
		return rc;
	rc = keep_starred(x, part, e);
	if (rc == ERR_NONE)
		rc = parts_drop(x->parts, part, e);
	if (rc == ERR_NONE)
		rc = sql_exec(x->f->file, "COMMIT", e);
	if (rc == ERR_NONE)
		return search_file_reload(x->f, e);
	note_damage(x);
	parts_forget(x->parts);
	sql_exec(x->f->file, "ROLLBACK", NULL);
	return rc;
}

/* The newest part is not looked at: it still grows. */
static enum err drop_one_gone(struct search_index *x, bool *did, struct error *e)
{
	const struct search_file *f = x->f;

	*did = false;
	for (size_t i = 1; i < f->nparts; i++) {
		int64_t part = f->part[i], lives;
		enum err rc = sql_number(x->s, SQL_SEARCH_PART_LIVES, &lives, 0, e,
		                         BIND(v_int(part << f->shift), v_int((part + 1) << f->shift)));

		if (rc != ERR_NONE)
			return rc;
		if (lives)
			continue;
		*did = true;
		return drop_part(x, part, e);
	}
	x->looked = true;
	return ERR_NONE;
}

static enum err keep_house(struct search_index *x, bool *more, struct error *e)
{
	enum err rc = ERR_NONE;

	*more = false;
	if (!x->looked)
		rc = drop_one_gone(x, more, e);
	if (rc != ERR_NONE || *more)
		return rc;
	rc = parts_merge(x->parts, more, e);
	x->damaged = x->damaged || rc == ERR_DAMAGED;
	return rc;
}

/* ---- what is called ---- */

enum err search_index_waiting(struct search_index *x, int64_t *n, struct error *e)
{
	int64_t highest = 0, changed = 0;
	enum err rc = search_file_reload(x->f, e);

	if (rc == ERR_NONE)
		rc = store_highest_id(x->s, &highest, e);
	if (rc == ERR_NONE)
		rc = sql_number(x->s, SQL_SEARCH_TODO, &changed, 0, e,
		                BIND(v_int(0), v_int(x->f->upto)));
	*n = (highest > x->f->upto ? highest - x->f->upto : 0) + (changed != 0);
	return rc;
}

static enum err clear_done(struct search_index *x, struct error *e)
{
	struct search_done *done;
	size_t n;
	enum err rc;

	if (x->s->mode != STORE_WRITE || x->ndone == 0)
		return ERR_NONE;
	done = search_index_done(x, &n);
	rc = store_search_done(x->s, done, n, e);
	free(done);
	return rc;
}

struct search_done *search_index_done(struct search_index *x, size_t *n)
{
	struct search_done *done = x->done;

	*n = x->ndone;
	x->done = NULL;
	x->ndone = x->kept = x->cap = 0;
	return done;
}

static enum err judge(struct search_index *x, enum err rc)
{
	if (rc == ERR_NONE || !x->damaged)
		return rc == ERR_DAMAGED ? ERR_STORE : rc;
	search_index_drop(x->s->path);
	return ERR_DAMAGED;
}

enum err search_index_step(struct search_index *x, const struct search_pace *pace, bool *more,
                           struct error *e)
{
	struct step t = { .x = x, .pace = pace, .left = pace->entries, .e = e };
	enum err rc = write_entries(&t);

	*more = t.left == 0 || t.ended;
	if (rc == ERR_NONE)
		rc = clear_done(x, e);
	if (rc == ERR_NONE && !*more)
		rc = keep_house(x, more, e);
	return judge(x, rc);
}
