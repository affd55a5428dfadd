#include "cli_probe.h"

#include <stdlib.h>

#include "cli_address.h"
#include "lede/base/file.h"
#include "lede/base/mailbox.h"
#include "lede/feed/feed.h"
#include "lede/text/url.h"

enum { PAGE_LIMIT = 1 << 20, FILE_LIMIT = 32 << 20 };

/* Where sites that announce nothing have their feed, in the order of how often: one request each,
 * one after the other, until one is a feed. */
static const char *const usual[] = { "/feed", "/rss", "/atom.xml", "/feed.xml", "/index.xml" };
#define USUAL (sizeof usual / sizeof *usual)

/* One address while its answer comes; first the network thread's, then, given back as a message,
 * the caller's. */
struct asking {
	struct message m;
	struct probe *probe;
	struct mailbox *done;
	struct str url;                   /* that is asked; lives in the caller's arena */
	size_t guess;                     /* 0: the address itself; else usual[guess - 1] */
	struct feed_parser *parser;       /* NULL until the answer begins */
	struct buf page; /* the first PAGE_LIMIT bytes: where a page announces its feeds */
	struct buf address;               /* final, after redirects */
	bool is_feed;
	enum err parsed; struct error parse_error;
	enum fetch_outcome outcome; int status; struct error error;
	bool wall;
};

static struct asking *asking_new(struct probe *p, struct str url, struct mailbox *done)
{
	struct asking *k = mem_new(sizeof *k);

	k->probe = p;
	k->url = url;
	k->done = done;
	k->page = buf_limited(PAGE_LIMIT);
	k->address = buf_limited(64 << 10);
	return k;
}

static void asking_free(struct asking *k)
{
	feed_parser_free(k->parser);
	buf_free(&k->page);
	buf_free(&k->address);
	free(k);
}

/* ---- bytes ---- */

/* One entry is enough to know. */
static bool saw_entry(void *self, const struct feed_entry *e)
{
	(void)e;
	((struct asking *)self)->is_feed = true;
	return false;
}

static void start_parsing(struct asking *k, struct str address, struct str content_type)
{
	struct feed_source source = {
		.base_url = address, .content_type = content_type, .entry = saw_entry, .self = k
	};

	buf_clear(&k->address);
	buf_add(&k->address, address);
	feed_parser_free(k->parser);
	k->parser = feed_parser_new(&source);
}

/* False when nothing more needs to be seen. */
static bool take_bytes(struct asking *k, struct str bytes)
{
	size_t room = PAGE_LIMIT - k->page.n;

	buf_add(&k->page, str_sub(bytes, 0, room));
	if (k->parsed == ERR_NONE)
		k->parsed = feed_parser_push(k->parser, bytes, &k->parse_error);
	return !k->is_feed && bytes.n < room;
}

/* A feed without entries is known by its format. */
static void finish_parsing(struct asking *k)
{
	if (!k->parser || k->is_feed)
		return;
	if (k->parsed == ERR_NONE)
		k->parsed = feed_parser_end(k->parser, &k->parse_error);
	k->is_feed = k->parsed == ERR_NONE && feed_parser_meta(k->parser)->format != FEED_UNKNOWN;
}

/* ---- the network thread ---- */

static bool answer_begins(void *self, const struct fetch_answer *a)
{
	struct asking *k = self;

	if (a->status == 200 || a->status == 203)
		start_parsing(k, a->address, a->content_type);
	return true;
}

static bool answer_goes_on(void *self, struct str bytes)
{
	struct asking *k = self;

	return !k->parser || take_bytes(k, bytes);
}

static void answer_ends(void *self, const struct fetch_result *r)
{
	struct asking *k = self;

	finish_parsing(k);
	k->outcome = r->outcome;
	k->status = r->status;
	k->error = r->error;
	k->wall = r->wall.n > 0;
	mailbox_give(k->done, &k->m);
}

static uint64_t ask_network(struct asking *k, struct fetcher *fetcher, const struct config *config)
{
	struct config_feed feed = { .url = k->url };
	struct fetch_request q = {
		.url = k->url,
		.user_agent = str_of(config_text(config, OPT_USER_AGENT, &feed)),
		.proxy = str_of(config_text(config, OPT_PROXY, &feed)),
		.timeout = (int)config_number(config, OPT_TIMEOUT, &feed),
		.verify_tls = true, .may_be_private = true,
		.sink = { answer_begins, answer_goes_on, answer_ends, k },
	};
	uint64_t id;

	fetcher->start(fetcher, &q, &id);
	return id;
}

static void read_from_file(struct asking *k)
{
	struct buf path = buf_limited(64 << 10), bytes = buf_limited(FILE_LIMIT);
	enum err rc = cli_file_path(k->probe->url, &path, &k->error);

	if (rc == ERR_NONE)
		rc = file_read(buf_cstr(&path), &bytes, &k->error);
	if (rc == ERR_NONE) {
		start_parsing(k, k->probe->url, STR(""));
		take_bytes(k, buf_view(&bytes));
		finish_parsing(k);
		k->status = 200;
	}
	buf_free(&path);
	buf_free(&bytes);
}

/* ---- the verdict ---- */

static bool is_page(struct str bytes)
{
	struct str head = str_sub(bytes, 0, 2048);

	return str_find_nocase(head, STR("<html")) != SIZE_MAX ||
	       str_find_nocase(head, STR("<!doctype html")) != SIZE_MAX;
}

/* A host that a page on the open network has no business to send us to (FETCHING.md, "Private
 * addresses"). */
static bool may_be_inside(struct str host)
{
	bool numeric = host.n > 0;

	for (size_t i = 0; i < host.n; i++)
		numeric = numeric && (ascii_is_digit(host.p[i]) || host.p[i] == '.');
	return numeric || str_starts(host, "[") || str_eq_nocase(host, STR("localhost")) ||
	       str_find(host, '.') == SIZE_MAX;
}

static bool may_be_taken(struct str announced, struct str page)
{
	struct url to = url_split(announced), from = url_split(page);

	return url_is_web(announced) &&
	       (!may_be_inside(to.host) || str_eq_nocase(to.host, from.host));
}

static void find_announced(struct asking *k, struct arena *a)
{
	struct probe *p = k->probe;
	struct announced *all;
	size_t n = announced_feeds(buf_view(&k->page), buf_view(&k->address), a, &all);

	p->found = arena_alloc(a, (n + 1) * sizeof *p->found);
	for (size_t i = 0; i < n; i++)
		if (may_be_taken(all[i].url, buf_view(&k->address)))
			p->found[p->nfound++] = all[i];
}

static void judge_document(struct asking *k, struct arena *a)
{
	struct probe *p = k->probe;
	bool page = is_page(buf_view(&k->page));

	if (page)
		find_announced(k, a);
	p->result = p->nfound > 0 ? PROBE_PAGE : PROBE_OTHER;
	if (page)
		error_set(&p->why, ERR_SYNTAX, "not a feed: a web page that announces none");
	else if (k->parsed != ERR_NONE)
		p->why = k->parse_error;
	else
		error_set(&p->why, ERR_SYNTAX, "not a feed");
}

/* "Not found" and "gone" are answers; what else a server says may be different tomorrow. */
static void judge(struct asking *k, struct arena *a)
{
	struct probe *p = k->probe;
	bool answered = k->status == 200 || k->status == 203;

	if (k->is_feed) {
		struct str title = feed_parser_meta(k->parser)->title;

		p->result = PROBE_FEED;
		p->title = (struct str){ arena_copy(a, title.p ? title.p : "", title.n), title.n };
		return;
	}
	if (answered && !k->wall && (k->outcome == FETCH_DONE || k->outcome == FETCH_STOPPED)) {
		judge_document(k, a);
		return;
	}
	if (k->outcome == FETCH_FAILED && k->error.code == ERR_USAGE)
		p->result = PROBE_NEVER;
	else if (k->outcome == FETCH_LIMIT || k->status == 404 || k->status == 410)
		p->result = PROBE_OTHER;
	else
		p->result = PROBE_SILENT;
	p->why = k->error;
	if (p->why.text[0] == '\0')
		error_set(&p->why, ERR_HTTP, "answered with status %d", k->status);
}

/* A file that cannot be read is no feed, however well its address is formed. */
static void probe_file(struct probe *p, struct arena *a)
{
	struct asking *k = asking_new(p, p->url, NULL);

	read_from_file(k);
	judge(k, a);
	if (p->result == PROBE_SILENT)
		p->result = PROBE_OTHER;
	asking_free(k);
}

/* ---- pages that announce nothing ---- */

/* "https://a.example:8080" of an address, with the path behind it. */
static struct str at_root(struct str url, const char *path, struct arena *a)
{
	struct url u = url_split(url);
	struct buf b = buf_limited(64 << 10);
	struct str made;

	buf_addf(&b, "%.*s://%.*s", (int)u.scheme.n, u.scheme.p, (int)u.host.n, u.host.p);
	if (u.port.n > 0)
		buf_addf(&b, ":%.*s", (int)u.port.n, u.port.p);
	buf_add_cstr(&b, path);
	made = (struct str){ arena_copy(a, buf_cstr(&b), b.n), b.n };
	buf_free(&b);
	return made;
}

static void take_guess(struct asking *k, struct arena *a)
{
	struct str title = feed_parser_meta(k->parser)->title;
	struct probe *p = k->probe;

	p->found = arena_alloc(a, sizeof *p->found);
	p->found[0].url = k->url;
	p->found[0].title = (struct str){ arena_copy(a, title.p ? title.p : "", title.n), title.n };
	p->nfound = 1;
	p->result = PROBE_PAGE;
}

static void say_nowhere(struct probe *p)
{
	error_set(&p->why, ERR_SYNTAX, "not a feed: a web page that announces none, and "
		  "there is none at the usual places");
}

/* The next request for a page without announced feeds; NULL: there is none to make. */
static struct asking *next_guess(struct asking *k, struct arena *a)
{
	struct probe *p = k->probe;
	struct str page = k->guess == 0 ? buf_view(&k->address) : k->url;
	struct asking *next;

	if (k->guess == 0 && !(p->result == PROBE_OTHER && k->parser &&
			       is_page(buf_view(&k->page)) && url_is_web(page)))
		return NULL;
	if (k->guess == USUAL) {
		say_nowhere(p);
		return NULL;
	}
	next = asking_new(p, at_root(page, usual[k->guess], a), k->done);
	next->guess = k->guess + 1;
	return next;
}

/* Takes an answer; the request that follows from it, or NULL. */
static struct asking *conclude(struct asking *k, struct arena *a)
{
	if (k->guess == 0)
		judge(k, a);
	else if (k->is_feed && !k->wall) {
		take_guess(k, a);
		return NULL;
	}
	return next_guess(k, a);
}

bool probe_needs_network(const struct probe *p)
{
	return !str_starts(p->url, "file:");
}

void probe_all(struct probe *p, size_t n, struct fetcher *fetcher, const struct config *config,
	       struct arena *a)
{
	struct mailbox *done = mailbox_new(0);
	struct message *m;
	size_t asked = 0;

	for (size_t i = 0; i < n; i++) {
		if (!probe_needs_network(&p[i])) {
			probe_file(&p[i], a);
			continue;
		}
		ask_network(asking_new(&p[i], p[i].url, done), fetcher, config);
		asked++;
	}
	while (asked > 0 && mailbox_wait(done, &m, -1)) {
		struct asking *next = conclude((struct asking *)m, a);

		asking_free((struct asking *)m);
		if (next)
			ask_network(next, fetcher, config);
		else
			asked--;
	}
	mailbox_free(done);
}

/* The next answer; a request whose answer nobody wants is cancelled, and ends soon. */
static struct asking *wait_watched(struct mailbox *done, struct fetcher *fetcher, uint64_t id,
				   const struct probe_watch *watch)
{
	struct message *m;
	bool cancelled = false;

	while (!mailbox_wait(done, &m, 100)) {
		if (!cancelled && watch->given_up(watch->self)) {
			fetcher->cancel(fetcher, id);
			cancelled = true;
		}
	}
	return (struct asking *)m;
}

void probe_watched(struct probe *p, struct fetcher *fetcher, const struct config *config,
		   const struct probe_watch *watch, struct arena *a)
{
	struct mailbox *done;
	struct asking *k;
	int place = 0;

	if (!probe_needs_network(p)) {
		probe_file(p, a);
		return;
	}
	done = mailbox_new(0);
	k = asking_new(p, p->url, done);
	while (k) {
		struct asking *next;

		watch->place(watch->self, ++place);
		k = wait_watched(done, fetcher, ask_network(k, fetcher, config), watch);
		next = watch->given_up(watch->self) ? NULL : conclude(k, a);
		asking_free(k);
		if (next && place == PROBE_PLACES) {
			say_nowhere(p);
			asking_free(next);
			next = NULL;
		}
		k = next;
	}
	mailbox_free(done);
}
