#include "lede/net/outcome.h"

#include <string.h>

#include "lede/net/address.h"
#include "lede/net/cause.h"
#include "lede/text/url.h"

static uint64_t number_of(CURL *easy, CURLINFO what)
{
	curl_off_t n = 0;

	curl_easy_getinfo(easy, what, &n);
	return n > 0 ? (uint64_t)n : 0;
}

static struct str url_of(CURL *easy)
{
	char *url = NULL;

	curl_easy_getinfo(easy, CURLINFO_EFFECTIVE_URL, &url);
	return str_of(url);
}

static struct cause_facts facts_of(const struct transfer *t, CURLcode code)
{
	struct cause_facts f = { .code = (int)code, .detail = t->detail, .proxy = t->ask.proxy };
	uint64_t waited = number_of(t->easy, CURLINFO_TOTAL_TIME_T);
	long os_error = 0;

	curl_easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &os_error);
	f.url = url_of(t->easy);
	f.seconds = waited > 1500000 ? (int)((waited + 500000) / 1000000) : 1;
	f.os_error = (int)os_error;
	f.answered = t->begun;
	f.redirected = t->hops > 0;
	f.received = number_of(t->easy, CURLINFO_SIZE_DOWNLOAD_T);
	return f;
}

/* The word before the colon: a redirect's target may be anything. */
static struct str scheme_of(const struct reply *a)
{
	struct str target = buf_view(&a->location);
	struct url u = url_split(target);

	return u.scheme.n > 0 ? u.scheme : str_sub(target, 0, 40);
}

/* ---- what ended it ---- */

static enum fetch_outcome bound(struct fetch_result *r, enum cause_limit limit, uint64_t n,
	struct str what)
{
	cause_bound(&r->error, limit, n, what);
	return FETCH_LIMIT;
}

/* A code of libcurl's; its own limits are set to ours. */
static enum fetch_outcome ended_by_code(const struct transfer *t, CURLcode code,
	struct fetch_result *r)
{
	struct cause_facts f = facts_of(t, code);
	bool at_redirect = reply_is_redirect(t->reply) && !t->begun;

	if (code == CURLE_TOO_MANY_REDIRECTS)
		return bound(r, CAUSE_REDIRECTS, (uint64_t)t->hops, STR(""));
	if (code == CURLE_FILESIZE_EXCEEDED)
		return bound(r, CAUSE_BODY, t->ask.body_limit, STR(""));
	if (at_redirect && (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT))
		return bound(r, CAUSE_REDIRECT_SCHEME, 0, scheme_of(t->reply));
	if (code == CURLE_OK)
		f.code = CURLE_WEIRD_SERVER_REPLY;            /* an end without an answer */
	cause_failure(&r->error, &f);
	return FETCH_FAILED;
}

static enum fetch_outcome ended_by(const struct transfer *t, CURLcode code, struct fetch_result *r)
{
	switch (t->stop) {
	case STOP_SINK:
		return FETCH_STOPPED;
	case STOP_ENOUGH:
		return FETCH_DONE;
	case STOP_BODY:
		return bound(r, CAUSE_BODY, t->ask.body_limit, STR(""));
	case STOP_HEADERS:
		return bound(r, CAUSE_HEADERS, REPLY_HEADERS_MAX, STR(""));
	case STOP_ADDRESS:
		return bound(r, CAUSE_ADDRESS, REPLY_ADDRESS_MAX, STR(""));
	case STOP_PRIVATE:
		return bound(r, CAUSE_PRIVATE, (uint64_t)t->hops, buf_view(&t->peer));
	case STOP_CLOSE:
		error_set(&r->error, ERR_CANCEL, "stopped");
		return FETCH_CANCELLED;
	case STOP_NONE:
		break;
	}
	/* The body of a refusal matters to nobody, even when it is cut off. */
	if (t->begun && (code == CURLE_OK || !t->wanted))
		return FETCH_DONE;
	return ended_by_code(t, code, r);
}

/* ---- what was said ---- */

static bool is_good(int status)
{
	return status == 200 || status == 203 || status == 304;
}

static const char *wall_of(const struct transfer *t, struct str came)
{
	struct str head = buf_view(&t->head), host = transfer_host(t);
	struct wall_signs signs = { .reply = t->reply, .head = head, .asked = t->ask.url,
		.came = came };
	const char *name = wall_name(&signs);

	if (!name && t->wanted && !address_is_near(host))
		name = wall_watch_page(t->world->watch, host, head,
				       clock_ticks(&t->world->clock));
	return name;
}

static void say_what_was_answered(const struct transfer *t, struct fetch_result *r)
{
	const char *wall = wall_of(t, r->address);

	r->wall = str_of(wall);
	if (wall)
		cause_wall(&r->error, wall);
	else if (r->outcome == FETCH_DONE)
		cause_status(&r->error, t->reply);
}

static void set_waits(const struct transfer *t, struct fetch_result *r)
{
	int64_t now = clock_now(&t->world->clock);

	r->max_age = reply_max_age(t->reply, now);
	if (t->reply->status < 400)
		return;
	r->retry_after = reply_retry_after(t->reply, now);
	if (reply_retry_was_cut(t->reply, now))
		error_set(&r->error, ERR_HTTP,
			  "%d: asked to wait longer than a week; a week will do", t->reply->status);
}

static void set_numbers(const struct transfer *t, struct fetch_result *r)
{
	r->max_age = -1;
	r->address = url_of(t->easy);
	r->received = number_of(t->easy, CURLINFO_SIZE_DOWNLOAD_T);
	r->decoded = t->wanted ? t->decoded : 0;
	r->downgraded = t->downgraded;
	r->status = t->begun ? t->reply->status : 0;
}

void outcome_of(struct transfer *t, CURLcode code, struct fetch_result *r)
{
	memset(r, 0, sizeof *r);
	set_numbers(t, r);
	r->outcome = ended_by(t, code, r);
	if (!t->begun)
		return;
	if (r->outcome == FETCH_DONE || r->outcome == FETCH_STOPPED)
		say_what_was_answered(t, r);
	set_waits(t, r);
	if (is_good(r->status))
		r->moved = buf_view(&t->moved);
}

void outcome_without_answer(const struct transfer *t, enum fetch_outcome outcome,
	const struct error *why, struct fetch_result *r)
{
	*r = (struct fetch_result){ .outcome = outcome, .address = t->ask.url, .max_age = -1 };
	if (why)
		r->error = *why;
	else
		error_set(&r->error, ERR_CANCEL, "stopped");
}

void outcome_cancelled(struct transfer *t, struct fetch_result *r)
{
	memset(r, 0, sizeof *r);
	set_numbers(t, r);
	r->outcome = FETCH_CANCELLED;
	error_set(&r->error, ERR_CANCEL, "stopped");
}

bool outcome_is_unreachable(const struct transfer *t, CURLcode code)
{
	struct cause_facts f = facts_of(t, code);

	return t->stop == STOP_NONE && !t->begun && cause_is_unreachable(&f);
}
