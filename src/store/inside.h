/* inside - what the sources of this floor share: the connection, its statements, its batch.
 *
 * Seen by src/store and its tests only; nothing above knows that there is SQL.
 */
#ifndef LEDE_STORE_INSIDE_H
#define LEDE_STORE_INSIDE_H

#include <sqlite3.h>

#include "lede/store/entries.h"
#include "lede/store/learn.h"
#include "lede/store/store.h"
#include "lede/store/stories.h"

#define APPLICATION_ID 0x6C656465                /* "lede" */
#define SCHEMA_VERSION 2
#define WINDOW (72 * 3600)                       /* seconds in which copies are looked for */

/* Every statement of the floor has its name and its SQL in one place. */
enum sql {
#define SQL(name, text) SQL_##name,
#include "statements.inc"
#undef SQL
	SQL_COUNT
};
/* The SQL of a statement; never NULL. */
const char *sql_text(enum sql id);

struct counters;
struct links;
struct listing;
struct packer;

/* The step that is being written (undo.h): number 0 before its first row. */
struct undo_open { bool open; int64_t step, n, at; size_t length; char text[240]; };

struct store {
	sqlite3 *db;
	char *path;                              /* owned; as given to store_open */
	enum store_mode mode;
	uint64_t inode;                          /* of the file at `path` when it was opened */
	bool memory;                             /* shared memory of this process: no WAL */
	struct hash_key key;
	sqlite3_stmt *stmt[SQL_COUNT];           /* prepared when first used, kept */
	uint64_t statements;
	bool batch, full_sync;                   /* a batch is open; synchronous=FULL is set */
	enum err failed;                         /* what broke the batch, said until rollback */
	int64_t next_id;                         /* the batch's next entry id, 0: not asked yet */
	bool next_moved;
	struct counters *counters;               /* owned; what the batch adds */
	struct links *links;                     /* owned; NULL: not loaded */
	struct listing *listing;                 /* owned; what answers under way list */
	struct packer *packer;                   /* owned */
	struct search_file *search;              /* owned; NULL: not searched in yet */
	struct undo_open undo;
};

/* Turns what SQLite says into a code and a sentence that names the cache. */
enum err store_sqlite_error(struct store *s, int rc, struct error *e);
enum err store_damaged(const char *path, struct error *e);

/* -- statements ------------------------------------------------------------------------------- */

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_BLOB };
struct value { enum value_kind kind; int64_t i; double real; struct str bytes; };

struct value v_int(int64_t i);
struct value v_hash(uint64_t h);
struct value v_real(double d);
struct value v_text(struct str s);
struct value v_blob(struct str s);
struct value v_date(int64_t t);                  /* DATE_NONE is NULL */
struct value v_kept(struct str s);               /* text; without a pointer NULL: leave as it is */

/* The values of ?1, ?2, ... for sql_run and sql_query. Texts are borrowed until the query's end. */
#define BIND(...) (const struct value[]){ __VA_ARGS__ }, \
	sizeof((const struct value[]){ __VA_ARGS__ }) / sizeof(struct value)
#define BIND_NONE NULL, 0

/* A statement under way. Errors stick: after one, rows end and sql_end tells it. Every sql_query
 * is followed by its sql_end, so that no statement stays open: it would keep the WAL from being
 * reused. */
struct query { struct store *s; sqlite3_stmt *st; enum err rc; struct error *e; };
struct query sql_query(struct store *s, enum sql id, struct error *e, const struct value *v,
                       size_t n);
bool sql_row(struct query *q);                   /* steps; true: columns can be read */
enum err sql_end(struct query *q);
/* A statement without rows, from start to end. */
enum err sql_run(struct store *s, enum sql id, struct error *e, const struct value *v, size_t n);
int sql_changes(const struct store *s);          /* rows the last statement changed */
/* One number; `missing` when there is no row or it is NULL. */
enum err sql_number(struct store *s, enum sql id, int64_t *out, int64_t missing, struct error *e,
                    const struct value *v, size_t n);
/* The same for SQL whose tables have numbers in their names: prepared, and forgotten at the end. */
struct query sql_once(struct store *s, const char *text, struct error *e, const struct value *v,
                      size_t n);
enum err sql_once_end(struct query *q);
enum err sql_once_run(struct store *s, const char *text, struct error *e, const struct value *v,
                      size_t n);
/* SQL that is not kept: pragmas and the schema. */
enum err sql_exec(struct store *s, const char *text, struct error *e);

int64_t col_int(const struct query *q, int i);
double col_real(const struct query *q, int i);
int64_t col_date(const struct query *q, int i);  /* NULL is DATE_NONE */
bool col_is_null(const struct query *q, int i);
struct str col_str(const struct query *q, int i);        /* borrowed until the next row */
struct str col_copy(const struct query *q, int i, struct arena *a);

/* -- batches ---------------------------------------------------------------------------------- */

/* A writing call outside a batch makes one of its own: own_begin says in *own whether it did, and
 * own_end, with the call's result, commits or undoes that one. */
enum err own_begin(struct store *s, bool durable, bool *own, struct error *e);
enum err own_end(struct store *s, bool own, enum err rc, struct error *e);

/* -- counters kept by the batch ---------------------------------------------------------------- */

/* pointed: entries that came with points; points: the sum of their ln(1 + points) in millionths,
 * whole so that the order in which answers come changes nothing. */
struct feed_delta { int64_t feed, entries, unread, starred, filler, ever, pointed, points; };
/* last: at least this; lead 0: nothing is counted where there is no row. */
struct story_delta { int64_t story, last, lead, entries, feeds, unread, filler; };
struct counters *counters_new(void);
void counters_free(struct counters *c);          /* NULL is fine */
void counters_forget(struct counters *c);        /* a rollback */
void count_feed(struct store *s, const struct feed_delta *d);
void count_story(struct store *s, const struct story_delta *d);
/* Writes what has been summed; also before counters are read inside a batch. */
enum err counters_flush(struct store *s, struct error *e);
/* Whether `feed` tells `story` already, remembering that it does from now on. In a batch. */
enum err story_has_feed(struct store *s, int64_t story, int64_t feed, bool *has, struct error *e);
/* A story that begins now: no feed tells it yet. */
void story_opened(struct store *s, int64_t story);
/* What marks and folding need of an entry; `is` false when there is none, `living` when its feed is
 * subscribed to. */
struct entry_state { bool is, living; int64_t feed, story; unsigned flags; };
enum err entry_state(struct store *s, int64_t id, struct entry_state *x, struct error *e);
/* Sets a flag that came with an import, in an open batch. */
enum err mark_imported(struct store *s, int64_t id, enum entry_flag flag, bool *changed,
                       struct error *e);
/* Counts one story anew. */
enum err story_recount(struct store *s, int64_t story, struct error *e);
/* After entries of it were deleted: counted anew, called after its oldest entry when the one it
 * was called after is gone (unless it is younger than `since` and may still be told of), deleted
 * with its last entry. */
enum err story_settle(struct store *s, int64_t story, int64_t since, struct error *e);
/* Counts the stories of a feed anew after it went or came back. */
enum err stories_recount(struct store *s, int64_t feed, struct error *e);

/* -- entries ---------------------------------------------------------------------------------- */

/* What an entry is known by in its feed, and whether it changed (STORE.md section 2); 63 bits. */
uint64_t entry_key(const struct store *s, const struct entry_new *n);
uint64_t entry_hash(const struct store *s, const struct entry_new *n);
/* entry 0: it was deleted. */
struct member { bool known; int64_t entry; uint64_t hash; };
enum err find_member(struct store *s, int64_t feed, uint64_t key, struct member *m,
                     struct error *e);
/* A new row with its body, first seen at `seen`, in an open batch. */
enum err entry_add(struct store *s, const struct entry_new *n, int64_t seen, uint64_t key,
                   uint64_t hash, int64_t *id, struct error *e);
/* Beside enum entry_flag, in the file only: a person marked it, one way or the other, so imports
 * leave it alone. */
#define ENTRY_TOUCHED 16u
/* Columns of ENTRY_COLUMNS in statements.inc. */
void entry_from(const struct query *q, struct arena *a, struct entry_row *row);
/* All rows of a query of ENTRY_COLUMNS, ended. */
enum err entries_of(struct query *q, struct arena *a, struct entry_row **rows, size_t *n);
/* Makes a growing array the caller's: copied to the arena, freed. */
void *array_to_arena(void *array, size_t n, size_t size, struct arena *a);

/* Hash of a link in the form in which links are compared; 0 when there is none. */
uint64_t link_hash(const struct store *s, struct str link);
/* An entry of another feed that came within 72 h with the same link and title; 0: none. */
enum err links_find(struct store *s, const struct entry_new *n, int64_t now, int64_t *id,
                    struct error *e);
void links_add(struct store *s, uint64_t link, int64_t id);
void links_forget(struct store *s);              /* loaded again when next needed */

/* -- what feeds list --------------------------------------------------------------------------- */

struct listing *listing_new(void);
void listing_free(struct listing *l);            /* NULL is fine */
void listing_note(struct listing *l, int64_t feed, uint64_t key);
void listing_drop(struct listing *l, int64_t feed);
void listing_forget(struct listing *l);          /* a rollback */
/* Stores what was noted of a feed; `whole`: the answer was not cut. In a batch. */
enum err listing_write(struct store *s, int64_t feed, bool whole, struct error *e);
/* The keys of a feed's last answer; sorted. */
struct listed { uint64_t *key; size_t n, cap; bool whole; };
enum err listed_load(struct store *s, int64_t feed, struct listed *out, struct error *e);
bool listed_has(const struct listed *l, uint64_t key);

/* An entry that further living feeds have too goes to one of them, when its own is unsubscribed
 * from; with its marks. In a batch. */
enum err entries_hand_over(struct store *s, int64_t feed, struct error *e);

/* -- undo ------------------------------------------------------------------------------------- */

/* What a row of a step is about; the numbers are in the caches (and EVENT's in statements.inc).
 * FLAGS    id, or 0 with several in `old`: entries; of the flags `mask` the bits `was` before
 * FILLER   id: entry; of FILLER_FLAGS mask: after, was: before; old: the rule before, empty: none
 * FRESH    id: story; mask: edition; was: `fresh` of its row before
 * STORY    id, or 0 with several in `old`: entries; mask: story after, was: story before
 * HAND     id, mask: two entries; was: HAND_ROW of what table by_hand said before and after
 * ROW      id: rank; mask: edition; old: the row before and after (edition_rows.c)
 * EVENT    id: event; mask 1: it was added, 0: it was dropped; old: itself, when not in the log
 * FEED     id: feed; mask: gone after, was: gone before
 * HANDED   id: feed; old: its entries that went to others when it went (hand_over.c)
 * PAUSE    id: feed; mask: paused since after, was: before
 * ADDRESS  id: feed; was: since when its servers lead to another; old: the two (feed_acts.c)
 * LINES    id: enum undo_file; old: how it was edited, which only the caller can read */
enum undo_what {
	UNDO_FLAGS = 1, UNDO_FILLER, UNDO_FRESH, UNDO_EVENT, UNDO_FEED, UNDO_STORY, UNDO_HAND,
	UNDO_ROW, UNDO_HANDED, UNDO_PAUSE, UNDO_ADDRESS, UNDO_LINES
};
#define FILLER_FLAGS (ENTRY_FILLER | ENTRY_CORRECTED | ENTRY_TOUCHED)
struct undo_row { enum undo_what what; int64_t id, mask, was; struct str old; };
/* Adds a row to the open step; without one does nothing. */
enum err undo_add(struct store *s, const struct undo_row *r, struct error *e);
/* One row about many entries. */
enum err undo_add_many(struct store *s, enum undo_what what, const int64_t *ids, size_t n,
                       int64_t mask, int64_t was, struct error *e);
bool undo_is_open(const struct store *s);
void undo_forget(struct store *s);               /* the batch is over */
/* An event in the log again, with its number when that is still free; ev->id is what it got. */
enum err event_put(struct store *s, struct event_row *ev, struct error *e);
enum err event_get(struct store *s, int64_t id, struct arena *a, struct event_row *ev,
                   struct error *e);             /* ERR_NONESUCH */
void event_pack(const struct event_row *ev, struct buf *out);
bool event_unpack(struct str packed, struct event_row *ev);      /* terms borrowed */
/* Sets the flags `mask` of entries to `value`; what is derived follows. */
enum err flags_set(struct store *s, const int64_t *ids, size_t n, unsigned mask, unsigned value,
                   struct error *e);
/* Moves those of the entries that are in story `from`. */
enum err entries_move(struct store *s, const int64_t *ids, size_t n, int64_t from, int64_t to,
                      struct error *e);
/* 1: the two tell one story, 0: they do not, -1: nothing is said. */
enum err by_hand_set(struct store *s, int64_t a, int64_t b, int64_t said, struct error *e);
#define HAND_ROW(before, after) (((before) + 1) | ((after) + 1) << 2)
#define HAND_BEFORE(row) (((row) & 3) - 1)
#define HAND_AFTER(row) (((row) >> 2) - 1)
enum err edition_row_turn(struct store *s, const struct undo_row *r, bool back, struct error *e);
/* gone: as the column has it. Entries that others have too go to those, with a row of the step. */
enum err feed_gone_set(struct store *s, int64_t feed, int64_t gone, struct error *e);
enum err feed_pause_set(struct store *s, int64_t feed, int64_t since, struct error *e);
enum err feed_address_turn(struct store *s, const struct undo_row *r, bool back, struct error *e);
/* The entries of a UNDO_HANDED that are still with whom they went to come back. */
enum err entries_hand_back(struct store *s, const struct undo_row *r, struct error *e);
/* The last edition's rows of these stories say again what is read and starred. */
enum err rows_follow(struct store *s, const struct map *stories, struct error *e);

/* Whole numbers of 7 bits a byte, the low ones first; reading past the end or more than 64 bits sets
 * `bad` and gives 0. */
struct packed_reader { struct str left; bool bad; };
void add_packed(struct buf *b, uint64_t v);
uint64_t read_packed(struct packed_reader *r);

/* -- bodies ----------------------------------------------------------------------------------- */

struct packed { int coding; size_t size; struct str bytes; };      /* coding 0 plain, 1 zstd */
struct packer *packer_new(void);
void packer_free(struct packer *p);              /* NULL is fine */
struct packed pack(struct packer *p, struct str plain);          /* borrowed until the next call */
enum err unpack(struct packer *p, const struct packed *from, struct buf *out, struct error *e);
enum err body_put(struct store *s, int64_t entry, struct str html, struct error *e);

/* -- opening ---------------------------------------------------------------------------------- */

enum err connection_open(struct store *s, struct error *e);
/* A file beside the cache that is derived from it: whose it is, is the caller's to see. */
enum err connection_open_derived(struct store *s, struct error *e);
/* Brings the database to SCHEMA_VERSION (STORE_WRITE) or says why it cannot be read as it is. */
enum err schema_ensure(struct store *s, struct error *e);
/* The version of an open database; 0 for one without tables. ERR_NEWER, ERR_STORE (foreign). */
enum err schema_version(struct store *s, int *version, struct error *e);
/* Whether application id and version are ones to go on with. */
enum err schema_accept(const char *path, uint32_t application, uint32_t version, struct error *e);

/* Runs steps[from], steps[from + 1], ... each in a transaction of its own with its number. */
typedef enum err schema_step_fn(struct store *s, struct error *e);
enum err schema_migrate(struct store *s, schema_step_fn *const *steps, int to, struct error *e);

#endif
