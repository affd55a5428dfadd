/* search_help - what the tests of the search share.
 */
#ifndef LEDE_TESTS_STORE_SEARCH_HELP_H
#define LEDE_TESTS_STORE_SEARCH_HELP_H

#include "fixture.h"
#include "lede/store/search.h"

/* Indexes everything that waits, `entries` a transaction; gives the number of steps. */
int index_all(struct store *s, int entries);
/* Stores an entry with this text. */
int64_t put_text(struct world *w, int feed, const char *title, const char *html, int64_t published);
/* The query of plain words and phrases parted by '|': "word|-other|title:x|start*". */
struct search_query asked(const char *terms);
/* The ids found, in their order, "3 2 1"; lives until the next call. */
const char *found(struct store *s, const struct search_query *q);
#define assert_found(w, terms, ids) do { struct search_query q_ = asked(terms); \
	assert_string_equal(found((w)->s, &q_), ids); } while (0)

#endif
