#include "refresh_order.h"

#include <stdlib.h>

#include "feed_task.h"

static struct str kept(struct arena *a, struct str s)
{
	return (struct str){ arena_copy(a, s.p ? s.p : "", s.n), s.n };
}

void refresh_order_free(struct refresh_order *o)
{
	if (!o)
		return;
	feed_tags_free(o->tags);
	arena_free(o->arena);
	free(o);
}

static void order_drop(struct message *m)
{
	refresh_order_free((struct refresh_order *)m);
}

static bool is_wanted(struct str url, const struct str *only, size_t n)
{
	if (!only)
		return true;
	for (size_t i = 0; i < n; i++)
		if (str_eq(url, only[i]))
			return true;
	return false;
}

struct refresh_order *refresh_order_new(const struct subscriptions *subs, const struct str *only,
					size_t n, enum refresh_mode mode)
{
	struct refresh_order *o = mem_new(sizeof *o);

	o->m.kind = WRITER_REFRESH;
	o->m.drop = order_drop;
	o->arena = arena_new();
	o->n = subs->n;
	o->mode = mode;
	o->named = only != NULL;
	o->tags = feed_tags_new(subs);
	o->url = arena_alloc(o->arena, (subs->n + 1) * sizeof *o->url);
	o->feed = arena_alloc(o->arena, (subs->n + 1) * sizeof *o->feed);
	for (size_t i = 0; i < subs->n; i++) {
		const struct subscription *s = &subs->feed[i];
		struct ordered_feed *f = &o->feed[i];

		o->url[i] = kept(o->arena, s->url);
		f->title = kept(o->arena, s->title);
		f->wanted = is_wanted(s->url, only, n);
		f->hidden = s->hidden;
		f->ntags = s->ntags;
		f->tags = arena_alloc(o->arena, (s->ntags + 1) * sizeof *f->tags);
		for (size_t k = 0; k < s->ntags; k++)
			f->tags[k] = kept(o->arena, s->tags[k]);
		o->nwanted += f->wanted;
	}
	return o;
}

struct refresh_order *refresh_order_feeds(const struct subscriptions *subs, const int64_t *feeds,
					  size_t n, enum refresh_mode mode)
{
	struct refresh_order *o = refresh_order_new(subs, NULL, 0, mode);

	o->nonly = n;
	o->named = n > 0;
	o->only = arena_alloc(o->arena, (n + 1) * sizeof *o->only);
	for (size_t i = 0; i < n; i++)
		o->only[i] = feeds[i];
	return o;
}

void refresh_order_narrow(struct refresh_order *o, const int64_t *ids)
{
	if (o->nonly == 0)
		return;
	o->nwanted = 0;
	for (size_t i = 0; i < o->n; i++) {
		o->feed[i].wanted = false;
		for (size_t k = 0; k < o->nonly && !o->feed[i].wanted; k++)
			o->feed[i].wanted = ids[i] == o->only[k];
		o->nwanted += o->feed[i].wanted;
	}
}
