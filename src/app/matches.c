/* matches - words marked in the article: those of the search that found it, or those typed to find
 * in it. The text is looked through by slices, so that no key waits for a long one.
 */
#include <stdlib.h>

#include "lede/base/language.h"
#include "lede/text/rich.h"
#include "state.h"

#define SLICE_WORK 200000 /* characters looked at before keys are: some milliseconds */

/* ---- what is looked for ---- */

static const struct find *in_use(const struct app *a)
{
	if (a->matches.typed)
		return a->matches.typed;
	return a->at == IN_SEARCH && a->search.on ? a->search.in_text : NULL;
}

static const struct rich *document(const struct app *a)
{
	return a->reading.answer ? a->reading.answer->article.doc : NULL;
}

/* The article of the row the cursor is on is here, and not one that stands there until it comes. */
static bool article_is_here(const struct app *a)
{
	int64_t entry, story;

	return !a->reading.asked && a->reading.answer &&
	       (a->at != IN_SEARCH ||
	        (rows_subject(a, a->list[a->at].cursor, &entry, &story) &&
	         a->reading.answer->article.entry.id == entry));
}

bool matches_are_on(const struct app *a)
{
	return a->matches.typed || (a->at == IN_SEARCH && a->search.total > 0);
}

/* ---- going to one ---- */

/* Where it can be seen already nothing moves. */
static void show(struct app *a, int64_t i)
{
	struct reading *r = &a->reading;
	uint32_t place = a->matches.at[i].from;
	int64_t line;

	a->matches.current = i;
	app_touch(a);
	if (!r->layout || !r->head)
		return;
	if (!layout_knows(r->layout, place)) {
		pane_show_place(a, place);
		return;
	}
	line = (int64_t)r->head->n + (int64_t)layout_find(r->layout, place);
	if (line < r->top || line >= r->top + a->g.article.h)
		pane_scroll(a, line - a->g.article.h / 3);
}

/* The first at or behind a place, else the first of all. */
static int64_t first_from(const struct matches *m, uint32_t place)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->at[i].to > place)
			return (int64_t)i;
	return 0;
}

static bool is_known(const struct matches *m)
{
	switch (m->want) {
	case WANT_FIRST:
		return m->n > 0;
	case WANT_FROM:
		return m->all || (m->n > 0 && m->at[m->n - 1].to > m->want_from);
	case WANT_LAST:
		return m->all;
	case WANT_NONE:
		break;
	}
	return false;
}

static void go_where_wanted(struct app *a)
{
	struct matches *m = &a->matches;
	int want = m->want;

	if (!is_known(m))
		return;
	m->want = WANT_NONE;
	if (m->n > 0)
		show(a, want == WANT_LAST   ? (int64_t)m->n - 1
		        : want == WANT_FROM ? first_from(m, m->want_from)
		                            : 0);
}

/* ---- looking through the text ---- */

static void add(struct matches *m, const struct find_at *hit)
{
	m->at = mem_grow(m->at, &m->cap, m->n + 1, sizeof *m->at);
	m->at[m->n++] = *hit;
}

bool matches_are_sought(const struct app *a)
{
	return a->matches.find && !a->matches.all;
}

void matches_seek(struct app *a)
{
	struct matches *m = &a->matches;
	enum find_step step = FIND_FOUND;
	struct find_at hit;
	int work = SLICE_WORK;

	while (step == FIND_FOUND) {
		step = find_in_rich(m->find, m->doc, &m->next, &work, &hit);
		if (step == FIND_FOUND)
			add(m, &hit);
	}
	m->all = step == FIND_NO_MORE;
	go_where_wanted(a);
	if (!m->all)
		return;
	m->want = WANT_NONE;
	app_touch(a);
}

static void forget(struct matches *m)
{
	free(m->at);
	*m = (struct matches){ .typed = m->typed, .current = -1 };
}

void matches_forget(struct app *a)
{
	forget(&a->matches);
}

/* From the start: what is found is gone to as soon as it is known. */
static void look(struct app *a, struct matches want)
{
	struct matches *m = &a->matches;

	forget(m);
	m->want = want.want;
	m->want_from = want.want_from;
	m->doc = document(a);
	m->entry = m->doc ? a->reading.answer->article.entry.id : 0;
	m->find = m->doc && !find_is_empty(in_use(a)) ? in_use(a) : NULL;
	if (m->find)
		matches_seek(a);
}

/* The same article, read another way or laid out anew, stays where it is. */
void matches_renew(struct app *a)
{
	struct matches *m = &a->matches;
	int64_t entry = document(a) ? a->reading.answer->article.entry.id : 0;
	int64_t current = entry == m->entry ? m->current : -1;

	look(a, (struct matches){ .want = m->want });
	if (m->current < 0 && current < (int64_t)m->n)
		m->current = current;
}

/* What a search found is shown where it was found. */
void matches_follow(struct app *a)
{
	bool here = a->at == IN_SEARCH && !a->matches.typed && article_is_here(a);

	if (!here || (a->matches.current >= 0 && a->matches.doc == document(a)))
		return;
	look(a, (struct matches){ .want = a->matches.want ? a->matches.want : WANT_FIRST });
}

/* ---- finding in the article ---- */

static uint32_t place_at_top(const struct app *a)
{
	const struct reading *r = &a->reading;
	int64_t i = r->head ? r->top - (int64_t)r->head->n : -1;

	if (!r->layout || i < 0 || i >= (int64_t)layout_count(r->layout))
		return 0;
	return layout_line(r->layout, (size_t)i)->place;
}

bool find_begin(struct app *a, struct str words)
{
	struct find *f = find_new();

	find_add(f, words, FIND_LETTERS);
	if (find_is_empty(f) || !document(a)) {
		find_free(f);
		app_message(a, "%s", document(a) ? _("no word to find") : _("nothing here"));
		return false;
	}
	find_free(a->matches.typed);
	a->matches.typed = f;
	look(a, (struct matches){ .want = WANT_FROM, .want_from = place_at_top(a) });
	if (a->matches.all && a->matches.n == 0)
		app_message(a, _("not in this article: %.*s"), (int)words.n, words.p);
	app_touch(a);
	return true;
}

bool find_end(struct app *a)
{
	if (!a->matches.typed)
		return false;
	find_free(a->matches.typed);
	a->matches.typed = NULL;
	look(a, (struct matches){ .want = WANT_NONE });
	app_touch(a);
	return true;
}

/* ---- n and N ---- */

/* To the next thing that was found, or the one before. */
static void go_row(struct app *a, int by)
{
	int64_t to = a->list[IN_SEARCH].cursor + (by > 0 ? 1 : -1);
	bool in_pane = a->focus == FOCUS_PANE;

	if (to < 0) {
		app_message(a, "%s", _("none before"));
	} else if (to >= a->search.total) {
		app_message(a, "%s", a->search.asked ? _("searching on") : _("no more matches"));
	} else {
		rows_go(a, to);
		a->rest_at = -1;
		a->matches.want = by > 0 ? WANT_FIRST : WANT_LAST;
		pane_follow(a);
		if (in_pane)
			pane_focus(a, true);
	}
}

static void go_outside(struct app *a, int by)
{
	if (a->matches.find && !a->matches.all && by > 0)
		app_message(a, "%s", _("searching on"));
	else if (a->matches.typed)
		app_message(a, "%s", by > 0 ? _("no more matches") : _("none before"));
	else
		go_row(a, by);
}

/* The article that the cursor has just come to is shown where the words stand. */
static bool brings_article(struct app *a)
{
	if (a->matches.typed)
		return false;
	if (a->g.layout == LAYOUT_SINGLE && a->focus == FOCUS_LIST) {
		run_open(a, &(struct call){ .count = 0 });
		return true;
	}
	if (article_is_here(a))
		return false;
	a->rest_at = -1;
	pane_follow(a);
	return true;
}

void matches_go(struct app *a, int by)
{
	struct matches *m = &a->matches;
	int64_t to = m->current + by;

	if (brings_article(a))
		return;
	if (m->current < 0)           /* from what is on the screen */
		to = first_from(m, place_at_top(a)) + (by > 0 ? by - 1 : by);
	if (to >= 0 && to < (int64_t)m->n)
		show(a, to);
	else
		go_outside(a, by);
}

/* ---- what is shown of it ---- */

struct str matches_told(struct app *a)
{
	const struct matches *m = &a->matches;
	const char *more = m->find && !m->all ? "+" : "";

	if (!m->find || (m->n == 0 && !m->all))
		return (struct str){ "", 0 };
	if (m->n == 0)
		return m->typed ? str_of(_("no match")) : STR("");
	if (m->current < 0)
		return frame_fmt(a->frame, many_("%zu%s match", "%zu%s matches", m->n), m->n, more);
	return frame_fmt(a->frame, _("match %lld/%zu%s"), (long long)m->current + 1, m->n, more);
}

static enum role role_of_style(unsigned style)
{
	static const struct { unsigned style; enum role role;
	} table[] = {
		{ RICH_LINK_NUMBER, ROLE_ACCENT }, { RICH_IMAGE, ROLE_IMAGE },
		{ RICH_BAR, ROLE_RULE },           { RICH_HEADING, ROLE_HEADING },
		{ RICH_TABLE_HEAD, ROLE_STRONG },  { RICH_CODE, ROLE_CODE },
		{ RICH_STRONG, ROLE_STRONG },      { RICH_EMPHASIS, ROLE_EMPHASIS },
		{ RICH_QUOTE, ROLE_QUOTE },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (style & table[i].style)
			return table[i].role;
	return ROLE_TEXT;
}

/* The parts of a line while they are put together. */
struct parts {
	struct view_part *part;
	size_t n, cap;
	struct arena *frame;
	unsigned link;            /* which is marked whole; 0: none */
};

static void put(struct parts *p, struct str text, enum role role, bool underline)
{
	if (text.n == 0)
		return;
	if (p->n == p->cap) {
		size_t cap = p->cap ? 2 * p->cap : 8;
		struct view_part *more = arena_alloc(p->frame, cap * sizeof *more);

		for (size_t i = 0; i < p->n; i++)
			more[i] = p->part[i];
		p->part = more;
		p->cap = cap;
	}
	p->part[p->n++] = (struct view_part){ text, role, underline };
}

/* What is marked in a line: bytes of it. */
struct marked { size_t from, to; bool current; };

/* The first match that reaches behind `place`. */
static size_t match_behind(const struct matches *m, uint32_t place)
{
	size_t lo = 0, hi = m->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (m->at[mid].to > place)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo;
}

/* The next of line i from match *at on; false: there is none. */
static bool next_marked(const struct app *a, size_t i, size_t *at, struct marked *out)
{
	const struct layout *l = a->reading.layout;
	const struct matches *m = &a->matches;
	uint32_t end = i + 1 < layout_count(l) ? layout_line(l, i + 1)->place : UINT32_MAX;

	while (m->doc == document(a) && *at < m->n && m->at[*at].from < end) {
		const struct find_at *hit = &m->at[*at];

		*out = (struct marked){ layout_spot(l, i, hit->from), layout_spot(l, i, hit->to),
			                (int64_t)*at == m->current };
		++*at;
		if (out->from < out->to)
			return true;
	}
	return false;
}

/* The piece from..to of a line in one style, with what is marked in it. */
static void put_piece(struct parts *p, struct str line, const struct layout_span *span,
                      const struct marked *mark, size_t *from)
{
	size_t end = mark && mark->from < span->to ? mark->from : span->to;

	if (*from < end)
		put(p, str_sub(line, *from, end),
		    span->link && span->link == p->link ? ROLE_MATCH : role_of_style(span->style), false);
	*from = end > *from ? end : *from;
	if (!mark || *from >= span->to)
		return;
	end = mark->to < span->to ? mark->to : span->to;
	put(p, str_sub(line, *from, end), ROLE_MATCH, mark->current);
	*from = end;
}

void matches_text_line(struct app *a, size_t i, struct view_line *out, struct arena *frame)
{
	const struct layout_line *line = layout_line(a->reading.layout, i);
	struct parts p = { .frame = frame, .link = follow_chosen(a) };
	size_t at = match_behind(&a->matches, line->place), done = 0;
	struct marked mark;
	bool marked = next_marked(a, i, &at, &mark);

	for (size_t k = 0; k < line->nspans; k++)
		while (done < line->spans[k].to) {
			while (marked && mark.to <= done)
				marked = next_marked(a, i, &at, &mark);
			put_piece(&p, line->text, &line->spans[k], marked ? &mark : NULL, &done);
		}
	*out = (struct view_line){ .part = p.part, .nparts = (int)p.n };
}

void matches_mark_title(struct app *a, struct view_line *line, struct arena *frame)
{
	struct parts p = { .frame = frame };
	struct str title;
	struct find_at hit;
	uint32_t at = 0;
	size_t done = 0;

	if (a->at != IN_SEARCH || a->matches.typed || line->nparts != 1 ||
	    line->part[0].role != ROLE_TITLE)
		return;
	title = line->part[0].text;
	while (find_next(a->search.in_title, title, &at, &hit)) {
		put(&p, str_sub(title, done, hit.from), ROLE_TITLE, false);
		put(&p, str_sub(title, hit.from, hit.to), ROLE_MATCH, false);
		done = hit.to;
	}
	put(&p, str_sub(title, done, title.n), ROLE_TITLE, false);
	line->part = p.part;
	line->nparts = (int)p.n;
}

void matches_free(struct app *a)
{
	find_free(a->matches.typed);
	free(a->matches.at);
	a->matches = (struct matches){ .current = -1 };
}
