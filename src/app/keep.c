#include "lede/app/keep.h"

#include <stdlib.h>

#include "lede/store/feeds.h"

#define DAY 86400
/* beyond a thousand years nothing is old */
#define DAYS_MAX 400000

static bool parse_word(struct str word, int64_t *seconds, int64_t *number)
{
	int64_t days;

	if (word.n > 1 && word.p[word.n - 1] == 'd') {
		if (*seconds != KEEP_ALL ||
		    !str_to_int(str_sub(word, 0, word.n - 1), 0, DAYS_MAX, &days))
			return false;
		*seconds = days * DAY;
		return true;
	}
	return *number == KEEP_ALL && str_to_int(word, 0, INT64_MAX - 1, number);
}

bool keep_parse(struct str value, int64_t *seconds, int64_t *number)
{
	struct str rest = value, word;
	int words = 0;

	*seconds = *number = KEEP_ALL;
	if (str_is(value, "all"))
		return true;
	while (str_next(&rest, ' ', &word)) {
		if (word.n == 0)
			continue;
		if (!parse_word(word, seconds, number))
			return false;
		words++;
	}
	return words > 0;
}

static struct keep_rule rule_of(const struct feed_row *f, const struct config *config,
				const struct feed_tags *tags)
{
	struct config_feed scope = feed_tags_of(tags, f->url);
	struct keep_rule r = { .feed = f->id };
	const char *set = config ? config_text(config, OPT_KEEP, &scope)
				 : option_table[OPT_KEEP].def;

	keep_parse(str_of(set), &r.seconds, &r.number);
	return r;
}

struct retention *keep_begin(struct store *s, const struct config *config,
			     const struct feed_tags *tags, int64_t now, struct error *e)
{
	struct arena *a = arena_new();
	struct feed_row *row;
	struct keep_rule *rule;
	struct retention *r = NULL;
	size_t n = 0;

	if (store_feeds(s, false, a, &row, &n, e) == ERR_NONE) {
		rule = mem_array(n + 1, sizeof *rule);
		for (size_t i = 0; i < n; i++)
			rule[i] = rule_of(&row[i], config, tags);
		r = retention_new(rule, n, now);
		free(rule);
	}
	arena_free(a);
	return r;
}
