/* paths - where lede's files are: XDG folders, overridden by --config --feeds --db.
 *
 * Must not know: what is in them.
 */
#ifndef LEDE_APP_PATHS_H
#define LEDE_APP_PATHS_H

#include "lede/base/error.h"

struct paths { char *config, *feeds, *db, *themes; };     /* owned; themes: the user's folder */
/* `getenv_fn` as getenv: HOME, XDG_CONFIG_HOME, XDG_DATA_HOME. A relative XDG value is ignored (the
 * specification says so). ERR_USAGE without HOME. */
enum err paths_find(char *(*getenv_fn)(const char *), const char *config, const char *feeds,
		    const char *db, struct paths *out, struct error *e);
void paths_free(struct paths *p);

#endif
