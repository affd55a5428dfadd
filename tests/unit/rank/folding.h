/* folding - a folder that is fed titles, for the tests of this folder.
 */
#ifndef TESTS_UNIT_RANK_FOLDING_H
#define TESTS_UNIT_RANK_FOLDING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/base/mem.h"
#include "lede/rank/fold.h"

#define HOUR 3600
#define MONDAY 1700000000         /* any moment */

/* Folds `title` of feed `feed` as entry `id` at MONDAY + `at` seconds; returns its story. */
static inline int64_t fold_link(struct folder *f, int64_t id, int64_t at, int64_t feed,
				const char *title, uint64_t link)
{
	struct buf terms = buf_limited(1 << 16);
	int64_t story = -1;
	struct fold_entry e = { .id = id, .time = MONDAY + at, .feed = feed, .link = link,
				.title = str_of(title) };

	assert_int_equal(folder_add(f, &e, &story, &terms), ERR_NONE);
	buf_free(&terms);
	return story;
}

/* The same a minute after the entry with the id before it, each from a feed of its own. */
static inline int64_t fold_next(struct folder *f, int64_t id, const char *title)
{
	return fold_link(f, id, id * 60, 100 + id, title, 0);
}

/* Do two titles, an hour apart, become one story? */
static inline bool folds(const char *first, const char *second)
{
	struct folder *f = folder_new();
	int64_t a = fold_link(f, 1, 0, 1, first, 0);
	int64_t b = fold_link(f, 2, HOUR, 2, second, 0);

	folder_free(f);
	assert_int_equal(a, 1);
	return b == a;
}

static inline struct buf terms_of_title(const char *title)
{
	struct folder *f = folder_new();
	struct buf terms = buf_limited(1 << 16);
	struct fold_entry e = { .id = 1, .time = MONDAY, .feed = 1, .title = str_of(title) };
	int64_t story;

	assert_int_equal(folder_add(f, &e, &story, &terms), ERR_NONE);
	folder_free(f);
	return terms;
}

#endif
