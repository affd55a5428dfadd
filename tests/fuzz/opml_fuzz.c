/* Any bytes as a list of subscriptions. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "lede/feed/opml.h"
#include "lede/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct str s)
{
	if ((s.p != NULL && s.n == 0) || !utf8_is_valid(s))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct opml list;
	struct error e;

	if (opml_read((struct str){ (const char *)data, size }, &list, &e) != ERR_NONE &&
	    list.n > 0)
		abort();
	check(list.title);
	for (size_t i = 0; i < list.n; i++) {
		if (list.feed[i].url.n == 0)
			abort();
		check(list.feed[i].url);
		check(list.feed[i].title);
		check(list.feed[i].link);
		for (const struct opml_folder *f = list.feed[i].folder; f != NULL; f = f->parent)
			check(f->name);
	}
	opml_free(&list);
	return 0;
}
