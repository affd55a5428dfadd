#include "inside.h"

#include <stdlib.h>

#include "lede/base/hash.h"

/* One entry in two feeds is one row, which stands with the feed that had it first. When that one is
 * unsubscribed from, the other still has it: nothing that a person can see goes with the feed. */

struct handed { int64_t id, key, story, feed, to_key; unsigned flags; };

static enum err collect(struct store *s, int64_t feed, struct handed **out, size_t *n,
                        struct error *e)
{
	struct query q = sql_query(s, SQL_HANDED_OVER, e, BIND(v_int(feed)));
	size_t cap = 0;

	while (sql_row(&q)) {
		if (*n > 0 && (*out)[*n - 1].id == col_int(&q, 0))
			continue; /* a third feed has it too */
		*out = mem_grow(*out, &cap, *n + 1, sizeof **out);
		(*out)[(*n)++] = (struct handed){
			.id = col_int(&q, 0),
			.key = col_int(&q, 1),
			.flags = (unsigned)col_int(&q, 2),
			.story = col_int(&q, 3),
			.feed = col_int(&q, 4),
			.to_key = col_int(&q, 5),
		};
	}
	return sql_end(&q);
}

/* For the step that is open: who had which entry, by which key, and who has it now. */
static enum err keep(struct store *s, int64_t feed, const struct handed *h, size_t n,
                     struct error *e)
{
	struct undo_row r = { .what = UNDO_HANDED, .id = feed };
	struct buf packed = buf_limited(n * 40 + 1);
	enum err rc;

	for (size_t i = 0; i < n; i++) {
		add_packed(&packed, (uint64_t)h[i].id);
		add_packed(&packed, (uint64_t)h[i].key);
		add_packed(&packed, (uint64_t)h[i].feed);
		add_packed(&packed, (uint64_t)h[i].to_key);
	}
	r.old = buf_view(&packed);
	rc = n > 0 ? undo_add(s, &r, e) : ERR_NONE;
	buf_free(&packed);
	return rc;
}

static void count(struct store *s, const struct handed *h, int64_t feed, int sign)
{
	count_feed(s, &(struct feed_delta){
			      .feed = feed,
			      .entries = sign,
			      .unread = h->flags & ENTRY_READ ? 0 : sign,
			      .starred = h->flags & ENTRY_STARRED ? sign : 0,
			      .filler = h->flags & ENTRY_FILLER ? sign : 0,
		      });
}

static enum err hand(struct store *s, const struct handed *h, int64_t from, struct error *e)
{
	enum err rc = sql_run(s, SQL_ENTRY_HAND, e,
	                      BIND(v_int(h->id), v_int(h->feed), v_int(h->to_key)));

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_SECOND_DROP, e,
		             BIND(v_int(h->id), v_int(h->feed), v_int(h->to_key)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_SECOND_ADD, e, BIND(v_int(h->id), v_int(from), v_int(h->key)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_FOLD_HAND, e, BIND(v_int(h->id), v_int(h->feed)));
	count(s, h, from, -1);
	count(s, h, h->feed, 1);
	return rc;
}

static enum err recount(struct store *s, const struct map *stories, struct error *e)
{
	uint64_t story, one;
	size_t at = 0;
	enum err rc = map_count(stories) > 0 ? counters_flush(s, e) : ERR_NONE;

	while (rc == ERR_NONE && map_next(stories, &at, &story, &one))
		rc = story_recount(s, (int64_t)story, e);
	return rc;
}

enum err entries_hand_over(struct store *s, int64_t feed, struct error *e)
{
	struct handed *handed = NULL;
	struct map *stories = map_new();
	size_t n = 0;
	enum err rc = collect(s, feed, &handed, &n, e);

	if (rc == ERR_NONE)
		rc = keep(s, feed, handed, n, e);
	for (size_t i = 0; i < n && rc == ERR_NONE; i++) {
		rc = hand(s, &handed[i], feed, e);
		map_put(stories, (uint64_t)handed[i].story, 1);
	}
	if (rc == ERR_NONE)
		rc = recount(s, stories, e);
	map_free(stories);
	free(handed);
	return rc;
}

/* One entry back to `feed`, if it is still there and with whom it went to. */
static enum err take_back(struct store *s, int64_t feed, struct packed_reader *in,
                          struct map *stories, struct error *e)
{
	struct handed h = { .feed = feed };
	struct entry_state x;
	int64_t with;
	enum err rc;

	h.id = (int64_t)read_packed(in);
	h.to_key = (int64_t)read_packed(in);
	with = (int64_t)read_packed(in);
	h.key = (int64_t)read_packed(in);
	if (in->bad)
		return ERR_NONE;
	rc = entry_state(s, h.id, &x, e);
	if (rc != ERR_NONE || !x.is || x.feed != with)
		return rc;
	h.flags = x.flags;
	map_put(stories, (uint64_t)x.story, 1);
	return hand(s, &h, with, e);
}

enum err entries_hand_back(struct store *s, const struct undo_row *r, struct error *e)
{
	struct packed_reader in = { .left = r->old };
	struct map *stories = map_new();
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && in.left.n > 0 && !in.bad)
		rc = take_back(s, r->id, &in, stories, e);
	if (rc == ERR_NONE)
		rc = recount(s, stories, e);
	map_free(stories);
	return rc;
}
