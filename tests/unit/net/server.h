/* server - an HTTP server on 127.0.0.1 that misbehaves as a test wants.
 *
 * Each connection has a thread; each request is given to the handler of its path, which writes
 * whatever bytes it likes.
 */
#ifndef TESTS_UNIT_NET_SERVER_H
#define TESTS_UNIT_NET_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "lede/base/str.h"

struct talk;                          /* one connection, while a handler answers on it */
struct server_route {
	const char *path;             /* exactly, or a beginning when it ends in a star */
	void (*answer)(struct talk *t);
};

struct server;
/* `routes` ends with a row without path; other paths get 404. */
struct server *server_start(const struct server_route *routes);
void server_stop(struct server *s);   /* joins every thread */
int server_port(const struct server *s);
/* How many requests came, and the head of one ("GET / ...", up to the empty line); caller frees. */
size_t server_count(struct server *s);
char *server_request(struct server *s, size_t i);
size_t server_connections(struct server *s);

/* For handlers. All do nothing once the peer is gone. */
const char *talk_path(const struct talk *t);
void talk_send(struct talk *t, const char *text);
void talk_send_bytes(struct talk *t, struct str bytes);
void talk_sendf(struct talk *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void talk_ok(struct talk *t, const char *headers,
             const char *body); /* a proper 200; `headers` each with CRLF */
bool talk_sleep(struct talk *t, int ms);      /* false: the server stops or the peer left */
bool talk_is_over(struct talk *t);            /* the same, asked without waiting */
void talk_close(struct talk *t);              /* no further request on this connection */
int talk_port(const struct talk *t);

#endif
