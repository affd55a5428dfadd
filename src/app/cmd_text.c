/* lede text: text or HTML as the lines of an article, titles in the form in which they are shown.
 */
#include "cli_inside.h"

#include "lede/app/glyphs.h"
#include "lede/text/display.h"
#include "lede/text/encoding.h"
#include "lede/text/rich.h"
#include "lede/text/width.h"
#include "lede/text/wrap.h"

enum { INPUT_LIMIT = 64 << 20 };

/* {"text": ..., "cells": ...} */
static void put_object(struct jout *j, struct str text, int cells)
{
	jout_begin(j, '{');
	jout_key(j, "text");
	jout_text(j, text);
	jout_key_number(j, "cells", cells);
	jout_end(j, '}');
}

static void put_line(struct cli *c, struct str text)
{
	fwrite(text.p, 1, text.n, c->out);
	putc('\n', c->out);
}

/* ---- titles ---- */

static void put_title(struct cli *c, const struct cli_args *a, struct str title)
{
	struct buf shown = buf_limited(2 * INPUT_LIMIT);
	struct jout j = cli_json(c);

	display_line(title, &shown);
	if (!a->json) {
		put_line(c, buf_view(&shown));
	} else {
		put_object(&j, buf_view(&shown), text_cells(buf_view(&shown), (int)a->ambiguous));
		jout_line(&j);
	}
	buf_free(&shown);
}

/* Only a line feed ends a line here: what else may end one is a blank in a title. */
static void put_titles(struct cli *c, const struct cli_args *a, struct str in)
{
	struct str line;

	if (a->whole) {
		put_title(c, a, in);
		return;
	}
	while (in.n > 0 && cli_writable(c)) {
		str_next(&in, '\n', &line);
		put_title(c, a, line);
	}
}

/* ---- articles ---- */

/* HTML says itself what its bytes mean; plain text is UTF-8. */
static struct rich *document_of(const struct cli_args *a, struct str in)
{
	const struct rich_options none = { .hide_glosses = false };
	struct buf html = buf_limited(4 * (size_t)INPUT_LIMIT);
	struct decoder *d;
	struct rich *doc;

	if (!a->html)
		return rich_from_plain(in, &none);
	d = decoder_new((struct str){ "", 0 });
	decoder_push(d, in, true, &html);
	decoder_free(d);
	doc = rich_from_html(buf_view(&html), &none);
	buf_free(&html);
	return doc;
}

static void put_lines(struct cli *c, const struct cli_args *a, struct layout *l)
{
	struct jout j = cli_json(c);

	if (a->json) {
		jout_begin(&j, '{');
		jout_key(&j, "lines");
		jout_begin(&j, '[');
	}
	for (size_t i = 0; cli_writable(c); i++) {
		if (layout_reach(l, i + 1) && i >= layout_count(l))
			break;
		if (a->json)
			put_object(&j, layout_line(l, i)->text, layout_line(l, i)->cells);
		else
			put_line(c, layout_line(l, i)->text);
	}
	if (a->json) {
		jout_end(&j, ']');
		jout_end(&j, '}');
		jout_line(&j);
	}
}

static void put_article(struct cli *c, const struct cli_args *a, struct str in)
{
	struct layout_options o = {
		.width = (int)a->width, .ambiguous = (int)a->ambiguous,
		.glyphs = { glyph(GLYPHS_UNICODE, GLYPH_BULLET), glyph(GLYPHS_UNICODE, GLYPH_QUOTE),
			    glyph(GLYPHS_UNICODE, GLYPH_RULE_H), glyph(GLYPHS_UNICODE, GLYPH_CUT) },
		.wrap = a->plain_uax14 ? WRAP_PLAIN : 0,
	};
	struct rich *doc = document_of(a, in);
	struct layout *l = layout_new(doc, &o);

	put_lines(c, a, l);
	layout_free(l);
	rich_free(doc);
}

int cmd_text(struct cli *c, const struct cli_args *a)
{
	struct buf in = buf_limited(INPUT_LIMIT);
	struct error e;
	int status = EXIT_DONE;

	if (a->html && (a->title || a->whole)) {
		cli_say(c, "a title is text: --html says nothing of it");
		return EXIT_USAGE;
	}
	if (cli_read(c, a->noperands > 0 ? a->operand[0] : NULL, &in, &e) != ERR_NONE) {
		cli_say(c, "%s", e.text);
		status = EXIT_NOTHING;
	} else if (a->title || a->whole) {
		put_titles(c, a, buf_view(&in));
	} else {
		put_article(c, a, buf_view(&in));
	}
	buf_free(&in);
	return status;
}
