/* engine - the threads behind the screen: reader, writer, network; and the refresh that ties them
 * together.
 *
 * Feeds take this way: fetcher (network thread) -> ingest's sink parses as bytes arrive -> batches
 * of entries to the writer thread -> store; when the last feed has ended the writer folds what is
 * new and tells. Nobody but the writer writes. Used by the reader and by `lede refresh` alike. Must
 * not know: the screen.
 */
#ifndef LEDE_APP_ENGINE_H
#define LEDE_APP_ENGINE_H

#include "lede/app/config.h"
#include "lede/app/subscriptions.h"
#include "lede/app/work.h"
#include "lede/base/clock.h"
#include "lede/net/fetch.h"

struct engine;
struct secrets;
struct engine_setup {
	const char *store_path;           /* as for store_open */
	const char *feeds_path, *config_path;     /* what acts edit; borrowed, NULL: nothing is */
	struct clock clock;
	const struct config *config;      /* borrowed, read-only while the engine runs */
	const struct subscriptions *subs; /* whose tags count until a refresh brings newer ones;
	                                     read by engine_open only, may be NULL */
	const struct secrets *secrets;    /* borrowed; may be NULL: feeds have no passwords */
	struct fetcher *fetcher;          /* borrowed; may be NULL: no refresh possible (sample) */
	bool reader;                      /* start the reader thread too */
};
/* Opens the store for writing first (so its errors come back here), then starts the threads. */
enum err engine_open(const struct engine_setup *setup, struct engine **out, struct error *e);
/* Stops a refresh, lets the writer finish what it was told (marks always, batches of finished
 * feeds), joins every thread. Under 300 ms. */
void engine_close(struct engine *g);
struct mailbox *engine_mailbox(struct engine *g);          /* answers and notices */
void engine_ask(struct engine *g, struct ask *a);
void engine_tell(struct engine *g, struct job *j);
/* Starts a refresh of all feeds subscribed to (`only` NULL) or of some addresses. Explicit:
 * refusals (Retry-After, 401, 410) are obeyed unless REFRESH_FORCED; REFRESH_DUE leaves alone what
 * is not due, without a word. A running refresh: false, nothing happens. */
bool engine_refresh(struct engine *g, const struct subscriptions *subs, const struct str *only,
                    size_t n, enum refresh_mode mode);
/* The same by the ids of feeds' rows (n 0: all of them): what the screen knows. */
bool engine_refresh_feeds(struct engine *g, const struct subscriptions *subs, const int64_t *feeds,
                          size_t n, enum refresh_mode mode);
void engine_stop_refresh(struct engine *g);

#endif
