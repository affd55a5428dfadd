/* What folding hands to the store, and that nothing is lost by it. */
#include "folding.h"

#include "../../../src/rank/entry_terms.h"

enum { ENTRIES = 400 };

struct kept { struct fold_entry entry; int64_t story; struct buf title, terms; };

/* A day's headlines: invented, but with stories, near-twins, both Chinese scripts and suffixes. */
static void make_title(int i, struct buf *out)
{
	static const char *const subject[] = { "Elbe bridge",    "central bank", "storm warning",
					       "chess title",    "監管部門約談", "国务院发布",
					       "日銀、据え置き", "museum roof" };
	static const char *const event[] = {
		"reopens after repairs", "raises doubts", "keeps rates", "is lost",
		"數據安全管理條例",      "新增5例",       "を決定",      "新增8例"
	};
	int a = i * 7 % 8, b = i * 5 / 8 % 8, n = i / 4;

	buf_clear(out);
	assert_int_equal(buf_addf(out, "%s %s town%d street%d river%d%s", subject[a], event[b], n,
				  n, n, i % 3 == 0 ? " | City News" : ""),
			 ERR_NONE);
}

static void make_entries(struct kept *k)
{
	for (int i = 0; i < ENTRIES; i++) {
		k[i] = (struct kept){ .title = buf_limited(1000), .terms = buf_limited(1 << 16) };
		make_title(i, &k[i].title);
		k[i].entry = (struct fold_entry){ .id = i + 1,
						  .time = MONDAY + i * 1200,
						  .feed = i % 5,
						  .title = buf_view(&k[i].title) };
	}
}

static void free_entries(struct kept *k)
{
	for (int i = 0; i < ENTRIES; i++) {
		buf_free(&k[i].title);
		buf_free(&k[i].terms);
	}
}

/* Folds k[from..to) in refreshes of 20 entries. */
static void fold_all(struct folder *f, struct kept *k, int from, int to)
{
	for (int i = from; i < to; i++) {
		buf_clear(&k[i].terms);
		assert_int_equal(folder_add(f, &k[i].entry, &k[i].story, &k[i].terms), ERR_NONE);
		if (i % 20 == 19)
			folder_evict(f, k[i].entry.time - FOLD_WINDOW);
	}
}

static void assert_same_stories(const struct kept *a, const struct kept *b)
{
	for (int i = 0; i < ENTRIES; i++) {
		assert_int_equal(a[i].story, b[i].story);
		assert_int_equal(a[i].terms.n, b[i].terms.n);
		assert_memory_equal(a[i].terms.p, b[i].terms.p, a[i].terms.n);
	}
}

static int stories_in(const struct kept *k)
{
	int n = 0;

	for (int i = 0; i < ENTRIES; i++)
		n += k[i].story == k[i].entry.id;
	return n;
}

static void the_same_entries_give_the_same_stories(void **state)
{
	struct kept a[ENTRIES], b[ENTRIES];
	struct folder *f = folder_new(), *g = folder_new();

	(void)state;
	make_entries(a);
	make_entries(b);
	fold_all(f, a, 0, ENTRIES);
	fold_all(g, b, 0, ENTRIES);
	assert_same_stories(a, b);
	assert_in_range(stories_in(a), ENTRIES / 20, ENTRIES - 20);
	folder_free(f);
	folder_free(g);
	free_entries(a);
	free_entries(b);
}

/* A folder as it is after a start: counts out of the store, entries put back in any order. */
static struct folder *started_anew(struct folder *old, const struct kept *k, int n)
{
	struct folder *f = folder_new();
	struct buf counts = buf_limited(8 << 20);

	assert_int_equal(folder_save_counts(old, &counts), ERR_NONE);
	assert_true(folder_load_counts(f, buf_view(&counts)));
	for (int j = 0; j < n; j++) {
		const struct kept *e = &k[j * 7 % n];

		if (e->entry.time >= k[n - 1].entry.time - FOLD_WINDOW)
			assert_true(folder_restore(f, &e->entry, e->story, buf_view(&e->terms)));
	}
	buf_free(&counts);
	return f;
}

static void stopping_and_starting_again_changes_no_story(void **state)
{
	static const int stops[] = { 20, 200, 300, 380 };
	struct kept whole[ENTRIES], parts[ENTRIES];
	struct folder *f = folder_new();

	(void)state;
	make_entries(whole);
	fold_all(f, whole, 0, ENTRIES);
	folder_free(f);
	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
		f = folder_new();
		make_entries(parts);
		fold_all(f, parts, 0, stops[i]);
		struct folder *g = started_anew(f, parts, stops[i]);

		folder_free(f);
		fold_all(g, parts, stops[i], ENTRIES);
		assert_same_stories(whole, parts);
		folder_free(g);
		free_entries(parts);
	}
	free_entries(whole);
}

static void assert_same_counts(const struct folder *a, const struct folder *b)
{
	struct buf x = buf_limited(8 << 20), y = buf_limited(8 << 20);

	assert_int_equal(folder_save_counts(a, &x), ERR_NONE);
	assert_int_equal(folder_save_counts(b, &y), ERR_NONE);
	assert_int_equal(x.n, y.n);
	assert_memory_equal(x.p, y.p, x.n);
	buf_free(&x);
	buf_free(&y);
}

static void counts_and_their_additions_give_all_counts(void **state)
{
	struct kept k[ENTRIES];
	struct folder *f = folder_new(), *g = folder_new();
	struct buf blob = buf_limited(8 << 20);

	(void)state;
	make_entries(k);
	for (int i = 0; i < ENTRIES; i += 100) {
		fold_all(f, k, i, i + 100);
		buf_clear(&blob);
		assert_int_equal(folder_take_additions(f, &blob), ERR_NONE);
		assert_true(folder_load_counts(g, buf_view(&blob)));
	}
	assert_int_equal(folder_total(g), ENTRIES);
	assert_same_counts(f, g);
	buf_clear(&blob);
	assert_int_equal(folder_take_additions(f, &blob), ERR_NONE);
	assert_int_equal(blob.n, 0);
	buf_free(&blob);
	folder_free(f);
	folder_free(g);
	free_entries(k);
}

static void additions_that_found_no_room_are_not_lost(void **state)
{
	struct folder *f = folder_new(), *g = folder_new();
	struct buf small = buf_limited(8), blob = buf_limited(10000);

	(void)state;
	fold_next(f, 1, "Elbe bridge reopens | City News");
	assert_int_equal(folder_take_additions(f, &small), ERR_LIMIT);
	assert_int_equal(small.n, 0);
	assert_int_equal(folder_take_additions(f, &blob), ERR_NONE);
	assert_true(folder_load_counts(g, buf_view(&blob)));
	assert_same_counts(f, g);
	buf_free(&blob);
	buf_free(&small);
	folder_free(f);
	folder_free(g);
}

static void damaged_counts_are_refused_and_change_nothing(void **state)
{
	struct folder *f = folder_new(), *g = folder_new(), *none = folder_new();
	struct buf blob = buf_limited(10000);

	(void)state;
	fold_next(f, 1, "Elbe bridge reopens | City News");
	assert_int_equal(folder_save_counts(f, &blob), ERR_NONE);
	for (size_t i = 0; i < blob.n; i++) {
		assert_false(folder_load_counts(g, str_sub(buf_view(&blob), 0, i)));
		blob.p[i] ^= 0x10;
		assert_false(folder_load_counts(g, buf_view(&blob)));
		blob.p[i] ^= 0x10;
	}
	assert_same_counts(g, none);
	assert_true(folder_load_counts(g, buf_view(&blob)));
	buf_free(&blob);
	folder_free(f);
	folder_free(g);
	folder_free(none);
}

static void terms_tell_their_words_and_buckets(void **state)
{
	struct buf terms = terms_of_title("Companies in Élysée: 監管");
	static const char *const words[] = { "companies", "elysee", "监管" };
	uint32_t bucket[8];

	(void)state;
	assert_int_equal(fold_terms_buckets(buf_view(&terms), bucket, 8), 3);
	for (size_t i = 0; i < 3; i++) {
		struct str word = fold_terms_word(buf_view(&terms), i);

		assert_true(str_is(word, words[i]));
		assert_int_equal(bucket[i], token_bucket(token_hash(word)));
	}
	assert_int_equal(fold_terms_buckets(buf_view(&terms), bucket, 2), 2);
	assert_int_equal(fold_terms_word(buf_view(&terms), 3).n, 0);
	buf_free(&terms);
}

/* Whatever bytes come back, nothing is read past their end and what is accepted can be used. */
static void damaged_terms_do_no_harm(void **state)
{
	struct buf terms = terms_of_title("Elbe bridge reopens after 2 years 監管部門");
	struct folder *f = folder_new();
	uint32_t bucket[TOKENS_MAX], random = 1;

	(void)state;
	for (size_t i = 0; i < terms.n; i++) {
		struct str cut = { mem_dup(terms.p, i), i };

		assert_false(folder_restore(f, &(struct fold_entry){ .id = 1 }, 1, cut));
		assert_int_equal(fold_terms_buckets(cut, bucket, TOKENS_MAX), 0);
		free((char *)cut.p);
	}
	for (int i = 0; i < 20000; i++) {
		struct str bad = { mem_dup(terms.p, terms.n), terms.n };

		for (int changes = 0; changes < 3; changes++) {
			random = random * 1664525 + 1013904223;
			((char *)bad.p)[(random >> 8) % bad.n] = (char)random;
		}
		folder_restore(f, &(struct fold_entry){ .id = i, .time = i }, i, bad);
		free((char *)bad.p);
	}
	assert_int_equal(fold_next(f, 1, "Elbe bridge reopens"), 1);
	folder_free(f);
	buf_free(&terms);
}

static void terms_that_find_no_room_add_nothing(void **state)
{
	struct folder *f = folder_new();
	struct buf small = buf_limited(20);
	struct fold_entry e = { .id = 1, .time = MONDAY, .title = STR("Elbe bridge reopens") };
	int64_t story;

	(void)state;
	assert_int_equal(folder_add(f, &e, &story, &small), ERR_LIMIT);
	assert_int_equal(small.n, 0);
	assert_int_equal(folder_total(f), 0);
	assert_int_equal(fold_next(f, 2, "Elbe bridge reopens"), 2);
	buf_free(&small);
	folder_free(f);
}

static void terms_are_small(void **state)
{
	struct buf latin =
		terms_of_title("Ministry to tighten rules on personal data of the citizens");
	struct buf han = terms_of_title("國務院常務會議審議通過網絡數據安全管理條例草案");

	(void)state;
	assert_in_range(latin.n, 40, 120);
	assert_in_range(han.n, 80, 200);
	buf_free(&latin);
	buf_free(&han);
}

static void suffixes_are_known_again_after_a_start(void **state)
{
	struct folder *f = folder_new(), *g = folder_new();
	struct buf blob = buf_limited(10000), terms = buf_limited(10000);
	struct fold_entry e = {
		.id = 3, .time = MONDAY, .feed = 9, .title = STR("Wind blows | City News")
	};
	int64_t story;

	(void)state;
	fold_link(f, 1, 0, 9, "Rain falls | City News", 0);
	fold_link(f, 2, 0, 9, "Snow melts | City News", 0);
	assert_int_equal(folder_save_counts(f, &blob), ERR_NONE);
	assert_true(folder_load_counts(g, buf_view(&blob)));
	assert_int_equal(folder_add(g, &e, &story, &terms), ERR_NONE);
	assert_int_equal(fold_terms_word(buf_view(&terms), 2).n, 0);
	buf_free(&blob);
	buf_free(&terms);
	folder_free(f);
	folder_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_entries_give_the_same_stories),
		cmocka_unit_test(stopping_and_starting_again_changes_no_story),
		cmocka_unit_test(counts_and_their_additions_give_all_counts),
		cmocka_unit_test(additions_that_found_no_room_are_not_lost),
		cmocka_unit_test(damaged_counts_are_refused_and_change_nothing),
		cmocka_unit_test(terms_tell_their_words_and_buckets),
		cmocka_unit_test(damaged_terms_do_no_harm),
		cmocka_unit_test(terms_that_find_no_room_add_nothing),
		cmocka_unit_test(terms_are_small),
		cmocka_unit_test(suffixes_are_known_again_after_a_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
