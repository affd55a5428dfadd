#include "lede/net/reply.h"

#include <stdlib.h>

#include "lede/base/mem.h"
#include "lede/text/date.h"

#define RETRY_LEAST 60
#define RETRY_MOST (7 * 24 * 60 * 60)
#define SECONDS_MOST (INT64_C(1) << 40)

static void forget(struct reply *a)
{
	buf_clear(&a->reason);
	buf_clear(&a->content_type);
	buf_clear(&a->etag);
	buf_clear(&a->last_modified);
	buf_clear(&a->location);
	buf_clear(&a->retry_after);
	a->length = a->max_age = -1;
	a->date = a->expires = DATE_NONE;
	a->age = 0;
	a->no_cache = a->complete = false;
	a->signs = 0;
}

struct reply *reply_new(void)
{
	struct reply *a = mem_new(sizeof *a);
	struct buf *all[] = { &a->reason, &a->content_type, &a->etag, &a->last_modified,
		&a->location, &a->retry_after };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		*all[i] = buf_limited(REPLY_LINE_MAX);
	forget(a);
	return a;
}

void reply_free(struct reply *a)
{
	if (!a)
		return;
	buf_free(&a->reason);
	buf_free(&a->content_type);
	buf_free(&a->etag);
	buf_free(&a->last_modified);
	buf_free(&a->location);
	buf_free(&a->retry_after);
	free(a);
}

/* ---- single headers ---- */

/* The first of several is kept: what comes later is more often a proxy's addition. */
static void keep(struct buf *to, struct str value)
{
	if (to->n == 0)
		buf_add(to, value);
}

/* Seconds as a list of digits (RFC 9110 delta-seconds); what is too large is very large. */
static bool read_seconds(struct str s, int64_t *out)
{
	if (s.n == 0)
		return false;
	*out = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_is_digit(s.p[i]))
			return false;
		if (*out < SECONDS_MOST)
			*out = *out * 10 + (s.p[i] - '0');
	}
	return true;
}

static struct str unquoted(struct str s)
{
	return s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"' ? str_sub(s, 1, s.n - 1) : s;
}

/* The directives that a private cache looks at; Pragma counts for nothing beside it. */
static void read_cache_control(struct reply *a, struct str value)
{
	struct str part;

	while (str_next(&value, ',', &part)) {
		size_t equals = str_find(part, '=');
		struct str name = str_trim(str_sub(part, 0, equals));
		int64_t seconds;

		if (str_eq_nocase(name, STR("no-cache")) || str_eq_nocase(name, STR("no-store")))
			a->no_cache = true;
		else if (str_eq_nocase(name, STR("max-age")) && equals != SIZE_MAX &&
			 read_seconds(unquoted(str_trim(str_sub(part, equals + 1, part.n))),
				      &seconds))
			a->max_age = seconds;
	}
}

static void read_expires(struct reply *a, struct str value)
{
	if (!date_parse_http(value, &a->expires))
		a->expires = 0;       /* "0", "-1": RFC 9111 5.3 calls them the past */
}

static void read_length(struct reply *a, struct str value)
{
	if (!str_to_int(value, 0, INT64_MAX, &a->length))
		a->length = -1;
}

static void read_date(struct reply *a, struct str value)
{
	if (!date_parse_http(value, &a->date))
		a->date = DATE_NONE;
}

static void read_age(struct reply *a, struct str value)
{
	if (!read_seconds(value, &a->age))
		a->age = 0;
}

static void read_waf(struct reply *a, struct str value)
{
	if (str_eq_nocase(value, STR("challenge")) || str_eq_nocase(value, STR("captcha")))
		a->signs |= REPLY_WAF_CHALLENGE;
}

static void read_cf(struct reply *a, struct str value)
{
	if (str_eq_nocase(value, STR("challenge")))
		a->signs |= REPLY_CF_CHALLENGE;
}

static void read_datadome(struct reply *a, struct str value)
{
	(void)value;
	a->signs |= REPLY_DATADOME;
}

static void read_type(struct reply *a, struct str value) { keep(&a->content_type, value); }
static void read_etag(struct reply *a, struct str value) { keep(&a->etag, value); }
static void read_modified(struct reply *a, struct str value) { keep(&a->last_modified, value); }
static void read_location(struct reply *a, struct str value) { keep(&a->location, value); }
static void read_retry(struct reply *a, struct str value) { keep(&a->retry_after, value); }

static const struct {
	const char *name;
	void (*read)(struct reply *a, struct str value);
} headers[] = {
	{ "Content-Type", read_type },
	{ "Content-Length", read_length },
	{ "ETag", read_etag },
	{ "Last-Modified", read_modified },
	{ "Location", read_location },
	{ "Retry-After", read_retry },
	{ "Date", read_date },
	{ "Expires", read_expires },
	{ "Age", read_age },
	{ "Cache-Control", read_cache_control },
	{ "cf-mitigated", read_cf },
	{ "x-amzn-waf-action", read_waf },
	{ "x-datadome", read_datadome },
};

static void read_header(struct reply *a, struct str line)
{
	size_t colon = str_find(line, ':');
	struct str name = str_trim(str_sub(line, 0, colon));

	if (colon == SIZE_MAX)
		return;
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		if (str_eq_nocase(name, str_of(headers[i].name)))
			headers[i].read(a, str_trim(str_sub(line, colon + 1, line.n)));
}

/* "HTTP/1.1 404 Not Found"; HTTP/2 has no reason. */
static void read_status(struct reply *a, struct str line)
{
	struct str code = str_trim(str_sub(line, str_find(line, ' '), line.n));
	int64_t status;

	forget(a);
	if (!str_to_int(str_sub(code, 0, 3), 100, 999, &status))
		status = 0;
	a->status = (int)status;
	buf_add(&a->reason, str_trim(str_sub(code, 3, code.n)));
}

/* ---- lines ---- */

static struct str without_end(struct str line)
{
	while (line.n > 0 && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
		line.n--;
	return line;
}

enum reply_step reply_line(struct reply *a, struct str line)
{
	a->bytes += line.n;
	if (a->bytes > REPLY_HEADERS_MAX)
		return REPLY_TOO_MUCH;
	line = without_end(line);
	if (str_starts(line, "HTTP/")) {
		read_status(a, str_sub(line, 0, REPLY_LINE_MAX));
	} else if (a->complete) {
		return REPLY_GOES_ON;
	} else if (line.n == 0) {
		a->complete = a->status >= 200;
		return a->complete ? REPLY_BLOCK_ENDS : REPLY_GOES_ON;
	} else if (line.n > REPLY_LINE_MAX) {
		if (str_starts_nocase(line, "Location:"))
			return REPLY_LONG_ADDRESS;
	} else {
		read_header(a, line);
	}
	return a->location.n > REPLY_ADDRESS_MAX ? REPLY_LONG_ADDRESS : REPLY_GOES_ON;
}

bool reply_is_redirect(const struct reply *a)
{
	return a->status >= 300 && a->status < 400 && a->location.n > 0;
}

bool reply_is_html(const struct reply *a)
{
	struct str type = buf_view(&a->content_type);

	type = str_trim(str_sub(type, 0, str_find(type, ';')));
	return str_eq_nocase(type, STR("text/html")) ||
	       str_eq_nocase(type, STR("application/xhtml+xml"));
}

/* ---- waiting and freshness ---- */

static int64_t server_now(const struct reply *a, int64_t now)
{
	return a->date == DATE_NONE ? now : a->date;
}

/* What it asked for, unbounded; -1: nothing that can be understood. */
static int64_t asked_wait(const struct reply *a, int64_t now)
{
	struct str value = buf_view(&a->retry_after);
	int64_t at, seconds;

	if (read_seconds(value, &seconds))
		return seconds;
	if (value.n == 0 || !date_parse_http(value, &at))
		return -1;
	return at > server_now(a, now) ? at - server_now(a, now) : 0;
}

int64_t reply_retry_after(const struct reply *a, int64_t now)
{
	int64_t wait = asked_wait(a, now);

	if (wait < 0)
		return 0;
	if (wait < RETRY_LEAST)
		return RETRY_LEAST;
	return wait < RETRY_MOST ? wait : RETRY_MOST;
}

bool reply_retry_was_cut(const struct reply *a, int64_t now)
{
	return asked_wait(a, now) > RETRY_MOST;
}

int64_t reply_max_age(const struct reply *a, int64_t now)
{
	int64_t fresh = a->max_age;

	if (a->no_cache)
		return 0;
	if (fresh < 0 && a->expires != DATE_NONE)
		fresh = a->expires > server_now(a, now) ? a->expires - server_now(a, now) : 0;
	if (fresh < 0)
		return -1;
	return fresh > a->age ? fresh - a->age : 0;
}
