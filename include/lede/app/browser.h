/* browser - an address given to the person's browser: by argv, never a shell.
 *
 * Must not know: whose address it is, the screen.
 */
#ifndef LEDE_APP_BROWSER_H
#define LEDE_APP_BROWSER_H

#include "lede/base/error.h"
#include "lede/base/str.h"

/* `set`: the option browser, "" when unset; `env`: $BROWSER, the first of a colon list counts, may
 * be NULL; else the system's own. Only addresses of the web are opened. The program is started
 * with nothing to read and nobody to write to, in a process group of its own, and not waited for.
 * ERR_USAGE, ERR_NONESUCH (it is not installed), ERR_IO. */
enum err browser_open(const char *set, const char *env, struct str url, struct error *e);

#endif
