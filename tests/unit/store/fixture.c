#include "fixture.h"

#include <dirent.h>
#include <sqlite3.h>
#include <unistd.h>

#include "../../../src/store/inside.h"

static struct world *world_new(void)
{
	struct world *w = calloc(1, sizeof *w);

	w->a = arena_new();
	return w;
}

static void add_feeds(struct world *w)
{
	struct str urls[8];
	char names[8][32];

	for (int i = 0; i < 8; i++) {
		snprintf(names[i], sizeof names[i], "http://%c.example/", 'a' + i);
		urls[i] = str_of(names[i]);
	}
	assert_ok(store_feeds_sync(w->s, urls, 8, NOW, w->feed, &e));
}

int world_in_memory(void **state)
{
	static int number;
	struct world *w = world_new();

	snprintf(w->path, sizeof w->path, "memory:test%d", ++number);
	assert_ok(store_open(w->path, STORE_WRITE, &w->s, &e));
	add_feeds(w);
	*state = w;
	return 0;
}

int world_without_store(void **state)
{
	struct world *w = world_new();

	snprintf(w->folder, sizeof w->folder, "/tmp/lede-store.XXXXXX");
	if (!mkdtemp(w->folder))
		return 1;
	snprintf(w->path, sizeof w->path, "%s/lede.db", w->folder);
	*state = w;
	return 0;
}

int world_in_file(void **state)
{
	struct world *w;

	if (world_without_store(state) != 0)
		return 1;
	w = *state;
	assert_ok(store_open(w->path, STORE_WRITE, &w->s, &e));
	add_feeds(w);
	return 0;
}

/* The scratch folder holds files and at most one level of folders. */
static void remove_folder(const char *folder, int depth)
{
	DIR *d = opendir(folder);
	struct dirent *entry_of;
	char path[400];

	while (d && (entry_of = readdir(d))) {
		if (entry_of->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, entry_of->d_name);
		if (unlink(path) != 0 && depth < 3)
			remove_folder(path, depth + 1);
	}
	if (d)
		closedir(d);
	rmdir(folder);
}

int world_end(void **state)
{
	struct world *w = *state;

	store_close(w->s);
	arena_free(w->a);
	if (w->folder[0])
		remove_folder(w->folder, 0);
	free(w);
	return 0;
}

struct store *world_connect(const struct world *w, enum store_mode mode)
{
	struct store *s;

	assert_ok(store_open(w->path, mode, &s, &e));
	return s;
}

struct str text(const char *s)
{
	return str_of(s);
}

/* Links live as long as the program: entries are borrowed all over a test. */
struct entry_new entry(int64_t feed, const char *title)
{
	static char links[64][96];
	static unsigned next;
	char *link = links[next++ % 64];

	snprintf(link, sizeof links[0], "http://site%d.example/%08x", (int)feed,
	         (unsigned)hash64(text(title)));
	return (struct entry_new){
		.feed = feed,
		.guid = STR(""),
		.title = text(title),
		.link = text(link),
		.author = STR(""),
		.html = STR(""),
		.enclosure = STR(""),
		.language = STR(""),
		.published = DATE_NONE,
		.updated = DATE_NONE,
		.points = -1,
	};
}

static enum put_result put_it(struct store *s, const struct entry_new *n, int64_t now, int64_t *id)
{
	enum put_result result;
	bool own = !s->batch;

	*id = 0;
	if (own)
		assert_ok(store_begin(s, false, &e));
	assert_ok(store_put_entry(s, n, now, &result, id, &e));
	if (own)
		assert_ok(store_commit(s, &e));
	return result;
}

int64_t put(struct store *s, const struct entry_new *n, int64_t now)
{
	int64_t id;

	put_it(s, n, now, &id);
	return id;
}

enum put_result put_result(struct store *s, const struct entry_new *n, int64_t now)
{
	int64_t id;

	return put_it(s, n, now, &id);
}

int64_t put_titled(struct store *s, int64_t feed, const char *title, int64_t published)
{
	struct entry_new n = entry(feed, title);

	n.published = published;
	return put(s, &n, NOW);
}

struct fold_row *unfolded_rows(struct store *s, struct arena *a, size_t *n)
{
	struct to_fold *order;
	struct fold_row *rows;

	assert_ok(store_unfolded(s, a, &order, n, &e));
	rows = arena_alloc(a, (*n + 1) * sizeof *rows);
	for (size_t i = 0; i < *n; i++)
		assert_ok(store_unfolded_row(s, order[i].id, a, &rows[i], &e));
	return rows;
}

void fold_into(struct store *s, int64_t id, int64_t story, bool arrives_read)
{
	struct arena *a = arena_new();
	size_t n;
	struct fold_row *rows = unfolded_rows(s, a, &n);

	assert_ok(store_begin(s, false, &e));
	for (size_t i = 0; i < n; i++)
		if (rows[i].id == id)
			assert_ok(store_folded(s, &rows[i], story, arrives_read, &e));
	assert_ok(store_commit(s, &e));
	arena_free(a);
}

void fold_alone(struct store *s)
{
	struct arena *a = arena_new();
	size_t n;
	struct fold_row *rows = unfolded_rows(s, a, &n);
	int64_t highest;

	assert_ok(store_begin(s, false, &e));
	for (size_t i = 0; i < n; i++)
		assert_ok(store_folded(s, &rows[i], rows[i].id, false, &e));
	assert_ok(store_highest_id(s, &highest, &e));
	assert_ok(store_fold_done(s, highest, NOW - WINDOW, &e));
	assert_ok(store_commit(s, &e));
	arena_free(a);
}

struct entry_row row_of(const struct world *w, int64_t id)
{
	struct entry_row row;

	assert_ok(store_entry(w->s, id, w->a, &row, &e));
	return row;
}

struct feed_row feed_of(const struct world *w, int64_t feed)
{
	struct feed_row row;

	assert_ok(store_feed(w->s, feed, w->a, &row, &e));
	return row;
}

struct story_row story_of(const struct world *w, int64_t story)
{
	struct story_row row;

	assert_ok(store_story(w->s, story, &row, &e));
	return row;
}

int64_t unread_total(struct store *s)
{
	int64_t n;

	assert_ok(store_unread_total(s, &n, &e));
	return n;
}

struct edition edition_of(struct store *s, const int64_t *stories, size_t n, int64_t made)
{
	struct edition_row rows[32];
	struct edition ed = { .made = made };

	for (size_t i = 0; i < n; i++) {
		struct story_row story;

		assert_ok(store_story(s, stories[i], &story, &e));
		rows[i] = (struct edition_row){
			.story = stories[i],
			.entry = stories[i],
			.feed = 1,
			.time = NOW,
			.sources = story.feeds,
			.entries = story.entries,
			.unread = story.unread,
			.score = 100 - (int)i,
			.title = STR("Title"),
			.source = STR("Source"),
			.why = STR("why"),
		};
	}
	assert_ok(store_highest_id(s, &ed.upto, &e));
	assert_ok(store_edition_put(s, &ed, rows, n, &e));
	return ed;
}

int64_t recount(const struct world *w, const char *sql)
{
	sqlite3_stmt *st;
	int64_t n;

	assert_int_equal(sqlite3_prepare_v2(w->s->db, sql, -1, &st, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

void by_hand(const struct world *w, const char *sql)
{
	assert_int_equal(sqlite3_exec(w->s->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static const char *const dumped[] = {
	"SELECT quote(id)||quote(flags)||quote(story) FROM entry ORDER BY id",
	"SELECT quote(feed)||quote(entries)||quote(unread)||quote(starred)||quote(filler) "
	"FROM feed_count ORDER BY feed",
	"SELECT quote(id)||quote(last)||quote(lead)||quote(entries)||quote(feeds)||quote(unread)||"
	"quote(flags)||quote(filler) FROM story ORDER BY id",
	"SELECT quote(entry)||quote(story) FROM fold ORDER BY entry",
	"SELECT quote(entry)||quote(rule) FROM filler ORDER BY entry",
	"SELECT quote(entry)||quote(other)||quote(together) FROM by_hand ORDER BY entry, other",
	"SELECT quote(id)||quote(rows) FROM edition ORDER BY id",
	"SELECT quote(edition)||quote(rank)||quote(story)||quote(entry)||quote(was)||quote(flags)||"
	"quote(score)||quote(sources)||quote(entries)||quote(unread)||quote(fresh)||quote(time)||"
	"quote(feed)||quote(title)||quote(source)||quote(why) FROM edition_row "
	"ORDER BY edition, rank",
	"SELECT quote(id)||quote(at)||quote(act)||quote(entry)||quote(edition)||quote(terms) "
	"FROM event ORDER BY id",
	"SELECT quote(kind)||quote(key)||quote(weight) FROM profile ORDER BY kind, key",
	"SELECT quote(id)||quote(gone)||quote(url)||quote(flags) FROM feed ORDER BY id",
	"SELECT quote(feed)||quote(moved)||quote(moved_n)||quote(moved_at) FROM health ORDER BY feed",
	"SELECT quote(feed)||quote(key)||quote(entry) FROM second ORDER BY entry, feed",
};

static void dump_rows(const struct world *w, const char *sql, struct buf *out)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v2(w->s->db, sql, -1, &st, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(w->s->db));
	while (sqlite3_step(st) == SQLITE_ROW)
		buf_addf(out, "%s\n", (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
}

char *world_dump(const struct world *w)
{
	struct buf b = buf_limited(1 << 20);

	for (size_t i = 0; i < sizeof dumped / sizeof *dumped; i++) {
		dump_rows(w, dumped[i], &b);
		buf_add_cstr(&b, "--\n");
	}
	return buf_take(&b);
}
