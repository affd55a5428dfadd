/* themes - the themes there are: those shipped and the files of a person's folder, of which one of the same name wins.
 *
 * Must not know: which one is worn, the terminal.
 */
#ifndef SRC_THEMES_H
#define SRC_THEMES_H

#include "lede/app/app.h"
#include "lede/tui/theme.h"

struct themes;

/* Looks once through the folder (which may not exist). */
struct themes *themes_new(const char *folder);
void themes_free(struct themes *t);
/* "auto", the shipped ones, then the person's own by name; borrowed. */
const struct theme_name *themes_names(const struct themes *t, int *n);
/* The name as themes_names has it, NULL when there is none. */
const char *themes_name(const struct themes *t, const char *name);
/* Reads a theme, not "auto". */
enum err themes_read(const struct themes *t, const char *name, struct theme *out, struct error *e);

#endif
