/* fixture - what the tests of the store share: a store with feeds, entries by the word.
 */
#ifndef LEDE_TESTS_STORE_FIXTURE_H
#define LEDE_TESTS_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/store/editions.h"
#include "lede/store/entries.h"
#include "lede/store/feeds.h"
#include "lede/store/learn.h"
#include "lede/store/store.h"
#include "lede/store/stories.h"
#include "lede/text/date.h"

#define NOW 1700000000                           /* when everything happens */
#define HOUR 3600

/* The call succeeds; its sentence is shown when it does not. */
#define assert_ok(call) do { struct error e = { 0 }; enum err rc_ = (call); \
	if (rc_ != ERR_NONE) fail_msg("%s: %d, %s", #call, rc_, e.text); } while (0)
/* The call fails with this code. */
#define assert_err(code, call) do { struct error e = { 0 }; enum err rc_ = (call); \
	if (rc_ != (code)) fail_msg("%s: %d, %s", #call, rc_, e.text); } while (0)
#define assert_str(s, text) do { struct str s_ = (s); \
	if (!str_is(s_, text)) fail_msg("%s is \"%.*s\"", #s, (int)s_.n, s_.p); } while (0)

struct world {
	struct store *s;
	struct arena *a;
	int64_t feed[8];                         /* http://a.example/, http://b.example/, ... */
	char folder[64];                         /* a scratch folder; empty: in memory */
	char path[128];                          /* where the store is */
};

/* cmocka setups and teardown: *state is a struct world with eight feeds. */
int world_in_memory(void **state);
int world_in_file(void **state);
int world_end(void **state);
/* Only a scratch folder and a path in it; no store. */
int world_without_store(void **state);
/* Another connection to the same store. */
struct store *world_connect(const struct world *w, enum store_mode mode);

struct str text(const char *s);
/* An entry with this title and a link of its own, undated. */
struct entry_new entry(int64_t feed, const char *title);
/* Stores in the open batch, or one of its own; gives the id (0 when it was the same). */
int64_t put(struct store *s, const struct entry_new *n, int64_t now);
enum put_result put_result(struct store *s, const struct entry_new *n, int64_t now);
/* put(entry(...)) published at that time. */
int64_t put_titled(struct store *s, int64_t feed, const char *title, int64_t published);
/* Folds one entry into a story, in a batch of its own. */
/* What is to be folded, in its order, whole. */
struct fold_row *unfolded_rows(struct store *s, struct arena *a, size_t *n);
void fold_into(struct store *s, int64_t id, int64_t story, bool arrives_read);
/* Folds every unfolded entry as a story of its own. */
void fold_alone(struct store *s);

struct entry_row row_of(const struct world *w, int64_t id);
struct feed_row feed_of(const struct world *w, int64_t feed);
struct story_row story_of(const struct world *w, int64_t story);
int64_t unread_total(struct store *s);
/* An edition of these stories, in this order, led by the entry of the same id. */
struct edition edition_of(struct store *s, const int64_t *stories, size_t n, int64_t made);

/* A number by SQL behind the store's back, and a change. */
int64_t recount(const struct world *w, const char *sql);
void by_hand(const struct world *w, const char *sql);

/* What a person can change, whole: equal before and after, to the last bit. Owned. */
char *world_dump(const struct world *w);

#endif
