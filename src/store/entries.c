#include "lede/store/entries.h"

#include <assert.h>
#include <math.h>

#include "inside.h"
#include "lede/text/date.h"
#include "lede/text/url.h"
#include "search_inside.h"

/* Identity (STORE.md section 2): `key` says which entry of its feed it is, `hash` whether it
 * changed. */

#define POSITIVE 0x7fffffffffffffffu /* 63 bits */

/* What names an entry: its guid, else its link, else its title and date. A guid is opaque but for
 * its scheme, since sites that move to https change that of permalinks used as guids. Of a link the
 * fragment is kept: change logs tell their entries apart by nothing else. */
static void add_guid(struct buf *name, struct str guid)
{
	if (str_starts_nocase(guid, "https://"))
		guid = str_sub(guid, 8, guid.n);
	else if (str_starts_nocase(guid, "http://"))
		guid = str_sub(guid, 7, guid.n);
	buf_add(name, guid);
}

static void add_link(struct buf *name, struct str link)
{
	size_t fragment = str_find(link, '#');

	url_normalise(link, name);
	if (fragment != SIZE_MAX)
		buf_add(name, str_sub(link, fragment, link.n));
}

uint64_t entry_key(const struct store *s, const struct entry_new *n)
{
	struct buf name = buf_limited(1 << 20);
	uint64_t key;

	if (n->guid.n > 0) {
		add_guid(&name, n->guid);
	} else if (n->link.n > 0) {
		add_link(&name, n->link);
	} else {
		buf_add(&name, n->title);
		buf_addf(&name, "\n%lld", (long long)n->published);
	}
	key = siphash(&s->key, buf_view(&name)) & POSITIVE;
	buf_free(&name);
	return key;
}

uint64_t entry_hash(const struct store *s, const struct entry_new *n)
{
	struct siphash h;

	siphash_start(&h, &s->key);
	siphash_add(&h, n->title);
	siphash_add(&h, (struct str){ "\0", 1 });
	siphash_add(&h, n->link);
	siphash_add(&h, (struct str){ "\0", 1 });
	siphash_add(&h, n->html);
	return siphash_end(&h) & POSITIVE;
}

static int64_t time_of(const struct entry_new *n, int64_t now)
{
	int64_t time = n->published != DATE_NONE ? n->published : n->updated;

	if (time == DATE_NONE)
		return now - (int64_t)n->index;
	return time < now ? time : now;
}

/* The next entry id of the batch; ids are never used twice, also when the newest entry was
 * deleted. */
static enum err take_id(struct store *s, int64_t *id, struct error *e)
{
	enum err rc = ERR_NONE;

	if (s->next_id == 0)
		rc = store_get_number(s, "next", &s->next_id, e);
	if (rc != ERR_NONE)
		return rc;
	if (s->next_id == 0)
		s->next_id = 1;
	*id = s->next_id++;
	s->next_moved = true;
	return ERR_NONE;
}

/* A guid that only repeats the link is not kept twice. */
static enum err put_extra(struct store *s, const struct entry_new *n, int64_t id, struct error *e)
{
	struct str guid = str_eq(n->guid, n->link) ? STR("") : n->guid;

	if (guid.n == 0 && n->enclosure.n == 0 && n->language.n == 0 && n->rank == 0
	    && n->points < 0)
		return ERR_NONE;
	return sql_run(s, SQL_EXTRA_PUT, e,
	               BIND(v_int(id), v_text(guid), v_text(n->enclosure), v_text(n->language),
	                    v_int(n->rank), v_int(n->points)));
}

static void count_new(struct store *s, const struct entry_new *n)
{
	struct feed_delta d = { .feed = n->feed, .entries = 1, .unread = 1, .ever = 1 };

	if (n->points >= 0) {
		d.pointed = 1;
		d.points = llround(log1p(n->points) * 1e6);
	}
	count_feed(s, &d);
}

enum err entry_add(struct store *s, const struct entry_new *n, int64_t now, uint64_t key,
                   uint64_t hash, int64_t *id, struct error *e)
{
	enum err rc = take_id(s, id, e);

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_ENTRY_ADD, e,
		             BIND(v_int(*id), v_int(n->feed), v_int(time_of(n, now)), v_hash(key),
		                  v_int(now), v_date(n->published), v_date(n->updated),
		                  v_text(n->title), v_text(n->link), v_text(n->author)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_MEMBER_ADD, e,
		             BIND(v_int(n->feed), v_hash(key), v_int(*id), v_hash(hash)));
	if (rc == ERR_NONE)
		rc = body_put(s, *id, n->html, e);
	if (rc == ERR_NONE)
		rc = put_extra(s, n, *id, e);
	if (rc == ERR_NONE) {
		count_new(s, n);
		links_add(s, link_hash(s, n->link), *id);
	}
	return rc;
}

/* The entry stays with its first feed; this feed only knows that it has it too. */
static enum err put_second(struct store *s, const struct entry_new *n, uint64_t key, uint64_t hash,
                           int64_t id, struct error *e)
{
	enum err rc = sql_run(s, SQL_MEMBER_ADD, e,
	                      BIND(v_int(n->feed), v_hash(key), v_int(id), v_hash(hash)));

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_SECOND_ADD, e, BIND(v_int(id), v_int(n->feed), v_hash(key)));
	count_feed(s, &(struct feed_delta){ .feed = n->feed, .ever = 1 });
	return rc;
}

static enum err replace_content(struct store *s, const struct entry_new *n, int64_t id,
                                struct error *e)
{
	enum err rc = sql_run(s, SQL_BODY_DROP, e, BIND(v_int(id)));

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_EXTRA_DROP, e, BIND(v_int(id)));
	if (rc == ERR_NONE)
		rc = body_put(s, id, n->html, e);
	if (rc == ERR_NONE)
		rc = put_extra(s, n, id, e);
	return rc;
}

/* The new version is shown in the old one's place: `time` stays, so that no list moves. Only the
 * entry's first feed changes it; for a further one it is unchanged once its hash is noted. */
static enum err put_changed(struct store *s, const struct entry_new *n, uint64_t key, uint64_t hash,
                            int64_t id, enum put_result *result, struct error *e)
{
	enum err rc =
		sql_run(s, SQL_MEMBER_HASH, e, BIND(v_int(n->feed), v_hash(key), v_hash(hash)));

	if (rc == ERR_NONE)
		rc = search_note_change(s, id, e);
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_ENTRY_CHANGE, e,
		             BIND(v_int(id), v_int(n->feed), v_date(n->published),
		                  v_date(n->updated), v_text(n->title), v_text(n->link),
		                  v_text(n->author)));
	*result = rc == ERR_NONE && sql_changes(s) == 1 ? PUT_CHANGED : PUT_SAME;
	return *result == PUT_CHANGED ? replace_content(s, n, id, e) : rc;
}

enum err find_member(struct store *s, int64_t feed, uint64_t key, struct member *m, struct error *e)
{
	struct query q = sql_query(s, SQL_MEMBER, e, BIND(v_int(feed), v_hash(key)));

	*m = (struct member){ 0 };
	if (sql_row(&q))
		*m = (struct member){ true, col_int(&q, 0), (uint64_t)col_int(&q, 1) };
	return sql_end(&q);
}

static enum err put_unknown(struct store *s, const struct entry_new *n, int64_t now, uint64_t key,
                            uint64_t hash, enum put_result *result, int64_t *id, struct error *e)
{
	enum err rc = links_find(s, n, now, id, e);

	if (rc != ERR_NONE)
		return rc;
	*result = *id != 0 ? PUT_SECOND : PUT_NEW;
	if (*result == PUT_SECOND)
		return put_second(s, n, key, hash, *id, e);
	return entry_add(s, n, now, key, hash, id, e);
}

enum err store_put_entry(struct store *s, const struct entry_new *n, int64_t now,
                         enum put_result *result, int64_t *id, struct error *e)
{
	uint64_t key = entry_key(s, n), hash = entry_hash(s, n);
	struct member m;
	enum err rc;

	assert(s->batch);
	listing_note(s->listing, n->feed, key);
	*result = PUT_SAME;
	rc = find_member(s, n->feed, key, &m, e);
	if (rc != ERR_NONE)
		return rc;
	if (!m.known)
		return put_unknown(s, n, now, key, hash, result, id, e);
	if (m.entry == 0 || m.hash == hash)
		return ERR_NONE;
	*id = m.entry;
	return put_changed(s, n, key, hash, m.entry, result, e);
}

enum err store_entry(struct store *s, int64_t id, struct arena *a, struct entry_row *row,
                     struct error *e)
{
	struct query q = sql_query(s, SQL_ENTRY, e, BIND(v_int(id)));
	bool found = sql_row(&q);

	if (found)
		entry_from(&q, a, row);
	if (sql_end(&q) != ERR_NONE || found)
		return q.rc;
	return error_set(e, ERR_NONESUCH, "there is no entry %lld", (long long)id);
}

enum err store_refetch(struct store *s, int64_t id, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_REFETCH_VALIDATOR, e, BIND(v_int(id)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_REFETCH_MEMBER, e, BIND(v_int(id)));
	return own_end(s, own, rc, e);
}

enum err store_flags(struct store *s, const int64_t *ids, size_t n, unsigned *flags,
                     struct error *e)
{
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < n && rc == ERR_NONE; i++) {
		struct entry_state x;

		rc = entry_state(s, ids[i], &x, e);
		flags[i] = x.is ? x.flags & ~ENTRY_TOUCHED : ENTRY_MISSING;
	}
	return rc;
}

enum err store_highest_id(struct store *s, int64_t *id, struct error *e)
{
	return sql_number(s, SQL_ENTRY_HIGHEST, id, 0, e, BIND_NONE);
}
