#include "lede/app/edit.h"

#include "lede/text/display.h"
#include "lede/text/utf8.h"
#include "lede/text/width.h"

/* ---- what is in it ---- */

/* One line of `in`: CR, LF and both together, the other line ends and tabs are one blank. */
static void without_controls(struct str in, struct buf *out)
{
	size_t n;

	for (size_t at = 0; at < in.n; at += n) {
		uint32_t cp = utf8_at(in, at, &n);

		if (cp == '\r' && at + 1 < in.n && in.p[at + 1] == '\n')
			continue;
		if ((cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0x2028 || cp == 0x2029)
			buf_add_char(out, ' ');
		else if (cp != 0xAD)
			buf_add(out, str_sub(in, at, at + n));
	}
}

static void show(struct str in, struct buf *out)
{
	struct buf line = buf_limited(2 * EDIT_BYTES);

	without_controls(in, &line);
	(void)display_body(buf_view(&line), out);
	buf_free(&line);
}

/* The end of the last cluster that ends at or before `at`. */
static size_t boundary(struct str s, size_t at)
{
	size_t end = 0, next;

	while (end < s.n && (next = cluster_end(s, end, 1, NULL)) <= at)
		end = next;
	return end;
}

static size_t boundary_before(struct str s, size_t at)
{
	return at > 0 ? boundary(s, at - 1) : 0;
}

/* Makes the line of the three parts; the place is behind the second one. The whole goes through the display form again: a mark that was
 * typed alone has a base only here. */
static void compose(struct edit *e, struct str before, struct str middle, struct str after)
{
	struct buf all = buf_limited(2 * EDIT_BYTES), shown = buf_limited(2 * EDIT_BYTES);
	size_t at;

	buf_add(&all, before);
	buf_add(&all, middle);
	show(buf_view(&all), &shown);
	at = shown.n;
	buf_clear(&shown);
	buf_add(&all, after);
	show(buf_view(&all), &shown);
	buf_clear(&e->text);
	buf_add(&e->text, buf_view(&shown));
	e->at = boundary(edit_text(e), at);
	buf_free(&all);
	buf_free(&shown);
}

void edit_open(struct edit *e, struct str text)
{
	*e = (struct edit){ .text = buf_limited(2 * EDIT_BYTES) };
	edit_set(e, text);
}

void edit_free(struct edit *e)
{
	buf_free(&e->text);
	e->at = 0;
}

struct str edit_text(const struct edit *e)
{
	return buf_view(&e->text);
}

void edit_set(struct edit *e, struct str text)
{
	e->at = 0;
	buf_clear(&e->text);
	edit_insert(e, text);
}

void edit_insert(struct edit *e, struct str text)
{
	edit_replace(e, e->at, text);
}

void edit_replace(struct edit *e, size_t from, struct str text)
{
	struct buf old = buf_limited(2 * EDIT_BYTES);
	struct str before, after;
	size_t room;

	buf_add(&old, edit_text(e));
	before = str_sub(buf_view(&old), 0, from);
	after = str_sub(buf_view(&old), e->at, old.n);
	room = before.n + after.n < EDIT_BYTES ? EDIT_BYTES - before.n - after.n : 0;
	if (text.n > room)
		text = str_sub(text, 0, boundary(text, utf8_cut(text, room)));
	compose(e, before, text, after);
	buf_free(&old);
}

/* ---- where to ---- */

enum letter { LETTER_BLANK, LETTER_WORD, LETTER_OTHER };

static enum letter letter_before(struct str s, size_t at)
{
	char c = s.p[at - 1];

	if (c == ' ')
		return LETTER_BLANK;
	return ascii_is_alnum(c) || (c & 0x80) || c == '_' ? LETTER_WORD : LETTER_OTHER;
}

/* Over blanks, then over letters of one kind: "set rows=dense" loses dense, then =, then rows. */
static size_t word_left(struct str s, size_t at)
{
	enum letter kind;

	while (at > 0 && letter_before(s, at) == LETTER_BLANK)
		at--;
	if (at == 0)
		return 0;
	kind = letter_before(s, at);
	while (at > 0 && letter_before(s, at) == kind)
		at = boundary_before(s, at);
	return at;
}

static size_t place(const struct edit *e, enum edit_way way)
{
	struct str s = edit_text(e);

	switch (way) {
	case EDIT_LEFT: return boundary_before(s, e->at);
	case EDIT_RIGHT: return e->at < s.n ? cluster_end(s, e->at, 1, NULL) : s.n;
	case EDIT_WORD_LEFT: return word_left(s, e->at);
	case EDIT_START: return 0;
	default: return s.n;
	}
}

void edit_move(struct edit *e, enum edit_way way)
{
	e->at = place(e, way);
}

void edit_delete(struct edit *e, enum edit_way way)
{
	size_t to = place(e, way), from = e->at;

	if (to < from) {
		edit_replace(e, to, STR(""));
	} else {
		e->at = to;
		edit_replace(e, from, STR(""));
	}
}

/* ---- what of it is seen ---- */

void edit_window(const struct edit *e, int cells, int ambiguous, size_t *from, size_t *to, int *cell)
{
	struct str s = edit_text(e);
	size_t begin = boundary(s, *from);

	if (text_cells(s, ambiguous) < cells)
		begin = 0;
	if (e->at < begin)
		begin = e->at;
	/* The place takes a cell of its own behind the text. */
	while (begin < e->at && text_cells(str_sub(s, begin, e->at), ambiguous) >= cells)
		begin = cluster_end(s, begin, ambiguous, NULL);
	*from = begin;
	*to = begin + text_fit(str_sub(s, begin, s.n), cells, ambiguous, NULL);
	*cell = text_cells(str_sub(s, begin, e->at), ambiguous);
}
