/* do_unread - what is read is hidden in lists, or shown again. */
#include <string.h>

#include "lede/base/language.h"
#include "state.h"

static bool option_is_unread(const struct app *a)
{
	return strcmp(config_text(a->config, OPT_SHOW, NULL), "unread") == 0;
}

void show_as_left(struct app *a, int64_t left)
{
	a->unread_only = option_is_unread(a);
	(void)choice_left(left, a->unread_only, &a->unread_only);
}

/* The cursor stays on its story, or goes to the next one below that is shown, else above. */
static void remake_top(struct app *a)
{
	const struct edition_row *row = rows_story(a, a->list[IN_TOP].cursor);
	int64_t story = row ? row->story : 0;

	top_hide(a, NULL);
	top_rebuild(a);
	if (story != 0)               /* else on the row of the end, which stays the last */
		a->list[IN_TOP].cursor = top_nearest(a, a->top.row, a->top.n, story);
	rows_show(a, IN_TOP);
}

/* A list whose rows are elsewhere is made anew when it is entered. */
static void remake_list(struct app *a, enum list_id id)
{
	const struct entry_row *e = rows_entry(a, id, a->list[id].cursor);

	a->list[id].loaded = false;
	if (e)
		rows_load_near(a, id, &(struct list_anchor){ e->time, e->feed, e->id });
	else if (a->at == id)
		rows_load(a, id, true);
}

void run_unread_only(struct app *a, const struct call *call)
{
	(void)call;
	a->unread_only = !a->unread_only;
	remember_choice(a, "show", a->unread_only, option_is_unread(a));
	remake_top(a);
	for (int id = 0; id < LIST_COUNT; id++)
		if (id != IN_TOP && id != IN_FEEDS)
			remake_list(a, (enum list_id)id);
	rows_cursor_moved(a);
	app_message(a, a->unread_only ? _("what is read is hidden") : _("what is read is shown"));
}
