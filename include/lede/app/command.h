/* command - everything a key can do, one table.
 *
 * The dispatcher, the help screen, lede(1), the completions and (later) the `:` prompt read these
 * rows; a test walks them for missing sentences, unknown key names and keys bound twice in one
 * context. Must not know: how a command is done (it points to functions in update_*.c), terminals.
 */
#ifndef LEDE_APP_COMMAND_H
#define LEDE_APP_COMMAND_H

#include <stddef.h>
#include <stdint.h>

#include "lede/base/str.h"

struct app;

/* Contexts of SCREENS.md section 8. */
enum {
	ON_LIST = 1,              /* Top, Latest, Starred, Filler */
	ON_ENTRIES = 2,           /* a feed's entries */
	ON_FEEDS = 4, ON_ARTICLE = 8, ON_PANEL = 16,
	ON_LISTS = ON_LIST | ON_ENTRIES,
	ON_ALL = ON_LIST | ON_ENTRIES | ON_FEEDS | ON_ARTICLE | ON_PANEL
};
enum count_kind {
	COUNT_NONE,
	COUNT_TIMES,
	COUNT_TO
}; /* the count is dropped; repeats; goes to that number */
enum command_group { GROUP_MOVE, GROUP_READ, GROUP_CHANGE, GROUP_SCREEN };

struct call { uint32_t key; int count; };             /* count 0: none was typed */
struct command {
	const char *name;         /* "half-down" */
	const char *keys;         /* default keys, names parted by blanks */
	unsigned where;
	enum count_kind count;
	enum command_group group;
	void (*run)(struct app *app, const struct call *call);
	const char *help; /* a few words for the help screen: "one story down" (<= 45 cells) */
	const char *about;        /* one or two sentences for the manual page */
};
extern const struct command command_table[];
extern const size_t command_count;
const struct command *command_named(struct str name);
const char *command_group_name(enum command_group g);        /* "MOVE" */

#endif
