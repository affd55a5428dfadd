#include "salvage.h"

/* What follows from the rows, made anew: by a salvage, and by `lede doctor --repair`. All of it is
 * SQL over whole tables; a million entries take some seconds. */

#define AMONG_LIVING "SELECT id FROM feed WHERE gone IS NULL"

static const char *const steps[] = {
	/* rows that point nowhere, and entries without what they need */
	"DELETE FROM member WHERE entry IS NOT NULL AND entry NOT IN (SELECT id FROM entry)",
	"INSERT OR IGNORE INTO member(feed, key, entry, hash) SELECT feed, key, id, 0 FROM entry",
	"DELETE FROM body WHERE entry NOT IN (SELECT id FROM entry)",
	"DELETE FROM fulltext WHERE entry NOT IN (SELECT id FROM entry)",
	"DELETE FROM extra WHERE entry NOT IN (SELECT id FROM entry)",
	"DELETE FROM by_hand WHERE entry NOT IN (SELECT id FROM entry) OR other NOT IN "
	"(SELECT id FROM entry)",
	"DELETE FROM filler WHERE entry NOT IN (SELECT id FROM entry)",
	"DELETE FROM second WHERE entry NOT IN (SELECT id FROM entry)",
	"DELETE FROM fold WHERE entry NOT IN (SELECT id FROM entry)",
	"INSERT OR IGNORE INTO feed(id, url, added) SELECT DISTINCT feed, 'lost:' || feed, 0 FROM entry"
	" WHERE feed NOT IN (SELECT id FROM feed)",
	"INSERT OR IGNORE INTO visit(feed) SELECT id FROM feed",
	"INSERT OR IGNORE INTO feed_count(feed) SELECT id FROM feed",
	"DELETE FROM feed_count WHERE feed NOT IN (SELECT id FROM feed)",
	"DELETE FROM visit WHERE feed NOT IN (SELECT id FROM feed)",
	"INSERT OR REPLACE INTO meta(key, value) SELECT 'next', max(coalesce((SELECT value FROM meta "
	"WHERE key = 'next'), 1), coalesce((SELECT max(id) FROM entry), 0) + 1)",

	/* numbers of feeds */
	"CREATE TEMP TABLE tally(id INTEGER PRIMARY KEY, a, b, c, d, e)",
	"INSERT INTO tally SELECT feed, count(*), sum((flags & 1) = 0), sum((flags & 2) <> 0), "
	"sum((flags & 4) <> 0), 0 FROM entry GROUP BY feed",
	"UPDATE feed_count SET (entries, unread, starred, filler) = (0, 0, 0, 0) "
	"WHERE feed NOT IN (SELECT id FROM tally)",
	"UPDATE feed_count SET entries = t.a, unread = t.b, starred = t.c, filler = t.d, "
	"ever = max(ever, t.a) FROM tally t WHERE t.id = feed AND "
	"(entries, unread, starred, filler) IS NOT (t.a, t.b, t.c, t.d)",
	"DELETE FROM tally",

	/* stories */
	"INSERT OR IGNORE INTO story(id, last, lead, entries, feeds, unread) "
	"SELECT story, max(seen), min(id), 0, 0, 0 FROM entry GROUP BY story",
	"DELETE FROM story WHERE id NOT IN (SELECT story FROM entry)",
	"UPDATE story SET lead = (SELECT min(id) FROM entry WHERE entry.story = story.id OR "
	"entry.id = story.id) WHERE lead NOT IN (SELECT id FROM entry)",
	"INSERT INTO tally SELECT story, count(*), count(DISTINCT feed), sum((flags & 1) = 0), "
	"sum((flags & 4) <> 0), 0 FROM entry WHERE feed IN (" AMONG_LIVING ") GROUP BY story",
	"UPDATE story SET (entries, feeds, unread, filler) = (0, 0, 0, 0) "
	"WHERE id NOT IN (SELECT id FROM tally)",
	"UPDATE story SET entries = t.a, feeds = t.b, unread = t.c, filler = t.d FROM tally t "
	"WHERE t.id = story.id AND (story.entries, story.feeds, story.unread, story.filler) "
	"IS NOT (t.a, t.b, t.c, t.d)",
	"DROP TABLE tally",
};

enum err store_recount(struct store *s, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, true, &own, e);

	for (size_t i = 0; i < sizeof steps / sizeof *steps && rc == ERR_NONE; i++)
		rc = sql_exec(s, steps[i], e);
	return own_end(s, own, rc, e);
}
