/* cli_inside - what the commands share: sentences, plain output, the cache as they read it.
 *
 * Must not know: any one command.
 */
#ifndef LEDE_APP_CLI_INSIDE_H
#define LEDE_APP_CLI_INSIDE_H

#include "jout.h"
#include "scripts.h"
#include "lede/app/cli.h"
#include "lede/app/subscriptions.h"
#include "lede/rank/score.h"
#include "lede/store/entries.h"
#include "lede/store/feeds.h"
#include "lede/store/learn.h"

/* Says the error and gives its exit status. */
int cli_fail(struct cli *c, const struct error *e);
/* One line of plain output in display form, without its end. */
void cli_put(struct cli *c, struct str text);
/* A row of a list: the number right-aligned in `width`, then TITLE · SOURCE +MORE · AGE. */
struct cli_row { int64_t number; int width; struct str title, source; int more; int64_t time; };
void cli_put_row(struct cli *c, const struct cli_row *r);
struct jout cli_json(struct cli *c);
/* False when the output cannot be written any more: a long list stops. */
bool cli_writable(const struct cli *c);

/* Adds the bytes of a file, or of stdin when `name` is NULL or "-". Pipes and devices are read
 * too. */
enum err cli_read(struct cli *c, const char *name, struct buf *into, struct error *e);
/* An ID as it was typed; false, and said so, when it is none. */
bool cli_id(struct cli *c, const char *typed, int64_t *id);
/* The feeds file; lines left out are told. An exit status. Free in every case. */
int cli_subscriptions(struct cli *c, struct subscriptions *out);
/* The feed that `typed` names: as it stands in the feeds file, as lede add would complete it, else
 * the only one whose address is the same but for scheme and www. ERR_NONESUCH: there is none, or
 * more than one; the sentence says which. */
enum err cli_find_feed(const struct subscriptions *subs, const char *typed,
		       const struct subscription **out, struct error *e);

/* The cache for reading, and the feeds it knows. A cache that is not there is an empty one. */
struct cache {
	struct store *store;
	bool sample;                      /* the sample edition, since there are no feeds */
	struct subscriptions subs;
	struct arena *arena;
	struct feed_row *feed; size_t nfeeds;
	struct map *by_id;                /* a feed's id: its index */
	struct scripts *scripts;          /* in which titles and texts are shown to people */
};
enum cache_want { CACHE_OR_SAMPLE, CACHE_ONLY };
/* An exit status; said what was wrong. cache_close in every case. */
int cache_open(struct cli *c, enum cache_want want, struct cache *out);
void cache_close(struct cache *k);
/* Says so when there is nothing in it to list, since nothing was ever fetched. */
void cache_say_empty(struct cli *c, const struct cache *k);
/* For a cache that is not there: whether there could be one. ERR_IO, a sentence: its folder cannot
 * be made. */
enum err cli_check_place(const struct cli *c, struct error *e);
/* NULL: not subscribed to any more. */
const struct feed_row *cache_feed(const struct cache *k, int64_t id);
/* Its address for other eyes (cli_masked); empty: as cache_feed. */
struct str cache_feed_url(const struct cache *k, int64_t id);
struct str cache_feed_title(void *cache, int64_t id); /* as words_why asks; empty: unknown */

/* A title as people are shown it, in the script that is wished for its feed; JSON has the title
 * itself. In `a` when it is another. */
struct str cache_shown_title(const struct cache *k, int64_t feed, struct str title,
                             struct arena *a);

/* The keys of an entry in --json, without the brackets. */
void entry_keys(struct jout *j, const struct cache *k, const struct entry_row *e);
/* "why": [...], in an object; `name` gives a feed's, as words_why asks. */
typedef struct str feed_name_fn(void *self, int64_t feed);
void why_key(struct jout *j, const struct terms *t, feed_name_fn *name, void *self);

int cmd_backup(struct cli *c, const struct cli_args *a);
int cmd_doctor(struct cli *c, const struct cli_args *a);
int cmd_add(struct cli *c, const struct cli_args *a);
int cmd_classify(struct cli *c, const struct cli_args *a);
int cmd_export(struct cli *c, const struct cli_args *a);
int cmd_feeds(struct cli *c, const struct cli_args *a);
int cmd_filler(struct cli *c, const struct cli_args *a);
int cmd_fold(struct cli *c, const struct cli_args *a);
int cmd_import(struct cli *c, const struct cli_args *a);
int cmd_latest(struct cli *c, const struct cli_args *a);
int cmd_mark(struct cli *c, const struct cli_args *a);
int cmd_open(struct cli *c, const struct cli_args *a);
int cmd_opml(struct cli *c, const struct cli_args *a);
int cmd_parse(struct cli *c, const struct cli_args *a);
int cmd_profile(struct cli *c, const struct cli_args *a);
int cmd_rank(struct cli *c, const struct cli_args *a);
int cmd_refresh(struct cli *c, const struct cli_args *a);
int cmd_remove(struct cli *c, const struct cli_args *a);
int cmd_search(struct cli *c, const struct cli_args *a);
int cmd_show(struct cli *c, const struct cli_args *a);
int cmd_starred(struct cli *c, const struct cli_args *a);
int cmd_text(struct cli *c, const struct cli_args *a);
int cmd_top(struct cli *c, const struct cli_args *a);
int cmd_why(struct cli *c, const struct cli_args *a);

#endif
