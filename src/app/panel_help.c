/* panel_help - the panel of all keys: what it lists, the words it is searched for, what a line runs. */
#include "lede/app/colon.h"
#include "lede/base/language.h"
#include "lede/text/width.h"
#include "page.h"

enum { KEYS_CELLS = 17, KEYS_FOUND_CELLS = 15, NAME_CELLS = 14, NAME_FOUND_CELLS = 15 };

/* ---- what is listed ---- */

/* One line. group: GROUP_*, ELSEWHERE, or SAID for what is typed at `:`. */
enum { ELSEWHERE = GROUP_SCREEN + 1, SAID };
struct help_row {
	const struct command *command;    /* NULL: typed at `:` */
	int group;
	struct str keys, name, help;
};
struct help_rows { struct help_row *row; int n, cap; struct arena *arena; };

static struct help_row *add_row(struct help_rows *to)
{
	if (to->n == to->cap) {
		int cap = to->cap ? 2 * to->cap : 128;
		struct help_row *more = arena_alloc(to->arena, (size_t)cap * sizeof *more);

		if (to->n > 0)
			memcpy(more, to->row, (size_t)to->n * sizeof *more);
		to->row = more;
		to->cap = cap;
	}
	return &to->row[to->n++];
}

static unsigned help_context(const struct app *a)
{
	if (a->panel_from == FOCUS_PANE)
		return ON_ARTICLE;
	return a->at == IN_FEEDS ? ON_FEEDS : a->at == IN_ENTRIES ? ON_ENTRIES : ON_LIST;
}

static void add_command(struct app *a, struct help_rows *to, const struct command *c, int group)
{
	struct buf keys = buf_limited(1024);

	keymap_keys(a->keys, c, group == ELSEWHERE ? c->where : help_context(a), &keys);
	*add_row(to) = (struct help_row){ c, group, frame_str(to->arena, &keys), str_of(c->name), str_of(_(c->help)) };
}

/* The commands of this context by group, then the others. */
static void add_commands(struct app *a, struct help_rows *to)
{
	unsigned on = help_context(a);

	for (int g = GROUP_MOVE; g <= GROUP_SCREEN; g++)
		for (size_t i = 0; i < command_count; i++)
			if ((int)command_table[i].group == g && (command_table[i].where & on))
				add_command(a, to, &command_table[i], g);
	for (size_t i = 0; i < command_count; i++)
		if (!(command_table[i].where & on))
			add_command(a, to, &command_table[i], ELSEWHERE);
}

/* What is typed at `:`, options with their value. */
static void add_said(struct app *a, struct help_rows *to)
{
	struct str colon = STR(":");

	for (size_t i = 0; i < colon_count; i++)
		*add_row(to) = (struct help_row){ NULL, SAID, colon, str_of(colon_table[i].name), str_of(_(colon_table[i].help)) };
	for (int i = 0; i < OPTION_COUNT; i++) {
		const struct option *o = &option_table[i];

		if (o->scope & SCOPE_GLOBAL)
			*add_row(to) = (struct help_row){
				NULL, SAID, colon,
				frame_fmt(to->arena, "set %s=%s", o->name, config_text(a->config, (enum option_id)i, NULL)),
				option_in_short((enum option_id)i),
			};
	}
}

static bool holds(const struct help_row *row, struct str words)
{
	return str_find_nocase(row->keys, words) != SIZE_MAX || str_find_nocase(row->name, words) != SIZE_MAX ||
	       str_find_nocase(row->help, words) != SIZE_MAX;
}

/* Those that hold the words; *all: how many there are. */
static struct help_rows found_rows(struct app *a, struct arena *arena, int *all)
{
	struct help_rows rows = { .arena = arena };
	int n = 0;

	add_commands(a, &rows);
	add_said(a, &rows);
	*all = rows.n;
	for (int i = 0; i < rows.n; i++)
		if (holds(&rows.row[i], buf_view(&a->help_words)))
			rows.row[n++] = rows.row[i];
	rows.n = n;
	return rows;
}

/* ---- the page ---- */

/* One line a row, whatever the width, since Enter runs the line: the name goes first, then keys and sentence share. */
static void row_line(struct page *p, const struct help_row *row, int keys, int name)
{
	struct view_line *l = page_line(p);
	struct buf b = buf_limited(512);

	page_put(l, p->frame, page_field(p, row->keys, keys), ROLE_ACCENT);
	if (name > 0)
		page_put(l, p->frame, page_field(p, row->name, name), ROLE_META);
	text_shorten(row->help, p->width - keys - name, glyph(p->app->glyphs, GLYPH_CUT), p->app->ambiguous, &b);
	page_put(l, p->frame, frame_str(p->frame, &b), ROLE_TEXT);
}

static int cells_of(const struct page *p, struct str s)
{
	return text_cells(s, p->app->ambiguous);
}

/* Fields wide enough for what was found, where the page is wide enough for that. */
static void found_fields(const struct page *p, const struct help_rows *rows, int *keys, int *name)
{
	*keys = KEYS_FOUND_CELLS;
	*name = NAME_FOUND_CELLS;
	for (int i = 0; i < rows->n; i++) {
		int k = cells_of(p, rows->row[i].keys) + 2, n = cells_of(p, rows->row[i].name) + 2;

		*keys = k > *keys ? k : *keys;
		*name = n > *name ? n : *name;
	}
	*name = *name > p->width / 2 ? p->width / 2 : *name;
	if (p->width < 48)
		*name = 0;
	*keys = *keys > p->width / 2 ? p->width / 2 : *keys;
}

static void searched(struct page *p)
{
	struct app *a = p->app;
	int all, keys, name;
	struct help_rows rows = found_rows(a, p->frame, &all);

	found_fields(p, &rows, &keys, &name);
	page_say(p, ROLE_META, _("all screens · %d of %d lines hold “%s”"), rows.n, all, buf_cstr(&a->help_words));
	page_blank(p);
	p->choice = p->n;
	p->choices = rows.n;
	for (int i = 0; i < rows.n; i++)
		row_line(p, &rows.row[i], keys, name);
}

static const char *context_name(const struct app *a)
{
	if (a->panel_from == FOCUS_PANE)
		return _("article");
	switch (a->at) {
	case IN_TOP: return _("Top, list");
	case IN_LATEST: return _("Latest, list");
	case IN_STARRED: return _("Starred, list");
	case IN_FILLER: return _("Filler, list");
	case IN_SEARCH: return _("Search, list");
	case IN_FEEDS: return _("Feeds");
	default: return _("a feed’s entries");
	}
}

static const char *heading(int group)
{
	if (group == SAID)
		return _("TYPED AT :");
	return group == ELSEWHERE ? _("ELSEWHERE") : _(command_group_name((enum command_group)group));
}

/* With headings; *which (may be NULL) is the row on line `line`. */
static void all_lines(struct page *p, int64_t line, struct help_row *which)
{
	struct help_rows rows = { .arena = p->frame };
	int group = -1, keys = p->width >= 32 ? KEYS_CELLS : p->width / 2, name = p->width >= 48 ? NAME_CELLS : 0;

	add_commands(p->app, &rows);
	page_say(p, ROLE_META, _("%s · / searches this page · Enter runs the line · q closes"), context_name(p->app));
	for (int i = 0; i < rows.n; i++) {
		if (rows.row[i].group != group) {
			page_blank(p);
			page_put(page_line(p), p->frame, str_of(heading(rows.row[i].group)), ROLE_LABEL);
		}
		group = rows.row[i].group;
		if (which && p->n == line)
			*which = rows.row[i];
		row_line(p, &rows.row[i], keys, name);
	}
	page_blank(p);
	page_say(p, ROLE_META, "%s", _("digits before a key: how often, or to which rank"));
}

void page_help(struct page *p)
{
	page_say(p, ROLE_TITLE, "%s", _("Help"));
	if (p->app->help_words.n > 0)
		searched(p);
	else
		all_lines(p, 0, NULL);
}

/* ---- running a line ---- */

static struct help_row row_of_line(struct app *a, struct arena *arena, int64_t line)
{
	struct page p = { .app = a, .frame = arena, .width = a->g.article.w - 4 };
	struct help_row row = { .group = -1 };
	int all;

	if (a->help_words.n > 0) {
		struct help_rows rows = found_rows(a, arena, &all);

		return line >= a->choice && line - a->choice < rows.n ? rows.row[line - a->choice] : row;
	}
	page_say(&p, ROLE_TITLE, "%s", _("Help"));
	all_lines(&p, line, &row);
	return row;
}

void help_take(struct app *a)
{
	struct arena *arena = arena_new();
	struct help_row row = row_of_line(a, arena, a->panel_line);

	if (row.command) {
		app_close_panel(a);
		row.command->run(a, &(struct call){ .count = 0 });
	} else if (row.group == SAID) {
		app_close_panel(a);
		prompt_open(a, PROMPT_COMMAND, row.name);
	}
	arena_free(arena);
}

/* ---- the words ---- */

static void set_words(struct app *a, struct str words)
{
	buf_clear(&a->help_words);
	buf_add(&a->help_words, words);
	a->panel_top = 0;
	panel_go(a, 0);
}

static void keep_words(struct app *a, struct str words)
{
	set_words(a, words);
}

static void clear_words(struct app *a)
{
	set_words(a, STR(""));
}

const struct prompt_kind prompt_help = {
	.history = "help",
	.sign = "/",
	.hint = N_("Enter keep · Esc clear"),
	.accept = keep_words,
	.changed = set_words,
	.gave_up = clear_words,
};

static bool has_focus(const struct app *a)
{
	return a->panel == PANEL_HELP && a->focus == FOCUS_PANE;
}

bool help_search(struct app *a)
{
	struct buf words = buf_limited(2 * EDIT_BYTES);

	if (!has_focus(a))
		return false;
	buf_add(&words, buf_view(&a->help_words));
	prompt_open(a, PROMPT_HELP, buf_view(&words));
	buf_free(&words);
	return true;
}

bool help_next(struct app *a, int by)
{
	int64_t to = a->panel_line + by;

	if (!has_focus(a) || a->help_words.n == 0)
		return false;
	if (to >= a->choice && to < a->choice + a->choices)
		panel_go(a, to);
	else
		app_message(a, "%s", by > 0 ? _("no more lines hold it") : _("none before"));
	return true;
}

void run_help(struct app *a, const struct call *call)
{
	(void)call;
	if (a->panel == PANEL_HELP) {
		app_close_panel(a);
		return;
	}
	buf_clear(&a->help_words);
	app_open_panel(a, PANEL_HELP);
}
