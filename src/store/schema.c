#include "inside.h"

#include <stdio.h>

#include "lede/store/backup.h"

#define COPY_MAX (200 << 20) /* bytes of a cache that is copied before it is migrated */

/* Version 1, whole: also the tables that only later parts of lede fill. STRICT everywhere;
 * WITHOUT ROWID where the key is the access path and rows are short. No triggers, no foreign
 * keys: deletes are explicit. Times are seconds UTC.
 *
 * What differs from the first design (STORE.md section 2), and why:
 * - entry_time, entry_unread and entry_star go by (time, feed) and end in the rowid: lists are
 *   ordered by (time, feed, id), so that their order does not depend on which answer came first,
 *   and no list sorts.
 * - entry_feed has the id before the flags: a feed's list is ordered by (time, id), and the
 *   flags are still in the index.
 * - feed_name holds what a list shows of a feed, and whether it is gone, in a few pages for a
 *   thousand feeds.
 * - feed_count sums points, for a feed's prominence; extra has the entry's rank and points.
 * - fold has feed, seen, rank and points: what folding needs back after a start. story.last is
 *   the arrival (seen) of the newest entry, so that old entries of an archive are candidates
 *   when they first come.
 * - edition counts its rows; edition_row has the numbers a row shows; edition_story finds the
 *   row a mark touches.
 * - event_entry finds what was done with an entry, for "opened 31 of its last 40".
 * - feed_gone and health_failing: each screen counts what is there and which feeds fail without reading the
 *   rows of feeds.
 */
static const char version_1[] =
	"CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;"

	"CREATE TABLE feed(id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, "
	"title TEXT NOT NULL DEFAULT '', site TEXT NOT NULL DEFAULT '', added INTEGER NOT NULL, "
	"gone INTEGER, flags INTEGER NOT NULL DEFAULT 0, "
	"format TEXT NOT NULL DEFAULT '') STRICT;"
	"CREATE INDEX feed_name ON feed(id, gone, title);"
	"CREATE INDEX feed_gone ON feed(id) WHERE gone IS NOT NULL;"
	"CREATE TABLE feed_count(feed INTEGER PRIMARY KEY, entries INTEGER NOT NULL DEFAULT 0, "
	"unread INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0, "
	"ever INTEGER NOT NULL DEFAULT 0, pointed INTEGER NOT NULL DEFAULT 0, "
	"points INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE TABLE validator(feed INTEGER PRIMARY KEY, etag BLOB, modified BLOB, "
	"address TEXT, body_hash INTEGER, lifetime INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE TABLE visit(feed INTEGER PRIMARY KEY, checked INTEGER NOT NULL DEFAULT 0, "
	"next INTEGER NOT NULL DEFAULT 0, claim INTEGER NOT NULL DEFAULT 0, "
	"asked INTEGER NOT NULL DEFAULT 0, same INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE TABLE health(feed INTEGER PRIMARY KEY, state INTEGER NOT NULL DEFAULT 0, "
	"failures INTEGER NOT NULL DEFAULT 0, ok INTEGER, fresh INTEGER, error INTEGER, "
	"error_at INTEGER, sentence TEXT, moved TEXT, moved_n INTEGER, moved_at INTEGER, "
	"bytes INTEGER, cut INTEGER) STRICT;"
	"CREATE INDEX health_failing ON health(feed) WHERE state = 3;"
	"CREATE TABLE host(name TEXT PRIMARY KEY, next INTEGER NOT NULL DEFAULT 0, "
	"spacing INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, "
	"http INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;"

	"CREATE TABLE entry(id INTEGER PRIMARY KEY, feed INTEGER NOT NULL, "
	"time INTEGER NOT NULL, flags INTEGER NOT NULL DEFAULT 0, story INTEGER NOT NULL, "
	"key INTEGER NOT NULL, seen INTEGER NOT NULL, published INTEGER, updated INTEGER, "
	"title TEXT NOT NULL, link TEXT NOT NULL, author TEXT NOT NULL DEFAULT '') STRICT;"
	"CREATE INDEX entry_time ON entry(time, feed);"
	"CREATE INDEX entry_feed ON entry(feed, time, id, flags);"
	"CREATE INDEX entry_unread ON entry(time, feed) WHERE (flags & 1) = 0;"
	"CREATE INDEX entry_star ON entry(time, feed) WHERE (flags & 2) <> 0;"
	"CREATE INDEX entry_story ON entry(story) WHERE story <> id;"
	"CREATE TABLE body(entry INTEGER PRIMARY KEY, coding INTEGER NOT NULL, "
	"size INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;"
	"CREATE TABLE fulltext(entry INTEGER PRIMARY KEY, at INTEGER NOT NULL, "
	"coding INTEGER NOT NULL, size INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;"
	"CREATE TABLE extra(entry INTEGER PRIMARY KEY, guid TEXT, enclosure TEXT, lang TEXT, "
	"rank INTEGER, points INTEGER) STRICT;"
	"CREATE TABLE member(feed INTEGER NOT NULL, key INTEGER NOT NULL, entry INTEGER, "
	"hash INTEGER NOT NULL, PRIMARY KEY(feed, key)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE second(entry INTEGER NOT NULL, feed INTEGER NOT NULL, "
	"key INTEGER NOT NULL, PRIMARY KEY(entry, feed, key)) STRICT, WITHOUT ROWID;"

	"CREATE TABLE story(id INTEGER PRIMARY KEY, last INTEGER NOT NULL, "
	"lead INTEGER NOT NULL, entries INTEGER NOT NULL, feeds INTEGER NOT NULL, "
	"unread INTEGER NOT NULL, flags INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE INDEX story_last ON story(last);"
	"CREATE TABLE fold(entry INTEGER PRIMARY KEY, story INTEGER NOT NULL, "
	"feed INTEGER NOT NULL, time INTEGER NOT NULL, seen INTEGER NOT NULL, "
	"link INTEGER NOT NULL, title INTEGER NOT NULL, rank INTEGER NOT NULL, "
	"points INTEGER NOT NULL, terms BLOB NOT NULL) STRICT;"
	"CREATE TABLE df(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;"
	"CREATE TABLE edition(id INTEGER PRIMARY KEY, made INTEGER NOT NULL, "
	"upto INTEGER NOT NULL, ended INTEGER, rows INTEGER NOT NULL) STRICT;"
	"CREATE TABLE edition_row(edition INTEGER NOT NULL, rank INTEGER NOT NULL, "
	"story INTEGER NOT NULL, entry INTEGER NOT NULL, was INTEGER, flags INTEGER NOT NULL, "
	"score INTEGER NOT NULL, sources INTEGER NOT NULL, entries INTEGER NOT NULL, "
	"unread INTEGER NOT NULL, fresh INTEGER NOT NULL, time INTEGER NOT NULL, "
	"feed INTEGER NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL, why BLOB NOT NULL, "
	"PRIMARY KEY(edition, rank)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX edition_story ON edition_row(edition, story);"
	"CREATE TABLE event(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, act INTEGER NOT NULL, "
	"entry INTEGER NOT NULL, edition INTEGER, terms BLOB) STRICT;"
	"CREATE INDEX event_entry ON event(entry, act);"
	"CREATE TABLE profile(kind INTEGER NOT NULL, key INTEGER NOT NULL, weight REAL NOT NULL, "
	"PRIMARY KEY(kind, key)) STRICT, WITHOUT ROWID;"

	"CREATE TABLE undo(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, "
	"state INTEGER NOT NULL DEFAULT 0, what TEXT NOT NULL) STRICT;"
	"CREATE TABLE undo_row(step INTEGER NOT NULL, n INTEGER NOT NULL, what INTEGER NOT NULL, "
	"id INTEGER NOT NULL, mask INTEGER NOT NULL, was INTEGER NOT NULL, old BLOB, "
	"PRIMARY KEY(step, n)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE account(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, root TEXT NOT NULL, "
	"name TEXT NOT NULL) STRICT;"
	"CREATE TABLE remote(account INTEGER NOT NULL, id TEXT NOT NULL, entry INTEGER NOT NULL, "
	"PRIMARY KEY(account, id)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX remote_entry ON remote(entry);"
	"CREATE TABLE intent(account INTEGER NOT NULL, id TEXT NOT NULL, flag INTEGER NOT NULL, "
	"value INTEGER NOT NULL, generation INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, "
	"PRIMARY KEY(account, id, flag)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE sub_intent(generation INTEGER PRIMARY KEY, account INTEGER NOT NULL, "
	"act INTEGER NOT NULL, url TEXT NOT NULL, value TEXT) STRICT;"
	"CREATE TABLE search_todo(entry INTEGER PRIMARY KEY, coding INTEGER NOT NULL, "
	"old BLOB NOT NULL) STRICT;"

	"PRAGMA application_id=0x6C656465;";

static enum err create_version_1(struct store *s, struct error *e)
{
	struct hash_key key;
	enum err rc = sql_exec(s, version_1, e);

	if (rc != ERR_NONE)
		return rc;
	sqlite3_randomness(sizeof key.bytes, key.bytes);         /* seeded by the kernel */
	return sql_run(s, SQL_META_SET, e,
	               BIND(v_text(STR("key")),
	                    v_blob((struct str){ (const char *)key.bytes, sizeof key.bytes })));
}

/* Version 2: what caches made before the first release may lack, and what came later:
 * - filler says which rule holds an entry back. The flag (4) decides; the row stays when the reader
 *   has said that it is none, so that the reason is there again when that is undone.
 * - feed_count and story count the entries held back.
 * - listed: what a feed's last answer listed, sorted keys of 8 bytes, little-endian; whole 0: of an
 *   answer that was cut at a limit. Retention leaves these alone.
 * - spare: the store's key once more, on another page: without it no entry would be known again;
 *   and the feeds' addresses, since those and their indexes lie side by side.
 * - second_feed and member_dead find what goes with a feed, and tombstones.
 */
static const char version_2[] =
	"CREATE INDEX IF NOT EXISTS feed_gone ON feed(id) WHERE gone IS NOT NULL;"
	"CREATE INDEX IF NOT EXISTS health_failing ON health(feed) WHERE state = 3;"
	"CREATE TABLE IF NOT EXISTS filler(entry INTEGER PRIMARY KEY, rule TEXT NOT NULL) STRICT;"
	"CREATE INDEX IF NOT EXISTS entry_filler ON entry(time, feed) WHERE (flags & 4) <> 0;"
	"ALTER TABLE feed_count ADD COLUMN filler INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE story ADD COLUMN filler INTEGER NOT NULL DEFAULT 0;"
	/* whose entry it was: the entry may be gone before the event is; 0: not noted */
	"ALTER TABLE event ADD COLUMN feed INTEGER NOT NULL DEFAULT 0;"
	/* what the reader said of two entries: one story, or two; entry < other */
	"CREATE TABLE IF NOT EXISTS by_hand(entry INTEGER NOT NULL, other INTEGER NOT NULL, "
	"together INTEGER NOT NULL, PRIMARY KEY(entry, other)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX IF NOT EXISTS by_hand_other ON by_hand(other);"
	"CREATE INDEX IF NOT EXISTS host_next ON host(next);"

	"CREATE TABLE IF NOT EXISTS listed(feed INTEGER PRIMARY KEY, whole INTEGER NOT NULL, "
	"keys BLOB NOT NULL) STRICT;"
	"CREATE TABLE IF NOT EXISTS spare(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;"
	"INSERT OR IGNORE INTO spare(id, bytes) SELECT 1, value FROM meta WHERE key = 'key';"
	"INSERT OR IGNORE INTO spare(id, bytes) SELECT id + 1000, CAST(url AS BLOB) FROM feed;"
	"CREATE INDEX IF NOT EXISTS second_feed ON second(feed);"
	"CREATE INDEX IF NOT EXISTS member_dead ON member(feed, hash) WHERE entry IS NULL;"

	/* size: of the plain text; change: another number with each change */
	"ALTER TABLE search_todo ADD COLUMN size INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE search_todo ADD COLUMN change INTEGER NOT NULL DEFAULT 0;";

static enum err create_version_2(struct store *s, struct error *e)
{
	return sql_exec(s, version_2, e);
}

/* steps[n] takes a database of version n to n + 1. Slow changes have no place here: they are to be
 * resumable work of the background. */
static schema_step_fn *const steps[SCHEMA_VERSION] = {
	create_version_1,
	create_version_2,
};

enum err schema_accept(const char *path, uint32_t application, uint32_t version, struct error *e)
{
	if (application != APPLICATION_ID)
		return error_set(e, ERR_STORE, "%s is another program's database; move it away or"
		                 " name another cache", path);
	if (version > SCHEMA_VERSION)
		return error_set(e, ERR_NEWER, "%s was made by a newer lede (version %u, this one"
		                 " knows %d); install that one or name another cache", path,
		                 version, SCHEMA_VERSION);
	return ERR_NONE;
}

enum err schema_version(struct store *s, int *version, struct error *e)
{
	uint32_t application = 0, number = 0;
	int64_t tables = 0;
	struct query q = sql_query(s, SQL_VERSION, e, BIND_NONE);

	*version = 0;
	if (sql_row(&q)) {
		application = (uint32_t)col_int(&q, 0);
		number = (uint32_t)col_int(&q, 1);
		tables = col_int(&q, 2);
	}
	if (sql_end(&q) != ERR_NONE || (tables == 0 && application == 0 && number == 0))
		return q.rc;
	*version = (int)number;
	return schema_accept(s->path, application, number, e);
}

/* One step in one transaction. Another process may have taken it while this one waited for the
 * lock. */
static enum err take_step(struct store *s, schema_step_fn *const *of, int from, struct error *e)
{
	char pragma[48];
	int version;
	enum err rc = store_begin(s, true, e);

	if (rc != ERR_NONE)
		return rc;
	rc = schema_version(s, &version, e);
	if (rc == ERR_NONE && version == from) {
		rc = of[from](s, e);
		snprintf(pragma, sizeof pragma, "PRAGMA user_version=%d", from + 1);
		if (rc == ERR_NONE)
			rc = sql_exec(s, pragma, e);
	}
	if (rc == ERR_NONE)
		return store_commit(s, e);
	store_rollback(s);
	return rc;
}

/* A copy of a small cache before its first step: PATH.version-1. Steps only add, so that one that
 * cannot be made, or was made before by a process that was killed, keeps nobody from going on. */
static void copy_before(struct store *s, int version)
{
	struct buf name = buf_limited(1 << 16);
	int64_t bytes = 0;

	sql_number(s, SQL_BYTES, &bytes, 0, NULL, BIND_NONE);
	if (!s->memory && bytes > 0 && bytes < COPY_MAX) {
		buf_addf(&name, "%s.version-%d", s->path, version);
		store_backup(s, buf_cstr(&name), NULL);
	}
	buf_free(&name);
}

enum err schema_migrate(struct store *s, schema_step_fn *const *of, int to, struct error *e)
{
	int version;
	enum err rc = schema_version(s, &version, e);

	if (rc == ERR_NONE && version > 0 && version < to)
		copy_before(s, version);
	for (; rc == ERR_NONE && version < to; version++)
		rc = take_step(s, of, version, e);
	return rc;
}

enum err schema_ensure(struct store *s, struct error *e)
{
	int version;
	enum err rc;

	if (s->mode == STORE_WRITE)
		return schema_migrate(s, steps, SCHEMA_VERSION, e);
	rc = schema_version(s, &version, e);
	if (rc != ERR_NONE || version == SCHEMA_VERSION)
		return rc;
	if (version == 0)
		return error_set(e, ERR_NONESUCH, "the cache %s is empty", s->path);
	return error_set(e, ERR_STORE, "the cache %s was made by an older lede; start lede once to"
	                 " bring it up to date", s->path);
}
