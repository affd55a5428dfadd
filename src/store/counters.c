#include "inside.h"

#include <stdlib.h>
#include <string.h>

#include "lede/base/hash.h"

/* What a batch adds to feeds' and stories' numbers, summed here and written once a feed and a
 * story. */
struct counters {
	struct feed_delta *feeds;
	struct story_delta *stories;
	size_t nfeeds, feeds_cap, nstories, stories_cap;
	struct map *feed_at, *story_at; /* id to index */
	/* stories whose entries were looked at: id to whether one of them may be read */
	struct map *tellers;
	struct map *pairs;              /* mixed story and feed: that feed tells it */
};

struct counters *counters_new(void)
{
	struct counters *c = mem_new(sizeof *c);

	c->feed_at = map_new();
	c->story_at = map_new();
	c->tellers = map_new();
	c->pairs = map_new();
	return c;
}

void counters_free(struct counters *c)
{
	if (!c)
		return;
	map_free(c->feed_at);
	map_free(c->story_at);
	map_free(c->tellers);
	map_free(c->pairs);
	free(c->feeds);
	free(c->stories);
	free(c);
}

static void forget_sums(struct counters *c)
{
	c->nfeeds = c->nstories = 0;
	map_clear(c->feed_at);
	map_clear(c->story_at);
}

void counters_forget(struct counters *c)
{
	forget_sums(c);
	map_clear(c->tellers);
	map_clear(c->pairs);
}

static struct feed_delta *feed_sum(struct counters *c, int64_t feed)
{
	uint64_t at;

	if (map_get(c->feed_at, (uint64_t)feed, &at))
		return &c->feeds[at];
	c->feeds = mem_grow(c->feeds, &c->feeds_cap, c->nfeeds + 1, sizeof *c->feeds);
	c->feeds[c->nfeeds] = (struct feed_delta){ .feed = feed };
	map_put(c->feed_at, (uint64_t)feed, c->nfeeds);
	return &c->feeds[c->nfeeds++];
}

void count_feed(struct store *s, const struct feed_delta *d)
{
	struct feed_delta *sum = feed_sum(s->counters, d->feed);

	sum->entries += d->entries;
	sum->unread += d->unread;
	sum->starred += d->starred;
	sum->filler += d->filler;
	sum->ever += d->ever;
	sum->pointed += d->pointed;
	sum->points += d->points;
}

static struct story_delta *story_sum(struct counters *c, int64_t story)
{
	uint64_t at;

	if (map_get(c->story_at, (uint64_t)story, &at))
		return &c->stories[at];
	c->stories = mem_grow(c->stories, &c->stories_cap, c->nstories + 1, sizeof *c->stories);
	c->stories[c->nstories] = (struct story_delta){ .story = story, .last = INT64_MIN };
	map_put(c->story_at, (uint64_t)story, c->nstories);
	return &c->stories[c->nstories++];
}

void count_story(struct store *s, const struct story_delta *d)
{
	struct story_delta *sum = story_sum(s->counters, d->story);

	if (d->unread < d->entries && map_get(s->counters->tellers, (uint64_t)d->story, NULL))
		map_put(s->counters->tellers, (uint64_t)d->story, 1);

	if (d->last > sum->last)
		sum->last = d->last;
	if (d->lead)
		sum->lead = d->lead;
	sum->entries += d->entries;
	sum->feeds += d->feeds;
	sum->unread += d->unread;
	sum->filler += d->filler;
}

static enum err write_feed(struct store *s, const struct feed_delta *d, struct error *e)
{
	return sql_run(s, SQL_FEED_COUNT, e,
	               BIND(v_int(d->feed), v_int(d->entries), v_int(d->unread), v_int(d->starred),
	                    v_int(d->ever), v_int(d->pointed), v_int(d->points),
	                    v_int(d->filler)));
}

/* A lead says that the story may have to be opened; marks of entries not yet folded find no row. */
static enum err write_story(struct store *s, const struct story_delta *d, struct error *e)
{
	const struct value v[] = { v_int(d->story), v_int(d->last), v_int(d->entries),
	                           v_int(d->feeds), v_int(d->unread), v_int(d->filler),
	                           v_int(d->lead) };
	size_t n = sizeof v / sizeof *v;

	return d->lead ? sql_run(s, SQL_STORY_OPEN, e, v, n)
	               : sql_run(s, SQL_STORY_COUNT, e, v, n - 1);
}

enum err counters_flush(struct store *s, struct error *e)
{
	struct counters *c = s->counters;
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < c->nfeeds && rc == ERR_NONE; i++)
		rc = write_feed(s, &c->feeds[i], e);
	for (size_t i = 0; i < c->nstories && rc == ERR_NONE; i++)
		rc = write_story(s, &c->stories[i], e);
	if (rc == ERR_NONE)
		forget_sums(c);
	return rc;
}

/* Both are row ids, far below 2^40 and 2^24; a pair mixed up would only miscount sources. */
static uint64_t pair(int64_t story, int64_t feed)
{
	return (uint64_t)story << 24 ^ (uint64_t)feed;
}

static enum err load_tellers(struct store *s, int64_t story, struct error *e)
{
	struct query q;
	bool read = false;

	if (map_get(s->counters->tellers, (uint64_t)story, NULL))
		return ERR_NONE;
	q = sql_query(s, SQL_STORY_TELLERS, e, BIND(v_int(story)));
	while (sql_row(&q)) {
		map_put(s->counters->pairs, pair(story, col_int(&q, 0)), 1);
		read |= (col_int(&q, 1) & ENTRY_READ) != 0;
	}
	map_put(s->counters->tellers, (uint64_t)story, read);
	return sql_end(&q);
}

void story_opened(struct store *s, int64_t story)
{
	map_put(s->counters->tellers, (uint64_t)story, 0);
}

enum err story_has_feed(struct store *s, int64_t story, int64_t feed, bool *has, struct error *e)
{
	struct counters *c = s->counters;
	enum err rc = load_tellers(s, story, e);

	*has = map_get(c->pairs, pair(story, feed), NULL);
	map_put(c->pairs, pair(story, feed), 1);
	return rc;
}

enum err store_story_may_be_read(struct store *s, int64_t story, bool *may, struct error *e)
{
	uint64_t read = 0;
	enum err rc = load_tellers(s, story, e);

	map_get(s->counters->tellers, (uint64_t)story, &read);
	*may = read != 0;
	return rc;
}
