/* Any bytes as HTML: text, escapes, addresses, a document and its lines. No line may be wider than
 * its box. */
#include <stdlib.h>

#include "lede/text/html.h"
#include "lede/text/rich.h"
#include "lede/text/width.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void services(struct str in)
{
	struct buf out = buf_limited(1 << 20);

	(void)html_to_text(in, &out);
	buf_clear(&out);
	(void)html_absolute(in, STR("http://a.example/b/"), &out);
	(void)html_is_page(in);
	buf_free(&out);
}

static void check_line(const struct layout_line *line, const struct layout_options *o)
{
	uint32_t at = 0;

	if (line->cells > o->width || text_cells(line->text, o->ambiguous) != line->cells)
		abort();
	for (size_t i = 0; i < line->nspans; i++) {
		if (line->spans[i].from != at || line->spans[i].to <= at)
			abort();
		at = line->spans[i].to;
	}
	if (at != line->text.n)
		abort();
	for (size_t i = 0; i < line->text.n; i++)
		if ((unsigned char)line->text.p[i] < 0x20 || line->text.p[i] == 0x7F)
			abort();
}

static void lines(const struct rich *r, int width, int ambiguous)
{
	const struct layout_options o = { width, ambiguous, { "*", "|", "-", ".." }, 0 };
	struct layout *l = layout_new(r, &o);
	uint32_t place = 0;

	layout_reach(l, 5000);
	for (size_t i = 0; i < layout_count(l); i++) {
		check_line(layout_line(l, i), &o);
		if (layout_line(l, i)->place < place)
			abort();
		place = layout_line(l, i)->place;
	}
	layout_free(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = { (const char *)data, size };
	struct rich_options o = { .base = STR("http://a.example/"), .hide_glosses = size % 2 };
	struct rich *r = rich_from_html(in, &o);

	services(in);
	lines(r, 8 + (int)(size % 70), 1 + (int)(size % 3 == 0));
	rich_free(r);
	r = rich_from_plain(in, &o);
	lines(r, 20, 1);
	rich_free(r);
	return 0;
}
