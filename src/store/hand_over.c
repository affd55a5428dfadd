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

enum err entries_hand_over(struct store *s, int64_t feed, struct error *e)
{
	struct handed *handed = NULL;
	struct map *stories = map_new();
	uint64_t story, one;
	size_t n = 0, at = 0;
	enum err rc = collect(s, feed, &handed, &n, e);

	for (size_t i = 0; i < n && rc == ERR_NONE; i++) {
		rc = hand(s, &handed[i], feed, e);
		map_put(stories, (uint64_t)handed[i].story, 1);
	}
	if (rc == ERR_NONE && n > 0)
		rc = counters_flush(s, e);
	while (rc == ERR_NONE && map_next(stories, &at, &story, &one))
		rc = story_recount(s, (int64_t)story, e);
	map_free(stories);
	free(handed);
	return rc;
}
