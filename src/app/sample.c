#include "lede/app/sample.h"

#include <stdlib.h>

#include "lede/app/edition_make.h"
#include "lede/app/ingest.h"
#include "lede/store/feeds.h"
#include "lede/text/date.h"

/* how long ago the earlier edition was made: half of the largest story had come by then */
#define BEFORE (110 * 60)

struct sample_file { const char *name; const char *bytes; size_t len; };
#include "src/app/sample/sample_data.inc"

#define FILES (sizeof sample_files / sizeof *sample_files)

/* Beside sample_files, whose order is that of sample/local.mk. */
static const char *const addresses[] = {
	"https://paperdaily.example/feed", "https://citynews.example/feed",
	"https://sciencewire.example/atom.xml", "https://formcity.example/feed",
	"https://zhishang.example/feed", "https://chengshi.example/feed",
	"https://rukou.example/feed", "https://asa.example/feed.json",
};
_Static_assert(sizeof addresses / sizeof *addresses == FILES, "every sample file has an address");

/* What somebody has read and starred, by how the titles begin. What is read before the last edition
 * was made leaves a story half read; what is read after it stays in it as read. */
struct sample_mark { const char *title; enum entry_flag flag; bool before; };
static const struct sample_mark marks[] = {
	{ "Swimmers ask for rivers", ENTRY_READ, true },
	{ "Millions of crabs", ENTRY_READ, true },
	{ "Why old maps show islands", ENTRY_STARRED, true },
	{ "鐘錶匠的一天", ENTRY_STARRED, true },
	{ "Night train to the sea", ENTRY_READ, false },
	{ "Vaccine against one illness", ENTRY_READ, false },
	{ "影絵芝居に若い客", ENTRY_READ, false },
	{ "城东医院恢复夜间", ENTRY_READ, false },
};

/* ---- ages ---- */

/* "1d4h20m" in seconds. */
static int64_t age_of(struct str s)
{
	int64_t age = 0, n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (ascii_is_digit(s.p[i])) {
			n = n * 10 + (s.p[i] - '0');
			continue;
		}
		age += n * (s.p[i] == 'd' ? 86400 : s.p[i] == 'h' ? 3600 : 60);
		n = 0;
	}
	return age;
}

/* Where a date belongs stands an age, as in @2h10m@ (sample/README). */
static void set_dates(struct str text, int64_t now, struct buf *out)
{
	struct str part, age;
	char date[21];

	while (str_next(&text, '@', &part)) {
		buf_add(out, part);
		if (!str_next(&text, '@', &age))
			break;
		date_rfc3339(now - age_of(age), date);
		buf_add_cstr(out, date);
	}
}

/* ---- filling ---- */

struct filling {
	struct store *store;
	struct folding *folding;
	int64_t now;
	int64_t feed[FILES];
};

static enum err add_feeds(struct filling *f, struct error *e)
{
	struct str url[FILES];

	for (size_t i = 0; i < FILES; i++)
		url[i] = str_of(addresses[i]);
	return store_feeds_sync(f->store, url, FILES, f->now, f->feed, e);
}

/* The feeds as they were at `at`, and the stories they told then. */
static enum err read_feeds(struct filling *f, int64_t at, struct error *e)
{
	struct buf text = buf_limited(1 << 20);
	int64_t stories;
	enum err rc = ERR_NONE;

	for (size_t i = 0; rc == ERR_NONE && i < FILES; i++) {
		buf_clear(&text);
		set_dates((struct str){ sample_files[i].bytes, sample_files[i].len }, f->now,
			  &text);
		rc = ingest_document_until(f->store, f->feed[i], str_of(addresses[i]),
					   buf_view(&text), at, at, e);
		if (rc != ERR_NONE)
			error_context(e, "sample feed %s", sample_files[i].name);
	}
	buf_free(&text);
	return rc == ERR_NONE ? folding_run(f->folding, f->store, at, &stories, e) : rc;
}

static enum err mark_titled(struct filling *f, const struct sample_mark *m,
			    const struct entry_row *row, size_t n, struct error *e)
{
	for (size_t i = 0; i < n; i++)
		if (str_starts(row[i].title, m->title))
			return store_mark(f->store, &row[i].id, 1, m->flag, true, NULL, e);
	return ERR_NONE;
}

static enum err set_marks(struct filling *f, bool before, struct error *e)
{
	const struct list_query all = { .list = LIST_LATEST, .way = LIST_OLDER, .limit = 200 };
	struct arena *a = arena_new();
	struct entry_row *row;
	size_t n = 0;
	enum err rc = store_begin(f->store, false, e);

	if (rc == ERR_NONE)
		rc = store_list(f->store, &all, a, &row, &n, e);
	for (size_t i = 0; rc == ERR_NONE && i < sizeof marks / sizeof *marks; i++)
		if (marks[i].before == before)
			rc = mark_titled(f, &marks[i], row, n, e);
	if (rc == ERR_NONE)
		rc = store_commit(f->store, e);
	if (rc != ERR_NONE)
		store_rollback(f->store);
	arena_free(a);
	return rc;
}

static enum err fill(struct filling *f, struct error *e)
{
	int64_t edition;
	enum err rc = add_feeds(f, e);

	if (rc == ERR_NONE)
		rc = read_feeds(f, f->now - BEFORE, e);
	if (rc == ERR_NONE)
		rc = edition_make_and_store(f->folding, f->store, NULL, f->now - BEFORE, 0,
					    &edition, e);
	if (rc == ERR_NONE)
		rc = read_feeds(f, f->now, e);
	if (rc == ERR_NONE)
		rc = set_marks(f, true, e);
	if (rc == ERR_NONE)
		rc = edition_make_and_store(f->folding, f->store, NULL, f->now, 0, &edition, e);
	if (rc == ERR_NONE)
		rc = set_marks(f, false, e);
	return rc;
}

enum err sample_open(int64_t now, struct store **out, struct error *e)
{
	struct filling f = { .now = now };
	int64_t highest = 0;
	enum err rc = store_open(SAMPLE_PATH, STORE_WRITE, &f.store, e);

	if (rc == ERR_NONE)
		rc = store_highest_id(f.store, &highest, e);
	if (rc == ERR_NONE && highest == 0) {      /* else somebody has it open and filled it */
		f.folding = folding_new();
		rc = fill(&f, e);
		folding_free(f.folding);
	}
	if (rc != ERR_NONE) {
		store_close(f.store);
		return rc;
	}
	*out = f.store;
	return ERR_NONE;
}
