/* feed_task - one feed of a refresh: what is asked, what was answered.
 *
 * A task is the writer thread's until it is given to the fetcher, the network thread's until its
 * end, then the writer's again; the mailbox is what hands it over, so no field is ever two threads'
 * at once. Entries go ahead of the end, in batches.
 * Must not know: the store, when a feed is due, what an answer means (visit).
 */
#ifndef SRC_APP_FEED_TASK_H
#define SRC_APP_FEED_TASK_H

#include "lede/app/config.h"
#include "lede/app/ingest.h"
#include "lede/base/mailbox.h"
#include "lede/net/fetch.h"

/* message.kind, beside work.h's */
enum writer_message { WRITER_ENTRIES = 16, WRITER_ENDED, WRITER_REFRESH, WRITER_STOP,
	WRITER_CLOSE };

/* What came of asking. Strings live in the arena; empty when missing. */
struct feed_answer {
	struct arena *arena;
	enum fetch_outcome outcome;
	int status;
	struct error error;           /* of the fetch */
	enum err parse;               /* of the document; its sentence is in `error` then */
	bool no_network, whole;       /* whole: a feed, read from its first byte to its last */
	int64_t retry_after, max_age, bytes;
	struct str etag, modified, address, moved, wall;
	struct str title, site, format;
	int ttl; uint32_t skip_hours; uint8_t skip_days;
	bool cut, unfinished;         /* a limit was reached; the document broke off */
	uint64_t body_hash;
};

/* its status says that a feed follows */
bool feed_answer_is_document(const struct feed_answer *a);

struct feed_task {
	struct message m;             /* WRITER_ENDED; the task stays the refresh's */
	int64_t id;
	struct str url, name;         /* name: its title, else the address */
	struct config_feed
	        scope; /* whose settings hold for it: its own, its tags', the global ones */
	struct str content_type, charset;
	int64_t interval;             /* seconds; SPAN_AUTO, SPAN_NEVER */
	struct str host_name;         /* in small letters, with its port; empty for a file */
	bool host_refuses;            /* what it was told holds for its whole host */
	struct feed_row row;
	struct feed_validators known;
	struct mailbox *box;          /* the writer's */
	/* read by the writer thread itself: it must not wait for its own mailbox */
	bool by_file;
	struct ingest *ingest;
	struct entries *open;         /* the batch being filled */
	struct feed_answer got;
	/* the writer thread's alone, at any time: */
	uint64_t request, host;
	bool asked, ended;
	int64_t fresh;                /* new entries stored */
	/* not before, because its host said so to another feed; 0: it did not */
	int64_t host_waits;
	int64_t host_next;            /* the same, from an earlier refresh */
	int spacing;                  /* milliseconds its host wants between requests; 0: any */
};

/* Entries on their way, copied: one allocation for their text. */
struct entries {
	struct message m;             /* WRITER_ENTRIES */
	struct feed_task *task;
	struct arena *arena;
	struct entry_new *entry;
	size_t n, cap;
};
void entries_free(struct entries *b);                  /* NULL is fine */

/* The sink to hand to the fetcher. */
struct fetch_sink feed_task_sink(struct feed_task *t);
void feed_task_free(struct feed_task *t);              /* what it holds, not itself */

/* A file: address. Read in steps, each short: open, then step until it is false; the end comes as a
 * message as from the network. */
struct feed_file;
bool feed_is_file(struct str url);
/* `cache`: the path of lede's own, whose files are no feeds. */
struct feed_file *feed_file_open(struct feed_task *t, const char *cache);
bool feed_file_step(struct feed_file *f);              /* false: it has ended and f is freed */
/* the task has ended, f is freed; NULL is fine */
void feed_file_cancel(struct feed_file *f);

#endif
