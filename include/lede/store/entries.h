/* entries - what feeds brought: written once, listed by time, read one at a time.
 *
 * Lists are read by windows: `limit` rows beyond an anchor, never by OFFSET. The order of every
 * list by time is (time, feed, id) descending; `feed` is part of it so that the order does not
 * depend on which answer came first.
 */
#ifndef LEDE_STORE_ENTRIES_H
#define LEDE_STORE_ENTRIES_H

#include "lede/store/store.h"

enum entry_flag { ENTRY_READ = 1, ENTRY_STARRED = 2, ENTRY_FILLER = 4, ENTRY_CORRECTED = 8 };

/* The rule's name of an entry that the reader said is filler (lede/rank/notice.h has it too). */
#define FILLER_BY_HAND "hand"

/* An entry as it comes from a feed. Strings may be empty; title in display form; html as received
 * with absolute links. */
struct entry_new {
	int64_t feed;
	struct str guid, title, link, author, html, enclosure, language;
	int64_t published, updated;                      /* DATE_NONE: none */
	size_t index; /* place in the document: undated entries keep its order */
	int rank, points;                                /* 0 / -1: none */
};
enum put_result {
	PUT_NEW,
	PUT_CHANGED,
	PUT_SAME,
	PUT_SECOND /* known from another feed: the same link within 72 h and same title */
};
/* Stores one entry of the open batch. `now`: first seen; `time` (order) = published, else updated,
 * not after now; undated: now less its index in seconds. An entry whose hash (title, link, html) is
 * unchanged costs one look-up and no write. A changed one keeps its id, its story, its marks and
 * its `time`, so that no list moves. A SECOND one stays with its first feed (its lists, its
 * counts); only `ever` of the other grows. An entry that was deleted stays so: SAME. Known by guid
 * (without http or https), else link, else title and date. A new one is its own story until it is
 * folded (store_unfolded). *id is set unless SAME. */
enum err store_put_entry(struct store *s, const struct entry_new *n, int64_t now,
                         enum put_result *result, int64_t *id, struct error *e);

struct entry_row {
	int64_t id, feed, time, story, published, updated,
	        seen; /* published, updated DATE_NONE when missing */
	unsigned flags;
	struct str title, link, author, source;          /* source: the feed's title */
	struct str filler; /* ENTRY_FILLER: the name of the rule that holds it back; else empty */
};
enum entry_list { LIST_LATEST, LIST_FEED, LIST_STARRED, LIST_FILLER };
struct list_anchor { int64_t time, feed, id; };
enum list_way { LIST_OLDER, LIST_NEWER };
/* `from` NULL: from the list's end (OLDER: the newest rows, NEWER: the oldest). Rows come newest
 * first in both cases. `unread_only` leaves the read out. */
struct list_query {
	enum entry_list list;
	int64_t feed;
	bool unread_only;
	const struct list_anchor *from;
	enum list_way way;
	int limit;
};
enum err store_list(struct store *s, const struct list_query *q, struct arena *a,
                    struct entry_row **rows, size_t *n, struct error *e);
/* How many rows the list has in all: from counters; of feeds subscribed to, as the lists
 * themselves. */
enum err store_list_count(struct store *s, enum entry_list list, int64_t feed, int64_t *n,
                          struct error *e);
/* The anchor of row number `index` (0 = newest): for jumps only, it walks the index. */
enum err store_list_at(struct store *s, const struct list_query *q, int64_t index,
                       struct list_anchor *out, struct error *e);
enum err store_unread_total(struct store *s, int64_t *n, struct error *e);

enum err store_entry(struct store *s, int64_t id, struct arena *a, struct entry_row *row,
                     struct error *e); /* ERR_NONESUCH */
/* The entry's text is to come again: its feeds are asked without validators, and what they list
 * counts as changed. */
enum err store_refetch(struct store *s, int64_t id, struct error *e);
/* The ENTRY_* bits of each entry as they are now; ENTRY_MISSING for one that is not there. */
#define ENTRY_MISSING (1u << 31)
enum err store_flags(struct store *s, const int64_t *ids, size_t n, unsigned *flags,
                     struct error *e);
/* The entry's HTML; empty when it has none. ERR_DAMAGED: "damaged in the cache; r fetches it
 * again". */
enum err store_body(struct store *s, int64_t id, struct buf *html, struct error *e);

/* Sets or clears ENTRY_READ, ENTRY_STARRED or, by the reader's hand, ENTRY_FILLER (which sets
 * ENTRY_CORRECTED, so that no rule overrules it); counters, stories and the last edition's rows
 * follow. Ids that are not there change nothing. changed[i] (may be NULL) says whether ids[i]
 * changed. */
enum err store_mark(struct store *s, const int64_t *ids, size_t n, enum entry_flag flag, bool on,
                    bool *changed, struct error *e);
/* All unread entries of a list (LIST_LATEST: everything) that are not newer (by id) than `upto`:
 * marked read in one transaction; *n is how many. */
enum err store_mark_list_read(struct store *s, enum entry_list list, int64_t feed, int64_t upto,
                              int64_t *n, struct error *e);
enum err store_highest_id(struct store *s, int64_t *id, struct error *e);

#endif
