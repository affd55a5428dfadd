#include "server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lede/base/mem.h"

#define HEAD_MAX 16384

struct talk {
	struct talk *next;
	struct server *server;
	pthread_t thread;
	int fd;
	bool closes;
	char head[HEAD_MAX], path[1024];
	size_t n;                     /* bytes in head, which may go beyond the first request */
};

struct server {
	const struct server_route *routes;
	int listener, port, stop[2];  /* stop[0] is readable once the server stops */
	pthread_t thread;
	pthread_mutex_t lock;         /* of what follows */
	char **requests;
	size_t nrequests, cap, nconnections;
	struct talk *talks;
};

/* ---- waiting ---- */

/* Waits until `fd` is ready for `events`; false when the server stops or time is over. */
static bool wait_for(struct server *s, int fd, short events, int ms)
{
	struct pollfd set[2] = { { .fd = s->stop[0], .events = POLLIN },
		{ .fd = fd, .events = events } };

	while (poll(set, 2, ms) < 0 && errno == EINTR)
		;
	return !set[0].revents && set[1].revents;
}

bool talk_is_over(struct talk *t)
{
	return !talk_sleep(t, 0);
}

bool talk_sleep(struct talk *t, int ms)
{
	struct pollfd set[2] = { { .fd = t->server->stop[0], .events = POLLIN },
		{ .fd = t->fd, .events = POLLRDHUP } };

	while (poll(set, 2, ms) < 0 && errno == EINTR)
		;
	return !t->closes && !set[0].revents && !set[1].revents;
}

/* ---- talking ---- */

const char *talk_path(const struct talk *t)
{
	return t->path;
}

int talk_port(const struct talk *t)
{
	return t->server->port;
}

void talk_close(struct talk *t)
{
	t->closes = true;
}

void talk_send_bytes(struct talk *t, struct str bytes)
{
	while (bytes.n > 0 && !t->closes) {
		ssize_t n = send(t->fd, bytes.p, bytes.n, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n > 0)
			bytes = str_sub(bytes, (size_t)n, bytes.n);
		else if (errno != EAGAIN || !wait_for(t->server, t->fd, POLLOUT, -1))
			t->closes = true;
	}
}

void talk_send(struct talk *t, const char *text)
{
	talk_send_bytes(t, str_of(text));
}

void talk_sendf(struct talk *t, const char *fmt, ...)
{
	struct buf out = buf_limited(1 << 20);
	va_list args;

	va_start(args, fmt);
	buf_addv(&out, fmt, args);
	va_end(args);
	talk_send_bytes(t, buf_view(&out));
	buf_free(&out);
}

void talk_ok(struct talk *t, const char *headers, const char *body)
{
	talk_sendf(t, "HTTP/1.1 200 OK\r\n%sContent-Length: %zu\r\n\r\n%s", headers, strlen(body),
		   body);
}

/* ---- requests ---- */

static void record(struct server *s, const char *head, size_t n)
{
	char *copy = mem_new(n + 1);

	memcpy(copy, head, n);
	pthread_mutex_lock(&s->lock);
	s->requests = mem_grow(s->requests, &s->cap, s->nrequests + 1, sizeof *s->requests);
	s->requests[s->nrequests++] = copy;
	pthread_mutex_unlock(&s->lock);
}

/* Reads up to the empty line; its length, or 0 when no more requests come. */
static size_t read_head(struct talk *t)
{
	for (;;) {
		char *end = t->n > 0 ? memmem(t->head, t->n, "\r\n\r\n", 4) : NULL;
		ssize_t n;

		if (end)
			return (size_t)(end - t->head) + 4;
		if (t->n == sizeof t->head || !wait_for(t->server, t->fd, POLLIN, -1))
			return 0;
		n = recv(t->fd, t->head + t->n, sizeof t->head - t->n, 0);
		if (n <= 0)
			return 0;
		t->n += (size_t)n;
	}
}

static void answer(struct talk *t)
{
	for (const struct server_route *r = t->server->routes; r->path; r++) {
		size_t n = strlen(r->path);
		bool beginning = r->path[n - 1] == '*';

		if (beginning ? strncmp(t->path, r->path, n - 1) == 0 :
		    strcmp(t->path, r->path) == 0) {
			r->answer(t);
			return;
		}
	}
	talk_send(t, "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno\n");
}

static void *talk_main(void *self)
{
	struct talk *t = self;
	size_t n;

	while (!t->closes && (n = read_head(t)) > 0) {
		record(t->server, t->head, n);
		if (sscanf(t->head, "%*s %1023s", t->path) != 1)
			break;
		answer(t);
		memmove(t->head, t->head + n, t->n - n);
		t->n -= n;
	}
	shutdown(t->fd, SHUT_RDWR);
	return NULL;
}

static void accept_one(struct server *s)
{
	struct talk *t = mem_new(sizeof *t);

	t->server = s;
	t->fd = accept(s->listener, NULL, NULL);
	if (t->fd < 0) {
		free(t);
		return;
	}
	pthread_mutex_lock(&s->lock);
	t->next = s->talks;
	s->talks = t;
	s->nconnections++;
	pthread_mutex_unlock(&s->lock);
	if (pthread_create(&t->thread, NULL, talk_main, t) != 0)
		abort();
}

static void *server_main(void *self)
{
	struct server *s = self;

	while (wait_for(s, s->listener, POLLIN, -1))
		accept_one(s);
	return NULL;
}

/* ---- the server ---- */

struct server *server_start(const struct server_route *routes)
{
	struct server *s = mem_new(sizeof *s);
	struct sockaddr_in at = { .sin_family = AF_INET,
		                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof at;

	s->routes = routes;
	pthread_mutex_init(&s->lock, NULL);
	s->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s->listener < 0 || bind(s->listener, (struct sockaddr *)&at, size) != 0 ||
	    listen(s->listener, 512) != 0 || pipe(s->stop) != 0 ||
	    getsockname(s->listener, (struct sockaddr *)&at, &size) != 0)
		abort();
	s->port = ntohs(at.sin_port);
	if (pthread_create(&s->thread, NULL, server_main, s) != 0)
		abort();
	return s;
}

static void end_talks(struct server *s)
{
	struct talk *t;

	while ((t = s->talks)) {
		s->talks = t->next;
		pthread_join(t->thread, NULL);
		close(t->fd);
		free(t);
	}
}

void server_stop(struct server *s)
{
	if (write(s->stop[1], "", 1) != 1)
		abort();
	pthread_join(s->thread, NULL);
	end_talks(s);
	for (size_t i = 0; i < s->nrequests; i++)
		free(s->requests[i]);
	free(s->requests);
	close(s->listener);
	close(s->stop[0]);
	close(s->stop[1]);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

int server_port(const struct server *s)
{
	return s->port;
}

size_t server_count(struct server *s)
{
	size_t n;

	pthread_mutex_lock(&s->lock);
	n = s->nrequests;
	pthread_mutex_unlock(&s->lock);
	return n;
}

size_t server_connections(struct server *s)
{
	size_t n;

	pthread_mutex_lock(&s->lock);
	n = s->nconnections;
	pthread_mutex_unlock(&s->lock);
	return n;
}

char *server_request(struct server *s, size_t i)
{
	char *copy = NULL;

	pthread_mutex_lock(&s->lock);
	if (i < s->nrequests)
		copy = mem_strdup(s->requests[i]);
	pthread_mutex_unlock(&s->lock);
	return copy;
}
