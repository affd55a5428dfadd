#include "inside.h"

#include <assert.h>
#include <stdlib.h>

#include "lede/base/hash.h"
#include "lede/store/editions.h"

/* Read, starred and filler: the entry, then all that is derived from it - its feed's and its story's
 * counters, the row of the last edition, which is what the next start shows first. */

struct marking {
	struct store *s;
	enum entry_flag flag;
	bool on;
	unsigned touched; /* ENTRY_TOUCHED when it is a person's mark */
	struct map *stories; /* whose entries were marked */
	struct error *e;
};

enum err entry_state(struct store *s, int64_t id, struct entry_state *x, struct error *e)
{
	struct query q = sql_query(s, SQL_ENTRY_STATE, e, BIND(v_int(id)));

	*x = (struct entry_state){ 0 };
	if (sql_row(&q))
		*x = (struct entry_state){
			.is = true,
			.feed = col_int(&q, 0),
			.story = col_int(&q, 1),
			.flags = (unsigned)col_int(&q, 2),
			.living = col_int(&q, 3) != 0,
		};
	return sql_end(&q);
}

static void count_mark(const struct marking *m, const struct entry_state *x)
{
	struct feed_delta d = { .feed = x->feed };

	if (m->flag == ENTRY_STARRED)
		d.starred = m->on ? 1 : -1;
	else if (m->flag == ENTRY_FILLER)
		d.filler = m->on ? 1 : -1;
	else
		d.unread = m->on ? -1 : 1;
	if (x->living && m->flag != ENTRY_STARRED)
		count_story(m->s, &(struct story_delta){ .story = x->story,
		                                          .last = INT64_MIN,
		                                          .unread = d.unread,
		                                          .filler = d.filler });
	count_feed(m->s, &d);
}

/* An entry that is not there any more is not an error: it was deleted since it was shown. */
static enum err mark_one(const struct marking *m, int64_t id, bool *changed)
{
	struct entry_state x;
	unsigned flags;
	enum err rc = entry_state(m->s, id, &x, m->e);

	*changed = false;
	flags = m->on ? x.flags | m->flag : x.flags & ~(unsigned)m->flag;
	if (rc != ERR_NONE || !x.is || flags == x.flags)
		return rc;
	if (m->flag == ENTRY_FILLER) {
		flags |= ENTRY_CORRECTED;
		rc = sql_run(m->s, SQL_FILLER_PUT, m->e, BIND(v_int(id), v_text(STR(FILLER_BY_HAND))));
	}
	if (rc != ERR_NONE)
		return rc;
	rc = sql_run(m->s, SQL_MARK_SET, m->e, BIND(v_int(id), v_int(flags | m->touched)));
	if (rc != ERR_NONE)
		return rc;
	count_mark(m, &x);
	map_put(m->stories, (uint64_t)x.story, 1);
	*changed = true;
	return ERR_NONE;
}

static enum err follow_row(const struct marking *m, int64_t edition, int64_t story)
{
	struct query q = sql_query(m->s, SQL_ROW_STATE, m->e, BIND(v_int(edition), v_int(story)));
	int64_t rank = 0, unread = 0, flags = 0;

	if (sql_row(&q)) {
		rank = col_int(&q, 0);
		unread = col_int(&q, 1);
		flags = (col_int(&q, 2) & (ENTRY_STARRED | ENTRY_FILLER))
		        | (unread == 0 ? ENTRY_READ : 0);
	}
	if (sql_end(&q) != ERR_NONE || rank == 0)
		return q.rc;
	return sql_run(m->s, SQL_ROW_MARK, m->e,
	               BIND(v_int(edition), v_int(rank), v_int(unread), v_int(flags)));
}

/* The last edition's rows of the stories touched. */
static enum err follow(const struct marking *m)
{
	struct edition last;
	uint64_t story, one;
	size_t at = 0;
	enum err rc = counters_flush(m->s, m->e);

	if (rc == ERR_NONE)
		rc = store_edition_last(m->s, &last, NULL);
	if (rc == ERR_NONESUCH)
		return ERR_NONE;
	while (rc == ERR_NONE && map_next(m->stories, &at, &story, &one))
		rc = follow_row(m, last.id, (int64_t)story);
	return rc;
}

static enum err mark_all(struct marking *m, const int64_t *ids, size_t n, bool *changed,
                         int64_t *count)
{
	enum err rc = ERR_NONE;

	m->stories = map_new();
	for (size_t i = 0; i < n && rc == ERR_NONE; i++) {
		bool did;

		rc = mark_one(m, ids[i], &did);
		if (changed)
			changed[i] = did;
		*count += did;
	}
	if (rc == ERR_NONE && *count > 0)
		rc = follow(m);
	map_free(m->stories);
	return rc;
}

enum err store_mark(struct store *s, const int64_t *ids, size_t n, enum entry_flag flag, bool on,
                    bool *changed, struct error *e)
{
	struct marking m = { .s = s, .flag = flag, .on = on, .touched = ENTRY_TOUCHED, .e = e };
	int64_t count = 0;
	bool own;
	enum err rc;

	assert(flag == ENTRY_READ || flag == ENTRY_STARRED || flag == ENTRY_FILLER);
	rc = own_begin(s, true, &own, e);
	if (rc == ERR_NONE)
		rc = mark_all(&m, ids, n, changed, &count);
	return own_end(s, own, rc, e);
}

enum err mark_imported(struct store *s, int64_t id, enum entry_flag flag, bool *changed,
                       struct error *e)
{
	struct marking m = { .s = s, .flag = flag, .on = true, .e = e };
	int64_t count = 0;

	return mark_all(&m, &id, 1, changed, &count);
}

static struct query unread_of(struct store *s, enum entry_list list, int64_t feed, int64_t upto,
                              struct error *e)
{
	switch (list) {
	case LIST_FEED:
		return sql_query(s, SQL_UNREAD_OF_FEED, e, BIND(v_int(upto), v_int(feed)));
	case LIST_STARRED:
		return sql_query(s, SQL_UNREAD_STARRED, e, BIND(v_int(upto)));
	case LIST_FILLER:
		return sql_query(s, SQL_UNREAD_FILLER, e, BIND(v_int(upto)));
	case LIST_LATEST:
		break;
	}
	return sql_query(s, SQL_UNREAD_ALL, e, BIND(v_int(upto)));
}

/* Collected before the first is marked: marking moves rows in the very index that is walked. */
static enum err collect_unread(struct query *q, int64_t **ids, size_t *n)
{
	size_t cap = 0;

	while (sql_row(q)) {
		*ids = mem_grow(*ids, &cap, *n + 1, sizeof **ids);
		(*ids)[(*n)++] = col_int(q, 0);
	}
	return sql_end(q);
}

enum err store_mark_list_read(struct store *s, enum entry_list list, int64_t feed, int64_t upto,
                              int64_t *n, struct error *e)
{
	struct marking m = { .s = s, .flag = ENTRY_READ, .on = true,
		.touched = ENTRY_TOUCHED, .e = e };
	int64_t *ids = NULL;
	size_t count = 0;
	bool own;
	enum err rc = own_begin(s, true, &own, e);

	*n = 0;
	if (rc == ERR_NONE) {
		struct query q = unread_of(s, list, feed, upto, e);

		rc = collect_unread(&q, &ids, &count);
	}
	if (rc == ERR_NONE)
		rc = mark_all(&m, ids, count, NULL, n);
	free(ids);
	return own_end(s, own, rc, e);
}
