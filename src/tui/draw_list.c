/* draw_list - rows of lists. Columns: SCREENS.md section 2, "The list: a row". The last cell of a row stays blank. */
#include <stdio.h>
#include <string.h>

#include "lede/text/width.h"
#include "lede/text/wrap.h"
#include "lede/base/mem.h"
#include "lede/tui/draw.h"

#include <stdlib.h>

enum {
	SOURCE_FROM = 64, AGE_FROM = 36, MOVEMENT_FROM = 26,      /* list widths from which a dense row shows them */
	DENSE_SOURCE = 18, AGE_CELLS = 6, LEAST_SOURCE = 8,
	TIMED_LEAD = 2, TIMED_MARK = 9, TIMED_TITLE = 11, TIMED_SOURCE = 16,
	NUMBER_BYTES = 12, MEMBER_MARK = 6, MEMBER_SOURCE = 8, MEMBER_TITLE = 21, MEMBER_FROM = 44,
	A_DAY_FROM = 44, UNREAD_FROM = 36, LAST_FROM = 28
};

/* Where a row is drawn. Positions given to the functions are the list's, 0 its first column. */
struct place { const struct view *v; struct screen *out; int x, y, w; };

static int put(const struct place *p, int at, int width, struct str text, enum role role)
{
	return screen_text(p->out, p->x + at, p->y, width, text, role);
}

static int put_cstr(const struct place *p, int at, int width, const char *text, enum role role)
{
	return put(p, at, width, str_of(text), role);
}

static int cells_of(const struct place *p, struct str s)
{
	return text_cells(s, p->v->ambiguous);
}

/* Shortened to `width` cells when it is longer. */
static int put_cut(const struct place *p, int at, int width, struct str text, enum role role)
{
	return screen_cut(p->out, p->x + at, p->y, width, text, glyph(p->v->glyphs, GLYPH_CUT), role);
}

/* Right-aligned so that it ends at column `end`. */
static void put_right(const struct place *p, int end, int width, struct str text, enum role role)
{
	int cells = cells_of(p, text);

	if (cells > width)
		cells = width;
	put(p, end - cells + 1, cells, text, role);
}

/* ---- what rows share ---- */

static const char *mark_glyph(const struct place *p, enum view_mark mark)
{
	return mark == MARK_UNREAD ? glyph(p->v->glyphs, GLYPH_UNREAD) :
		mark == MARK_MORE ? glyph(p->v->glyphs, GLYPH_MORE_CAME) : " ";
}

static void put_bar(const struct place *p, const struct view_row *row, int lines)
{
	bool focus = p->v->list.focus;

	if (p->v->cursor == CURSOR_MARKER) {
		if (row->cursor)
			screen_cstr(p->out, p->x, p->y, 1, focus ? ">" : glyph(p->v->glyphs, GLYPH_PLACE),
			            focus ? ROLE_ACCENT : ROLE_FAINT);
		return;
	}
	for (int i = 0; row->cursor && i < lines; i++)
		screen_cstr(p->out, p->x, p->y + i, 1, glyph(p->v->glyphs, focus ? GLYPH_BAR : GLYPH_PLACE),
			    focus ? ROLE_ACCENT : ROLE_FAINT);
}

/* The lead field of the cursor's row is a filled block, one blank wider on either side than its text. */
static void fill_lead(const struct place *p, const struct view_row *row, int from, int to)
{
	if (!row->cursor)
		return;
	if (p->v->cursor != CURSOR_MARKER)
		screen_role(p->out, p->x + from - 1, p->y, to - from + 3, p->v->list.focus ? ROLE_CURSOR : ROLE_CURSOR_OFF);
	if (p->v->list.focus) {
		p->out->cursor_x = p->x + from;
		p->out->cursor_y = p->y;
		p->out->cursor_shown = p->v->cursor == CURSOR_MARKER;
	}
}

static enum role headline_role(const struct view_row *row)
{
	if (row->read)
		return ROLE_HEADLINE_READ;
	return row->kind == ROW_STORY && row->rank <= 3 ? ROLE_HEADLINE_TOP : ROLE_HEADLINE;
}

/* A starred entry's headline begins with the star, which is wrapped and cut with it. `b` holds it, if it is not the title alone. */
static struct str headline_of(const struct place *p, const struct view_row *row, struct buf *b)
{
	if (!row->starred)
		return row->title;
	buf_addf(b, "%s ", glyph(p->v->glyphs, GLYPH_STAR));
	buf_add(b, row->title);
	return buf_view(b);
}

static void colour_star(const struct place *p, const struct view_row *row, int at)
{
	if (row->starred)
		screen_role(p->out, p->x + at, p->y, 1, ROLE_STAR);
}

static void put_headline(const struct place *p, const struct view_row *row, int at, int width)
{
	struct buf b = buf_limited(64 << 10);

	put_cut(p, at, width, headline_of(p, row, &b), headline_role(row));
	colour_star(p, row, at);
	buf_free(&b);
}

/* ---- stories ---- */

static enum role rank_role(int rank)
{
	return rank <= 3 ? ROLE_RANK_TOP : rank <= 10 ? ROLE_RANK : ROLE_RANK_LOW;
}

/* A number's digits, written from the end of `text`; a frame has many. */
static struct str number(int n, char text[NUMBER_BYTES])
{
	char *p = text + NUMBER_BYTES;

	do
		*--p = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	return (struct str){ p, (size_t)(text + NUMBER_BYTES - p) };
}

static void put_rank(const struct place *p, const struct view_row *row, int wide)
{
	char text[NUMBER_BYTES];

	put_right(p, 2 + wide, 2 + wide, number(row->rank, text), rank_role(row->rank));
	fill_lead(p, row, 2, 2 + wide);
}

/* "▲3", "▼2", "new", blank: ends at column `end`. Gains and losses are counted to 99. */
static void put_movement(const struct place *p, const struct view_row *row, int end)
{
	int by = row->was - row->rank, n = by < 0 ? -by : by;
	char text[NUMBER_BYTES];
	struct str digits;
	enum role role = by > 0 ? ROLE_UP : ROLE_DOWN;

	if (!p->v->list.movement || (by == 0 && !row->is_new))
		return;
	if (row->is_new) {
		put_right(p, end, 3, p->v->list.new_word, ROLE_UP);
		return;
	}
	digits = number(n < 99 ? n : 99, text);
	put_right(p, end, (int)digits.n, digits, role);
	put_cstr(p, end - (int)digits.n, 1, glyph(p->v->glyphs, by > 0 ? GLYPH_UP : GLYPH_DOWN), role);
}

static void more_of(const struct view_row *row, char out[16])
{
	out[0] = '\0';
	if (row->more > 0)
		snprintf(out, 16, " +%d", row->more);
}

static void dense_story(const struct place *p, const struct view_row *row)
{
	int wide = p->v->list.wide_rank ? 1 : 0;
	bool movement = p->w >= MOVEMENT_FROM, age = p->w >= AGE_FROM, source = p->w >= SOURCE_FROM;
	int title = (movement ? 10 : 6) + wide, end = p->w - 2;
	char more[16];

	put_bar(p, row, 1);
	put_rank(p, row, wide);
	if (movement)
		put_movement(p, row, 6 + wide);
	put_cstr(p, title - 2, 1, mark_glyph(p, row->mark), ROLE_RANK);
	if (age) {
		put_right(p, end, AGE_CELLS - 1, row->age, ROLE_META);
		end -= AGE_CELLS;
	}
	if (source) {
		int from = end - DENSE_SOURCE + 1;

		more_of(row, more);
		from += put_cut(p, from, DENSE_SOURCE - (int)strlen(more), row->source, ROLE_META);
		put_cstr(p, from, 8, more, ROLE_META);
		end -= DENSE_SOURCE + 2;
	}
	put_headline(p, row, title, end - title + 1);
}

/* What stands on the second line of a comfortable row, left to right. */
struct second_line { struct str rest, source, age, fresh; char more[16]; int source_cells, rest_cells; };

/* When it is too long the source gives way down to LEAST_SOURCE cells, then the rest of the headline. */
static void fit_second(const struct place *p, struct second_line *s, int room)
{
	int fixed = (int)strlen(s->more) + 3 + cells_of(p, s->age) + (s->fresh.n ? 3 + cells_of(p, s->fresh) : 0);
	int rest_cells = cells_of(p, s->rest), source_cells = cells_of(p, s->source), over;

	over = fixed + source_cells + (rest_cells ? rest_cells + 3 : 0) - room;
	if (over > 0 && source_cells > LEAST_SOURCE) {
		int gives = source_cells - LEAST_SOURCE < over ? source_cells - LEAST_SOURCE : over;

		source_cells -= gives;
		over -= gives;
	}
	if (over > 0)
		rest_cells = rest_cells - over > 0 ? rest_cells - over : 0;
	s->source_cells = source_cells;
	s->rest_cells = rest_cells;
}

static int put_dot(const struct place *p, int at)
{
	put_cstr(p, at + 1, 1, glyph(p->v->glyphs, GLYPH_DOT), ROLE_FAINT);
	return 3;
}

static void second_line(const struct place *p, const struct view_row *row, struct str rest, int at)
{
	struct second_line s = { .rest = rest, .source = row->source, .age = row->age, .fresh = row->fresh };

	more_of(row, s.more);
	fit_second(p, &s, p->w - 1 - at);
	if (s.rest_cells > 0) {
		at += put_cut(p, at, s.rest_cells, s.rest, headline_role(row));
		at += put_dot(p, at);
	}
	at += put_cut(p, at, s.source_cells, s.source, ROLE_META);
	at += put_cstr(p, at, 8, s.more, ROLE_META);
	at += put_dot(p, at);
	at += put(p, at, p->w - 1 - at, s.age, ROLE_META);
	if (s.fresh.n > 0) {
		at += put_dot(p, at);
		put(p, at, p->w - 1 - at, s.fresh, ROLE_ACCENT);
	}
}

/* The headline's first line, broken by the line-break rules; returns where the rest begins. */
static size_t first_line(const struct place *p, struct str headline, int at, enum role role)
{
	uint8_t *breaks = mem_array(headline.n + 1, 1);
	struct wrap_line line = { 0, 0, 0 };
	size_t next = headline.n;

	wrap_breaks(headline, 0, breaks);
	if (headline.n > 0) {
		next = wrap_next(headline, breaks, 0, p->w - 1 - at, p->v->ambiguous, &line, NULL);
		put(p, at, p->w - 1 - at, str_sub(headline, line.from, line.to), role);
	}
	free(breaks);
	return next;
}

static void comfortable_story(const struct place *p, const struct view_row *row)
{
	int wide = p->v->list.wide_rank ? 1 : 0, at = 6 + wide;
	struct buf b = buf_limited(64 << 10);
	struct str headline = headline_of(p, row, &b);
	struct place below = *p;
	size_t next;

	below.y++;
	put_bar(p, row, 2);
	put_rank(p, row, wide);
	put_cstr(p, 4 + wide, 1, mark_glyph(p, row->mark), ROLE_RANK);
	next = first_line(p, headline, at, headline_role(row));
	colour_star(p, row, at);
	put_movement(&below, row, 3 + wide);
	second_line(&below, row, str_sub(headline, next, headline.n), at);
	buf_free(&b);
}

static void member(const struct place *p, const struct view_row *row)
{
	bool source = p->w >= MEMBER_FROM;
	int title = source ? MEMBER_TITLE : MEMBER_SOURCE, age = cells_of(p, row->age) + 1;

	if (age < 4)
		age = 4;
	put_bar(p, row, 1);
	put_cstr(p, MEMBER_MARK, 1, mark_glyph(p, row->mark), ROLE_RANK);
	if (source) {
		int cells = put_cut(p, MEMBER_SOURCE, 12, row->source, ROLE_META);

		fill_lead(p, row, MEMBER_SOURCE, MEMBER_SOURCE + cells - 1);
	}
	put_right(p, p->w - 2, age, row->age, ROLE_META);
	put_headline(p, row, title, p->w - 2 - age - title + 1);
}

/* ---- lists by time ---- */

static void timed(const struct place *p, const struct view_row *row)
{
	int end = p->w - 2;

	put_bar(p, row, 1);
	put(p, TIMED_LEAD, 6, row->lead, ROLE_META);
	fill_lead(p, row, TIMED_LEAD, TIMED_LEAD + (row->lead.n ? cells_of(p, row->lead) : 5) - 1);
	put_cstr(p, TIMED_MARK, 1, mark_glyph(p, row->mark), ROLE_RANK);
	if (row->right.n > 0 && p->w >= SOURCE_FROM) {
		put_right(p, end, p->w / 2, row->right, ROLE_META);
		end -= cells_of(p, row->right) + 1;
	} else if (row->kind != ROW_NOTED && row->source.n > 0 && p->w >= SOURCE_FROM) {
		put_cut(p, end - TIMED_SOURCE + 1, TIMED_SOURCE, row->source, ROLE_META);
		end -= TIMED_SOURCE + 2;
	}
	put_headline(p, row, TIMED_TITLE, end - TIMED_TITLE + 1);
}

/* The reason and the source under the headline; the source gives way first. */
static void noted(const struct place *p, const struct view_row *row)
{
	struct place below = *p;
	int at = TIMED_TITLE, end = p->w - 1;

	below.y++;
	timed(p, row);
	put_bar(p, row, 2);
	at += put_cut(&below, at, end - at, row->note, ROLE_META);
	if (row->source.n == 0 || end - at < 3 + LEAST_SOURCE)
		return;
	at += put_dot(&below, at);
	put_cut(&below, at, end - at, row->source, ROLE_META);
}

/* ---- Search ---- */

/* Cells of a text that are still its own when it is cut to `width`. */
static int cells_left(const struct place *p, struct str text, int width)
{
	const char *cut = glyph(p->v->glyphs, GLYPH_CUT);
	struct buf b = buf_limited(64 << 10);
	int cells = text_shorten(text, width, cut, p->v->ambiguous, &b);

	if (b.n != text.n || memcmp(b.p, text.p, text.n) != 0)
		cells -= cells_of(p, str_of(cut));
	buf_free(&b);
	return cells;
}

/* Marks pieces of a text that was put at column `at`, cut to `width` cells. */
static void put_marks(const struct place *p, int at, int width, struct str text, const struct find_at *mark, int n)
{
	width = n > 0 ? cells_left(p, text, width) : 0;
	for (int i = 0; i < n; i++) {
		int from = cells_of(p, str_sub(text, 0, mark[i].from));
		int to = cells_of(p, str_sub(text, 0, mark[i].to));

		if (to > width)
			to = width;
		if (from < to)
			screen_role(p->out, p->x + at + from, p->y, to - from, ROLE_MATCH);
	}
}

/* The headline with its source, and a piece of the text under it. */
static void found(const struct place *p, const struct view_row *row)
{
	struct place below = *p;
	int end = p->w - 1, star = row->starred ? cells_of(p, str_of(glyph(p->v->glyphs, GLYPH_STAR))) + 1 : 0;
	int room = end - TIMED_TITLE - (row->source.n > 0 && p->w >= SOURCE_FROM ? TIMED_SOURCE + 2 : 0);

	below.y++;
	timed(p, row);
	put_bar(p, row, 2);
	put_marks(p, TIMED_TITLE + star, room - star, row->title, row->in_title, row->nin_title);
	put_cut(&below, TIMED_TITLE, end - TIMED_TITLE, row->note, ROLE_META);
	put_marks(&below, TIMED_TITLE, end - TIMED_TITLE, row->note, row->in_note, row->nin_note);
}

/* What was searched for gives way to nothing but the edge; how it was, to it. */
static void query(const struct place *p, const struct view_row *row)
{
	int at = 2, end = p->w - 1;

	at += put_cstr(p, at, 2, "/ ", ROLE_ACCENT);
	at += put_cut(p, at, end - at, row->title, ROLE_TEXT) + 3;
	if (end - at >= 8)
		put_cut(p, at, end - at, row->note, ROLE_META);
}

static void here(const struct place *p, const struct view_row *row)
{
	const char *rule = glyph(p->v->glyphs, GLYPH_RULE_H);
	int at = 2;

	at += put_cstr(p, at, 1, rule, ROLE_RULE);
	at += put_cstr(p, at, 1, rule, ROLE_RULE);
	at += 1 + put_cut(p, at + 1, p->w - 6, row->title, ROLE_META) + 1;
	while (at <= p->w - 2)
		at += put_cstr(p, at, 1, rule, ROLE_RULE);
}

/* ---- Feeds ---- */

/* The columns of Feeds, from the right: last 6, a day 5, unread 4, state 8, name what is left. */
static void feed(const struct place *p, const struct view_row *row)
{
	bool head = row->kind == ROW_HEADING;
	enum role role = head ? ROLE_LABEL : ROLE_META;
	int end = p->w - 2, name;

	put_bar(p, row, 1);
	if (p->w >= LAST_FROM) {
		put_right(p, end, 6, row->last, role);
		end -= 6;
	}
	if (p->w >= A_DAY_FROM) {
		put_right(p, end, 5, row->a_day, role);
		end -= 6;
	}
	if (p->w >= UNREAD_FROM) {
		put_right(p, end, 4, row->unread, head ? role : ROLE_RANK);
		end -= 5;
	}
	put(p, end - 7, 8, row->state, head ? role : row->state_role);
	end -= 10;
	name = put_cut(p, 2, end - 1, row->title, head ? role : row->read ? ROLE_HEADLINE_READ : ROLE_HEADLINE);
	fill_lead(p, row, 2, 2 + name - 1);
}

/* `cursor = bar`: the line of the headline is filled too, but for the last cell. */
static void fill_bar(const struct place *p, const struct view_row *row)
{
	if (row->cursor && p->v->cursor == CURSOR_BAR)
		screen_role(p->out, p->x + 1, p->y, p->w - 2, p->v->list.focus ? ROLE_CURSOR : ROLE_CURSOR_OFF);
}

static void draw_row(const struct place *p, const struct view_row *row)
{
	switch (row->kind) {
	case ROW_STORY:
		if (p->v->g.row_lines == 2)
			comfortable_story(p, row);
		else
			dense_story(p, row);
		break;
	case ROW_MEMBER:
		member(p, row);
		break;
	case ROW_TIMED:
		timed(p, row);
		break;
	case ROW_NOTED:
		noted(p, row);
		break;
	case ROW_FOUND:
		found(p, row);
		break;
	case ROW_QUERY:
		query(p, row);
		break;
	case ROW_FEED:
		feed(p, row);
		break;
	case ROW_HEADING:
		if (row->state.n > 0)
			feed(p, row);
		else
			put_cut(p, 2, p->w - 3, row->title, ROLE_LABEL);
		break;
	case ROW_HERE:
		here(p, row);
		break;
	case ROW_END:
		put_bar(p, row, view_row_lines(ROW_END, &p->v->g));
		put_cut(p, 6, p->w - 7, row->title, ROLE_META);
		fill_lead(p, row, 6, 6 + cells_of(p, row->title) - 1);
		break;
	}
}

void draw_list(const struct view *v, struct screen *out)
{
	struct rect at = v->g.list;
	struct place p = { v, out, at.x, at.y, at.w };

	for (int i = 0; i < v->list.nrows; i++) {
		int lines = view_row_lines(v->list.row[i].kind, &v->g);

		if (p.y + lines > at.y + at.h)
			break;
		draw_row(&p, &v->list.row[i]);
		fill_bar(&p, &v->list.row[i]);
		p.y += lines;
	}
}
