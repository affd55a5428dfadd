/* shown - what a fragment looks like at a width, as one string with a line feed after each line.
 * Used by the tests of rich and layout. */
#ifndef LEDE_TESTS_SHOWN_H
#define LEDE_TESTS_SHOWN_H

#include <stdlib.h>

#include "lede/text/rich.h"

static char *shown_text; /* what the last call gave; freed by the next */

static inline struct layout_options shown_at(int width)
{
	return (struct layout_options){ width, 1, { "•", "│", "─", "…" }, 0 };
}

static inline const char *shown_lines(struct rich *r, const struct layout_options *o)
{
	struct layout *l = layout_new(r, o);
	struct buf out = buf_limited(1 << 24);

	layout_reach(l, SIZE_MAX);
	for (size_t i = 0; i < layout_count(l); i++) {
		assert_true(layout_line(l, i)->cells <= o->width);
		assert_int_equal(buf_add(&out, layout_line(l, i)->text), ERR_NONE);
		assert_int_equal(buf_add_char(&out, '\n'), ERR_NONE);
	}
	layout_free(l);
	free(shown_text);
	shown_text = buf_take(&out);
	return shown_text;
}

static inline const char *shown(const char *html, int width)
{
	const struct rich_options none = { .base = STR("http://a.example/b/c") };
	const struct layout_options o = shown_at(width);
	struct rich *r = rich_from_html(str_of(html), &none);
	const char *text = shown_lines(r, &o);

	rich_free(r);
	return text;
}

static inline const char *shown_plain(const char *text, int width)
{
	const struct rich_options none = { 0 };
	const struct layout_options o = shown_at(width);
	struct rich *r = rich_from_plain(str_of(text), &none);
	const char *lines = shown_lines(r, &o);

	rich_free(r);
	return lines;
}

static inline int shown_forget(void **state)
{
	(void)state;
	free(shown_text);
	shown_text = NULL;
	return 0;
}

#endif
