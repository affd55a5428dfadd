/* Any bytes as what a person types to search: understood, or refused with a sentence; and what was
 * understood can be asked of a store. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "lede/app/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct store *a_store(void)
{
	static struct store *s;

	if (!s && store_open(STORE_MEMORY "fuzz", STORE_WRITE, &s, NULL) != ERR_NONE)
		abort();
	return s;
}

/* Refusing it is fine, for a reason. */
static void search(const struct search_query *q, struct arena *a)
{
	struct error e = { .text = "" };
	struct search_page page;
	struct search *f;
	enum err rc = store_search(a_store(), q, &f, &e);

	if (rc != ERR_NONE && ((rc != ERR_USAGE && rc != ERR_NONESUCH) || e.text[0] == '\0'))
		abort();
	if (rc == ERR_NONE && (store_search_next(f, 10, NULL, NULL, a, &page, &e) != ERR_NONE ||
	                       page.n > 0 || !page.done))
		abort();
	if (rc == ERR_NONE)
		store_search_end(f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str typed = { (const char *)data, size };
	struct arena *a = arena_new();
	struct search_query q;
	struct error e = { .text = "" };
	enum err rc = query_parse(typed, 1777800600, a, &q, &e);

	if (rc == ERR_NONE)
		search(&q, a);
	else if (rc != ERR_USAGE || e.text[0] == '\0')
		abort();
	arena_free(a);
	return 0;
}
