/* frame - state into values to draw: the header, the status line, the panes. Only reads. */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lede/app/retold.h"
#include "lede/base/language.h"
#include "lede/rank/notice.h"
#include "lede/text/display.h"
#include "state.h"

#define SHOWN(s) (int)(s).n, (s).p

struct str frame_str(struct arena *frame, struct buf *b)
{
	struct str s = { arena_copy(frame, buf_cstr(b), b->n), b->n };

	buf_free(b);
	return s;
}

struct str frame_fmt(struct arena *frame, const char *fmt, ...)
{
	struct buf b = buf_limited(4 << 10);
	va_list args;

	va_start(args, fmt);
	buf_addv(&b, fmt, args);
	va_end(args);
	return frame_str(frame, &b);
}

/* A sentence of lede's own, in the marks that the screen has. Takes what `b` holds. */
struct str frame_sentence(struct app *a, struct buf *b)
{
	struct buf out = buf_limited(64 << 10);

	glyphs_write(&out, a->glyphs, buf_view(b));
	buf_free(b);
	return frame_str(a->frame, &out);
}

struct str frame_retold(struct app *a, struct str sentence)
{
	struct buf b = buf_limited(64 << 10);

	retold(&b, sentence);
	return frame_sentence(a, &b);
}

struct str shown_title(const struct app *a, struct arena *arena, struct str title)
{
	struct buf b = buf_limited(64 << 10);

	if (!a->hide_glosses ||
	    (str_find(title, '(') == SIZE_MAX && str_find_str(title, STR("（")) == SIZE_MAX))
		return title;
	if (display_without_glosses(title, &b) == ERR_NONE)
		return frame_str(arena, &b);
	buf_free(&b);
	return title;
}

/* With its thousands parted, as the sentences around it want it. */
static const char *number(struct app *a, int64_t n)
{
	struct buf b = buf_limited(32);

	words_count(&b, n);
	return frame_str(a->frame, &b).p;
}

/* Names of feeds as far as rows in memory tell them; reasons speak of the feed of a row that is
 * shown. */
struct str app_feed_title(const struct app *a, int64_t feed)
{
	if (feed == 0)
		return (struct str){ "", 0 };
	for (size_t i = 0; i < a->top.n; i++)
		if (a->top.row[i].feed == feed)
			return a->top.row[i].source;
	for (size_t i = 0; a->feed_rows && i < a->feed_rows->n; i++)
		if (a->feed_rows->feed_row[i].id == feed)
			return a->feed_rows->feed_row[i].title;
	return (struct str){ "", 0 };
}

/* ---- header ---- */

static void header_part(struct view_header *h, struct view_part *parts, struct str text,
                        enum role role)
{
	parts[h->nright++] = (struct view_part){ text, role, false };
}

static void header_unread(struct app *a, struct view_header *h, struct view_part *parts, int64_t n)
{
	header_part(h, parts, frame_fmt(a->frame, _("%s unread"), number(a, n)), ROLE_META);
}

static void header_top(struct app *a, struct view_header *h, struct view_part *parts)
{
	struct str key = keys_for(a, "edition");

	if (a->sample)
		header_part(h, parts, str_of(_("sample edition")), ROLE_META);
	else if (a->counts.new_stories > 0)
		header_part(h, parts,
		            frame_fmt(a->frame, _("%s new"), number(a, a->counts.new_stories)),
		            ROLE_ACCENT);
	if (!a->sample && a->counts.new_stories > 0 && key.n > 0)
		header_part(h, parts, frame_fmt(a->frame, _("press %.*s"), (int)key.n, key.p),
		            ROLE_ACCENT);
	header_unread(a, h, parts, a->counts.unread);
}

static void header_feeds(struct app *a, struct view_header *h, struct view_part *parts)
{
	int64_t n = rows_count(a, IN_FEEDS), failing = 0;

	for (int64_t i = 0; i < n; i++)
		failing += rows_feed(a, i)->state == FEED_FAILING;
	header_part(h, parts, frame_fmt(a->frame, many_("%s feed", "%s feeds", n), number(a, n)),
	            ROLE_META);
	if (failing > 0)
		header_part(h, parts, frame_fmt(a->frame, _("%s failing"), number(a, failing)),
		            ROLE_META);
	header_unread(a, h, parts, a->counts.unread);
}

static void header_entries(struct app *a, struct view_header *h, struct view_part *parts)
{
	const struct timed_rows *t = &a->timed[IN_ENTRIES];
	struct str title = t->feed_title;

	for (int64_t i = 0; i < rows_count(a, IN_FEEDS); i++)
		if (rows_feed(a, i)->id == t->feed) {
			header_part(h, parts, title, ROLE_META);
			header_unread(a, h, parts, rows_feed(a, i)->unread);
			return;
		}
	header_part(h, parts, title, ROLE_META);
}

void view_header(struct app *a, struct view_header *h)
{
	static const char *const names[SECTIONS] = { N_("Top"), N_("Latest"), N_("Feeds"), N_("Starred"),
		                                     N_("Filler"), N_("Search") };
	struct str *section = arena_alloc(a->frame, SECTIONS * sizeof *section);
	struct view_part *parts = arena_alloc(a->frame, 5 * sizeof *parts);
	struct buf clock = buf_limited(32);

	for (int i = 0; i < SECTIONS; i++)
		section[i] = str_of(_(names[i]));
	*h = (struct view_header){ .section = section, .nsections = section_count(a), .right = parts };
	h->current = section_of(a->at);
	if (a->at == IN_FEEDS)
		header_feeds(a, h, parts);
	else if (a->at == IN_ENTRIES)
		header_entries(a, h, parts);
	else if (a->at == IN_STARRED)
		header_part(h, parts,
		            frame_fmt(a->frame, _("%s starred"), number(a, rows_count(a, IN_STARRED))),
		            ROLE_META);
	else if (a->at == IN_FILLER)
		header_part(h, parts,
		            frame_fmt(a->frame, _("%s held back"), number(a, rows_count(a, IN_FILLER))),
		            ROLE_META);
	else if (a->at == IN_SEARCH)
		header_part(h, parts, frame_fmt(a->frame, _("%s found"), search_count(a).p),
		            ROLE_META);
	else
		header_top(a, h, parts);
	if (a->at == IN_ENTRIES || a->at == IN_STARRED)
		return;
	if (a->sample && a->at == IN_TOP)     /* there is no news to be as old as */
		return;
	words_clock(&clock, a->list[a->at].time);
	header_part(h, parts, frame_str(a->frame, &clock), ROLE_META);
}

/* ---- status ---- */

enum { FACTS_MAX = 4 };

static void fact(struct view_status *s, struct str text, enum role role)
{
	struct view_part *parts = (struct view_part *)s->fact;

	if (text.n > 0 && s->nfacts < FACTS_MAX)
		parts[s->nfacts++] = (struct view_part){ text, role, false };
}

static int64_t position(const struct app *a, int64_t *of)
{
	const struct edition_row *row =
	        a->at == IN_TOP ? rows_story(a, a->list[IN_TOP].cursor) : NULL;

	*of = a->at == IN_TOP ? a->top.head.rows : rows_count(a, a->at);
	if (a->at != IN_TOP)
		return a->list[a->at].cursor + 1;
	return row ? row->rank : *of;
}

/* Of a very long text only the next AHEAD lines are laid out to tell how far it goes; beyond them
 * the line is told. */
static struct str how_far(struct app *a)
{
	enum { AHEAD = 5000 };
	int64_t h = a->g.article.h, reach = a->reading.top + h, n;

	if (!a->reading.answer)
		return a->reading.asked ? str_of(_("opening")) : STR("");
	if (pane_is_seeking(a))
		return frame_fmt(a->frame,
		                 many_("%s line laid out", "%s lines laid out", pane_known(a)),
		                 number(a, pane_known(a)));
	n = pane_lines(a, reach + AHEAD);
	if (a->reading.top == 0 && n <= h)
		return str_of(_("all"));
	if (n > reach + AHEAD - 1)
		return frame_fmt(a->frame, _("line %lld"), (long long)a->reading.top + 1);
	return frame_fmt(a->frame, "%d%%", n > 0 ? (int)(100 * (reach < n ? reach : n) / n) : 100);
}

static void facts_top(struct app *a, struct view_status *s)
{
	const struct edition_row *row = rows_story(a, a->list[IN_TOP].cursor);
	int64_t shown = a->status_story ? top_find(a, a->status_story) : -1;
	const struct edition_row *said = shown >= 0 ? rows_story(a, shown) : row;
	struct terms terms;
	struct str *words;

	if (!row || !said)
		return;
	if (a->focus == FOCUS_PANE && !panel_shown(a))
		fact(s, how_far(a), ROLE_META);
	else if (said->flags & ENTRY_FILLER)
		fact(s, str_of(_("filler: left out of the next edition")), ROLE_META);
	else
		fact(s,
		     frame_fmt(a->frame, many_("%s source", "%s sources", said->sources),
		               number(a, said->sources)),
		     ROLE_META);
	if (!terms_decode(said->why, &terms))
		return;
	s->between = str_of(_(", "));
	s->why = str_of(_("why: "));
	words = arena_alloc(a->frame, 6 * sizeof *words);
	s->long_term = words;
	s->short_term = words + 3;
	if (terms.n == 0) {
		words[0] = words[3] = str_of(_("nothing but its age, over 72 h"));
		s->nterms = 1;
		return;
	}
	for (s->nterms = 0; s->nterms < 3 && s->nterms < terms.n; s->nterms++) {
		struct terms one = { .term = { terms.term[s->nterms] }, .n = 1 };
		int whole[TERMS_MAX], score;

		terms_whole_points(&terms, whole, &score);
		for (int shorter = 0; shorter < 2; shorter++) {
			struct buf b = buf_limited(512);

			words_term(&b, &one.term[0], app_feed_title(a, one.term[0].feed), shorter);
			buf_addf(&b, " %+d", whole[s->nterms]);
			words[3 * shorter + s->nterms] = frame_str(a->frame, &b);
		}
	}
}

static void facts_timed(struct app *a, struct view_status *s)
{
	const struct entry_row *e = rows_entry(a, a->at, a->list[a->at].cursor);
	struct buf b = buf_limited(128);
	int64_t pos;

	if (!e)
		return;
	if (a->focus == FOCUS_PANE && !panel_shown(a))
		fact(s, how_far(a), ROLE_META);
	if (a->at == IN_ENTRIES)
		fact(s,
		     frame_fmt(a->frame, _("Feeds > %.*s"), (int)a->timed[IN_ENTRIES].feed_title.n,
		               a->timed[IN_ENTRIES].feed_title.p ? a->timed[IN_ENTRIES].feed_title.p
		                                                 : ""),
		     ROLE_META);
	words_long_date(&b, e->time, a->list[a->at].time);
	fact(s, frame_str(a->frame, &b), ROLE_META);
	pos = top_find(a, e->story);
	if (e->flags & ENTRY_FILLER)
		fact(s, frame_fmt(a->frame, _("filler: %s"), _(notice_rule_named(e->filler)->kind)),
		     ROLE_META);
	else if (pos >= 0)
		fact(s, frame_fmt(a->frame, _("story %d in Top"), rows_story(a, pos)->rank),
		     ROLE_META);
}

static void facts_filler(struct app *a, struct view_status *s)
{
	const struct entry_row *e = rows_entry(a, IN_FILLER, a->list[IN_FILLER].cursor);

	if (!e)
		return;
	if (a->focus == FOCUS_PANE && !panel_shown(a))
		fact(s, how_far(a), ROLE_META);
	if (e->flags & ENTRY_FILLER)
		fact(s, frame_fmt(a->frame, _("held back: %s"), _(notice_rule_named(e->filler)->because)),
		     ROLE_META);
	else
		fact(s, str_of(_("not filler: back in the next edition")), ROLE_META);
}

/* What n does, as long as nothing of the article tells where one is. */
static void facts_search(struct app *a, struct view_status *s)
{
	struct str match = matches_told(a), next = keys_for(a, "next"), end = keys_for(a, "cancel");

	if (a->search.total == 0) {
		fact(s, a->search.asked ? str_of(_("searching"))
		                         : frame_fmt(a->frame, _("%s found"), "0"), ROLE_META);
		return;
	}
	if (a->focus == FOCUS_PANE && !panel_shown(a)) {
		fact(s, match, ROLE_META);
		fact(s, how_far(a), ROLE_META);
		return;
	}
	if (a->g.layout != LAYOUT_SINGLE)
		fact(s, match, ROLE_META);
	fact(s, frame_fmt(a->frame, _("%.*s next match in the text, %.*s leaves the search"),
	                  SHOWN(next), SHOWN(end)), ROLE_META);
}

static void facts_feed(struct app *a, struct view_status *s)
{
	const struct feed_row *f = rows_feed(a, a->list[IN_FEEDS].cursor);

	if (f && f->state != FEED_OK && f->error.n > 0)
		fact(s, frame_retold(a, f->error), ROLE_ERROR);
	else if (f && f->unread == 0)
		fact(s, str_of(_("all read")), ROLE_META);
	else if (f)
		fact(s, frame_fmt(a->frame, _("%s unread"), number(a, f->unread)), ROLE_META);
}

static struct str add_first(struct app *a, struct str key)
{
	return key.n > 0 ? frame_fmt(a->frame, _("%.*s adds your first feed"), (int)key.n, key.p)
	                 : str_of(_("lede add URL adds your first feed"));
}

static void facts(struct app *a, struct view_status *s)
{
	int64_t of, at = position(a, &of);

	s->fact = arena_alloc(a->frame, FACTS_MAX * sizeof *s->fact);
	if (a->sample && a->panel == PANEL_WELCOME) {
		fact(s, str_of(_("sample edition")), ROLE_META);
		fact(s, add_first(a, keys_for(a, "feed-add")), ROLE_META);
		return;
	}
	if (of > 0 && a->at == IN_SEARCH)
		fact(s, frame_fmt(a->frame, "%lld/%.*s", (long long)at, SHOWN(search_count(a))),
		     ROLE_META);
	else if (of > 0)
		fact(s, frame_fmt(a->frame, "%lld/%lld", (long long)at, (long long)of), ROLE_META);
	if (a->at != IN_SEARCH && a->matches.typed)
		fact(s, matches_told(a), ROLE_META);
	if (a->at == IN_TOP)
		facts_top(a, s);
	else if (a->at == IN_FEEDS)
		facts_feed(a, s);
	else if (a->at == IN_FILLER)
		facts_filler(a, s);
	else if (a->at == IN_SEARCH)
		facts_search(a, s);
	else
		facts_timed(a, s);
}

static struct str progress(struct app *a)
{
	const struct refresh_state *r = &a->refresh;
	struct buf b = buf_limited(256);

	buf_addf(&b, _("refreshing %d/%d"), r->done, r->total);
	if (r->failed > 0)
		buf_addf(&b, _(" · %d failed"), r->failed);
	if (r->fresh > 0)
		buf_addf(&b, _(" · %lld new"), (long long)r->fresh);
	return frame_sentence(a, &b);
}

/* A key and what it does; nothing where the reader bound it to no key. */
static void hint_add(struct app *a, struct buf *b, const char *command, const char *does)
{
	struct str key = keys_for(a, command);

	if (key.n == 0)
		return;
	if (buf_view(b).n > 0)
		buf_addf(b, " %s ", glyph(a->glyphs, GLYPH_DOT));
	buf_addf(b, "%.*s %s", (int)key.n, key.p, does);
}

static void hint_add_filler(struct app *a, struct buf *b)
{
	const struct entry_row *e = rows_entry(a, IN_FILLER, a->list[IN_FILLER].cursor);

	if (e)
		hint_add(a, b, "filler", e->flags & ENTRY_FILLER ? _("not filler") : _("filler"));
}

static struct str hint_of(struct app *a)
{
	struct buf b = buf_limited(512);

	if (a->refresh.running && !a->refresh.quiet && !a->message.on)
		return str_of(_("^C stops"));
	if (app_context(a) == ON_ARTICLE)
		hint_add(a, &b, "back", _("list"));
	if (app_context(a) == ON_ENTRIES)
		hint_add(a, &b, "back", _("feeds"));
	if (a->at == IN_FILLER && app_context(a) == ON_LIST)
		hint_add_filler(a, &b);
	hint_add(a, &b, "help", _("help"));
	return frame_str(a->frame, &b);
}

void view_status(struct app *a, struct view_status *s)
{
	*s = (struct view_status){ .nfacts = 0 };
	facts(a, s);
	if (a->message.on && (a->message.error || !pane_is_seeking(a)))
		s->message = (struct view_part){ frame_fmt(a->frame, "%s", a->message.text),
						 a->message.error ? ROLE_ERROR : ROLE_TEXT, false };
	else if (a->refresh.running && !a->refresh.quiet && !a->manners.low)
		s->message = (struct view_part){ progress(a), ROLE_META, false };
	s->hint = hint_of(a);
	s->pending = keys_pending(a);
}

/* ---- panes ---- */

void view_article(struct app *a, struct view_pane *out)
{
	struct reading *r = &a->reading;
	int h = a->g.article.h;
	struct view_line *lines;
	int64_t n;

	*out = (struct view_pane){ .focus = a->focus == FOCUS_PANE, .bar_line = -1 };
	if (!r->answer || !r->head)
		return;
	n = pane_lines(a, r->top + h + 1);
	lines = arena_alloc(a->frame, (size_t)h * sizeof *lines);
	for (int i = 0; i < h && r->top + i < n; i++) {
		pane_line(a, r->top + i, &lines[i], a->frame);
		out->nlines = i + 1;
	}
	out->line = lines;
}

static void view_panel(struct app *a, struct view_pane *out)
{
	struct view_line *lines;
	int n = panel_lines(a, a->frame, &lines), h = a->g.article.h;

	*out = (struct view_pane){ .focus = a->focus == FOCUS_PANE, .bar_line = -1, .panel = true };
	if (a->panel_top > n - 1)
		a->panel_top = n > 0 ? n - 1 : 0;
	out->line = n > 0 ? lines + a->panel_top : NULL;
	out->nlines = n - (int)a->panel_top < h ? n - (int)a->panel_top : h;
	if ((a->panel == PANEL_HELP || a->choices > 0) && out->focus)
		out->bar_line = (int)(a->panel_line - a->panel_top);
}

static struct str window_title(struct app *a)
{
	struct answer *art = a->reading.answer;

	if (a->focus == FOCUS_PANE && art && !panel_shown(a))
		return frame_fmt(a->frame, "%.*s - lede", (int)art->article.entry.title.n,
		                 art->article.entry.title.p);
	return STR("lede");
}

void app_view(struct app *a, struct view *out)
{
	bool single = a->g.layout == LAYOUT_SINGLE, in_pane = a->focus == FOCUS_PANE;

	arena_reset(a->frame);
	a->changed = a->urgent = false;
	*out = (struct view){ .g = a->g, .glyphs = a->glyphs, .ambiguous = a->ambiguous,
		              .cursor = a->manners.cursor, .manners = a->manners.terminal };
	out->window_title = window_title(a);
	if (a->g.layout == LAYOUT_TOO_SMALL)
		return;
	/* An empty list shows its words in the body when there is one pane. */
	out->pane_shown = !single || in_pane || (panel_shown(a) && rows_count(a, a->at) == 0);
	out->list_shown = !single || !out->pane_shown;
	view_header(a, &out->header);
	view_status(a, &out->status);
	prompt_view(a, &out->prompt);
	if (out->list_shown)
		view_list_rows(a, &out->list);
	if (out->pane_shown && panel_shown(a))
		view_panel(a, &out->pane);
	else if (out->pane_shown)
		view_article(a, &out->pane);
	/* The terminal's cursor says where the keys go. */
	if (out->prompt.open)
		out->list.focus = out->pane.focus = false;
}
