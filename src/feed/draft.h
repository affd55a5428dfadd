/* draft - what is known of a feed or an entry while its document is read.
 *
 * A field may have several sources; each has a rank, the lowest wins, among equals the first (of
 * links and dates of change the last). Values live in the draft's arena.
 * Must not know: XML, JSON.
 */
#ifndef LEDE_SRC_FEED_DRAFT_H
#define LEDE_SRC_FEED_DRAFT_H

#include "lede/base/mem.h"
#include "lede/feed/feed.h"

enum field {
	FIELD_NONE,
	FIELD_ID,
	FIELD_TITLE,
	FIELD_LINK,
	FIELD_AUTHOR,
	FIELD_SUMMARY,
	FIELD_CONTENT,
	FIELD_COMMENTS,
	FIELD_LANGUAGE,
	FIELD_DESCRIPTION,
	FIELD_PUBLISHED,
	FIELD_UPDATED,
	FIELD_CATEGORY,
	FIELD_LAST
};

struct draft_value {
	struct str text;
	int64_t date;
	int rank; /* -1: nothing yet */
};

struct draft {
	struct arena *arena;
	struct draft_value value[FIELD_LAST];
	struct str *categories;
	size_t ncategories, categories_cap;
	struct feed_enclosure *enclosures;
	size_t nenclosures, enclosures_cap;
	size_t nmedia; /* enclosures at the end that are media:content */
};

void draft_start(struct draft *d); /* of zeroed memory; makes the arena */
void draft_free(struct draft *d);
void draft_reset(struct draft *d);
/* True when a value of this rank would be taken. */
bool draft_wants(const struct draft *d, enum field f, int rank);
/* An empty text is no value; the text is copied. */
void draft_text(struct draft *d, enum field f, int rank, struct str text);
void draft_date(struct draft *d, enum field f, int rank, int64_t date);
void draft_category(struct draft *d, struct str text);
/* Without a url it is left out. */
void draft_enclosure(struct draft *d, struct str url, struct str type, int64_t length);
/* The same for what media:content names: left out when an enclosure has that url. */
void draft_media(struct draft *d, struct str url, struct str type, int64_t length);
struct str draft_get(const struct draft *d, enum field f);

/* Hands drafts on. */
struct collector {
	struct feed_limits limits;
	struct str base_url; /* of the document */
	feed_entry_fn *entry;
	void *self;
	struct feed_meta meta;
	struct draft of_feed, of_entry;
	size_t index;
	bool stopped; /* the receiver wants no more */
};

void collector_start(struct collector *c, const struct feed_source *source);
void collector_free(struct collector *c);
/* The entry's draft is complete: hands it on and resets it. ERR_LIMIT past the most entries. */
enum err collector_entry_done(struct collector *c);
/* Brings what is known of the feed into `meta`. */
void collector_feed_done(struct collector *c);

#endif
