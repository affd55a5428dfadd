/* import - what was found in another reader's files, gathered before anything of lede's is touched.
 *
 * Nothing found there is run, sourced, expanded or fetched: what would need that is left, with a
 * line and a word why. Strings are kept in the arena, valid UTF-8.
 * Must not know: the command line, how it is told.
 */
#ifndef SRC_APP_IMPORT_H
#define SRC_APP_IMPORT_H

#include "lede/app/config_edit.h"
#include "lede/app/subscriptions.h"
#include "lede/store/imports.h"

enum import_kind {
	IMPORT_UNKNOWN,
	IMPORT_OPML,
	IMPORT_NEWSBOAT_URLS, IMPORT_NEWSBOAT_CONFIG, IMPORT_NEWSBOAT_CACHE,
	IMPORT_NEWSRAFT_FEEDS, IMPORT_NEWSRAFT_CONFIG, IMPORT_NEWSRAFT_CACHE,
	IMPORT_SFEEDRC,
	IMPORT_SNOWNEWS_URLS
};
const char *import_kind_name(enum import_kind k);          /* for people and --json */

struct import_file { const char *path; enum import_kind kind; struct error error; };
struct import_left { const char *file; int line; struct str what; const char *why; };
/* A feed of sfeed has its entries in a file of its own. */
struct import_feed { struct subscription as; struct str site, entries; };

struct import {
	struct arena *arena;
	const char *home;             /* the person's folder; "" when unknown */
	struct import_file *file; size_t nfiles, files_cap;
	struct import_feed *feed; size_t nfeeds, feeds_cap;
	struct map *by_url;           /* hash of an address: its index in `feed` */
	struct import_left *left; size_t nleft, left_cap;
	struct config_setting *setting; size_t nsettings, settings_cap;
	bool unfilter;                /* a filtered feed is taken without its filter */
	struct buf stars;             /* letters that mean starred in newsboat; empty: any */
	const char *read_list;        /* sfeed's list of what was read; NULL: none */
	const char *now_reading;      /* of `file`, for what is left */
};

struct import *import_new(const char *home);
void import_free(struct import *im);

/* Copied into the arena, what is no UTF-8 replaced. */
struct str import_kept(struct import *im, struct str s);
/* A feed of that address, made when it is new. NULL and left with a word when no feed can be
 * there: only http and https are taken. */
struct import_feed *import_feed(struct import *im, int line, struct str url);
void import_tag(struct import *im, struct import_feed *f, struct str tag);
void import_leave(struct import *im, int line, struct str what, const char *why, ...)
	__attribute__((format(printf, 4, 5)));
/* A setting by lede's name; `said`: what it was called there, for when it does not fit. */
void import_set(struct import *im, int line, struct str said, const char *option, struct str value);
void import_set_for(struct import *im, int line, struct str said, const char *option,
		    struct str value, unsigned scope, struct str of);

/* Reads one file, or what of its program lies in a folder. Its kind is recognised by its content;
 * what cannot be read is a file with an error. */
void import_read(struct import *im, const char *path);
/* The usual places of a program: "newsboat", "newsraft", "sfeed", "snownews"; false: no such
 * program. */
bool import_usual(struct import *im, const char *program, char *(*getenv_fn)(const char *));

/* Readers of one kind of file each. */
void import_opml(struct import *im, struct str bytes, struct error *e);
void import_newsboat_urls(struct import *im, struct str text);
void import_newsboat_config(struct import *im, struct str text);
bool import_newsboat_key(struct str key);
void import_newsraft_feeds(struct import *im, struct str text);
void import_newsraft_config(struct import *im, struct str text);
bool import_newsraft_key(struct str key);
void import_sfeedrc(struct import *im, struct str text, const char *path);
bool import_is_sfeedrc(struct str text);
void import_snownews_urls(struct import *im, struct str text);

/* ---- entries: streamed, never all in memory ---- */

/* The feed of an entry is found by its address; `feeds` maps hashes of addresses to rows. */
struct import_entries {
	struct import *im;
	struct import_run *run;
	struct store *store;
	struct map *feeds;            /* hash of an address, of newsraft without final slashes: id */
	int64_t now;
	int64_t fresh, known, marked, buried, read, starred, orphans, unreadable;
	enum err rc; struct error *e;
};
/* One entry, completed: title in display form, only addresses of the web. False: the store failed
 * (rc). */
bool import_put(struct import_entries *in, struct entry_import *n);
enum err import_cache(struct import_entries *in, const struct import_file *f, struct error *e);
enum err import_sfeed_entries(struct import_entries *in, struct error *e);

#endif
