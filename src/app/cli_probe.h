/* cli_probe - what is at an address: a feed, a page that announces feeds, something else, nobody,
 * or that nobody could ever be asked there.
 *
 * All addresses are asked at once; nothing is stored. A page that announces nothing costs up to
 * five requests more: where feeds usually are on its host.
 * Must not know: what is made of the answer.
 */
#ifndef LEDE_APP_CLI_PROBE_H
#define LEDE_APP_CLI_PROBE_H

#include "lede/app/config.h"
#include "lede/app/work.h"
#include "lede/feed/announced.h"
#include "lede/net/fetch.h"

struct probe {
	struct str url;                   /* set by the caller */
	enum probe_result result;
	struct str title;                 /* FEED: its own, when it came; in the arena */
	struct error why;                 /* OTHER, SILENT, NEVER: a sentence */
	struct announced *found;
	size_t nfound; /* PAGE: at least one; lives in the arena handed in */
};
/* Asks until every answer is there; the fetcher's timeouts bound that. `fetcher` may be NULL when
 * there are only files. */
void probe_all(struct probe *p, size_t n, struct fetcher *fetcher, const struct config *config,
	       struct arena *a);
/* One address, by somebody who may lose interest: `given_up` is asked ten times a second, `place` told of each request (the first is 1).
 * After it was given up the result means nothing. At most PROBE_PLACES requests. */
enum { PROBE_PLACES = 5 };
struct probe_watch { bool (*given_up)(void *self); void (*place)(void *self, int n); void *self; };
void probe_watched(struct probe *p, struct fetcher *fetcher, const struct config *config,
		   const struct probe_watch *watch, struct arena *a);
bool probe_needs_network(const struct probe *p);

#endif
