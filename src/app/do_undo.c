/* do_undo - undoing and doing again: the writer turns the step, then the screen follows. */
#include "lede/app/retold.h"
#include "lede/base/language.h"
#include "state.h"

/* ---- the commands ---- */

enum { TIMES_MAX = 1000 };            /* as many steps as are kept */

static void turn(struct app *a, const struct call *call, bool back)
{
	struct job *job = job_new(JOB_UNDO);

	job->on = back;
	job->times = call->count < 1 ? 1 : call->count > TIMES_MAX ? TIMES_MAX : call->count;
	app_tell(a, job);
}

void run_undo(struct app *a, const struct call *call)
{
	turn(a, call, true);
}

void run_redo(struct app *a, const struct call *call)
{
	turn(a, call, false);
}

/* ---- the row it concerned ---- */

static bool is_of(const struct app *a, const struct entry_row *e)
{
	return e && (a->turned.whole ? e->story == a->turned.story : e->id == a->turned.entry);
}

/* The story's head, or the one entry where it stands unfolded below it. The lead is meant by its
 * head. */
static int64_t find_in_top(const struct app *a)
{
	int64_t head = top_find(a, a->turned.story), pos = head;
	const struct item *it;

	if (head < 0 || a->turned.whole || rows_story(a, head)->entry == a->turned.entry)
		return head;
	while ((it = rows_item(a, ++pos)) && it->kind == ROW_MEMBER)
		if (is_of(a, rows_member(a, it)))
			return pos;
	return head;
}

static int64_t find_in_feeds(const struct app *a)
{
	for (int64_t pos = 0; pos < rows_count(a, IN_FEEDS); pos++)
		if (rows_feed(a, pos)->id == a->turned.feed)
			return pos;
	return -1;
}

static int64_t find_in_list(const struct app *a)
{
	const struct timed_rows *t = &a->timed[a->at];

	for (size_t i = 0; t->window && i < t->window->n; i++)
		if (is_of(a, &t->window->entry_row[i]))
			return t->first + (int64_t)i;
	return -1;
}

static int64_t find(const struct app *a)
{
	if (a->at == IN_FEEDS)
		return a->turned.feed ? find_in_feeds(a) : -1;
	if (a->turned.story == 0)
		return -1;
	return a->at == IN_TOP ? find_in_top(a) : find_in_list(a);
}

void turned_go(struct app *a)
{
	int64_t pos;

	if (!a->turned.on || a->focus != FOCUS_LIST)
		return;
	pos = find(a);
	if (pos >= 0)
		rows_go(a, pos);
}

void turned_forget(struct app *a)
{
	a->turned = (struct turned){ .on = false };
}

/* ---- what has changed by it ---- */

/* Lists that a mark puts an entry into or takes it out of are made anew, at once when shown. */
static void renew_list(struct app *a, enum list_id id)
{
	a->list[id].loaded = false;
	if (a->at == id)
		rows_load(a, id, true);
}

static void follow(struct app *a, const struct notice *n)
{
	if (n->filler)
		a->corrected = true;
	if (n->other != 0)
		story_renamed(a, n->other, n->story);
	if (n->stories || n->feeds) {
		stories_changed(a);
	} else {
		ask_edition_again(a);
		renew_list(a, IN_STARRED);
		renew_list(a, IN_FILLER);
	}
	others_changed(a);
}

static void say(struct app *a, const struct notice *n)
{
	struct buf last = buf_limited(1 << 10), name = buf_limited(1 << 10);

	retold(&last, str_of(n->error.text));
	if (n->n > 1)
		buf_addf(&name, _("%lld changes, the last %s"), (long long)n->n, buf_cstr(&last));
	else
		buf_add(&name, buf_view(&last));
	app_message_of(a, n->on ? _("undone: %s · U does it again") : _("done again: %s"),
		       buf_view(&name));
	buf_free(&last);
	buf_free(&name);
}

void got_undone(struct app *a, const struct notice *n)
{
	others_marks_written(a);
	feeds_settled(a);
	if (n->n == 0 && n->error.code == ERR_NONESUCH) {
		app_message(a, "%s", n->error.text);
		return;
	}
	if (n->error.code != ERR_NONE)
		app_complain(a, "%s", n->error.text);
	else
		say(a, n);
	if (n->n == 0)
		return;
	a->turned = (struct turned){ true, n->whole, n->entry, n->story, n->feed };
	follow(a, n);
	turned_go(a);
}
