#include <stdlib.h>

#include "inside.h"
#include "lede/store/regroup.h"

/* Rows of an edition that are changed by hand. For undoing, a row is kept whole, as it was and
 * as it became: both packed one behind the other, the first with its length in front; nothing
 * stands for "no row". */

/* -- packing ----------------------------------------------------------------------------------- */

static void pack_str(struct buf *b, struct str s)
{
	add_packed(b, s.n);
	buf_add(b, s);
}

static struct str unpack_str(struct packed_reader *r)
{
	size_t n = (size_t)read_packed(r);
	struct str s = { r->left.p, n };

	if (n > r->left.n) {
		r->bad = true;
		return STR("");
	}
	r->left = (struct str){ r->left.p + n, r->left.n - n };
	return s;
}

static void pack_row(const struct edition_row *r, struct buf *b)
{
	const int64_t number[] = { r->was, r->story, r->entry, r->feed, r->time, r->flags,
	                           r->sources, r->entries, r->unread, r->fresh, r->score };

	for (size_t i = 0; i < sizeof number / sizeof *number; i++)
		add_packed(b, (uint64_t)number[i]);
	pack_str(b, r->title);
	pack_str(b, r->source);
	pack_str(b, r->why);
}

static bool unpack_row(struct str packed, struct edition_row *r)
{
	struct packed_reader in = { .left = packed };

	*r = (struct edition_row){ .was = (int)read_packed(&in) };
	r->story = (int64_t)read_packed(&in);
	r->entry = (int64_t)read_packed(&in);
	r->feed = (int64_t)read_packed(&in);
	r->time = (int64_t)read_packed(&in);
	r->flags = (unsigned)read_packed(&in);
	r->sources = (int)read_packed(&in);
	r->entries = (int)read_packed(&in);
	r->unread = (int)read_packed(&in);
	r->fresh = (int)read_packed(&in);
	r->score = (int32_t)(int64_t)read_packed(&in);
	r->title = unpack_str(&in);
	r->source = unpack_str(&in);
	r->why = unpack_str(&in);
	return !in.bad;
}

/* -- changing ---------------------------------------------------------------------------------- */

static enum err write_row(struct store *s, int64_t edition, int rank, const struct edition_row *r,
                          struct error *e)
{
	return sql_run(s, SQL_EDITION_ROW_PUT, e,
	               BIND(v_int(edition), v_int(rank), v_int(r->was), v_int(r->story),
	                    v_int(r->entry), v_int(r->feed), v_int(r->time), v_int(r->flags),
	                    v_int(r->sources), v_int(r->entries), v_int(r->unread), v_int(r->fresh),
	                    v_int(r->score), v_text(r->title), v_text(r->source), v_blob(r->why)));
}

/* Moves the rows from `rank` on by one, over negative ranks: two rows never have the same. */
static enum err shift(struct store *s, int64_t edition, int rank, int by, struct error *e)
{
	enum err rc = sql_run(s, SQL_EDITION_LIFT, e, BIND(v_int(edition), v_int(rank)));

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_EDITION_LOWER, e, BIND(v_int(edition), v_int(by)));
	return rc == ERR_NONE ? sql_run(s, SQL_EDITION_COUNT, e, BIND(v_int(edition), v_int(by)))
	                      : rc;
}

/* The row at `rank` becomes `to`; NULL: there is none before, or after. */
static enum err change(struct store *s, int64_t edition, int rank, bool was_there,
                       const struct edition_row *to, struct error *e)
{
	enum err rc = ERR_NONE;

	if (!was_there)
		rc = shift(s, edition, rank, 1, e);
	if (rc == ERR_NONE && to)
		return write_row(s, edition, rank, to, e);
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_EDITION_ROW_DROP, e, BIND(v_int(edition), v_int(rank)));
	return rc == ERR_NONE ? shift(s, edition, rank + 1, -1, e) : rc;
}

static enum err row_at(struct store *s, int64_t edition, int rank, struct arena *a,
                       struct edition_row *row, struct error *e)
{
	struct edition_row *got;
	size_t n;
	enum err rc = store_edition_rows(s, edition, rank, 1, a, &got, &n, e);

	if (rc != ERR_NONE)
		return rc;
	if (n == 0 || got->rank != rank)
		return error_set(e, ERR_NONESUCH, "the edition has no number %d", rank);
	*row = *got;
	return ERR_NONE;
}

static enum err keep(struct store *s, int64_t edition, int rank, const struct edition_row *before,
                     const struct edition_row *after, struct error *e)
{
	struct buf both = buf_limited(1 << 20), first = buf_limited(1 << 20);
	enum err rc;

	if (before)
		pack_row(before, &first);
	pack_str(&both, buf_view(&first));
	if (after)
		pack_row(after, &both);
	rc = undo_add(s, &(struct undo_row){ .what = UNDO_ROW, .id = rank, .mask = edition,
	                                     .old = buf_view(&both) }, e);
	buf_free(&first);
	buf_free(&both);
	return rc;
}

static enum err change_kept(struct store *s, int64_t edition, int rank, bool was_there,
                            const struct edition_row *to, struct error *e)
{
	struct arena *a = arena_new();
	struct edition_row before;
	enum err rc = ERR_NONE;

	if (was_there)
		rc = row_at(s, edition, rank, a, &before, e);
	if (rc == ERR_NONE)
		rc = keep(s, edition, rank, was_there ? &before : NULL, to, e);
	if (rc == ERR_NONE)
		rc = change(s, edition, rank, was_there, to, e);
	arena_free(a);
	return rc;
}

enum err store_edition_replace(struct store *s, int64_t edition, int rank,
                               const struct edition_row *row, struct error *e)
{
	return change_kept(s, edition, rank, true, row, e);
}

enum err store_edition_remove(struct store *s, int64_t edition, int rank, struct error *e)
{
	return change_kept(s, edition, rank, true, NULL, e);
}

enum err store_edition_insert(struct store *s, int64_t edition, int rank,
                              const struct edition_row *row, struct error *e)
{
	return change_kept(s, edition, rank, false, row, e);
}

/* -- undoing ----------------------------------------------------------------------------------- */

enum err edition_row_turn(struct store *s, const struct undo_row *r, bool back, struct error *e)
{
	struct packed_reader in = { .left = r->old };
	struct str before = unpack_str(&in), after = in.left;
	struct str from = back ? after : before, to = back ? before : after;
	struct edition_row row;
	bool is = to.n > 0;
	int64_t rows;
	enum err rc = sql_number(s, SQL_EDITION_SIZE, &rows, -1, e, BIND(v_int(r->mask)));

	/* the edition is gone: nobody sees its rows any more */
	if (rc != ERR_NONE || rows < 0 || in.bad || (is && !unpack_row(to, &row)))
		return rc;
	return change(s, r->mask, (int)r->id, from.n > 0, is ? &row : NULL, e);
}
