/* Pairs of headlines that tell one story, and near-twins that do not: tests/fixtures/folding. */
#include "folding.h"

enum { PAIRS = 400, DAY = 24 * HOUR };

struct pair { bool one_story; char *line; const char *language, *first, *second; };
static struct pair pair[PAIRS];
static int npairs;

static int read_pairs(void **state)
{
	const char *srcdir = getenv("srcdir");
	char path[4096], *line = NULL;
	size_t cap = 0;

	(void)state;
	snprintf(path, sizeof path, "%s/tests/fixtures/folding/pairs.tsv", srcdir ? srcdir : ".");
	FILE *in = fopen(path, "r");

	if (!in)
		return -1;
	while (npairs < PAIRS && getline(&line, &cap, in) > 0) {
		struct pair *p = &pair[npairs];
		char *rest;

		if (line[0] == '#')
			continue;
		rest = p->line = mem_strdup(line);
		p->one_story = strcmp(strsep(&rest, "\t"), "fold") == 0;
		p->language = strsep(&rest, "\t");
		p->first = strsep(&rest, "\t");
		p->second = strsep(&rest, "\n");
		npairs++;
	}
	free(line);
	fclose(in);
	return npairs > 100 ? 0 : -1;
}

static int free_pairs(void **state)
{
	(void)state;
	for (int i = 0; i < npairs; i++)
		free(pair[i].line);
	return 0;
}

/* A folder that has seen all the titles, twice, so that words are as rare as they are; each pair
 * then comes four days after the pair before. */
static void fold_pairs(bool folded[PAIRS])
{
	struct folder *f = folder_new();
	int64_t id = 1;

	for (int k = 0; k < 2; k++)
		for (int i = 0; i < npairs; i++) {
			fold_link(f, id, id, id, pair[i].first, 0);
			fold_link(f, id + 1, id + 1, id + 1, pair[i].second, 0);
			id += 2;
		}
	for (int i = 0; i < npairs; i++, id += 2) {
		int64_t at = 4 * DAY * (i + 2);

		folder_evict(f, MONDAY + at - FOLD_WINDOW);
		int64_t first = fold_link(f, id, at, id, pair[i].first, 0);

		folded[i] = fold_link(f, id + 1, at + HOUR, id + 1, pair[i].second, 0) == first;
	}
	folder_free(f);
}

static int wrong(const bool folded[PAIRS], const char *language, bool one_story)
{
	int n = 0;

	for (int i = 0; i < npairs; i++) {
		if (strncmp(pair[i].language, language, 2) != 0 ||
		    pair[i].one_story != one_story || folded[i] == one_story)
			continue;
		print_message("%s: %s | %s\n", one_story ? "missed" : "folded", pair[i].first,
			      pair[i].second);
		n++;
	}
	return n;
}

/* How many are left in each language is what was reached: fewer is better, more is a defect. */
static void near_twins_stay_apart(void **state)
{
	bool folded[PAIRS];

	(void)state;
	fold_pairs(folded);
	assert_int_equal(wrong(folded, "en", false), 0);
	assert_in_range(wrong(folded, "zh", false), 0, 1);
	assert_int_equal(wrong(folded, "ja", false), 0);
}

static void reports_of_one_event_fold(void **state)
{
	static const char *const languages[] = { "en", "zh", "ja" };
	bool folded[PAIRS];

	(void)state;
	fold_pairs(folded);
	for (int i = 0; i < 3; i++)
		assert_int_equal(wrong(folded, languages[i], true), 0);
}

static void every_language_has_pairs_of_both_kinds(void **state)
{
	static const char *const languages[] = { "en", "zh-Hans", "zh-Hant", "ja" };

	(void)state;
	for (int l = 0; l < 4; l++)
		for (int kind = 0; kind < 2; kind++) {
			int n = 0;

			for (int i = 0; i < npairs; i++)
				n += strcmp(pair[i].language, languages[l]) == 0 &&
				     pair[i].one_story == (kind == 1);
			assert_true(n >= 6);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(near_twins_stay_apart),
		cmocka_unit_test(reports_of_one_event_fold),
		cmocka_unit_test(every_language_has_pairs_of_both_kinds),
	};

	return cmocka_run_group_tests(tests, read_pairs, free_pairs);
}
