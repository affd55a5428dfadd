/* colon - what can be said at `:` beside the names of commands, one table.
 *
 * The prompt, its completion and lede(1) read these rows. A row is added here and done in a file of its own. Must not know: how a prompt
 * is typed into.
 */
#ifndef LEDE_APP_COLON_H
#define LEDE_APP_COLON_H

#include <stddef.h>

#include "lede/base/str.h"

struct app;
struct prompt_choices;

struct colon {
	const char *name;         /* "set" */
	const char *takes;        /* what follows it, for people: "OPTION=VALUE"; NULL: nothing */
	const char *help;         /* a few words, for candidates */
	const char *about;        /* one or two sentences for the manual page */
	void (*say)(struct app *app, struct str rest);         /* rest is trimmed */
	/* Offers how `rest`, which stands before the place, can go on; out->from is where it begins already. May be NULL. */
	void (*candidates)(struct app *app, struct str rest, struct prompt_choices *out);
};
extern const struct colon colon_table[];
extern const size_t colon_count;
const struct colon *colon_named(struct str name);

/* Does what a line says: a rank, a command with or without a count, or one of the words. What is wrong is said on the screen. */
void colon_say(struct app *app, struct str line);

#endif
