/* lines_fit [WIDTH] - no line is wider than its box, and its cells are those of its text: all
 * titles and entry bodies of shared/corpora/feeds/real and the texts of
 * shared/corpora/articles/gold, drawn and sent as in UTF-8 and as in the C locale, ambiguous
 * characters counted 1 and 2. Without a width at four of them, which is what `make check` runs.
 * Exits with 1 at the first line that does not fit, with 77 without the corpora.
 */
#include <stdio.h>
#include <stdlib.h>

#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "lede/text/width.h"
#include "lede/text/wrap.h"
#include "lede/tui/cell_chars.h"
#include "texts.h"

enum { LEAST_W = 20, MOST_W = 200, BESIDE = 8 };

static const struct rich_glyphs glyph_sets[] = { { "•", "│", "─", "…" }, { "*", ">", "-", ".." } };

/* A box as wide as the lines may be, in a screen that goes on beside it. */
struct box {
	int width, ambiguous;
	bool utf8;
	struct screen *screen;
};

static void does_not_fit(const char *what, struct str line, const struct box *b, int cells)
{
	printf("%s takes %d cells at width %d, ambiguous %d: %.*s\n", what, cells, b->width,
	       b->ambiguous, (int)line.n, line.p);
	exit(1);
}

static int cells_of(struct str chars, int ambiguous)
{
	int sum = 0;

	for (size_t at = 0, n; at < chars.n; at += n)
		sum += unicode_cells(utf8_at(chars, at, &n), ambiguous);
	return sum;
}

/* As a terminal counts it that sums the characters it is sent. */
static int sent_cells(const struct box *b, int drawn)
{
	int sum = 0;

	for (int x = 0; x < drawn; x++) {
		const struct cell *c = screen_at(b->screen, x, 0);
		struct cell_chars chars;

		if (c->text[0] == '\0')
			continue;
		cell_chars_of(c, 1 + (screen_at(b->screen, x + 1, 0)->text[0] == '\0'),
		              b->ambiguous, b->utf8, &chars);
		sum += cells_of((struct str){ chars.text, chars.n }, b->ambiguous);
	}
	return sum;
}

/* The line says its cells, counting says the same, and so much is drawn and sent. */
static void check(const char *what, struct str line, int cells, const struct box *b)
{
	int drawn = screen_text(b->screen, 0, 0, b->width + BESIDE, line, ROLE_TEXT);
	int sent = sent_cells(b, drawn);

	if (cells > b->width || cells < 0)
		does_not_fit(what, line, b, cells);
	if (text_cells(line, b->ambiguous) != cells || drawn != cells || sent != cells)
		does_not_fit(what, line, b, sent);
	screen_fill(b->screen, 0, 0, drawn, ' ', ROLE_BACKGROUND);
}

static size_t check_doc(const struct rich *doc, const struct layout_options *o, const struct box *b)
{
	struct layout *l = layout_new(doc, o);
	size_t n;

	layout_reach(l, SIZE_MAX);
	n = layout_count(l);
	for (size_t i = 0; i < n; i++)
		check("a line", layout_line(l, i)->text, layout_line(l, i)->cells, b);
	layout_free(l);
	return n;
}

/* As a row of a list, cut, and as the head of an article, wrapped. */
static void check_title(struct str title, const char *cut_mark, const struct box *b)
{
	struct buf cut = buf_limited(title.n + 64);
	uint8_t *at = mem_array(title.n + 1, 1);
	struct wrap_line line;
	int cells = text_shorten(title, b->width, cut_mark, b->ambiguous, &cut);

	check("a title", buf_view(&cut), cells, b);
	wrap_breaks(title, 0, at);
	for (size_t from = 0; from < title.n;) {
		from = wrap_next(title, at, from, b->width, b->ambiguous, &line, NULL);
		check("a line of a title", str_sub(title, line.from, line.to), line.cells, b);
	}
	free(at);
	buf_free(&cut);
}

/* One setting: k / 2 is the locale, k % 2 the width of what is ambiguous. */
static size_t check_look(const struct texts *t, int width, int k)
{
	const struct layout_options o = { .width = width,
		                          .ambiguous = 1 + k % 2,
		                          .glyphs = glyph_sets[k / 2] };
	struct box b = { width, o.ambiguous, k < 2, screen_new(width + BESIDE, 1) };
	size_t lines = 0;

	screen_clear(b.screen, o.ambiguous);
	for (size_t i = 0; i < t->ndocs; i++)
		lines += check_doc(t->doc[i], &o, &b);
	for (size_t i = 0; i < t->ntitles; i++)
		check_title(t->title[i], o.glyphs.cut, &b);
	screen_free(b.screen);
	return lines;
}

static void check_width(const struct texts *t, int width)
{
	size_t lines = 0;

	for (int k = 0; k < 4; k++)
		lines += check_look(t, width, k);
	printf("width %d: %zu lines of %zu texts and %zu titles fit\n", width, lines, t->ndocs,
	       t->ntitles);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	static const int widths[] = { 20, 66, 80, 200 };
	int w = texts_width(argc, argv, LEAST_W, MOST_W);
	struct texts t;
	bool there;

	texts_read(&t);
	there = t.files > 0;
	if (there && w != 0)
		check_width(&t, w);
	for (size_t i = 0; there && w == 0 && i < sizeof widths / sizeof *widths; i++)
		check_width(&t, widths[i]);
	texts_free(&t);
	return there ? 0 : TEXTS_SKIPPED;
}
