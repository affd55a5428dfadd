/* frame_search - what was found as rows to draw: headline and a piece of the text, the words marked
 * in both. Only reads. */
#include <string.h>

#include "lede/base/language.h"
#include "lede/text/date.h"
#include "lede/text/utf8.h"
#include "lede/text/width.h"
#include "page.h"
#include "state.h"

enum {
	TEXT_FROM = 11,               /* the column in which headlines of lists by time begin */
	MARKS_MAX = 32                /* in a line */
};

struct str search_count(struct app *a)
{
	struct buf b = buf_limited(64);

	words_count(&b, a->search.total);
	if (!a->search.done)
		buf_add_char(&b, '+');
	return frame_str(a->frame, &b);
}

/* "newest first", and how far back it has looked as long as it goes on. */
static struct str how(struct app *a)
{
	const struct searching *s = &a->search;
	const char *dot = glyph(a->glyphs, GLYPH_DOT);
	struct buf b = buf_limited(256), number = buf_limited(128);

	if (s->trouble[0] != '\0' || (s->done && s->total == 0))
		return (struct str){ "", 0 };
	buf_add_cstr(&b, _("newest first"));
	if (s->asked && s->back_to != DATE_NONE) {
		words_long_date(&number, s->back_to, a->list[IN_SEARCH].time);
		buf_addf(&b, " %s ", dot);
		buf_addf(&b, _("looked back to %s"), buf_cstr(&number));
	} else if (s->done && s->unindexed > 0) {
		words_count(&number, s->unindexed);
		buf_addf(&b, " %s ", dot);
		buf_addf(&b, _("%s not searched yet"), buf_cstr(&number));
	}
	buf_free(&number);
	return frame_str(a->frame, &b);
}

void view_query_row(struct app *a, struct view_row *out)
{
	*out = (struct view_row){ .kind = ROW_QUERY, .title = frame_fmt(a->frame, "%s", a->search.words),
		                  .note = how(a) };
}

/* ---- what was found ---- */

static const struct find_at *marks_in(struct app *a, const struct find *f, struct str text, int *n)
{
	struct find_at *out = arena_alloc(a->frame, MARKS_MAX * sizeof *out);
	uint32_t at = 0;

	*n = 0;
	while (*n < MARKS_MAX && find_next(f, text, &at, &out[*n]))
		++*n;
	return out;
}

static bool is_closing(struct str text, size_t at, size_t *n)
{
	uint32_t cp = utf8_at(text, at, n);

	/* ， 、 。 ！ ） ： ； ？ 」 』 */
	return cp == 0xFF0C || cp == 0x3001 || cp == 0x3002 || cp == 0xFF01 || cp == 0xFF09 ||
	       cp == 0xFF1A || cp == 0xFF1B || cp == 0xFF1F || cp == 0x300D || cp == 0x300F;
}

/* Where to begin so that `match` stands within the first third of `room` cells; at a word's
 * beginning when one is near. */
static size_t begin_before(const struct app *a, struct str text, size_t match, int room)
{
	size_t from = match, word = match, n;

	while (from > 0) {
		size_t before = utf8_cut(text, from - 1);

		if (text_cells(str_sub(text, before, match), a->ambiguous) > room / 3)
			break;
		if (text.p[before] == ' ')
			word = from;
		from = before;
	}
	if (from > 0 && word < match)
		from = word;
	/* What ends a sentence that is not seen begins none. */
	while (from > 0 && from < match && is_closing(text, from, &n))
		from += n;
	return from;
}

/* A piece of the text in one line with the first word that was found in view. */
static struct str piece(struct app *a, struct str text, int room)
{
	const struct str more = STR("…");
	const char *cut = glyph(a->glyphs, GLYPH_CUT);
	bool before = str_starts(text, more.p), after = text.n > more.n && str_ends(text, more.p);
	struct buf b = buf_limited(4 << 10);
	struct find_at hit;
	uint32_t at = 0;
	size_t from = 0;

	text = str_trim(str_sub(text, before ? more.n : 0, text.n - (after ? more.n : 0)));
	if ((before || text_cells(text, a->ambiguous) > room) &&
	    find_next(a->search.in_title, text, &at, &hit))
		from = begin_before(a, text, hit.from, room);
	if (before || from > 0)
		buf_addf(&b, "%s ", cut);
	buf_add(&b, str_sub(text, from, text.n));
	if (after)
		buf_addf(&b, " %s", cut);
	return frame_str(a->frame, &b);
}

void view_found_row(struct app *a, int64_t pos, struct view_row *out)
{
	const struct entry_row *e = found_entry(a, pos);
	const struct found_words *words = found_words(a, pos);
	struct buf lead = buf_limited(64);

	out->kind = ROW_FOUND;
	if (!e)
		return;
	words_lead_date(&lead, e->time, a->list[IN_SEARCH].time);
	out->lead = frame_str(a->frame, &lead);
	out->read = e->flags & ENTRY_READ;
	out->starred = e->flags & ENTRY_STARRED;
	out->mark = out->read ? MARK_NONE : MARK_UNREAD;
	out->title = shown_title(a, a->frame, e->title);
	out->source = e->source;
	out->note = piece(a, words->text.text, a->g.list.w - 1 - TEXT_FROM);
	out->in_title = marks_in(a, a->search.in_title, out->title, &out->nin_title);
	out->in_note = marks_in(a, a->search.in_text, out->note, &out->nin_note);
}

/* ---- where nothing was found ---- */

static struct str counted(struct app *a, int64_t n)
{
	struct buf b = buf_limited(64);

	words_count(&b, n);
	return frame_str(a->frame, &b);
}

/* As lede's own sentences quote what was typed. */
static struct str quoted(struct app *a, struct str words)
{
	bool ascii = a->glyphs != GLYPHS_UNICODE;

	return frame_fmt(a->frame, "%s%.*s%s", ascii ? "\"" : "“", (int)words.n, words.p,
	                 ascii ? "\"" : "”");
}

static void say_how_many(struct page *p)
{
	struct app *a = p->app;
	const struct search_advice *advice = a->search.advice ? a->search.advice->advice : NULL;
	struct str entries = counted(a, a->counts.entries);
	struct buf since = buf_limited(128);

	if (!advice || advice->since == 0) {
		page_paragraph(p, ROLE_TEXT,
		               frame_fmt(a->frame, _("Nothing found in %s entries."), entries.p));
		return;
	}
	words_month(&since, advice->since);
	page_paragraph(p, ROLE_TEXT, frame_fmt(a->frame, _("Nothing found in %s entries since %s."),
	                                       entries.p, buf_cstr(&since)));
	buf_free(&since);
}

static void say_advice(struct page *p, const struct search_advice *advice)
{
	struct app *a = p->app;
	struct str instead = quoted(a, advice->instead), found = counted(a, advice->instead_found);
	struct str limits = frame_fmt(a->frame, "%.*s", (int)advice->limits.n, advice->limits.p);

	if (advice->without_found > 0)
		page_paragraph(p, ROLE_TEXT,
		               frame_fmt(a->frame, _("Without %s there are %s."), limits.p,
		                         counted(a, advice->without_found).p));
	else if (advice->instead.n > 0 && limits.n > 0)
		page_paragraph(p, ROLE_TEXT,
		               frame_fmt(a->frame,
		                         _("Without %s there are none either; %s would find %s."),
		                         limits.p, instead.p, found.p));
	else if (advice->instead.n > 0)
		page_paragraph(p, ROLE_TEXT,
		               frame_fmt(a->frame, _("%s would find %s."), instead.p, found.p));
}

static void say_keys(struct page *p, const struct search_advice *advice)
{
	struct app *a = p->app;
	struct buf b = buf_limited(8 << 10);
	struct str again = keys_for(a, "search"), take = keys_for(a, "open");

	buf_addf(&b, _("%.*s asks again with these words"), (int)again.n, again.p);
	if (advice && advice->instead.n > 0) {
		buf_addf(&b, " %s ", glyph(a->glyphs, GLYPH_DOT));
		buf_addf(&b, _("%.*s takes %s"), (int)take.n, take.p, quoted(a, advice->instead).p);
	}
	page_paragraph(p, ROLE_META, frame_str(a->frame, &b));
}

/* What was searched for stands over the list; with one pane there is none. */
void page_nothing_found(struct page *p)
{
	struct app *a = p->app;
	const struct search_advice *advice = a->search.advice ? a->search.advice->advice : NULL;

	if (a->g.layout == LAYOUT_SINGLE) {
		page_paragraph(p, ROLE_TEXT, frame_fmt(a->frame, "/ %s", a->search.words));
		page_blank(p);
	}
	if (a->search.trouble[0] != '\0') {
		page_paragraph(p, ROLE_WARN, frame_retold(a, str_of(a->search.trouble)));
		return;
	}
	say_how_many(p);
	if (a->search.unindexed > 0)  /* silence would say that there is nothing */
		page_paragraph(p, ROLE_WARN, frame_fmt(a->frame, _("%s not searched yet"),
		                                       counted(a, a->search.unindexed).p));
	if (advice)
		say_advice(p, advice);
	say_keys(p, advice);
}
