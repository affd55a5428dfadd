/* lede refresh: fetching without a screen, through the reader's own engine. */
#include "cli_inside.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli_address.h"
#include "indexer.h"
#include "lede/base/mem.h"
#include "lede/app/engine.h"
#include "lede/app/secrets.h"

/* What is old is deleted before the command ends, as far as that goes in this time; the next refresh
 * goes on. */
#define KEEP_MS 10000
#define INDEXING_MS 2000          /* what is left then is done by the next, or by the reader */

/* of the bar at a terminal */
enum { BAR_CELLS = 20 };

struct refreshing {
	struct cli *c;
	const struct cli_args *args;
	struct subscriptions subs;
	struct arena *arena;
	struct str *only; size_t n;       /* addresses asked for; n 0: all */
	bool missing;                     /* some address is not subscribed to */
	bool terminal;                    /* stderr shows a progress line */
	int64_t began, ended;             /* ticks; ended -1: it goes on */
	struct error store;               /* the cache could not be written */
};

/* ---- one notice ---- */

static void feed_json(struct refreshing *r, const struct notice *n)
{
	struct jout j = cli_json(r->c);

	jout_begin(&j, '{');
	jout_key_text(&j, "feed", cli_masked(str_of(n->url), r->arena));
	jout_key_text(&j, "result", str_of(n->result));
	jout_key(&j, "status");
	n->status > 0 ? jout_number(&j, n->status) : jout_null(&j);
	jout_key_number(&j, "new", n->new_entries);
	jout_key_number(&j, "bytes", n->bytes);
	jout_key_text(&j, "error", str_of(n->error.text));
	jout_end(&j, '}');
	jout_line(&j);
	fflush(r->c->out);               /* whoever reads along sees each feed as it ends */
}

static void summary_json(struct refreshing *r, const struct notice *n)
{
	struct jout j = cli_json(r->c);

	jout_begin(&j, '{');
	jout_key(&j, "summary");
	jout_begin(&j, '{');
	jout_key_number(&j, "feeds", n->total);
	jout_key_number(&j, "new", n->fresh);
	jout_key_number(&j, "failed", n->failed);
	jout_key_number(&j, "skipped", n->skipped);
	jout_key(&j, "seconds");
	jout_hundredths(&j, (clock_ticks(&r->c->clock) - r->began) / 10);
	jout_end(&j, '}');
	jout_end(&j, '}');
	jout_line(&j);
}

static void show_progress(struct refreshing *r, const struct notice *n)
{
	char bar[BAR_CELLS + 1];

	if (!r->terminal)
		return;
	for (int i = 0; i < BAR_CELLS; i++)
		bar[i] = n->total > 0 && i * n->total < n->done * BAR_CELLS ? '#' : '-';
	bar[BAR_CELLS] = '\0';
	fprintf(r->c->err, "\r\033[K[%s] refreshing %d/%d · %d failed · %lld new", bar, n->done,
		n->total, n->failed, (long long)n->fresh);
}

static void end_progress(struct refreshing *r)
{
	if (r->terminal)
		fputs("\r\033[K", r->c->err);
}

/* Who was left alone, and why: a server wants it so, or another lede is at it. */
static void tell_skipped(struct refreshing *r, const struct notice *n)
{
	if (strcmp(n->result, "skipped") != 0 || n->error.code != ERR_BUSY)
		return;
	end_progress(r);
	cli_say(r->c, "%s", n->error.text);
}

static void take_progress(struct refreshing *r, const struct notice *n)
{
	if (n->feed != 0 && r->args->json)
		feed_json(r, n);
	else if (n->feed != 0)
		tell_skipped(r, n);
	show_progress(r, n);
}

/* ---- the end ---- */

/* Into a pipe a refresh that went well says nothing. */
static void tell_summary(struct refreshing *r, const struct notice *n)
{
	char skipped[32] = "";

	if (!r->terminal)
		return;
	if (n->skipped > 0)
		snprintf(skipped, sizeof skipped, ", %d left alone", n->skipped);
	cli_say(r->c, "refreshed %d feed%s: %lld new, %d failed%s", n->total,
		n->total == 1 ? "" : "s", (long long)n->fresh, n->failed, skipped);
}

static void tell_end(struct refreshing *r, const struct notice *n)
{
	if (n->no_network) {
		cli_say(r->c, "no network: none of %d host%s answered", n->hosts,
			n->hosts == 1 ? "" : "s");
		return;
	}
	if (n->failed > 0)
		cli_say(r->c, "%d of %d feeds failed (%s); lede feeds says why", n->failed,
			n->total, n->error.text);
	tell_summary(r, n);
}

static int finish(struct refreshing *r, const struct notice *n)
{
	end_progress(r);
	if (n->stopped && n->error.code != ERR_NONE)
		return cli_fail(r->c, &n->error);
	if (r->args->json)
		summary_json(r, n);
	tell_end(r, n);
	if (r->store.code != ERR_NONE)
		return cli_fail(r->c, &r->store);
	if (n->no_network || (n->failed > 0 && n->failed + n->skipped >= n->total))
		return EXIT_ALL_FAILED;
	return n->failed > 0 ? EXIT_SOME_FAILED : r->missing ? EXIT_NOTHING : EXIT_DONE;
}

/* Takes one message; true when it was the last one. */
static bool take(struct refreshing *r, struct message *m, int *status)
{
	struct notice *n = (struct notice *)m;
	bool last = m->kind == WORK_NOTICE && n->kind == NOTICE_KEPT;

	if (m->kind == WORK_NOTICE && n->kind == NOTICE_REFRESHED) {
		*status = finish(r, n);
		r->ended = clock_ticks(&r->c->clock);
	} else if (m->kind == WORK_NOTICE && n->kind == NOTICE_PROGRESS)
		take_progress(r, n);
	else if (m->kind == WORK_NOTICE && n->kind == NOTICE_ERROR)
		r->store = n->error;
	m->drop ? m->drop(m) : free(m);
	return last;
}

/* -1: the refresh itself takes its time. */
static int rest_ms(const struct refreshing *r)
{
	int64_t rest = r->ended + KEEP_MS - clock_ticks(&r->c->clock);

	if (r->ended < 0)
		return -1;
	return rest > 0 ? (int)rest : 0;
}

static int follow(struct refreshing *r, struct engine *g)
{
	struct message *m;
	int status = EXIT_CACHE;

	while (mailbox_wait(engine_mailbox(g), &m, rest_ms(r)))
		if (take(r, m, &status))
			break;
	return status;
}

/* ---- the beginning ---- */

static void bad_secret(void *self, const char *sentence)
{
	cli_say(self, "%s", sentence);
}

/* An exception is never silent. */
static void tell_unchecked(struct refreshing *r)
{
	for (size_t i = 0; i < r->subs.n; i++) {
		const struct subscription *s = &r->subs.feed[i];
		struct config_feed scope = { s->url, s->tags, s->ntags };
		struct str url = cli_masked(s->url, r->arena);

		if (!config_bool(r->c->config, OPT_TLS_VERIFY, &scope))
			cli_say(r->c, "%.*s: its certificate is not checked (tls-verify)",
				(int)url.n, url.p);
	}
}

static int run_engine(struct refreshing *r, struct fetcher *fetcher,
		      const struct secrets *secrets)
{
	struct engine_setup setup = { .store_path = r->c->paths.db,
		                      .clock = r->c->clock,
		                      .config = r->c->config,
		                      .subs = &r->subs,
		                      .secrets = secrets,
		                      .fetcher = fetcher };
	struct engine *g;
	struct error e;
	int status;

	if (engine_open(&setup, &g, &e) != ERR_NONE) {
		cli_fail(r->c, &e);
		return EXIT_CACHE;
	}
	r->began = clock_ticks(&r->c->clock);
	engine_refresh(g, &r->subs, r->n > 0 ? r->only : NULL, r->n,
		       r->args->due ? REFRESH_DUE : r->args->force ? REFRESH_FORCED : REFRESH_ASKED);
	status = follow(r, g);
	engine_close(g);
	fflush(r->c->out);               /* nobody waits for the index */
	mem_give_back();
	if (!r->args->no_index)
		index_for_a_while(r->c->paths.db, &r->c->clock, INDEXING_MS);
	return status;
}

static int fetch(struct refreshing *r)
{
	struct fetch_options o = cli_fetch_options(r->c);
	struct secrets *secrets;
	struct fetcher *fetcher;
	struct error e;
	int status;

	if (r->c->open_fetcher(&o, &fetcher, &e) != ERR_NONE)
		return cli_fail(r->c, &e);
	secrets = secrets_load(r->c->config, &r->subs, bad_secret, r->c);
	tell_unchecked(r);
	status = run_engine(r, fetcher, secrets);
	secrets_free(secrets);
	fetcher->close(fetcher);
	return status;
}

static void choose(struct refreshing *r)
{
	r->only = arena_alloc(r->arena, (size_t)(r->args->noperands + 1) * sizeof *r->only);
	for (int i = 0; i < r->args->noperands; i++) {
		const struct subscription *s;
		struct error e;

		if (cli_find_feed(&r->subs, r->args->operand[i], &s, &e) == ERR_NONE) {
			r->only[r->n++] = s->url;
			continue;
		}
		cli_fail(r->c, &e);
		r->missing = true;
	}
}

static int refresh(struct refreshing *r)
{
	static const struct notice nothing;

	choose(r);
	if (r->subs.n == 0)
		cli_say(r->c, "no feeds yet: lede add URL adds one");
	if (r->subs.n > 0 && (r->n > 0 || r->args->noperands == 0))
		return fetch(r);
	r->began = clock_ticks(&r->c->clock);
	if (r->args->json)
		summary_json(r, &nothing);
	return EXIT_NOTHING;
}

int cmd_refresh(struct cli *c, const struct cli_args *a)
{
	struct refreshing r = { .c = c, .args = a, .arena = arena_new(), .ended = -1 };
	int status = cli_subscriptions(c, &r.subs);
	int fd = fileno(c->err);

	r.terminal = fd >= 0 && isatty(fd) && !a->json;
	if (status == EXIT_DONE)
		status = refresh(&r);
	subscriptions_free(&r.subs);
	arena_free(r.arena);
	return status;
}
