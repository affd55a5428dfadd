/* kinsoku [WIDTH] - where lines of Chinese and Japanese begin and end: over all titles of
 * shared/corpora/feeds/real and the texts of shared/corpora/articles/gold no line begins with a
 * character of kinsoku.json that must not begin one, none ends with one that must not end one. It
 * counts where one of the two characters is wide: a dash may begin a line of English. A break at a
 * blank is the writer's, and a piece without a break in it that is longer than the line is cut;
 * that it was longer is proved. Ambiguous characters are counted 1 and 2. Without a width at five
 * of them, which is what `make check` runs. Exits with 1 when there was a violation, with 77
 * without the corpora.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "lede/text/rich_doc.h"
#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "lede/text/width.h"
#include "lede/text/wrap.h"
#include "texts.h"

enum { LEAST_W = 20, MOST_W = 120 };

struct rules {
	json_t *json;
	struct str not_first, not_last; /* borrowed from it */
};

struct check {
	const struct rules *rules;
	const struct rich *doc;  /* one paragraph */
	const uint8_t *breaks;   /* of its text */
	int width, ambiguous;
	size_t breaks_seen, cuts, violations;
};

static bool rules_read(struct rules *r)
{
	const char *shared = getenv("LEDE_SHARED");
	char path[4096];

	snprintf(path, sizeof path, "%s/corpora/text/kinsoku.json", shared ? shared : "../shared");
	r->json = json_load_file(path, 0, NULL);
	r->not_first = str_of(json_string_value(json_object_get(r->json, "not_at_line_start")));
	r->not_last = str_of(json_string_value(json_object_get(r->json, "not_at_line_end")));
	return r->json != NULL;
}

static bool is_one_of(struct str set, uint32_t cp)
{
	size_t n;

	for (size_t i = 0; i < set.n; i += n)
		if (utf8_at(set, i, &n) == cp)
			return true;
	return false;
}

/* Must no line end between the two? */
static bool is_forbidden(const struct rules *r, uint32_t last, uint32_t first)
{
	return (unicode_is_wide(last) || unicode_is_wide(first)) &&
	       (is_one_of(r->not_first, first) || is_one_of(r->not_last, last));
}

static uint32_t character_before(struct str s, size_t at)
{
	size_t n;

	return utf8_at(s, utf8_cut(s, at - 1), &n);
}

/* Blanks at its end are not drawn. */
static int cells_of_piece(struct str s, int ambiguous)
{
	while (s.n > 0 && s.p[s.n - 1] == ' ')
		s.n--;
	return text_cells(s, ambiguous);
}

/* True when the text could not be broken around `at` within one line. */
static bool had_to_be_cut(const struct check *c, struct str s, size_t at)
{
	size_t from = at, to = at;

	while (from > 0 && c->breaks[from] == WRAP_NO)
		from--;
	while (to < s.n && c->breaks[to] == WRAP_NO)
		to++;
	return c->breaks[at] == WRAP_NO &&
	       cells_of_piece(str_sub(s, from, to), c->ambiguous) > c->width;
}

/* Between two lines of the paragraph, the second of which begins at byte `at`. */
static void check_break(struct check *c, struct str s, size_t at)
{
	uint32_t last = character_before(s, at), first;
	size_t n;

	if (unicode_is_space(last) || at >= s.n)
		return;
	first = utf8_at(s, at, &n);
	c->breaks_seen++;
	c->cuts += c->breaks[at] == WRAP_NO;
	if (c->breaks[at] == WRAP_NO && had_to_be_cut(c, s, at))
		return;
	if (c->breaks[at] != WRAP_NO && !is_forbidden(c->rules, last, first))
		return;
	printf("width %d: ...%.*s | %.*s...\n", c->width, (int)(at > 30 ? 30 : at),
	       s.p + (at > 30 ? at - 30 : 0), (int)(s.n - at > 30 ? 30 : s.n - at), s.p + at);
	c->violations++;
}

static void check_paragraph(struct check *c, struct str paragraph)
{
	const struct layout_options o = {
		.width = c->width, .ambiguous = c->ambiguous, .glyphs = { "•", "│", "─", "…" }
	};
	struct rich *doc = rich_from_plain(paragraph, &(struct rich_options){ 0 });
	struct str s = rich_text(doc, 0, (uint32_t)doc->text.n);
	uint8_t *breaks = mem_array(s.n + 1, 1);
	struct layout *l = layout_new(doc, &o);

	wrap_breaks(s, 0, breaks);
	c->breaks = breaks;
	layout_reach(l, SIZE_MAX);
	for (size_t i = 1; i < layout_count(l); i++)
		check_break(c, s, layout_line(l, i)->place);
	layout_free(l);
	free(breaks);
	rich_free(doc);
}

static size_t check_width(const struct texts *t, const struct rules *rules, int width)
{
	struct check c = { .rules = rules, .width = width };

	for (c.ambiguous = 1; c.ambiguous <= 2; c.ambiguous++) {
		for (size_t i = 0; i < t->nparagraphs; i++)
			check_paragraph(&c, t->paragraph[i]);
		for (size_t i = 0; i < t->ntitles; i++)
			check_paragraph(&c, t->title[i]);
	}
	printf("width %d: %zu breaks without a blank, %zu of them cuts, %zu violations\n", width,
	       c.breaks_seen, c.cuts, c.violations);
	fflush(stdout);
	return c.violations;
}

int main(int argc, char **argv)
{
	static const int widths[] = { 20, 33, 66, 80, 120 };
	int w = texts_width(argc, argv, LEAST_W, MOST_W);
	struct rules rules;
	struct texts t;
	size_t violations = 0;
	bool there = rules_read(&rules);

	texts_read(&t);
	there = there && t.files > 0;
	if (there && w != 0)
		violations = check_width(&t, &rules, w);
	for (size_t i = 0; there && w == 0 && i < sizeof widths / sizeof *widths; i++)
		violations += check_width(&t, &rules, widths[i]);
	texts_free(&t);
	json_decref(rules.json);
	return !there ? TEXTS_SKIPPED : violations > 0;
}
