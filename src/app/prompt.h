/* prompt - the bottom line as a place to type: `:`, `/`, `f`, `a`.
 *
 * One prompt is open at a time. While it is, every key and paste is its own; it takes the whole bottom line, has the terminal's cursor,
 * and draws a few lines over the body above it: candidates, or what its kind has to say.
 *
 * HOW A KIND IS ADDED: a name in enum prompt_id, a line in the table at the end of prompt_kinds.c, and in a file of its own
 * (prompt_NAME.c) a `const struct prompt_kind` named in the list below. Somebody opens it with prompt_open. Of the kind's functions
 * only `accept` has to be there:
 *
 *	accept     Enter was pressed: the prompt is closed already, its text is in the history and is the caller's for the call. It may
 *	           open a prompt again (a sentence that is wrong: app_complain, then prompt_open with the text).
 *	changed    the text is another one; also when it was opened with some, and after a completion. For searching while one types.
 *	gave_up    Esc, ^C or Backspace in an empty prompt; the prompt is closed already.
 *	candidates what the text before the place could go on as: sets `from`, the byte from which on it is replaced, and calls
 *	           prompt_offer for each. Asked when Tab is pressed.
 *	key        looks at a key before the prompt does; true: it was for the kind, which is done with it.
 *	show       adds what belongs to the frame: note (behind the text), lines above it while no candidates are shown. Only reads.
 */
#ifndef SRC_APP_PROMPT_H
#define SRC_APP_PROMPT_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/app/edit.h"
#include "lede/app/view.h"
#include "lede/base/mem.h"
#include "lede/base/str.h"

struct app;
struct answer;

enum prompt_id {
	PROMPT_NONE,
	PROMPT_COMMAND,           /* : */
	PROMPT_FOLLOW,            /* f: a link by its number */
	PROMPT_SEARCH,            /* / over the cache */
	PROMPT_FIND,              /* / in an article */
	PROMPT_HELP,              /* / in the help */
	PROMPT_ADD,               /* a: the address of a feed */
	PROMPT_COUNT
};

/* ---- kinds ---- */

struct prompt_choice { struct str text, help; };
/* Candidates: texts and sentences live in the arena, or for ever. */
struct prompt_choices {
	struct arena *arena;
	size_t from;
	struct prompt_choice *choice; size_t n, cap;
};
void prompt_offer(struct prompt_choices *to, struct str text, struct str help);

struct prompt_kind {
	const char *history;      /* name of what is remembered of it, at most 15 bytes; NULL: nothing is */
	const char *sign;         /* what stands before the text: ":" */
	const char *hint;         /* what keys do: "Enter run · Esc"; the dot is that of the set of glyphs */
	void (*accept)(struct app *a, struct str text);
	void (*changed)(struct app *a, struct str text);
	void (*gave_up)(struct app *a);
	void (*candidates)(struct app *a, struct str before, struct prompt_choices *out);
	bool (*key)(struct app *a, uint32_t key);
	void (*show)(struct app *a, struct view_prompt *out);
};
extern const struct prompt_kind *const prompt_kinds[PROMPT_COUNT];

/* One a line; each in a file of its own. */
extern const struct prompt_kind prompt_command;
extern const struct prompt_kind prompt_add;
extern const struct prompt_kind prompt_follow;
extern const struct prompt_kind prompt_help;
extern const struct prompt_kind prompt_search;
extern const struct prompt_kind prompt_find;

/* ---- history: the last lines of a kind ---- */

enum { HISTORY_LINES = 100 };
/* The oldest first. What earlier runs left is asked for when the first prompt of the kind opens, and
 * has come a moment later. */
struct prompt_history { char *line[HISTORY_LINES]; int n; bool asked, came; };

/* ---- the open prompt ---- */

struct prompt {
	enum prompt_id id;        /* PROMPT_NONE: none is open */
	struct edit edit;
	size_t from;              /* of the text, the first byte that is seen */
	bool literal;             /* ^V: the next key goes in as it is */
	/* Completion: what Tab goes through; chosen -1: what was typed. */
	struct prompt_choices choices; int chosen;
	struct buf typed;         /* before the place, when Tab was pressed first, or history was gone into */
	int past;                 /* lines back in the history; 0: not in it */
	int wanted;               /* ... to be gone back when what earlier runs left has come */
	struct prompt_history history[PROMPT_COUNT];
};

void prompt_open(struct app *a, enum prompt_id id, struct str initial);
void prompt_close(struct app *a);                         /* without a word to the kind; none open is fine */
/* As Enter does; also from `changed`, whose text is gone then. */
void prompt_accept(struct app *a);
void prompt_free(struct app *a);
bool prompt_is_open(const struct app *a);
struct str prompt_text(const struct app *a);              /* of the open one */
void prompt_key(struct app *a, uint32_t key);
void prompt_paste(struct app *a, struct str text);
/* What earlier runs left of a history has come. */
void prompt_got_history(struct app *a, const struct answer *answer);
/* Lines of a kind's history, the newest first; for `show`. Borrowed; NULL: there are no so many. */
const char *prompt_recent(const struct app *a, enum prompt_id id, int back);
/* Puts the open prompt into a frame. */
void prompt_view(struct app *a, struct view_prompt *out);

/* ---- prompt_follow.c ---- */
unsigned follow_chosen(const struct app *a);              /* the link whose number is typed; 0: none */

#endif
