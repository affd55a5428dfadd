/* fetch - bytes over HTTP, many at once, politely and bounded.
 *
 * One network thread with one curl multi handle. A request is given away together with a sink; the sink's functions are
 * called on the network thread as bytes arrive, so that parsing keeps pace. Asynchronous: start, cancel, a result.
 * Facts and numbers: FETCHING.md (headers sent, answers, bounds, spacing, private addresses).
 * Must not know: feeds, the store, what is due.
 */
#ifndef LEDE_NET_FETCH_H
#define LEDE_NET_FETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/clock.h"
#include "lede/base/error.h"
#include "lede/base/str.h"

/* What the server said, known when its final header block is complete. Borrowed for the call. */
struct fetch_answer {
	int status;                       /* 200, 304, ...; of the last hop */
	struct str content_type, etag, last_modified;      /* bytes as received; empty when missing */
	struct str address;               /* final address after redirects */
	int64_t declared_length;          /* -1 unknown; may lie */
};

enum fetch_outcome {
	FETCH_DONE,                       /* an answer came, whatever its status */
	FETCH_FAILED,                     /* no answer: host, connection, TLS, timeout, cut off */
	FETCH_LIMIT,                      /* a bound of ours ended it */
	FETCH_STOPPED,                    /* the sink wanted no more */
	FETCH_CANCELLED
};
struct fetch_result {
	enum fetch_outcome outcome;
	int status;                       /* 0 when no answer came */
	struct error error;               /* a sentence when outcome is FAILED or LIMIT or status >= 400: "no such host: a.example" */
	bool no_network;                  /* the machine reached nothing: host or route missing, not this server's fault */
	struct str address;               /* final address; borrowed */
	struct str moved;                 /* where a chain of only permanent redirects (301, 308) from the start leads; else empty */
	int64_t retry_after;              /* seconds from now, 60..604800; 0: none (seconds or HTTP date, RFC 9110 10.2.3) */
	int64_t max_age;                  /* Cache-Control max-age less Age, or Expires; -1: none; no-cache, no-store: 0 */
	uint64_t received;                /* body bytes as sent */
	uint64_t decoded;                 /* body bytes after decoding */
	struct str wall;                  /* name of a recognised bot check or login page, else empty; static */
};

/* All three are called on the network thread, in this order, `end` exactly once for every request started. */
struct fetch_sink {
	bool (*begin)(void *self, const struct fetch_answer *a);    /* false: no more of this (outcome STOPPED) */
	bool (*data)(void *self, struct str bytes);                 /* decoded body; false: STOPPED */
	void (*end)(void *self, const struct fetch_result *r);
	void *self;
};

struct fetch_request {
	struct str url;                   /* http or https */
	struct str etag, last_modified;   /* sent byte for byte when not empty */
	struct str user_agent, proxy;     /* empty: default, environment */
	struct str accept;                /* empty: the feeds' Accept of FETCHING.md section 2 */
	size_t body_limit;                /* 0: 32 MiB; after decoding */
	int timeout;                      /* seconds for the whole transfer; 0: 60 */
	bool verify_tls;                  /* false only by a person's setting for this feed */
	bool may_be_private;              /* the user typed this address: private targets allowed from the start */
	struct fetch_sink sink;
};

/* The world's edge: production hands over fetch_open's, tests their own. */
struct fetcher {
	/* Copies the request; `*id` names it. Any thread. */
	void (*start)(struct fetcher *f, const struct fetch_request *r, uint64_t *id);
	void (*cancel)(struct fetcher *f, uint64_t id);     /* its sink's end is still called, soon */
	void (*cancel_all)(struct fetcher *f);
	void (*close)(struct fetcher *f);                   /* cancels, joins the thread, frees; under 100 ms */
};

struct fetch_options {
	const char *version;              /* for the User-Agent: "lede/VERSION (+home page)" */
	int connections;                  /* over all hosts; 0: 256, bounded by RLIMIT_NOFILE */
	int per_host;                     /* 0: 2 */
	int spacing_ms;                   /* between starts to one host; 0: 500; loopback and private literal addresses exempt */
	struct str ca_file;               /* added to the system's store; empty: none */
	struct clock clock;
};
enum err fetch_open(const struct fetch_options *o, struct fetcher **out, struct error *e);

#endif
