/* parsed - a feed parsed for a test: everything that came out of it, kept. */
#ifndef LEDE_TESTS_PARSED_H
#define LEDE_TESTS_PARSED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lede/base/mem.h"
#include "lede/feed/feed.h"

struct parsed {
	struct arena *arena;
	struct feed_meta meta;   /* strings as long as `parser` */
	struct feed_entry *entries;
	size_t n, cap, stop_after;
	enum err rc;
	struct error error;
	struct feed_parser *parser;
};

struct parse_how {
	const char *base_url, *content_type;
	struct feed_limits limits;
	size_t chunk;            /* bytes pushed at a time; 0: all at once */
	size_t stop_after;       /* entries, then the receiver wants no more; 0: never */
};

/* What `test` gets is freed when the test ends (parsed_forget is its teardown). */
struct parsed *parsed_with(struct str body, const struct parse_how *how);
struct parsed *parsed(const char *body);
int parsed_forget(void **state);
/* "" for a missing text. */
const char *cstr(struct str s);
/* All that came out, a line a field, for people to read. */
void parsed_dump(const struct parsed *p, struct buf *out);

#define RSS(inside) "<rss version=\"2.0\"><channel>" inside "</channel></rss>"
#define RSS_ITEM(inside) RSS("<item>" inside "</item>")
#define ATOM(inside) "<feed xmlns=\"http://www.w3.org/2005/Atom\">" inside "</feed>"
#define ATOM_ENTRY(inside) ATOM("<entry>" inside "</entry>")
#define JSON_ITEM(inside)                                                                          \
	"{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{" inside "}]}"

#define behaves(name) cmocka_unit_test_teardown(name, parsed_forget)
#define assert_text(field, expected) assert_string_equal(cstr(field), expected)

#endif
