#include <stdlib.h>

#include "lede/text/utf8.h"
#include "search_walk.h"

/* The words that were found, where they stand: cut from the text itself, since the index keeps no
 * texts. */

#define RANGES_MAX 64

struct marking {
	const struct search *f;
	struct search_range range[RANGES_MAX];
	size_t n;
	bool title;
};

/* Ends come in order, so what overlaps is what came last. */
static void mark(void *self, size_t needle, struct needle_at at)
{
	struct marking *m = self;
	const struct search_term *t = &m->f->plan.q.term[needle];
	size_t from = at.from;

	if (t->without || (t->title && !m->title))
		return;
	while (m->n > 0 && from <= m->range[m->n - 1].to) {
		m->n--;
		from = m->range[m->n].from < from ? m->range[m->n].from : from;
	}
	if (m->n < RANGES_MAX)
		m->range[m->n++] = (struct search_range){ from, at.to };
}

static void mark_all(struct marking *m, struct str text)
{
	const struct plan *p = &m->f->plan;
	bool found[NEEDLES_MAX];
	uint32_t first[NEEDLES_MAX];

	needles_find(p->needle, p->q.nterms, text, found, first, mark, m);
}

/* ---- what is shown ---- */

/* A place at or before `at` where a word begins, as far as one is near. */
static size_t begin_of(struct str s, size_t at)
{
	size_t back = at < 24 ? at : 24;

	for (size_t i = 0; i < back; i++)
		if (s.p[at - i - 1] == ' ')
			return at - i;
	return utf8_cut(s, at);
}

static size_t end_of(struct str s, size_t at)
{
	if (at >= s.n)
		return s.n;
	for (size_t i = 0; i < 24 && i < at; i++)
		if (s.p[at - i] == ' ')
			return at - i;
	return utf8_cut(s, at);
}

/* A third of what there is room for stands before the first word that was found. */
static struct search_range window_of(const struct marking *m, struct str s, size_t bytes)
{
	size_t first = m->n > 0 ? m->range[0].from : 0;
	size_t from = first > bytes / 3 && s.n > bytes ? begin_of(s, first - bytes / 3) : 0;

	return (struct search_range){ from, end_of(s, from + bytes) };
}

static void put_ranges(const struct marking *m, struct search_range shown, size_t shift,
                       struct arena *a, struct search_snippet *out)
{
	out->range = arena_alloc(a, m->n * sizeof *out->range);
	for (size_t i = 0; i < m->n; i++) {
		struct search_range r = m->range[i];

		if (r.from < shown.from || r.from >= shown.to)
			continue;
		r.to = r.to < shown.to ? r.to : shown.to;
		out->range[out->n++] = (struct search_range){ r.from - shown.from + shift,
			                                      r.to - shown.from + shift };
	}
}

static void put_text(struct str s, struct search_range shown, struct arena *a,
                     struct search_snippet *out, size_t *shift)
{
	struct buf text = buf_limited(SEARCH_TEXT_MAX + 16);

	if (shown.from > 0)
		buf_add_cstr(&text, "…");
	*shift = text.n;
	buf_add(&text, str_sub(s, shown.from, shown.to));
	if (shown.to < s.n)
		buf_add_cstr(&text, "…");
	out->text = (struct str){ arena_copy(a, buf_cstr(&text), text.n), text.n };
	buf_free(&text);
}

enum err store_search_snippet(struct search *f, int64_t entry, bool title, size_t bytes,
                              struct arena *a, struct search_snippet *out, struct error *e)
{
	struct marking m = { .f = f, .title = title };
	struct search_range shown;
	size_t end, shift;
	struct str s;
	bool there;
	enum err rc = search_text_of(f->s, entry, &f->text, &there, e);

	*out = (struct search_snippet){ .n = 0 };
	if (rc != ERR_NONE || !there)
		return rc;
	s = buf_view(&f->text);
	end = search_title_end(s);
	s = title ? str_sub(s, 0, end) : str_sub(s, end + 1, s.n);
	mark_all(&m, s);
	shown = title ? (struct search_range){ 0, s.n } : window_of(&m, s, bytes);
	put_text(s, shown, a, out, &shift);
	put_ranges(&m, shown, shift, a, out);
	return ERR_NONE;
}
