#include "page.h"

#include <stdarg.h>
#include <string.h>

#include "lede/text/display.h"
#include "lede/text/width.h"
#include "lede/text/wrap.h"

static void page_grow(struct page *p)
{
	struct view_line *more;

	if (p->n < p->cap)
		return;
	p->cap = p->cap ? p->cap * 2 : 64;
	more = arena_alloc(p->frame, (size_t)p->cap * sizeof *more);
	if (p->n > 0)
		memcpy(more, p->line, (size_t)p->n * sizeof *more);
	p->line = more;
}

struct view_line *page_line(struct page *p)
{
	page_grow(p);
	p->line[p->n] = (struct view_line){ .nparts = 0, .right = { .role = ROLE_TEXT } };
	return &p->line[p->n++];
}

void page_blank(struct page *p)
{
	page_line(p);
}

void page_put(struct view_line *l, struct arena *frame, struct str text, enum role role)
{
	struct view_part *part = arena_alloc(frame, (size_t)(l->nparts + 1) * sizeof *part);

	if (l->nparts > 0)
		memcpy(part, l->part, (size_t)l->nparts * sizeof *part);
	part[l->nparts] = (struct view_part){ text, role, false };
	l->part = part;
	l->nparts++;
}

/* Whatever is said here may quote what stands in a file or came from a server. */
static struct str displayed(struct page *p, struct str text)
{
	struct buf b = buf_limited(64 << 10);

	(void)display_line(text, &b);
	return frame_str(p->frame, &b);
}

/* A paragraph from column `indent` on, wrapped to the panel's width. Its first line goes on in `l`,
 * unless that is NULL. */
static void page_paragraph_in(struct page *p, struct view_line *l, int indent, enum role role,
                         struct str said)
{
	struct str text = displayed(p, said);
	uint8_t *at = arena_alloc(p->frame, text.n + 1);
	int width = p->width - indent > 8 ? p->width - indent : 8;
	struct wrap_line w;

	wrap_breaks(text, 0, at);
	for (size_t from = 0; from < text.n; l = NULL) {
		from = wrap_next(text, at, from, width, p->app->ambiguous, &w, NULL);
		if (!l) {
			l = page_line(p);
			l->indent = indent;
		}
		page_put(l, p->frame, str_sub(text, w.from, w.to), role);
	}
}

void page_paragraph(struct page *p, enum role role, struct str text)
{
	page_paragraph_in(p, NULL, 0, role, text);
}

/* A field of `cells`, its text cut to leave a blank behind it. */
struct str page_field(struct page *p, struct str text, int cells)
{
	struct buf b = buf_limited(256);
	int used = text_shorten(text, cells - 1, glyph(p->app->glyphs, GLYPH_CUT),
	                        p->app->ambiguous, &b);

	buf_addf(&b, "%*s", cells - used, "");
	return frame_str(p->frame, &b);
}

/* A name in a field of `cells` and the text beside it; under it where that would leave less than
 * half of the panel. */
void page_named(struct page *p, const char *name, int cells, enum role name_role, struct str text)
{
	struct view_line *l;

	if (2 * cells > p->width) {
		if (name[0])
			page_put(page_line(p), p->frame, str_of(name), name_role);
		page_paragraph_in(p, NULL, 2, ROLE_TEXT, text);
		return;
	}
	l = page_line(p);
	page_put(l, p->frame, page_field(p, str_of(name), cells), name_role);
	page_paragraph_in(p, l, cells, ROLE_TEXT, text);
}

void page_say(struct page *p, enum role role, const char *fmt, ...)
{
	struct buf b = buf_limited(4 << 10);
	va_list args;

	va_start(args, fmt);
	buf_addv(&b, fmt, args);
	va_end(args);
	page_paragraph(p, role, frame_sentence(p->app, &b));
}
