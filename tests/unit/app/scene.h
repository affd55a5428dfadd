/* scene - a small cache for the tests of app: feeds, entries, marks in a few words. */
#ifndef TESTS_UNIT_APP_SCENE_H
#define TESTS_UNIT_APP_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lede/app/edition_make.h"
#include "lede/store/feeds.h"
#include "lede/text/date.h"

#define NOW 1744617600            /* Mon 14 Apr 2025 08:00 UTC */
#define HOUR 3600
#define SCENE_FEEDS 4

struct scene {
	struct store *store;
	struct folding *folding;
	struct arena *arena;
	int64_t feed[SCENE_FEEDS];
	int64_t now;
};

/* A store in memory named `name` with SCENE_FEEDS feeds, at NOW. */
void scene_open(struct scene *s, const char *name);
void scene_close(struct scene *s);
/* Every one of these fails the test when it fails. */
/* published and arrived `age` seconds before s->now */
int64_t scene_add(struct scene *s, int feed, const char *title, int64_t age);
/* what is not folded yet */
void scene_fold(struct scene *s);
void scene_read(struct scene *s, int64_t entry);
void scene_star(struct scene *s, int64_t entry);
/* folds, makes and stores; its id */
int64_t scene_edition(struct scene *s, int64_t keep);
/* folds, makes, stores nothing; lives in the scene's arena */
struct made_edition scene_make(struct scene *s, int64_t keep);
int64_t scene_story(struct scene *s, int64_t entry);
unsigned scene_flags(struct scene *s, int64_t entry);
/* Rank of the row with that headline; 0: there is none. */
int scene_rank(const struct made_edition *m, const char *title);
/* fails when there is none */
const struct edition_row *scene_row(const struct made_edition *m, const char *title);

void assert_ok(enum err rc, const struct error *e);
void assert_text(struct str got, const char *wanted);

#endif
