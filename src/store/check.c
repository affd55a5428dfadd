#include "lede/store/check.h"

#include <stdio.h>
#include <string.h>

#include "salvage.h"

/* ---- SQLite's own check ---------------------------------------------------------------------- */

static enum err run_check(struct store *s, const char *pragma, bool *sound, char *first,
                          size_t size, struct error *e)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(s->db, pragma, -1, &st, NULL);

	*sound = true;
	while (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		const char *said = (const char *)sqlite3_column_text(st, 0);

		rc = SQLITE_OK;
		if (!said || strcmp(said, "ok") == 0)
			continue;
		if (*sound && first)
			snprintf(first, size, "%s", said);
		*sound = false;
	}
	sqlite3_finalize(st);
	if (rc == SQLITE_DONE)
		return ERR_NONE;
	if ((rc & 0xff) != SQLITE_CORRUPT && (rc & 0xff) != SQLITE_NOTADB)
		return store_sqlite_error(s, rc, e);
	*sound = false;
	if (first && first[0] == '\0')
		snprintf(first, size, "%s", sqlite3_errmsg(s->db));
	return ERR_NONE;
}

enum err store_check_small(struct store *s, bool *sound, struct error *e)
{
	static const char *const tables[] = { "meta", "feed", "feed_count", "visit", "health",
		                              "validator", "profile", "edition" };
	enum err rc = ERR_NONE;
	char pragma[64];

	*sound = true;
	for (size_t i = 0; i < sizeof tables / sizeof *tables && rc == ERR_NONE && *sound; i++) {
		snprintf(pragma, sizeof pragma, "PRAGMA quick_check('%s')", tables[i]);
		rc = run_check(s, pragma, sound, NULL, 0, e);
	}
	return rc;
}

enum err store_check_file(const char *path, bool *sound, struct error *e)
{
	struct store *s;
	enum err rc = store_open(path, STORE_READ, &s, e);

	*sound = rc != ERR_DAMAGED;
	if (rc != ERR_NONE)
		return rc == ERR_DAMAGED ? ERR_NONE : rc;
	rc = run_check(s, "PRAGMA quick_check(1)", sound, NULL, 0, e);
	store_close(s);
	return rc;
}

/* ---- numbers --------------------------------------------------------------------------------- */

static const char *const orphans[] = {
	"SELECT count(*) FROM body WHERE entry NOT IN (SELECT id FROM entry)",
	"SELECT count(*) FROM extra WHERE entry NOT IN (SELECT id FROM entry)",
	"SELECT count(*) FROM fulltext WHERE entry NOT IN (SELECT id FROM entry)",
	"SELECT count(*) FROM filler WHERE entry NOT IN (SELECT id FROM entry)",
	"SELECT count(*) FROM second WHERE entry NOT IN (SELECT id FROM entry)",
	"SELECT count(*) FROM member WHERE entry IS NOT NULL AND entry NOT IN (SELECT id FROM entry)",
	"SELECT count(*) FROM entry WHERE feed NOT IN (SELECT id FROM feed)",
};

static const char *const miscounted[] = {
	"SELECT count(*) FROM feed f LEFT JOIN feed_count c ON c.feed = f.id "
	"LEFT JOIN (SELECT feed AS id, count(*) AS n, sum((flags & 1) = 0) AS u, "
	"sum((flags & 2) <> 0) AS s, sum((flags & 4) <> 0) AS k FROM entry GROUP BY feed) t "
	"ON t.id = f.id WHERE (c.entries, c.unread, c.starred, c.filler) IS NOT "
	"(coalesce(t.n, 0), coalesce(t.u, 0), coalesce(t.s, 0), coalesce(t.k, 0))",
	"SELECT count(*) FROM story s LEFT JOIN (SELECT story AS id, count(*) AS n, "
	"count(DISTINCT feed) AS f, sum((flags & 1) = 0) AS u FROM entry "
	"WHERE feed IN (SELECT id FROM feed WHERE gone IS NULL) GROUP BY story) t ON t.id = s.id "
	"WHERE (s.entries, s.feeds, s.unread) IS NOT "
	"(coalesce(t.n, 0), coalesce(t.f, 0), coalesce(t.u, 0))",
};

static enum err add_number(struct store *s, const char *sql, int64_t *sum, struct error *e)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(s->db, sql, -1, &st, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		*sum += sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return rc == SQLITE_ROW ? ERR_NONE : store_sqlite_error(s, rc, e);
}

static enum err count_all(struct store *s, struct store_health *out, struct error *e)
{
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < sizeof orphans / sizeof *orphans && rc == ERR_NONE; i++)
		rc = add_number(s, orphans[i], &out->orphans, e);
	for (size_t i = 0; i < sizeof miscounted / sizeof *miscounted && rc == ERR_NONE; i++)
		rc = add_number(s, miscounted[i], &out->miscounted, e);
	if (rc == ERR_NONE)
		rc = add_number(s, "SELECT count(*) FROM entry", &out->entries, e);
	if (rc == ERR_NONE)
		rc = add_number(s, "SELECT count(*) FROM feed WHERE gone IS NULL OR gone < 0",
		                &out->feeds, e);
	if (rc == ERR_NONE)
		rc = add_number(s, "SELECT page_count * page_size FROM pragma_page_count, "
		                   "pragma_page_size", &out->bytes, e);
	return rc;
}

enum err store_check(struct store *s, struct store_health *out, struct error *e)
{
	enum err rc;

	*out = (struct store_health){ .sound = true };
	rc = run_check(s, "PRAGMA integrity_check(10)", &out->sound, out->first, sizeof out->first, e);
	if (rc != ERR_NONE || !out->sound)
		return rc;
	rc = count_all(s, out, e);
	if (rc != ERR_DAMAGED)
		return rc;
	out->sound = false;
	snprintf(out->first, sizeof out->first, "%s", "a page cannot be read");
	return ERR_NONE;
}

enum err store_put_right(struct store *s, struct error *e)
{
	return store_recount(s, e);
}
