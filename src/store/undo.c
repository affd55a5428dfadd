#include "lede/store/undo.h"

#include <stdlib.h>
#include <string.h>

#include "inside.h"
#include "lede/text/utf8.h"

/* Steps are numbered in the order they were made, and those undone are always the last ones: so the
 * newest one done is what is undone next, and the one after it what is done again. */

/* -- numbers ----------------------------------------------------------------------------------- */

void add_packed(struct buf *b, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		buf_add_char(b, (char)(v | 0x80));
	buf_add_char(b, (char)v);
}

uint64_t read_packed(struct packed_reader *r)
{
	uint64_t v = 0;

	for (unsigned shift = 0; r->left.n > 0 && shift < 64; shift += 7) {
		unsigned char c = (unsigned char)*r->left.p;

		r->left = (struct str){ r->left.p + 1, r->left.n - 1 };
		v |= (uint64_t)(c & 0x7f) << shift;
		if (c < 0x80)
			return v;
	}
	r->bad = true;
	return 0;
}

static int by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Ascending, each as the difference to the one before: mostly one byte an entry. */
static void pack_ids(const int64_t *ids, size_t n, struct buf *out)
{
	int64_t *sorted = mem_array(n, sizeof *sorted), before = 0;

	memcpy(sorted, ids, n * sizeof *sorted);
	qsort(sorted, n, sizeof *sorted, by_number);
	for (size_t i = 0; i < n; i++) {
		add_packed(out, (uint64_t)(sorted[i] - before));
		before = sorted[i];
	}
	free(sorted);
}

/* The entries a row is about; owned by the caller. */
static int64_t *ids_of(const struct undo_row *r, size_t *n)
{
	struct packed_reader in = { .left = r->old };
	int64_t *ids = mem_array(r->old.n + 1, sizeof *ids), id = 0;

	*n = 0;
	if (r->id != 0)
		ids[(*n)++] = r->id;
	while (r->id == 0 && in.left.n > 0) {
		id += (int64_t)read_packed(&in);
		if (!in.bad)
			ids[(*n)++] = id;
	}
	return ids;
}

/* -- writing steps ----------------------------------------------------------------------------- */

static void name_step(struct undo_open *u, struct str what)
{
	u->length = utf8_cut(what, sizeof u->text);
	memcpy(u->text, what.p ? what.p : "", u->length);
}

void store_undo_begin(struct store *s, int64_t at, struct str what)
{
	s->undo.open = true;
	s->undo.step = 0;
	s->undo.at = at;
	name_step(&s->undo, what);
}

static struct value name_of(const struct undo_open *u)
{
	return v_text((struct str){ u->text, u->length });
}

enum err store_undo_name(struct store *s, struct str what, struct error *e)
{
	struct undo_open *u = &s->undo;

	if (!u->open)
		return ERR_NONE;
	name_step(u, what);
	return u->step == 0 ? ERR_NONE
	                    : sql_run(s, SQL_UNDO_NAME, e, BIND(v_int(u->step), name_of(u)));
}

int64_t store_undo_end(struct store *s)
{
	int64_t step = s->undo.step;

	undo_forget(s);
	return step;
}

void undo_forget(struct store *s)
{
	s->undo.open = false;
	s->undo.step = 0;
}

bool undo_is_open(const struct store *s)
{
	return s->undo.open;
}

static enum err drop_step(struct store *s, int64_t step, struct error *e)
{
	enum err rc = sql_run(s, SQL_UNDO_ROWS_DROP, e, BIND(v_int(step)));

	return rc == ERR_NONE ? sql_run(s, SQL_UNDO_DROP, e, BIND(v_int(step))) : rc;
}

/* Drops the oldest while they are too old or too many; mostly none or one. */
static enum err drop_old_steps(struct store *s, int64_t newest, int64_t now, struct error *e)
{
	for (;;) {
		struct query q = sql_query(s, SQL_UNDO_OLDEST, e, BIND_NONE);
		int64_t id = newest, at = now;

		if (sql_row(&q)) {
			id = col_int(&q, 0);
			at = col_int(&q, 1);
		}
		enum err rc = sql_end(&q);

		if (rc != ERR_NONE ||
		    (id + UNDO_STEPS_MAX > newest && at + UNDO_SECONDS_MAX >= now))
			return rc;
		rc = drop_step(s, id, e);
		if (rc != ERR_NONE)
			return rc;
	}
}

/* What was undone cannot be done again once something else was done. */
static enum err drop_undone(struct store *s, int64_t newest_done, struct error *e)
{
	enum err rc = sql_run(s, SQL_UNDO_ROWS_DROP_ABOVE, e, BIND(v_int(newest_done)));

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_UNDO_DROP_ABOVE, e, BIND(v_int(newest_done)));
	return rc;
}

static enum err write_step(struct store *s, struct error *e)
{
	struct undo_open *u = &s->undo;
	int64_t newest;
	enum err rc = sql_number(s, SQL_UNDO_NEWEST, &newest, 0, e, BIND_NONE);

	if (rc == ERR_NONE)
		rc = drop_undone(s, newest, e);
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_UNDO_ADD, e,
		             BIND(v_int(newest + 1), v_int(u->at), name_of(u)));
	if (rc != ERR_NONE)
		return rc;
	u->step = newest + 1;
	u->n = 0;
	return drop_old_steps(s, u->step, u->at, e);
}

enum err undo_add(struct store *s, const struct undo_row *r, struct error *e)
{
	struct undo_open *u = &s->undo;
	enum err rc = ERR_NONE;

	if (!u->open)
		return ERR_NONE;
	if (u->step == 0)
		rc = write_step(s, e);
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_UNDO_ROW_ADD, e,
		             BIND(v_int(u->step), v_int(u->n), v_int(r->what), v_int(r->id),
		                  v_int(r->mask), v_int(r->was), v_blob(r->old)));
	u->n++;
	return rc;
}

enum err undo_add_many(struct store *s, enum undo_what what, const int64_t *ids, size_t n,
                       int64_t mask, int64_t was, struct error *e)
{
	struct buf packed = buf_limited(n * 10 + 1);
	struct undo_row r = { .what = what, .mask = mask, .was = was };
	enum err rc;

	if (n == 0 || !s->undo.open)
		return ERR_NONE;
	if (n == 1) {
		r.id = ids[0];
	} else {
		pack_ids(ids, n, &packed);
		r.old = buf_view(&packed);
	}
	rc = undo_add(s, &r, e);
	buf_free(&packed);
	return rc;
}

enum err store_undo_flags(struct store *s, const int64_t *ids, size_t n, unsigned mask,
                          unsigned was, struct error *e)
{
	return undo_add_many(s, UNDO_FLAGS, ids, n, mask, was & mask, e);
}

enum err store_undo_lines(struct store *s, enum undo_file file, struct str record,
                          struct error *e)
{
	if (record.n == 0)
		return ERR_NONE;
	return undo_add(s, &(struct undo_row){ .what = UNDO_LINES, .id = file, .old = record }, e);
}

/* -- reading them back ------------------------------------------------------------------------- */

/* One step on its way back or forward. */
struct turning {
	struct store *s;
	const struct undo_teller *t;
	struct arena *a;
	struct undo_done *done;
	bool back;
	struct error *e;
};

struct kept_row { struct undo_row row; int64_t n; };

static enum err load_rows(const struct turning *u, struct kept_row **rows, size_t *n)
{
	struct query q = sql_query(u->s, SQL_UNDO_ROWS, u->e, BIND(v_int(u->done->step)));
	size_t cap = 0;

	*rows = NULL;
	*n = 0;
	while (sql_row(&q)) {
		*rows = mem_grow(*rows, &cap, *n + 1, sizeof **rows);
		(*rows)[(*n)++] = (struct kept_row){
			.row = {
				.what = (enum undo_what)col_int(&q, 0),
				.id = col_int(&q, 1),
				.mask = col_int(&q, 2),
				.was = col_int(&q, 3),
				.old = col_copy(&q, 4, u->a),
			},
			.n = col_int(&q, 5),
		};
	}
	return sql_end(&q);
}

/* These are what the step is about: looked at until a second story is met, so that a list of ten
 * thousand costs no more than two. */
static enum err concerns(const struct turning *u, const int64_t *ids, size_t n)
{
	struct undo_done *d = u->done;
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < n && rc == ERR_NONE && !d->several; i++) {
		struct entry_state x;

		rc = entry_state(u->s, ids[i], &x, u->e);
		if (rc != ERR_NONE || !x.is)
			continue;
		d->several = d->story != 0 && d->story != x.story;
		d->whole = d->whole || (d->entry != 0 && d->entry != ids[i]);
		d->entry = d->entry ? d->entry : ids[i];
		d->story = x.story;
	}
	return rc;
}

/* A row of one flag, or of several that were all turned to their opposites. */
static enum err turn_flags(const struct turning *u, const struct undo_row *r)
{
	size_t n;
	int64_t *ids = ids_of(r, &n);
	unsigned mask = (unsigned)r->mask, was = (unsigned)r->was;
	enum err rc = flags_set(u->s, ids, n, mask, u->back ? was : mask & ~was, u->e);

	if (rc == ERR_NONE)
		rc = concerns(u, ids, n);
	free(ids);
	return rc;
}

static enum err turn_filler(const struct turning *u, const struct undo_row *r)
{
	struct str rule = u->back ? r->old : STR(FILLER_BY_HAND);
	enum err rc = flags_set(u->s, &r->id, 1, FILLER_FLAGS,
	                        (unsigned)(u->back ? r->was : r->mask), u->e);

	u->done->filler = true;
	if (rc == ERR_NONE)
		rc = concerns(u, &r->id, 1);
	if (rc == ERR_NONE && rule.n > 0)
		return sql_run(u->s, SQL_FILLER_PUT, u->e, BIND(v_int(r->id), v_text(rule)));
	return rc == ERR_NONE ? sql_run(u->s, SQL_FILLER_DROP, u->e, BIND(v_int(r->id))) : rc;
}

static enum err turn_fresh(const struct turning *u, const struct undo_row *r)
{
	return sql_run(u->s, SQL_ROW_FRESH, u->e,
	               BIND(v_int(r->mask), v_int(r->id), v_int(u->back ? r->was : 0)));
}

static enum err tell_event(const struct turning *u, const struct event_row *ev, bool back)
{
	enum err rc = concerns(u, &ev->entry, 1);

	if (rc != ERR_NONE)
		return rc;
	return u->t && u->t->event ? u->t->event(u->t->self, ev, back, u->e) : ERR_NONE;
}

static enum err keep_old(const struct turning *u, const struct kept_row *k, int64_t id,
                         struct str old)
{
	return sql_run(u->s, SQL_UNDO_ROW_OLD, u->e,
	               BIND(v_int(u->done->step), v_int(k->n), v_int(id), v_blob(old)));
}

static enum err event_leaves(const struct turning *u, const struct kept_row *k)
{
	struct buf packed = buf_limited(1 << 20);
	struct event_row ev;
	enum err rc = event_get(u->s, k->row.id, u->a, &ev, u->e);

	if (rc == ERR_NONESUCH)       /* forgotten since */
		return ERR_NONE;
	if (rc == ERR_NONE) {
		event_pack(&ev, &packed);
		rc = keep_old(u, k, ev.id, buf_view(&packed));
	}
	if (rc == ERR_NONE)
		rc = sql_run(u->s, SQL_EVENT_DROP, u->e, BIND(v_int(ev.id)));
	if (rc == ERR_NONE)
		rc = tell_event(u, &ev, false);
	buf_free(&packed);
	return rc;
}

static enum err event_comes(const struct turning *u, const struct kept_row *k)
{
	struct event_row ev = { .id = k->row.id };
	enum err rc;

	if (k->row.old.n == 0 || !event_unpack(k->row.old, &ev))
		return ERR_NONE;
	rc = event_put(u->s, &ev, u->e);
	if (rc == ERR_NONE)
		rc = keep_old(u, k, ev.id, STR(""));
	return rc == ERR_NONE ? tell_event(u, &ev, true) : rc;
}

static enum err turn_feed(const struct turning *u, const struct undo_row *r)
{
	int64_t gone = u->back ? r->was : r->mask;
	enum err rc = feed_gone_set(u->s, r->id, gone, u->e);

	u->done->feed = r->id;
	return rc;
}

static enum err turn_pause(const struct turning *u, const struct undo_row *r)
{
	u->done->feed = r->id;
	return feed_pause_set(u->s, r->id, u->back ? r->was : r->mask, u->e);
}

static enum err turn_address(const struct turning *u, const struct undo_row *r)
{
	u->done->feed = r->id;
	return feed_address_turn(u->s, r, u->back, u->e);
}

static enum err turn_lines(const struct turning *u, const struct kept_row *k)
{
	struct buf again = buf_limited(16 << 20);
	enum err rc = ERR_NONE;

	if (!u->t || !u->t->lines)
		return ERR_NONE;
	rc = u->t->lines(u->t->self, (enum undo_file)k->row.id, k->row.old, u->back, &again,
	                 u->e);
	if (rc == ERR_NONE && again.n > 0)
		rc = keep_old(u, k, k->row.id, buf_view(&again));
	buf_free(&again);
	return rc;
}

static enum err turn_story(const struct turning *u, const struct undo_row *r)
{
	size_t n;
	int64_t *ids = ids_of(r, &n), from = u->back ? r->mask : r->was, last = 0;
	enum err rc = entries_move(u->s, ids, n, from, u->back ? r->was : r->mask, u->e);

	u->done->stories = true;
	if (rc == ERR_NONE)
		rc = concerns(u, ids, n);
	if (rc == ERR_NONE)
		rc = sql_number(u->s, SQL_STORY_LAST, &last, -1, u->e, BIND(v_int(from)));
	if (last < 0)
		u->done->left = from;
	free(ids);
	return rc;
}

static enum err turn_hand(const struct turning *u, const struct undo_row *r)
{
	return by_hand_set(u->s, r->id, r->mask,
	                   u->back ? HAND_BEFORE(r->was) : HAND_AFTER(r->was), u->e);
}

static enum err turn_row(const struct turning *u, const struct kept_row *k)
{
	switch (k->row.what) {
	case UNDO_FLAGS:
		return turn_flags(u, &k->row);
	case UNDO_FILLER:
		return turn_filler(u, &k->row);
	case UNDO_FRESH:
		return turn_fresh(u, &k->row);
	case UNDO_EVENT:
		return (k->row.mask != 0) == u->back ? event_leaves(u, k) : event_comes(u, k);
	case UNDO_FEED:
		return turn_feed(u, &k->row);
	case UNDO_STORY:
		return turn_story(u, &k->row);
	case UNDO_HAND:
		return turn_hand(u, &k->row);
	case UNDO_ROW:
		return edition_row_turn(u->s, &k->row, u->back, u->e);
	case UNDO_HANDED:
		return u->back ? entries_hand_back(u->s, &k->row, u->e) : ERR_NONE;
	case UNDO_PAUSE:
		return turn_pause(u, &k->row);
	case UNDO_ADDRESS:
		return turn_address(u, &k->row);
	case UNDO_LINES:
		return turn_lines(u, k);
	}
	return ERR_NONE;              /* of a lede to come: nothing this one could turn */
}

static enum err turn_rows(const struct turning *u, const struct kept_row *row, size_t n,
                          bool lines)
{
	enum err rc = ERR_NONE;

	for (size_t i = 0; rc == ERR_NONE && i < n; i++) {
		const struct kept_row *k = &row[u->back ? n - 1 - i : i];

		if ((k->row.what == UNDO_LINES) == lines)
			rc = turn_row(u, k);
	}
	return rc;
}

/* Files last: a change of theirs is not taken back when a row fails after it. */
static enum err turn_step(const struct turning *u)
{
	struct kept_row *row;
	size_t n;
	enum err rc = load_rows(u, &row, &n);

	undo_forget(u->s);            /* undoing is no step of its own */
	if (rc == ERR_NONE)
		rc = turn_rows(u, row, n, false);
	if (rc == ERR_NONE)
		rc = turn_rows(u, row, n, true);
	free(row);
	if (rc == ERR_NONE)
		rc = sql_run(u->s, SQL_UNDO_STATE, u->e,
		             BIND(v_int(u->done->step), v_int(u->back)));
	return rc;
}

/* The step to be turned; step 0: there is none. */
static enum err find_step(const struct turning *u)
{
	int64_t newest = 0;
	enum err rc = ERR_NONE;

	if (!u->back)
		rc = sql_number(u->s, SQL_UNDO_NEWEST, &newest, 0, u->e, BIND_NONE);
	if (rc != ERR_NONE)
		return rc;
	struct query q = u->back ? sql_query(u->s, SQL_UNDO_NEWEST, u->e, BIND_NONE)
	                         : sql_query(u->s, SQL_UNDO_NEXT, u->e, BIND(v_int(newest)));

	*u->done = (struct undo_done){ .step = 0 };
	if (sql_row(&q)) {
		u->done->step = col_int(&q, 0);
		u->done->at = col_int(&q, 1);
		u->done->what = col_copy(&q, 2, u->a);
	}
	return sql_end(&q);
}

static enum err turn(struct turning *u)
{
	bool own;
	enum err rc = own_begin(u->s, true, &own, u->e);

	if (rc == ERR_NONE)
		rc = find_step(u);
	if (rc == ERR_NONE && u->done->step == 0)
		rc = error_set(u->e, ERR_NONESUCH, u->back ? "nothing to undo" : "nothing to redo");
	if (rc == ERR_NONE)
		rc = turn_step(u);
	return own_end(u->s, own, rc, u->e);
}

enum err store_undo(struct store *s, const struct undo_teller *t, struct arena *a,
                    struct undo_done *done, struct error *e)
{
	return turn(&(struct turning){ s, t, a, done, true, e });
}

enum err store_redo(struct store *s, const struct undo_teller *t, struct arena *a,
                    struct undo_done *done, struct error *e)
{
	return turn(&(struct turning){ s, t, a, done, false, e });
}
