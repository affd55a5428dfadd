#include "indexed.h"

#include "lede/store/search.h"
#include "lede/store/store.h"
#include "measure.h"

#define STEP 2000 /* as a reader has it that has much to do */

static bool until_none_waits(struct search_index *x, const struct search_pace *pace, bool *more)
{
	struct error e;
	int64_t waiting = 0;

	do
		if (!fine(search_index_waiting(x, &waiting, &e), &e) ||
		    (waiting > 0 && !fine(search_index_step(x, pace, more, &e), &e)))
			return false;
	while (waiting > 0);
	return true;
}

static bool work_off(struct search_index *x, struct indexing *out)
{
	const struct search_pace pace = { .entries = STEP, .backlog = true };
	double began = cpu_now();
	struct error e;
	bool more = true;

	if (!fine(search_index_waiting(x, &out->entries, &e), &e) ||
	    !until_none_waits(x, &pace, &more))
		return false;
	out->indexed_s = cpu_now() - began;
	while (more)
		if (!fine(search_index_step(x, &pace, &more, &e), &e))
			return false;
	out->merged_s = cpu_now() - began - out->indexed_s;
	return true;
}

bool index_all(const char *db, struct indexing *out)
{
	struct search_index *x;
	struct store *s;
	struct error e;
	bool done;

	if (!fine(store_open(db, STORE_READ, &s, &e), &e))
		return false;
	if (!fine(search_index_open(s, &x, &e), &e)) {
		store_close(s);
		return false;
	}
	done = work_off(x, out);
	search_index_close(x);
	store_close(s);
	return done;
}
