#include "cli_inside.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli_address.h"
#include "lede/app/sample.h"
#include "lede/app/words.h"
#include "lede/base/hash.h"
#include "lede/rank/notice.h"
#include "lede/text/date.h"
#include "lede/text/display.h"
#include "lede/text/url.h"

/* ---- sentences and lines ---- */

static void put_display(FILE *to, struct str text)
{
	struct buf shown = buf_limited(1 << 20);

	display_line(text, &shown);
	fwrite(buf_cstr(&shown), 1, shown.n, to);
	buf_free(&shown);
}

void cli_say(struct cli *c, const char *fmt, ...)
{
	struct buf text = buf_limited(1 << 16);
	va_list args;

	va_start(args, fmt);
	buf_addv(&text, fmt, args);
	va_end(args);
	fputs("lede: ", c->err);
	put_display(c->err, buf_view(&text));
	putc('\n', c->err);
	buf_free(&text);
}

int cli_fail(struct cli *c, const struct error *e)
{
	cli_say(c, "%s", e->text);
	c->damaged = c->damaged || e->code == ERR_DAMAGED;
	return exit_status_of(e->code);
}

void cli_put(struct cli *c, struct str text)
{
	put_display(c->out, text);
}

void cli_put_row(struct cli *c, const struct cli_row *r)
{
	struct buf line = buf_limited(1 << 18);

	buf_add(&line, r->title.n > 0 ? r->title : STR("(no title)"));
	if (r->source.n > 0) {
		buf_add_cstr(&line, " · ");
		buf_add(&line, r->source);
	}
	if (r->more > 0)
		buf_addf(&line, " +%d", r->more);
	buf_add_cstr(&line, " · ");
	words_age(&line, r->time, clock_now(&c->clock));
	fprintf(c->out, "%*lld ", r->width, (long long)r->number);
	cli_put(c, buf_view(&line));
	putc('\n', c->out);
	buf_free(&line);
}

struct fetch_options cli_fetch_options(const struct cli *c)
{
	return (struct fetch_options){ .version = c->version, .home_page = c->home_page,
				       .clock = c->clock };
}

struct jout cli_json(struct cli *c)
{
	return (struct jout){ .to = c->out };
}

bool cli_writable(const struct cli *c)
{
	return !ferror(c->out);
}

static enum err read_stream(FILE *from, const char *name, struct buf *into, struct error *e)
{
	char chunk[16 << 10];
	size_t n;

	errno = 0;
	while ((n = fread(chunk, 1, sizeof chunk, from)) > 0)
		if (buf_add(into, (struct str){ chunk, n }) != ERR_NONE)
			return error_set(e, ERR_LIMIT, "%s is larger than %zu bytes", name,
			                 into->max);
	return ferror(from) ? error_errno(e, ERR_IO, errno, "cannot read %s", name) : ERR_NONE;
}

enum err cli_read(struct cli *c, const char *name, struct buf *into, struct error *e)
{
	FILE *file;
	enum err rc;

	if (!name || strcmp(name, "-") == 0)
		return read_stream(c->in ? c->in : stdin, "the input", into, e);
	file = fopen(name, "rb");
	if (!file)
		return error_errno(e, errno == ENOENT ? ERR_NONESUCH : ERR_IO, errno,
				   "cannot open %s", name);
	rc = read_stream(file, name, into, e);
	fclose(file);
	return rc;
}

bool cli_id(struct cli *c, const char *typed, int64_t *id)
{
	if (str_to_int(str_of(typed), 1, INT64_MAX, id))
		return true;
	cli_say(c, "“%s” is no ID: a whole number, as lede latest prints them", typed);
	return false;
}

/* ---- the feeds file ---- */

static void feeds_complaint(void *self, int line, const char *why)
{
	struct cli *c = self;

	cli_say(c, "%s line %d: %s", c->paths.feeds, line, why);
}

int cli_subscriptions(struct cli *c, struct subscriptions *out)
{
	struct error e;

	if (subscriptions_load(c->paths.feeds, out, feeds_complaint, c, &e) == ERR_NONE)
		return EXIT_DONE;
	cli_fail(c, &e);
	return EXIT_USAGE;
}

/* As `lede add` would complete it; empty when it would make nothing of it. */
static struct str completed(const char *typed, struct buf *whole)
{
	char folder[PATH_MAX];

	if (!getcwd(folder, sizeof folder) ||
	    cli_address(str_of(typed), str_of(folder), whole, NULL) != ERR_NONE)
		buf_clear(whole);
	return buf_view(whole);
}

/* The feed whose address is the same but for scheme, www and a slash at the end; *n: how many. */
static const struct subscription *find_alike(const struct subscriptions *subs, struct str url,
					     int *n)
{
	struct buf wanted = buf_limited(16 << 10), form = buf_limited(16 << 10);
	const struct subscription *found = NULL;

	url_normalise(url, &wanted);
	for (size_t i = 0; i < subs->n && wanted.n > 0; i++) {
		buf_clear(&form);
		url_normalise(subs->feed[i].url, &form);
		if (!str_eq(buf_view(&form), buf_view(&wanted)))
			continue;
		found = &subs->feed[i];
		++*n;
	}
	buf_free(&wanted);
	buf_free(&form);
	return found;
}

enum err cli_find_feed(const struct subscriptions *subs, const char *typed,
		       const struct subscription **out, struct error *e)
{
	struct buf whole = buf_limited(16 << 10);
	int n = 1;

	*out = subscriptions_find(subs, str_of(typed));
	if (!*out)
		*out = subscriptions_find(subs, completed(typed, &whole));
	if (!*out) {
		n = 0;
		*out = find_alike(subs, buf_view(&whole), &n);
	}
	buf_free(&whole);
	if (n == 1)
		return ERR_NONE;
	return error_set(e, ERR_NONESUCH, n == 0 ? "not subscribed: %s" :
			 "more than one feed is like %s; lede feeds lists them", typed);
}

/* ---- the cache ---- */

/* Whether a folder could be made: the nearest that is there on the way to it may be written. */
static bool can_be_made(char *folder)
{
	struct stat st;
	char *slash;

	while (stat(folder, &st) != 0) {
		if (errno != ENOENT)
			return false;
		slash = strrchr(folder, '/');
		if (!slash)
			return access(".", W_OK | X_OK) == 0;
		*(slash == folder ? slash + 1 : slash) = '\0';
	}
	return S_ISDIR(st.st_mode) && access(folder, W_OK | X_OK) == 0;
}

enum err cli_check_place(const struct cli *c, struct error *e)
{
	const char *path = c->paths.db, *slash = strrchr(path, '/');
	char folder[PATH_MAX];
	struct stat st;
	size_t n = slash ? (size_t)(slash - path) : 0;

	if (n == 0)                   /* here, or in the root */
		return ERR_NONE;
	if (n < sizeof folder) {
		memcpy(folder, path, n);
		folder[n] = '\0';
		if ((stat(folder, &st) == 0 && S_ISDIR(st.st_mode)) || can_be_made(folder))
			return ERR_NONE;
	}
	return error_set(e, ERR_IO, "there can be no cache %s: its folder cannot be made", path);
}

/* A cache that is not there yet is read as an empty one. */
static enum err open_store(struct cli *c, struct cache *k, struct error *e)
{
	enum err rc;

	if (k->sample)
		return sample_open(clock_now(&c->clock), &k->store, e);
	rc = store_open(c->paths.db, STORE_READ, &k->store, e);
	if (rc != ERR_NONESUCH)
		return rc;
	rc = cli_check_place(c, e);
	return rc == ERR_NONE ? store_open(STORE_MEMORY "nothing", STORE_WRITE, &k->store, e) : rc;
}

static enum err load_feeds(struct cache *k, struct error *e)
{
	enum err rc = store_feeds(k->store, false, k->arena, &k->feed, &k->nfeeds, e);

	for (size_t i = 0; rc == ERR_NONE && i < k->nfeeds; i++)
		map_put(k->by_id, (uint64_t)k->feed[i].id, i);
	return rc;
}

int cache_open(struct cli *c, enum cache_want want, struct cache *out)
{
	struct error e;
	enum err rc;
	int status;

	*out = (struct cache){ .arena = arena_new(), .by_id = map_new() };
	status = cli_subscriptions(c, &out->subs);
	if (status != EXIT_DONE)
		return status;
	out->scripts = scripts_new();
	scripts_take(out->scripts, script_wishes_message(script_wishes_new(c->config, &out->subs)));
	out->sample = want == CACHE_OR_SAMPLE && out->subs.n == 0;
	rc = open_store(c, out, &e);
	if (rc == ERR_DAMAGED && cli_recover(c, false, NULL))
		rc = open_store(c, out, &e);
	if (rc == ERR_NONE && load_feeds(out, &e) == ERR_NONE)
		return EXIT_DONE;
	cli_fail(c, &e);
	return EXIT_CACHE;
}

void cache_say_empty(struct cli *c, const struct cache *k)
{
	if (k->nfeeds == 0 && k->subs.n == 0)
		cli_say(c, "no feeds yet: lede add URL adds one");
	else if (k->nfeeds == 0)
		cli_say(c, "nothing is cached yet: lede refresh fetches");
}

void cache_close(struct cache *k)
{
	scripts_free(k->scripts);
	store_close(k->store);
	subscriptions_free(&k->subs);
	arena_free(k->arena);
	map_free(k->by_id);
}

const struct feed_row *cache_feed(const struct cache *k, int64_t id)
{
	uint64_t i;

	return map_get(k->by_id, (uint64_t)id, &i) ? &k->feed[i] : NULL;
}

struct str cache_feed_url(const struct cache *k, int64_t id)
{
	const struct feed_row *f = cache_feed(k, id);

	return f ? cli_masked(f->url, k->arena) : (struct str){ "", 0 };
}

struct str cache_feed_title(void *cache, int64_t id)
{
	const struct feed_row *f = cache_feed(cache, id);

	return f ? f->title : (struct str){ "", 0 };
}

struct str cache_shown_title(const struct cache *k, int64_t feed, struct str title, struct arena *a)
{
	return scripts_title(k->scripts, k->store, feed, title, a);
}

/* ---- pieces of JSON ---- */

void entry_keys(struct jout *j, const struct cache *k, const struct entry_row *e)
{
	jout_key_number(j, "id", e->id);
	jout_key_number(j, "story", e->story);
	jout_key_text(j, "title", e->title);
	jout_key_text(j, "source", e->source);
	jout_key_text(j, "feed", cache_feed_url(k, e->feed));
	jout_key_text(j, "link", e->link);
	jout_key_text(j, "author", e->author);
	jout_key_time(j, "published", e->published);
	jout_key_time(j, "updated", e->updated);
	jout_key_bool(j, "read", e->flags & ENTRY_READ);
	jout_key_bool(j, "starred", e->flags & ENTRY_STARRED);
	if (e->flags & ENTRY_FILLER)
		jout_key_text(j, "filler", str_of(notice_rule_named(e->filler)->kind));
	else
		jout_key_null(j, "filler");
}

void why_key(struct jout *j, const struct terms *t, feed_name_fn *name, void *self)
{
	jout_key(j, "why");
	jout_begin(j, '[');
	for (int i = 0; i < t->n; i++) {
		struct buf text = buf_limited(1024);

		words_term(&text, &t->term[i], name(self, t->term[i].feed), false);
		jout_begin(j, '{');
		jout_key_text(j, "signal", str_of(signal_name(t->term[i].signal)));
		jout_key(j, "points");
		jout_hundredths(j, t->term[i].points);
		jout_key_text(j, "text", buf_view(&text));
		jout_end(j, '}');
		buf_free(&text);
	}
	jout_end(j, ']');
}
