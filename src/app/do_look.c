/* do_look - how the screen looks: its theme, the rows of its list, where the split stands. */
#include <stdio.h>
#include <string.h>

#include "lede/base/language.h"
#include "lede/text/width.h"
#include "page.h"

/* ---- rows and split: kept in the cache, until the option says something else ---- */

enum { KEPT = 1 << 12, OPTION_SHIFT = 16, CELLS_A_COUNT = 2 };

static int *wish_of(struct app *a, enum kept_look which)
{
	return which == KEPT_SPLIT ? &a->wish.split : &a->wish.split_rows;
}

static int wished(struct app *a, enum kept_look which)
{
	return which == KEPT_ROWS ? (int)a->wish.rows : *wish_of(a, which);
}

static void keep(struct app *a, enum kept_look which)
{
	struct job *job = job_new(JOB_NUMBER);

	snprintf(job->name, sizeof job->name, "%s", kept_look_name(which));
	job->value = wished(a, which) | KEPT | (int64_t)a->option_looks[which] << OPTION_SHIFT;
	app_tell(a, job);
}

void look_as_set(struct app *a)
{
	for (int i = 0; i < KEPT_LOOKS; i++)
		a->option_looks[i] = wished(a, (enum kept_look)i);
}

void look_as_left(struct app *a, const int64_t left[KEPT_LOOKS])
{
	if (a->looks_taken)
		return;
	a->looks_taken = true;
	for (int i = 0; i < KEPT_LOOKS; i++) {
		int value = (int)(left[i] & (KEPT - 1));

		if (!(left[i] & KEPT) || left[i] >> OPTION_SHIFT != a->option_looks[i])
			continue;
		if (i != KEPT_ROWS)
			*wish_of(a, (enum kept_look)i) = value;
		else if (value <= ROWS_DENSE)
			a->wish.rows = (enum rows_wish)value;
	}
	app_measure(a);
}

void run_rows(struct app *a, const struct call *call)
{
	static const char *const said[] = {
		[ROWS_AUTO] = N_("rows = auto"),
		[ROWS_COMFORTABLE] = N_("rows = comfortable"),
		[ROWS_DENSE] = N_("rows = dense"),
	};

	(void)call;
	a->wish.rows = (enum rows_wish)((a->wish.rows + 1) % (ROWS_DENSE + 1));
	keep(a, KEPT_ROWS);
	app_measure(a);
	app_message(a, "%s", _(said[a->wish.rows]));
}

static int split_now(const struct app *a)
{
	return a->g.layout == LAYOUT_STACKED ? a->g.list.h : a->g.list.w;
}

static enum kept_look split_of(const struct app *a)
{
	return a->g.layout == LAYOUT_STACKED ? KEPT_SPLIT_ROWS : KEPT_SPLIT;
}

void split_to(struct app *a, int size)
{
	int *wish = wish_of(a, split_of(a));

	*wish = size > 1 ? size : 1;
	app_measure(a);
	*wish = split_now(a);
}

void split_keep(struct app *a)
{
	if (a->g.layout != LAYOUT_SINGLE)
		keep(a, split_of(a));
}

static void move_split(struct app *a, const struct call *call, int direction)
{
	bool stacked = a->g.layout == LAYOUT_STACKED;
	int by = direction * (stacked ? 1 : CELLS_A_COUNT) * (call->count > 0 ? call->count : 1);
	int before = split_now(a);

	if (a->g.layout == LAYOUT_SINGLE) {
		app_message(a, "%s", _("one pane is shown: there is no split"));
		return;
	}
	split_to(a, before + by);
	if (split_now(a) != before)
		split_keep(a);
}

void run_split_left(struct app *a, const struct call *call)
{
	move_split(a, call, -1);
}

void run_split_right(struct app *a, const struct call *call)
{
	move_split(a, call, 1);
}

/* ---- themes ---- */

enum { NAME_CELLS = 16 };

static int theme_row(const struct app *a, const char *name)
{
	for (int i = 0; i < a->nthemes; i++)
		if (strcmp(a->theme[i].name, name) == 0)
			return i;
	return 0;
}

static void wear(struct app *a, const char *name)
{
	if (strcmp(a->theme_worn, name) == 0)
		return;
	a->theme_worn = name;
	app_want(a, EFFECT_THEME)->theme = name;
}

bool theme_set(struct app *a, const char *name)
{
	for (int i = 0; i < a->nthemes; i++)
		if (strcmp(a->theme[i].name, name) == 0) {
			a->theme_kept = a->theme[i].name;
			wear(a, a->theme_kept);
			return true;
		}
	return false;
}

static const struct theme_name *theme_chosen(const struct app *a)
{
	int64_t i = a->panel_line - a->choice;

	return i >= 0 && i < a->nthemes ? &a->theme[i] : NULL;
}

void run_themes(struct app *a, const struct call *call)
{
	struct arena *frame;
	struct view_line *lines;

	(void)call;
	if (a->panel == PANEL_THEMES) {
		app_close_panel(a);
		return;
	}
	if (a->nthemes == 0)
		return;
	app_open_panel(a, PANEL_THEMES);
	frame = arena_new();
	panel_lines(a, frame, &lines);
	arena_free(frame);
	panel_go(a, a->choice + theme_row(a, a->theme_kept));
}

void themes_moved(struct app *a)
{
	const struct theme_name *t = theme_chosen(a);

	if (t)
		wear(a, t->name);
}

void themes_left(struct app *a)
{
	wear(a, a->theme_kept);
}

void themes_take(struct app *a)
{
	const struct theme_name *t = theme_chosen(a);

	if (t && strcmp(t->name, a->theme_kept) != 0) {
		struct effect *e = app_want(a, EFFECT_KEEP);

		e->option = OPT_THEME;
		e->value = a->theme_kept = t->name;
		app_message(a, _("kept: theme = %s"), t->name);
	}
	app_close_panel(a);
}

/* "The quick headline read one source · 2h accent link.example error" in the colours of the theme
 * that is worn. */
static void sample_of_theme(struct page *p)
{
	static const struct { const char *text; enum role role; } words[] = {
		{ N_("The quick headline"), ROLE_HEADLINE_TOP }, { N_("read"), ROLE_HEADLINE_READ },
		{ N_("one source · 2h"), ROLE_META },            { N_("accent"), ROLE_ACCENT },
		{ "link.example", ROLE_LINK },                   { N_("error"), ROLE_ERROR },
	};
	struct view_line *l = page_line(p);
	int room = p->width;

	for (size_t i = 0; i < sizeof words / sizeof *words && room > 0; i++) {
		struct buf b = buf_limited(256);
		struct str said = str_of(_(words[i].text));
		int cells = text_shorten(said, room, glyph(p->app->glyphs, GLYPH_CUT), p->app->ambiguous, &b);

		room -= cells + 1;
		if (room > 0 && i + 1 < sizeof words / sizeof *words)
			(void)buf_add_char(&b, ' ');
		page_put(l, p->frame, frame_sentence(p->app, &b), words[i].role);
	}
}

static void theme_line(struct page *p, const struct theme_name *t)
{
	struct app *a = p->app;
	struct view_line *l = page_line(p);
	struct str about = str_of(_(t->about));
	struct buf b = buf_limited(256);

	if (strcmp(t->name, "auto") == 0)
		about = frame_fmt(p->frame,
		                  _("dark or light, as the terminal answers (now: %s)"),
		                  a->theme_auto);
	l->indent = 1;
	l->lead = text_cells(str_of(t->name), a->ambiguous);
	page_put(l, p->frame, page_field(p, str_of(t->name), NAME_CELLS), ROLE_TEXT);
	text_shorten(about, p->width + 1 - NAME_CELLS, glyph(a->glyphs, GLYPH_CUT), a->ambiguous, &b);
	page_put(l, p->frame, frame_str(p->frame, &b), ROLE_META);
}

void page_themes(struct page *p)
{
	const struct app *a = p->app;

	page_say(p, ROLE_TITLE, "%s", _("Themes"));
	page_say(p, ROLE_META, "%s", _("the whole screen shows the line you are on"));
	page_blank(p);
	p->choice = p->n;
	p->choices = a->nthemes;
	for (int i = 0; i < a->nthemes; i++)
		theme_line(p, &a->theme[i]);
	page_blank(p);
	sample_of_theme(p);
	page_blank(p);
	page_say(p, ROLE_META, _("Enter keeps it (theme = %s) · q goes back to %s"), a->theme_worn,
	         a->theme_kept);
}
