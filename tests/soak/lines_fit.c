/* lines_fit [WIDTH] - no line is wider than its box, and its cells are those of its text: all
 * titles and entry bodies of shared/corpora/feeds/real and the texts of
 * shared/corpora/articles/gold, with the marks of UTF-8 and of the C locale, ambiguous characters
 * counted 1 and 2. Without a width at four of them, which is what `make check` runs. Exits with 1
 * at the first line that does not fit, with 77 without the corpora.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "lede/base/file.h"
#include "lede/base/mem.h"
#include "lede/feed/feed.h"
#include "lede/text/display.h"
#include "lede/text/rich.h"
#include "lede/text/width.h"
#include "lede/text/wrap.h"

enum { LEAST_W = 20, MOST_W = 200, FILE_LIMIT = 64 << 20, SKIPPED = 77 };

static const struct rich_glyphs glyph_sets[] = { { "•", "│", "─", "…" }, { "*", ">", "-", ".." } };

/* What there is to draw: documents, and titles in display form. */
struct corpus {
	struct rich **doc; size_t ndocs, docs_cap;
	struct str *title; size_t ntitles, titles_cap;
	struct arena *arena;
	size_t files;
};

static void add_doc(struct corpus *c, struct rich *doc)
{
	c->doc = mem_grow(c->doc, &c->docs_cap, c->ndocs + 1, sizeof *c->doc);
	c->doc[c->ndocs++] = doc;
}

static void add_title(struct corpus *c, struct str title)
{
	struct buf shown = buf_limited(FILE_LIMIT);

	display_line(title, &shown);
	c->title = mem_grow(c->title, &c->titles_cap, c->ntitles + 1, sizeof *c->title);
	c->title[c->ntitles++] =
	        (struct str){ arena_copy(c->arena, buf_cstr(&shown), shown.n), shown.n };
	buf_free(&shown);
}

/* ---- reading the corpora ---- */

static bool take_entry(void *self, const struct feed_entry *e)
{
	const struct rich_options o = { .base = e->link, .title = e->title };

	add_title(self, e->title);
	add_doc(self, rich_from_html(e->content.n > 0 ? e->content : e->summary, &o));
	return true;
}

static void take_feed(struct corpus *c, struct str bytes)
{
	struct feed_source source = { .entry = take_entry, .self = c };
	struct feed_parser *p = feed_parser_new(&source);
	struct error e;

	feed_parser_push(p, bytes, &e);
	feed_parser_end(p, &e);
	add_title(c, feed_parser_meta(p)->title);
	feed_parser_free(p);
}

static void take_texts(struct corpus *c, struct str bytes)
{
	json_t *all = json_loadb(bytes.p, bytes.n, 0, NULL), *page;
	const char *name;

	json_object_foreach(all, name, page) {
		const char *text = json_string_value(json_object_get(page, "text"));

		add_doc(c, rich_from_plain(str_of(text),
		                           &(struct rich_options){ .hide_glosses = true }));
	}
	json_decref(all);
}

static void take_folder(struct corpus *c, const char *name,
                        void (*take)(struct corpus *, struct str))
{
	const char *shared = getenv("LEDE_SHARED");
	char folder[2048], path[4096];
	struct dirent *entry;
	DIR *d;

	snprintf(folder, sizeof folder, "%s/%s", shared ? shared : "../shared", name);
	d = opendir(folder);
	while (d && (entry = readdir(d))) {
		struct buf bytes = buf_limited(FILE_LIMIT);
		struct error e;

		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		if (!strstr(entry->d_name, ".expect.") && file_read(path, &bytes, &e) == ERR_NONE) {
			take(c, buf_view(&bytes));
			c->files++;
		}
		buf_free(&bytes);
	}
	if (d)
		closedir(d);
}

/* ---- looking at lines ---- */

static void does_not_fit(const char *what, struct str line, int cells, int counted, int width)
{
	printf("%s of %d cells (counted: %d) at width %d: %.*s\n", what, cells, counted, width,
	       (int)line.n, line.p);
	exit(1);
}

static void check(const char *what, struct str line, int cells, int width, int ambiguous)
{
	int counted = text_cells(line, ambiguous);

	if (cells > width || counted != cells)
		does_not_fit(what, line, cells, counted, width);
}

static size_t check_doc(const struct rich *doc, const struct layout_options *o)
{
	struct layout *l = layout_new(doc, o);
	size_t n;

	layout_reach(l, SIZE_MAX);
	n = layout_count(l);
	for (size_t i = 0; i < n; i++)
		check("a line", layout_line(l, i)->text, layout_line(l, i)->cells, o->width,
		      o->ambiguous);
	layout_free(l);
	return n;
}

/* As a row of a list, cut, and as the head of an article, wrapped. */
static void check_title(struct str title, const struct layout_options *o)
{
	struct buf cut = buf_limited(FILE_LIMIT);
	uint8_t *at = mem_array(title.n + 1, 1);
	struct wrap_line line;
	int cells = text_shorten(title, o->width, o->glyphs.cut, o->ambiguous, &cut);

	check("a title", buf_view(&cut), cells, o->width, o->ambiguous);
	wrap_breaks(title, 0, at);
	for (size_t from = 0; from < title.n;) {
		bool hyphen;

		from = wrap_next(title, at, from, o->width, o->ambiguous, &line, &hyphen);
		check("a line of a title", str_sub(title, line.from, line.to), line.cells - hyphen,
		      o->width, o->ambiguous);
	}
	free(at);
	buf_free(&cut);
}

static void check_width(const struct corpus *c, int width)
{
	size_t lines = 0;

	for (int k = 0; k < 4; k++) {
		const struct layout_options o = { .width = width,
			                          .ambiguous = 1 + k % 2,
			                          .glyphs = glyph_sets[k / 2] };

		for (size_t i = 0; i < c->ndocs; i++)
			lines += check_doc(c->doc[i], &o);
		for (size_t i = 0; i < c->ntitles; i++)
			check_title(c->title[i], &o);
	}
	printf("width %d: %zu lines of %zu texts and %zu titles fit\n", width, lines, c->ndocs,
	       c->ntitles);
	fflush(stdout);
}

static void corpus_free(struct corpus *c)
{
	for (size_t i = 0; i < c->ndocs; i++)
		rich_free(c->doc[i]);
	free(c->doc);
	free(c->title);
	arena_free(c->arena);
}

int main(int argc, char **argv)
{
	static const int widths[] = { 20, 66, 80, 200 };
	struct corpus c = { .arena = arena_new() };
	int64_t w = 0;

	if (argc > 1 && !str_to_int(str_of(argv[1]), LEAST_W, MOST_W, &w)) {
		fprintf(stderr, "lines_fit: a width from %d to %d is wanted\n", LEAST_W, MOST_W);
		return 2;
	}
	feed_init();
	take_folder(&c, "corpora/feeds/real", take_feed);
	take_folder(&c, "corpora/articles/gold", take_texts);
	if (w != 0)
		check_width(&c, (int)w);
	for (size_t i = 0; w == 0 && c.files > 0 && i < sizeof widths / sizeof *widths; i++)
		check_width(&c, widths[i]);
	corpus_free(&c);
	if (c.files > 0)
		return 0;
	printf("../shared/corpora is not there: skipped\n");
	return SKIPPED;
}
