/* cause - why there is no feed, in words.
 *
 * One sentence each for what libcurl reports, for HTTP statuses and for lede's own bounds. They
 * never hold more of an address than its host, and nothing of a server's words that did not pass
 * text/display. Must not know: transfers in progress.
 */
#ifndef LEDE_NET_CAUSE_H
#define LEDE_NET_CAUSE_H

#include "lede/base/error.h"
#include "lede/net/reply.h"

/* What the sentence of a failed transfer is made of. */
struct cause_facts {
	int code;                             /* a CURLcode */
	const char *detail;                   /* libcurl's message, "" when it has none */
	struct str url, proxy;                /* where it failed; proxy empty: the environment's */
	int seconds;                          /* that were waited */
	int os_error;                         /* errno of the connection, 0: none */
	bool answered;                        /* a status line came */
	bool redirected;
	uint64_t received;
};
enum err cause_failure(struct error *e, const struct cause_facts *f);
/* The failure can come from this machine's own connection: no name found, no route. */
bool cause_is_unreachable(const struct cause_facts *f);
/* The failure is one that HTTP/1.1 would not have. */
bool cause_is_http2(int code);

/* The bounds of FETCHING section 4 that end a transfer. */
enum cause_limit { CAUSE_BODY, CAUSE_HEADERS, CAUSE_ADDRESS, CAUSE_REDIRECTS, CAUSE_REDIRECT_SCHEME,
	CAUSE_PRIVATE };
/* `n`: bytes or redirects allowed; `what`: the scheme or address concerned. */
enum err cause_bound(struct error *e, enum cause_limit limit, uint64_t n, struct str what);

/* Of an answer; ERR_NONE for one that brings what was asked for: 200, 203, 304. */
enum err cause_status(struct error *e, const struct reply *a);
enum err cause_wall(struct error *e, const char *wall);

#endif
