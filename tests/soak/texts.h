/* texts - what there is to lay out: every title and every entry body of shared/corpora/feeds/real,
 * every text of shared/corpora/articles/gold.
 *
 * Must not know: what is checked.
 */
#ifndef LEDE_TESTS_TEXTS_H
#define LEDE_TESTS_TEXTS_H

#include "lede/base/mem.h"
#include "lede/text/rich.h"

enum { TEXTS_SKIPPED = 77 }; /* the exit status without the corpora */

struct texts {
	struct rich **doc; size_t ndocs, docs_cap;               /* bodies and texts, owned */
	struct str *title; size_t ntitles, titles_cap;           /* in display form */
	struct str *paragraph; size_t nparagraphs, paragraphs_cap; /* lines of the gold texts */
	struct arena *arena;
	size_t files;             /* 0: the corpora are not there */
};

/* Says so when there is nothing. */
void texts_read(struct texts *t);
void texts_free(struct texts *t);
/* The width that the command line names, 0 when it names none; what is no width ends the program.
 */
int texts_width(int argc, char **argv, int least, int most);

#endif
