/* lede add: subscribing. */
#include "cli_inside.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli_address.h"
#include "cli_probe.h"

struct adding {
	struct cli *c;
	const struct cli_args *args;
	struct arena *arena;
	struct subscriptions subs;                       /* before anything was added */
	struct probe *probe; size_t nprobes;             /* one an address not subscribed to yet */
	struct str *subscribed; size_t nsubscribed, room;
	struct error error;                              /* the first one, for --json */
	int worst, good, bad;                            /* status; how many went which way */
};

/* ---- what becomes of an address ---- */

static void count(struct adding *g, int status)
{
	if (status == EXIT_DONE)
		g->good++;
	else
		g->bad++;
	if (g->worst != EXIT_USAGE && status != EXIT_DONE)
		g->worst = status;
}

static void tell(struct adding *g, int status, struct str url, const char *sentence)
{
	struct error e = { .code = ERR_USAGE };

	url = cli_masked(url, g->arena);
	error_set(&e, ERR_USAGE, "%.*s: %s", (int)url.n, url.p, sentence);
	cli_say(g->c, "%s", e.text);
	if (g->error.code == ERR_NONE)
		g->error = e;
	count(g, status);
}

/* "subscribed: https://a.example/feed · Paper Daily" */
static void put_subscribed(struct adding *g, const char *word, struct str url, struct str title)
{
	if (g->args->json)
		return;
	fprintf(g->c->out, "%s: ", word);
	cli_put(g->c, cli_masked(url, g->arena));
	if (title.n > 0) {
		fputs(" · ", g->c->out);
		cli_put(g->c, title);
	}
	putc('\n', g->c->out);
}

/* Writes an address to the feeds file; a status. The title may be empty. */
static int subscribe(struct adding *g, struct str url, struct str title)
{
	struct error e;
	bool added;

	if (subscriptions_add(g->c->paths.feeds, url, &added, &e) != ERR_NONE) {
		if (g->error.code == ERR_NONE)
			g->error = e;
		cli_fail(g->c, &e);
		return EXIT_USAGE;
	}
	put_subscribed(g, added ? "subscribed" : "already subscribed", url, title);
	if (added) {
		g->subscribed = mem_grow(g->subscribed, &g->room, g->nsubscribed + 1,
					 sizeof *g->subscribed);
		g->subscribed[g->nsubscribed++] = url;
	}
	return EXIT_DONE;
}

static void list_found(struct adding *g, const struct probe *p)
{
	for (size_t i = 0; i < p->nfound && !g->args->json; i++) {
		fprintf(g->c->out, "%3zu ", i + 1);
		cli_put(g->c, p->found[i].title.n > 0 ? p->found[i].title : p->found[i].url);
		if (p->found[i].title.n > 0) {
			fputs(" · ", g->c->out);
			cli_put(g->c, p->found[i].url);
		}
		putc('\n', g->c->out);
	}
}

static void choose(struct adding *g, const struct probe *p)
{
	char sentence[128];

	list_found(g, p);
	snprintf(sentence, sizeof sentence, "announces %zu feeds: take one with --feed N, or --all",
		 p->nfound);
	tell(g, EXIT_USAGE, p->url, sentence);
}

static void take_page(struct adding *g, const struct probe *p)
{
	int64_t number = g->args->feed > 0 ? g->args->feed : p->nfound == 1 ? 1 : 0;
	char sentence[128];
	int status = EXIT_DONE;

	if (g->args->all) {
		for (size_t i = 0; i < p->nfound && status == EXIT_DONE; i++)
			status = subscribe(g, p->found[i].url, p->found[i].title);
		count(g, status);
	} else if (number == 0) {
		choose(g, p);
	} else if ((uint64_t)number > p->nfound) {
		snprintf(sentence, sizeof sentence, "announces %zu feed%s, there is no number %lld",
			 p->nfound, p->nfound == 1 ? "" : "s", (long long)number);
		tell(g, EXIT_USAGE, p->url, sentence);
	} else {
		count(g, subscribe(g, p->found[number - 1].url, p->found[number - 1].title));
	}
}

static void take_feed(struct adding *g, const struct probe *p)
{
	char sentence[128];

	if (g->args->feed <= 1) {
		count(g, subscribe(g, p->url, p->title));
		return;
	}
	snprintf(sentence, sizeof sentence, "is one feed, there is no number %lld",
		 (long long)g->args->feed);
	tell(g, EXIT_USAGE, p->url, sentence);
}

static void take_silent(struct adding *g, const struct probe *p)
{
	char sentence[320];

	snprintf(sentence, sizeof sentence, "subscribed all the same, though: %s", p->why.text);
	if (subscribe(g, p->url, p->title) == EXIT_DONE)
		tell(g, EXIT_ALL_FAILED, p->url, sentence);
	else
		count(g, EXIT_USAGE);
}

static void take(struct adding *g, const struct probe *p)
{
	switch (p->result) {
	case PROBE_FEED: take_feed(g, p); break;
	case PROBE_PAGE: take_page(g, p); break;
	case PROBE_OTHER: tell(g, EXIT_NOTHING, p->url, p->why.text); break;
	case PROBE_NEVER: tell(g, EXIT_USAGE, p->url, p->why.text); break;
	case PROBE_SILENT: take_silent(g, p); break;
	}
}

/* ---- asking ---- */

/* An address as typed becomes one to ask, unless it is none or is subscribed to already. */
static void take_operand(struct adding *g, const char *typed, struct str folder)
{
	struct buf whole = buf_limited(16 << 10);
	struct error e;
	enum err rc = cli_address(str_of(typed), folder, &whole, &e);
	struct str url = { arena_copy(g->arena, buf_cstr(&whole), whole.n), whole.n };

	buf_free(&whole);
	if (rc != ERR_NONE) {
		cli_fail(g->c, &e);
		if (g->error.code == ERR_NONE)
			g->error = e;
		count(g, EXIT_USAGE);
	} else if (g->args->feed <= 1 && subscriptions_find(&g->subs, url)) {
		put_subscribed(g, "already subscribed", url, STR(""));
		count(g, EXIT_DONE);
	} else {
		g->probe[g->nprobes++].url = url;
	}
}

static bool needs_network(const struct adding *g)
{
	for (size_t i = 0; i < g->nprobes; i++)
		if (probe_needs_network(&g->probe[i]))
			return true;
	return false;
}

static enum err ask_all(struct adding *g, struct error *e)
{
	struct fetch_options o = cli_fetch_options(g->c);
	struct fetcher *fetcher = NULL;
	enum err rc = needs_network(g) ? g->c->open_fetcher(&o, &fetcher, e) : ERR_NONE;

	if (rc != ERR_NONE)
		return rc;
	probe_all(g->probe, g->nprobes, fetcher, g->c->config, g->arena);
	if (fetcher)
		fetcher->close(fetcher);
	return ERR_NONE;
}

/* ---- the answer ---- */

static void found_key(struct jout *j, const struct adding *g)
{
	jout_key(j, "found");
	jout_begin(j, '[');
	for (size_t i = 0; i < g->nprobes; i++) {
		for (size_t n = 0; n < g->probe[i].nfound; n++) {
			jout_begin(j, '{');
			jout_key_text(j, "url", g->probe[i].found[n].url);
			jout_key_text(j, "title", g->probe[i].found[n].title);
			jout_end(j, '}');
		}
	}
	jout_end(j, ']');
}

static void put_json(const struct adding *g)
{
	struct jout j = cli_json(g->c);

	jout_begin(&j, '{');
	jout_key(&j, "subscribed");
	jout_begin(&j, '[');
	for (size_t i = 0; i < g->nsubscribed; i++)
		jout_text(&j, cli_masked(g->subscribed[i], g->arena));
	jout_end(&j, ']');
	found_key(&j, g);
	jout_key_text(&j, "error", str_of(g->error.text));
	jout_end(&j, '}');
	jout_line(&j);
}

/* One that went wrong among others that did not is "some failed"; a choice to be made comes before
 * all. */
static int status_of(const struct adding *g)
{
	if (g->bad == 0)
		return EXIT_DONE;
	return g->worst == EXIT_USAGE || g->good == 0 ? g->worst : EXIT_SOME_FAILED;
}

static int add_all(struct adding *g, struct str folder)
{
	struct error e;

	for (int i = 0; i < g->args->noperands; i++)
		take_operand(g, g->args->operand[i], folder);
	if (ask_all(g, &e) != ERR_NONE)
		return cli_fail(g->c, &e);
	for (size_t i = 0; i < g->nprobes; i++)
		take(g, &g->probe[i]);
	if (g->args->json)
		put_json(g);
	return status_of(g);
}

int cmd_add(struct cli *c, const struct cli_args *a)
{
	struct adding g = { .c = c, .args = a, .arena = arena_new() };
	char folder[PATH_MAX] = "/";
	int status = cli_subscriptions(c, &g.subs);

	if (!getcwd(folder, sizeof folder))
		folder[1] = '\0';
	g.probe = arena_alloc(g.arena, (size_t)a->noperands * sizeof *g.probe);
	if (status == EXIT_DONE)
		status = add_all(&g, str_of(folder));
	subscriptions_free(&g.subs);
	free(g.subscribed);
	arena_free(g.arena);
	return status;
}
