/* Any bytes as a feed. The first byte says in what pieces they arrive and whether the ceilings are
 * low. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "lede/base/str.h"
#include "lede/feed/feed.h"
#include "lede/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct str s)
{
	if ((s.p != NULL && s.n == 0) || !utf8_is_valid(s))
		abort();
}

static bool check_entry(void *self, const struct feed_entry *e)
{
	(void)self;
	check(e->id);
	check(e->title);
	check(e->link);
	check(e->author);
	check(e->summary);
	check(e->content);
	check(e->comments);
	check(e->language);
	for (size_t i = 0; i < e->ncategories; i++)
		check(e->categories[i]);
	for (size_t i = 0; i < e->nenclosures; i++)
		check(e->enclosures[i].url);
	return true;
}

static void check_meta(const struct feed_meta *m)
{
	check(m->title);
	check(m->link);
	check(m->description);
	check(m->language);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t chunks[] = { SIZE_MAX, 1, 16, 4096 };
	struct feed_source source = { .base_url = STR("http://a.example/b/c"),
				      .entry = check_entry };
	struct feed_parser *p;
	struct str rest;
	size_t chunk;

	if (size == 0)
		return 0;
	chunk = chunks[data[0] & 3];
	if (data[0] & 4)
		source.limits = (struct feed_limits){ 4096, 8, 64, 16, 128, 8, 64 };
	p = feed_parser_new(&source);
	rest = (struct str){ (const char *)data + 1, size - 1 };
	while (rest.n > 0) {
		feed_parser_push(p, str_sub(rest, 0, chunk), NULL);
		rest = str_sub(rest, chunk, rest.n);
	}
	feed_parser_end(p, NULL);
	check_meta(feed_parser_meta(p));
	feed_parser_free(p);
	return 0;
}
