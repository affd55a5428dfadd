#include "inside.h"

#include <assert.h>
#include <stdlib.h>

#include "lede/base/hash.h"
#include "lede/store/editions.h"

/* Read, starred and filler: the entry, then all that is derived from it - its feed's and its
 * story's counters, the row of the last edition, which is what the next start shows first. */

struct marking {
	struct store *s;
	unsigned mask, value;        /* the flags that are set, and to what */
	unsigned about;              /* of them those that say whether anything changes */
	bool corrects;               /* the reader says that it is filler, or is not */
	struct map *stories;         /* whose entries were marked */
	struct marked { int64_t *id; size_t n; } did[2];     /* [1]: touched by a person before */
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

/* `changed` are the flags that are not what they were. */
static void count_mark(const struct marking *m, const struct entry_state *x, unsigned changed)
{
	struct feed_delta d = { .feed = x->feed };

	if (changed & ENTRY_STARRED)
		d.starred = m->value & ENTRY_STARRED ? 1 : -1;
	if (changed & ENTRY_FILLER)
		d.filler = m->value & ENTRY_FILLER ? 1 : -1;
	if (changed & ENTRY_READ)
		d.unread = m->value & ENTRY_READ ? -1 : 1;
	if (x->living && (d.unread || d.filler))
		count_story(m->s, &(struct story_delta){ .story = x->story,
		                                          .last = INT64_MIN,
		                                          .unread = d.unread,
		                                          .filler = d.filler });
	count_feed(m->s, &d);
}

/* The rule that spoke before comes back when the reader's word is undone. */
static enum err correct(const struct marking *m, int64_t id, unsigned before)
{
	struct query q = sql_query(m->s, SQL_FILLER_RULE, m->e, BIND(v_int(id)));
	struct arena *a = arena_new();
	struct undo_row r = { .what = UNDO_FILLER, .id = id, .mask = m->value,
	                      .was = before & FILLER_FLAGS };
	enum err rc;

	if (sql_row(&q))
		r.old = col_copy(&q, 0, a);
	rc = sql_end(&q);
	if (rc == ERR_NONE)
		rc = undo_add(m->s, &r, m->e);
	if (rc == ERR_NONE)
		rc = sql_run(m->s, SQL_FILLER_PUT, m->e,
		             BIND(v_int(id), v_text(STR(FILLER_BY_HAND))));
	arena_free(a);
	return rc;
}

/* An entry that is not there any more is not an error: it was deleted since it was shown. */
static enum err mark_one(struct marking *m, int64_t id, bool *changed)
{
	struct entry_state x;
	struct marked *did;
	unsigned flags;
	enum err rc = entry_state(m->s, id, &x, m->e);

	*changed = false;
	flags = (x.flags & ~m->mask) | m->value;
	if (rc != ERR_NONE || !x.is || ((flags ^ x.flags) & m->about) == 0)
		return rc;
	if (m->corrects)
		rc = correct(m, id, x.flags);
	if (rc != ERR_NONE)
		return rc;
	rc = sql_run(m->s, SQL_MARK_SET, m->e, BIND(v_int(id), v_int(flags)));
	if (rc != ERR_NONE)
		return rc;
	count_mark(m, &x, flags ^ x.flags);
	map_put(m->stories, (uint64_t)x.story, 1);
	did = &m->did[(x.flags & ENTRY_TOUCHED) != 0];
	did->id[did->n++] = id;
	*changed = true;
	return ERR_NONE;
}

/* What the row says of new entries goes when all is read; undoing has to bring it back. */
static enum err keep_fresh(struct store *s, int64_t edition, int64_t story, int64_t fresh,
                           struct error *e)
{
	return undo_add(s, &(struct undo_row){ .what = UNDO_FRESH, .id = story, .mask = edition,
	                                       .was = fresh }, e);
}

static enum err follow_row(struct store *s, int64_t edition, int64_t story, struct error *e)
{
	struct query q = sql_query(s, SQL_ROW_STATE, e, BIND(v_int(edition), v_int(story)));
	int64_t rank = 0, unread = 0, flags = 0, fresh = 0;
	enum err rc = ERR_NONE;

	if (sql_row(&q)) {
		rank = col_int(&q, 0);
		unread = col_int(&q, 1);
		flags = (col_int(&q, 2) & (ENTRY_STARRED | ENTRY_FILLER))
		        | (unread == 0 ? ENTRY_READ : 0);
		fresh = col_int(&q, 3);
	}
	if (sql_end(&q) != ERR_NONE || rank == 0)
		return q.rc;
	if (fresh > 0 && unread == 0)
		rc = keep_fresh(s, edition, story, fresh, e);
	if (rc != ERR_NONE)
		return rc;
	return sql_run(s, SQL_ROW_MARK, e,
	               BIND(v_int(edition), v_int(rank), v_int(unread), v_int(flags)));
}

enum err rows_follow(struct store *s, const struct map *stories, struct error *e)
{
	struct edition last;
	uint64_t story, one;
	size_t at = 0;
	enum err rc = counters_flush(s, e);

	if (rc == ERR_NONE)
		rc = store_edition_last(s, &last, NULL);
	if (rc == ERR_NONESUCH)
		return ERR_NONE;
	while (rc == ERR_NONE && map_next(stories, &at, &story, &one))
		rc = follow_row(s, last.id, (int64_t)story, e);
	return rc;
}

/* For undoing the entries are named with what they had before: the opposite, of every flag that is
 * said to have changed. */
static enum err keep_marked(const struct marking *m)
{
	unsigned kept = m->mask & ~ENTRY_TOUCHED, was = kept & ~m->value;
	enum err rc = ERR_NONE;

	if (m->corrects)              /* kept one by one, with the rules */
		return ERR_NONE;
	for (int touched = 0; touched < 2 && rc == ERR_NONE; touched++)
		rc = undo_add_many(m->s, UNDO_FLAGS, m->did[touched].id, m->did[touched].n,
		                   touched ? kept : m->mask, was, m->e);
	return rc;
}

static enum err mark_each(struct marking *m, const int64_t *ids, size_t n, bool *changed)
{
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < n && rc == ERR_NONE; i++) {
		bool did;

		rc = mark_one(m, ids[i], &did);
		if (changed)
			changed[i] = did;
	}
	return rc;
}

/* *count, which may be NULL: how many entries changed. */
static enum err mark_all(struct marking *m, const int64_t *ids, size_t n, bool *changed,
                         int64_t *count)
{
	size_t marked;
	enum err rc;

	m->stories = map_new();
	m->did[0].id = mem_array(n + 1, sizeof *m->did[0].id);
	m->did[1].id = mem_array(n + 1, sizeof *m->did[1].id);
	rc = mark_each(m, ids, n, changed);
	marked = m->did[0].n + m->did[1].n;
	if (rc == ERR_NONE && marked > 0)
		rc = keep_marked(m);
	if (rc == ERR_NONE && marked > 0)
		rc = rows_follow(m->s, m->stories, m->e);
	if (count)
		*count = (int64_t)marked;
	free(m->did[0].id);
	free(m->did[1].id);
	map_free(m->stories);
	return rc;
}

enum err flags_set(struct store *s, const int64_t *ids, size_t n, unsigned mask, unsigned value,
                   struct error *e)
{
	struct marking m = { .s = s, .mask = mask, .value = value & mask, .about = mask, .e = e };

	return mark_all(&m, ids, n, NULL, NULL);
}

/* A person's mark is remembered as one: an import does not overrule it. */
static struct marking by_person(struct store *s, enum entry_flag flag, bool on, struct error *e)
{
	struct marking m = { .s = s, .about = flag, .corrects = flag == ENTRY_FILLER, .e = e };
	unsigned with = ENTRY_TOUCHED | (m.corrects ? ENTRY_CORRECTED : 0u);

	m.mask = flag | with;
	m.value = (on ? flag : 0u) | with;
	return m;
}

enum err store_mark(struct store *s, const int64_t *ids, size_t n, enum entry_flag flag, bool on,
                    bool *changed, struct error *e)
{
	struct marking m = by_person(s, flag, on, e);
	bool own;
	enum err rc;

	assert(flag == ENTRY_READ || flag == ENTRY_STARRED || flag == ENTRY_FILLER);
	rc = own_begin(s, true, &own, e);
	if (rc == ERR_NONE)
		rc = mark_all(&m, ids, n, changed, NULL);
	return own_end(s, own, rc, e);
}

enum err mark_imported(struct store *s, int64_t id, enum entry_flag flag, bool *changed,
                       struct error *e)
{
	struct marking m = { .s = s, .mask = flag, .value = flag, .about = flag, .e = e };

	return mark_all(&m, &id, 1, changed, NULL);
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
	struct marking m = by_person(s, ENTRY_READ, true, e);
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
