/* Folding does not depend on the order of arrival within one refresh, nor on how ids were given. */
#include "folding.h"

enum { ENTRIES = 2000, REFRESH = 500, WORDS = 400 };

struct one { int64_t time, feed; uint32_t random; char title[160]; int64_t story; };

static uint32_t next_random(uint32_t *random)
{
	*random = *random * 1664525 + 1013904223;
	return *random >> 8;
}

/* Four days of headlines of six to nine words, every third a rewording of one of the hundred before
 * it. */
static void make_day(struct one *e)
{
	uint32_t random = 11;

	for (int i = 0; i < ENTRIES; i++) {
		int of = i > 100 && next_random(&random) % 3 == 0
				 ? i - 1 - (int)(next_random(&random) % 100) : i;
		uint32_t words = of == i ? next_random(&random) : e[of].random, n = 6 + words % 4;
		size_t used = 0;

		e[i] = (struct one){ .time = MONDAY + i * 170, .feed = next_random(&random) % 60,
				     .random = words };
		for (uint32_t k = 0; k < n; k++) {
			uint32_t word = next_random(&words) % WORDS * (next_random(&words) % 3);

			if (of != i && next_random(&random) % 4 == 0)
				word = next_random(&random) % WORDS;
			used += (size_t)snprintf(e[i].title + used, sizeof e[i].title - used,
						 "word%uth ", word);
		}
	}
}

static void shuffle(int *id, int from, int to, uint32_t seed)
{
	for (int i = to - 1; i > from; i--) {
		int j = from + (int)(next_random(&seed) % (uint32_t)(i - from + 1)), swap = id[i];

		id[i] = id[j];
		id[j] = swap;
	}
}

/* By time, in refreshes of REFRESH entries. */
static void fold_day(struct one *e, const int *id)
{
	struct folder *f = folder_new();

	for (int i = 0; i < ENTRIES; i++) {
		e[i].story = fold_link(f, id[i] + 1, e[i].time - MONDAY, e[i].feed, e[i].title, 0);
		if (i % REFRESH == REFRESH - 1)
			folder_evict(f, e[i].time - FOLD_WINDOW);
	}
	folder_free(f);
}

static bool folds_with(const struct one *e, int i, int j)
{
	return e[i].story == e[j].story;
}

/* Entries of which at least one fold with another is another in b. */
static int changed(const struct one *a, const struct one *b)
{
	int n = 0;

	for (int i = 0; i < ENTRIES; i++) {
		bool same = true;

		for (int j = 0; j < ENTRIES && same; j++)
			same = folds_with(a, i, j) == folds_with(b, i, j);
		n += !same;
	}
	return n;
}

static int stories(const struct one *e)
{
	int n = 0;

	for (int i = 0; i < ENTRIES; i++)
		n += e[i].story == i + 1;
	return n;
}

/* Entries come in any order and are sorted by time before they are folded (store_unfolded), so that
 * only their ids tell how they came. */
static void arrival_within_a_refresh_changes_under_one_in_a_hundred(void **state)
{
	static struct one day[ENTRIES], other[ENTRIES];
	int id[ENTRIES], moved = 0;

	(void)state;
	make_day(day);
	memcpy(other, day, sizeof day);
	for (int i = 0; i < ENTRIES; i++)
		id[i] = i;
	fold_day(day, id);
	for (int from = 0; from < ENTRIES; from += REFRESH)
		shuffle(id, from, from + REFRESH, (uint32_t)from + 3);
	fold_day(other, id);
	for (int i = 0; i < ENTRIES; i++)
		moved += id[i] != i;
	print_message("%d stories; %d ids moved, %d entries changed\n", stories(day), moved,
		      changed(day, other));
	assert_true(moved > ENTRIES / 2);
	assert_in_range(stories(day), ENTRIES / 10, ENTRIES * 9 / 10);
	assert_true(changed(day, other) * 100 < ENTRIES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arrival_within_a_refresh_changes_under_one_in_a_hundred),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
