/* feeds - rows of the feeds subscribed to: titles, counts, validators, visits, health.
 *
 * Which feeds there are is decided by the feeds file (app); store_feeds_sync makes the rows follow
 * it.
 */
#ifndef LEDE_STORE_FEEDS_H
#define LEDE_STORE_FEEDS_H

#include "lede/store/store.h"

enum feed_state {
	FEED_OK = 0,
	FEED_MOVED,
	FEED_SLOW,
	FEED_FAILING,
	FEED_WAITING,
	FEED_BLOCKED,
	FEED_GONE,
	FEED_PAUSED,
	FEED_QUIET
};
const char *feed_state_name(enum feed_state s); /* "ok", "moved", ... : stable, in --json */

/* Everything about one feed; strings live in the caller's arena, .p never NULL. Times 0: never. */
struct feed_row {
	int64_t id;
	struct str url, title, site, format;
	int64_t added;
	int64_t entries, unread, starred, ever;
	int64_t checked, next; /* last asked; not before, unless a person asks */
	enum feed_state state;
	int failures;                                    /* in a row */
	int64_t ok, fresh; /* last success; last time something new came */
	int64_t error_at;
	struct str error; /* sentence of the last failure, empty when well */
	struct str moved; /* offered: where permanent redirects led three times over a day at
	                     least; empty: nowhere */
	int64_t bytes;
	bool cut; /* of the last answer; a limit was reached */
	int64_t asked, same;                             /* requests ever; of them unchanged */
	int64_t last;                                    /* newest entry's time, 0 none */
	int recent;
	int64_t paused; /* since when, by the reader; then the state is FEED_PAUSED */
	bool hidden; /* fetched, but its entries are in no list */
	int64_t recent_since; /* with_last: of its newest 10 entries, how many there are and the
	                         oldest one's time */
};

/* Makes the rows follow the feeds file: missing ones are made, ones no longer listed are marked
 * gone (their entries are hidden), ones that come back are brought back. ids[i] (may be NULL)
 * becomes the row id of urls[i]. In a batch of its own unless one is open. */
enum err store_feeds_sync(struct store *s, const struct str *urls, size_t n, int64_t now,
                          int64_t *ids, struct error *e);
/* Hides ids[i] or shows it again, as hidden[i] says: its entries leave every list and number, but it
 * is fetched on. */
enum err store_feeds_hide(struct store *s, const int64_t *ids, const bool *hidden, size_t n,
                          struct error *e);
/* All feeds subscribed to, hidden ones too, by id. `with_last` also looks up the newest ten entries' times of each
 * (one index look-up a feed). */
enum err store_feeds(struct store *s, bool with_last, struct arena *a, struct feed_row **rows,
                     size_t *n, struct error *e);
/* How many there are and how many of them are FEED_FAILING: without reading their rows. */
enum err store_feeds_count(struct store *s, int *feeds, int *failing, struct error *e);
enum err store_feed(struct store *s, int64_t id, struct arena *a, struct feed_row *row,
                    struct error *e); /* ERR_NONESUCH */

/* lifetime: what the document itself says of when to ask, as the caller packed it. */
struct feed_validators {
	int64_t feed;
	struct str etag, modified, address;
	uint64_t body_hash;
	int64_t lifetime;
};
enum err store_validators(struct store *s, struct arena *a, struct feed_validators **rows,
                          size_t *n, struct error *e);

/* What a visit brought; written in the batch that holds the feed's last row. NULL strings mean:
 * leave as it is. */
struct feed_visit {
	int64_t feed, now, next; /* next: not asked before (automatic, or refused) */
	bool unchanged; /* 304, or the same body again: only `visit` is touched when nothing else
	                   changed */
	bool failed; enum feed_state state; struct str error;
	bool complete; /* the whole document was read: validators may be stored */
	struct str etag, modified, address; uint64_t body_hash; int64_t lifetime;
	struct str title, site, format;
	struct str moved;                                /* this time; empty: it stayed */
	int64_t bytes, fresh;                            /* fresh: new entries it brought */
	bool cut;
};
/* Gives the feed another address; what servers said of the old one is forgotten. No other feed may
 * have it. */
enum err store_feed_moved(struct store *s, int64_t feed, struct str url, struct error *e);
/* The same as an act of the reader, which can be undone: then it is offered again. Where another
 * feed has the address, that one is subscribed to and this one no longer. */
enum err store_feed_move(struct store *s, int64_t feed, struct str to, int64_t now,
                         struct error *e);
/* An act of the reader: a paused feed (`since`: when; 0: resumed) is left alone by every refresh
 * that does not ask for it alone. What it is besides is kept. */
enum err store_feed_pause(struct store *s, int64_t feed, int64_t since, struct error *e);
/* An act of the reader: as store_feeds_sync does when the feed is no longer listed. */
enum err store_unsubscribe(struct store *s, int64_t feed, int64_t now, struct error *e);
enum err store_feed_visited(struct store *s, const struct feed_visit *v, struct error *e);
/* Takes the claims of feeds for `seconds`, so that two refreshes do not ask one feed at once;
 * taken[i] says whether ids[i] is now ours. */
enum err store_claim(struct store *s, const int64_t *ids, size_t n, int64_t now, int seconds,
                     bool *taken, struct error *e);
enum err store_release(struct store *s, const int64_t *ids, size_t n, struct error *e);

#endif
