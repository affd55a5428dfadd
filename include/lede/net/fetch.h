/* fetch - bytes over HTTP, many at once, politely and bounded.
 *
 * One network thread with one curl multi handle. A request is given away together with a sink; the
 * sink's functions are called on the network thread as bytes arrive, so that parsing keeps pace.
 * Asynchronous: start, cancel, a result. Facts and numbers: FETCHING.md (headers sent, answers,
 * bounds, spacing, private addresses). Must not know: feeds, the store, what is due.
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
	struct str content_type, etag, last_modified; /* bytes as received; empty when missing */
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
	/* A sentence when the outcome is FAILED, LIMIT or CANCELLED, when the status is none of
	 * 200, 203 and 304, and for a wall: "no such host: a.example", "404 Not Found". In
	 * display form; no address in it beyond a host. */
	struct error error;
	/* Not this server's fault: the machine has no route to the outside, or at least three
	 * hosts running were not found or had no route while none was reached. The first of a
	 * batch may still say false: a refresh in which no host answered and one result says
	 * true had no network. */
	bool no_network;
	struct str address;               /* final address; borrowed */
	/* Where the permanent redirects (301, 308) from the start lead, up to the first that is
	 * not; empty when there is none or what came in the end is no good answer (200, 203,
	 * 304). */
	struct str moved;
	int64_t retry_after; /* seconds from now, 60..604800; 0: none (seconds or HTTP date, RFC
	                        9110 10.2.3) */
	int64_t max_age; /* Cache-Control max-age less Age, or Expires; -1: none; no-cache,
	                    no-store: 0 */
	uint64_t received;                /* body bytes as sent */
	uint64_t decoded;                 /* body bytes after decoding */
	bool downgraded;                  /* a redirect led from https to http */
	struct str wall; /* name of a recognised bot check or login page, else empty; static */
};

/* All three are called on the network thread, in this order, `end` exactly once for every
 * request started. They may start and cancel requests, but not close the fetcher; while they
 * work nothing else is fetched. */
struct fetch_sink {
	/* Once for an answer of whatever status, not for redirects that are followed. False: no
	 * more of this (outcome STOPPED). */
	bool (*begin)(void *self, const struct fetch_answer *a);
	/* Decoded body of a 200 or 203, in pieces of at most 64 KiB, together at most
	 * body_limit; false: STOPPED. The bodies of other statuses are not handed on. */
	bool (*data)(void *self, struct str bytes);
	void (*end)(void *self, const struct fetch_result *r);
	void *self;
};

struct fetch_request {
	struct str url;                   /* http or https */
	struct str etag, last_modified;   /* sent byte for byte when not empty */
	struct str user_agent, proxy;     /* empty: default, environment */
	/* Name and password for the address's own host, basic; never for where a redirect leads. */
	struct str user, password;
	struct str accept;                /* empty: the feeds' Accept of FETCHING.md section 2 */
	size_t body_limit;                /* 0: 32 MiB; after decoding */
	int spacing_ms;                   /* what its host was found to need; 0: the usual */
	int timeout;                      /* seconds for the whole transfer; 0: 60 */
	bool verify_tls;                  /* false only by a person's setting for this feed */
	bool may_be_private; /* the user typed this address: private targets allowed from the start
	                      */
	struct fetch_sink sink;
};

/* The world's edge: production hands over fetch_open's, tests their own. */
struct fetcher {
	/* Copies the request; `*id` names it. Any thread. */
	void (*start)(struct fetcher *f, const struct fetch_request *r, uint64_t *id);
	void (*cancel)(struct fetcher *f, uint64_t id); /* its sink's end is still called, soon */
	void (*cancel_all)(struct fetcher *f);
	void (*close)(struct fetcher *f); /* cancels, joins the thread, frees; under 100 ms */
};

struct fetch_options {
	const char *version, *home_page; /* for the User-Agent: "lede/VERSION (+home page)";
	                                    home_page may be NULL */
	int connections;                  /* over all hosts; 0: 256, bounded by RLIMIT_NOFILE */
	int per_host;                     /* 0: 2 */
	int spacing_ms; /* between starts to one host; 0: 500; loopback and private literal
	                   addresses exempt */
	int near_host; /* at once to such an exempt address to begin with; it grows; 0: 8 */
	struct str ca_file;               /* added to the system's store; empty: none */
	struct clock clock;
};
enum err fetch_open(const struct fetch_options *o, struct fetcher **out, struct error *e);

#endif
