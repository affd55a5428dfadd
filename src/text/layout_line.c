#include "lede/text/layout_line.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES (1u << 30)

void line_start(struct line_build *l)
{
	if (l->text.max == 0)
		l->text = buf_limited(LINE_MAX_BYTES);
	buf_clear(&l->text);
	l->nspans = 0;
	l->cells = 0;
	l->in_text = false;
}

void line_free(struct line_build *l)
{
	buf_free(&l->text);
	free(l->spans);
}

static void add_span(struct line_build *l, size_t from, uint16_t style, uint16_t link)
{
	struct layout_span *last = l->nspans > 0 ? &l->spans[l->nspans - 1] : NULL;

	if (from == l->text.n)
		return;
	if (last != NULL && last->style == style && last->link == link) {
		last->to = (uint32_t)l->text.n;
		return;
	}
	l->spans = mem_grow(l->spans, &l->cap, l->nspans + 1, sizeof *l->spans);
	l->spans[l->nspans++] =
	    (struct layout_span){ (uint32_t)from, (uint32_t)l->text.n, style, link };
}

void line_add(struct line_build *l, struct str s, int cells, uint16_t style, uint16_t link)
{
	size_t from = l->text.n;

	(void)buf_add(&l->text, s);
	add_span(l, from, style, link);
	l->cells += cells;
}

void line_add_blanks(struct line_build *l, int n)
{
	size_t from = l->text.n;

	for (int i = 0; i < n; i++)
		(void)buf_add_char(&l->text, ' ');
	add_span(l, from, RICH_TEXT, 0);
	l->cells += n > 0 ? n : 0;
}

/* Copies what is drawn: up to the next soft hyphen or line end at a time. */
static void add_drawn(struct buf *out, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool hyphen = s.p[i] == '\302' && i + 1 < s.n && s.p[i + 1] == '\255';

		if (!hyphen && s.p[i] != '\n')
			continue;
		(void)buf_add(out, str_sub(s, from, i));
		if (!hyphen)
			(void)buf_add_char(out, ' ');
		i += hyphen;
		from = i + 1;
	}
	(void)buf_add(out, str_sub(s, from, s.n));
}

void line_add_stretch(struct line_build *l, const struct rich *r, uint32_t from, uint32_t to,
		      int cells, uint16_t style)
{
	size_t run = rich_run_at(r, from);

	if (!l->in_text)
		l->margin = (uint32_t)l->text.n;
	l->in_text = true;
	while (from < to && run < r->nruns) {
		uint32_t next =
		    run + 1 < r->nruns && r->runs[run + 1].from < to ? r->runs[run + 1].from : to;
		size_t start = l->text.n;

		add_drawn(&l->text, rich_text(r, from, next));
		add_span(l, start, r->runs[run].style | style, r->runs[run].link);
		from = next;
		run++;
	}
	l->cells += cells;
}

static void trim(struct line_build *l)
{
	while (l->text.n > 0 && l->text.p[l->text.n - 1] == ' ') {
		buf_cut(&l->text, l->text.n - 1);
		l->cells--;
	}
	while (l->nspans > 0 && l->spans[l->nspans - 1].from >= l->text.n)
		l->nspans--;
	if (l->nspans > 0)
		l->spans[l->nspans - 1].to = (uint32_t)l->text.n;
}

/* Many lines are all of one style and as long as the one before: they share its spans. */
static const struct layout_span *keep_spans(struct line_build *l, struct arena *a)
{
	size_t size = l->nspans * sizeof *l->spans;
	struct layout_span *spans;

	if (l->nspans == 0)
		return NULL;
	if (l->nspans == l->nkept && memcmp(l->spans, l->kept, size) == 0)
		return l->kept;
	spans = arena_alloc(a, size);
	memcpy(spans, l->spans, size);
	l->kept = spans;
	l->nkept = l->nspans;
	return spans;
}

void line_finish(struct line_build *l, uint32_t place, struct arena *a, struct layout_line *out)
{
	trim(l);
	*out = (struct layout_line){
		.text = { arena_copy(a, buf_cstr(&l->text), l->text.n), l->text.n },
		.cells = l->cells,
		.spans = keep_spans(l, a),
		.nspans = (uint32_t)l->nspans,
		.place = place,
		.margin = l->in_text && l->margin < l->text.n ? l->margin : (uint32_t)l->text.n,
	};
}
