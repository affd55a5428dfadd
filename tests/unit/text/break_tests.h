/* break_tests - the official break tests of Unicode (GraphemeBreakTest.txt, LineBreakTest.txt).
 *
 * A line such as "÷ 0020 × 0308 ÷ # comment" is a string and where it may be broken.
 */
#ifndef TESTS_UNIT_TEXT_BREAK_TESTS_H
#define TESTS_UNIT_TEXT_BREAK_TESTS_H

#include <stdbool.h>

#include "corpus.h"
#include "lede/text/utf8.h"

struct break_test {
	char text[512];
	size_t n;
	bool at[513];             /* at[i]: there is a break before byte i */
};

/* False when the line holds no test. */
static inline bool break_test_parse(char *line, struct break_test *t)
{
	char *save = NULL;

	memset(t, 0, sizeof *t);
	line[strcspn(line, "#\n")] = '\0';
	for (char *w = strtok_r(line, " \t", &save); w; w = strtok_r(NULL, " \t", &save)) {
		if (strcmp(w, "÷") == 0)
			t->at[t->n] = true;
		else if (strcmp(w, "×") != 0)
			t->n += utf8_put((uint32_t)strtoul(w, NULL, 16), t->text + t->n);
	}
	return t->n > 0;
}

/* Runs every test of the file; returns how many there were and adds to *right. */
static inline int each_break_test(const char *path, bool (*is_right)(const struct break_test *),
				  int *right)
{
	FILE *f = open_or_skip(path);
	char line[4096], shown[4096];
	struct break_test t;
	int n = 0;

	while (fgets(line, sizeof line, f)) {
		memcpy(shown, line, sizeof line);
		if (!break_test_parse(line, &t))
			continue;
		n++;
		if (is_right(&t))
			++*right;
		else
			print_message("wrong: %s", shown);
	}
	fclose(f);
	return n;
}

#endif
