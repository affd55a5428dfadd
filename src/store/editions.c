#include "lede/store/editions.h"

#include <stdlib.h>

#include "inside.h"

#define EDITIONS_KEPT 50

static enum err one_edition(struct query *q, struct edition *out)
{
	bool found = sql_row(q);

	if (found)
		*out = (struct edition){
			.id = col_int(q, 0),
			.made = col_int(q, 1),
			.upto = col_int(q, 2),
			.ended = col_int(q, 3),
			.rows = (int)col_int(q, 4),
		};
	if (sql_end(q) != ERR_NONE || found)
		return q->rc;
	return error_set(q->e, ERR_NONESUCH, "no edition was made yet");
}

enum err store_edition_last(struct store *s, struct edition *out, struct error *e)
{
	struct query q = sql_query(s, SQL_EDITION_LAST, e, BIND_NONE);

	return one_edition(&q, out);
}

enum err store_edition_before(struct store *s, int64_t id, struct edition *out, struct error *e)
{
	struct query q = sql_query(s, SQL_EDITION_BEFORE, e, BIND(v_int(id)));

	return one_edition(&q, out);
}

/* Columns of ROW_COLUMNS. */
static struct edition_row row_from(const struct query *q, struct arena *a)
{
	return (struct edition_row){
		.rank = (int)col_int(q, 0),
		.was = (int)col_int(q, 1),
		.story = col_int(q, 2),
		.entry = col_int(q, 3),
		.feed = col_int(q, 4),
		.time = col_int(q, 5),
		.flags = (unsigned)col_int(q, 6),
		.sources = (int)col_int(q, 7),
		.entries = (int)col_int(q, 8),
		.unread = (int)col_int(q, 9),
		.fresh = (int)col_int(q, 10),
		.score = (int32_t)col_int(q, 11),
		.title = col_copy(q, 12, a),
		.source = col_copy(q, 13, a),
		.why = col_copy(q, 14, a),
	};
}

enum err store_edition_rows(struct store *s, int64_t edition, int from_rank, int n, struct arena *a,
                            struct edition_row **rows, size_t *got, struct error *e)
{
	struct edition_row *list = NULL;
	size_t count = 0, cap = 0;
	struct query q =
		sql_query(s, SQL_EDITION_ROWS, e, BIND(v_int(edition), v_int(from_rank), v_int(n)));

	while (sql_row(&q)) {
		list = mem_grow(list, &cap, count + 1, sizeof *list);
		list[count++] = row_from(&q, a);
	}
	*got = q.rc == ERR_NONE ? count : 0;
	*rows = array_to_arena(list, *got, sizeof *list, a);
	return sql_end(&q);
}

enum err store_edition_row(struct store *s, int64_t edition, int64_t story, struct arena *a,
                           struct edition_row *row, struct error *e)
{
	struct query q = sql_query(s, SQL_EDITION_ROW, e, BIND(v_int(edition), v_int(story)));
	bool found = sql_row(&q);

	if (found)
		*row = row_from(&q, a);
	if (sql_end(&q) != ERR_NONE || found)
		return q.rc;
	return error_set(e, ERR_NONESUCH, "story %lld is not in this edition", (long long)story);
}

enum err store_edition_ranks(struct store *s, int64_t edition, edition_rank_fn *fn, void *self,
                             struct error *e)
{
	struct query q = sql_query(s, SQL_EDITION_RANKS, e, BIND(v_int(edition)));

	while (sql_row(&q))
		fn(self, col_int(&q, 0), (int)col_int(&q, 1));
	return sql_end(&q);
}

static enum err add_row(struct store *s, int64_t edition, int rank, const struct edition_row *r,
                        struct error *e)
{
	return sql_run(s, SQL_EDITION_ROW_ADD, e,
	               BIND(v_int(edition), v_int(rank), v_int(r->was), v_int(r->story),
	                    v_int(r->entry), v_int(r->feed), v_int(r->time), v_int(r->flags),
	                    v_int(r->sources), v_int(r->entries), v_int(r->unread), v_int(r->fresh),
	                    v_int(r->score), v_text(r->title), v_text(r->source), v_blob(r->why)));
}

static enum err drop_old(struct store *s, int64_t newest, struct error *e)
{
	enum err rc = sql_run(s, SQL_EDITION_ROWS_DROP, e, BIND(v_int(newest - EDITIONS_KEPT)));

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_EDITION_DROP, e, BIND(v_int(newest - EDITIONS_KEPT)));
	return rc;
}

static enum err put_edition(struct store *s, struct edition *ed, const struct edition_row *rows,
                            size_t n, struct error *e)
{
	enum err rc = sql_run(s, SQL_EDITION_ADD, e,
	                      BIND(v_int(ed->made), v_int(ed->upto), v_int((int64_t)n)));

	if (rc != ERR_NONE)
		return rc;
	ed->id = sqlite3_last_insert_rowid(s->db);
	ed->rows = (int)n;
	rc = sql_run(s, SQL_EDITION_END, e, BIND(v_int(ed->id), v_int(ed->made)));
	for (size_t i = 0; i < n && rc == ERR_NONE; i++)
		rc = add_row(s, ed->id, (int)i + 1, &rows[i], e);
	return rc == ERR_NONE ? drop_old(s, ed->id, e) : rc;
}

enum err store_edition_put(struct store *s, struct edition *ed, const struct edition_row *rows,
                           size_t n, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	if (n > EDITION_ROWS_MAX)
		n = EDITION_ROWS_MAX;
	if (rc == ERR_NONE)
		rc = put_edition(s, ed, rows, n, e);
	return own_end(s, own, rc, e);
}
