#include "scripts.h"

#include <stdlib.h>
#include <string.h>

#include "lede/base/hash.h"

struct script_wishes {
	struct message m;
	enum convert other;           /* of feeds that are not listed */
	bool any;
	struct map *of_url; /* hash of an address: enum convert, where it is not `other` */
};

struct scripts {
	struct script_wishes *wishes; /* NULL: none yet */
	struct map *of_feed; /* id: enum convert; made when a feed is asked for that is not in it */
	struct converter *converter;
	bool failed[CONVERT_COUNT];
	struct error trouble;         /* not told yet; ERR_NONE: none */
};

/* ---- wishes ---- */

static void wishes_drop(struct message *m)
{
	script_wishes_free((struct script_wishes *)m);
}

static enum convert wish_of(const struct config *c, const struct config_feed *scope)
{
	return convert_named(config_text(c, OPT_CONVERT, scope));
}

struct script_wishes *script_wishes_new(const struct config *c, const struct subscriptions *subs)
{
	struct script_wishes *w = mem_new(sizeof *w);

	w->m.kind = WORK_WISHES;
	w->m.drop = wishes_drop;
	w->of_url = map_new();
	if (!c)
		return w;
	w->other = wish_of(c, NULL);
	w->any = w->other != CONVERT_NO;
	for (size_t i = 0; subs && i < subs->n; i++) {
		const struct subscription *f = &subs->feed[i];
		enum convert wish =
			wish_of(c, &(struct config_feed){ f->url, f->tags, f->ntags });

		if (wish != w->other)
			map_put(w->of_url, hash64(f->url), (uint64_t)wish);
		w->any = w->any || wish != CONVERT_NO;
	}
	return w;
}

struct message *script_wishes_message(struct script_wishes *w)
{
	return &w->m;
}

void script_wishes_free(struct script_wishes *w)
{
	if (!w)
		return;
	map_free(w->of_url);
	free(w);
}

enum convert script_wish(const struct script_wishes *w, struct str url)
{
	uint64_t wish;

	return map_get(w->of_url, hash64(url), &wish) ? (enum convert)wish : w->other;
}

/* ---- by feed ---- */

struct scripts *scripts_new(void)
{
	struct scripts *s = mem_new(sizeof *s);

	s->of_feed = map_new();
	s->converter = converter_new();
	return s;
}

void scripts_free(struct scripts *s)
{
	if (!s)
		return;
	script_wishes_free(s->wishes);
	map_free(s->of_feed);
	converter_free(s->converter);
	free(s);
}

void scripts_take(struct scripts *s, struct message *wishes)
{
	script_wishes_free(s->wishes);
	s->wishes = (struct script_wishes *)wishes;
	map_clear(s->of_feed);
	memset(s->failed, 0, sizeof s->failed);
}

struct converter *scripts_converter(struct scripts *s)
{
	return s->converter;
}

static void learn_feeds(struct scripts *s, struct store *store)
{
	struct arena *a = arena_new();
	struct feed_row *row = NULL;
	struct error e;
	size_t n = 0;

	if (store_feeds(store, false, a, &row, &n, &e) == ERR_NONE)
		for (size_t i = 0; i < n; i++)
			map_put(s->of_feed, (uint64_t)row[i].id,
				(uint64_t)script_wish(s->wishes, row[i].url));
	arena_free(a);
}

/* A feed that is not subscribed to any more has no address to ask by: the global wish. */
static enum convert wish_for(struct scripts *s, struct store *store, int64_t feed)
{
	uint64_t wish;

	if (map_get(s->of_feed, (uint64_t)feed, &wish))
		return (enum convert)wish;
	learn_feeds(s, store);
	if (map_get(s->of_feed, (uint64_t)feed, &wish))
		return (enum convert)wish;
	map_put(s->of_feed, (uint64_t)feed, (uint64_t)s->wishes->other);
	return s->wishes->other;
}

enum convert scripts_wish(struct scripts *s, struct store *store, int64_t feed)
{
	enum convert wish;

	if (!s->wishes || !s->wishes->any)
		return CONVERT_NO;
	wish = wish_for(s, store, feed);
	if (s->failed[wish])
		return CONVERT_NO;
	if (converter_open(s->converter, wish, &s->trouble) == ERR_NONE)
		return wish;
	s->failed[wish] = true;
	return CONVERT_NO;
}

bool scripts_trouble(struct scripts *s, struct error *e)
{
	*e = s->trouble;
	s->trouble.code = ERR_NONE;
	return e->code != ERR_NONE;
}

/* ---- titles ---- */

struct str scripts_title(struct scripts *s, struct store *store, int64_t feed, struct str title,
			 struct arena *a)
{
	enum convert wish = scripts_wish(s, store, feed);
	struct buf other = buf_limited(4 * title.n + 64);

	if (wish != CONVERT_NO && converter_run(s->converter, wish, title, &other))
		title = (struct str){ arena_copy(a, buf_cstr(&other), other.n), other.n };
	buf_free(&other);
	return title;
}

static void show_rows(struct scripts *s, struct store *store, struct arena *a,
		      struct entry_row *row, size_t n)
{
	for (size_t i = 0; i < n; i++)
		row[i].title = scripts_title(s, store, row[i].feed, row[i].title, a);
}

void scripts_answer(struct scripts *s, struct store *store, struct answer *answer)
{
	struct article *art = &answer->article;

	if (!s->wishes || !s->wishes->any)
		return;
	for (size_t i = 0; answer->edition_row && i < answer->n; i++) {
		struct edition_row *row = &answer->edition_row[i];

		row->title = scripts_title(s, store, row->feed, row->title, answer->arena);
	}
	if (answer->entry_row)
		show_rows(s, store, answer->arena, answer->entry_row, answer->n);
	if (answer->kind == ASK_ARTICLE) {
		show_rows(s, store, answer->arena, &art->entry, 1);
		show_rows(s, store, answer->arena, art->member, art->nmembers);
	}
}
