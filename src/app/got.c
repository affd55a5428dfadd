/* got - what answers of the reader thread and notices of the writer thread do to the state. */
#include <stdlib.h>
#include <string.h>

#include "lede/base/language.h"
#include "state.h"

/* ---- editions ---- */

void ask_edition(struct app *a, int n)
{
	struct ask *ask = ask_new(ASK_EDITION, ++a->ticket);

	ask->from = 1;
	ask->n = n;
	app_ask(a, ask);
}

void ask_edition_again(struct app *a)
{
	if (a->top.n == 0)
		return;
	ask_edition(a, EDITION_ROWS_MAX);
	a->again_ticket = a->ticket;
}

void ask_counts(struct app *a)
{
	struct ask *ask = ask_new(ASK_COUNTS, ++a->ticket);

	ask->upto = a->top.head.upto;
	app_ask(a, ask);
}

void ask_members(struct app *a, int64_t story)
{
	struct ask *ask = ask_new(ASK_MEMBERS, ++a->ticket);

	ask->story = story;
	app_ask(a, ask);
}

void make_edition(struct app *a)
{
	const struct edition_row *row = rows_story(a, a->list[IN_TOP].cursor);
	struct job *job;

	if (a->edition_pending)
		return;
	job = job_new(JOB_EDITION);
	job->keep = row ? row->story : 0;
	job->edition = a->top.head.id;
	job->lowest_opened = a->lowest_opened;
	app_tell(a, job);
	a->edition_pending = true;
}

/* The story under the cursor, or the nearest one after it, or before it, that stands in the new
 * rows. */
int64_t top_nearest(const struct app *a, const struct edition_row *old, size_t n,
                  int64_t cursor_story)
{
	size_t at = 0;
	int64_t pos;

	for (size_t i = 0; i < n; i++)
		if (old[i].story == cursor_story)
			at = i;
	for (size_t i = at; i < n; i++)
		if ((pos = top_find(a, old[i].story)) >= 0)
			return pos;
	for (size_t i = at; i > 0; i--)
		if ((pos = top_find(a, old[i - 1].story)) >= 0)
			return pos;
	return 0;
}

static void take_rows(struct app *a, struct answer *answer)
{
	struct top_rows *t = &a->top;

	t->arena = answer->arena;
	answer->arena = NULL;         /* now the list's */
	t->head = answer->edition;
	t->row = answer->edition_row;
	t->n = answer->n;
	t->complete = answer->n >= (size_t)t->head.rows;
}

/* Puts an edition's rows in the place of those shown: the cursor stays on its story, at its screen
 * row when that can be. */
static void replace_top(struct app *a, struct answer *answer)
{
	struct list *l = &a->list[IN_TOP];
	struct top_rows old = a->top;
	const struct edition_row *row = rows_story(a, l->cursor);
	int64_t story = row ? row->story : 0, from_top = l->cursor - l->top;
	bool another = answer->edition.id != old.head.id;

	a->top = (struct top_rows){ .arena = NULL };
	if (!another) {               /* the rest of the rows came: what is unfolded stays */
		a->top.unfolded = old.unfolded;
		a->top.nunfolded = old.nunfolded;
		a->top.unfolded_cap = old.unfolded_cap;
		old.unfolded = NULL;
		old.nunfolded = 0;
	}
	take_rows(a, answer);
	top_hide(a, another ? NULL : &old);
	top_rebuild(a);
	top_fold_gone(a);
	l->cursor = old.n > 0 && a->key_pressed ? top_nearest(a, old.row, old.n, story) : 0;
	l->top = l->cursor - from_top > 0 ? l->cursor - from_top : 0;
	l->time = a->top.head.made;
	l->loaded = true;
	for (size_t i = 0; i < old.nunfolded; i++)
		answer_free(old.unfolded[i].members);
	free(old.unfolded);
	free(old.item);
	free(old.hidden);
	arena_free(old.arena);
	if (another) {
		a->lowest_opened = a->read_here = a->starred_here = 0;
		a->corrected = false;
		a->reading_since = a->now;
	}
}

static void first_edition(struct app *a, const struct answer *answer)
{
	if (answer->edition.id == 0 && answer->counts.entries > 0) {
		a->edition_replaces = true;
		make_edition(a);
	} else if (answer->edition.id == 0 && a->feeds > 0 && !a->refresh.running) {
		run_refresh_all(a, &(struct call){ .count = 0 });
	} else if (answer->counts.new_stories > 0 && !a->key_pressed) {
		a->edition_replaces = true;
		make_edition(a);
	}
}

/* A newer edition than the one whose rows were asked for again waits for its key. */
static bool is_to_be_shown(struct app *a, const struct answer *answer)
{
	bool again = answer->ticket == a->again_ticket;

	if (again && answer->edition.id != a->top.head.id)
		a->edition_waits = true;
	return answer->edition.id != 0 && (!again || answer->edition.id == a->top.head.id);
}

static void got_edition(struct app *a, struct answer *answer)
{
	bool first = !a->counted;

	a->counts = answer->counts;
	a->counted = true;
	if (first) {
		a->here = answer->counts.here;
		glosses_as_left(a, answer->counts.glosses);
		look_as_left(a, answer->counts.looks);
		show_as_left(a, answer->counts.show);
	}
	if (is_to_be_shown(a, answer)) {
		replace_top(a, answer);
		if (!a->top.complete)
			ask_edition(a, EDITION_ROWS_MAX);
		a->edition_waits = false;
		if (!a->edition_pending)      /* else a newer one takes its place */
			a->edition_replaces = false;
		if (a->at == IN_TOP) {
			rows_show(a, IN_TOP);
			if (a->reading.answer == NULL && !a->reading.asked)
				pane_follow(a);
			else
				rows_cursor_moved(a);
			turned_go(a);
		}
	}
	a->states_wanted = a->states_wanted || a->marks_told > 0;
	if (first) {
		first_edition(a, answer);
		if (config_bool(a->config, OPT_AUTO_REFRESH, NULL))
			a->due_at = a->ticks;         /* right after this screen */
	}
	app_touch(a);
}

/* ---- lists ---- */

static enum list_id list_of(const struct list_query *q)
{
	return q->list == LIST_LATEST    ? IN_LATEST
	       : q->list == LIST_STARRED ? IN_STARRED
	       : q->list == LIST_FILLER  ? IN_FILLER
	                                 : IN_ENTRIES;
}

static void got_list(struct app *a, struct answer *answer)
{
	enum list_id id = list_of(&answer->list);
	struct timed_rows *t = &a->timed[id];

	if (answer->ticket != t->ticket) {
		answer_free(answer);
		return;
	}
	t->asked = false;
	t->first = answer->at >= 0 ? answer->at : t->asked_first;
	if (answer->n < WINDOW && answer->list.way == LIST_NEWER)
		t->first = 0;
	/* Rows that were read since stand in memory still, and are counted no longer. */
	if (!a->unread_only || answer->at >= 0)
		t->total = answer->total;
	if (answer->n < WINDOW && answer->list.way == LIST_OLDER)
		t->total = t->first + (int64_t)answer->n;
	answer_free(t->window);
	t->window = answer;
	if (answer->near_at >= 0)
		a->list[id].cursor = answer->near_at;
	if (a->list[id].cursor >= t->total)
		a->list[id].cursor = t->total > 0 ? t->total - 1 : 0;
	a->list[id].loaded = true;
	rows_show(a, id);
	rows_load(a, id, false);
	if (a->at == id) {
		rows_cursor_moved(a);
		turned_go(a);
	}
	app_touch(a);
}

static void got_feeds(struct app *a, struct answer *answer)
{
	const struct feed_row *f = rows_feed(a, a->list[IN_FEEDS].cursor);
	int64_t feed = f ? f->id : 0;
	struct answer *old = a->feed_rows;

	a->feed_rows = answer;
	for (size_t i = 0; i < answer->n; i++)
		if (answer->feed_row[i].id == feed)
			a->list[IN_FEEDS].cursor = (int64_t)i;
	answer_free(old);
	a->list[IN_FEEDS].loaded = true;
	if (!a->sample && answer->error.code == ERR_NONE)
		a->feeds = (int)answer->n;
	rows_show(a, IN_FEEDS);
	if (a->at == IN_FEEDS)
		turned_go(a);
	app_touch(a);
}

/* The entry that leads the story stands first among its members. */
static void lead_first(struct answer *answer, int64_t lead)
{
	for (size_t i = 1; i < answer->n; i++)
		if (answer->entry_row[i].id == lead) {
			struct entry_row row = answer->entry_row[i];

			memmove(answer->entry_row + 1, answer->entry_row, i * sizeof row);
			answer->entry_row[0] = row;
			return;
		}
}

/* Where the cursor stands, and after the rows have changed stands again: on that entry, or on its
 * story's head. */
struct place { int64_t story, member; };

static struct place place_here(const struct app *a)
{
	const struct item *it = rows_item(a, a->list[IN_TOP].cursor);
	const struct entry_row *member = it ? rows_member(a, it) : NULL;
	const struct edition_row *row = rows_story(a, a->list[IN_TOP].cursor);

	return (struct place){ row ? row->story : 0, member ? member->id : 0 };
}

static void back_to(struct app *a, const struct place *p)
{
	int64_t pos = top_find(a, p->story);
	const struct item *it;

	if (pos < 0)
		return;
	a->list[IN_TOP].cursor = pos;
	while ((it = rows_item(a, ++pos)) && it->kind == ROW_MEMBER) {
		const struct entry_row *member = rows_member(a, it);

		if (member && member->id == p->member)
			a->list[IN_TOP].cursor = pos;
	}
}

static void unfold(struct app *a, struct answer *answer)
{
	struct top_rows *t = &a->top;

	t->unfolded =
	        mem_grow(t->unfolded, &t->unfolded_cap, t->nunfolded + 1, sizeof *t->unfolded);
	t->unfolded[t->nunfolded++] = (struct unfolded){ answer->story, answer };
	top_rebuild(a);
	a->list[IN_TOP].cursor = top_find(a, answer->story);
}

/* Who tells a story that is unfolded already. */
static void renew_members(struct app *a, struct unfolded *u, struct answer *answer)
{
	struct place here = place_here(a);

	answer_free(u->members);
	u->members = answer;
	top_rebuild(a);
	back_to(a, &here);
}

static void got_members(struct app *a, struct answer *answer)
{
	int64_t pos = top_find(a, answer->story);
	struct unfolded *u = top_unfolded(a, answer->story);

	if (pos < 0 || answer->error.code != ERR_NONE) {
		answer_free(answer);
		return;
	}
	lead_first(answer, rows_story(a, pos)->entry);
	if (u)
		renew_members(a, u, answer);
	else
		unfold(a, answer);
	rows_show(a, IN_TOP);
	if (a->at == IN_TOP)
		turned_go(a);
	app_touch(a);
}

/* The reader asked for a new edition; now it is known whether there is anything for it. */
static void edition_or_nothing(struct app *a)
{
	a->edition_wanted = false;
	if (a->counts.new_stories == 0 && !a->corrected) {
		app_message(a, _("nothing new"));
		return;
	}
	a->edition_replaces = true;
	make_edition(a);
}

/* Only the writer can do something about it. A body's damage is the article's own affair. */
static void recover(struct app *a)
{
	if (a->recovering)
		return;
	a->recovering = true;
	app_tell(a, job_new(JOB_RECOVER));
}

void got_answer(struct app *a, struct answer *answer)
{
	if (answer->error.code == ERR_DAMAGED)
		recover(a);
	if (answer->kind == ASK_ARTICLE) {
		pane_take(a, answer);
		return;
	}
	if (answer->kind == ASK_ADDRESS) {
		got_address(a, answer);
		return;
	}
	if (answer->error.code != ERR_NONE)
		app_complain(a, "%s", answer->error.text);
	switch (answer->kind) {
	case ASK_EDITION:
		got_edition(a, answer);
		answer_free(answer);
		break;
	case ASK_LIST:
		got_list(a, answer);
		break;
	case ASK_FEEDS:
		got_feeds(a, answer);
		break;
	case ASK_MEMBERS:
		got_members(a, answer);
		break;
	case ASK_PROFILE:
		got_learned(a, answer);
		break;
	case ASK_HISTORY:
		prompt_got_history(a, answer);
		answer_free(answer);
		break;
	case ASK_COUNTS:
		a->counts = answer->counts;
		if (a->edition_wanted)
			edition_or_nothing(a);
		app_touch(a);
		answer_free(answer);
		break;
	case ASK_STATES:
		got_states(a, answer);
		break;
	case ASK_SEARCH:
		got_found(a, answer);
		break;
	case ASK_ARTICLE:
	case ASK_ADDRESS:
		break;
	}
}

/* ---- notices ---- */

static void got_progress(struct app *a, const struct notice *n)
{
	struct refresh_state *r = &a->refresh;

	r->running = true;
	if (n->feed != 0 && strcmp(n->result, "failed") == 0)
		message_note(a, n->feed, str_of(n->error.text));
	if (r->quiet)                 /* only what is new shows, at the end */
		return;
	r->done = n->done;
	r->total = n->total;
	r->failed = n->failed;
	r->fresh = n->fresh;
	app_touch(a);
}

/* As long as no story is on the screen, or nobody has pressed a key at it, the edition comes
 * without one. */
static bool edition_comes_by_itself(const struct app *a, const struct notice *n)
{
	return a->top.n == 0 || (!a->key_pressed && n->new_stories > 0);
}

/* Two numbers that can be one: each part has its plural. */
static void say_counts(struct app *a, const struct notice *n, bool shown_by_dot)
{
	struct buf feeds = buf_limited(256), stories = buf_limited(256);

	buf_addf(&feeds, many_("refreshed %d feed", "refreshed %d feeds", n->total), n->total);
	buf_addf(&stories, many_("%lld new story", "%lld new stories", n->new_stories),
	         (long long)n->new_stories);
	app_message(a, shown_by_dot ? _("%s: %s, %d failed · . shows them") : _("%s: %s, %d failed"),
	            buf_cstr(&feeds), buf_cstr(&stories), n->failed);
	buf_free(&feeds);
	buf_free(&stories);
}

static void say_refreshed(struct app *a, const struct notice *n)
{
	if (n->no_network)
		app_complain(a, _("no network: none of %d hosts answered. Reading from the cache"),
		             n->hosts);
	else if (n->stopped)
		app_message(a, _("stopped at %d of %d"), n->done, n->total);
	else if (n->total == 1 && n->failed + n->skipped == 1 && n->error.code != ERR_NONE)
		app_complain(a, "%s", n->error.text);
	else if (n->new_stories == 0 && n->failed == 0)
		app_message(a, _("nothing new"));
	else
		say_counts(a, n, n->new_stories > 0 && !edition_comes_by_itself(a, n));
}

static void got_refreshed(struct app *a, const struct notice *n)
{
	bool quiet = a->refresh.quiet;

	a->refresh = (struct refresh_state){ .running = false };
	if (!quiet)
		say_refreshed(a, n);
	ask_counts(a);
	if (a->at == IN_FEEDS || a->feed_rows)
		rows_load(a, IN_FEEDS, true);
	/* With nothing new in it, one that is on its way to the screen is not made a second
	 * time: it would wait behind a key. */
	if (edition_comes_by_itself(a, n) && !(a->edition_replaces && n->new_stories == 0)) {
		a->edition_replaces = true;
		make_edition(a);
	}
	app_refresh_wished(a);
}

static void got_made(struct app *a, const struct notice *n)
{
	bool empty = a->top.n == 0;

	a->edition_pending = false;
	if (n->edition == 0)
		return;
	/* Made at the start without a key, it takes the place of the old one only as long as no key
	 * was pressed. */
	if (empty || a->edition_replaces)
		ask_edition(a, EDITION_ROWS_MAX);
	else
		a->edition_waits = true;
}

/* What was held back elsewhere stands in Filler when one goes there. */
static void renew_filler(struct app *a)
{
	const struct timed_rows *t = &a->timed[IN_FILLER];

	if (a->filler_stale && (t->window || t->asked))
		rows_load(a, IN_FILLER, true);
	a->filler_stale = false;
}

/* Everything is asked for anew; what is on the screen stands until it comes. */
static void got_recovered(struct app *a, const struct notice *n)
{
	a->recovering = false;
	if (n->error.text[0] == '\0')
		return;
	app_complain(a, "%s", n->error.text);
	for (int i = 0; i < LIST_COUNT; i++)
		a->list[i].loaded = i == IN_TOP;
	if (a->at != IN_TOP)
		rows_load(a, a->at, true);
	ask_edition(a, EDITION_ROWS_MAX);
	others_changed(a);
}

void got_notice(struct app *a, const struct notice *n)
{
	switch (n->kind) {
	case NOTICE_MARKED:
		a->acting = true;     /* it answers a key */
		if (n->n >= 0)
			app_message(a, _("%lld marked read%s"), (long long)n->n, undo_hint(a));
		a->acting = false;
		ask_counts(a);
		others_marks_written(a);
		renew_filler(a);
		break;
	case NOTICE_CHANGED:
		others_changed(a);
		return;
	case NOTICE_KEPT:
		return;
	case NOTICE_RECOVERED:
		got_recovered(a, n);
		break;
	case NOTICE_STORIES:
		a->acting = true;     /* it answers a key */
		got_stories(a, n);
		a->acting = false;
		break;
	case NOTICE_FEED:
		a->acting = true;
		got_feed(a, n);
		a->acting = false;
		break;
	case NOTICE_UNDONE:
		a->acting = true;
		got_undone(a, n);
		a->acting = false;
		break;
	case NOTICE_EDITION:
		got_made(a, n);
		break;
	case NOTICE_PROGRESS:
		got_progress(a, n);
		break;
	case NOTICE_REFRESHED:
		got_refreshed(a, n);
		break;
	case NOTICE_FORGOTTEN:
		got_forgotten(a, n);
		break;
	case NOTICE_LOOKING:
		got_looking(a, n);
		return;
	case NOTICE_ERROR:
		app_complain(a, "%s", n->error.text);
		break;
	}
	app_touch(a);
}
