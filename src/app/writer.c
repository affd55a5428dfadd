#include "lede/base/mem.h"
#include "writer.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "feed_task.h"
#include "feeding.h"
#include "lede/app/keep.h"
#include "lede/store/check.h"
#include "lede/store/remembered.h"
#include "marks.h"
#include "recover.h"
#include "refresh_order.h"
#include "regrouping.h"
#include "thread.h"
#include "unlearning.h"

/* a stopped refresh folds what it can in this time; the next one folds the rest */
#define FOLD_WHEN_STOPPED_MS 1000
/* of folding in one transaction: so long a mark of another process may wait */
#define FOLD_SLICE_MS 50
/* deleting what is old: so long a slice, so long a pause for others; not more often than so */
#define KEEP_SLICE_MS 50
#define KEEP_PAUSE_MS 20
#define KEEP_EVERY_S 3600

/* Kinds WRITER_STOP and WRITER_CLOSE. */
struct stop {
	struct message m;
	/* of the last order it is about: being urgent, it may overtake that order */
	unsigned number;
};

struct writer {
	struct clock clock;
	struct undo_files files;
	const struct config *config;
	const struct secrets *secrets;
	struct fetcher *fetcher;
	struct mailbox *in, *out;
	atomic_bool *refreshing;
	void (*refreshed)(void *self);
	void *self;
	struct store *store;
	struct folding *folding;
	struct marks *marks;
	struct refresh *refresh;      /* NULL: none runs */
	bool closing;
	unsigned stopped;             /* orders up to this number are to stop */
	int64_t fold_until;           /* ticks; 0: no end */
	struct retention *retention;  /* NULL: nothing is being deleted */
	bool damaged, checked;        /* an error said so; the small tables were looked at */
	/* ticks: end of the slice (of folding, 0: not begun; of deleting); when deleting goes on */
	int64_t slice_until, keep_at;
	atomic_llong *on_screen;      /* the entry that is being read */
	pthread_t thread;
};

static void complain(struct writer *w, const struct error *e)
{
	struct notice *n = notice_new(NOTICE_ERROR);

	w->damaged = w->damaged || e->code == ERR_DAMAGED;
	n->error = *e;
	mailbox_give(w->out, &n->m);
}

/* ---- damage ---- */

/* The store itself opens the new file with its next batch. */
static void recover(struct writer *w)
{
	struct buf sentence = buf_limited(4096);
	struct error e = { .code = ERR_NONE };
	struct notice *n;
	enum err rc = cache_recover(store_path(w->store), clock_now(&w->clock), false,
				     &sentence, &e);

	w->damaged = false;
	folding_forget(w->folding);
	if (rc == ERR_NONE && sentence.n > 0)
		rc = store_reopen(w->store, &e);
	n = notice_new(NOTICE_RECOVERED);
	if (rc != ERR_NONE)
		n->error = e;
	else if (sentence.n > 0)
		error_set(&n->error, ERR_DAMAGED, "%s", buf_cstr(&sentence));
	mailbox_give(w->out, &n->m);
	buf_free(&sentence);
}

/* Once, when there is nothing else to do: what SQLite does not notice by itself for long. */
static void check_small(struct writer *w)
{
	struct error e;
	bool sound = true;

	w->checked = true;
	if (store_check_small(w->store, &sound, &e) == ERR_NONE && !sound)
		w->damaged = true;
}

/* ---- deleting what is old ---- */

static void tell_kept(struct writer *w)
{
	struct notice *n = notice_new(NOTICE_KEPT);

	n->n = w->retention ? retention_deleted(w->retention) : 0;
	mailbox_give(w->out, &n->m);
}

static void begin_keeping(struct writer *w)
{
	struct error e = { .code = ERR_NONE };
	int64_t now = clock_now(&w->clock), last = 0;
	enum err rc = store_get_number(w->store, "kept", &last, &e);

	if (rc == ERR_NONE && !w->retention && (now < last || now - last >= KEEP_EVERY_S))
		w->retention = keep_begin(w->store, w->config, w->folding->tags, now, &e);
	if (e.code != ERR_NONE)
		complain(w, &e);
	w->keep_at = clock_ticks(&w->clock);
	if (!w->retention)
		tell_kept(w);
}

static bool slice_goes_on(void *self)
{
	struct writer *w = self;

	return mailbox_is_empty(w->in) && clock_ticks(&w->clock) < w->slice_until;
}

static void end_keeping(struct writer *w, bool done)
{
	struct error e;

	if (done)
		store_set_number(w->store, "kept", clock_now(&w->clock), &e);
	tell_kept(w);
	retention_free(w->retention);
	w->retention = NULL;
}

/* After a slice that deleted something memory is behind the store: entries that were folded are not
 * there any more, stories have other names. */
static void keep_slice(struct writer *w)
{
	struct error e = { .code = ERR_NONE };
	int64_t deleted = retention_deleted(w->retention);
	bool done = false;
	enum err rc;

	w->slice_until = clock_ticks(&w->clock) + KEEP_SLICE_MS;
	if (w->on_screen)
		retention_hold(w->retention, atomic_load(w->on_screen));
	rc = retention_step(w->retention, w->store, slice_goes_on, w, &done, &e);
	w->keep_at = clock_ticks(&w->clock) + KEEP_PAUSE_MS;
	if (retention_deleted(w->retention) > deleted)
		folding_forget(w->folding);
	if (rc != ERR_NONE && rc != ERR_BUSY)
		complain(w, &e);
	if (done || (rc != ERR_NONE && rc != ERR_BUSY))
		end_keeping(w, done);
}

/* Milliseconds until the next slice; -1: there is none, or somebody else has to come first. */
static int keep_due(const struct writer *w)
{
	int64_t rest = w->keep_at - clock_ticks(&w->clock);

	if (!w->retention || w->refresh || w->closing)
		return -1;
	return rest > 0 ? (int)rest : 0;
}

/* ---- what is urgent ---- */

static void take_stop(struct writer *w, struct stop *stop)
{
	w->closing = w->closing || stop->m.kind == WRITER_CLOSE;
	if (stop->number > w->stopped)
		w->stopped = stop->number;
	if (w->refresh && refresh_number(w->refresh) <= w->stopped)
		refresh_stop(w->refresh);
	free(stop);
}

/* Marks that wait share one transaction. `first` was taken already; NULL: none was. What is more
 * than a mark is done by take_acts. */
static void take_urgent(struct writer *w, struct job *first)
{
	bool acts = first != NULL;
	struct message *m;

	if (first)
		marks_add(w->marks, first);
	while (mailbox_has_urgent(w->in) && mailbox_take(w->in, &m)) {
		if (m->kind == WORK_JOB) {
			marks_add(w->marks, (struct job *)m);
			acts = true;
		} else {
			take_stop(w, (struct stop *)m);
		}
	}
	if (acts)
		marks_write(w->marks);
}

/* ---- stories by hand, undoing ---- */

static enum err regroup(struct writer *w, const struct job *j, struct notice *n)
{
	struct regrouped parts;
	int64_t now = j->now != 0 ? j->now : clock_now(&w->clock);
	enum err rc;

	if (j->kind == JOB_JOIN) {
		rc = regrouping_join(w->folding, w->store, w->config, j->entry, j->with, now,
				     &parts, &n->error);
		n->story = parts.own;
		n->other = parts.rest;
	} else {
		rc = regrouping_split(w->folding, w->store, w->config, j->entry, now, &parts,
				      &n->error);
		n->story = parts.rest;
		n->other = parts.own;
	}
	return rc;
}

static void take_regrouping(struct writer *w, const struct job *j)
{
	struct notice *n = notice_new(NOTICE_STORIES);

	n->job = j->kind;
	if (regroup(w, j, n) != ERR_NONE)
		n->story = n->other = 0;
	mailbox_give(w->out, &n->m);
}

static void take_undo(struct writer *w, const struct job *j)
{
	struct notice *n = notice_new(NOTICE_UNDONE);

	undoing_turn(w->folding, w->store, &w->files, j, n);
	w->damaged = w->damaged || n->error.code == ERR_DAMAGED;
	mailbox_give(w->out, &n->m);
}

static void take_feed(struct writer *w, const struct job *j)
{
	struct notice *n = notice_new(NOTICE_FEED);

	feeding_do(w->store, w->files.feeds, j, j->now != 0 ? j->now : clock_now(&w->clock), n);
	w->damaged = w->damaged || n->error.code == ERR_DAMAGED;
	mailbox_give(w->out, &n->m);
}

/* In their order, marks between them. Not in the midst of folding: stories become others. */
static void take_acts(struct writer *w)
{
	struct job *j;

	while ((j = marks_next(w->marks))) {
		if (j->kind == JOB_UNDO)
			take_undo(w, j);
		else if (j->kind == JOB_FEED)
			take_feed(w, j);
		else
			take_regrouping(w, j);
		job_free(j);
		marks_write(w->marks);
	}
}

/* ---- folding and editions ---- */

/* Ends a transaction for a mark that waits, or for another process that may. */
static bool fold_waited_for(void *self)
{
	struct writer *w = self;
	int64_t ticks = clock_ticks(&w->clock);

	if (w->slice_until == 0)
		w->slice_until = ticks + FOLD_SLICE_MS;
	return ticks >= w->slice_until || mailbox_has_urgent(w->in);
}

static bool fold_on(void *self)
{
	struct writer *w = self;

	w->slice_until = 0;
	take_urgent(w, NULL);
	if (w->refresh && refresh_is_stopped(w->refresh) && w->fold_until == 0)
		w->fold_until = clock_ticks(&w->clock) + FOLD_WHEN_STOPPED_MS;
	return !w->closing && !marks_has_next(w->marks) &&
		(w->fold_until == 0 || clock_ticks(&w->clock) < w->fold_until);
}

/* Acts that cannot be done in the midst of it interrupt it. */
static enum err fold(struct writer *w, struct error *e)
{
	const struct folding_pauses pauses = { fold_waited_for, fold_on, w };
	int64_t stories = 0;
	enum err rc;

	w->fold_until = 0;
	do {
		int64_t opened = 0;

		take_acts(w);
		w->slice_until = 0;
		rc = folding_run_pausing(w->folding, w->store, clock_now(&w->clock), &pauses,
					 &opened, e);
		stories += opened;
	} while (rc == ERR_NONE && !w->closing && marks_has_next(w->marks));
	if (w->refresh)
		refresh_opened(w->refresh, stories);
	return rc;
}

/* Everything that has come so far, marks in between. */
static enum err write_all(struct writer *w, struct error *e)
{
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && w->refresh && refresh_due(w->refresh) >= 0) {
		rc = refresh_write(w->refresh, true, e);
		take_urgent(w, NULL);
	}
	return rc;
}

static enum err make_edition(struct writer *w, const struct job *j, int64_t *edition,
			     struct error *e)
{
	enum err rc = marks_learn_skips(w->marks, j, e);

	*edition = 0;
	if (w->closing)               /* nobody will see it, and the next start makes one */
		return rc;
	if (rc == ERR_NONE)
		rc = write_all(w, e);
	if (rc == ERR_NONE)
		rc = fold(w, e);
	if (rc == ERR_NONE && !w->closing)
		rc = edition_make_and_store(w->folding, w->store, w->config, clock_now(&w->clock),
					    j->keep, edition, e);
	return rc;
}

static void take_edition(struct writer *w, const struct job *j)
{
	struct notice *n;
	struct error e = { .code = ERR_NONE };
	int64_t edition;

	if (make_edition(w, j, &edition, &e) != ERR_NONE)
		complain(w, &e);
	n = notice_new(NOTICE_EDITION);
	n->edition = edition;
	mailbox_give(w->out, &n->m);
}

/* ---- refreshes ---- */

static void tell_nothing_refreshed(struct writer *w, const struct error *why)
{
	struct notice *n = notice_new(NOTICE_REFRESHED);

	complain(w, why);
	n->error = *why;
	n->stopped = true;
	atomic_store(w->refreshing, false);
	mailbox_give(w->out, &n->m);
	tell_kept(w);
}

static void take_refresh(struct writer *w, struct refresh_order *order)
{
	struct refresh_world world = {
		.store = w->store, .folding = w->folding, .config = w->config,
		.fetcher = w->fetcher, .secrets = w->secrets, .clock = w->clock,
		.in = w->in, .out = w->out,
	};
	struct error e = { .code = ERR_NONE };

	folding_give_tags(w->folding, order->tags);
	order->tags = NULL;
	if (refresh_begin(&world, order, &w->refresh, &e) != ERR_NONE) {
		w->refresh = NULL;
		tell_nothing_refreshed(w, &e);
	} else if (refresh_number(w->refresh) <= w->stopped) {
		refresh_stop(w->refresh);
	}
}

/* The last feed has ended: what is new becomes stories, then it is told. */
static void finish_refresh(struct writer *w)
{
	struct error e = { .code = ERR_NONE };
	bool asked = refresh_asked_anybody(w->refresh);      /* each minute nobody is due */
	enum err rc;

	refresh_settle(w->refresh);
	rc = write_all(w, &e);
	if (rc == ERR_NONE)
		rc = refresh_give_back(w->refresh, &e);
	if (rc == ERR_NONE && !w->closing && asked) {
		mem_give_back();      /* what fetching and parsing took; folding wants much too */
		rc = fold(w, &e);
	}
	if (rc != ERR_NONE)
		complain(w, &e);
	/* Before it is told: the next may be ordered at once. */
	atomic_store(w->refreshing, false);
	refresh_tell_end(w->refresh);
	refresh_free(w->refresh);
	w->refresh = NULL;
	if (!w->closing && asked)
		store_checkpoint(w->store);
	begin_keeping(w);
	if (w->refreshed)
		w->refreshed(w->self);
}

static void write_due(struct writer *w)
{
	struct error e = { .code = ERR_NONE };

	if (refresh_due(w->refresh) == 0 && refresh_write(w->refresh, false, &e) != ERR_NONE)
		complain(w, &e);
}

/* ---- the thread ---- */

static void set_number(struct writer *w, const struct job *j)
{
	struct error e = { .code = ERR_NONE };

	if (store_set_number(w->store, j->name, j->value, &e) != ERR_NONE)
		complain(w, &e);
}

/* What could not be forgotten is only followed again. */
static void forget_followed(struct writer *w, const struct job *j)
{
	(void)store_search_done(w->store, j->followed, j->nfollowed, NULL);
}

static void refetch(struct writer *w, const struct job *j)
{
	struct error e = { .code = ERR_NONE };

	if (store_refetch(w->store, j->entry, &e) != ERR_NONE)
		complain(w, &e);
}

static void forget_learned(struct writer *w, const struct job *j)
{
	struct notice *n = notice_new(NOTICE_FORGOTTEN);

	if (unlearn(w->folding, w->store, str_of(j->text), &n->error) == ERR_NONE)
		snprintf(n->error.text, sizeof n->error.text, "%s", j->text);
	mailbox_give(w->out, &n->m);
}

static void remember(struct writer *w, const struct job *j)
{
	struct error e = { .code = ERR_NONE };

	if (store_remember(w->store, j->name, str_of(j->text), &e) != ERR_NONE)
		complain(w, &e);
}

static void take_job(struct writer *w, struct job *j)
{
	switch (j->kind) {
	case JOB_MARK:
	case JOB_MARK_LIST:
	case JOB_SPLIT:
	case JOB_JOIN:
	case JOB_FEED:
	case JOB_UNDO:
		take_urgent(w, j);
		take_acts(w);
		return;
	case JOB_EDITION:
		take_edition(w, j);
		break;
	case JOB_NUMBER:
		set_number(w, j);
		break;
	case JOB_FORGET:
		forget_learned(w, j);
		break;
	case JOB_HISTORY:
		remember(w, j);
		break;
	case JOB_FOLLOWED:
		forget_followed(w, j);
		break;
	case JOB_REFETCH:
		refetch(w, j);
		break;
	case JOB_RECOVER:
		recover(w);
		break;
	}
	job_free(j);
}

static void take(struct writer *w, struct message *m)
{
	switch (m->kind) {
	case WORK_JOB:
		take_job(w, (struct job *)m);
		break;
	case WRITER_ENTRIES:
		refresh_took_entries(w->refresh, (struct entries *)m);
		break;
	case WRITER_ENDED:
		refresh_task_ended(w->refresh, (struct feed_task *)m);
		break;
	case WRITER_REFRESH:
		take_refresh(w, (struct refresh_order *)m);
		break;
	default:
		take_stop(w, (struct stop *)m);
	}
}

static int sooner(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

static int until_due(const struct writer *w)
{
	return sooner(sooner(w->refresh ? refresh_due(w->refresh) : -1, marks_due(w->marks)),
		      keep_due(w));
}

/* Messages first; then a step of what needs none; only then it waits. */
static void turn(struct writer *w)
{
	struct message *m;

	if (mailbox_take(w->in, &m))
		take(w, m);
	else if (!(w->refresh && refresh_step(w->refresh)) &&
		 !(w->refresh && refresh_has_ended(w->refresh)) &&
		 mailbox_wait(w->in, &m, until_due(w)))
		take(w, m);
	if (w->refresh)
		write_due(w);
	if (marks_due(w->marks) == 0)
		marks_write(w->marks);
	take_acts(w);
	if (keep_due(w) == 0 && mailbox_is_empty(w->in))
		keep_slice(w);
	if (!w->checked && !w->refresh && mailbox_is_empty(w->in))
		check_small(w);
	if (w->damaged && !w->refresh)
		recover(w);
	if (w->refresh && refresh_has_ended(w->refresh) && mailbox_is_empty(w->in))
		finish_refresh(w);
}

static void *writer_run(void *self)
{
	struct writer *w = self;

	while (!w->closing || w->refresh || !mailbox_is_empty(w->in))
		turn(w);
	marks_write(w->marks);        /* a last try for those that were kept */
	take_acts(w);
	return NULL;
}

static void writer_free(struct writer *w)
{
	retention_free(w->retention);
	marks_free(w->marks);
	folding_free(w->folding);
	store_close(w->store);
	mailbox_free(w->in);
	free(w);
}

/* What may not be written can be read all the same: then every change is refused with a sentence, and
 * one is said at once. */
static enum err open_store(struct writer *w, const char *path, struct error *e)
{
	struct error reading;
	enum err rc = store_open(path, STORE_WRITE, &w->store, e);

	if (rc != ERR_IO || store_open(path, STORE_READ, &w->store, &reading) != ERR_NONE)
		return rc;
	complain(w, e);
	return ERR_NONE;
}

enum err writer_start(const struct writer_setup *setup, struct writer **out, struct error *e)
{
	struct writer *w = mem_new(sizeof *w);
	enum err rc;

	w->clock = setup->clock;
	w->files = setup->files;
	w->config = setup->config;
	w->fetcher = setup->fetcher;
	w->secrets = setup->secrets;
	w->out = setup->out;
	w->refreshing = setup->refreshing;
	w->on_screen = setup->on_screen;
	w->refreshed = setup->refreshed;
	w->self = setup->self;
	w->in = mailbox_new(WRITER_BYTES);
	w->folding = folding_new();
	if (setup->subs)
		folding_give_tags(w->folding, feed_tags_new(setup->subs));
	rc = open_store(w, setup->path, e);
	if (rc == ERR_NONE) {
		w->marks = marks_new(w->store, w->folding, &w->clock, w->out);
		rc = thread_start(&w->thread, writer_run, w, e);
	}
	if (rc != ERR_NONE) {
		writer_free(w);
		return rc;
	}
	*out = w;
	return ERR_NONE;
}

void writer_give(struct writer *w, struct message *m)
{
	mailbox_give(w->in, m);
}

static void give_stop(struct writer *w, enum writer_message kind, unsigned number)
{
	struct stop *stop = mem_new(sizeof *stop);

	stop->m.kind = kind;
	stop->m.urgent = true;
	stop->number = number;
	mailbox_give(w->in, &stop->m);
}

void writer_stop_refresh(struct writer *w, unsigned number)
{
	give_stop(w, WRITER_STOP, number);
}

void writer_stop(struct writer *w)
{
	if (!w)
		return;
	give_stop(w, WRITER_CLOSE, UINT_MAX);
	pthread_join(w->thread, NULL);
	writer_free(w);
}
