#include "scene.h"

#include <string.h>

void assert_ok(enum err rc, const struct error *e)
{
	if (rc != ERR_NONE)
		fail_msg("error %d: %s", (int)rc, e->text);
}

void assert_text(struct str got, const char *wanted)
{
	if (!str_is(got, wanted))
		fail_msg("“%.*s” is not “%s”", (int)got.n, got.p, wanted);
}

void scene_open(struct scene *s, const char *name)
{
	static const struct str url[SCENE_FEEDS] = {
		{ "https://paper.example/feed", 26 }, { "https://city.example/feed", 25 },
		{ "https://wire.example/feed", 25 }, { "https://form.example/feed", 25 },
	};
	static const char *const title[SCENE_FEEDS] =
		{ "Paper Daily", "City News", "Science Wire", "Form & City" };
	struct error e = { .code = ERR_NONE };

	*s = (struct scene){ .now = NOW, .folding = folding_new(), .arena = arena_new() };
	assert_ok(store_open(name, STORE_WRITE, &s->store, &e), &e);
	assert_ok(store_feeds_sync(s->store, url, SCENE_FEEDS, NOW, s->feed, &e), &e);
	for (int i = 0; i < SCENE_FEEDS; i++) {
		struct feed_visit v = { .feed = s->feed[i], .now = NOW, .title = str_of(title[i]) };

		assert_ok(store_feed_visited(s->store, &v, &e), &e);
	}
}

void scene_close(struct scene *s)
{
	folding_free(s->folding);
	store_close(s->store);
	arena_free(s->arena);
}

int64_t scene_add(struct scene *s, int feed, const char *title, int64_t age)
{
	struct buf key = buf_limited(4 << 10);
	struct error e = { .code = ERR_NONE };
	enum put_result result;
	int64_t id = 0;

	buf_addf(&key, "https://%d.example/%s", feed, title);
	for (size_t i = 0; i < key.n; i++)
		if (key.p[i] == ' ')
			key.p[i] = '-';
	struct entry_new n = {
		.feed = s->feed[feed], .guid = buf_view(&key), .link = buf_view(&key),
		.title = str_of(title), .author = STR(""),
		.html = STR("<p>Text.</p>"), .enclosure = STR(""), .language = STR(""),
		.published = s->now - age, .updated = DATE_NONE,
		.points = -1,
	};
	assert_ok(store_begin(s->store, false, &e), &e);
	assert_ok(store_put_entry(s->store, &n, s->now, &result, &id, &e), &e);
	assert_ok(store_commit(s->store, &e), &e);
	assert_int_equal(result, PUT_NEW);
	buf_free(&key);
	return id;
}

void scene_fold(struct scene *s)
{
	struct error e = { .code = ERR_NONE };
	int64_t stories;

	assert_ok(folding_run(s->folding, s->store, s->now, &stories, &e), &e);
}

static void set_flag(struct scene *s, int64_t entry, enum entry_flag flag)
{
	struct error e = { .code = ERR_NONE };

	assert_ok(store_begin(s->store, true, &e), &e);
	assert_ok(store_mark(s->store, &entry, 1, flag, true, NULL, &e), &e);
	assert_ok(store_commit(s->store, &e), &e);
}

void scene_read(struct scene *s, int64_t entry)
{
	set_flag(s, entry, ENTRY_READ);
}

void scene_star(struct scene *s, int64_t entry)
{
	set_flag(s, entry, ENTRY_STARRED);
}

int64_t scene_edition(struct scene *s, int64_t keep)
{
	struct error e = { .code = ERR_NONE };
	int64_t id;

	scene_fold(s);
	assert_ok(edition_make_and_store(s->folding, s->store, NULL, s->now, keep, &id, &e), &e);
	return id;
}

struct made_edition scene_make(struct scene *s, int64_t keep)
{
	struct error e = { .code = ERR_NONE };
	struct made_edition m;

	scene_fold(s);
	assert_ok(edition_make(s->folding, s->store, NULL, s->now, keep, s->arena, &m, &e), &e);
	return m;
}

static struct entry_row entry_of(struct scene *s, int64_t entry)
{
	struct error e = { .code = ERR_NONE };
	struct entry_row row;

	assert_ok(store_entry(s->store, entry, s->arena, &row, &e), &e);
	return row;
}

int64_t scene_story(struct scene *s, int64_t entry)
{
	return entry_of(s, entry).story;
}

unsigned scene_flags(struct scene *s, int64_t entry)
{
	return entry_of(s, entry).flags;
}

int scene_rank(const struct made_edition *m, const char *title)
{
	for (size_t i = 0; i < m->n; i++)
		if (str_is(m->rows[i].title, title))
			return m->rows[i].rank;
	return 0;
}

const struct edition_row *scene_row(const struct made_edition *m, const char *title)
{
	int rank = scene_rank(m, title);

	if (rank == 0)
		fail_msg("“%s” is not in the edition", title);
	return &m->rows[rank - 1];
}
