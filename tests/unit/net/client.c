#include "client.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "lede/base/mem.h"

/* One lock for all of them: tests have time. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;

static char *text_of(struct str s)
{
	char *p = mem_new(s.n + 1);

	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return p;
}

/* ---- the sink ---- */

static bool on_begin(void *self, const struct fetch_answer *a)
{
	struct got *g = self;

	pthread_mutex_lock(&lock);
	g->begins++;
	g->status = a->status;
	g->type = text_of(a->content_type);
	g->etag = text_of(a->etag);
	g->last_modified = text_of(a->last_modified);
	g->begin_address = text_of(a->address);
	g->declared = a->declared_length;
	pthread_cond_broadcast(&news);
	pthread_mutex_unlock(&lock);
	return !g->stops_at_begin;
}

static bool on_data(void *self, struct str bytes)
{
	struct got *g = self;
	bool more;

	if (g->sleeps_ms > 0)
		nanosleep(&(struct timespec){ .tv_nsec = g->sleeps_ms * 1000000L }, NULL);
	pthread_mutex_lock(&lock);
	g->datas++;
	buf_add(&g->body, bytes);
	more = g->stops_after == 0 || g->body.n < g->stops_after;
	pthread_cond_broadcast(&news);
	pthread_mutex_unlock(&lock);
	return more;
}

static void on_end(void *self, const struct fetch_result *r)
{
	struct got *g = self;

	pthread_mutex_lock(&lock);
	g->ends++;
	g->result = *r;
	g->address = text_of(r->address);
	g->moved = text_of(r->moved);
	g->wall = text_of(r->wall);
	pthread_cond_broadcast(&news);
	pthread_mutex_unlock(&lock);
}

/* ---- requests ---- */

struct fetch_request client_ask(struct client *c, const char *path)
{
	static char urls[32][9216];
	static unsigned at;
	char *url = urls[at++ % 32];

	snprintf(url, sizeof urls[0], "http://127.0.0.1:%d%s", server_port(c->server), path);
	return (struct fetch_request){ .url = str_of(url), .verify_tls = true,
		.may_be_private = true, .timeout = 5 };
}

struct got *client_got(struct client *c)
{
	struct got *g = mem_new(sizeof *g);

	g->body = buf_limited(64 << 20);
	assert_true(c->n < (int)(sizeof c->got / sizeof *c->got));
	c->got[c->n++] = g;
	return g;
}

void client_start(struct client *c, const struct fetch_request *r, struct got *g)
{
	struct fetch_request mine = *r;

	mine.sink = (struct fetch_sink){ .begin = on_begin, .data = on_data, .end = on_end,
		.self = g };
	c->fetcher->start(c->fetcher, &mine, &g->id);
}

static struct timespec in_ten_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += 10;
	return t;
}

struct got *client_wait(struct client *c, struct got *g)
{
	struct timespec until = in_ten_seconds();
	int rc = 0;

	(void)c;
	pthread_mutex_lock(&lock);
	while (g->ends == 0 && rc == 0)
		rc = pthread_cond_timedwait(&news, &lock, &until);
	pthread_mutex_unlock(&lock);
	assert_int_equal(rc, 0);
	assert_int_equal(g->ends, 1);
	return g;
}

void client_wait_for_data(struct got *g, int datas)
{
	struct timespec until = in_ten_seconds();
	int rc = 0;

	pthread_mutex_lock(&lock);
	while ((g->begins == 0 || g->datas < datas) && rc == 0)
		rc = pthread_cond_timedwait(&news, &lock, &until);
	pthread_mutex_unlock(&lock);
	assert_int_equal(rc, 0);
}

struct got *client_fetch(struct client *c, const struct fetch_request *r)
{
	struct got *g = client_got(c);

	client_start(c, r, g);
	return client_wait(c, g);
}

struct got *client_get(struct client *c, const char *path)
{
	struct fetch_request r = client_ask(c, path);

	return client_fetch(c, &r);
}

char *client_sent(struct client *c, size_t request, const char *name)
{
	char *head = server_request(c->server, request), *line = NULL, *at, *save;
	size_t n = strlen(name);

	for (at = strtok_r(head, "\r\n", &save); at; at = strtok_r(NULL, "\r\n", &save))
		if (strncasecmp(at, name, n) == 0 && at[n] == ':')
			line = mem_strdup(at);
	free(head);
	return line;
}

int64_t client_ticks(void)
{
	struct clock c = clock_system();

	return clock_ticks(&c);
}

/* ---- beginning and end ---- */

/* Whoever runs the tests may sit behind a proxy. */
static void forget_proxies(void)
{
	static const char *const names[] = { "http_proxy", "https_proxy", "HTTPS_PROXY",
		                             "all_proxy",  "ALL_PROXY",   "no_proxy",
		                             "NO_PROXY" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
}

struct client *client_new(const struct server_route *routes)
{
	struct client *c = mem_new(sizeof *c);
	struct fetch_options o = { .version = "0.1",
		                   .near_host = 256,
		                   .home_page = "https://lede.example/",
		                   .clock = clock_fixed(NOW) };
	struct error e;

	forget_proxies();
	c->server = server_start(routes);
	assert_int_equal(fetch_open(&o, &c->fetcher, &e), ERR_NONE);
	return c;
}

static void got_free(struct got *g)
{
	free(g->type);
	free(g->etag);
	free(g->last_modified);
	free(g->begin_address);
	free(g->address);
	free(g->moved);
	free(g->wall);
	buf_free(&g->body);
	free(g);
}

void client_free(struct client *c)
{
	if (c->fetcher)
		c->fetcher->close(c->fetcher);
	server_stop(c->server);
	for (int i = 0; i < c->n; i++) {
		assert_int_equal(c->got[i]->ends, 1);
		got_free(c->got[i]);
	}
	free(c);
}

/* ---- gzip by hand: one block of fixed Huffman codes, a letter and then copies of it ---- */

struct bits { struct buf out; uint32_t hold; int n; };

static void put(struct bits *b, uint32_t value, int n)
{
	b->hold |= value << b->n;
	for (b->n += n; b->n >= 8; b->n -= 8, b->hold >>= 8)
		buf_add_char(&b->out, (char)(b->hold & 0xFF));
}

/* Huffman codes stand with their first bit first (RFC 1951 3.1.1). */
static void put_code(struct bits *b, uint32_t code, int n)
{
	while (n-- > 0)
		put(b, code >> n & 1, 1);
}

static void put_letter(struct bits *b)
{
	put_code(b, 0x30 + 'a', 8);
}

/* The last 258 bytes once more: length code 285, distance code 0. */
static void put_copy(struct bits *b)
{
	put_code(b, 0xC5, 8);
	put_code(b, 0, 5);
}

static uint32_t crc_of_letters(size_t n)
{
	uint32_t crc = 0xFFFFFFFF;

	while (n-- > 0) {
		crc ^= 'a';
		for (int i = 0; i < 8; i++)
			crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
	}
	return ~crc;
}

struct buf gzip_of_letters(size_t n)
{
	struct bits b = { .out = buf_limited(8 << 20) };
	size_t left = n;

	buf_add(&b.out, STR("\x1F\x8B\x08\0\0\0\0\0\0\x03"));
	put(&b, 1, 1);                        /* the last block ... */
	put(&b, 1, 2);                        /* ... of fixed codes */
	for (; left > 0 && (left == n || left % 258 != 0); left--)
		put_letter(&b);
	for (; left > 0; left -= 258)
		put_copy(&b);
	put_code(&b, 0, 7);                   /* end of block */
	put(&b, 0, (8 - b.n) % 8);
	put(&b, crc_of_letters(n) & 0xFFFF, 16);
	put(&b, crc_of_letters(n) >> 16, 16);
	put(&b, (uint32_t)n & 0xFFFF, 16);
	put(&b, (uint32_t)n >> 16, 16);
	return b.out;
}
