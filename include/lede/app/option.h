/* option - every setting, one table: name, type, default, sentence.
 *
 * The config parser, lede(5), `:set` and the completions (later) read these rows. Settings can
 * stand globally ([lede]), for a tag ([tag NAME]) and for a feed ([feed URL]); what is set for
 * fewer wins.
 * Must not know: files.
 */
#ifndef LEDE_APP_OPTION_H
#define LEDE_APP_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lede/base/error.h"
#include "lede/base/str.h"

enum option_type { OPTION_BOOL, OPTION_NUMBER, OPTION_CHOICE, OPTION_TEXT, OPTION_ARGV,
	OPTION_SPAN /* auto, never, or a time: 90 or 90m, 2h, 1d */,
	OPTION_KEEP /* days, a number, both, or all: 365d 2000 */ };
enum { SCOPE_GLOBAL = 1, SCOPE_TAG = 2, SCOPE_FEED = 4, SCOPE_ANY = 7 };

/* Rows are named OPT_*; the enum and the table have one order. Only options that something obeys
 * stand here; later issues add theirs. */
enum option_id {
	OPT_LAYOUT, OPT_ROWS, OPT_SPLIT, OPT_SPLIT_ROWS, OPT_TEXT_WIDTH, OPT_SCROLL_OFFSET,
	OPT_THEME, OPT_BACKGROUND, OPT_GLYPHS, OPT_AMBIGUOUS_WIDTH, OPT_READ_AFTER, OPT_SHOW, OPT_GLOSSES,
	OPT_CONVERT, OPT_KEYS,
	OPT_SCROLL, OPT_CURSOR, OPT_LOW_BANDWIDTH, OPT_MOUSE, OPT_WINDOW_TITLE, OPT_CLIPBOARD,
	OPT_HYPERLINKS, OPT_SYNCHRONIZED_OUTPUT, OPT_BRACKETED_PASTE, OPT_ASK_TERMINAL,
	OPT_TIMEOUT, OPT_USER_AGENT, OPT_PROXY, OPT_BROWSER, OPT_WEIGHT, OPT_ENCODING,
	OPT_INTERVAL, OPT_AUTO_REFRESH,
	OPT_USER, OPT_PASSWORD_COMMAND, OPT_PASSWORD_FILE, OPT_TLS_VERIFY,
	OPT_KEEP,
	OPTION_COUNT
};
struct option {
	const char *name;         /* "text-width" */
	enum option_type type;
	const char *def;          /* as it would be written */
	const char *choices;      /* OPTION_CHOICE: parted by blanks */
	int64_t min, max;         /* OPTION_NUMBER */
	unsigned scope;
	const char *help;         /* one sentence, for lede(5) */
};
extern const struct option option_table[OPTION_COUNT];
int option_named(struct str name);                     /* an option_id, or -1 */
/* The name most like it (edit distance <= 3), or what other programs call the same; or NULL. */
const char *option_nearest(struct str name);
/* An OPTION_SPAN in seconds: SPAN_AUTO, SPAN_NEVER, or 60 and more. False: it is none. */
#define SPAN_AUTO 0
#define SPAN_NEVER (-1)
bool option_span(struct str value, int64_t *seconds);
/* A few words on what a value of an OPTION_CHOICE does; empty for what the word says itself. */
const char *option_choice_help(enum option_id id, struct str value);
/* What an option is for: its sentence up to the first full stop, colon or semicolon. */
struct str option_in_short(enum option_id id);
/* Checks a value; ERR_USAGE names what is allowed. */
enum err option_check(enum option_id id, struct str value, struct error *e);

#endif
