#include "feed_task.h"

#include <stdlib.h>

#include "lede/text/display.h"

#define BATCH_ENTRIES 50          /* a batch takes the writer about 2 ms */
#define BATCH_BYTES (128 << 10)

static struct str kept(struct arena *a, struct str s)
{
	return (struct str){ arena_copy(a, s.p ? s.p : "", s.n), s.n };
}

/* ---- entries ---- */

static void entries_drop(struct message *m)
{
	entries_free((struct entries *)m);
}

static struct entries *entries_new(struct feed_task *t)
{
	struct entries *b = mem_new(sizeof *b);

	b->m.kind = WRITER_ENTRIES;
	b->m.drop = entries_drop;
	b->task = t;
	b->arena = arena_new();
	return b;
}

void entries_free(struct entries *b)
{
	if (!b)
		return;
	arena_free(b->arena);
	free(b->entry);
	free(b);
}

static void entries_add(struct entries *b, const struct entry_new *n)
{
	struct entry_new *to;

	b->entry = mem_grow(b->entry, &b->cap, b->n + 1, sizeof *b->entry);
	to = &b->entry[b->n++];
	*to = *n;
	to->guid = kept(b->arena, n->guid);
	to->title = kept(b->arena, n->title);
	to->link = kept(b->arena, n->link);
	to->author = kept(b->arena, n->author);
	to->html = kept(b->arena, n->html);
	to->enclosure = kept(b->arena, n->enclosure);
	to->language = kept(b->arena, n->language);
	b->m.weight += sizeof *n + n->guid.n + n->title.n + n->link.n + n->author.n + n->html.n +
		n->enclosure.n + n->language.n;
}

/* False when nobody takes entries any more. This is where a refresh is held to its memory: the
 * network thread waits here while the store is behind, and the servers wait for it. */
static bool give_entries(struct feed_task *t)
{
	struct entries *b = t->open;

	t->open = NULL;
	if (!b)
		return true;
	if (!t->by_file)
		return mailbox_give_wait(t->box, &b->m);
	mailbox_give(t->box, &b->m);
	return true;
}

static bool take_entry(void *self, const struct entry_new *n)
{
	struct feed_task *t = self;

	if (!t->open)
		t->open = entries_new(t);
	entries_add(t->open, n);
	return (t->open->n < BATCH_ENTRIES && t->open->m.weight < BATCH_BYTES) || give_entries(t);
}

/* ---- the sink ---- */

/* 203 is a 200 that a proxy changed (RFC 9110 15.3.4). */
bool feed_answer_is_document(const struct feed_answer *a)
{
	return a->status == 200 || a->status == 203;
}

static bool task_begin(void *self, const struct fetch_answer *a)
{
	struct feed_task *t = self;

	t->got.status = a->status;
	t->got.etag = kept(t->got.arena, a->etag);
	t->got.modified = kept(t->got.arena, a->last_modified);
	t->content_type = kept(t->got.arena, a->content_type);
	t->got.address = kept(t->got.arena, a->address);
	return true;
}

static bool task_data(void *self, struct str bytes)
{
	struct feed_task *t = self;

	if (!feed_answer_is_document(&t->got))
		return true;          /* for nobody: the fetcher itself looks for walls */
	if (!t->ingest)
		t->ingest = ingest_new(t->id, t->got.address.n > 0 ? t->got.address : t->url,
				       t->content_type, t->charset, take_entry, t);
	t->got.parse = ingest_push(t->ingest, bytes, &t->got.error);
	return t->got.parse == ERR_NONE && !mailbox_is_closed(t->box);
}

static void keep_meta(struct feed_task *t)
{
	const struct feed_meta *meta = ingest_meta(t->ingest);
	struct feed_answer *got = &t->got;
	struct buf title = buf_limited(128 << 10);

	if (meta->title.n > 0)
		display_line(meta->title, &title);
	got->title = kept(got->arena, buf_view(&title));
	got->site = kept(got->arena, meta->link);
	got->format = str_of(feed_format_name(meta->format));
	got->ttl = meta->ttl;
	got->skip_hours = meta->skip_hours;
	got->skip_days = meta->skip_days;
	got->cut = meta->cut || got->parse == ERR_LIMIT;
	got->unfinished = meta->unfinished;
	got->body_hash = ingest_body_hash(t->ingest);
	buf_free(&title);
}

/* A document that broke off is ended too, for its complete entries; but only one that came whole is
 * believed in what it does not hold. */
static void end_document(struct feed_task *t)
{
	struct feed_answer *got = &t->got;

	if (!t->ingest) {
		if (feed_answer_is_document(got) && got->outcome == FETCH_DONE)
			got->parse = error_set(&got->error, ERR_SYNTAX,
					       "not a feed: the answer is empty");
		return;
	}
	if (got->parse == ERR_NONE && got->outcome == FETCH_DONE) {
		got->parse = ingest_end(t->ingest, &got->error);
		if (got->parse == ERR_NONE && ingest_meta(t->ingest)->unfinished &&
		    ingest_count(t->ingest) == 0)
			got->parse = error_set(&got->error, ERR_SYNTAX,
					       "cut off: the document ends in the middle");
		got->whole = got->parse == ERR_NONE;
	} else if (got->parse == ERR_NONE && got->outcome != FETCH_CANCELLED) {
		ingest_end(t->ingest, NULL);
	}
	keep_meta(t);
	ingest_free(t->ingest);
	t->ingest = NULL;
}

static void task_end(void *self, const struct fetch_result *r)
{
	struct feed_task *t = self;
	struct feed_answer *got = &t->got;

	got->outcome = r->outcome;
	if (r->status != 0)
		got->status = r->status;
	if (got->parse == ERR_NONE)
		got->error = r->error;
	got->no_network = r->no_network;
	got->retry_after = r->retry_after;
	got->max_age = r->max_age;
	got->bytes = (int64_t)r->received;
	got->wall = r->wall;
	if (r->address.n > 0)
		got->address = kept(got->arena, r->address);
	got->moved = kept(got->arena, r->moved);
	end_document(t);
	give_entries(t);
	mailbox_give(t->box, &t->m);  /* from here on it is the writer's */
}

static void task_drop(struct message *m)
{
	(void)m;                      /* the refresh owns its tasks */
}

struct fetch_sink feed_task_sink(struct feed_task *t)
{
	t->m.kind = WRITER_ENDED;
	t->m.drop = task_drop;
	t->got.arena = arena_new();
	t->got.max_age = -1;
	return (struct fetch_sink){ .begin = task_begin, .data = task_data, .end = task_end,
		.self = t };
}

void feed_task_free(struct feed_task *t)
{
	ingest_free(t->ingest);
	entries_free(t->open);
	arena_free(t->got.arena);
}
