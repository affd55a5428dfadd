/* search - full text over everything that is cached.
 *
 * The index is a file of its own beside the cache (lede-search.db beside lede.db): derived, deleted
 * and made anew when it is missing, damaged, of another lede or of another cache. It is written in
 * steps (search_index_step), never holding the cache; what it has not reached yet is searched by
 * reading. A search gives entries newest first by arrival, a page at a time, and can be paused
 * between any two of them; or best first, out of a bounded set.
 * Must not know: how a query is written (app/query.h), time limits, the screen.
 */
#ifndef LEDE_STORE_SEARCH_H
#define LEDE_STORE_SEARCH_H

#include "lede/store/entries.h"

/* ---- what is asked ---- */

#define SEARCH_TERMS_MAX 32
#define SEARCH_FEEDS_MAX 16

/* The words of `text` side by side; one word of a language that writes blanks, or a text of a
 * language that does not. */
struct search_term {
	struct str text;
	bool start; /* its last word may go on: word* */
	bool title; /* in the title */
	bool without; /* must not be there */
};
/* A feed whose title or address holds the text, in any case and either Chinese script. */
struct search_feed { struct str text; bool without; };
struct search_query {
	struct search_term term[SEARCH_TERMS_MAX];
	size_t nterms;
	struct search_feed feed[SEARCH_FEEDS_MAX]; /* of those without `without` any will do */
	size_t nfeeds;
	unsigned with, without; /* enum entry_flag: all of them, none of them */
	int64_t after, before; /* after <= time < before; INT64_MIN, INT64_MAX: any */
	bool best; /* best first: a bounded set, see store_search_next */
};

/* ---- searching ---- */

struct search;
/* Begins one; `q` and its texts are copied. The store must outlive it and must not be in a batch.
 * ERR_USAGE: nothing in it can be looked for ("no word to search for in “…”"), a term has more
 * than 64 words. ERR_NONESUCH: no feed is like one that was named. */
enum err store_search(struct store *s, const struct search_query *q, struct search **out,
                      struct error *e);
void store_search_end(struct search *f); /* NULL is fine */

struct search_page {
	struct entry_row *row;
	size_t n; /* newest first by time; with q->best: best first */
	bool done; /* there is no more */
	int64_t back_to; /* time of the last entry that was looked at; DATE_NONE: none yet */
	int64_t unindexed; /* about so many entries the index has not reached and nobody read */
};
/* The next entries, at most `limit`; fewer when `enough` says so, asked between any two entries
 * that are looked at (about 50 us), or when there are no more. NULL: never. Asked again it goes on
 * behind them. Best first is scored out of the best 200 titles and the newest 400 texts; the first
 * call does all the work and does not stop for `enough`. */
enum err store_search_next(struct search *f, int limit, bool (*enough)(void *self), void *self,
                           struct arena *a, struct search_page *page, struct error *e);

struct search_range { size_t from, to; }; /* bytes */
struct search_snippet {
	struct str text; /* display form, one line; empty: the entry has no text */
	struct search_range *range; /* what was found, in order, apart */
	size_t n;
};
/* About `bytes` of the entry's text around what was found; `title`: the title whole instead. */
enum err store_search_snippet(struct search *f, int64_t entry, bool title, size_t bytes,
                              struct arena *a, struct search_snippet *out, struct error *e);

/* ---- indexing ---- */

enum search_go {
	SEARCH_ON, /* go on */
	SEARCH_COMMIT, /* end the step with what it has done */
	SEARCH_DROP /* end it at once; what it has done is done again another time */
};
struct search_pace {
	int entries; /* in one transaction */
	bool backlog; /* much is waiting: a large buffer (16 MB), merged later */
	enum search_go (*go)(void *self); /* asked before each entry; NULL: goes on */
	void *self;
};
struct search_index;
/* Opens the index of a cache for writing, made when it is missing or not fit. `s` is borrowed; it
 * may be open for reading. ERR_BUSY: another process is indexing. */
enum err search_index_open(struct store *s, struct search_index **out, struct error *e);
void search_index_close(struct search_index *x); /* NULL is fine */
/* Indexes up to pace->entries entries in one transaction: changed ones, then new ones; then does
 * one piece of housekeeping (a part that is full, a part whose entries are gone). *more: there is
 * more to do. ERR_BUSY: another process is at it. ERR_DAMAGED: the file was dropped; open again.
 * With a store open for reading the changed entries done are left for search_index_done. */
enum err search_index_step(struct search_index *x, const struct search_pace *pace, bool *more,
                           struct error *e);
/* Changed entries whose index follows since the last call, to be given to store_search_done by
 * whoever writes the cache. Caller owns (free). */
struct search_done { int64_t entry, change; };
struct search_done *search_index_done(struct search_index *x, size_t *n);
enum err store_search_done(struct store *s, const struct search_done *done, size_t n,
                           struct error *e);
/* About how many entries wait: ids behind the index, and one for all that changed. */
enum err search_index_waiting(struct search_index *x, int64_t *n, struct error *e);
/* Removes the index of the cache at `path`; nothing is lost by it but time. */
void search_index_drop(const char *path);

#endif
