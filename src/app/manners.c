/* manners - what options, and the terminal's speed, make of the screen's ways: how the cursor looks
 * and the list moves, and what the terminal is told beside cells.
 */
#include <string.h>

#include "state.h"

static bool is_set(const struct app *a, enum option_id id, const char *value)
{
	return strcmp(config_text(a->config, id, NULL), value) == 0;
}

static bool is_low(const struct app *a)
{
	return is_set(a, OPT_LOW_BANDWIDTH, "yes") || (is_set(a, OPT_LOW_BANDWIDTH, "auto") && a->slow);
}

static enum cursor_style style_of(const struct app *a)
{
	return is_set(a, OPT_CURSOR, "marker") ? CURSOR_MARKER
	       : is_set(a, OPT_CURSOR, "bar")  ? CURSOR_BAR
	                                       : CURSOR_LINE;
}

static void choose_layout(struct app *a, bool low)
{
	enum layout_wish wish = low ? WISH_SINGLE : WISH_AUTO;

	if (!is_set(a, OPT_LAYOUT, "auto") || a->wish.layout == wish)
		return;
	a->wish.layout = wish;
	app_measure(a);
}

/* At every event: :set may have changed them. */
void manners_read(struct app *a)
{
	struct manners *m = &a->manners;
	bool low = is_low(a);

	m->low = low;
	m->half = low || is_set(a, OPT_SCROLL, "half");
	m->cursor = low ? CURSOR_MARKER : style_of(a);
	m->terminal = (struct view_manners){
		.mouse = is_set(a, OPT_MOUSE, "yes"),
		.title = !low && is_set(a, OPT_WINDOW_TITLE, "yes"),
		.links = !low && !is_set(a, OPT_HYPERLINKS, "no"),
		.links_surely = is_set(a, OPT_HYPERLINKS, "yes"),
		.synchronized = is_set(a, OPT_SYNCHRONIZED_OUTPUT, "yes"),
		.paste = is_set(a, OPT_BRACKETED_PASTE, "yes"),
	};
	choose_layout(a, low);
}
