/* lede feeds and lede remove: the list of feeds. */
#include "cli_inside.h"

#include "cli_address.h"
#include "lede/base/hash.h"
#include "lede/app/words.h"
#include "lede/text/date.h"

/* ---- feeds ---- */

/* A feed of the feeds file and what the cache knows of it; never fetched: no row. */
struct listed {
	const struct subscription *sub; const struct feed_row *row;
	struct str url;                   /* for other eyes */
	struct str address;               /* where redirects led last time; empty: not known */
};

static struct listed listed_feed(const struct cache *k, size_t i)
{
	struct listed l = { .sub = &k->subs.feed[i] };

	l.url = cli_masked(l.sub->url, k->arena);
	for (size_t n = 0; n < k->nfeeds && !l.row; n++)
		if (str_eq(k->feed[n].url, l.sub->url))
			l.row = &k->feed[n];
	return l;
}

/* What the person calls it, else what it calls itself; empty before it was fetched. */
static struct str title_of(const struct listed *l)
{
	if (l->sub->title.n > 0)
		return l->sub->title;
	return l->row ? l->row->title : (struct str){ "", 0 };
}

static const char *state_of(const struct listed *l)
{
	return feed_state_name(l->row ? l->row->state : FEED_OK);
}

/* The store's 0 is "never". */
static int64_t time_or_none(int64_t t)
{
	return t ? t : DATE_NONE;
}

/* In hundredths, by the pace of its last ten entries up to when it was last asked. */
static int64_t entries_a_day(const struct feed_row *r)
{
	int64_t span = r->checked - r->recent_since;

	return r->recent < 2 || span <= 0 ? 0 : (int64_t)r->recent * 100 * 86400 / span;
}

static void tags_key(struct jout *j, const struct subscription *s)
{
	jout_key(j, "tags");
	jout_begin(j, '[');
	for (size_t i = 0; i < s->ntags; i++)
		jout_text(j, s->tags[i]);
	jout_end(j, ']');
}

static void feed_object(struct jout *j, const struct listed *l)
{
	static const struct feed_row never;
	const struct feed_row *r = l->row ? l->row : &never;

	jout_begin(j, '{');
	jout_key_text(j, "url", l->url);
	jout_key_text(j, "title", title_of(l));
	tags_key(j, l->sub);
	jout_key_text(j, "state", str_of(state_of(l)));
	jout_key_number(j, "unread", r->unread);
	jout_key_number(j, "entries", r->entries);
	jout_key_time(j, "last_success", time_or_none(r->ok));
	jout_key_time(j, "last_new", time_or_none(r->fresh));
	jout_key_time(j, "next_try", time_or_none(r->next));
	jout_key_number(j, "failures", r->failures);
	jout_key_text(j, "error", r->error);
	jout_key_time(j, "error_at", time_or_none(r->error.n > 0 ? r->error_at : 0));
	jout_key_text(j, "address", l->address);
	jout_key_text(j, "moved", r->moved);
	jout_key(j, "per_day");
	jout_hundredths(j, entries_a_day(r));
	jout_key_number(j, "asked", r->asked);
	jout_key_number(j, "unchanged", r->same);
	jout_key_number(j, "bytes", r->bytes);
	jout_key_bool(j, "cut", r->cut);
	jout_end(j, '}');
}

/* Where each feed was found in the end, for other eyes. What cannot be read is not known. */
static struct map *addresses(const struct cache *k, struct feed_validators **v)
{
	struct map *at = map_new();
	struct error e;
	size_t n;

	if (store_validators(k->store, k->arena, v, &n, &e) == ERR_NONE)
		for (size_t i = 0; i < n; i++)
			map_put(at, (uint64_t)(*v)[i].feed, i);
	return at;
}

static struct str address_of(const struct listed *l, const struct cache *k, const struct map *at,
			     const struct feed_validators *v)
{
	uint64_t i;

	if (!l->row || !map_get(at, (uint64_t)l->row->id, &i))
		return (struct str){ "", 0 };
	return cli_masked(v[i].address, k->arena);
}

static void feeds_json(struct cli *c, const struct cache *k)
{
	struct jout j = cli_json(c);
	struct feed_validators *v;
	struct map *at = addresses(k, &v);

	jout_begin(&j, '{');
	jout_key(&j, "feeds");
	jout_begin(&j, '[');
	for (size_t i = 0; i < k->subs.n; i++) {
		struct listed l = listed_feed(k, i);

		l.address = address_of(&l, k, at, v);
		feed_object(&j, &l);
	}
	jout_end(&j, ']');
	jout_end(&j, '}');
	jout_line(&j);
	map_free(at);
}

static void add_part(struct buf *line, struct str part)
{
	if (part.n == 0)
		return;
	if (line->n > 0)
		buf_add_cstr(line, " · ");
	buf_add(line, part);
}

/* "4 failures in a row · next try 11:45" */
static void add_failures(const struct cli *c, struct buf *line, const struct feed_row *r)
{
	int64_t now = clock_now(&c->clock);

	if (r->failures > 1)
		buf_addf(line, " · %d failures in a row", r->failures);
	if (r->failures > 0 && r->state != FEED_GONE && r->next > now) {
		buf_add_cstr(line, " · next try ");
		if (r->next - now < 86400)
			words_clock(line, r->next);
		else
			words_long_date(line, r->next, now);
	}
}

/* "failing     3 Paper Daily · https://a.example/feed · no such host: a.example" */
static void put_feed(struct cli *c, const struct listed *l)
{
	struct config_feed scope = { l->sub->url, l->sub->tags, l->sub->ntags };
	struct buf line = buf_limited(1 << 18), moved = buf_limited(1 << 14);

	add_part(&line, title_of(l));
	add_part(&line, l->url);
	if (l->row) {
		if (!config_bool(c->config, OPT_TLS_VERIFY, &scope))
			add_part(&line, STR("its certificate is not checked"));
		add_part(&line, l->row->error);
		add_failures(c, &line, l->row);
		if (l->row->moved.n > 0)
			buf_addf(&moved, "moved to %.*s: lede feeds --apply-moves follows",
				 (int)l->row->moved.n, l->row->moved.p);
		add_part(&line, buf_view(&moved));
	}
	fprintf(c->out, "%-8s %5lld ", state_of(l), l->row ? (long long)l->row->unread : 0LL);
	cli_put(c, buf_view(&line));
	putc('\n', c->out);
	buf_free(&line);
	buf_free(&moved);
}

static void feeds_plain(struct cli *c, const struct cache *k)
{
	for (size_t i = 0; i < k->subs.n && cli_writable(c); i++) {
		struct listed l = listed_feed(k, i);

		put_feed(c, &l);
	}
	if (k->subs.n == 0)
		cli_say(c, "no feeds yet: lede add URL adds one");
}

/* ---- moves ---- */

/* One feed: in the cache, in the feeds file, and only then for good. */
static enum err apply_move(struct cli *c, struct store *s, const struct cache *k,
			   const struct feed_row *f, struct error *e)
{
	bool known = subscriptions_find(&k->subs, f->moved) != NULL;
	enum err rc = store_begin(s, true, e);

	if (rc != ERR_NONE)
		return rc;
	if (!known)
		rc = store_feed_moved(s, f->id, f->moved, e);
	if (rc == ERR_NONE)
		rc = subscriptions_readdress(c->paths.feeds, f->url, f->moved, NULL, e);
	if (rc == ERR_NONE)
		rc = store_commit(s, e);
	else
		store_rollback(s);
	return rc;
}

static int tell_move(struct cli *c, const struct cache *k, const struct feed_row *f)
{
	fputs("moved: ", c->out);
	cli_put(c, cli_masked(f->url, k->arena));
	fputs(" → ", c->out);
	cli_put(c, cli_masked(f->moved, k->arena));
	putc('\n', c->out);
	return EXIT_DONE;
}

/* With --json the list that follows says where they are. */
static int apply_moves(struct cli *c, const struct cli_args *a, const struct cache *k)
{
	struct store *s = NULL;
	struct error e = { .code = ERR_NONE };
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < k->nfeeds && rc == ERR_NONE; i++) {
		const struct feed_row *f = &k->feed[i];

		if (f->moved.n == 0 || !subscriptions_find(&k->subs, f->url))
			continue;
		if (!s)
			rc = store_open(c->paths.db, STORE_WRITE, &s, &e);
		if (rc == ERR_NONE)
			rc = apply_move(c, s, k, f, &e);
		if (rc == ERR_NONE && !a->json)
			tell_move(c, k, f);
	}
	store_close(s);
	return rc == ERR_NONE ? EXIT_DONE : cli_fail(c, &e);
}

/* With the pace of each, which lists elsewhere have no need of. */
static int load_health(struct cli *c, struct cache *k)
{
	struct error e;

	if (store_feeds(k->store, true, k->arena, &k->feed, &k->nfeeds, &e) != ERR_NONE)
		return cli_fail(c, &e);
	return EXIT_DONE;
}

static int open_health(struct cli *c, struct cache *k)
{
	int status = cache_open(c, CACHE_ONLY, k);

	return status == EXIT_DONE ? load_health(c, k) : status;
}

int cmd_feeds(struct cli *c, const struct cli_args *a)
{
	struct cache k;
	int status = open_health(c, &k);

	if (status == EXIT_DONE && a->apply_moves) {
		status = apply_moves(c, a, &k);
		cache_close(&k);
		if (status != EXIT_DONE || !a->json)
			return status;
		status = open_health(c, &k);
	}
	if (status == EXIT_DONE)
		a->json ? feeds_json(c, &k) : feeds_plain(c, &k);
	cache_close(&k);
	return status;
}

/* ---- remove ---- */

/* The cache follows the feeds file at once, so that the lists do not show what was unsubscribed. No
 * cache: nothing to do. */
static enum err hide_removed(struct cli *c, const struct subscriptions *subs, struct error *e)
{
	struct arena *a = arena_new();
	struct str *url = arena_alloc(a, (subs->n + 1) * sizeof *url);
	struct store *s = NULL;
	enum err rc = store_open(c->paths.db, STORE_READ, &s, e);

	store_close(s);
	s = NULL;
	for (size_t i = 0; i < subs->n; i++)
		url[i] = subs->feed[i].url;
	if (rc == ERR_NONE)
		rc = store_open(c->paths.db, STORE_WRITE, &s, e);
	if (rc == ERR_NONE)
		rc = store_feeds_sync(s, url, subs->n, clock_now(&c->clock), NULL, e);
	store_close(s);
	arena_free(a);
	return rc == ERR_NONESUCH ? ERR_NONE : rc;
}

/* As it was typed first: a line that no feed is read from can be taken out too. */
static enum err unsubscribe(struct cli *c, const char *typed, struct arena *a, struct str *url,
			    struct error *e)
{
	struct subscriptions subs = { 0 };
	const struct subscription *s;
	enum err rc = subscriptions_remove(c->paths.feeds, str_of(typed), NULL, e);

	*url = str_of(typed);
	if (rc != ERR_NONESUCH)
		return rc;
	rc = subscriptions_load(c->paths.feeds, &subs, NULL, NULL, e);
	if (rc == ERR_NONE)
		rc = cli_find_feed(&subs, typed, &s, e);
	if (rc == ERR_NONE) {
		*url = (struct str){ arena_copy(a, s->url.p, s->url.n), s->url.n };
		rc = subscriptions_remove(c->paths.feeds, *url, NULL, e);
	}
	subscriptions_free(&subs);
	return rc;
}

static int remove_one(struct cli *c, const char *typed, struct arena *a)
{
	struct str url;
	struct error e;
	enum err rc = unsubscribe(c, typed, a, &url, &e);

	if (rc != ERR_NONE) {
		cli_fail(c, &e);
		return rc == ERR_NONESUCH ? EXIT_NOTHING : EXIT_USAGE;
	}
	fputs("unsubscribed: ", c->out);
	cli_put(c, cli_masked(url, a));
	putc('\n', c->out);
	return EXIT_DONE;
}

int cmd_remove(struct cli *c, const struct cli_args *a)
{
	struct subscriptions subs = { 0 };
	struct arena *arena = arena_new();
	struct error e;
	int status = EXIT_DONE;

	for (int i = 0; i < a->noperands; i++) {
		int one = remove_one(c, a->operand[i], arena);

		status = one > status ? one : status;
	}
	if (subscriptions_load(c->paths.feeds, &subs, NULL, NULL, &e) != ERR_NONE ||
	    hide_removed(c, &subs, &e) != ERR_NONE)
		status = cli_fail(c, &e);
	subscriptions_free(&subs);
	arena_free(arena);
	return status;
}
