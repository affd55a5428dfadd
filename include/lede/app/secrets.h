/* secrets - names and passwords of feeds, fetched once at the start.
 *
 * A password stands in no configuration: `password-command` prints it (an argv, no shell, ten
 * seconds at most), or `password-file` holds it, a file that nobody else may read. What the first
 * line holds is the password; without the option `user` it is name:password.
 * Must not know: who asks, HTTP.
 */
#ifndef LEDE_APP_SECRETS_H
#define LEDE_APP_SECRETS_H

#include "lede/app/config.h"
#include "lede/app/subscriptions.h"

struct secrets;
/* Reads and runs what is set for any of the feeds; `bad` (may be NULL) is told what failed. */
struct secrets *secrets_load(const struct config *c, const struct subscriptions *subs,
			     void (*bad)(void *self, const char *sentence), void *self);
void secrets_free(struct secrets *s);                      /* NULL is fine; wipes them */
/* False when none is set for that feed, or it could not be had. `s` may be NULL. Borrowed. */
bool secrets_find(const struct secrets *s, struct str url, struct str *user,
		  struct str *password);

#endif
