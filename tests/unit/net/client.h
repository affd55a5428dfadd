/* client - a fetcher, a server and sinks that remember everything, for the tests of fetch. */
#ifndef TESTS_UNIT_NET_CLIENT_H
#define TESTS_UNIT_NET_CLIENT_H

#include "lede/net/fetch.h"
#include "server.h"

#define NOW                                                                                        \
	INT64_C(1744632000) /* Mon, 14 Apr 2025 12:00:00 GMT: the clock of these tests stands      \
	                       still */

/* What became of one request; readable once client_wait has returned it. */
struct got {
	int begins, datas, ends;
	int status;                   /* as begin was told */
	char *type, *etag, *last_modified, *begin_address;
	int64_t declared;
	struct buf body;
	struct fetch_result result;   /* its texts are those that follow */
	char *address, *moved, *wall;
	uint64_t id;
	/* Set before the start: */
	bool stops_at_begin;
	size_t stops_after;           /* bytes; 0: never */
	int sleeps_ms;                /* in every data call */
};

struct client {
	struct fetcher *fetcher;
	struct server *server;
	struct got *got[1100];
	int n;
};
struct client *client_new(const struct server_route *routes);
void client_free(
        struct client *c); /* closes the fetcher, stops the server, forgets everything got */

/* A request for a path of the server, with what every test wants; caller keeps `path`. */
struct fetch_request client_ask(struct client *c, const char *path);
struct got *client_got(struct client *c);     /* to be given to client_start, with its knobs */
void client_start(struct client *c, const struct fetch_request *r, struct got *g);
/* Waits for the end, at most 10 s. */
struct got *client_wait(struct client *c, struct got *g);
/* Waits until `datas` pieces came (or begin, for 0). */
void client_wait_for_data(struct got *g, int datas);
struct got *client_fetch(struct client *c, const struct fetch_request *r);
struct got *client_get(struct client *c, const char *path);
/* The line of a header in the head of a recorded request ("Accept: ..."), or NULL; caller frees. */
char *client_sent(struct client *c, size_t request, const char *name);
int64_t client_ticks(void);

/* ---- compressed bodies ---- */
/* gzip of `n` letters 'a', about n / 160 bytes. Caller frees. */
struct buf gzip_of_letters(size_t n);

#endif
