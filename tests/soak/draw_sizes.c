/* draw_sizes [WIDTH] - the reader's screens at one width and every height from 5 to 60, in every
 * set of glyphs; without a width, at a few sizes, which is what `make check` runs. Exits with 1 at
 * the first frame that is not sound.
 */
#include <stdio.h>

#include "reading.h"

enum { LEAST_W = 20, MOST_W = 200, LEAST_H = 5, MOST_H = 60, PAGES_MAX = 400 };

static const struct look {
	const char *name;
	enum glyph_set glyphs;
	int ambiguous;
} looks[] = {
	{ "unicode", GLYPHS_UNICODE, 1 },
	{ "console", GLYPHS_CONSOLE, 1 },
	{ "ascii", GLYPHS_ASCII, 1 },
	{ "ascii, ambiguous wide", GLYPHS_ASCII, 2 },
};

static void press_and_draw(struct reading *r, const char *keys)
{
	r->doing = keys;
	reading_press(r, keys);
	reading_draw(r);
	reading_rest(r);
	reading_draw(r);
}

/* Down the list, row by row or by half pages: every row has been under the cursor, and its article
 * beside it. */
static void walk_list(struct reading *r, const char *step, int steps)
{
	press_and_draw(r, "g");
	for (int i = 0; i < steps; i++)
		press_and_draw(r, step);
	press_and_draw(r, "G");
}

static void draw_lists(struct reading *r)
{
	press_and_draw(r, "Esc Esc Esc");
	walk_list(r, "^D", 6);
	press_and_draw(r, "z");
	press_and_draw(r, "]");
	walk_list(r, "^F", 4);
	press_and_draw(r, "]");
	walk_list(r, "j", 3);
	press_and_draw(r, "e");
	press_and_draw(r, "e");
	press_and_draw(r, "Enter");
	walk_list(r, "^F", 2);
	press_and_draw(r, "h ]");
	walk_list(r, "j", 3);
	press_and_draw(r, "]");
}

static void draw_panels(struct reading *r)
{
	press_and_draw(r, "?");
	for (int i = 0; i < 8; i++)
		press_and_draw(r, "^D");
	press_and_draw(r, "Esc");
	press_and_draw(r, "e");
	press_and_draw(r, "j j j");
	press_and_draw(r, "Esc");
	press_and_draw(r, "1 2 3 4 5 6 7 8 9");
	press_and_draw(r, "K");
}

/* All of one article, line by line where the pane is small. */
static void draw_article(struct reading *r, int n)
{
	press_and_draw(r, "g");
	for (int i = 0; i < n; i++)
		reading_press(r, "j");
	reading_rest(r);
	press_and_draw(r, "Enter");
	for (int i = 0; i < 6; i++)
		press_and_draw(r, "^F");
	press_and_draw(r, "G");
	press_and_draw(r, "h");
}

/* Every article from beginning to end: lines depend on the width only. */
static void draw_all_articles(struct reading *r, int stories)
{
	reading_press(r, "Esc Esc Esc g");
	for (int i = 0; i < stories; i++) {
		press_and_draw(r, "Enter");
		for (int page = 0; page < PAGES_MAX && !r->quit; page++) {
			int lines = r->view.pane.nlines;

			press_and_draw(r, "^F");
			if (lines < r->view.g.text.h)
				break;
		}
		press_and_draw(r, "h");
		press_and_draw(r, "j");
	}
}

static void draw_width(const struct look *look, int w, int h_step)
{
	struct reading r;
	int n = 0;

	reading_open(&r, &(struct reading_setup){ .w = w,
	                                          .h = MOST_H,
	                                          .glyphs = look->glyphs,
	                                          .ambiguous = look->ambiguous,
	                                          .sample = true });
	r.doing = "the welcome";
	for (int h = LEAST_H; h <= MOST_H; h += h_step) {
		reading_resize(&r, w, h);
		reading_draw(&r);
	}
	for (int h = LEAST_H; h <= MOST_H; h += h_step) {
		reading_resize(&r, w, h);
		draw_lists(&r);
		draw_panels(&r);
		draw_article(&r, n++);
	}
	reading_resize(&r, w, MOST_H);
	draw_all_articles(&r, h_step == 1 ? 200 : 12);
	reading_close(&r);
}

static void draw_sample(void)
{
	static const int widths[] = { 20, 39, 71, 100, 157 };

	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
		draw_width(&looks[i % (sizeof looks / sizeof *looks)], widths[i], 17);
}

int main(int argc, char **argv)
{
	int64_t w;

	if (argc < 2) {
		draw_sample();
		return 0;
	}
	if (!str_to_int(str_of(argv[1]), LEAST_W, MOST_W, &w)) {
		fprintf(stderr, "draw_sizes: a width from %d to %d is wanted\n", LEAST_W, MOST_W);
		return 2;
	}
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		printf("%d columns, %s\n", (int)w, looks[i].name);
		fflush(stdout);
		draw_width(&looks[i], (int)w, 1);
	}
	return 0;
}
