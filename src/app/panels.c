/* panels - what pops up in the article's pane: welcome, help, the sum of a rank, a feed's health,
 * the end, empty states.
 *
 * Each is a function that adds lines; nothing is remembered but which panel is open and where it is
 * scrolled.
 */
#include <string.h>

#include "lede/app/key.h"
#include "lede/app/retold.h"
#include "lede/base/language.h"
#include "lede/text/url.h"
#include "lede/text/width.h"
#include "page.h"

/* ---- welcome ---- */

static const char *what_is_where(enum layout_kind layout)
{
	if (layout == LAYOUT_COLUMNS)
		return _("On the left is an edition: stories told by several feeds are one line, the "
			 "most useful first. It is a sample; its news and its eight sources are "
			 "invented. On this side you read.");
	if (layout == LAYOUT_STACKED)
		return _("Above is an edition: stories told by several feeds are one line, the most "
			 "useful first. It is a sample; its news and its eight sources are invented. "
			 "Down here you read.");
	return _("The list is an edition: stories told by several feeds are one line, the most useful "
		 "first. It is a sample; its news and its eight sources are invented. Behind each "
		 "line is what you read.");
}

/* Whoever bound no key to it has the command line. */
static void how_to_add(struct page *p, struct str key)
{
	if (key.n == 0) {
		page_say(p, ROLE_TEXT, "%s",
		         _("lede add URL on the command line adds a feed; when there is one, it takes the "
		           "sample’s place."));
		return;
	}
	page_named(p, key.p, 10, ROLE_ACCENT,
	           str_of(_("adds a feed; any address will do: a feed or a page that announces one. "
	                    "Coming from another reader:")));
	page_named(p, "", 10, ROLE_ACCENT, str_of(_("lede import FILE on the command line")));
}

static void welcome(struct page *p)
{
	static const struct { const char *keys, *text; } keys[] = {
		{ "j k", N_("up and down the list") },
		{ "Space", N_("read on: this page, the next, then the next story") },
		{ "Enter  h", N_("into the article and back to the list") },
		{ "e", N_("why a story stands where it stands") },
		{ "?", N_("every key; / searches them") },
	};

	page_say(p, ROLE_TITLE, "%s", _("Good morning. This is lede."));
	page_blank(p);
	page_say(p, ROLE_TEXT, "%s", what_is_where(p->app->g.layout));
	page_blank(p);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		page_named(p, keys[i].keys, 10, ROLE_ACCENT, str_of(_(keys[i].text)));
	page_blank(p);
	how_to_add(p, keys_for(p->app, "feed-add"));
	page_blank(p);
	page_say(p, ROLE_META, "%s", _("Enter begins"));
}

/* ---- explain ---- */

static void points_line(struct page *p, struct str what, struct str detail, int points)
{
	struct view_line *l = page_line(p);
	struct buf b = buf_limited(512);
	int first = p->width >= 56 ? 30 : p->width / 2, cells;

	cells = text_shorten(what, first - 1, glyph(p->app->glyphs, GLYPH_CUT), p->app->ambiguous,
	                     &b);
	buf_addf(&b, "%*s", first - cells, "");
	page_put(l, p->frame, frame_str(p->frame, &b), ROLE_WHY);
	b = buf_limited(512);
	text_shorten(detail, p->width - first - 8 > 0 ? p->width - first - 8 : 0,
	             glyph(p->app->glyphs, GLYPH_CUT), p->app->ambiguous, &b);
	page_put(l, p->frame, frame_str(p->frame, &b), ROLE_META);
	l->right = (struct view_part){ frame_fmt(p->frame, "%+d  ", points), ROLE_TEXT, false };
}

static void explain_terms(struct page *p, const struct terms *t)
{
	int whole[TERMS_MAX], score;

	terms_whole_points(t, whole, &score);
	page_line(p)->right = (struct view_part){ frame_fmt(p->frame, "%s ", _("points")), ROLE_META, false };
	for (int i = 0; i < t->n; i++) {
		struct buf what = buf_limited(512), detail = buf_limited(512);
		struct str feed = app_feed_title(p->app, t->term[i].feed);

		words_term_label(&what, &t->term[i], feed);
		words_term_detail(&detail, &t->term[i], feed);
		points_line(p, frame_str(p->frame, &what), frame_str(p->frame, &detail), whole[i]);
	}
	page_line(p)->right =
	        (struct view_part){ frame_fmt(p->frame,
		                              p->app->glyphs == GLYPHS_ASCII ? "-----  " : "─────  "),
		                    ROLE_RULE, false };
	struct view_line *l = page_line(p);
	page_put(l, p->frame, str_of(_("score")), ROLE_TEXT);
	l->right = (struct view_part){ frame_fmt(p->frame, "%d  ", score), ROLE_STRONG, false };
}

static void next_score(struct page *p, const struct edition_row *row)
{
	const struct top_rows *t = &p->app->top;
	struct terms next;
	int whole[TERMS_MAX], score;

	page_blank(p);
	/* Variety looks at the ten picked before, so the next one can have more points now than it
	 * had then. */
	if (row->rank < (int)t->n && t->row[row->rank].score <= row->score &&
	    terms_decode(t->row[row->rank].why, &next)) {
		terms_whole_points(&next, whole, &score);
		page_say(p, ROLE_META, _("Next is number %d with %d. + more like this · - less · e closes"),
		    row->rank + 1, score);
	} else {
		page_say(p, ROLE_META, "%s", _("+ more like this · - less · e closes"));
	}
	page_say(p, ROLE_META, "%s", _("What was learned: :profile · forget it: :profile forget WORD"));
}

static const struct edition_row *story_here(const struct app *a)
{
	int64_t entry, story, pos;

	if (!rows_subject(a, a->list[a->at].cursor, &entry, &story))
		return NULL;
	pos = top_find(a, story);
	return pos < 0 ? NULL : rows_story(a, pos);
}

/* Why a story is in no row of the edition: from the article beside, which knows its entries. */
static void not_ranked(struct page *p)
{
	const struct answer *a = p->app->reading.answer;
	const struct edition *ed = &p->app->top.head;
	struct why_not why = { .made = ed->made,
		               .upto = ed->upto,
		               .full = ed->rows >= EDITION_ROWS_MAX };
	struct buf b = buf_limited(1 << 10);

	page_say(p, ROLE_TITLE, "%s", _("Not in this edition"));
	for (size_t i = 0; a && i < a->article.nmembers; i++) {
		const struct entry_row *e = &a->article.member[i];

		why.story = e->story;
		why.came = e->seen > why.came ? e->seen : why.came;
		why.unread = why.unread || !(e->flags & ENTRY_READ);
		why.filler = why.filler || (e->flags & ENTRY_FILLER);
	}
	if (why.story) {
		words_why_not(&b, &why);
		page_paragraph(p, ROLE_TEXT, frame_str(p->frame, &b));
	}
	page_blank(p);
	page_say(p, ROLE_META, "%s", _("e closes"));
}

static void explain(struct page *p)
{
	const struct edition_row *row = story_here(p->app);
	struct terms terms;

	if (!row || !terms_decode(row->why, &terms)) {
		not_ranked(p);
		return;
	}
	page_say(p, ROLE_TITLE, _("Why number %d"), row->rank);
	page_paragraph(p, ROLE_TEXT, shown_title(p->app, p->frame, row->title));
	page_blank(p);
	explain_terms(p, &terms);
	next_score(p, row);
}

/* ---- the end, and what is empty ---- */

static void end_of_edition(struct page *p)
{
	struct app *a = p->app;
	int64_t minutes = (a->now - a->reading_since + 59) / 60;
	int left = 0;

	for (size_t i = 0; i < a->top.n; i++)
		left += a->top.row[i].unread > 0;
	page_blank(p);
	page_say(p, ROLE_TITLE,
	    many_("That’s the edition: %zu story, %lld min.",
		  "That’s the edition: %zu stories, %lld min.", a->top.n),
	    a->top.n, (long long)(minutes > 0 ? minutes : 1));
	page_blank(p);
	page_say(p, ROLE_TEXT, _("You read %d, starred %d, left %d for later or never."), a->read_here,
	    a->starred_here, left);
	if (a->counts.new_stories > 0)
		page_say(p, ROLE_TEXT,
		    many_("%lld new story waits: . makes the next edition.",
			  "%lld new stories wait: . makes the next edition.", a->counts.new_stories),
		    (long long)a->counts.new_stories);
	if (!a->sample)
		page_say(p, ROLE_META, "%s", _("R refreshes · [ ] other sections · q leaves"));
	else
		page_say(p, ROLE_META, "%s", _("[ ] other sections · q leaves"));
}

/* What is wrong with the feed whose entries are shown; empty when it is well. */
static struct str feed_error(const struct app *a)
{
	for (int64_t i = 0; i < rows_count(a, IN_FEEDS); i++)
		if (rows_feed(a, i)->id == a->timed[IN_ENTRIES].feed)
			return rows_feed(a, i)->error;
	return (struct str){ "", 0 };
}

/* What an empty list says: a title and what fills it. */
static void say_empty(struct page *p, const char *title, const char *text)
{
	page_say(p, ROLE_TITLE, "%s", title);
	page_blank(p);
	page_say(p, ROLE_TEXT, "%s", text);
}

static void no_feeds(struct page *p)
{
	struct str key = keys_for(p->app, "feed-add");

	page_say(p, ROLE_TITLE, "%s", _("No feeds yet"));
	page_blank(p);
	if (key.n > 0)
		page_say(p, ROLE_TEXT, _("%s adds one: the address of a feed, or of a site that has one."),
		         key.p);
	else
		page_say(p, ROLE_TEXT, "%s", _("lede add URL on the command line adds one."));
	page_say(p, ROLE_TEXT, "%s", _("lede import FILE brings the feeds of another reader."));
	page_say(p, ROLE_TEXT, "%s", _("Until then Top shows the sample edition."));
}

/* When lede looks by itself for what is due; false: it does not. */
static bool next_round(const struct app *a, struct buf *clock)
{
	if (a->due_at < 0)
		return false;
	words_clock(clock, a->now + (a->due_at > a->ticks ? (a->due_at - a->ticks) / 1000 : 0));
	return true;
}

/* An edition with no row to show: everything of it is read, or nothing was new when it was made. */
static void nothing_new(struct page *p)
{
	const struct app *a = p->app;
	struct buf since = buf_limited(64), round = buf_limited(64), text = buf_limited(1 << 10);

	words_clock(&since, a->list[IN_TOP].time);
	page_say(p, ROLE_TITLE, _("Nothing new since %s"), buf_cstr(&since));
	page_blank(p);
	if (a->top.head.rows > 0)
		buf_addf(&text, many_("All %d story is read. ", "All %d stories are read. ", a->top.head.rows),
		         (int)a->top.head.rows);
	if (next_round(a, &round))
		buf_addf(&text, _("R refreshes now; the next round of its own is due at %s."),
		         buf_cstr(&round));
	else
		buf_add_cstr(&text, _("R refreshes now."));
	page_say(p, ROLE_TEXT, "%s", buf_cstr(&text));
	buf_free(&since);
	buf_free(&round);
	buf_free(&text);
}

static void empty_for_now(struct page *p)
{
	const struct app *a = p->app;
	const char *title = a->at == IN_TOP ? _("No stories yet") : _("Nothing here");

	if (a->at == IN_TOP && a->top.head.id != 0 && a->feeds && !a->refresh.running) {
		nothing_new(p);
		return;
	}
	if (!a->refresh.running) {
		say_empty(p, title,
			  a->feeds ? _("R fetches every feed. The section Feeds, ] ], says what "
				       "became of each.")
				   : _("lede add URL on the command line adds a feed."));
		return;
	}
	page_say(p, ROLE_TITLE, "%s", _("Fetching the first entries"));
	page_blank(p);
	page_say(p, ROLE_TEXT,
	    many_("%d feed; the first edition comes as soon as something is here.",
		  "%d feeds; the first edition comes as soon as something is here.", a->feeds),
	    a->feeds);
}

static void empty(struct page *p)
{
	struct app *a = p->app;

	if (a->at == IN_SEARCH)
		page_nothing_found(p);
	else if (a->at == IN_STARRED)
		say_empty(p, _("Nothing starred"),
			  _("s stars the story or entry you are on. Starred entries are kept."));
	else if (a->at == IN_FILLER)
		say_empty(p, _("Nothing held back"),
			  _("Adverts, weather notices and how-to filler would stand here, each with "
			    "its reason."));
	else if (a->at == IN_FEEDS)
		no_feeds(p);
	else if (a->at == IN_ENTRIES && feed_error(a).n > 0) {
		page_say(p, ROLE_TITLE, "%s", _("Nothing came yet"));
		page_blank(p);
		page_paragraph(p, ROLE_WARN, frame_retold(a, feed_error(a)));
	} else {
		empty_for_now(p);
	}
}

static bool list_is_empty(const struct app *a)
{
	if (a->at == IN_TOP)
		return a->top.n == 0 && a->counted && !a->edition_pending;
	return a->list[a->at].loaded && rows_count(a, a->at) == 0;
}

static bool on_end_row(const struct app *a)
{
	const struct item *it = a->at == IN_TOP ? rows_item(a, a->list[IN_TOP].cursor) : NULL;

	return it && it->kind == ROW_END;
}

/* What stands in the pane though nobody opened it: Feeds has its health, the end row and empty
 * lists their words. */
static void (*standing_panel(const struct app *a))(struct page *)
{
	if (list_is_empty(a))
		return empty;
	if (a->at == IN_FEEDS)
		return page_health;
	return on_end_row(a) ? end_of_edition : NULL;
}

bool panel_shown(const struct app *a)
{
	return a->panel != PANEL_NONE || standing_panel(a) != NULL;
}

int panel_lines(struct app *a, struct arena *frame, struct view_line **lines)
{
	static void (*const build[])(struct page *) = {
		[PANEL_WELCOME] = welcome,
		[PANEL_HELP] = page_help,
		[PANEL_EXPLAIN] = explain,
		[PANEL_HEALTH] = page_health,
		[PANEL_THEMES] = page_themes,
		[PANEL_MESSAGES] = page_messages,
		[PANEL_ADD] = page_add,
		[PANEL_PROFILE] = page_learned,
	};
	struct page p = { .app = a, .frame = frame, .width = a->g.article.w - 4 };
	void (*fn)(struct page *) = a->panel != PANEL_NONE ? build[a->panel] : standing_panel(a);

	if (p.width > 72)
		p.width = 72;
	if (fn)
		fn(&p);
	a->choice = p.choice;
	a->choices = p.choices;
	*lines = p.line;
	return p.n;
}
