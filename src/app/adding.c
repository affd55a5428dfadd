/* adding - the key `a`: an address is asked for, looked at, and what is there subscribed to. */
#include <stdlib.h>
#include <string.h>

#include "lede/base/language.h"
#include "lede/text/display.h"
#include "lede/text/url.h"
#include "lede/text/width.h"
#include "page.h"

enum { ADDRESS_CELLS = 9, NAME_CELLS = 22 };

/* ---- looking ---- */

static void look_at(struct app *a, struct str typed)
{
	struct ask *ask = ask_new(ASK_ADDRESS, ++a->ticket);
	size_t n = typed.n < sizeof ask->query ? typed.n : sizeof ask->query - 1;

	memcpy(ask->query, typed.p, n);
	ask->query[n] = '\0';
	a->adding.ticket = ask->ticket;
	app_ask(a, ask);
}

/* Nobody waits for an answer any more. */
static void forget(struct app *a)
{
	struct adding *g = &a->adding;

	if (g->state == ADD_LOOKING)
		look_at(a, STR(""));
	answer_free(g->answer);
	free(g->taken);
	g->answer = NULL;
	g->taken = NULL;
	g->state = ADD_NOTHING;
	g->ticket = 0;
}

void add_left(struct app *a)
{
	forget(a);
}

void add_free(struct app *a)
{
	answer_free(a->adding.answer);
	free(a->adding.taken);
	buf_free(&a->adding.typed);
	buf_free(&a->adding.urls);
}

static void accept(struct app *a, struct str text)
{
	struct adding *g = &a->adding;

	text = str_trim(text);
	if (text.n == 0)
		return;
	if (a->panel == PANEL_ADD)
		app_close_panel(a);
	buf_clear(&g->typed);
	buf_add(&g->typed, text);
	app_open_panel(a, PANEL_ADD);
	g->state = ADD_LOOKING;
	g->place = 1;
	g->since = g->told = a->ticks;
	look_at(a, text);
}

const struct prompt_kind prompt_add = {
	.history = "addresses",
	.sign = N_("address "),
	.hint = N_("Enter looks · Esc"),
	.accept = accept,
};

void run_feed_add(struct app *a, const struct call *call)
{
	(void)call;
	prompt_open(a, PROMPT_ADD, STR(""));
}

void got_looking(struct app *a, const struct notice *n)
{
	struct adding *g = &a->adding;

	if (g->state != ADD_LOOKING || n->feed != (int64_t)g->ticket)
		return;
	g->place = (int)n->n;
	g->told = a->ticks;
	app_touch(a);
}

/* ---- what was found ---- */

static size_t found_count(const struct adding *g)
{
	const struct address_found *f = &g->answer->address;

	return f->result == PROBE_FEED ? 1 : f->nfound;
}

static struct announced found_at(const struct adding *g, size_t i)
{
	const struct address_found *f = &g->answer->address;

	if (f->result == PROBE_FEED)
		return (struct announced){ .url = f->url, .title = f->title };
	return f->found[i];
}

void got_address(struct app *a, struct answer *answer)
{
	struct adding *g = &a->adding;
	const struct address_found *f = &answer->address;

	if (g->state != ADD_LOOKING || answer->ticket != g->ticket) {
		answer_free(answer);
		return;
	}
	g->answer = answer;
	g->state = answer->error.code == ERR_NONE && (f->result == PROBE_FEED || f->result == PROBE_PAGE) ? ADD_FOUND
												      : ADD_FAILED;
	if (g->state == ADD_FOUND) {
		g->taken = mem_array(found_count(g), sizeof *g->taken);
		g->taken[0] = true;
	}
	a->panel_top = 0;
	panel_go(a, 0);
}

static size_t taken_count(const struct adding *g)
{
	size_t n = 0;

	for (size_t i = 0; i < found_count(g); i++)
		n += g->taken[i];
	return n;
}

bool add_toggle(struct app *a)
{
	struct adding *g = &a->adding;
	int64_t i = a->panel_line - a->choice;

	if (a->panel != PANEL_ADD || a->focus != FOCUS_PANE || g->state != ADD_FOUND)
		return false;
	if (i >= 0 && i < (int64_t)found_count(g))
		g->taken[i] = !g->taken[i];
	app_touch(a);
	return true;
}

static void subscribe(struct app *a)
{
	struct adding *g = &a->adding;

	buf_clear(&g->urls);
	for (size_t i = 0; i < found_count(g); i++)
		if (g->taken[i]) {
			struct str url = found_at(g, i).url;

			buf_add(&g->urls, url);
			buf_add_char(&g->urls, '\n');
		}
	app_close_panel(a);
	if (g->urls.n > 0)
		app_want(a, EFFECT_SUBSCRIBE)->url = buf_view(&g->urls);
}

void add_take(struct app *a)
{
	struct adding *g = &a->adding;
	struct buf typed = buf_limited(2 * EDIT_BYTES);

	if (g->state == ADD_FOUND && taken_count(g) > 0)
		subscribe(a);
	if (g->state == ADD_FAILED) {
		buf_add(&typed, buf_view(&g->typed));
		app_close_panel(a);
		prompt_open(a, PROMPT_ADD, buf_view(&typed));
	}
	buf_free(&typed);
}

void app_subscribed(struct app *a, int64_t ticks, const struct subscribed *s)
{
	a->ticks = ticks;
	a->acting = true;
	if (s->error.code != ERR_NONE)
		app_complain(a, "%s", s->error.text);
	else if (s->added == 0)
		app_message_of(a, _("already subscribed: %s"), s->address);
	else if (s->added == 1)
		app_message_of(a, _("subscribed: %s"), s->address);
	else
		app_message(a, _("subscribed to %d feeds"), s->added);
	a->acting = false;
	a->feeds += s->added;
	if (s->fetching)
		a->refresh = (struct refresh_state){ .running = true, .since = ticks, .total = s->added };
	/* The sample goes: its place is taken by what was subscribed to. */
	if (a->sample && s->added > 0) {
		a->quitting = true;
		app_want(a, EFFECT_QUIT);
	}
}

/* ---- the panel ---- */

static struct str shown_address(struct page *p, struct str url)
{
	struct buf b = buf_limited(16 << 10);

	url_display(url, &b);
	return frame_str(p->frame, &b);
}

static struct str typed_address(struct page *p)
{
	return shown_address(p, buf_view(&p->app->adding.typed));
}

static void address_line(struct page *p)
{
	page_named(p, _("address"), ADDRESS_CELLS, ROLE_META, typed_address(p));
}

static void page_looking(struct page *p)
{
	const struct adding *g = &p->app->adding;
	struct str address = typed_address(p);
	int seconds = (int)((g->told - g->since + 999) / 1000), room;
	struct buf b = buf_limited(1 << 10);
	struct view_line *l;
	struct str said;

	page_blank(p);
	address_line(p);
	page_blank(p);
	l = page_line(p);
	said = frame_retold(p->app, frame_fmt(p->frame, _("looking at %.*s …"), (int)address.n, address.p));
	room = p->width - text_shorten(said, p->width, glyph(p->app->glyphs, GLYPH_CUT), p->app->ambiguous, &b);
	page_put(l, p->frame, frame_str(p->frame, &b), ROLE_TEXT);
	said = frame_fmt(p->frame, _("  %d of %d places, %d s"), g->place, ADD_PLACES, seconds);
	if (text_cells(said, p->app->ambiguous) <= room)
		page_put(l, p->frame, said, ROLE_META);
	page_blank(p);
	page_say(p, ROLE_META, "%s", _("Esc stops · you can go on reading"));
}

static void page_failed(struct page *p)
{
	const struct answer *answer = p->app->adding.answer;
	const char *why = answer->error.code != ERR_NONE ? answer->error.text : answer->address.why.text;
	static const char no_host[] = "no such host: ";

	address_line(p);
	page_blank(p);
	if (str_starts(str_of(why), no_host))
		page_say(p, ROLE_WARN, _("No such host: %s. Is it spelled right?"), why + strlen(no_host));
	else
		page_paragraph(p, ROLE_WARN, frame_retold(p->app, str_of(why)));
	page_say(p, ROLE_META, "%s", _("Enter edits the address · Esc gives up"));
}

static void found_line(struct page *p, size_t i)
{
	const struct adding *g = &p->app->adding;
	struct announced found = found_at(g, i);
	struct view_line *l = page_line(p);
	struct str address = shown_address(p, found.url), name = found.title;
	struct buf b = buf_limited(16 << 10), shown = buf_limited(16 << 10);

	(void)display_line(name.n > 0 ? name : address, &shown);
	name = frame_str(p->frame, &shown);
	page_put(l, p->frame, g->taken[i] ? STR("[x] ") : STR("[ ] "), ROLE_ACCENT);
	page_put(l, p->frame, page_field(p, name, NAME_CELLS), ROLE_TEXT);
	text_shorten(address, p->width - 4 - NAME_CELLS, glyph(p->app->glyphs, GLYPH_CUT), p->app->ambiguous, &b);
	page_put(l, p->frame, frame_str(p->frame, &b), ROLE_META);
}

static void page_found(struct page *p)
{
	const struct adding *g = &p->app->adding;
	struct str address = typed_address(p);
	int n = (int)found_count(g), taken = (int)taken_count(g);

	if (g->answer->address.result == PROBE_FEED)
		page_say(p, ROLE_META, _("%.*s is a feed"), (int)address.n, address.p);
	else
		page_say(p, ROLE_META, many_("%.*s announces %d feed", "%.*s announces %d feeds", n), (int)address.n,
			 address.p, n);
	page_blank(p);
	p->choice = p->n;
	p->choices = n;
	for (int i = 0; i < n; i++)
		found_line(p, (size_t)i);
	page_blank(p);
	page_say(p, ROLE_META, _("Space takes or leaves · Enter subscribes to %d · Esc gives up"), taken);
}

void page_add(struct page *p)
{
	page_say(p, ROLE_TITLE, "%s", _("Add a feed"));
	if (p->app->adding.state == ADD_LOOKING)
		page_looking(p);
	else if (p->app->adding.state == ADD_FOUND)
		page_found(p);
	else if (p->app->adding.state == ADD_FAILED)
		page_failed(p);
}
