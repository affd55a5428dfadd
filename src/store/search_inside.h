/* search_inside - what the sources of the search share: its file, its texts.
 *
 * A part of the index holds the entries of 2^shift neighbouring ids: find_title_N their titles
 * (with positions), find_body_N titles and texts (without). find_kept holds, as find_body_N, the
 * starred entries of parts that are gone. Newest parts are asked first.
 */
#ifndef SRC_STORE_SEARCH_INSIDE_H
#define SRC_STORE_SEARCH_INSIDE_H

#include <sys/types.h>

#include "inside.h"
#include "lede/store/search.h"

#define SEARCH_APPLICATION_ID 0x6C656473 /* "leds" */
#define SEARCH_FORMAT 1 /* of the tables; the tokenizer has its own number */
#define SEARCH_SHIFT 17
#define SEARCH_TEXT_MAX (16u << 20) /* bytes of an entry's text; the rest is not searched */

/* The tokenizer `lede`, made known to a connection. A code of SQLite. */
int tokenizer_register(sqlite3 *db);

/* ---- the file ---- */

/* One connection to the index. `file` is a store as far as statements and errors need one. */
struct search_file {
	struct store *file; /* owned; NULL: there is none that could be used */
	dev_t device; /* of the file that is open */
	ino_t inode;
	int shift;
	int64_t upto; /* entries up to this id are in it */
	int64_t *part; /* owned; the parts there are, newest first */
	size_t nparts;
};
/* The index of the store. For reading: one without a file when there is none that fits. For
 * writing: made anew when it does not fit. */
enum err search_file_open(struct store *s, enum store_mode mode, struct search_file **out,
                          struct error *e);
void search_file_close(struct search_file *f); /* NULL is fine */
/* s->search as it is now: another process may have made the file anew. Reads upto and parts. */
enum err search_file_fresh(struct store *s, struct error *e);
enum err search_file_reload(struct search_file *f, struct error *e);
/* The path of the index of the cache at `path`. Caller owns. */
char *search_path(const char *path);

/* ---- texts ---- */

/* The entry as it is searched: its title, a line feed, its text without markup; in display form,
 * without glosses. *there false: no such entry. A damaged body is none. */
enum err search_text_of(struct store *s, int64_t id, struct buf *out, bool *there,
                        struct error *e);
enum err search_text_make(struct str title, struct str html, struct buf *out);
/* Where the title ends. */
size_t search_title_end(struct str text);
/* In the batch that is about to overwrite the entry's title or body: keeps the text that is to be
 * taken out of the index. */
enum err search_note_change(struct store *s, int64_t id, struct error *e);

#endif
