/* lede import: moving in from another reader. Everything is gathered first; what is written is
 * written at the end, and nothing of it when something fails. */
#include "cli_inside.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli_address.h"
#include "import.h"
#include "lede/app/edition_make.h"
#include "lede/base/file.h"
#include "lede/base/hash.h"

struct importing {
	struct cli *c;
	const struct cli_args *args;
	struct import *im;
	struct subscriptions subs;    /* before */
	struct import_entries entries;
	size_t fresh_feeds, known_feeds, usable;
	struct config_setting *fresh; size_t nfresh;     /* settings that are not set yet */
	struct error error;
};

/* ---- what it amounts to ---- */

static void count_feeds(struct importing *g)
{
	for (size_t i = 0; i < g->im->nfeeds; i++) {
		if (subscriptions_find(&g->subs, g->im->feed[i].as.url))
			g->known_feeds++;
		else
			g->fresh_feeds++;
	}
}

static void count_settings(struct importing *g)
{
	struct buf text = buf_limited(1 << 20);

	file_read(g->c->paths.config, &text, NULL);
	g->fresh = mem_array(g->im->nsettings + 1, sizeof *g->fresh);
	for (size_t i = 0; i < g->im->nsettings; i++)
		if (!config_sets(buf_view(&text), &g->im->setting[i]))
			g->fresh[g->nfresh++] = g->im->setting[i];
	buf_free(&text);
}

static bool has_cache(const struct importing *g)
{
	bool has = false;

	for (size_t i = 0; i < g->im->nfiles; i++)
		has = has || g->im->file[i].kind == IMPORT_NEWSBOAT_CACHE ||
		      g->im->file[i].kind == IMPORT_NEWSRAFT_CACHE ||
		      g->im->file[i].kind == IMPORT_SFEEDRC;
	return has;
}

static size_t count_usable(const struct importing *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->im->nfiles; i++)
		n += g->im->file[i].error.code == ERR_NONE;
	return n;
}

/* ---- entries ---- */

/* Every address subscribed to now or from now on; hashes of them lead to rows. */
static enum err know_feeds(struct importing *g, struct store *s, struct error *e)
{
	size_t room = g->subs.n + g->im->nfeeds, n = 0;
	struct str *url = mem_array(room + 1, sizeof *url);
	int64_t *id = mem_array(room + 1, sizeof *id);
	enum err rc;

	for (size_t i = 0; i < g->subs.n; i++)
		url[n++] = g->subs.feed[i].url;
	for (size_t i = 0; i < g->im->nfeeds; i++)
		if (!subscriptions_find(&g->subs, g->im->feed[i].as.url))
			url[n++] = g->im->feed[i].as.url;
	rc = store_feeds_sync(s, url, n, g->entries.now, id, e);
	for (size_t i = 0; i < n && rc == ERR_NONE; i++) {
		struct str bare = url[i];

		while (bare.n > 0 && bare.p[bare.n - 1] == '/')
			bare.n--;
		map_put(g->entries.feeds, hash64(url[i]), (uint64_t)id[i]);
		map_put(g->entries.feeds, ~hash64(bare), (uint64_t)id[i]);
	}
	free(url);
	free(id);
	return rc;
}

static enum err put_files(struct importing *g, struct error *e)
{
	bool sfeed = false;
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < g->im->nfiles && rc == ERR_NONE; i++) {
		struct import_file *f = &g->im->file[i];

		sfeed = sfeed || f->kind == IMPORT_SFEEDRC;
		if (f->error.code == ERR_NONE && (f->kind == IMPORT_NEWSBOAT_CACHE ||
						  f->kind == IMPORT_NEWSRAFT_CACHE)) {
			rc = import_cache(&g->entries, f, e);
			if (rc != ERR_NONE)
				f->error = *e;
		}
	}
	if (rc == ERR_NONE && sfeed)
		rc = import_sfeed_entries(&g->entries, e);
	return rc;
}

static enum err put_entries(struct importing *g, struct store *s, struct error *e)
{
	struct import_run run;
	enum err rc = know_feeds(g, s, e);

	if (rc == ERR_NONE)
		rc = store_import_begin(s, g->entries.now, &run, e);
	g->entries.run = &run;
	if (rc == ERR_NONE)
		rc = put_files(g, e);
	if (rc == ERR_NONE)
		rc = store_import_end(&run, e);
	return rc;
}

/* ---- writing ---- */

static enum err write_files(struct importing *g, struct error *e)
{
	struct subscription *feed = mem_array(g->im->nfeeds + 1, sizeof *feed);
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < g->im->nfeeds; i++)
		feed[i] = g->im->feed[i].as;
	if (g->im->nfeeds > 0)
		rc = subscriptions_merge(g->c->paths.feeds, feed, g->im->nfeeds, NULL, e);
	if (rc == ERR_NONE && g->nfresh > 0)
		rc = config_add(g->c->paths.config, g->fresh, g->nfresh, e);
	free(feed);
	return rc;
}

/* A trial works on the cache too and then takes everything back; where there is no cache yet, in
 * memory. */
static enum err open_cache(struct importing *g, struct store **s, struct error *e)
{
	struct stat st;

	if (g->args->dry_run && stat(g->c->paths.db, &st) != 0)
		return store_open(STORE_MEMORY "import", STORE_WRITE, s, e);
	return store_open(g->c->paths.db, STORE_WRITE, s, e);
}

/* What is recent becomes stories at once, so that it can be ranked. */
static enum err fold(struct importing *g, struct store *s, struct error *e)
{
	struct folding *f = folding_new();
	int64_t stories;
	enum err rc = folding_run(f, s, g->entries.now, &stories, e);

	folding_free(f);
	return rc;
}

static enum err apply_with_entries(struct importing *g, struct error *e)
{
	struct store *s = NULL;
	enum err rc = open_cache(g, &s, e);

	if (rc != ERR_NONE)
		return rc;
	g->entries.store = s;
	rc = store_begin(s, true, e);
	if (rc == ERR_NONE)
		rc = put_entries(g, s, e);
	if (rc == ERR_NONE && !g->args->dry_run)
		rc = write_files(g, e);
	if (rc == ERR_NONE && !g->args->dry_run)
		rc = store_commit(s, e);
	else
		store_rollback(s);
	if (rc == ERR_NONE && !g->args->dry_run)
		rc = fold(g, s, e);
	store_close(s);
	return rc;
}

static enum err apply(struct importing *g, struct error *e)
{
	if (has_cache(g))
		return apply_with_entries(g, e);
	return g->args->dry_run ? ERR_NONE : write_files(g, e);
}

/* ---- the report ---- */

static void tell_files(struct importing *g)
{
	for (size_t i = 0; i < g->im->nfiles; i++) {
		const struct import_file *f = &g->im->file[i];

		if (f->error.code != ERR_NONE) {
			cli_say(g->c, "%s", f->error.text);
			continue;
		}
		fprintf(g->c->out, "%s: ", import_kind_name(f->kind));
		cli_put(g->c, str_of(f->path));
		putc('\n', g->c->out);
	}
}

static void tell_settings(struct importing *g)
{
	for (size_t i = 0; i < g->nfresh; i++) {
		const struct config_setting *s = &g->fresh[i];

		fprintf(g->c->out, "set: %s = ", option_table[s->id].name);
		cli_put(g->c, s->value);
		if (s->of.n > 0) {
			fputs(s->scope == SCOPE_TAG ? " for the tag " : " for ", g->c->out);
			cli_put(g->c, cli_masked(s->of, g->im->arena));
		}
		putc('\n', g->c->out);
	}
}

/* "left: urls line 3: exec:news (a command: lede runs no programs)" */
static void tell_left(struct importing *g)
{
	for (size_t i = 0; i < g->im->nleft && cli_writable(g->c); i++) {
		const struct import_left *l = &g->im->left[i];
		const char *slash = l->file ? strrchr(l->file, '/') : NULL;

		fprintf(g->c->out, "left: ");
		cli_put(g->c, str_of(slash ? slash + 1 : l->file));
		if (l->line > 0)
			fprintf(g->c->out, " line %d", l->line);
		fputs(": ", g->c->out);
		cli_put(g->c, cli_masked(l->what, g->im->arena));
		fputs(" (", g->c->out);
		cli_put(g->c, str_of(l->why));
		fputs(")\n", g->c->out);
	}
}

static void tell_entries(struct importing *g)
{
	const struct import_entries *n = &g->entries;

	fprintf(g->c->out, "%lld entries: %lld new, %lld known; %lld read, %lld starred\n",
		(long long)(n->fresh + n->known + n->marked), (long long)n->fresh,
		(long long)(n->known + n->marked), (long long)n->read, (long long)n->starred);
	if (n->buried > 0)
		fprintf(g->c->out, "%lld deleted there will not come back\n", (long long)n->buried);
	if (n->orphans > 0)
		fprintf(g->c->out, "%lld left: of feeds that nobody is subscribed to\n",
			(long long)n->orphans);
	if (n->unreadable > 0)
		fprintf(g->c->out, "%lld left: damaged or too large\n", (long long)n->unreadable);
}

static void tell(struct importing *g)
{
	tell_files(g);
	tell_left(g);
	tell_settings(g);
	if (g->im->nfeeds > 0)
		fprintf(g->c->out, "%zu feed%s: %zu new, %zu known\n", g->im->nfeeds,
			g->im->nfeeds == 1 ? "" : "s", g->fresh_feeds, g->known_feeds);
	if (has_cache(g))
		tell_entries(g);
	if (g->args->dry_run)
		fputs("a trial: nothing was changed\n", g->c->out);
}

static void files_key(struct jout *j, const struct importing *g)
{
	jout_key(j, "files");
	jout_begin(j, '[');
	for (size_t i = 0; i < g->im->nfiles; i++) {
		const struct import_file *f = &g->im->file[i];

		jout_begin(j, '{');
		jout_key_text(j, "file", str_of(f->path));
		jout_key_text(j, "kind", str_of(f->kind ? import_kind_name(f->kind) : ""));
		jout_key_text(j, "error", str_of(f->error.text));
		jout_end(j, '}');
	}
	jout_end(j, ']');
}

static void entries_key(struct jout *j, const struct import_entries *n)
{
	jout_key(j, "entries");
	jout_begin(j, '{');
	jout_key_number(j, "new", n->fresh);
	jout_key_number(j, "known", n->known + n->marked);
	jout_key_number(j, "read", n->read);
	jout_key_number(j, "starred", n->starred);
	jout_key_number(j, "deleted", n->buried);
	jout_key_number(j, "orphans", n->orphans);
	jout_key_number(j, "unreadable", n->unreadable);
	jout_end(j, '}');
}

static void settings_key(struct jout *j, const struct importing *g)
{
	jout_key(j, "settings");
	jout_begin(j, '[');
	for (size_t i = 0; i < g->nfresh; i++) {
		const struct config_setting *s = &g->fresh[i];

		jout_begin(j, '{');
		jout_key_text(j, "name", str_of(option_table[s->id].name));
		jout_key_text(j, "value", s->value);
		jout_key_text(j, "tag", s->scope == SCOPE_TAG ? s->of : STR(""));
		jout_key_text(j, "feed", s->scope == SCOPE_FEED ? cli_masked(s->of, g->im->arena)
								: STR(""));
		jout_end(j, '}');
	}
	jout_end(j, ']');
}

static void left_key(struct jout *j, const struct importing *g)
{
	jout_key(j, "left");
	jout_begin(j, '[');
	for (size_t i = 0; i < g->im->nleft; i++) {
		const struct import_left *l = &g->im->left[i];

		jout_begin(j, '{');
		jout_key_text(j, "file", str_of(l->file));
		jout_key(j, "line");
		l->line > 0 ? jout_number(j, l->line) : jout_null(j);
		jout_key_text(j, "what", cli_masked(l->what, g->im->arena));
		jout_key_text(j, "why", str_of(l->why));
		jout_end(j, '}');
	}
	jout_end(j, ']');
}

static void put_json(const struct importing *g)
{
	struct jout j = cli_json(g->c);

	jout_begin(&j, '{');
	jout_key_bool(&j, "trial", g->args->dry_run);
	files_key(&j, g);
	jout_key(&j, "feeds");
	jout_begin(&j, '{');
	jout_key_number(&j, "new", (int64_t)g->fresh_feeds);
	jout_key_number(&j, "known", (int64_t)g->known_feeds);
	jout_end(&j, '}');
	entries_key(&j, &g->entries);
	settings_key(&j, g);
	left_key(&j, g);
	jout_key_text(&j, "error", str_of(g->error.text));
	jout_end(&j, '}');
	jout_line(&j);
}

/* ---- the command ---- */

static bool is_there(const char *name)
{
	struct stat st;

	return stat(name, &st) == 0;
}

/* A program's name stands for its usual places when no file is called so. */
static void gather(struct importing *g)
{
	char *(*env)(const char *) = g->c->getenv ? g->c->getenv : getenv;

	for (int i = 0; i < g->args->noperands; i++) {
		const char *name = g->args->operand[i];

		if (is_there(name) || !import_usual(g->im, name, env))
			import_read(g->im, name);
	}
	count_feeds(g);
	count_settings(g);
	g->usable = count_usable(g);
}

static int import(struct importing *g)
{
	enum err rc = ERR_NONE;

	gather(g);
	if (g->usable > 0)
		rc = apply(g, &g->error);
	if (g->args->json)
		put_json(g);
	else if (rc == ERR_NONE)
		tell(g);
	if (rc != ERR_NONE)
		return cli_fail(g->c, &g->error);
	return g->usable > 0 ? EXIT_DONE : EXIT_NOTHING;
}

int cmd_import(struct cli *c, const struct cli_args *a)
{
	char *(*env)(const char *) = c->getenv ? c->getenv : getenv;
	struct importing g = { .c = c, .args = a, .im = import_new(env("HOME")) };
	int status = cli_subscriptions(c, &g.subs);

	g.entries = (struct import_entries){ .im = g.im, .feeds = map_new(),
					     .now = clock_now(&c->clock) };
	g.im->unfilter = a->unfilter;
	if (a->stars)
		buf_add_cstr(&g.im->stars, a->stars);
	if (status == EXIT_DONE)
		status = import(&g);
	map_free(g.entries.feeds);
	free(g.fresh);
	import_free(g.im);
	subscriptions_free(&g.subs);
	return status;
}
