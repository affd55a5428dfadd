/* messages - what was said in the bottom line, kept: the panel of `:messages`. */
#include <stdlib.h>
#include <string.h>

#include "colon_inside.h"
#include "lede/base/language.h"
#include "lede/text/display.h"
#include "lede/text/width.h"
#include "page.h"

enum { CLOCK_CELLS = 7 };

/* The i-th from the oldest. */
static struct said *said_at(const struct message_log *log, int i)
{
	return (struct said *)&log->said[(log->first + i) % MESSAGES_KEPT];
}

static char *copy_of(struct str s)
{
	char *copy = mem_new(s.n + 1);

	memcpy(copy, s.p, s.n);
	return copy;
}

/* About the row under the cursor when a key said it, else about `feed`, if that is one. */
void message_keep(struct app *a, struct str text, bool error, int64_t feed)
{
	struct message_log *log = &a->messages;
	struct said *s;
	int64_t entry, story = 0;

	if (log->n == MESSAGES_KEPT) {
		free(said_at(log, 0)->text);
		log->first = (log->first + 1) % MESSAGES_KEPT;
		log->n--;
	}
	if (a->acting && feed == 0)
		rows_subject(a, a->list[a->at].cursor, &entry, &story);
	s = said_at(log, log->n++);
	*s = (struct said){ copy_of(text), error, a->now, feed, story };
}

void message_note(struct app *a, int64_t feed, struct str text)
{
	struct buf shown = buf_limited(8 << 10);

	(void)display_line(text, &shown);
	message_keep(a, buf_view(&shown), true, feed);
	buf_free(&shown);
}

void messages_free(struct app *a)
{
	for (int i = 0; i < a->messages.n; i++)
		free(said_at(&a->messages, i)->text);
}

/* ---- the panel ---- */

void page_messages(struct page *p)
{
	const struct message_log *log = &p->app->messages;

	page_say(p, ROLE_TITLE, "%s", _("Messages"));
	page_say(p, ROLE_META, _("newest last · %d kept · q closes"), MESSAGES_KEPT);
	page_blank(p);
	p->choice = p->n;
	p->choices = log->n;
	for (int i = 0; i < log->n; i++) {
		const struct said *s = said_at(log, i);
		struct view_line *l = page_line(p);
		struct buf clock = buf_limited(32), text = buf_limited(1 << 10);

		words_clock(&clock, s->time);
		text_shorten(str_of(s->text), p->width - CLOCK_CELLS, glyph(p->app->glyphs, GLYPH_CUT),
			     p->app->ambiguous, &text);
		page_put(l, p->frame, page_field(p, buf_view(&clock), CLOCK_CELLS), ROLE_META);
		page_put(l, p->frame, frame_str(p->frame, &text), s->error ? ROLE_ERROR : ROLE_TEXT);
		buf_free(&clock);
	}
	if (log->n == 0)
		page_say(p, ROLE_TEXT, "%s", _("nothing was said yet"));
	page_blank(p);
	page_say(p, ROLE_META, "%s", _("Enter on a line goes to its feed or entry"));
}

void colon_messages(struct app *a, struct str rest)
{
	int64_t lines;

	(void)rest;
	app_open_panel(a, PANEL_MESSAGES);
	panel_go(a, INT32_MAX);
	/* The line of keys is seen too. */
	lines = a->choice + a->choices + 2;
	if (a->choices > 0 && lines > a->g.article.h)
		a->panel_top = lines - a->g.article.h;
}

static int64_t feed_row(const struct app *a, int64_t feed)
{
	for (int64_t i = 0; i < rows_count(a, IN_FEEDS); i++)
		if (rows_feed(a, i)->id == feed)
			return i;
	return -1;
}

static void go(struct app *a, enum list_id list, int64_t pos)
{
	if (pos < 0) {
		app_message(a, "%s", _("it is not in the list any more"));
		return;
	}
	app_close_panel(a);
	app_enter(a, list);
	rows_go(a, pos);
}

void messages_take(struct app *a)
{
	int64_t i = a->panel_line - a->choice;
	const struct said *s;

	if (i < 0 || i >= a->messages.n)
		return;
	s = said_at(&a->messages, (int)i);
	if (s->feed != 0)
		go(a, IN_FEEDS, feed_row(a, s->feed));
	else if (s->story != 0)
		go(a, IN_TOP, top_find(a, s->story));
}
