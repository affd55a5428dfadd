#include "one_feed.h"

#include <stdlib.h>

#include "lede/base/hash.h"
#include "lede/feed/feed.h"
#include "lede/text/utf8.h"

/* All that came out, as one number. */
struct digest {
	uint64_t sum;
	size_t entries;
};

static void take_number(struct digest *d, uint64_t n)
{
	d->sum = (d->sum ^ n) * UINT64_C(0x9E3779B97F4A7C15);
	d->sum ^= d->sum >> 29;
}

static void take(struct digest *d, struct str s)
{
	if ((s.p != NULL && s.n == 0) || !utf8_is_valid(s))
		abort();
	take_number(d, s.p != NULL ? hash64(s) : 0);
}

static bool take_entry(void *self, const struct feed_entry *e)
{
	struct digest *d = self;
	const struct str field[] = { e->id,      e->title,   e->link,     e->author,
		                     e->summary, e->content, e->comments, e->language };

	if (e->index != d->entries++)
		abort();
	for (size_t i = 0; i < sizeof field / sizeof *field; i++)
		take(d, field[i]);
	for (size_t i = 0; i < e->ncategories; i++)
		take(d, e->categories[i]);
	for (size_t i = 0; i < e->nenclosures; i++) {
		if (e->enclosures[i].url.n == 0 || e->enclosures[i].length < -1)
			abort();
		take(d, e->enclosures[i].url);
		take(d, e->enclosures[i].type);
	}
	take_number(d, (uint64_t)e->published);
	take_number(d, (uint64_t)e->updated);
	return true;
}

static void take_meta(struct digest *d, const struct feed_meta *m)
{
	take(d, m->title);
	take(d, m->link);
	take(d, m->description);
	take(d, m->language);
	take_number(d, (uint64_t)m->updated);
	take_number(d, m->format);
}

static struct digest parse(struct feed_source *source, struct str rest, size_t chunk)
{
	struct digest d = { 0 };
	struct feed_parser *p;

	source->self = &d;
	p = feed_parser_new(source);
	while (rest.n > 0) {
		feed_parser_push(p, str_sub(rest, 0, chunk), NULL);
		rest = str_sub(rest, chunk, rest.n);
	}
	take_number(&d, feed_parser_end(p, NULL));
	take_meta(&d, feed_parser_meta(p));
	feed_parser_free(p);
	return d;
}

void fuzz_one_feed(const uint8_t *data, size_t size)
{
	static const size_t chunks[] = { SIZE_MAX, 1, 100, 4096 };
	static const char *const types[] = { "", "text/xml; charset=utf-8", "a/b; charset=gbk",
		                             "a/b; charset=\"utf-16\"" };
	struct feed_source source = { .base_url = STR("http://a.example/b/c"),
		                      .entry = take_entry };
	struct str bytes = { (const char *)data + 1, size - 1 };
	size_t chunk;
	struct digest whole;

	if (size == 0)
		return;
	chunk = chunks[data[0] & 3];
	if (data[0] & 4)
		source.limits = (struct feed_limits){ 4096, 8, 64, 16, 128, 8, 64 };
	source.content_type = str_of(types[data[0] >> 3 & 3]);
	whole = parse(&source, bytes, SIZE_MAX);
	if (chunk != SIZE_MAX && parse(&source, bytes, chunk).sum != whole.sum)
		abort();
}
