#include "refresh.h"

#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "lede/app/config.h"
#include "lede/store/hosts.h"
#include "lede/text/url.h"
#include "refresh_order.h"
#include "lede/app/secrets.h"

/* a little more than a transfer may take: what a killed lede claimed is free again after it */
#define CLAIM_SECONDS 90
#define START_AT_ONCE 64
/* batches: what parsers take from one thread and the writer frees in another stays behind in holes,
 * which would be as much again by the end */
#define GIVE_BACK_EVERY 16
/* at most ten notices a second that tell of no feed in particular */
#define TELL_MS 100

struct refresh {
	struct refresh_world w;
	struct refresh_order *order;
	struct arena *arena;
	struct feed_task *task; size_t ntasks;     /* in the order they are asked */
	size_t started, running;
	unsigned batches;             /* written */
	struct feed_file *file;
	struct batch *batch;
	/* As long as no server has answered, it may be the network that is missing: whose fault a
	 * failure is shows with the first answer, or at the end. */
	struct feed_task **held; size_t nheld, held_cap;
	bool answered, no_network;    /* no_network: some result said so */
	bool stopped, broken;         /* broken: the store takes nothing any more */
	int64_t began, told;          /* ticks */
	int done, failed, skipped, hosts;
	int64_t stories;
	struct error last;            /* failure */
	struct map *waiting_hosts;    /* hosts that wanted no more requests */
	struct map *busy_hosts;       /* hosts of which one feed asked to wait (503) */
};

/* ---- notices ---- */

static struct notice *counted(const struct refresh *r, enum notice_kind kind)
{
	struct notice *n = notice_new(kind);

	n->done = r->done;
	n->total = (int)r->order->nwanted;
	n->failed = r->failed;
	n->skipped = r->skipped;
	n->fresh = batch_fresh(r->batch);
	n->new_stories = r->stories;
	n->stopped = r->stopped;
	n->hosts = r->hosts;
	return n;
}

static void tell_progress(struct refresh *r)
{
	int64_t ticks = clock_ticks(&r->w.clock);

	if (ticks - r->told < TELL_MS)
		return;
	r->told = ticks;
	mailbox_give(r->w.out, &counted(r, NOTICE_PROGRESS)->m);
}

static void tell_feed(struct refresh *r, const struct feed_task *t, const char *result,
		      const struct error *why)
{
	struct notice *n = counted(r, NOTICE_PROGRESS);
	size_t url = t->url.n < sizeof n->url ? t->url.n : sizeof n->url - 1;

	n->feed = t->id;
	n->status = t->got.status;
	n->new_entries = t->fresh;
	n->bytes = t->got.bytes;
	strncpy(n->result, result, sizeof n->result - 1);
	memcpy(n->url, t->url.p, url);
	if (why)
		n->error = *why;
	r->told = clock_ticks(&r->w.clock);
	mailbox_give(r->w.out, &n->m);
}

void refresh_tell_end(struct refresh *r)
{
	struct notice *n = counted(r, NOTICE_REFRESHED);

	n->n = (clock_ticks(&r->w.clock) - r->began + 999) / 1000;
	n->no_network = r->no_network && !r->answered;
	n->error = r->last;
	mailbox_give(r->w.out, &n->m);
}

/* ---- ends ---- */

/* A feed's visit is stored. */
static void feed_done(void *self, struct feed_task *t, const struct verdict *v)
{
	struct refresh *r = self;

	if (strcmp(v->result, "failed") == 0) {
		r->failed++;
		r->last = v->sentence;
	}
	r->skipped += strcmp(v->result, "skipped") == 0;
	tell_feed(r, t, v->result, &v->sentence);
	arena_free(t->got.arena);
	t->got.arena = NULL;
}

static void skip(struct refresh *r, struct feed_task *t, const struct error *why)
{
	r->done++;
	r->skipped++;
	t->ended = true;
	tell_feed(r, t, "skipped", why);
}

/* A 429 speaks for the whole host: its other feeds of this refresh are taken back, and wait as
 * long. */
static void host_waits(struct refresh *r, const struct feed_task *from, int64_t until)
{
	if (map_get(r->waiting_hosts, from->host, NULL))
		return;
	map_put(r->waiting_hosts, from->host, (uint64_t)until);
	for (size_t i = 0; i < r->ntasks; i++) {
		struct feed_task *t = &r->task[i];

		if (t == from || t->host != from->host || t->ended)
			continue;
		t->host_waits = until;
		if (t->asked)
			r->w.fetcher->cancel(r->w.fetcher, t->request);
	}
}

/* A 503 that asks to wait speaks for its feed; the second of a host speaks for the host. */
static bool asked_twice_to_wait(struct refresh *r, const struct feed_task *t)
{
	bool before = map_get(r->busy_hosts, t->host, NULL);

	map_put(r->busy_hosts, t->host, 1);
	return before && t->host_name.n > 0;
}

static void hold(struct refresh *r, struct feed_task *t)
{
	r->held = mem_grow(r->held, &r->held_cap, r->nheld + 1, sizeof *r->held);
	r->held[r->nheld++] = t;
}

/* The feeds themselves are to blame. */
static void release_held(struct refresh *r)
{
	for (size_t i = 0; i < r->nheld; i++)
		batch_add_ended(r->batch, r->held[i]);
	r->nheld = 0;
}

static void skip_stopped(struct refresh *r, const struct feed_task *t)
{
	const struct error why = { ERR_CANCEL, "stopped" };

	r->skipped++;
	tell_feed(r, t, "skipped", &why);
}

static void judge(struct refresh *r, struct feed_task *t)
{
	if (r->broken || (t->got.outcome == FETCH_CANCELLED && t->host_waits == 0))
		skip_stopped(r, t);
	else if (!r->answered && !t->by_file && t->asked && t->got.outcome == FETCH_FAILED)
		hold(r, t);
	else
		batch_add_ended(r->batch, t);
}

void refresh_task_ended(struct refresh *r, struct feed_task *t)
{
	const struct feed_answer *got = &t->got;

	t->ended = true;
	r->running--;
	r->done += got->outcome != FETCH_CANCELLED || t->host_waits != 0;
	r->no_network = r->no_network || got->no_network;
	if (!t->by_file && got->status != 0 && !r->answered) {
		r->answered = true;
		release_held(r);
	}
	if (got->status == 503 && got->retry_after > 0 && t->host_waits == 0)
		t->host_refuses = asked_twice_to_wait(r, t);
	if ((got->status == 429 || t->host_refuses) && t->host_waits == 0) {
		struct verdict v;

		visit_judge(t, clock_now(&r->w.clock), &v);
		host_waits(r, t, v.visit.next);
	}
	judge(r, t);
	tell_progress(r);
}

void refresh_took_entries(struct refresh *r, struct entries *b)
{
	if (r->broken)
		entries_free(b);
	else
		batch_add_entries(r->batch, b);
}

void refresh_opened(struct refresh *r, int64_t stories)
{
	r->stories += stories;
}

/* ---- who is asked ---- */

static struct str host_of(struct str url, struct arena *a)
{
	struct url u = url_split(url);
	size_t n = u.host.n + (u.port.n > 0 ? 1 + u.port.n : 0);
	char *p = arena_alloc(a, n + 1);

	for (size_t i = 0; i < u.host.n; i++)
		p[i] = ascii_lower(u.host.p[i]);
	if (u.port.n > 0) {
		p[u.host.n] = ':';
		memcpy(p + u.host.n + 1, u.port.p, u.port.n);
	}
	return (struct str){ p, n };
}

static void describe(struct refresh *r, struct feed_task *t, const struct ordered_feed *f)
{
	t->box = r->w.in;
	t->host_name = host_of(t->url, r->arena);
	t->host = hash64(t->host_name);
	t->name = f->title.n > 0 ? f->title : t->row.title.n > 0 ? t->row.title : t->url;
	t->scope = (struct config_feed){ t->url, f->tags, f->ntags };
	if (r->w.config)
		t->charset = str_of(config_text(r->w.config, OPT_ENCODING, &t->scope));
	if (r->w.config)
		t->interval = config_span(r->w.config, OPT_INTERVAL, &t->scope);
}

/* The order of asking: first one feed of every host, then the second of each, so that a host with
 * 200 feeds stands in nobody's way. */
struct place { struct feed_task task; uint64_t round; size_t at; };

static int by_round(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->round != y->round)
		return x->round < y->round ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

static void interleave(struct refresh *r)
{
	struct place *place = mem_array(r->ntasks + 1, sizeof *place);
	struct map *seen = map_new();

	for (size_t i = 0; i < r->ntasks; i++) {
		uint64_t round = 0;

		map_get(seen, r->task[i].host, &round);
		map_put(seen, r->task[i].host, round + 1);
		r->hosts += round == 0 && !feed_is_file(r->task[i].url);
		place[i] = (struct place){ r->task[i], round, i };
	}
	qsort(place, r->ntasks, sizeof *place, by_round);
	for (size_t i = 0; i < r->ntasks; i++)
		r->task[i] = place[i].task;
	map_free(seen);
	free(place);
}

static void make_tasks(struct refresh *r, const int64_t *ids, const struct feed_row *row,
		       size_t nrows, const struct feed_validators *known,
                       size_t nknown)
{
	struct map *row_of = map_new(), *known_of = map_new();
	uint64_t at;

	for (size_t i = 0; i < nrows; i++)
		map_put(row_of, (uint64_t)row[i].id, i);
	for (size_t i = 0; i < nknown; i++)
		map_put(known_of, (uint64_t)known[i].feed, i);
	r->task = mem_array(r->order->nwanted + 1, sizeof *r->task);
	for (size_t i = 0; i < r->order->n; i++) {
		struct feed_task *t = &r->task[r->ntasks];

		if (!r->order->feed[i].wanted)
			continue;
		r->ntasks++;
		t->id = ids[i];
		t->url = r->order->url[i];
		if (map_get(row_of, (uint64_t)t->id, &at))
			t->row = row[at];
		/* Without its entries a feed is fetched whole: a 304 would leave it empty for
		 * good. */
		if (map_get(known_of, (uint64_t)t->id, &at) &&
		    (t->row.entries > 0 || t->row.ever == 0))
			t->known = known[at];
		describe(r, t, &r->order->feed[i]);
	}
	map_free(row_of);
	map_free(known_of);
}

/* Drops the tasks that have ended (skipped) before anything was asked. */
static void drop_ended(struct refresh *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->ntasks; i++)
		if (!r->task[i].ended)
			r->task[n++] = r->task[i];
	r->ntasks = n;
}

/* What nobody asked for is left alone without a word until its time has come. */
static void drop_undue(struct refresh *r)
{
	int64_t now = clock_now(&r->w.clock);
	size_t n = 0;

	if (r->order->mode != REFRESH_DUE)
		return;
	for (size_t i = 0; i < r->ntasks; i++)
		if (visit_is_due(&r->task[i].row, r->task[i].interval, now))
			r->task[n++] = r->task[i];
	r->ntasks = r->order->nwanted = n;
}

/* What a host asked for in an earlier refresh. */
static enum err know_hosts(struct refresh *r, struct error *e)
{
	int64_t now = clock_now(&r->w.clock);
	struct map *by_host = map_new();
	struct host_row *row = NULL;
	size_t n = 0;
	enum err rc = store_hosts(r->w.store, now, r->arena, &row, &n, e);
	uint64_t at;

	for (size_t i = 0; i < n; i++)
		map_put(by_host, hash64(row[i].name), i);
	for (size_t i = 0; i < r->ntasks && n > 0; i++) {
		struct feed_task *t = &r->task[i];

		if (!map_get(by_host, t->host, &at))
			continue;
		t->spacing = row[at].spacing;
		t->host_next = row[at].next;
	}
	map_free(by_host);
	return rc;
}

/* A paused feed that is asked for alone is asked once. */
static bool is_meant(const struct refresh *r, const struct feed_task *t)
{
	return t->row.state == FEED_PAUSED && r->order->named && r->order->nwanted == 1;
}

static bool is_refused(const struct refresh *r, const struct feed_task *t, int64_t now,
		       struct error *why)
{
	if (is_meant(r, t))
		return false;
	return visit_is_refused(&t->row, t->name, now, why) ||
	       (t->host_next > now && visit_host_refuses(t->host_next, t->name, now, why));
}

static void skip_refused(struct refresh *r)
{
	int64_t now = clock_now(&r->w.clock);

	for (size_t i = 0; i < r->ntasks && r->order->mode != REFRESH_FORCED; i++) {
		struct error why;

		if (is_refused(r, &r->task[i], now, &why)) {
			skip(r, &r->task[i], &why);
			r->last = why;
		}
	}
	drop_ended(r);
}

static enum err claim(struct refresh *r, struct error *e)
{
	int64_t *id = mem_array(r->ntasks + 1, sizeof *id);
	bool *taken = mem_array(r->ntasks + 1, sizeof *taken);
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < r->ntasks; i++)
		id[i] = r->task[i].id;
	if (r->ntasks > 0)
		rc = store_claim(r->w.store, id, r->ntasks, clock_now(&r->w.clock), CLAIM_SECONDS,
				 taken, e);
	for (size_t i = 0; rc == ERR_NONE && i < r->ntasks && r->order->mode != REFRESH_FORCED; i++) {
		struct error why;

		if (taken[i])
			continue;
		error_set(&why, ERR_BUSY, "%.*s: another lede is asking it", (int)r->task[i].name.n,
			  r->task[i].name.p);
		skip(r, &r->task[i], &why);
	}
	drop_ended(r);
	free(taken);
	free(id);
	return rc;
}

static enum err hide(struct refresh *r, const int64_t *ids, struct error *e)
{
	bool *hidden = mem_array(r->order->n + 1, sizeof *hidden);
	enum err rc;

	for (size_t i = 0; i < r->order->n; i++)
		hidden[i] = r->order->feed[i].hidden;
	rc = store_feeds_hide(r->w.store, ids, hidden, r->order->n, e);
	free(hidden);
	return rc;
}

static enum err load(struct refresh *r, struct error *e)
{
	int64_t *ids = mem_array(r->order->n + 1, sizeof *ids);
	struct feed_row *row = NULL;
	struct feed_validators *known = NULL;
	size_t nrows = 0, nknown = 0;
	enum err rc = store_feeds_sync(r->w.store, r->order->url, r->order->n,
				       clock_now(&r->w.clock), ids, e);

	if (rc == ERR_NONE)
		rc = hide(r, ids, e);
	if (rc == ERR_NONE)
		rc = store_feeds(r->w.store, true, r->arena, &row, &nrows, e);
	if (rc == ERR_NONE)
		rc = store_validators(r->w.store, r->arena, &known, &nknown, e);
	if (rc == ERR_NONE) {
		refresh_order_narrow(r->order, ids);
		make_tasks(r, ids, row, nrows, known, nknown);
	}
	free(ids);
	return rc;
}

enum err refresh_begin(const struct refresh_world *w, struct refresh_order *order,
		       struct refresh **out, struct error *e)
{
	struct refresh *r = mem_new(sizeof *r);
	enum err rc;

	r->w = *w;
	r->order = order;
	r->arena = arena_new();
	r->waiting_hosts = map_new();
	r->busy_hosts = map_new();
	r->began = clock_ticks(&r->w.clock);
	r->batch = batch_new(w->store, &r->w.clock, feed_done, r);
	rc = load(r, e);
	if (rc == ERR_NONE) {
		drop_undue(r);
		rc = know_hosts(r, e);
	}
	if (rc == ERR_NONE) {
		tell_progress(r);
		skip_refused(r);
		rc = claim(r, e);
	}
	if (rc != ERR_NONE) {
		refresh_free(r);
		return rc;
	}
	interleave(r);
	*out = r;
	return ERR_NONE;
}

void refresh_free(struct refresh *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->ntasks; i++)
		feed_task_free(&r->task[i]);
	free(r->task);
	free(r->held);
	batch_free(r->batch);
	map_free(r->waiting_hosts);
	map_free(r->busy_hosts);
	arena_free(r->arena);
	refresh_order_free(r->order);
	free(r);
}

/* ---- asking ---- */

static void ask_network(struct refresh *r, struct feed_task *t)
{
	const struct config_feed *scope = &t->scope;
	struct fetch_request q = {
		.url = t->url, .etag = t->known.etag, .last_modified = t->known.modified,
		.verify_tls = true, .may_be_private = true,    /* a person subscribed to it */
		.spacing_ms = t->spacing, .sink = feed_task_sink(t),
	};

	if (r->w.config) {
		q.user_agent = str_of(config_text(r->w.config, OPT_USER_AGENT, scope));
		q.proxy = str_of(config_text(r->w.config, OPT_PROXY, scope));
		q.timeout = (int)config_number(r->w.config, OPT_TIMEOUT, scope);
		q.verify_tls = config_bool(r->w.config, OPT_TLS_VERIFY, scope);
	}
	secrets_find(r->w.secrets, t->url, &q.user, &q.password);
	t->asked = true;
	r->w.fetcher->start(r->w.fetcher, &q, &t->request);
}

/* Ended without being asked: its address cannot be, or its host wants no more. */
static void end_unasked(struct refresh *r, struct feed_task *t)
{
	t->got.outcome = t->host_waits != 0 ? FETCH_CANCELLED : FETCH_FAILED;
	error_set(&t->got.error, ERR_USAGE, "not an address of the web or of a file");
	refresh_task_ended(r, t);
}

static void start_one(struct refresh *r, struct feed_task *t)
{
	r->running++;
	if (t->host_waits != 0 || (!url_is_web(t->url) && !feed_is_file(t->url)))
		end_unasked(r, t);
	else if (feed_is_file(t->url))
		r->file = feed_file_open(t, store_path(r->w.store));
	else
		ask_network(r, t);
}

bool refresh_step(struct refresh *r)
{
	if (r->file) {
		if (!feed_file_step(r->file))
			r->file = NULL;
		return true;
	}
	if (r->stopped || r->started == r->ntasks)
		return false;
	for (int i = 0; i < START_AT_ONCE && r->started < r->ntasks && !r->file; i++)
		start_one(r, &r->task[r->started++]);
	return true;
}

void refresh_stop(struct refresh *r)
{
	if (r->stopped)
		return;
	r->stopped = true;
	feed_file_cancel(r->file);
	r->file = NULL;
	r->w.fetcher->cancel_all(r->w.fetcher);
}

bool refresh_is_stopped(const struct refresh *r)
{
	return r->stopped;
}

bool refresh_asked_anybody(const struct refresh *r)
{
	return r->order->mode != REFRESH_DUE || r->ntasks > 0;
}

unsigned refresh_number(const struct refresh *r)
{
	return r->order->number;
}

bool refresh_has_ended(const struct refresh *r)
{
	return r->running == 0 && (r->stopped || r->started == r->ntasks);
}

/* ---- writing ---- */

int refresh_due(const struct refresh *r)
{
	return batch_due(r->batch);
}

enum err refresh_write(struct refresh *r, bool all, struct error *e)
{
	enum err rc = batch_write(r->batch, all, r->w.in, e);

	if (++r->batches % GIVE_BACK_EVERY == 0)
		mem_give_back();
	if (rc != ERR_NONE) {
		r->broken = true;
		r->last = *e;
		refresh_stop(r);
	}
	return rc;
}

/* With no server reached at all it was the network: no feed is to blame, and none is put off. */
static void blame_network(struct refresh *r, struct feed_task *t)
{
	struct verdict v;

	visit_judge(t, clock_now(&r->w.clock), &v);
	error_set(&v.sentence, ERR_NET, "%.*s: %s", (int)t->name.n, t->name.p, v.cause);
	r->failed++;
	r->last = v.sentence;
	tell_feed(r, t, "failed", &v.sentence);
}

void refresh_settle(struct refresh *r)
{
	if (r->answered || !r->no_network)
		release_held(r);
	for (size_t i = 0; i < r->nheld; i++)
		blame_network(r, r->held[i]);
}

enum err refresh_give_back(struct refresh *r, struct error *e)
{
	int64_t *id = mem_array(r->ntasks + 1, sizeof *id);
	size_t n = 0;
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < r->ntasks; i++)
		if (r->broken || r->nheld > 0 || !r->task[i].ended ||
		    r->task[i].got.outcome == FETCH_CANCELLED)
			id[n++] = r->task[i].id;
	if (n > 0)
		rc = store_release(r->w.store, id, n, e);
	free(id);
	return rc;
}
