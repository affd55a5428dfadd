/* others - what was changed in the store by somebody else: a second reader, cron's refresh, a command.
 *
 * The reader thread says that something changed; then the state of every row in memory is asked for
 * by its id and put into it. No row comes, goes or moves: the list stands still until a person
 * wants another one. While a mark of our own is on its way to the disk the store is behind the
 * screen, so answers of that time are dropped and asked for again.
 */
#include "state.h"

#include <stdlib.h>

/* more rows than any screen; the rest is asked for when it comes into view */
#define ROWS_MAX 4096

/* ---- asking ---- */

struct gathering { int64_t id[ROWS_MAX]; size_t n; };

static void gather(struct gathering *g, int64_t id)
{
	if (g->n < ROWS_MAX && id != 0)
		g->id[g->n++] = id;
}

static void gather_row(struct entry_row *e, const void *arg)
{
	gather(*(struct gathering *const *)arg, e->id);
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Sorted, each once: an entry stands in several lists. */
static void settle(struct gathering *g)
{
	size_t n = 0;

	qsort(g->id, g->n, sizeof *g->id, by_number);
	for (size_t i = 0; i < g->n; i++)
		if (n == 0 || g->id[n - 1] != g->id[i])
			g->id[n++] = g->id[i];
	g->n = n;
}

static void ask_states(struct app *a)
{
	struct gathering *g = mem_new(sizeof *g);
	struct ask *ask;

	each_entry(a, gather_row, &g);
	for (size_t i = 0; i < a->top.n; i++)
		gather(g, a->top.row[i].entry);
	settle(g);
	ask = ask_states_new(++a->ticket, g->n, a->top.n);
	for (size_t i = 0; i < g->n; i++)
		ask->id[i] = g->id[i];
	for (size_t i = 0; i < a->top.n; i++)
		ask->id[g->n + i] = a->top.row[i].story;
	ask->upto = a->top.head.upto;
	a->states_ticket = ask->ticket;
	a->states_wanted = false;
	app_ask(a, ask);
	free(g);
}

/* The list of feeds is short: it is asked for whole, when it is looked at. */
static void renew_feeds(struct app *a)
{
	if (a->at == IN_FEEDS)
		rows_load(a, IN_FEEDS, true);
	else
		a->list[IN_FEEDS].loaded = false;
}

/* What was damaged in the cache may have come again. */
static void renew_damaged_text(struct app *a)
{
	const struct answer *shown = a->reading.answer;

	if (shown && shown->article.html_error.n > 0)
		pane_renew(a);
}

void others_changed(struct app *a)
{
	renew_damaged_text(a);
	if (!a->counted)              /* the first screen is still to come */
		return;
	if (a->marks_told > 0)
		a->states_wanted = true;
	else
		ask_states(a);
	renew_feeds(a);
}

void others_marks_written(struct app *a)
{
	if (a->marks_told > 0)
		a->marks_told--;
	if (a->marks_told == 0 && a->states_wanted)
		ask_states(a);
}

/* ---- taking ---- */

struct taking { const struct answer *answer; bool *changed; };

static const struct entry_state_now *state_of(const struct answer *a, int64_t id)
{
	return bsearch(&id, a->entry_now, a->nentries, sizeof *a->entry_now, by_number);
}

static void take_flags(const struct taking *t, int64_t id, unsigned *flags, unsigned mask)
{
	const struct entry_state_now *now = state_of(t->answer, id);

	if (!now || now->flags == ENTRY_MISSING || (*flags & mask) == (now->flags & mask))
		return;
	*flags = (*flags & ~mask) | (now->flags & mask);
	*t->changed = true;
}

static void take_entry(struct entry_row *e, const void *arg)
{
	take_flags(arg, e->id, &e->flags,
		   ENTRY_READ | ENTRY_STARRED | ENTRY_FILLER | ENTRY_CORRECTED);
}

/* A story's row counts the entries it had when the edition was made. */
static void take_story(const struct taking *t, struct edition_row *row, int64_t unread)
{
	int now = unread < row->entries ? (int)unread : row->entries;

	take_flags(t, row->entry, &row->flags, ENTRY_STARRED | ENTRY_FILLER);
	if (now == row->unread)
		return;
	row->unread = now;
	row->flags = now > 0 ? row->flags & ~(unsigned)ENTRY_READ : row->flags | ENTRY_READ;
	if (now == 0)
		row->fresh = 0;
	*t->changed = true;
}

/* Rows are those that were asked for: another edition has another ticket. */
static void take_stories(struct app *a, const struct taking *t)
{
	for (size_t i = 0; i < t->answer->nstories && i < a->top.n; i++)
		if (a->top.row[i].story == t->answer->story_now[i].id)
			take_story(t, &a->top.row[i], t->answer->story_now[i].unread);
}

/* What our own refresh brings is counted when it is folded, at its end. */
static void take_counts(struct app *a, const struct counts *counts)
{
	int64_t new_stories = a->counts.new_stories;

	a->counts = *counts;
	if (a->refresh.running)
		a->counts.new_stories = new_stories;
}

/* Nothing is on the screen and something has come: there is nothing that could be moved. One that is
 * made already, and only not shown yet, is not made twice: the second would wait behind a key. */
static bool edition_is_missing(const struct app *a)
{
	return a->top.n == 0 && !a->sample && !a->refresh.running && !a->edition_replaces &&
	       a->counts.new_stories > 0;
}

void got_states(struct app *a, struct answer *answer)
{
	bool changed = false;
	const struct taking t = { answer, &changed };

	if (answer->error.code == ERR_NONE && answer->ticket == a->states_ticket) {
		take_counts(a, &answer->counts);
		each_entry(a, take_entry, &t);
		take_stories(a, &t);
	}
	if (changed && a->reading.answer)
		pane_layout(a);
	if (edition_is_missing(a)) {
		a->edition_replaces = true;
		make_edition(a);
	}
	app_touch(a);
	answer_free(answer);
}
