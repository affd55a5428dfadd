#include "lede/app/geometry.h"

/* The numbers are those of SCREENS.md, section 2. */
enum {
	MIN_W = 20, MIN_H = 5,
	COLUMNS_FROM_W = 100, COLUMNS_LEAST_W = 71, COLUMNS_FROM_H = 8,
	STACKED_FROM_W = 40, STACKED_FROM_H = 30, STACKED_LEAST_H = 16,
	LIST_LEAST = 30, ARTICLE_LEAST = 40,
	COMFORTABLE_LINES = 24, COMFORTABLE_CELLS = 36
};

static int clamp(int low, int x, int high)
{
	if (x > high)
		x = high;
	return x < low ? low : x;
}

static void place_rows(int w, int h, struct geometry *out)
{
	int first = h >= 20 ? 2 : h >= 8 ? 1 : 0;
	int last = h >= 30 ? h - 3 : h - 2;

	out->header = h >= 8 ? 0 : -1;
	out->status = h - 1;
	out->body = (struct rect){ 0, first, w, last - first + 1 };
}

static bool columns_fit(int w, int h)
{
	return w >= COLUMNS_LEAST_W && h >= COLUMNS_FROM_H;
}

static bool stacked_fits(int w, int h)
{
	return w >= STACKED_FROM_W && h >= STACKED_LEAST_H;
}

static enum layout_kind choose_layout(int w, int h, enum layout_wish wish, bool *refused)
{
	*refused = false;
	switch (wish) {
	case WISH_COLUMNS:
		*refused = !columns_fit(w, h);
		return *refused ? LAYOUT_SINGLE : LAYOUT_COLUMNS;
	case WISH_STACKED:
		*refused = !stacked_fits(w, h);
		return *refused ? LAYOUT_SINGLE : LAYOUT_STACKED;
	case WISH_SINGLE:
		return LAYOUT_SINGLE;
	case WISH_AUTO:
		break;
	}
	if (w >= COLUMNS_FROM_W && h >= COLUMNS_FROM_H)
		return LAYOUT_COLUMNS;
	if (w >= STACKED_FROM_W && w < COLUMNS_FROM_W && h >= STACKED_FROM_H)
		return LAYOUT_STACKED;
	return LAYOUT_SINGLE;
}

static void place_columns(const struct geometry_wish *wish, struct geometry *out)
{
	struct rect body = out->body;
	int width = clamp(44, 42 * out->w / 100, 72);

	if (wish->split > 0)
		width = clamp(LIST_LEAST, wish->split, out->w - ARTICLE_LEAST - 1);
	else if (width > out->w - ARTICLE_LEAST - 1)
		width = clamp(LIST_LEAST, out->w - ARTICLE_LEAST - 1, 72);
	out->list = (struct rect){ 0, body.y, width, body.h };
	out->rule = (struct rect){ width, body.y, 1, body.h };
	out->article = (struct rect){ width + 1, body.y, out->w - width - 1, body.h };
}

static void place_stacked(const struct geometry_wish *wish, struct geometry *out)
{
	struct rect body = out->body;
	int lines = 40 * body.h / 100;

	if (wish->split_rows > 0)
		lines = clamp(5, wish->split_rows, body.h - 9);
	else if (lines < 5)
		lines = 5;
	out->list = (struct rect){ 0, body.y, body.w, lines };
	out->rule = (struct rect){ 0, body.y + lines, body.w, 1 };
	out->article = (struct rect){ 0, body.y + lines + 1, body.w, body.h - lines - 1 };
}

/* Centred when there is more room than the text may take; 2 cells of margin left and right
 * otherwise. */
static void place_text(const struct geometry_wish *wish, struct geometry *out)
{
	int room = out->article.w - 4;
	int width = room < wish->text_width ? room : wish->text_width;

	out->text = out->article;
	out->text.x = out->article.x + 2 + (room - width) / 2;
	out->text.w = width;
}

static void choose_rows(const struct geometry_wish *wish, struct geometry *out)
{
	out->comfortable = wish->rows == ROWS_COMFORTABLE ? out->list.w >= COMFORTABLE_CELLS :
		wish->rows == ROWS_DENSE ? false :
		out->list.h >= COMFORTABLE_LINES && out->list.w >= COMFORTABLE_CELLS;
	/* A screen of one pane is comfortable only when it was asked for: 80x40 shows twice as much
	 * dense. */
	out->row_lines = out->comfortable ? 2 : 1;
}

void geometry_of(int w, int h, const struct geometry_wish *wish, struct geometry *out)
{
	*out = (struct geometry){ .w = w, .h = h };
	if (w < MIN_W || h < MIN_H) {
		out->layout = LAYOUT_TOO_SMALL;
		out->row_lines = 1;
		return;
	}
	place_rows(w, h, out);
	out->layout = choose_layout(w, h, wish->layout, &out->wish_refused);
	if (out->layout == LAYOUT_COLUMNS)
		place_columns(wish, out);
	else if (out->layout == LAYOUT_STACKED)
		place_stacked(wish, out);
	else
		out->list = out->article = out->body;
	place_text(wish, out);
	choose_rows(wish, out);
}
