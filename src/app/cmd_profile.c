/* lede profile: what was learned, and unlearning it. */
#include "cli_inside.h"

#include <string.h>

#include "lede/app/learning.h"
#include "unlearning.h"

/* ---- listing ---- */

/* A weight with two decimals. */
static void weight_key(struct jout *j, double weight)
{
	jout_key(j, "weight");
	jout_hundredths(j, (int64_t)(weight * 100 + (weight < 0 ? -.5 : .5)));
}

static void print_json(struct cli *c, const struct cache *k, const struct learned_list *l)
{
	struct jout j = cli_json(c);

	jout_begin(&j, '{');
	jout_key(&j, "words");
	jout_begin(&j, '[');
	for (size_t i = 0; i < l->nwords && cli_writable(c); i++) {
		jout_begin(&j, '{');
		jout_key_text(&j, "word", l->word[i].name);
		weight_key(&j, l->word[i].weight);
		jout_end(&j, '}');
	}
	jout_end(&j, ']');
	jout_key(&j, "feeds");
	jout_begin(&j, '[');
	for (size_t i = 0; i < l->nfeeds && cli_writable(c); i++) {
		jout_begin(&j, '{');
		jout_key_text(&j, "feed", cache_feed_url(k, l->feed[i].feed));
		jout_key_text(&j, "title", cache_feed_title((void *)k, l->feed[i].feed));
		weight_key(&j, l->feed[i].weight);
		jout_end(&j, '}');
	}
	jout_end(&j, ']');
	jout_end(&j, '}');
	jout_line(&j);
}

static void print_line(struct cli *c, const char *kind, double weight, struct str name)
{
	fprintf(c->out, "%+8.2f  %s  ", weight, kind);
	cli_put(c, name);
	putc('\n', c->out);
}

/* A feed that never answered has an address only, one that is not subscribed to any more
 * neither. */
static struct str feed_name(struct cache *k, int64_t feed)
{
	struct str name = cache_feed_title(k, feed);

	if (name.n == 0)
		name = cache_feed_url(k, feed);
	return name.n > 0 ? name : STR("(unsubscribed)");
}

static void print_plain(struct cli *c, struct cache *k, const struct learned_list *l)
{
	for (size_t i = 0; i < l->nfeeds && cli_writable(c); i++)
		print_line(c, "feed", l->feed[i].weight, feed_name(k, l->feed[i].feed));
	for (size_t i = 0; i < l->nwords && cli_writable(c); i++)
		print_line(c, "word", l->word[i].weight, l->word[i].name);
	if (l->nwords + l->nfeeds == 0)
		cli_say(c, "nothing was learned yet: it is from what you open, star and pass over");
}

static int list(struct cli *c, const struct cli_args *a)
{
	struct folding *f = folding_new();
	struct learned_list l;
	struct cache k;
	struct error e;
	int status = cache_open(c, CACHE_ONLY, &k);

	if (status == EXIT_DONE && learning_list(f, k.store, clock_now(&c->clock), k.arena, &l,
						 &e) != ERR_NONE)
		status = cli_fail(c, &e);
	else if (status == EXIT_DONE && a->json)
		print_json(c, &k, &l);
	else if (status == EXIT_DONE)
		print_plain(c, &k, &l);
	cache_close(&k);
	folding_free(f);
	return status;
}

/* ---- forgetting ---- */

/* The cache is looked at first, and opened for writing only when it is there. */
static int forget_in_cache(struct cli *c, struct str what)
{
	struct cache k;
	struct store *s = NULL;
	struct error e;
	int status = cache_open(c, CACHE_ONLY, &k);
	struct folding *f;

	cache_close(&k);
	if (status != EXIT_DONE)
		return status;
	f = folding_new();
	if (store_open(c->paths.db, STORE_WRITE, &s, &e) != ERR_NONE || unlearn(f, s, what, &e) != ERR_NONE)
		status = cli_fail(c, &e);
	store_close(s);
	folding_free(f);
	return status;
}

int cmd_profile(struct cli *c, const struct cli_args *a)
{
	int status = a->forget ? forget_in_cache(c, str_of(a->forget)) : EXIT_DONE;

	if (status != EXIT_DONE)
		return status;
	if (!a->forget || a->json)
		return list(c, a);
	cli_say(c, "forgotten: %s", a->forget);
	return EXIT_DONE;
}
