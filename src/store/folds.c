#include "inside.h"

#include <stdlib.h>

#include "lede/store/stories.h"

/* What folding reads and writes. An entry is folded when it has a row in `fold` or its id is not
 * above meta "folded": so a refresh killed between two batches of folding goes on with the entries
 * that are left. */

/* What an entry is called, the same on every machine: the store's own key is not. */
static uint64_t name_key(struct str guid, struct str link, struct str title)
{
	return hash64(guid.n > 0 ? guid : link.n > 0 ? link : title);
}

static int folding_order(const void *a, const void *b)
{
	const struct to_fold *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	if (x->feed != y->feed)
		return x->feed < y->feed ? -1 : 1;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

enum err store_unfolded(struct store *s, struct arena *a, struct to_fold **rows, size_t *n,
                        struct error *e)
{
	struct to_fold *got = NULL;
	size_t count = 0, cap = 0;
	int64_t folded;
	enum err rc = store_get_number(s, "folded", &folded, e);
	struct query q = sql_query(s, SQL_UNFOLDED, e, BIND(v_int(folded)));

	while (rc == ERR_NONE && sql_row(&q)) {
		got = mem_grow(got, &cap, count + 1, sizeof *got);
		got[count++] = (struct to_fold){
			.id = col_int(&q, 0),
			.feed = col_int(&q, 1),
			.time = col_int(&q, 2),
			.key = name_key(col_str(&q, 5), col_str(&q, 3), col_str(&q, 4)),
		};
	}
	if (sql_end(&q) != ERR_NONE)
		rc = q.rc;
	*n = rc == ERR_NONE ? count : 0;
	if (*n > 1)
		qsort(got, *n, sizeof *got, folding_order);
	*rows = array_to_arena(got, *n, sizeof *got, a);
	return rc;
}

enum err store_unfolded_row(struct store *s, int64_t id, struct arena *a, struct fold_row *row,
                            struct error *e)
{
	struct query q = sql_query(s, SQL_UNFOLDED_ROW, e, BIND(v_int(id)));
	bool there = sql_row(&q);

	*row = (struct fold_row){ .terms = STR(""), .filler = STR("") };
	if (there) {
		row->id = col_int(&q, 0);
		row->feed = col_int(&q, 1);
		row->time = col_int(&q, 2);
		row->seen = col_int(&q, 3);
		row->story = col_int(&q, 4);
		row->link = link_hash(s, col_str(&q, 5));
		row->title = col_copy(&q, 6, a);
		row->rank = (int)col_int(&q, 7);
		row->points = col_is_null(&q, 8) ? -1 : (int)col_int(&q, 8);
	}
	if (sql_end(&q) != ERR_NONE)
		return q.rc;
	return there ? ERR_NONE : error_set(e, ERR_NONESUCH, "entry %lld is gone", (long long)id);
}

enum err store_fold_rows(struct store *s, int64_t since, fold_row_fn *row, void *self,
                         struct error *e)
{
	struct query q = sql_query(s, SQL_FOLD_ROWS, e, BIND(v_int(since)));

	while (sql_row(&q)) {
		const struct fold_row r = {
			.id = col_int(&q, 0),
			.feed = col_int(&q, 1),
			.time = col_int(&q, 2),
			.seen = col_int(&q, 3),
			.story = col_int(&q, 4),
			.link = (uint64_t)col_int(&q, 5),
			.rank = (int)col_int(&q, 6),
			.points = (int)col_int(&q, 7),
			.terms = col_str(&q, 8),
			.title = col_str(&q, 9),
		};

		row(self, &r);
	}
	return sql_end(&q);
}

enum err store_fold_ranked(struct store *s, int64_t since, fold_row_fn *row, void *self,
                           struct error *e)
{
	struct query q = sql_query(s, SQL_FOLD_RANKED, e, BIND(v_int(since)));

	while (sql_row(&q)) {
		const struct fold_row r = {
			.id = col_int(&q, 0),
			.feed = col_int(&q, 1),
			.time = col_int(&q, 2),
			.story = col_int(&q, 3),
			.rank = (int)col_int(&q, 4),
			.terms = col_str(&q, 5),
		};

		row(self, &r);
	}
	return sql_end(&q);
}

/* Adds the entry to its story's numbers; that of a feed that is gone opens or prolongs the story
 * unseen. */
static enum err count_member(struct store *s, const struct fold_row *r, int64_t story,
                             const struct entry_state *x, struct error *e)
{
	struct story_delta d = { .story = story, .last = r->seen, .lead = story };
	bool has = false;
	enum err rc = ERR_NONE;

	if (story == r->id)
		story_opened(s, story);
	if (x->living) {
		rc = story_has_feed(s, story, r->feed, &has, e);
		d.entries = 1;
		d.feeds = !has;
		d.unread = (x->flags & ENTRY_READ) == 0;
		d.filler = (x->flags & ENTRY_FILLER) != 0;
	}
	count_story(s, &d);
	return rc;
}

static enum err put_fold(struct store *s, const struct fold_row *r, int64_t story, struct error *e)
{
	return sql_run(s, SQL_FOLD_PUT, e,
	               BIND(v_int(r->id), v_int(story), v_int(r->feed), v_int(r->time),
	                    v_int(r->seen), v_hash(r->link), v_hash(hash64(r->title)),
	                    v_int(r->rank), v_int(r->points), v_blob(r->terms)));
}

static enum err hold_back(struct store *s, const struct fold_row *r, unsigned *flags,
                          struct error *e)
{
	*flags |= ENTRY_FILLER;
	return sql_run(s, SQL_FILLER_PUT, e, BIND(v_int(r->id), v_text(r->filler)));
}

static void count_flags(struct store *s, int64_t feed, unsigned was, unsigned is)
{
	struct feed_delta d = { .feed = feed };

	d.unread = -(int64_t)((is & ~was & ENTRY_READ) != 0);
	d.filler = (is & ~was & ENTRY_FILLER) != 0;
	if (d.unread != 0 || d.filler != 0)
		count_feed(s, &d);
}

enum err store_folded(struct store *s, const struct fold_row *r, int64_t story, bool arrives_read,
                      struct error *e)
{
	struct entry_state x;
	unsigned flags;
	bool changed;
	enum err rc = entry_state(s, r->id, &x, e);

	if (rc != ERR_NONE || !x.is)
		return rc;
	flags = x.flags | (arrives_read ? ENTRY_READ : 0);
	if (r->filler.n > 0 && !(x.flags & ENTRY_CORRECTED))
		rc = hold_back(s, r, &flags, e);
	if (rc != ERR_NONE)
		return rc;
	count_flags(s, r->feed, x.flags, flags);
	changed = flags != x.flags || story != x.story;
	x.flags = flags;
	rc = count_member(s, r, story, &x, e); /* before the entry itself is found in it */
	if (rc == ERR_NONE && changed)
		rc = sql_run(s, SQL_ENTRY_STORY, e,
		             BIND(v_int(r->id), v_int(story), v_int(x.flags)));
	if (rc == ERR_NONE)
		rc = put_fold(s, r, story, e);
	return rc;
}

enum err store_fold_done(struct store *s, int64_t upto, int64_t before, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	if (rc == ERR_NONE)
		rc = store_set_number(s, "folded", upto, e);
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_FOLD_FORGET, e, BIND(v_int(before)));
	links_forget(s); /* else it would grow as long as lede runs */
	return own_end(s, own, rc, e);
}

/* -- document frequencies
 * ------------------------------------------------------------------------ */

enum err store_df_load(struct store *s, blob_fn *blob, void *self, struct error *e)
{
	struct query q = sql_query(s, SQL_DF_LOAD, e, BIND_NONE);

	while (sql_row(&q))
		blob(self, col_str(&q, 0));
	return sql_end(&q);
}

enum err store_df_append(struct store *s, struct str additions, struct error *e)
{
	bool own;
	enum err rc;

	if (additions.n == 0)
		return ERR_NONE;
	rc = own_begin(s, false, &own, e);
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_DF_APPEND, e, BIND(v_blob(additions)));
	return own_end(s, own, rc, e);
}

enum err store_df_additions_size(struct store *s, int64_t *bytes, struct error *e)
{
	return sql_number(s, SQL_DF_SIZE, bytes, 0, e, BIND_NONE);
}

enum err store_df_replace(struct store *s, struct str all, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_DF_ALL, e, BIND(v_blob(all)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_DF_DROP, e, BIND_NONE);
	return own_end(s, own, rc, e);
}
