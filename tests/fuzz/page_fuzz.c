/* Any bytes as a web page that announces feeds. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "lede/feed/announced.h"
#include "lede/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct announced *feed;
	size_t n = announced_feeds((struct str){ (const char *)data, size },
	                           STR("https://a.example/b/c"), a, &feed);

	if (n > 64)
		abort();
	for (size_t i = 0; i < n; i++)
		if (!utf8_is_valid(feed[i].url) || !utf8_is_valid(feed[i].title) ||
		    feed[i].url.n == 0)
			abort();
	arena_free(a);
	return 0;
}
