#include "reader.h"

#include <stdlib.h>
#include <string.h>

#include "lede/app/article.h"
#include "lede/store/remembered.h"
#include "finding.h"
#include "folding.h"
#include "list_place.h"
#include "scripts.h"
#include "thread.h"

/* how often it is asked whether another process has written; a question costs 2.5 us */
#define LOOK_MS 500

struct reader {
	char *path;
	struct mailbox *in, *out;
	struct store *store;
	int64_t version;              /* store_data_version, as it was last told of */
	struct scripts *scripts;
	struct finding *finding;      /* the search under way, if any */
	pthread_t thread;
	struct ask **waiting;         /* taken and not yet answered, oldest first */
	size_t nwaiting, cap;
};

/* "Nothing there" is an answer, not a failure. */
static enum err none_is_fine(enum err rc, struct error *e)
{
	if (rc != ERR_NONESUCH)
		return rc;
	*e = (struct error){ .code = ERR_NONE };
	return ERR_NONE;
}

static enum err answer_counts(struct store *s, int64_t upto, struct answer *a)
{
	struct counts *c = &a->counts;
	struct error *e = &a->error;
	enum err rc = store_unread_total(s, &c->unread, e);

	if (rc == ERR_NONE)
		rc = store_new_stories(s, upto, &c->new_stories, e);
	if (rc == ERR_NONE)
		rc = store_list_count(s, LIST_LATEST, 0, &c->entries, e);
	if (rc == ERR_NONE)
		rc = store_list_count(s, LIST_STARRED, 0, &c->starred, e);
	if (rc == ERR_NONE)
		rc = store_highest_id(s, &c->highest, e);
	if (rc == ERR_NONE)
		rc = store_get_number(s, "here", &c->here, e);
	if (rc == ERR_NONE)
		rc = store_get_number(s, "glosses", &c->glosses, e);
	for (int i = 0; rc == ERR_NONE && i < KEPT_LOOKS; i++)
		rc = store_get_number(s, kept_look_name((enum kept_look)i), &c->looks[i], e);
	if (rc == ERR_NONE)
		rc = store_get_number(s, "show", &c->show, e);
	if (rc == ERR_NONE)
		rc = store_feeds_count(s, &c->feeds, &c->failing, e);
	return rc;
}

static enum err answer_edition(struct store *s, const struct ask *ask, struct answer *a)
{
	enum err rc = none_is_fine(store_edition_last(s, &a->edition, &a->error), &a->error);

	a->from = ask->from > 0 ? ask->from : 1;
	if (rc == ERR_NONE && a->edition.id != 0)
		rc = store_edition_rows(s, a->edition.id, a->from, ask->n, a->arena,
					&a->edition_row, &a->n, &a->error);
	if (rc == ERR_NONE)
		rc = answer_counts(s, a->edition.upto, a);
	return rc;
}

static enum err list_total(struct store *s, const struct list_query *q, struct answer *a)
{
	struct feed_row feed;
	enum err rc;

	if (!q->unread_only)
		return store_list_count(s, q->list, q->feed, &a->total, &a->error);
	if (q->list == LIST_STARRED || q->list == LIST_FILLER) {
		rc = store_list_count(s, q->list, q->feed, &a->total, &a->error);
		return rc == ERR_NONE ? list_length(s, q, a->total, &a->total, &a->error) : rc;
	}
	if (q->list == LIST_LATEST)
		return store_unread_total(s, &a->total, &a->error);
	rc = store_feed(s, q->feed, a->arena, &feed, &a->error);
	if (rc == ERR_NONE)
		a->total = feed.unread;
	return none_is_fine(rc, &a->error);
}

/* Index at which the window around a row begins. */
static enum err find_near(struct store *s, const struct ask *ask, struct answer *a)
{
	int64_t n = 0;
	enum err rc = store_list_count(s, ask->list.list, ask->list.feed, &n, &a->error);

	if (rc == ERR_NONE)
		rc = list_place(s, &ask->list, &ask->anchor, n, &a->near_at, &a->error);
	a->at = a->near_at > ask->list.limit / 2 ? a->near_at - ask->list.limit / 2 : 0;
	return rc;
}

static enum err answer_list(struct store *s, const struct ask *ask, struct answer *a)
{
	struct list_query q = ask->list;
	struct list_anchor anchor = ask->anchor;
	enum err rc = ERR_NONE;

	q.from = ask->has_anchor ? &anchor : NULL;
	a->at = ask->at;
	if (ask->near)
		rc = find_near(s, ask, a);
	if (rc == ERR_NONE && a->at >= 0) {      /* the row before the window is its anchor */
		q.way = LIST_OLDER;
		q.from = a->at > 0 ? &anchor : NULL;
		if (a->at > 0)
			rc = store_list_at(s, &q, a->at - 1, &anchor, &a->error);
	}
	a->list = ask->list;
	a->list.from = NULL;          /* it would point into this frame */
	if (rc == ERR_NONE)
		rc = store_list(s, &q, a->arena, &a->entry_row, &a->n, &a->error);
	rc = none_is_fine(rc, &a->error);          /* beyond the list's end: no rows */
	if (rc == ERR_NONE)
		rc = list_total(s, &q, a);
	return rc;
}

/* ---- what waits ---- */

static void push(struct reader *r, struct message *m)
{
	if (m->kind == WORK_WISHES) {
		scripts_take(r->scripts, m);
		return;
	}
	r->waiting = mem_grow(r->waiting, &r->cap, r->nwaiting + 1, sizeof *r->waiting);
	r->waiting[r->nwaiting++] = (struct ask *)m;
}

static void take_waiting(struct reader *r)
{
	struct message *m;

	while (mailbox_take(r->in, &m))
		push(r, m);
}

static struct ask *pop(struct reader *r, size_t i)
{
	struct ask *ask = r->waiting[i];

	memmove(r->waiting + i, r->waiting + i + 1, (--r->nwaiting - i) * sizeof *r->waiting);
	return ask;
}

static bool same_want(const struct ask *old, const struct ask *newer)
{
	if (old->kind != newer->kind)
		return false;
	if (old->kind == ASK_LIST)
		return old->list.list == newer->list.list;
	if (old->kind == ASK_SEARCH)
		return !newer->more;
	return old->kind == ASK_ARTICLE;
}

/* By one of those that wait from i on. */
static bool is_superseded(const struct reader *r, const struct ask *ask, size_t i)
{
	for (; i < r->nwaiting; i++)
		if (same_want(ask, r->waiting[i]))
			return true;
	return false;
}

/* ---- answers ---- */

static void answer_one(struct reader *r, struct ask *ask);

/* While a long text is read, everything else is answered; another article asked for, or the end,
 * gives it up. The store is free meanwhile: its part of the article is done. */
static bool has_better_to_do(void *self)
{
	struct reader *r = self;
	bool other = false;

	take_waiting(r);
	for (size_t i = 0; i < r->nwaiting && !mailbox_is_closed(r->in);) {
		if (r->waiting[i]->kind == ASK_ARTICLE) {
			other = true;
			i++;
			continue;
		}
		struct ask *ask = pop(r, i);

		if (!is_superseded(r, ask, i))
			answer_one(r, ask);
		free(ask);
	}
	return other || mailbox_is_closed(r->in);
}

/* In the script that is wished for the entry's feed. */
static enum convert script_of(struct reader *r, int64_t entry, struct arena *a)
{
	struct entry_row row;
	struct error e;

	if (store_entry(r->store, entry, a, &row, &e) != ERR_NONE)
		return CONVERT_NO;
	return scripts_wish(r->scripts, r->store, row.feed);
}

static enum err answer_article(struct reader *r, const struct ask *ask, struct answer *a)
{
	const struct rich_options how = {
		.hide_glosses = ask->hide_glosses, .give_up = has_better_to_do, .self = r,
		.converter = scripts_converter(r->scripts),
		.convert = script_of(r, ask->entry, a->arena),
	};
	enum err rc = article_load(r->store, ask->entry, &how, a->arena, &a->article, &a->error);

	if (a->article.doc && rich_was_converted(a->article.doc))
		a->article.script = how.convert;
	return rc;
}

static enum err answer_states(struct store *s, const struct ask *ask, struct answer *a)
{
	unsigned *flags = arena_alloc(a->arena, (ask->nentries + 1) * sizeof *flags);
	enum err rc = store_flags(s, ask->id, ask->nentries, flags, &a->error);

	a->entry_now = arena_alloc(a->arena, (ask->nentries + 1) * sizeof *a->entry_now);
	a->story_now = arena_alloc(a->arena, (ask->nstories + 1) * sizeof *a->story_now);
	a->nentries = ask->nentries;
	a->nstories = ask->nstories;
	for (size_t i = 0; i < ask->nentries; i++)
		a->entry_now[i] = (struct entry_state_now){ ask->id[i], flags[i] };
	for (size_t i = 0; i < ask->nstories && rc == ERR_NONE; i++) {
		a->story_now[i].id = ask->id[ask->nentries + i];
		rc = store_story_unread(s, a->story_now[i].id, ask->upto, &a->story_now[i].unread,
		                        &a->error);
	}
	return rc == ERR_NONE ? answer_counts(s, ask->upto, a) : rc;
}

/* Hidden ones are fetched, but in no list. */
static enum err answer_feeds(struct store *s, struct answer *a)
{
	size_t n = 0;
	enum err rc = store_feeds(s, true, a->arena, &a->feed_row, &a->n, &a->error);

	for (size_t i = 0; i < a->n; i++)
		if (!a->feed_row[i].hidden)
			a->feed_row[n++] = a->feed_row[i];
	a->n = n;
	return rc;
}

/* Counted in a folding of its own: nobody waits for it long, and seldom. */
static enum err answer_profile(struct store *s, const struct ask *ask, struct answer *a)
{
	struct folding *f = folding_new();
	enum err rc = learning_list(f, s, ask->now, a->arena, &a->learned, &a->error);

	folding_free(f);
	return rc == ERR_NONE ? answer_feeds(s, a) : rc;
}

static enum err answer_history(struct store *s, const struct ask *ask, struct answer *a)
{
	size_t n = strlen(ask->query);
	struct buf lines = buf_limited(1 << 20);
	enum err rc = store_remembered(s, ask->query, &lines, &a->error);

	a->history_of = (struct str){ arena_copy(a->arena, ask->query, n), n };
	a->history = (struct str){ arena_copy(a->arena, buf_cstr(&lines), lines.n), lines.n };
	buf_free(&lines);
	return rc;
}

static enum err answer_ask(struct reader *r, const struct ask *ask, struct answer *a)
{
	struct store *s = r->store;

	switch (ask->kind) {
	case ASK_EDITION:
		return answer_edition(s, ask, a);
	case ASK_LIST:
		return answer_list(s, ask, a);
	case ASK_ARTICLE:
		return answer_article(r, ask, a);
	case ASK_MEMBERS:
		return store_story_members(s, ask->story, a->arena, &a->entry_row, &a->n,
		                           &a->error);
	case ASK_FEEDS:
		return answer_feeds(s, a);
	case ASK_COUNTS:
		return answer_counts(s, ask->upto, a);
	case ASK_STATES:
		return answer_states(s, ask, a);
	case ASK_ADDRESS:             /* the prober's */
		return ERR_CANCEL;
	case ASK_PROFILE:
		return answer_profile(s, ask, a);
	case ASK_HISTORY:
		return answer_history(s, ask, a);
	case ASK_SEARCH:
		return finding_answer(r->finding, s, ask, a);
	}
	return ERR_NONE;
}

static void tell_trouble(struct reader *r)
{
	struct error e;
	struct notice *n;

	if (!scripts_trouble(r->scripts, &e))
		return;
	n = notice_new(NOTICE_ERROR);
	n->error = e;
	mailbox_give(r->out, &n->m);
}

static enum err open_store(struct reader *r, struct error *e)
{
	enum err rc = store_open(r->path, STORE_READ, &r->store, e);

	if (rc == ERR_NONE)
		r->version = store_data_version(r->store);
	return rc;
}

/* A damaged cache was set aside: the new one is opened when something is asked. */
static bool leave_replaced(struct reader *r)
{
	if (!r->store || !store_is_replaced(r->store))
		return false;
	finding_end(r->finding);
	store_close(r->store);
	r->store = NULL;
	return true;
}

/* Commits of this process's writer are among them: nobody can tell them from others. */
static void tell_change(struct reader *r)
{
	if (leave_replaced(r)) {
		mailbox_give(r->out, &notice_new(NOTICE_CHANGED)->m);
		return;
	}
	int64_t version = r->store ? store_data_version(r->store) : r->version;

	if (version == r->version)
		return;
	r->version = version;
	mailbox_give(r->out, &notice_new(NOTICE_CHANGED)->m);
}

/* What was given up is not answered: a newer ask is. */
static void answer_one(struct reader *r, struct ask *ask)
{
	struct answer *a = answer_new(ask);
	enum err rc = ERR_NONE;

	leave_replaced(r);
	if (!r->store)
		rc = open_store(r, &a->error);
	if (rc == ERR_NONE)
		rc = answer_ask(r, ask, a);
	if (rc == ERR_NONE)
		scripts_answer(r->scripts, r->store, a);
	a->error.code = rc;
	if (rc == ERR_CANCEL)
		answer_free(a);
	else
		mailbox_give(r->out, &a->m);
	tell_trouble(r);
}

/* Everything that waits is answered. */
static void answer_waiting(struct reader *r)
{
	while (r->nwaiting > 0) {
		struct ask *ask;

		take_waiting(r);
		ask = pop(r, 0);
		if (!is_superseded(r, ask, 0) && !mailbox_is_closed(r->in))
			answer_one(r, ask);
		free(ask);
	}
}

/* A search goes on while nobody asks for anything. */
static void go_on_searching(struct reader *r)
{
	struct answer *a = finding_go_on(r->finding);

	if (!a)
		return;
	if (a->error.code == ERR_NONE)
		scripts_answer(r->scripts, r->store, a);
	mailbox_give(r->out, &a->m);
}

/* Milliseconds until something is to be done without being asked; -1: nothing is. */
static int until_look(const struct reader *r)
{
	if (finding_goes_on(r->finding))
		return 0;
	return r->store ? LOOK_MS : -1;
}

static void *reader_run(void *self)
{
	struct reader *r = self;
	struct message *m;

	for (;;) {
		if (mailbox_wait(r->in, &m, until_look(r)))
			push(r, m);
		else if (mailbox_is_closed(r->in))
			return NULL;
		else if (finding_goes_on(r->finding))
			go_on_searching(r);
		answer_waiting(r);
		tell_change(r);
	}
}

static void reader_free(struct reader *r)
{
	finding_free(r->finding);
	store_close(r->store);
	scripts_free(r->scripts);
	mailbox_free(r->in);
	free(r->waiting);
	free(r->path);
	free(r);
}

enum err reader_start(const char *path, struct mailbox *out, struct reader **reader,
		      struct error *e)
{
	struct reader *r = mem_new(sizeof *r);
	enum err rc;

	r->path = mem_strdup(path);
	r->in = mailbox_new(0);
	r->scripts = scripts_new();
	r->finding = finding_new(r->in);
	r->out = out;
	rc = thread_start(&r->thread, reader_run, r, e);
	if (rc != ERR_NONE) {
		reader_free(r);
		return rc;
	}
	*reader = r;
	return ERR_NONE;
}

void reader_ask(struct reader *r, struct ask *a)
{
	mailbox_give(r->in, &a->m);
}

void reader_wishes(struct reader *r, struct script_wishes *w)
{
	mailbox_give(r->in, script_wishes_message(w));
}

void reader_stop(struct reader *r)
{
	if (!r)
		return;
	mailbox_close(r->in);
	pthread_join(r->thread, NULL);
	reader_free(r);
}
