/* lede fold: which of the entries that come in tell one story. No cache, no feeds: folding alone,
 * as the reader's. */
#include "cli_inside.h"

#include <stdlib.h>

#include "cli_items.h"
#include "lede/rank/fold.h"

enum {
	TERMS_BYTES = 64 << 10,
	HOUR = 3600                       /* what is too old to be joined is let go this often */
};

/* An entry that came; its number in `row` is its id for folding. */
struct folded { json_t *id; int64_t story, time; struct str title, source; };

struct fold_run {
	struct cli *c;
	bool json;
	struct folder *folder;
	struct folded *row; size_t n, cap;
	struct arena *arena;              /* titles and sources, for people only */
	struct buf terms;
	int64_t swept;
};

static struct str kept(struct fold_run *r, struct str s)
{
	return (struct str){ arena_copy(r->arena, s.p, s.n), s.n };
}

static void sweep(struct fold_run *r, int64_t now)
{
	if (now < r->swept + HOUR)
		return;
	folder_evict(r->folder, now - FOLD_WINDOW);
	r->swept = now;
}

static enum err fold_item(struct fold_run *r, const struct item *i, struct error *e)
{
	const struct fold_entry entry = { .id = (int64_t)r->n, .time = i->time,
		.feed = item_feed(i), .title = i->title };
	struct folded row = { .id = json_incref(i->id), .time = i->time };
	enum err rc;

	buf_clear(&r->terms);
	rc = folder_add(r->folder, &entry, &row.story, &r->terms);
	if (!r->json) {
		row.title = kept(r, i->title);
		row.source = kept(r, i->source);
	}
	r->row = mem_grow(r->row, &r->cap, r->n + 1, sizeof *r->row);
	r->row[r->n++] = row;
	sweep(r, i->time);
	return rc == ERR_NONE ? rc : error_set(e, rc, "a title is too long to be folded");
}

static void put_object(struct fold_run *r, const struct folded *row)
{
	struct jout j = cli_json(r->c);

	jout_begin(&j, '{');
	item_key_id(&j, "id", row->id);
	item_key_id(&j, "story", r->row[row->story].id);
	jout_end(&j, '}');
	jout_line(&j);
}

static enum err fold_all(struct fold_run *r, struct items *in, struct error *e)
{
	struct item item;
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && cli_writable(r->c) && items_next(in, &item)) {
		rc = fold_item(r, &item, e);
		if (rc == ERR_NONE && r->json)
			put_object(r, &r->row[r->n - 1]);
	}
	return rc == ERR_NONE ? items_end(in, e) : rc;
}

/* ---- for people ---- */

/* A member under its story, as far in as the story's title. */
static void put_member(struct fold_run *r, const struct folded *row)
{
	fputs("       ", r->c->out);
	cli_put(r->c, row->title.n > 0 ? row->title : STR("(no title)"));
	if (row->source.n > 0)
		fputs(" · ", r->c->out);
	cli_put(r->c, row->source);
	putc('\n', r->c->out);
}

/* The members of each story behind each other: next[i] is the one after i, or 0. */
static size_t *chain_members(const struct fold_run *r, size_t *count)
{
	size_t *next = mem_array(r->n + 1, sizeof *next), *last = mem_array(r->n + 1, sizeof *last);

	for (size_t i = 0; i < r->n; i++) {
		size_t story = (size_t)r->row[i].story;

		if (story != i)
			next[last[story]] = i;
		last[story] = i;
		count[story]++;
	}
	free(last);
	return next;
}

/* In the order of their first entries. */
static void put_stories(struct fold_run *r)
{
	size_t *count = mem_array(r->n + 1, sizeof *count), *next = chain_members(r, count);
	int number = 0;

	for (size_t i = 0; i < r->n && cli_writable(r->c); i++) {
		const struct folded *row = &r->row[i];

		if (count[i] == 0)
			continue;
		cli_put_row(r->c, &(struct cli_row){ ++number, 6, row->title, row->source,
						     (int)count[i] - 1, row->time });
		for (size_t k = next[i]; k > 0; k = next[k])
			put_member(r, &r->row[k]);
	}
	free(count);
	free(next);
}

static void run_end(struct fold_run *r)
{
	for (size_t i = 0; i < r->n; i++)
		json_decref(r->row[i].id);
	free(r->row);
	buf_free(&r->terms);
	arena_free(r->arena);
	folder_free(r->folder);
}

int cmd_fold(struct cli *c, const struct cli_args *a)
{
	struct fold_run r = { .c = c, .json = a->json, .folder = folder_new(),
		.arena = arena_new(), .terms = buf_limited(TERMS_BYTES) };
	struct error e;
	struct items *in = items_open(c, NULL, &e);
	enum err rc = fold_all(&r, in, &e);

	if (!r.json)
		put_stories(&r);
	items_close(in);
	run_end(&r);
	return rc == ERR_NONE ? EXIT_DONE : items_fail(c, &e);
}
