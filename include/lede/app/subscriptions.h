/* subscriptions - the feeds file: one address a line, then tags, "~Title", "!" hides (newsboat's
 * urls syntax).
 *
 * Read as it is; edited under a lock, by rename onto the file a symbolic link names; mode, comments
 * and order are kept.
 */
#ifndef LEDE_APP_SUBSCRIPTIONS_H
#define LEDE_APP_SUBSCRIPTIONS_H

#include "lede/base/mem.h"
#include "lede/base/error.h"
#include "lede/base/str.h"

struct subscription {
	struct str url, title /* "~Title"; may be empty */;
	struct str *tags;
	size_t ntags;
	bool hidden;
	int line;
};
struct subscriptions { struct arena *arena; struct subscription *feed; size_t n; };

/* A missing file is an empty list. Lines that cannot be (exec:, filter:, no address) are reported
 * to `bad` with a word why and left out; an address that stands twice counts once. */
enum err subscriptions_load(const char *path, struct subscriptions *out,
			    void (*bad)(void *self, int line, const char *why), void *self,
			    struct error *e);
void subscriptions_free(struct subscriptions *s);
const struct subscription *subscriptions_find(const struct subscriptions *s, struct str url);
/* Appends one line; already there: ERR_NONE and *added false. */
enum err subscriptions_add(const char *path, struct str url, bool *added, struct error *e);
/* Takes the line(s) of that address away; ERR_NONESUCH when it is not there. As the others below it
 * adds what it changed to `record` (may be NULL), for subscriptions_turn. */
enum err subscriptions_remove(const char *path, struct str url, struct buf *record,
			      struct error *e);
/* Puts another address in the place of one, tags and comments kept; where the new one is listed
 * already the old line goes. ERR_NONESUCH when `from` is not there. */
enum err subscriptions_readdress(const char *path, struct str from, struct str to,
				 struct buf *record, struct error *e);
/* Adds what is missing: a line for each new address with its title, tags and hiding, and to the
 * lines that are there the tags that lack, and a title where there is none. Nothing is taken away.
 * All or nothing. */
enum err subscriptions_merge(const char *path, const struct subscription *feed, size_t n,
			     struct buf *record, struct error *e);
/* Turns an edit back, or makes it again: lines come where they stood and go wherever they are now;
 * what somebody else has changed meanwhile stays. `again` (may be NULL) gets the record that the edit is turned by from now on. */
enum err subscriptions_turn(const char *path, struct str record, bool back, struct buf *again,
			    struct error *e);
/* Takes the next token of a line off *rest: blanks part tokens, "…" quotes one, one that begins
 * with # ends the line. False at its end. */
bool subscriptions_token(struct str *rest, struct arena *a, struct str *token);

#endif
