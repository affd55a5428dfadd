/* work - the messages between the screen's thread and the two store threads.
 *
 * Asks go to the reader thread and come back as answers; jobs go to the writer thread, which sends notices. A message that was given
 * is no longer the giver's. Answers own an arena with all their strings.
 * Must not know: who draws what.
 */
#ifndef LEDE_APP_WORK_H
#define LEDE_APP_WORK_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/mailbox.h"
#include "lede/base/mem.h"
#include "lede/rank/score.h"
#include "lede/store/editions.h"
#include "lede/store/feeds.h"
#include "lede/store/learn.h"
#include "lede/store/search.h"
#include "lede/app/learning.h"
#include "lede/feed/announced.h"
#include "lede/text/rich.h"

enum work_message { WORK_ASK = 1, WORK_ANSWER, WORK_JOB, WORK_NOTICE };       /* message.kind */

enum ask_kind {
	ASK_EDITION,              /* the last edition: its head and rows from..from+n-1 (ranks from 1) */
	ASK_LIST,                 /* a window of a list by time, or (list.at >= 0) the window that begins at that index */
	ASK_ARTICLE,              /* one entry: row, text, other coverage, why */
	ASK_MEMBERS,              /* the entries of a story */
	ASK_FEEDS,                /* all feeds with health */
	ASK_COUNTS,               /* unread, new stories since an edition, totals */
	ASK_STATES,               /* what is read and starred now of rows that are on the screen; counts too */
	ASK_ADDRESS,              /* what is at the address `query`, as it was typed; empty: it is given up */
	ASK_PROFILE,              /* what was learned, at `now` */
	ASK_HISTORY,              /* lines that were typed into prompts of one kind; `query` names it */
	ASK_SEARCH                /* the first n found, or n more; a search that takes its time answers more than once */
};
struct ask {
	struct message m;
	enum ask_kind kind;
	uint32_t ticket;          /* comes back in the answer: what is no longer wanted is dropped by it */
	int from, n;              /* EDITION */
	struct list_query list; struct list_anchor anchor; int64_t at;   /* LIST: list.from is set by the reader thread to &anchor when has_anchor */
	bool has_anchor;
	bool near;                /* LIST: the window around the anchor's row, or the first one below it */
	int64_t entry, story;     /* ARTICLE, MEMBERS */
	bool hide_glosses;
	/* SEARCH: a query as typed (query.h), empty: ends the search. A new one ends the one before. */
	char query[1024]; bool best, more;
	int64_t now;
	int64_t upto;             /* COUNTS, STATES: highest entry id the edition knew */
	size_t nentries, nstories;
	int64_t id[];             /* STATES: entries, behind them stories; see ask_states_new */
};

/* An article, read and parsed on the reader thread. */
struct article {
	struct entry_row entry;
	struct str html_error;    /* "damaged in the cache; r fetches it again", or empty */
	struct rich *doc;         /* owned; NULL when there is no text */
	enum convert script;      /* it was converted into */
	struct entry_row *member; size_t nmembers;         /* the story's entries, this one too; oldest first */
	struct edition_row row; bool has_row;              /* its story in the last edition: rank and why */
	struct terms why;         /* decoded from row.why */
	int opened, opened_of;    /* of the feed's last entries */
};
/* here: meta "here", when the reader was last left (seconds; 0 never). glosses, show: meta of that name, as the key
 * left them (0: no key did). */
/* What of the screen's look is kept as meta numbers of its own: what the person left and what the option said then. */
enum kept_look { KEPT_ROWS, KEPT_SPLIT, KEPT_SPLIT_ROWS, KEPT_LOOKS };
const char *kept_look_name(enum kept_look which);
struct counts { int64_t unread, new_stories, entries, starred; int feeds, failing; int64_t highest, here, glosses, show, looks[KEPT_LOOKS]; };

/* What is at an address: a feed, a page that announces some, something else, nobody, or that nobody could ever be asked there. */
enum probe_result { PROBE_FEED, PROBE_PAGE, PROBE_OTHER, PROBE_SILENT, PROBE_NEVER };
struct address_found {
	struct str url, title;            /* whole, and its own title when it is a feed */
	enum probe_result result;
	struct announced *found; size_t nfound;
	struct error why;                 /* OTHER, SILENT, NEVER: a sentence */
};

/* Where the words of a search stand: in the title, and a piece of the text around them. */
struct found_words { struct search_snippet title, text; };

/* What could be searched for where nothing was found. */
struct search_advice {
	int64_t since;            /* time of the oldest entry; 0: there is none */
	struct str words, limits; /* of the query, apart (query_split) */
	int64_t without_found;    /* entries found without the limits; 1,000 at most, as the others */
	struct str instead;       /* words that find something, one of them spelt otherwise; empty: none */
	int64_t instead_found;
};

struct answer {
	struct message m;
	enum ask_kind kind;
	uint32_t ticket;
	struct arena *arena;
	struct error error;       /* code ERR_NONE when all is well */
	struct edition edition; struct edition_row *edition_row; int from;     /* EDITION; edition.id 0: none was made yet */
	struct list_query list; struct entry_row *entry_row; int64_t at, total;  /* LIST: at: index of the first row when asked by index, else -1 */
	int64_t near_at;          /* LIST with `near`: where that row is; else -1 */
	size_t n;                 /* rows of whichever list */
	struct article article;
	struct feed_row *feed_row;
	struct counts counts;     /* with EDITION, COUNTS and STATES */
	/* STATES: of each entry asked for its ENTRY_* bits (ENTRY_MISSING: it is not there any more), of each
	 * story how many of its entries up to `upto` are unread; in the order of the ask */
	struct entry_state_now { int64_t id; unsigned flags; } *entry_now; size_t nentries;
	struct story_state_now { int64_t id; int64_t unread; } *story_now; size_t nstories;
	int64_t story;
	/* SEARCH: entry_row[0..n-1] are the next ones, found[i] what belongs to them; more may follow
	 * by itself as long as `going`. done: the whole cache was searched. */
	struct learned_list learned;      /* PROFILE; the feeds with it as in FEEDS */
	struct address_found address;     /* ADDRESS; `error`: it is none */
	/* HISTORY: whose, and its lines, the oldest first */
	struct str history_of, history;
	struct found_words *found; bool going, done;
	int64_t back_to, unindexed; /* as in struct search_page */
	const struct search_advice *advice;      /* nothing was found; NULL: it comes later, or something was */
};
struct ask *ask_new(enum ask_kind kind, uint32_t ticket);     /* freed by free() */
/* ASK_STATES with room for the ids, which the caller fills in. */
struct ask *ask_states_new(uint32_t ticket, size_t nentries, size_t nstories);
struct answer *answer_new(const struct ask *ask);             /* empty, with an arena, to be filled */
void answer_free(struct answer *a);                           /* NULL is fine */

enum job_kind {
	JOB_MARK,                 /* ids: flag on or off; teaches the profile when `act` says so */
	JOB_MARK_LIST,            /* all unread of a list up to an id */
	JOB_SPLIT,                /* `entry` leaves its story; NOTICE_STORIES */
	JOB_JOIN,                 /* the stories of `entry` and `with` become one; NOTICE_STORIES */
	JOB_FEED,                 /* `feed_act` on `feed`; NOTICE_FEED */
	JOB_UNDO,                 /* the newest `times` steps are undone, or (on: false) done again; NOTICE_UNDONE */
	JOB_EDITION,              /* make and store a new edition; `keep` is always a candidate; shown and opened of the old one teach skips */
	JOB_NUMBER,               /* store_set_number */
	JOB_FORGET,               /* text: a word, a feed or "all" is unlearned; NOTICE_FORGOTTEN */
	JOB_HISTORY,              /* text: a line that was typed into a prompt of the kind `name` */
	JOB_FOLLOWED,             /* store_search_done */
	JOB_REFETCH,              /* entry: its text is damaged; the next refresh brings it again */
	JOB_RECOVER               /* the reader thread met damage: if the cache is damaged, it is salvaged */
};
enum feed_act { FEED_ACT_REMOVE, FEED_ACT_PAUSE, FEED_ACT_MOVE };        /* PAUSE also resumes */
struct job {
	struct message m;
	enum job_kind kind;
	enum feed_act feed_act;
	int64_t *id; size_t nids; /* owned */
	bool stories;             /* the ids are stories': every entry of them is marked */
	int64_t entry;            /* the entry that `act` is about */
	enum entry_flag flag; bool on;
	enum event_act act;       /* 0: teaches nothing */
	int times;                /* of MARK without ids: how often `act` is taught; of UNDO: how many steps */
	int64_t with;             /* JOIN: an entry of the story that the other one joins */
	int64_t now, edition;
	enum entry_list list; int64_t feed, upto;
	int64_t keep;
	int lowest_opened;        /* EDITION: rank of the lowest row opened in the edition that ends, 0: none */
	char name[16]; int64_t value;     /* NUMBER; name of MARK: the list that it marks read as a whole, or empty */
	char *text;               /* owned */
	struct search_done *followed; size_t nfollowed;        /* owned */
};
/* What the reader does is urgent: it is done in the order it was done in, before all else. */
struct job *job_new(enum job_kind kind);
bool job_is_mark(const struct job *j);
void job_free(struct job *j);                          /* NULL is fine */

/* How a refresh asks: everything that a person wants, servers' requests to wait obeyed, or not; or
 * only what is due by itself. */
enum refresh_mode { REFRESH_ASKED, REFRESH_FORCED, REFRESH_DUE };

enum notice_kind {
	NOTICE_MARKED,            /* marks are on disk; n: rows of a JOB_MARK_LIST, -1 for a JOB_MARK */
	NOTICE_STORIES,           /* the reader's hand changed who tells which story: `story` (0: nothing did; the error says why), a part of
	                           * which is `other` now, or 0; `job` is what was to be done */
	NOTICE_FEED,              /* `feed_act` was done to `feed`, whose name is error.text; on: it is paused. With a code it was not, and why */
	NOTICE_UNDONE,            /* n steps were undone (on), or done again; n 0: none was, the error says why; see below */
	NOTICE_EDITION,           /* a new edition is stored: ask for it; edition 0: none was made (NOTICE_ERROR says why, if it failed) */
	NOTICE_PROGRESS,          /* a refresh goes on: done, total, failed, skipped, fresh: new entries so far */
	NOTICE_REFRESHED,         /* it ended: the same, new_stories, n: seconds it took, hosts asked */
	NOTICE_FORGOTTEN,         /* what was unlearned is error.text; with a code it was not, and why */
	NOTICE_LOOKING,           /* at an address: request number n of the ask whose ticket is `feed` */
	NOTICE_ERROR,             /* something could not be stored or fetched */
	NOTICE_KEPT,              /* after REFRESHED: what was to be deleted for its age is (n: entries), or was put off */
	NOTICE_RECOVERED,         /* after JOB_RECOVER: error.text says what came over; empty: the cache is sound */
	NOTICE_CHANGED            /* the store was written to, by whomever: what is shown may be stale */
};
struct notice {
	struct message m;
	enum notice_kind kind;
	int64_t n;
	int done, total, failed, skipped; int64_t fresh, new_stories; bool stopped, no_network; int hosts;
	struct error error;       /* NOTICE_ERROR; in REFRESHED the last failure */
	/* NOTICE_PROGRESS for one feed that ended (lede refresh --json); feed 0: none. result: new, unchanged, failed, skipped; error: its
	 * sentence, with the feed's name in front */
	int64_t feed; char result[12]; int status; int64_t new_entries, bytes; char url[512];
	int64_t edition;
	enum job_kind job; enum feed_act feed_act; int64_t story, other;
	/* UNDONE: what the last of them was called (error.text), and which entry, `story` or `feed` it was about; story 0: none, or
	 * several; `other` is part of it now. whole: the story, not one entry of it. stories, filler, feeds: that is different now. */
	bool on, whole, stories, filler, feeds; int64_t entry;
};
struct notice *notice_new(enum notice_kind kind);      /* freed by free() */

#endif
