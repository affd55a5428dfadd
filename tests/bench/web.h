/* web - the corpus behind an HTTP server on 127.0.0.1, in a process of its own.
 *
 * GET /N gives feed N: ETag, Last-Modified, 304, gzip (packed beforehand), keep-alive, a delay. It
 * is there to be fast, not complete.
 */
#ifndef BENCH_WEB_H
#define BENCH_WEB_H

#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

#include "corpus.h"

/* Shared with the server's process: the first two may be set at any time. */
struct web_state {
	atomic_int revision, delay_ms;
	atomic_long requests, unchanged;
	atomic_llong body_bytes; /* as sent */
};
struct web {
	struct web_state *state;
	pid_t pid;
	int port, feeds;
	bool packed;
};

/* Writes every document into `folder`, and packed beside it when gzip is there. */
bool corpus_write(const struct corpus *c, const char *folder, bool *packed);
/* "FOLDER/N-R.xml": where it is. */
void corpus_path(char *path, size_t size, const char *folder, int feed, int revision);

bool web_start(const struct corpus *c, const char *folder, bool packed, struct web *out);
void web_stop(struct web *w);
/* The ETag of a feed in a revision. */
void web_etag(char *etag, size_t size, int feed, int revision);

#endif
