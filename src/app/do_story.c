/* do_story - the reader puts stories right and says what to have more of. */
#include <string.h>

#include "lede/base/language.h"
#include "state.h"

/* What is done to the entry under the cursor; false, and said so, where there is none. */
static bool subject(struct app *a, int64_t *entry, int64_t *story)
{
	if (rows_subject(a, a->list[a->at].cursor, entry, story))
		return true;
	app_message(a, _("nothing here"));
	return false;
}

/* ---- splitting and joining ---- */

static void tell(struct app *a, enum job_kind kind, int64_t entry, int64_t with)
{
	struct job *job = job_new(kind);

	job->entry = entry;
	job->with = with;
	app_tell(a, job);
}

void run_split_off(struct app *a, const struct call *call)
{
	int64_t entry, story, pos;

	(void)call;
	if (!subject(a, &entry, &story))
		return;
	pos = top_find(a, story);
	if (pos >= 0 && rows_story(a, pos)->entries < 2) {
		app_message(a, _("one source"));
		return;
	}
	pane_focus(a, false);         /* it is put right, not read */
	tell(a, JOB_SPLIT, entry, 0);
}

void run_join(struct app *a, const struct call *call)
{
	int64_t entry, story;

	(void)call;
	if (!subject(a, &entry, &story))
		return;
	if (a->join_entry == 0) {
		a->join_entry = entry;
		a->join_story = story;
		app_message(a, _("join with which story? J there · Esc"));
		return;
	}
	if (a->join_story == story) {
		app_message(a, _("one story already · J on another joins them · Esc"));
		return;
	}
	tell(a, JOB_JOIN, a->join_entry, entry);
	join_forget(a);
}

void join_forget(struct app *a)
{
	a->join_entry = a->join_story = 0;
}

/* ---- what has changed by it ---- */

void story_renamed(struct app *a, int64_t from, int64_t to)
{
	for (size_t i = 0; i < a->top.n; i++)
		if (a->top.row[i].story == from)
			a->top.row[i].story = to;
	for (size_t i = 0; i < a->top.nunfolded; i++)
		if (a->top.unfolded[i].story == from)
			a->top.unfolded[i].story = to;
	if (a->join_story == from)
		a->join_story = to;
}

void stories_changed(struct app *a)
{
	ask_edition_again(a);
	for (size_t i = 0; i < a->top.nunfolded; i++)
		ask_members(a, a->top.unfolded[i].story);
	for (int i = 0; i < LIST_COUNT; i++)
		if (i != IN_FEEDS)
			a->list[i].loaded = a->list[i].loaded && i == IN_TOP;
	if (a->at != IN_TOP && a->at != IN_FEEDS)
		rows_load(a, a->at, true);
	pane_renew(a);
	ask_counts(a);
}

const char *undo_hint(const struct app *a)
{
	return a->glyphs == GLYPHS_ASCII ? " - u undoes it" : _(" · u undoes it");
}

void got_stories(struct app *a, const struct notice *n)
{
	if (n->story == 0 && n->error.code == ERR_NONESUCH) {
		app_message(a, "%s", n->error.text);
		return;
	}
	if (n->story == 0) {
		app_complain(a, "%s", n->error.text);
		return;
	}
	app_message(a, "%s%s", n->job == JOB_JOIN ? _("joined") : _("split off"), undo_hint(a));
	if (n->other != 0)
		story_renamed(a, n->other, n->story);
	stories_changed(a);
}

/* ---- more and less like this ---- */

enum { TIMES_MAX = 9 };               /* a slip of the fingers is no change of taste */

static void lean(struct app *a, const struct call *call, enum event_act act, const char *said)
{
	struct job *job;
	int64_t entry, story;

	if (!subject(a, &entry, &story))
		return;
	job = job_new(JOB_MARK);
	job->entry = entry;
	job->act = act;
	job->times = call->count < 1 ? 1 : call->count > TIMES_MAX ? TIMES_MAX : call->count;
	job->edition = a->top.head.id;
	app_tell(a, job);
	app_message(a, "%s", said);
}

void run_more(struct app *a, const struct call *call)
{
	lean(a, call, EVENT_MORE, _("more like this"));
}

void run_less(struct app *a, const struct call *call)
{
	lean(a, call, EVENT_LESS, _("less like this"));
}
