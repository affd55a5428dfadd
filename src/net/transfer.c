#include "lede/net/transfer.h"

#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"
#include "lede/net/address.h"
#include "lede/net/cause.h"
#include "lede/net/proxy.h"
#include "lede/text/url.h"

#define BODY_LIMIT (32 << 20)
#define TIMEOUT 60                    /* seconds */
#define CONNECT_TIMEOUT 15
#define LOW_SPEED 100L                /* bytes a second ... */
#define LOW_SPEED_TIME 30L            /* ... for so many seconds */
#define REDIRECTS 5L

static const char feed_accept[] = "application/atom+xml, application/rss+xml, "
	"application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, "
	"text/html;q=0.5, */*;q=0.1";

/* ---- the request ---- */

static struct str copy(char **at, struct str s)
{
	struct str out = { *at, s.n };

	if (s.n > 0)
		memcpy(*at, s.p, s.n);
	*at += s.n + 1;
	return out;
}

struct transfer *transfer_new(const struct fetch_request *ask, uint64_t id)
{
	struct transfer *t = mem_new(sizeof *t);
	struct str *texts[] = { &t->ask.url, &t->ask.etag, &t->ask.last_modified,
		&t->ask.user_agent, &t->ask.proxy, &t->ask.accept, &t->ask.user,
		&t->ask.password };
	size_t n = sizeof texts / sizeof *texts, size = n;
	char *at;

	t->id = id;
	t->ask = *ask;
	for (size_t i = 0; i < n; i++)
		size += texts[i]->n;
	at = t->texts = mem_new(size);
	for (size_t i = 0; i < n; i++)
		*texts[i] = copy(&at, *texts[i]);
	if (t->ask.body_limit == 0)
		t->ask.body_limit = BODY_LIMIT;
	if (t->ask.timeout <= 0)
		t->ask.timeout = TIMEOUT;
	t->head = buf_limited(WALL_HEAD);
	t->moved = buf_limited(4 * REPLY_ADDRESS_MAX);
	t->peer = buf_limited(128);
	return t;
}

void transfer_free(struct transfer *t)
{
	if (!t)
		return;
	curl_slist_free_all(t->headers);
	reply_free(t->reply);
	buf_free(&t->head);
	buf_free(&t->moved);
	buf_free(&t->peer);
	free(t->texts);
	free(t);
}

struct str transfer_host(const struct transfer *t)
{
	return url_split(t->ask.url).host;
}

static struct str current_url(const struct transfer *t)
{
	char *url = NULL;

	curl_easy_getinfo(t->easy, CURLINFO_EFFECTIVE_URL, &url);
	return str_of(url);
}

static bool is_secure(struct str url)
{
	return str_starts_nocase(url, "https:");
}

/* ---- answers ---- */

/* Ends the transfer from within a callback: libcurl takes any count but the one it gave for an
 * error. */
static size_t stop(struct transfer *t, enum transfer_stop why)
{
	if (t->stop == STOP_NONE)
		t->stop = why;
	return 0;
}

/* The status line of what a redirect led to: where are we now? */
static void arrive(struct transfer *t)
{
	int status = t->reply->status;
	struct str here = current_url(t);

	t->hops++;
	t->permanent = t->permanent && (status == 301 || status == 308);
	if (t->permanent) {
		buf_clear(&t->moved);
		buf_add(&t->moved, str_sub(here, 0, str_find(here, '#')));
	}
	t->downgraded = t->downgraded || (t->secure && !is_secure(here));
	t->secure = is_secure(here);
}

static bool begin(struct transfer *t)
{
	const struct reply *a = t->reply;
	struct fetch_answer said = {
		.status = a->status,
		.content_type = buf_view(&a->content_type),
		.etag = buf_view(&a->etag),
		.last_modified = buf_view(&a->last_modified),
		.address = current_url(t),
		.declared_length = a->length,
	};

	t->begun = true;
	t->wanted = a->status == 200 || a->status == 203;
	return t->ask.sink.begin(t->ask.sink.self, &said);
}

static size_t on_header(char *p, size_t size, size_t n, void *self)
{
	struct transfer *t = self;
	struct str line = { p, size * n };

	if (str_starts(line, "HTTP/") && t->reply->complete && !t->begun)
		arrive(t);
	switch (reply_line(t->reply, line)) {
	case REPLY_TOO_MUCH:
		return stop(t, STOP_HEADERS);
	case REPLY_LONG_ADDRESS:
		return stop(t, STOP_ADDRESS);
	case REPLY_BLOCK_ENDS:
		if (!reply_is_redirect(t->reply) && !begin(t))
			return stop(t, STOP_SINK);
		break;
	case REPLY_GOES_ON:
		break;
	}
	return line.n;
}

/* ---- the gate ---- */

static bool gate_passes(struct gate *g, struct transfer *t)
{
	if (t->passes)
		return true;
	if (g->passing < TRANSFER_BODIES && !g->first) {
		g->passing++;
		t->passes = true;
	}
	return t->passes;
}

/* Time at the gate is our doing and does not count against the server. */
static size_t wait_at_gate(struct gate *g, struct transfer *t)
{
	t->waits = true;
	t->next = NULL;
	*g->last = t;
	g->last = &t->next;
	t->paused_at = clock_ticks(&t->world->clock);
	curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS, 0L);
	return CURL_WRITEFUNC_PAUSE;
}

void gate_leave(struct gate *g, struct transfer *t)
{
	struct transfer **at = &g->first;

	if (t->passes)
		g->passing--;
	while (t->waits && *at) {
		if (*at == t)
			*at = t->next;
		else
			at = &(*at)->next;
	}
	if (t->waits)
		g->last = at;
	t->passes = t->waits = false;
}

static void go_on(struct gate *g, struct transfer *t)
{
	gate_leave(g, t);
	g->passing++;
	t->passes = true;
	t->paused += clock_ticks(&t->world->clock) - t->paused_at;
	curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS, (long)(t->ask.timeout * 1000L + t->paused));
	curl_easy_pause(t->easy, CURLPAUSE_CONT);
}

void gate_open(struct gate *g)
{
	while (g->first && g->passing < TRANSFER_BODIES)
		go_on(g, g->first);
}

/* ---- bodies ---- */

/* The beginning is kept where a wall may show. */
static void keep_head(struct transfer *t, struct str bytes)
{
	if (wall_needs_body(t->reply) && t->head.n < WALL_HEAD)
		buf_add(&t->head, str_sub(bytes, 0, WALL_HEAD - t->head.n));
}

/* An error page is read as far as a wall is looked for. */
static size_t skip(struct transfer *t, struct str bytes)
{
	t->decoded += bytes.n;
	if (!wall_needs_body(t->reply) || t->decoded > WALL_HEAD)
		return stop(t, STOP_ENOUGH);
	return bytes.n;
}

static size_t on_body(char *p, size_t size, size_t n, void *self)
{
	struct transfer *t = self;
	struct str all = { p, size * n }, bytes;

	if (atomic_load_explicit(&t->world->closes, memory_order_relaxed))
		return stop(t, STOP_CLOSE);
	if (t->stop != STOP_NONE)
		return 0;
	if (!t->begun)
		return all.n;         /* of a redirect, read for the connection's sake */
	if (t->wanted && !gate_passes(&t->world->gate, t))
		return wait_at_gate(&t->world->gate, t);
	keep_head(t, all);
	if (!t->wanted)
		return skip(t, all);
	bytes = str_sub(all, 0, t->ask.body_limit - t->decoded);
	t->decoded += bytes.n;
	if (bytes.n > 0 && !t->ask.sink.data(t->ask.sink.self, bytes))
		return stop(t, STOP_SINK);
	return bytes.n == all.n ? all.n : stop(t, STOP_BODY);
}

/* Called all the time: catches a body that is sent but decodes to nothing, which on_body never
 * sees. */
static int on_progress(void *self, curl_off_t total, curl_off_t now, curl_off_t uptotal,
	curl_off_t up)
{
	struct transfer *t = self;

	(void)total;
	(void)uptotal;
	(void)up;
	if (now > 0 && (uint64_t)now > t->ask.body_limit)
		stop(t, STOP_BODY);
	return t->stop != STOP_NONE;
}

static bool is_proxied(const struct transfer *t)
{
	return t->ask.proxy.n > 0 || proxy_serves(current_url(t), getenv);
}

/* Connected, again at each redirect, nothing sent yet: may we speak to this machine? Once the
 * way led through a public one, a private one is not what the user meant. */
static int on_connected(void *self, char *peer, char *local, int peer_port, int local_port)
{
	struct transfer *t = self;
	bool is_private = address_is_private(str_of(peer));

	(void)local;
	(void)peer_port;
	(void)local_port;
	if (is_proxied(t)) {
		t->reached = true;
		return CURL_PREREQFUNC_OK;
	}
	if (is_private && !t->private_allowed) {
		buf_clear(&t->peer);
		buf_add_cstr(&t->peer, peer);
		stop(t, STOP_PRIVATE);
		return CURL_PREREQFUNC_ABORT;
	}
	if (!is_private) {
		t->reached = true;
		t->private_allowed = false;
	}
	return CURL_PREREQFUNC_OK;
}

/* ---- options ---- */

/* Nothing in it can end a header line. */
static bool is_one_line(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' && s.p[i] != '\t')
			return false;
	return s.n > 0;
}

static void add_header(struct transfer *t, const char *name, struct str value)
{
	struct buf line = buf_limited(REPLY_LINE_MAX + 64);
	struct curl_slist *more;

	if (is_one_line(value) && buf_addf(&line, "%s: ", name) == ERR_NONE &&
	    buf_add(&line, value) == ERR_NONE) {
		more = curl_slist_append(t->headers, buf_cstr(&line));
		if (more)
			t->headers = more;
	}
	buf_free(&line);
}

static void set_headers(struct transfer *t)
{
	curl_slist_free_all(t->headers);
	t->headers = NULL;
	add_header(t, "Accept", t->ask.accept.n > 0 ? t->ask.accept : STR(feed_accept));
	add_header(t, "If-None-Match", t->ask.etag);
	add_header(t, "If-Modified-Since", t->ask.last_modified);
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
	curl_easy_setopt(t->easy, CURLOPT_USERAGENT, is_one_line(t->ask.user_agent) ?
		t->ask.user_agent.p : t->world->user_agent);
	curl_easy_setopt(t->easy, CURLOPT_ACCEPT_ENCODING, "");
}

static void set_callbacks(struct transfer *t)
{
	curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
	curl_easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->detail);
	curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(t->easy, CURLOPT_XFERINFODATA, t);
	curl_easy_setopt(t->easy, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(t->easy, CURLOPT_PREREQFUNCTION, on_connected);
	curl_easy_setopt(t->easy, CURLOPT_PREREQDATA, t);
}

static void set_bounds(struct transfer *t)
{
	long connect = t->ask.timeout < CONNECT_TIMEOUT ? t->ask.timeout : CONNECT_TIMEOUT;

	curl_easy_setopt(t->easy, CURLOPT_NOSIGNAL, 1L);
	/* Cancelling does not wait for a name server. */
	curl_easy_setopt(t->easy, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(t->easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(t->easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(t->easy, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(t->easy, CURLOPT_MAXREDIRS, REDIRECTS);
	curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS, t->ask.timeout * 1000L);
	curl_easy_setopt(t->easy, CURLOPT_CONNECTTIMEOUT_MS, connect * 1000L);
	curl_easy_setopt(t->easy, CURLOPT_LOW_SPEED_LIMIT, LOW_SPEED);
	curl_easy_setopt(t->easy, CURLOPT_LOW_SPEED_TIME, LOW_SPEED_TIME);
	curl_easy_setopt(t->easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)t->ask.body_limit);
}

/* To the address's own host only: CURLOPT_UNRESTRICTED_AUTH stays off. */
static void set_secret(struct transfer *t)
{
	if (t->ask.user.n == 0 && t->ask.password.n == 0)
		return;
	curl_easy_setopt(t->easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
	curl_easy_setopt(t->easy, CURLOPT_USERNAME, t->ask.user.p);
	curl_easy_setopt(t->easy, CURLOPT_PASSWORD, t->ask.password.p);
}

static void set_tls(struct transfer *t)
{
	curl_easy_setopt(t->easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYPEER, t->ask.verify_tls ? 1L : 0L);
	curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYHOST, t->ask.verify_tls ? 2L : 0L);
	certificates_set(t->world->certificates, t->easy);
}

static void set_route(struct transfer *t, bool http2)
{
	curl_easy_setopt(t->easy, CURLOPT_HTTP_VERSION,
		http2 ? (long)CURL_HTTP_VERSION_2TLS : (long)CURL_HTTP_VERSION_1_1);
	/* For a plain address it would only make the first connection hold the others up. */
	curl_easy_setopt(t->easy, CURLOPT_PIPEWAIT, http2 && t->secure ? 1L : 0L);
	if (t->ask.proxy.n > 0) {
		curl_easy_setopt(t->easy, CURLOPT_PROXY, t->ask.proxy.p);
		curl_easy_setopt(t->easy, CURLOPT_NOPROXY, "");
	}
}

static void forget_progress(struct transfer *t)
{
	reply_free(t->reply);
	t->reply = reply_new();
	buf_clear(&t->head);
	buf_clear(&t->moved);
	t->stop = STOP_NONE;
	t->hops = 0;
	t->decoded = 0;
	t->permanent = true;
	t->downgraded = t->begun = t->wanted = t->reached = false;
	t->private_allowed = t->ask.may_be_private;
	t->secure = is_secure(t->ask.url);
	t->detail[0] = '\0';
}

static enum err set_url(struct transfer *t, struct error *e)
{
	struct buf url = buf_limited(4 * REPLY_ADDRESS_MAX);
	struct cause_facts bad = { .code = CURLE_URL_MALFORMAT, .url = t->ask.url };
	enum err rc = ERR_NONE;

	if (t->ask.url.n > REPLY_ADDRESS_MAX)
		rc = cause_bound(e, CAUSE_ADDRESS, REPLY_ADDRESS_MAX, STR(""));
	else if (!url_is_web(t->ask.url) || address_for_request(t->ask.url, &url) != ERR_NONE)
		rc = cause_failure(e, &bad);
	else
		curl_easy_setopt(t->easy, CURLOPT_URL, buf_cstr(&url));
	buf_free(&url);
	return rc;
}

enum err transfer_prepare(struct transfer *t, struct transfer_world *w, CURL *easy, bool http2,
	struct error *e)
{
	t->world = w;
	t->easy = easy;
	forget_progress(t);
	if (set_url(t, e) != ERR_NONE)
		return ERR_USAGE;
	set_headers(t);
	set_callbacks(t);
	set_bounds(t);
	set_tls(t);
	set_secret(t);
	set_route(t, http2);
	return ERR_NONE;
}

bool transfer_may_retry(const struct transfer *t, CURLcode code)
{
	return cause_is_http2((int)code) && !t->begun && !t->retried && t->stop == STOP_NONE;
}
