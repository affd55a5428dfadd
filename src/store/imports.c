#include "lede/store/imports.h"

#include <assert.h>

#include "inside.h"
#include "lede/text/date.h"

/* An entry without a guid in its feed got one from the other reader, made of the link, the link
 * and the date, or the title. What lede will know the same entry by when the feed brings it is one
 * of these: the guid after all, the link, the title with its date, the title undated. */
#define NAMES 4

struct names { uint64_t key[NAMES]; size_t n; };

static void add_name(struct names *k, const struct store *s, struct entry_new as)
{
	uint64_t key = entry_key(s, &as);

	for (size_t i = 0; i < k->n; i++)
		if (k->key[i] == key)
			return;
	k->key[k->n++] = key;
}

static struct names names_of(const struct store *s, const struct entry_import *n)
{
	struct names k = { .n = 0 };
	struct entry_new as = n->entry;

	if (!n->guid_in_doubt) {
		add_name(&k, s, as);
		return k;
	}
	as.guid = STR("");
	add_name(&k, s, as);
	if (as.link.n == 0) {
		as.published = DATE_NONE;
		add_name(&k, s, as);
	}
	as = n->entry;
	if (as.guid.n > 0)
		add_name(&k, s, as);
	return k;
}

/* The row that any of the names leads to. */
static enum err find_any(struct store *s, int64_t feed, const struct names *k, struct member *m,
                         struct error *e)
{
	enum err rc = ERR_NONE;

	*m = (struct member){ 0 };
	for (size_t i = 0; i < k->n && rc == ERR_NONE && !m->known; i++)
		rc = find_member(s, feed, k->key[i], m, e);
	return rc;
}

static enum err bury(struct store *s, int64_t feed, const struct names *k, int64_t now,
                     struct error *e)
{
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < k->n && rc == ERR_NONE; i++)
		rc = sql_run(s, SQL_MEMBER_UNBORN, e,
		             BIND(v_int(feed), v_hash(k->key[i]), v_int(now)));
	return rc;
}

/* The further names are members too: whichever the feed uses is found. */
static enum err add_names(struct store *s, int64_t feed, const struct names *k, int64_t id,
                          uint64_t hash, struct error *e)
{
	enum err rc = ERR_NONE;

	for (size_t i = 1; i < k->n && rc == ERR_NONE; i++) {
		rc = sql_run(s, SQL_MEMBER_ADD, e,
		             BIND(v_int(feed), v_hash(k->key[i]), v_int(id), v_hash(hash)));
		if (rc == ERR_NONE)
			rc = sql_run(s, SQL_SECOND_ADD, e,
			             BIND(v_int(id), v_int(feed), v_hash(k->key[i])));
	}
	return rc;
}

/* Read and star as there; *marked says whether that changed anything. */
static enum err take_marks(struct store *s, const struct entry_import *n, int64_t id, bool *marked,
                           struct error *e)
{
	bool read = false, starred = false;
	enum err rc = ERR_NONE;

	if (n->read)
		rc = mark_imported(s, id, ENTRY_READ, &read, e);
	if (rc == ERR_NONE && n->starred)
		rc = mark_imported(s, id, ENTRY_STARRED, &starred, e);
	*marked = read || starred;
	return rc;
}

static enum err meet_known(struct store *s, const struct entry_import *n, int64_t id,
                           enum import_result *result, struct error *e)
{
	struct entry_state x;
	bool marked = false;
	enum err rc;

	if (id == 0 || n->deleted)
		return ERR_NONE;
	rc = entry_state(s, id, &x, e);
	if (rc == ERR_NONE && x.is && !(x.flags & ENTRY_TOUCHED))
		rc = take_marks(s, n, id, &marked, e);
	if (marked)
		*result = IMPORT_MARKED;
	return rc;
}

/* A story of its own, as long as they are old and nothing that folding has still to do lies below.
 */
static void open_story(struct import_run *run, int64_t id, int64_t seen, bool read)
{
	if (run->old && seen >= run->now - WINDOW)
		run->old = false;
	if (!run->old)
		return;
	count_story(run->s, &(struct story_delta){ .story = id, .last = seen, .lead = id,
	                                            .entries = 1, .feeds = 1, .unread = !read });
	run->folded = id;
}

/* A row that nobody has seen yet: nothing but its feed's counters follows the flags. */
static enum err set_flags(struct store *s, const struct entry_import *n, int64_t id,
                          struct error *e)
{
	unsigned flags = (n->read ? ENTRY_READ : 0) | (n->starred ? ENTRY_STARRED : 0);

	if (flags == 0)
		return ERR_NONE;
	count_feed(s, &(struct feed_delta){ .feed = n->entry.feed, .unread = n->read ? -1 : 0,
	                                    .starred = n->starred });
	return sql_run(s, SQL_MARK_SET, e, BIND(v_int(id), v_int(flags)));
}

static enum err put(struct import_run *run, const struct entry_import *n, const struct names *k,
                    struct error *e)
{
	struct store *s = run->s;
	int64_t id, seen = n->seen < run->now ? n->seen : run->now;
	uint64_t hash = entry_hash(s, &n->entry);
	enum err rc = entry_add(s, &n->entry, seen, k->key[0], hash, &id, e);

	if (rc == ERR_NONE)
		rc = add_names(s, n->entry.feed, k, id, hash, e);
	if (rc == ERR_NONE)
		rc = set_flags(s, n, id, e);
	if (rc == ERR_NONE)
		open_story(run, id, seen, n->read);
	return rc;
}

enum err store_import_entry(struct import_run *run, const struct entry_import *n,
                            enum import_result *result, struct error *e)
{
	struct names k = names_of(run->s, n);
	struct member m;
	enum err rc = find_any(run->s, n->entry.feed, &k, &m, e);

	assert(run->s->batch);
	*result = IMPORT_KNOWN;
	if (rc != ERR_NONE)
		return rc;
	if (m.known)
		return meet_known(run->s, n, m.entry, result, e);
	if (n->deleted) {
		*result = IMPORT_BURIED;
		return bury(run->s, n->entry.feed, &k, run->now, e);
	}
	*result = IMPORT_NEW;
	rc = put(run, n, &k, e);
	if (rc == ERR_NONE && ++run->n % 1000 == 0)
		rc = counters_flush(run->s, e);       /* they are kept in memory until then */
	return rc;
}

enum err store_import_begin(struct store *s, int64_t now, struct import_run *run, struct error *e)
{
	int64_t folded, highest = 0;
	enum err rc = store_get_number(s, "folded", &folded, e);

	if (rc == ERR_NONE)
		rc = store_highest_id(s, &highest, e);
	*run = (struct import_run){ .s = s, .now = now, .old = folded >= highest };
	return rc;
}

enum err store_import_end(struct import_run *run, struct error *e)
{
	return run->folded == 0 ? ERR_NONE : store_set_number(run->s, "folded", run->folded, e);
}

enum err store_feed_called(struct store *s, int64_t feed, struct str title, struct str site,
                           struct error *e)
{
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_FEED_CALLED, e, BIND(v_int(feed), v_text(title), v_text(site)));
	return own_end(s, own, rc, e);
}
