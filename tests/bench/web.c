#include "web.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lede/base/mem.h"
#include "measure.h"

#define CONNECTIONS 512
#define LAST_MODIFIED "Thu, 01 Jan 2026 00:00:0%d GMT"

struct bytes {
	const char *p;
	size_t n;
};
struct page {
	struct bytes plain, packed;
};

/* One connection: a request comes in, then it is answered, then the next. */
struct conn {
	int fd;
	char in[4096];
	size_t nin;
	char head[512];
	struct iovec left[2]; /* of the answer, not yet sent */
	bool answering;
	double due; /* wall_now(): not before */
};

struct server {
	struct web *web;
	struct page *page; /* [feed * 2 + revision - 1] */
	struct conn *conn[CONNECTIONS];
	struct pollfd poll[CONNECTIONS + 1];
	int n;
};

void web_etag(char *etag, size_t size, int feed, int revision)
{
	snprintf(etag, size, "\"%d-%d\"", feed, revision == 2 && corpus_changes(feed) ? 2 : 1);
}

/* ---- what is served ---- */

static struct bytes map_file(const char *path)
{
	struct bytes b = { NULL, 0 };
	int fd = open(path, O_RDONLY);
	struct stat st;

	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0) {
		void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);

		if (p != MAP_FAILED)
			b = (struct bytes){ p, (size_t)st.st_size };
	}
	if (fd >= 0)
		close(fd);
	return b;
}

static void load_pages(struct server *s, const char *folder)
{
	char path[512];

	s->page = mem_array((size_t)s->web->feeds * 2, sizeof *s->page);
	for (int i = 0; i < s->web->feeds * 2; i++) {
		int revision = i % 2 == 1 && corpus_changes(i / 2) ? 2 : 1;

		corpus_path(path, sizeof path - 4, folder, i / 2, revision);
		s->page[i].plain = map_file(path);
		strcat(path, ".gz");
		if (s->web->packed)
			s->page[i].packed = map_file(path);
	}
}

/* ---- one answer ---- */

/* `header` begins with the end of the line before it. */
static bool asks(const struct conn *c, const char *header, const char *value)
{
	const char *at = strcasestr(c->in, header), *end = at ? strstr(at + 2, "\r\n") : NULL,
		   *found = at ? strstr(at, value) : NULL;

	return found && end && found < end;
}

static bool is_unchanged(const struct conn *c, const char *etag, const char *modified)
{
	if (strcasestr(c->in, "\r\nIf-None-Match:"))
		return asks(c, "\r\nIf-None-Match:", etag);
	return asks(c, "\r\nIf-Modified-Since:", modified);
}

static void set_answer(struct conn *c, struct bytes body, int headed)
{
	c->left[0] = (struct iovec){ c->head, (size_t)headed };
	c->left[1] = (struct iovec){ (void *)(uintptr_t)body.p, body.n };
}

static void answer_feed(struct server *s, struct conn *c, int feed, int revision)
{
	const struct page *page = &s->page[feed * 2 + revision - 1];
	bool packed = page->packed.p && asks(c, "\r\nAccept-Encoding:", "gzip");
	struct bytes body = packed ? page->packed : page->plain;
	char etag[32], modified[64];
	int n;

	web_etag(etag, sizeof etag, feed, revision);
	snprintf(modified, sizeof modified, LAST_MODIFIED, etag[strlen(etag) - 2] - '0');
	if (is_unchanged(c, etag, modified)) {
		atomic_fetch_add(&s->web->state->unchanged, 1);
		n = snprintf(c->head, sizeof c->head,
			     "HTTP/1.1 304 Not Modified\r\nETag: %s\r\nLast-Modified: %s\r\n\r\n",
			     etag, modified);
		set_answer(c, (struct bytes){ NULL, 0 }, n);
		return;
	}
	atomic_fetch_add(&s->web->state->body_bytes, (long long)body.n);
	n = snprintf(c->head, sizeof c->head,
		     "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nETag: %s\r\nLast-Modified: %s\r\n"
		     "%sContent-Length: %zu\r\n\r\n",
		     corpus_type(feed), etag, modified, packed ? "Content-Encoding: gzip\r\n" : "",
		     body.n);
	set_answer(c, body, n);
}

static void answer(struct server *s, struct conn *c)
{
	struct web_state *state = s->web->state;
	int feed = -1;

	atomic_fetch_add(&state->requests, 1);
	c->answering = true;
	c->due = wall_now() + (double)atomic_load(&state->delay_ms) / 1000;
	if (sscanf(c->in, "GET /%d ", &feed) == 1 && feed >= 0 && feed < s->web->feeds)
		answer_feed(s, c, feed, atomic_load(&state->revision));
	else
		set_answer(c, (struct bytes){ NULL, 0 },
			   snprintf(c->head, sizeof c->head,
				    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
	c->nin = 0;
}

/* ---- connections ---- */

static bool receive(struct server *s, struct conn *c)
{
	ssize_t n = read(c->fd, c->in + c->nin, sizeof c->in - 1 - c->nin);

	if (n <= 0)
		return n < 0 && errno == EAGAIN;
	c->nin += (size_t)n;
	c->in[c->nin] = '\0';
	if (strstr(c->in, "\r\n\r\n"))
		answer(s, c);
	return true;
}

static bool send_on(struct conn *c)
{
	ssize_t n = writev(c->fd, c->left, 2);

	if (n < 0)
		return errno == EAGAIN;
	for (int i = 0; i < 2; i++) {
		size_t part = (size_t)n < c->left[i].iov_len ? (size_t)n : c->left[i].iov_len;

		c->left[i].iov_base = (char *)c->left[i].iov_base + part;
		c->left[i].iov_len -= part;
		n -= (ssize_t)part;
	}
	c->answering = c->left[0].iov_len + c->left[1].iov_len > 0;
	return true;
}

/* Works a connection as far as it goes without waiting; false: it is over. */
static bool work(struct server *s, struct conn *c, double now)
{
	bool alive = c->answering || receive(s, c);

	if (alive && c->answering && c->due <= now)
		alive = send_on(c);
	return alive;
}

static void accept_all(struct server *s)
{
	int fd, on = 1;

	while (s->n < CONNECTIONS && (fd = accept(s->poll[0].fd, NULL, NULL)) >= 0) {
		fcntl(fd, F_SETFL, O_NONBLOCK);
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
		s->conn[s->n] = mem_new(sizeof **s->conn);
		s->conn[s->n++]->fd = fd;
	}
}

static void drop(struct server *s, int i)
{
	close(s->conn[i]->fd);
	free(s->conn[i]);
	s->conn[i] = s->conn[--s->n];
	s->poll[i + 1] = s->poll[s->n + 1];
}

/* Fills the poll table; milliseconds until the next delayed answer is due, -1: none is. */
static int wait_until(struct server *s, double now)
{
	int wait = -1;

	for (int i = 0; i < s->n; i++) {
		const struct conn *c = s->conn[i];
		int left = c->due > now ? (int)((c->due - now) * 1000) + 1 : 0;
		bool later = c->answering && left > 0;

		s->poll[i + 1] =
			(struct pollfd){ .fd = c->fd, .events = c->answering ? POLLOUT : POLLIN };
		if (later)
			s->poll[i + 1].events = 0;
		if (later && (wait < 0 || left < wait))
			wait = left;
	}
	return wait;
}

static void serve(struct server *s)
{
	for (;;) {
		int wait = wait_until(s, wall_now());

		if (poll(s->poll, (nfds_t)s->n + 1, wait) < 0 && errno != EINTR)
			return;
		for (int i = s->n - 1; i >= 0; i--)
			if ((s->poll[i + 1].revents || s->poll[i + 1].events == 0) &&
			    !work(s, s->conn[i], wall_now()))
				drop(s, i);
		if (s->poll[0].revents)
			accept_all(s);
	}
}

/* ---- the process ---- */

static int listen_here(int *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t size = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) != 0 ||
	    listen(fd, CONNECTIONS) != 0 || getsockname(fd, (struct sockaddr *)&at, &size) != 0) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	fcntl(fd, F_SETFL, O_NONBLOCK);
	*port = ntohs(at.sin_port);
	return fd;
}

bool web_start(const struct corpus *c, const char *folder, bool packed, struct web *out)
{
	struct web_state *state = mmap(NULL, sizeof *state, PROT_READ | PROT_WRITE,
				       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct server s = { .web = out };
	int fd = listen_here(&out->port);

	if (state == MAP_FAILED || fd < 0)
		return false;
	atomic_init(&state->revision, 1);
	out->state = state;
	out->feeds = c->feeds;
	out->packed = packed;
	fflush(NULL);
	out->pid = fork();
	if (out->pid == 0) {
		signal(SIGPIPE, SIG_IGN);
		load_pages(&s, folder);
		s.poll[0] = (struct pollfd){ .fd = fd, .events = POLLIN };
		serve(&s);
		_exit(1);
	}
	close(fd);
	return out->pid > 0;
}

void web_stop(struct web *w)
{
	if (w->pid > 0) {
		kill(w->pid, SIGTERM);
		waitpid(w->pid, NULL, 0);
	}
	w->pid = 0;
}
