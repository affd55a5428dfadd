#include "lede/app/feed_tags.h"

#include <stdlib.h>

#include "lede/base/hash.h"

struct feed_tags {
	struct arena *arena;
	struct config_feed *feed; size_t n;        /* those that have tags */
	struct map *of_url;                        /* hash of an address: its index */
};

static struct str copied(struct arena *a, struct str s)
{
	return (struct str){ arena_copy(a, s.p ? s.p : "", s.n), s.n };
}

static struct config_feed copied_feed(struct arena *a, const struct subscription *s)
{
	struct str *tags = arena_alloc(a, s->ntags * sizeof *tags);

	for (size_t i = 0; i < s->ntags; i++)
		tags[i] = copied(a, s->tags[i]);
	return (struct config_feed){ copied(a, s->url), tags, s->ntags };
}

struct feed_tags *feed_tags_new(const struct subscriptions *subs)
{
	struct feed_tags *t = mem_new(sizeof *t);

	t->arena = arena_new();
	t->of_url = map_new();
	t->feed = arena_alloc(t->arena, (subs->n + 1) * sizeof *t->feed);
	for (size_t i = 0; i < subs->n; i++) {
		if (subs->feed[i].ntags == 0)
			continue;
		map_put(t->of_url, hash64(subs->feed[i].url), t->n);
		t->feed[t->n++] = copied_feed(t->arena, &subs->feed[i]);
	}
	return t;
}

void feed_tags_free(struct feed_tags *t)
{
	if (!t)
		return;
	map_free(t->of_url);
	arena_free(t->arena);
	free(t);
}

struct config_feed feed_tags_of(const struct feed_tags *t, struct str url)
{
	uint64_t i;

	if (t && map_get(t->of_url, hash64(url), &i) && str_eq(t->feed[i].url, url))
		return (struct config_feed){ url, t->feed[i].tags, t->feed[i].ntags };
	return (struct config_feed){ .url = url };
}
