/* searching - the section Search: what was asked for, what was found so far, and the way back. */
#include <stdlib.h>
#include <string.h>

#include "lede/app/query.h"
#include "lede/base/language.h"
#include "lede/text/date.h"
#include "lede/text/display.h"
#include "lede/text/utf8.h"
#include "state.h"

/* ---- rows ---- */

static const struct found_page *page_of(const struct app *a, int64_t pos)
{
	const struct searching *s = &a->search;
	size_t lo = 0, hi = s->npages;

	if (pos < 0 || pos >= s->total)
		return NULL;
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->page[mid].first <= pos)
			lo = mid;
		else
			hi = mid;
	}
	return &s->page[lo];
}

const struct entry_row *found_entry(const struct app *a, int64_t pos)
{
	const struct found_page *p = page_of(a, pos);

	return p ? &p->answer->entry_row[pos - p->first] : NULL;
}

const struct found_words *found_words(const struct app *a, int64_t pos)
{
	const struct found_page *p = page_of(a, pos);

	return p ? &p->answer->found[pos - p->first] : NULL;
}

static void forget(struct searching *s)
{
	for (size_t i = 0; i < s->npages; i++)
		answer_free(s->page[i].answer);
	free(s->page);
	s->page = NULL;
	s->npages = s->cap = 0;
	s->total = 0;
	s->done = s->asked = false;
	s->back_to = DATE_NONE;
	s->unindexed = 0;
	s->trouble[0] = '\0';
	answer_free(s->advice);
	s->advice = NULL;
}

/* ---- asking ---- */

static void ask_for(struct app *a, const char *words, bool more)
{
	struct ask *ask = ask_new(ASK_SEARCH, ++a->ticket);

	memcpy(ask->query, words, strlen(words) + 1);
	ask->n = FOUND_PAGE;
	ask->now = a->now;
	ask->more = more;
	a->search.ticket = ask->ticket;
	app_ask(a, ask);
}

/* More is asked for when the cursor comes within a screen of the end. */
static bool more_is_wanted(const struct app *a)
{
	const struct searching *s = &a->search;

	return !s->asked && !s->done &&
	       a->list[IN_SEARCH].cursor + a->g.list.h + 8 >= s->total;
}

void search_load(struct app *a, bool anew)
{
	struct searching *s = &a->search;

	if (!s->on)
		return;
	if (anew)
		forget(s);
	else if (!more_is_wanted(a))
		return;
	ask_for(a, s->words, !anew);
	s->asked = true;
}

/* ---- what was found ---- */

static void add_page(struct searching *s, struct answer *answer)
{
	s->page = mem_grow(s->page, &s->cap, s->npages + 1, sizeof *s->page);
	s->page[s->npages++] = (struct found_page){ answer, s->total };
	s->total += (int64_t)answer->n;
}

/* In display form: an error may quote what stands in a file or came from a feed. */
static void keep_trouble(struct searching *s, const char *raw)
{
	struct buf shown = buf_limited(8 << 10);
	size_t n;

	(void)display_line(str_of(raw), &shown);
	n = utf8_cut(buf_view(&shown), sizeof s->trouble - 1);
	memcpy(s->trouble, buf_cstr(&shown), n);
	s->trouble[n] = '\0';
	buf_free(&shown);
}

static void take_progress(struct searching *s, const struct answer *answer)
{
	bool failed = answer->error.code != ERR_NONE;

	s->asked = answer->going && !failed;
	s->done = answer->done || failed;
	s->back_to = answer->back_to;
	s->unindexed = answer->unindexed;
	if (failed)
		keep_trouble(s, answer->error.text);
}

static void take_advice(struct searching *s, struct answer *answer)
{
	answer_free(s->advice);
	s->advice = answer;
}

bool search_instead(struct app *a)
{
	const struct answer *advice = a->search.advice;
	struct buf words = buf_limited(QUERY_BYTES);
	bool begun;

	if (a->at != IN_SEARCH || !advice || advice->advice->instead.n == 0)
		return false;
	buf_add(&words, advice->advice->instead);
	begun = search_begin(a, buf_view(&words));
	buf_free(&words);
	return begun;
}

/* Rows only come at the end: what is read meanwhile stays where it is. */
void got_found(struct app *a, struct answer *answer)
{
	struct searching *s = &a->search;
	bool first = s->total == 0;

	if (!s->on || answer->ticket != s->ticket) {
		answer_free(answer);
		return;
	}
	take_progress(s, answer);
	if (answer->n > 0 && answer->error.code == ERR_NONE)
		add_page(s, answer);
	else if (answer->advice && s->total == 0)
		take_advice(s, answer);
	else
		answer_free(answer);
	a->list[IN_SEARCH].loaded = s->total > 0 || !s->asked;
	rows_show(a, IN_SEARCH);
	search_load(a, false);
	if (first && s->total > 0 && a->at == IN_SEARCH)
		rows_cursor_moved(a);
	app_touch(a);
}

/* ---- beginning and ending ---- */

static enum find_way way_of(const struct search_term *t)
{
	return t->start ? FIND_STARTS : FIND_WORDS;
}

/* What is to be marked: of every word that must be there. */
static void take_terms(struct searching *s, const struct search_query *q)
{
	find_free(s->in_title);
	find_free(s->in_text);
	s->in_title = find_new();
	s->in_text = find_new();
	for (size_t i = 0; i < q->nterms; i++) {
		const struct search_term *t = &q->term[i];

		if (t->without)
			continue;
		find_add(s->in_title, t->text, way_of(t));
		if (!t->title)
			find_add(s->in_text, t->text, way_of(t));
	}
}

static bool understand(struct app *a, struct str words)
{
	struct arena *arena = arena_new();
	struct search_query *q = arena_alloc(arena, sizeof *q);
	struct error e = { .code = ERR_NONE };
	enum err rc = query_parse(words, a->now, arena, q, &e);

	if (rc == ERR_NONE)
		take_terms(&a->search, q);
	else
		app_complain(a, "%s", e.text);
	arena_free(arena);
	return rc == ERR_NONE;
}

bool search_begin(struct app *a, struct str words)
{
	struct searching *s = &a->search;

	words = str_trim(words);
	if (words.n >= sizeof s->words) {
		app_complain(a, _("more than %d bytes to search for"), QUERY_BYTES - 1);
		return false;
	}
	if (!understand(a, words))
		return false;
	if (a->at != IN_SEARCH)
		s->from = a->at;
	s->on = true;
	memcpy(s->words, words.p, words.n);
	s->words[words.n] = '\0';
	a->message.on = false;
	find_end(a);
	if (a->panel != PANEL_NONE)
		app_close_panel(a);
	a->list[IN_SEARCH] = (struct list){ .time = a->now };
	matches_forget(a);
	app_enter(a, IN_SEARCH);
	return true;
}

void search_end(struct app *a)
{
	struct searching *s = &a->search;
	enum list_id from = s->from;

	if (!s->on)
		return;
	ask_for(a, "", false);
	searching_free(a);
	matches_forget(a);
	if (a->at == IN_SEARCH)
		app_enter(a, from);
}

void searching_free(struct app *a)
{
	struct searching *s = &a->search;

	forget(s);
	find_free(s->in_title);
	find_free(s->in_text);
	*s = (struct searching){ .on = false };
}
