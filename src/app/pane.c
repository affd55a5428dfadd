/* pane - the article beside the list as lines: head, text, other coverage, links; and how far it is
 * read. */
#include <stdlib.h>
#include <string.h>

#include "lede/base/language.h"
#include "lede/text/display.h"
#include "lede/text/rich.h"
#include "lede/text/url.h"
#include "lede/text/width.h"
#include "lede/text/wrap.h"
#include "state.h"

enum { LINE_MAX_PARTS = 6, META_PARTS = 8, SEEK_TOLD_MS = 250 };

static struct lines *lines_new(void)
{
	struct lines *l = mem_new(sizeof *l);

	l->arena = arena_new();
	return l;
}

static void lines_free(struct lines *l)
{
	if (!l)
		return;
	free(l->line);
	arena_free(l->arena);
	free(l);
}

static void add_line(struct lines *l, const struct view_part *part, int n, int indent,
                     struct view_part right)
{
	struct view_part *copy = arena_alloc(l->arena, (size_t)(n > 0 ? n : 1) * sizeof *copy);

	if (n > 0)
		memcpy(copy, part, (size_t)n * sizeof *part);
	l->line = mem_grow(l->line, &l->cap, l->n + 1, sizeof *l->line);
	l->line[l->n++] = (struct view_line){ copy, n, indent, right, 0, { "", 0 } };
}

static void add_blank(struct lines *l)
{
	add_line(l, NULL, 0, 0, (struct view_part){ .role = ROLE_TEXT });
}

static struct str keep(struct arena *arena, struct buf *b)
{
	struct str s = { arena_copy(arena, buf_cstr(b), b->n), b->n };

	buf_free(b);
	return s;
}

static struct str cut_to(const struct app *a, struct arena *arena, struct str s, int cells)
{
	struct buf b = buf_limited(64 << 10);

	text_shorten(s, cells, glyph(a->glyphs, GLYPH_CUT), a->ambiguous, &b);
	return keep(arena, &b);
}

/* A title of at most TITLE_LINES lines; what does not fit ends in the cut mark. */
static void add_title(const struct app *a, struct lines *l, struct str title, int width)
{
	uint8_t *at = mem_array(title.n + 1, 1);
	size_t from = 0;
	struct wrap_line w;

	wrap_breaks(title, 0, at);
	for (int i = 0; i < TITLE_LINES && from < title.n; i++) {
		size_t next = wrap_next(title, at, from, width, a->ambiguous, &w, NULL);
		struct str text = str_sub(title, w.from, w.to);

		if (i == TITLE_LINES - 1 && next < title.n)
			text = cut_to(a, l->arena, str_sub(title, from, title.n), width);
		struct view_part part = { text, ROLE_TITLE, false };
		add_line(l, &part, 1, 0, (struct view_part){ .role = ROLE_TEXT });
		from = next;
	}
	free(at);
}

/* A sentence of lede's own, wrapped. */
static void add_sentence(const struct app *a, struct lines *l, struct str text, enum role role,
                         int width)
{
	uint8_t *at = mem_array(text.n + 1, 1);
	struct wrap_line w;

	wrap_breaks(text, 0, at);
	for (size_t from = 0; from < text.n; ) {
		struct view_part part = { .role = role };

		from = wrap_next(text, at, from, width, a->ambiguous, &w, NULL);
		part.text = str_sub(text, w.from, w.to);
		add_line(l, &part, 1, 0, (struct view_part){ .role = ROLE_TEXT });
	}
	free(at);
}

/* Facts parted by the dot, wrapped between facts only. */
static void add_facts(const struct app *a, struct lines *l, const struct str *fact, int n,
                      int width)
{
	struct buf line = buf_limited(64 << 10);
	const char *dot = glyph(a->glyphs, GLYPH_DOT);

	for (int i = 0; i <= n; i++) {
		int cells = text_cells(buf_view(&line), a->ambiguous);

		if (line.n > 0 &&
		    (i == n || cells + 3 + text_cells(fact[i], a->ambiguous) > width)) {
			struct view_part part = { keep(l->arena, &line), ROLE_META, false };

			line = buf_limited(64 << 10);
			add_line(l, &part, 1, 0, (struct view_part){ .role = ROLE_TEXT });
		}
		if (i == n || fact[i].n == 0)
			continue;
		if (line.n > 0)
			buf_addf(&line, " %s ", dot);
		if (text_cells(fact[i], a->ambiguous) > width)
			text_shorten(fact[i], width, glyph(a->glyphs, GLYPH_CUT), a->ambiguous,
			             &line);
		else
			buf_add(&line, fact[i]);
	}
	buf_free(&line);
}

static void build_head(struct app *a)
{
	struct reading *r = &a->reading;
	const struct article *art = &r->answer->article;
	struct lines *l = lines_new();
	struct buf date = buf_limited(128), time = buf_limited(64);
	struct buf script = buf_limited(64);
	struct str fact[7] = { art->entry.source, art->entry.author };

	words_long_date(&date, art->entry.time, a->list[a->at].time);
	fact[2] = buf_view(&date);
	if (art->doc && !rich_is_empty(art->doc)) {
		words_reading_time(&time, rich_seconds(art->doc));
		fact[3] = buf_view(&time);
		fact[4] = str_of(_("feed text"));
		if (a->hide_glosses && rich_had_glosses(art->doc))
			fact[5] = str_of(_("pinyin hidden"));
		if (art->script != CONVERT_NO)
			buf_addf(&script, _("converted to %s"), _(convert_script(art->script)));
		fact[6] = buf_view(&script);
	}
	add_title(a, l, shown_title(a, l->arena, art->entry.title), r->width);
	add_facts(a, l, fact, 7, r->width);
	add_sentence(a, l, art->html_error, ROLE_WARN, r->width);
	add_blank(l);
	if (!art->doc || rich_is_empty(art->doc))
		add_sentence(a, l, str_of(_("The feed gives no text. o opens the page in the browser")),
		             ROLE_META, r->width);
	buf_free(&date);
	buf_free(&time);
	buf_free(&script);
	lines_free(r->head);
	r->head = l;
}

/* "● City News       Rules on personal data to be tightened       1h": mark 2, source 14, 2 blanks,
 * headline, age in 6. Where that leaves a headline of less than 16 cells the source gives way. */
static void add_other(const struct app *a, struct lines *l, const struct entry_row *e, int width)
{
	bool read = e->flags & ENTRY_READ;
	enum role role = read ? ROLE_HEADLINE_READ : ROLE_HEADLINE;
	struct buf age = buf_limited(64), source = buf_limited(1 << 10);
	int field = width >= 2 + 16 + 16 + 6 ? 16 : 0;

	words_age(&age, e->time, a->list[a->at].time);
	if (field > 0) {
		int cells = text_shorten(e->source, field - 2, glyph(a->glyphs, GLYPH_CUT),
		                         a->ambiguous, &source);

		buf_addf(&source, "%*s", field - cells, "");
	}
	struct view_part part[3] = {
		{ read ? STR("  ")
		       : str_of(a->glyphs == GLYPHS_ASCII     ? "N "
		                : a->glyphs == GLYPHS_CONSOLE ? "• "
		                                              : "● "),
		  ROLE_RANK, false },
		{ keep(l->arena, &source), read ? ROLE_HEADLINE_READ : ROLE_META, false },
		{ cut_to(a, l->arena, shown_title(a, l->arena, e->title), width - 2 - field - 6), role,
		  false },
	};
	add_line(l, part, 3, 0, (struct view_part){ keep(l->arena, &age), ROLE_META, false });
}

static void add_others(const struct app *a, struct lines *l, const struct article *art, int width)
{
	struct view_part label[2] = { { cut_to(a, l->arena, str_of(_("ALSO IN THIS STORY")), width),
		                        ROLE_LABEL, false },
		                      { str_of(_("  z unfolds")), ROLE_META, false } };

	if (art->nmembers < 2)
		return;
	add_blank(l);
	add_line(l, label, width >= 30 ? 2 : 1, 0, (struct view_part){ .role = ROLE_TEXT });
	for (size_t i = 0; i < art->nmembers; i++)
		if (art->member[i].id != art->entry.id)
			add_other(a, l, &art->member[i], width);
}

/* "[12] Text of the link  host/path"; thousands of them are only made when they are seen. */
static void link_line(const struct app *a, size_t n, const struct rich_link *link,
                      struct view_line *out, struct arena *arena)
{
	struct buf number = buf_limited(32), address = buf_limited(16 << 10);
	int room = a->reading.width - 5, text_room = room * 60 / 100, used;
	struct str text = cut_to(a, arena, link->text, text_room);
	struct view_part *part = arena_alloc(arena, 4 * sizeof *part);

	buf_addf(&number, "[%zu]", n);
	buf_addf(&number, "%*s", number.n < 5 ? (int)(5 - number.n) : 1, "");
	url_display(link->url, &address);
	used = text_cells(text, a->ambiguous) + (text.n ? 2 : 0);
	part[0] = (struct view_part){ keep(arena, &number), ROLE_ACCENT, false };
	part[1] = (struct view_part){ text, ROLE_TEXT, false };
	part[2] = (struct view_part){ text.n ? STR("  ") : STR(""), ROLE_TEXT, false };
	part[3] = (struct view_part){ cut_to(a, arena, buf_view(&address), room - used), ROLE_LINK,
		                      false };
	buf_free(&address);
	*out = (struct view_line){ .part = part, .nparts = 4, .url = link->url };
}

static size_t link_count(const struct reading *r)
{
	return r->answer && r->answer->article.doc ? rich_link_count(r->answer->article.doc) : 0;
}

static void build_tail(struct app *a)
{
	struct reading *r = &a->reading;
	const struct article *art = &r->answer->article;
	struct lines *l = lines_new();
	struct view_part label = { str_of(_("LINKS")), ROLE_LABEL, false };

	add_others(a, l, art, r->width);
	if (link_count(r) > 0) {
		add_blank(l);
		add_line(l, &label, 1, 0, (struct view_part){ .role = ROLE_TEXT });
	}
	lines_free(r->tail);
	r->tail = l;
}

/* ---- lines by number ---- */

/* Lines known when the text is laid out as far as line `reach`; the tail counts only when the text
 * has ended. */
int64_t pane_lines(struct app *a, int64_t reach)
{
	struct reading *r = &a->reading;
	int64_t head, text = 0;
	bool ended = true;

	if (!r->answer || !r->head)
		return 0;
	head = (int64_t)r->head->n;
	if (r->layout) {
		ended = layout_reach(r->layout, reach > head ? (size_t)(reach - head) : 0);
		text = (int64_t)layout_count(r->layout);
	}
	return head + text + (ended ? (int64_t)(r->tail->n + link_count(r)) : 0);
}

/* A line behind the text: of the tail, then a link. */
static void tail_line(struct app *a, int64_t i, struct view_line *out, struct arena *frame)
{
	const struct reading *r = &a->reading;
	int64_t tail = (int64_t)r->tail->n, n = i - tail + 1;

	if (i < tail)
		*out = r->tail->line[i];
	else if (n <= (int64_t)link_count(r))
		link_line(a, (size_t)n, rich_link(r->answer->article.doc, (size_t)n), out, frame);
	else
		*out = (struct view_line){ .nparts = 0 };
}

void pane_line(struct app *a, int64_t i, struct view_line *out, struct arena *frame)
{
	struct reading *r = &a->reading;
	int64_t head = (int64_t)r->head->n, text = r->layout ? (int64_t)layout_count(r->layout) : 0;

	if (i < head) {
		*out = r->head->line[i];
		matches_mark_title(a, out, frame);
	} else if (i < head + text) {
		matches_text_line(a, (size_t)(i - head), out, frame);
	} else {
		tail_line(a, i - head - text, out, frame);
	}
}

int pane_page(const struct app *a)
{
	return a->g.article.h > 3 ? a->g.article.h - 2 : 1;
}

/* A number stands in the text as "[3]"; a line of LINKS is its link from end to end. */
size_t pane_link_at(struct app *a, int64_t line, int x)
{
	struct reading *r = &a->reading;
	int64_t text = pane_known(a), n, number = 0;
	struct arena *arena = arena_new();
	struct view_line l = { .nparts = 0 };

	n = r->answer && r->head ? line - (int64_t)(r->head->n + r->tail->n) - text + 1 : 0;
	if (r->answer && r->head && line < pane_lines(a, line + 1) && n < 1)
		pane_line(a, line, &l, arena);
	for (int i = 0, at = l.indent; i < l.nparts && n < 1; i++) {
		struct str s = l.part[i].text;
		int cells = text_cells(s, a->ambiguous);

		if (x >= at && x < at + cells && s.n > 2 && s.p[0] == '[' &&
		    str_to_int(str_sub(s, 1, s.n - 1), 1, INT32_MAX, &number))
			n = number;
		at += cells;
	}
	arena_free(arena);
	return n >= 1 && n <= (int64_t)link_count(r) ? (size_t)n : 0;
}

/* ---- scrolling: what is far off is laid out by slices, driven by the timer ---- */

/* True when line `reach` is there or the text has ended before it. */
static bool lay_out_slice(struct app *a, int64_t reach)
{
	struct reading *r = &a->reading;
	int64_t known = r->layout ? (int64_t)layout_count(r->layout) : 0;

	if (!r->layout || !r->head)
		return true;
	reach -= (int64_t)r->head->n;
	if (reach <= known)
		return true;
	if (reach - known <= SLICE_LINES)
		return layout_reach(r->layout, (size_t)reach), true;
	return layout_reach(r->layout, (size_t)known + SLICE_LINES);
}

/* It goes on with the next timer; the screen says so at once and from time to time. */
static void seek_on(struct app *a, struct seek seek)
{
	struct reading *r = &a->reading;
	bool begins = r->seek.what == SEEK_NOTHING;

	r->seek = seek;
	if (!begins && a->ticks - r->seek_told < SEEK_TOLD_MS)
		return;
	r->seek_told = a->ticks;
	app_touch(a);
}

static void found(struct app *a)
{
	if (a->reading.seek.what != SEEK_NOTHING)
		app_touch(a);
	a->reading.seek.what = SEEK_NOTHING;
}

static void set_top(struct app *a, int64_t top)
{
	if (top < 0)
		top = 0;
	if (top != a->reading.top)
		app_touch(a);
	a->reading.top = top;
}

/* The last line may stand at the bottom, not higher. */
void pane_scroll(struct app *a, int64_t top)
{
	int64_t h = a->g.article.h, n;

	if (!a->reading.answer && a->reading.asked)
		a->reading.to_end = top >= INT32_MAX - 1;       /* G, and it is still being read */
	if (!lay_out_slice(a, top + h + 1)) {
		seek_on(a, (struct seek){ .what = SEEK_LINE, .line = top });
		return;
	}
	found(a);
	n = pane_lines(a, top + h + 1);
	set_top(a, top > n - h ? n - h : top);
}

/* To the line that holds `place` of the text. */
void pane_show_place(struct app *a, uint32_t place)
{
	struct reading *r = &a->reading;

	if (!layout_knows(r->layout, place))
		layout_reach(r->layout, layout_count(r->layout) + SLICE_LINES);
	if (layout_knows(r->layout, place))
		pane_scroll(a, (int64_t)r->head->n + (int64_t)layout_find(r->layout, place));
	else
		seek_on(a, (struct seek){ .what = SEEK_PLACE, .place = place });
}

/* A place in a text that the screen is too small to lay out is kept until there is room again. */
bool pane_is_seeking(const struct app *a)
{
	const struct reading *r = &a->reading;

	return r->seek.what == SEEK_LINE || (r->seek.what == SEEK_PLACE && r->layout);
}

int64_t pane_known(const struct app *a)
{
	return a->reading.layout ? (int64_t)layout_count(a->reading.layout) : 0;
}

void pane_seek(struct app *a)
{
	struct seek s = a->reading.seek;

	if (s.what == SEEK_LINE)
		pane_scroll(a, s.line);
	else if (pane_is_seeking(a))
		pane_show_place(a, s.place);
}

bool pane_at_end(struct app *a)
{
	struct reading *r = &a->reading;
	int64_t reach = r->top + a->g.article.h;

	return pane_lines(a, reach + 1) <= reach;
}

/* ---- coming and going ---- */

/* The place of the text at the top of the pane, or the one that is being looked for; false above
 * the text. */
static bool top_place(const struct reading *r, uint32_t *place)
{
	int64_t i = r->head ? r->top - (int64_t)r->head->n : -1;

	if (r->seek.what == SEEK_PLACE) {
		*place = r->seek.place;
		return true;
	}
	if (!r->layout || i < 0 || i >= (int64_t)layout_count(r->layout))
		return false;
	*place = layout_line(r->layout, (size_t)i)->place;
	return true;
}

void pane_layout(struct app *a)
{
	struct reading *r = &a->reading;
	uint32_t place;
	bool in_text = top_place(r, &place), to_line = r->seek.what == SEEK_LINE;
	int64_t line = r->seek.line;
	struct layout_options o = {
		.width = a->g.text.w > 8 ? a->g.text.w : 8, .ambiguous = a->ambiguous,
		.glyphs = { glyph(a->glyphs, GLYPH_BULLET), glyph(a->glyphs, GLYPH_QUOTE),
			    glyph(a->glyphs, GLYPH_RULE_H), glyph(a->glyphs, GLYPH_CUT) },
	};

	if (!r->answer || a->g.layout == LAYOUT_TOO_SMALL)
		return;
	r->width = o.width;
	layout_free(r->layout);
	r->layout = r->answer->article.doc ? layout_new(r->answer->article.doc, &o) : NULL;
	build_head(a);
	build_tail(a);
	if (to_line)
		pane_scroll(a, line);
	else if (in_text && r->layout)
		pane_show_place(a, place);
	else
		pane_scroll(a, r->top);
}

static void ask_article(struct app *a)
{
	struct reading *r = &a->reading;
	struct ask *ask = ask_new(ASK_ARTICLE, ++a->ticket);

	ask->entry = r->wanted;
	ask->story = r->wanted_story;
	ask->hide_glosses = a->hide_glosses;
	r->ticket = ask->ticket;
	r->asked = true;
	app_ask(a, ask);
}

void pane_follow(struct app *a)
{
	struct reading *r = &a->reading;
	int64_t entry = 0, story = 0;

	rows_subject(a, a->list[a->at].cursor, &entry, &story);
	app_touch(a);
	a->status_story = story;
	if (entry == 0 || (r->answer && r->answer->article.entry.id == entry && !r->asked)) {
		r->wanted = entry;
		matches_follow(a);
		return;
	}
	if (r->asked && r->wanted == entry)
		return;
	r->wanted = entry;
	r->wanted_story = story;
	ask_article(a);
}

void pane_renew(struct app *a)
{
	struct reading *r = &a->reading;

	if (!r->asked && r->answer) {
		r->wanted = r->answer->article.entry.id;
		r->wanted_story = r->answer->article.entry.story;
	}
	if (r->asked || r->answer)
		ask_article(a);
}

/* The same entry, read another way: what was at the top stays there. */
static void keep_place(struct reading *r, const struct answer *answer)
{
	const struct rich *old = r->answer->article.doc, *new = answer->article.doc;
	uint32_t place;

	if (!old || !new || r->seek.what == SEEK_LINE || !top_place(r, &place))
		return;
	r->seek = (struct seek){ .what = SEEK_PLACE, .place = rich_place_in(old, place, new) };
}

/* The next refresh of its feed brings it again. */
static void refetch(struct app *a, int64_t entry)
{
	struct job *job = job_new(JOB_REFETCH);

	job->entry = entry;
	app_tell(a, job);
}

void pane_take(struct app *a, struct answer *answer)
{
	struct reading *r = &a->reading;
	bool same = r->answer && r->answer->article.entry.id == answer->article.entry.id;

	if (answer->ticket != r->ticket) {
		answer_free(answer);
		return;
	}
	r->asked = false;
	if (answer->error.code != ERR_NONE) {
		app_complain(a, "%s", answer->error.text);
		answer_free(answer);
		return;
	}
	if (same) {
		keep_place(r, answer);
	} else {
		r->seek.what = SEEK_NOTHING;
		r->top = 0;
		r->paged = false;
	}
	layout_free(r->layout);
	r->layout = NULL;
	answer_free(r->answer);
	r->answer = answer;
	if (answer->article.html_error.n > 0 && !same)
		refetch(a, answer->article.entry.id);
	pane_layout(a);
	if (r->to_end)
		pane_scroll(a, INT32_MAX);
	r->to_end = false;
	if (!same)
		find_end(a);
	matches_renew(a);
	matches_follow(a);
	if (a->focus == FOCUS_PANE && !panel_shown(a))
		r->focus_since = a->ticks;
	app_touch(a);
	if (r->open_wanted) {
		r->open_wanted = false;
		run_browser(a, &(struct call){ .count = 0 });
	}
	if (r->copy_wanted) {
		void (*run)(struct app *, const struct call *) = r->copy_wanted;

		r->copy_wanted = NULL;
		run(a, &(struct call){ .count = 0 });
	}
}

void pane_focus(struct app *a, bool on)
{
	a->reading.focus_since = on ? a->ticks : -1;
}

void pane_opened(struct app *a)
{
	struct reading *r = &a->reading;
	const struct article *art = r->answer ? &r->answer->article : NULL;

	if (!art || r->asked)
		return;
	if (a->opened != art->entry.id) {
		a->opened = art->entry.id;
		a->read_here++;
		mark_story(a, art->entry.story, art->entry.id, true, EVENT_OPEN);
	} else {
		mark_story(a, art->entry.story, art->entry.id, true, 0);
	}
}

void pane_free(struct app *a)
{
	struct reading *r = &a->reading;

	layout_free(r->layout);
	answer_free(r->answer);
	lines_free(r->head);
	lines_free(r->tail);
	*r = (struct reading){ .focus_since = -1 };
}
