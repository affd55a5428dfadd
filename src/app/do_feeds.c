/* do_feeds - what is done to feeds: unsubscribed, paused, taken to another address, gone through. */
#include <stdlib.h>

#include "lede/base/language.h"
#include "state.h"

/* ---- acts: told to the writer, which edits the feeds file too ---- */

static void tell(struct app *a, enum feed_act act)
{
	const struct feed_row *f = rows_feed(a, a->list[IN_FEEDS].cursor);
	struct job *job;

	if (!f) {
		app_message(a, _("nothing here"));
		return;
	}
	if (act == FEED_ACT_MOVE && f->moved.n == 0) {
		app_message(a, _("no move offered"));
		return;
	}
	job = job_new(JOB_FEED);
	job->feed = f->id;
	job->feed_act = act;
	app_tell(a, job);
}

void run_feed_remove(struct app *a, const struct call *call)
{
	(void)call;
	tell(a, FEED_ACT_REMOVE);
}

void run_feed_pause(struct app *a, const struct call *call)
{
	(void)call;
	tell(a, FEED_ACT_PAUSE);
}

void run_feed_move(struct app *a, const struct call *call)
{
	(void)call;
	tell(a, FEED_ACT_MOVE);
}

static const char *sentence(const struct notice *n)
{
	switch (n->feed_act) {
	case FEED_ACT_REMOVE:
		return _("unsubscribed: %s · u undoes it");
	case FEED_ACT_MOVE:
		return _("move taken: %s · u undoes it");
	case FEED_ACT_PAUSE:
		break;
	}
	return n->on ? _("paused: %s · u undoes it") : _("resumed: %s · u undoes it");
}

/* A feed that went takes its entries out of every list. */
void got_feed(struct app *a, const struct notice *n)
{
	others_marks_written(a);
	feeds_settled(a);
	if (n->error.code == ERR_NONESUCH)
		app_message(a, "%s", n->error.text);
	else if (n->error.code != ERR_NONE)
		app_complain(a, "%s", n->error.text);
	else
		app_message_of(a, sentence(n), str_of(n->error.text));
	if (n->error.code != ERR_NONE)
		return;
	if (n->feed_act == FEED_ACT_REMOVE)
		stories_changed(a);
	others_changed(a);
}

void feeds_settled(struct app *a)
{
	if (--a->feeds_told == 0 && !a->refresh.running)
		app_refresh_wished(a);
}

/* ---- from one feed's entries to the next one's ---- */

static int64_t place_of(const struct app *a, int64_t feed)
{
	for (int64_t pos = 0; pos < rows_count(a, IN_FEEDS); pos++)
		if (rows_feed(a, pos)->id == feed)
			return pos;
	return -1;
}

/* -1: no feed that way has anything unread. */
static int64_t unread_beside(const struct app *a, int64_t pos, int direction)
{
	do
		pos += direction;
	while (rows_feed(a, pos) && rows_feed(a, pos)->unread == 0);
	return rows_feed(a, pos) ? pos : -1;
}

static void go_feed(struct app *a, int direction, int times)
{
	int64_t from = place_of(a, a->timed[IN_ENTRIES].feed), pos = from, next;

	for (; times > 0 && (next = unread_beside(a, pos, direction)) >= 0; times--)
		pos = next;
	if (pos == from) {
		app_message(a, direction > 0 ? _("no more unread") : _("none before"));
		return;
	}
	a->list[IN_FEEDS].cursor = pos;
	rows_show(a, IN_FEEDS);
	feed_open(a);
}

void run_feed_next(struct app *a, const struct call *call)
{
	if (app_context(a) == ON_ENTRIES)
		go_feed(a, 1, call->count > 0 ? call->count : 1);
	else
		run_down(a, call);
}

void run_feed_prev(struct app *a, const struct call *call)
{
	if (app_context(a) == ON_ENTRIES)
		go_feed(a, -1, call->count > 0 ? call->count : 1);
	else
		run_up(a, call);
}
