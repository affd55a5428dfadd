#include "lede/net/cause.h"

#include <curl/curl.h>
#include <errno.h>
#include <string.h>

#include "lede/text/display.h"
#include "lede/text/url.h"

#define WORDS_MAX 120                 /* bytes of a stranger's text within a sentence */

/* ---- text from outside ---- */

static void shorten(struct buf *b)
{
	size_t n = WORDS_MAX;

	if (b->n <= n)
		return;
	while (n > 0 && ((unsigned char)b->p[n] & 0xC0) == 0x80)
		n--;
	buf_cut(b, n);
}

/* Display form in a buffer that the caller frees. */
static struct buf shown(struct str s)
{
	struct buf out = buf_limited(64 << 10);

	if (display_line(str_sub(s, 0, 4096), &out) != ERR_NONE)
		buf_clear(&out);
	shorten(&out);
	return out;
}

/* Sets a sentence with one %s for what a stranger named. */
static enum err say(struct error *e, enum err code, const char *before, struct str what,
	const char *after)
{
	struct buf words = shown(what);

	error_set(e, code, "%s%s%s", before, buf_cstr(&words), after);
	buf_free(&words);
	return code;
}

/* ---- failures ---- */

static bool is_timeout(int code)
{
	return code == CURLE_OPERATION_TIMEDOUT;
}

static enum err say_timeout(struct error *e, const struct cause_facts *f)
{
	if (!f->answered)
		return error_set(e, ERR_NET, "no answer within %d s", f->seconds);
	return error_set(e, ERR_NET, "too slow: not complete after %d s", f->seconds);
}

static enum err say_unconnected(struct error *e, const struct cause_facts *f)
{
	struct str host = url_split(f->url).host;

	switch (f->os_error) {
	case ENETUNREACH:
	case ENETDOWN:
	case EHOSTUNREACH:
		return say(e, ERR_NET, "no way to ", host, " from here");
	case ECONNREFUSED:
		return say(e, ERR_NET, "", host, " accepts no connection");
	default:
		return say(e, ERR_NET, "", host, " cannot be reached");
	}
}

static struct str proxy_host(const struct cause_facts *f)
{
	struct str host = url_split(f->proxy).host;

	if (f->proxy.n == 0)
		return STR("of the environment");
	return host.n > 0 ? host : str_sub(f->proxy, 0, str_find(f->proxy, ':'));
}

static const struct {
	int code;
	const char *text;
} plain[] = {
	{ CURLE_PEER_FAILED_VERIFICATION, "certificate not trusted" },
	{ CURLE_SSL_ISSUER_ERROR, "certificate not trusted" },
	{ CURLE_SSL_INVALIDCERTSTATUS, "certificate not trusted" },
	{ CURLE_SSL_CONNECT_ERROR, "no secure connection: TLS could not be agreed on" },
	{ CURLE_SSL_CIPHER, "no secure connection: TLS could not be agreed on" },
	{ CURLE_SSL_CACERT_BADFILE, "the file of trusted certificates cannot be read" },
	{ CURLE_GOT_NOTHING, "the connection was closed without an answer" },
	{ CURLE_SEND_ERROR, "the connection was lost" },
	{ CURLE_BAD_CONTENT_ENCODING, "the body’s compression is damaged or unknown" },
	{ CURLE_WEIRD_SERVER_REPLY, "the answer is no HTTP" },
	{ CURLE_UNSUPPORTED_PROTOCOL, "the answer is no HTTP" },
	{ CURLE_HTTP2, "the answer is no valid HTTP/2" },
	{ CURLE_HTTP2_STREAM, "the answer is no valid HTTP/2" },
	/* what libcurl says of a line beyond its own limits; without memory lede would have ended */
	{ CURLE_OUT_OF_MEMORY, "a header line beyond all bounds" },
	{ CURLE_HTTP_RETURNED_ERROR, "the server refused" },
};

/* libcurl's own words, which may quote the server. */
static enum err say_other(struct error *e, const struct cause_facts *f)
{
	const char *words = f->detail && *f->detail ? f->detail : curl_easy_strerror(f->code);

	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (plain[i].code == f->code)
			return error_set(e, ERR_NET, "%s", plain[i].text);
	return say(e, ERR_NET, "", str_of(words), "");
}

/* A proxy looks names up itself (but for socks4 and socks5), so what was not found here is the
 * proxy. libcurl says so for HTTP proxies only. */
static bool is_proxy_lost(const struct cause_facts *f)
{
	return f->code == CURLE_COULDNT_RESOLVE_PROXY || (f->proxy.n > 0 &&
		!str_starts(f->proxy, "socks5:") && !str_starts(f->proxy, "socks4:"));
}

static enum err say_not_found(struct error *e, const struct cause_facts *f)
{
	if (is_proxy_lost(f))
		return say(e, ERR_NET, "no such host: the proxy ", proxy_host(f), "");
	return say(e, ERR_NET, "no such host: ", url_split(f->url).host, "");
}

enum err cause_failure(struct error *e, const struct cause_facts *f)
{
	switch (f->code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
		return say_not_found(e, f);
	case CURLE_PROXY:
		return say(e, ERR_NET, "the proxy ", proxy_host(f), " refused");
	case CURLE_COULDNT_CONNECT:
		return say_unconnected(e, f);
	case CURLE_URL_MALFORMAT:
		return say(e, ERR_USAGE, "not an http or https address: ", url_split(f->url).host,
			   "");
	case CURLE_PARTIAL_FILE:
	case CURLE_RECV_ERROR:
		if (f->answered)
			return error_set(e, ERR_NET, "cut off after %llu bytes",
					 (unsigned long long)f->received);
		return error_set(e, ERR_NET, "the connection was lost");
	default:
		return is_timeout(f->code) ? say_timeout(e, f) : say_other(e, f);
	}
}

bool cause_is_unreachable(const struct cause_facts *f)
{
	if (f->code == CURLE_COULDNT_RESOLVE_HOST || f->code == CURLE_COULDNT_RESOLVE_PROXY)
		return true;
	return f->code == CURLE_COULDNT_CONNECT && (f->os_error == ENETUNREACH ||
		f->os_error == ENETDOWN || f->os_error == EHOSTUNREACH);
}

bool cause_is_http2(int code)
{
	return code == CURLE_HTTP2 || code == CURLE_HTTP2_STREAM;
}

/* ---- bounds ---- */

static enum err say_private(struct error *e, bool redirected, struct str what)
{
	if (redirected)
		return say(e, ERR_LIMIT, "redirected to the private address ", what,
			   ": refused. Does your network want a login first?");
	return say(e, ERR_LIMIT, "leads to the private address ", what, ": refused");
}

static enum err say_body(struct error *e, uint64_t n)
{
	if (n >= 1 << 20)
		return error_set(e, ERR_LIMIT, "larger than %llu MiB",
				 (unsigned long long)(n >> 20));
	return error_set(e, ERR_LIMIT, "larger than %llu bytes", (unsigned long long)n);
}

enum err cause_bound(struct error *e, enum cause_limit limit, uint64_t n, struct str what)
{
	switch (limit) {
	case CAUSE_BODY:
		return say_body(e, n);
	case CAUSE_HEADERS:
		return error_set(e, ERR_LIMIT, "the answer’s headers are larger than %llu KiB",
				 (unsigned long long)(n >> 10));
	case CAUSE_ADDRESS:
		return error_set(e, ERR_LIMIT, "the address is longer than %llu KiB",
				 (unsigned long long)(n >> 10));
	case CAUSE_REDIRECTS:
		return error_set(e, ERR_LIMIT, "redirected more than %llu times",
				 (unsigned long long)n);
	case CAUSE_REDIRECT_SCHEME:
		return say(e, ERR_LIMIT,
			   "redirected to something that is no http or https address: ", what, "");
	case CAUSE_PRIVATE:
		return say_private(e, n > 0, what);
	}
	return ERR_LIMIT;
}

/* ---- statuses ---- */

static const struct {
	int status;
	enum err code;
	const char *text;
} statuses[] = {
	{ 200, ERR_NONE, "" },
	{ 203, ERR_NONE, "" },
	{ 304, ERR_NONE, "" },
	{ 204, ERR_HTTP, "the answer has no body (204)" },
	{ 205, ERR_HTTP, "the answer has no body (205)" },
	{ 206, ERR_HTTP, "sent a part only (206)" },
	{ 226, ERR_HTTP, "sent a part only (226)" },
	{ 400, ERR_HTTP, "400 Bad Request" },
	{ 401, ERR_HTTP, "wants a password (401): see password-command" },
	{ 402, ERR_HTTP, "402 Payment Required" },
	{ 403, ERR_HTTP, "refused (403)" },
	{ 404, ERR_HTTP, "404 Not Found" },
	{ 405, ERR_HTTP, "405 Method Not Allowed" },
	{ 406, ERR_HTTP, "406 Not Acceptable" },
	{ 407, ERR_HTTP, "the proxy wants a password (407)" },
	{ 408, ERR_HTTP, "408 Request Timeout" },
	{ 410, ERR_HTTP, "gone: the server says for good (410)" },
	{ 414, ERR_HTTP, "414 URI Too Long" },
	{ 418, ERR_HTTP, "418 I’m a teapot" },
	{ 421, ERR_HTTP, "421 Misdirected Request" },
	{ 429, ERR_HTTP, "too many requests (429)" },
	{ 451, ERR_HTTP, "451 Unavailable For Legal Reasons" },
	{ 500, ERR_HTTP, "500 Internal Server Error" },
	{ 501, ERR_HTTP, "501 Not Implemented" },
	{ 502, ERR_HTTP, "502 Bad Gateway" },
	{ 503, ERR_HTTP, "503 Service Unavailable" },
	{ 504, ERR_HTTP, "504 Gateway Timeout" },
	{ 508, ERR_HTTP, "508 Loop Detected" },
	{ 511, ERR_HTTP, "511 Network Authentication Required" },
};

/* Statuses that every server knows have our words; only others show the server's. */
enum err cause_status(struct error *e, const struct reply *a)
{
	struct buf reason;

	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
		if (statuses[i].status == a->status)
			return statuses[i].code == ERR_NONE ? ERR_NONE :
			       error_set(e, statuses[i].code, "%s", statuses[i].text);
	reason = shown(buf_view(&a->reason));
	error_set(e, ERR_HTTP, "%d%s%s%s", a->status, reason.n > 0 ? " " : "", buf_cstr(&reason),
		  a->status >= 300 && a->status < 400 ? " without a target" : "");
	buf_free(&reason);
	return ERR_HTTP;
}

enum err cause_wall(struct error *e, const char *wall)
{
	if (str_starts(str_of(wall), "bot check"))
		return error_set(e, ERR_HTTP, "blocked by a %s. It cannot be read by programs from "
				 "here; try another user-agent, or ask the site", wall);
	if (str_ends(str_of(wall), " page"))
		return error_set(e, ERR_HTTP, "leads to a %s", wall);
	return error_set(e, ERR_HTTP, "%s", wall);
}
