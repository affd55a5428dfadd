/* foreign - the databases of newsboat and newsraft: read, and nothing else.
 *
 * A file that a stranger may have made: opened read-only, no view, no trigger, no virtual table,
 * every value and every statement bounded. What a column is missing or of another type is taken as
 * far as it goes. Strings are handed on as they stand there.
 * Must not know: lede's own cache, what is done with an entry.
 */
#ifndef LEDE_STORE_FOREIGN_H
#define LEDE_STORE_FOREIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/error.h"
#include "lede/base/str.h"

enum foreign_kind { FOREIGN_NEWSBOAT, FOREIGN_NEWSRAFT };
struct foreign;

/* The bytes are the beginning of an SQLite database. */
bool foreign_is_database(struct str bytes);
/* ERR_SYNTAX: no database of either program; ERR_BUSY: its program holds it or did not end
 * cleanly; ERR_IO, ERR_DAMAGED. */
enum err foreign_open(const char *path, struct foreign **out, struct error *e);
void foreign_close(struct foreign *f);                    /* NULL is fine */
enum foreign_kind foreign_kind(const struct foreign *f);

struct foreign_feed { struct str url, title, site; };
/* Borrowed for the call. False stops. */
typedef bool foreign_feed_fn(void *self, const struct foreign_feed *f);
enum err foreign_feeds(struct foreign *f, foreign_feed_fn *each, void *self, struct error *e);

/* Empty where there is nothing. Times in seconds, 0 none. */
struct foreign_entry {
	struct str feed, guid, title, link, author;
	struct str content;           /* newsboat: HTML; newsraft: packed (MIGRATION.md, 3) */
	struct str type, base;        /* newsboat: of the content; its base address */
	struct str enclosure;         /* newsboat: an address; newsraft: packed */
	struct str persons;           /* newsraft: packed */
	struct str flags;             /* newsboat: letters; newsraft: empty */
	int64_t published, updated, seen;
	bool unread, deleted, important;
	bool shares_second;           /* another of its feed is of the very same time */
};
typedef bool foreign_entry_fn(void *self, const struct foreign_entry *n);
/* In the order of their time. *unreadable: rows that were left, being too large or damaged. */
enum err foreign_entries(struct foreign *f, foreign_entry_fn *each, void *self,
                         size_t *unreadable, struct error *e);

#endif
