/* rig - an engine with a store on disk, a clock that stands still, and a fetcher whose answers are
 * a table. */
#ifndef TESTS_UNIT_APP_RIG_H
#define TESTS_UNIT_APP_RIG_H

#include "fake_fetcher.h"
#include "lede/app/engine.h"
#include "scene.h"

#define RIG_FEEDS 300

struct rig {
	char folder[64], path[96];
	int64_t now;
	struct config *config;
	struct fake *fake;
	struct fetcher *fetcher;      /* the fake's, unless a test puts another in */
	struct engine *engine;
	struct subscription sub[RIG_FEEDS];
	struct subscriptions subs;
	struct store *store;          /* a second connection, to look with */
	struct arena *arena;
	/* What came while a notice was waited for: */
	struct notice *told[2 * RIG_FEEDS]; int ntold;     /* feeds that ended */
	struct notice *last;          /* the one waited for */
	struct answer *answer;
};

/* a folder of its own; engine not started: rig_start */
void rig_open(struct rig *r);
void rig_open_in(struct rig *r, const char *folder);   /* beside another lede */
void rig_start(struct rig *r);
/* engine_close; rig_start again as after a restart */
void rig_stop(struct rig *r);
void rig_close(struct rig *r);                         /* the folder is removed */
void rig_leave(struct rig *r);                         /* the folder stays */
void rig_subscribe(struct rig *r, const char *url);

/* Takes messages until a notice of that kind comes; fails after 20 s. */
struct notice *rig_wait(struct rig *r, enum notice_kind kind);
/* Orders a refresh of everything and waits for its end. */
struct notice *rig_refresh(struct rig *r, bool force);
/* how that feed ended in the last refresh; fails when it is not told */
const struct notice *rig_told(struct rig *r, const char *url);
struct answer *rig_ask(struct rig *r, struct ask *a);  /* its answer; valid until the next */
struct job *rig_mark(int64_t entry, enum entry_flag flag, bool on, enum event_act act);

struct feed_row rig_feed(struct rig *r, const char *url);
int64_t rig_entries(struct rig *r);
/* waits until so many are stored; fails after 20 s */
void rig_until(struct rig *r, int64_t entries);
int64_t rig_entry(struct rig *r, const char *title);   /* id; fails when there is none */
unsigned rig_flags(struct rig *r, int64_t entry);

#define RSS(items) "<?xml version='1.0'?><rss version='2.0'><channel><title>A Feed</title>" \
	"<link>https://a.example/</link>" items "</channel></rss>"
#define ITEM(title, guid, date) "<item><title>" title "</title>" \
	"<guid isPermaLink='false'>" guid "</guid><link>https://a.example/" guid "</link>" \
	"<pubDate>" date "</pubDate>" \
	"<description>&lt;p&gt;Text of " guid ".&lt;/p&gt;</description></item>"
#define MORNING "Mon, 14 Apr 2025 07:00:00 GMT"
#define NIGHT "Mon, 14 Apr 2025 01:00:00 GMT"

#endif
