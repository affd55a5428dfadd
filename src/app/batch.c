#include "batch.h"

#include <stdlib.h>
#include <string.h>

#include "lede/store/hosts.h"

#define ENTRIES_MAX 300
#define BYTES_MAX (1 << 20)
#define BATCH_MS 100
#define SAME_MAX 200
#define SAME_MS 5000

/* Either entries, or the end of a feed. */
struct item {
	struct entries *entries;
	struct feed_task *ended;
	int64_t feed;
	size_t at;                    /* order of arrival: a feed's entries come before its end */
};

struct batch {
	struct store *store;
	const struct clock *clock;
	batch_done *done;
	void *self;
	struct item *item; size_t n, cap;
	size_t entries, bytes, arrived;
	int64_t since;                /* ticks of the first item */
	struct feed_task **same; size_t nsame, same_cap;
	int64_t same_since;
	int64_t fresh;
};

struct batch *batch_new(struct store *s, const struct clock *clock, batch_done *done, void *self)
{
	struct batch *b = mem_new(sizeof *b);

	b->store = s;
	b->clock = clock;
	b->done = done;
	b->self = self;
	return b;
}

void batch_free(struct batch *b)
{
	if (!b)
		return;
	for (size_t i = 0; i < b->n; i++)
		entries_free(b->item[i].entries);
	free(b->item);
	free(b->same);
	free(b);
}

int64_t batch_fresh(const struct batch *b)
{
	return b->fresh;
}

static void add(struct batch *b, struct item item)
{
	if (b->n == 0)
		b->since = clock_ticks(b->clock);
	item.at = b->arrived++;
	b->item = mem_grow(b->item, &b->cap, b->n + 1, sizeof *b->item);
	b->item[b->n++] = item;
}

void batch_add_entries(struct batch *b, struct entries *e)
{
	b->entries += e->n;
	b->bytes += e->m.weight;
	add(b, (struct item){ .entries = e, .feed = e->task->id });
}

void batch_add_ended(struct batch *b, struct feed_task *t)
{
	if (t->got.status != 304 || t->got.outcome != FETCH_DONE) {
		add(b, (struct item){ .ended = t, .feed = t->id });
		return;
	}
	if (b->nsame == 0)
		b->same_since = clock_ticks(b->clock);
	b->same = mem_grow(b->same, &b->same_cap, b->nsame + 1, sizeof *b->same);
	b->same[b->nsame++] = t;
}

static int left(int64_t since, int64_t ms, int64_t now)
{
	int64_t rest = since + ms - now;

	return rest > 0 ? (int)rest : 0;
}

static int items_due(const struct batch *b)
{
	if (b->n == 0)
		return -1;
	if (b->entries >= ENTRIES_MAX || b->bytes >= BYTES_MAX)
		return 0;
	return left(b->since, BATCH_MS, clock_ticks(b->clock));
}

static int same_due(const struct batch *b)
{
	if (b->nsame == 0)
		return -1;
	return b->nsame >= SAME_MAX ? 0 : left(b->same_since, SAME_MS, clock_ticks(b->clock));
}

int batch_due(const struct batch *b)
{
	int items = items_due(b), same = same_due(b);

	return items < 0 || (same >= 0 && same < items) ? same : items;
}

/* ---- writing ---- */

/* Errors that leave a batch unusable (store.h); any other is one entry's or one feed's. */
static bool ends_batch(enum err rc)
{
	return rc == ERR_FULL || rc == ERR_DAMAGED || rc == ERR_STORE || rc == ERR_BUSY ||
		rc == ERR_IO;
}

static int by_feed(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->feed != y->feed)
		return x->feed < y->feed ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

static enum err write_entries(struct batch *b, const struct entries *es, int64_t now,
			      struct error *e)
{
	for (size_t i = 0; i < es->n; i++) {
		enum put_result result;
		int64_t id;
		enum err rc = store_put_entry(b->store, &es->entry[i], now, &result, &id, e);

		if (ends_batch(rc))
			return rc;
		if (rc == ERR_NONE && result == PUT_NEW) {
			es->task->fresh++;
			b->fresh++;
		}
	}
	return ERR_NONE;
}

static enum err write_visit(struct batch *b, struct feed_task *t, struct verdict *v,
			    struct error *e)
{
	enum err rc;

	visit_judge(t, clock_now(b->clock), v);
	rc = store_feed_visited(b->store, &v->visit, e);
	if (rc == ERR_NONE && v->host_waits && t->host_name.n > 0)
		rc = store_host_refused(b->store, t->host_name, v->visit.next,
					clock_now(b->clock), e);
	return ends_batch(rc) ? rc : ERR_NONE;
}

static enum err write_item(struct batch *b, const struct item *it, struct error *e)
{
	struct verdict v;

	return it->entries ? write_entries(b, it->entries, clock_now(b->clock), e)
		: write_visit(b, it->ended, &v, e);
}

/* How many of the items go into this transaction is decided as it goes: *written. */
static enum err write_items(struct batch *b, struct mailbox *box, size_t *written, struct error *e)
{
	int64_t began = clock_ticks(b->clock);
	size_t entries = 0, bytes = 0;
	enum err rc = ERR_NONE;

	for (*written = 0; rc == ERR_NONE && *written < b->n; ++*written) {
		const struct item *it = &b->item[*written];

		if (*written > 0 && (entries >= ENTRIES_MAX || bytes >= BYTES_MAX ||
				     clock_ticks(b->clock) - began >= BATCH_MS ||
				     (box && mailbox_has_urgent(box))))
			break;
		rc = write_item(b, it, e);
		entries += it->entries ? it->entries->n : 0;
		bytes += it->entries ? it->entries->m.weight : 0;
	}
	return rc;
}

/* Takes the first n items out; those that ended are told of when they are in the store. */
static void take_out(struct batch *b, size_t n, bool stored)
{
	for (size_t i = 0; i < n; i++) {
		struct item *it = &b->item[i];

		if (it->entries) {
			b->entries -= it->entries->n;
			b->bytes -= it->entries->m.weight;
			entries_free(it->entries);
		} else if (stored) {
			struct verdict v;

			visit_judge(it->ended, clock_now(b->clock), &v);
			b->done(b->self, it->ended, &v);
		}
	}
	memmove(b->item, b->item + n, (b->n - n) * sizeof *b->item);
	b->n -= n;
}

static enum err commit_or_undo(struct batch *b, enum err rc, struct error *e)
{
	if (rc == ERR_NONE)
		rc = store_commit(b->store, e);
	if (rc != ERR_NONE)
		store_rollback(b->store);
	return rc;
}

static enum err flush_items(struct batch *b, struct mailbox *box, struct error *e)
{
	size_t written = 0;
	enum err rc = store_begin(b->store, false, e);

	if (rc == ERR_NONE) {
		qsort(b->item, b->n, sizeof *b->item, by_feed);
		rc = commit_or_undo(b, write_items(b, box, &written, e), e);
	}
	take_out(b, rc == ERR_NONE ? written : b->n, rc == ERR_NONE);
	return rc;
}

static enum err flush_same(struct batch *b, struct error *e)
{
	enum err rc = store_begin(b->store, false, e);

	if (rc == ERR_NONE) {
		for (size_t i = 0; rc == ERR_NONE && i < b->nsame; i++) {
			struct verdict v;

			rc = write_visit(b, b->same[i], &v, e);
			if (rc == ERR_NONE)
				b->done(b->self, b->same[i], &v);
		}
		rc = commit_or_undo(b, rc, e);
	}
	b->nsame = 0;
	return rc;
}

enum err batch_write(struct batch *b, bool all, struct mailbox *box, struct error *e)
{
	enum err rc = ERR_NONE;

	if (b->n > 0 && (all || items_due(b) == 0))
		rc = flush_items(b, box, e);
	else if (b->nsame > 0 && (all || same_due(b) == 0))
		rc = flush_same(b, e);
	return rc;
}
