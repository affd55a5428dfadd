/* visit - what an answer means: the feed's health, when it is asked next, the sentence a person
 * reads (FETCHING.md section 3).
 *
 * A function of the feed's row, the answer and the time; the little chance in a back-off comes out
 * of those too.
 * Must not know: threads, how the store writes it.
 */
#ifndef SRC_APP_VISIT_H
#define SRC_APP_VISIT_H

#include "feed_task.h"

struct verdict {
	/* strings are borrowed from the task and from here: a verdict is not copied */
	struct feed_visit visit;
	const char *result;           /* new, unchanged, failed, skipped */
	/* the refusal is the host's: no other feed of it is asked until visit.next */
	bool host_waits;
	char cause[200];              /* for the feed's health: "503 Service Unavailable" */
	/* for the status line: "Harbour Times: 503 Service Unavailable; next try 11:45" */
	struct error sentence;
};
void visit_judge(const struct feed_task *t, int64_t now, struct verdict *out);

/* Whether it is fetched by itself now: neither gone nor paused, its time has come, and it is not set
 * to be fetched never. */
bool visit_is_due(const struct feed_row *row, int64_t interval, int64_t now);

/* Whether a feed may not be asked although a person asks: a server's request to wait that still
 * runs, a password that is wanted, gone, paused. lede's own back-off is none: it is for requests
 * that nobody asked for. `why` is the sentence. */
bool visit_is_refused(const struct feed_row *row, struct str name, int64_t now, struct error *why);

/* The sentence of a feed whose host asked to be left alone until then; true. */
bool visit_host_refuses(int64_t until, struct str name, int64_t now, struct error *why);

/* Half the mean gap between the feed's last ten entries, 15 min to 12 h. */
int64_t visit_interval(const struct feed_row *row, int64_t now);
/* Seconds until the next try after `failures` (>= 1) in a row. */
int64_t visit_back_off(int64_t id, int64_t interval, int failures, int64_t now);

#endif
