/* notice - which entries are no news: adverts, how-to filler, weather bulletins, clickbait.
 *
 * RANKING.md section 4. Rules over the title alone, kept as data: words of a kind are a class
 * (src/rank/notice_words.c), a rule says which classes have to meet and which must not
 * (src/rank/notice_rules.c). A title is read once for the words of all classes, so its cost does
 * not grow with the number of rules. A rule is there only when it is certain: held back wrongly is
 * worse than let through, so look-alikes (an insurer fined, a market that cools down) decide.
 * Must not know: the store, feeds, what the reader corrected by hand (that wins over any rule).
 */
#ifndef LEDE_RANK_NOTICE_H
#define LEDE_RANK_NOTICE_H

#include <stddef.h>

#include "lede/base/str.h"

enum notice_label {
	NOTICE_NEWS, NOTICE_ADVERT, NOTICE_HOWTO, NOTICE_WEATHER, NOTICE_CLICKBAIT
};
const char *notice_label_name(enum notice_label label);       /* "news", "advert", ... */

/* What a person is told of a rule. */
struct notice_rule {
	const char *name;         /* "advert-insurance": kept in the cache, so it never changes */
	enum notice_label label;
	const char *kind;         /* "advert: insurance words": a row's reason */
	const char *because;      /* "held back: " goes before it in the status line */
};

/* The words of all rules, ready to be looked for: some 100 kB, under 1 ms. Not changed by use, so threads
 * may share one. */
struct notices;
struct notices *notices_new(void);
void notices_free(struct notices *n);

/* The rule that holds an entry back, or NULL: it is news. `title` in display form; what is past
 * 1 kB of it is not looked at. 1 to 3 us for a headline. */
const struct notice_rule *notices_find(const struct notices *n, struct str title);

/* The rule of that name; one that this program does not have (a newer or an older lede named it)
 * is stood in for by what its name begins with, so that every name has a reason. */
const struct notice_rule *notice_rule_named(struct str name);
/* The name under which the reader's own "is filler" is kept. */
#define NOTICE_BY_HAND "hand"
/* Rule number i, for the tests that walk them; NULL past the last. */
const struct notice_rule *notice_rule_at(size_t i);

#endif
